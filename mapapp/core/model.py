"""The classes of the data model. Instances are immutable; `mapapp.data.load` creates them.

Coordinates are WGS 84 (EPSG:4326) in degrees, always (lon, lat). Days are ``datetime.date``; ranges include
both ends.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from string import ascii_uppercase
from typing import Literal

from shapely.geometry.base import BaseGeometry

from mapapp.core.edtf import When
from mapapp.core.language import direction_of
from mapapp.core.names import Names
from mapapp.core.profile import Profile

Role = Literal["site", "subject", "about", "part", "seat"]
Basis = Literal["official", "natural-earth", "admin-boundary", "traced", "reconstructed", "schematic"]
OUR_BASES: tuple[Basis, ...] = ("traced", "reconstructed", "schematic")  # of places that we drew
Confidence = Literal["high", "medium", "low"]
ARTICLE = "article"  # as said_by: the article itself makes the statement
_LETTERS = 26


@dataclass(frozen=True)
class Review:
    """Who checked an entry against its sources, and on which day."""

    by: str
    on: date


@dataclass(frozen=True)
class DatedNames:
    """The names of a place during a time in which they differed from its default names."""

    when: When
    names: Names


@dataclass(frozen=True)
class Source:
    """Where a background fact or a geometry comes from.

    ``url`` is the page used; if it is not known in full, ``locator`` says what is known of it and ``no_url``
    why there is no address to follow. ``note`` is what a reader must know of it, such as how we know whose
    it is. ``credit`` is how it must be named below the map; ``None`` if it need not.
    ``publisher_inferred`` is whether the text names no publisher, and the author of the data found out.
    ``date`` is ``None`` where it is not known. ``leaning`` tells readers whose voice the source is; it is not
    a verdict.
    """

    id: str
    title: str
    publisher: str
    date: When | None
    licence: str
    leaning: str
    url: str | None = None
    locator: str | None = None
    no_url: str | None = None
    note: str = ""
    credit: str | None = None
    publisher_inferred: bool = False


@dataclass(frozen=True)
class Actor:
    """A person, group, institution or outlet the article names. ``of`` is the actor it belongs to."""

    id: str
    names: Names
    kind: str
    of: str | None = None
    note: str = ""


@dataclass(frozen=True)
class Status:
    """The status of a place during a time, such as open or closed, with its own sources."""

    status: str
    when: When
    sources: tuple[str, ...]
    note: str = ""


@dataclass(frozen=True)
class Place:
    """One feature of ``data/geo/``.

    ``geometry`` is a shapely geometry, (lon, lat) in degrees. ``valid`` is the time during which it may be
    drawn. ``tolerance_km`` is the expected error of the geometry in kilometres. ``within`` lists the ids of
    areas it lies in, wholly or partly. ``facts`` are further values (areas in km2, lengths in km, codes) as
    written, in file order. A ``draft`` was suggested by a program, or is not finished; ``reviewed`` is
    ``None`` if nobody has checked it.
    """

    id: str
    layer: str
    names: Names
    kind: str
    valid: When
    basis: Basis
    tolerance_km: float
    confidence: Confidence
    sources: tuple[str, ...]
    geometry: BaseGeometry = field(compare=False)
    note: str = ""
    within: tuple[str, ...] = ()
    statuses: tuple[Status, ...] = ()
    names_when: tuple[DatedNames, ...] = ()
    facts: tuple[tuple[str, str | int | float], ...] = ()
    draft: bool = False
    reviewed: Review | None = None

    @property
    def unsure(self) -> bool:
        """Whether it is a line or an area of low confidence, whose edge is dashed."""
        return self.confidence == "low" and self.geometry.geom_type != "Point"


@dataclass(frozen=True)
class Passage:
    """A passage of the article; ``start`` and ``end`` are character offsets in its text, end excluded."""

    exact: str
    start: int
    end: int


@dataclass(frozen=True)
class PlaceLink:
    """How an event is related to a place.

    ``words`` are the article's words that name the place. If they are ``None``, the article does not name it,
    and ``note`` says why it is linked.
    """

    id: str
    role: Role
    words: str | None = None
    note: str = ""


@dataclass(frozen=True)
class Quantity:
    """A quantity in a statement, in the unit of its kind.

    ``words`` are the article's words for it. ``best`` is the value they name, ``least`` and ``most`` their
    bounds; ``None`` where they give none.
    """

    kind: str
    words: str
    best: float | None = None
    least: float | None = None
    most: float | None = None
    note: str = ""


@dataclass(frozen=True)
class Event:
    """One statement of an article.

    Attributes
    ----------
    article
        Id of the article it is from.
    number
        Its number in the order of that article, from 1.
    when
        The time the statement is about; of a demand, threat or plan, from the day it was made to the day it
        is due. It is certain only up to the article's date.
    said
        When the statement was made, if the article says so.
    said_by
        Id of one of ``actors``; or ``article`` if the article itself makes the statement. Exactly then the
        modality is reported or assessed.
    via
        Id of the outlet the article quotes.
    passages
        The article's words for it.
    title, note
        In the first of the profile's languages.
    titles, notes
        The title and the note in other languages, by BCP 47 tag.
    draft, reviewed
        As of a `Place`.
    """

    id: str
    article: str
    number: int
    title: str
    kind: str
    modality: str
    said_by: str
    when: When
    passages: tuple[Passage, ...]
    places: tuple[PlaceLink, ...]
    actors: tuple[str, ...] = ()
    said: When | None = None
    via: str | None = None
    note: str = ""
    quantities: tuple[Quantity, ...] = ()
    titles: Mapping[str, str] = field(default_factory=dict, hash=False)
    notes: Mapping[str, str] = field(default_factory=dict, hash=False)
    draft: bool = False
    reviewed: Review | None = None


@dataclass(frozen=True)
class Fact:
    """A background fact, which is not from the article and always has a source.

    ``explains`` lists events it explains, ``differs`` events it contradicts. ``draft`` and ``reviewed``
    are as of a `Place`.
    """

    id: str
    text: str
    when: When
    sources: tuple[str, ...]
    confidence: Confidence
    places: tuple[str, ...] = ()
    explains: tuple[str, ...] = ()
    differs: tuple[str, ...] = ()
    note: str = ""
    draft: bool = False
    reviewed: Review | None = None


@dataclass(frozen=True)
class Article:
    """An article's text, byte for byte as in ``seeds/``, and its date of publication.

    ``language`` is a BCP 47 tag; ``sha256`` is of the file, in hexadecimal. ``title``, ``author`` and ``url``
    are the article's own; empty if they are not known. ``quotes_only`` is whether no more of the text may be
    shown than what statements quote; see `mapapp.core.licences`. ``unmapped`` are the passages that say
    nothing for the map.
    """

    id: str
    text: str
    date: date
    sha256: str
    source: str
    language: str
    title: str = ""
    author: str = ""
    url: str = ""
    quotes_only: bool = False
    unmapped: tuple[Passage, ...] = ()

    @cached_property
    def direction(self) -> Literal["ltr", "rtl"]:
        """The writing direction of most of its letters."""
        return direction_of(self.text)


@dataclass(frozen=True)
class Layer:
    """The places of one file of ``data/geo/``, which are shown and hidden together."""

    id: str
    places: tuple[Place, ...]


@dataclass(frozen=True)
class OwnStep:
    """One step of the story that the author of the data wrote; see `mapapp.core.story`.

    Attributes
    ----------
    title, text
        The author's words, not the article's.
    show
        Id of the statement, place or background fact that the step selects; ``None`` for none.
    first, last
        Its days, both included; ``None`` for those of what it shows.
    hidden
        Layers it hides.
    camera
        Latitude, longitude and zoom of the map's centre; ``None`` to fit the map to what it shows.
    """

    title: Names
    text: Names | None = None
    show: str | None = None
    first: date | None = None
    last: date | None = None
    hidden: tuple[str, ...] = ()
    camera: tuple[float, float, float] | None = None


@dataclass(frozen=True)
class Atlas:
    """A loaded data folder.

    Articles are in the order of their dates; events in that of their articles. ``fingerprint`` is the SHA-256
    of all files read, in hexadecimal. ``issued`` is the date of the newest entry in the data's changelog;
    ``None`` if there is none. ``story`` has the steps that its author wrote; empty if there are none.
    """

    profile: Profile
    articles: tuple[Article, ...]
    events: tuple[Event, ...]
    facts: tuple[Fact, ...]
    actors: tuple[Actor, ...]
    sources: tuple[Source, ...]
    layers: tuple[Layer, ...]
    fingerprint: str
    issued: date | None = None
    story: tuple[OwnStep, ...] = ()

    @cached_property
    def article(self) -> dict[str, Article]:
        """Articles by id."""
        return {article.id: article for article in self.articles}

    @cached_property
    def day(self) -> date:
        """The date of the newest article."""
        return self.articles[-1].date

    @cached_property
    def numbers(self) -> dict[str, str]:
        """The number of each statement as text, such as 7; with several articles after their letter: B7."""
        return {event.id: f"{self.letters[event.article]}{event.number}" for event in self.events}

    @cached_property
    def letters(self) -> dict[str, str]:
        """The letter of each article, by id; empty if there is only one."""
        if len(self.articles) == 1:
            return {self.articles[0].id: ""}
        return {article.id: _letters(order) for order, article in enumerate(self.articles)}

    @cached_property
    def place(self) -> dict[str, Place]:
        """Places by id."""
        return {place.id: place for layer in self.layers for place in layer.places}

    @cached_property
    def event(self) -> dict[str, Event]:
        """Events by id."""
        return {event.id: event for event in self.events}

    @cached_property
    def fact(self) -> dict[str, Fact]:
        """Background facts by id."""
        return {fact.id: fact for fact in self.facts}

    @cached_property
    def actor(self) -> dict[str, Actor]:
        """Actors by id."""
        return {actor.id: actor for actor in self.actors}

    @cached_property
    def source(self) -> dict[str, Source]:
        """Sources by id."""
        return {source.id: source for source in self.sources}


def _letters(order: int) -> str:
    """Return A to Z, then AA, AB and so on."""
    before = _letters(order // _LETTERS - 1) if order >= _LETTERS else ""
    return before + ascii_uppercase[order % _LETTERS]

"""The classes of the data model. Instances are immutable; `mapapp.data.load` creates them.

Coordinates are WGS 84 (EPSG:4326) in degrees, always (lon, lat). Days are ``datetime.date``; ranges include
both ends.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Literal, get_args

from shapely.geometry.base import BaseGeometry

from mapapp.core.edtf import When
from mapapp.core.language import direction_of

Kind = Literal["agreement", "talks", "clashes", "statement", "demand", "threat", "plan", "control"]
Modality = Literal["reported", "claimed", "demanded", "threatened", "assessed"]
Role = Literal["site", "subject", "about", "part", "seat"]
Basis = Literal["official", "natural-earth", "admin-boundary", "traced", "reconstructed", "schematic"]
Confidence = Literal["high", "medium", "low"]
Lang = Literal["en", "ar", "tr", "ru"]
STATEMENT_KINDS: frozenset[str] = frozenset(get_args(Kind))
LANGUAGES: tuple[Lang, ...] = ("en", "ar", "tr", "ru")


@dataclass(frozen=True)
class Names:
    """A name in each of the interface languages."""

    en: str
    ar: str
    tr: str
    ru: str


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
    it is.
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


@dataclass(frozen=True)
class Actor:
    """A state, person, force, group or outlet the article names. ``of`` is the actor it belongs to."""

    id: str
    names: Names
    kind: Literal["state", "person", "armed-force", "armed-group", "party", "outlet"]
    of: str | None = None
    note: str = ""


@dataclass(frozen=True)
class Status:
    """The status of a place during a time, such as ``in-force`` or ``surrounded``, with its own sources."""

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
    written, in file order.
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
class Event:
    """One statement of the article.

    Attributes
    ----------
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
    """

    id: str
    title: str
    kind: Kind
    modality: Modality
    said_by: str
    when: When
    passages: tuple[Passage, ...]
    places: tuple[PlaceLink, ...]
    actors: tuple[str, ...] = ()
    said: When | None = None
    via: str | None = None
    note: str = ""


@dataclass(frozen=True)
class Fact:
    """A background fact, which is not from the article and always has a source.

    ``explains`` lists events it explains, ``differs`` events it contradicts.
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


@dataclass(frozen=True)
class Article:
    """The article's text, byte for byte as in ``seeds/``, and its date of publication.

    ``language`` is a BCP 47 tag; ``sha256`` is of the file, in hexadecimal.
    """

    id: str
    text: str
    date: date
    sha256: str
    source: str
    language: str = "en"

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
class Atlas:
    """A loaded data folder.

    ``fingerprint`` is the SHA-256 of all files read, in hexadecimal. ``issued`` is the date of the newest
    entry in the data's changelog; ``None`` if there is none.
    """

    article: Article
    events: tuple[Event, ...]
    facts: tuple[Fact, ...]
    actors: tuple[Actor, ...]
    sources: tuple[Source, ...]
    layers: tuple[Layer, ...]
    fingerprint: str
    issued: date | None = None

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

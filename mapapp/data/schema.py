"""The structure of the data files: which keys each entry has and which values they take.

Frozen dataclasses that `parse` fills with pydantic; ``load`` turns them into the classes of ``core.model``.
Unknown keys are errors everywhere.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from pydantic import ConfigDict, Field

from mapapp.core.edtf import DateBasis
from mapapp.core.model import Basis, Confidence, Role
from mapapp.data.fields import (
    ActorId,
    Camera,
    Context,
    Edtf,
    Exact,
    Fact,
    FileName,
    Id,
    Ids,
    IsoDay,
    Kilometres,
    Language,
    NamesByLanguage,
    Note,
    Number,
    OptionalEdtf,
    OriginalName,
    Sha256,
    SomeIds,
    Text,
    Url,
    Words,
)

FACTS = (
    "iso2",
    "iso3",
    "pcode",
    "iso",
    "area_km2",
    "length_km",
    "depth_km",
    "extent",
    "as_of",
    "operator",
    "number",
    "country",
    "geonames",
    "ref",
)

# Entries are neither compared nor printed: to make them without that halves the time it takes to import them.
_FORBID = ConfigDict(extra="forbid")


@dataclass(frozen=True, eq=False, repr=False)
class ReviewEntry:
    """Who checked the entry against its sources, and when."""

    __pydantic_config__ = _FORBID

    by: Text
    on: IsoDay


@dataclass(frozen=True, eq=False, repr=False)
class WhenEntry:
    """A time read from words of the article, with those words."""

    __pydantic_config__ = _FORBID

    edtf: Edtf
    text: Words
    basis: DateBasis = "words"


@dataclass(frozen=True, eq=False, repr=False)
class FactWhenEntry:
    """A time from a source other than the article."""

    __pydantic_config__ = _FORBID

    edtf: Edtf


@dataclass(frozen=True, eq=False, repr=False)
class PassageEntry:
    """A passage of the article; ``prefix`` and ``suffix`` distinguish it from others with the same words."""

    __pydantic_config__ = _FORBID

    exact: Exact
    prefix: Context = ""
    suffix: Context = ""


@dataclass(frozen=True, eq=False, repr=False)
class LinkEntry:
    """A place of a statement."""

    __pydantic_config__ = _FORBID

    id: Id
    role: Role
    words: Words | None = None
    note: Note = ""


@dataclass(frozen=True, eq=False, repr=False)
class QuantityEntry:
    """A quantity in a statement: the article's ``words`` for it, and the value they name, or its bounds."""

    __pydantic_config__ = _FORBID

    kind: Id
    words: Words
    best: Number | None = None
    min: Number | None = None
    max: Number | None = None
    note: Note = ""


@dataclass(frozen=True, eq=False, repr=False)
class EventEntry:
    """One statement of the article.

    ``title`` and ``note`` are in the first of the profile's languages, ``titles`` and ``notes`` in others. A
    ``draft`` was suggested by a program, or is not finished.
    """

    __pydantic_config__ = _FORBID

    id: Id
    title: Text
    kind: Id
    modality: Id
    said_by: Id
    when: WhenEntry
    passages: Annotated[tuple[PassageEntry, ...], Field(min_length=1)]
    places: Annotated[tuple[LinkEntry, ...], Field(min_length=1)]
    actors: Ids = ()
    said: WhenEntry | None = None
    via: Id | None = None
    note: Note = ""
    quantities: tuple[QuantityEntry, ...] = ()
    titles: NamesByLanguage | None = None
    notes: NamesByLanguage | None = None
    draft: bool = False
    reviewed: ReviewEntry | None = None


@dataclass(frozen=True, eq=False, repr=False)
class OriginalEntry:
    """The document that the text of an article was taken from, in ``seeds/originals/``."""

    __pydantic_config__ = _FORBID

    file: OriginalName
    sha256: Sha256


@dataclass(frozen=True, eq=False, repr=False)
class ArticleEntry:
    """The ``article`` key of an event file: the article the statements come from."""

    __pydantic_config__ = _FORBID

    file: FileName
    sha256: Sha256
    source: Id
    original: OriginalEntry | None = None
    date: IsoDay | None = None
    language: Language | None = None
    title: Text | None = None
    author: Text | None = None
    url: Url | None = None


@dataclass(frozen=True, eq=False, repr=False)
class ActorEntry:
    """One entry of ``actors.yaml``."""

    __pydantic_config__ = _FORBID

    id: ActorId
    names: NamesByLanguage
    kind: Id
    of: Id | None = None
    note: Note = ""


@dataclass(frozen=True, eq=False, repr=False)
class SourceEntry:
    """One entry of ``sources.yaml``. ``date`` is EDTF text, or empty if it is not known.

    ``no_url`` says why there is no address to follow; the check wants either it or ``url``. ``credit`` is how
    the source is named below the map, if it has to be. ``publisher_inferred`` is whether the text names no
    publisher, and the author of the data found it out.
    """

    __pydantic_config__ = _FORBID

    id: Id
    title: Text
    publisher: Text
    date: OptionalEdtf
    licence: Text
    leaning: Note
    url: Url | None = None
    locator: Text | None = None
    no_url: Text | None = None
    note: Note = ""
    credit: Text | None = None
    publisher_inferred: bool = False


@dataclass(frozen=True, eq=False, repr=False)
class FactEntry:
    """One entry of ``background.yaml``."""

    __pydantic_config__ = _FORBID

    id: Id
    text: Text
    when: FactWhenEntry
    sources: SomeIds
    confidence: Confidence
    places: Ids = ()
    explains: Ids = ()
    differs: Ids = ()
    note: Note = ""
    draft: bool = False
    reviewed: ReviewEntry | None = None


@dataclass(frozen=True, eq=False, repr=False)
class StepEntry:
    """One step of ``story.yaml``: the author's own title and text, and the view that the step shows.

    ``show`` is the statement, place or background fact that it selects. The other keys are parameters of an
    address.
    """

    __pydantic_config__ = _FORBID

    title: NamesByLanguage
    text: NamesByLanguage | None = None
    show: Id | None = None
    first: IsoDay | None = None
    last: IsoDay | None = None
    hidden: Ids = ()
    camera: Camera | None = None


@dataclass(frozen=True, eq=False, repr=False)
class StatusEntry:
    """The status of a place during a time."""

    __pydantic_config__ = _FORBID

    status: Id
    when: Edtf
    sources: SomeIds
    note: Note = ""


@dataclass(frozen=True, eq=False, repr=False)
class DatedNamesEntry:
    """The names of a place during a time."""

    __pydantic_config__ = _FORBID

    when: Edtf
    names: NamesByLanguage


@dataclass(frozen=True, eq=False, repr=False)
class PlaceEntry:
    """The properties of a feature in ``data/geo/``; the keys from ``iso2`` on are those of `FACTS`."""

    __pydantic_config__ = _FORBID

    id: Id
    names: NamesByLanguage
    kind: Id
    valid: Edtf
    basis: Basis
    tolerance_km: Kilometres
    confidence: Confidence
    sources: SomeIds
    note: Note
    within: Ids = ()
    statuses: tuple[StatusEntry, ...] = ()
    names_when: tuple[DatedNamesEntry, ...] = ()
    draft: bool = False
    reviewed: ReviewEntry | None = None
    iso2: Fact = None
    iso3: Fact = None
    pcode: Fact = None
    iso: Fact = None
    area_km2: Fact = None
    length_km: Fact = None
    depth_km: Fact = None
    extent: Fact = None
    as_of: Fact = None
    operator: Fact = None
    number: Fact = None
    country: Fact = None
    geonames: Fact = None
    ref: Fact = None

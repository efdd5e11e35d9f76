"""The structure of ``data/map.yaml``: which keys a profile has and which values they take.

Like `schema`, frozen dataclasses that `parse` fills with pydantic; `profile` turns them into those of
``core.profile``. Only ``title`` and ``layers`` are required.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Literal

from pydantic import ConfigDict, Discriminator, Field, Tag

from mapapp.core.profile import Color, EventSymbol, Group, PlaceSymbol, Role
from mapapp.data.fields import (
    ENTRY,
    WORD,
    Between,
    FactKey,
    HxlTag,
    Id,
    Languages,
    NamesByLanguage,
    Shapes,
    Text,
    entry_or_word,
)

_FORBID = ConfigDict(extra="forbid")
Zoom = Annotated[float, Between(0, 24, "not a zoom level")]
Degrees = Annotated[float, Between(-180, 180, "not a number of degrees")]
Pixels = Annotated[float, Between(0, 40, "not a number of pixels")]
Share = Annotated[float, Between(0, 1, "not a share")]
Rank = Annotated[int, Between(1, 99, "not a rank")]
Dash = Annotated[tuple[Pixels, ...], Field(max_length=6)]  # lengths drawn and left out in turn; none: solid
Box = tuple[Degrees, Degrees, Degrees, Degrees]  # west, south, east, north
Home = Annotated[Annotated[Box, Tag(ENTRY)] | Annotated[Id, Tag(WORD)], Discriminator(entry_or_word)]
NoName = Annotated[Literal["none"], Tag(WORD)]


@dataclass(frozen=True, eq=False, repr=False)
class StyleEntry:
    """A style, or what differs from the layer's. Widths, bands and dashes are in pixels.

    ``edge`` colours outlines, lines and symbols. ``hatch`` draws lines over the fill at an angle in degrees,
    clockwise from the vertical; ``band`` a band along the inside of the edge. ``opacity`` is the fill's, from
    0 to 1. ``dash`` is for what is less certain; places of low confidence are dashed without it.
    """

    __pydantic_config__ = _FORBID

    edge: Color | None = None
    width: Pixels | None = None
    dash: Dash | None = None
    fill: Literal[Color, "none"] | None = None
    opacity: Share | None = None
    hatch: Literal[0, 45, 90, 135] | None = None
    band: Pixels | None = None


@dataclass(frozen=True, eq=False, repr=False)
class LayerNamesEntry:
    """How the names of a layer look on the map: ``size`` in pixels, ``spread`` between letters in em.

    Names of lower ``rank`` come first where space is short; ``zoom`` is the first and last zoom level.
    ``short`` ends a name on the map before its first comma or bracket, ``once`` lets places of the same name
    share one.
    """

    __pydantic_config__ = _FORBID

    size: Annotated[float, Between(8, 20, "not a size of letters in pixels")] = 11
    weight: Literal[400, 500, 600, 700] = 500
    spread: Share = 0
    color: Color = "ink"
    italic: bool = False
    upper: bool = False
    rank: Rank = 9
    zoom: tuple[Zoom, Zoom] = (7, 20)
    short: bool = False
    once: bool = False


@dataclass(frozen=True, eq=False, repr=False)
class KindNameEntry:
    """Which names of a kind of place come first; a ``great`` one is bold and before all others."""

    __pydantic_config__ = _FORBID

    rank: Rank
    zoom: tuple[Zoom, Zoom]
    great: bool = False


LayerNames = Annotated[Annotated[LayerNamesEntry, Tag(ENTRY)] | NoName, Discriminator(entry_or_word)]
KindName = Annotated[Annotated[KindNameEntry, Tag(ENTRY)] | NoName, Discriminator(entry_or_word)]


@dataclass(frozen=True, eq=False, repr=False)
class SideEntry:
    """What land becomes that a side lost or gained. The note may have {first} and {last} in it."""

    __pydantic_config__ = _FORBID

    kind: Id
    note: NamesByLanguage


@dataclass(frozen=True, eq=False, repr=False)
class ChangesEntry:
    """How a layer is computed from the successive outlines of a kind of area of a snapshot layer.

    ``names`` may have {first}, {last} and {n} in it, the size in km2.
    """

    __pydantic_config__ = _FORBID

    of: Id
    kind: Id
    lost: SideEntry
    gained: SideEntry
    names: NamesByLanguage
    contested: Id | None = None


@dataclass(frozen=True, eq=False, repr=False)
class LayerEntry:
    """One layer. Its file is ``data/geo/ID.geojson``, unless ``changes`` says how it is computed."""

    __pydantic_config__ = _FORBID

    id: Id
    group: Group
    label: NamesByLanguage
    shape: Shapes
    style: StyleEntry
    role: Role | None = None
    time: Literal["continuous", "snapshot"] = "continuous"
    main: bool = False
    reference: bool = False
    in_key: bool = True
    badges: bool = True
    on_land: bool = False
    covers: bool = False
    kinds: dict[Id, StyleEntry] | None = None
    statuses: dict[Id, StyleEntry] | None = None
    names: LayerNames = LayerNamesEntry()
    headline: NamesByLanguage | None = None
    unmarked: NamesByLanguage | None = None
    feature_class: Literal["A", "H", "L", "P", "R", "S", "T"] = "L"
    changes: ChangesEntry | None = None


@dataclass(frozen=True, eq=False, repr=False)
class ThesaurusEntry:
    """A concept of the Getty Art & Architecture Thesaurus."""

    __pydantic_config__ = _FORBID

    id: Annotated[int, Between(300_000_000, 300_999_999, "not the number of a concept")]
    term: Text


@dataclass(frozen=True, eq=False, repr=False)
class PlaceKindEntry:
    """One kind of place. ``key`` is what the key of the map says of it, ``key_when`` with each status.

    ``holder`` is who holds areas of this kind, for sentences. A ``disputed`` one lies in no country.
    """

    __pydantic_config__ = _FORBID

    label: NamesByLanguage
    symbol: PlaceSymbol = "circle-medium"
    name: KindName | None = None
    disputed: bool = False
    key: NamesByLanguage | None = None
    key_when: dict[Id, NamesByLanguage] | None = None
    holder: NamesByLanguage | None = None
    aat: ThesaurusEntry | None = None


@dataclass(frozen=True, eq=False, repr=False)
class EventKindEntry:
    """One kind of statement; ``future`` if it can be about days after the article."""

    __pydantic_config__ = _FORBID

    label: NamesByLanguage
    symbol: EventSymbol = "dot"
    future: bool = False
    modality: Id | None = None
    incidents: bool = False


@dataclass(frozen=True, eq=False, repr=False)
class ModalityEntry:
    """How the article says something. Unless it is ``by: article``, the label has {who} for the speaker."""

    __pydantic_config__ = _FORBID

    label: NamesByLanguage
    by: Literal["article", "actor"] = "actor"


@dataclass(frozen=True, eq=False, repr=False)
class ActorKindEntry:
    """One kind of actor; only an ``outlet`` can be quoted by the article."""

    __pydantic_config__ = _FORBID

    label: NamesByLanguage
    outlet: bool = False


@dataclass(frozen=True, eq=False, repr=False)
class QuantityKindEntry:
    """One kind of quantity in a statement. ``unit`` follows the number; ``hxl`` is its HXL tag."""

    __pydantic_config__ = _FORBID

    label: NamesByLanguage
    unit: NamesByLanguage | None = None
    hxl: HxlTag | None = None


@dataclass(frozen=True, eq=False, repr=False)
class ProfileHead:
    """The keys of a profile that are not lists of entries."""

    __pydantic_config__ = _FORBID

    title: NamesByLanguage
    lead: NamesByLanguage | None = None
    languages: Languages | None = None
    home: Home | None = None
    panel: tuple[Id, ...] | None = None


@dataclass(frozen=True, eq=False, repr=False)
class ProfileEntry(ProfileHead):
    """The profile of a map: what makes it differ from others.

    Texts are by language. The keys are explained in ``data/README.md``.
    """

    __pydantic_config__ = _FORBID

    layers: Annotated[tuple[LayerEntry, ...], Field(min_length=1)] = ()
    place_kinds: dict[Id, PlaceKindEntry] | None = None
    event_kinds: dict[Id, EventKindEntry] | None = None
    modalities: dict[Id, ModalityEntry] | None = None
    actor_kinds: dict[Id, ActorKindEntry] | None = None
    statuses: dict[Id, NamesByLanguage] | None = None
    quantities: dict[Id, QuantityKindEntry] | None = None
    place_facts: dict[FactKey, NamesByLanguage] | None = None

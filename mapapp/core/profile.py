"""What makes one map differ from another: title, languages, layers, vocabularies, looks and opening frame.

`mapapp.data.profile` reads it from ``data/map.yaml``; for a folder without that file it makes a plain one
from what the data says.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Literal, get_args

from mapapp.core.names import Names

Group = Literal["article", "background", "base"]
Shape = Literal["area", "line", "point"]
Role = Literal["land", "country", "province", "settlement"]
# Colours of `mapapp.theme` that a profile may use; it has their values on light and dark ground.
Color = Literal[
    "violet", "ochre", "teal", "mauve", "rust", "olive", "blue", "brown", "slate", "stone", "sand",
    "strong", "ink", "soft", "paper", "land", "country", "water",
]  # fmt: skip
# Symbols of `mapapp.theme`: for statements, and for places that are points.
EventSymbol = Literal[
    "handshake", "speech", "crossed", "quotation", "exclamation", "warning", "arrow", "shield", "drop",
    "people", "house", "road", "measure", "cross", "box", "dot",
]  # fmt: skip
PlaceSymbol = Literal[
    "triangle", "triangle-down", "square", "star", "circle", "circle-medium", "circle-small", "plus", "peaks",
    "bar", "diamond", "tent",
]  # fmt: skip
UNSURE = "6 4"  # the dash of lines and edges of low confidence, in pixels
COLORS: tuple[str, ...] = get_args(Color)
Drawn = tuple[str, str | None, str | None]  # layer; kind, or None for any; status, or None for any
_PLAIN_SYMBOL: PlaceSymbol = "circle-medium"


@dataclass(frozen=True)
class Style:
    """The style of a class of places. Colours are palette names; widths and dashes are in screen pixels.

    ``dash`` is an SVG dash array, ``None`` a solid line: a dash says that something is less certain, and
    nothing else. ``fill`` ``None`` leaves an area empty; ``opacity`` is the fill's; ``hatch`` draws lines
    over it at that angle in degrees, clockwise from the vertical; ``band`` is the width of a band along the
    inside of its edge.
    """

    stroke: str
    width: float
    dash: str | None = None
    fill: str | None = None
    opacity: float = 1.0
    hatch: int | None = None
    band: float = 0


@dataclass(frozen=True)
class NameLook:
    """How the names of a layer look on the map: size in pixels, letter spacing (``spread``) in em."""

    size: float = 11
    weight: int = 500
    spread: float = 0
    color: str = "ink"
    italic: bool = False
    upper: bool = False


@dataclass(frozen=True)
class NameRank:
    """Which names come first where space is short (lower ranks), and from and to which zoom level."""

    rank: int
    low: float
    high: float


@dataclass(frozen=True, eq=False)
class Side:
    """Land that one side gained between two dates: the kind of place it becomes, and a note on it."""

    kind: str
    note: Names


@dataclass(frozen=True, eq=False)
class Changes:
    """How a layer is computed from a snapshot layer: as what changed hands between successive dates.

    Attributes
    ----------
    of
        The snapshot layer.
    kind
        The kind of area whose successive outlines are compared.
    contested
        The kind of area that no side holds; ``None`` if there is none.
    lost, gained
        What land that the kind lost or gained becomes.
    names
        The name of a piece, with {first}, {last} and {n}, its size in km2.
    """

    of: str
    kind: str
    contested: str | None
    lost: Side
    gained: Side
    names: Names


@dataclass(frozen=True, eq=False)
class LayerProfile:
    """One layer.

    Attributes
    ----------
    shapes
        The shapes its places may have.
    role
        What the engine takes it for: the ground (``land``), countries, provinces (the first level below
        them), or settlements. ``None`` for all else.
    snapshot
        Whether each feature holds for a day, of which only that of the window's last day is shown.
    main
        Whether its lines are main lines of the story: names avoid them, and their error is drawn as a band.
    reference
        Whether it is drawn as on most maps, so that the key may leave it out where space is short.
    in_key
        Whether the key lists it; the names of some layers say all.
    badges
        Whether its points have badges with the number of statements.
    on_land
        Whether its points must lie on land.
    covers
        Whether its areas must not overlap, and must together cover each country that they make up.
    style, statuses
        Its style, and that of places with a certain status.
    kinds
        What differs in the style of some kinds of place, if their status has no style of its own.
    look, rank
        Of the names of its places; ``rank`` ``None``: they have no name on the map.
    short
        Whether names on the map end before the first comma or bracket.
    once
        Whether places of the same name share one name on the map.
    headline
        What the title of a figure adds where the layer is shown.
    unmarked
        What land outside its areas means.
    feature_class
        GeoNames feature class of its places.
    changes
        How it is computed; ``None`` if it has a file.
    """

    id: str
    group: Group
    labels: Names
    shapes: tuple[Shape, ...]
    style: Style
    role: Role | None = None
    snapshot: bool = False
    main: bool = False
    reference: bool = False
    in_key: bool = True
    badges: bool = True
    on_land: bool = False
    covers: bool = False
    statuses: Mapping[str, Style] = field(default_factory=dict, hash=False)
    kinds: Mapping[str, Style] = field(default_factory=dict, hash=False)
    look: NameLook = NameLook()
    rank: NameRank | None = None
    short: bool = False
    once: bool = False
    headline: Names | None = None
    unmarked: Names | None = None
    feature_class: str = "L"
    changes: Changes | None = None

    @property
    def banded(self) -> bool:
        """Whether some of its areas have a band along the inside of their edge."""
        return any(style.band for style in (self.style, *self.kinds.values(), *self.statuses.values()))


@dataclass(frozen=True, eq=False)
class PlaceKind:
    """One kind of place.

    Attributes
    ----------
    symbol
        Of points of this kind.
    named
        Whether it has a name on the map.
    disputed
        Whether it lies in no country.
    great
        Whether its name is bold and comes first.
    rank
        ``None`` for that of the layer.
    key, key_when
        What the key says of it without a status, and with each; where missing, the labels.
    holder
        Who holds areas of this kind, for sentences; ``None`` if it is not about holding.
    aat
        Concept of the Getty Art & Architecture Thesaurus: number and term.
    """

    labels: Names
    symbol: PlaceSymbol = _PLAIN_SYMBOL
    named: bool = True
    disputed: bool = False
    great: bool = False
    rank: NameRank | None = None
    key: Names | None = None
    key_when: Mapping[str, Names] = field(default_factory=dict, hash=False)
    holder: Names | None = None
    aat: tuple[str, str] | None = None


@dataclass(frozen=True, eq=False)
class EventKind:
    """One kind of statement.

    Attributes
    ----------
    future
        Whether it can be about days after the article; its time then ends on the day it is due.
    modality
        The only modality it can have; ``None`` for any.
    incidents
        Whether the reader's own incident data is shown beside it.
    """

    labels: Names
    symbol: EventSymbol = "dot"
    future: bool = False
    modality: str | None = None
    incidents: bool = False


@dataclass(frozen=True, eq=False)
class ModalityProfile:
    """How the article says something. The label of what an actor says has {who} in it."""

    labels: Names
    by_article: bool = False


@dataclass(frozen=True, eq=False)
class ActorKind:
    """One kind of actor; only an ``outlet`` can be quoted by the article."""

    labels: Names
    outlet: bool = False


@dataclass(frozen=True, eq=False)
class QuantityKind:
    """One kind of quantity in a statement: its unit in words, ``None`` if it has none, and its HXL tag."""

    labels: Names
    unit: Names | None
    hxl: str

    def unit_in(self, lang: str) -> str | None:
        """Return the unit in a language, or in the first that it has; ``None`` if there is no unit."""
        return self.unit.text(lang) if self.unit else None


@dataclass(frozen=True, eq=False)
class Profile:
    """A profile.

    Attributes
    ----------
    title, lead
        Of the whole map; ``None``: made from the article. The lead may have {date} in it.
    languages
        Of names, as BCP 47 tags; each name has at least the first.
    home
        What the map opens on: the id of a place, or a box of west, south, east and north in degrees; ``None``
        for what the article speaks of.
    layers
        By id, bottom first.
    listed
        Ids of the layers in the order of the panel.
    place_facts
        Further values of places, each with the text that shows it, in which {n} stands for the value.
    plain
        Whether it was made from the data, because the folder has none.
    """

    title: Names | None
    lead: Names | None
    languages: tuple[str, ...]
    home: str | tuple[float, float, float, float] | None
    layers: Mapping[str, LayerProfile] = field(hash=False)
    listed: tuple[str, ...]
    place_kinds: Mapping[str, PlaceKind] = field(hash=False)
    event_kinds: Mapping[str, EventKind] = field(hash=False)
    modalities: Mapping[str, ModalityProfile] = field(hash=False)
    actor_kinds: Mapping[str, ActorKind] = field(hash=False)
    statuses: Mapping[str, Names] = field(hash=False)
    quantities: Mapping[str, QuantityKind] = field(hash=False)
    place_facts: Mapping[str, Names] = field(hash=False)
    plain: bool = False

    def __hash__(self) -> int:
        """Return a number of this very profile: most of its parts have none."""
        return id(self)

    @cached_property
    def switchable(self) -> tuple[str, ...]:
        """The layers the reader can hide: all but the base map, statements at points, and incidents."""
        return ("events", *(name for name in self.listed if self.layers[name].group != "base"), "incidents")

    def having(self, role: Role) -> frozenset[str]:
        """Return the ids of the layers with a role."""
        return frozenset(layer.id for layer in self.layers.values() if layer.role == role)

    def style(self, layer: str, kind: str, status: str | None, *, unsure: bool = False) -> Style:
        """Return the style of a class of places: that of its status, else its kind, else its layer.

        Parameters
        ----------
        unsure
            Whether it is for a line or area of low confidence, which is dashed.
        """
        found = self.layers[layer]
        style = found.statuses.get(status or "") or found.kinds.get(kind) or found.style
        return replace(style, dash=style.dash or UNSURE) if unsure else style

    @cached_property
    def styles(self) -> dict[Drawn, Style]:
        """All styles; of those that fit a place equally well, the last counts."""
        found: dict[Drawn, Style] = {}
        for layer in self.layers.values():
            found[layer.id, None, None] = layer.style
            found |= {(layer.id, kind, None): style for kind, style in layer.kinds.items()}
            found |= {(layer.id, None, status): style for status, style in layer.statuses.items()}
        return found

    def symbol(self, kind: str) -> PlaceSymbol:
        """Return the symbol of points of a kind."""
        return self.place_kinds[kind].symbol if kind in self.place_kinds else _PLAIN_SYMBOL

    def rank(self, layer: str, place_kind: str) -> NameRank | None:
        """Return the rank of the names of a class of places on the map; ``None`` if they have none."""
        kind = self.place_kinds.get(place_kind)
        if kind is not None and not kind.named:
            return None
        return (kind.rank if kind else None) or self.layers[layer].rank

    def is_great(self, kind: str) -> bool:
        """Return whether the name of a kind of place is bold and comes first."""
        return kind in self.place_kinds and self.place_kinds[kind].great

    def is_disputed(self, kind: str) -> bool:
        """Return whether places of a kind lie in no country, because more than one claims them."""
        return kind in self.place_kinds and self.place_kinds[kind].disputed

    def is_future(self, kind: str) -> bool:
        """Return whether a kind of statement can be about days after the article."""
        return kind in self.event_kinds and self.event_kinds[kind].future

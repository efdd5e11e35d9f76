"""Types of the data sent to the browser, for mypy and (as `src/payload.d.ts`) for the scripts.

Days count from 1970-01-01; ``None`` is an open end. Positions are (lon, lat) in EPSG:4326, boxes (west,
south, east, north). A test checks that both agree; ``python tests/web/payload_declarations.py`` writes
the copy.
"""

from collections.abc import Mapping, Sequence
from typing import Any, Literal, TypeAlias, TypedDict

Day: TypeAlias = int
Position: TypeAlias = tuple[float, float]
Box: TypeAlias = tuple[float, float, float, float]
NamesByLanguage: TypeAlias = dict[str, str]


class Dated(TypedDict):
    """An item with a time: possible from earliest to latest, certain from certainFrom to certainTo."""

    id: str
    earliest: Day | None
    latest: Day | None
    certainFrom: Day | None
    certainTo: Day | None
    throughout: bool
    uncertain: bool


class StatusPeriod(TypedDict):
    """A status of a place and its period."""

    status: str
    earliest: Day | None
    latest: Day | None


class Geometry(TypedDict):
    """A GeoJSON geometry."""

    type: Literal["Point", "LineString", "MultiLineString", "Polygon", "MultiPolygon"]
    coordinates: Any


class PlaceItem(Dated):
    """A place, with the position (``at``) and zoom range of its label, and its error in km."""

    layer: str
    kind: str
    basis: str
    names: NamesByLanguage
    namesWhen: list[tuple[Day | None, Day | None, NamesByLanguage]]
    statuses: list[StatusPeriod]
    tolerance: str
    area: float
    box: Box
    at: Position | None
    rank: int
    zoom: tuple[float, float]
    geometry: Geometry


class EventItem(Dated):
    """A statement of the article, and its places with their roles."""

    kind: str
    said_by: str
    title: str
    places: list[tuple[str, str]]


class FactItem(Dated):
    """Background that is not from the article; ``explains`` holds ids of statements."""

    title: str
    places: list[tuple[str, str]]
    explains: list[str]


class ArticleItem(TypedDict):
    """The article's day, source line, language and direction."""

    day: Day
    byline: str
    lang: str
    dir: str


class LayerItem(TypedDict):
    """A layer; each feature of a snapshot layer holds for a single day."""

    id: str
    group: str
    snapshot: bool


class LabelLook(TypedDict):
    """The label style of a layer: size in pixels, letter spacing in em."""

    size: float
    weight: float
    spread: float


class BaseMap(TypedDict):
    """An online base map."""

    id: str
    name: str
    url: str
    attribution: str
    maxZoom: int
    subdomains: str


class AddressNumber(TypedDict):
    """One number of a parameter; ``turn`` is not 0 if values wrap around, as longitudes do."""

    name: str
    low: float
    high: float
    decimals: int
    turn: float


class AddressParameter(TypedDict):
    """The definition of an address parameter; see `mapapp.core.address.Parameter`."""

    kind: Literal["day", "flag", "word", "words", "numbers"]
    default: str | None
    allowed: Sequence[str]
    numbers: list[AddressNumber]
    alias: str
    alias_values: Mapping[str, str]


class AddressTable(TypedDict):
    """The address parameters for one atlas, and the maximum length of a value."""

    parameters: dict[str, AddressParameter]
    longest: int


class Payload(TypedDict):
    """Everything the browser draws. ``cards``, ``details``, ``paragraphs`` and ``symbols`` are HTML."""

    article: ArticleItem
    paragraphs: Sequence[str]
    address: AddressTable
    layers: list[LayerItem]
    places: list[PlaceItem]
    events: list[EventItem]
    facts: list[FactItem]
    cards: Mapping[str, str]
    details: Mapping[str, str]
    related: dict[str, list[tuple[str, str | None]]]
    factsOf: dict[str, list[str]]
    actors: dict[str, NamesByLanguage]
    speakers: list[str]
    kinds: list[str]
    presets: list[tuple[str, Day, Day]]
    span: tuple[Day, Day]
    home: list[list[float]]  # (lat, lon) corners, as Leaflet takes them
    labels: dict[str, LabelLook]
    font: str
    symbols: str
    words: dict[str, str | dict[str, str]]
    locale: str
    months: list[str]
    languages: list[tuple[str, str]]
    attribution: str
    basemaps: list[BaseMap]


class Opening(TypedDict):
    """A view in serialised form: ISO days, ``None`` for all."""

    first: str
    last: str
    certain: bool
    as_of: str | None
    said_by: list[str] | None
    kinds: list[str] | None
    hidden: list[str]
    selected: str | None
    names: str
    background: bool
    base_map: str
    camera: tuple[float, float, float] | None
    screenshot: bool

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
    """A place, with the position (``at``) and zoom range of its label, and its error in km.

    ``unsure`` is whether its confidence is low: its edge or line is dashed.
    """

    layer: str
    kind: str
    basis: str
    names: NamesByLanguage
    namesWhen: list[tuple[Day | None, Day | None, NamesByLanguage]]
    statuses: list[StatusPeriod]
    tolerance: float
    area: float
    box: Box
    at: Position | None
    rank: int
    zoom: tuple[float, float]
    great: bool
    draft: bool
    unsure: bool
    geometry: Geometry


class EventItem(Dated):
    """A statement of an article, with its number as shown, and its places with their roles."""

    article: str
    number: str
    draft: bool
    kind: str
    said_by: str
    title: NamesByLanguage
    places: list[tuple[str, str]]


class FactItem(Dated):
    """Background that is not from the article; ``explains`` holds ids of statements."""

    title: str
    draft: bool
    places: list[tuple[str, str]]
    explains: list[str]


class OwnStepItem(TypedDict):
    """What the author of the data wrote for a step; ``text`` may be empty."""

    title: NamesByLanguage
    text: NamesByLanguage


class StepItem(TypedDict):
    """A step of the story. Its view is in the address table.

    ``shows`` is the id of the statement it shows, and ``number`` its number, which is empty without one;
    ``own`` is ``None`` if it is only that.
    """

    number: str
    shows: str | None
    own: OwnStepItem | None


class ArticleItem(TypedDict):
    """An article: its day, title, language, direction and text, as HTML.

    The ``letter`` stands before the numbers of its statements; it is empty if there is one article only.
    """

    id: str
    letter: str
    day: Day
    title: str
    lang: str
    dir: str
    paragraphs: Sequence[str]


class NameLook(TypedDict):
    """How names of a layer look, as far as their size depends on it: size in pixels, letter spacing in em."""

    size: float
    weight: float
    spread: float
    upper: bool


class LayerItem(TypedDict):
    """A layer; see `mapapp.core.profile.LayerProfile`. A feature of a snapshot layer is of one day."""

    id: str
    group: str
    role: str | None
    snapshot: bool
    badges: bool
    short: bool
    once: bool
    unmarked: bool
    main: bool
    banded: bool
    look: NameLook


Range: TypeAlias = tuple[float, float, float]  # least, best and most in km2, rounded
SnapshotItem: TypeAlias = tuple[Day, Day, int]  # first and last day, and number of the snapshot


class Snapshots(TypedDict):
    """Which areas of dated layers hold together, and the days on which they possibly or certainly do."""

    areas: list[list[str]]
    possible: list[SnapshotItem]
    certain: list[SnapshotItem]


class ChangedHolder(TypedDict):
    """What a kind of area held, gained and lost between two snapshots.

    ``land`` is what it gained, ``left`` what it lost and no other gained. ``contested`` areas, which nobody
    holds, have neither. ``places`` are the computed places that show what it gained, too.
    """

    layer: str
    kind: str
    contested: bool
    earlier: Range
    later: Range
    gained: Range
    lost: Range
    net: Range
    places: list[str]
    land: Geometry | None
    left: Geometry | None


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

    kind: Literal["day", "flag", "word", "words", "numbers", "step"]
    default: str | None
    allowed: Sequence[str]
    numbers: list[AddressNumber]
    follows: str
    alias: str
    alias_values: Mapping[str, str]


class AddressTable(TypedDict):
    """The address parameters for one atlas, those of each step, and the maximum length of a value."""

    parameters: dict[str, AddressParameter]
    steps: Sequence[Mapping[str, str]]
    longest: int


class Numbers(TypedDict):
    """How numbers are written: the digit 0, which the others follow in Unicode, and the separators."""

    zero: str
    decimal: str
    group: str


class Texts(TypedDict):
    """What depends on the language of the interface. ``cards`` and ``details`` are HTML, by id.

    ``account`` is JSON of its own, which is parsed when it is needed: `mapapp.text.account_parts.Parts`
    without its relations.
    """

    language: str
    dir: str
    numbers: Numbers
    title: str
    bylines: dict[str, str]
    articleSources: dict[str, str]
    cards: Mapping[str, str]
    details: Mapping[str, str]
    presets: list[tuple[str, Day, Day]]
    words: dict[str, str | dict[str, str]]
    months: list[str]
    monthsAfterDay: list[str]
    attribution: str
    account: str


class Payload(Texts):
    """Everything the browser draws. ``symbols`` are HTML.

    ``layers`` are in the order of the panel, ``drawing`` has the ids of all of them, bottom first. ``day`` is
    that of the newest article, ``sea`` whether land and sea can be told apart. ``counted`` lists the kinds of
    statement beside which incidents are counted. ``interface`` and ``languages`` are the languages of the
    interface and of names, with their own names. ``lies`` is JSON of its own: the relations of ``account``.
    """

    articles: list[ArticleItem]
    day: Day
    sea: bool
    address: AddressTable
    layers: list[LayerItem]
    drawing: list[str]
    places: list[PlaceItem]
    events: list[EventItem]
    facts: list[FactItem]
    related: dict[str, list[tuple[str, str | None]]]
    factsOf: dict[str, list[str]]
    actors: dict[str, NamesByLanguage]
    speakers: list[str]
    kinds: list[str]
    story: list[StepItem]
    snapshots: Snapshots
    span: tuple[Day, Day]
    home: list[list[float]]  # (lat, lon) corners, as Leaflet takes them
    counted: list[str]
    font: str
    symbols: str
    interface: list[tuple[str, str]]
    languages: list[tuple[str, str]]
    basemaps: list[BaseMap]
    lies: str


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
    article: str | None
    names: str
    language: str | None
    background: bool
    base_map: str
    camera: tuple[float, float, float] | None
    screenshot: bool
    step: int | None
    compare: str | None

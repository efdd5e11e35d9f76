// Written by tests/web/payload_declarations.py from mapapp/web/payload_types.py: do not edit.
// Days count from 1970-01-01; null is open. Positions are [lon, lat]; boxes [west, south, east, north].

export interface Dated {
  id: string;
  earliest: (number | null);
  latest: (number | null);
  certainFrom: (number | null);
  certainTo: (number | null);
  throughout: boolean;
  uncertain: boolean;
}

export interface StatusPeriod {
  status: string;
  earliest: (number | null);
  latest: (number | null);
}

export interface Geometry {
  type: ("Point" | "LineString" | "MultiLineString" | "Polygon" | "MultiPolygon");
  coordinates: any;
}

export interface PlaceItem {
  id: string;
  earliest: (number | null);
  latest: (number | null);
  certainFrom: (number | null);
  certainTo: (number | null);
  throughout: boolean;
  uncertain: boolean;
  layer: string;
  kind: string;
  basis: string;
  names: Record<string, string>;
  namesWhen: [(number | null), (number | null), Record<string, string>][];
  statuses: StatusPeriod[];
  tolerance: string;
  area: number;
  box: [number, number, number, number];
  at: ([number, number] | null);
  rank: number;
  zoom: [number, number];
  great: boolean;
  draft: boolean;
  geometry: Geometry;
}

export interface EventItem {
  id: string;
  earliest: (number | null);
  latest: (number | null);
  certainFrom: (number | null);
  certainTo: (number | null);
  throughout: boolean;
  uncertain: boolean;
  article: string;
  number: string;
  draft: boolean;
  kind: string;
  said_by: string;
  title: string;
  places: [string, string][];
}

export interface FactItem {
  id: string;
  earliest: (number | null);
  latest: (number | null);
  certainFrom: (number | null);
  certainTo: (number | null);
  throughout: boolean;
  uncertain: boolean;
  title: string;
  draft: boolean;
  places: [string, string][];
  explains: string[];
}

export interface ArticleItem {
  id: string;
  letter: string;
  day: number;
  title: string;
  byline: string;
  lang: string;
  dir: string;
  paragraphs: string[];
}

export interface NameLook {
  size: number;
  weight: number;
  spread: number;
  upper: boolean;
}

export interface LayerItem {
  id: string;
  group: string;
  role: (string | null);
  snapshot: boolean;
  badges: boolean;
  short: boolean;
  once: boolean;
  unmarked: boolean;
  look: NameLook;
}

export interface BaseMap {
  id: string;
  name: string;
  url: string;
  attribution: string;
  maxZoom: number;
  subdomains: string;
}

export interface AddressNumber {
  name: string;
  low: number;
  high: number;
  decimals: number;
  turn: number;
}

export interface AddressParameter {
  kind: ("day" | "flag" | "word" | "words" | "numbers");
  default: (string | null);
  allowed: string[];
  numbers: AddressNumber[];
  alias: string;
  alias_values: Record<string, string>;
}

export interface AddressTable {
  parameters: Record<string, AddressParameter>;
  longest: number;
}

export interface Payload {
  title: string;
  articles: ArticleItem[];
  day: number;
  sea: boolean;
  address: AddressTable;
  layers: LayerItem[];
  drawing: string[];
  places: PlaceItem[];
  events: EventItem[];
  facts: FactItem[];
  cards: Record<string, string>;
  details: Record<string, string>;
  related: Record<string, [string, (string | null)][]>;
  factsOf: Record<string, string[]>;
  actors: Record<string, Record<string, string>>;
  speakers: string[];
  kinds: string[];
  presets: [string, number, number][];
  span: [number, number];
  home: number[][];
  counted: string[];
  font: string;
  symbols: string;
  words: Record<string, (string | Record<string, string>)>;
  locale: string;
  months: string[];
  languages: [string, string][];
  attribution: string;
  basemaps: BaseMap[];
}

export interface Opening {
  first: string;
  last: string;
  certain: boolean;
  as_of: (string | null);
  said_by: (string[] | null);
  kinds: (string[] | null);
  hidden: string[];
  selected: (string | null);
  article: (string | null);
  names: string;
  background: boolean;
  base_map: string;
  camera: ([number, number, number] | null);
  screenshot: boolean;
}

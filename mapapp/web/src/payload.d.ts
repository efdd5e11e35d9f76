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
  tolerance: number;
  area: number;
  box: [number, number, number, number];
  at: ([number, number] | null);
  rank: number;
  zoom: [number, number];
  great: boolean;
  draft: boolean;
  unsure: boolean;
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
  title: Record<string, string>;
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

export interface OwnStepItem {
  title: Record<string, string>;
  text: Record<string, string>;
}

export interface StepItem {
  number: string;
  shows: (string | null);
  own: (OwnStepItem | null);
}

export interface ArticleItem {
  id: string;
  letter: string;
  day: number;
  title: string;
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
  main: boolean;
  banded: boolean;
  look: NameLook;
}

export interface Snapshots {
  areas: string[][];
  possible: [number, number, number][];
  certain: [number, number, number][];
}

export interface ChangedHolder {
  layer: string;
  kind: string;
  contested: boolean;
  earlier: [number, number, number];
  later: [number, number, number];
  gained: [number, number, number];
  lost: [number, number, number];
  net: [number, number, number];
  places: string[];
  land: (Geometry | null);
  left: (Geometry | null);
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
  kind: ("day" | "flag" | "word" | "words" | "numbers" | "step");
  default: (string | null);
  allowed: string[];
  numbers: AddressNumber[];
  follows: string;
  alias: string;
  alias_values: Record<string, string>;
}

export interface AddressTable {
  parameters: Record<string, AddressParameter>;
  steps: Record<string, string>[];
  longest: number;
}

export interface Numbers {
  zero: string;
  decimal: string;
  group: string;
}

export interface Texts {
  language: string;
  dir: string;
  numbers: Numbers;
  title: string;
  bylines: Record<string, string>;
  articleSources: Record<string, string>;
  cards: Record<string, string>;
  details: Record<string, string>;
  presets: [string, number, number][];
  words: Record<string, (string | Record<string, string>)>;
  months: string[];
  monthsAfterDay: string[];
  attribution: string;
  account: string;
}

export interface Payload {
  language: string;
  dir: string;
  numbers: Numbers;
  title: string;
  bylines: Record<string, string>;
  articleSources: Record<string, string>;
  cards: Record<string, string>;
  details: Record<string, string>;
  presets: [string, number, number][];
  words: Record<string, (string | Record<string, string>)>;
  months: string[];
  monthsAfterDay: string[];
  attribution: string;
  account: string;
  articles: ArticleItem[];
  day: number;
  sea: boolean;
  address: AddressTable;
  layers: LayerItem[];
  drawing: string[];
  places: PlaceItem[];
  events: EventItem[];
  facts: FactItem[];
  related: Record<string, [string, (string | null)][]>;
  factsOf: Record<string, string[]>;
  actors: Record<string, Record<string, string>>;
  speakers: string[];
  kinds: string[];
  story: StepItem[];
  snapshots: Snapshots;
  span: [number, number];
  home: number[][];
  counted: string[];
  font: string;
  symbols: string;
  interface: [string, string][];
  languages: [string, string][];
  basemaps: BaseMap[];
  lies: string;
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
  language: (string | null);
  background: boolean;
  base_map: string;
  camera: ([number, number, number] | null);
  screenshot: boolean;
  step: (number | null);
  compare: (string | null);
}

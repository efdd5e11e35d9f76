// Types shared by the modules, in addition to those of payload.d.ts. Days are whole numbers since 1970-01-01, UTC.
import type { OwnFeature } from "./own_layer_readers/collector.js";
import type { EventItem, FactItem, LayerItem, Opening, Payload, PlaceItem } from "./payload.d.ts";

/** West, north, east and south edge in pixels of the map, and the id of the place it belongs to, or "". */
export type PixelBox = [left: number, top: number, right: number, bottom: number, owner: string];
export type Point = [x: number, y: number];

/** The internal form of a view; null means all, or no limit. */
export interface View extends Omit<Opening, "first" | "last" | "as_of" | "compare" | "said_by" | "kinds" | "hidden"> {
  first: number;
  last: number;
  as_of: number | null;
  compare: number | null;
  said_by: Set<string> | null;
  kinds: Set<string> | null;
  hidden: Set<string>;
  /** Whether the reader moved the map. */
  moved?: boolean;
}

/** The visible items of a view. */
export interface Shown {
  places: Set<string>;
  /** The certainty of each: 1 possibly, 2 certainly in the window. */
  events: Map<string, number>;
  facts: Set<string>;
  standing: Map<string, string | null>;
}

/** The selection: an id, or rows of incidents. */
export interface Chosen {
  id: string | null;
  /** Other items at the clicked point. */
  here: string[];
  /** Whether a passage of the article was clicked. */
  words?: boolean;
  /** Whether the map stays where it is. */
  stay?: boolean;
  incidents?: number[];
  /** A feature of the reader's own layers. */
  own?: OwnHit;
}

/** A feature of a layer of the reader's own: its file, and its number in it. */
export interface OwnHit {
  own: OwnFeature;
  file: string;
  number: number;
  /** Whether a point lies within an area rather than on a point, a line or an edge. */
  area?: boolean;
}

/** The kinds of change that `screen.js` handles. */
export type Change =
  | "step" // the window moves, and further steps follow
  | "nudge" // the window is moved by a key
  | "days"
  | "filter"
  | "layer"
  | "setting"
  | "names"
  | "base"
  | "reset"
  | "key" // the key of marks is opened or closed
  | "bands" // the first bands are drawn, or the last removed
  | "compared" // the numbers of the comparison are loaded
  | "clean"
  | "selection"
  | "incidents"
  | "own" // the reader's own layers
  | "own-card"
  | "loaded"; // the incident layer has been loaded

export interface State {
  atlas: Payload;
  map: L.Map;
  root: HTMLElement;
  view: View;
  chosen: Chosen;
  shown: Shown;
  /** Whether everything must be redrawn even if the visible items are the same. */
  dirty: boolean;
  playing: boolean;
  printing: boolean;
  places: Map<string, PlaceItem>;
  events: Map<string, EventItem>;
  facts: Map<string, FactItem>;
  layers: Map<string, LayerItem>;
  incidents: IncidentLayer | null;
}

export interface IncidentSource {
  script: string;
  about: string;
  rows: string;
}

/** The functions of the map that the incident layer uses. */
export interface IncidentHost {
  map: L.Map;
  atlas: Payload;
  root: HTMLElement;
  view: () => View;
  /** The day of the article that incidents are compared with. */
  day: () => number;
  place: (id: string) => PlaceItem | undefined;
  /** The place to which the layer is limited; null for the whole map. */
  scope: () => string | null;
  nameOf: (id: string) => string;
  inLanguage: (texts: Record<string, string>) => string;
  words: (key: string, values?: Record<string, unknown>) => string;
  dayWords: (day: number, parts?: string) => string;
  numberWords: (number: number) => string;
  /** Statements of the article about clashes at a place. */
  claims: (id: string) => EventItem[];
  /** Asks Python for the card of an incident. */
  ask: (name: string) => void;
  open: (rows: number[]) => void;
  drawn: () => void;
}

export interface IncidentCard {
  name: string;
  synthetic?: boolean;
  note?: string;
  rows?: [string, string][];
  source?: string;
  broken?: boolean;
}

/** A dataset of incidents, as described by browser_columns.py. */
export interface IncidentRecord {
  key: string;
  title: string;
  licence: string;
  format: string;
  synthetic: boolean;
  first: string;
  last: string;
  /** Index of the reporting lag of its publisher; null if none could be estimated. */
  lag: number | null;
}

/** How much of what happened is known after some weeks; see mapapp/incidents/reporting_lag.py. */
export interface ReportingLag {
  /** The last day observed. */
  seen: number;
  share: number[];
  error: number[];
  /** Of each day of the last three weeks, from the last day observed backwards. */
  day_share: number[];
  day_error: number[];
  spread: number[];
  number: number;
  basis: "exports" | "changes";
}

export interface Axis {
  first: number;
  last: number;
}

/** The description of the columns, written by browser_columns.py. */
export interface IncidentsAbout {
  rows: number;
  box: [west: number, south: number, east: number, north: number];
  /** The day from which the column of days is counted. */
  first: number;
  kinds: string[];
  places: string[];
  records: IncidentRecord[];
  lags: ReportingLag[];
  groups: [kind: number, record: number, span: number, dated: number, located: number, places: number[]][];
}

/** Counts of one place. */
export interface IncidentCounts {
  window: number;
  before: number;
  earlier: number;
  weeks: [number, number][];
}

export interface IncidentStatus extends Partial<IncidentCounts> {
  rows: number;
  shown: number;
  drawn: string;
}

export interface IncidentLayer {
  kinds: string[];
  records: IncidentRecord[];
  label: () => Element[];
  at: (latlng: L.LatLng) => number[];
  cards: (rows: number[]) => Element;
  tell: (card: IncidentCard) => void;
  section: (id: string) => Element | null;
  bars: (axis: Axis, x: (day: number) => number, height: number) => Element[];
  restyle: () => void;
  /** Draws the incidents of the view. */
  paint: () => void;
  /** Updates their row in the panel to what is drawn. */
  paintKey: () => void;
  caption: (record: IncidentRecord) => Element;
  key: () => Element;
  status: (id?: string) => IncidentStatus | null;
}

/** An entry of an account: whose words it is ("article", "added" or ""), and words of an article. */
export interface Entry {
  voice: string;
  text: string;
  quote: { text: string; lang: string; dir: string } | null;
}

/** A section of an account; groups are entries under headings of their own. */
export interface Section {
  title: string;
  entries: Entry[];
  groups: [string, Entry[]][];
}

export interface NamedParts {
  kind: string;
  names: [number | null, number | null, string][];
}

/** See mapapp/text/account_parts.py. */
export interface PlaceParts extends NamedParts {
  about: string;
  off: string;
  through: [string, string][];
  shape: string;
  inside: string[];
  edge: string[];
  beside: string[];
  beyond: boolean;
  low: boolean;
}

/** What an account is put together from; see mapapp/text/account_parts.py. */
export interface AccountParts {
  title: string;
  articles: Record<string, [string, string]>;
  setting: string[];
  layers: Record<string, string>;
  classes: Record<string, string>;
  statuses: Record<string, string>;
  speakers: Record<string, string>;
  kinds: Record<string, string>;
  months: string[];
  places: Record<string, PlaceParts>;
  base: Record<string, NamedParts>;
  events: Record<string, { text: string; quote: Entry["quote"]; places: string[]; seats: string[] }>;
  facts: Record<string, string>;
}

/** What bridge.js offers to the map's frame, on the window of the page around it. */
export interface Bridge {
  /** Sends a request to Python. */
  request(value: { incident: string | null; compare: boolean }): void;
  /** Scrolls the page so that the map fills the window, or back to its top. */
  makeWay(isFilled: boolean): void;
}

declare global {
  interface Window {
    mapapp: Record<string, (...given: any[]) => any>;
    mapappAtlas: Payload;
    mapappIncidents: (source: IncidentSource, host: IncidentHost) => Promise<IncidentLayer>;
    mapappBridge?: Bridge;
    ResizeObserver: typeof ResizeObserver;
    Streamlit?: { setComponentValue: (value: unknown) => void };
  }
}

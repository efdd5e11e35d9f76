// Shapes that the modules share, beside those of payload.d.ts. Days are whole numbers since 1970-01-01, UTC.
import type { EventItem, FactItem, LayerItem, Opening, Payload, PlaceItem } from "./payload.d.ts";

/** West, north, east and south edge in pixels of the map, and the id of the place it belongs to, or "". */
export type PixelBox = [left: number, top: number, right: number, bottom: number, owner: string];
export type Point = [x: number, y: number];

/** A view as it is worked with; null is all, or no limit. */
export interface View extends Omit<Opening, "first" | "last" | "as_of" | "said_by" | "kinds" | "hidden"> {
  first: number;
  last: number;
  as_of: number | null;
  said_by: Set<string> | null;
  kinds: Set<string> | null;
  hidden: Set<string>;
  /** Whether the reader moved the map. */
  moved?: boolean;
}

/** What a view shows. */
export interface Shown {
  places: Set<string>;
  /** The certainty of each: 1 possibly, 2 certainly in the window. */
  events: Map<string, number>;
  facts: Set<string>;
  standing: Map<string, string | null>;
}

/** What the reader has opened: an id, or rows of the incidents. */
export interface Chosen {
  id: string | null;
  /** What else lies where the reader clicked. */
  here: string[];
  /** Whether the click was on words of the article. */
  words?: boolean;
  /** Whether the map stays where it is. */
  stay?: boolean;
  incidents?: number[];
}

/** What was done, as `screen.js` answers it. */
export type Change =
  | "step" // the window moves, and will move on
  | "days"
  | "filter"
  | "layer"
  | "setting"
  | "names"
  | "base"
  | "reset"
  | "clean"
  | "selection"
  | "incidents"
  | "loaded"; // the layer of incidents has come

export interface State {
  atlas: Payload;
  map: L.Map;
  root: HTMLElement;
  view: View;
  chosen: Chosen;
  shown: Shown;
  /** Whether all must be painted anew, though the same things show. */
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

/** What the layer of incidents needs of the map it lies on. */
export interface IncidentHost {
  map: L.Map;
  atlas: Payload;
  root: HTMLElement;
  view: () => View;
  place: (id: string) => PlaceItem | undefined;
  /** The place that the layer keeps to; null for the whole map. */
  scope: () => string | null;
  nameOf: (id: string) => string;
  words: (key: string, values?: Record<string, unknown>) => string;
  dayWords: (day: number, parts?: string) => string;
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

/** An import of incidents, as browser_columns.py describes it. */
export interface IncidentRecord {
  key: string;
  title: string;
  licence: string;
  format: string;
  synthetic: boolean;
  first: string;
  last: string;
}

export interface Axis {
  first: number;
  last: number;
}

/** What browser_columns.py says of its columns. */
export interface IncidentsAbout {
  rows: number;
  box: [west: number, south: number, east: number, north: number];
  /** The day that the column of days counts from. */
  first: number;
  kinds: string[];
  places: string[];
  records: IncidentRecord[];
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
  paint: () => void;
  caption: (record: IncidentRecord) => Element;
  key: () => Element;
  status: (id?: string) => IncidentStatus | null;
}

declare global {
  /** What `ui/map_component.py` puts into loader.js: the file to load, and what to say if that fails. */
  const LOADED: [name: string, failed: string];
  interface Window {
    mapapp: Record<string, (...given: any[]) => any>;
    mapappAtlas: Payload;
    mapappIncidents: (source: IncidentSource, host: IncidentHost) => Promise<IncidentLayer>;
    Streamlit?: { setComponentValue: (value: unknown) => void };
  }
}

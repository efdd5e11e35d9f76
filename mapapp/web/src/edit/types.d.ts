// Types of what the server of `mapapp edit` sends; see mapapp/authoring/desk.py.
import type { Geometry, Opening, Payload } from "../payload.d.ts";

export type Kind = "event" | "place" | "background" | "actor" | "source" | "article";

/** One field of a form; see mapapp/authoring/forms.py. */
export interface Field {
  name: string;
  kind: "text" | "long" | "words" | "edtf" | "number" | "day" | "names" | "id" | "flag" | "choice" | "group";
  many: boolean;
  required: boolean;
  /** Whether it may be empty even if it is required. */
  blank: boolean;
  refers: string;
  choices: string[];
  fields: Field[];
}

/** An entry as its file has it. */
export type Entry = Record<string, any>;

export interface Raw {
  entry: Entry;
  article?: string;
  /** Of an article: the entry of its source. */
  source?: Entry | null;
  /** Of an article: the passages that say nothing for the map. */
  unmapped?: Passage[];
  layer?: string;
  geometry?: Geometry;
}

/** An entry that is being written: `was` is the id it had, if it is not new. */
export interface Draft extends Raw {
  kind: Kind;
  was?: string;
  /** Whether the id follows the title. */
  named?: boolean;
  /** Tells new entries apart that are not saved. */
  slot?: number;
  /** The entry as it was when its form was opened; new ones have none. */
  base?: Raw;
  /** What was in the form before the version on disk was taken. */
  aside?: Draft;
  /** The entry that is written again once this one is saved, and the field that gets its id. */
  back?: { draft: Draft; words?: string; mention?: Mention };
  /** The values that the rules filled in and nobody has accepted or changed yet, by field. */
  suggested?: Record<string, SuggestedValue>;
  /** What is written with it, in the same step: places that it links, and their sources. */
  needs?: Operation[];
}

/** What writes an entry; see mapapp/authoring/operations.py. */
export interface Operation {
  do: string;
  kind: string;
  layer?: string;
  entry: Entry;
}

/** A place of the gazetteer as the folder would have it; see mapapp/authoring/gazetteer_places.py. */
export interface ReadyPlace {
  layer: string;
  entry: Entry;
  geometry: Geometry;
  source: Entry;
  isComplete: boolean;
}

export type What = "time" | "place" | "speaker";

/** A value that was suggested: the words it comes from, and what `before` it was filled in. */
export interface SuggestedValue {
  words: string;
  value: any;
  start?: number;
  what?: What;
  rule?: string;
  before?: Entry;
}

/** Words of an article that something is suggested for, in characters; see mapapp/authoring/panel_suggestions.py. */
export interface Mention {
  start: number;
  end: number;
  words: string;
}

export interface TimeSuggestion extends Mention {
  edtf: string;
  basis: string;
  reading: string;
  rule: string;
}

/** A place that words may mean: one of the folder, or one of the gazetteer. */
export interface Candidate {
  id: string;
  own: boolean;
  name: string;
  class: string;
  country?: string;
  population?: number | null;
  /** To the nearest other place that the article names. */
  km: number | null;
  lon?: number;
  lat?: number;
  source?: string;
}

export interface PlaceSuggestion extends Mention {
  candidates: Candidate[];
  /** Whether all candidates are meant together. */
  all: boolean;
}

export interface SpeakerSuggestion extends Mention {
  actors: string[];
}

export interface ArticleSuggestions {
  times: TimeSuggestion[];
  places: PlaceSuggestion[];
  speakers: SpeakerSuggestion[];
  kinds: { start: number; end: number; kind: string }[];
}

export interface Suggestions {
  articles: Record<string, ArticleSuggestions>;
  dropped: { article: string; what: What; start: number; words: string }[];
  /** Why no place outside the folder is suggested; empty if they are. */
  without: string;
}

export interface Fault {
  /** Id of the entry it is about; empty if it is about none. */
  item: string;
  path: string;
  text: string;
  file: string;
  /** Whether a field is not filled in yet. */
  missing: boolean;
  /** Line of the file; only if the folder cannot be shown. */
  line?: number | null;
}

/** What the server says is wrong with a request. */
export interface Refusal {
  error?: string;
  faults?: Fault[];
}

export interface Passage {
  exact?: string;
  prefix?: string;
  suffix?: string;
}

export type Covered = "statement" | "draft" | "unmapped" | "open";
export type SentenceItem = [start: number, end: number, covered: Covered];

export interface FolderState {
  revision: string;
  faults: Fault[];
  /** Files that another program has changed. */
  changedOutside: string[];
  canUndo: boolean;
  canRedo: boolean;
  forms: Record<string, Draft>;
  entries: Record<Kind, Raw[]>;
  coverage: Record<string, SentenceItem[]>;
}

/** The folder as it is on disk, if that is not the page's revision. */
export interface OnDisk {
  changed: true;
  revision: string;
  /** Files that another program has changed. */
  files: string[];
  entries: Record<Kind, Raw[]>;
  unreadable: Fault[];
}

export interface LayerItem {
  id: string;
  label: string;
  shapes: ("point" | "line" | "area")[];
  group: string;
  snapshot: boolean;
  covers: boolean;
  kinds: string[];
}

export interface PageData {
  payload: Payload;
  opening: Opening;
  style: string;
  options: L.MapOptions;
  title: string;
  titleLanguage: string;
  lead: string;
  state: FolderState;
  texts: Record<string, string>;
  forms: Record<Kind, Field[]>;
  vocabularies: Record<string, Record<string, string>>;
  layers: LayerItem[];
  languages: string[];
  /** What the note of a drafted statement says; it is no longer true of an accepted one. */
  draftNote: string;
  articles: Record<string, string>;
  /** The note of the place of a draft of which no place has been chosen yet. */
  noPlace: string;
  /** How somebody other than the article says something. */
  speaking: string[];
}

/** A stretch of an article, in characters; the end is excluded. */
export interface Stretch {
  article: string;
  start: number;
  end: number;
}

declare global {
  interface Window {
    /** The map and questions to the server, for tests and consoles. */
    mapappEdit: { map: L.Map; ask: (name: string) => Promise<any> };
  }
}

/* What all modules of the author's panel share: the folder as the server has it, the map, and the form that is open. */

/** @import { Draft, Entry, Field, FolderState, Kind, PageData, Raw, Stretch } from "./types.d.ts" */

/** @type {{ page: PageData, state: FolderState, map: L.Map, root: HTMLElement, panel: HTMLElement }} */
export const desk = /** @type {any} */ ({});

/** The panel's own texts are in one language, whatever that of the page is. */
export const PANEL_LANGUAGE = { lang: "en", dir: "ltr" };

/** @type {Kind[]} */
export const KINDS = ["event", "place", "background", "actor", "source", "article"];

/**
 * A text of the panel, with values filled in.
 * @param {string} key
 * @param {Record<string, unknown>} [values]
 */
export function say(key, values = {}) {
  const text = desk.page.texts[key] ?? key;
  return text.replace(/\{(\w+)\}/g, (_, name) => String(values[name] ?? ""));
}

/** @param {string} article */
export const textOf = (article) => desk.page.articles[article] ?? "";

/**
 * Where a passage is; null if it is not in the article.
 * @param {string} article
 * @param {{ exact?: string, prefix?: string, suffix?: string }} passage
 * @returns {Stretch | null}
 */
export function placeOfPassage(article, { exact = "", prefix = "", suffix = "" }) {
  const at = exact ? textOf(article).indexOf(prefix + exact + suffix) : -1;
  if (at < 0) return null;
  return { article, start: at + prefix.length, end: at + prefix.length + exact.length };
}

/** The words that the author marked in an article. @type {{ stretch: Stretch | null }} */
export const marked = { stretch: null };

/**
 * The entries of a kind.
 * @param {Kind} kind
 * @returns {Raw[]}
 */
export const entries = (kind) => desk.state.entries[kind];

/**
 * @param {Kind} kind
 * @param {string} id
 */
export const entryOf = (kind, id) => entries(kind).find(({ entry }) => entry.id === id);

/** The kind of entry that has an id, and the entry; null if none has. @param {string} id */
export function found(id) {
  for (const kind of KINDS) {
    const raw = entryOf(kind, id);
    if (raw) return { kind, raw };
  }
  return null;
}

/**
 * The attributes of an element that holds an entry's own words: those of the panel are in another language.
 * @param {Raw} raw
 */
export function ownWords({ entry, article }) {
  const own = desk.page.languages[0] ?? "";
  const of = desk.page.payload.articles.find(({ id }) => id === (article ?? entry.id))?.lang;
  const named = entry.names && !entry.names[own] ? Object.keys(entry.names)[0] : null;
  return { lang: named ?? of ?? own, dir: "auto" };
}

/**
 * How an entry is called.
 * @param {import("./types.d.ts").Entry} entry
 */
export function nameOf(entry) {
  if (entry.title) return String(entry.title);
  if (entry.names)
    return String(entry.names[desk.page.languages[0] ?? ""] ?? Object.values(entry.names)[0] ?? entry.id);
  return String(entry.text ?? entry.id);
}

/** A number that no new entry has that is not saved. */
export const freeSlot = () => 1 + Math.max(0, ...Object.values(desk.state.forms).map(({ slot }) => slot ?? 0));

/**
 * The entry of a draft as it would be saved.
 * @param {Draft} draft
 */
export function operationOf(draft) {
  const { kind, article, source, layer, geometry, was } = draft;
  const entry = wholeOf(kind, draft.entry);
  const { id } = entry;
  if (kind === "article") {
    const parts = [
      { do: "put", kind, entry },
      ...(source ? [{ do: "put", kind: "source", entry: wholeOf("source", source) }] : []),
    ];
    return { do: "many", operations: parts };
  }
  const whole = kind === "place" ? { type: "Feature", id, properties: entry, geometry: geometry ?? null } : entry;
  const own = {
    ...{ do: "put", kind, entry: whole },
    ...(kind === "event" ? { article, ...(was ? {} : { after: before(draft) }) } : {}),
    ...(kind === "place" ? { layer } : {}),
    ...(was && was !== id ? { was } : {}),
  };
  const needs = [...mapped(draft), ...needed(draft)];
  return needs.length ? { do: "many", operations: [...needs, own] } : own;
}

/** The passages of an article that say nothing for the map. @param {string} article */
export const unmappedOf = (article) => entryOf("article", article)?.unmapped ?? [];

/**
 * What takes the words of a statement out of those that say nothing for the map.
 * @param {Draft} draft
 */
function mapped({ kind, article = "", entry }) {
  const own =
    kind === "event"
      ? (entry.passages ?? []).flatMap((/** @type {any} */ one) => placeOfPassage(article, one) ?? [])
      : [];
  const listed = unmappedOf(article);
  const left = listed.filter((one) => {
    const place = placeOfPassage(article, one);
    return !place || !own.some((/** @type {Stretch} */ { start, end }) => start < place.end && place.start < end);
  });
  return left.length < listed.length ? [{ do: "unmap", article, passages: left }] : [];
}

/**
 * What has to be written with a draft: the places that it links and the folder does not have as they are to be, and
 * the sources of these.
 * @param {Draft} draft
 */
function needed({ kind, entry, needs = [] }) {
  const linked = new Set((entry.places ?? []).map((/** @type {Entry} */ link) => link.id));
  const places = kind === "event" ? needs.filter((one) => one.kind === "place" && linked.has(one.entry.id)) : [];
  const sources = new Set([entry, ...places.map((one) => one.entry.properties)].flatMap((one) => one.sources ?? []));
  const own = new Map(needs.filter((one) => one.kind === "source").map((one) => [one.entry.id, one]));
  const missing = [...own].filter(([id]) => sources.has(id) && !entryOf("source", id)).map(([, one]) => one);
  return [...missing, ...places];
}

/**
 * An entry as its file is to have it.
 * @param {Kind} kind
 * @param {Entry} entry
 */
function wholeOf(kind, entry) {
  const fields = desk.page.forms[kind];
  const blank = Object.fromEntries(fields.filter((one) => one.required && one.blank).map(({ name }) => [name, ""]));
  return ordered({ ...blank, ...cleaned(entry) }, fields);
}

/**
 * The id of the statement that a new one follows: the last that begins before it in the article; empty if it is the
 * first.
 * @param {Draft} draft
 */
function before({ article = "", entry }) {
  const start = startOf(article, entry);
  const earlier = entries("event").filter((raw) => raw.article === article && startOf(article, raw.entry) <= start);
  return earlier.at(-1)?.entry.id ?? "";
}

/**
 * Where in the article a statement begins; at its end if none of its words is there.
 * @param {string} article
 * @param {Entry} entry
 */
function startOf(article, { passages }) {
  const places = (passages ?? []).map((/** @type {any} */ one) => placeOfPassage(article, one)?.start);
  return Math.min(...places.map((/** @type {number | undefined} */ start) => start ?? Infinity), Infinity);
}

/**
 * An entry with its keys in the order of the form.
 * @param {Entry} entry
 * @param {Field[]} fields
 * @returns {Entry}
 */
function ordered(entry, fields) {
  const known = fields.filter(({ name }) => name in entry);
  const sorted = known.map(({ name, kind, fields: inner }) => {
    const value = entry[name];
    if (kind !== "group") return [name, value];
    return [name, Array.isArray(value) ? value.map((item) => ordered(item, inner)) : ordered(value, inner)];
  });
  return { ...Object.fromEntries(sorted), ...entry, ...Object.fromEntries(sorted) };
}

/**
 * A value without what is empty; texts that an entry must have stay, even if they are empty.
 * @param {any} value
 * @returns {any}
 */
export function cleaned(value) {
  if (Array.isArray(value)) return value.map(cleaned).filter((item) => !isEmpty(item));
  if (value === null || typeof value !== "object") return value;
  /** @type {Record<string, any>} */
  const kept = {};
  for (const [key, item] of Object.entries(value)) {
    const clean = cleaned(item);
    if (!isEmpty(clean)) kept[key] = clean;
  }
  return kept;
}

/** @param {any} value */
const isEmpty = (value) =>
  value === null ||
  value === undefined ||
  value === "" ||
  value === false ||
  (typeof value === "object" && Object.keys(value).length === 0);

/**
 * An id made of a name, which no entry has.
 * @param {string} name
 * @param {Kind} kind
 */
export function idFrom(name, kind) {
  const plain = name.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
  const slug = plain
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-+|-+$/g, "")
    .slice(0, 48)
    .replace(/-[^-]*$/, (end) => (plain.length > 48 ? "" : end));
  const stem = slug || say(`id-${kind}`);
  const taken = new Set(KINDS.flatMap((one) => entries(one).map(({ entry }) => entry.id)).concat(["article"]));
  if (!taken.has(stem)) return stem;
  for (let number = 2; ; number++) if (!taken.has(`${stem}-${number}`)) return `${stem}-${number}`;
}

/* The text account of a view: what the map shows, in sentences. It does what mapapp/text/describe.py does, with the
 * same messages and the same parts; tests/web/test_account.py compares the two. Nothing here touches the page.
 */

/** @import { ComparisonTable } from "./comparison.js" */
/** @import { EventItem, Payload, PlaceItem } from "./payload.d.ts" */
/** @import { AccountParts, Entry, NamedParts, PlaceParts, Section, Shown, View } from "./types.d.ts" */

import { comparisonOf, comparisonWords, holderRows } from "./comparison.js";
import { DAY } from "./days.js";
import { select, snapshotDay } from "./rules.js";
import { digits, words } from "./words.js";

const MOST = 40; // names in a list; of more, their number is given
const HEADING = 3; // names of places in a heading
const LEAST_PRECISE = 5; // places named as the least precise

/**
 * Puts the parts together that the payload has apart, as JSON.
 * @param {Payload} atlas
 * @returns {AccountParts}
 */
export function partsOf(atlas) {
  const [relations, parts] = [JSON.parse(atlas.lies), JSON.parse(atlas.account)];
  for (const table of ["places", "events"])
    for (const [id, item] of Object.entries(parts[table])) Object.assign(item, relations[table][id]);
  // looked up by id: an id such as "constructor" must find nothing of Object's
  for (const table of Object.values(parts))
    if (Object.getPrototypeOf(table) === Object.prototype) Object.setPrototypeOf(table, null);
  return parts;
}

/**
 * Names as a list within a sentence, such as "A, B and C".
 * @param {string[]} names
 */
function listed(names) {
  const [first = "", ...rest] = names;
  const last = rest.pop();
  if (last === undefined) return first;
  const text = rest.reduce((before, next) => words("account-list-more", { first: before, next }), first);
  return words(rest.length ? "account-list-last" : "account-list-pair", { first: text, last });
}

/**
 * Entries that may have commas, as a list; of very many, how many more there are.
 * @param {string[]} entries
 */
function entriesListed(entries) {
  const [start = "", ...others] = entries.slice(0, MOST);
  const text = others.reduce((first, next) => words("account-list-entries", { first, next }), start);
  const more = entries.length - MOST;
  return more > 0 ? words("account-list-rest", { first: text, n: more }) : text;
}

/**
 * Groups values, in the order in which their keys appear.
 * @template T
 * @param {T[]} values
 * @param {(value: T) => string} keyOf
 */
function grouped(values, keyOf) {
  /** @type {Map<string, T[]>} */
  const groups = new Map();
  for (const value of values) {
    const key = keyOf(value);
    const group = groups.get(key);
    group ? group.push(value) : groups.set(key, [value]);
  }
  return groups;
}

/** @param {[string, unknown]} a @param {[string, unknown]} b */
const byKey = ([a], [b]) => (a < b ? -1 : a > b ? 1 : 0);
/** @param {Iterable<string>} values */
const sorted = (values) => [...values].sort();
/** @param {string} text @returns {Entry} */
const counted = (text) => ({ voice: "", text, quote: null });
/** @param {string} text @returns {Entry} */
const added = (text) => ({ voice: "added", text, quote: null });

/**
 * The sections of the account of a view.
 * @param {Payload} atlas
 * @param {View} view
 * @param {Shown} shown
 * @param {AccountParts} parts
 * @param {ComparisonTable | null} table null while it is loaded
 */
export const account = (atlas, view, shown, parts, table) => new Account(atlas, view, shown, parts, table).sections();

/** Puts an account together, like the class of the same name in mapapp/text/describe.py. */
class Account {
  /**
   * @param {Payload} atlas
   * @param {View} view
   * @param {Shown} shown
   * @param {AccountParts} parts
   * @param {ComparisonTable | null} table
   */
  constructor(atlas, view, shown, parts, table) {
    this.atlas = atlas;
    this.view = view;
    this.shown = shown;
    this.parts = parts;
    this.table = table;
    this.comparison = comparisonOf(atlas, view);
    this.day = snapshotDay(view);
    this.places = atlas.places.filter(({ id }) => shown.places.has(id) && id in parts.places);
    this.layerOf = new Map(atlas.places.map(({ id, layer }) => [id, layer]));
    this.events = atlas.events.filter(({ id }) => shown.events.has(id));
    this.numberOf = new Map(this.events.map(({ id, number }) => [id, digits(number)]));
    /** @type {Map<string, string[]>} */
    this.spoken = new Map();
    for (const { number, places } of this.events)
      for (const [id] of places) this.spoken.set(id, [...(this.spoken.get(id) ?? []), digits(number)]);
  }

  /** @returns {Section[]} */
  sections() {
    const others = this.layers(false).map((layer) => this.layerSection(layer));
    return [
      { title: "", entries: this.lead(), groups: [] },
      { title: words("account-setting"), entries: this.parts.setting.map(added), groups: [] },
      ...this.layers(true).map((layer) => this.snapshotSection(layer)),
      ...this.compared(),
      ...others.filter(({ entries }) => entries.length),
      this.statements(),
      this.background(),
      { title: words("account-sure"), entries: this.sure(), groups: [] },
    ];
  }

  lead() {
    const { atlas, view, parts } = this;
    const articles = atlas.articles.filter(({ id }) => view.article === null || view.article === id);
    const [first, last] = [this.dayWords(view.first), this.dayWords(view.last)];
    const when = first === last ? first : words("date-range", { first, last });
    const texts = [words("account-title", { title: parts.title, when })];
    texts.push(...articles.map(({ id }) => parts.articles[id]?.[1] ?? ""));
    const published = articles.some((article) => view.as_of === null || article.day <= view.as_of);
    if (!published && view.as_of !== null)
      texts.push(words("account-unpublished", { date: this.dayWords(view.as_of) }));
    else texts.push(...this.counts(articles.map(({ id }) => id)));
    const known = view.as_of === null ? "account-known-all" : "account-known";
    texts.push(words(known, { date: this.dayWords(view.as_of ?? view.last) }));
    return [...texts, ...this.filters()].map(counted);
  }

  /** @param {string[]} articles */
  counts(articles) {
    const { atlas, view } = this;
    const n = this.events.length;
    const all = atlas.events.filter(({ article }) => articles.includes(article)).length;
    const inTime = select(atlas, { ...view, said_by: null, kinds: null }).events.size;
    const texts = [words(view.certain ? "account-count-certain" : "account-count", { n, all })];
    if (inTime > n) texts.push(words("account-filtered", { n: inTime - n }));
    return texts;
  }

  filters() {
    const { atlas, view, parts } = this;
    const texts = [];
    if (view.article !== null && atlas.articles.length > 1)
      texts.push(words("account-only-article", { title: parts.articles[view.article]?.[0] }));
    if (view.said_by) {
      const speakers = sorted(view.said_by).map((id) => parts.speakers[id] ?? id);
      texts.push(speakers.length ? words("account-only-who", { who: listed(speakers) }) : words("account-no-speaker"));
    }
    if (view.kinds) {
      const kinds = sorted(view.kinds).flatMap((id) => parts.kinds[id] ?? []);
      texts.push(kinds.length ? words("account-only-kinds", { kinds: listed(kinds) }) : words("account-no-kind"));
    }
    const hidden = sorted(view.hidden).flatMap((id) => parts.layers[id] ?? []);
    if (hidden.length) texts.push(words("account-hidden", { layers: listed(hidden) }));
    if (!view.background) texts.push(words("account-no-background"));
    if (this.comparison && !this.comparison.gaps.length)
      texts.push(words("account-compared", this.comparedDays(this.comparison)));
    for (const day of this.comparison?.gaps ?? []) texts.push(words("compare-gap", { day: this.dayWords(day) }));
    const what = view.selected === null ? "" : this.selected(view.selected);
    if (what) texts.push(words("account-selected", { what }));
    return texts;
  }

  /** @param {string} id */
  selected(id) {
    if (this.numberOf.has(id)) return words("account-number", { number: this.numberOf.get(id) });
    return this.shown.places.has(id) && id in this.parts.places ? this.nameOf(id) : "";
  }

  /** @param {boolean} snapshot */
  layers(snapshot) {
    const { hidden } = this.view;
    const own = this.atlas.layers.filter(({ id, group }) => group !== "base" && !hidden.has(id));
    return own.filter((layer) => layer.snapshot === snapshot).map(({ id }) => id);
  }

  /** @param {string} layer */
  here(layer) {
    return this.places.filter((place) => place.layer === layer);
  }

  /** @param {string} id @returns {Section} */
  snapshotSection(id) {
    const layer = this.parts.layers[id];
    const title = words("account-snapshot", { layer, date: this.dayWords(this.day) });
    const found = this.here(id);
    const entries = found.length ? this.entriesOf(found) : [counted(words("account-none", { layer }))];
    return { title, entries, groups: [] };
  }

  /** @param {Record<"first" | "last", number>} days */
  comparedDays({ first, last }) {
    return { first: this.dayWords(first), last: this.dayWords(last) };
  }

  /**
   * The section on what changed hands between two days, if any are compared.
   * @returns {Section[]}
   */
  compared() {
    const found = this.comparison;
    if (!found || found.gaps.length) return [];
    const days = this.comparedDays(found);
    const title = words("compare-title", days);
    if (found.same) return [{ title, entries: [added(words("compare-same", days))], groups: [] }];
    const holders = this.table?.[found.key];
    const missing = this.table ? "compare-no-numbers" : "compare-loading";
    if (!holders) return [{ title, entries: [counted(words(missing))], groups: [] }];
    return [
      {
        title,
        entries: [...comparisonWords(holders, days), words("compare-method")].map(added),
        groups: holders.map((holder) => [
          words(`place-kind-${holder.kind}`),
          holderRows(holder, days).map((row) => counted(words("account-size", row))),
        ]),
      },
    ];
  }

  /** @param {string} id @returns {Section} */
  layerSection(id) {
    const found = this.here(id);
    const title = words("account-layer", { layer: this.parts.layers[id], n: found.length });
    return { title, entries: this.entriesOf(found), groups: [] };
  }

  /** @param {PlaceItem[]} found the places of one layer */
  entriesOf(found) {
    const near = found.filter(({ id }) => !this.partsOfPlace(id).beyond);
    const points = near.filter(({ id }) => this.partsOfPlace(id).shape === "point");
    const texts = this.classCounts(found);
    for (const place of near) if (!points.includes(place)) texts.push(this.placeText(place));
    for (const [name, ofClass] of [...grouped(points, (place) => this.classId(place))].sort(byKey)) {
      const places = entriesListed(ofClass.map(({ id }) => this.pointOf(id)));
      texts.push(words("account-class-places", { kind: this.parts.classes[name], places }));
    }
    const far = found.filter((place) => !near.includes(place)).map(({ id }) => this.pointOf(id));
    if (far.length) texts.push(words("account-beyond", { places: entriesListed(far) }));
    return texts.map(added);
  }

  /** @param {PlaceItem[]} found */
  classCounts(found) {
    const classes = [...grouped(found, (place) => this.classId(place))].sort(byKey);
    if (classes.length < 2 || classes.length === found.length) return [];
    const counts = classes.map(([name, { length: n }]) =>
      words("account-class", { n, kind: this.parts.classes[name] }),
    );
    return [words("account-classes", { classes: entriesListed(counts) })];
  }

  /** @param {PlaceItem} place */
  placeText(place) {
    const { id } = place;
    const { parts, shown } = this;
    const own = this.partsOfPlace(id);
    const [name, kind] = [this.nameOf(id), parts.classes[this.classId(place)]];
    const texts = [words(kind === name ? "account-place-only" : "account-place", { name, kind })];
    const status = parts.statuses[shown.standing.get(id) ?? ""];
    if (status) texts.push(words("account-status", { date: this.dayWords(this.day), status }));
    texts.push(own.about, ...this.related("account-inside", own.inside), ...this.related("account-edge", own.edge));
    const through = own.through
      .filter(([area]) => shown.places.has(area))
      .map(([area, km]) => words("account-through-one", { name: this.nameOf(area), km }));
    if (through.length) texts.push(words("account-through", { places: entriesListed(through) }));
    const beside = own.beside.filter((other) => shown.places.has(other)).map((other) => this.nameOf(other));
    if (beside.length) texts.push(words("account-beside", { places: entriesListed(beside) }));
    const numbers = this.spoken.get(id);
    if (numbers) texts.push(words("account-place-statements", { n: numbers.length, numbers: listed(numbers) }));
    return texts.join(" ");
  }

  /** @param {string} key @param {string[]} ids */
  related(key, ids) {
    const visible = ids.filter((id) => this.shown.places.has(id));
    return [...grouped(visible, (id) => this.layerOf.get(id) ?? "")].map(([layer, points]) => {
      const places = entriesListed(points.map((id) => this.nameOf(id)));
      return words(key, { layer: this.parts.layers[layer], places });
    });
  }

  /** @returns {Section} */
  statements() {
    const title = words("account-article");
    if (!this.events.length) return { title, entries: [counted(words("account-silent"))], groups: [] };
    const groups = [...grouped(this.events, ({ id }) => (this.parts.events[id]?.places ?? []).join(" "))];
    groups.sort(([, a], [, b]) => b.length - a.length);
    return {
      title,
      entries: this.seats(),
      groups: groups.map(([ids, found]) => [
        this.heading(ids.split(" "), found.length),
        found.map((event) => this.statement(event)),
      ]),
    };
  }

  /** @param {EventItem} event @returns {Entry} */
  statement({ id }) {
    const { text, quote } = /** @type {AccountParts["events"][string]} */ (this.parts.events[id]);
    const sure = this.shown.events.get(id) === 2;
    return { voice: "article", text: sure ? text : `${text} ${words("account-possible")}`, quote };
  }

  /** @param {string[]} ids @param {number} n */
  heading(ids, n) {
    const more = ids.length - HEADING;
    const names = listed(ids.slice(0, HEADING).map((id) => this.placed(id)));
    const place = more > 0 ? words("account-more-places", { places: names, n: more }) : names;
    return words("account-statements-here", { place, n });
  }

  seats() {
    const pairs = this.events.flatMap(({ id, number }) =>
      (this.parts.events[id]?.seats ?? []).map((seat) => ({ seat, number: digits(number) })),
    );
    const texts = [...grouped(pairs, ({ seat }) => seat)].map(([seat, found]) => {
      const numbers = listed(found.map(({ number }) => number));
      return words("account-seat", { place: this.pointOf(seat), n: found.length, numbers });
    });
    return texts.length ? [added(words("account-seats", { places: entriesListed(texts) }))] : [];
  }

  facts() {
    return this.atlas.facts.filter(({ id }) => this.shown.facts.has(id));
  }

  /** @returns {Section} */
  background() {
    const texts = this.facts().map(({ id }) => this.parts.facts[id] ?? "");
    const entries = texts.length ? texts.map(added) : [counted(words("account-no-background-here"))];
    return { title: words("account-background"), entries, groups: [] };
  }

  sure() {
    const { events, places, shown } = this;
    const texts = [];
    const near = places.filter(({ id }) => !this.partsOfPlace(id).beyond);
    if (near.length) {
      const least = [...near].sort((a, b) => b.tolerance - a.tolerance).slice(0, LEAST_PRECISE);
      const errors = least.map(({ id, tolerance: km }) => words("account-error", { name: this.nameOf(id), km }));
      texts.push(words("account-least", { places: entriesListed(errors) }));
      const n = near.filter(({ id }) => this.partsOfPlace(id).low).length;
      texts.push(words("account-low", { n, all: near.length }));
    }
    const may = events.filter(({ id }) => shown.events.get(id) === 1).length;
    if (may) texts.push(words("account-may", { n: may }));
    else if (events.length) texts.push(words("account-all-certain"));
    const drafts = [...events, ...places, ...this.facts()].filter(({ draft }) => draft).length;
    if (drafts) texts.push(words("account-drafts", { n: drafts }));
    return [...texts, words("account-no-opinion")].map(counted);
  }

  /** @param {number} when */
  dayWords(when) {
    const date = new Date(when * DAY);
    const month = this.parts.months[date.getUTCMonth()];
    return `${digits(date.getUTCDate())} ${month} ${digits(date.getUTCFullYear())}`;
  }

  /** @param {string} id @returns {PlaceParts} */
  partsOfPlace(id) {
    return /** @type {PlaceParts} */ (this.parts.places[id]);
  }

  /** @param {string} id */
  named(id) {
    return this.parts.places[id] ?? /** @type {NamedParts} */ (this.parts.base[id]);
  }

  /** @param {string} id */
  nameOf(id) {
    const { last } = this.view;
    const { names } = this.named(id);
    return names.find(([from, to]) => (from === null || from <= last) && (to === null || last <= to))?.[2] ?? "";
  }

  /** @param {string} id */
  pointOf(id) {
    const [name, where] = [this.nameOf(id), this.parts.places[id]?.off];
    return where ? words("account-point", { name, where }) : name;
  }

  /** @param {string} id */
  placed(id) {
    const [name, where, { kind }] = [this.nameOf(id), this.parts.places[id]?.off, this.named(id)];
    return where ? words("account-placed", { name, kind, where }) : words("account-placed-kind", { name, kind });
  }

  /** @param {PlaceItem} place */
  classId({ id, layer, kind }) {
    return [layer, kind, this.shown.standing.get(id) ?? ""].join("|");
  }
}

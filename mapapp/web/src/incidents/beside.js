/* Incident counts on a place's card: summary, weekly chart, table by kind. */

/** @import { PlaceItem } from "../payload.d.ts" */
/** @import { IncidentHost, IncidentRecord, ReportingLag } from "../types.d.ts" */
/** @import { Columns } from "./columns.js" */
/** @import { Counts, Incomplete } from "./counts.js" */

import { make } from "../dom.js";
import { isPoint } from "../geometry.js";
import { aroundClaims } from "./around.js";
import { weekChart } from "./chart.js";
import { NEAR_KM } from "./columns.js";
import { daysOf } from "./days_words.js";

/**
 * Title and licence of a dataset.
 * @param {IncidentRecord} record
 * @param {IncidentHost} host
 */
export function caption({ title, licence, synthetic }, { words }) {
  const note = synthetic ? make("b", { class: "synthetic" }, ` ${words("incidents-synthetic")}`) : null;
  return make("li", {}, title, ". ", licence, note);
}

/**
 * @param {string} id
 * @param {Columns} columns
 * @param {IncidentHost} host
 * @param {Counts} counts
 */
export function besidePlace(id, columns, host, counts) {
  const place = host.place(id);
  if (!place || !columns.scope(place) || !columns.covered) return null;
  const { words } = host;
  const { records } = columns.about;
  const made = columns.synthetic === records.length ? "incidents-synthetic" : "incidents-synthetic-some";
  return make(
    "section",
    { class: "record", "data-record": id },
    make("h3", {}, words("incidents-heading")),
    columns.synthetic ? make("p", { class: "synthetic" }, words(made)) : null,
    inWords(place, columns, host, counts),
    ...incompleteNotes(id, host, counts),
    coverNote(columns.covered, host),
    weekChart(counts.of(id).weeks, counts.still(id).filling, columns.covered, id, host),
    kindTable(id, columns, host, counts),
    aroundClaims(place, columns, host, counts),
    notes(place, columns, host, counts),
    make("ul", { class: "sources" }, ...records.map((record) => caption(record, host))),
  );
}

/**
 * The counts of the four weeks before the article, of the four weeks before those, and of the window.
 * @param {PlaceItem} place
 * @param {Columns} columns
 * @param {IncidentHost} host
 * @param {Counts} counts
 */
function inWords(place, columns, host, counts) {
  const { words, numberWords } = host;
  const { first, last } = host.view();
  const day = host.day();
  const found = counts.of(place.id);
  /** @param {number} n */
  const bold = (n) => make("b", {}, numberWords(n));
  return make(
    "p",
    { class: "record-words" },
    `${words("incidents-of", { what: kindsAsked(columns, host) })} `,
    `${words(isPoint(place) ? "incidents-near" : "incidents-in", { km: NEAR_KM })} `,
    make("bdi", { "data-name": place.id }, host.nameOf(place.id)),
    ": ",
    bold(found.before),
    ` ${words("incidents-before-article", { days: daysOf(day - 28, day - 1, host) })} `,
    bold(found.earlier),
    ` ${words("incidents-earlier")} `,
    bold(found.window),
    ` ${words("incidents-in-window-days", { days: daysOf(first, last, host) })}`,
  );
}

/**
 * That reports are still coming in, of the weeks before the article and of the window.
 * @param {string} id
 * @param {IncidentHost} host
 * @param {Counts} counts
 */
function incompleteNotes(id, host, counts) {
  const { first, last } = host.view();
  const day = host.day();
  const { before, window } = counts.of(id);
  const still = counts.still(id).missing;
  const now = first === day - 28 && last === day - 1 ? null : counts.incomplete(id, first, last);
  return [
    still ? incompleteNote(before, still, daysOf(day - 28, day - 1, host), host) : null,
    now ? incompleteNote(window, now, daysOf(first, last, host), host) : null,
  ];
}

/**
 * @param {number} known
 * @param {Incomplete} incomplete
 * @param {string} days
 * @param {IncidentHost} host
 */
function incompleteNote(known, { more }, days, { words }) {
  const text = more
    ? words("incidents-incomplete", { days, known, low: known + more[0], high: known + more[1] })
    : words("incidents-early", { days, known });
  return make("p", { class: "record-incomplete" }, text);
}

/**
 * The names of the selected kinds.
 * @param {Columns} columns
 * @param {IncidentHost} host
 */
function kindsAsked({ about }, { words, view }) {
  const { kinds } = view();
  if (!kinds) return words("incidents-recorded");
  const names = [...kinds].filter((kind) => about.kinds.includes(kind)).map((kind) => words(`incident-kind-${kind}`));
  if (!names.length) return words("incidents-no-kind");
  return names.map((name, i) => (i ? name.charAt(0).toLowerCase() + name.slice(1) : name)).join(", ");
}

/**
 * A note on the period that the data covers, if it does not cover all weeks counted.
 * @param {{ first: number, last: number }} covered
 * @param {IncidentHost} host
 */
function coverNote({ first, last }, { day: dayOfArticle, view, words, dayWords }) {
  const day = dayOfArticle();
  const { as_of: asOf } = view();
  if (first <= day - 56 && last >= day - 1 && (asOf === null || asOf >= day - 1)) return null;
  return make("p", { class: "note" }, words("incidents-covers", { first: dayWords(first), last: dayWords(last) }));
}

/**
 * @param {string} id
 * @param {Columns} columns
 * @param {IncidentHost} host
 * @param {Counts} counts
 */
function kindTable(id, { about }, { words, numberWords, view }, counts) {
  const { kinds } = view();
  const { before, earlier } = counts.still(id);
  const inWindow = counts.inWindow(id);
  const rows = about.kinds
    .filter((kind) => !kinds || kinds.has(kind))
    .map((kind) => ({ kind, found: [earlier, before, inWindow].map((column) => column.get(kind) ?? 0) }))
    .filter(({ found }) => found.some(Boolean));
  if (rows.length < 2) return null;
  const heads = ["incidents-kind", "incidents-weeks-8-to-5", "incidents-weeks-4-to-1", "incidents-in-window"];
  const head = make("tr", {}, ...heads.map((key) => make("th", { scope: "col" }, words(key))));
  const body = rows.map(({ kind, found }) =>
    make(
      "tr",
      {},
      make("th", { scope: "row" }, words(`incident-kind-${kind}`)),
      ...found.map((n) => make("td", {}, numberWords(n))),
    ),
  );
  const table = make("table", {}, make("thead", {}, head), make("tbody", {}, ...body));
  return make("details", { class: "record-kinds" }, make("summary", {}, words("incidents-by-kind")), table);
}

/**
 * The counting method, and the number of uncertain incidents.
 * @param {PlaceItem} place
 * @param {Columns} columns
 * @param {IncidentHost} host
 * @param {Counts} counts
 */
function notes(place, { about }, { words, view }, counts) {
  const { undated, unplaced } = counts.still(place.id);
  const uncertain = [
    undated ? words("incidents-undated", { n: undated }) : "",
    unplaced ? words("incidents-unplaced", { n: unplaced }) : "",
  ];
  const text = [
    words("incidents-basis"),
    isPoint(place) ? "" : words("incidents-outline", { km: place.tolerance }),
    view().certain ? words("incidents-certain") : uncertain.filter(Boolean).join(" "),
    about.records.some(({ format }) => format === "ucdp") ? words("incidents-ucdp") : "",
    ...about.lags.map((lag) => lagWords(lag, words)),
  ];
  const summary = make("summary", {}, words("incidents-method"));
  return make("details", { class: "note record-kinds" }, summary, make("p", {}, text.filter(Boolean).join(" ")));
}

/**
 * How late reports come, and how that is known.
 * @param {ReportingLag} lag
 * @param {IncidentHost["words"]} words
 */
function lagWords({ share, number, basis }, words) {
  /** @param {number} weeks */
  const known = (weeks) => Math.round(100 * (share[weeks] ?? 1));
  return [
    words("incidents-lag", { w1: known(1), w2: known(2), w4: known(4), w8: known(8), all: share.length - 1 }),
    words(`incidents-lag-${basis}`, { n: number }),
    words("incidents-lag-limits"),
  ].join(" ");
}

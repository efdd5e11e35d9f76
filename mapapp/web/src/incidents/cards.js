/* Single incidents: a list of those at a spot, each filled with its card when it is opened. */

/** @import { IncidentCard, IncidentHost } from "../types.d.ts" */
/** @import { Columns, Group } from "./columns.js" */

import { make, on } from "../dom.js";
import { DATED } from "./columns.js";
import { daysOf } from "./days_words.js";

const LISTED = 100; // incidents of one place listed at once

/**
 * @param {Columns} columns
 * @param {IncidentHost} host
 */
export function incidentCards(columns, host) {
  const { about, groups, groupAt, number, dayAt } = columns;
  const { words } = host;
  /** The cards that Python has made, by "record/number". @type {Map<string, IncidentCard>} */
  const known = new Map();

  /** @param {number} row */
  const groupOf = (row) => /** @type {Group} */ (groups[groupAt[row]]);

  /**
   * The days of a row, and how exactly they are known.
   * @param {number} row
   */
  function when(row) {
    const { span, dated } = groupOf(row);
    const first = dayAt[row] + about.first;
    const days = daysOf(first, first + span, host);
    return dated ? `${days} (${words(`record-dated-${DATED[dated]}`)})` : days;
  }

  /**
   * @param {number} row
   * @param {boolean} open
   */
  function cardOf(row, open) {
    const { record, kind } = groupOf(row);
    const name = `${about.records[record]?.key}/${number[row]}`;
    const summary = make("summary", {}, when(row), " · ", words(`incident-kind-${kind}`));
    const detail = make("details", { class: "card incident", "data-incident": name }, summary);
    on(detail, { toggle: () => detail.open && !known.has(name) && host.ask(name) });
    const card = known.get(name);
    if (card) fill(detail, card, host);
    detail.open = open;
    return detail;
  }

  /** @param {number[]} rows */
  function cards(rows) {
    const n = rows.length.toLocaleString("en");
    const more = (rows.length - LISTED).toLocaleString("en");
    return make(
      "div",
      { class: "record" },
      make("p", { class: "here" }, words(rows.length === 1 ? "record-one-here" : "record-many-here", { n })),
      ...rows.slice(0, LISTED).map((row) => cardOf(row, rows.length === 1)),
      rows.length > LISTED ? make("p", { class: "none" }, words("record-more-here", { n: more })) : null,
    );
  }

  /**
   * Takes the card of an incident that was asked for.
   * @param {IncidentCard} card
   */
  function tell(card) {
    known.set(card.name, card);
    const detail = host.root.querySelector(`[data-incident="${CSS.escape(card.name)}"]`);
    if (detail) fill(/** @type {HTMLElement} */ (detail), card, host);
  }

  return { cards, tell };
}

/**
 * @param {HTMLElement} detail
 * @param {IncidentCard} card
 * @param {IncidentHost} host
 */
function fill(detail, { synthetic, note, rows, source, broken }, { words }) {
  if (detail.dataset.filled) return;
  detail.dataset.filled = "1";
  if (!rows) {
    detail.append(make("p", { class: "none" }, words(broken ? "incident-broken" : "incident-missing")));
    return;
  }
  if (synthetic) detail.append(make("p", { class: "synthetic" }, words("record-synthetic")));
  if (note) detail.append(make("blockquote", {}, note));
  const list = rows.flatMap(([key, text]) => [make("dt", {}, words(key)), make("dd", {}, text)]);
  detail.append(make("dl", {}, ...list), make("p", { class: "sources" }, source));
}

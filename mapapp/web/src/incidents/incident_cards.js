/* List of incidents at one location; each card is loaded when opened. */

/** @import { IncidentCard, IncidentHost } from "../types.d.ts" */
/** @import { Columns } from "./columns.js" */

import { make, on } from "../dom.js";
import { DATED } from "./columns.js";
import { daysOf } from "./days_words.js";

const LISTED = 100; // most incidents listed for one point

export class IncidentCards {
  /**
   * @param {Columns} columns
   * @param {IncidentHost} host
   */
  constructor(columns, host) {
    this.columns = columns;
    this.host = host;
    /**
     * The cards received from Python, by "dataset key/number".
     * @type {Map<string, IncidentCard>}
     */
    this.known = new Map();
  }

  /**
   * The collapsed cards of some rows.
   * @param {number[]} rows
   */
  of(rows) {
    const { words } = this.host;
    return make(
      "div",
      { class: "record" },
      make("p", { class: "here" }, words("incidents-here", { n: rows.length })),
      ...rows.slice(0, LISTED).map((row) => this.card(row, rows.length === 1)),
      rows.length > LISTED
        ? make("p", { class: "none" }, words("incidents-more-here", { n: rows.length - LISTED }))
        : null,
    );
  }

  /**
   * @param {number} row
   * @param {boolean} open
   */
  card(row, open) {
    const { columns, host, known } = this;
    const { record, kind } = columns.groupOf(row);
    const name = `${columns.about.records[record].key}/${columns.number[row]}`;
    const summary = make("summary", {}, this.when(row), " · ", host.words(`incident-kind-${kind}`));
    const detail = make("details", { class: "card incident", "data-incident": name }, summary);
    on(detail, { toggle: () => detail.open && !known.has(name) && host.ask(name) });
    const card = known.get(name);
    if (card) fill(detail, card, host);
    detail.open = open;
    return detail;
  }

  /**
   * The formatted days of a row, with their precision.
   * @param {number} row
   */
  when(row) {
    const { span, dated } = this.columns.groupOf(row);
    const first = this.columns.firstDay(row);
    const days = daysOf(first, first + span, this.host);
    return dated ? `${days} (${this.host.words(`incidents-dated-${DATED[dated]}`)})` : days;
  }

  /**
   * Receives the card of an incident from Python.
   * @param {IncidentCard} card
   */
  tell(card) {
    this.known.set(card.name, card);
    const detail = this.host.root.querySelector(`[data-incident="${CSS.escape(card.name)}"]`);
    if (detail) fill(/** @type {HTMLElement} */ (detail), card, this.host);
  }
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
  if (synthetic) detail.append(make("p", { class: "synthetic" }, words("incidents-synthetic")));
  if (note) detail.append(make("blockquote", {}, note));
  const list = rows.flatMap(([key, text]) => [make("dt", {}, words(key)), make("dd", {}, text)]);
  detail.append(make("dl", {}, ...list), make("p", { class: "sources" }, source));
}

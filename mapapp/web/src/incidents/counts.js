/* Incident counts of a place: in the window, in the weeks before the article, and by week. */

/** @import { IncidentCounts, IncidentHost, ReportingLag } from "../types.d.ts" */
/** @import { Columns, Scope } from "./columns.js" */
/** @import { Week } from "./reporting.js" */
/** @import { Sheet } from "./sheet.js" */

import { lastKnown } from "./columns.js";
import { isFilling, stillToCome, weeksOf } from "./reporting.js";

const WEEKS_BEFORE = 26;
const WEEKS_AFTER = 4;

/**
 * @typedef {Map<string, number>} ByKind
 * @typedef {ReturnType<Counts["countStill"]>} StillCounts
 *
 * How many incidents of some days are still to be reported: the interval; null if it is too early to say.
 * @typedef {{ more: [low: number, high: number] | null }} Incomplete
 */

export class Counts {
  /**
   * @param {Columns} columns
   * @param {IncidentHost} host
   * @param {Sheet} sheet
   */
  constructor(columns, host, sheet) {
    this.columns = columns;
    this.host = host;
    this.sheet = sheet;
    /**
     * Cached counts of a place that do not depend on the window.
     * @type {{ key: string, still: StillCounts } | null}
     */
    this.kept = null;
  }

  /** @param {string} id of a place that can be counted in */
  within(id) {
    return /** @type {Scope} */ (this.columns.scope(this.host.place(id)));
  }

  /**
   * Incidents of a place from `first` to `last`, by kind.
   * @param {string} id
   * @param {number} first
   * @param {number} last
   */
  byKind(id, first, last) {
    const { columns, host } = this;
    /** @type {ByKind} */
    const found = new Map(columns.about.kinds.map((kind) => [kind, 0]));
    columns.eachIn(host.view(), { first, last, within: this.within(id), kinds: null }, (_, group) => {
      const { kind } = columns.groups[group];
      found.set(kind, (found.get(kind) ?? 0) + 1);
    });
    return found;
  }

  /**
   * Incidents per week around the article's day, by the first day of the week.
   * @param {string} id
   * @returns {[number, number][]}
   */
  byWeek(id) {
    const { columns, host } = this;
    const view = host.view();
    const day = host.day();
    const first = day - 7 * WEEKS_BEFORE;
    const last = day + 7 * WEEKS_AFTER - 1;
    const weeks = new Uint32Array(WEEKS_BEFORE + WEEKS_AFTER);
    columns.eachIn(view, { first, last, within: this.within(id), kinds: view.kinds }, (row) => {
      const week = Math.floor((columns.firstDay(row) - first) / 7); // the week of its first day
      if (week >= 0) weeks[week]++;
    });
    return Array.from(weeks, (n, i) => [first + 7 * i, n]);
  }

  /**
   * What is still to be reported of some days; null if they are complete, or if nothing says how late reports come.
   * @param {string} id
   * @param {number} first
   * @param {number} last
   * @returns {Incomplete | null}
   */
  incomplete(id, first, last) {
    const { columns, host } = this;
    const { lags, records } = columns.about;
    const view = host.view();
    const end = lastKnown(view, last);
    /** @param {ReportingLag} lag */
    const complete = (lag) => lag.seen - 7 * (lag.share.length - 1); // the last complete day
    const open = lags.filter((lag) => lag.seen >= first && complete(lag) < end);
    if (!open.length || end < first) return null;
    const start = Math.max(first, Math.min(...open.map(complete)) + 1);
    const byDay = new Map(
      open.map((lag) => [lag, new Map(Array.from({ length: end - start + 1 }, (_, i) => [start + i, 0]))]),
    );
    const asked = { first: start, last, within: this.within(id), kinds: view.kinds };
    columns.eachIn(view, asked, (row, group) => {
      const days = byDay.get(lags[records[columns.groups[group].record].lag ?? -1]);
      const day = Math.max(columns.firstDay(row), start);
      days?.set(day, (days.get(day) ?? 0) + 1);
    });
    /** @type {Week[]} */
    const weeks = [];
    for (const [lag, days] of byDay) {
      const found = weeksOf(lag, days);
      if (!found) return { more: null };
      weeks.push(...found);
    }
    return isFilling(weeks) ? { more: stillToCome(weeks) } : null;
  }

  /**
   * Incidents of a place whose first day is from `first` to `last`, of the selected kinds.
   * @param {string} id
   * @param {number} first
   * @param {number} last
   */
  begun(id, first, last) {
    const { columns, host } = this;
    const view = host.view();
    let n = 0;
    columns.eachIn(view, { first, last, within: this.within(id), kinds: view.kinds }, (row) => {
      if (columns.firstDay(row) >= first) n++;
    });
    return n;
  }

  /** @param {string} id */
  countStill(id) {
    const { columns, host } = this;
    const view = host.view();
    const day = host.day();
    let [undated, unplaced] = [0, 0];
    const asked = { first: day - 56, last: day - 1, within: this.within(id), kinds: view.kinds };
    columns.eachIn(view, asked, (_, group) => {
      if (columns.groups[group].dated) undated++;
      if (columns.groups[group].inArea) unplaced++;
    });
    const [before, earlier] = [this.byKind(id, day - 28, day - 1), this.byKind(id, day - 56, day - 29)];
    const weeks = this.byWeek(id);
    const filling = new Map(weeks.map(([first]) => [first, this.incomplete(id, first, first + 6)]));
    const missing = this.incomplete(id, day - 28, day - 1);
    return { weeks, filling, missing, undated, unplaced, before, earlier };
  }

  /**
   * The counts of a place that do not depend on the window.
   * @param {string} id
   */
  still(id) {
    const { kinds, certain, as_of: asOf } = this.host.view();
    const key = [id, kinds && [...kinds].join(), certain, asOf].join("|");
    if (this.kept?.key !== key) this.kept = { key, still: this.countStill(id) };
    return this.kept.still;
  }

  /**
   * Incidents of a place in the window, by kind; reuses the last drawing's if it counted the same place and days.
   * @param {string} id
   */
  inWindow(id) {
    const view = this.host.view();
    if (this.sheet.hasCounted(this.within(id), view)) return this.sheet.byKind();
    return this.byKind(id, view.first, view.last);
  }

  /**
   * The sum over the selected kinds.
   * @param {ByKind} found
   */
  sum(found) {
    const { kinds } = this.host.view();
    return [...found].reduce((total, [kind, n]) => total + (!kinds || kinds.has(kind) ? n : 0), 0);
  }

  /**
   * Counts of a place: in the window, in the four weeks before the article's day, in the four before those, by week.
   * @param {string} id
   * @returns {IncidentCounts}
   */
  of(id) {
    const { before, earlier, weeks } = this.still(id);
    return { window: this.sum(this.inWindow(id)), before: this.sum(before), earlier: this.sum(earlier), weeks };
  }
}

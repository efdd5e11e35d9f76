/* How many incidents a place has: in the window, in the weeks before the article, week by week. */

/** @import { IncidentCounts, IncidentHost } from "../types.d.ts" */
/** @import { Columns, Scope } from "./columns.js" */
/** @import { Sheet } from "./sheet.js" */

import { lastKnown } from "./columns.js";

const WEEKS_BEFORE = 26;
const WEEKS_AFTER = 4;

/** @typedef {Map<string, number>} ByKind */
/** @typedef {ReturnType<typeof counter>} Counts */

/**
 * @param {Columns} columns
 * @param {IncidentHost} host
 * @param {Sheet} sheet
 */
export function counter(columns, host, sheet) {
  const { about, groups, dayAt } = columns;
  /** What a place counts whatever the window: kept while the reader steps through time. */
  let kept = { key: "", still: /** @type {ReturnType<typeof countStill> | null} */ (null) };

  /** @param {string} id */
  const scopeOf = (id) => /** @type {Scope} */ (columns.scope(host.place(id)));

  /**
   * Incidents of a place from `first` to `last`, by kind.
   * @param {string} id
   * @param {number} first
   * @param {number} last
   */
  function byKind(id, first, last) {
    const view = host.view();
    /** @type {ByKind} */
    const found = new Map(about.kinds.map((kind) => [kind, 0]));
    columns.each(first, lastKnown(view, last), scopeOf(id), null, view.certain, (_, group) => {
      const kind = groups[group]?.kind ?? "";
      found.set(kind, (found.get(kind) ?? 0) + 1);
    });
    return found;
  }

  /**
   * Incidents of each week about the article's day, by its first day.
   * @param {string} id
   * @returns {[number, number][]}
   */
  function byWeek(id) {
    const view = host.view();
    const { day } = host.atlas.article;
    const start = day - 7 * WEEKS_BEFORE;
    const weeks = new Uint32Array(WEEKS_BEFORE + WEEKS_AFTER);
    const last = lastKnown(view, day + 7 * WEEKS_AFTER - 1);
    columns.each(start, last, scopeOf(id), view.kinds, view.certain, (row) => {
      // by its first day, as it is counted
      const week = Math.floor(dayAt[row] + about.first - start / 7);
      if (week >= 0) weeks[week] = (weeks[week] ?? 0) + 1;
    });
    return Array.from(weeks, (n, i) => [start + 7 * i, n]);
  }

  /** @param {string} id */
  function countStill(id) {
    const view = host.view();
    const { day } = host.atlas.article;
    let [undated, unplaced] = [0, 0];
    columns.each(day - 56, lastKnown(view, day - 1), scopeOf(id), view.kinds, view.certain, (_, group) => {
      if (groups[group]?.dated) undated++;
      if (groups[group]?.inArea) unplaced++;
    });
    return {
      weeks: byWeek(id),
      undated,
      unplaced,
      before: byKind(id, day - 28, day - 1),
      earlier: byKind(id, day - 56, day - 29),
    };
  }

  /**
   * What a place counts whatever the window.
   * @param {string} id
   */
  function still(id) {
    const { kinds, certain, as_of: asOf } = host.view();
    const key = [id, kinds && [...kinds].join(), certain, asOf].join("|");
    if (kept.key !== key || !kept.still) kept = { key, still: countStill(id) };
    return /** @type {ReturnType<typeof countStill>} */ (kept.still);
  }

  /**
   * Incidents of a place in the window, by kind: what is drawn has been counted already.
   * @param {string} id
   */
  function inWindow(id) {
    const view = host.view();
    if (host.scope() === id && !view.hidden.has("incidents")) return sheet.byKind();
    return byKind(id, view.first, view.last);
  }

  /** @param {ByKind} found */
  function sum(found) {
    const { kinds } = host.view();
    return [...found].reduce((total, [kind, n]) => total + (!kinds || kinds.has(kind) ? n : 0), 0);
  }

  /**
   * Counts of a place: in the window, in the four weeks before the article's day, in the four before those, by week.
   * @param {string} id
   * @returns {IncidentCounts}
   */
  function of(id) {
    const { before, earlier, weeks } = still(id);
    return { window: sum(inWindow(id)), before: sum(before), earlier: sum(earlier), weeks };
  }

  return { of, still, inWindow };
}

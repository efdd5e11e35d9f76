/* Incident columns and filtering. Pure. */

/** @import { PlaceItem } from "../payload.d.ts" */
/** @import { IncidentsAbout, View } from "../types.d.ts" */

import { dayOf } from "../days.js";
import { isLine, isPoint } from "../geometry.js";

export const NEAR_KM = 5; // radius around a point within which incidents are counted
export const DATED = /** @type {const} */ (["day", "week", "month", "longer"]);
const KM_PER_DEGREE_EAST = 111.32; // at the equator
const KM_PER_DEGREE_NORTH = 110.95; // at 36° N
const STEPS = 65535; // of longitude and latitude, from one edge of the box to the other
const IN_AREA = 2; // `located`: somewhere in an area only
const KEPT_SCOPES = 8; // number of cached scopes; computing that of a point reads every row

/**
 * The rows that belong to a place: for an area, its index, which groups list; for a point, a flag for each row.
 * @typedef {{ id: string | null, area: number, near: Uint8Array | null }} Scope
 *
 * Days from `first` to `last`, both included.
 * @typedef {{ first: number, last: number }} Days
 *
 * The query: days, place and kinds; null means all kinds.
 * @typedef {Days & { within: Scope, kinds: Set<string> | null }} Asked
 */
/** @type {Scope} */
const EVERYWHERE = { id: null, area: -1, near: null };
const NO_GROUP = -2; // an area without incidents

/** @param {IncidentsAbout} about */
const groupsOf = ({ groups, kinds }) =>
  groups.map(([kind, record, span, dated, located, places]) => ({
    kind: kinds[kind],
    record,
    span,
    dated,
    inArea: located === IN_AREA,
    certain: dated === 0 && located !== IN_AREA,
    places: new Set(places),
  }));

/**
 * The first and last day of the data; null if it is empty.
 * @param {IncidentsAbout} about
 */
function coverOf({ records }) {
  if (!records.length) return null;
  return {
    first: Math.min(...records.map(({ first }) => dayOf(first))),
    last: Math.max(...records.map(({ last }) => dayOf(last))),
  };
}

export class Columns {
  /**
   * @param {IncidentsAbout} about
   * @param {ArrayBuffer} buffer
   */
  constructor(about, buffer) {
    const { rows } = about;
    this.about = about;
    this.number = new Uint32Array(buffer, 0, rows);
    this.lonAt = new Uint16Array(buffer, 4 * rows, rows);
    this.latAt = new Uint16Array(buffer, 6 * rows, rows);
    this.dayAt = new Uint16Array(buffer, 8 * rows, rows);
    this.groupAt = new Uint16Array(buffer, 10 * rows, rows);
    this.groups = groupsOf(about);
    this.spanOf = Uint16Array.from(this.groups, ({ span }) => span);
    this.longest = this.spanOf.reduce((a, b) => Math.max(a, b), 0);
    this.covered = coverOf(about);
    this.synthetic = about.records.filter((record) => record.synthetic).length;
    this.placeIndex = new Map(about.places.map((id, i) => [id, i]));
    /** @type {Map<string, Scope | null>} */
    this.scopes = new Map();
  }

  /**
   * Converts a stored longitude to degrees.
   * @param {number} step
   */
  lonOf(step) {
    const [west, , east] = this.about.box;
    return west + (step / STEPS) * (east - west);
  }

  /**
   * Converts a stored latitude to degrees.
   * @param {number} step
   */
  latOf(step) {
    const [, south, , north] = this.about.box;
    return south + (step / STEPS) * (north - south);
  }

  /**
   * The first day of a row.
   * @param {number} row
   */
  firstDay(row) {
    return this.dayAt[row] + this.about.first;
  }

  /**
   * The group of a row.
   * @param {number} row
   */
  groupOf(row) {
    return this.groups[this.groupAt[row]];
  }

  /**
   * First row whose first day is `day` or later.
   * @param {number} day
   */
  rowFrom(day) {
    const wanted = day - this.about.first;
    let [low, high] = [0, this.about.rows];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.dayAt[middle] < wanted) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  /**
   * The scope of a place; null for a line, for which nothing is counted.
   * @param {PlaceItem | undefined} place the whole map where it is left out
   */
  scope(place) {
    if (!place) return EVERYWHERE;
    let found = this.scopes.get(place.id);
    if (found === undefined) {
      found = this.newScope(place);
      if (this.scopes.size > KEPT_SCOPES) this.scopes.clear();
      this.scopes.set(place.id, found);
    }
    return found;
  }

  /**
   * @param {PlaceItem} place
   * @returns {Scope | null}
   */
  newScope(place) {
    const { id } = place;
    if (isLine(place)) return null;
    if (isPoint(place)) return { id, area: EVERYWHERE.area, near: this.rowsNear(place.geometry.coordinates) };
    return { id, area: this.placeIndex.get(id) ?? NO_GROUP, near: null };
  }

  /**
   * Marks the rows within NEAR_KM of a point.
   * @param {[lon: number, lat: number]} point
   */
  rowsNear([lon, lat]) {
    const { rows } = this.about;
    const near = new Uint8Array(rows);
    const kmEast = KM_PER_DEGREE_EAST * Math.cos((lat * Math.PI) / 180);
    for (let i = 0; i < rows; i++) {
      const dx = (this.lonOf(this.lonAt[i]) - lon) * kmEast;
      const dy = (this.latOf(this.latAt[i]) - lat) * KM_PER_DEGREE_NORTH;
      if (dx * dx + dy * dy <= NEAR_KM * NEAR_KM) near[i] = 1;
    }
    return near;
  }

  /**
   * The scope of the layer: a place, or the whole map if there is none or nothing can be counted in it.
   * @param {PlaceItem | undefined} place
   */
  scopeOrAll(place) {
    return this.scope(place) ?? EVERYWHERE;
  }

  /**
   * Which groups match kinds, certainty and area: 1 or 0 for each.
   * @param {Set<string> | null} kinds
   * @param {boolean} certain
   * @param {number} area
   */
  passing(kinds, certain, area) {
    return Uint8Array.from(this.groups, (group) => {
      const inArea = area === EVERYWHERE.area || group.places.has(area);
      return Number((!kinds || kinds.has(group.kind)) && inArea && (!certain || group.certain));
    });
  }

  /**
   * Calls `found` with each matching row from `first` to `last`, both included.
   * @param {number} first
   * @param {number} last
   * @param {Scope} within
   * @param {Uint8Array} passing 1 for each group that counts
   * @param {boolean} certain whether only those count that certainly happened then
   * @param {(row: number, group: number) => void} found
   */
  each(first, last, { near }, passing, certain, found) {
    const { dayAt, groupAt, spanOf, about } = this;
    const [a, b] = [first - about.first, last - about.first];
    for (let i = this.rowFrom(first - this.longest), end = this.rowFrom(last + 1); i < end; i++) {
      const group = groupAt[i];
      const day = dayAt[i];
      const lastDay = day + spanOf[group];
      if (passing[group] === 0 || lastDay < a || (near !== null && near[i] === 0)) continue;
      if (certain && (day < a || lastDay > b)) continue;
      found(i, group);
    }
  }

  /**
   * Calls `found` with each matching row that only one of two windows has, and 1 if it is the later one, otherwise -1.
   * @param {Days} before
   * @param {Days} after
   * @param {Scope} within
   * @param {Uint8Array} passing 1 for each group that counts
   * @param {boolean} certain whether only those count that certainly happened then
   * @param {(row: number, group: number, by: 1 | -1) => void} found
   */
  eachChange(before, after, { near }, passing, certain, found) {
    const { dayAt, groupAt, spanOf, about, longest } = this;
    /** @type {(day: number, lastDay: number, window: Days) => boolean} */
    const has = (day, lastDay, { first, last }) =>
      certain ? day >= first && lastDay <= last : day <= last && lastDay >= first;
    const edges = [
      [before.first, after.first],
      [before.last, after.last],
    ].sort(([a, b], [c, d]) => Math.min(a, b) - Math.min(c, d));
    let done = 0;
    for (const [a, b] of edges) {
      if (a === b) continue;
      const end = this.rowFrom(Math.max(a, b) + 1);
      for (let i = Math.max(done, this.rowFrom(Math.min(a, b) - longest)); i < end; i++) {
        const group = groupAt[i];
        if (passing[group] === 0 || (near !== null && near[i] === 0)) continue;
        const day = dayAt[i] + about.first;
        const lastDay = day + spanOf[group];
        const is = has(day, lastDay, after);
        if (is !== has(day, lastDay, before)) found(i, group, is ? 1 : -1);
      }
      done = Math.max(done, end);
    }
  }

  /**
   * Calls `found` with each row of the given kinds in the view's window, with the certainty the view requires.
   * @param {View} view
   * @param {Asked} asked
   * @param {(row: number, group: number) => void} found
   */
  eachIn(view, { first, last, within, kinds }, found) {
    const { certain } = view;
    this.each(first, lastKnown(view, last), within, this.passing(kinds, certain, within.area), certain, found);
  }
}

/**
 * The last day shown of a window that ends on `last`: at most the as-of day.
 * @param {View} view
 * @param {number} last
 */
export const lastKnown = ({ as_of: asOf }, last) => (asOf === null ? last : Math.min(last, asOf));

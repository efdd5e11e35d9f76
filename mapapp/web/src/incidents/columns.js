/* The rows of incidents, and which of them count: no page, no map. */

/** @import { PlaceItem } from "../payload.d.ts" */
/** @import { IncidentsAbout, View } from "../types.d.ts" */

import { dayOf } from "../days.js";
import { isLine, isPoint } from "../geometry.js";

export const NEAR_KM = 5; // how far round a point counts as there
export const DATED = /** @type {const} */ (["day", "week", "month", "longer"]);
const KM_PER_DEGREE_EAST = 111.32; // at the equator
const KM_PER_DEGREE_NORTH = 110.95; // at 36° N
const STEPS = 65535; // of longitude and latitude, from one edge of the box to the other
const IN_AREA = 2; // `located`: somewhere in an area only
const KEPT_SCOPES = 8; // the last few, for one of a point looks at every row

/** @typedef {ReturnType<typeof readColumns>} Columns */
/** @typedef {ReturnType<typeof groupsOf>[number]} Group */
/**
 * What a place asks of a row: for an area, the index that a group must hold; near a point, a mark on each row.
 * @typedef {{ id: string | null, area: number, near: Uint8Array | null }} Scope
 */

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
 * The first and last day that the records cover; null without records.
 * @param {IncidentsAbout} about
 */
function coverOf({ records }) {
  if (!records.length) return null;
  return {
    first: Math.min(...records.map(({ first }) => dayOf(first))),
    last: Math.max(...records.map(({ last }) => dayOf(last))),
  };
}

/**
 * @param {IncidentsAbout} about
 * @param {ArrayBuffer} buffer
 */
export function readColumns(about, buffer) {
  const { rows } = about;
  const [west, south, east, north] = about.box;
  const number = new Uint32Array(buffer, 0, rows);
  /**
   * @param {number} at bytes of a row that come before
   * @returns {Uint16Array<ArrayBuffer>}
   */
  const column = (at) => new Uint16Array(buffer, at * rows, rows);
  const [lonAt, latAt, dayAt, groupAt] = /** @type {const} */ ([column(4), column(6), column(8), column(10)]);
  const groups = groupsOf(about);
  const spanOf = Uint16Array.from(groups, ({ span }) => span);
  const longest = spanOf.reduce((a, b) => Math.max(a, b), 0);
  const placeIndex = new Map(about.places.map((id, i) => [id, i]));
  /** @type {Map<string | null, Scope | null>} */
  const scopes = new Map();
  /** @type {Scope} */
  const everywhere = { id: null, area: -1, near: null };

  /** @param {number} step */
  const lonOf = (step) => west + (step / STEPS) * (east - west);
  /** @param {number} step */
  const latOf = (step) => south + (step / STEPS) * (north - south);

  /**
   * First row whose first day is `day` or later.
   * @param {number} day
   */
  function rowFrom(day) {
    const wanted = day - about.first;
    let [low, high] = [0, rows];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (dayAt[middle] < wanted) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  /**
   * Marks the rows within NEAR_KM of a point.
   * @param {PlaceItem} place
   */
  function rowsNear({ geometry }) {
    const [lon, lat] = geometry.coordinates;
    const near = new Uint8Array(rows);
    const kmEast = KM_PER_DEGREE_EAST * Math.cos((lat * Math.PI) / 180);
    for (let i = 0; i < rows; i++) {
      const dx = (lonOf(lonAt[i]) - lon) * kmEast;
      const dy = (latOf(latAt[i]) - lat) * KM_PER_DEGREE_NORTH;
      if (dx * dx + dy * dy <= NEAR_KM * NEAR_KM) near[i] = 1;
    }
    return near;
  }

  /**
   * What a place asks of a row; null for a line, along which nothing is counted.
   * @param {PlaceItem | undefined} place
   */
  function scope(place) {
    if (!place) return everywhere;
    const { id } = place;
    let found = scopes.get(id);
    if (found === undefined) {
      if (isLine(place)) found = null;
      else if (isPoint(place)) found = { id, area: -1, near: rowsNear(place) };
      else found = { id, area: placeIndex.get(id) ?? -2, near: null }; // -2: no group holds it
      if (scopes.size > KEPT_SCOPES) scopes.clear();
      scopes.set(id, found);
    }
    return found;
  }

  /**
   * Which groups are of these kinds, certain if they must be, and lie in an area: 1 or 0 for each.
   * @param {Set<string> | null} kinds
   * @param {boolean} sure
   * @param {number} area
   */
  const passing = (kinds, sure, area) =>
    Uint8Array.from(groups, (group) =>
      Number((!kinds || kinds.has(group.kind)) && (area === -1 || group.places.has(area)) && (!sure || group.certain)),
    );

  /**
   * Calls `found` with each row that counts from `first` to `last`, both included.
   * @param {number} first
   * @param {number} last
   * @param {Scope} within
   * @param {Set<string> | null} kinds
   * @param {boolean} sure whether only those count that certainly happened then and there
   * @param {(row: number, group: number) => void} found
   */
  function each(first, last, within, kinds, sure, found) {
    const { near } = within;
    const ok = passing(kinds, sure, within.area);
    const [a, b] = [first - about.first, last - about.first];
    for (let i = rowFrom(first - longest), end = rowFrom(last + 1); i < end; i++) {
      const [group, day] = [groupAt[i], dayAt[i]];
      const lastDay = day + spanOf[group];
      if (ok[group] === 0 || lastDay < a || (near !== null && near[i] === 0)) continue;
      if (sure && (day < a || lastDay > b)) continue;
      found(i, group);
    }
  }

  return {
    about,
    groups,
    number,
    lonAt,
    latAt,
    dayAt,
    groupAt,
    spanOf,
    longest,
    covered: coverOf(about),
    synthetic: about.records.filter((record) => record.synthetic).length,
    lonOf,
    latOf,
    rowFrom,
    everywhere,
    scope,
    passing,
    each,
  };
}

/**
 * The last day that counts of a window that ends on `last`.
 * @param {View} view
 * @param {number} last
 */
export const lastKnown = ({ as_of: asOf }, last) => (asOf === null ? last : Math.min(last, asOf));

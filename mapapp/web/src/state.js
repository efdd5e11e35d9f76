/* State shared by all modules: the atlas, the map, the view, and what is visible. mapapp.js fills it at the start. */

/** @import { Change, Shown, State, View } from "./types.d.ts" */
/** @import { EventItem, FactItem, PlaceItem } from "./payload.d.ts" */

import { all, one } from "./dom.js";

/** @returns {Shown} */
export const nothing = () => ({ places: new Set(), events: new Map(), facts: new Set(), standing: new Map() });

export const state = /** @type {State} */ (
  /** @type {Partial<State>} */ ({
    chosen: { id: null, here: [] },
    shown: nothing(),
    dirty: true,
    playing: false,
    printing: false,
    places: new Map(),
    events: new Map(),
    facts: new Map(),
    layers: new Map(),
    incidents: null,
  })
);

/**
 * A thing that an id of the payload names.
 * @template T
 * @param {Map<string, T>} table
 * @param {string} id
 * @returns {T}
 */
function named(table, id) {
  const found = table.get(id);
  if (found === undefined) throw new Error(`unknown id ${id}`);
  return found;
}
/**
 * @param {string} id
 * @returns {PlaceItem}
 */
export const placeOf = (id) => named(state.places, id);
/**
 * @param {string} id
 * @returns {EventItem}
 */
export const eventOf = (id) => named(state.events, id);
/**
 * @param {string} id
 * @returns {FactItem}
 */
export const factOf = (id) => named(state.facts, id);

/**
 * The first element of the page that matches.
 * @param {string} selector
 */
export const $ = (selector) => one(state.root, selector);
/**
 * All elements of the page that match.
 * @param {string} selector
 */
export const $$ = (selector) => all(state.root, selector);

/** @type {(change: Change) => void} */
let answer = () => {};
/**
 * Registers what answers each change: `screen.js`, which paints with all other modules and so cannot be imported here.
 * @param {typeof answer} listener
 */
export function onChange(listener) {
  answer = listener;
}
/**
 * Announces a change of the view or the selection.
 * @param {Change} change
 */
export const changed = (change) => answer(change);

/**
 * Moves the window, both days included.
 * @param {number} first
 * @param {number} last
 * @param {boolean} [more] whether the window moves on: what is slow, and the address, wait for the last step
 */
export function setDays(first, last, more) {
  const [low, high] = state.atlas.span;
  const days = [first, last].map((day) => clamp(day, low, high)).sort((a, b) => a - b);
  [state.view.first, state.view.last] = /** @type {[number, number]} */ (days);
  changed(more ? "step" : "days");
}

/**
 * Changes settings of the view.
 * @param {Change} what
 * @param {Partial<View>} settings
 */
export function set(what, settings) {
  Object.assign(state.view, settings);
  changed(what);
}

/**
 * @param {number} value
 * @param {number} low
 * @param {number} high
 */
export const clamp = (value, low, high) => Math.min(Math.max(value, low), high);

/* State shared by all modules: the atlas, the map, the view, and what is visible. mapapp.js fills it at the start. */

/** @import { Change, Shown, State, View } from "./types.d.ts" */
/** @import { EventItem, FactItem, LayerItem, PlaceItem } from "./payload.d.ts" */

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
 * The item with an id of the payload, which must exist.
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
 * The layer of a place.
 * @param {PlaceItem} place
 * @returns {LayerItem}
 */
export const layerOf = (place) => named(state.layers, place.layer);
/**
 * What the layer of a place is taken for, such as a country; null for most.
 * @param {PlaceItem} place
 */
export const roleOf = (place) => layerOf(place).role;

/**
 * The first element of the page that matches a selector.
 * @param {string} selector
 */
export const $ = (selector) => one(state.root, selector);
/**
 * All elements of the page that match a selector.
 * @param {string} selector
 */
export const $$ = (selector) => all(state.root, selector);

/** @type {(change: Change) => void} */
let answer = () => {};
/**
 * Registers the listener for changes, in `screen.js`. That module imports all others, so it cannot be imported here.
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
 * @param {"days" | "nudge" | "step"} [change] how; after a step, slow updates and the address wait for the last one
 */
export function setDays(first, last, change = "days") {
  const [low, high] = state.atlas.span;
  const days = [first, last].map((day) => clamp(day, low, high)).sort((a, b) => a - b);
  [state.view.first, state.view.last] = /** @type {[number, number]} */ (days);
  changed(change);
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

/* Applies rules.js to the current view: visible items, and the reason the others are hidden. */

/** @import { Dated, EventItem, PlaceItem } from "./payload.d.ts" */
/** @import { Shown } from "./types.d.ts" */

import { begun, certainty, passes, published, snapshotDay, statusDay, statusOn } from "./rules.js";
import { state } from "./state.js";

/**
 * Whether the article of a statement was published by the as-of day.
 * @param {EventItem} event
 */
const isPublished = (event) => published(event, state.atlas, state.view.as_of);
/**
 * Whether the article of a statement is shown, and was published by the as-of day.
 * @param {EventItem} event
 */
export const isOpen = (event) => isPublished(event) && (state.view.article ?? event.article) === event.article;
/** The statements of the articles shown, whenever they are about. */
export const openEvents = () => [...state.events.values()].filter(isOpen);
/** The statements of the articles shown, published or not. */
export const eventsOfArticles = () =>
  [...state.events.values()].filter((event) => (state.view.article ?? event.article) === event.article);
/**
 * Whether something had begun by the as-of day.
 * @param {Dated} item
 */
export const hasBegun = (item) => begun(item, state.view.as_of);
/** The minimum certainty required by the view. */
export const enough = () => (state.view.certain ? 2 : 1);
/**
 * The certainty with which an item falls in the window.
 * @param {Dated} item
 */
export const certaintyOf = (item) => certainty(item, state.view.first, state.view.last);
/**
 * Whether an item falls in the window with the required certainty.
 * @param {Dated} item
 */
export const inWindow = (item) => certaintyOf(item) >= enough();
/** The day for which statuses are shown. */
export const standingDay = () => statusDay(state.view);
/** The day for which snapshots are shown. */
export const lastSnapshotDay = () => snapshotDay(state.view);
/** @param {PlaceItem} place */
export const standingOf = (place) => statusOn(place, standingDay());

/**
 * Why a statement is hidden, as the ending of a message key; null if it is visible.
 * @param {EventItem} event
 */
export function whyHidden(event) {
  if (!isPublished(event)) return "unknown";
  const sure = certaintyOf(event);
  if (sure === 0) return "window";
  if (!passes(event, state.view)) return "filters";
  return sure < enough() ? "sure" : null;
}

/**
 * The ids of the visible statements about a place itself.
 * @param {string} id
 */
export const spokenOf = (id) =>
  (state.atlas.related[id] || [])
    .filter(([event, via]) => via === null && state.shown.events.has(event))
    .map(([event]) => event);

/**
 * Whether any visible statement is about a place itself.
 * @param {string} id
 * @param {Shown} shown
 */
export const isSpokenOf = (id, shown) =>
  (state.atlas.related[id] || []).some(([event, via]) => via === null && shown.events.has(event));

/**
 * Whether the visible items of two views are the same.
 * @param {Shown} a
 * @param {Shown} b
 */
export const same = (a, b) =>
  a.places.size === b.places.size &&
  a.events.size === b.events.size &&
  a.facts.size === b.facts.size &&
  [...a.places].every((id) => b.places.has(id) && a.standing.get(id) === b.standing.get(id)) &&
  [...a.events].every(([id, sure]) => b.events.get(id) === sure) &&
  [...a.facts].every((id) => b.facts.has(id));

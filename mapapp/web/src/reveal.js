/* Why a place or statement is hidden now, and how it is shown. */

/** @import { EventItem, PlaceItem } from "./payload.d.ts" */
/** @import { View } from "./types.d.ts" */

import { begun, certainty, published, snapshotDay } from "./rules.js";
import { clamp, set, state } from "./state.js";
import { startOf } from "./ticks.js";
import { goToDays } from "./time_bar.js";
import { whyHidden } from "./visible.js";

const LONGEST = 366; // days of a window that shows a statement about a longer period

/**
 * Why a place is hidden, as the ending of a message key; null if it is visible.
 * @param {PlaceItem} place
 */
function whyPlaceHidden(place) {
  const { view, shown } = state;
  if (shown.places.has(place.id)) return null;
  if (view.hidden.has(place.layer)) return "layer";
  if (!begun(place, view.as_of)) return "later";
  return placeCertainty(place, view) ? "sure" : "window";
}

/**
 * @param {PlaceItem} place
 * @param {View} view
 */
function placeCertainty(place, view) {
  const day = state.layers.get(place.layer)?.snapshot ? snapshotDay(view) : null;
  return certainty(place, day ?? view.first, day ?? view.last);
}

/**
 * Why an item is hidden now, as the ending of a message key; null if it is visible.
 * @param {string} id of a place or statement
 */
export function whyHiddenNow(id) {
  const place = state.places.get(id);
  const event = state.events.get(id);
  return place ? whyPlaceHidden(place) : event ? whyHidden(event) : null;
}

/**
 * Takes back what hides a place or statement, and moves the window to it if it lies outside.
 * @param {string} id
 */
export function reveal(id) {
  if (whyHiddenNow(id) === null) return;
  const place = state.places.get(id);
  const event = state.events.get(id);
  const days = place ? revealPlace(place) : event ? revealEvent(event) : null;
  if (days) goToDays(...days);
}

/**
 * @param {PlaceItem} place
 * @returns {[number, number] | null} the days to go to
 */
function revealPlace(place) {
  const { view, atlas } = state;
  const hidden = new Set(view.hidden);
  hidden.delete(place.layer);
  const asOf = begun(place, view.as_of) ? view.as_of : null;
  set("reset", { hidden, as_of: asOf, certain: view.certain && placeCertainty(place, view) === 2 });
  if (placeCertainty(place, state.view)) return null;
  const [low, high] = [place.earliest ?? atlas.span[0], place.latest ?? atlas.span[1]];
  const day = clamp(clamp(view.last, low, high), atlas.span[0], atlas.span[1]);
  return [day, day];
}

/**
 * @param {EventItem} event
 * @returns {[number, number] | null} the days to go to
 */
function revealEvent(event) {
  const { view, atlas } = state;
  const { said_by: saidBy, kinds, article } = view;
  const sure = certainty(event, view.first, view.last);
  set("reset", {
    as_of: published(event, atlas, view.as_of) ? view.as_of : null,
    said_by: saidBy?.has(event.said_by) ? saidBy : null,
    kinds: kinds?.has(event.kind) ? kinds : null,
    article: article === event.article ? article : null,
    certain: view.certain && sure === 2,
  });
  if (sure) return null;
  const first = startOf(event) ?? event.latest ?? atlas.day;
  const last = event.latest ?? first;
  return [first, clamp(last, first, first + LONGEST)];
}

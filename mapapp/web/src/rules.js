/* Which items a view includes, decided like core/select.py. Pure: no DOM, no Leaflet, so that tests/web/test_rules.py
 * can run it in node on the same cases as Python.
 *
 * A view has two forms. The serialised form, which payload.opening writes: ISO days and lists. The internal form
 * (`taken`): days as whole numbers since 1970-01-01, UTC, and sets. null is an open end, or "all".
 */

/** @import { Dated, EventItem, Opening, Payload, PlaceItem } from "./payload.d.ts" */
/** @import { Shown, View } from "./types.d.ts" */

import { dayOf, toIso } from "./days.js";

/**
 * Whether a time falls in the window from first to last: 0 no, 1 possibly, 2 certainly.
 * @param {Omit<Dated, "id">} time
 * @param {number} first
 * @param {number} last
 */
export function certainty(time, first, last) {
  if ((time.earliest !== null && time.earliest > last) || (time.latest !== null && time.latest < first)) return 0;
  if (time.uncertain) return 1;
  if (!time.throughout)
    return time.earliest !== null && time.latest !== null && time.earliest >= first && time.latest <= last ? 2 : 1;
  const from = time.certainFrom ?? -Infinity;
  const to = time.certainTo ?? Infinity;
  return from <= to && from <= last && to >= first ? 2 : 1;
}

/**
 * Whether the article of a statement was published by the as-of day; until then the statement is hidden.
 * @param {EventItem} event
 * @param {Payload} atlas
 * @param {number | null} asOf
 */
export const published = (event, atlas, asOf) =>
  asOf === null || atlas.articles.some(({ id, day }) => id === event.article && day <= asOf);

/**
 * Whether something had begun by the as-of day.
 * @param {Dated} item
 * @param {number | null} asOf
 */
export const begun = (item, asOf) => asOf === null || item.earliest === null || item.earliest <= asOf;

/**
 * The day for which statuses are shown: the last of the window, or the as-of day if that is earlier.
 * @param {View} view
 */
export const statusDay = (view) => (view.as_of === null ? view.last : Math.min(view.last, view.as_of));

/**
 * The day for which snapshots are shown: the same, but not before the first day of the window.
 * @param {View} view
 */
export const snapshotDay = (view) => Math.max(view.first, statusDay(view));

/**
 * The status of a place on a day; if several apply, the one that began last.
 * @param {PlaceItem} place
 * @param {number} day
 */
export function statusOn(place, day) {
  let held = null;
  for (const status of place.statuses) {
    if (status.earliest !== null && status.earliest > day) continue;
    if (status.latest !== null && status.latest < day) continue;
    if (held === null || (status.earliest ?? -Infinity) > (held.earliest ?? -Infinity)) held = status;
  }
  return held === null ? null : held.status;
}

/**
 * Whether a statement matches the filters by article, speaker and kind.
 * @param {EventItem} event
 * @param {View} view
 */
export const passes = (event, view) =>
  (view.article === null || view.article === event.article) &&
  (!view.said_by || view.said_by.has(event.said_by)) &&
  (!view.kinds || view.kinds.has(event.kind));

/**
 * The ids of the visible items: places with their status, statements with their certainty, and facts.
 * @param {Payload} atlas
 * @param {View} view
 * @returns {Shown}
 */
export function select(atlas, view) {
  const enough = view.certain ? 2 : 1;
  const snapshots = new Set(atlas.layers.filter((layer) => layer.snapshot).map((layer) => layer.id));
  const places = atlas.places.filter((place) => showsPlace(place, snapshots.has(place.layer), view));
  return {
    places: new Set(places.map(({ id }) => id)),
    events: new Map(
      atlas.events
        .filter((event) => published(event, atlas, view.as_of) && passes(event, view))
        .map((event) => /** @type {const} */ ([event.id, certainty(event, view.first, view.last)]))
        .filter(([, sure]) => sure >= enough),
    ),
    facts: new Set(
      (view.background ? atlas.facts : [])
        .filter((fact) => begun(fact, view.as_of) && certainty(fact, view.first, view.last) >= enough)
        .map(({ id }) => id),
    ),
    standing: new Map(places.map((place) => [place.id, statusOn(place, statusDay(view))])),
  };
}

/**
 * @param {PlaceItem} place
 * @param {boolean} snapshot whether its layer holds snapshots of single days
 * @param {View} view
 */
function showsPlace(place, snapshot, view) {
  if (view.hidden.has(place.layer) || !begun(place, view.as_of)) return false;
  const [first, last] = snapshot ? [snapshotDay(view), snapshotDay(view)] : [view.first, view.last];
  return certainty(place, first, last) >= (view.certain ? 2 : 1);
}

/**
 * Converts a view from the serialised to the internal form.
 * @param {Opening} view
 * @returns {View}
 */
export const taken = (view) => ({
  ...view,
  first: dayOf(view.first),
  last: dayOf(view.last),
  as_of: view.as_of === null ? null : dayOf(view.as_of),
  compare: view.compare === null ? null : dayOf(view.compare),
  said_by: view.said_by && new Set(view.said_by),
  kinds: view.kinds && new Set(view.kinds),
  hidden: new Set(view.hidden),
});

/**
 * Converts a view from the internal to the serialised form.
 * @param {View} view
 * @returns {Opening}
 */
export const sent = (view) => ({
  ...view,
  first: toIso(view.first),
  last: toIso(view.last),
  as_of: view.as_of === null ? null : toIso(view.as_of),
  compare: view.compare === null ? null : toIso(view.compare),
  said_by: view.said_by && [...view.said_by],
  kinds: view.kinds && [...view.kinds],
  hidden: [...view.hidden],
});

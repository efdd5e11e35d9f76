/* Hit testing and click handling. */

/** @import { PlaceItem } from "./payload.d.ts" */
/** @import { Chosen, OwnHit } from "./types.d.ts" */

import { areaHolds, isLine, isPoint, linesOf } from "./geometry.js";
import { drawn, nodesOf } from "./marks.js";
import { ownAt } from "./own_layer.js";
import { openIncidents, openOwn, select } from "./selection.js";
import { placeOf, roleOf, state } from "./state.js";

const NEAR = 6; // pixels: click tolerance around a line
const NEAR_POINT = 10; // pixels: click tolerance around the centre of a mark
const AGAIN = 4; // pixels within which two clicks count as the same point

/**
 * The distance in pixels from a point of the map to the nearest of several lines.
 * @param {[number, number][][]} lines
 * @param {L.Point} at
 */
function gapTo(lines, at) {
  let gap = Infinity;
  for (const line of lines) {
    let before = null;
    for (const [lon, lat] of line) {
      const here = state.map.latLngToContainerPoint([lat, lon]);
      if (before) gap = Math.min(gap, at.distanceTo(L.LineUtil.closestPointOnSegment(at, before, here)));
      before = here;
    }
  }
  return gap;
}

/**
 * Whether the fill and the edge of an area are visible; nearly transparent fills and hairlines are not.
 * @param {string} id
 */
function looksOf(id) {
  const layer = drawn.get(id);
  const node = layer && nodesOf(layer)[0];
  if (!node) return { filled: false, edged: false };
  const style = getComputedStyle(node);
  return {
    filled: style.fill !== "none" && Number(style.fillOpacity) >= 0.1,
    edged: Number(style.strokeOpacity) > 0 && Number.parseFloat(style.strokeWidth) >= 1.2,
  };
}

/**
 * The id of the place whose label is at a point of the map.
 * @param {L.Point} at
 */
function namedAt(at) {
  const { left, top } = state.map.getContainer().getBoundingClientRect();
  const pane = /** @type {HTMLElement} */ (state.map.getPane("m-labels"));
  for (const node of /** @type {Iterable<HTMLElement>} */ (pane.children)) {
    const box = node.getBoundingClientRect();
    const across = at.x + left >= box.left && at.x + left <= box.right;
    if (across && at.y + top >= box.top && at.y + top <= box.bottom) return node.dataset.place;
  }
  return undefined;
}

/**
 * The sort key of a place under a point of the map: a list of numbers, compared in order; null if it is not there.
 * Points come first, then lines, then visible areas (topmost and smallest first), then invisible ones.
 * @param {PlaceItem} place
 * @param {L.LatLng} latlng
 * @param {L.Point} at the same in pixels
 */
function nearness(place, latlng, at) {
  const { map } = state;
  const pane = -state.atlas.drawing.indexOf(place.layer);
  if (isPoint(place)) {
    const [lon, lat] = place.geometry.coordinates;
    const gap = at.distanceTo(map.latLngToContainerPoint([lat, lon]));
    return gap <= NEAR_POINT ? [1, gap] : null;
  }
  if (isLine(place)) {
    const gap = gapTo(linesOf(place.geometry), at);
    return gap <= NEAR ? [2, pane, gap] : null;
  }
  const looks = looksOf(place.id);
  if (looks.edged && gapTo(linesOf(place.geometry), at) <= NEAR / 2) return [2, pane, 0];
  if (!areaHolds(place, latlng.lng, latlng.lat)) return null;
  const base = state.layers.get(place.layer)?.group === "base";
  return [3, base ? 2 : looks.filled ? 0 : 1, pane, place.area];
}

/**
 * @param {number[]} a
 * @param {number[]} b
 */
function compare(a, b) {
  const at = a.findIndex((value, i) => value !== b[i]);
  return at < 0 ? 0 : a[at] - b[at];
}

/**
 * The ids of all places at a point of the map, topmost first; the place whose label is there comes before all.
 * @param {L.LatLng} latlng
 */
export function placesAt(latlng) {
  const { map } = state;
  const at = map.latLngToContainerPoint(latlng);
  const named = namedAt(at);
  const around = L.latLngBounds(
    map.containerPointToLatLng(at.subtract([NEAR, NEAR])),
    map.containerPointToLatLng(at.add([NEAR, NEAR])),
  );
  /** @type {[string, number[]][]} */
  const found = [];
  for (const [id, layer] of drawn) {
    const place = placeOf(id);
    const [west, south, east, north] = place.box;
    if (roleOf(place) === "land" || !map.hasLayer(layer)) continue;
    if (!isPoint(place) && !around.intersects([[south, west], [north, east]])) continue; // biome-ignore format: a box
    const near = id === named ? [0] : nearness(place, latlng, at);
    if (near) found.push([id, near]);
  }
  return found.sort((a, b) => compare(a[1], b[1])).map(([id]) => id);
}

/** Where the map was last clicked. @type {L.LatLng | null} */
let clicked = null;
/** A tool that takes clicks instead. @type {((latlng: L.LatLng) => void) | null} */
let taker = null;

/**
 * Gives clicks on the map to a tool; null ends that.
 * @param {typeof taker} take
 */
export function takeClicks(take) {
  taker = take;
}

/**
 * Selects the topmost item at a click; further clicks at the same point cycle through the items below it.
 * @param {L.LatLng} latlng
 * @param {string} [hit] id of the mark that was clicked, which comes first
 */
export function selectAt(latlng, hit) {
  if (taker) return taker(latlng);
  const { map, chosen, incidents } = state;
  const at = map.latLngToContainerPoint(latlng);
  const again = clicked !== null && map.latLngToContainerPoint(clicked).distanceTo(at) <= AGAIN;
  clicked = latlng;
  const rows = incidents ? incidents.at(latlng) : [];
  const under = placesAt(latlng);
  const here = hit ? [hit, ...under.filter((id) => id !== hit)] : under;
  const stack = stackOf(here, here[0] !== undefined && here[0] === namedAt(at), rows, ownAt(latlng));
  if (!stack.length) return;
  const now = stack.findIndex((item) => isChosen(item, chosen));
  const next = stack[again ? (now + 1) % stack.length : 0];
  if (next?.own) openOwn(next.own);
  else if (next?.rows) openIncidents(next.rows);
  else if (next?.id) select(next.id, { here });
}

/**
 * What can be selected at a point: places, incidents, and features of the reader's own layers.
 * @typedef {{ id?: string, rows?: number[], own?: OwnHit }} Item
 */

/**
 * What is at a point, topmost first: the place whose name is there and points; the reader's own points and lines;
 * incidents; other places; the reader's own areas.
 * @param {string[]} here ids of places, topmost first
 * @param {boolean} named whether the name of the first of them is there
 * @param {number[]} rows incidents
 * @param {OwnHit[]} own
 * @returns {Item[]}
 */
function stackOf(here, named, rows, own) {
  const top = here.filter((id, i) => isPoint(placeOf(id)) || (named && i === 0));
  /** @param {string[]} ids */
  const places = (ids) => ids.map((id) => ({ id }));
  return [
    ...places(top),
    ...own.filter(({ area }) => !area).map((hit) => ({ own: hit })),
    ...(rows.length ? [{ rows }] : []),
    ...places(here.filter((id) => !top.includes(id))),
    ...own.filter(({ area }) => area).map((hit) => ({ own: hit })),
  ];
}

/**
 * @param {Item} item
 * @param {Chosen} chosen
 */
function isChosen({ id, rows, own }, chosen) {
  if (own) return chosen.own?.own === own.own;
  if (rows) return chosen.incidents !== undefined;
  return id !== undefined && id === chosen.id;
}

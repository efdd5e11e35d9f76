/* Labels on the map, and the list of places whose labels do not fit. */

/** @import { PlaceItem } from "./payload.d.ts" */
/** @import { PixelBox, Point } from "./types.d.ts" */
/** @import { Candidate } from "./label_layout.js" */

import { badgeBox, badges } from "./badges.js";
import { make } from "./dom.js";
import { areaHolds, isLine, isPoint, linesOf, overlap } from "./geometry.js";
import { anchorOf, byWorth, isWanted, layOut, spotsFor } from "./label_layout.js";
import { litPlaces } from "./selection.js";
import { $, $$, layerOf, placeOf, roleOf, state } from "./state.js";
import { textWidth } from "./text_width.js";
import { spokenOf } from "./visible.js";
import { labelOf, languageOf, nameOf, words } from "./words.js";

/**
 * Label positions (lon, lat) of large areas whose own are off the map.
 * @type {Map<string, Point>}
 */
const anchors = new Map();
/** Cached results of `partsInSight` since the map last moved. @type {Map<string, Point[]>} */
const sights = new Map();
/** Places that are listed instead of labelled, with their numbers of statements. @type {[string, number][]} */
let unlabelled = [];
/** The state for which the labels were last drawn. */
let lastLabelled = "";
/** Places whose names change with time. @type {string[] | undefined} */
let renamed;

/** Finds the middle of the visible part of each large area; only after the map has moved. */
export function placeAnchors() {
  const { map } = state;
  anchors.clear();
  sights.clear();
  const { x, y } = map.getSize();
  const bounds = map.getBounds();
  const [columns, rows] = [9, 7];
  const middles = Array.from({ length: columns * rows }, (_, cell) => {
    const { lng, lat } = map.containerPointToLatLng([
      ((Math.floor(cell / rows) + 0.5) / columns) * x,
      (((cell % rows) + 0.5) / rows) * y,
    ]);
    return /** @type {Point} */ ([lng, lat]);
  });
  const box = /** @type {[number, number, number, number]} */ (
    [bounds.getWest(), bounds.getSouth(), bounds.getEast(), bounds.getNorth()] // biome-ignore format: one box
  );
  for (const place of state.places.values()) {
    const large = ["country", "province"].includes(roleOf(place) ?? "");
    const anchor = large ? anchorOf(place, { box, rows, middles }) : null;
    if (anchor) anchors.set(place.id, anchor);
  }
}

/**
 * The default label position of a place, in pixels of the map.
 * @param {PlaceItem} place
 */
function spotOf(place) {
  const [lon, lat] = /** @type {Point} */ (anchors.get(place.id) ?? place.at);
  return state.map.latLngToContainerPoint([lat, lon]);
}

/** The number of statements of each visible place, as shown on its badge or next to its label. */
function countStatements() {
  const counts = new Map([...badges].map(([id, { statements }]) => [id, statements]));
  for (const id of state.shown.places) {
    const place = placeOf(id);
    const n = isPoint(place) || !place.at ? 0 : spokenOf(id).length;
    if (n) counts.set(id, n);
  }
  return counts;
}

/** Redraws the labels if anything they depend on has changed. */
export function paintLabelsIfChanged() {
  const { shown, view } = state;
  renamed ??= [...state.places.values()].filter(({ namesWhen }) => namesWhen.length).map(({ id }) => id);
  const key = [
    ...shown.places,
    "|",
    ...litPlaces(),
    view.names,
    view.screenshot,
    ...[...badges].map(([id, { statements }]) => id + statements),
    ...renamed.map(nameOf),
    ...[...shown.events].flat(),
  ].join(" ");
  if (key === lastLabelled) return;
  lastLabelled = key;
  paintLabels();
}

/**
 * Draws the labels, places with most statements first. Places with statements that find no room are listed with their
 * number and have no badge: a number is never shown without its name.
 */
export function paintLabels() {
  const { map, shown } = state;
  const counts = countStatements();
  const lit = litPlaces();
  const candidates = [...new Set([...shown.places, ...badges.keys()])].map(placeOf);
  const wanted = candidates.filter((place) =>
    isWanted(place, map.getZoom(), counts.get(place.id) ?? 0, lit.has(place.id)),
  );
  const ordered = byWorth(wanted, counts, lit);
  const listed = new Set([...badges.keys()].filter((id) => isCutOff(badgeBox(id))));
  let placed;
  let left;
  do {
    // the list covers part of the map; places under it are listed too
    paintBeyond([...counts].filter(([id]) => listed.has(id)).sort((a, b) => b[1] - a[1]));
    const covers = coversOf();
    const inMap = ordered.filter(({ id }) => !listed.has(id)).map((place) => candidateOf(place, counts, lit, covers));
    const written = new Set([...listed].map((id) => labelOf(placeOf(id), lit.has(id))));
    const badged = [...badges.keys()].filter((id) => !listed.has(id)).map(badgeBox);
    const { x, y } = map.getSize();
    ({ placed, left } = layOut(inMap, [...covers, ...badged], pointBoxes(), [x, y], written));
    for (const id of left) listed.add(id);
  } while (left.length);
  const nodes = [...placed].map(([id, at]) => labelNode(placeOf(id), at, counts.get(id) ?? 0, lit.has(id)));
  /** @type {HTMLElement} */ (map.getPane("m-labels")).replaceChildren(...nodes);
  for (const [id, { marker }] of badges) {
    const element = marker.getElement();
    if (element) element.hidden = listed.has(id);
  }
}

/**
 * Whether a box extends beyond the edge of the map.
 * @param {PixelBox} box
 */
function isCutOff([left, top, right, bottom]) {
  const { x, y } = state.map.getSize();
  return left < 0 || top < 0 || right > x || bottom > y;
}

/**
 * The boxes of controls over the map: buttons and the list, or the credit.
 * @returns {PixelBox[]}
 */
function coversOf() {
  const { left, top } = state.map.getContainer().getBoundingClientRect();
  const over = state.view.screenshot ? [$(".credit")] : [...$(".beyond").children];
  return [...over, ...$$(".leaflet-control-container .leaflet-control")]
    .map((node) => node.getBoundingClientRect())
    .filter(({ width }) => width)
    .map((box) => [box.left - left - 3, box.top - top - 2, box.right - left + 3, box.bottom - top + 2, ""]);
}

/**
 * The boxes of point marks.
 * @returns {PixelBox[]}
 */
function pointBoxes() {
  return [...state.shown.places]
    .map(placeOf)
    .filter(isPoint)
    .map(({ id, at }) => {
      const [lon, lat] = /** @type {Point} */ (at);
      const { x, y } = state.map.latLngToContainerPoint([lat, lon]);
      return [x - 6, y - 6, x + 6, y + 6, id];
    });
}

/**
 * @param {PlaceItem} place
 * @param {Map<string, number>} counts
 * @param {Set<string>} lit
 * @param {PixelBox[]} covers
 * @returns {Candidate}
 */
function candidateOf(place, counts, lit, covers) {
  const { id } = place;
  const { look, once } = layerOf(place);
  const name = labelOf(place, lit.has(id));
  const count = counts.get(id) ?? 0;
  const point = isPoint(place);
  const weight = lit.has(id) || place.great ? 700 : look.weight;
  const number = count && !point ? 16 + 6 * String(count).length : 0;
  const spread = look.spread ? name.length * look.size * look.spread : 0;
  const text = look.upper ? name.toUpperCase() : name;
  const width = textWidth(text, weight, look.size) + spread + number + 4;
  const height = look.size + 5;
  const spot = spotOf(place);
  return {
    id,
    name,
    shared: once,
    counted: count > 0,
    width,
    height,
    near: isSeen(place, covers)
      ? spotsFor([spot.x, spot.y], { width, height }, { point, badge: badges.get(id)?.width ?? null })
      : [],
    far: () => (point ? [] : partsInSight(place).map(([x, y]) => [x - width / 2, y - height / 2])),
  };
}

/**
 * @param {PlaceItem} place
 * @param {Point} at
 * @param {number} count
 * @param {boolean} lit
 */
function labelNode(place, at, count, lit) {
  const { id, layer, kind } = place;
  const origin = state.map.containerPointToLayerPoint([0, 0]);
  const node = make(
    "span",
    {
      class: `label label-${layer} kind-${kind}${lit ? " lit" : ""}${place.draft ? " draft" : ""}`,
      "data-place": id,
      lang: languageOf(id),
      dir: "auto",
    },
    labelOf(place, lit),
  );
  if (count && !isPoint(place)) node.append(" ", make("b", { class: "count" }, String(count)));
  node.style.transform = `translate(${Math.round(at[0] + origin.x)}px, ${Math.round(at[1] + origin.y)}px)`;
  return node;
}

/**
 * Whether a label's place is visible: a point must be on the map and uncovered; of others, some part is enough.
 * @param {PlaceItem} place
 * @param {PixelBox[]} covers
 */
function isSeen(place, covers) {
  const { map } = state;
  const [west, south, east, north] = place.box;
  if (!isPoint(place)) return map.getBounds().intersects(L.latLngBounds([south, west], [north, east]));
  const [lon, lat] = /** @type {Point} */ (place.at);
  const { x, y } = map.latLngToContainerPoint([lat, lon]);
  const size = map.getSize();
  return x >= 0 && y >= 0 && x <= size.x && y <= size.y && !covers.some((box) => overlap(box, [x, y, x, y, ""]));
}

/**
 * Points in an area or on a line, in pixels of the map, nearest to its default label position first.
 * @param {PlaceItem} place
 * @returns {Point[]}
 */
function partsInSight(place) {
  let found = sights.get(place.id);
  if (!found) {
    const at = spotOf(place);
    /** @param {Point} part */
    const gap = ([x, y]) => Math.hypot(x - at.x, y - at.y);
    found = (isLine(place) ? lineParts(place) : areaParts(place)).sort((a, b) => gap(a) - gap(b));
    sights.set(place.id, found);
  }
  return found;
}

/**
 * @param {PlaceItem} place
 * @returns {Point[]}
 */
function lineParts(place) {
  const size = state.map.getSize();
  return linesOf(place.geometry)
    .flat()
    .map(([lon, lat]) => state.map.latLngToContainerPoint([lat, lon]))
    .filter(({ x, y }) => x > 0 && y > 0 && x < size.x && y < size.y)
    .map(({ x, y }) => [x, y]);
}

/** @param {PlaceItem} place */
function areaParts(place) {
  const size = state.map.getSize();
  /** @type {Point[]} */
  const found = [];
  for (let x = 20; x < size.x; x += 24)
    for (let y = 12; y < size.y; y += 16) {
      const { lat, lng } = state.map.containerPointToLatLng([x, y]);
      if (areaHolds(place, lng, lat)) found.push([x, y]);
    }
  return found;
}

/**
 * Lists places with statements that have no label on the map, most statements first, so that none is missed.
 * @param {[string, number][]} beyond
 */
function paintBeyond(beyond) {
  const { view, map } = state;
  unlabelled = beyond;
  state.root.querySelector(".credit-beyond")?.replaceWith(beyondNote());
  const box = $(".beyond");
  const names = beyond.map(([id]) => nameOf(id));
  const key = beyond.map(([id, n]) => id + n).join(" ") + view.names + view.screenshot + map.getSize() + names;
  if (box.dataset.key === key) return;
  box.dataset.key = key;
  box.hidden = beyond.length === 0;
  box.replaceChildren(
    make("span", {}, words("beyond")),
    ...beyond.map(([id, n]) =>
      make(
        "button",
        { type: "button", class: "chip", "data-select": id },
        make("bdi", { "data-name": id, lang: languageOf(id) }, nameOf(id)),
        make("b", { class: "count" }, String(n)),
      ),
    ),
  );
}

/** The same list as text, for the screenshot view. */
export const beyondNote = () =>
  make(
    "p",
    { class: "small credit-beyond", hidden: !unlabelled.length },
    `${words("beyond")} `,
    ...unlabelled.flatMap(([id, n], i) => [i ? ", " : "", make("bdi", { lang: languageOf(id) }, nameOf(id)), ` ${n}`]),
  );

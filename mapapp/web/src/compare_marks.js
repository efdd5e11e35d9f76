/* Two days compared on the map: the land that changed hands, hatched, and the lines of the other day. */

/** @import { ChangedHolder, Geometry, PlaceItem } from "./payload.d.ts" */

import { make, svg } from "./dom.js";
import { isLine } from "./geometry.js";
import { certainty } from "./rules.js";
import { state } from "./state.js";
import { enough, hasBegun } from "./visible.js";
import { dayWords, words } from "./words.js";

const PANE = "m-compare";
const ANGLES = [45, 135, 0, 90];

/** What is drawn, for which snapshots, and in place of which places. */
const marks = { layers: /** @type {L.Layer[]} */ ([]), key: "", places: new Set(/** @type {string[]} */ ([])) };

/** Whether a hatch shows what a computed place would show again. @param {string} id */
export const isHatched = (id) => marks.places.has(id);

/**
 * The land to hatch: what each holder gained, and what it lost to nobody.
 * @param {ChangedHolder[]} found
 */
const hatched = (found) =>
  found.flatMap((holder, at) => [
    ...(holder.land ? [{ holder, left: false, at, shape: holder.land }] : []),
    ...(holder.left ? [{ holder, left: true, at, shape: holder.left }] : []),
  ]);

/**
 * @param {ChangedHolder} holder
 * @param {boolean} left
 */
const classOf = ({ layer, kind }, left) => `compared layer-${layer} kind-${kind}${left ? " left" : ""}`;

/**
 * The key of what is drawn: a row for each hatch and each line.
 * @param {ChangedHolder[]} found
 */
export const comparedKey = (found) => [
  ...hatched(found).map(({ holder, left }) => keyRow(holder, left)),
  ...lineRows(),
];

/** A row of the key for each layer whose line of the other day is drawn. */
function lineRows() {
  const day = dayWords(state.view.compare ?? 0);
  const layers = new Map(otherLines().map((place) => [place.layer, place]));
  return [...layers.values()].map((place) => {
    const path = svg("path", { d: "M1 7 H25", class: lineClass(place) });
    const swatch = svg("svg", { class: "swatch", viewBox: "0 0 26 14", "aria-hidden": "true" }, path);
    const text = words("compare-key-line", { layer: words(`layer-${place.layer}`), day });
    return make("div", { class: "key" }, swatch, make("span", {}, text));
  });
}

/**
 * @param {ChangedHolder} holder
 * @param {boolean} left
 */
function keyRow(holder, left) {
  const box = svg("rect", {
    x: 1,
    y: 1,
    width: 24,
    height: 12,
    class: classOf(holder, left),
    style: fillOf(holder, left),
  });
  const swatch = svg("svg", { class: "swatch", viewBox: "0 0 26 14", "aria-hidden": "true" }, box);
  const kind = words(`place-kind-${holder.kind}`);
  return make(
    "div",
    { class: "key" },
    swatch,
    make("span", {}, words(left ? "compare-key-left" : "compare-key-gained", { kind })),
  );
}

/**
 * @param {ChangedHolder} holder
 * @param {boolean} left
 */
const hatchOf = ({ kind }, left) => `compared-${kind}${left ? "-left" : ""}`;

/**
 * The hatches, each in the colour of a kind of area; dashed for land that it lost to nobody.
 * @param {ChangedHolder[]} found
 */
function hatches(found) {
  const patterns = hatched(found).map(({ holder, left, at }) => {
    const style = `stroke-width:2px;stroke-opacity:1;stroke-dasharray:${left ? "2 3" : "none"}`;
    const attributes = {
      id: hatchOf(holder, left),
      width: 7,
      height: 7,
      patternUnits: "userSpaceOnUse",
      patternTransform: `rotate(${ANGLES[at % ANGLES.length]})`,
    };
    return svg(
      "pattern",
      attributes,
      svg("path", { d: "M0 0V7", class: `layer-${holder.layer} kind-${holder.kind}`, style }),
    );
  });
  return svg(
    "svg",
    { class: "defs compare-hatches", width: 0, height: 0, "aria-hidden": "true" },
    svg("defs", {}, ...patterns),
  );
}

/**
 * @param {ChangedHolder} holder
 * @param {boolean} left
 */
const fillOf = (holder, left) => `fill:url(#${hatchOf(holder, left)})`;

/**
 * Draws hatches and the lines of the other day, if they are not there already. Returns whether other places have
 * hatches in their stead than before.
 * @param {string} key
 * @param {ChangedHolder[]} found
 */
export function drawCompared(key, found) {
  if (marks.key === key) return false;
  const before = [...marks.places].join();
  marks.places = new Set(found.filter(({ contested }) => !contested).flatMap(({ places }) => places));
  drawMarks(key, found);
  return before !== [...marks.places].join();
}

/**
 * @param {string} key
 * @param {ChangedHolder[]} found
 */
function drawMarks(key, found) {
  marks.key = key;
  for (const layer of marks.layers) layer.remove();
  marks.layers = [];
  state.root.querySelector(".compare-hatches")?.remove();
  if (!key) return;
  if (!state.map.getPane(PANE)) {
    const pane = state.map.createPane(PANE);
    pane.style.zIndex = "395";
    pane.style.pointerEvents = "none";
  }
  state.root.append(hatches(found));
  const areas = hatched(found).map(({ holder, left, shape }) =>
    shapeOf(shape, classOf(holder, left), fillOf(holder, left)),
  );
  marks.layers = [...areas, ...otherLines().map((place) => shapeOf(place.geometry, lineClass(place)))];
}

/** @param {PlaceItem} place */
const lineClass = (place) => `compared-line layer-${place.layer} kind-${place.kind}`;

/** The lines that show on the compared day and not on the last one. */
function otherLines() {
  const day = state.view.compare ?? 0;
  const dated = new Set(state.atlas.layers.filter(({ snapshot }) => snapshot).map(({ id }) => id));
  return [...state.places.values()].filter(
    (place) =>
      dated.has(place.layer) &&
      isLine(place) &&
      hasBegun(place) &&
      !state.shown.places.has(place.id) &&
      !state.view.hidden.has(place.layer) &&
      certainty(place, day, day) >= enough(),
  );
}

/**
 * @param {Geometry} geometry
 * @param {string} className
 * @param {string} [style]
 */
function shapeOf(geometry, className, style) {
  const feature = /** @type {GeoJSON.Feature} */ ({ type: "Feature", geometry });
  const options = { pane: PANE, className, interactive: false, smoothFactor: 0.8, weight: 1, fill: Boolean(style) };
  const layer = L.GeoJSON.geometryToLayer(feature, /** @type {L.GeoJSONOptions} */ (/** @type {unknown} */ (options)));
  layer.addTo(state.map);
  const node = /** @type {L.Path} */ (layer).getElement?.();
  if (node && style) node.setAttribute("style", style);
  return layer;
}

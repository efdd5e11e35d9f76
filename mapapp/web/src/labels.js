/* Labels on the map, and the list of places whose labels do not fit. */

/** @import { PlaceItem } from "./payload.d.ts" */
/** @import { PixelBox, Point } from "./types.d.ts" */
/** @import { Candidate } from "./label_layout.js" */

import { badgeBox, badges, moveBadge, moveOf, ownBox } from "./badges.js";
import { paintBeyond } from "./beyond.js";
import { make, setChildren } from "./dom.js";
import { isLine, isPoint, linesOf, overlap, spansAt } from "./geometry.js";
import { anchorOf, byWorth, isTurning, isWanted, layOut, spotsFor, spreadBadges } from "./label_layout.js";
import { litPlaces } from "./selection.js";
import { $, $$, layerOf, placeOf, roleOf, state } from "./state.js";
import { textWidth } from "./text_width.js";
import { spokenOf } from "./visible.js";
import { labelOf, languageOf, nameOf, numberWords } from "./words.js";

/**
 * Label positions (lon, lat) of large areas whose own are off the map.
 * @type {Map<string, Point>}
 */
const anchors = new Map();
/** Cached results of `partsInSight` since the map last moved. @type {Map<string, Point[]>} */
const sights = new Map();
/** The state for which the labels were last drawn. */
let lastLabelled = "";
/** Places whose names change with time. @type {string[] | undefined} */
let renamed;

/** Finds the middle of the visible part of each large area; only after the map has moved. */
export function placeAnchors() {
  const { map } = state;
  anchors.clear();
  sights.clear();
  forgetControls();
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
export function spotOf(place) {
  const [west, south, east, north] = place.box;
  const [lon, lat] = anchors.get(place.id) ?? place.at ?? [(west + east) / 2, (south + north) / 2];
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

/** Whether labels wait until `labelOnce` ends, and whether they are to be drawn then. */
let waiting = false;
let wanting = false;

/**
 * Makes several changes to the map and then draws the labels once, because their layout is slow.
 * @param {() => void} change
 */
export function labelOnce(change) {
  waiting = true;
  wanting = false;
  change();
  waiting = false;
  if (wanting) paintLabels();
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
  wanting = waiting;
  if (waiting) return;
  const { map, shown } = state;
  const counts = countStatements();
  const lit = litPlaces();
  const candidates = [...new Set([...shown.places, ...badges.keys()])].map(placeOf);
  const wanted = candidates.filter((place) =>
    isWanted(place, map.getZoom(), counts.get(place.id) ?? 0, lit.has(place.id), factCount(place.id)),
  );
  const ordered = byWorth(wanted, counts, lit, factCount);
  const listed = new Set(spread(ordered.map(({ id }) => id)));
  let placed;
  let left;
  do {
    // the list covers part of the map; places under it are listed too
    const beyond = [...counts].filter(([id]) => listed.has(id)).sort((a, b) => b[1] - a[1]);
    if (paintBeyond(beyond)) delete measured.listed;
    const covers = coversOf();
    const inMap = ordered.filter(({ id }) => !listed.has(id)).map((place) => candidateOf(place, counts, lit, covers));
    const written = new Set([...listed].map((id) => labelOf(placeOf(id), lit.has(id))));
    const badged = [...badges.keys()].filter((id) => !listed.has(id)).map(badgeBox);
    const { x, y } = map.getSize();
    ({ placed, left } = layOut(inMap, [...covers, ...badged], pointBoxes(), [x, y], written));
    for (const id of left) listed.add(id);
  } while (left.length);
  setChildren(
    /** @type {HTMLElement} */ (map.getPane("m-labels")),
    [...placed].map(([id, at]) => labelFor(placeOf(id), at, counts.get(id) ?? 0, lit.has(id))),
  );
  for (const [id, { marker }] of badges) {
    const element = marker.getElement();
    if (element) element.hidden = listed.has(id);
  }
}

/**
 * How many background facts are about a place; not counted for points that are no settlements, which are too many to
 * be named early.
 * @param {string} id
 */
function factCount(id) {
  const place = placeOf(id);
  const named = !isPoint(place) || roleOf(place) === "settlement";
  return named ? (state.atlas.factsOf[id]?.length ?? 0) : 0;
}

/**
 * Moves badges apart that would cover each other; returns those without room on the map.
 * @param {string[]} order of places, best first
 */
function spread(order) {
  const { x, y } = state.map.getSize();
  const own = order.filter((id) => badges.has(id)).map((id) => ({ id, box: ownBox(id) }));
  const { moved, left } = spreadBadges(own, [x, y]);
  for (const [id, move] of moved) moveBadge(id, move);
  return left;
}

/**
 * The boxes of the list and of controls over the map, once measured: to measure after a change makes the browser lay
 * out the page once more.
 * @type {{ listed?: PixelBox[], controls?: PixelBox[] }}
 */
const measured = {};

/** Measures the controls over the map anew before the next labels are drawn; called when one has changed its size. */
export function forgetControls() {
  delete measured.controls;
}

/** The boxes of controls over the map: buttons and the list, or the credit. */
function coversOf() {
  if (state.view.screenshot) return [...boxesOf([$(".credit")]), ...boxesOf(mapControls())];
  measured.listed ??= boxesOf([...$(".beyond").children]);
  measured.controls ??= boxesOf([$(".search"), $(".panel-toggle"), $(".how-to-read"), ...mapControls()]);
  return [...measured.listed, ...measured.controls];
}

const mapControls = () => $$(".leaflet-control-container .leaflet-control");

/**
 * The boxes of elements over the map with some room around them; those that are hidden have none.
 * @param {Element[]} nodes
 * @returns {PixelBox[]}
 */
function boxesOf(nodes) {
  const { left, top } = state.map.getContainer().getBoundingClientRect();
  return nodes
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
  const [right, down] = moveOf(id);
  return {
    id,
    name,
    shared: once,
    counted: count > 0,
    sought: isTurning(factCount(id)),
    width,
    height,
    near: isSeen(place, covers)
      ? spotsFor([spot.x + right, spot.y + down], { width, height }, { point, badge: badges.get(id)?.width ?? null })
      : [],
    far: () => (point ? [] : partsInSight(place).map(([x, y]) => [x - width / 2, y - height / 2])),
  };
}

/**
 * The label last drawn for each place, and what it was drawn for.
 * @type {Map<string, { look: string, node: HTMLElement }>}
 */
const drawn = new Map();

/**
 * The label of a place at a position; the one drawn before, if it looks the same.
 * @param {PlaceItem} place
 * @param {Point} at
 * @param {number} count
 * @param {boolean} lit
 */
function labelFor(place, at, count, lit) {
  const { id } = place;
  const number = isPoint(place) ? 0 : count;
  const look = [labelOf(place, lit), languageOf(id), number, lit].join("|");
  const before = drawn.get(id);
  const label = before?.look === look ? before : { look, node: labelNode(place, number, lit) };
  drawn.set(id, label);
  const origin = state.map.containerPointToLayerPoint([0, 0]);
  const move = `translate(${Math.round(at[0] + origin.x)}px, ${Math.round(at[1] + origin.y)}px)`;
  if (label.node.style.transform !== move) label.node.style.transform = move;
  return label.node;
}

/**
 * @param {PlaceItem} place
 * @param {number} number of statements, 0 for none beside the name
 * @param {boolean} lit
 */
function labelNode(place, number, lit) {
  const { id, layer, kind } = place;
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
  if (number) node.append(" ", make("b", { class: "count" }, numberWords(number)));
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
export function partsInSight(place) {
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

/**
 * @param {PlaceItem} place
 * @returns {Point[]}
 */
function areaParts({ geometry }) {
  const { map } = state;
  const { x: width, y: height } = map.getSize();
  /** @type {Point[]} */
  const found = [];
  for (let y = 12; y < height; y += 16) {
    const { lat } = map.containerPointToLatLng([0, y]); // the same for the whole row
    const spans = spansAt(geometry, lat).map((lons) => lons.map((lon) => map.latLngToContainerPoint([lat, lon]).x));
    for (let x = 20; x < width; x += 24) if (spans.some(([from, to]) => x > from && x <= to)) found.push([x, y]);
  }
  return found;
}

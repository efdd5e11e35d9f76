/* Layers of the reader's own: files dropped on the page or chosen, drawn over the map, on this screen alone. They are
 * in no address, are sent nowhere, and are gone once the tab is closed; the files are kept until then and read again,
 * with the same checks, when the page is loaded again. Their texts are only ever text.
 */

/** @import { Fault, OwnFeature, Shape } from "./own_layer_readers/collector.js" */
/** @import { OwnHit, Point } from "./types.d.ts" */

import { button, inputOf, make, on, svg } from "./dom.js";
import { notice } from "./notice.js";
import { touch } from "./own_layer_hits.js";
import { MOST_BYTES, readOwnLayer } from "./own_layer_readers/reader.js";
import { openOwn, select } from "./selection.js";
import { $, changed, state } from "./state.js";
import { recall, remember } from "./tab_memory.js";
import { words } from "./words.js";

const MOST_LISTED = 20; // faults of a file
const MOST_CHIPS = 300; // features listed in the panel
const KEPT = "own-layers";
const MOST_KEPT = 4_000_000; // letters; browsers have room for 5 million of a site in each tab
const PIECE = 30_000; // bytes turned into letters at a time
const ACCEPTED = ".geojson,.json,.kml,.gpx,.csv,.tsv";

/**
 * A layer of the reader's own.
 * @typedef {{ file: string, bytes: Uint8Array, features: OwnFeature[], drawing: L.LayerGroup,
 *   visible: boolean }} OwnLayer
 */

/** @type {OwnLayer[]} */
let layers = [];
/** @type {L.Renderer | undefined} */
let canvas;

/** The group of the panel: a row for each layer, and the button that adds one. */
export function ownGroup() {
  const input = make("input", { type: "file", accept: ACCEPTED, multiple: true, hidden: true, "data-own-file": "" });
  on(input, {
    change: async () => {
      await addFiles([...(input.files ?? [])]);
      input.value = ""; // so that the same file can be chosen again
    },
  });
  return make(
    "fieldset",
    { class: "group group-own" },
    make("legend", {}, words("group-own")),
    make("div", { class: "own-rows" }),
    make("div", { class: "own-faults", role: "alert" }),
    input,
    button({ class: "own-add" }, () => input.click(), words("own-add")),
    make("p", { class: "small" }, words("own-note")),
  );
}

/** Takes files that are dropped on the page. */
export function listenForDrops() {
  const pane = state.map.createPane("m-own");
  pane.style.zIndex = "450"; // over areas and lines, under points and names
  pane.style.pointerEvents = "none";
  /** @param {DragEvent} event */
  const holdsFiles = (event) => [...(event.dataTransfer?.types ?? [])].includes("Files");
  /** @param {boolean} over */
  const mark = (over) => state.root.classList.toggle("dropping", over);
  document.addEventListener("dragover", (event) => {
    if (!holdsFiles(event)) return;
    event.preventDefault();
    mark(true);
  });
  document.addEventListener("dragleave", (event) => event.relatedTarget === null && mark(false));
  document.addEventListener("drop", (event) => {
    if (!holdsFiles(event)) return;
    event.preventDefault();
    mark(false);
    addFiles([...(event.dataTransfer?.files ?? [])]);
  });
}

/**
 * Reads files one after another, and says what is wrong with them.
 * @param {File[]} files
 */
async function addFiles(files) {
  $(".own-faults").replaceChildren();
  for (const file of files) {
    const { features, faults, bytes } = await readFile(file);
    if (faults.length) showFaults(file.name, faults);
    else addLayer(file.name, features, bytes);
  }
}

/** @param {File} file */
async function readFile(file) {
  const tooLarge = file.size > MOST_BYTES; // it is not read at all
  const bytes = tooLarge ? new Uint8Array(MOST_BYTES + 1) : new Uint8Array(await file.arrayBuffer());
  return { ...readOwnLayer(file.name, bytes), bytes };
}

/** Keeps the layers in this tab, as far as there is room. Returns whether all are kept. */
function keep() {
  let room = MOST_KEPT;
  const kept = layers.filter(({ bytes }) => {
    const size = Math.ceil(bytes.length / 3) * 4;
    if (size > room) return false;
    room -= size;
    return true;
  });
  const written = kept.map(({ file, bytes, visible }) => ({ file, visible, data: inLetters(bytes) }));
  return remember(KEPT, kept.length ? JSON.stringify(written) : null) && kept.length === layers.length;
}

/** @param {Uint8Array} bytes */
function inLetters(bytes) {
  const pieces = [];
  for (let at = 0; at < bytes.length; at += PIECE) pieces.push(String.fromCharCode(...bytes.subarray(at, at + PIECE)));
  return btoa(pieces.join(""));
}

/** Draws the layers again that the page had in this tab before it was loaded anew. */
export function restoreOwn() {
  try {
    for (const { file, visible, data } of JSON.parse(recall(KEPT) ?? "[]")) {
      const bytes = Uint8Array.from(atob(data), (letter) => letter.charCodeAt(0));
      const { features, faults } = readOwnLayer(String(file), bytes);
      if (!faults.length)
        layers.push({ file: String(file), bytes, features, drawing: draw(features), visible: !!visible });
    }
  } catch {
    remember(KEPT, null); // not ours
  }
  for (const { drawing, visible } of layers) if (visible) drawing.addTo(state.map);
  paintRows();
}

/**
 * @param {string} file
 * @param {Fault[]} faults
 */
function showFaults(file, faults) {
  const lines = faults.slice(0, MOST_LISTED).map((fault) => make("li", {}, faultWords(file, fault)));
  const more = faults.length - lines.length;
  if (more) lines.push(make("li", {}, words("own-more-faults", { n: more })));
  $(".own-faults").append(
    make("p", {}, make("b", {}, words("own-refused", { file, n: faults.length }))),
    make("ul", {}, ...lines),
  );
  $(".own-faults").scrollIntoView({ block: "nearest" });
  notice(words("own-refused", { file, n: faults.length }));
}

/**
 * @param {string} file
 * @param {Fault} fault
 */
function faultWords(file, { unit, n, code, got }) {
  const where = words(`own-at-${unit}`, { file, number: n });
  const what = words(`own-fault-${code}`);
  return words(got ? "own-fault-got" : "own-fault", { where, what, got, fix: words(`own-fix-${code}`) });
}

/**
 * @param {string} file
 * @param {OwnFeature[]} features
 * @param {Uint8Array} bytes
 */
function addLayer(file, features, bytes) {
  const layer = { file, bytes, features, drawing: draw(features), visible: true };
  layers = [...layers, layer];
  layer.drawing.addTo(state.map);
  paintRows();
  const box = boxOf(features);
  if (!state.map.getBounds().intersects(box)) state.map.fitBounds(box, { maxZoom: 12, animate: false });
  const added = words("own-added", { file, n: features.length });
  notice(keep() ? added : `${added}. ${words("own-not-kept")}`);
  changed("own");
}

/**
 * The corners of a shape, as Leaflet takes them.
 * @param {Shape} shape
 * @returns {[number, number][]}
 */
function positionsOf({ type, coordinates }) {
  const all = type === "Point" ? [coordinates] : type === "LineString" ? coordinates : coordinates.flat();
  return all.map(([lon, lat]) => [lat, lon]);
}

/**
 * Draws features in the colour of the reader's own, with an edge of paper around it that nothing else has.
 * @param {OwnFeature[]} features
 */
function draw(features) {
  const pane = "m-own";
  canvas ??= L.canvas({ pane, padding: 0.3 });
  const style = getComputedStyle(document.documentElement);
  const [color, halo] = ["--own", "--halo"].map((name) => style.getPropertyValue(name).trim());
  const common = { pane, renderer: canvas, interactive: false };
  /**
   * @param {Shape} shape
   * @returns {L.Layer[]}
   */
  const parts = (shape) => {
    const at = positionsOf(shape);
    if (shape.type === "Point") {
      const [place] = /** @type {[[number, number]]} */ (at);
      return [
        L.circleMarker(place, { ...common, radius: 6.5, color: halo, weight: 2, fillColor: color, fillOpacity: 1 }),
        L.circleMarker(place, { ...common, radius: 2, stroke: false, fillColor: halo, fillOpacity: 1 }),
      ];
    }
    const lines = shape.type === "LineString" ? [at] : shape.coordinates.map((ring) => ring.map(([x, y]) => [y, x]));
    const rings = /** @type {[number, number][][]} */ (lines);
    return [
      ...(shape.type === "Polygon"
        ? [L.polygon(rings, { ...common, stroke: false, fillColor: color, fillOpacity: 0.14 })]
        : []),
      L.polyline(rings, { ...common, color: halo, weight: 6, opacity: 0.9 }),
      L.polyline(rings, { ...common, color, weight: 3, opacity: 1 }),
    ];
  };
  return L.layerGroup(features.flatMap(({ shapes }) => shapes.flatMap(parts)));
}

/** The sign of the reader's own layers, for panel and key. */
const swatch = () =>
  svg(
    "svg",
    { class: "swatch own-swatch", viewBox: "0 0 26 14", "aria-hidden": "true" },
    svg("path", { d: "M1 7H25", class: "own-line" }),
    svg("circle", { cx: 13, cy: 7, r: 4.5, class: "own-point" }),
    svg("circle", { cx: 13, cy: 7, r: 1.5, class: "own-dot" }),
  );

function paintRows() {
  $(".own-rows").replaceChildren(...layers.map(row));
}

/** @param {OwnLayer} layer */
function row(layer) {
  const input = on(make("input", { type: "checkbox" }), { change: (event) => show(layer, inputOf(event).checked) });
  input.checked = layer.visible;
  const name = words("own-layer", { file: layer.file });
  const label = words("own-remove", { file: layer.file });
  return make(
    "div",
    { class: "row own-row" },
    make(
      "label",
      {},
      input,
      make("span", { class: "switch" }),
      make("span", { class: "row-name" }, name),
      make("span", { class: "row-swatch" }, swatch()),
    ),
    button({ class: "quiet", title: label, "aria-label": label }, () => remove(layer), "×"),
    featureList(layer),
  );
}

/**
 * The list of a layer's features, filled when it is opened.
 * @param {OwnLayer} layer
 */
function featureList(layer) {
  const { features, file } = layer;
  const summary = make("summary", { title: words("list-places") }, words("own-features", { n: features.length }));
  const box = make("div", { class: "places" });
  const fill = () => {
    const chips = features.slice(0, MOST_CHIPS).map((own, i) => {
      const name = own.name ?? words("own-feature", { number: i + 1 });
      return button({ class: "chip", dir: "auto" }, () => goToFeature({ own, file, number: i + 1 }), name);
    });
    box.replaceChildren(...chips);
  };
  const details = make("details", {}, summary, box);
  return on(details, { toggle: () => details.open && fill() });
}

/** @param {OwnHit} hit */
function goToFeature(hit) {
  const box = boxOf([hit.own]);
  if (!state.map.getBounds().contains(box)) state.map.fitBounds(box, { maxZoom: 12, animate: false });
  openOwn(hit);
}

/** @param {OwnFeature[]} features */
function boxOf(features) {
  const box = L.latLngBounds([]);
  for (const { shapes } of features) for (const shape of shapes) for (const at of positionsOf(shape)) box.extend(at);
  return box;
}

/**
 * @param {OwnLayer} layer
 * @param {boolean} visible
 */
function show(layer, visible) {
  layer.visible = visible;
  if (visible) layer.drawing.addTo(state.map);
  else layer.drawing.remove();
  keep();
  closeCardOf(layer);
  changed("own");
}

/** @param {OwnLayer} layer */
function remove(layer) {
  layer.drawing.remove();
  layers = layers.filter((one) => one !== layer);
  keep();
  closeCardOf(layer);
  paintRows();
  notice(words("own-removed", { file: layer.file }));
  /** @type {HTMLElement} */ ($(".own-add")).focus();
  changed("own");
}

/**
 * Closes the card if its feature has been removed from the map.
 * @param {OwnLayer} layer
 */
function closeCardOf(layer) {
  const { own } = state.chosen;
  if (own && layer.features.includes(own.own)) select(null);
}

/** Draws the layers in the colours of the page's theme, after it has changed. */
export function restyleOwn() {
  for (const layer of layers) {
    layer.drawing.remove();
    layer.drawing = draw(layer.features);
    if (layer.visible) layer.drawing.addTo(state.map);
  }
}

/** The entries of the key, for the screenshot view and paper. */
export const ownKeys = () =>
  layers
    .filter(({ visible }) => visible)
    .map(({ file }) => make("div", { class: "key" }, swatch(), make("span", {}, words("own-layer", { file }))));

/**
 * The features at a point of the map: points, then lines and edges, then areas; of each, what was added last first.
 * @param {L.LatLng} latlng
 * @returns {OwnHit[]}
 */
export function ownAt(latlng) {
  const { map } = state;
  /** @param {[number, number]} position */
  const pixels = ([lon, lat]) => {
    const { x, y } = map.latLngToContainerPoint([lat, lon]);
    return /** @type {Point} */ ([x, y]);
  };
  const at = pixels([latlng.lng, latlng.lat]);
  /** @type {{ hit: OwnHit, touched: number }[]} */
  const found = [];
  for (const { file, features, visible } of [...layers].reverse()) {
    if (!visible) continue;
    features.forEach((feature, i) => {
      const touches = feature.shapes.map((shape) => touch(inPixels(shape, pixels), at)).filter((one) => one !== null);
      if (touches.length) found.push({ hit: { own: feature, file, number: i + 1 }, touched: Math.min(...touches) });
    });
  }
  return found.sort((a, b) => a.touched - b.touched).map(({ hit, touched }) => ({ ...hit, area: touched === 3 }));
}

/**
 * @param {Shape} shape
 * @param {(position: [number, number]) => Point} pixels
 */
function inPixels({ type, coordinates }, pixels) {
  if (type === "Point") return { type, coordinates: pixels(coordinates) };
  if (type === "LineString") return { type, coordinates: coordinates.map(pixels) };
  return { type, coordinates: coordinates.map((ring) => ring.map(pixels)) };
}

/**
 * The card of a feature: its properties as text, and whose they are.
 * @param {OwnHit} hit
 */
export function ownCard({ own: { name, properties }, file, number }) {
  const rows = properties.flatMap(([key, text]) => [
    make("dt", { dir: "auto" }, key),
    make("dd", { dir: "auto" }, text),
  ]);
  return make(
    "section",
    { class: "card own-card" },
    make("p", { class: "card-kind" }, words("own-layer", { file })),
    make("h4", { dir: "auto" }, name ?? words("own-feature", { number })),
    rows.length ? make("dl", {}, ...rows) : null,
    make("p", { class: "note" }, words("own-whose")),
  );
}

/* Measures distances on the map: clicks, or Enter at the crosshair, add points; Escape clears them, then ends. What is
 * measured stays on this screen: it is in no address and no export.
 */

import { button, make } from "./dom.js";
import { distance, lengthParts, turned } from "./geodesic.js";
import { takeClicks } from "./hits.js";
import { $, state } from "./state.js";
import { tool } from "./tools.js";
import { words } from "./words.js";

/** The points so far. @type {L.LatLng[]} */
let points = [];
/** What is drawn of them. @type {L.LayerGroup | null} */
let drawing = null;
let measuring = false;

export const measureTool = () => {
  const node = tool("distance", () => (measuring ? stop() : start()));
  node.setAttribute("aria-pressed", "false");
  return node;
};

/** Prepares the map: a pane for what is drawn, and a box for the lengths. */
export function addMeasure() {
  const pane = state.map.createPane("m-measure");
  pane.style.zIndex = "650";
  pane.style.pointerEvents = "none";
  $(".stage").append(
    make("div", { class: "crosshair", "aria-hidden": "true" }),
    make("section", { class: "measure", "aria-label": words("distance"), hidden: true }),
  );
  state.root.addEventListener("keydown", onKey, { capture: true });
}

function start() {
  measuring = true;
  takeClicks(add);
  state.map.doubleClickZoom.disable();
  state.map.getContainer().focus({ preventScroll: true });
  paint();
}

function stop() {
  measuring = false;
  takeClicks(null);
  state.map.doubleClickZoom.enable();
  points = [];
  paint();
}

/** @param {L.LatLng} latlng */
function add(latlng) {
  points.push(latlng);
  paint();
}

function undo() {
  points.pop();
  paint();
}

function clear() {
  points = [];
  paint();
}

/** @param {KeyboardEvent} event */
function onKey(event) {
  if (!measuring) return;
  const target = /** @type {Element} */ (event.target);
  if (target.closest("input, select, .copy-field")) return;
  const onMap = target === state.map.getContainer();
  if (event.key === "Escape") points.length ? clear() : stop();
  else if (onMap && event.key === "Enter") add(state.map.getCenter());
  else if (onMap && event.key === "Backspace") undo();
  else return;
  event.preventDefault();
  event.stopPropagation();
}

/** @param {number} metres */
function lengthWords(metres) {
  const { unit, value, decimals } = lengthParts(metres);
  return words(`length-${unit}`, { length: Number(value.toFixed(decimals)) });
}

/** The lengths between the points, in metres. */
const legs = () =>
  points.slice(1).map(({ lng, lat }, i) => {
    const from = /** @type {L.LatLng} */ (points[i]);
    return distance([turned(from.lng), from.lat], [turned(lng), lat]);
  });

function paint() {
  $(".tool.distance").setAttribute("aria-pressed", String(measuring));
  state.root.classList.toggle("measuring", measuring);
  drawing?.remove();
  drawing = measuring ? drawPoints().addTo(state.map) : null;
  const box = $(".measure");
  box.hidden = !measuring;
  if (!measuring) return box.replaceChildren();
  const lengths = legs();
  const total = lengths.reduce((sum, length) => sum + length, 0);
  let said = box.querySelector(".measure-total");
  if (!said) {
    said = make("p", { class: "measure-total", role: "status" });
    box.append(said);
  }
  said.textContent = lengths.length
    ? words("measure-total", { length: lengthWords(total) })
    : words(points.length ? "measure-next" : "measure-first");
  for (const node of [...box.children]) if (node !== said) node.remove();
  if (lengths.length > 1)
    said.before(make("ol", { class: "measure-legs" }, ...lengths.map((length) => make("li", {}, lengthWords(length)))));
  box.append(
    make("p", { class: "measure-note" }, words("measure-note")),
    ...(points.length ? [button({}, undo, words("measure-undo")), button({}, clear, words("measure-clear"))] : []),
    button({}, stop, words("measure-end")),
  );
}

function drawPoints() {
  const pane = "m-measure";
  const line = { pane, interactive: false, className: "measure-line", fill: false };
  return L.layerGroup([
    L.polyline(points, { ...line, className: "measure-halo" }),
    L.polyline(points, line),
    ...points.map((at) => L.circleMarker(at, { pane, interactive: false, className: "measure-point", radius: 4 })),
  ]);
}

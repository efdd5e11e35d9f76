/* The divider between map and text, which can be dragged or moved by keys, and the button that hides the panel. Both
 * are remembered in this browser alone.
 */

import { button, make, on } from "./dom.js";
import { $, clamp, state } from "./state.js";
import { words } from "./words.js";

const LEAST = 260; // pixels that the text keeps
const LEAST_MAP = 320; // pixels that the map keeps
const STEP = 24; // pixels for each press of an arrow key
const WIDTH = "mapapp-text-width";
const PANEL = "mapapp-panel";

/** The width that the reader has chosen for the text, in pixels; null for the usual one. @type {number | null} */
let chosen = null;

/** Creates the divider. */
export function divider() {
  const label = words("divider");
  const node = make("div", {
    ...{ class: "divider", role: "separator", tabindex: 0, "aria-orientation": "vertical", "aria-label": label },
    ...{ "aria-controls": "reading", title: words("divider-hint") },
  });
  return on(node, { pointerdown: drag, keydown: onKey, dblclick: () => take(null) });
}

/** Creates the button that hides and shows the panel. */
export const panelToggle = () =>
  button({ class: "panel-toggle", "aria-controls": "panel" }, () =>
    showPanel(state.root.classList.contains("panel-away")),
  );

/** Brings divider and panel to where the reader left them. */
export function restoreLayout() {
  const width = Number(recall(WIDTH));
  take(Number.isFinite(width) && width > 0 ? width : null);
  showPanel(recall(PANEL) !== "hidden");
  new ResizeObserver(say).observe($(".reading"));
  window.addEventListener("resize", () => chosen !== null && place(chosen));
}

/**
 * What is remembered under a name; null where the browser remembers nothing.
 * @param {string} name
 */
function recall(name) {
  try {
    return localStorage.getItem(name);
  } catch {
    return null;
  }
}

/**
 * @param {string} name
 * @param {string | null} value null to forget it
 */
function remember(name, value) {
  try {
    if (value === null) localStorage.removeItem(name);
    else localStorage.setItem(name, value);
  } catch {
    // the browser remembers nothing: the layout lasts until the page is closed
  }
}

/** Whether the page runs from right to left, so that the text is on the left. */
const isMirrored = () => getComputedStyle(state.root).direction === "rtl";

/** The greatest width that leaves enough of the map, in pixels. */
function most() {
  const panel = $(".panel").getBoundingClientRect().width;
  return Math.max(LEAST, state.root.clientWidth - panel - LEAST_MAP);
}

/**
 * Gives the text a width, and remembers it.
 * @param {number | null} width in pixels; null for the usual one
 */
function take(width) {
  chosen = width === null ? null : Math.round(clamp(width, LEAST, most()));
  place(chosen);
  remember(WIDTH, chosen === null ? null : String(chosen));
}

/** @param {number | null} width */
function place(width) {
  if (width === null) state.root.style.removeProperty("--reading-width");
  else state.root.style.setProperty("--reading-width", `${Math.round(clamp(width, LEAST, most()))}px`);
  say();
}

/** Says where the divider is. */
function say() {
  const node = $(".divider");
  const width = Math.round($(".reading").getBoundingClientRect().width);
  node.setAttribute("aria-valuemin", String(LEAST));
  node.setAttribute("aria-valuemax", String(Math.max(width, most())));
  node.setAttribute("aria-valuenow", String(width));
  node.setAttribute("aria-valuetext", words("divider-now", { n: width }));
}

/** @param {PointerEvent} event */
function drag(event) {
  if (event.button !== 0) return;
  const node = $(".divider");
  const box = $(".reading").getBoundingClientRect();
  const held = isMirrored() ? event.clientX - box.right : event.clientX - box.left;
  /** @param {PointerEvent} moved */
  const move = ({ clientX }) => place(isMirrored() ? clientX - held - box.left : box.right - (clientX - held));
  const end = () => {
    node.removeEventListener("pointermove", move);
    node.removeEventListener("lostpointercapture", end);
    const now = $(".reading").getBoundingClientRect().width;
    if (Math.round(now) !== Math.round(box.width)) take(now); // a click moves nothing
  };
  node.setPointerCapture(event.pointerId);
  node.addEventListener("pointermove", move);
  node.addEventListener("lostpointercapture", end);
}

/** @param {KeyboardEvent} event */
function onKey(event) {
  const { key } = event;
  if (key === "Home") take(null);
  else if (key === "ArrowLeft" || key === "ArrowRight") {
    const grows = (key === "ArrowLeft") !== isMirrored();
    take($(".reading").getBoundingClientRect().width + (grows ? STEP : -STEP));
  } else return;
  event.preventDefault();
}

/** @param {boolean} visible */
function showPanel(visible) {
  state.root.classList.toggle("panel-away", !visible);
  remember(PANEL, visible ? null : "hidden");
  const node = $(".panel-toggle");
  const label = words(visible ? "panel-hide" : "panel-show");
  node.setAttribute("aria-expanded", String(visible));
  node.setAttribute("aria-label", label);
  node.title = label;
  if (chosen !== null) place(chosen);
  say();
}

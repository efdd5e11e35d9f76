/* The map by keyboard: all marks in sight are one tab stop, and arrow keys lead from one to the next. */

/** @import { Item, Spot } from "./roving.js" */

import { badges } from "./badges.js";
import { focusCard } from "./cards.js";
import { make } from "./dom.js";
import { isPoint } from "./geometry.js";
import { partsInSight, spotOf } from "./labels.js";
import { nameMark } from "./mark_words.js";
import { drawn, focusOf } from "./marks.js";
import { directionOf, inDirection, inOrder, rove } from "./roving.js";
import { select } from "./selection.js";
import { $, placeOf, roleOf, state } from "./state.js";
import { spokenOf } from "./visible.js";
import { words } from "./words.js";

const STEP = 80; // pixels by which a key moves the map

/** @type {ReturnType<typeof rove> | null} */
let group = null;

/** Names the map, describes its keys and listens to them. */
export function makeMapKeys() {
  const box = state.map.getContainer();
  box.tabIndex = -1;
  box.setAttribute("role", "application");
  box.setAttribute("aria-label", words("map-marks"));
  box.setAttribute("aria-describedby", "map-keys");
  $(".stage").prepend(make("p", { id: "map-keys", hidden: true }, words("map-keys")));
  for (const pane of ["m-labels", "tooltipPane"]) state.map.getPane(pane)?.setAttribute("aria-hidden", "true");
  box.addEventListener("keydown", onKey);
  // Leaflet shows the tooltip of a mark that has the focus; its text is part of the mark's name
  box.addEventListener("focusin", ({ target }) => /** @type {Element} */ (target).removeAttribute("aria-describedby"));
  group = rove(box, () => [...marks().keys()], move);
}

/**
 * The elements of the marks on the map, with the ids of their places. A badge stands for its place where that has no
 * mark of its own on the map, and is hidden from screen readers elsewhere.
 */
function marks() {
  /** @type {Map<Item, string>} */
  const found = new Map();
  const marked = new Set();
  for (const [id, layer] of drawn) {
    const node = state.map.hasLayer(layer) && roleOf(placeOf(id)) !== "land" ? focusOf(layer) : null;
    if (!node) continue;
    found.set(node, id);
    marked.add(id);
  }
  for (const [id, { marker }] of badges) {
    const node = marker.getElement();
    if (!node) continue;
    if (marked.has(id)) node.setAttribute("aria-hidden", "true");
    else {
      node.removeAttribute("aria-hidden");
      node.setAttribute("role", "button");
      if (!node.hidden) found.set(node, id);
    }
  }
  return found;
}

/**
 * Where a place is on the map, in pixels; null if it is out of sight.
 * @param {string} id
 * @returns {Spot | null}
 */
function spotInSight(id) {
  const { map } = state;
  const place = placeOf(id);
  const size = map.getSize();
  if (place.at) {
    const { x, y } = spotOf(place);
    if (x >= 0 && y >= 0 && x <= size.x && y <= size.y) return [x, y];
  }
  const [west, south, east, north] = place.box;
  if (isPoint(place) || !map.getBounds().intersects(L.latLngBounds([south, west], [north, east]))) return null;
  return partsInSight(place)[0] ?? null;
}

/**
 * @param {KeyboardEvent} event
 * @param {number} at
 * @param {Item[]} list
 */
function move({ key, shiftKey }, at, list) {
  const direction = directionOf(key);
  if (shiftKey) return null;
  const ids = marks();
  if (!direction) {
    const seen = list.map((node, i) => ({ i, id: ids.get(node) ?? "" })).filter(({ id }) => spotInSight(id));
    const to = inOrder(
      key,
      seen.findIndex(({ i }) => i === at),
      seen.length,
    );
    return to === null ? null : (seen[to]?.i ?? null);
  }
  const spots = list.map((node) => spotInSight(ids.get(node) ?? ""));
  const { x, y } = state.map.getSize();
  return inDirection(direction, spots[at] ?? [x / 2, y / 2], spots);
}

/** @param {KeyboardEvent} event */
function onKey(event) {
  const { key, shiftKey, target, ctrlKey, altKey, metaKey } = event;
  const { map, chosen } = state;
  const box = map.getContainer();
  if (ctrlKey || altKey || metaKey) return;
  if (target === box) {
    if (key !== "Enter") return; // Leaflet moves and zooms the map
    group?.stop()?.focus();
    return event.preventDefault();
  }
  const id = marks().get(/** @type {Item} */ (target));
  if (id === undefined) return;
  const direction = directionOf(key);
  if (direction && shiftKey) map.panBy([direction[0] * STEP, direction[1] * STEP], { animate: false });
  else if (key === "+" || key === "=") map.zoomIn();
  else if (key === "-" || key === "_") map.zoomOut();
  else if (key === "Enter" || key === " ") {
    select(id, { here: [id] });
    focusCard();
  } else if (key === "Escape" && !chosen.id && !chosen.incidents) box.focus();
  else return;
  event.preventDefault();
}

/** Names the marks anew, and makes sure that the tab stop is in sight. Slow: not for each step of the window. */
export function refreshMarks() {
  const ids = marks();
  for (const [node, id] of ids) nameMark(node, placeOf(id));
  if (!group) return;
  const now = group.stop();
  if (now && now === document.activeElement) return;
  /** @param {Item | null} node */
  const isSeen = (node) => node !== null && ids.has(node) && spotInSight(ids.get(node) ?? "") !== null;
  const chosen = [...ids.keys()].find((node) => ids.get(node) === state.chosen.id) ?? null;
  const stop = [chosen, now].find(isSeen) ?? [...ids.keys()].sort(byStatements(ids)).find(isSeen) ?? null;
  group.setStop(stop);
  state.map.getContainer().tabIndex = stop ? -1 : 0;
}

/**
 * Sorts marks by the number of statements about them, most first.
 * @param {Map<Item, string>} ids
 * @returns {(one: Item, other: Item) => number}
 */
function byStatements(ids) {
  const counts = new Map([...ids].map(([node, id]) => [node, spokenOf(id).length]));
  return (one, other) => (counts.get(other) ?? 0) - (counts.get(one) ?? 0);
}

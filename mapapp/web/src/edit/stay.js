/* Keeps the reader's place while the page is loaded again: the map's view, how far each part is scrolled, and what the
 * panel shows.
 */

/** @import { Next } from "./saving.js" */

import { desk } from "./desk.js";

const KEY = "mapapp-edit-place";
const SCROLLED = [".article", ".cards", ".panel", ".edit-body", ".reading"];

/**
 * @typedef {{ camera: [number, number, number], scrolled: Record<string, number>, tab: string, list: string }} Kept
 * @typedef {Next & Kept} Place
 */

/**
 * Loads the page again.
 * @param {Next} next
 */
export function leave(next) {
  remember(next);
  location.reload();
}

/** @param {Next} next */
function remember(next) {
  const { lat, lng } = desk.map.getCenter();
  const scrolled = Object.fromEntries(SCROLLED.map((one) => [one, desk.root.querySelector(one)?.scrollTop ?? 0]));
  const place = {
    camera: [lat, lng, desk.map.getZoom()],
    scrolled,
    tab: desk.root.dataset.tab,
    list: desk.panel.dataset.list,
    ...next,
  };
  sessionStorage.setItem(KEY, JSON.stringify(place));
}

/** What was remembered, once. @returns {Partial<Place>} */
export function remembered() {
  const text = sessionStorage.getItem(KEY);
  sessionStorage.removeItem(KEY);
  return text ? JSON.parse(text) : {};
}

/**
 * Puts everything back where it was; the form of another entry begins at its top.
 * @param {Partial<Place>} place
 */
export function restore({ camera, scrolled, edit }) {
  if (camera) desk.map.setView([camera[0], camera[1]], camera[2], { animate: false });
  for (const [selector, top] of Object.entries(scrolled ?? {})) {
    const node = desk.root.querySelector(selector);
    if (node && !(edit && selector === ".edit-body")) node.scrollTop = top;
  }
}

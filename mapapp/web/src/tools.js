/* The column of tools on the map. */

import { button, make } from "./dom.js";
import { icon } from "./icons.js";
import { state } from "./state.js";
import { words } from "./words.js";

/** @typedef {Parameters<typeof icon>[0]} Icon */

/**
 * A button for the column of tools.
 * @param {Icon} name of its icon, and the key of its name
 * @param {() => void} click
 */
export function tool(name, click) {
  const label = words(name);
  const node = button({ class: `tool ${name}`, title: label, "aria-label": label }, click, icon(name));
  node.addEventListener("click", L.DomEvent.stop);
  node.addEventListener("dblclick", L.DomEvent.stop);
  return node;
}

/** The corner of the map where the tools are: beside the panel. */
export const corner = () => (state.atlas.dir === "rtl" ? "topright" : "topleft");

/**
 * Adds buttons to the map, below those that are there.
 * @param {(HTMLElement | null)[]} buttons those that are null are left out
 */
export function addTools(buttons) {
  const control = new L.Control({ position: corner() });
  control.onAdd = () => make("div", { class: "leaflet-bar tools" }, ...buttons);
  control.addTo(state.map);
}

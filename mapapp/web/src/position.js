/* The coordinates under the pointer, or of the map's centre, next to the scale; C copies them while the map has the
 * focus.
 */

import { button, make } from "./dom.js";
import { decimalsFor, positionText } from "./geodesic.js";
import { copy } from "./share.js";
import { $, state } from "./state.js";
import { words } from "./words.js";

/** Where the pointer is; null if it is not over the map. @type {L.LatLng | null} */
let pointer = null;

/** Adds the coordinates to the map, above the scale. */
export function addPosition() {
  const { map } = state;
  const control = new L.Control({ position: state.atlas.dir === "rtl" ? "bottomright" : "bottomleft" });
  control.onAdd = () => {
    const node = make(
      "div",
      { class: "position" },
      make("span", { class: "position-text" }),
      button({ class: "position-copy", "aria-keyshortcuts": "C" }, copyCentre, words("position-copy")),
    );
    L.DomEvent.disableClickPropagation(node);
    return node;
  };
  control.addTo(map);
  // over the controls the pointer is not on the map: the button there copies the centre
  map.on("mousemove", ({ latlng, originalEvent }) => show(isOnMap(originalEvent) ? latlng : null));
  map.on("mouseout", () => show(null));
  map.on("move zoomend", () => show(pointer));
  map.getContainer().addEventListener("keydown", onKey);
  show(null);
}

/** @param {Event} event */
const isOnMap = (event) => !(/** @type {Element} */ (event.target).closest(".leaflet-control"));

/** @param {L.LatLng} latlng */
const textOf = ({ lat, lng }) => positionText(lat, lng, decimalsFor(state.map.getZoom()));

/** @param {L.LatLng | null} latlng */
function show(latlng) {
  pointer = latlng;
  const position = isolated(textOf(latlng ?? state.map.getCenter()));
  $(".position-text").textContent = words(latlng ? "position-pointer" : "position-centre", { position });
}

/**
 * Coordinates whose order is kept within words that run from right to left.
 * @param {string} position
 */
const isolated = (position) => (state.atlas.dir === "rtl" ? `\u2066${position}\u2069` : position);

const copyCentre = () => copyText(textOf(state.map.getCenter()));

/** @param {string} position */
const copyText = (position) =>
  copy(position, words("position-copied", { position: isolated(position) }), words("position-field"));

/** @param {KeyboardEvent} event */
function onKey(event) {
  if (event.target !== state.map.getContainer() || event.key.toLowerCase() !== "c") return;
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  copyText(textOf(pointer ?? state.map.getCenter()));
}

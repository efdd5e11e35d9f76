/* Bands along the inside of the edges of areas, such as zones that were agreed. */

/** @import { PlaceItem } from "./payload.d.ts" */

import { svg } from "./dom.js";
import { state } from "./state.js";

/**
 * The band of an area: its edge drawn wide and clipped to the area itself.
 * @param {PlaceItem} place
 * @param {L.Path} shape the area as drawn
 * @param {L.Path} band the same shape, for the band
 */
export function innerBand({ id }, shape, band) {
  const defs = state.root.parentElement?.querySelector("svg.defs defs");
  defs?.append(svg("clipPath", { id: `inside-${id}` }, svg("use", { href: `#shape-${id}` })));
  shape.on("add", () => shape.getElement()?.setAttribute("id", `shape-${id}`));
  band.on("add", () => band.getElement()?.setAttribute("clip-path", `url(#inside-${id})`));
  return L.featureGroup([shape, band]);
}

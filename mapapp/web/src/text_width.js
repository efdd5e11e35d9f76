/* Measures text width without layout. */

import { state } from "./state.js";

const ruler = /** @type {CanvasRenderingContext2D} */ (document.createElement("canvas").getContext("2d"));

/**
 * The width of a text in pixels.
 * @param {string} text
 * @param {number} weight
 * @param {number} size of the font in pixels
 */
export function textWidth(text, weight, size) {
  ruler.font = `${weight} ${size}px ${state.atlas.font}`;
  return ruler.measureText(text).width;
}

/* A short message at the edge of the map about what has just been done; screen readers announce it. */

import { $ } from "./state.js";

const SHOWN = 6000; // milliseconds

/** @type {ReturnType<typeof setTimeout> | undefined} */
let hiding;

/** @param {string} text */
export function notice(text) {
  const box = $(".notice");
  clearTimeout(hiding);
  box.textContent = text;
  hiding = setTimeout(() => {
    box.textContent = "";
  }, SHOWN);
}

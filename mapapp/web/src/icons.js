/* Icons of the tools on the map, on a 16 by 16 grid. */

import { svg } from "./dom.js";

const LINES = {
  previous: "M10 3 5 8l5 5",
  next: "M6 3l5 5-5 5",
  play: "M5 3v10l8-5z",
  pause: "M5.5 3v10M10.5 3v10",
  "full-screen": "M2.5 6V2.5H6M10 2.5H13.5V6M13.5 10V13.5H10M6 13.5H2.5V10",
  link: "M6.5 9.5l3-3M7.5 4.5l1.6-1.6a2.8 2.8 0 0 1 4 4L11.5 8.5M8.5 11.5l-1.6 1.6a2.8 2.8 0 0 1-4-4L4.5 7.5",
  distance: "M1.8 11.2 11.2 1.8 14.2 4.8 4.8 14.2zM4.3 8.7l1.6 1.6M6.4 6.6l1.1 1.1M8.5 4.5l1.6 1.6",
  search: "M6.8 11.6a4.8 4.8 0 1 0 0-9.6 4.8 4.8 0 0 0 0 9.6zM10.3 10.3 14 14",
};

/** @param {keyof typeof LINES} name */
export const icon = (name) =>
  svg(
    "svg",
    { class: "symbol icon", viewBox: "0 0 16 16", "aria-hidden": "true" },
    svg("path", {
      d: LINES[name],
      fill: "none",
      stroke: "currentColor",
      "stroke-width": 1.6,
      "stroke-linejoin": "round",
      "stroke-linecap": "round",
    }),
  );

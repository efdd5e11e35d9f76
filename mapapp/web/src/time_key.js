/* The key of the time axis: the kinds of mark that are on it. */

import { drawing, make, svg } from "./dom.js";
import { $, $$ } from "./state.js";
import { words } from "./words.js";

/** Each mark: what it means, the selector of such marks, and what it looks like. */
const ROWS = [
  {
    text: "axis-key-day",
    marks: ".time-mark.short",
    sign: () => drawing(svg("rect", { class: "key-said", x: 12.5, y: 3.5, width: 9, height: 9, rx: 1 })),
  },
  {
    text: "axis-key-long",
    marks: ".time-mark.long",
    sign: () =>
      drawing(
        svg("rect", { class: "key-said", x: 0, y: 6, width: 20, height: 4 }),
        svg("rect", { class: "key-said pale", x: 20, y: 6, width: 14, height: 4 }),
      ),
  },
  {
    text: "axis-key-fact",
    marks: ".fact-mark:not(.unknown)",
    sign: () => drawing(svg("rect", { class: "key-fact", x: 15, y: 2, width: 4, height: 12, rx: 1 })),
  },
  {
    text: "axis-key-window",
    marks: ".brush",
    sign: () =>
      drawing(
        svg("rect", { class: "key-window", x: 6, y: 0.5, width: 22, height: 15 }),
        svg("path", { class: "key-edge", d: "M6 0V16M28 0V16" }),
      ),
  },
];

/** What the marks on the axis mean, as drawing and words. */
export const timeKeyRows = () => ROWS.filter(({ marks }) => $$(marks).length).map(({ text, sign }) => ({ text, sign }));

export const timeKey = () => make("ul", { class: "time-key", "aria-label": words("axis-key") });

export function paintTimeKey() {
  const box = $(".time-key");
  const rows = timeKeyRows();
  const key = rows.map(({ text }) => text).join(" ");
  if (box.dataset.key === key) return;
  box.dataset.key = key;
  box.replaceChildren(...rows.map(({ text, sign }) => make("li", {}, sign(), make("span", {}, words(text)))));
}

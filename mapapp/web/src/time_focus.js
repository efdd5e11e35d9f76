/* The marks of the time bar by keyboard: one tab stop, and arrow keys lead through them in the order of time. */

import { all, update } from "./dom.js";
import { timeMarkWords } from "./mark_words.js";
import { inOrder, rove } from "./roving.js";
import { $, state } from "./state.js";
import { startOf } from "./ticks.js";

/** @type {ReturnType<typeof rove> | null} */
let group = null;

/** Listens to the keys of the marks. */
export function makeTimeKeys() {
  group = rove($(".axis-svg"), marks, ({ key }, at, list) => inOrder(key, at, list.length));
  renewTimeStop();
}

/** @param {HTMLElement | SVGElement} node */
const idOf = (node) => node.dataset.mark ?? "";

/** The marks in sight, earliest first. */
function marks() {
  /** @param {HTMLElement} node */
  const begin = (node) => {
    const item = state.events.get(idOf(node)) ?? state.facts.get(idOf(node));
    return (item && startOf(item)) ?? -Infinity;
  };
  return all($(".axis-svg"), "[data-mark]:not(.unknown)")
    .map((node, i) => ({ node, begin: begin(node), i }))
    .sort((a, b) => (a.begin === b.begin ? a.i - b.i : a.begin - b.begin))
    .map(({ node }) => node);
}

/** Chooses the tab stop after marks were drawn anew: the one of the same item, else the selected, else the first. */
export function renewTimeStop() {
  if (!group) return;
  const before = group.stop();
  const list = marks();
  /** @param {string | null | undefined} id */
  const find = (id) => list.find((node) => idOf(node) === id);
  group.setStop(find(before && idOf(before)) ?? find(state.chosen.id) ?? list.find(isShown) ?? list[0] ?? null);
}

/** @param {HTMLElement} node */
const isShown = (node) => state.shown.events.has(idOf(node));

/** Names the marks anew: whether they are in the window is part of their names. */
export function nameTimeMarks() {
  for (const node of all($(".axis-svg"), "[data-mark]")) update(node, { "aria-label": timeMarkWords(idOf(node)) });
  renewTimeStop();
}

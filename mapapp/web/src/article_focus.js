/* The passages of the article by keyboard: one tab stop, and arrow keys lead from one to the next. */

import { inOrder, rove } from "./roving.js";
import { $, $$ } from "./state.js";

/** @type {ReturnType<typeof rove> | null} */
let group = null;

const passages = () => $$(".article-part:not([hidden]) .passage");

/** Listens to the keys of the passages. */
export function makeArticleKeys() {
  group = rove($(".article"), passages, ({ key }, at, list) => {
    const mirrored = list[at]?.closest("[dir]")?.getAttribute("dir") === "rtl";
    return inOrder(key, at, list.length, mirrored);
  });
  renewPassageStop();
}

/** Chooses the tab stop: the passage that last was, else the first of the selection, else the first of all. */
export function renewPassageStop() {
  if (!group) return;
  const list = passages();
  const before = group.stop();
  const stays = before && /** @type {Element[]} */ (list).includes(before) ? before : null;
  group.setStop(stays ?? list.find((node) => node.classList.contains("lit")) ?? list[0] ?? null);
  $(".article").tabIndex = group.stop() ? -1 : 0; // without passages, so that arrow keys scroll it
}

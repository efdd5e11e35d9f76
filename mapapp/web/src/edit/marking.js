/* Words that the author marks in an article, and what can be made of them. */

/** @import { Stretch } from "./types.d.ts" */

import { all, button, make, on } from "../dom.js";
import { mark, rangeOf, selectedStretch, wordsOf } from "./articles.js";
import { desk, marked, PANEL_LANGUAGE, say } from "./desk.js";

const LONGEST = 60; // letters of marked words that a button repeats

/** Buttons that need marked words. @type {Set<HTMLButtonElement>} */
const waiting = new Set();

/**
 * A button that does something with the marked words; without any it cannot be pressed.
 * @param {string} label
 * @param {() => void} click
 */
export function useMarked(label, click) {
  const node = button({ class: "edit-add edit-use" }, click, label);
  waiting.add(node);
  paintButton(node);
  return node;
}

/** @param {HTMLButtonElement} node */
function paintButton(node) {
  node.disabled = !marked.stretch;
  node.title = marked.stretch ? shortened(wordsOf(marked.stretch)) : say("mark-first");
}

/** @param {string} text */
export const shortened = (text) => (text.length > LONGEST ? `${text.slice(0, LONGEST - 1)}…` : text);

/**
 * Follows the selection in the articles.
 * @param {(stretch: Stretch) => void} begin begins a statement with the marked words
 */
export function followSelection(begin) {
  const bar = make(
    "div",
    { class: "edit-marking", role: "toolbar", "aria-label": say("marked-words"), hidden: true, ...PANEL_LANGUAGE },
    button({}, () => take(), say("new-statement")),
  );
  const take = () => {
    const { stretch } = marked;
    if (!stretch) return;
    getSelection()?.removeAllRanges(); // they stay marked
    bar.hidden = true;
    begin(stretch);
  };
  on(bar, { mousedown: (event) => event.preventDefault() }); // the words stay selected
  document.body.append(bar);
  document.addEventListener("selectionchange", () => {
    const stretch = selectedStretch();
    if (!stretch && !inArticle()) return; // the focus went elsewhere: what was marked stays
    mark(stretch);
    for (const node of waiting) node.isConnected ? paintButton(node) : waiting.delete(node);
    place(bar, stretch);
  });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.ctrlKey || bar.hidden || !marked.stretch || !selectedStretch()) return;
    if (!(event.target instanceof Element) || event.target.closest("button, input, textarea, select, .edit")) return;
    event.preventDefault();
    take();
  });
  desk.root.addEventListener("pointerdown", letMark, { capture: true });
  desk.root.addEventListener("scroll", () => place(bar, selectedStretch()), { capture: true, passive: true });
}

/**
 * Lets marking begin at the first letter of a passage: Chromium begins none at the edge of what can have the focus.
 * @param {PointerEvent} event
 */
function letMark(event) {
  const text = /** @type {Element} */ (event.target).closest(".article-text");
  if (!text) return;
  const focusable = all(text, "[tabindex]").map((node) => /** @type {const} */ ([node, node.tabIndex]));
  for (const [node] of focusable) node.removeAttribute("tabindex");
  const restore = () => {
    for (const [node, index] of focusable) if (!node.hasAttribute("tabindex")) node.tabIndex = index;
  };
  for (const type of ["pointerup", "pointercancel"]) window.addEventListener(type, restore, { once: true });
}

/** Whether the caret is in an article. */
function inArticle() {
  const node = getSelection()?.anchorNode;
  const element = node instanceof Element ? node : node?.parentElement;
  return Boolean(element?.closest(".article-text"));
}

/**
 * Puts the bar below the marked words.
 * @param {HTMLElement} bar
 * @param {Stretch | null} stretch
 */
function place(bar, stretch) {
  const box = stretch && rangeOf(stretch)?.getBoundingClientRect();
  bar.hidden = !box;
  if (!box) return;
  const left = Math.min(Math.max(4, box.left), innerWidth - bar.offsetWidth - 4);
  bar.style.left = `${left}px`;
  bar.style.top = `${Math.min(box.bottom + 4, innerHeight - bar.offsetHeight - 4)}px`;
}

/* The articles on the page as text: what is marked, and where a stretch of text is. */

/** @import { Stretch } from "./types.d.ts" */

import { all } from "../dom.js";
import { desk, marked, textOf } from "./desk.js";

/**
 * Where the paragraphs of an article begin, as web/cards.py cuts them.
 * @param {string} article
 */
const beginnings = (article) => [...textOf(article).matchAll(/[^\n]+/g)].map((match) => match.index);

/** @param {Stretch} stretch */
export const wordsOf = ({ article, start, end }) => textOf(article).slice(start, end);

/** @param {Node | null} node */
const partOf = (node) =>
  /** @type {HTMLElement | null} */ (
    (node instanceof Element ? node : node?.parentElement)?.closest(".article-part") ?? null
  );

/**
 * The offset in the article of a point in its text; null outside it.
 * @param {HTMLElement} part
 * @param {Node} node
 * @param {number} offset
 */
function offsetOf(part, node, offset) {
  const paragraphs = all(part, ".article-text > *");
  const number = paragraphs.findIndex((paragraph) => paragraph.contains(node));
  const paragraph = paragraphs[number];
  if (!paragraph) return null;
  const before = document.createRange();
  before.setStart(paragraph, 0);
  before.setEnd(node, offset);
  return (beginnings(part.dataset.article ?? "")[number] ?? 0) + before.toString().length;
}

/** What is selected in an article, without space around it; null if nothing is. @returns {Stretch | null} */
export function selectedStretch() {
  const selection = getSelection();
  if (!selection || selection.isCollapsed || !selection.rangeCount) return null;
  const range = selection.getRangeAt(0);
  const part = partOf(range.startContainer);
  if (!part || partOf(range.endContainer) !== part) return null;
  const start = offsetOf(part, range.startContainer, range.startOffset);
  const end = offsetOf(part, range.endContainer, range.endOffset);
  if (start === null || end === null) return null;
  return trimmed({ article: part.dataset.article ?? "", start, end });
}

/**
 * A stretch without space around it; null if nothing is left.
 * @param {Stretch} stretch
 * @returns {Stretch | null}
 */
function trimmed(stretch) {
  const words = wordsOf(stretch);
  const start = stretch.start + words.length - words.trimStart().length;
  const end = start + words.trim().length;
  return end > start ? { article: stretch.article, start, end } : null;
}

/**
 * A stretch as several, one for each paragraph.
 * @param {Stretch} stretch
 * @returns {Stretch[]}
 */
export function byParagraph(stretch) {
  const { article, start } = stretch;
  return [...wordsOf(stretch).matchAll(/[^\n]+/g)].flatMap(({ index, 0: line }) => {
    const one = trimmed({ article, start: start + index, end: start + index + line.length });
    return one ? [one] : [];
  });
}

/**
 * A passage as the data has it: words, and those around them that tell them from the same words elsewhere.
 * @param {Stretch} stretch
 */
export function passageOf(stretch) {
  const text = textOf(stretch.article);
  const exact = wordsOf(stretch);
  /** @param {string} words */
  const count = (words) => text.split(words).length - 1;
  if (count(exact) === 1) return { exact };
  const line = text.lastIndexOf("\n", stretch.start - 1) + 1;
  for (let from = stretch.start; from > line; ) {
    from = Math.max(line, text.lastIndexOf(" ", from - 2) + 1);
    const prefix = text.slice(from, stretch.start);
    if (count(prefix + exact) === 1) return { exact, prefix };
  }
  const next = text.indexOf("\n", stretch.end);
  const stop = next < 0 ? text.length : next;
  for (let to = stretch.end; to < stop; ) {
    const space = text.indexOf(" ", to + 1);
    to = space < 0 || space > stop ? stop : space;
    const suffix = text.slice(stretch.end, to);
    if (count(exact + suffix) === 1) return { exact, suffix };
  }
  return { exact, prefix: text.slice(line, stretch.start), suffix: text.slice(stretch.end, stop) };
}

/** A word with the signs that cling to it. */
const WORD = /\S+/g;

/**
 * A stretch whose beginning or end is a word further out or in; the same if that is not possible.
 * @param {Stretch} stretch
 * @param {"start" | "end"} edge
 * @param {1 | -1} step 1 for a longer stretch
 * @returns {Stretch}
 */
export function byWord(stretch, edge, step) {
  const { article, start, end } = stretch;
  const text = textOf(article);
  const line = [text.lastIndexOf("\n", start - 1) + 1, (text.indexOf("\n", end) + 1 || text.length + 1) - 1];
  const edges = [...text.slice(line[0], line[1]).matchAll(WORD)].map(({ index, 0: word }) => {
    const from = (line[0] ?? 0) + index;
    return edge === "start" ? from : from + word.length;
  });
  const forwards = (edge === "end") === (step === 1);
  const now = edge === "start" ? start : end;
  const next = forwards ? edges.find((at) => at > now) : edges.filter((at) => at < now).at(-1);
  if (next === undefined) return stretch;
  const changed = { article, start, end, [edge]: next };
  return changed.start < changed.end ? changed : stretch;
}

/**
 * The range of the page that a stretch of an article takes; null where it is not on the page.
 * @param {Stretch} stretch
 */
export function rangeOf({ article, start, end }) {
  const part = all(desk.root, ".article-part").find((one) => one.dataset.article === article);
  if (!part) return null;
  const from = pointAt(part, article, start, false);
  const to = pointAt(part, article, end, true);
  if (!from || !to) return null;
  const range = document.createRange();
  range.setStart(from.node, from.offset);
  range.setEnd(to.node, to.offset);
  return range;
}

/**
 * @param {HTMLElement} part
 * @param {string} article
 * @param {number} at
 * @param {boolean} isEnd
 */
function pointAt(part, article, at, isEnd) {
  const starts = beginnings(article);
  const number = starts.filter((start) => (isEnd ? start < at : start <= at)).length - 1;
  const paragraph = all(part, ".article-text > *")[number];
  if (!paragraph) return null;
  let left = at - (starts[number] ?? 0);
  const walker = document.createTreeWalker(paragraph, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const length = node.textContent?.length ?? 0;
    if (left < length || (isEnd && left === length)) return { node, offset: left };
    left -= length;
  }
  return null;
}

/**
 * Highlights stretches under a name of edit.css; none clears them.
 * @param {string} name
 * @param {Stretch[]} stretches
 */
export function highlight(name, stretches) {
  if (!("highlights" in CSS)) return;
  const ranges = stretches.map(rangeOf).filter((range) => range !== null);
  if (ranges.length) CSS.highlights.set(name, new Highlight(...ranges));
  else CSS.highlights.delete(name);
}

/** @param {Stretch | null} stretch */
export function mark(stretch) {
  marked.stretch = stretch;
  highlight("edit-marked", stretch ? [stretch] : []);
}

/**
 * Scrolls to a stretch.
 * @param {Stretch} stretch
 */
export function showStretch(stretch) {
  rangeOf(stretch)?.startContainer.parentElement?.scrollIntoView({ block: "center", behavior: "instant" });
}

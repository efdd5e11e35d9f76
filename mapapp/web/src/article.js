/* Article panel: highlights passages and counts the statements shown on the map. */

import { updateText } from "./dom.js";
import { litEvents } from "./selection.js";
import { $, $$, state } from "./state.js";
import { eventsOfArticles, inWindow, openEvents } from "./visible.js";
import { dayWords, words } from "./words.js";

/** @param {HTMLElement} passage */
const eventsOf = (passage) => (passage.dataset.events ?? "").split(" ");

export function paintArticle() {
  const { article } = state.view;
  for (const part of $$(".article-part")) part.hidden = article !== null && part.dataset.article !== article;
  const lit = new Set(litEvents());
  for (const node of $$(".article .passage")) {
    const ids = eventsOf(node);
    node.classList.toggle(
      "lit",
      ids.some((id) => lit.has(id)),
    );
    node.classList.toggle(
      "in",
      ids.some((id) => state.shown.events.has(id)),
    );
  }
  // the card of a statement need not repeat the words that are highlighted beside it
  state.root.classList.toggle("words-lit", $$(".article-part:not([hidden]) .passage.lit").length > 0);
  updateText($(".reading-count"), countWords());
}

/** Shows how many statements are visible, and why the others are hidden. */
export function countWords() {
  const { shown, view } = state;
  const [n, all] = [shown.events.size, eventsOfArticles().length];
  const open = openEvents();
  if (view.as_of !== null && !open.length) return words("statements-unknown", { all, date: dayWords(view.as_of) });
  const inTime = open.filter(inWindow).length;
  const key = `statements-${inTime > n ? "filtered" : "shown"}${view.certain ? "-sure" : ""}`;
  return words(key, { n, all, window: inTime, hidden: inTime - n });
}

/** Scrolls to the first highlighted passage, preferring those about the place itself to those about places in it. */
export function scrollToPassage() {
  const { related } = state.atlas;
  const own = (related[state.chosen.id ?? ""] || []).filter(([, via]) => via === null).map(([event]) => event);
  const lit = $$(".article .passage.lit");
  const first = lit.find((node) => eventsOf(node).some((id) => own.includes(id))) ?? lit[0];
  if (!first) return;
  const pane = $(".article");
  const top = first.getBoundingClientRect().top - pane.getBoundingClientRect().top + pane.scrollTop;
  pane.scrollTop = top - Math.min(60, pane.clientHeight / 4);
}

/* Page layout and shared event handlers. */

/** @import { ArticleItem } from "./payload.d.ts" */

import { inApp } from "./app_requests.js";
import { makeArticleKeys } from "./article_focus.js";
import { beyondList } from "./beyond.js";
import { focusCard } from "./cards.js";
import { compareBrief, compareCard } from "./compare.js";
import { fromIso } from "./days.js";
import { accountBox } from "./describe.js";
import { divider, panelToggle } from "./divider.js";
import { all, fragment, inputOf, make, on, one } from "./dom.js";
import { howToRead, showCard } from "./how_to_read.js";
import { select } from "./selection.js";
import { makeSkipLinks, showTab } from "./skip_links.js";
import { eventOf, set, state } from "./state.js";
import { leaveStory, storyStart } from "./story.js";
import { goToDays } from "./time_bar.js";
import { digits, inLanguage, words } from "./words.js";

/** Creates the empty parts of the page; they are not yet in the document. */
export function makeFrame() {
  const { atlas } = state;
  // the page around the map's frame has a main part of its own
  state.root = make(
    inApp() ? "section" : "main",
    { id: "mapapp", "data-tab": "article", "aria-label": inApp() ? words("frame") : null },
    make("aside", { class: "panel", id: "panel", tabindex: -1, "aria-label": words("layers-and-filters") }),
    make(
      "section",
      { class: "stage", "aria-label": words("map") },
      make("div", { class: "credit", hidden: true }),
      make("div", { class: "record-label" }),
      beyondList(),
      make("div", { class: "empty", hidden: true }),
      make("div", { class: "notice", role: "status" }),
      panelToggle(),
      make("div", { class: "drop-hint", "aria-hidden": "true" }, words("own-drop")),
    ),
    compareBrief(),
    make(
      "div",
      { class: "reading", id: "reading" },
      compareCard(),
      make("section", { class: "cards", "aria-label": words("selection") }),
      articlePane(),
    ),
    divider(),
    howToRead(),
    make("section", { class: "time", tabindex: -1, "aria-label": words("time") }),
    make("nav", { class: "tabs", "aria-label": words("below-the-map") }, tab("article", true), tab("panel", false)),
    make("p", { class: "announcement unseen", role: "status" }),
  );
  showCard(!one(state.root, ".how-to-read").hidden);
  document.body.append(fragment(atlas.symbols));
  on(state.root, { click: onClick, keydown: onKey });
  state.root.addEventListener("wheel", leaveWheelToPage, { capture: true, passive: true });
  makeWayWhileScrolling();
  makeArticleKeys();
  makeSkipLinks();
}

/** The reading pane: the articles one below the other, each in its own language and direction, and a choice of one. */
function articlePane() {
  const { articles } = state.atlas;
  const several = articles.length > 1;
  return make(
    "article",
    { class: "article", tabindex: -1, "aria-label": words("the-article") },
    make(
      "header",
      {},
      make("h2", {}, words(several ? "articles-heading" : "article-heading")),
      several ? articleChoice() : make("p", { class: "byline" }, state.atlas.bylines[articles[0]?.id ?? ""] ?? ""),
      storyStart(),
      make("p", { class: "reading-count" }),
      make("p", { class: "lead" }),
    ),
    accountBox(),
    ...articles.map((article) => articleText(article, several)),
  );
}

/** The choice of an article, or of all. */
function articleChoice() {
  const options = state.atlas.articles.map(({ id, letter, title }) =>
    make("option", { value: id }, `${letter} ${title}`),
  );
  const select = make(
    "select",
    { "data-choice": "article" },
    make("option", { value: "" }, words("all-articles")),
    ...options,
  );
  on(select, { change: () => set("filter", { article: select.value || null }) });
  return make("label", { class: "article-choice" }, make("span", {}, words("article-choice")), " ", select);
}

/**
 * @param {ArticleItem} article
 * @param {boolean} several whether its title and source are needed to tell it from others
 */
function articleText(article, several) {
  const head = several
    ? [
        make("h3", { class: "article-title", dir: "auto" }, `${article.letter} ${article.title}`),
        make("p", { class: "byline" }, state.atlas.bylines[article.id]),
      ]
    : [];
  const text = { class: "article-text", lang: article.lang, dir: article.dir };
  const part = make(
    "div",
    { class: "article-part", "data-article": article.id },
    ...head,
    make("div", text, ...article.paragraphs.map(fragment)),
  );
  for (const { dataset } of all(part, "[data-number]")) dataset.number = digits(dataset.number ?? "");
  for (const passage of all(part, "[data-events]"))
    passage.title = (passage.dataset.events ?? "")
      .split(" ")
      .map((id) => inLanguage(eventOf(id).title))
      .join(" · ");
  return part;
}

/**
 * @param {string} name
 * @param {boolean} pressed
 */
function tab(name, pressed) {
  const attributes = { type: "button", "data-tab": name, "aria-pressed": String(pressed) };
  return on(make("button", attributes, words(`tab-${name}`)), { click: () => showTab(name) });
}

/** @param {Event} event */
function onClick(event) {
  const element = /** @type {Element} */ (event.target);
  const target = /** @type {HTMLElement | null} */ (element.closest("[data-select], [data-window], .passage"));
  if (!target) return;
  const { select: id, keep, window: days, events } = target.dataset;
  const { here, words: clickedWords } = state.chosen;
  if (days) {
    const [first, last] = days.split("/").map(fromIso);
    if (first != null && last != null) goToDays(first, last);
  } else if (id) select(id, keep ? { here, words: clickedWords } : undefined);
  else if (!String(window.getSelection())) {
    const ids = (events ?? "").split(" ");
    select(ids[0] ?? null, { here: ids, words: true });
  }
}

/** @param {KeyboardEvent} event */
function onKey(event) {
  const { view, chosen } = state;
  const target = inputOf(event);
  if (event.key === "Escape") {
    if (view.screenshot) set("clean", { screenshot: false });
    else if (view.step !== null) leaveStory();
    else if (chosen.id || chosen.incidents || chosen.own) select(null);
  }
  if ((event.key === "Enter" || event.key === " ") && target.matches(".passage, [data-mark]")) {
    event.preventDefault();
    target.dispatchEvent(new MouseEvent("click", { bubbles: true })); // a mark of the time bar is no HTML element
    focusCard();
  }
}

/**
 * If the page scrolls, the wheel scrolls the page and zooms the map only with Ctrl.
 * @param {WheelEvent} event
 */
function leaveWheelToPage(event) {
  const scrolls = document.body.scrollHeight > document.body.clientHeight + 1;
  const target = /** @type {Element} */ (event.target);
  if (scrolls && !event.ctrlKey && target.closest(".stage, .axis-svg")) event.stopPropagation();
}

/** When the body scrolls, the surrounding page scrolls too, so that the frame fills the window; at the top, back. */
function makeWayWhileScrolling() {
  let scrolled = 0;
  const follow = () => {
    const { scrollTop } = document.body;
    if (inApp() && (scrollTop > scrolled || scrollTop === 0)) window.parent.mapappBridge?.makeWay(scrollTop > 0);
    scrolled = scrollTop;
  };
  document.body.addEventListener("scroll", follow, { passive: true });
}

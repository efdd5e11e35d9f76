/* Page layout and shared event handlers. */

/** @import { ArticleItem } from "./payload.d.ts" */

import { fromIso } from "./days.js";
import { fragment, inputOf, make, on } from "./dom.js";
import { select } from "./selection.js";
import { $$, set, state } from "./state.js";
import { goToDays } from "./time_bar.js";
import { words } from "./words.js";

/** Creates the empty parts of the page; they are not yet in the document. */
export function makeFrame() {
  const { atlas } = state;
  state.root = make(
    "main",
    { id: "mapapp", "data-tab": "article" },
    make("aside", { class: "panel", "aria-label": words("layers-and-filters") }),
    make(
      "div",
      { class: "stage" },
      make("div", { class: "credit", hidden: true }),
      make("div", { class: "record-label" }),
      make("div", { class: "beyond", hidden: true }),
      make("div", { class: "empty", role: "status", hidden: true }),
    ),
    make("div", { class: "reading" }, make("div", { class: "cards", "aria-live": "polite" }), articlePane()),
    make("div", { class: "time", "aria-label": words("time") }),
    make("nav", { class: "tabs" }, tab("article", true), tab("panel", false)),
  );
  document.body.append(fragment(atlas.symbols));
  on(state.root, { click: onClick, keydown: onKey });
  state.root.addEventListener("wheel", leaveWheelToPage, { capture: true, passive: true });
  makeWayWhileScrolling();
}

/** The reading pane: the articles one below the other, each in its own language and direction, and a choice of one. */
function articlePane() {
  const { articles } = state.atlas;
  const several = articles.length > 1;
  return make(
    "article",
    { class: "article", tabindex: 0, "aria-label": words("the-article") },
    make(
      "header",
      {},
      make("h2", {}, words(several ? "articles-heading" : "article-heading")),
      several ? articleChoice() : make("p", { class: "byline" }, articles[0]?.byline ?? ""),
      make("p", { class: "reading-count", role: "status" }),
    ),
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
        make("p", { class: "byline" }, article.byline),
      ]
    : [];
  return make(
    "div",
    { class: "article-part", "data-article": article.id },
    ...head,
    make("div", { class: "article-text", lang: article.lang, dir: article.dir }, ...article.paragraphs.map(fragment)),
  );
}

/**
 * @param {string} name
 * @param {boolean} pressed
 */
function tab(name, pressed) {
  const attributes = { type: "button", "data-tab": name, "aria-pressed": String(pressed) };
  return on(make("button", attributes, words(`tab-${name}`)), {
    click: () => {
      state.root.dataset.tab = name;
      for (const button of $$("button[data-tab]"))
        button.setAttribute("aria-pressed", String(button.dataset.tab === name));
    },
  });
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
    else if (chosen.id || chosen.incidents) select(null);
  }
  if ((event.key === "Enter" || event.key === " ") && target.classList.contains("passage")) {
    event.preventDefault();
    target.click();
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

/** When the body scrolls, scrolls the surrounding page too, so that the frame fills the window. */
function makeWayWhileScrolling() {
  let scrolled = 0;
  const follow = () => {
    const { scrollTop } = document.body;
    if (scrollTop > scrolled && window.Streamlit) window.frameElement?.scrollIntoView({ block: "nearest" });
    scrolled = scrollTop;
  };
  document.body.addEventListener("scroll", follow, { passive: true });
}

/* Search over places, statements and the articles' text: a combobox with a list of results in groups (ARIA 1.2).
 * Everything is searched in the browser; the index is built when the field is first used.
 */

/** @import { Index, Passage } from "./search_match.js" */

import { all, make, on } from "./dom.js";
import { icon } from "./icons.js";
import { reveal, whyHiddenNow } from "./reveal.js";
import {
  excerpt,
  findPassages,
  findPlaces,
  findStatements,
  fold,
  foldWithPositions,
  NUMBERED,
} from "./search_match.js";
import { select } from "./selection.js";
import { showTab } from "./skip_links.js";
import { $, $$, eventOf, placeOf, set, state } from "./state.js";
import { inLanguage, languageOf, languageOfText, nameOf, words } from "./words.js";

const MOST = 6; // results of each group
const AROUND = 45; // characters of the text on each side of what was found

/**
 * @typedef {object} Result
 * @property {HTMLElement} node
 * @property {() => void} open
 */

/** @type {Index | undefined} */
let index;
/** @type {Result[]} */
let results = [];
/** The position of the active result; -1 for none. */
let active = -1;

/** Creates the search field. */
export function searchBox() {
  const input = make("input", {
    ...{ type: "text", id: "search", role: "combobox", autocomplete: "off", spellcheck: "false", maxlength: 100 },
    ...{ "aria-expanded": "false", "aria-controls": "search-results", "aria-autocomplete": "list" },
    ...{ "aria-label": words("search"), "aria-keyshortcuts": "Control+K", placeholder: words("search-hint") },
  });
  on(input, { input: search, click: search, keydown: onKey, blur: close });
  const list = make("div", {
    ...{ id: "search-results", class: "search-results", role: "listbox", "aria-label": words("search-results") },
    hidden: true,
  });
  on(list, { pointerdown: keepFocus, click: choose });
  const status = make("p", { class: "search-status", role: "status" });
  return make("search", { class: "search" }, icon("search"), input, list, status);
}

/** Lets Ctrl+K go to the search field. */
export function listenForSearch() {
  document.addEventListener("keydown", (event) => {
    if (event.key.toLowerCase() !== "k" || !(event.ctrlKey || event.metaKey) || event.altKey || event.shiftKey) return;
    if (state.view.screenshot) return;
    event.preventDefault();
    field().focus();
    field().select();
  });
}

const field = () => /** @type {HTMLInputElement} */ ($("#search"));

/** @returns {Index} */
function build() {
  const { atlas } = state;
  const places = [...state.places.values()]
    .filter((place) => Object.keys(place.names).length)
    .map((place) => ({
      id: place.id,
      names: [
        ...new Set([place.names, ...place.namesWhen.map(([, , names]) => names)].flatMap(Object.values).map(fold)),
      ],
      worth: (atlas.related[place.id] ?? []).filter(([, via]) => via === null).length,
    }));
  const passages = $$(".article-part .passage");
  /** @param {string} id */
  const quotation = (id) =>
    passages
      .filter(({ dataset }) => dataset.events?.split(" ").includes(id))
      .map((node) => node.textContent)
      .join(" ");
  const statements = atlas.events.map(({ id, number, title }) => ({
    ...{ id, number: fold(number).replaceAll(" ", ""), title: fold(inLanguage(title)) },
    called: fold(words("account-number", { number })),
    quotation: fold(quotation(id)),
  }));
  const texts = $$(".article-text").flatMap((part, article) =>
    [...part.children].map((node, paragraph) => {
      const text = node.textContent ?? "";
      return { article, paragraph, text, ...foldWithPositions(text) };
    }),
  );
  return { places, statements, texts };
}

/** Shows the results for what is typed. */
function search() {
  index ??= build();
  const wanted = fold(field().value);
  results = [];
  active = -1;
  const groups = wanted ? groupsFor(index, wanted) : [];
  const list = $(".search-results");
  list.replaceChildren(...groups);
  results.forEach(({ node }, i) => {
    node.id = `search-result-${i}`;
  });
  // a list box has nothing but options
  const none = { class: "none", role: "option", "aria-disabled": "true", "aria-selected": "false" };
  if (wanted && !results.length) list.append(make("p", none, words("search-none")));
  list.hidden = !wanted;
  field().setAttribute("aria-expanded", String(results.length > 0));
  field().removeAttribute("aria-activedescendant");
  $(".search-status").textContent = wanted ? words("search-count", { n: results.length }) : "";
}

/**
 * @param {Index} found
 * @param {string} wanted
 */
function groupsFor({ places, statements, texts }, wanted) {
  const found = findStatements(statements, wanted);
  const groups = [
    group("places", findPlaces(places, wanted), ({ entry }) => placeResult(entry.id)),
    group("statements", found, ({ entry }) => statementResult(entry.id)),
    group("texts", findPassages(texts, wanted), textResult),
  ];
  if (found[0]?.rank === NUMBERED) groups.unshift(...groups.splice(1, 1)); // a number means a statement
  return groups.filter((one) => one !== null);
}

/**
 * @template T
 * @param {string} name
 * @param {T[]} found
 * @param {(one: T) => Result} resultOf
 */
function group(name, found, resultOf) {
  if (!found.length) return null;
  const mine = found.slice(0, MOST).map(resultOf);
  results.push(...mine);
  const id = `search-${name}`;
  return make(
    "div",
    { role: "group", "aria-labelledby": id },
    make("p", { class: "search-group", role: "presentation", id }, words(id)),
    ...mine.map(({ node }) => node),
    found.length > MOST
      ? make("p", { class: "search-more", role: "presentation" }, words("search-more", { n: found.length - MOST }))
      : null,
  );
}

/**
 * @param {(Node | string)[]} title
 * @param {string} note what it is
 * @param {string | null} why it is hidden, as the ending of a message key
 */
const option = (title, note, why) =>
  make(
    "div",
    { role: "option", "aria-selected": "false" },
    make("span", { class: "search-title" }, ...title),
    note ? make("span", { class: "search-note" }, note) : null,
    why ? make("span", { class: "search-hidden" }, words(`search-hidden-${why}`)) : null,
  );

/**
 * @param {string} id
 * @returns {Result}
 */
function placeResult(id) {
  const place = placeOf(id);
  const name = make("bdi", { lang: languageOf(id) }, nameOf(id));
  const note = words(`place-kind-${place.kind}`);
  return { node: option([name], note, whyHiddenNow(id)), open: () => openItem(id) };
}

/**
 * @param {string} id
 * @returns {Result}
 */
function statementResult(id) {
  const { number, title, kind } = eventOf(id);
  const name = make("bdi", { lang: languageOfText(title) }, inLanguage(title));
  const note = words(`kind-${kind}`);
  return { node: option([`${number} `, name], note, whyHiddenNow(id)), open: () => openItem(id) };
}

/** @param {string} id */
function openItem(id) {
  reveal(id);
  select(id);
  $(".cards h2").focus({ preventScroll: true });
}

/**
 * @param {Passage} passage
 * @returns {Result}
 */
function textResult(passage) {
  const { articles } = state.atlas;
  const article = articles[passage.entry.article];
  const [before, found, after] = excerpt(passage, AROUND);
  const text = make("bdi", { lang: article?.lang, dir: article?.dir }, before, make("mark", {}, found), after);
  const note = articles.length > 1 && article ? `${article.letter} ${article.title}` : "";
  return { node: option([text], note, null), open: () => showPassage(passage) };
}

/**
 * Scrolls to a place in an article and marks it.
 * @param {Passage} passage
 */
function showPassage({ entry, first, end }) {
  const { view, atlas } = state;
  if (view.article !== null && view.article !== atlas.articles[entry.article]?.id) set("filter", { article: null });
  showTab("article");
  const node = $$(".article-text")[entry.article]?.children[entry.paragraph];
  if (!node) return;
  const range = rangeIn(node, first, end);
  CSS.highlights?.set("mapapp-found", new Highlight(range));
  node.scrollIntoView({ block: "center" });
  $(".article").focus({ preventScroll: true });
}

/**
 * @param {Element} node
 * @param {number} first
 * @param {number} end
 */
function rangeIn(node, first, end) {
  const range = document.createRange();
  const walker = document.createTreeWalker(node, NodeFilter.SHOW_TEXT);
  let at = 0;
  for (let text = walker.nextNode(); text; text = walker.nextNode()) {
    const length = text.nodeValue?.length ?? 0;
    if (first >= at && first < at + length) range.setStart(text, first - at);
    if (end > at && end <= at + length) range.setEnd(text, end - at);
    at += length;
  }
  return range;
}

/** @param {KeyboardEvent} event */
function onKey(event) {
  const { key } = event;
  if (event.isComposing) return; // the input method takes the key
  if (key === "Escape") return leave(event);
  if (key === "Enter" && active >= 0) {
    event.preventDefault();
    open(active);
  }
  if (key !== "ArrowDown" && key !== "ArrowUp") return;
  event.preventDefault();
  if ($(".search-results").hidden) return search();
  if (!results.length) return;
  const step = key === "ArrowDown" ? 1 : -1;
  activate(active < 0 && step < 0 ? results.length - 1 : (active + step + results.length) % results.length);
}

/**
 * Closes the list, or clears the field if it is closed.
 * @param {KeyboardEvent} event
 */
function leave(event) {
  const isOpen = !$(".search-results").hidden;
  if (!isOpen && !field().value) return; // it closes the card
  event.stopPropagation();
  if (isOpen) close();
  else field().value = "";
}

/** @param {number} at */
function activate(at) {
  active = at;
  results.forEach(({ node }, i) => {
    node.setAttribute("aria-selected", String(i === at));
  });
  const { node } = /** @type {Result} */ (results[at]);
  field().setAttribute("aria-activedescendant", node.id);
  node.scrollIntoView({ block: "nearest" });
}

/** @param {number} at */
function open(at) {
  const result = results[at];
  close();
  result?.open();
}

function close() {
  $(".search-results").hidden = true;
  field().setAttribute("aria-expanded", "false");
  field().removeAttribute("aria-activedescendant");
  $(".search-status").textContent = "";
}

/**
 * A click in the list leaves the focus in the field, which would else close the list before the click.
 * @param {Event} event
 */
const keepFocus = (event) => event.preventDefault();

/** @param {Event} event */
function choose(event) {
  const node = /** @type {Element} */ (event.target).closest("[role='option']");
  const at = all($(".search-results"), "[role='option']").indexOf(/** @type {HTMLElement} */ (node));
  if (at >= 0) open(at);
}

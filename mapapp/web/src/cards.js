/* Cards next to the map: details of the selected item. */

import { all, button, fragment, make, one } from "./dom.js";
import { ownCard } from "./own_layer.js";
import { mainPlaces, select } from "./selection.js";
import { $, eventOf, placeOf, state } from "./state.js";
import { standingDay, standingOf, whyHidden } from "./visible.js";
import { dayWords, nameOf, numberWords, renameAll, statementTitle, words } from "./words.js";

/** Creates the cards of the selection. */
export function paintCards() {
  const { chosen, root, incidents } = state;
  const pane = $(".cards");
  const open = chosen.id !== null || Boolean(chosen.incidents ?? chosen.own);
  root.classList.toggle("has-cards", open);
  pane.replaceChildren(...(open ? [head()] : []));
  if (!open) return;
  const list = make("div", { class: "cards-list" });
  if (chosen.id !== null) list.append(...cardsOf(chosen.id));
  else if (chosen.own) list.append(ownCard(chosen.own));
  else if (incidents && chosen.incidents) list.append(incidents.cards(chosen.incidents));
  pane.append(list);
  if (chosen.id !== null) {
    hideWhatCameLater(pane);
    updateCards();
  }
}

function head() {
  const { chosen, places, facts } = state;
  const id = chosen.id ?? "";
  const what = chosen.own
    ? "own"
    : chosen.incidents
      ? "incidents"
      : places.has(id)
        ? "place"
        : facts.has(id)
          ? "fact"
          : "event";
  return make(
    "div",
    { class: "cards-head" },
    make("h2", { tabindex: -1 }, words(`selected-${what}`)),
    button({ class: "quiet", title: words("close"), "aria-label": words("close") }, () => select(null), "×"),
  );
}

/** Moves the focus to the heading of the open card, so that it is read next; Escape moves it back. */
export const focusCard = () =>
  /** @type {HTMLElement | null} */ ($(".cards").querySelector("h2"))?.focus({ preventScroll: true });

/**
 * @param {string} id
 * @returns {Node[]}
 */
function cardsOf(id) {
  const { atlas, events, places } = state;
  const facts = atlas.factsOf[id] || [];
  const parts = [...alsoHere(id), firstCard(id)];
  if (places.has(id)) parts.push(...besidePlace(id, facts));
  else if (events.has(id)) {
    if (facts.length) parts.push(section("background-to", facts, "background"));
    const [place] = mainPlaces();
    if (state.atlas.counted.includes(eventOf(id).kind) && place) parts.push(...incidentsBeside(place));
  }
  return parts;
}

/**
 * The card of what is selected. Its headings are one level higher than those of the cards in sections below it.
 * @param {string} id
 */
function firstCard(id) {
  const card = cardOf(id);
  for (const node of all(card, "h4, h5")) node.setAttribute("aria-level", node.tagName === "H4" ? "3" : "4");
  return card;
}

/**
 * The other items at the clicked point.
 * @param {string} id
 * @returns {Node[]}
 */
function alsoHere(id) {
  const { chosen, events } = state;
  const others = chosen.here.filter((other) => other !== id);
  if (!others.length) return [];
  const chips = others.map((other) =>
    make(
      "button",
      { type: "button", class: "chip", "data-select": other, "data-keep": "1" },
      events.has(other) ? statementTitle(eventOf(other)) : make("bdi", { "data-name": other }, nameOf(other)),
    ),
  );
  return [make("p", { class: "here" }, `${words(chosen.words ? "also-words" : "also-here")} `, ...chips)];
}

/**
 * Incidents, statements, background and evidence for a place.
 * @param {string} id
 * @param {string[]} facts
 */
function besidePlace(id, facts) {
  const { atlas } = state;
  const related = atlas.related[id] || [];
  const own = related.filter(([, via]) => via === null).map(([event]) => event);
  const inside = related.filter(([, via]) => via !== null);
  const parts = [...incidentsBeside(id), statements("article-here", own)];
  if (inside.length) parts.push(statementsInside(inside));
  if (facts.length) parts.push(section("background-here", facts, "background"));
  const origin = make("section", { class: "background" }, make("h3", {}, words("about-mark")));
  origin.append(fragment(atlas.details[id]));
  return [...parts, origin];
}

/**
 * The incident counts of a place, next to what the article says.
 * @param {string} id
 */
function incidentsBeside(id) {
  const beside = !state.view.hidden.has("incidents") ? state.incidents?.section(id) : null;
  return beside ? [beside] : [];
}

/**
 * @param {string} id
 * @returns {DocumentFragment}
 */
const cardOf = (id) => fragment(state.atlas.cards[id]);

/**
 * @param {string} title
 * @param {number} n
 */
const heading = (title, n) => make("h3", {}, `${words(title)} `, make("span", { class: "n" }, numberWords(n)));

/**
 * @param {string} title
 * @param {string[]} ids
 * @param {string} classes
 */
const section = (title, ids, classes) =>
  make("section", { class: classes }, heading(title, ids.length), ...ids.map(cardOf));

/**
 * The statements about a place itself.
 * @param {string} title
 * @param {string[]} ids
 */
function statements(title, ids) {
  if (!ids.length)
    return make("section", { class: "said" }, heading(title, 0), make("p", { class: "none" }, words("article-silent")));
  const data = { class: "said", "data-statements": ids.join(" ") };
  return make("section", data, heading(title, ids.length), ...statementLists(ids.map(cardOf)));
}

/**
 * The statements about places within it, collapsed.
 * @param {[string, string | null][]} related
 */
function statementsInside(related) {
  const cards = related.map(([id, via]) => {
    const card = cardOf(id);
    const note = make("p", { class: "via" }, `${words("via")} `, make("bdi", { "data-name": via }));
    card.firstElementChild?.prepend(note);
    return card;
  });
  const summary = make("summary", {}, heading("article-within", related.length));
  return make(
    "section",
    { class: "said folded", "data-statements": related.map(([id]) => id).join(" ") },
    make("details", {}, summary, ...statementLists(cards)),
  );
}

/**
 * A box for visible and hidden statements, which `regroup` sorts.
 * @param {DocumentFragment[]} cards
 */
const statementLists = (cards) => [
  make("div", { class: "shown-statements" }, ...cards),
  make("details", { class: "not-shown", hidden: true }, make("summary", {})),
];

/**
 * Hides what began after the as-of day, and sections that are then empty.
 * @param {HTMLElement} pane
 */
function hideWhatCameLater(pane) {
  const { as_of: asOf } = state.view;
  for (const node of all(pane, "[data-known]")) node.hidden = asOf !== null && Number(node.dataset.known) > asOf;
  for (const node of all(pane, ".contrast")) node.hidden = !node.querySelector("li:not([hidden])");
  for (const node of all(pane, "section.background"))
    if (!node.querySelector(".card:not([hidden])")) node.hidden = true;
}

/** Updates the parts of the cards that depend on the window, without recreating the cards. */
export function updateCards() {
  const { chosen, events, places, shown } = state;
  const pane = $(".cards");
  for (const card of all(pane, "[data-card]")) {
    const id = card.dataset.card ?? "";
    card.classList.toggle("outside", events.has(id) && !shown.events.has(id));
  }
  const now = chosen.id !== null && places.has(chosen.id) ? standingOf(placeOf(chosen.id)) : null;
  const standing = now && words("status-now", { status: words(`status-${now}`), date: dayWords(standingDay()) });
  for (const node of all(pane, ".status-now")) node.textContent = standing;
  for (const card of all(pane, ".card.said")) sayWhyHidden(card);
  for (const box of all(pane, "[data-statements]")) regroup(box);
  for (const box of all(pane, "section.background")) {
    const n = box.querySelector("h3 .n");
    if (n) n.textContent = numberWords(box.querySelectorAll(".card:not([hidden])").length);
  }
  renameAll(pane);
}

/** @param {HTMLElement} card */
const whyCardHidden = (card) => whyHidden(eventOf(card.dataset.card ?? ""));

/**
 * Shows on a card why its statement is hidden on the map and the time bar.
 * @param {HTMLElement} card
 */
function sayWhyHidden(card) {
  const why = whyCardHidden(card);
  let note = card.querySelector(":scope > .why-hidden");
  if (!why) return note?.remove();
  if (!note) {
    note = make("p", { class: "why-hidden" });
    one(card, ".card-kind").after(note);
  }
  note.textContent = words(`hidden-${why}`);
}

/**
 * Sorts visible statements first and counts them; hidden ones follow, collapsed, with the reason.
 * @param {HTMLElement} box
 */
function regroup(box) {
  const order = (box.dataset.statements ?? "").split(" ");
  const rest = /** @type {HTMLDetailsElement} */ (one(box, ".not-shown"));
  const place = new Map(order.map((id, i) => [id, i]));
  const cards = all(box, ".card.said").sort(
    (a, b) => (place.get(a.dataset.card ?? "") ?? 0) - (place.get(b.dataset.card ?? "") ?? 0),
  );
  const reasons = new Map();
  for (const card of cards) {
    const why = whyCardHidden(card);
    if (why) reasons.set(why, (reasons.get(why) || 0) + 1);
    (why ? rest : one(box, ".shown-statements")).append(card);
  }
  const hidden = [...reasons.values()].reduce((sum, n) => sum + n, 0);
  one(box, "h3 .n").textContent = numberWords(cards.length - hidden);
  rest.hidden = hidden === 0;
  if (hidden === cards.length && !box.classList.contains("folded")) rest.open = true; // there is nothing else to show
  one(rest, "summary").textContent = [...reasons].map(([why, n]) => words(`more-${why}`, { n })).join("; ");
}

/** Updates the incident counts of a place; open sections stay open. */
export function recountBeside() {
  const beside = $(".cards").querySelector("[data-record]");
  if (!beside || !state.incidents) return;
  const id = /** @type {HTMLElement} */ (beside).dataset.record ?? "";
  const anew = state.incidents.section(id);
  if (!anew) return;
  const open = [...beside.querySelectorAll("details")].map((node) => node.open);
  anew.querySelectorAll("details").forEach((node, i) => {
    node.open = Boolean(open[i]);
  });
  beside.replaceWith(anew);
}

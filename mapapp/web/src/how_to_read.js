/* "How to read this map": a card that explains the marks in sight, open until the reader has closed it once. */

import { badges } from "./badges.js";
import { fitHome, steer } from "./camera.js";
import { button, drawing, make, on, one, svg, symbol } from "./dom.js";
import { forgetControls } from "./labels.js";
import { $, $$, changed, layerOf, placeOf, state } from "./state.js";
import { timeKeyRows } from "./time_key.js";
import { hasBands } from "./tolerance.js";
import { numberWords, words } from "./words.js";

const CLOSED = "mapapp-key-closed"; // name in the browser's storage
const SETTLED = 150; // milliseconds without a change

/** Whether the reader closed the card on an earlier visit; a browser that stores nothing does not know. */
function wasClosed() {
  try {
    return localStorage.getItem(CLOSED) !== null;
  } catch {
    return false;
  }
}

function rememberClosed() {
  try {
    localStorage.setItem(CLOSED, "1");
  } catch {
    // it opens again on the next visit
  }
}

/** The card, closed or open. */
export function howToRead() {
  const card = make(
    "section",
    { class: "how-to-read", id: "how-to-read", "aria-labelledby": "how-to-read-title", hidden: wasClosed() },
    make(
      "div",
      { class: "how-head" },
      make("h2", { id: "how-to-read-title", tabindex: -1 }, words("how-to-read")),
      button({ class: "quiet", title: words("close"), "aria-label": words("close") }, close, "×"),
    ),
    make("dl", { class: "how-rows" }),
  );
  return on(card, { keydown: closeByKey });
}

/** The button that opens and closes the card. */
export function howToReadButton() {
  const attributes = { class: "how-button", "aria-expanded": "false", "aria-controls": "how-to-read" };
  return on(button(attributes, turn, words("how-to-read")), { keydown: closeByKey });
}

/** @param {KeyboardEvent} event */
function closeByKey(event) {
  if (event.key !== "Escape" || $(".how-to-read").hidden) return;
  event.stopPropagation(); // what is selected stays
  close();
}

function turn() {
  const card = $(".how-to-read");
  if (!card.hidden) return close();
  showCard(true);
  makeRoom();
  paintHowToRead();
  one(card, "h2").focus();
}

/**
 * Opens or closes the card, without moving the focus.
 * @param {boolean} open
 */
export function showCard(open) {
  $(".how-to-read").hidden = !open;
  state.root.classList.toggle("key-open", open); // a class, because a selector with :has() slows each time step
}

function close() {
  showCard(false);
  rememberClosed();
  makeRoom();
  $(".how-button").setAttribute("aria-expanded", "false");
  $(".how-button").focus();
}

/** Frames the map, if it is where it opened, in the room that the card leaves; labels then keep clear of the card. */
function makeRoom() {
  if (!state.view.moved && !state.chosen.id) steer(fitHome);
  changed("key");
}

/** @type {ReturnType<typeof setTimeout> | undefined} */
let waiting;

/** Lists the marks in sight once the map has been still for a moment: what is in sight is slow to find out. */
export function paintHowToReadSoon() {
  clearTimeout(waiting);
  if (!$(".how-to-read").hidden) waiting = setTimeout(paintHowToRead, SETTLED);
}

/** Lists the marks in sight, if the card is open. */
function paintHowToRead() {
  const card = $(".how-to-read");
  $(".how-button").setAttribute("aria-expanded", String(!card.hidden));
  if (card.hidden) return;
  const rows = ROWS.filter(({ isInSight }) => isInSight());
  const axis = timeKeyRows(); // for small screens, where the axis has no key of its own
  const kinds = kindsInSight();
  const key = [...rows, ...axis].map(({ text }) => text).join(" ") + kinds;
  const list = one(card, ".how-rows");
  if (list.dataset.key === key) return;
  list.dataset.key = key;
  /** @param {{ text: string, sign: () => Element }} row @param {string} [of] */
  const node = ({ text, sign }, of) =>
    make("div", { class: of }, make("dt", { "aria-hidden": "true" }, sign()), make("dd", {}, words(text)));
  list.replaceChildren(
    ...rows.map((row) => node(row)),
    ...(kinds.length ? [kindsRow(kinds)] : []),
    ...axis.map((row) => node(row, "how-axis")),
  );
  forgetControls();
}

/** The kinds of statement whose symbols are on badges in sight, in the order of the panel. */
function kindsInSight() {
  const sight = state.map.getBounds();
  const seen = [...badges.values()].filter(
    ({ marker }) => !marker.getElement()?.hidden && sight.contains(marker.getLatLng()),
  );
  const kinds = new Set(seen.flatMap((badge) => badge.symbols));
  return state.atlas.kinds.filter((kind) => kinds.has(kind));
}

/** @param {string[]} kinds */
function kindsRow(kinds) {
  const [first = ""] = kinds;
  return make(
    "div",
    {},
    make("dt", { "aria-hidden": "true" }, make("span", { class: "badge" }, symbol(first))),
    make(
      "dd",
      {},
      words("how-kinds"),
      make(
        "span",
        { class: "how-kinds" },
        ...kinds.map((kind) => make("span", {}, symbol(kind), ` ${words(`kind-${kind}`)}`)),
      ),
    ),
  );
}

/** @param {string} name */
const line = (name) => drawing(svg("path", { class: name, d: "M1 8H33" }));
/** @param {string} selector */
const isDrawn = (selector) => $$(selector).length > 0;
/**
 * Whether an edge or line is drawn in the visible part of the map.
 * @param {HTMLElement} path
 */
function isStroked(path) {
  const [map, box] = [$(".stage").getBoundingClientRect(), path.getBoundingClientRect()];
  const isInside = box.right > map.left && box.left < map.right && box.bottom > map.top && box.top < map.bottom;
  return isInside && Number(getComputedStyle(path).strokeOpacity) > 0;
}

/** @param {(id: string) => boolean} test */
const anyPlace = (test) => [...state.shown.places].some(test);

/** Each mark: what it means, whether it is in sight, and what it looks like. */
const ROWS = [
  {
    text: "how-badge",
    isInSight: () => state.shown.events.size > 0,
    sign: () => make("b", { class: "count" }, numberWords(7)),
  },
  {
    text: "how-passage",
    isInSight: () => isDrawn(".passage.in"),
    sign: () => make("span", { class: "how-passage", "data-number": numberWords(7) }, words("how-words")),
  },
  {
    text: "how-unmarked",
    isInSight: () => anyPlace((id) => layerOf(placeOf(id)).unmarked),
    sign: () =>
      drawing(
        svg("rect", { class: "how-land", x: 0.5, y: 1.5, width: 16, height: 13 }),
        svg("rect", { class: "how-tint", x: 0.5, y: 1.5, width: 10, height: 13 }),
        svg("rect", { class: "unmarked-land", x: 17.5, y: 1.5, width: 16, height: 13 }),
      ),
  },
  {
    text: "how-tolerance",
    isInSight: hasBands,
    sign: () =>
      drawing(
        svg("rect", { class: "how-band", x: 0, y: 1, width: 34, height: 14 }),
        svg("path", { class: "how-line", d: "M0 8H34" }),
      ),
  },
  {
    text: "how-dash",
    isInSight: () => $$("path.unsure:not(.band)").some(isStroked) || isDrawn(".mark:not([hidden]) > .badge.possible"),
    sign: () => line("how-dash"),
  },
  {
    text: "how-draft",
    isInSight: () => isDrawn(".draft"),
    sign: () => line("how-draft"),
  },
];

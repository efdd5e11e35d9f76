/* The list of places with statements that have no label on the map: as many as one or two rows hold, and a button that
 * opens the rest.
 */

import { button, make, on, one } from "./dom.js";
import { $, placeOf, state } from "./state.js";
import { languageOf, nameOf, numberWords, titleOf, words } from "./words.js";

const NARROW = 560; // pixels: width of a map below which the list has one row, and the key is below the list
const LOW = 360; // pixels: height of such a map
const TOP = 10; // pixels above the list
const ROW = 29; // pixels: height of a row with the gap below it
const GAP = 4; // pixels between two buttons of a row

/** Places that are listed, with their numbers of statements. @type {[string, number][]} */
let unlabelled = [];

/** Whether the map is too narrow for the key and the list side by side. */
export const isNarrow = () => state.map.getSize().x < NARROW;

const rowsOfMap = () => (isNarrow() || state.map.getSize().y < LOW ? 1 : 2);

/** Whether statements are about places outside the area that the map opens on. @type {boolean | undefined} */
let reachesOut;

/** The height at the top of the map that the list usually covers, in pixels. */
export function heightOfList() {
  reachesOut ??= [...state.events.values()].some(({ places }) => places.some(([id]) => isAbroad(id)));
  return reachesOut ? TOP + rowsOfMap() * ROW : 0;
}

/** @param {string} id */
function isAbroad(id) {
  const [west, south, east, north] = placeOf(id).box;
  const home = L.latLngBounds(/** @type {L.LatLngBoundsLiteral} */ (state.atlas.home));
  return !home.intersects(L.latLngBounds([south, west], [north, east]));
}

/**
 * Lists places with statements that have no label on the map, most statements first, so that none is missed.
 * @param {[string, number][]} beyond
 * @returns {boolean} whether the list has changed
 */
export function paintBeyond(beyond) {
  const { view, map, root } = state;
  unlabelled = beyond;
  root.querySelector(".credit-beyond")?.replaceWith(beyondNote());
  root.classList.toggle("narrow-map", isNarrow());
  const box = $(".beyond");
  const names = beyond.map(([id]) => nameOf(id));
  const key = [
    ...beyond.flat(),
    view.names,
    view.screenshot,
    map.getSize(),
    names,
    $(".how-to-read").hidden,
    document.fonts.status,
  ].join(" ");
  if (box.dataset.key === key) return false;
  box.dataset.key = key;
  const held = document.activeElement?.matches(".beyond-more");
  box.hidden = beyond.length === 0;
  box.classList.remove("open");
  box.replaceChildren(make("span", {}, words("beyond")), ...beyond.map(chip));
  limitRows(box);
  if (held) /** @type {HTMLElement | null} */ (box.querySelector(".beyond-more"))?.focus({ preventScroll: true });
  return true;
}

/** @param {[string, number]} listed */
const chip = ([id, n]) =>
  make(
    "button",
    { type: "button", class: "chip", "data-select": id },
    make("bdi", { "data-title": id, lang: languageOf(id) }, titleOf(id)),
    make("b", { class: "count" }, numberWords(n)),
  );

/**
 * Hides what is not in the first rows behind a button.
 * @param {HTMLElement} box
 */
function limitRows(box) {
  const items = /** @type {HTMLElement[]} */ ([...box.children]);
  const most = rowsOfMap();
  const wide = box.clientWidth;
  const widths = items.map((item) => item.getBoundingClientRect().width);
  if (!wide || rowsFor(widths, wide) <= most) return;
  const attributes = { class: "beyond-more", "aria-expanded": "false" };
  const more = button(attributes, () => open(box, !box.classList.contains("open")));
  box.append(more);
  const own = Math.max(
    ...[words("beyond-fewer"), words("beyond-more", { n: items.length })].map((text) => {
      more.textContent = text;
      return more.getBoundingClientRect().width;
    }),
  );
  more.style.minWidth = `${own}px`; // it stays where it is when its words change
  let fit = items.length - 1;
  while (fit > 1 && rowsFor([...widths.slice(0, fit), own], wide) > most) fit -= 1;
  const rest = items.slice(fit);
  for (const item of rest) item.hidden = true;
  more.dataset.rest = String(rest.length);
  more.textContent = words("beyond-more", { n: rest.length });
  rest[0]?.before(more);
}

/**
 * How many rows elements of these widths take.
 * @param {number[]} widths in pixels; 0 for what is hidden
 * @param {number} wide width of a row
 */
function rowsFor(widths, wide) {
  let rows = 0;
  let used = Infinity;
  for (const width of widths.filter((one) => one > 0)) {
    used += GAP + width;
    if (used <= wide) continue;
    rows += 1;
    used = width;
  }
  return rows;
}

/**
 * Shows the whole list, over the map, or its first rows.
 * @param {HTMLElement} box
 * @param {boolean} whole
 */
function open(box, whole) {
  const more = one(box, ".beyond-more");
  box.classList.toggle("open", whole);
  more.setAttribute("aria-expanded", String(whole));
  more.textContent = whole ? words("beyond-fewer") : words("beyond-more", { n: Number(more.dataset.rest) });
  for (let item = more.nextElementSibling; item; item = item.nextElementSibling) item.toggleAttribute("hidden", !whole);
}

/** The list, empty. */
export const beyondList = () =>
  on(make("div", { class: "beyond", hidden: true }), {
    click: ({ target, currentTarget }) => {
      const box = /** @type {HTMLElement} */ (currentTarget);
      const chosen = /** @type {Element} */ (target).closest("[data-select]");
      if (chosen && box.classList.contains("open")) open(box, false);
    },
    keydown: (event) => {
      const box = /** @type {HTMLElement} */ (event.currentTarget);
      if (event.key !== "Escape" || !box.classList.contains("open")) return;
      event.stopPropagation(); // what is selected stays
      open(box, false);
      one(box, ".beyond-more").focus();
    },
  });

/** The same list as text, for the screenshot view and for paper. */
export const beyondNote = () =>
  make(
    "p",
    { class: "small credit-beyond", hidden: !unlabelled.length },
    `${words("beyond")} `,
    ...unlabelled.flatMap(([id, n], i) => [i ? ", " : "", make("bdi", { lang: languageOf(id) }, titleOf(id)), ` ${n}`]),
  );

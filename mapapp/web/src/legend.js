/* Legend: next to each layer's switch, symbols for its visible items only. */

/** @import { PlaceItem } from "./payload.d.ts" */

import { badges } from "./badges.js";
import { button, make, one, svg } from "./dom.js";
import { isLine, isPoint } from "./geometry.js";
import { classesOf, symbolOf } from "./map.js";
import { certainty } from "./rules.js";
import { $$, clamp, eventOf, placeOf, setDays, state } from "./state.js";
import { enough, hasBegun, inWindow, isOpen, lastSnapshotDay } from "./visible.js";
import { dayWords, languageOf, nameOf, words } from "./words.js";

/** Visible places by layer. */
function shownByLayer() {
  /** @type {Map<string, PlaceItem[]>} */
  const found = new Map();
  for (const place of [...state.shown.places].map(placeOf)) {
    const list = found.get(place.layer);
    list ? list.push(place) : found.set(place.layer, [place]);
  }
  return found;
}

export function paintLegend() {
  const shown = shownByLayer();
  for (const box of $$('[data-row]:not([data-row="incidents"])')) {
    const id = box.dataset.row ?? "";
    paintRow(box, id, shown.get(id) ?? []);
  }
  for (const node of $$(".filter:not([data-record-kind])")) paintFilter(node);
}

/**
 * @param {HTMLElement} box
 * @param {string} id
 * @param {PlaceItem[]} here
 */
function paintRow(box, id, here) {
  const on = !state.view.hidden.has(id);
  const n = id === "events" ? countAtPoints() : here.length;
  one(box, ".n").textContent = on ? String(n) : "";
  box.classList.toggle("nothing", on && n === 0);
  const entries = legendEntries(here);
  // if all look the same and have no status, the swatch is in the layer's row
  const single = entries.length === 1 && here[0] && !statusOf(here[0]) ? here[0] : undefined;
  one(box, ".row-swatch").replaceChildren(...(single ? [swatchOf(single)] : []));
  one(box, ".keys").replaceChildren(
    ...(single ? [] : entries.map(legendEntry)),
    ...(state.layers.get(id)?.unmarked && here.length ? [notShown(id)] : []),
    ...(id !== "events" && on && n === 0 ? [nothingShows(id)] : []),
  );
  const open = /** @type {HTMLElement | null} */ (box.querySelector("details[open]"));
  if (open) listPlaces(open, id);
}

/**
 * Says what land outside the areas of a layer means.
 * @param {string} id
 */
function notShown(id) {
  const land = svg("rect", { x: 1.5, y: 1.5, width: 23, height: 11, class: "unmarked-land" });
  const swatch = svg("svg", { class: "swatch", viewBox: "0 0 26 14", "aria-hidden": "true" }, land);
  return make("div", { class: "key" }, swatch, make("span", {}, words(`unmarked-${id}`)));
}

/**
 * Shows that nothing of a layer is visible, and offers the nearest day on which something is.
 * @param {string} id
 */
function nothingShows(id) {
  const key = state.layers.get(id)?.snapshot ? "no-snapshot" : "none-in-window";
  const day = nearestDay(id);
  const link =
    day === null ? null : button({ class: "link" }, () => setDays(day, day), words("nearest", { date: dayWords(day) }));
  return make("p", { class: "none" }, words(key), " ", link);
}

/**
 * Shows how many statements of a speaker or kind are in the window.
 * @param {HTMLElement} node
 */
function paintFilter(node) {
  const input = /** @type {HTMLInputElement} */ (one(node, "input"));
  const field = input.dataset.filter === "said_by" ? "said_by" : "kind";
  const theirs = [...state.events.values()].filter((event) => event[field] === input.value);
  const n = theirs.filter((event) => isOpen(event) && inWindow(event)).length;
  one(node, ".n").textContent = String(n);
  node.classList.toggle("nothing", n === 0);
}

/** The number of visible statements with a badge. */
const countAtPoints = () =>
  [...state.shown.events.keys()].filter((id) => eventOf(id).places.some(([place]) => badges.has(place))).length;

/**
 * Lists the visible places of a layer by name; only if the list is open, because locale-aware sorting is slow.
 * @param {HTMLElement} box
 * @param {string} layer
 */
export function listPlaces(box, layer) {
  const { names: lang } = state.view;
  const { compare } = new Intl.Collator(lang);
  const here = (shownByLayer().get(layer) ?? []).sort((a, b) => compare(nameOf(a.id), nameOf(b.id)));
  one(box, ".places").replaceChildren(
    ...here.map(({ id }) =>
      make(
        "button",
        { type: "button", class: "chip", "data-select": id },
        make("bdi", { "data-name": id, lang: languageOf(id) }, nameOf(id)),
      ),
    ),
  );
}

/**
 * One place for each style, sorted by name.
 * @param {PlaceItem[]} places
 */
export function legendEntries(places) {
  const looks = new Map(
    places.map((place) => [`${place.layer}|${place.kind}|${statusOf(place) || ""}|${place.draft}`, place]),
  );
  return [...looks.keys()].sort().map((look) => /** @type {PlaceItem} */ (looks.get(look)));
}

/** @param {PlaceItem} place */
const statusOf = (place) => state.shown.standing.get(place.id);

/** @param {PlaceItem} place */
function swatchOf(place) {
  const status = { "data-status": statusOf(place) || "none" };
  if (isPoint(place))
    return make(
      "span",
      { class: "swatch mark" },
      make("span", { class: classesOf(place), ...status }, symbolOf(place)),
    );
  const shape = isLine(place)
    ? svg("path", { d: "M1 7 H25", class: `${classesOf(place)} line`, ...status })
    : svg("rect", { x: 1.5, y: 1.5, width: 23, height: 11, class: `${classesOf(place)} area`, ...status });
  return svg("svg", { class: "swatch", viewBox: "0 0 26 14", "aria-hidden": "true" }, shape);
}

/** @param {PlaceItem} place */
export function legendEntry(place) {
  const status = statusOf(place);
  const key = `key-${place.kind}${status ? `-${status}` : ""}`;
  const own = words(`place-kind-${place.kind}`) + (status ? `, ${words(`status-${status}`)}` : "");
  const said = key in state.atlas.words ? words(key) : own;
  const name = place.draft ? `${said} (${words("draft")})` : said;
  return make("div", { class: "key" }, swatchOf(place), make("span", {}, name));
}

/**
 * The day nearest to the window on which something of a layer is visible; null if there is none.
 * @param {string} id
 */
function nearestDay(id) {
  const { view, atlas, layers, places } = state;
  const from = layers.get(id)?.snapshot ? lastSnapshotDay() : view.last;
  let best = null;
  for (const place of places.values()) {
    if (place.layer !== id || !hasBegun(place)) continue;
    const [low, high] = view.certain ? [place.certainFrom, place.certainTo] : [place.earliest, place.latest];
    const wanted = low !== null && low > from ? low : high !== null && high < view.first ? high : from;
    const day = clamp(wanted, atlas.span[0], atlas.span[1]);
    if (certainty(place, day, day) < enough()) continue;
    if (best === null || Math.abs(day - from) < Math.abs(best - from)) best = day;
  }
  return best;
}

/* Legend: next to each layer's switch, symbols for its visible items only. */

/** @import { PlaceItem } from "./payload.d.ts" */

import { badges } from "./badges.js";
import { isHatched } from "./compare_marks.js";
import { button, make, one, svg, updateText } from "./dom.js";
import { isLine, isPoint } from "./geometry.js";
import { classesOf, symbolOf } from "./map.js";
import { certainty } from "./rules.js";
import { $$, clamp, eventOf, layerOf, placeOf, setDays, state } from "./state.js";
import { enough, hasBegun, inWindow, isOpen, lastSnapshotDay } from "./visible.js";
import { dayWords, languageOf, nameOf, numberWords, words } from "./words.js";

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
  const n = id === "events" ? state.shown.events.size : here.length;
  updateText(one(box, ".n"), on ? numberWords(n) : "");
  box.classList.toggle("nothing", on && n === 0);
  const sight = state.map.getBounds();
  const near = here.filter((place) => isInSight(place, sight));
  const entries = legendEntries(near.filter((place) => !isHatched(place.id)));
  const none = near.some((place) => isHatched(place.id)) ? "none-but-hatched" : "none-in-sight";
  // most days show the same kinds of place as the day before: then the row stays as it is
  const looks = [on, n > 0, none, ...entries.map(lookOf)].join(" ");
  if (id === "events" || n === 0 || looks !== painted.get(box)) paintKeys(box, id, n, entries, none);
  painted.set(box, looks);
  const open = /** @type {HTMLElement | null} */ (box.querySelector("details[open]"));
  if (open) listPlaces(open, id);
}

/** What the keys of each row were last painted for. @type {WeakMap<HTMLElement, string>} */
const painted = new WeakMap();

/**
 * @param {HTMLElement} box
 * @param {string} id
 * @param {number} n of its items that are visible
 * @param {PlaceItem[]} entries one place for each style in sight
 * @param {string} none key of what is said if there are none
 */
function paintKeys(box, id, n, entries, none) {
  const on = !state.view.hidden.has(id);
  const isEvents = id === "events";
  // if all look the same and have no status, the swatch is in the layer's row
  const single = entries.length === 1 && entries[0] && !statusOf(entries[0]) ? entries[0] : undefined;
  one(box, ".row-swatch").replaceChildren(...(single ? [swatchOf(single)] : []));
  one(box, ".keys").replaceChildren(
    ...(single ? [] : entries.map(legendEntry)),
    ...(isEvents && on && n ? [atPoints()] : []),
    ...(!isEvents && n && !entries.length ? [make("p", { class: "none" }, words(none))] : []),
    ...(!isEvents && n && state.layers.get(id)?.unmarked ? [notShown(id)] : []),
    ...(!isEvents && on && n === 0 ? [nothingShows(id)] : []),
  );
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
  updateText(one(node, ".n"), numberWords(n));
  node.classList.toggle("nothing", n === 0);
}

/** How many of the visible statements have a badge at a point, and so can be switched off. */
function atPoints() {
  const n = [...state.shown.events.keys()].filter((id) =>
    eventOf(id).places.some(([place]) => badges.has(place)),
  ).length;
  return make("p", { class: "none" }, words("events-at-points", { n }));
}

/**
 * Whether the box of a place and the visible part of the map overlap.
 * @param {PlaceItem} place
 * @param {L.LatLngBounds} sight
 */
export const isInSight = ({ box: [west, south, east, north] }, sight) =>
  sight.intersects(L.latLngBounds([south, west], [north, east]));

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
 * What the style of a place depends on.
 * @param {PlaceItem} place
 */
const lookOf = (place) => `${place.layer}|${place.kind}|${statusOf(place) || ""}|${place.draft}`;

/**
 * One place for each style, sorted by name.
 * @param {PlaceItem[]} places
 */
export function legendEntries(places) {
  const looks = new Map(places.map((place) => [lookOf(place), place]));
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
  const inside = { x: 3.5, y: 3.5, width: 19, height: 7, class: `${classesOf(place)} band`, ...status };
  const band = layerOf(place).banded && !isLine(place) ? [svg("rect", inside)] : [];
  return svg("svg", { class: "swatch", viewBox: "0 0 26 14", "aria-hidden": "true" }, shape, ...band);
}

/** @param {PlaceItem} place */
export function legendEntry(place) {
  const status = statusOf(place);
  const key = `key-${place.kind}${status ? `-${status}` : ""}`;
  const kind = words(`place-kind-${place.kind}`);
  const own = status ? words("in-a-row", { one: kind, other: words(`status-${status}`) }) : kind;
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

/* Names of the marks of map and time bar, for screen readers. */

/** @import { EventItem, FactItem, PlaceItem } from "./payload.d.ts" */

import { update } from "./dom.js";
import { focusOf } from "./marks.js";
import { state } from "./state.js";
import { spokenOf, standingOf, whyHidden } from "./visible.js";
import { daysWords, dayWords, inLanguage, nameOf, words } from "./words.js";

/**
 * Name, kind and status of a place, and how many statements are about it.
 * @param {PlaceItem} place
 */
function markWords({ id, kind }, status = state.shown.standing.get(id)) {
  const [place, what] = [nameOf(id), words(`place-kind-${kind}`)];
  const mark = status
    ? words("mark-with-status", { place, kind: what, status: words(`status-${status}`) })
    : words("mark", { place, kind: what });
  const n = spokenOf(id).length;
  return n ? words("mark-with-statements", { mark, n }) : mark;
}

/**
 * Names the element of a mark on the map.
 * @param {Element} node
 * @param {PlaceItem} place
 */
export function nameMark(node, place) {
  update(node, { "aria-label": markWords(place) });
  if (state.chosen.id === place.id) node.setAttribute("aria-current", "true");
  else node.removeAttribute("aria-current");
}

/**
 * Makes a drawn mark a button for screen readers; `map_focus.js` makes it a tab stop when it is its turn.
 * @param {L.Layer} layer
 * @param {PlaceItem} place
 */
export function makeFocusable(layer, place) {
  const node = focusOf(layer);
  if (!node) return;
  node.setAttribute("role", "button");
  node.setAttribute("aria-label", markWords(place, standingOf(place)));
  node.tabIndex = -1;
}

/**
 * When something happens that has a date.
 * @param {EventItem | FactItem} item
 */
function timeWords({ earliest, latest }) {
  if (earliest === null)
    return latest === null ? words("date-always") : words("date-until", { date: dayWords(latest) });
  return latest === null ? words("date-from", { date: dayWords(earliest) }) : daysWords(earliest, latest);
}

/**
 * The name of a mark of the time bar: what it stands for, when, and whether it is on the map.
 * @param {string} id of a statement or a background fact
 */
export function timeMarkWords(id) {
  const event = state.events.get(id);
  if (!event) {
    const fact = /** @type {FactItem} */ (state.facts.get(id));
    return words("time-mark-background", { title: fact.title.replace(/\.$/, ""), when: timeWords(fact) });
  }
  const name = words("time-mark", { number: event.number, title: inLanguage(event.title), when: timeWords(event) });
  const why = state.shown.events.get(id) === 1 ? "sure" : whyHidden(event);
  return why ? `${name} ${words(`hidden-${why}`)}` : name;
}

/* Message shown when no statement is visible: the reason, and how to see some. */

import { button, make } from "./dom.js";
import { passes } from "./rules.js";
import { $, set, setDays, state } from "./state.js";
import { startOf } from "./ticks.js";
import { certaintyOf, eventsOfArticles, openEvents } from "./visible.js";
import { daysWords, inLanguage, words } from "./words.js";

const LONGEST = 366; // days; of a longer period only the first day is offered

export function paintEmpty() {
  const { shown, atlas } = state;
  const box = $(".empty");
  box.hidden = shown.events.size > 0;
  if (box.hidden) return;
  if (!openEvents().length) {
    const show = () => set("reset", { as_of: atlas.day });
    return box.replaceChildren(make("p", {}, words("empty-unknown")), button({}, show, words("show-known")));
  }
  const silent = !eventsOfArticles().some((event) => certaintyOf(event) > 0);
  const said = make("p", {}, words(silent ? "empty-window" : "empty-filters"));
  box.replaceChildren(said, ...showAll(), ...goToNearest());
}

/** A button that resets the filters, if any are set. */
function showAll() {
  const { said_by: saidBy, kinds, certain } = state.view;
  if (saidBy === null && kinds === null && !certain) return [];
  return [button({}, () => set("reset", { said_by: null, kinds: null, certain: false }), words("show-all"))];
}

/** A button that moves the window to the nearest statement that matches the filters, if it is outside the window. */
function goToNearest() {
  const { view } = state;
  let best = null;
  for (const event of openEvents()) {
    const first = startOf(event);
    if (first === null || !passes(event, view)) continue;
    const last = event.latest ?? first;
    const gap = first > view.last ? first - view.last : last < view.first ? view.first - last : 0;
    if (best === null || gap < best.gap)
      best = { gap, first, last: Math.max(first, last), title: inLanguage(event.title) };
  }
  if (best === null || best.gap === 0) return [];
  const { first, last, title } = best;
  const go = () => setDays(first, Math.min(last, first + LONGEST));
  return [button({}, go, words("go-nearest", { title, date: daysWords(first, last) }))];
}

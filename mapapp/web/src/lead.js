/* The lead sentences of the view, in figures: what the article says in the window, where, and who says it. */

import { $, state } from "./state.js";
import { speakerName, titleOf, words } from "./words.js";

const MOST = 3; // places and speakers that are named

export function paintLead() {
  const { events, shown, atlas } = state;
  const visible = [...shown.events.keys()].map((id) => events.get(id)).filter((event) => event !== undefined);
  const places = counted(visible.flatMap((event) => [...new Set(event.places.map(([id]) => id))]));
  const speakers = counted(visible.map(({ said_by: by }) => by));
  const list = new Intl.ListFormat(atlas.language);
  /**
   * @param {string} key
   * @param {string} rest what further rows are called
   * @param {[string, number][]} rows
   * @param {(id: string) => string} nameOfRow
   */
  const sentence = (key, rest, rows, nameOfRow) => {
    if (!rows.length) return [];
    const named = rows.slice(0, MOST).map(([id, n]) => words("lead-part", { name: nameOfRow(id), n }));
    const more = rows.length - MOST;
    return [words(key, { list: list.format(more > 0 ? [...named, words(rest, { n: more })] : named) })];
  };
  $(".lead").textContent = [
    ...sentence(
      "lead-places",
      "lead-places-more",
      places.filter(([id]) => state.places.has(id)),
      titleOf,
    ),
    ...sentence("lead-speakers", "lead-speakers-more", speakers, speakerName),
  ].join(" ");
}

/**
 * How often each id occurs, most first.
 * @param {string[]} ids
 * @returns {[string, number][]}
 */
function counted(ids) {
  /** @type {Map<string, number>} */
  const counts = new Map();
  for (const id of ids) counts.set(id, (counts.get(id) ?? 0) + 1);
  return [...counts].sort((a, b) => b[1] - a[1]);
}

/* Two days compared, in words and numbers, like mapapp/text/comparison.py. Nothing here touches the page. Python
 * computes the numbers for every two snapshots; here it is looked up which two a view compares.
 */

/** @import { ChangedHolder, Payload } from "./payload.d.ts" */
/** @import { View } from "./types.d.ts" */

import { begun, snapshotDay } from "./rules.js";
import { words } from "./words.js";

/** @typedef {Record<string, ChangedHolder[]>} ComparisonTable what changed hands, by the numbers of two snapshots */
/** @typedef {Payload["snapshots"]["possible"][number]} SnapshotItem its first and last day and its number */
/** @typedef {[least: number, best: number, most: number]} Size */

/**
 * The snapshots that a view may compare.
 * @param {Payload} atlas
 * @param {View} view
 * @returns {SnapshotItem[]}
 */
export function knownSnapshots(atlas, view) {
  const known = new Set(atlas.places.filter((place) => begun(place, view.as_of)).map(({ id }) => id));
  return atlas.snapshots[view.certain ? "certain" : "possible"].filter(([, , number]) =>
    (atlas.snapshots.areas[number] ?? []).every((id) => known.has(id)),
  );
}

/** Whether a map has two days to compare at all. @param {Payload} atlas */
export const isComparable = (atlas) => atlas.snapshots.areas.length > 1;

/**
 * The days that a view compares, which of them have no snapshot, and where the table has the numbers; null if it
 * compares none.
 * @param {Payload} atlas
 * @param {View} view
 */
export function comparisonOf(atlas, view) {
  if (view.compare === null || !isComparable(atlas)) return null;
  const known = knownSnapshots(atlas, view);
  const days = /** @type {[number, number]} */ ([view.compare, snapshotDay(view)].sort((a, b) => a - b));
  const at = days.map((day) => known.find(([first, last]) => first <= day && day <= last));
  const [before, after] = at.map((one) => one?.[2] ?? null);
  return {
    first: days[0],
    last: days[1],
    gaps: [...new Set(days.filter((_, i) => !at[i]))],
    same: before === after,
    key: `${before}-${after}`,
    known,
  };
}

/**
 * The sentences on what each holder gained and lost, the largest change first.
 * @param {ChangedHolder[]} holders
 * @param {{ first: string, last: string }} days
 */
export function comparisonWords(holders, days) {
  const changes = holders
    .filter(({ contested }) => !contested)
    .flatMap((holder) => [
      { size: holder.gained[1], text: sentence("compare-gained", holder, holder.gained, days) },
      { size: holder.lost[1], text: sentence("compare-lost", holder, holder.lost, days) },
    ])
    .filter(({ size }) => size)
    .sort((a, b) => b.size - a.size);
  return changes.length ? changes.map(({ text }) => text) : [words("compare-no-change", days)];
}

/**
 * @param {"compare-gained" | "compare-lost"} key
 * @param {ChangedHolder} holder
 * @param {Size} size
 * @param {{ first: string, last: string }} days
 */
function sentence(key, { kind }, [least, best, most], days) {
  const who = words(`holder-${kind}`);
  const named = who !== `holder-${kind}`; // the profile says who holds such areas
  const ending = (named ? "" : "-kind") + (least === best && best === most ? "-exactly" : "");
  const subject = named ? { holder: who } : { kind: words(`place-kind-${kind}`) };
  return words(key + ending, { least, best, most, ...subject, ...days });
}

/** @param {Size} size */
const sizeWords = ([least, best, most]) =>
  least === best && best === most
    ? words("compare-exactly", { n: best })
    : words("quantity-between", { least, best, most });

/**
 * What a holder held on two days, gained and lost: labels and areas in words.
 * @param {ChangedHolder} holder
 * @param {{ first: string, last: string }} days
 */
export function holderRows({ earlier, later, gained, lost, net, contested }, { first, last }) {
  const on = contested ? "compare-was-on" : "compare-held-on";
  const changed = /** @type {[string, Size][]} */ ([
    [contested ? "compare-new-head" : "compare-gained-head", gained],
    [contested ? "compare-ended-head" : "compare-lost-head", lost],
    ["compare-net-head", net],
  ]);
  return [
    { label: words(on, { day: first }), size: sizeWords(earlier) },
    { label: words(on, { day: last }), size: sizeWords(later) },
    ...changed.filter(([, [, best]]) => best).map(([key, size]) => ({ label: words(key), size: sizeWords(size) })),
  ];
}

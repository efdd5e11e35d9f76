/* What nobody has reviewed yet, and a button that says who has compared it with its sources. */

/** @import { Kind, Raw } from "./types.d.ts" */

import { button, make } from "../dom.js";
import { desk, entries, say } from "./desk.js";
import { changeFolder } from "./saving.js";

/** @type {Kind[]} */
const REVIEWED = ["event", "place", "background"];

/**
 * The entries of a kind that want a review: drafts are finished first, and the base map needs none.
 * @param {Kind} kind
 */
const unreviewed = (kind) =>
  entries(kind).filter(({ entry, layer }) => {
    const group = desk.page.layers.find(({ id }) => id === layer)?.group;
    return !entry.draft && !entry.reviewed && (kind !== "place" || (group !== undefined && group !== "base"));
  });

/** Who reviewed something last, according to the folder. */
const lastReviewer = () =>
  REVIEWED.flatMap((kind) => entries(kind))
    .map(({ entry }) => entry.reviewed)
    .filter(Boolean)
    .at(-1)?.by ?? "";

/** Today, on the author's clock. */
function today() {
  const now = new Date();
  return [now.getFullYear(), now.getMonth() + 1, now.getDate()].map((part) => String(part).padStart(2, "0")).join("-");
}

/**
 * How many entries of a kind nobody has reviewed, with a button that marks them; nothing if there are none.
 * @param {Kind} kind
 */
export function reviewPart(kind) {
  const left = REVIEWED.includes(kind) ? unreviewed(kind) : [];
  if (!left.length) return [];
  const by = make("input", { type: "text", id: "edit-reviewer", autocomplete: "name", dir: "auto" });
  by.value = lastReviewer();
  const mark = () => {
    if (!by.value.trim()) return by.focus();
    const reviewed = { by: by.value.trim(), on: today() };
    const operations = left.map((raw) => reviewOperation(kind, raw, reviewed));
    return changeFolder("apply", { operation: { do: "many", operations } }, say("reviewed-said", { n: left.length }), {
      list: kind,
    });
  };
  const part = make(
    "details",
    { class: "edit-suggestions edit-review" },
    make("summary", {}, say("unreviewed"), " ", make("span", { class: "n" }, String(left.length))),
    make("p", { class: "edit-help" }, say("help-review")),
    make("div", { class: "edit-field" }, make("label", { for: by.id }, say("label-by")), by),
    button({ class: "edit-add" }, mark, say("review-all", { n: left.length })),
  );
  return [part];
}

/**
 * @param {Kind} kind
 * @param {Raw} raw
 * @param {{ by: string, on: string }} reviewed
 */
function reviewOperation(kind, { entry, layer, article, geometry }, reviewed) {
  const changed = { ...entry, reviewed };
  if (kind !== "place") return { do: "put", kind, entry: changed, ...(article ? { article } : {}) };
  return { do: "put", kind, layer, entry: { type: "Feature", id: entry.id, properties: changed, geometry } };
}

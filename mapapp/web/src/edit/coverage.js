/* How much of the articles the statements cover: a bar with a part for each sentence, and the number of open ones. */

/** @import { Stretch } from "./types.d.ts" */

import { button, make } from "../dom.js";
import { byParagraph, passageOf, wordsOf } from "./articles.js";
import { desk, entries, say, unmappedOf } from "./desk.js";
import { articleLook } from "./passages_field.js";
import { changeFolder } from "./saving.js";

export function coverageBar() {
  const sentences = Object.values(desk.state.coverage).flat();
  /** @type {Record<string, number>} */
  const count = { statement: 0, draft: 0, unmapped: 0, open: 0 };
  for (const [, , covered] of sentences) count[covered] = (count[covered] ?? 0) + 1;
  const parts = sentences.map(([start, end, covered]) =>
    make("span", { class: `covered-${covered}`, style: `flex-grow:${end - start}` }),
  );
  const text = say(count.unmapped ? "coverage-unmapped" : "coverage", { ...count, n: sentences.length });
  return make(
    "div",
    { class: "edit-coverage" },
    make("div", { class: "edit-bar", "aria-hidden": "true" }, ...parts),
    make("p", { class: "edit-note" }, text),
  );
}

/**
 * The sentences that nothing covers, each with a button that begins a statement.
 * @param {(stretch: Stretch) => void} begin
 */
export function openSentences(begin) {
  const items = Object.entries(desk.state.coverage).flatMap(([article, sentences]) =>
    sentences
      .filter(([, , covered]) => covered === "open")
      .map(([start, end]) => {
        const stretch = { article, start, end };
        const { language, dir } = articleLook(article);
        const words = wordsOf(stretch);
        const label = `${say("begin-statement")}: ${words}`;
        return make(
          "li",
          {},
          make("span", { lang: language, dir }, words),
          make(
            "span",
            { class: "edit-row" },
            button({ class: "edit-small", "aria-label": label }, () => begin(stretch), say("begin-statement")),
            button(
              { class: "edit-small", "aria-label": `${say("unmap")}: ${words}` },
              () => unmap(article, [stretch]),
              say("unmap"),
            ),
          ),
        );
      }),
  );
  if (!items.length) return [];
  const list = make(
    "details",
    { class: "edit-open-sentences" },
    make("summary", {}, say("open-sentences"), " ", make("span", { class: "n" }, String(items.length))),
    make("ul", { class: "edit-list" }, ...items),
  );
  return [list];
}

/**
 * Lists words as saying nothing for the map.
 * @param {string} article
 * @param {Stretch[]} stretches
 * @param {object[]} [before] what is done in the same step, such as to remove the draft of a statement
 * @param {string | null} [edit] id of the statement that is opened next
 */
export function unmap(article, stretches, before = [], edit = null) {
  const passages = [...unmappedOf(article), ...stretches.flatMap(byParagraph).map(passageOf)];
  const operation = { do: "many", operations: [...before, { do: "unmap", article, passages }] };
  return changeFolder("apply", { operation }, say("unmapped-said"), { list: "event", edit });
}

/** The words that say nothing for the map, each with a button that takes that back. */
export function unmappedList() {
  const items = entries("article").flatMap(({ entry: { id: article }, unmapped = [] }) =>
    unmapped.map((passage) => {
      const { language, dir } = articleLook(article);
      const words = passage.exact ?? "";
      const left = unmapped.filter((one) => one !== passage);
      const operation = { do: "unmap", article, passages: left };
      const back = () => changeFolder("apply", { operation }, say("mapped-said"), { list: "event" });
      return make(
        "li",
        {},
        make("span", { lang: language, dir }, words),
        button({ class: "edit-small", "aria-label": `${say("map-again")}: ${words}` }, back, say("map-again")),
      );
    }),
  );
  if (!items.length) return [];
  const count = make("span", { class: "n" }, String(items.length));
  const list = make(
    "details",
    { class: "edit-open-sentences" },
    make("summary", {}, say("unmapped"), " ", count),
    make("ul", { class: "edit-list" }, ...items),
  );
  return [list];
}

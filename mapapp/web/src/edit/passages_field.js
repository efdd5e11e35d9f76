/* The passages of a statement: exact words of the article, whose beginning and end can be moved word by word. */

/** @import { Slot } from "./slots.js" */
/** @import { Stretch } from "./types.d.ts" */

import { button, make } from "../dom.js";
import { byParagraph, byWord, highlight, passageOf, showStretch, wordsOf } from "./articles.js";
import { desk, marked, placeOfPassage, say } from "./desk.js";
import { useMarked } from "./marking.js";
import { matching, pick, signButton } from "./pick.js";
import { labelOf } from "./slots.js";

/** @param {Slot} slot */
export function passagesField(slot) {
  const { holder, draft, change, redraw } = slot;
  const article = draft.article ?? "";
  /** @type {{ exact?: string, prefix?: string, suffix?: string }[]} */
  const now = holder.passages ?? [];
  /** @param {typeof now} next */
  const take = (next) => {
    holder.passages = next;
    change();
    redraw();
  };
  highlight(
    "edit-passage",
    now.flatMap((one) => placeOfPassage(article, one) ?? []),
  );
  const items = now.map((passage, i) => {
    /** @param {typeof passage | null} other */
    const replace = (other) => take(now.flatMap((one, j) => (j === i ? (other ?? []) : one)));
    return passageNode(article, passage, i, replace);
  });
  const add = useMarked(say("add-passage"), () => {
    if (marked.stretch) take([...now, ...byParagraph(marked.stretch).map(passageOf)]);
  });
  return make(
    "fieldset",
    { class: "edit-passages" },
    make("legend", {}, labelOf(slot)),
    make("ol", {}, ...items),
    add,
    sentencePick(article, (stretch) => take([...now, passageOf(stretch)])),
  );
}

/**
 * @param {string} article
 * @param {{ exact?: string, prefix?: string, suffix?: string }} passage
 * @param {number} i
 * @param {(passage: { exact: string, prefix?: string, suffix?: string } | null) => void} replace
 */
function passageNode(article, passage, i, replace) {
  const stretch = placeOfPassage(article, passage);
  const n = i + 1;
  /** @param {"start" | "end"} edge @param {1 | -1} step @param {string} sign */
  const move = (edge, step, sign) =>
    signButton(sign, say(`${edge}-${step === 1 ? "longer" : "shorter"}`, { n }), () => {
      if (stretch) replace(passageOf(byWord(stretch, edge, step)));
    });
  const { language, dir } = articleLook(article);
  return make(
    "li",
    {},
    make("blockquote", { lang: language, dir }, passage.exact ?? ""),
    make(
      "div",
      { class: "edit-row" },
      ...(stretch
        ? [move("start", 1, "⇤"), move("start", -1, "⇥"), move("end", -1, "⇠"), move("end", 1, "⇢")]
        : [make("span", { class: "edit-fault" }, say("passage-missing"))]),
      stretch ? button({ class: "edit-small" }, () => showStretch(stretch), say("show-in-article")) : null,
      button({ class: "edit-small", "aria-label": say("remove-passage", { n }) }, () => replace(null), say("remove")),
    ),
  );
}

/** @param {string} article */
export function articleLook(article) {
  const found = desk.page.payload.articles.find(({ id }) => id === article);
  return { language: found?.lang ?? null, dir: found?.dir ?? null };
}

/**
 * A field that finds a sentence of the article, for those who mark no words.
 * @param {string} article
 * @param {(stretch: Stretch) => void} take
 */
export function sentencePick(article, take) {
  const sentences = desk.state.coverage[article] ?? [];
  const options = sentences.map(([start, end, covered], i) => ({
    value: String(i),
    label: wordsOf({ article, start, end }),
    note: say(`covered-${covered}`),
  }));
  return pick({
    label: say("find-sentence"),
    options: (text) => matching(options, text),
    choose: ({ value }) => {
      const [start, end] = sentences[Number(value)] ?? [0, 0];
      take({ article, start, end });
    },
  });
}

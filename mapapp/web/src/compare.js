/* Two days compared: the card in which a day is chosen, and which says what changed hands. Each change of the window
 * only looks up which two snapshots it compares.
 */

/** @import { SnapshotItem } from "./comparison.js" */
/** @import { ChangedHolder } from "./payload.d.ts" */

import { comparedKey, drawCompared } from "./compare_marks.js";
import { holdersOf, numbersStatus } from "./compare_numbers.js";
import { comparisonOf, comparisonWords, holderRows, isComparable, knownSnapshots } from "./comparison.js";
import { fromIso, toIso } from "./days.js";
import { button, inputOf, make, on } from "./dom.js";
import { paintLegend } from "./legend.js";
import { paintPlaces } from "./map.js";
import { $, set, state } from "./state.js";
import { daysWords, dayWords, words } from "./words.js";

/** What is said in place of the numbers. */
const WITHOUT_NUMBERS = {
  unasked: "compare-loading",
  loading: "compare-loading",
  failed: "compare-failed",
  ready: "compare-no-numbers",
};

/** @typedef {NonNullable<ReturnType<typeof comparisonOf>>} Compared */
/** What the card says now. */
let said = "";

/** Whether there are two days to compare at all. */
const canCompare = () => isComparable(state.atlas);

/** The button of the time bar that opens the card; null if nothing can be compared. */
export function compareButton() {
  if (!canCompare()) return null;
  const attributes = { class: "compare-open", "aria-expanded": "false", "aria-controls": "compare" };
  return button(attributes, () => openCard($(".compare").hidden !== false), words("compare-open"));
}

/** The card, which is empty until it is opened. */
export const compareCard = () =>
  make(
    "section",
    { class: "compare", id: "compare", "aria-label": words("compare-open"), hidden: true },
    make("div", { class: "compare-form" }),
    make("div", { class: "compare-said", "aria-live": "polite" }),
  );

/** What the card says first, once more beside the map: on small screens and on paper the card is below all else. */
export const compareBrief = () => make("div", { class: "compare-brief", hidden: true });

/** @param {boolean} open */
function openCard(open) {
  $(".compare").hidden = !open;
  $(".compare-open").setAttribute("aria-expanded", String(open));
  if (open) {
    buildForm();
    paintCompare();
    $(".compare-day").focus();
  } else if (state.view.compare !== null) set("days", { compare: null });
}

function buildForm() {
  const day = state.view.compare;
  const input = make("input", {
    type: "text",
    class: "typed compare-day",
    inputmode: "numeric",
    maxlength: 10,
    spellcheck: "false",
    title: words("day-format"),
    value: day === null ? "" : toIso(day),
    "aria-label": words("compare-day"),
  });
  const options = knownSnapshots(state.atlas, state.view).map(([first, last]) =>
    make("option", { value: toIso(first) }, daysWords(first, last)),
  );
  const choice = make(
    "select",
    { class: "compare-days", "aria-label": words("compare-snapshots") },
    make("option", { value: "" }, words("compare-snapshots")),
    ...options,
  );
  on(choice, { change: () => choice.value && take(choice.value) });
  on(input, { change: (event) => take(inputOf(event).value.trim()) });
  $(".compare-form").replaceChildren(
    make("h2", {}, words("compare-open")),
    make("label", {}, words("compare-day"), " ", input),
    button({ class: "compare-go" }, () => take(input.value.trim()), words("compare-go")),
    choice,
    button({ class: "compare-close" }, () => openCard(false), words("compare-clear")),
  );
}

/**
 * Compares with a typed day.
 * @param {string} iso
 */
function take(iso) {
  const day = fromIso(iso);
  const input = /** @type {HTMLInputElement} */ ($(".compare-day"));
  input.setAttribute("aria-invalid", String(day === null));
  if (day === null) {
    said = "";
    $(".compare-said").replaceChildren(make("p", { class: "compare-wrong" }, words("day-format")));
  } else set("days", { compare: day });
}

/**
 * @param {string} key
 * @param {ChangedHolder[]} found
 */
function draw(key, found) {
  if (!drawCompared(key, found)) return;
  paintPlaces(state.shown);
  paintLegend();
}

/** Brings map and card to the state of the view. */
export function paintCompare() {
  const { compare } = state.view;
  if (!canCompare()) return;
  const card = $(".compare");
  if (compare === null) {
    draw("", []);
    say("", () => []);
    return;
  }
  if (card.hidden) {
    card.hidden = false;
    $(".compare-open").setAttribute("aria-expanded", "true");
    buildForm();
  }
  const input = /** @type {HTMLInputElement} */ ($(".compare-day"));
  if (document.activeElement !== input) input.value = toIso(compare);
  const asked = /** @type {Compared} */ (comparisonOf(state.atlas, state.view));
  const { first, last, gaps, key } = asked;
  if (gaps.length) {
    draw("", []);
    const missing = gaps.includes(compare) ? compare : first;
    say(`gap ${missing} ${state.view.as_of}`, () => gap(missing, asked.known));
    return;
  }
  const found = asked.same ? [] : holdersOf(key);
  draw(`${key} ${compare} ${found ? 1 : 0}`, found ?? []);
  const days = { first: dayWords(first), last: dayWords(last) };
  say(`${key} ${first} ${last} ${numbersStatus()} ${state.view.language}`, () => sentences(asked.same, found, days));
}

/**
 * Replaces what the card says, if it is not that already.
 * @param {string} key
 * @param {() => Element[]} content
 */
function say(key, content) {
  if (key === said) return;
  said = key;
  $(".compare-said").replaceChildren(...content());
  const first = content().filter((node) => node.matches("p:not(.small), .key") && node.childNodes.length);
  for (const node of first) node.classList.remove("compare-sentence");
  const brief = $(".compare-brief");
  brief.hidden = !first.length;
  brief.replaceChildren(...first);
}

/**
 * @param {number} day
 * @param {SnapshotItem[]} known
 */
function gap(day, known) {
  const before = known.filter(([, last]) => last < day).at(-1)?.[1];
  const after = known.find(([first]) => first > day)?.[0];
  const nearest = [before, after].filter((one) => one !== undefined);
  const offered = nearest.map((one) => button({ class: "link" }, () => set("days", { compare: one }), dayWords(one)));
  const isCompared = day === state.view.compare;
  return [
    make("p", {}, words("compare-gap", { day: dayWords(day) })),
    isCompared && nearest.length ? make("p", {}, words("compare-nearest"), " ", ...spaced(offered)) : make("p", {}),
  ];
}

/** @param {Element[]} nodes */
const spaced = (nodes) => nodes.flatMap((node, i) => (i ? [" ", node] : [node]));

/**
 * @param {boolean} same
 * @param {ChangedHolder[] | null} found
 * @param {{ first: string, last: string }} days
 */
function sentences(same, found, days) {
  if (same) return [make("p", {}, words("compare-same", days))];
  if (found === null) return [make("p", {}, words(WITHOUT_NUMBERS[numbersStatus()]))];
  const texts = comparisonWords(found, days);
  if (!found.some(({ gained, lost, contested }) => !contested && (gained[1] || lost[1])))
    return texts.map((text) => make("p", {}, text));
  return [
    ...texts.map((text) => make("p", { class: "compare-sentence" }, text)),
    ...comparedKey(found),
    make("details", {}, make("summary", {}, words("compare-title", days)), numbers(found, days)),
    make("p", { class: "small" }, words("compare-method")),
  ];
}

/**
 * The numbers of every holder.
 * @param {ChangedHolder[]} found
 * @param {{ first: string, last: string }} days
 */
function numbers(found, days) {
  return make(
    "dl",
    {},
    ...found.flatMap((holder) => [
      make("dt", {}, words(`place-kind-${holder.kind}`)),
      ...holderRows(holder, days).map(({ label, size }) =>
        make("dd", {}, make("span", {}, label), make("span", {}, size)),
      ),
    ]),
  );
}

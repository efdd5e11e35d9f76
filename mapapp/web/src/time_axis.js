/* Drawing of the time axis: ticks, marks, the window and its handles. time_bar.js has the controls. */

/** @import { EventItem, FactItem } from "./payload.d.ts" */
/** @import { Axis } from "./types.d.ts" */

import { toIso } from "./days.js";
import { on, svg, update } from "./dom.js";
import { timeMarkWords } from "./mark_words.js";
import { incidentScope } from "./selection.js";
import { $, $$, clamp, setDays, state } from "./state.js";
import { textWidth } from "./text_width.js";
import { axisFor, certainWithin, heaps, startOf, ticks, unitFor, zoomed } from "./ticks.js";
import { renewTimeStop } from "./time_focus.js";
import { paintTimeKey } from "./time_key.js";

import { hasBegun } from "./visible.js";

import { dayWords, inLanguage, words } from "./words.js";

// lower edge of each lane, in pixels from the top
const LANE = { said: 36, bars: 66, ours: 81, line: 82, grips: 98, height: 116 };
const COLUMN = 11; // pixels: width of a stack of short marks
const SQUARE = 9; // pixels: side of a short mark
const PIECE = 64; // pixels: the middle piece of the window ends at multiples of it
const EDGES = /** @type {const} */ (["first", "last"]);

/** The visible days. @type {Axis} */
let axis = { first: 0, last: 0 };
let width = 0;

export const axisInSight = () => axis;
/**
 * The x position in pixels at which a day begins.
 * @param {number} day
 */
export const xOf = (day) => ((day - axis.first) / (axis.last + 1 - axis.first)) * width;
/**
 * The time at an x position, in days.
 * @param {number} px
 */
export const timeAt = (px) => axis.first + (px / width) * (axis.last + 1 - axis.first);
/**
 * Limits an x position to the axis.
 * @param {number} px
 */
export const inSight = (px) => clamp(px, 0, width);

/** Measures the width of the axis. */
export function measureAxis() {
  const now = $(".axis-svg").clientWidth;
  if (now === width) return;
  width = now;
  buildAxis();
}

/**
 * Shows a window with time on either side.
 * @param {number} first
 * @param {number} last
 */
export function zoomAxisTo(first, last) {
  const wanted = axisFor(axis, first, last, state.atlas.span);
  if (wanted === axis) return;
  axis = wanted;
  buildAxis();
}

/** Moves the axis if the window extends beyond it. */
export function followWindow() {
  const { first, last } = state.view;
  if (first < axis.first || last > axis.last) zoomAxisTo(first, last);
}

/**
 * @param {number} factor
 * @param {number} [around] day; by default the middle of the window
 */
export function zoomAxis(factor, around = (state.view.first + state.view.last) / 2) {
  axis = zoomed(axis, factor, around, state.atlas.span);
  buildAxis();
}

/** Draws axis, ticks and marks; only needed if the visible days change. */
export function buildAxis() {
  if (!width) return;
  const box = $(".axis-svg");
  const focused = document.activeElement;
  const { handle: edge, mark: id } =
    focused && box.contains(focused) ? /** @type {SVGElement} */ (focused).dataset : {};
  box.setAttribute("viewBox", `0 0 ${width} ${LANE.height}`);
  box.replaceChildren(
    svg("rect", { class: "axis-back", x: 0, y: 0, width, height: LANE.line }),
    svg("g", { class: "brush" }, ...[0, 1, 2].map(() => svg("rect", { y: 0, height: LANE.line }))),
    ...tickNodes(),
    svg("g", { class: "record-lane" }),
    // Handles are drawn under the marks so that they cover none; their grips are below the axis.
    ...EDGES.map(handle),
    ...articleDays(),
    ...statementMarks(),
    ...factMarks(),
  );
  paintTime();
  paintTimeMarks();
  paintTimeKey();
  renewTimeStop();
  if (edge) $(`[data-handle="${edge}"]`).focus();
  if (id)
    $$("[data-mark]")
      .find((node) => node.dataset.mark === id)
      ?.focus();
}

function tickNodes() {
  const nodes = [];
  let free = -Infinity;
  for (const [day, label] of ticks(axis, unitFor(width / (axis.last - axis.first + 1)), dayWords)) {
    const x = xOf(day);
    nodes.push(svg("line", { class: "tick-line", x1: x, x2: x, y1: 0, y2: LANE.line }));
    const wide = textWidth(label, 400, 11);
    if (x + 3 < free || x + 3 + wide > width) continue;
    nodes.push(svg("text", { class: "tick-text", x: x + 3, y: LANE.grips + 13 }, label));
    free = x + wide + 12;
  }
  return nodes;
}

/** @param {{ day: number }} item */
const isOnAxis = ({ day }) => day >= axis.first && day <= axis.last;

/** A line on the day of each article. */
const articleDays = () =>
  state.atlas.articles.filter(isOnAxis).map(({ day, letter }) => {
    const x = xOf(day + 0.5);
    const title = svg("title", {}, letter ? words("preset-article-day-of", { letter }) : words("article-day"));
    return svg("line", { class: "article-day", x1: x, x2: x, y1: 0, y2: LANE.line }, title);
  });

/**
 * The shapes of the handle of an edge, to the right of the edge.
 * @param {"first" | "last"} edge
 */
function handleShapes(edge) {
  const { line, grips, height } = LANE;
  /**
   * @param {number} from
   * @param {number} wide
   */
  const out = (from, wide) => (edge === "first" ? -from - wide : from);
  return [
    { class: "handle-hit", x: out(-2, 10), y: 0, width: 10, height: line },
    { class: "handle-hit", x: out(0, 24), y: line, width: 24, height: height - line },
    { class: "handle-bar", x: -1.5, y: 0, width: 3, height: grips },
    { class: "handle-grip", x: out(-1.5, 13), y: line + 2, width: 13, height: grips - line - 2, rx: 3 },
  ];
}

/** @param {"first" | "last"} edge */
const handle = (edge) =>
  on(
    svg(
      "g",
      { class: "handle", "data-handle": edge, role: "slider", tabindex: 0, "aria-label": words(`window-${edge}`) },
      ...handleShapes(edge).map((shape) => svg("rect", shape)),
    ),
    { keydown: (event) => nudge(event, edge) },
  );

/**
 * Moves an edge of the window by the keyboard.
 * @param {KeyboardEvent} event
 * @param {"first" | "last"} edge
 */
function nudge(event, edge) {
  const { view, atlas } = state;
  const far = atlas.span[1] - atlas.span[0];
  /** @type {Record<string, number>} */
  const steps = {
    ArrowLeft: -1,
    ArrowRight: 1,
    ArrowDown: -1,
    ArrowUp: 1,
    PageDown: -30,
    PageUp: 30,
    Home: -far,
    End: far,
  };
  const step = steps[event.key];
  if (!step) return;
  event.preventDefault();
  if (edge === "first") setDays(Math.min(view.first + step, view.last), view.last, "nudge");
  else setDays(view.first, Math.max(view.last + step, view.first), "nudge");
}

/**
 * The height of a mark in a stack with the given spacing.
 * @param {number} pitch
 */
const thick = (pitch) => (pitch > 3 ? pitch - 1.5 : pitch * 0.7);

/**
 * @param {string} kind
 * @param {EventItem | FactItem} item
 * @param {(SVGElement | null)[]} shapes
 */
const mark = (kind, item, ...shapes) =>
  svg(
    "g",
    {
      class: `${kind}${item.draft ? " draft" : ""}`,
      "data-mark": item.id,
      "data-select": item.id,
      role: "button",
      tabindex: -1,
      "aria-label": timeMarkWords(item.id),
    },
    svg(
      "title",
      {},
      "number" in item ? words("numbered", { number: item.number, title: inLanguage(item.title) }) : item.title,
    ),
    ...shapes,
  );

/**
 * Whether a statement is drawn as a bar instead of a short mark.
 * @param {EventItem} event
 * @param {number} start
 */
function isLong(event, start) {
  if (event.throughout || event.latest === null) return true;
  return xOf(event.latest + 1) - xOf(start) > Math.max(14, xOf(start + 1) - xOf(start));
}

/** Draws short marks stacked in the upper lane, and long ones as bars below it. */
function statementMarks() {
  /** @type {{ event: EventItem, start: number }[]} */
  const short = [];
  /** @type {{ event: EventItem, start: number }[]} */
  const long = [];
  for (const event of state.events.values()) {
    const start = startOf(event);
    if (start === null || start > axis.last || (event.latest !== null && event.latest < axis.first)) continue;
    (isLong(event, start) ? long : short).push({ event, start });
  }
  long.sort((a, b) => a.start - b.start);
  const pitch = Math.min(5, (LANE.bars - LANE.said - 3) / Math.max(1, long.length));
  return [
    ...heaps(short, COLUMN, ({ start }) => xOf(start)).flatMap(({ left, list }) => heapOfStatements(left, list)),
    ...long.map(({ event, start }, i) => bar(event, start, LANE.said + 3 + i * pitch, thick(pitch))),
  ];
}

/**
 * @param {number} left
 * @param {{ event: EventItem, start: number }[]} list
 */
function heapOfStatements(left, list) {
  const start = list[0]?.start ?? 0;
  const across = Math.max(1, Math.floor((xOf(start + 1) - xOf(start) - 4) / COLUMN));
  const pitch = Math.min(COLUMN, LANE.said / Math.ceil(list.length / across));
  const from = left + (across > 1 ? 3 : 0);
  return list.map(({ event }, i) => {
    const x = from + (i % across) * COLUMN;
    const y = LANE.said - (Math.floor(i / across) + 1) * pitch + 1;
    return mark("time-mark short", event, svg("rect", { x, y, width: SQUARE, height: thick(pitch), rx: 1 }));
  });
}

/**
 * The bar of a statement: faint for the possible time, solid for the certain part.
 * @param {EventItem} event
 * @param {number} start
 * @param {number} y
 * @param {number} height
 */
function bar(event, start, y, height) {
  const from = inSight(xOf(start));
  const to = event.latest === null ? width : inSight(xOf(event.latest + 1));
  const certainFrom = event.certainFrom === null ? from : inSight(xOf(event.certainFrom));
  const certainTo = event.certainTo === null ? to : inSight(xOf(event.certainTo + 1));
  return mark(
    "time-mark long",
    event,
    svg("rect", { class: "fuzzy", x: from, y, width: Math.max(4, to - from), height }),
    certainWithin(event, axis)
      ? svg("rect", { x: certainFrom, y, width: Math.max(4, certainTo - certainFrom), height })
      : null,
  );
}

function factMarks() {
  const dated = [...state.facts.values()]
    .map((fact) => ({ fact, start: startOf(fact) ?? -Infinity }))
    .filter(({ start }) => start >= axis.first && start <= axis.last);
  return heaps(dated, 5, ({ start }) => xOf(start + 0.5) - 2).flatMap(({ left, list }) => {
    const step = Math.min(9, (LANE.ours - LANE.bars - 2) / list.length);
    return list.map(({ fact }, i) => {
      const y = LANE.ours - (i + 1) * step;
      return mark("fact-mark", fact, svg("rect", { x: left, y, width: 4, height: thick(step), rx: 1 }));
    });
  });
}

/**
 * The three pieces of the window. A step moves only the narrow ones at its ends: what lies behind a piece that changes
 * is drawn anew, and there may be many bars of incidents.
 * @param {number} left
 * @param {number} right
 * @returns {[from: number, to: number][]}
 */
function windowPieces(left, right) {
  const [from, to] = [Math.ceil(left / PIECE) * PIECE, Math.floor(right / PIECE) * PIECE];
  if (from >= to) return [[left, right], [right, right], [right, right]]; // biome-ignore format: three pieces
  return [[left, from], [from, to], [to, right]]; // biome-ignore format: three pieces
}

/** Moves the window on the axis. */
export function paintTime() {
  if (!width) return;
  const { view } = state;
  const left = clamp(xOf(view.first), -2, width);
  const right = clamp(xOf(view.last + 1), 0, width + 2);
  windowPieces(left, Math.max(left + 2, right)).forEach(([from, to], i) => {
    update(/** @type {Element} */ ($(".brush").children[i]), { x: from, width: to - from });
  });
  paintIncidentLane();
  paintEdge("first", left);
  paintEdge("last", right);
  const key = `${view.first}/${view.last}`;
  for (const button of $$("[data-preset]")) update(button, { "aria-pressed": String(button.dataset.preset === key) });
}

/** Highlights the marks of what is visible or selected. */
export function paintTimeMarks() {
  const { view, shown, chosen, facts } = state;
  for (const node of $$(".time-mark, .fact-mark")) {
    const id = node.dataset.mark ?? "";
    const fact = facts.get(id);
    node.classList.toggle("in", shown.events.has(id) || shown.facts.has(id));
    node.classList.toggle("chosen", chosen.id === id);
    node.classList.toggle("unknown", fact !== undefined && (!view.background || !hasBegun(fact)));
  }
}

/**
 * A handle of the window, and the day that is typed beside it.
 * @param {"first" | "last"} edge
 * @param {number} at
 */
function paintEdge(edge, at) {
  const day = state.view[edge];
  const [low, high] = state.atlas.span;
  const grip = $(`[data-handle="${edge}"]`);
  update(grip, {
    "aria-valuenow": day,
    "aria-valuemin": low,
    "aria-valuemax": high,
    "aria-valuetext": dayWords(day),
  });
  // not by a transform, for which browsers put all layers of the page together anew
  handleShapes(edge).forEach(({ x }, i) => {
    update(/** @type {Element} */ (grip.children[i]), { x: clamp(at, 1, width - 1) + x });
  });
  const typed = /** @type {HTMLInputElement} */ ($(`[data-edge="${edge}"]`));
  if (typed.value !== toIso(day) && typed.getAttribute("aria-invalid") !== "true") typed.value = toIso(day);
}

/** Draws the incidents behind the axis; counts them again only if something other than the window has changed. */
function paintIncidentLane() {
  const { incidents, view } = state;
  if (!incidents) return;
  const lane = $(".record-lane");
  const shows = !view.hidden.has("incidents");
  lane.toggleAttribute("hidden", !shows);
  if (!shows) return;
  const kinds = view.kinds && [...view.kinds].join(" ");
  const key = [axis.first, axis.last, width, kinds, view.certain, view.as_of, incidentScope()].join("|");
  if (lane.dataset.key === key) return;
  lane.dataset.key = key;
  lane.replaceChildren(...incidents.bars(axis, xOf, LANE.line));
}

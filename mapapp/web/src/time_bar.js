/* Controls of the time bar: typed days, presets, dragging and playing. time_axis.js draws the axis. */

import { compareButton } from "./compare.js";
import { fromIso, toIso } from "./days.js";
import { button, inputOf, make, on, svg } from "./dom.js";
import { toggle } from "./panel.js";
import { select } from "./selection.js";
import { $, $$, clamp, set, setDays, state } from "./state.js";
import { axisInSight, inSight, measureAxis, timeAt, xOf, zoomAxis, zoomAxisTo } from "./time_axis.js";
import { makeTimeKeys } from "./time_focus.js";
import { timeKey } from "./time_key.js";

import { dayWords, words } from "./words.js";

const REACH = 12; // pixels around a mark in which a press selects it: targets of 24 pixels
const STILL = 4; // pixels that a press may move
const PLAY_STEP = 350; // milliseconds
const PLAY_PIECES = 24; // a window as long as the story cannot move, so it is divided into this many steps

function playButton() {
  const label = words("play");
  return button({ class: "play", title: label, "aria-label": label, "aria-pressed": "false" }, play, "▶");
}

export function buildTimeBar() {
  const { atlas } = state;
  const presets = atlas.presets.map(([label, first, last]) =>
    button({ "data-preset": `${first}/${last}` }, () => goToDays(first, last), label),
  );
  const knownToggle = toggle("known", words("as-known", { date: dayWords(atlas.day) }), (checked) =>
    set("setting", { as_of: checked ? atlas.day : null }),
  );
  $(".time").append(
    make(
      "div",
      { class: "time-head" },
      playButton(),
      make("span", { class: "typed-pair" }, typedDay("first"), " – ", typedDay("last")),
      make("span", { class: "typed-note", id: "typed-note", role: "alert" }),
      make("span", { class: "presets", role: "group", "aria-label": words("presets") }, ...presets),
      knownToggle,
      compareButton(),
    ),
    make(
      "div",
      { class: "axis" },
      svg("svg", { class: "axis-svg", role: "group", "aria-label": words("time-axis") }),
      make(
        "span",
        { class: "zoomers" },
        button({ title: words("axis-in"), "aria-label": words("axis-in") }, () => zoomAxis(1 / 1.6), "+"),
        button({ title: words("axis-out"), "aria-label": words("axis-out") }, () => zoomAxis(1.6), "−"),
      ),
    ),
    timeKey(),
  );
  const axis = $(".axis-svg");
  axis.addEventListener("wheel", zoomByWheel, { passive: false });
  axis.addEventListener("pointerdown", startDrag);
  new ResizeObserver(measureAxis).observe(axis);
  makeTimeKeys();
}

/**
 * Moves the window, and the axis with it.
 * @param {number} first
 * @param {number} last
 */
export function goToDays(first, last) {
  zoomAxisTo(first, last);
  setDays(first, last);
}

/** @param {WheelEvent} event */
function zoomByWheel(event) {
  event.preventDefault();
  zoomAxis(event.deltaY > 0 ? 1.25 : 0.8, Math.floor(timeAt(event.offsetX)));
}

/** @param {"first" | "last"} edge */
function typedDay(edge) {
  const attributes = {
    type: "text",
    class: "typed",
    inputmode: "numeric",
    maxlength: 10,
    spellcheck: "false",
    title: words("day-format"),
    "data-edge": edge,
    "aria-label": words(`window-${edge}`),
    "aria-describedby": "typed-note",
  };
  return on(make("input", attributes), { change: (event) => takeTyped(inputOf(event), edge) });
}

/**
 * @param {HTMLInputElement} input
 * @param {"first" | "last"} edge
 */
function takeTyped(input, edge) {
  const { view, atlas } = state;
  const [low, high] = atlas.span;
  const day = fromIso(input.value.trim());
  const wrong = day === null ? "day-wrong" : day < low || day > high ? "day-beyond" : null;
  input.setAttribute("aria-invalid", String(wrong !== null));
  $(".typed-note").textContent = wrong ? words(wrong, { first: toIso(low), last: toIso(high) }) : "";
  if (wrong || day === null) return;
  if (edge === "first") setDays(day, Math.max(day, view.last));
  else setDays(Math.min(day, view.first), day);
}

/** Clears error messages of the day inputs after the window has moved. */
export function clearTyped() {
  for (const typed of $$(".typed")) typed.removeAttribute("aria-invalid");
  $(".typed-note").textContent = "";
}

/**
 * Drags an edge of the window, the window, or a new one. A press without a drag selects the mark next to it: marks are
 * smaller than a finger.
 * @param {PointerEvent} event
 */
function startDrag(event) {
  const target = /** @type {Element} */ (event.target);
  if (target.closest("[data-select]")) return; // a mark is clicked, not dragged
  const axis = $(".axis-svg");
  const move = moveOf(target, event.clientX, axis.getBoundingClientRect().left);
  const near = target.closest(".handle-grip") ? null : markNear(event);
  let dragged = near === null;
  const drag = (/** @type {PointerEvent} */ moved) => {
    dragged ||= Math.hypot(moved.clientX - event.clientX, moved.clientY - event.clientY) > STILL;
    if (dragged) move(moved);
  };
  const end = () => {
    axis.removeEventListener("pointermove", drag);
    axis.removeEventListener("pointerup", end);
    axis.removeEventListener("pointercancel", end);
    if (dragged) setDays(state.view.first, state.view.last);
    else select(near);
  };
  axis.setPointerCapture(event.pointerId);
  axis.addEventListener("pointermove", drag);
  axis.addEventListener("pointerup", end);
  axis.addEventListener("pointercancel", end);
  if (dragged && !target.closest("[data-handle], .brush")) move(event);
}

/**
 * The id of the mark nearest to a press, if it is within reach; null if there is none.
 * @param {PointerEvent} event
 */
function markNear({ clientX, clientY }) {
  let best = null;
  for (const node of $$(".time-mark, .fact-mark:not(.unknown)")) {
    const { left, right, top, bottom } = node.getBoundingClientRect();
    const gap = Math.hypot(Math.max(left - clientX, clientX - right, 0), Math.max(top - clientY, clientY - bottom, 0));
    if (gap <= REACH && (best === null || gap < best.gap)) best = { gap, id: node.dataset.select ?? null };
  }
  return best?.id ?? null;
}

/**
 * How a drag changes the window, depending on where it began.
 * @param {Element} target
 * @param {number} gripped where, in pixels of the page
 * @param {number} left of the axis, in pixels of the page
 * @returns {(event: PointerEvent) => void}
 */
function moveOf(target, gripped, left) {
  const edge = /** @type {SVGElement | null} */ (target.closest("[data-handle]"))?.dataset.handle;
  if (edge) return moveEdge(edge, gripped);
  const { first, last } = axisInSight();
  const from = Math.floor(timeAt(gripped - left));
  /** @param {PointerEvent} event */
  const dayUnder = ({ clientX }) => clamp(Math.floor(timeAt(clientX - left)), first, last);
  if (target.closest(".brush")) return moveWindow((event) => dayUnder(event) - from);
  return (event) => setDays(from, dayUnder(event), "step");
}

/**
 * @param {string} edge
 * @param {number} gripped where, in pixels of the page
 * @returns {(event: PointerEvent) => void}
 */
function moveEdge(edge, gripped) {
  const held = gripped - inSight(edge === "first" ? xOf(state.view.first) : xOf(state.view.last + 1));
  return ({ clientX }) => {
    const { view } = state;
    const { first, last } = axisInSight();
    const day = Math.round(timeAt(clientX - held)); // an edge is between two days
    if (edge === "first") setDays(clamp(day, first, view.last), view.last, "step");
    else setDays(view.first, clamp(day - 1, view.first, last), "step");
  };
}

/**
 * @param {(event: PointerEvent) => number} daysMoved
 * @returns {(event: PointerEvent) => void}
 */
function moveWindow(daysMoved) {
  const { first, last } = state.view;
  const [low, high] = state.atlas.span;
  return (event) => {
    const by = clamp(daysMoved(event), low - first, high - last);
    setDays(first + by, last + by, "step");
  };
}

/** @type {ReturnType<typeof setInterval> | undefined} */
let timer;
/** Starts or stops playing: moving the window step by step. */
function play() {
  const { view, atlas } = state;
  if (state.playing) return stopPlaying();
  const { first, last } = axisInSight();
  const end = view.as_of === null ? atlas.span[1] : Math.min(atlas.span[1], Math.max(view.as_of, view.last));
  const longest = Math.max(1, Math.round((end - first + 1) / PLAY_PIECES));
  const days = clamp(view.last - view.first + 1, 1, longest);
  const step = Math.max(1, Math.round((last - first) / 60));
  if (view.last >= end || days < view.last - view.first + 1) setDays(first, first + days - 1, "step");
  showPlaying(true);
  timer = setInterval(() => {
    const now = state.view; // Python may have sent another view in the meantime
    if (now.last >= end) return stopPlaying();
    const by = Math.min(step, end - now.last);
    setDays(now.first + by, now.last + by, "step");
  }, PLAY_STEP);
}

/** Stops playing through time. */
export function stopPlaying() {
  if (!state.playing) return;
  clearInterval(timer);
  showPlaying(false);
  setDays(state.view.first, state.view.last);
}

/** @param {boolean} playing */
function showPlaying(playing) {
  state.playing = playing;
  const node = $(".play");
  node.textContent = playing ? "❚❚" : "▶";
  node.setAttribute("aria-pressed", String(playing));
}

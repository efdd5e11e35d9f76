/* Goes through the map step by step: by buttons, keys and swipes, or by itself. `story_bar.js` shows the step. */

/** @import { Opening } from "./payload.d.ts" */

import { read, write } from "./address.js";
import { writeNow } from "./address_bar.js";
import { all, button, make, on, one } from "./dom.js";
import { icon } from "./icons.js";
import { openView } from "./open_view.js";
import { sent } from "./rules.js";
import { $, clamp, state } from "./state.js";
import { bar, paintStory, titleOf } from "./story_bar.js";
import { recall, remember } from "./tab_memory.js";
import { stopPlaying } from "./time_bar.js";
import { words } from "./words.js";

const SPEEDS = [4, 8, 15]; // seconds for each step
const USUAL_SPEED = 8;
const SWIPE = 48; // pixels; a shorter movement of a finger is none

/** The name under which this tab remembers the address of the view that the reader had before the story. */
const BEFORE = "before-story";
/** The timer that goes to the next step; undefined if the story does not play. @type {number | undefined} */
let timer;

/** Puts the bar above the map. */
export function buildStory() {
  const { story } = state.atlas;
  const title = make("p", { class: "story-title", dir: "auto" });
  bar.setAttribute("aria-label", words("story"));
  bar.append(
    make(
      "div",
      { class: "story-buttons" },
      control("previous", () => move(-1)),
      control("play", togglePlaying),
      control("next", () => move(1)),
    ),
    make(
      "div",
      { class: "story-words", role: "status", "aria-atomic": "true" },
      make("h2", { class: "story-step" }),
      title,
      make("p", { class: "story-text", dir: "auto" }),
      make("p", { class: "story-own", hidden: true }, words("story-own")),
    ),
    make(
      "div",
      { class: "story-more" },
      speeds(),
      button(
        { class: "story-all", "aria-expanded": "false", "aria-controls": "story-list" },
        toggleList,
        words("story-list"),
      ),
      button(
        { class: "quiet story-leave", title: words("story-leave"), "aria-label": words("story-leave") },
        () => leaveStory(),
        "×",
      ),
    ),
    make(
      "ol",
      { class: "story-list", id: "story-list", hidden: true },
      ...story.map((step, i) =>
        make(
          "li",
          {},
          button({ "data-step": i + 1, dir: "auto" }, () => choose(i + 1), ...titleOf(step)),
        ),
      ),
    ),
  );
  on(bar, { keydown: onKey });
  state.root.before(bar);
  followSwipes(bar);
  followSwipes($(".cards"));
  state.root.addEventListener("pointerdown", pause, { capture: true });
  for (const start of all(state.root, ".story-start")) start.hidden = story.length === 0;
  paintStory();
}

/** The button that begins the story. */
export const storyStart = () =>
  make("p", { class: "story-offer" }, button({ class: "story-start", hidden: true }, begin, words("story-start")));

/**
 * @param {"previous" | "play" | "next"} name
 * @param {() => void} click
 */
function control(name, click) {
  const label = words(`story-${name}`);
  return button({ class: `story-${name}`, title: label, "aria-label": label }, click, icon(name));
}

function speeds() {
  const options = SPEEDS.map((n) =>
    make("option", { value: n, selected: n === USUAL_SPEED }, words("story-seconds", { n })),
  );
  const select = on(make("select", { class: "story-speed", "aria-label": words("story-speed") }, ...options), {
    change: () => timer !== undefined && schedule(),
  });
  select.title = words("story-speed");
  return select;
}

/** The number of the present step; 0 outside the story. */
const present = () => state.view.step ?? 0;

function begin() {
  goToStep(1);
  one(bar, ".story-next").focus({ preventScroll: true });
}

/**
 * Goes to a step; null leaves the story. Returns false if there is no such step.
 * @param {number | null} number
 */
export function goToStep(number) {
  if (number === null) {
    leaveStory();
    return true;
  }
  if (!Number.isInteger(number) || !state.atlas.story[number - 1]) return false;
  stopPlaying();
  noteBefore();
  openView({ ...read({ step: String(number) }, state.atlas.address).view, ...settings() });
  writeNow();
  if (timer !== undefined) schedule();
  return true;
}

/** What a step leaves as the reader has set it. */
function settings() {
  const { names, language, base_map } = state.view;
  return { names, language, base_map };
}

/** The present view with the camera of the map, if the reader moved it. @returns {Opening} */
function here() {
  const { view, map } = state;
  const { lat, lng } = map.getCenter();
  return { ...sent(view), camera: view.moved ? [lat, lng, map.getZoom()] : null };
}

/** Remembers the present view to return to, if it is none of the story. */
export function noteBefore() {
  if (state.view.step === null) remember(BEFORE, JSON.stringify(write(here(), state.atlas.address)));
}

/** The view that the reader had before the story; null if this tab was opened on a step. @returns {Opening | null} */
function before() {
  try {
    const query = JSON.parse(recall(BEFORE) ?? "null");
    return query && read(Object.fromEntries(new URLSearchParams(query)), state.atlas.address).view;
  } catch {
    return null; // not ours
  }
}

/** Returns to the view before the story. */
export function leaveStory() {
  if (state.view.step === null) return;
  pause();
  closeList();
  const held = bar.contains(document.activeElement);
  openView({ ...(before() ?? read({}, state.atlas.address).view), ...settings(), step: null });
  remember(BEFORE, null);
  writeNow();
  if (held) $(".story-start").focus();
}

/** @param {number} by */
const move = (by) => goToStep(clamp(present() + by, 1, state.atlas.story.length));

/** @param {number} number */
function choose(number) {
  closeList();
  one(bar, ".story-all").focus();
  goToStep(number);
}

function togglePlaying() {
  if (timer !== undefined) return pause();
  if (present() === state.atlas.story.length) goToStep(1);
  schedule();
  showPlaying("pause");
}

/** Goes to the next step after the chosen time, and so on to the last. */
function schedule() {
  clearTimeout(timer);
  const speed = /** @type {HTMLSelectElement} */ (one(bar, ".story-speed"));
  timer = window.setTimeout(() => {
    if (present() === 0 || present() >= state.atlas.story.length) return pause();
    move(1);
  }, Number(speed.value) * 1000);
}

/** Stops playing the story; it stays at its step. */
function pause() {
  if (timer === undefined) return;
  clearTimeout(timer);
  timer = undefined;
  showPlaying("play");
}

/** @param {"play" | "pause"} name of what the button does */
function showPlaying(name) {
  const node = one(bar, ".story-play");
  node.replaceChildren(icon(name));
  node.title = words(`story-${name}`);
  node.setAttribute("aria-label", words(`story-${name}`));
}

function toggleList() {
  const list = one(bar, ".story-list");
  list.hidden = !list.hidden;
  one(bar, ".story-all").setAttribute("aria-expanded", String(!list.hidden));
  if (!list.hidden) one(list, "[aria-current]").focus();
}

function closeList() {
  if (!one(bar, ".story-list").hidden) toggleList();
}

/** Whether the bar runs from right to left: then the next step is on the left. */
const turned = () => getComputedStyle(bar).direction === "rtl";

/** @param {KeyboardEvent} event */
function onKey(event) {
  const target = /** @type {Element} */ (event.target);
  if (event.key === "Escape") {
    event.stopPropagation();
    if (one(bar, ".story-list").hidden) return leaveStory();
    closeList();
    return one(bar, ".story-all").focus();
  }
  if (event.altKey || event.ctrlKey || event.metaKey || target.closest("select, .story-list")) return;
  const [back, on_] = turned() ? ["ArrowRight", "ArrowLeft"] : ["ArrowLeft", "ArrowRight"];
  const to = { [back]: present() - 1, [on_]: present() + 1, Home: 1, End: state.atlas.story.length }[event.key];
  if (to === undefined) return;
  event.preventDefault();
  goToStep(clamp(to, 1, state.atlas.story.length));
}

/**
 * Follows fingers that move sideways over an element.
 * @param {HTMLElement} node
 */
function followSwipes(node) {
  /** @type {PointerEvent | null} */
  let start = null;
  on(node, {
    pointerdown: (event) => {
      start = event.pointerType === "mouse" ? null : event;
    },
    pointerup: (event) => {
      if (!start || present() === 0 || start.pointerId !== event.pointerId) return;
      const [x, y] = [event.clientX - start.clientX, event.clientY - start.clientY];
      start = null;
      if (Math.abs(x) >= SWIPE && Math.abs(x) > 2 * Math.abs(y)) move(x < 0 === !turned() ? 1 : -1);
    },
    pointercancel: () => {
      start = null;
    },
  });
}

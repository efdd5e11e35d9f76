/* The bar of the story: which step the view is, its title, and what the author of the map wrote about it. */

/** @import { StepItem } from "./payload.d.ts" */

import { steer } from "./camera.js";
import { all, make, one } from "./dom.js";
import { showCard } from "./how_to_read.js";
import { eventOf, state } from "./state.js";
import { digits, inLanguage, statementTitle, words } from "./words.js";

/** The bar, above the map; `story.js` fills it with buttons. */
export const bar = make("section", { class: "story", hidden: true });

/** Shows the step of the view, or hides the bar outside the story. */
export function paintStory() {
  const { step: number } = state.view;
  const { story } = state.atlas;
  const step = number === null ? undefined : story[number - 1];
  const opened = bar.hidden === (step !== undefined);
  bar.hidden = step === undefined;
  document.body.classList.toggle("in-story", step !== undefined);
  if (opened && step) showCard(false); // the reader may open it again
  if (step) paintStep(step, number ?? 0, story.length);
  if (opened || step) steer(() => state.map.invalidateSize({ animate: false }));
}

/**
 * @param {StepItem} step
 * @param {number} number
 * @param {number} count of steps
 */
function paintStep(step, number, count) {
  one(bar, ".story-step").textContent = words("story-step", { step: number, all: count });
  one(bar, ".story-title").replaceChildren(...titleOf(step));
  one(bar, ".story-text").textContent = step.own ? inLanguage(step.own.text) : "";
  one(bar, ".story-own").hidden = !step.own;
  one(bar, ".story-previous").setAttribute("aria-disabled", String(number === 1));
  one(bar, ".story-next").setAttribute("aria-disabled", String(number === count));
  for (const item of all(bar, "[data-step]")) {
    if (Number(item.dataset.step) === number) item.setAttribute("aria-current", "step");
    else item.removeAttribute("aria-current");
  }
}

/**
 * The title of a step, after the number of its statement.
 * @param {StepItem} step
 */
export function titleOf({ number, shows, own }) {
  if (own) return [inLanguage(own.title)];
  const title = shows === null ? "" : statementTitle(eventOf(shows));
  return [make("b", { class: "count" }, digits(number)), " ", title];
}

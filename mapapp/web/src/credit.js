/* Screenshot view: title, legend, scale, date and credit drawn on the map. */

import { beyondNote } from "./beyond.js";
import { button, make } from "./dom.js";
import { isInSight, legendEntries, legendEntry } from "./legend.js";
import { ownKeys } from "./own_layer.js";
import { paintSkipLinks } from "./skip_links.js";
import { $, layerOf, placeOf, set, state } from "./state.js";
import { daysWords, dayWords, words } from "./words.js";

export function paintCredit() {
  const { view, root, atlas, incidents } = state;
  paintSkipLinks();
  root.classList.toggle("clean", view.screenshot);
  document.body.classList.toggle("clean-screen", view.screenshot);
  const box = $(".credit");
  box.hidden = !view.screenshot && !state.printing;
  if (box.hidden) return;
  const known = view.as_of === null ? null : words("as-known", { date: dayWords(view.as_of) });
  const recorded = incidents && !view.hidden.has("incidents") ? incidents : null;
  const sources = recorded && make("ul", { class: "sources" }, ...recorded.records.map(recorded.caption));
  box.classList.remove("wide");
  box.replaceChildren(
    button({ class: "leave" }, () => set("clean", { screenshot: false }), words("leave-clean")),
    make("h2", {}, state.atlas.title),
    make("p", {}, daysWords(view.first, view.last), known === null ? `, ${words("known-all")}` : `. ${known}`),
    ...(state.printing ? [] : compared()),
    make(
      "div",
      { class: "credit-keys" },
      ...legendEntries(placesInSight()).map(legendEntry),
      recorded?.key(),
      ...ownKeys(),
    ),
    beyondNote(),
    make("p", { class: "small" }, words("credit", { article: shownArticles().join("; "), credit: atlas.attribution })),
    ...(sources ? [make("div", { class: "record" }, sources)] : []),
  );
  box.classList.toggle("wide", box.scrollHeight > box.clientHeight);
}

/** What the comparison says first, with the key of its hatches and lines; on paper it is beside the map anyway. */
function compared() {
  const brief = $(".compare-brief");
  if (brief.hidden) return [];
  const said = [...brief.children].filter((node) => !node.querySelector("button"));
  return [make("div", { class: "credit-compared" }, ...said.map((node) => node.cloneNode(true)))];
}

/** The source lines of the articles whose statements are shown. */
const shownArticles = () =>
  state.atlas.articles
    .filter(({ id }) => (state.view.article ?? id) === id)
    .map(({ id }) => state.atlas.articleSources[id]);

function placesInSight() {
  const sight = state.map.getBounds();
  return [...state.shown.places]
    .map(placeOf)
    .filter((place) => layerOf(place).group !== "base" && isInSight(place, sight));
}

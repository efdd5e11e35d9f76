/* Loads the incident layer (a separate script) after the map has been drawn. */

/** @import { IncidentHost, IncidentLayer, IncidentSource } from "./types.d.ts" */

import { ask } from "./app_requests.js";
import { paintCredit } from "./credit.js";
import { make } from "./dom.js";
import { filter, row, syncPanel } from "./panel.js";
import { incidentScope, openIncidents } from "./selection.js";
import { $, changed, eventOf, state } from "./state.js";
import { dayWords, inLanguage, nameOf, numberWords, words } from "./words.js";

/** @param {IncidentSource} source */
export function loadIncidents(source) {
  const script = make("script", { src: source.script });
  script.addEventListener("error", failed);
  script.addEventListener("load", () => window.mapappIncidents(source, host()).then(takeIn).catch(failed));
  document.head.append(script);
}

const waitingRow = () => $('[data-row="incidents"]');

/** @param {unknown} error */
function failed(error) {
  console.warn(error);
  waitingRow().replaceChildren(make("p", { class: "none" }, words("incidents-failed")));
}

/** @returns {IncidentHost} */
function host() {
  const { map, atlas, root, places } = state;
  return {
    map,
    atlas,
    root,
    words,
    dayWords,
    numberWords,
    nameOf,
    inLanguage,
    view: () => state.view,
    day: dayOfArticle,
    place: (id) => places.get(id),
    scope: incidentScope,
    claims: (id) =>
      (atlas.related[id] || []).map(([event]) => eventOf(event)).filter((event) => atlas.counted.includes(event.kind)),
    ask,
    open: openIncidents,
    drawn: paintCredit,
  };
}

/** The day of the chosen article; of the newest if all are shown. */
const dayOfArticle = () => state.atlas.articles.find(({ id }) => id === state.view.article)?.day ?? state.atlas.day;

/** @param {IncidentLayer} layer */
function takeIn(layer) {
  const { map } = state;
  state.incidents = layer;
  const box = row("incidents", words("layer-incidents"));
  waitingRow().replaceWith(box);
  box.after(...layer.kinds.map(kindFilter));
  const sources = make("ul", { class: "sources" }, ...layer.records.map(layer.caption));
  $(".group-incidents").append(make("div", { class: "small record-sources" }, sources));
  syncPanel();
  changed("loaded");
  map.on("mousemove", ({ latlng }) =>
    map.getContainer().classList.toggle("over-incident", layer.at(latlng).length > 0),
  );
  document.documentElement.dataset.record = "1";
}

/** @param {string} kind */
function kindFilter(kind) {
  const node = filter("kinds", kind, make("span", {}, words(`incident-kind-${kind}`)));
  node.dataset.recordKind = kind;
  return node;
}

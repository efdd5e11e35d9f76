/* Panel: layers, filters and settings; also the switches used by other modules. */

/** @import { LayerItem } from "./payload.d.ts" */
/** @import { Child } from "./dom.js" */

import { all, button, make, on, one, symbol } from "./dom.js";
import { howToReadButton } from "./how_to_read.js";
import { languageChoice } from "./language.js";
import { listPlaces } from "./legend.js";
import { ownGroup } from "./own_layer.js";
import { resetRow } from "./reset.js";
import { $, $$, changed, set, state } from "./state.js";
import { dayWords, languageOf, nameOf, words } from "./words.js";

export function buildPanel() {
  const { atlas } = state;
  /** @param {string} group */
  const layersOf = (group) => atlas.layers.filter((layer) => layer.group === group).map(layerRow);
  $(".panel").append(resetRow());
  const groups = [
    group("as-said", [row("events", words("row-events"), words("layer-events-note")), ...layersOf("article")]),
    group("as-added", [
      ...layersOf("background"),
      toggle("facts", words("layer-facts"), (checked) => set("setting", { background: checked })),
    ]),
    group(
      "who",
      atlas.speakers.map((id) => filter("said_by", id, speaker(id))),
    ),
    group(
      "kind",
      atlas.kinds.map((id) => filter("kinds", id, make("span", {}, symbol(id), ` ${words(`kind-${id}`)}`))),
    ),
    ownGroup(),
    group("how", settings()),
  ];
  $(".panel").append(howToReadButton());
  $(".panel").append(...groups);
  const drafts = countDrafts();
  if (drafts) $(".panel").append(make("p", { class: "small drafts" }, words("drafts-here", { n: drafts })));
  $(".panel").append(make("p", { class: "small" }, words("panel-note")));
}

/** Adds the incidents to the panel, which will be loaded. */
export function addIncidents() {
  const waiting = make("div", { class: "row", "data-row": "incidents" }, none("incidents-loading"));
  $(".group-as-said").after(group("incidents", [waiting]));
}

/** The number of statements, places and background facts that are drafts. */
function countDrafts() {
  const { events, places, facts } = state.atlas;
  return [...events, ...places, ...facts].filter(({ draft }) => draft).length;
}

/** @param {string} key */
const none = (key) => make("p", { class: "none" }, words(key));
/**
 * @param {string} key
 * @param {Child[]} rows
 */
const group = (key, rows) =>
  make("fieldset", { class: `group group-${key}` }, make("legend", {}, words(`group-${key}`)), ...rows);
/** @param {LayerItem} layer */
const layerRow = ({ id }) => row(id, words(`layer-${id}`));
/** @param {string} id */
const speaker = (id) =>
  id === "article" ? make("bdi", {}, words("said-by-article")) : make("bdi", { "data-name": id }, nameOf(id));

function settings() {
  const { languages, basemaps } = state.atlas;
  const bases = basemaps.map(({ id, name }) => [id, words("base-online", { name })]);
  return [
    toggle("possible", words("also-possible"), (checked) => set("setting", { certain: !checked })),
    choice("names", words("names-in"), languages, (names) => set("names", { names })),
    make("p", { class: "small names-missing", hidden: true }),
    choice("base_map", words("base-map"), [["none", words("base-none")], ...bases], (base) =>
      set("base", { base_map: base }),
    ),
    make("label", { class: "row choice" }, make("span", { class: "row-name" }, words("language")), languageChoice()),
    button({ class: "link" }, () => set("clean", { screenshot: true }), words("go-clean")),
  ];
}

/**
 * The switch of a layer, with containers for its swatches and its number.
 * @param {string} id
 * @param {string} label
 * @param {string} [note]
 */
export function row(id, label, note) {
  const input = on(make("input", { type: "checkbox", "data-layer": id }), {
    change: () => {
      const { hidden } = state.view;
      input.checked ? hidden.delete(id) : hidden.add(id);
      changed("layer");
    },
  });
  const number = make("span", { class: "n" });
  const listed = id !== "events" && id !== "incidents";
  return make(
    "div",
    { class: "row", "data-row": id },
    make(
      "label",
      { title: note },
      input,
      make("span", { class: "switch" }),
      make("span", { class: "row-name" }, label),
      make("span", { class: "row-swatch" }),
      listed ? null : number,
    ),
    make("div", { class: "keys" }),
    listed ? placeList(id, label) : null,
  );
}

/**
 * The list of a layer's places, filled when it is opened.
 * @param {string} id
 * @param {string} label
 */
function placeList(id, label) {
  const summary = make("summary", {
    class: "n",
    title: words("list-places"),
    "aria-label": words("list-of", { layer: label }),
  });
  const details = make("details", {}, summary, make("div", { class: "places" }));
  return on(details, { toggle: () => details.open && listPlaces(details, id) });
}

/**
 * @param {string} id
 * @param {string} label
 * @param {(checked: boolean) => void} take
 */
export function toggle(id, label, take) {
  const input = on(make("input", { type: "checkbox" }), { change: () => take(input.checked) });
  const name = make("span", { class: "row-name" }, label);
  return make("label", { class: "row toggle", "data-toggle": id }, input, make("span", { class: "switch" }), name);
}

/**
 * @param {string} id
 * @param {string} label
 * @param {string[][]} options
 * @param {(value: string) => void} take
 */
function choice(id, label, options, take) {
  const nodes = options.map(([value, text]) => make("option", { value }, text));
  const select = on(make("select", { "data-choice": id }, ...nodes), { change: () => take(select.value) });
  return make("label", { class: "row choice" }, make("span", { class: "row-name" }, label), select);
}

/**
 * @param {"said_by" | "kinds"} field
 * @param {string} value
 * @param {Child} label
 */
export function filter(field, value, label) {
  const input = make("input", { type: "checkbox", "data-filter": field, value });
  on(input, { change: () => applyFilter(field, input) });
  return make(
    "label",
    { class: "row filter" },
    input,
    make("span", { class: "tick" }),
    label,
    make("span", { class: "n" }),
  );
}

/**
 * @param {"said_by" | "kinds"} field
 * @param {HTMLInputElement} input
 */
function applyFilter(field, input) {
  const boxes = /** @type {HTMLInputElement[]} */ ($$(`[data-filter="${field}"]`));
  // a kind of statement may also be a kind of incident, with a checkbox of its own
  for (const box of boxes) if (box.value === input.value) box.checked = input.checked;
  const values = boxes.filter((box) => box.checked).map((box) => box.value);
  set("filter", { [field]: values.length === boxes.length ? null : new Set(values) });
}

/** Says which names are not known in the reader's language, and in which they are shown instead. */
function sayMissingNames() {
  const { languages, places } = state.atlas;
  const wanted = state.view.names;
  const others = places.map(({ id }) => languageOf(id)).filter((tag) => tag !== wanted);
  const tags = [...new Set(others)].map((tag) => languages.find(([known]) => known === tag)?.[1] ?? tag);
  const note = $(".names-missing");
  note.hidden = others.length === 0;
  note.textContent = words("names-missing", { n: others.length, all: places.length, languages: tags.join(", ") });
}

/** Sets every switch to the state of the view. */
export function syncPanel() {
  sayMissingNames();
  const { view, atlas, root } = state;
  const known = words("as-known", { date: dayWords(view.as_of === null ? atlas.day : view.as_of) });
  $('[data-toggle="known"] .row-name').textContent = known;
  for (const input of /** @type {HTMLInputElement[]} */ ($$("[data-layer]")))
    input.checked = !view.hidden.has(input.dataset.layer ?? "");
  for (const input of /** @type {HTMLInputElement[]} */ ($$("[data-filter]"))) {
    const values = view[/** @type {"said_by" | "kinds"} */ (input.dataset.filter)];
    input.checked = !values || values.has(input.value);
  }
  const settings = { facts: view.background, known: view.as_of !== null, possible: !view.certain };
  for (const node of $$("[data-toggle]")) {
    const input = /** @type {HTMLInputElement} */ (one(node, "input"));
    input.checked = settings[/** @type {keyof typeof settings} */ (node.dataset.toggle)];
  }
  for (const select of /** @type {HTMLSelectElement[]} */ (all(root, "[data-choice]")))
    select.value = view[/** @type {"names" | "base_map" | "article"} */ (select.dataset.choice)] ?? "";
}

/* The place's layer and its shape: drawn on the map, or typed. */

/** @import { Draft } from "./types.d.ts" */
/** @import { Position, ShapeKind } from "./shape.js" */

import { button, make, on } from "../dom.js";
import { desk, say } from "./desk.js";
import { pathOf, verticesOf } from "./shape.js";
import { ShapeEditor } from "./shape_editor.js";

/** The editor of the draft whose form is open. @type {{ draft: Draft, kind: ShapeKind, editor: ShapeEditor } | null} */
let active = null;

/** Ends the editing of a shape. */
export function stopDrawing() {
  active?.editor.stop();
  active = null;
}

/** @param {Draft} draft */
const layerOf = (draft) => desk.page.layers.find(({ id }) => id === draft.layer) ?? desk.page.layers[0];

/**
 * @param {Draft} draft
 * @param {() => void} change
 * @param {() => void} redraw
 * @returns {HTMLElement}
 */
export function geometryField(draft, change, redraw) {
  const shapes = layerOf(draft)?.shapes ?? ["point"];
  const kind = active?.draft === draft && shapes.includes(active.kind) ? active.kind : kindOf(draft, shapes);
  const room = make("div", { class: "edit-vertices" });
  const paint = () => room.replaceChildren(...controls());
  if (!active || active.draft !== draft || active.kind !== kind) {
    stopDrawing();
    const geometry = kind === kindOf(draft, shapes) ? draft.geometry : undefined;
    active = { draft, kind, editor: new ShapeEditor(geometry, kind, draft.was ?? "", () => {}) };
    desk.map.getContainer().scrollIntoView?.({ block: "nearest" });
  }
  active.editor.changed = () => {
    draft.geometry = active?.editor.geometry;
    change();
    paint();
  };
  paint();
  return make(
    "fieldset",
    { class: "edit-geometry" },
    make("legend", {}, say("shape")),
    layerChoice(draft, change, redraw),
    ...(shapes.length > 1 ? [kindChoice(shapes, kind, redraw)] : []),
    room,
    make("div", { class: "edit-faults", id: "edit-faults-geometry" }),
  );
}

/**
 * The kind of shape that a draft has, or may have.
 * @param {Draft} draft
 * @param {ShapeKind[]} shapes
 * @returns {ShapeKind}
 */
function kindOf({ geometry }, shapes) {
  const type = geometry?.type ?? "";
  /** @type {ShapeKind | null} */
  const now = type.endsWith("Point") ? "point" : type.endsWith("LineString") ? "line" : type ? "area" : null;
  return now && shapes.includes(now) ? now : (shapes[0] ?? "point");
}

/**
 * @param {Draft} draft
 * @param {() => void} change
 * @param {() => void} redraw
 */
function layerChoice(draft, change, redraw) {
  const select = make(
    "select",
    { id: "edit-layer", disabled: Boolean(draft.was) },
    ...desk.page.layers.map(({ id, label }) => make("option", { value: id, selected: id === draft.layer }, label)),
  );
  on(select, {
    change: () => {
      draft.layer = select.value;
      draft.entry.kind = "";
      change();
      redraw();
    },
  });
  return make("div", { class: "edit-field" }, make("label", { for: "edit-layer" }, say("label-layer")), select);
}

/**
 * @param {ShapeKind[]} shapes
 * @param {ShapeKind} kind
 * @param {() => void} redraw
 */
function kindChoice(shapes, kind, redraw) {
  const options = shapes.map((one) => make("option", { value: one, selected: one === kind }, say(`shape-${one}`)));
  const select = make("select", { id: "edit-shape-kind" }, ...options);
  on(select, {
    change: () => {
      if (active) active.kind = /** @type {ShapeKind} */ (select.value);
      if (active) active.draft.geometry = undefined;
      const draft = active?.draft;
      stopDrawing();
      if (draft)
        active = {
          draft,
          kind: /** @type {ShapeKind} */ (select.value),
          editor: new ShapeEditor(undefined, /** @type {ShapeKind} */ (select.value), draft.was ?? "", () => {}),
        };
      redraw();
    },
  });
  return make("div", { class: "edit-field" }, make("label", { for: "edit-shape-kind" }, say("drawn-as")), select);
}

/** What can be done with the shape, and the coordinates of the current vertex. */
function controls() {
  if (!active) return [];
  const { editor, kind } = active;
  const all = verticesOf(editor.shape);
  const isPoint = kind === "point";
  const hint = editor.adding ? `draw-${kind}` : all.length ? `drawn-${kind}` : `draw-${kind}`;
  const small = { class: "edit-small" };
  return [
    make("p", { class: "edit-help", role: "status" }, say(hint)),
    coordinates(editor),
    make(
      "div",
      { class: "edit-row" },
      ...(isPoint
        ? [
            button(
              { ...small, "aria-pressed": String(editor.adding) },
              () => editor.toggleAdding(),
              say("place-on-map"),
            ),
          ]
        : [
            button(
              { ...small, "aria-pressed": String(editor.adding), disabled: !editor.at && !editor.adding },
              () => editor.toggleAdding(),
              say("add-vertices"),
            ),
            button({ ...small, disabled: !all.length || editor.adding }, () => editor.another(), say("another-part")),
          ]),
      button({ ...small, disabled: !editor.past.length }, () => editor.undo(), say("undo-vertex")),
    ),
  ];
}

/** @param {ShapeEditor} editor */
function coordinates(editor) {
  const { at, shape } = editor;
  const all = verticesOf(shape);
  const here = at && pathOf(shape, at)[at.index];
  const isPoint = shape.kind === "point";
  const number = all.findIndex((one) => one.part === at?.part && one.path === at.path && one.index === at.index) + 1;
  const lat = numberInput("edit-lat", here?.[1]);
  const lon = numberInput("edit-lon", here?.[0]);
  const take = () => {
    const position = /** @type {Position} */ ([Number(lon.value), Number(lat.value)]);
    const isValid =
      lon.value.trim() &&
      lat.value.trim() &&
      position.every(Number.isFinite) &&
      Math.abs(position[1]) <= 90 &&
      Math.abs(position[0]) <= 180;
    for (const input of [lat, lon]) input.toggleAttribute("aria-invalid", false);
    if (!isValid) return void (lat.value.trim() && lon.value.trim() && lat.setAttribute("aria-invalid", "true"));
    if (isPoint || editor.adding || !here) editor.add(position);
    else editor.move(position);
    desk.map.panInside([position[1], position[0]], { padding: [40, 40], animate: false });
  };
  const small = { class: "edit-small" };
  return make(
    "div",
    { class: "edit-coordinates" },
    ...(isPoint || !all.length
      ? []
      : [make("p", { class: "edit-note" }, say("vertex-of", { n: number || "–", of: all.length }))]),
    make("label", { for: "edit-lat" }, say("latitude")),
    lat,
    make("label", { for: "edit-lon" }, say("longitude")),
    lon,
    button(small, take, say(isPoint || (here && !editor.adding) ? "put-here" : "add-here")),
    ...(isPoint || !all.length
      ? []
      : [
          button(small, () => editor.go(editor.beside(-1)) ?? editor.changed(), say("previous")),
          button(small, () => editor.go(editor.beside(1)) ?? editor.changed(), say("next")),
          button(small, () => editor.split(), say("split")),
          button(small, () => editor.snapNow(), say("snap")),
          button(small, () => editor.remove(), say("remove-vertex")),
        ]),
  );
}

/**
 * @param {string} id
 * @param {number | undefined} value
 */
function numberInput(id, value) {
  const input = make("input", { type: "text", inputmode: "decimal", id, dir: "ltr", autocomplete: "off" });
  input.value = value === undefined ? "" : String(value);
  return input;
}

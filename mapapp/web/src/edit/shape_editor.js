/* Edits a shape on the map, by mouse and by keys. Vertices are buttons; all of them are one tab stop. */

/** @import { Geometry } from "../payload.d.ts" */
/** @import { Path, Position, Shape, ShapeKind, Vertex } from "./shape.js" */

import { make } from "../dom.js";
import { desk, say } from "./desk.js";
import { geometryOf, halfway, inserted, moved, pathOf, removed, rounded, shapeOf, verticesOf } from "./shape.js";
import { snapped } from "./snap.js";

const STEP = 1; // pixels for each press of an arrow key; with Shift ten times as many
const SAME = 5; // pixels within which a click is on the last vertex, which ends a path
const MOST = 250; // vertices drawn at once

/** @typedef {{ shape: Shape, at: Vertex | null, adding: boolean, past: Shape[] }} Editing */

export class ShapeEditor {
  /**
   * @param {Geometry | undefined} geometry
   * @param {ShapeKind} kind
   * @param {string} own id of the place, to whose own border nothing snaps
   * @param {() => void} changed called after each change
   */
  constructor(geometry, kind, own, changed) {
    this.shape = shapeOf(geometry, kind);
    this.own = own;
    this.changed = changed;
    /** @type {Vertex | null} */
    this.at = verticesOf(this.shape)[0] ?? null;
    this.adding = !this.at;
    /** @type {Shape[]} */
    this.past = [];
    this.map = desk.map;
    if (!this.map.getPane("edit")) this.map.createPane("edit").style.zIndex = "660";
    this.drawing = L.layerGroup().addTo(this.map);
    /** @type {Pick<PointerEvent, "clientX" | "clientY"> | null} */
    this.pressed = null;
    const box = this.map.getContainer();
    this.ending = new AbortController();
    const options = { capture: true, signal: this.ending.signal };
    box.addEventListener("pointerdown", (event) => (this.pressed = event), options);
    box.addEventListener("click", (event) => this.click(event), options);
    box.addEventListener("dblclick", (event) => this.adding && event.stopPropagation(), options);
    desk.root.addEventListener("keydown", (event) => this.key(event), options);
    this.repaint = () => this.paint();
    this.map.on("moveend", this.repaint);
    this.map.doubleClickZoom.disable();
    box.classList.add("edit-drawing");
    this.paint();
  }

  /** Ends the editing. */
  stop() {
    this.ending.abort();
    this.map.off("moveend", this.repaint);
    this.map.doubleClickZoom.enable();
    this.map.getContainer().classList.remove("edit-drawing", "edit-adding");
    this.drawing.remove();
  }

  get geometry() {
    return geometryOf(this.shape);
  }

  /**
   * @param {Shape} shape
   * @param {Vertex | null} at
   */
  take(shape, at) {
    this.past.push(this.shape);
    this.shape = shape;
    this.go(at);
    this.changed();
  }

  /** Makes a vertex the current one. @param {Vertex | null} at */
  go(at) {
    this.at = at;
    this.paint();
  }

  undo() {
    const before = this.past.pop();
    if (!before) return;
    this.shape = before;
    const all = verticesOf(before);
    this.at = all.find((one) => same(one, this.at)) ?? all.at(-1) ?? null;
    if (!all.length) this.adding = true;
    this.paint();
    this.changed();
  }

  /** Begins another part. */
  another() {
    this.adding = true;
    this.at = null;
    this.paint();
    this.changed();
  }

  /** Goes on with the current path, or stops that. */
  toggleAdding() {
    this.adding = !this.adding;
    this.paint();
    this.changed();
  }

  /** The vertex some steps away, around the shape. @param {number} steps */
  beside(steps) {
    const all = verticesOf(this.shape);
    const now = all.findIndex((one) => same(one, this.at));
    return all.length ? (all[(now + steps + all.length) % all.length] ?? null) : null;
  }

  /** Adds a position after the current vertex, or as the first of a new part. @param {Position} position */
  add(position) {
    const { shape, at } = this;
    if (shape.kind === "point") {
      const only = { part: 0, path: 0, index: 0 };
      this.adding = false;
      return this.take(verticesOf(shape).length ? moved(shape, only, position) : inserted(shape, only, position), only);
    }
    const next = at ? { ...at, index: at.index + 1 } : { part: shape.parts.length, path: 0, index: 0 };
    this.take(inserted(shape, next, position), next);
  }

  /** Removes the current vertex. */
  remove() {
    if (!this.at) return;
    const before = this.at;
    const shape = removed(this.shape, before);
    const all = verticesOf(shape);
    const near = all.find((one) => same(one, { ...before, index: Math.max(0, before.index - 1) }));
    if (!all.length) this.adding = true;
    this.take(shape, near ?? all.at(-1) ?? null);
  }

  /** Adds a vertex halfway to the next one. */
  split() {
    const position = this.at && halfway(this.shape, this.at);
    if (position) this.add(position);
  }

  /**
   * Moves the current vertex.
   * @param {Position} position
   */
  move(position) {
    if (this.at) this.take(moved(this.shape, this.at, position), this.at);
  }

  /** Moves the current vertex to the border or vertex that is near. */
  snapNow() {
    const here = this.at && pathOf(this.shape, this.at)[this.at.index];
    const found = here && this.snap(here, 24);
    if (found) this.move(found.position);
  }

  /**
   * @param {Position} position
   * @param {number} [near]
   */
  snap(position, near) {
    const { map } = this;
    return snapped(
      position,
      this.around(),
      {
        toPixel: ([lon, lat]) => map.latLngToContainerPoint([lat, lon]),
        toPosition: ({ x, y }) => positionOf(map.containerPointToLatLng([x, y])),
      },
      near,
    );
  }

  /** Lines and outlines of other places in sight. @returns {Path[]} */
  around() {
    const bounds = this.map.getBounds().pad(0.1);
    const visible = new Set(window.mapapp.shown?.());
    return desk.page.payload.places
      .filter(({ id, box: [west, south, east, north] }) => {
        const box = L.latLngBounds([south, west], [north, east]);
        return id !== this.own && visible.has(id) && bounds.intersects(box);
      })
      .flatMap(({ geometry: { type, coordinates } }) => {
        if (type === "Point") return [[coordinates]];
        if (type === "LineString") return [coordinates];
        return type === "MultiPolygon" ? coordinates.flat() : coordinates;
      });
  }

  /** @param {MouseEvent} event */
  click(event) {
    const target = /** @type {Element} */ (event.target);
    if (target.closest(".leaflet-control, .edit-vertex, .edit-middle") || !this.adding) return;
    event.stopPropagation();
    event.preventDefault();
    const { clientX, clientY } = this.pressed ?? event;
    if (Math.hypot(clientX - event.clientX, clientY - event.clientY) > SAME) return; // the map was dragged
    const position = positionOf(this.map.mouseEventToLatLng(event));
    this.add(this.snap(position)?.position ?? position);
  }

  /** @param {KeyboardEvent} event */
  key(event) {
    const target = /** @type {HTMLElement} */ (event.target);
    const onVertex = target.classList.contains("edit-vertex");
    if (!onVertex && target !== this.map.getContainer()) return;
    if (!this.answer(event, onVertex)) return;
    event.preventDefault();
    event.stopPropagation();
    if (onVertex) this.focus();
  }

  /**
   * @param {KeyboardEvent} event
   * @param {boolean} onVertex
   */
  answer({ key, shiftKey, ctrlKey, metaKey }, onVertex) {
    if ((ctrlKey || metaKey) && key.toLowerCase() === "z") this.undo();
    else if (key === "Escape" && this.adding) this.toggleAdding();
    else if (key === "Enter" && !onVertex && this.adding) this.addAtCentre();
    else if (!onVertex) return false;
    else if (key in ARROWS) this.nudge(ARROWS[key], shiftKey ? 10 * STEP : STEP);
    else if (key === "Delete" || key === "Backspace") this.remove();
    else if (key === "Enter") this.split();
    else if (key === "PageDown" || key === "PageUp") this.go(this.beside(key === "PageDown" ? 1 : -1));
    else if (key === "s") this.snapNow();
    else return false;
    return true;
  }

  addAtCentre() {
    const position = positionOf(this.map.getCenter());
    this.add(this.snap(position)?.position ?? position);
  }

  /**
   * @param {[number, number] | undefined} way
   * @param {number} pixels
   */
  nudge(way, pixels) {
    const here = this.at && pathOf(this.shape, this.at)[this.at.index];
    if (!here || !way) return;
    const point = this.map.latLngToContainerPoint([here[1], here[0]]);
    const next = L.point(point.x + way[0] * pixels, point.y + way[1] * pixels);
    this.move(positionOf(this.map.containerPointToLatLng(next)));
  }

  /** Puts the focus on the current vertex. */
  focus() {
    /** @type {HTMLElement | null} */ (this.map.getPane("edit")?.querySelector(".edit-vertex.now"))?.focus({
      preventScroll: true,
    });
  }

  paint() {
    const { map, shape } = this;
    const held = document.activeElement?.classList.contains("edit-vertex");
    this.drawing.clearLayers();
    map.getContainer().classList.toggle("edit-adding", this.adding);
    for (const paths of shape.parts) this.drawing.addLayer(pathLayer(shape.kind, paths));
    const bounds = map.getBounds().pad(0.05);
    const all = verticesOf(shape);
    const near = all.filter((at) => bounds.contains(latLngOf(pathOf(shape, at)[at.index] ?? [0, 0]))).slice(0, MOST);
    if (this.at && !near.some((one) => same(one, this.at))) near.push(this.at);
    for (const at of near)
      this.drawing.addLayer(this.vertexMarker(at, all.findIndex((one) => same(one, at)) + 1, all.length));
    for (const at of near) this.addMiddle(at);
    if (held) this.focus();
  }

  /**
   * @param {Vertex} at
   * @param {number} n
   * @param {number} of
   */
  vertexMarker(at, n, of) {
    const position = pathOf(this.shape, at)[at.index] ?? [0, 0];
    const isNow = same(at, this.at);
    const marker = L.marker(latLngOf(position), {
      icon: L.divIcon({ className: `edit-vertex${isNow ? " now" : ""}`, html: make("span"), iconSize: [24, 24] }),
      ...{
        pane: "edit",
        draggable: true,
        keyboard: false,
        bubblingMouseEvents: false,
        zIndexOffset: isNow ? 200 : 100,
      },
    });
    marker.on("add", () => {
      const node = /** @type {HTMLElement} */ (marker.getElement());
      node.tabIndex = isNow ? 0 : -1;
      node.setAttribute("role", "button");
      node.setAttribute("aria-label", say("vertex", { n, of, lat: position[1], lon: position[0] }));
    });
    marker.on("click", () => {
      if (this.adding && isNow && this.geometry) this.toggleAdding();
      else this.go(at);
      this.focus();
    });
    marker.on("dragstart", () => this.follow(marker, at));
    return marker;
  }

  /**
   * Follows a vertex that is dragged.
   * @param {L.Marker} marker
   * @param {Vertex} at
   */
  follow(marker, at) {
    this.at = at;
    /** @type {Position} */
    let position = positionOf(marker.getLatLng());
    const before = this.shape;
    marker.on("drag", () => {
      const raw = positionOf(marker.getLatLng());
      const found = this.snap(raw);
      position = found?.position ?? raw;
      marker.getElement()?.classList.toggle("edit-snapped", Boolean(found));
      this.sketch(moved(before, at, position));
    });
    marker.on("dragend", () => this.move(position));
  }

  /** Draws the outline of a shape that is being dragged. @param {Shape} shape */
  sketch(shape) {
    this.drawing.eachLayer((layer) => layer instanceof L.Path && this.drawing.removeLayer(layer));
    for (const paths of shape.parts) this.drawing.addLayer(pathLayer(shape.kind, paths));
  }

  /** A mark halfway to the next vertex, which becomes one when it is pressed. @param {Vertex} at */
  addMiddle(at) {
    const position = halfway(this.shape, at);
    if (!position || this.adding) return;
    const line = pathOf(this.shape, at);
    const [a, b] = [line[at.index], line[at.index + 1] ?? line[0]].map((one) =>
      this.map.latLngToContainerPoint(latLngOf(one ?? [0, 0])),
    );
    if (a && b && a.distanceTo(b) < 40) return; // too near for another
    const icon = L.divIcon({ className: "edit-middle", html: make("span"), iconSize: [24, 24] });
    const marker = L.marker(latLngOf(position), { icon, pane: "edit", keyboard: false, bubblingMouseEvents: false });
    marker.on("click", () => {
      this.at = at;
      this.add(position);
      this.focus();
    });
    this.drawing.addLayer(marker);
  }
}

/** @type {Record<string, [number, number]>} */
const ARROWS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

/** @param {Vertex} one @param {Vertex | null} other */
const same = (one, other) =>
  other !== null && one.part === other.part && one.path === other.path && one.index === other.index;

/** @param {Position} position @returns {[number, number]} */
const latLngOf = ([lon, lat]) => [lat, lon];

/** @param {L.LatLng} latlng @returns {Position} */
const positionOf = ({ lat, lng }) => rounded([lng, lat]);

/**
 * @param {ShapeKind} kind
 * @param {Path[]} paths
 */
function pathLayer(kind, paths) {
  const lines = paths.map((path) => path.map(latLngOf));
  const options = { pane: "edit", interactive: false, className: `edit-shape ${kind}` };
  return kind === "area" ? L.polygon(lines, options) : L.polyline(lines, { ...options, fill: false });
}

/* The layer of incidents: one canvas, drawn anew for each change. */

/** @import { IncidentHost } from "../types.d.ts" */
/** @import { Columns, Scope } from "./columns.js" */

import { make } from "../dom.js";
import { CELL, classOf, radiusOf, sideOf } from "./classes.js";
import { lastKnown } from "./columns.js";
import { cellGrid } from "./grid.js";

const FEW = 2000; // so many incidents in sight are still drawn one place at a time
const NEAR_CLICK = 3; // pixels by which a click may miss a circle

/**
 * What the last drawing showed; `spots` holds the rows at each spot, where places are drawn one by one.
 * @typedef {object} Drawing
 * @property {number} total
 * @property {"none" | "cells" | "points"} mode
 * @property {Set<number>} classes
 * @property {Map<number, number[]>} spots
 * @typedef {ReturnType<typeof incidentSheet>} Sheet
 */

/**
 * @param {Columns} columns
 * @param {IncidentHost} host
 * @param {() => void} moved called when the map has moved
 */
export function incidentSheet(columns, host, moved) {
  const { map } = host;
  const { groups, lonAt, latAt } = columns;
  const canvas = make("canvas", { class: "record-sheet" });
  const context = /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d"));
  const grid = cellGrid(columns);
  /** What lies in the window, by group, whatever kinds are asked for. */
  const tally = new Uint32Array(groups.length);
  /** @type {Drawing} */
  let shown = nothing();
  /**
   * Of the theme; to ask for them has the browser work out all styles.
   * @type {{ record: string, halo: string } | null}
   */
  let colours = null;
  let onMap = false;

  const pane = map.createPane("m-record");
  pane.style.zIndex = "450";
  pane.style.pointerEvents = "none";
  const layer = canvasLayer(
    canvas,
    (bounds, size) => grid.lay(map, bounds, size),
    () => {
      draw();
      moved(); // nearer to, circles take the place of squares
      host.drawn();
    },
  );

  const readColours = () => {
    const style = getComputedStyle(host.root);
    /** @param {string} name */
    const colour = (name) => style.getPropertyValue(name).trim();
    return { record: colour("--record"), halo: colour("--halo") };
  };

  /** Counts what is asked for into cells, and draws the cells, or the places themselves where they are few. */
  function draw() {
    const { x, y } = layer.size();
    context.clearRect(0, 0, x, y);
    const scope = host.scope();
    const within = columns.scope(scope === null ? undefined : host.place(scope)) ?? columns.everywhere;
    const { total, sight } = count(within);
    colours ??= readColours();
    context.fillStyle = colours.record;
    shown = { ...nothing(), total };
    if (sight > FEW) drawCells();
    else if (sight > 0) drawPoints(within, colours.halo);
    context.globalAlpha = 1;
  }

  /** @param {Scope} within */
  function count(within) {
    const view = host.view();
    const { certain: sure } = view;
    const { about, dayAt, groupAt, spanOf } = columns;
    const { near } = within;
    const there = columns.passing(null, sure, within.area);
    const ok = columns.passing(view.kinds, sure, within.area);
    const last = lastKnown(view, view.last);
    const [a, b] = [view.first - about.first, last - about.first];
    let [total, sight] = [0, 0];
    grid.clear();
    tally.fill(0);
    for (let i = columns.rowFrom(view.first - columns.longest), end = columns.rowFrom(last + 1); i < end; i++) {
      const [group, day] = [groupAt[i], dayAt[i]];
      const lastDay = day + spanOf[group];
      if (there[group] === 0 || lastDay < a || (near !== null && near[i] === 0)) continue;
      if (sure && (day < a || lastDay > b)) continue;
      tally[group] = tally[group] + 1;
      if (ok[group] === 0) continue;
      total++;
      if (grid.add(lonAt[i], latAt[i])) sight++;
    }
    return { total, sight };
  }

  function drawCells() {
    shown.mode = "cells";
    context.globalAlpha = 0.72;
    grid.each((n, x, y) => {
      const step = classOf(n);
      const inset = (CELL - sideOf(step)) / 2;
      shown.classes.add(step);
      context.fillRect(Math.round(x + inset), Math.round(y + inset), sideOf(step), sideOf(step));
    });
  }

  /**
   * @param {Scope} within
   * @param {string} halo
   */
  function drawPoints(within, halo) {
    const view = host.view();
    const { spots, classes } = shown;
    shown.mode = "points";
    columns.each(view.first, lastKnown(view, view.last), within, view.kinds, view.certain, (row) => {
      const [lon, lat] = [lonAt[row], latAt[row]];
      if (!grid.inSight(lon, lat)) return;
      const key = lon * 65536 + lat;
      const rows = spots.get(key);
      rows ? rows.push(row) : spots.set(key, [row]);
    });
    context.strokeStyle = halo;
    context.globalAlpha = 0.85;
    for (const rows of [...spots.values()].sort((one, other) => other.length - one.length)) {
      const step = classOf(rows.length);
      const [x, y] = pixelOf(rows);
      classes.add(step);
      context.beginPath();
      context.arc(x, y, radiusOf(step), 0, 2 * Math.PI);
      context.fill();
      context.stroke();
    }
  }

  /**
   * Where the rows of one spot lie on the sheet.
   * @param {number[]} rows
   */
  function pixelOf([row = 0]) {
    return grid.pixel(lonAt[row], latAt[row]);
  }

  /**
   * Rows at a spot of the map, where places are drawn one by one; the nearest first.
   * @param {L.LatLng} latlng
   */
  function at(latlng) {
    if (host.view().hidden.has("incidents") || shown.mode !== "points") return [];
    const point = map.latLngToLayerPoint(latlng).subtract(layer.origin());
    let best = null;
    for (const rows of shown.spots.values()) {
      const [x, y] = pixelOf(rows);
      const gap = Math.hypot(x - point.x, y - point.y) - radiusOf(classOf(rows.length));
      if (gap <= NEAR_CLICK && (best === null || gap < best.gap)) best = { gap, rows };
    }
    return best?.rows ?? [];
  }

  return {
    at,
    shown: () => shown,
    /** What the last drawing counted in the window, by kind, whatever kinds are asked for. */
    byKind() {
      const found = new Map(columns.about.kinds.map((kind) => [kind, 0]));
      tally.forEach((n, group) => {
        const kind = groups[group]?.kind ?? "";
        if (n) found.set(kind, (found.get(kind) ?? 0) + n);
      });
      return found;
    },
    /** How many in the window are made up, and how many are not. */
    origins() {
      const found = { synthetic: 0, real: 0 };
      tally.forEach((n, group) => {
        const record = columns.about.records[groups[group]?.record ?? -1];
        found[record?.synthetic ? "synthetic" : "real"] += n;
      });
      return found;
    },
    /** Draws anew in another theme's colours. */
    restyle() {
      colours = null;
      if (onMap) draw();
    },
    /** Draws what the view asks for; where the layer is off, nothing. */
    paint() {
      const on = !host.view().hidden.has("incidents");
      if (on && onMap) draw();
      else if (on) layer.addTo(map);
      else if (onMap) layer.remove();
      onMap = on;
      if (on) return;
      shown = nothing();
      tally.fill(0);
    },
  };
}

/** @returns {Drawing} */
const nothing = () => ({ total: 0, mode: "none", classes: new Set(), spots: new Map() });

/**
 * A canvas as a layer. Leaflet's own base of canvas layers moves and scales it with the map, also while it zooms.
 * @param {HTMLCanvasElement} canvas
 * @param {(bounds: L.Bounds, size: L.Point) => void} lay called where the canvas has come to lie elsewhere
 * @param {() => void} draw
 */
function canvasLayer(canvas, lay, draw) {
  const base = /** @type {any} */ (L.Renderer); // its methods are for those who extend it: the types leave them out
  const Sheet = base.extend({
    _initContainer() {
      this._container = canvas;
    },
    _destroyContainer() {
      this._container.remove();
      delete this._container;
    },
    _updatePaths() {},
    _update() {
      if (this._map._animatingZoom && this._bounds) return;
      base.prototype._update.call(this);
      const size = this._bounds.getSize();
      const dots = Math.min(window.devicePixelRatio || 1, 2);
      const where = [this._bounds.min, size, this._map.getZoom(), this._map.getPixelOrigin(), dots].join(" ");
      L.DomUtil.setPosition(canvas, this._bounds.min);
      // not where the layer comes back to a map that has not moved
      if (canvas.dataset.where !== where) {
        canvas.dataset.where = where;
        resize(canvas, size, dots);
        lay(this._bounds, size);
      }
      draw();
    },
    size() {
      return this._bounds.getSize();
    },
    origin() {
      return this._bounds.min;
    },
  });
  return new Sheet({ pane: "m-record", padding: 0.1 });
}

/**
 * @param {HTMLCanvasElement} canvas
 * @param {L.Point} size
 * @param {number} dots of the screen to a pixel
 */
function resize(canvas, size, dots) {
  canvas.width = Math.round(size.x * dots);
  canvas.height = Math.round(size.y * dots);
  canvas.style.width = `${size.x}px`;
  canvas.style.height = `${size.y}px`;
  canvas.getContext("2d")?.setTransform(dots, 0, 0, dots, 0, 0);
}

/* Incident layer: one canvas, redrawn on every change. */

/** @import { IncidentHost } from "../types.d.ts" */
/** @import { Columns, Scope } from "./columns.js" */

import { make } from "../dom.js";
import { canvasLayer } from "./canvas_layer.js";
import { CELL, classOf, radiusOf, sideOf } from "./classes.js";
import { Grid } from "./grid.js";

const FEW = 2000; // up to this many visible incidents are drawn as points
const NEAR_CLICK = 3; // pixels: click tolerance around a circle

/**
 * The content of the last drawing; `spots` has the rows at each point, if points are drawn.
 * @typedef {object} Drawing
 * @property {number} total
 * @property {"none" | "cells" | "points"} mode
 * @property {Set<number>} classes
 * @property {Map<number, number[]>} spots
 */

/** @returns {Drawing} */
const nothing = () => ({ total: 0, mode: "none", classes: new Set(), spots: new Map() });

export class Sheet {
  /**
   * @param {Columns} columns
   * @param {IncidentHost} host
   * @param {() => void} moved called when it has been drawn for a map that has moved
   */
  constructor(columns, host, moved) {
    this.columns = columns;
    this.host = host;
    this.grid = new Grid(columns);
    /** Number of incidents in the window by group, for all kinds. */
    this.tally = new Uint32Array(columns.groups.length);
    this.shown = nothing();
    /**
     * Colours of the theme, cached because reading them makes the browser compute all styles.
     * @type {{ record: string, halo: string } | null}
     */
    this.colours = null;
    this.onMap = false;
    const canvas = make("canvas", { class: "record-sheet" });
    this.context = /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d"));
    const pane = host.map.createPane("m-record");
    pane.style.zIndex = "450";
    pane.style.pointerEvents = "none";
    this.layer = canvasLayer(canvas, "m-record", {
      moved: (bounds, size) => this.grid.lay(host.map, bounds, size),
      draw: () => {
        this.draw();
        moved(); // after zooming in, circles may replace squares
        host.drawn();
      },
    });
  }

  /** Draws the incidents of the view; nothing if the layer is hidden. */
  paint() {
    const on = !this.host.view().hidden.has("incidents");
    if (on && this.onMap) this.draw();
    else if (on) this.layer.addTo(this.host.map);
    else if (this.onMap) this.layer.remove();
    this.onMap = on;
    if (on) return;
    this.shown = nothing();
    this.tally.fill(0);
  }

  /** Redraws in the colours of another theme. */
  restyle() {
    this.colours = null;
    if (this.onMap) this.draw();
  }

  /** Counts incidents per cell, and draws the cells; or points, if there are few incidents. */
  draw() {
    const { context, host, columns } = this;
    const { x, y } = this.layer.size();
    context.clearRect(0, 0, x, y);
    const scope = host.scope();
    const within = columns.scopeOrAll(scope === null ? undefined : host.place(scope));
    const { total, sight } = this.count(within);
    this.colours ??= coloursOf(host.root);
    context.fillStyle = this.colours.record;
    this.shown = { ...nothing(), total };
    if (sight > FEW) this.drawCells();
    else if (sight > 0) this.drawPoints(within, this.colours.halo);
    context.globalAlpha = 1;
  }

  /**
   * Counts the incidents in the window, and the visible ones among them.
   * @param {Scope} within
   */
  count(within) {
    const { columns, grid, tally } = this;
    const { lonAt, latAt } = columns;
    const view = this.host.view();
    const ok = columns.passing(view.kinds, view.certain, within.area);
    let [total, sight] = [0, 0];
    grid.clear();
    tally.fill(0);
    columns.eachIn(view, { ...view, within, kinds: null }, (row, group) => {
      tally[group]++;
      if (ok[group] === 0) return;
      total++;
      if (grid.add(lonAt[row], latAt[row])) sight++;
    });
    return { total, sight };
  }

  drawCells() {
    const { context, shown } = this;
    shown.mode = "cells";
    context.globalAlpha = 0.72;
    this.grid.each((n, x, y) => {
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
  drawPoints(within, halo) {
    const { context, shown, columns } = this;
    const view = this.host.view();
    shown.mode = "points";
    columns.eachIn(view, { ...view, within }, (row) => {
      const [lon, lat] = [columns.lonAt[row], columns.latAt[row]];
      if (!this.grid.inSight(lon, lat)) return;
      const key = lon * 65536 + lat;
      const rows = shown.spots.get(key);
      rows ? rows.push(row) : shown.spots.set(key, [row]);
    });
    context.strokeStyle = halo;
    context.globalAlpha = 0.85;
    for (const rows of [...shown.spots.values()].sort((one, other) => other.length - one.length)) {
      const step = classOf(rows.length);
      const [x, y] = this.pixelOf(rows);
      shown.classes.add(step);
      context.beginPath();
      context.arc(x, y, radiusOf(step), 0, 2 * Math.PI);
      context.fill();
      context.stroke();
    }
  }

  /**
   * The canvas pixel of the rows at one point.
   * @param {number[]} rows
   */
  pixelOf([row]) {
    return this.grid.pixel(this.columns.lonAt[row], this.columns.latAt[row]);
  }

  /**
   * The rows at a point of the map, nearest first; only if points are drawn.
   * @param {L.LatLng} latlng
   */
  at(latlng) {
    const { map, view } = this.host;
    if (view().hidden.has("incidents") || this.shown.mode !== "points") return [];
    const point = map.latLngToLayerPoint(latlng).subtract(this.layer.origin());
    let best = null;
    for (const rows of this.shown.spots.values()) {
      const [x, y] = this.pixelOf(rows);
      const gap = Math.hypot(x - point.x, y - point.y) - radiusOf(classOf(rows.length));
      if (gap <= NEAR_CLICK && (best === null || gap < best.gap)) best = { gap, rows };
    }
    return best?.rows ?? [];
  }

  /** Incidents in the window by kind, including kinds that are filtered out. */
  byKind() {
    const found = new Map(this.columns.about.kinds.map((kind) => [kind, 0]));
    this.tally.forEach((n, group) => {
      const { kind } = this.columns.groups[group];
      if (n) found.set(kind, (found.get(kind) ?? 0) + n);
    });
    return found;
  }

  /** How many incidents in the window are synthetic, and how many are not. */
  origins() {
    const { about, groups } = this.columns;
    const found = { synthetic: 0, real: 0 };
    this.tally.forEach((n, group) => {
      found[about.records[groups[group].record].synthetic ? "synthetic" : "real"] += n;
    });
    return found;
  }
}

/** @param {Element} root */
function coloursOf(root) {
  const style = getComputedStyle(root);
  return { record: style.getPropertyValue("--record").trim(), halo: style.getPropertyValue("--halo").trim() };
}

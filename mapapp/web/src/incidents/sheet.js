/* Incident layer: one canvas, of which each change draws anew what differs. */

/** @import { IncidentHost, View } from "../types.d.ts" */
/** @import { Columns, Days, Scope } from "./columns.js" */
/** @import { Box, Mark } from "./drawn_marks.js" */

import { make } from "../dom.js";
import { canvasLayer } from "./canvas_layer.js";
import { CELL, classOf, LARGEST, radiusOf, sideOf } from "./classes.js";
import { lastKnown } from "./columns.js";
import { boxAround, inOrder, isEven, isWithin } from "./drawn_marks.js";
import { Grid } from "./grid.js";

const FEW = 2000; // up to this many visible incidents are drawn as points
const NEAR_CLICK = 3; // pixels: click tolerance around a circle
const OUTLINE = 1; // pixels: width of the line around a circle
const MARGIN = Math.max(CELL, LARGEST + OUTLINE); // pixels: how far a square or circle reaches from its incidents

/**
 * What is visible now; `spots` has the rows at each point, if points are drawn.
 * @typedef {object} Drawing
 * @property {number} total
 * @property {"none" | "cells" | "points"} mode
 * @property {Set<number>} classes
 * @property {Map<number, number[]>} spots
 */

/**
 * A row that came or went.
 * @typedef {[row: number, by: 1 | -1]} Change
 *
 * What was counted: which days, of which kinds, places and certainty; how many incidents, and how many of them in
 * sight.
 * @typedef {Days & {
 *   kinds: Set<string> | null, certain: boolean, within: Scope,
 *   total: number, sight: number
 * }} Counted
 */

/**
 * A count, and the rows in sight that came or went since the last one; null if all were counted.
 * @typedef {object} Recount
 * @property {Counted} counted
 * @property {Change[] | null} changes
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
    /** The last count, from which the next one starts; null if the map has moved. @type {Counted | null} */
    this.counted = null;
    this.shown = nothing();
    /** What is on the canvas, by cell or point. @type {Map<number, Mark>} */
    this.marks = new Map();
    /** Whether these are cells or points; empty if the whole canvas has to be drawn. */
    this.marksAre = "";
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
    const [west, south, east, north] = columns.about.box;
    const part = { pane: "m-record", box: L.latLngBounds([south, west], [north, east]), margin: MARGIN };
    this.layer = canvasLayer(canvas, part, {
      moved: (bounds, size) => {
        this.grid.lay(host.map, bounds, size);
        this.counted = null;
        this.marksAre = "";
      },
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
    this.counted = null;
    this.tally.fill(0);
  }

  /** Redraws in the colours of another theme. */
  restyle() {
    this.colours = null;
    this.marksAre = "";
    if (this.onMap) this.draw();
  }

  /** Counts incidents per cell, and draws the cells; or points, if there are few incidents. */
  draw() {
    const { host, columns } = this;
    const scope = host.scope();
    const within = columns.scopeOrAll(scope === null ? undefined : host.place(scope));
    const { counted, changes } = this.count(within);
    const { total, sight } = counted;
    this.counted = counted;
    /** @type {Drawing["mode"]} */
    const mode = sight > FEW ? "cells" : sight > 0 ? "points" : "none";
    const isPart = changes !== null && this.marksAre === mode && isEven(this.context.getTransform().a);
    const spots = isPart ? this.shown.spots : mode === "points" ? this.spots(within) : new Map();
    this.shown = { ...nothing(), total, mode, spots };
    const { x, y } = this.layer.size();
    /** @type {Box | null} */
    let box = [0, 0, x, y];
    if (isPart) box = boxAround(this.change(changes));
    else this.marks = this.allMarks();
    this.marksAre = mode;
    for (const { step } of this.marks.values()) this.shown.classes.add(step);
    if (box) this.drawWithin(box);
  }

  /**
   * Draws the marks within a box of the canvas anew.
   * @param {Box} box
   */
  drawWithin(box) {
    const { context, host, marks, shown } = this;
    const [left, top, right, bottom] = box;
    this.colours ??= coloursOf(host.root);
    context.save();
    context.beginPath();
    context.rect(left, top, right - left, bottom - top);
    context.clip();
    context.clearRect(left, top, right - left, bottom - top);
    context.fillStyle = this.colours.record;
    context.strokeStyle = this.colours.halo;
    context.lineWidth = OUTLINE;
    const draw = shown.mode === "cells" ? drawCell : drawPoint;
    for (const mark of inOrder([...marks.values()].filter((one) => isWithin(one, box)))) draw(context, mark);
    context.restore();
  }

  /**
   * Whether the last count was of a scope, in the window and with the certainty of a view.
   * @param {Scope} within
   * @param {View} view
   */
  hasCounted(within, view) {
    const { counted } = this;
    if (counted?.within !== within || counted.certain !== view.certain) return false;
    return counted.first === view.first && counted.last === lastKnown(view, view.last);
  }

  /**
   * Counts the incidents in the window, and the visible ones among them. If only the window has moved, and not far, it
   * counts what came and went.
   * @param {Scope} within
   * @returns {Recount}
   */
  count(within) {
    const { columns, grid, tally, counted } = this;
    const { lonAt, latAt } = columns;
    const view = this.host.view();
    const { kinds, certain } = view;
    const days = { first: view.first, last: lastKnown(view, view.last) };
    const every = columns.passing(null, certain, within.area);
    const ok = columns.passing(kinds, certain, within.area);
    const isSame = counted?.kinds === kinds && counted.certain === certain && counted.within === within;
    const before = isSame && isNear(counted, days) ? counted : null;
    let { total, sight } = before ?? { total: 0, sight: 0 };
    /** @type {Change[] | null} */
    const changes = before && [];
    /** @type {(row: number, group: number, by: 1 | -1) => void} */
    const add = (row, group, by) => {
      tally[group] += by;
      if (ok[group] === 0) return;
      total += by;
      if (!grid.add(lonAt[row], latAt[row], by)) return;
      sight += by;
      changes?.push([row, by]);
    };
    if (before) columns.eachChange(before, days, within, every, certain, add);
    else {
      grid.clear();
      tally.fill(0);
      columns.each(days.first, days.last, within, every, certain, (row, group) => add(row, group, 1));
    }
    return { counted: { ...days, kinds, certain, within, total, sight }, changes };
  }

  /** All cells or points. */
  allMarks() {
    const { mode, spots } = this.shown;
    /** @type {Map<number, Mark>} */
    const marks = new Map();
    const places = mode === "cells" ? this.grid.filled() : spots.keys();
    for (const place of places) marks.set(place, /** @type {Mark} */ (this.markAt(place)));
    return marks;
  }

  /**
   * The square of a cell or the circle of a point; null if there is no incident.
   * @param {number} place
   * @returns {Mark | null}
   */
  markAt(place) {
    const { shown, grid } = this;
    if (shown.mode === "cells") {
      const n = grid.cells[place];
      if (n === 0) return null;
      const step = classOf(n);
      const reach = sideOf(step) / 2;
      const [x, y] = grid.corner(place);
      const inset = CELL / 2 - reach;
      return { x: Math.round(x + inset) + reach, y: Math.round(y + inset) + reach, reach, step, place };
    }
    const rows = shown.spots.get(place);
    if (!rows) return null;
    const step = classOf(rows.length);
    const [x, y] = this.pixelOf(rows);
    return { x, y, reach: radiusOf(step) + OUTLINE, step, place };
  }

  /**
   * Updates the marks where incidents came or went; returns those that are no longer there, and the new ones.
   * @param {Change[]} changes
   */
  change(changes) {
    const { marks, shown, columns, grid } = this;
    /** @type {Set<number>} */
    const places = new Set();
    for (const [row, by] of changes) {
      if (shown.mode === "points") places.add(this.moveSpot(row, by));
      else places.add(grid.cellOf(columns.lonAt[row], columns.latAt[row]));
    }
    /** @type {Mark[]} */
    const changed = [];
    for (const place of places) {
      const [old, mark] = [marks.get(place), this.markAt(place)];
      if (old?.step === mark?.step) continue;
      if (old) changed.push(old);
      if (mark) changed.push(mark);
      mark ? marks.set(place, mark) : marks.delete(place);
    }
    return changed;
  }

  /**
   * The visible rows at each point.
   * @param {Scope} within
   */
  spots(within) {
    const { columns } = this;
    const view = this.host.view();
    /** @type {Map<number, number[]>} */
    const spots = new Map();
    columns.eachIn(view, { ...view, within }, (row) => {
      if (!this.grid.inSight(columns.lonAt[row], columns.latAt[row])) return;
      const key = this.spotOf(row);
      const rows = spots.get(key);
      rows ? rows.push(row) : spots.set(key, [row]);
    });
    return spots;
  }

  /**
   * Adds a row to its point, or removes it; returns the point.
   * @param {number} row
   * @param {1 | -1} by
   */
  moveSpot(row, by) {
    const { spots } = this.shown;
    const spot = this.spotOf(row);
    const others = (spots.get(spot) ?? []).filter((other) => other !== row);
    const rows = by > 0 ? [...others, row].sort((a, b) => a - b) : others;
    rows.length ? spots.set(spot, rows) : spots.delete(spot);
    return spot;
  }

  /**
   * A number for the point of a row.
   * @param {number} row
   */
  spotOf(row) {
    return this.columns.lonAt[row] * 65536 + this.columns.latAt[row];
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

/**
 * Whether a window has moved by no more than its length; else counting what changed takes longer than counting all.
 * @param {Days} before
 * @param {Days} after
 */
function isNear(before, after) {
  const moved = Math.abs(after.first - before.first) + Math.abs(after.last - before.last);
  return moved <= Math.min(before.last - before.first, after.last - after.first);
}

/**
 * @param {CanvasRenderingContext2D} context
 * @param {Mark} mark
 */
function drawCell(context, { x, y, reach }) {
  context.globalAlpha = 0.72;
  context.fillRect(x - reach, y - reach, 2 * reach, 2 * reach);
}

/**
 * @param {CanvasRenderingContext2D} context
 * @param {Mark} mark
 */
function drawPoint(context, { x, y, step }) {
  context.globalAlpha = 0.85;
  context.beginPath();
  context.arc(x, y, radiusOf(step), 0, 2 * Math.PI);
  context.fill();
  context.stroke();
}

/** @param {Element} root */
function coloursOf(root) {
  const style = getComputedStyle(root);
  return { record: style.getPropertyValue("--record").trim(), halo: style.getPropertyValue("--halo").trim() };
}

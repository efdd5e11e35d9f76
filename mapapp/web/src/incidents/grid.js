/* Converts stored coordinates to canvas pixels and grid cells. */

/** @import { Columns } from "./columns.js" */

import { CELL } from "./classes.js";

const STEPS = 65536;
const TILE = 256; // pixels: the world at zoom 0

/**
 * The y coordinate of a latitude in the map's projection, from 0 in the north to 1 in the south.
 * @param {number} lat
 */
function heightOf(lat) {
  const sine = Math.sin((lat * Math.PI) / 180);
  return 0.5 - Math.log((1 + sine) / (1 - sine)) / (4 * Math.PI);
}

/**
 * The stored coordinates that occur in a column, once each.
 * @param {Uint16Array} column
 */
function occurring(column) {
  const isThere = new Uint8Array(STEPS);
  for (let row = 0; row < column.length; row++) isThere[column[row]] = 1;
  const steps = new Uint16Array(Math.min(STEPS, column.length));
  let n = 0;
  for (let step = 0; step < STEPS; step++) if (isThere[step] === 1) steps[n++] = step;
  return steps.subarray(0, n);
}

export class Grid {
  /** @param {Columns} columns */
  constructor(columns) {
    // most coordinates that can be stored do not occur: computing all of them delays the first drawing
    this.lons = occurring(columns.lonAt);
    this.lats = occurring(columns.latAt);
    this.across = new Float64Array(STEPS);
    this.height = new Float64Array(STEPS);
    for (const lon of this.lons) this.across[lon] = (columns.lonOf(lon) + 180) / 360;
    for (const lat of this.lats) this.height[lat] = heightOf(columns.latOf(lat));
    // grid column and row of each coordinate that occurs; -1 if not visible
    this.columnOf = new Int16Array(STEPS);
    this.lineOf = new Int16Array(STEPS);
    this.pixelX = new Float32Array(STEPS);
    this.pixelY = new Float32Array(STEPS);
    this.cells = new Uint32Array(0);
    this.columns = 0;
    this.lines = 0;
    this.left = 0;
    this.top = 0;
  }

  /**
   * Computes pixel and grid cell of each coordinate that occurs; only after the map has moved.
   * @param {L.Map} map
   * @param {L.Bounds} bounds
   * @param {L.Point} size
   */
  lay(map, bounds, size) {
    const world = TILE * 2 ** map.getZoom();
    const origin = map.getPixelOrigin().add(/** @type {L.Point} */ (bounds.min));
    // keep the cells fixed to the map while it is dragged
    const [firstColumn, firstLine] = [Math.floor(origin.x / CELL), Math.floor(origin.y / CELL)];
    const columns = Math.ceil(size.x / CELL) + 1;
    const lines = Math.ceil(size.y / CELL) + 1;
    for (const lon of this.lons) {
      const x = this.across[lon] * world;
      const column = Math.floor(x / CELL) - firstColumn;
      this.pixelX[lon] = x - origin.x;
      this.columnOf[lon] = column >= 0 && column < columns ? column : -1;
    }
    for (const lat of this.lats) {
      const y = this.height[lat] * world;
      const line = Math.floor(y / CELL) - firstLine;
      this.pixelY[lat] = y - origin.y;
      this.lineOf[lat] = line >= 0 && line < lines ? line : -1;
    }
    this.columns = columns;
    this.lines = lines;
    this.left = firstColumn * CELL - origin.x;
    this.top = firstLine * CELL - origin.y;
    if (this.cells.length < columns * lines) this.cells = new Uint32Array(columns * lines);
  }

  clear() {
    this.cells.fill(0, 0, this.columns * this.lines);
  }

  /**
   * Counts one incident, or takes it away; returns false if it is not visible.
   * @param {number} lon
   * @param {number} lat
   * @param {1 | -1} by
   */
  add(lon, lat, by) {
    if (!this.inSight(lon, lat)) return false;
    this.cells[this.cellOf(lon, lat)] += by;
    return true;
  }

  /**
   * @param {number} lon
   * @param {number} lat
   */
  inSight(lon, lat) {
    return this.columnOf[lon] >= 0 && this.lineOf[lat] >= 0;
  }

  /**
   * The canvas pixel of a pair of stored coordinates.
   * @param {number} lon
   * @param {number} lat
   * @returns {[x: number, y: number]}
   */
  pixel(lon, lat) {
    return [this.pixelX[lon], this.pixelY[lat]];
  }

  /**
   * The number of the cell of a pair of stored coordinates that are visible.
   * @param {number} lon
   * @param {number} lat
   */
  cellOf(lon, lat) {
    return this.lineOf[lat] * this.columns + this.columnOf[lon];
  }

  /**
   * The corner of a cell, in pixels of the canvas.
   * @param {number} cell
   * @returns {[x: number, y: number]}
   */
  corner(cell) {
    const line = Math.floor(cell / this.columns);
    return [this.left + (cell - line * this.columns) * CELL, this.top + line * CELL];
  }

  /** The numbers of the cells that are not empty. */
  filled() {
    const found = [];
    for (let cell = 0, end = this.columns * this.lines; cell < end; cell++) if (this.cells[cell] > 0) found.push(cell);
    return found;
  }
}

/* Where each step of longitude and latitude falls on the sheet, and the cells that incidents are counted into. */

/** @import { Columns } from "./columns.js" */

import { CELL } from "./classes.js";

const STEPS = 65536;
const TILE = 256; // pixels: the world at zoom 0

/**
 * The sheet's height of a latitude: 0 to 1 from north to south, in the map's projection.
 * @param {number} lat
 */
function heightOf(lat) {
  const sine = Math.sin((lat * Math.PI) / 180);
  return 0.5 - Math.log((1 + sine) / (1 - sine)) / (4 * Math.PI);
}

/** @param {Columns} columns */
export function cellGrid({ lonOf, latOf }) {
  const height = Float64Array.from({ length: STEPS }, (_, i) => heightOf(latOf(i)));
  const [across, down] = [new Int16Array(STEPS), new Int16Array(STEPS)]; // cell of each step; -1 out of sight
  const [pixelX, pixelY] = [new Float32Array(STEPS), new Float32Array(STEPS)];
  let cells = new Uint32Array(0);
  let [columns, lines, left, top] = [0, 0, 0, 0];

  return {
    /**
     * Works out where each step falls; only after the map has moved.
     * @param {L.Map} map
     * @param {L.Bounds} bounds
     * @param {L.Point} size
     */
    lay(map, bounds, size) {
      const world = TILE * 2 ** map.getZoom();
      const origin = map.getPixelOrigin().add(/** @type {L.Point} */ (bounds.min));
      // the grid stays where it is while the map is dragged
      const [firstColumn, firstLine] = [Math.floor(origin.x / CELL), Math.floor(origin.y / CELL)];
      columns = Math.ceil(size.x / CELL) + 1;
      lines = Math.ceil(size.y / CELL) + 1;
      left = firstColumn * CELL - origin.x;
      top = firstLine * CELL - origin.y;
      if (cells.length < columns * lines) cells = new Uint32Array(columns * lines);
      for (let i = 0; i < STEPS; i++) {
        const x = ((lonOf(i) + 180) / 360) * world;
        const y = height[i] * world;
        pixelX[i] = x - origin.x;
        pixelY[i] = y - origin.y;
        const column = Math.floor(x / CELL) - firstColumn;
        const line = Math.floor(y / CELL) - firstLine;
        across[i] = column >= 0 && column < columns ? column : -1;
        down[i] = line >= 0 && line < lines ? line : -1;
      }
    },

    clear: () => cells.fill(0, 0, columns * lines),

    /**
     * Counts one incident; false where it is out of sight.
     * @param {number} lon
     * @param {number} lat
     */
    add(lon, lat) {
      const [column, line] = [across[lon], down[lat]];
      if (column < 0 || line < 0) return false;
      cells[line * columns + column] = cells[line * columns + column] + 1;
      return true;
    },

    /**
     * @param {number} lon
     * @param {number} lat
     */
    inSight: (lon, lat) => Number(across[lon]) >= 0 && Number(down[lat]) >= 0,

    /**
     * Where a pair of steps falls on the sheet.
     * @param {number} lon
     * @param {number} lat
     */
    pixel: (lon, lat) => [pixelX[lon], pixelY[lat]],

    /**
     * Calls with the number in each cell that holds any, and its corner.
     * @param {(n: number, x: number, y: number) => void} found
     */
    each(found) {
      for (let line = 0, cell = 0; line < lines; line++)
        for (let column = 0; column < columns; column++, cell++) {
          const n = cells[cell];
          if (n > 0) found(n, left + column * CELL, top + line * CELL);
        }
    },
  };
}

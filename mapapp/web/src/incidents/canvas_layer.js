/* Leaflet layer that draws on a canvas. */

/**
 * What such a layer offers beside Leaflet's own methods.
 * @typedef {L.Layer & { size: () => L.Point, origin: () => L.Point }} CanvasLayer
 */

/**
 * Makes a layer of a canvas. Leaflet's own base of canvas layers moves and scales it with the map, also while it zooms.
 * @param {HTMLCanvasElement} canvas
 * @param {string} pane
 * @param {{ moved: (bounds: L.Bounds, size: L.Point) => void, draw: () => void }} answers
 *   `moved` is called before `draw` where the canvas has come to lie elsewhere
 * @returns {CanvasLayer}
 */
export function canvasLayer(canvas, pane, { moved, draw }) {
  const base = /** @type {any} */ (L.Renderer); // its types leave out what is for those who extend it
  const Layer = base.extend({
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
        moved(this._bounds, size);
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
  return new Layer({ pane, padding: 0.1 });
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

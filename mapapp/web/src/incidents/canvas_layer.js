/* Leaflet layer that draws on a canvas. */

/**
 * The methods of the layer in addition to Leaflet's.
 * @typedef {L.Layer & { size: () => L.Point, origin: () => L.Point }} CanvasLayer
 */

/**
 * Creates a Leaflet layer with a canvas. L.Renderer moves and scales the canvas with the map, also during zooming.
 * @param {HTMLCanvasElement} canvas
 * @param {string} pane
 * @param {{ moved: (bounds: L.Bounds, size: L.Point) => void, draw: () => void }} answers
 *   `moved` is called before `draw` if the position of the canvas has changed
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
      // not if the layer is added again and the map has not moved
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

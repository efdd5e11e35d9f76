/* Leaflet layer that draws on a canvas. */

import { make } from "../dom.js";

/**
 * The methods of the layer in addition to Leaflet's.
 * @typedef {L.Layer & { size: () => L.Point, origin: () => L.Point }} CanvasLayer
 *
 * Where anything may be drawn: in which pane, in which box of the map, and how many pixels further.
 * @typedef {{ pane: string, box: L.LatLngBounds, margin: number }} Part
 */

/**
 * Creates a Leaflet layer with a canvas. L.Renderer moves and scales it with the map, also during zooming. The canvas
 * covers only the part of the view in which anything may be drawn, because browsers copy it whole when it changes.
 * @param {HTMLCanvasElement} canvas
 * @param {Part} part
 * @param {{ moved: (bounds: L.Bounds, size: L.Point) => void, draw: () => void }} answers
 *   `moved` is called before `draw` if the position of the canvas has changed
 * @returns {CanvasLayer}
 */
export function canvasLayer(canvas, part, { moved, draw }) {
  const base = /** @type {any} */ (L.Renderer); // its types leave out what is for those who extend it
  const box = make("div", {}, canvas);
  const Layer = base.extend({
    _initContainer() {
      this._container = box; // the same when the layer is added again, which may be while the map is zoomed
    },
    _destroyContainer() {
      this._container.remove();
      delete this._container;
    },
    _updatePaths() {},
    _update() {
      if (this._map._animatingZoom && this._bounds) return;
      base.prototype._update.call(this);
      const { min } = this._bounds;
      this._part = common(this._bounds, around(this._map, part));
      const size = this._part.getSize();
      const dots = Math.min(window.devicePixelRatio || 1, 2);
      const where = [this._part.min, size, this._map.getZoom(), this._map.getPixelOrigin(), dots].join(" ");
      L.DomUtil.setPosition(this._container, min);
      L.DomUtil.setPosition(canvas, this._part.min.subtract(min));
      // not if the layer is added again and the map has not moved
      if (canvas.dataset.where !== where) {
        canvas.dataset.where = where;
        resize(canvas, size, dots);
        moved(this._part, size);
      }
      draw();
    },
    size() {
      return this._part.getSize();
    },
    origin() {
      return this._part.min;
    },
  });
  return new Layer({ pane: part.pane, padding: 0.1 });
}

/**
 * A box of the map in its pixels, with a margin.
 * @param {L.Map} map
 * @param {Part} part
 */
function around(map, { box, margin }) {
  const more = L.point(margin, margin);
  return L.bounds(
    map.latLngToLayerPoint(box.getNorthWest()).subtract(more),
    map.latLngToLayerPoint(box.getSouthEast()).add(more),
  );
}

/**
 * What two boxes have in common; one pixel in the corner of the first if that is nothing.
 * @param {L.Bounds} a
 * @param {L.Bounds} b
 */
function common(a, b) {
  const [start, other] = [a.getTopLeft(), b.getTopLeft()];
  const [end, otherEnd] = [a.getBottomRight(), b.getBottomRight()];
  if (!a.overlaps(b)) return L.bounds(start, start.add([1, 1]));
  return L.bounds(
    [Math.max(start.x, other.x), Math.max(start.y, other.y)],
    [Math.min(end.x, otherEnd.x), Math.min(end.y, otherEnd.y)],
  );
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

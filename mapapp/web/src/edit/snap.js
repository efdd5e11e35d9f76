/* Snapping to the vertices and edges of other shapes, so that neighbours share their border exactly. */

/** @import { Path, Position } from "./shape.js" */

/**
 * @typedef {{ x: number, y: number }} Pixel
 * @typedef {{ toPixel: (position: Position) => Pixel, toPosition: (pixel: Pixel) => Position }} Projection
 */

const NEAR = 9; // pixels within which a vertex or an edge is snapped to

/** @param {Pixel} a @param {Pixel} b */
const gap = (a, b) => Math.hypot(a.x - b.x, a.y - b.y);

/**
 * The point of the edge from a to b that is nearest to another.
 * @param {Pixel} at
 * @param {Pixel} a
 * @param {Pixel} b
 * @returns {Pixel}
 */
export function nearestOnEdge(at, a, b) {
  const [dx, dy] = [b.x - a.x, b.y - a.y];
  const length = dx * dx + dy * dy;
  const t = length ? Math.min(1, Math.max(0, ((at.x - a.x) * dx + (at.y - a.y) * dy) / length)) : 0;
  return { x: a.x + t * dx, y: a.y + t * dy };
}

/**
 * The position to snap to: that of the nearest vertex, exactly, else the nearest on an edge; null if neither is near.
 * @param {Position} position
 * @param {Path[]} paths those of other shapes; rings with their first position at the end too
 * @param {Projection} projection
 * @param {number} [near] pixels
 * @returns {{ position: Position, to: "vertex" | "edge" } | null}
 */
export function snapped(position, paths, projection, near = NEAR) {
  const at = projection.toPixel(position);
  /** @type {{ far: number, position: Position } | null} */
  let vertex = null;
  /** @type {{ far: number, pixel: Pixel } | null} */
  let edge = null;
  for (const path of paths) {
    /** @type {Pixel | null} */
    let before = null;
    for (const one of path) {
      const here = projection.toPixel(one);
      const far = gap(here, at);
      if (far <= near && (!vertex || far < vertex.far)) vertex = { far, position: one };
      if (before) {
        const pixel = nearestOnEdge(at, before, here);
        const beside = gap(pixel, at);
        if (beside <= near && (!edge || beside < edge.far)) edge = { far: beside, pixel };
      }
      before = here;
    }
  }
  if (vertex) return { position: vertex.position, to: "vertex" };
  return edge ? { position: projection.toPosition(edge.pixel), to: "edge" } : null;
}

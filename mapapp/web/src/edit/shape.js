/* The shape of a place while it is edited: paths of positions (lon, lat), as GeoJSON has them but without the last
 * position of a ring, which repeats its first. Nothing here changes what it is given.
 */

/** @import { Geometry } from "../payload.d.ts" */

/**
 * @typedef {[number, number]} Position
 * @typedef {Position[]} Path
 * @typedef {"point" | "line" | "area"} ShapeKind
 * @typedef {{ kind: ShapeKind, parts: Path[][] }} Shape parts are lines, or areas whose first path is the outline
 * @typedef {{ part: number, path: number, index: number }} Vertex
 */

/** @param {ShapeKind} kind @returns {Shape} */
export const emptyShape = (kind) => ({ kind, parts: [] });

/** @param {Path} ring @returns {Path} */
const opened = (ring) => ring.slice(0, -1);

/**
 * @param {Geometry | undefined} geometry
 * @param {ShapeKind} kind used if there is none yet
 * @returns {Shape}
 */
export function shapeOf(geometry, kind) {
  const { type, coordinates } = geometry ?? {};
  if (type === "Point") return { kind: "point", parts: [[[coordinates]]] };
  if (type === "LineString") return { kind: "line", parts: [[coordinates]] };
  if (type === "MultiLineString") return { kind: "line", parts: coordinates.map((/** @type {Path} */ line) => [line]) };
  if (type === "Polygon") return { kind: "area", parts: [coordinates.map(opened)] };
  if (type === "MultiPolygon")
    return { kind: "area", parts: coordinates.map((/** @type {Path[]} */ rings) => rings.map(opened)) };
  return emptyShape(kind);
}

/** How many vertices a path needs. */
const LEAST = { point: 1, line: 2, area: 3 };

/**
 * The geometry of a shape; undefined while a part of it is not finished.
 * @param {Shape} shape
 * @returns {Geometry | undefined}
 */
export function geometryOf({ kind, parts }) {
  const filled = parts.filter((paths) => paths.length);
  if (!filled.length || filled.some((paths) => paths.some((path) => path.length < LEAST[kind]))) return undefined;
  if (kind === "point") return { type: "Point", coordinates: filled[0]?.[0]?.[0] };
  if (kind === "line") {
    const lines = filled.map(([line]) => line);
    return lines.length === 1
      ? { type: "LineString", coordinates: lines[0] }
      : { type: "MultiLineString", coordinates: lines };
  }
  const areas = filled.map((rings) => rings.map((ring) => [...ring, ring[0]]));
  return areas.length === 1 ? { type: "Polygon", coordinates: areas[0] } : { type: "MultiPolygon", coordinates: areas };
}

/**
 * A shape with one of its paths replaced; a path without vertices is removed, and with an outline its holes.
 * @param {Shape} shape
 * @param {number} part
 * @param {number} path
 * @param {Path} positions
 * @returns {Shape}
 */
function withPath({ kind, parts }, part, path, positions) {
  const paths = [...(parts[part] ?? [])];
  paths[path] = positions;
  const kept = paths[0]?.length ? paths.filter((one) => one.length) : [];
  const next = [...parts];
  next[part] = kept;
  return { kind, parts: next.filter((one) => one.length) };
}

/** @param {Shape} shape @param {Vertex} at @returns {Path} */
export const pathOf = ({ parts }, { part, path }) => parts[part]?.[path] ?? [];

/**
 * @param {Shape} shape
 * @param {Vertex} at
 * @param {Position} position
 */
export const moved = (shape, at, position) =>
  withPath(shape, at.part, at.path, pathOf(shape, at).with(at.index, position));

/**
 * A shape with one more vertex, at the index of `at`.
 * @param {Shape} shape
 * @param {Vertex} at
 * @param {Position} position
 */
export const inserted = (shape, at, position) =>
  withPath(shape, at.part, at.path, pathOf(shape, at).toSpliced(at.index, 0, position));

/** @param {Shape} shape @param {Vertex} at */
export const removed = (shape, at) => withPath(shape, at.part, at.path, pathOf(shape, at).toSpliced(at.index, 1));

/**
 * All vertices, in order.
 * @param {Shape} shape
 * @returns {Vertex[]}
 */
export const verticesOf = ({ parts }) =>
  parts.flatMap((paths, part) => paths.flatMap((line, path) => line.map((_, index) => ({ part, path, index }))));

/**
 * The position halfway to the next vertex; null after the end of a line.
 * @param {Shape} shape
 * @param {Vertex} at
 * @returns {Position | null}
 */
export function halfway(shape, at) {
  const line = pathOf(shape, at);
  const [here, next] = [line[at.index], line[at.index + 1] ?? (shape.kind === "area" ? line[0] : undefined)];
  if (!here || !next || line.length < 2) return null;
  return rounded([(here[0] + next[0]) / 2, (here[1] + next[1]) / 2]);
}

/**
 * A position to about a metre.
 * @param {Position} position
 * @returns {Position}
 */
export const rounded = ([lon, lat]) => [Number(lon.toFixed(5)), Number(lat.toFixed(5))];

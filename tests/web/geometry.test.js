// Areas and circles of latitude.
import assert from "node:assert/strict";
import { test } from "node:test";
import { areaHolds, spansAt } from "../../mapapp/web/src/geometry.js";

const ring = (...corners) => [...corners, corners[0]];
const AREA = {
  type: "MultiPolygon",
  coordinates: [
    // a cross with a hole in its middle
    [
      ring([1, 0], [2, 0], [2, 1], [3, 1], [3, 2], [2, 2], [2, 3], [1, 3], [1, 2], [0, 2], [0, 1], [1, 1]),
      ring([1.25, 1.25], [1.75, 1.25], [1.6, 1.75]),
    ],
    // an island
    [ring([4, 1], [5, 1.2], [4.2, 2.7])],
  ],
};

test("a circle of latitude runs through an area between its shores and around its holes", () => {
  const [rounded] = [spansAt(AREA, 1.5).map((ends) => ends.map((lon) => Number(lon.toFixed(3))))];
  assert.deepEqual(rounded, [
    [0, 1.425],
    [1.675, 3],
    [4.059, 4.84],
  ]);
  assert.deepEqual(spansAt(AREA, 4), []);
});

test("a point lies in a stretch exactly if it lies in the area", () => {
  const place = { box: [0, 0, 5, 3], geometry: AREA };
  for (let lat = 0.07; lat < 3; lat += 0.13)
    for (let lon = 0.03; lon < 5; lon += 0.11)
      assert.equal(
        spansAt(AREA, lat).some(([west, east]) => lon > west && lon < east),
        areaHolds(place, lon, lat),
        `${lon}, ${lat}`,
      );
});

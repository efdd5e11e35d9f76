// Names on the map: which are written, where, and what is left for the list.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { anchorOf, byWorth, isWanted, layOut, spotsFor } from "../../mapapp/web/src/label_layout.js";

const SIZE = [400, 300];
const square = (west, south, east, north) => ({
  type: "Polygon",
  coordinates: [
    [
      [west, south],
      [east, south],
      [east, north],
      [west, north],
      [west, south],
    ],
  ],
});
const name = (id, near, more = {}) => ({
  ...{ id, name: id, shared: false, counted: false, width: 40, height: 16, near, far: () => [] },
  ...more,
});
const placed = (...given) => Object.fromEntries(layOut(...given).placed);

describe("a label", () => {
  test("takes its first free position", () => {
    assert.deepEqual(
      placed(
        [
          name("one", [[10, 10]]),
          name("two", [
            [30, 20],
            [60, 20],
          ]),
        ],
        [],
        [],
        SIZE,
        new Set(),
      ),
      {
        one: [10, 10],
        two: [60, 20],
      },
    );
  });

  test("is left out if an earlier one has taken its only position; labels may touch", () => {
    const candidates = [name("one", [[10, 10]]), name("over", [[49, 10]]), name("beside", [[50, 10]])];
    assert.deepEqual(placed(candidates, [], [], SIZE, new Set()), { one: [10, 10], beside: [50, 10] });
  });

  test("does not extend beyond the edge of the map", () => {
    const edges = [
      [1, 10],
      [10, 1],
      [359, 10],
      [10, 283],
    ];
    assert.deepEqual(placed([name("one", edges)], [], [], SIZE, new Set()), {});
    assert.deepEqual(placed([name("one", [[358, 282]])], [], [], SIZE, new Set()), { one: [358, 282] });
  });

  test("covers no mark but its own", () => {
    const marks = [[10, 10, 22, 22, "own"]];
    assert.deepEqual(placed([name("own", [[10, 10]])], [], marks, SIZE, new Set()), { own: [10, 10] });
    assert.deepEqual(placed([name("other", [[10, 10]])], [], marks, SIZE, new Set()), {});
  });

  test("with a number covers a mark or moves away rather than being left out; labels left out are returned", () => {
    const marks = [[10, 10, 22, 22, "x"]];
    const counted = { counted: true };
    assert.deepEqual(placed([name("a", [[10, 10]], counted)], [], marks, SIZE, new Set()), { a: [10, 10] });
    const far = { ...counted, far: () => [[200, 200]] };
    assert.deepEqual(placed([name("a", [[10, 10]], far)], [], marks, SIZE, new Set()), { a: [200, 200] });
    const full = [[0, 0, 400, 300, ""]];
    assert.deepEqual(layOut([name("a", [[10, 10]], far), name("b", [[10, 10]])], full, [], SIZE, new Set()).left, [
      "a",
    ]);
  });

  test("shared by several depths of a zone is written once", () => {
    const depths = ["inner", "outer"].map((id, i) => name(id, [[10, 10 + 50 * i]], { name: "Zone", shared: true }));
    assert.deepEqual(placed(depths, [], [], SIZE, new Set()), { inner: [10, 10] });
    assert.deepEqual(placed(depths, [], [], SIZE, new Set(["Zone"])), {});
  });
});

test("highlighted places come first, then by number of statements, then by rank", () => {
  const places = ["plain", "ranked", "said", "most", "lit"].map((id) => ({ id, rank: id === "ranked" ? 1 : 5 }));
  const counts = new Map([
    ["said", 1],
    ["most", 7],
    ["lit", 1],
  ]);
  const order = byWorth(places, counts, new Set(["lit"])).map(({ id }) => id);
  assert.deepEqual(order, ["lit", "most", "said", "ranked", "plain"]);
});

test("a place has a label at its own zooms, and at every zoom if it is highlighted or has statements", () => {
  const place = { at: [37, 35], zoom: [7, 10] };
  assert.deepEqual(
    [6.75, 7, 10, 10.25].map((zoom) => isWanted(place, zoom, 0, false)),
    [false, true, true, false],
  );
  assert.ok(isWanted(place, 3, 1, false));
  assert.ok(isWanted(place, 3, 0, true));
  assert.ok(!isWanted({ ...place, at: null }, 8, 1, true));
});

test("a label is beside its point or badge, or in the middle of an area", () => {
  const text = { width: 40, height: 16 };
  assert.deepEqual(spotsFor([100, 100], text, { point: true, badge: null })[0], [109, 92]);
  assert.deepEqual(spotsFor([100, 100], text, { point: true, badge: 30 })[0], [117, 92]);
  assert.deepEqual(spotsFor([100, 100], text, { point: false, badge: null })[0], [80, 92]);
});

describe("the alternative label position of a large area", () => {
  const [columns, rows] = [9, 7];
  const middles = Array.from({ length: columns * rows }, (_, cell) => [
    36 + (Math.floor(cell / rows) + 0.5) / columns,
    36 - ((cell % rows) + 0.5) / rows,
  ]);
  const sight = { box: [36, 35, 37, 36], rows, middles };
  const turkey = { at: [35, 39], box: [26, 35.5, 45, 42], geometry: square(26, 35.5, 45, 42) };

  test("lies in the part that is in sight, if its own spot is out of sight", () => {
    const [lon, lat] = anchorOf(turkey, sight);
    assert.ok(lon > 36 && lon < 37);
    assert.ok(lat > 35.5 && lat < 36);
  });

  test("is not needed if its default position is visible", () => {
    assert.equal(anchorOf({ ...turkey, at: [36.5, 35.75] }, sight), null);
  });

  test("is left out if only a sliver is visible", () => {
    const box = [36.95, 35.95, 40, 40];
    assert.equal(anchorOf({ ...turkey, box, geometry: square(...box) }, sight), null);
  });
});

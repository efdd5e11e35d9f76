// Names on the map: which are written, where, and what is left for the list.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { anchorOf, byWorth, isWanted, layOut, spotsFor, spreadBadges } from "../../mapapp/web/src/label_layout.js";

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
  ...{ id, name: id, shared: false, counted: false, sought: false, width: 40, height: 16, near, far: () => [] },
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
  const order = byWorth(places, counts, new Set(["lit"]), () => 0).map(({ id }) => id);
  assert.deepEqual(order, ["lit", "most", "said", "ranked", "plain"]);
});

test("a place has a label at its own zooms, and at every zoom if it is highlighted or has statements", () => {
  const place = { at: [37, 35], zoom: [7, 10] };
  assert.deepEqual(
    [6.75, 7, 10, 10.25].map((zoom) => isWanted(place, zoom, 0, false, 0)),
    [false, true, true, false],
  );
  assert.ok(isWanted(place, 3, 1, false, 0));
  assert.ok(isWanted(place, 3, 0, true, 0));
  assert.ok(!isWanted({ ...place, at: null }, 8, 1, true, 9));
});

describe("a place that the story turns on", () => {
  test("is named earlier, and before others of its rank", () => {
    const place = { at: [37, 35], zoom: [8.5, 20] };
    assert.deepEqual(
      [0, 1, 2, 9].map((facts) => isWanted(place, 8, 0, false, facts)),
      [false, false, true, true],
    );
    const places = ["city", "town", "turning"].map((id) => ({ id, rank: id === "city" ? 2 : 6 }));
    const facts = { turning: 3 };
    const order = byWorth(places, new Map(), new Set(), (id) => facts[id] ?? 0).map(({ id }) => id);
    assert.deepEqual(order, ["turning", "city", "town"]);
  });

  test("rather covers a mark or lies elsewhere on its line than being left out, but is not listed", () => {
    const marks = [[10, 10, 22, 22, "x"]];
    const sought = { sought: true };
    assert.deepEqual(placed([name("a", [[10, 10]], sought)], [], marks, SIZE, new Set()), { a: [10, 10] });
    const far = { ...sought, far: () => [[200, 200]] };
    assert.deepEqual(placed([name("a", [[10, 10]], far)], [], marks, SIZE, new Set()), { a: [200, 200] });
    const full = [[0, 0, 400, 300, ""]];
    assert.deepEqual(layOut([name("a", [[10, 10]], far)], full, [], SIZE, new Set()).left, []);
  });
});

describe("badges of neighbouring points", () => {
  const badge = (id, x, y) => ({ id, box: [x, y, x + 30, y + 23, id] });
  test("do not cover each other: the first stays, the others make way", () => {
    const { moved, left } = spreadBadges([badge("a", 100, 100), badge("b", 110, 105), badge("c", 95, 98)], SIZE);
    assert.deepEqual(moved.get("a"), [0, 0]);
    assert.deepEqual(left, []);
    const boxes = [...moved].map(([id, [x, y]]) => {
      const [west, north, east, south] = { a: badge("a", 100, 100), b: badge("b", 110, 105), c: badge("c", 95, 98) }[id]
        .box;
      return [west + x, north + y, east + x, south + y];
    });
    for (const one of boxes)
      for (const other of boxes)
        if (one !== other) {
          const apart = one[0] >= other[2] || other[0] >= one[2] || one[1] >= other[3] || other[1] >= one[3];
          assert.ok(apart, `${one} covers ${other}`);
        }
  });

  test("stay where they are if they are apart", () => {
    const { moved } = spreadBadges([badge("a", 100, 100), badge("b", 131, 100)], SIZE);
    assert.deepEqual([...moved.values()], [[0, 0], [0, 0]]); // biome-ignore format: pairs
  });

  test("are listed if they are cut off and no place near has room", () => {
    assert.deepEqual(spreadBadges([badge("a", -200, 100)], SIZE).left, ["a"]);
    const many = Array.from({ length: 30 }, (_, n) => badge(`b${n}`, 100, 100));
    const { moved, left } = spreadBadges(many, SIZE);
    assert.equal(moved.size + left.length, 30);
    assert.ok(left.length > 0);
  });
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

// Which part of the incidents' canvas is drawn anew.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { changedBox, isEven, isWithin } from "../../mapapp/web/src/incidents/drawn_marks.js";

const mark = (x, y, step = 0, reach = 3) => ({ x, y, reach, step });
const marks = (...list) => new Map(list.map((one) => [one.x * 1000 + one.y, one]));

describe("what is drawn anew", () => {
  const before = marks(mark(50, 50), mark(200, 100), mark(400, 300));
  test("is nothing if all marks are the same", () => {
    assert.equal(changedBox(before, new Map(before)), null);
    assert.equal(changedBox(new Map(), new Map()), null);
  });
  test("is around a mark that has come, gone or changed its class", () => {
    const box = [196, 96, 204, 104];
    assert.deepEqual(changedBox(marks(mark(50, 50), mark(400, 300)), before), box);
    assert.deepEqual(changedBox(before, marks(mark(50, 50), mark(400, 300))), box);
    const larger = marks(mark(50, 50), mark(200, 100, 1, 5), mark(400, 300));
    assert.deepEqual(changedBox(before, larger), [192, 92, 208, 108]);
    assert.deepEqual(changedBox(larger, before), [192, 92, 208, 108]);
  });
  test("is around all that have changed", () => {
    assert.deepEqual(changedBox(before, marks(mark(200, 100))), [44, 44, 404, 304]);
  });
  test("ends between the dots of the screen, or is the whole canvas", () => {
    assert.deepEqual([1, 1.25, 1.5, 1.75, 2].map(isEven), [true, true, true, true, true]);
    assert.deepEqual([1.1, 1.3333, 0.9].map(isEven), [false, false, false]);
  });
});

test("a mark is drawn again if it reaches into the box", () => {
  const box = [100, 100, 120, 120];
  assert.deepEqual(
    [mark(98, 110), mark(97, 110), mark(122, 122), mark(110, 123.5), mark(110, 110)].map((one) => isWithin(one, box)),
    [true, false, true, false, true],
  );
});

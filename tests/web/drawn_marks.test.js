// Which part of the incidents' canvas is drawn anew.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { boxAround, inOrder, isEven, isWithin } from "../../mapapp/web/src/incidents/drawn_marks.js";

const mark = (x, y, step = 0, reach = 3) => ({ x, y, reach, step, place: x });

describe("what is drawn anew", () => {
  test("is nothing if no mark has changed", () => {
    assert.equal(boxAround([]), null);
  });
  test("is around a mark that has come or gone, and around it before and after if it has grown", () => {
    assert.deepEqual(boxAround([mark(200, 100)]), [196, 96, 204, 104]);
    assert.deepEqual(boxAround([mark(200, 100), mark(200, 100, 1, 5)]), [192, 92, 208, 108]);
  });
  test("is around all that have changed", () => {
    assert.deepEqual(boxAround([mark(50, 50), mark(400, 300)]), [44, 44, 404, 304]);
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

test("large marks come first, then in the order of their places", () => {
  assert.deepEqual(
    inOrder([mark(3, 0), mark(1, 0), mark(2, 0, 4)]).map(({ place }) => place),
    [2, 1, 3],
  );
});

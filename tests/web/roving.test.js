// Where keys lead inside a group of elements that is one tab stop.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { directionOf, inDirection, inOrder } from "../../mapapp/web/src/roving.js";

describe("in a list", () => {
  test("arrows lead to the next and the one before, Home and End to the ends", () => {
    assert.deepEqual(
      ["ArrowRight", "ArrowDown", "PageDown", "ArrowLeft", "ArrowUp", "PageUp", "Home", "End"].map((key) =>
        inOrder(key, 2, 5),
      ),
      [3, 3, 3, 1, 1, 1, 0, 4],
    );
  });

  test("no key leads beyond the ends, and other keys lead nowhere", () => {
    assert.equal(inOrder("ArrowRight", 4, 5), null);
    assert.equal(inOrder("ArrowLeft", 0, 5), null);
    assert.equal(inOrder("Home", 0, 5), null);
    assert.equal(inOrder("a", 2, 5), null);
    assert.equal(inOrder("constructor", 2, 5), null);
  });

  test("from right to left, the left arrow leads on", () => {
    assert.equal(inOrder("ArrowLeft", 2, 5, true), 3);
    assert.equal(inOrder("ArrowRight", 2, 5, true), 1);
    assert.equal(inOrder("ArrowDown", 2, 5, true), 3);
  });
});

describe("on the map", () => {
  const spots = [[50, 50], [80, 55], [60, 10], [50, 90], null, [20, 50]];
  const to = (key, from) => inDirection(directionOf(key), spots[from], spots);

  test("an arrow leads to the nearest mark in its direction", () => {
    assert.deepEqual(
      ["ArrowRight", "ArrowUp", "ArrowDown", "ArrowLeft"].map((key) => to(key, 0)),
      [1, 2, 3, 5],
    );
  });

  test("a mark straight ahead comes before a nearer one to the side", () => {
    assert.equal(
      inDirection(
        [1, 0],
        [0, 0],
        [
          [10, 40],
          [60, 0],
        ],
      ),
      1,
    );
  });

  test("an arrow leads nowhere if no mark lies in its direction", () => {
    assert.equal(to("ArrowRight", 1), null);
    assert.equal(inDirection([1, 0], [0, 0], [null]), null);
  });

  test("keys that are no arrows have no direction", () => {
    assert.equal(directionOf("Home"), null);
  });
});

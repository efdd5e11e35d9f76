// Intervals of counts and rates: the browser computes what Python does.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { describe, test } from "node:test";
import { firstFilling, isFilling, stillToCome, weeksOf } from "../../mapapp/web/src/incidents/reporting.js";
import { rateInterval, ratioInterval } from "../../mapapp/web/src/incidents/tails.js";

const vectors = JSON.parse(readFileSync(new URL("interval_vectors.json", import.meta.url), "utf8"));
const near = (found, wanted) => {
  for (const [i, end] of wanted.entries())
    if (end === null) assert.equal(found[i], Infinity);
    else assert.ok(Math.abs(found[i] - end) <= 1e-8 * Math.max(1, end), `${found} is not ${wanted}`);
};
const week = ([known, share, error, spread]) => ({ known, share, error, spread });

describe("an interval is the one that Python computes", () => {
  test("of a rate", () => {
    for (const [[n, days], wanted] of vectors.rates) near(rateInterval(n, days), wanted);
  });
  test("of a ratio of two rates", () => {
    for (const [[before, after], wanted] of vectors.ratios) {
      const [one, other] = [before, after].map(([n, days]) => ({ n, days }));
      near(ratioInterval(one, other), wanted);
    }
  });
  test("of what is still to be reported", () => {
    for (const [weeks, wanted] of vectors.to_come) assert.deepEqual(stillToCome(weeks.map(week)), wanted);
  });
});

describe("what is known of a week", () => {
  const SEEN = 20000;
  const lag = {
    seen: SEEN,
    share: [0.05, 0.5, 0.96, 1],
    error: [0.01, 0.02, 0.01, 0],
    day_share: [0.02, 0.03, 0.04, 0.05, 0.06, 0.07, 0.2, 0.3, 0.35, 0.4, 0.5, 0.6, 0.65, 0.7],
    day_error: [0.01, 0.01, 0.01, 0.01, 0.01, 0.01, 0.01, 0.02, 0.02, 0.02, 0.02, 0.02, 0.02, 0.04],
    spread: [0, 0.1, 0],
  };
  test("is counted back from the last day observed, and only while the week is not complete", () => {
    const weeks = weeksOf(lag, [
      [SEEN - 7, 2],
      [SEEN - 13, 1],
      [SEEN - 20, 5],
      [SEEN - 21, 9],
    ]);
    assert.deepEqual(weeks, [week([3, 0.5, 0.03, 0.1]), week([5, 0.96, 0.01, 0])]);
    assert.equal(isFilling(weeks), true);
    assert.equal(isFilling(weeks.slice(1)), false);
  });
  test("counts as coming in from the day after the last week that is nearly complete", () => {
    assert.equal(firstFilling(lag), SEEN - 13);
    assert.equal(weeksOf(lag, [[SEEN - 13, 1]])[0].share < 0.95, true);
    assert.equal(weeksOf(lag, [[SEEN - 14, 1]])[0].share < 0.95, false);
  });
  test("is too little to say anything of the last days, and of days after them", () => {
    assert.equal(weeksOf(lag, [[SEEN, 3]]), null);
    assert.equal(weeksOf(lag, [[SEEN - 5, 3]]), null);
    assert.deepEqual(weeksOf(lag, [[SEEN - 6, 2]]), [week([2, 0.2, 0.01, 0])]);
    assert.equal(weeksOf(lag, [[SEEN + 1, 3]]), null);
    assert.equal(isFilling(null), true);
  });
});

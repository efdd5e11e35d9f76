/* Quantiles and exact intervals of counts, as in mapapp/incidents/rates.py and reporting_lag.py. Pure. */

const TAIL = 0.05; // on either side of an interval: 90 % are between
const HALVINGS = 100; // of a range that contains a limit: more than a number's precision

/**
 * The sum of the terms `first`, `first + 1`, … of a distribution whose logarithms `log` returns; up to `last`.
 * @param {(k: number) => number} log
 * @param {number} first
 * @param {number} last
 */
function sum(log, first, last) {
  let total = 0;
  for (let k = first; k <= last; k++) total += Math.exp(log(k));
  return total;
}

/**
 * The logarithms of the factorials of 0 to n.
 * @param {number} n
 */
function logFactorials(n) {
  const found = new Float64Array(n + 1);
  for (let k = 2; k <= n; k++) found[k] = found[k - 1] + Math.log(k);
  return found;
}

/**
 * Where a function that never falls reaches a value, by halving a range.
 * @param {(x: number) => number} rising
 * @param {number} value
 * @param {number} low
 * @param {number} high
 */
function reach(rising, value, low, high) {
  let [from, to] = [low, high];
  for (let i = 0; i < HALVINGS; i++) {
    const middle = (from + to) / 2;
    if (rising(middle) < value) from = middle;
    else to = middle;
  }
  return (from + to) / 2;
}

/**
 * The exact interval of a Poisson rate per day (Garwood).
 * @param {number} number incidents counted
 * @param {number} days in which they were counted
 * @returns {[low: number, high: number]}
 */
export function rateInterval(number, days) {
  const logs = logFactorials(number);
  /** The chance of at most `most` incidents. @param {number} mean @param {number} most */
  const upTo = (mean, most) => sum((k) => k * Math.log(mean) - mean - logs[k], 0, most);
  const top = number + 20 + 10 * Math.sqrt(number); // beyond any limit at this level
  const low = number ? reach((mean) => 1 - upTo(mean, number - 1), TAIL, 0, number) : 0;
  const high = reach((mean) => -upTo(mean, number), -TAIL, number, top);
  return [low / days, high / days];
}

/**
 * The exact interval of the ratio of two Poisson rates, after divided by before, given their sum (Clopper and Pearson).
 * @param {{ n: number, days: number }} before
 * @param {{ n: number, days: number }} after
 * @returns {[low: number, high: number]} the higher end is infinite if nothing was counted before
 */
export function ratioInterval(before, after) {
  const all = before.n + after.n;
  const logs = logFactorials(all);
  /** The chance that at most `most` of all are later ones. @param {number} share @param {number} most */
  const upTo = (share, most) =>
    sum((k) => logs[all] - logs[k] - logs[all - k] + k * Math.log(share) + (all - k) * Math.log1p(-share), 0, most);
  const low = after.n ? reach((share) => 1 - upTo(share, after.n - 1), TAIL, 0, 1) : 0;
  const high = before.n ? reach((share) => -upTo(share, after.n), -TAIL, 0, 1) : 1;
  const scale = before.days / after.days;
  return [(low / (1 - low)) * scale, high < 1 ? (high / (1 - high)) * scale : Infinity];
}

/**
 * The central 90 % of a negative binomial.
 * @param {number} mean
 * @param {number} variance greater than the mean
 * @returns {[low: number, high: number]}
 */
export function negativeBinomial(mean, variance) {
  const [size, chance] = [mean ** 2 / (variance - mean), mean / variance];
  let [k, total, log] = [0, 0, size * Math.log(chance)];
  /** @param {number} share */
  const quantile = (share) => {
    for (;;) {
      const next = total + Math.exp(log);
      if (next >= share) return k;
      total = next;
      log += Math.log((k + size) / (k + 1)) + Math.log1p(-chance);
      k++;
    }
  };
  return [quantile(TAIL), quantile(1 - TAIL)];
}

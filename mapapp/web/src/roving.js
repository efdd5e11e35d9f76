/* Roving focus: a group of elements is one tab stop, and keys move the focus inside it (WAI-ARIA practices, "roving
 * tabindex"). The functions that decide where a key leads are pure.
 */

/** @typedef {[x: number, y: number]} Spot */

/** @type {Record<string, Spot>} */
const DIRECTIONS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
const SIDEWAYS = 2; // how much more a step to the side counts than one ahead

/**
 * The unit vector of an arrow key, y downwards; null for any other key.
 * @param {string} key
 */
export const directionOf = (key) => (Object.hasOwn(DIRECTIONS, key) ? (DIRECTIONS[key] ?? null) : null);

/**
 * Where a key leads in a list; null if it leads nowhere.
 * @param {string} key
 * @param {number} at index of the item that has the focus; -1 if none has
 * @param {number} count
 * @param {boolean} [mirrored] whether the list runs from right to left
 */
export function inOrder(key, at, count, mirrored = false) {
  const [forth, back] = mirrored ? ["ArrowLeft", "ArrowRight"] : ["ArrowRight", "ArrowLeft"];
  /** @type {Record<string, number>} */
  const targets = {
    [forth]: at + 1,
    [back]: at - 1,
    ArrowDown: at + 1,
    ArrowUp: at - 1,
    PageDown: at + 1,
    PageUp: at - 1,
    Home: 0,
    End: count - 1,
  };
  const to = Object.hasOwn(targets, key) ? targets[key] : undefined;
  return to === undefined || to < 0 || to >= count || to === at ? null : to;
}

/**
 * The index of the spot nearest in a direction, spots straight ahead before those to the side; null if there is none.
 * @param {Spot} direction
 * @param {Spot} from
 * @param {(Spot | null)[]} spots null for what is out of sight
 */
export function inDirection([right, down], from, spots) {
  let best = null;
  let least = Infinity;
  spots.forEach((spot, i) => {
    if (!spot) return;
    const [x, y] = [spot[0] - from[0], spot[1] - from[1]];
    const ahead = x * right + y * down;
    const cost = ahead + SIDEWAYS * Math.abs(x * down + y * right);
    if (ahead <= 0 || cost >= least) return;
    [best, least] = [i, cost];
  });
  return best;
}

/** @typedef {HTMLElement | SVGElement} Item */

/**
 * Makes the items of a box one tab stop: the item that last had the focus, or that `setStop` names.
 * @param {Element} box
 * @param {() => Item[]} items
 * @param {(event: KeyboardEvent, at: number, list: Item[]) => number | null} move where a key leads
 */
export function rove(box, items, move) {
  /** @type {Item | null} */
  let stop = null;
  /** @param {Item | null} item */
  const setStop = (item) => {
    if (stop === item) return;
    if (stop) stop.tabIndex = -1;
    stop = item;
    if (stop) stop.tabIndex = 0;
  };
  box.addEventListener("focusin", ({ target }) => {
    const item = items().find((one) => one === target);
    if (item) setStop(item);
  });
  box.addEventListener("keydown", (event) => {
    const { ctrlKey, altKey, metaKey, target } = /** @type {KeyboardEvent} */ (event);
    if (ctrlKey || altKey || metaKey) return;
    const list = items();
    const at = list.indexOf(/** @type {Item} */ (target));
    if (at < 0) return;
    const to = move(/** @type {KeyboardEvent} */ (event), at, list);
    if (to === null) return;
    event.preventDefault();
    list[to]?.focus();
  });
  return { setStop, stop: () => stop };
}

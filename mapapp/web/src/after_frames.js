/* Work that may wait until the browser has drawn what is more urgent. */

/**
 * Puts off a function until the next frames have been drawn, however often it is asked for until then.
 * @param {number} frames
 * @param {() => void} what
 */
export function afterFrames(frames, what) {
  let isAsked = false;
  /** Does at once what has been asked for. */
  const flush = () => {
    if (!isAsked) return;
    isAsked = false;
    what();
  };
  /** @param {number} left */
  const wait = (left) => {
    if (left < 0) flush();
    else requestAnimationFrame(() => wait(left - 1));
  };
  const ask = () => {
    if (!isAsked) wait(frames);
    isAsked = true;
  };
  return { ask, flush };
}

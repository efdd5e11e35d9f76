/* Work that may wait until the browser has drawn what is more urgent. */

/**
 * Puts off a function until the frame after the next, however often it is asked for until then.
 * @param {() => void} what
 */
export function afterFrame(what) {
  let isAsked = false;
  /** Does at once what has been asked for. */
  const flush = () => {
    if (!isAsked) return;
    isAsked = false;
    what();
  };
  const ask = () => {
    if (!isAsked) requestAnimationFrame(() => requestAnimationFrame(flush));
    isAsked = true;
  };
  return { ask, flush };
}

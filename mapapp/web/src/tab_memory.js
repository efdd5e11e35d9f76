/* What is remembered until this tab is closed, so that it outlives another language, which loads the page again. It is
 * apart for each page, and never sent anywhere.
 */

/** @param {string} name */
const keyOf = (name) => `mapapp-${name} ${location.pathname}`;

/**
 * What is remembered under a name; null where the browser remembers nothing.
 * @param {string} name
 */
export function recall(name) {
  try {
    return sessionStorage.getItem(keyOf(name));
  } catch {
    return null;
  }
}

/**
 * Remembers a text. Returns false if the browser has no room for it, or remembers nothing; then nothing is left of what
 * was remembered under the name.
 * @param {string} name
 * @param {string | null} value null to forget it
 */
export function remember(name, value) {
  try {
    sessionStorage.removeItem(keyOf(name));
    if (value !== null) sessionStorage.setItem(keyOf(name), value);
    return true;
  } catch {
    return false;
  }
}

/* Asks the server. The token comes with the start address, after #, and is kept for this tab alone. */

const KEY = "mapapp-edit-token";

/** The token; empty where the page was opened without one. */
let token = "";

/** Takes the token out of the address, where it could be copied with it. */
export function takeToken() {
  const after = new URLSearchParams(location.hash.slice(1));
  const given = after.get("token");
  if (given) {
    sessionStorage.setItem(KEY, given);
    after.delete("token");
    history.replaceState(history.state, "", `${location.pathname}${after.size ? `#${after}` : ""}`);
  }
  token = sessionStorage.getItem(KEY) ?? "";
  return token !== "";
}

/** An answer that says what is wrong. */
export class RefusedError extends Error {
  /**
   * @param {number} status
   * @param {import("./types.d.ts").Refusal} content
   */
  constructor(status, content) {
    super(content.error ?? String(status));
    this.status = status;
    this.content = content;
  }
}

/**
 * @param {string} path
 * @param {RequestInit} options
 */
async function asked(path, options) {
  const headers = { ...options.headers, "X-Mapapp-Token": token };
  const answer = await fetch(`/api/${path}`, { ...options, headers, credentials: "omit" });
  const isJson = answer.headers.get("content-type")?.startsWith("application/json");
  const content = isJson ? await answer.json() : { error: (await answer.text()).trim() };
  if (!answer.ok) throw new RefusedError(answer.status, content);
  return content;
}

/**
 * @param {string} name
 * @param {Record<string, string>} [query]
 * @returns {Promise<any>}
 */
export const ask = (name, query = {}) => asked(`${name}?${new URLSearchParams(query)}`, { method: "GET" });

/**
 * @param {string} name
 * @param {object} [content]
 * @returns {Promise<any>}
 */
export const send = (name, content = {}) =>
  asked(name, {
    method: "POST",
    keepalive: name === "keep", // even if the page is being closed
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify(content),
  });

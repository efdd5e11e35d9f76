/* DOM helpers. Text is never inserted as HTML. */

/**
 * @typedef {Record<string, string | number | boolean | null | undefined>} Attributes
 * @typedef {Node | string | null | undefined} Child
 * @typedef {Partial<{ [K in keyof HTMLElementEventMap]: (event: HTMLElementEventMap[K]) => void }>} Listeners
 */

/**
 * @template {Element} E
 * @param {E} node
 * @param {Attributes} attributes
 * @param {Child[]} children
 * @returns {E}
 */
function fill(node, attributes, children) {
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    node.setAttribute(name, value === true ? "" : String(value));
  }
  node.append(.../** @type {(Node | string)[]} */ (children.filter((child) => child !== null && child !== undefined)));
  return node;
}

/**
 * An HTML element; attributes that are null or false are left out.
 * @template {keyof HTMLElementTagNameMap} T
 * @param {T} tag
 * @param {Attributes} [attributes]
 * @param {...Child} children
 */
export const make = (tag, attributes = {}, ...children) => fill(document.createElement(tag), attributes, children);

/**
 * An SVG element.
 * @template {keyof SVGElementTagNameMap} T
 * @param {T} tag
 * @param {Attributes} [attributes]
 * @param {...Child} children
 */
export const svg = (tag, attributes = {}, ...children) =>
  fill(document.createElementNS("http://www.w3.org/2000/svg", tag), attributes, children);

/**
 * Adds event listeners to an element, and returns it.
 * @template {Element} E
 * @param {E} node
 * @param {Listeners} listeners
 */
export function on(node, listeners) {
  for (const [type, listener] of Object.entries(listeners))
    node.addEventListener(type, /** @type {EventListener} */ (listener));
  return node;
}

/**
 * Sets attributes that do not have their values yet: browsers draw an element anew even if it gets the same once more.
 * @param {Element} node
 * @param {Record<string, string | number>} attributes
 */
export function update(node, attributes) {
  for (const [name, value] of Object.entries(attributes))
    if (node.getAttribute(name) !== String(value)) node.setAttribute(name, String(value));
}

/**
 * Sets the text of an element, unless it is there already.
 * @param {Element} node
 * @param {string} text
 */
export function updateText(node, text) {
  if (node.textContent !== text) node.textContent = text;
}

/**
 * A button that does something when it is clicked.
 * @param {Attributes} attributes
 * @param {() => void} click
 * @param {...Child} children
 */
export const button = (attributes, click, ...children) =>
  on(make("button", { type: "button", ...attributes }, ...children), { click });

/**
 * Parses HTML into nodes. The HTML comes from mapapp/text/html.py, where all values are escaped.
 * @param {string} html
 */
export function fragment(html) {
  const holder = document.createElement("template");
  holder.innerHTML = html;
  return holder.content;
}

/**
 * Gives an element these children in this order; those that are already in their place are not touched.
 * @param {Element} parent
 * @param {Element[]} children
 */
export function setChildren(parent, children) {
  const kept = new Set(children);
  for (const child of [...parent.children]) if (!kept.has(child)) child.remove();
  let next = parent.firstElementChild;
  for (const child of children)
    if (child === next) next = next.nextElementSibling;
    else parent.insertBefore(child, next);
}

/**
 * The elements within another that match a selector.
 * @param {ParentNode} within
 * @param {string} selector
 * @returns {HTMLElement[]}
 */
export const all = (within, selector) => [
  .../** @type {NodeListOf<HTMLElement>} */ (within.querySelectorAll(selector)),
];

/**
 * The first element within another that matches a selector; it must exist.
 * @param {ParentNode} within
 * @param {string} selector
 * @returns {HTMLElement}
 */
export function one(within, selector) {
  const found = within.querySelector(selector);
  if (!found) throw new Error(`no element matches ${selector}`);
  return /** @type {HTMLElement} */ (found);
}

/**
 * A small drawing for a key.
 * @param {...SVGElement} shapes on a ground of 34 by 16 pixels
 */
export const drawing = (...shapes) =>
  svg("svg", { viewBox: "0 0 34 16", width: 34, height: 16, "aria-hidden": "true" }, ...shapes);

/** @param {string} name */
export const symbol = (name) =>
  svg("svg", { class: "symbol", viewBox: "0 0 16 16", "aria-hidden": "true" }, svg("use", { href: `#kind-${name}` }));

/**
 * The input element of an event.
 * @param {Event} event
 */
export const inputOf = (event) => /** @type {HTMLInputElement} */ (event.target);

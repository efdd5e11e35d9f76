/* The elements of an XML text, which may be hostile. */

/** @import { Collector } from "./collector.js" */

/**
 * The root element of an XML text; null, with a fault, if it has another name, an entity or a document type.
 * @param {string} text
 * @param {string} name
 * @param {Collector} into
 */
export function rootOf(text, name, into) {
  if (/<!(DOCTYPE|ENTITY)/i.test(text)) into.fault("doctype");
  else {
    const { documentElement: root } = new DOMParser().parseFromString(text, "application/xml");
    if (!root || root.getElementsByTagName("parsererror").length || root.localName === "parsererror")
      into.fault("syntax");
    else if (root.localName !== name) into.fault("root", root.localName);
    else return root;
  }
  return null;
}

/**
 * @param {Element} element
 * @param {string[]} names
 */
export const childrenOf = (element, ...names) =>
  [...element.children].filter(({ localName }) => names.includes(localName));

/**
 * The elements of a name within another, at any depth.
 * @param {Element} element
 * @param {string} name
 */
export const within = (element, name) => [...element.getElementsByTagNameNS("*", name)];

/** @param {Element | undefined} element */
export const textIn = (element) => element?.textContent?.trim() ?? "";

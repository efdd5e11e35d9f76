/* Registry of drawn features. */

/** Leaflet layers by place id. @type {Map<string, L.Layer>} */
export const drawn = new Map();

/**
 * The elements of a layer that carry its state as attributes.
 * @param {L.Layer & { getElement?: () => Element | undefined, eachLayer?: L.LayerGroup["eachLayer"] }} layer
 * @returns {(HTMLElement | SVGElement)[]}
 */
export function nodesOf(layer) {
  const found = [];
  const element = layer.getElement?.();
  if (element) {
    const inner = element.classList.contains("mark") ? element.firstElementChild : null;
    found.push(/** @type {HTMLElement} */ (inner ?? element));
  }
  layer.eachLayer?.((child) => {
    if (/** @type {L.PathOptions} */ (child.options).className !== "hit") found.push(...nodesOf(child));
  });
  return found;
}

/**
 * The element of a layer that takes the focus: the whole mark of a point, the drawn line or outline of anything else.
 * @param {L.Layer} layer
 */
export function focusOf(layer) {
  const [node] = nodesOf(layer);
  return /** @type {HTMLElement | SVGElement | null} */ (node?.closest(".leaflet-marker-icon") ?? node ?? null);
}

/* The button that shows the page in full screen; it is left out where the browser, or the page around a frame, does not
 * allow that.
 */

import { tool } from "./tools.js";

export function fullScreenTool() {
  if (!document.fullscreenEnabled) return null;
  const node = tool("full-screen", toggle);
  const say = () => node.setAttribute("aria-pressed", String(document.fullscreenElement !== null));
  document.addEventListener("fullscreenchange", say);
  say();
  return node;
}

async function toggle() {
  if (document.fullscreenElement) await document.exitFullscreen();
  else await document.documentElement.requestFullscreen();
}

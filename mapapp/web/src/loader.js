/* Loaded together with Leaflet. Loads fonts, atlas, script and style sheet, and queues calls until they are there. */

export {};

const [file, failed, faces, font] = LOADED;
/** @type {[string, unknown[]][]} */
const waiting = [];
window.mapapp = Object.fromEntries(
  ["start", "reopen", "tell", "restyle", "compared"].map((call) => [call, (...given) => waiting.push([call, given])]),
);

// biome-ignore lint/security/noGlobalEval: kept for what is not ours, as the policy allows
const evaluate = window.eval;

/**
 * Stands before `eval`, which the content security policy of the app forbids. streamlit-folium evaluates the script of
 * a feature group, of which only the calls of our functions matter (`ui/map_component.py`).
 *
 * @param {string} script
 */
function callsIn(script) {
  const calls = [...script.matchAll(/^\s*mapapp\.(reopen|tell|compared)\((.*)\);\s*$/gm)];
  if (!calls.length && script.trim()) return evaluate(script);
  for (const [, call, value] of calls) window.mapapp[/** @type {"reopen"} */ (call)]?.(JSON.parse(value));
}
Object.assign(window, { eval: callsIn });

window.addEventListener("message", ({ source, data }) => {
  if (source !== window.parent || data?.type !== "streamlit:render" || !data.theme) return;
  document.documentElement.dataset.theme = data.theme.base === "dark" ? "dark" : "light";
  window.mapapp.restyle?.();
});

// the fonts are on their way while the script is, which then draws once, in them
document.head.appendChild(document.createElement("style")).textContent = faces;
for (const weight of [400, 600, 700]) document.fonts.load(`${weight} 12px ${font}`);

const { src } = /** @type {HTMLScriptElement} */ (document.currentScript);
const script = document.createElement("script"); // the browser compiles it while it comes
script.onload = () => {
  for (const [call, given] of waiting) window.mapapp[call]?.(...given);
};
script.onerror = () => document.body.prepend(Object.assign(document.createElement("p"), { textContent: failed }));
script.src = new URL(file, src).href;
document.head.append(script);

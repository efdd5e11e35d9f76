/* Loaded together with Leaflet. Fetches the atlas, script and style sheet (compressed), and queues calls until
 * they have been loaded.
 */

export {};

const [file, failed] = LOADED;
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

/** @param {string} address */
async function load(address) {
  const answer = await fetch(address);
  if (!answer.ok || !answer.body) throw new Error(`${answer.url}: ${answer.status}`);
  const script = document.createElement("script");
  script.textContent = await new Response(answer.body.pipeThrough(new DecompressionStream("gzip"))).text();
  document.head.append(script);
  for (const [call, given] of waiting) window.mapapp[call]?.(...given);
}

const { src } = /** @type {HTMLScriptElement} */ (document.currentScript);
load(new URL(file, src).href).catch((error) => {
  console.error(error);
  document.body.prepend(Object.assign(document.createElement("p"), { textContent: failed }));
});

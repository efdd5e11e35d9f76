"use strict";
(() => {
  // mapapp/web/src/loader.js
  var [file, failed, faces, font] = LOADED;
  var waiting = [];
  window.mapapp = Object.fromEntries(
    ["start", "reopen", "tell", "restyle", "compared"].map((call) => [call, (...given) => waiting.push([call, given])])
  );
  var evaluate = window.eval;
  function callsIn(script2) {
    const calls = [...script2.matchAll(/^\s*mapapp\.(reopen|tell|compared)\((.*)\);\s*$/gm)];
    if (!calls.length && script2.trim()) return evaluate(script2);
    for (const [, call, value] of calls) window.mapapp[
      /** @type {"reopen"} */
      call
    ]?.(JSON.parse(value));
  }
  Object.assign(window, { eval: callsIn });
  window.addEventListener("message", ({ source, data }) => {
    if (source !== window.parent || data?.type !== "streamlit:render" || !data.theme) return;
    document.documentElement.dataset.theme = data.theme.base === "dark" ? "dark" : "light";
    window.mapapp.restyle?.();
  });
  document.head.appendChild(document.createElement("style")).textContent = faces;
  for (const weight of [400, 600, 700]) document.fonts.load(`${weight} 12px ${font}`);
  var { src } = (
    /** @type {HTMLScriptElement} */
    document.currentScript
  );
  var script = document.createElement("script");
  script.onload = () => {
    for (const [call, given] of waiting) window.mapapp[call]?.(...given);
  };
  script.onerror = () => document.body.prepend(Object.assign(document.createElement("p"), { textContent: failed }));
  script.src = new URL(file, src).href;
  document.head.append(script);
})();

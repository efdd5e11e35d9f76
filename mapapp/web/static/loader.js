"use strict";
(() => {
  // mapapp/web/src/loader.js
  var [file, failed] = LOADED;
  var waiting = [];
  window.mapapp = Object.fromEntries(
    ["start", "reopen", "tell", "restyle", "compared"].map((call) => [call, (...given) => waiting.push([call, given])])
  );
  var evaluate = window.eval;
  function callsIn(script) {
    const calls = [...script.matchAll(/^\s*mapapp\.(reopen|tell|compared)\((.*)\);\s*$/gm)];
    if (!calls.length && script.trim()) return evaluate(script);
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
  async function load(address) {
    const answer = await fetch(address);
    if (!answer.ok || !answer.body) throw new Error(`${answer.url}: ${answer.status}`);
    const script = document.createElement("script");
    script.textContent = await new Response(answer.body.pipeThrough(new DecompressionStream("gzip"))).text();
    document.head.append(script);
    for (const [call, given] of waiting) window.mapapp[call]?.(...given);
  }
  var { src } = (
    /** @type {HTMLScriptElement} */
    document.currentScript
  );
  load(new URL(file, src).href).catch((error) => {
    console.error(error);
    document.body.prepend(Object.assign(document.createElement("p"), { textContent: failed }));
  });
})();

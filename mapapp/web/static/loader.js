/* Comes with Leaflet, and fetches the rest of what the map needs: the atlas, our script and the style sheet, compressed.
 *
 * What is called until it is there waits for it. The pair below is put in by ui/frame.py: the name of the file, which
 * lies beside this one, and what to say where it cannot be had.
 */
(function () {
  "use strict";
  const [name, failed] = LOADED;
  const waiting = [];
  window.mapapp = Object.fromEntries(["start", "adopt", "tell", "restyle"].map((call) => [call, (...given) => waiting.push([call, given])]));
  window.addEventListener("message", (event) => {
    if (event.source !== window.parent || !event.data || event.data.type !== "streamlit:render" || !event.data.theme) return;
    document.documentElement.dataset.theme = event.data.theme.base === "dark" ? "dark" : "light";
    window.mapapp.restyle();
  });
  fetch(new URL(name, document.currentScript.src)).then(async (answer) => {
    if (!answer.ok) throw new Error(`${answer.url}: ${answer.status}`);
    const script = document.createElement("script");
    script.textContent = await new Response(answer.body.pipeThrough(new DecompressionStream("gzip"))).text();
    document.head.append(script);
    for (const [call, given] of waiting) window.mapapp[call](...given);
  }).catch((error) => {
    console.error(error);
    document.body.prepend(Object.assign(document.createElement("p"), { textContent: failed }));
  });
})();

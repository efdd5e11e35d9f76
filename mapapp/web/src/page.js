/* Starts Streamlit in the page around the map's frame once the map is drawn, which would else have to wait for it. */

const PATIENCE = 3000; // milliseconds

const { next } = /** @type {HTMLScriptElement} */ (document.currentScript).dataset;
let isStarted = false;

function start() {
  if (isStarted) return;
  isStarted = true;
  document.head.append(
    Object.assign(document.createElement("script"), { type: "module", crossOrigin: "anonymous", src: next }),
  );
}

window.addEventListener("mapapp-drawn", start); // said by the map's frame (app_requests.js)
setTimeout(start, PATIENCE); // the map is slow, or the page is in the background, where nothing is painted

"use strict";
(() => {
  // mapapp/web/src/page.js
  var PATIENCE = 3e3;
  var { next } = (
    /** @type {HTMLScriptElement} */
    document.currentScript.dataset
  );
  var isStarted = false;
  function start() {
    if (isStarted) return;
    isStarted = true;
    document.head.append(
      Object.assign(document.createElement("script"), { type: "module", crossOrigin: "anonymous", src: next })
    );
  }
  window.addEventListener("mapapp-drawn", start);
  setTimeout(start, PATIENCE);
})();

"use strict";
(() => {
  // mapapp/web/src/page.js
  var PATIENCE = 3e3;
  var { content } = (
    /** @type {HTMLTemplateElement} */
    document.getElementById("mapapp-streamlit")
  );
  var start = () => document.head.append(content);
  window.addEventListener("mapapp-drawn", start);
  if (document.getElementById("mapapp-map")?.dataset.drawn) start();
  setTimeout(start, PATIENCE);
})();

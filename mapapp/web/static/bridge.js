"use strict";
(() => {
  // mapapp/web/src/bridge.js
  var around = window.parent;
  var place = (
    /** @type {HTMLElement} */
    window.frameElement
  );
  var frame = (
    /** @type {HTMLIFrameElement} */
    around.document.getElementById("mapapp-map")
  );
  var closed = new AbortController();
  var resolve;
  var drawn = new Promise((take) => {
    resolve = take;
  });
  var call = (name, value) => drawn.then((functions) => functions[name]?.(value));
  function show({ page, record, failed }) {
    const address = new URL(page, around.document.baseURI).href;
    const shown = JSON.stringify([address, record]);
    const before = frame.dataset.shown ?? JSON.stringify([frame.src, JSON.parse(frame.dataset.incidents ?? "null")]);
    let isNew = before !== shown;
    frame.dataset.shown = shown;
    frame.hidden = false;
    const take = () => {
      const functions = functionsAt(address);
      if (!functions) return say(failed);
      if (record && isNew) functions.incidents?.(record);
      resolve(functions);
    };
    const isSame = before === shown || before === JSON.stringify([address, null]);
    if (isSame && functionsAt(address)) return take();
    const { URL: at, readyState } = frame.contentDocument ?? {};
    const isComing = at === "about:blank" || at === address && readyState !== "complete";
    if (!frame.src) frame.src = address;
    else if (!isSame || !isComing) {
      replaceFrame(address);
      isNew = true;
    }
    frame.addEventListener("load", take, { once: true, signal: closed.signal });
  }
  function replaceFrame(address) {
    const old = frame;
    frame = /** @type {HTMLIFrameElement} */
    old.cloneNode();
    frame.src = address;
    delete frame.dataset.incidents;
    delete frame.dataset.drawn;
    old.replaceWith(frame);
  }
  function functionsAt(address) {
    const { contentDocument, contentWindow } = frame;
    return contentDocument?.URL === address && contentDocument.readyState === "complete" ? contentWindow?.mapapp : null;
  }
  function say(text) {
    frame.hidden = true;
    place.style.visibility = "visible";
    document.body.replaceChildren(Object.assign(document.createElement("p"), { textContent: text }));
  }
  var evaluate = window.eval;
  function callsIn(script) {
    const calls = [...script.matchAll(/^\s*mapapp\.(reopen|tell|compared)\((.*)\);\s*$/gm)];
    if (!calls.length && script.trim()) return evaluate(script);
    for (const [, name = "", value = ""] of calls) call(name, JSON.parse(value));
  }
  Object.assign(window, { eval: callsIn, mapapp: { show } });
  around.mapappBridge = {
    request: (value) => window.Streamlit?.setComponentValue(value),
    makeWay: (isFilled) => {
      if (isFilled) place.scrollIntoView({ block: "nearest" });
      else around.document.querySelector('[data-testid="stMain"]')?.scrollTo({ top: 0 });
    }
  };
  window.addEventListener("message", ({ source, data }) => {
    if (source === around && data?.type === "streamlit:render") call("follow", data);
  });
  function follow() {
    const box = place.getBoundingClientRect();
    for (
      const side of
      /** @type {const} */
      ["top", "left", "width", "height"]
    )
      frame.style.setProperty(`--${side}`, `${box[side]}px`);
  }
  var sizes = new around.ResizeObserver(follow);
  for (let part = place; part !== around.document.body && part.parentElement; part = part.parentElement)
    sizes.observe(part);
  around.document.addEventListener("scroll", follow, { capture: true, passive: true, signal: closed.signal });
  window.addEventListener("pagehide", () => {
    closed.abort();
    sizes.disconnect();
  });
  follow();
})();

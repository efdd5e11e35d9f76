/* Put into every frame before its own scripts: when something was painted, when the input came, what went over the socket.
 *
 * All times are milliseconds since 1970 and comparable between frames. measure.py appends a call with the condition that
 * holds once the contestant's marks are there, one that holds once there is a map without them, and one for the page
 * around the frame, once it is there, too.
 *
 * A condition is looked at once per animation frame. In the first frame in which it holds, a dot of text in the middle of
 * the page is replaced by another. "Painted" is when the browser presented the first picture with that dot (Element
 * Timing): the frame's picture is then on the screen, rasterised, canvases included. "Made" is the end of that frame's
 * work in the page's own thread. The dot must not add to that work: it is in a layer of the browser's own, and one takes
 * the place of the other, for a new piece of text makes browsers put all layers of a page together anew. What follows an
 * answer a frame later has a dot of its own, which all pages have.
 */
((first, article, whole) => {
  const now = () => performance.timeOrigin + performance.now();
  const top = (() => { try { return window.top.benchmark || (window.top.benchmark = {}); } catch { return {}; } })();
  const own = window === window.top ? top : (window.benchmark = {});

  /* WebGL: how many instances the last full frame drew on the canvas itself, not into a picking buffer. */
  const drawn = { marks: 0, frames: 0 };
  for (const type of [window.WebGLRenderingContext, window.WebGL2RenderingContext]) {
    if (!type) continue;
    const wrap = (name, count) => {
      const original = type.prototype[name];
      if (!original) return;
      type.prototype[name] = function (...given) {
        if (!this.benchmarkAside) count(given);
        return original.apply(this, given);
      };
    };
    const bind = type.prototype.bindFramebuffer;
    type.prototype.bindFramebuffer = function (target, buffer) {
      if (target !== this.READ_FRAMEBUFFER) this.benchmarkAside = buffer !== null;
      return bind.call(this, target, buffer);
    };
    wrap("clear", () => { drawn.marks = 0; drawn.frames += 1; });
    wrap("drawArraysInstanced", (given) => { drawn.marks += given[3]; });
    wrap("drawElementsInstanced", (given) => { drawn.marks += given[4]; });
  }
  own.drawn = drawn;

  const held = (holds) => { try { return Boolean(holds()); } catch { return false; } }; // what it asks about may not be there yet
  const spot = (top) => {
    const place = document.createElement("div");
    place.style.cssText =
      `position:fixed;left:50%;top:${top};width:30px;height:20px;background:#8881;font:10px/1 sans-serif;color:#888;` +
      "z-index:9999999;will-change:transform;pointer-events:none;contain:size layout;display:grid";
    // dots that were painted; the next takes the place of the last, so that there is as much to paint
    return { place, done: [] };
  };
  const middle = spot("50%"), below = spot("calc(50% + 30px)");
  const awaited = new Map(); // name of a dot → what is called with the time of its picture
  let dots = 0;
  own.painted = (holds, { where = middle, isOver, whenMade } = {}) => new Promise((resolve) => {
    const { place, done } = where;
    const look = () => {
      if (isOver?.()) return;
      if (!held(holds)) { requestAnimationFrame(look); return; }
      const dot = document.createElement("div"), name = `benchmark-${dots++}`, channel = new MessageChannel();
      dot.setAttribute("elementtiming", name);
      dot.style.gridArea = "1/1"; // there may be several at once
      dot.textContent = "·";
      let made = null;
      awaited.set(name, (painted) => { done.push(dot); resolve({ painted, made }); });
      channel.port1.onmessage = () => { made = now(); whenMade?.(); };
      channel.port2.postMessage(null);
      for (const old of done.splice(0)) old.remove();
      place.append(dot);
    };
    requestAnimationFrame(look);
  });
  own.arm = (source, around) => {
    const [holds, follows] = [source, around].map((text) => {
      const condition = text && new Function("return (" + text + ")");
      if (condition && held(condition)) throw new Error("it holds before anything was done: " + text);
      return condition;
    });
    // what follows is not looked for until the picture before it is made: that would be work that other pages do not have
    own.all = new Promise((resolve) => {
      const look = () => resolve(own.painted(follows, { where: below }));
      own.armed = own.painted(holds, follows ? { whenMade: look } : {});
      if (!follows) resolve(own.armed);
    });
  };
  const input = (event) => { if (event.isTrusted) top.input = performance.timeOrigin + event.timeStamp; };
  for (const type of ["keydown", "mouseup"]) window.addEventListener(type, input, { capture: true, passive: true });
  // A component's frame begins as an empty page: what waits there is dropped, only listeners on the window stay.
  window.addEventListener("DOMContentLoaded", () => {
    document.documentElement.append(middle.place, below.place);
    // in frames that do not draw it never holds; once the map has been seen, they need not look in each picture
    const isOver = () => top.isOver === true;
    own.painted(first, { isOver }).then(({ painted }) => { own.first = painted; });
    own.painted(article, { isOver }).then(({ painted }) => { own.article = painted; });
    if (window === window.top) own.painted(whole, { isOver }).then(({ painted }) => { own.whole = painted; });
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries())
        if (awaited.has(entry.identifier)) awaited.get(entry.identifier)(performance.timeOrigin + entry.renderTime);
    }).observe({ type: "element" });
  });

  if (window !== window.top) return;
  Object.assign(own, { down: 0, up: 0, active: 0 });
  const size = (data) => data.byteLength ?? data.size ?? new Blob([data]).size;
  const Original = window.WebSocket;
  window.WebSocket = class extends Original {
    constructor(...given) {
      super(...given);
      super.addEventListener("message", (event) => { own.down += size(event.data); own.active = performance.now(); });
    }
    send(data) { own.up += size(data); own.active = performance.now(); super.send(data); }
  };
  /* Waits until nothing went over the socket for so long; counted from now on unless told otherwise. */
  own.quiet = (wait, since = performance.now()) => new Promise((resolve) => {
    const look = () => (performance.now() - Math.max(since, own.active) >= wait ? resolve() : setTimeout(look, 20));
    look();
  });
})

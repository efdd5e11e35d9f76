/* Put into every frame before its own scripts: when something was painted, when the input came, what went over the socket.
 *
 * All times are milliseconds since 1970 and comparable between frames. measure.py appends a call with the condition that
 * holds once the contestant's marks are there. A condition is looked at once per animation frame; "painted" is the end of the
 * first frame in which it held: after style, layout and paint (a message sent from the frame's callback arrives then),
 * and, where WebGL drew, after a pixel was read back, which waits for all that was drawn.
 */
((first) => {
  const now = () => performance.timeOrigin + performance.now();
  const top = (() => { try { return window.top.benchmark || (window.top.benchmark = {}); } catch { return {}; } })();
  const own = window === window.top ? top : (window.benchmark = {});

  /* WebGL: how many instances the last full frame drew on the canvas itself, not into a picking buffer. */
  const drawn = { marks: 0, frames: 0, contexts: new Set() };
  for (const type of [window.WebGLRenderingContext, window.WebGL2RenderingContext]) {
    if (!type) continue;
    const wrap = (name, count) => {
      const original = type.prototype[name];
      if (!original) return;
      type.prototype[name] = function (...given) {
        drawn.contexts.add(this);
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
  const finish = () => { for (const gl of drawn.contexts) gl.readPixels(0, 0, 1, 1, gl.RGBA, gl.UNSIGNED_BYTE, new Uint8Array(4)); };
  own.drawn = drawn;

  const held = (holds) => { try { return Boolean(holds()); } catch { return false; } }; // what it asks about may not be there yet
  own.painted = (holds) => new Promise((resolve) => {
    const look = () => {
      if (!held(holds)) { requestAnimationFrame(look); return; }
      const channel = new MessageChannel();
      channel.port1.onmessage = () => { finish(); resolve(now()); };
      channel.port2.postMessage(null);
    };
    requestAnimationFrame(look);
  });
  own.arm = (source) => {
    const holds = new Function("return (" + source + ")");
    if (held(holds)) throw new Error("it holds before anything was done: " + source);
    own.armed = own.painted(holds);
  };
  const input = (event) => { if (event.isTrusted) { top.input = performance.timeOrigin + event.timeStamp; top.shown = 0; } };
  for (const type of ["keydown", "mouseup"]) window.addEventListener(type, input, { capture: true, passive: true });
  // A component's frame begins as an empty page: what waits there is dropped, only listeners on the window stay.
  window.addEventListener("DOMContentLoaded", () => {
    own.painted(first).then((at) => { own.first = at; });
    // the browser's own account: from the input to the picture that shows its effect, in steps of 8 ms, 16 at the least
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries())
        if (["keydown", "mouseup", "click"].includes(entry.name)) top.shown = Math.max(top.shown || 0, entry.duration);
    }).observe({ type: "event", durationThreshold: 16 });
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
  own.quiet = (wait) => new Promise((resolve) => {
    const since = performance.now();
    const look = () => (performance.now() - Math.max(since, own.active) >= wait ? resolve() : setTimeout(look, 20));
    look();
  });
})

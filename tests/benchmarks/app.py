"""Compares the speed of the app with that of other apps, on the same events in the same browser in one run.

``python tests/benchmarks/app.py`` prints a table; it is not a test. The apps are in `speed/contestants.py`
and `speed/rivals/`: this app, an ordinary streamlit-folium app, an ordinary pydeck app, and for
comparison a bare page with one button. All are started with ``streamlit run`` and default settings. Chromium
is headless, uses software rendering, and cannot reach other hosts. Measured, in milliseconds unless stated
otherwise:

cold
    First map painted, from the start of the server's process (with a warm disk cache). The page is requested
    as soon as the server listens. This app keeps what the browser gets between its starts; the first one,
    which finds nothing kept, is the warm-up.
warm
    The same from the start of the navigation, with an empty browser cache and a server that has been used.
click, layer, step
    From the timestamp of the input (a mouse click on a mark or a layer's checkbox, a key on the time handle)
    until the result is painted: the details of the mark; all events hidden or shown; the events of the
    window's last day removed. Each step is to a new window, because servers and browsers cache. Screens are
    painted sixty times a second, so that about half a frame of each number is waiting; the inputs of each
    contestant are spread evenly over a frame. "Made" is when the page's own work on that picture ended; the
    rest is rasterisation by the browser.
bytes
    Bytes sent over the WebSocket, in both directions, from the input until it was idle for 0.4 s.
cpu
    CPU time of the server's process in the same period.
memory
    Growth of the server's process in MB for each additional page, while earlier ones stay open.

"Painted" is explained in `speed/probe.js`, and per contestant in `speed/contestants.py`. Samples are taken
from each app in turn, after a warm-up, which only counts if it used up the time limit. An app that misses the
deadline is not measured further; if it misses it with the first map, larger sizes are skipped, too. The table
says so.
"""

from __future__ import annotations

import argparse
import functools
import json
import os
import shutil
import signal
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

from playwright.sync_api import sync_playwright
from speed import events, machine, table
from speed.contestants import Contestant, Marks, contestants
from speed.measure import LateError, Sight, interact, look, per_session
from speed.servers import Server, import_incidents

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from playwright.sync_api import Browser

SIZES = (50, 1_000, 10_000, 100_000, 1_000_000)
README = Path(__file__).with_name("README.md")
KEPT = Path(__file__).with_name("speed.json")  # the samples behind the README's table
# what is done, and how often it can be; the last changes the window for good
ACTS = {"click": len(events.BEACONS), "layer": sys.maxsize, "step": events.STEPS}
FLAGS = (
    "--no-sandbox",
    "--disable-dev-shm-usage",
    "--use-angle=swiftshader-webgl",  # as without a graphics card: SwiftShader for WebGL alone
    "--enable-unsafe-swiftshader",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
)


def say(text: str) -> None:
    """Tell how far it is, apart from the results."""
    sys.stderr.write(f"{time.strftime('%H:%M:%S')} {text}\n")
    sys.stderr.flush()


class Run:
    """One size: its servers, its pages, what was measured."""

    def __init__(
        self, browser: Browser, options: argparse.Namespace, folder: Path, out: dict[str, tuple[int, str]]
    ) -> None:
        self.browser = browser
        self.options = options
        self.folder = folder
        self.out = out  # the smallest size whose first map a contestant was late with, and why
        self.servers: dict[str, Server] = {}
        self.sights: dict[str, Sight] = {}
        self.samples: dict[str, dict[str, list[Any]]] = {}
        self.late: dict[str, dict[str, str]] = {}

    def size(self, marks: int) -> dict[str, Any]:
        """Measure one size and return its samples, by measure and contestant."""
        say(f"{marks:,} marks")
        parquet, csv, steps = events.write(marks, self.folder)
        store = self.folder / f"store-{marks}"
        if "app" in self.options.only:
            import_incidents(csv, store)
        everyone = contestants(Marks(marks, steps), parquet, store)
        self.who = {name: everyone[name] for name in self.options.only}
        for name in self.who:
            size, why = self.out.get(name, (marks, ""))
            if size < marks:
                self.late.setdefault("cold", {})[name] = f"{why} at {size:,}"
        try:
            self.turns("cold", 1 + self.options.cold, self.cold)
            self.turns("warm", 1 + self.options.samples, self.warm)
            for act, most in ACTS.items():
                rounds = min(2 + 2 * self.options.samples, most)
                self.turns(act, rounds, functools.partial(self.act, act=act))
            self.turns("memory", 1, self.memory)
        finally:
            for sight in self.sights.values():
                sight.context.close()
            for server in self.servers.values():
                server.stop()
        for name, why in self.late.get("cold", {}).items():
            self.out[name] = min(self.out.get(name, (marks, why)), (marks, why))
        return {"marks": marks, "samples": self.samples, "late": self.late}

    def turns(self, measure: str, rounds: int, sample: Callable[[Contestant, int], Any]) -> None:
        """Take samples in turn, the warm-up first. Who is late, or has used its time up, drops out."""
        taken = self.samples.setdefault(measure, {})
        late = self.late.setdefault(measure, {})
        racing = [name for name in self.who if name not in self.late["cold"] and self.can(name, measure)]
        pair = 2 if measure in ACTS else 1  # what one act does the next undoes
        spent = dict.fromkeys(racing, 0.0)
        say(f"  {measure}: {', '.join(racing)}")
        for count in range(rounds):
            if count % pair == 0:
                racing = [name for name in racing if name not in late and spent[name] <= self.options.budget]
            turn = count % len(racing) if racing else 0
            for name in racing[turn:] + racing[:turn]:
                if name in late:
                    continue
                machine.settle()
                began = time.monotonic()
                try:
                    got = sample(self.who[name], count)
                except LateError as error:
                    late[name] = f"> {self.options.deadline:g} s" if str(error) == "deadline" else str(error)
                    say(f"    {name}: {late[name]}")
                    continue
                spent[name] += time.monotonic() - began
                if count >= pair or rounds == pair or spent[name] > self.options.budget:
                    taken.setdefault(name, []).append(got)

    def can(self, name: str, measure: str) -> bool:
        """Return whether a contestant takes part: the floor has one button only."""
        return measure not in ACTS or measure in self.who[name].acts

    def cold(self, who: Contestant, _count: int) -> dict[str, float]:
        """Start the server anew and look at once."""
        if who.name in self.servers:
            self.servers.pop(who.name).stop()
        server = Server(who.script, who.environment, self.folder / f"{who.name}.log")
        self.servers[who.name] = server
        sight = look(self.browser, who, server, self.options.deadline)
        sight.context.close()
        began = sight.painted - sight.took - server.started
        return {
            "ms": began + sight.took,
            "article_ms": began + sight.article,
            "whole_ms": began + sight.whole,
            "socket": sight.socket,
            "fetched": sight.fetched,
        }

    def warm(self, who: Contestant, _count: int) -> dict[str, float]:
        """Look once more; the last page stays open for what is done to it."""
        sight = look(self.browser, who, self.servers[who.name], self.options.deadline)
        if who.name in self.sights:
            self.sights.pop(who.name).context.close()
        self.sights[who.name] = sight
        return {
            "ms": sight.took,
            "article_ms": sight.article,
            "whole_ms": sight.whole,
            "socket": sight.socket,
            "fetched": sight.fetched,
        }

    def act(self, who: Contestant, count: int, act: str) -> dict[str, Any]:
        """Do one thing on the page that is open."""
        if who.name not in self.sights:
            raise LateError("no page")
        server = self.servers[who.name]
        return interact(self.sights[who.name], who.acts[act], server, count, self.options.deadline)

    def memory(self, who: Contestant, _count: int) -> dict[str, float]:
        """Open more pages."""
        server, asked = self.servers[who.name], self.options
        another = functools.partial(look, self.browser, who, server, asked.deadline)
        grown, pages = per_session(another, server, asked.pages, 2 * asked.budget)
        return {"mb": grown, "pages": pages}


def measure(options: argparse.Namespace) -> Iterator[dict[str, Any]]:
    """Run all sizes; after each, yield everything measured so far."""
    chromium = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
    out: dict[str, tuple[int, str]] = {}
    began = time.monotonic()
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=list(FLAGS))
        facts = machine.facts(browser.version)
        sizes = []
        for marks in options.marks:
            sizes.append(Run(browser, options, Path(folder), out).size(marks))
            facts["seconds"] = round(time.monotonic() - began)
            sizes.sort(key=lambda size: size["marks"])
            yield {"machine": facts, "deadline": options.deadline, "sizes": sizes}
        browser.close()


def _sizes(text: str) -> tuple[int, ...]:
    return tuple(int(part) for part in text.split(","))


def main() -> None:
    """Read the command, measure or read what was measured, and print the table."""
    parse = argparse.ArgumentParser(description="Measure the app beside its rivals; takes some minutes.")
    parse.add_argument("--marks", type=_sizes, default=SIZES, help="comma between; usual: 50 to 1000000")
    parse.add_argument("--only", default="app,folium,deck,floor", help="contestants, comma between")
    parse.add_argument("--samples", type=int, default=10, help="of each measure at the most; pairs of acts")
    parse.add_argument("--cold", type=int, default=3, help="cold starts")
    parse.add_argument("--pages", type=int, default=5, help="pages opened to measure memory")
    parse.add_argument("--deadline", type=float, default=60, help="seconds any sample may take")
    parse.add_argument("--budget", type=float, default=5, help="seconds a contestant may spend on a measure")
    parse.add_argument("--json", type=Path, help="write every sample there")
    parse.add_argument("--from-json", type=Path, help="measure nothing: print what was written with --json")
    parse.add_argument(
        "--readme", action="store_true", help="replace the table in README.md, and its samples"
    )
    options = parse.parse_args()
    options.only = options.only.split(",")
    signal.signal(signal.SIGTERM, lambda *_: sys.exit("stopped"))  # so that what was started is stopped too
    if options.from_json:
        result = json.loads(options.from_json.read_text(encoding="utf-8"))
    else:
        for result in measure(options):
            if options.json:  # an interrupted run leaves the sizes it got through
                options.json.write_text(json.dumps(result) + "\n", encoding="utf-8")
    if options.readme:
        KEPT.write_text(json.dumps(result) + "\n", encoding="utf-8")
        README.write_text(table.put(README.read_text(encoding="utf-8"), result), encoding="utf-8")
    sys.stdout.write(table.plain(result))


if __name__ == "__main__":
    main()

"""How many readers a server carries: readers without a browser come, act and stay, as a browser would ask.

``python tests/benchmarks/load.py`` prints a table; it is not a test. The apps are those of
`speed/contestants.py`, with 50 events: this app, an ordinary streamlit-folium app, and a bare page with one
button. Chromium visits each once; what it asks of the server (files over HTTP, messages over Streamlit's
socket) is then asked by 10, 50, 100 and 200 readers, who come at ten a second to a server just started, all
with an empty cache, Streamlit's own scripts included. Each pauses for 2 to 6 s before each of its acts, and
stays until all have done theirs.

first map
    From the request for the page until its run has finished and the files of the map are there.
click, step
    From the request for a card, or for the window without its last day, until the run has finished. What the
    browser does without asking the server is not measured.
failed
    Readers who got an error on the page, an HTTP status other than 200, an empty file, or no answer in 60 s.
memory, handles
    Growth of the server (resident memory, open files and connections) for each reader, all pages open.

The readers are one process, on the same processors as the server. ``--churn MINUTES`` has readers come and go
to this app and the bare page at the same time instead, and samples memory, handles, threads, temporary files
and sessions.
"""

from __future__ import annotations

import argparse
import asyncio
import functools
import http.server
import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from playwright.sync_api import sync_playwright
from readers import load_table
from readers.churn import churn
from readers.crowd import Pace, crowd
from readers.recording import Recording, record
from speed import events, machine
from speed.contestants import Marks, contestants
from speed.servers import ROOT, Server, import_incidents

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser

HERE = Path(__file__).parent
MARKS = 50
ACTS = 2  # clicks and steps of each reader
FLAGS = (
    "--no-sandbox",
    "--disable-dev-shm-usage",
    "--use-angle=swiftshader-webgl",
    "--enable-unsafe-swiftshader",
)


def say(text: str) -> None:
    """Tell how far it is, apart from the results."""
    sys.stderr.write(f"{time.strftime('%H:%M:%S')} {text}\n")
    sys.stderr.flush()


class Stage:
    """The apps, their data, and servers of them that can be looked into."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        parquet, csv, steps = events.write(MARKS, folder)
        import_incidents(csv, folder / "store")
        self.apps = contestants(Marks(MARKS, steps), parquet, folder / "store")
        self.recordings: dict[str, Recording] = {}

    def server(self, name: str, number: int = 0) -> Server:
        """Start a server of an app, with a folder for temporary files of its own."""
        app = self.apps[name]
        temporary = self.folder / f"{name}-{number}"
        temporary.mkdir(exist_ok=True)
        more = {"TMPDIR": str(temporary), "BENCHMARK_INSIDE": str(self.folder / f"{name}-{number}.json")}
        return _Inspected(app.script, {**app.environment, **more}, self.folder / f"{name}-{number}.log")

    def record(self, browser: Browser, name: str) -> None:
        """Have the browser visit an app once."""
        server = self.server(name)
        try:
            record(browser, self.apps[name], server, 1, 60)  # the first visit to a server makes files
            self.recordings[name] = record(browser, self.apps[name], server, ACTS, 60)
        finally:
            server.stop()


class _Inspected(Server):
    """A server that counts its objects when asked (`readers/inside`)."""

    def __init__(self, script: Path, environment: dict[str, str], log: Path) -> None:
        self._told = Path(environment["BENCHMARK_INSIDE"])
        self._temporary = Path(environment["TMPDIR"])
        path = os.pathsep.join((str(HERE / "readers" / "inside"), str(ROOT)))
        super().__init__(script, {**environment, "PYTHONPATH": path}, log)

    def inside(self) -> dict[str, Any]:
        """Return what the server holds inside, and its temporary files."""
        self._told.unlink(missing_ok=True)
        self.ask(signal.SIGUSR1)
        end = time.monotonic() + 60
        while not self._told.exists():
            if time.monotonic() > end:
                raise TimeoutError(f"{self.address}: not told within 60 s what is inside; see {self.log}")
            time.sleep(0.05)
        told = json.loads(self._told.read_text(encoding="utf-8"))
        files = [file for file in self._temporary.rglob("*") if file.is_file()]
        return {**told, "files": len(files), "files_mb": sum(file.stat().st_size for file in files) / 1e6}


@contextmanager
def chromium() -> Iterator[Browser]:
    """Start Chromium."""
    path = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=list(FLAGS))
        yield browser
        browser.close()


def measure_crowd(stage: Stage, name: str, count: int, servers: int) -> dict[str, Any]:
    """Start servers anew, each opened once, and send the readers."""
    recording = stage.recordings[name]
    with ExitStack() as running:
        started = []
        for number in range(servers):
            started.append(stage.server(name, number))
            running.callback(started[-1].stop)
        addresses = [server.address for server in started]
        pace = Pace()
        asyncio.run(crowd(addresses, recording, servers, pace_without_pauses(), started))
        made = asyncio.run(crowd(addresses, recording, count, pace, started))
    say(f"{name}, {servers} server(s): {load_table.short(made)}")
    return {"app": name, **made}


def pace_without_pauses() -> Pace:
    """Return the pace of a warm-up."""
    return Pace(think=(0, 0))


def measure_page(folder: Path, count: int) -> dict[str, Any]:
    """Send the readers to the page without a server of ours, served by Python's own simple web server."""
    command = [sys.executable, "-m", "mapapp", "page", str(folder / "map.html")]
    subprocess.run(command, cwd=ROOT, check=True, stdout=subprocess.DEVNULL)  # noqa: S603 - our own command
    quiet = type("Quiet", (http.server.SimpleHTTPRequestHandler,), {"log_message": lambda *_: None})
    handler = functools.partial(quiet, directory=str(folder))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        address = f"http://127.0.0.1:{server.server_address[1]}"
        made = asyncio.run(crowd([address], Recording(("/map.html",)), count, Pace(), []))
        server.shutdown()
    say(f"page: {load_table.short(made)}")
    return {"app": "page", **made}


def measure(options: argparse.Namespace) -> dict[str, Any]:
    """Run everything; return all samples."""
    began = time.monotonic()
    with tempfile.TemporaryDirectory() as folder:
        stage = Stage(Path(folder))
        with chromium() as browser:
            facts = machine.facts(browser.version)
            for name in options.only:
                stage.record(browser, name)
        runs = [measure_crowd(stage, name, count, 1) for name in options.only for count in options.readers]
        if "app" in options.only:
            if options.servers > 1:
                runs.append(measure_crowd(stage, "app", max(options.readers), options.servers))
            runs.append(measure_page(Path(folder), max(options.readers)))
    facts["seconds"] = round(time.monotonic() - began)
    return {"machine": facts, "runs": runs}


def measure_churn(options: argparse.Namespace) -> dict[str, Any]:
    """Have readers come and go."""
    with tempfile.TemporaryDirectory() as folder, ExitStack() as running:
        stage = Stage(Path(folder))
        names = [name for name in options.only if name != "folium"]
        with chromium() as browser:
            facts = machine.facts(browser.version)
            for name in names:
                stage.record(browser, name)
        stages = {}
        for name in names:
            server = stage.server(name)
            running.callback(server.stop)
            stages[name] = (server, stage.recordings[name])
        samples = asyncio.run(churn(stages, options.churn, options.a_minute, say))
    return {"machine": facts, "minutes": options.churn, "a_minute": options.a_minute, "churn": samples}


def main() -> None:
    """Read the command, measure or read what was measured, and print the table."""
    parse = argparse.ArgumentParser(description="Measure how many readers a server carries.")
    numbers = lambda text: [int(part) for part in text.split(",")]  # noqa: E731
    parse.add_argument("--readers", type=numbers, default=[10, 50, 100, 200], help="comma between")
    parse.add_argument("--only", type=lambda text: text.split(","), default=["app", "folium", "floor"])
    parse.add_argument("--servers", type=int, default=2, help="servers for the run with several")
    parse.add_argument("--churn", type=float, help="minutes of readers who come and go, instead")
    parse.add_argument("--a-minute", type=float, default=15, help="readers of the churn for each app")
    parse.add_argument("--json", type=Path, help="write all samples")
    parse.add_argument("--from-json", type=Path, help="measure nothing: read what --json wrote")
    parse.add_argument("--readme", action="store_true", help="replace the table in README.md")
    options = parse.parse_args()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit("stopped"))
    if options.from_json:
        result = json.loads(options.from_json.read_text(encoding="utf-8"))
    else:
        result = measure_churn(options) if options.churn else measure(options)
    if options.json:
        options.json.write_text(json.dumps(result) + "\n", encoding="utf-8")
    made = load_table.churned(result) if "churn" in result else load_table.loaded(result)
    if options.readme:
        readme = HERE / "README.md"
        place = "churn" if "churn" in result else "load"
        readme.write_text(load_table.put(readme.read_text(encoding="utf-8"), place, made), encoding="utf-8")
    sys.stdout.write(made)


if __name__ == "__main__":
    main()

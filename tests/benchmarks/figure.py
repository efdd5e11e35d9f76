"""Compares a figure with a headless browser's screenshot of the same map, and with geopandas' own plot.

Run it as ``python tests/benchmarks/figure.py [rounds]``; it is no test and asserts nothing. Each line is a
process of its own, from the interpreter's start to the file written: the median of rounds that alternate, by
the clock and by the processor (with its children), which other work on the machine disturbs less. The browser
is the one ``CHROMIUM`` names, else the system's Chromium, else Playwright's. geopandas plots with matplotlib,
which mapapp does not need: install it for this line.
"""

from __future__ import annotations

import os
import platform
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from importlib.util import find_spec
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
ROUNDS = 5

LOAD = """
import sys
from mapapp.data.folders import default_root
from mapapp.data.load import load
from mapapp.view_address import default_view
atlas = load(default_root())
view = default_view(atlas)
"""
FIGURE = """
import sys
from mapapp.cli.main import main
sys.argv = ["mapapp", "figure", sys.argv[1]]
main()
"""
GEOPANDAS = """
import sys
import matplotlib
matplotlib.use("pdf")
import mapapp
places = mapapp.load().view().places
axes = places.plot(column="layer", figsize=(11.7, 8.3))
axes.figure.savefig(sys.argv[1])
"""
BROWSER = f"""{LOAD}
import os
from pathlib import Path
from playwright.sync_api import sync_playwright
from mapapp.exported_page import exported_page
out = Path(sys.argv[1])
html = out.with_suffix(".html")
html.write_text(exported_page(atlas, view), encoding="utf-8")
with sync_playwright() as playwright:
    browser = playwright.chromium.launch(executable_path=os.environ.get("CHROMIUM"))
    tab = browser.new_page(viewport={{"width": 1123, "height": 794}}, device_scale_factor=300 / 96)
    tab.goto(html.as_uri())
    tab.wait_for_selector(".labels .label")
    tab.screenshot(path=str(out))
    browser.close()
"""


def seconds(code: str, out: Path) -> tuple[float, float]:
    """Run a program in a process of its own; return how long it took, by the clock and by the processor."""
    chromium = shutil.which("chromium") or shutil.which("chromium-browser")
    environment = {**({"CHROMIUM": chromium} if chromium else {}), **os.environ, "PYTHONPATH": str(ROOT)}
    before, start = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    subprocess.run([sys.executable, "-c", code, str(out)], check=True, env=environment)  # noqa: S603
    took, after = time.perf_counter() - start, resource.getrusage(resource.RUSAGE_CHILDREN)
    return took, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def main() -> None:
    """Measure and print."""
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else ROUNDS
    programs = {
        "figure.svg": FIGURE,
        "figure.pdf": FIGURE,
        "figure.png": FIGURE,
        "browser.png": BROWSER,
        **({"geopandas.pdf": GEOPANDAS} if find_spec("matplotlib") else {}),
    }
    took: dict[str, list[tuple[float, float]]] = {name: [] for name in programs}
    with tempfile.TemporaryDirectory() as folder:
        for _ in range(rounds + 1):  # the first warms caches and does not count
            for name, code in programs.items():
                took[name].append(seconds(code, Path(folder) / name))
    load = os.getloadavg()[0]
    say = sys.stdout.write
    say(f"{platform.python_version()}, {os.cpu_count()} cores, load {load:.1f}, median of {rounds} rounds\n")
    middle = {
        name: [statistics.median(column) for column in zip(*times[1:], strict=True)]
        for name, times in took.items()
    }
    clock, work = middle["browser.png"]
    for name, (wall, cpu) in middle.items():
        times = f"{clock / wall:.1f} by the clock, {work / cpu:.1f} by the processor"
        say(f"{name:12} {wall:5.2f} s, processor {cpu:5.2f} s; the browser takes {times} times as long\n")


if __name__ == "__main__":
    main()

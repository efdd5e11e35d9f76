"""Measures how long commands take from start to end, and what only starting other programs takes.

Run it as ``python tests/benchmarks/commands.py [rounds]``; it is no test and asserts nothing. Each line is a
process of its own: the median of rounds that alternate, by the clock and by the processor (with its
children), which other work on the machine disturbs less. The rivals do nothing but start: the interpreter
alone, an import of pandas, geopandas or folium, and Streamlit's version. ``--readme`` replaces the table in
the README beside this file.
"""

from __future__ import annotations

import argparse
import os
import platform
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path

HERE = Path(__file__).resolve().parent
BEGIN, END = "<!-- commands -->\n", "<!-- end of commands -->"
ROUNDS = 5

MAPAPP = ["-m", "mapapp"]
COMMANDS = {
    "`mapapp --help`": [*MAPAPP, "--help"],
    "`mapapp check`": [*MAPAPP, "check"],
    "`mapapp data x.csv`": [*MAPAPP, "data", "x.csv"],
    "`mapapp data x.kml`": [*MAPAPP, "data", "x.kml"],
    "`mapapp page x.html`": [*MAPAPP, "page", "x.html"],
    "`mapapp pack x.zip`": [*MAPAPP, "pack", "x.zip"],
    "`python -c pass`": ["-c", "pass"],
    "`import pandas`": ["-c", "import pandas"],
    "`import geopandas`": ["-c", "import geopandas"],
    "`import folium`": ["-c", "import folium"],
    "`streamlit --version`": ["-m", "streamlit", "--version"],
}


def main() -> None:
    """Measure and print the table."""
    parse = argparse.ArgumentParser(description="Measure how long commands take.")
    parse.add_argument("rounds", nargs="?", type=int, default=ROUNDS)
    parse.add_argument("--readme", action="store_true", help="replace the table in README.md")
    options = parse.parse_args()
    load = os.getloadavg()[0]
    found: dict[str, list[tuple[float, float]]] = {name: [] for name in COMMANDS}
    with tempfile.TemporaryDirectory() as folder:
        for name, arguments in COMMANDS.items():  # once unmeasured, for the interpreter's compiled files
            _seconds(name, arguments, folder)
        for _ in range(options.rounds):
            for name, arguments in COMMANDS.items():
                found[name].append(_seconds(name, arguments, folder))
    made = _table(found, load)
    sys.stdout.write(f"{made}\n")
    if options.readme:
        readme = HERE / "README.md"
        before, begin, rest = readme.read_text(encoding="utf-8").partition(BEGIN)
        _, end, after = rest.partition(END)
        readme.write_text(f"{before}{begin}{made}\n{end}{after}", encoding="utf-8")


def _seconds(name: str, arguments: list[str], folder: str) -> tuple[float, float]:
    """Return how long a command takes: by the clock, and by the processor."""
    surroundings = {key: value for key, value in os.environ.items() if key != "PYTHONDONTWRITEBYTECODE"}
    before, start = _processor(), time.perf_counter()
    done = subprocess.run(  # noqa: S603 - the commands above
        [sys.executable, *arguments], cwd=folder, env=surroundings, capture_output=True, check=False
    )
    took = time.perf_counter() - start
    if done.returncode:
        sys.exit(f"{name} failed:\n{done.stderr.decode()}")
    return took, _processor() - before


def _processor() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _table(found: dict[str, list[tuple[float, float]]], load: float) -> str:
    day = datetime.now(tz=UTC).date()
    rounds = len(next(iter(found.values())))
    version = platform.python_version()
    lines = [
        f"{day}: {os.cpu_count()} cores, load {load:.1f} at the start; python {version}, median of {rounds}.",
        "",
        "| command | seconds | of the processor |",
        "| --- | ---: | ---: |",
    ]
    for name, samples in found.items():
        wall, processor = (statistics.median(values) for values in zip(*samples, strict=True))
        lines.append(f"| {name} | {wall:.2f} | {processor:.2f} |")
    return "\n".join(lines)


if __name__ == "__main__":
    main()

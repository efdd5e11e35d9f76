"""Measures how long commands take from start to end, and what only starting other programs takes.

Run it as ``python tests/benchmarks/commands.py [rounds]``; it is no test and asserts nothing. Each line is a
process of its own: the median of rounds that alternate, by the clock and by the processor (with its
children), which other work on the machine disturbs less. The rivals do nothing but start: the interpreter
alone, an import of pandas, geopandas or folium, and Streamlit's version. Targets are for the clock of a quiet
machine, on which pandas is imported in 0.28 s. ``--readme`` replaces the table in README.md beside this file.
"""

from __future__ import annotations

import argparse
import os
import platform
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

HERE = Path(__file__).resolve().parent
BEGIN, END = "<!-- commands -->\n", "<!-- end of commands -->"
ROUNDS = 5


class Command(NamedTuple):
    """Arguments of Python, the seconds they should take, and whether there is what earlier commands kept."""

    arguments: tuple[str, ...]
    target: float | None = None
    kept: bool = True


def mapapp(*arguments: str, target: float | None = None, kept: bool = True) -> Command:
    """Return a command of mapapp."""
    return Command(("-m", "mapapp", *arguments), target, kept)


RIVAL = "`import pandas`"
COMMANDS = {
    "`mapapp --help`": mapapp("--help", target=0.15),
    "`mapapp check`": mapapp("check", target=0.4),
    "`mapapp data x.csv`": mapapp("data", "x.csv", target=0.45),
    "`mapapp data x.kml`": mapapp("data", "x.kml"),
    "`mapapp data x.gpkg`": mapapp("data", "x.gpkg"),
    "`mapapp page x.html`": mapapp("page", "x.html", target=0.8),
    "`mapapp page x.html`, nothing kept": mapapp("page", "x.html", kept=False),
    "`mapapp pack x.zip`": mapapp("pack", "x.zip", target=2.5),
    "`mapapp pack x.zip`, nothing kept": mapapp("pack", "x.zip", kept=False),
    "`python -c pass`": Command(("-c", "pass")),
    RIVAL: Command(("-c", "import pandas")),
    "`import geopandas`": Command(("-c", "import geopandas")),
    "`import folium`": Command(("-c", "import folium")),
    "`streamlit --version`": Command(("-m", "streamlit", "--version")),
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
        for name, command in COMMANDS.items():  # once unmeasured: Python compiles files, mapapp keeps work
            _seconds(name, command, folder)
        for _ in range(options.rounds):
            for name, command in COMMANDS.items():
                found[name].append(_seconds(name, command, folder))
    made = _table(found, load)
    sys.stdout.write(f"{made}\n")
    if options.readme:
        readme = HERE / "README.md"
        before, begin, rest = readme.read_text(encoding="utf-8").partition(BEGIN)
        _, end, after = rest.partition(END)
        readme.write_text(f"{before}{begin}{made}\n{end}{after}", encoding="utf-8")


def _seconds(name: str, command: Command, folder: str) -> tuple[float, float]:
    """Return how long a command takes: by the clock, and by the processor."""
    surroundings = {key: value for key, value in os.environ.items() if key != "PYTHONDONTWRITEBYTECODE"}
    cache = Path(folder) / ("cache" if command.kept else "no-cache")
    shutil.rmtree(Path(folder) / "no-cache", ignore_errors=True)
    surroundings["MAPAPP_CACHE"] = str(cache)
    before, start = _processor(), time.perf_counter()
    done = subprocess.run(  # noqa: S603 - the commands above
        [sys.executable, *command.arguments], cwd=folder, env=surroundings, capture_output=True, check=False
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
    medians = {
        name: tuple(statistics.median(values) for values in zip(*samples, strict=True))
        for name, samples in found.items()
    }
    rival = medians[RIVAL][1]
    lines = [
        f"{day}: {os.cpu_count()} cores, load {load:.1f} at the start; python {version}, median of {rounds}.",
        "",
        f"| command | seconds | target | of the processor | times {RIVAL} |",
        "| --- | ---: | ---: | ---: | ---: |",
    ]
    for name, (wall, processor) in medians.items():
        target = COMMANDS[name].target or "–"
        lines.append(f"| {name} | {wall:.2f} | {target} | {processor:.2f} | {processor / rival:.2f} |")
    return "\n".join(lines)


if __name__ == "__main__":
    main()

"""Measures incidents: import, queries and the browser's copy, beside pandas, DuckDB, geopandas and dask.

Run it as ``python tests/benchmarks/incidents.py``; it takes measurements and asserts nothing. All programs
read the same files in one run, each in a process of its own; speeds are medians of ``--rounds``, peaks the
highest. ``wide`` has the shape of an ACLED export (31 columns, about 840 bytes a row), ``narrow`` of a plain
sheet (seven columns, 105 bytes). The others do less than an import: they neither check rows nor report
rejected ones, nor sort by day.

- ``pandas``: `read_csv`, dates read, `to_parquet`.
- ``duckdb``: its own reader with everything detected, copied to Parquet.
- ``geopandas``: `read_csv`, dates read, points, `sjoin` with the map's areas, `to_parquet`.
- ``dask``: counts of every area with dask-geopandas from our store, in threads and in two processes.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import statistics
import subprocess
import sys
import tempfile
from datetime import UTC, datetime
from importlib import metadata
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
SIZES = "10000,100000,1000000"
SHAPES = {"narrow": "csv", "wide": "acled"}
MAKE = """
import sys
from pathlib import Path
from mapapp.data.load import load
from mapapp.incidents.synthetic import write_synthetic
write_synthetic(Path(sys.argv[1]), load(), int(sys.argv[2]), sys.argv[3])
print("{}")
"""
IMPORT = """
import json, resource, sys, time
from pathlib import Path
from mapapp.data.load import load
from mapapp.incidents.importer import import_file
atlas = load()
used = resource.getrusage(resource.RUSAGE_SELF)
begun, start = used.ru_utime + used.ru_stime, time.perf_counter()
done = import_file(Path(sys.argv[1]), atlas, Path(sys.argv[2]))
took = time.perf_counter() - start
used = resource.getrusage(resource.RUSAGE_SELF)
cpu = used.ru_utime + used.ru_stime - begun
print(json.dumps({"rows_s": done.dataset.rows / took, "peak_mb": used.ru_maxrss / 1e3, "cpu_s": cpu}))
"""
ASK = """
import json, resource, statistics, sys, time
from datetime import date
from pathlib import Path
from mapapp.incidents.query import Queries
from mapapp.incidents.store import open_store
def times(call, rounds):
    took = []
    for _ in range(rounds + 1):  # the first warms and does not count
        start = time.perf_counter()
        call()
        took.append(1000 * (time.perf_counter() - start))
    return statistics.median(took[1:])
store = open_store(Path(sys.argv[1]))
start = time.perf_counter()
queries = Queries(store)
queries.count(None, date(2020, 1, 1), date(2020, 1, 1))
opened = 1000 * (time.perf_counter() - start)
four, all_days = (date(2020, 1, 22), date(2020, 2, 18)), (date(2017, 1, 1), date(2020, 6, 30))
print(json.dumps({
    "open_ms": opened,
    "month_ms": times(lambda: queries.count("governorate-idlib", *four), 20),
    "all_ms": times(lambda: queries.count("governorate-idlib", *all_days), 20),
    "weekly_ms": times(lambda: queries.weekly("governorate-idlib", *all_days), 20),
    "query_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e3,
}))
"""
COPY = """
import json, resource, sys, time
from pathlib import Path
from mapapp.incidents.browser_columns import write_columns
from mapapp.incidents.store import open_store
store = open_store(Path(sys.argv[1]))
start = time.perf_counter()
write_columns(store, Path(sys.argv[2]))
took = time.perf_counter() - start
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e3
print(json.dumps({"copy_s": took, "copy_mb": peak}))
"""
# each reads argv[1] and writes argv[2]; `took` is measured around it, after the imports
OTHERS = {
    "pandas": """
import pandas
def run(source, target):
    frame = pandas.read_csv(source, parse_dates=[day], low_memory=False)
    frame.to_parquet(target)
    return len(frame)
""",
    "duckdb": """
import duckdb
def run(source, target):
    read = f"SELECT * FROM read_csv('{source}')"
    return duckdb.execute(f"COPY ({read}) TO '{target}' (FORMAT parquet)").fetchall()[0][0]
""",
    "geopandas": """
import geopandas, pandas
from mapapp.data.load import load
from mapapp.incidents.spatial_join import areas_of
areas = areas_of(load())
shapes = geopandas.GeoDataFrame({"area": areas.ids}, geometry=list(areas.shapes), crs="EPSG:4326")
def run(source, target):
    frame = pandas.read_csv(source, parse_dates=[day], low_memory=False)
    points = geopandas.points_from_xy(frame["longitude"], frame["latitude"], crs="EPSG:4326")
    frame = geopandas.GeoDataFrame(frame, geometry=points)
    frame.sjoin(shapes, how="left", predicate="intersects").to_parquet(target)
    return len(frame)
""",
}
TIMED = """
import json, resource, time
start = time.perf_counter()
rows = run(sys.argv[1], sys.argv[2])
took = time.perf_counter() - start
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e3
print(json.dumps({"rows_s": rows / took, "peak_mb": peak}))
"""
DASK = """
import json, multiprocessing, resource, sys, time, warnings
warnings.simplefilter("ignore")
from pathlib import Path
import dask, dask_geopandas, geopandas
from mapapp.data.load import load
from mapapp.incidents.spatial_join import areas_of
from mapapp.incidents.store import open_store
store, areas = open_store(Path(sys.argv[1])), areas_of(load())
shapes = geopandas.GeoDataFrame({"area": areas.ids}, geometry=list(areas.shapes), crs="OGC:CRS84")
def count():
    files = str(store.folder / store.datasets[0].folder / "*" / "*.parquet")
    points = dask_geopandas.read_parquet(files, columns=["geometry"], split_row_groups=True)
    return points.sjoin(shapes, predicate="intersects")["area"].value_counts().compute()
if __name__ == "__main__":
    scheduler = sys.argv[2]
    start = time.perf_counter()
    with dask.config.set(scheduler=scheduler, num_workers=2):
        counted = {area: int(n) for area, n in count().items()}
    took = time.perf_counter() - start
    kinds = (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    own, child = (resource.getrusage(kind).ru_maxrss / 1e3 for kind in kinds)
    from mapapp.incidents.query import Queries
    peak = own + 2 * child if scheduler == "processes" else own
    from datetime import date
    queries, days = Queries(store), (date(1900, 1, 1), date(2100, 1, 1))
    ours = {area: n for area in areas.ids if (n := queries.count(area, *days))}
    found = {"s": took, "mb": peak, "equal": ours == counted}
    print(json.dumps({f"dask_{scheduler}_{name}": value for name, value in found.items()}))
"""


def run(code: str, *arguments: Path | str) -> dict[str, float]:
    """Run a program in a process of its own, and return what it measured."""
    with tempfile.TemporaryDirectory() as name:  # a file, which processes started by it can import
        program = Path(name) / "measured.py"
        program.write_text(code, encoding="utf-8")
        done = subprocess.run(  # noqa: S603 - our own
            [sys.executable, str(program), *map(str, arguments)],
            check=False,
            capture_output=True,
            text=True,
            env={**os.environ, "PYTHONPATH": str(ROOT)},
        )
    if done.returncode:
        sys.stderr.write(done.stderr[-2000:])
        raise SystemExit(1)
    measured: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return measured


def best_of(runs: list[dict[str, float]]) -> dict[str, float]:
    """Return the median speed and the highest peak."""
    return {
        "rows_s": statistics.median(one["rows_s"] for one in runs),
        "peak_mb": max(one["peak_mb"] for one in runs),
    }


def measure(size: int, shape: str, rounds: int, *, dask: bool) -> dict[str, Any]:
    """Make an export of one size and shape, and return what was measured with it."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        export, out = folder / "export.csv", folder / "out.parquet"
        # this process stays small, because Linux counts its memory towards the peak of those it starts
        run(MAKE, export, str(size), SHAPES[shape])
        day = "date" if shape == "narrow" else "event_date"
        imports, others = [], {other: [] for other in OTHERS}
        for at in range(rounds):  # in turn, so that all meet the same load
            imports.append(run(IMPORT, export, folder / f"store-{at}"))
            for other, code in OTHERS.items():
                others[other].append(run(f"import sys\nday = {day!r}\n{code}\n{TIMED}", export, out))
        row: dict[str, Any] = {
            "incidents": size,
            "shape": shape,
            "bytes_per_row": export.stat().st_size / size,
            **{f"import_{key}": value for key, value in best_of(imports).items()},
            "cpu_s": statistics.median(one["cpu_s"] for one in imports),
            "others": {other: best_of(runs) for other, runs in others.items()},
            **run(ASK, folder / "store-0"),
            **run(COPY, folder / "store-0", folder / "copy"),
        }
        if dask:
            for scheduler in ("threads", "processes"):
                row |= run(DASK, folder / "store-0", scheduler)
        return row | {"load": os.getloadavg()[0]}


def described(row: dict[str, Any]) -> tuple[str, str]:
    """Return a row of the table of speeds, and one of the table of queries."""
    name = f"| {row['incidents']:,} | {row['shape']} "
    own = row["import_rows_s"]
    speeds = name + f"| {own:,.0f}, {row['import_peak_mb']:,.0f} MB "
    for other in row["others"].values():
        speeds += f"| {other['rows_s']:,.0f}, {other['peak_mb']:,.0f} MB, {own / other['rows_s']:.2g} × "
    queries = name + f"| {row['month_ms']:.1f} | {row['all_ms']:.1f} | {row['weekly_ms']:.1f} "
    queries += f"| {row['open_ms'] / 1000:.1f} | {row['query_mb']:,.0f} "
    queries += f"| {row['copy_s']:.1f} | {row['copy_mb']:,.0f} "
    for scheduler in ("threads", "processes"):
        seconds = row.get(f"dask_{scheduler}_s")
        equal = "" if row.get(f"dask_{scheduler}_equal", True) else "other counts: "
        queries += f"| {equal}{seconds:.1f} s, {row[f'dask_{scheduler}_mb']:,.0f} MB " if seconds else "| – "
    return f"{speeds}|\n", f"{queries}|\n"


def main() -> None:
    """Measure, print two tables, and write all as JSON where asked."""
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--sizes", default=SIZES, help="rows, with commas between them")
    options.add_argument("--shapes", default=",".join(SHAPES), help="narrow, wide or both")
    options.add_argument("--rounds", type=int, default=3, help="imports of each file")
    options.add_argument("--no-dask", action="store_true", help="leave out dask-geopandas, which is slow")
    options.add_argument("--json", type=Path, help="file for all measurements")
    asked = options.parse_args()
    say = sys.stdout.write
    packages = ("pandas", "duckdb", "geopandas", "pyarrow", "dask-geopandas")
    versions = ", ".join(f"{name} {metadata.version(name)}" for name in packages)
    say(
        f"{datetime.now(UTC):%Y-%m-%d}: {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f} at the start, "
        f"python {platform.python_version()}, {versions}\n\n"
    )
    rows = []
    for size in map(int, asked.sizes.split(",")):
        for shape in asked.shapes.split(","):
            rows.append(measure(size, shape, asked.rounds, dask=not asked.no_dask))
            say("".join(described(rows[-1])))
            sys.stdout.flush()
            if asked.json:
                asked.json.write_text(json.dumps(rows, indent=1) + "\n", encoding="utf-8")
    speeds, queries = zip(*map(described, rows), strict=True)
    say(f"\n| incidents | shape | import, rows/s | {' | '.join(OTHERS)} |\n| ---: | --- {'| ---: ' * 4}|\n")
    say("".join(speeds))
    say("\n| incidents | shape | 4 weeks ms | all ms | weekly ms | first s | MB | copy s | MB ")
    say(f"| dask, threads | dask, two processes |\n| ---: | --- {'| ---: ' * 9}|\n")
    say("".join(queries))


if __name__ == "__main__":
    main()

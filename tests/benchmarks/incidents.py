"""Measures incidents: import, one query, the browser's copy, and the same counts with dask-geopandas.

Run it as ``python tests/benchmarks/incidents.py [FILE.json]``; it takes measurements and asserts nothing.
Each import is a process of its own; the figures are medians of three. ``wide`` has the shape of an ACLED
export (31 columns, about 840 bytes a row), ``narrow`` of a plain sheet (seven columns, 105 bytes).
"""

from __future__ import annotations

import json
import os
import platform
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SIZES = (10_000, 100_000, 1_000_000)
SHAPES = {"narrow": "csv", "wide": "acled"}
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
import json, statistics, sys, time
from datetime import date
from pathlib import Path
from mapapp.incidents.browser_columns import write_columns
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
    "columns_s": times(lambda: write_columns(store, Path(sys.argv[2])), 3) / 1000,
}))
"""
DASK = """
import json, sys, time, warnings
warnings.simplefilter("ignore")
from pathlib import Path
import dask_geopandas, geopandas
from mapapp.data.load import load
from mapapp.incidents.spatial_join import areas_of
from mapapp.incidents.store import open_store
store, areas = open_store(Path(sys.argv[1])), areas_of(load())
shapes = geopandas.GeoDataFrame({"area": areas.ids}, geometry=list(areas.shapes), crs="OGC:CRS84")
start = time.perf_counter()
for dataset in store.datasets:
    files = str(store.folder / dataset.folder / "*" / "*.parquet")
    points = dask_geopandas.read_parquet(files, columns=["first", "geometry"])
    points.sjoin(shapes, predicate="intersects")["area"].value_counts().compute()
print(json.dumps({"dask_s": time.perf_counter() - start}))
"""


def run(code: str, *arguments: Path) -> dict[str, float]:
    """Run a program in a process of its own, and return what it measured."""
    done = subprocess.run(  # noqa: S603 - our own
        [sys.executable, "-c", code, *map(str, arguments)],
        check=True,
        capture_output=True,
        text=True,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )
    measured: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return measured


def main() -> None:
    """Measure, print a table, and write it as JSON where asked."""
    from mapapp.data.load import load as load_atlas  # noqa: PLC0415 - after the path is right
    from mapapp.incidents.synthetic import write_synthetic  # noqa: PLC0415 - as above

    rows = []
    say = sys.stdout.write
    load = os.getloadavg()[0]
    say(f"Python {platform.python_version()}, {os.cpu_count()} cores, load {load:.1f} at the start\n")
    say(
        "| incidents | shape | import, rows/s | CPU s | peak MB | first ms | 4 weeks ms | all ms "
        "| weekly ms | columns s | dask s |\n"
    )
    say("| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |\n")
    for size in SIZES:
        for shape, like in SHAPES.items():
            with tempfile.TemporaryDirectory() as name:
                folder = Path(name)
                write_synthetic(folder / "export.csv", load_atlas(ROOT), size, like)
                imports = [run(IMPORT, folder / "export.csv", folder / f"store-{at}") for at in range(3)]
                row = {
                    "incidents": size,
                    "shape": shape,
                    "import_rows_s": statistics.median(one["rows_s"] for one in imports),
                    "best_rows_s": max(one["rows_s"] for one in imports),
                    "cpu_s": statistics.median(one["cpu_s"] for one in imports),
                    "peak_mb": max(one["peak_mb"] for one in imports),
                    **run(ASK, folder / "store-0", folder / "copy"),
                    **run(DASK, folder / "store-0"),
                    "load": os.getloadavg()[0],
                }
            rows.append(row)
            say(
                f"| {size:,} | {shape} | {row['import_rows_s']:,.0f} | {row['cpu_s']:.1f} "
                f"| {row['peak_mb']:,.0f} "
                f"| {row['open_ms']:.0f} | {row['month_ms']:.1f} | {row['all_ms']:.1f} "
                f"| {row['weekly_ms']:.1f} | {row['columns_s']:.2f} | {row['dask_s']:.1f} |\n"
            )
            sys.stdout.flush()
    if len(sys.argv) > 1:
        Path(sys.argv[1]).write_text(json.dumps(rows, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    sys.path.insert(0, str(ROOT))
    main()

"""Small exports for the tests to read, and to break."""

from __future__ import annotations

import csv
import io
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import shapely

from mapapp.core.model import Atlas
from mapapp.data.load import load
from mapapp.incidents.importer import ImportOptions, ImportResult, import_file
from mapapp.incidents.mapping_file import MappingSettings

IDLIB = ("35.93", "36.63")
ATLAS: list[Atlas] = []


def row(number: int = 1, **changes: str) -> dict[str, str]:
    """Return a good row of an ACLED export."""
    return {
        "event_id_cnty": f"SYR{number}",
        "event_date": "2020-02-19",
        "time_precision": "1",
        "event_type": "Battles",
        "sub_event_type": "Armed clash",
        "actor1": "Force A",
        "actor2": "Group B",
        "country": "Syria",
        "admin1": "Idlib",
        "location": "Idlib",
        "latitude": IDLIB[0],
        "longitude": IDLIB[1],
        "geo_precision": "1",
        "source": "Somebody",
        "notes": "MappingSettings, as such notes are.",
        "fatalities": "0",
        **changes,
    }


def text(rows: list[dict[str, str]], delimiter: str = ",", end: str = "\r\n") -> str:
    """Return rows as CSV."""
    out = io.StringIO(newline="")
    sheet = csv.DictWriter(out, list(rows[0]), delimiter=delimiter, lineterminator=end)
    sheet.writeheader()
    sheet.writerows(rows)
    return out.getvalue()


def plain(*lines: str) -> bytes:
    """Return a plain sheet: its head and these lines."""
    return "\n".join(("id,date,lat,lon,kind", *lines, "")).encode()


def imported(
    folder: Path, content: bytes, name: str = "export.csv", settings: MappingSettings | None = None
) -> ImportResult:
    """Import a file of this content into the store below ``folder``."""
    file = folder / name
    folder.mkdir(exist_ok=True)
    file.write_bytes(content)
    if not ATLAS:
        ATLAS.append(load())
    return import_file(file, ATLAS[0], folder / "store", ImportOptions(settings or MappingSettings()))


def rejects(done: ImportResult) -> list[dict[str, str]]:
    """Return the rows of the reject file."""
    assert done.rejects is not None
    with done.rejects.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def stored(folder: Path, done: ImportResult) -> list[dict[str, Any]]:
    """Return the stored rows of a dataset, ordered by first day; the geometry as a shape."""
    parts = sorted((folder / "store" / done.dataset.folder).glob("*/*.parquet"))
    rows = [row for part in parts for row in pq.ParquetFile(part).read().to_pylist()]
    return [row | {"geometry": shapely.from_wkb(row["geometry"])} for row in rows]

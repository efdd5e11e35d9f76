"""Importing a file: read, judge every row, place the good ones, store them; all of it, or nothing."""

from __future__ import annotations

import hashlib
import json
import os
import re
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import duckdb

from mapapp.errors import plain
from mapapp.incidents import readers
from mapapp.incidents.column_mapping import Mapping, RecordError, Told, recognise
from mapapp.incidents.engine import connect, reason, stoppable
from mapapp.incidents.geoparquet import place_again, write_rows
from mapapp.incidents.licences import LICENCES, SYNTHETIC, TITLES
from mapapp.incidents.spatial_join import areas_of
from mapapp.incidents.staging import Work
from mapapp.incidents.store import RECORDS, REJECTS, Record, Store, keep, open_store, writing

if TYPE_CHECKING:
    from collections import Counter
    from collections.abc import Callable

    from mapapp.core.model import Atlas
    from mapapp.incidents.geoparquet import Rows
    from mapapp.incidents.spatial_join import Areas

_MEMORY = "300MB"  # of the database; the rest of the import takes about as much again


@dataclass(frozen=True)
class Imported:
    """What came of a file.

    ``known`` says that it was stored already and nothing changed. ``reasons`` counts the rejected rows,
    ``rejects`` is the file they are in. ``unmatched`` counts the words for kinds that no table knows.
    ``notes`` tell what was assumed.
    """

    record: Record
    mapping: Mapping
    known: bool = False
    reasons: tuple[tuple[str, int], ...] = ()
    rejects: Path | None = None
    kinds: tuple[tuple[str, int], ...] = ()
    unmatched: tuple[tuple[str, int], ...] = ()
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Asked:
    """What a user says of a file: how it is mapped, and what the record is called and licensed as."""

    told: Told = field(default_factory=Told)
    title: str | None = None
    licence: str | None = None


def look(path: Path, told: Told = Told()) -> tuple[readers.Table, Mapping]:  # noqa: B008 - it is frozen
    """Open a file and find out which column means what; nothing is read yet.

    Raises
    ------
    RecordError
        If the file or its columns cannot be used.
    """
    table = readers.open_table(path, told)
    return table, recognise(plain(path.name), table.header, told)


@stoppable()
def import_file(  # noqa: PLR0913 - all but the first three are seldom given
    path: Path,
    atlas: Atlas,
    folder: Path,
    asked: Asked = Asked(),
    *,
    today: date | None = None,
    tell: Callable[[str, float | None], None] = lambda _what, _share: None,
) -> Imported:
    """Import one file into the store.

    Parameters
    ----------
    path
        CSV, Parquet or GeoPackage.
    atlas
        In whose areas the rows are placed.
    folder
        The store's; made where it is not there.
    asked
        What the user says of the file; the rest is recognised.
    today
        The last day an incident can have; the day of the import where not given.
    tell
        Is told what is being done, and the share done where it is known.

    Raises
    ------
    RecordError
        If the file cannot be used; nothing stored has changed.
    StoreError
        If the store cannot.
    """
    table, mapping = look(path, asked.told)
    before = _state(path)
    tell("checking", None)
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    areas = areas_of(atlas)
    with writing(folder) as aside:
        store = open_store(folder) or Store(folder, ())
        same = next((record for record in store.records if record.sha256 == digest), None)
        if same and same.areas == areas.stamp and _as_before(same, mapping, asked):
            return Imported(same, mapping, known=True)
        others = [record for record in store.records if record is not same]
        key = same.key if same else _key(path, {record.key for record in others})
        reject_file = folder / REJECTS / f"{key}.csv"
        with connect(_MEMORY, str(aside / "spill")) as connection:
            work = Work(connection, table, mapping, areas)
            try:
                work.read(aside, today or date.today(), tell)  # noqa: DTZ011 - the user's own day
                work.compare(atlas, store, others)
                tell("writing the rejects", None)
                rejected = work.reject(aside, reject_file)
                if _state(path) != before:
                    raise RecordError(
                        f"{work.name}: the file changed while it was read; import it again when it is whole"
                    )
                if not work.row.size:
                    raise RecordError(f"{work.name}: {_none(rejected, reject_file)}")
                rows, last = work.rows()
                tell("writing", 0.0)
                write_rows(connection, rows, aside / "rows", lambda share: tell("writing", share))
                kinds, unmatched = work.kinds()
                synthetic = work.synthetic()
            except duckdb.InterruptException:
                raise
            except duckdb.Error as error:
                raise RecordError(
                    f"{work.name}: it cannot be read ({reason(error)}); check the file"
                ) from None
        told = asked.title or TITLES[mapping.format] or plain(path.stem)
        record = Record(
            key=key,
            title=f"Synthetic data in the shape of: {told}" if synthetic else told,
            licence=asked.licence or (SYNTHETIC if synthetic else LICENCES[mapping.format]),
            synthetic=synthetic,
            rows=int(rows.row.size),
            rejected=rejected.total(),
            first=rows.day[0].astype("datetime64[D]").item(),
            last=last,
            file=path.name,
            imported=datetime.now(UTC).isoformat(timespec="seconds"),
            sha256=digest,
            format=mapping.format,
            folder=f"{RECORDS}/{key}.{os.urandom(4).hex()}",
            bounds=_bounds(rows),
            areas=areas.stamp,
            mapping={**mapping.plain, "title": asked.title, "licence": asked.licence},
        )
        (folder / RECORDS).mkdir(exist_ok=True)
        (aside / "rows").rename(folder / record.folder)
        keep(folder, [*(_placed(folder, one, areas, aside) for one in others), record])
    return Imported(
        record,
        mapping,
        reasons=tuple(rejected.most_common()),
        rejects=reject_file if rejected else None,
        kinds=kinds,
        unmatched=unmatched,
        notes=tuple(work.notes),
    )


@stoppable()
def place_all(atlas: Atlas, folder: Path) -> tuple[str, ...]:
    """Place anew the records whose areas have changed since, and return their keys."""
    areas = areas_of(atlas)
    with writing(folder) as aside:
        store = open_store(folder) or Store(folder, ())
        old = tuple(record.key for record in store.records if record.areas != areas.stamp)
        if old:
            keep(folder, [_placed(folder, record, areas, aside) for record in store.records])
    return old


def _placed(folder: Path, record: Record, areas: Areas, aside: Path) -> Record:
    """Return a record placed in the areas as they are now."""
    if record.areas == areas.stamp:
        return record
    now = replace(record, areas=areas.stamp, folder=f"{RECORDS}/{record.key}.{os.urandom(4).hex()}")
    place_again(folder / record.folder, aside / record.key, areas)
    (aside / record.key).rename(folder / now.folder)
    return now


def _state(path: Path) -> tuple[int, int]:
    state = path.stat()
    return state.st_size, state.st_mtime_ns


def _as_before(record: Record, mapping: Mapping, asked: Asked) -> bool:
    """Return whether a record was imported just so; what is not given this time stays as it was given."""
    stored = {**record.mapping}
    title, licence = stored.pop("title"), stored.pop("licence")
    alike = json.dumps(stored, sort_keys=True) == json.dumps(mapping.plain, sort_keys=True)
    return alike and asked.title in {None, title} and asked.licence in {None, licence}


def _key(path: Path, taken: set[str]) -> str:
    slug = re.sub(r"[^a-z0-9]+", "-", path.stem.casefold()).strip("-")[:40].strip("-") or "record"
    key, number = slug, 1
    while key in taken:
        number += 1
        key = f"{slug}-{number}"
    return key


def _none(rejected: Counter[str], file: Path) -> str:
    if not rejected:
        return "it has a head, but no row that can be read"
    why, rows = rejected.most_common(1)[0][0], rejected.total()
    those = "its one row cannot" if rows == 1 else f"none of its {rows:,} rows can"
    often = "most often " if len(rejected) > 1 else ""
    return f"{those} be used: {often}{why}; see {plain(str(file))}"


def _bounds(rows: Rows) -> tuple[float, float, float, float]:
    lon, lat = rows.lon, rows.lat
    return float(lon.min()), float(lat.min()), float(lon.max()), float(lat.max())

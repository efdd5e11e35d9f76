"""The store: a folder of records as partitioned GeoParquet, and a manifest of those that count.

::

    manifest.json                           the records that count, and which areas they were placed in
    records/KEY.XXXX/year=2020/part-0.parquet
    rejects/KEY.csv                         rows that could not be taken, each with the reason
    screen/STAMP-2.gz, STAMP-2.json         what the browser draws of them, made when it is first asked for
    aside-XXXX/                             an import under way, or one that was cut short

A record is written aside, renamed into ``records/``, and counts once the manifest that names it has
replaced the old one. What the manifest does not name is swept away by the next command that writes.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import platformdirs
from filelock import FileLock, Timeout

from mapapp.data.atomic_write import write
from mapapp.errors import MapappError, plain

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

MANIFEST, RECORDS, REJECTS, SCREEN, ASIDE = "manifest.json", "records", "rejects", "screen", "aside-"
_VERSION = 1


class StoreError(MapappError):
    """The store of incidents cannot be used."""


@dataclass(frozen=True)
class Record:
    """One imported file.

    ``first`` and ``last`` are the first and the last day of any row; ``rejected`` counts the rows that
    could not be taken. ``sha256`` is of the file, ``mapping`` how its columns were read, ``folder`` where
    its rows are stored, ``bounds`` their west, south, east and north, ``areas`` the stamp of the areas
    they were placed in.
    """

    key: str
    title: str
    licence: str
    synthetic: bool
    rows: int
    rejected: int
    first: date
    last: date
    file: str
    imported: str
    sha256: str
    format: str
    folder: str
    bounds: tuple[float, float, float, float]
    areas: str
    mapping: dict[str, Any] = field(default_factory=dict, hash=False)


@dataclass(frozen=True)
class Store:
    """The records that count."""

    folder: Path
    records: tuple[Record, ...]

    @property
    def stamp(self) -> str:
        """What changes whenever the content does."""
        told = [{**_told(record), "imported": ""} for record in self.records]
        return hashlib.sha256(json.dumps(told, sort_keys=True).encode()).hexdigest()[:16]

    def files(self, record: Record) -> list[str]:
        """Return a record's files, by year.

        Raises
        ------
        StoreError
            If they are not there.
        """
        found = sorted(map(str, (self.folder / record.folder).glob("year=*/*.parquet")))
        if not found:
            raise _broken(self.folder, f"the rows of {plain(record.key)} are gone")
        return found


def default_folder() -> Path:
    """Return where incidents are stored: ``MAPAPP_INCIDENTS``, else among the user's own data."""
    given = os.environ.get("MAPAPP_INCIDENTS")
    return Path(given) if given else platformdirs.user_data_path("mapapp") / "incidents"


def open_store(folder: Path | None = None) -> Store | None:
    """Open a store.

    Parameters
    ----------
    folder
        Where it is; `default_folder` where not given.

    Returns
    -------
    Store or None
        ``None`` where nothing is stored.

    Raises
    ------
    StoreError
        If the store is broken.
    """
    place = folder or default_folder()
    try:
        text = (place / MANIFEST).read_text("utf-8")
    except FileNotFoundError:
        return None
    except NotADirectoryError:
        raise _no_folder(place) from None
    except (OSError, ValueError) as error:
        raise _broken(place, str(error)) from None
    try:
        value = json.loads(text)
        if value["version"] != _VERSION:
            raise _broken(place, f"it is of version {value['version']}, not {_VERSION}")
        records = tuple(_record(item) for item in value["records"])
        store = Store(place, records)
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise _broken(place, f"its manifest cannot be read: {error}") from None
    return store if records else None


def _record(item: dict[str, Any]) -> Record:
    first, last = date.fromisoformat(item["first"]), date.fromisoformat(item["last"])
    folder = str(item["folder"])
    if not folder.startswith(f"{RECORDS}/") or ".." in folder:
        raise ValueError(folder)
    west, south, east, north = map(float, item["bounds"])
    return Record(**{**item, "first": first, "last": last, "bounds": (west, south, east, north)})


def _told(record: Record) -> dict[str, Any]:
    return {**asdict(record), "first": record.first.isoformat(), "last": record.last.isoformat()}


def _broken(place: Path, what: str) -> StoreError:
    return StoreError(
        f"{plain(str(place))}: the store of incidents is broken ({plain(what)}); "
        f"restore {MANIFEST} from a copy, or import the files again into another folder with --store"
    )


def _no_folder(place: Path) -> StoreError:
    return StoreError(f"{plain(str(place))}: that is a file, not a folder; name a folder for the store")


@contextmanager
def writing(place: Path) -> Iterator[Path]:
    """Hold the store for writing, and give a folder aside for what is not finished.

    Raises
    ------
    StoreError
        If another command is writing, or the folder cannot be written.
    """
    if place.exists() and not place.is_dir():
        raise _no_folder(place)
    aside = place / f"{ASIDE}{os.getpid()}"
    try:
        place.mkdir(parents=True, exist_ok=True)
        lock = FileLock(place / "lock", timeout=0)
        with lock:
            _sweep(place)
            aside.mkdir()
            try:
                yield aside
            finally:
                _sweep(place)
    except Timeout:
        raise StoreError(f"{plain(str(place))}: another import is under way; wait for its end") from None
    except OSError as error:
        reason = error.strerror or str(error)
        raise StoreError(
            f"{plain(str(place))}: the store cannot be written ({plain(reason)}); make room, or give "
            "another --store"
        ) from None


def keep(place: Path, records: Sequence[Record]) -> Store:
    """Let these records count from now on, and no others; the one step that changes a store."""
    store = Store(place, tuple(records))
    value = {"version": _VERSION, "records": [_told(record) for record in records]}
    write(place / MANIFEST, json.dumps(value, ensure_ascii=False, indent=1).encode())
    return store


def columns_file(store: Store) -> str:
    """Return what the browser's copy of a store is called."""
    return f"incidents-{store.stamp}.gz"


def write_whole(path: Path, content: bytes) -> None:
    """Write a file that appears whole or not at all.

    Raises
    ------
    StoreError
        If it cannot be written.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        write(path, content)
    except OSError as error:
        why = plain(error.strerror or str(error))
        raise StoreError(f"{plain(str(path))}: it cannot be written ({why}); make room") from None


def _sweep(place: Path) -> None:
    """Remove what no manifest names: folders of imports cut short, and of records that no longer count."""
    store = open_store(place)
    for left in (place / SCREEN).glob("*"):
        if store is None or store.stamp not in left.name:
            left.unlink(missing_ok=True)
    named = {(place / record.folder).resolve() for record in (store.records if store else ())}
    for left in [*place.glob(f"{ASIDE}*"), *(place / RECORDS).glob("*")]:
        if left.resolve() in named:
            continue
        if left.is_dir() and not left.is_symlink():
            shutil.rmtree(left, ignore_errors=True)
        else:
            left.unlink(missing_ok=True)


def remove(place: Path, key: str) -> Record:
    """Remove a record.

    Raises
    ------
    StoreError
        If there is none of that key.
    """
    with writing(place):
        store = open_store(place)
        records = store.records if store else ()
        gone = next((record for record in records if record.key == key), None)
        if gone is None or store is None:
            known = ", ".join(record.key for record in records) or "none"
            raise StoreError(f"there is no record {plain(key)!r}; those stored are {known}")
        keep(place, [record for record in records if record.key != key])
        (place / REJECTS / f"{key}.csv").unlink(missing_ok=True)
    return gone

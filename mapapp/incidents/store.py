"""The store of incidents: datasets as partitioned GeoParquet, and a manifest that lists them.

::

    manifest.json                           the datasets, and which areas their rows were assigned to
    records/KEY.XXXX/year=2019/part-0.parquet
    records/KEY.XXXX/_history.parquet       rows that newer versions in other datasets replaced
    rejects/KEY.csv                         rejected rows, each with the reason
    screen/STAMP-2.gz, STAMP-2.json         the browser's copy, written when it is first needed
    aside-XXXX/                             an import in progress, or one that was interrupted

A dataset is written to a temporary folder and moved into ``records/``. It becomes part of the store when a
manifest that lists it replaces the old one. The next writing command removes whatever no manifest lists.
"""

from __future__ import annotations

import errno
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

# names in the store's folder; stores of earlier versions have the same ones
MANIFEST, DATASETS, REJECTS, SCREEN, TEMPORARY = "manifest.json", "records", "rejects", "screen", "aside-"
HISTORY_FILE = "_history.parquet"
_VERSION = 1
PRIVATE = 0o700  # incidents are often licensed to one user, and must not be passed on
_NOT_WRITABLE = {errno.EACCES, errno.EPERM, errno.EROFS}


class StoreError(MapappError):
    """The store of incidents cannot be used."""


class NoHomeError(StoreError):
    """There is no folder where a store could be."""


@dataclass(frozen=True)
class Dataset:
    """One imported file.

    Attributes
    ----------
    key
        Its name in the store.
    rows, rejected
        Number of rows stored and rejected.
    first, last
        First and last day of any row, both included. If all rows were replaced, those before.
    file
        Name of the imported file.
    imported
        When it was imported, ISO 8601, UTC.
    sha256
        Of the file, in hexadecimal.
    folder
        Folder of its rows, relative to the store.
    bounds
        West, south, east, north in degrees, WGS 84.
    areas
        `Areas.stamp` of the areas its rows were assigned to.
    mapping
        How its columns were read, and the title and licence given by the user.
    exported
        Day of the export: as given by the user, else the day of the publisher's latest change to a row, UTC;
        ``None`` if unknown.
    replaced
        Number of rows that newer versions in other datasets replaced; they are kept as history.
    repeats
        ``sha256`` of the datasets because of which rows of its file were rejected as stored: those rows are
        lost if one of them is removed. Keys would not do, since a later dataset can have a removed one's.
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
    exported: date | None = None
    replaced: int = 0
    repeats: tuple[str, ...] = ()


@dataclass(frozen=True)
class Store:
    """An opened store."""

    folder: Path
    datasets: tuple[Dataset, ...]

    @property
    def stamp(self) -> str:
        """A hash that changes whenever the content does."""
        content = [{**_as_json(dataset), "imported": ""} for dataset in self.datasets]
        return hashlib.sha256(json.dumps(content, sort_keys=True).encode()).hexdigest()[:16]

    def files(self, dataset: Dataset) -> list[str]:
        """Return the paths of a dataset's files, by year; none if all its rows were replaced.

        Raises
        ------
        StoreError
            If they are missing.
        """
        found = sorted(map(str, (self.folder / dataset.folder).glob("year=*/*.parquet")))
        if not found and dataset.rows:
            raise _damaged(self.folder, f"the rows of {plain(dataset.key)} are missing")
        return found

    def history_file(self, dataset: Dataset) -> Path | None:
        """Return the file of a dataset's replaced rows; ``None`` if there are none."""
        return self.folder / dataset.folder / HISTORY_FILE if dataset.replaced else None


def covered(store: Store) -> tuple[date, date]:
    """Return the first and last day that the datasets of a store cover, both included.

    A dataset covers the days up to that of its export, if that is known, whether anything happened or not.
    """
    held = [dataset for dataset in store.datasets if dataset.rows] or store.datasets
    ends = (max(dataset.last, dataset.exported or dataset.last) for dataset in held)
    return min(dataset.first for dataset in held), max(ends)


def default_folder() -> Path:
    """Return the folder of the store: ``MAPAPP_INCIDENTS`` if set, else in the user's data directory.

    Raises
    ------
    NoHomeError
        If neither exists.
    """
    folder = os.environ.get("MAPAPP_INCIDENTS")
    if folder:
        return Path(folder)
    try:
        return platformdirs.user_data_path("mapapp") / "incidents"
    except RuntimeError:
        raise NoHomeError(
            "MAPAPP_INCIDENTS: not set, and there is no home folder for the store; set it to a folder"
        ) from None


def open_store(folder: Path | None = None) -> Store | None:
    """Open a store.

    Parameters
    ----------
    folder
        Its folder; ``None`` for `default_folder`.

    Returns
    -------
    Store or None
        ``None`` if nothing is stored.

    Raises
    ------
    StoreError
        If the store is damaged, or may not be read.
    """
    try:
        place = folder or default_folder()
    except NoHomeError:
        return None
    try:
        text = (place / MANIFEST).read_text("utf-8")
    except FileNotFoundError:
        return None
    except NotADirectoryError:
        raise _no_folder(place) from None
    except PermissionError:
        raise StoreError(
            f"{plain(str(place))}: you may not read this store; use it as its owner, or choose another folder"
        ) from None
    except (OSError, ValueError) as error:
        raise _damaged(place, str(error)) from None
    try:
        value = json.loads(text)
        if value["version"] != _VERSION:
            raise _damaged(place, f"it has version {value['version']}, not {_VERSION}")
        datasets = tuple(_dataset(item) for item in value["records"])
        store = Store(place, datasets)
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise _damaged(place, f"its manifest cannot be read: {error}") from None
    return store if datasets else None


def _dataset(item: dict[str, Any]) -> Dataset:
    first, last = date.fromisoformat(item["first"]), date.fromisoformat(item["last"])
    folder = str(item["folder"])
    if not folder.startswith(f"{DATASETS}/") or ".." in folder:
        raise ValueError(folder)
    west, south, east, north = map(float, item["bounds"])
    exported = (
        date.fromisoformat(item["exported"]) if item.get("exported") else None
    )  # absent in older stores
    days = {"first": first, "last": last, "exported": exported}
    repeats = tuple(map(str, item.get("repeats", ())))  # absent in older stores
    return Dataset(**{**item, **days, "bounds": (west, south, east, north), "repeats": repeats})


def _as_json(dataset: Dataset) -> dict[str, Any]:
    days = {name: getattr(dataset, name) for name in ("first", "last", "exported")}
    return asdict(dataset) | {name: day and day.isoformat() for name, day in days.items()}


def _damaged(place: Path, what: str) -> StoreError:
    return StoreError(
        f"{plain(str(place))}: the incident store is damaged ({plain(what)}); "
        f"restore {MANIFEST} from a backup, or import the files again into another folder with --store"
    )


def unreadable_rows(key: str, error: Exception) -> StoreError:
    """Return the error for rows of a dataset that the database cannot read."""
    why = plain(str(error).splitlines()[0], 150)
    return StoreError(
        f"the rows of the dataset {plain(key)} cannot be read ({why}); "
        "if another command has just changed the store, open it again; otherwise import the file again"
    )


def _no_folder(place: Path) -> StoreError:
    return StoreError(
        f"{plain(str(place))}: expected a folder for the store, but this is a file; choose a folder"
    )


@contextmanager
def writing(place: Path) -> Iterator[Path]:
    """Lock the store for writing and yield a temporary folder in it.

    Raises
    ------
    StoreError
        If another command is writing, or the folder cannot be written.
    """
    if place.exists() and not place.is_dir():
        raise _no_folder(place)
    temporary = place / f"{TEMPORARY}{os.getpid()}"
    try:
        _make_private(place)
        lock = FileLock(place / "lock", timeout=0)
        with lock:
            _remove_leftovers(place)
            for part in (DATASETS, REJECTS, SCREEN):
                if (place / part).is_dir():  # an earlier version let everybody read them
                    (place / part).chmod(PRIVATE)
            temporary.mkdir(PRIVATE)
            try:
                yield temporary
            finally:
                _remove_leftovers(place)
    except Timeout:
        raise StoreError(
            f"{plain(str(place))}: another command is writing to the store; wait until it has finished"
        ) from None
    except OSError as error:
        reason = os.strerror(error.errno) if error.errno else str(error)
        fix = "free some disk space, or choose another --store"
        if error.errno in _NOT_WRITABLE:
            fix = "choose a folder that can be written, with --store"
        raise StoreError(
            f"{plain(str(place))}: the store cannot be written ({plain(reason)}); {fix}"
        ) from None


def _make_private(folder: Path) -> None:
    """Make a folder that its owner alone can read, with its parents; one that exists stays as it is."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    folder.mkdir(PRIVATE, exist_ok=True)


def keep(place: Path, datasets: Sequence[Dataset]) -> Store:
    """Make these datasets the content of the store. This is the only step that changes a store's content."""
    store = Store(place, tuple(datasets))
    value = {"version": _VERSION, "records": [_as_json(dataset) for dataset in datasets]}
    write(place / MANIFEST, json.dumps(value, ensure_ascii=False, indent=1).encode())
    (place / MANIFEST).chmod(0o600)
    return store


def columns_file(store: Store) -> str:
    """Return the file name of the browser's copy of a store."""
    return f"incidents-{store.stamp}.gz"


def write_whole(path: Path, content: bytes) -> None:
    """Write a file atomically.

    Raises
    ------
    StoreError
        If it cannot be written.
    """
    try:
        _make_private(path.parent)
        write(path, content)
    except OSError as error:
        why, fix = plain(error.strerror or str(error)), "free some disk space"
        if error.errno in _NOT_WRITABLE:
            fix = "choose a folder that can be written"
        raise StoreError(f"{plain(str(path))}: the file cannot be written ({why}); {fix}") from None


def _remove_leftovers(place: Path) -> None:
    """Remove what no manifest lists: folders of interrupted imports and of removed datasets."""
    store = open_store(place)
    for left in (place / SCREEN).glob("*"):
        if store is None or store.stamp not in left.name:
            left.unlink(missing_ok=True)
    named = {(place / dataset.folder).resolve() for dataset in (store.datasets if store else ())}
    for left in [*place.glob(f"{TEMPORARY}*"), *(place / DATASETS).glob("*")]:
        if left.resolve() in named:
            continue
        if left.is_dir() and not left.is_symlink():
            shutil.rmtree(left, ignore_errors=True)
        else:
            left.unlink(missing_ok=True)

"""Imports a file into the store, atomically: reads and checks its rows, and assigns them to areas."""

from __future__ import annotations

import hashlib
import json
import os
import re
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import duckdb

from mapapp.data.temporary_folder import temporary_folder
from mapapp.errors import plain, short_repr
from mapapp.incidents.column_mapping import ColumnMapping, recognise
from mapapp.incidents.engine import connect, interruptible, reason
from mapapp.incidents.licences import LICENCES, SYNTHETIC, TITLES
from mapapp.incidents.mapping_file import IncidentFileError, MappingSettings
from mapapp.incidents.partitions import place_again, write_rows
from mapapp.incidents.readers.any_file import open_table
from mapapp.incidents.revisions import carry_history, supersede, without
from mapapp.incidents.spatial_join import areas_of
from mapapp.incidents.staging import Staging
from mapapp.incidents.store import DATASETS, PRIVATE, REJECTS, Dataset, Store, keep, open_store, writing
from mapapp.incidents.text_sort import SortedTexts

if TYPE_CHECKING:
    from collections import Counter
    from collections.abc import Callable, Iterator

    from mapapp.core.model import Atlas
    from mapapp.incidents.partitions import Rows
    from mapapp.incidents.readers.table import Table
    from mapapp.incidents.spatial_join import Areas

_MEMORY = "300MB"  # of the database; the rest of the import needs about as much again


@dataclass(frozen=True)
class ImportResult:
    """The result of importing a file.

    Attributes
    ----------
    dataset
        The dataset in the store.
    mapping
        How the columns were read.
    already_stored
        Whether the same file was in the store already, so that nothing changed.
    reasons
        Number of rejected rows by reason, most frequent first.
    examples
        A cell that shows each reason, where one does.
    rejects
        The file with the rejected rows; ``None`` if there are none.
    kinds
        Number of stored rows by kind, most frequent first.
    unmatched
        Number of stored rows by word for their kind, for words that are not known.
    notes
        Assumptions made, as sentences for the user.
    replaced
        Number of stored rows that newer versions replaced, by dataset key.
    """

    dataset: Dataset
    mapping: ColumnMapping
    already_stored: bool = False
    reasons: tuple[tuple[str, int], ...] = ()
    examples: dict[str, str] = field(default_factory=dict)
    rejects: Path | None = None
    kinds: tuple[tuple[str, int], ...] = ()
    unmatched: tuple[tuple[str, int], ...] = ()
    notes: tuple[str, ...] = ()
    replaced: tuple[tuple[str, int], ...] = ()


@dataclass(frozen=True)
class ImportOptions:
    """The user's options for a file.

    Attributes
    ----------
    settings
        The mapping file.
    title, licence
        Of the dataset; ``None`` for the defaults.
    exported
        Day of the export; ``None`` for the day of the publisher's latest change to a row.
    keep_old
        Whether stored rows stay where the file has newer versions of them.
    """

    settings: MappingSettings = field(default_factory=MappingSettings)
    title: str | None = None
    licence: str | None = None
    exported: date | None = None
    keep_old: bool = False


def import_file(  # noqa: PLR0913 - only the first three are usually needed
    path: Path,
    atlas: Atlas,
    folder: Path,
    options: ImportOptions = ImportOptions(),
    *,
    today: date | None = None,
    progress: Callable[[str, float | None], None] = lambda _step, _share: None,
    opened: Callable[[Table, ColumnMapping], None] = lambda _table, _mapping: None,
) -> ImportResult:
    """Import one file into the store.

    Parameters
    ----------
    path
        A table in any format that `mapapp.incidents.readers` reads, also compressed.
    atlas
        The atlas to whose areas the rows are assigned.
    folder
        The store; created if it does not exist.
    options
        The user's options; everything else is recognised.
    today
        Last day an incident may have; ``None`` for the current day.
    progress
        Called with the current step and the share done, from 0 to 1; ``None`` if it is not known.
    opened
        Called with the table and its columns before its rows are read.

    Raises
    ------
    IncidentFileError
        If the file cannot be used. The store has not changed.
    StoreError
        If the store cannot be used.
    """
    with temporary_folder() as unpacked:
        table = open_table(path, options.settings, Path(unpacked))
        mapping = recognise(plain(path.name), table.header, options.settings)
        opened(table, mapping)
        return _import(path, table, mapping, atlas, folder, options, today, progress)


@interruptible()
def _import(  # noqa: PLR0913, PLR0917 - the parameters of `import_file`
    path: Path,
    table: Table,
    mapping: ColumnMapping,
    atlas: Atlas,
    folder: Path,
    options: ImportOptions,
    today: date | None,
    progress: Callable[[str, float | None], None],
) -> ImportResult:
    """Import an opened file."""
    before = _state(path)
    areas = areas_of(atlas)
    with (
        writing(folder) as temporary,
        ThreadPoolExecutor(1) as hashing,
        connect(_MEMORY, str(temporary / "spill")) as connection,
    ):
        hashed = hashing.submit(_sha256, path)
        with _blaming(path):
            texts = SortedTexts(temporary)
            staging = Staging(connection, plain(path.name), table, mapping, areas, texts)
            staging.read(temporary, today or date.today(), progress)  # noqa: DTZ011 - the user's own day
        digest = hashed.result()
        store = open_store(folder) or Store(folder, ())
        same = next((dataset for dataset in store.datasets if dataset.sha256 == digest), None)
        if same and same.areas == areas.stamp and _is_unchanged(same, store, mapping, options):
            return ImportResult(same, mapping, already_stored=True)
        others = [dataset for dataset in store.datasets if dataset is not same]
        key = same.key if same else _key(path, {dataset.key for dataset in others})
        carried = same is not None and _has_same_ids(same, mapping)
        if same:
            others, _ = without(folder, others, same, temporary, chain=not carried)
        reject_file = folder / REJECTS / f"{key}.csv"
        with _blaming(path):
            staging.compare(atlas, Store(folder, tuple(others)), others, keep_old=options.keep_old)
            progress("writing the rejects", None)
            rejected = staging.reject(temporary, reject_file)
            _refuse_useless(staging, rejected, reject_file, changed=_state(path) != before)
            extent = _write_valid(connection, staging, texts, temporary, progress)
            _refuse_changed(staging.name, changed=_state(path) != before)
            kinds, unmatched = staging.kinds()
            synthetic = staging.synthetic()
            exported = options.exported or staging.exported()
        connection.close()
        dataset = Dataset(
            **extent,
            **_provenance(path, digest, mapping, options, synthetic=synthetic),
            key=key,
            rejected=rejected.total(),
            folder=f"{DATASETS}/{key}.{os.urandom(4).hex()}",
            areas=areas.stamp,
            exported=exported,
            replaced=carry_history(folder, same, temporary / "rows") if same and carried else 0,
            repeats=tuple(one.sha256 for one in others if one.key in staging.repeats),
        )
        (folder / DATASETS).mkdir(PRIVATE, exist_ok=True)
        (temporary / "rows").rename(folder / dataset.folder)
        for at, one in enumerate(others):
            if (rows := staging.replaced.get(one.key)) is not None:
                others[at] = supersede(folder, one, rows, dataset, temporary)
        keep(folder, [*(_placed(folder, one, areas, temporary) for one in others), dataset])
    return ImportResult(
        dataset,
        mapping,
        reasons=tuple(rejected.most_common()),
        examples=staging.examples,
        rejects=reject_file if rejected else None,
        kinds=kinds,
        unmatched=unmatched,
        notes=tuple(staging.notes),
        replaced=tuple((key, rows.size) for key, rows in staging.replaced.items()),
    )


@interruptible()
def place_all(atlas: Atlas, folder: Path) -> tuple[str, ...]:
    """Assign rows to areas again in the datasets for which areas have changed; return their keys.

    Parameters
    ----------
    atlas
        The atlas with the current areas.
    folder
        The store.
    """
    areas = areas_of(atlas)
    with writing(folder) as temporary:
        store = open_store(folder) or Store(folder, ())
        old = tuple(dataset.key for dataset in store.datasets if dataset.areas != areas.stamp)
        if old:
            keep(folder, [_placed(folder, dataset, areas, temporary) for dataset in store.datasets])
    return old


def _placed(folder: Path, dataset: Dataset, areas: Areas, temporary: Path) -> Dataset:
    """Return a dataset whose rows are assigned to the current areas."""
    if dataset.areas == areas.stamp:
        return dataset
    now = replace(dataset, areas=areas.stamp, folder=f"{DATASETS}/{dataset.key}.{os.urandom(4).hex()}")
    place_again(folder / dataset.folder, temporary / dataset.key, areas)
    (temporary / dataset.key).rename(folder / now.folder)
    return now


@contextmanager
def _blaming(path: Path) -> Iterator[None]:
    """Raise `IncidentFileError` where the database cannot read the file."""
    try:
        yield
    except duckdb.InterruptException:
        raise
    except duckdb.Error as error:
        raise IncidentFileError(
            f"{plain(path.name)}: the file cannot be read ({reason(error)}); export it again"
        ) from None


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _write_valid(
    connection: duckdb.DuckDBPyConnection,
    staging: Staging,
    texts: SortedTexts,
    temporary: Path,
    progress: Callable[[str, float | None], None],
) -> dict[str, Any]:
    """Write the valid rows, and return the fields of the dataset that describe them."""
    rows, last = staging.rows()
    progress("sorting", None)
    staging.arrange_texts(rows)
    progress("writing", 0.0)
    write_rows(connection, rows, texts, temporary / "rows", lambda share: progress("writing", share))
    return _extent(rows, last)


def _provenance(
    path: Path, digest: str, mapping: ColumnMapping, options: ImportOptions, *, synthetic: bool
) -> dict[str, Any]:
    """Return the fields of a dataset that say what it is and how it was imported."""
    title, licence = _title_and_licence(path, mapping, options, synthetic=synthetic)
    return {
        "title": title,
        "licence": licence,
        "synthetic": synthetic,
        "file": path.name,
        "sha256": digest,
        "format": mapping.format,
        "imported": datetime.now(UTC).isoformat(timespec="seconds"),
        "mapping": {
            **mapping.for_manifest,
            "title": options.title,
            "licence": options.licence,
            "keep_old": options.keep_old,
        },
    }


def _state(path: Path) -> tuple[int, int]:
    state = path.stat()
    return state.st_size, state.st_mtime_ns


def _is_unchanged(dataset: Dataset, store: Store, mapping: ColumnMapping, options: ImportOptions) -> bool:
    """Return whether importing a dataset's file again would change nothing.

    Omitted options keep their old value. Rows that were rejected as stored in a dataset are to be stored once
    that dataset has been removed.
    """
    if not {*dataset.repeats} <= {one.sha256 for one in store.datasets}:
        return False
    stored = {**dataset.mapping}
    title, licence = stored.pop("title"), stored.pop("licence")
    if stored.pop("keep_old", False) != options.keep_old:
        return False
    alike = json.dumps(stored, sort_keys=True) == json.dumps(mapping.for_manifest, sort_keys=True)
    day_alike = options.exported in {None, dataset.exported}
    return alike and day_alike and options.title in {None, title} and options.licence in {None, licence}


def _has_same_ids(dataset: Dataset, mapping: ColumnMapping) -> bool:
    """Return whether a dataset was imported with the same ids, so that its history is still of its rows."""
    columns = dataset.mapping.get("columns", {})
    return dataset.format == mapping.format and columns.get("id") == mapping.columns.get("id")


def _key(path: Path, taken: set[str]) -> str:
    stem = path.stem.casefold().removesuffix(".csv")  # of export.csv.gz
    slug = re.sub(r"[^a-z0-9]+", "-", stem).strip("-")[:40].strip("-") or "record"
    key, number = slug, 1
    while key in taken:
        number += 1
        key = f"{slug}-{number}"
    return key


def _title_and_licence(
    path: Path, mapping: ColumnMapping, options: ImportOptions, *, synthetic: bool
) -> tuple[str, str]:
    title = options.title or TITLES[mapping.format] or plain(path.stem)
    licence = options.licence or (SYNTHETIC if synthetic else LICENCES[mapping.format])
    return f"Synthetic data in the format of: {title}" if synthetic else title, licence


def _refuse_useless(staging: Staging, rejected: Counter[str], file: Path, *, changed: bool) -> None:
    """Raise an error if the file changed while it was read, or has no valid row."""
    _refuse_changed(staging.name, changed=changed)
    if staging.row.size:
        return
    if not rejected:
        raise IncidentFileError(f"{staging.name}: the file has a header but no row that can be read")
    why, rows = rejected.most_common(1)[0][0], rejected.total()
    got = f" (got {short_repr(staging.examples[why])})" if why in staging.examples else ""
    reason = "most common reason" if len(rejected) > 1 else "reason"
    raise IncidentFileError(
        f"{staging.name}: no usable rows ({rows:,} rejected); {reason}: {why}{got}; see {plain(str(file))}"
    )


def _refuse_changed(name: str, *, changed: bool) -> None:
    if changed:
        raise IncidentFileError(
            f"{name}: the file changed while it was being read; import it again when it is complete"
        )


def _extent(rows: Rows, last: date) -> dict[str, Any]:
    """Return the number, period and bounding box of the rows, as fields of a dataset."""
    lon, lat = rows.lon, rows.lat
    return {
        "rows": int(rows.row.size),
        "first": rows.day[0].astype("datetime64[D]").item(),
        "last": last,
        "bounds": (float(lon.min()), float(lat.min()), float(lon.max()), float(lat.max())),
    }

"""The command ``incidents import``."""

from __future__ import annotations

import csv
import sys
from contextlib import contextmanager
from datetime import date
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

import click

from mapapp.cli.incidents_store import store_folder, store_option
from mapapp.cli.options import MisuseError, data_option, day, examples
from mapapp.cli.reporting import MISUSED, complain
from mapapp.data.load import load
from mapapp.data.temporary_folder import temporary_folder
from mapapp.errors import MapappError, plain, short_repr
from mapapp.incidents.store import MANIFEST

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from mapapp.core.model import Atlas
    from mapapp.incidents.column_mapping import ColumnMapping
    from mapapp.incidents.importer import ImportOptions, ImportResult
    from mapapp.incidents.readers.table import Table

_MOST_SHOWN = 5  # rejected rows of a dry run
_LONGEST = 200  # characters of such a row
_MOST_NAMES = 12  # columns that are not used
_FORMATS = {"acled": "an ACLED export", "ucdp": "a UCDP GED export", "csv": "a plain table"}


@click.command(
    "import",
    epilog=examples(
        "mapapp incidents import export.csv",
        "mapapp incidents import sheet.xlsx --dry-run",
        'mapapp incidents import own.parquet --mapping own.yaml --title "Own records"',
    ),
)
@click.argument("files", nargs=-1, required=True, metavar="FILE...")
@click.option("--mapping", metavar="FILE", help="YAML or JSON file that says what each column holds.")
@click.option("--title", metavar="TEXT", help="Title of the dataset on the screen.")
@click.option(
    "--licence", metavar="TEXT", help="Licence of the dataset.  [default: the publisher's, where known]"
)
@click.option(
    "--exported",
    type=day,
    metavar="DAY",
    help="Day of the export.  [default: the day of the publisher's latest change to a row]",
)
@click.option("--keep-old", is_flag=True, help="Keep stored rows where FILE has newer versions of them.")
@click.option(
    "--dry-run", is_flag=True, help="Show how FILE is read and which rows are rejected, and store nothing."
)
@store_option
@data_option
def import_(
    files: tuple[str, ...],
    mapping: str | None,
    title: str | None,
    licence: str | None,
    exported: date | None,
    keep_old: bool,  # noqa: FBT001 - a flag
    dry_run: bool,  # noqa: FBT001 - a flag
    store: str | None,
    root: Path,
) -> None:
    """Import exported files as datasets.

    FILE is a table: CSV, Excel, GeoJSON, JSON, Parquet or GeoPackage, also in a .zip or .gz. The command
    first prints how it reads each column. If a file cannot be read, the others are still imported.
    """
    from mapapp.incidents.importer import ImportOptions  # noqa: PLC0415 - geopandas is slow to load
    from mapapp.incidents.mapping_file import MappingSettings, read_mapping  # noqa: PLC0415 - as above

    if exported is not None and exported > date.today():  # noqa: DTZ011 - the user's own day
        raise MisuseError(f"--exported: the day is in the future (got {exported}); use the day of the export")
    folder = store_folder(store, root)
    settings = read_mapping(Path(mapping)) if mapping else MappingSettings()
    options = ImportOptions(settings, title, licence, exported, keep_old)
    atlas = load(root)
    if len(files) == 1:
        _import_one(files[0], atlas, folder, options, dry_run=dry_run)
        return
    failed = 0
    for name in files:
        try:
            _import_one(name, atlas, folder, options, dry_run=dry_run)
        except MapappError as error:
            sys.stdout.flush()
            failed = complain(f"mapapp: {plain(str(error))}", MISUSED)
    if failed:
        click.get_current_context().exit(failed)


def _import_one(name: str, atlas: Atlas, folder: Path, options: ImportOptions, *, dry_run: bool) -> None:
    """Import one file, or only show what an import would do."""
    from mapapp.incidents.importer import import_file  # noqa: PLC0415 - geopandas is slow to load

    path = Path(name)
    before = _manifest(folder)
    try:
        with _progress(path) as progress, _place(folder, dry_run=dry_run) as place:
            done = import_file(
                path,
                atlas,
                place,
                options,
                progress=progress,
                opened=lambda table, mapping: _show(path, table, mapping),
            )
            if dry_run:
                _report_dry(done)
    except KeyboardInterrupt:
        stored = "the file was" if _manifest(folder) != before else "nothing was"
        print(f"mapapp: {plain(path.name)}: stopped; {stored} stored", file=sys.stderr)
        raise
    if not dry_run:
        _report(done, folder)


@contextmanager
def _place(folder: Path, *, dry_run: bool) -> Iterator[Path]:
    """Yield the store, or a temporary one where nothing is to be stored."""
    if not dry_run:
        yield folder
        return
    with temporary_folder() as temporary:
        yield Path(temporary)


def _show(path: Path, table: Table, mapping: ColumnMapping) -> None:
    """Print how each column is read, with a cell of it, and which columns are not used."""
    print(f"{plain(path.name)}: read as {_FORMATS[mapping.format]}")
    for what, column in mapping.columns.items():
        example = table.example(mapping.index[what])
        print(f"  {what:<11} {short_repr(column)}{f', such as {short_repr(example)}' if example else ''}")
    used = {*mapping.index.values()}
    others = [short_repr(column) for at, column in enumerate(table.header) if column and at not in used]
    if others:
        more = f" and {len(others) - _MOST_NAMES:,} more" if len(others) > _MOST_NAMES else ""
        print(f"  not used: {', '.join(others[:_MOST_NAMES])}{more}")
    sys.stdout.flush()


def _report_dry(done: ImportResult) -> None:
    """Print what an import would store and reject, and the first rejected rows."""
    for note in done.notes:
        print(f"  {note}")
    print(f"  {rows_of(done.dataset.rows)} would be stored, {done.dataset.first} to {done.dataset.last}")
    _report_kinds(done)
    print(f"  {rows_of(done.dataset.rejected)} would be rejected")
    _report_reasons(done)
    if done.rejects is not None:
        with done.rejects.open(encoding="utf-8", newline="") as file:
            for row in islice(csv.DictReader(file), _MOST_SHOWN):
                where = f"line {row['line']}" if row["line"] else f"row {row['row']}"
                cells = ", ".join(plain(cell) for cell in list(row.values())[3:] if cell)
                print(plain(f"    {where}: {row['reason']}: {cells}", _LONGEST))
    print("  nothing was stored (--dry-run); rows that are stored already were not looked for")


def _manifest(folder: Path) -> bytes:
    """Return the store's manifest; if it has changed after an interrupt, the import was stored."""
    try:
        return (folder / MANIFEST).read_bytes()
    except OSError:
        return b""


def _report(done: ImportResult, folder: Path) -> None:
    dataset = done.dataset
    if done.already_stored:
        print(f"  already stored as {dataset.key}; nothing changed")
        return
    for note in done.notes:
        print(f"  {note}")
    print(
        f"  {rows_of(dataset.rows)} stored as {dataset.key}, {dataset.first} to {dataset.last}, in "
        f"{plain(str(folder))}"
    )
    for key, number in done.replaced:
        print(
            f"  {rows_of(number)} replaced in the dataset {key}; compare them with mapapp incidents history"
        )
    _report_kinds(done)
    print(f"  title: {plain(dataset.title)}")
    print(f"  licence: {plain(dataset.licence)}")
    if done.rejects is not None:
        print(f"  {rows_of(dataset.rejected)} rejected; rows and reasons are in {plain(str(done.rejects))}")
        _report_reasons(done)


def _report_kinds(done: ImportResult) -> None:
    print(f"  kinds: {', '.join(f'{kind} {number:,}' for kind, number in done.kinds)}")
    if done.unmatched:
        listed = ", ".join(f"{short_repr(word)} {number:,}" for word, number in done.unmatched)
        print(f"  counted as other, since their kind is unknown: {listed}")


def _report_reasons(done: ImportResult) -> None:
    for reason, number in done.reasons:
        got = f" (got {short_repr(done.examples[reason])})" if reason in done.examples else ""
        print(f"    {number:>9,}  {reason}{got}")


def rows_of(number: int) -> str:
    """Return a number of rows in words."""
    return "1 row" if number == 1 else f"{number:,} rows"


@contextmanager
def _progress(path: Path) -> Iterator[Callable[[str, float | None], None]]:
    """Show a progress bar on a terminal, and nothing elsewhere."""
    if not sys.stderr.isatty():
        yield lambda _what, _share: None
        return
    from rich.console import Console  # noqa: PLC0415 - for a terminal only
    from rich.markup import escape  # noqa: PLC0415
    from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn  # noqa: PLC0415

    columns = (TextColumn("{task.description}"), BarColumn(), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(escape(plain(path.name)), total=None)

        def update(what: str, share: float | None) -> None:
            done = {"total": None} if share is None else {"total": 1.0, "completed": share}
            bar.update(task, description=escape(f"{plain(path.name)}: {what}"), **done)

        yield update

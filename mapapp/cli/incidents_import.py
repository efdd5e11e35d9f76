"""The command ``incidents import``."""

from __future__ import annotations

import sys
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from mapapp.cli.incidents_store import store_folder, store_option
from mapapp.cli.options import MisuseError, data_option, day, examples
from mapapp.data.load import load
from mapapp.errors import plain, short_repr
from mapapp.incidents.store import MANIFEST

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from mapapp.incidents.importer import ImportResult

_FORMATS = {"acled": "an ACLED export", "ucdp": "a UCDP GED export", "csv": "a plain table"}


@click.command(
    "import",
    epilog=examples(
        "mapapp incidents import export.csv",
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
@store_option
@data_option
def import_(
    files: tuple[str, ...],
    mapping: str | None,
    title: str | None,
    licence: str | None,
    exported: date | None,
    keep_old: bool,  # noqa: FBT001 - a flag
    store: str | None,
    root: Path,
) -> None:
    """Import exported files as datasets.

    FILE is a CSV, Parquet or GeoPackage file. The command first prints how it reads each column.
    """
    from mapapp.incidents.importer import (  # noqa: PLC0415 - geopandas is slow to load
        ImportOptions,
        import_file,
        inspect_file,
    )
    from mapapp.incidents.mapping_file import MappingSettings, read_mapping  # noqa: PLC0415 - as above

    if exported is not None and exported > date.today():  # noqa: DTZ011 - the user's own day
        raise MisuseError(f"--exported: the day is in the future (got {exported}); use the day of the export")
    folder = store_folder(store, root)
    settings = read_mapping(Path(mapping)) if mapping else MappingSettings()
    atlas = load(root)
    for path in map(Path, files):
        _, found = inspect_file(path, settings)
        print(f"{plain(path.name)}: read as {_FORMATS[found.format]}")
        for what, column in found.columns.items():
            print(f"  {what:<10} {short_repr(column)}")
        sys.stdout.flush()
        before = _manifest(folder)
        try:
            with _progress(path) as progress:
                done = import_file(
                    path,
                    atlas,
                    folder,
                    ImportOptions(settings, title, licence, exported, keep_old),
                    progress=progress,
                )
        except KeyboardInterrupt:
            stored = "the file was" if _manifest(folder) != before else "nothing was"
            print(f"mapapp: {plain(path.name)}: stopped; {stored} stored", file=sys.stderr)
            raise
        _report(done, folder)


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
    print(f"  kinds: {', '.join(f'{kind} {number:,}' for kind, number in done.kinds)}")
    if done.unmatched:
        listed = ", ".join(f"{short_repr(word)} {number:,}" for word, number in done.unmatched)
        print(f"  counted as other, since their kind is unknown: {listed}")
    print(f"  title: {plain(dataset.title)}")
    print(f"  licence: {plain(dataset.licence)}")
    if done.rejects is not None:
        print(f"  {rows_of(dataset.rejected)} rejected; rows and reasons are in {plain(str(done.rejects))}")
        for reason, number in done.reasons:
            print(f"    {number:>9,}  {reason}")


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

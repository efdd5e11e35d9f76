"""The ``incidents`` commands: import exports, list, count and remove datasets, write synthetic data."""

from __future__ import annotations

import argparse
import sys
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from mapapp.cli.export import MisuseError, day
from mapapp.data.atomic_write import refuse_data
from mapapp.data.load import load
from mapapp.errors import plain, short_repr

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from mapapp.incidents.importer import ImportResult
    from mapapp.incidents.store import Store

COMMAND = "incidents"
_ABOUT = "import incident data (ACLED, UCDP GED, plain tables); list, count and remove datasets"
_SEED_DIGITS = 9
_LIKE = ("acled", "ucdp", "csv")


def add_command(commands: Any) -> list[argparse.ArgumentParser]:  # noqa: ANN401 - argparse has no public type for it
    """Add the command to the parser, and return its subcommands."""
    parser = commands.add_parser(COMMAND, help=_ABOUT, description=_ABOUT, allow_abbrev=False)
    parts = parser.add_subparsers(dest="action", required=True, metavar="action")

    def part(name: str, about: str) -> argparse.ArgumentParser:
        made: argparse.ArgumentParser = parts.add_parser(
            name, help=about, description=about, allow_abbrev=False
        )
        made.add_argument(
            "--store",
            metavar="DIR",
            help="folder of the store (default: MAPAPP_INCIDENTS, else in the user's data directory)",
        )
        return made

    importing = part("import", "import exports: CSV, Parquet or GeoPackage")
    importing.add_argument("files", nargs="+", metavar="FILE", help="an export")
    importing.add_argument("--mapping", metavar="FILE", help="YAML or JSON file that assigns columns")
    importing.add_argument(
        "--title", metavar="TEXT", help="title of the dataset (default: the publisher's, or the file name)"
    )
    importing.add_argument(
        "--licence", metavar="TEXT", help="licence of the dataset (default: the publisher's, if known)"
    )
    listing = part("list", "list the datasets")
    removing = part("remove", "remove a dataset from the store; the imported file is kept")
    removing.add_argument("key", metavar="KEY", help="key of the dataset, see list")
    placing = part("place", "assign incidents to areas again, after the areas of the map have changed")
    counting = part("count", "count incidents, by kind")
    counting.add_argument("--place", metavar="ID", help="only in this area of the map")
    counting.add_argument(
        "--first", "--from", dest="first", type=day, metavar="DAY", help="first day (default: the records')"
    )
    counting.add_argument("--last", "--to", dest="last", type=day, metavar="DAY", help="last day, included")
    counting.add_argument("--kinds", "--kind", metavar="KINDS", help="only these kinds; commas between")
    counting.add_argument(
        "--certain", "--sure", action="store_true", help="only what certainly falls in the window"
    )
    making = part("synthetic", "write an invented export, for trying out; every row says that it is invented")
    making.add_argument("out", metavar="OUT", help="file to write: .csv or .parquet")
    making.add_argument(
        "--rows", type=_rows, default=10_000, metavar="N", help="number of rows (default: 10000)"
    )
    making.add_argument("--like", choices=_LIKE, default="acled", help="format (default: acled)")
    making.add_argument(
        "--seed",
        type=_seed,
        default=1,
        metavar="N",
        help="each seed gives different rows, the same seed the same (default: 1)",
    )
    return [importing, listing, removing, placing, counting, making]


def run(given: argparse.Namespace, root: Path) -> int:
    """Run one of the actions and return the exit code.

    Raises
    ------
    MapappError
        If it fails; the message is one line.
    """
    from mapapp.incidents.store import default_folder  # noqa: PLC0415 - imported only if needed

    folder = Path(given.store) if given.store else default_folder()
    refuse_data(folder, root)
    action: Callable[[argparse.Namespace, Path, Path], int] = {
        "import": _import,
        "list": _list,
        "remove": _remove,
        "place": _place,
        "count": _count,
        "synthetic": _synthetic,
    }[given.action]
    return action(given, folder, root)


def _import(given: argparse.Namespace, folder: Path, root: Path) -> int:
    from mapapp.incidents.importer import ImportOptions, import_file, inspect_file  # noqa: PLC0415
    from mapapp.incidents.mapping_file import MappingSettings, read_mapping  # noqa: PLC0415

    settings = read_mapping(Path(given.mapping)) if given.mapping else MappingSettings()
    atlas = load(root)
    for name in given.files:
        path = Path(name)
        _, mapping = inspect_file(path, settings)
        print(f"{plain(path.name)}: read as {_FORMATS[mapping.format]}")
        for what, column in mapping.columns.items():
            print(f"  {what:<10} {short_repr(column)}")
        sys.stdout.flush()
        before = _manifest(folder)
        try:
            with _progress_bar(path) as progress:
                done = import_file(
                    path,
                    atlas,
                    folder,
                    ImportOptions(settings, given.title, given.licence),
                    progress=progress,
                )
        except KeyboardInterrupt:
            stored = "it was" if _manifest(folder) != before else "nothing was"
            print(f"mapapp: {plain(path.name)}: stopped; {stored} stored", file=sys.stderr)
            raise
        _report(done, folder)
    return 0


def _manifest(folder: Path) -> bytes:
    """Return the store's manifest; an import is stored once it has changed."""
    from mapapp.incidents.store import MANIFEST  # noqa: PLC0415

    try:
        return (folder / MANIFEST).read_bytes()
    except OSError:
        return b""


_FORMATS = {"acled": "an ACLED export", "ucdp": "a UCDP GED export", "csv": "a plain table"}


def _report(done: ImportResult, folder: Path) -> None:
    dataset = done.dataset
    if done.already_stored:
        print(f"  already stored as {dataset.key}; nothing changed")
        return
    for note in done.notes:
        print(f"  {note}")
    print(
        f"  {_rows_of(dataset.rows)} stored as {dataset.key}, {dataset.first} to {dataset.last}, in "
        f"{plain(str(folder))}"
    )
    print(f"  kinds: {', '.join(f'{kind} {number:,}' for kind, number in done.kinds)}")
    if done.unmatched:
        listed = ", ".join(f"{short_repr(word)} {number:,}" for word, number in done.unmatched)
        print(f"  counted as other, because these words for kinds are not known: {listed}")
    print(f"  title: {plain(dataset.title)}")
    print(f"  licence: {plain(dataset.licence)}")
    if done.rejects is not None:
        print(f"  {_rows_of(dataset.rejected)} rejected; see the reasons in {plain(str(done.rejects))}")
        for reason, number in done.reasons:
            print(f"    {number:>9,}  {reason}")


def _rows_of(number: int) -> str:
    return "1 row" if number == 1 else f"{number:,} rows"


@contextmanager
def _progress_bar(path: Path) -> Iterator[Callable[[str, float | None], None]]:
    """Show a progress bar if standard error is a terminal."""
    if not sys.stderr.isatty():
        yield lambda _what, _share: None
        return
    from rich.console import Console  # noqa: PLC0415
    from rich.markup import escape  # noqa: PLC0415
    from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn  # noqa: PLC0415

    columns = (TextColumn("{task.description}"), BarColumn(), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(escape(plain(path.name)), total=None)

        def progress(step: str, share: float | None) -> None:
            done = {"total": None} if share is None else {"total": 1.0, "completed": share}
            bar.update(task, description=escape(f"{plain(path.name)}: {step}"), **done)

        yield progress


def _store(folder: Path) -> Store:
    from mapapp.incidents.store import open_store  # noqa: PLC0415

    store = open_store(folder)
    if store is None:
        raise MisuseError(
            f"nothing is stored in {plain(str(folder))}; import a file with mapapp incidents import FILE, or "
            "give --store"
        )
    return store


def _list(_given: argparse.Namespace, folder: Path, _root: Path) -> int:
    from mapapp.incidents.store import open_store  # noqa: PLC0415

    store = open_store(folder)
    if store is None:
        print(f"Nothing is stored in {plain(str(folder))}.")
        return 0
    for dataset in store.datasets:
        print(f"{dataset.key}  {plain(dataset.title)}")
        print(f"  {_rows_of(dataset.rows)}, {dataset.rejected:,} rejected, {dataset.first} to {dataset.last}")
        print(f"  {plain(dataset.file)}, imported {dataset.imported}; {plain(dataset.licence)}")
    return 0


def _remove(given: argparse.Namespace, folder: Path, _root: Path) -> int:
    from mapapp.incidents.store import remove  # noqa: PLC0415

    _store(folder)
    dataset = remove(folder, given.key)
    print(f"Removed {dataset.key}: {_rows_of(dataset.rows)} of {plain(dataset.file)}.")
    return 0


def _place(_given: argparse.Namespace, folder: Path, root: Path) -> int:
    from mapapp.incidents.importer import place_all  # noqa: PLC0415

    _store(folder)
    done = place_all(load(root), folder)
    print(f"Areas assigned again: {', '.join(done)}." if done else "All datasets use the current areas.")
    return 0


def _count(given: argparse.Namespace, folder: Path, root: Path) -> int:
    from mapapp.incidents.query import Queries  # noqa: PLC0415
    from mapapp.incidents.spatial_join import areas_of  # noqa: PLC0415
    from mapapp.incidents.vocabulary import KINDS  # noqa: PLC0415

    store = _store(folder)
    areas = areas_of(load(root))
    if given.place is not None and given.place not in areas.ids:
        raise MisuseError(f"there is no area {short_repr(given.place)}; the areas are {', '.join(areas.ids)}")
    kinds = None if given.kinds is None else frozenset(given.kinds.split(","))
    if kinds is not None and (strange := sorted(kinds - {*KINDS})):
        raise MisuseError(f"there is no kind {short_repr(strange[0])}; the kinds are {', '.join(KINDS)}")
    first = given.first or min(dataset.first for dataset in store.datasets)
    last = given.last or max(dataset.last for dataset in store.datasets)
    counted = Queries(store).by_kind(given.place, first, last, kinds, given.certain)
    where = f" in {given.place}" if given.place else ""
    print(f"{sum(number for _, number in counted):,} incidents{where}, {first} to {last}")
    for kind, number in counted:
        print(f"  {kind:<12} {number:>9,}")
    for dataset in store.datasets:
        print(f"Source: {plain(dataset.title)}; {plain(dataset.licence)}")
    return 0


def _synthetic(given: argparse.Namespace, _folder: Path, root: Path) -> int:
    from mapapp.incidents.synthetic import write_synthetic  # noqa: PLC0415

    out = Path(given.out)
    if out.suffix.lower() not in {".csv", ".parquet"}:
        raise MisuseError(f"unsupported file type (got {short_repr(given.out)}); use .csv or .parquet")
    if not out.resolve().parent.is_dir():
        raise MisuseError(
            f"there is no folder {plain(str(out.resolve().parent))}; create it first, or write elsewhere"
        )
    refuse_data(out, root)
    if out.exists() or out.is_symlink():
        raise MisuseError(f"{plain(str(out))} already exists; choose another name, or remove it first")
    try:
        write_synthetic(out, given.rows, given.like, given.seed)
    except OSError as error:
        reason = error.strerror or str(error)
        raise MisuseError(f"{plain(str(out))} cannot be written ({reason}); write elsewhere") from None
    print(f"{given.rows:,} synthetic row{'' if given.rows == 1 else 's'} in {plain(str(out))}")
    return 0


def _rows(text: str) -> int:
    from mapapp.incidents.synthetic import MOST  # noqa: PLC0415

    if not (text.isascii() and text.isdigit() and 0 < int(text[:12]) <= MOST):
        raise argparse.ArgumentTypeError(f"not a number of rows (got {short_repr(text)}); use 1 to {MOST}")
    return int(text)


def _seed(text: str) -> int:
    if not (text.isascii() and text.isdigit() and len(text) <= _SEED_DIGITS):
        raise argparse.ArgumentTypeError(f"not a seed (got {short_repr(text)}); use a whole number from 0")
    return int(text)

"""The ``incidents`` commands: import exports, list, place, count and remove records, invent some."""

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

    from mapapp.incidents.importer import Imported
    from mapapp.incidents.store import Store

COMMAND = "incidents"
_ABOUT = "import records of incidents (ACLED, UCDP GED, own tables), list, count and remove them"
_SEED_DIGITS = 9
_LIKE = ("acled", "ucdp", "csv")


def add_command(commands: Any) -> list[argparse.ArgumentParser]:  # noqa: ANN401 - argparse names no type for it
    """Add the command to the parser's, and return its parts."""
    parser = commands.add_parser(COMMAND, help=_ABOUT, description=_ABOUT, allow_abbrev=False)
    parts = parser.add_subparsers(dest="action", required=True, metavar="action")

    def part(name: str, about: str) -> argparse.ArgumentParser:
        made: argparse.ArgumentParser = parts.add_parser(
            name, help=about, description=about, allow_abbrev=False
        )
        made.add_argument(
            "--store",
            metavar="DIR",
            help="folder of the store (default: MAPAPP_INCIDENTS, else the user's own)",
        )
        return made

    importing = part("import", "read exports: CSV, Parquet or GeoPackage")
    importing.add_argument("files", nargs="+", metavar="FILE", help="an export")
    importing.add_argument("--mapping", metavar="FILE", help="YAML or JSON that says which column means what")
    importing.add_argument("--title", metavar="TEXT", help="what the record is called on the screen")
    importing.add_argument(
        "--licence", metavar="TEXT", help="its licence (default: the publisher's, where known)"
    )
    listing = part("list", "list the records")
    removing = part("remove", "remove a record from the store; the export it came from stays")
    removing.add_argument("key", metavar="KEY", help="as list shows it")
    placing = part("place", "place all incidents again, where the areas of the map have changed")
    counting = part("count", "count incidents, by kind")
    counting.add_argument("--place", metavar="ID", help="only in this area of the map")
    counting.add_argument(
        "--from", dest="first", type=day, metavar="DAY", help="first day (default: the records')"
    )
    counting.add_argument("--to", dest="last", type=day, metavar="DAY", help="last day, included")
    counting.add_argument("--kind", metavar="KINDS", help="only these kinds; commas between")
    counting.add_argument("--sure", action="store_true", help="only what surely falls in the window")
    making = part("synthetic", "write an invented export, for trying out; every row says that it is invented")
    making.add_argument("out", metavar="OUT", help="file to write: .csv or .parquet")
    making.add_argument("--rows", type=_rows, default=10_000, metavar="N", help="how many (default: 10000)")
    making.add_argument("--like", choices=_LIKE, default="acled", help="whose shape (default: acled)")
    making.add_argument(
        "--seed", type=_seed, default=1, metavar="N", help="the same seed writes the same (default: 1)"
    )
    return [importing, listing, removing, placing, counting, making]


def run(given: argparse.Namespace, root: Path) -> int:
    """Carry out one of the actions; 0 when it is done.

    Raises
    ------
    MapappError
        If it cannot be done: one line that says why.
    """
    from mapapp.incidents.store import default_folder  # noqa: PLC0415 - only what is asked for is loaded

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
    from mapapp.incidents.column_mapping import Told, read_mapping  # noqa: PLC0415
    from mapapp.incidents.importer import Asked, import_file, look  # noqa: PLC0415

    told = read_mapping(Path(given.mapping)) if given.mapping else Told()
    atlas = load(root)
    for name in given.files:
        path = Path(name)
        _, mapping = look(path, told)
        print(f"{plain(path.name)}: read as {_FORMATS[mapping.format]}")
        for what, column in mapping.columns.items():
            print(f"  {what:<10} {short_repr(column)}")
        sys.stdout.flush()
        before = _manifest(folder)
        try:
            with _telling(path) as tell:
                done = import_file(path, atlas, folder, Asked(told, given.title, given.licence), tell=tell)
        except KeyboardInterrupt:
            stored = "it was" if _manifest(folder) != before else "nothing was"
            print(f"mapapp: {plain(path.name)}: stopped; {stored} stored", file=sys.stderr)
            raise
        _report(done, folder)
    return 0


def _manifest(folder: Path) -> bytes:
    """Return what says which records count: an import is stored once it differs."""
    from mapapp.incidents.store import MANIFEST  # noqa: PLC0415

    try:
        return (folder / MANIFEST).read_bytes()
    except OSError:
        return b""


_FORMATS = {"acled": "an ACLED export", "ucdp": "a UCDP GED export", "csv": "a plain table"}


def _report(done: Imported, folder: Path) -> None:
    record = done.record
    if done.known:
        print(f"  stored already as {record.key}; nothing changed")
        return
    for note in done.notes:
        print(f"  {note}")
    print(
        f"  {_rows_of(record.rows)} stored as {record.key}, {record.first} to {record.last}, in "
        f"{plain(str(folder))}"
    )
    print(f"  kinds: {', '.join(f'{kind} {number:,}' for kind, number in done.kinds)}")
    if done.unmatched:
        listed = ", ".join(f"{short_repr(word)} {number:,}" for word, number in done.unmatched)
        print(f"  counted as other, since no kind is known for them: {listed}")
    print(f"  title: {plain(record.title)}")
    print(f"  licence: {plain(record.licence)}")
    if done.rejects is not None:
        print(f"  {_rows_of(record.rejected)} rejected; each with its reason in {plain(str(done.rejects))}")
        for reason, number in done.reasons:
            print(f"    {number:>9,}  {reason}")


def _rows_of(number: int) -> str:
    return "1 row" if number == 1 else f"{number:,} rows"


@contextmanager
def _telling(path: Path) -> Iterator[Callable[[str, float | None], None]]:
    """Show a bar on a terminal; elsewhere nobody waits and watches."""
    if not sys.stderr.isatty():
        yield lambda _what, _share: None
        return
    from rich.console import Console  # noqa: PLC0415
    from rich.markup import escape  # noqa: PLC0415
    from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn  # noqa: PLC0415

    columns = (TextColumn("{task.description}"), BarColumn(), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(escape(plain(path.name)), total=None)

        def tell(what: str, share: float | None) -> None:
            done = {"total": None} if share is None else {"total": 1.0, "completed": share}
            bar.update(task, description=escape(f"{plain(path.name)}: {what}"), **done)

        yield tell


def _store(folder: Path) -> Store:
    from mapapp.incidents.store import open_store  # noqa: PLC0415

    store = open_store(folder)
    if store is None:
        raise MisuseError(
            f"nothing is stored in {plain(str(folder))}; begin with mapapp incidents import FILE, or "
            "give --store"
        )
    return store


def _list(_given: argparse.Namespace, folder: Path, _root: Path) -> int:
    from mapapp.incidents.store import open_store  # noqa: PLC0415

    store = open_store(folder)
    if store is None:
        print(f"Nothing is stored in {plain(str(folder))}.")
        return 0
    for record in store.records:
        print(f"{record.key}  {plain(record.title)}")
        print(f"  {_rows_of(record.rows)}, {record.rejected:,} rejected, {record.first} to {record.last}")
        print(f"  {plain(record.file)}, imported {record.imported}; {plain(record.licence)}")
    return 0


def _remove(given: argparse.Namespace, folder: Path, _root: Path) -> int:
    from mapapp.incidents.store import remove  # noqa: PLC0415

    _store(folder)
    record = remove(folder, given.key)
    print(f"Removed {record.key}: {_rows_of(record.rows)} of {plain(record.file)}.")
    return 0


def _place(_given: argparse.Namespace, folder: Path, root: Path) -> int:
    from mapapp.incidents.importer import place_all  # noqa: PLC0415

    _store(folder)
    done = place_all(load(root), folder)
    print(f"Placed again: {', '.join(done)}." if done else "All records are placed in the areas as they are.")
    return 0


def _count(given: argparse.Namespace, folder: Path, root: Path) -> int:
    from mapapp.incidents.query import Queries  # noqa: PLC0415
    from mapapp.incidents.spatial_join import areas_of  # noqa: PLC0415
    from mapapp.incidents.vocabulary import KINDS  # noqa: PLC0415

    store = _store(folder)
    areas = areas_of(load(root))
    if given.place is not None and given.place not in areas.ids:
        raise MisuseError(f"there is no area {short_repr(given.place)}; the areas are {', '.join(areas.ids)}")
    kinds = None if given.kind is None else frozenset(given.kind.split(","))
    if kinds is not None and (strange := sorted(kinds - {*KINDS})):
        raise MisuseError(f"there is no kind {short_repr(strange[0])}; the kinds are {', '.join(KINDS)}")
    first = given.first or min(record.first for record in store.records)
    last = given.last or max(record.last for record in store.records)
    counted = Queries(store).by_kind(given.place, first, last, kinds, given.sure)
    where = f" in {given.place}" if given.place else ""
    print(f"{sum(number for _, number in counted):,} incidents{where}, {first} to {last}")
    for kind, number in counted:
        print(f"  {kind:<12} {number:>9,}")
    for record in store.records:
        print(f"Source: {plain(record.title)}; {plain(record.licence)}")
    return 0


def _synthetic(given: argparse.Namespace, _folder: Path, root: Path) -> int:
    from mapapp.incidents.synthetic import write_synthetic  # noqa: PLC0415

    out = Path(given.out)
    if out.suffix.lower() not in {".csv", ".parquet"}:
        raise MisuseError(
            f"no table is written so (got {short_repr(given.out)}); end its name in .csv or .parquet"
        )
    if not out.resolve().parent.is_dir():
        raise MisuseError(
            f"there is no folder {plain(str(out.resolve().parent))}; make it first, or write elsewhere"
        )
    refuse_data(out, root)
    if out.exists() or out.is_symlink():
        raise MisuseError(f"{plain(str(out))} exists already; name another, or remove it first")
    try:
        write_synthetic(out, given.rows, given.like, given.seed)
    except OSError as error:
        reason = error.strerror or str(error)
        raise MisuseError(f"{plain(str(out))} cannot be written ({reason}); write elsewhere") from None
    print(f"{given.rows:,} invented row{'' if given.rows == 1 else 's'} in {plain(str(out))}")
    return 0


def _rows(text: str) -> int:
    from mapapp.incidents.synthetic import MOST  # noqa: PLC0415

    if not (text.isascii() and text.isdigit() and 0 < int(text[:12]) <= MOST):
        raise argparse.ArgumentTypeError(
            f"that is no number of rows (got {short_repr(text)}); write one up to {MOST}"
        )
    return int(text)


def _seed(text: str) -> int:
    if not (text.isascii() and text.isdigit() and len(text) <= _SEED_DIGITS):
        raise argparse.ArgumentTypeError(
            f"that is no seed (got {short_repr(text)}); write a whole number from 0"
        )
    return int(text)

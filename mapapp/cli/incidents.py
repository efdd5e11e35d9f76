"""The ``incidents`` commands: import, list, place, count and remove datasets, write synthetic exports."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from mapapp.cli.incidents_history import history
from mapapp.cli.incidents_import import import_, rows_of
from mapapp.cli.incidents_lag import around, lag
from mapapp.cli.incidents_store import store_folder, store_option, stored_in
from mapapp.cli.options import (
    MisuseError,
    OlderSpellings,
    OneOf,
    data_option,
    day,
    examples,
    whole_number,
)
from mapapp.cli.output_file import Output, output_file, refuse_no_folder, refusing_os_errors
from mapapp.cli.reporting import SuggestingGroup
from mapapp.data.atomic_write import named, refuse_data
from mapapp.data.load import load
from mapapp.errors import plain, short_repr
from mapapp.incidents.store import covered, open_store
from mapapp.incidents.synthetic import MOST, write_synthetic
from mapapp.incidents.vocabulary import FORMATS, KINDS

if TYPE_CHECKING:
    from datetime import date

    from mapapp.incidents.completeness import Incomplete
    from mapapp.incidents.synthetic_values import Like

_MOST_SEED = 999_999_999


@click.group(cls=SuggestingGroup, no_args_is_help=False)
def incidents() -> None:
    """Import, list, count and remove datasets of incidents.

    A dataset is one imported file: an export of ACLED or UCDP GED, or a table of your own.
    """


incidents.add_command(import_)
incidents.add_command(lag)
incidents.add_command(around)
incidents.add_command(history)


@incidents.command("list", epilog=examples("mapapp incidents list"))
@store_option
@data_option
def list_(store: str | None, root: Path) -> None:
    """List the datasets."""
    folder = store_folder(store, root)
    found = open_store(folder)
    if found is None:
        print(f"No datasets are stored in {plain(str(folder))}.")
        return
    for dataset in found.datasets:
        print(f"{dataset.key}  {plain(dataset.title)}")
        replaced = f", {dataset.replaced:,} replaced by newer versions" if dataset.replaced else ""
        print(
            f"  {rows_of(dataset.rows)}, {dataset.rejected:,} rejected{replaced}, {dataset.first} to "
            f"{dataset.last}"
        )
        print(f"  {plain(dataset.file)}, imported {dataset.imported}; {plain(dataset.licence)}")


@incidents.command(epilog=examples("mapapp incidents remove export"))
@click.argument("key", metavar="KEY")
@store_option
@data_option
def remove(key: str, store: str | None, root: Path) -> None:
    """Remove a dataset from the store.

    KEY is the dataset's key, as shown by `mapapp incidents list`. The file it was imported from is kept.
    """
    from mapapp.incidents.revisions import remove as remove_dataset  # noqa: PLC0415 - pyarrow is slow to load

    folder = store_folder(store, root)
    stored_in(folder)
    dataset, restored = remove_dataset(folder, key)
    print(f"Removed {dataset.key}: {rows_of(dataset.rows)} of {plain(dataset.file)}.")
    if restored:
        print(f"Restored: {rows_of(restored)} of other datasets that it had replaced.")
    left = open_store(folder)
    for other in left.datasets if left else ():
        if dataset.sha256 in other.repeats:
            print(
                f"Rows of {plain(other.file)} that were stored with {dataset.key} only are gone too: import "
                f"that file again to store them with {other.key}."
            )


@incidents.command(epilog=examples("mapapp incidents place"))
@store_option
@data_option
def place(store: str | None, root: Path) -> None:
    """Reassign incidents to the map's areas.

    Run this after the areas have changed.
    """
    from mapapp.incidents.importer import place_all  # noqa: PLC0415 - geopandas takes a second to load

    folder = store_folder(store, root)
    stored_in(folder)
    done = place_all(load(root), folder)
    print(f"Reassigned: {', '.join(done)}." if done else "All datasets are up to date with the areas.")


@incidents.command(
    cls=OlderSpellings,
    epilog=examples(
        "mapapp incidents count --kinds shelling,air-strikes",
        "mapapp incidents count --first 2018-09-01 --last 2018-09-30 --certain",
    ),
)
@click.option("--place", "area", metavar="ID", help="Only incidents in this area.")
@click.option("--first", type=day, metavar="DAY", help="First day.  [default: the first in the data]")
@click.option("--last", type=day, metavar="DAY", help="Last day, inclusive.  [default: the last in the data]")
@click.option("--kinds", metavar="KINDS", help="Only these kinds, separated by commas.")
@click.option("--certain", is_flag=True, help="Only incidents that certainly fall in the window.")
@store_option
@data_option
def count(
    area: str | None,
    first: date | None,
    last: date | None,
    kinds: str | None,
    certain: bool,  # noqa: FBT001 - a flag
    store: str | None,
    root: Path,
) -> None:
    """Count incidents by kind."""
    from mapapp.incidents.completeness import incomplete  # noqa: PLC0415 - duckdb takes half a second to load
    from mapapp.incidents.query import Asked, Queries  # noqa: PLC0415 - as above
    from mapapp.incidents.spatial_join import areas_of  # noqa: PLC0415

    stored = stored_in(store_folder(store, root))
    areas = areas_of(load(root)).ids
    if area is not None and area not in areas:
        raise MisuseError(f"--place: no such area (got {short_repr(area)}); choose from {', '.join(areas)}")
    wanted = None if kinds is None else frozenset(kinds.split(","))
    if wanted is not None and (unknown := sorted(wanted - {*KINDS})):
        raise MisuseError(
            f"--kinds: no such kind (got {short_repr(unknown[0])}); choose from {', '.join(KINDS)}"
        )
    counting = [dataset for dataset in stored.datasets if dataset.rows]
    first = first or min(dataset.first for dataset in counting)
    last = last or max(dataset.last for dataset in counting)
    queries = Queries(stored)
    counted = queries.by_kind(area, first, last, wanted, certain)
    where = f" in {area}" if area else ""
    known = sum(number for _, number in counted)
    print(f"{known:,} incidents{where}, {first} to {last}")
    start, end = covered(stored)
    if first < start or last > end:
        print(f"  the incident data covers {start} to {end} only; of other days nothing is known")
    if still := incomplete(queries, Asked(area, first, last, wanted, certain)):
        print(f"  {_still_coming(known, still)}")
    for kind, number in counted:
        print(f"  {kind:<12} {number:>9,}")
    for dataset in counting:
        print(f"Source: {plain(dataset.title)}; {plain(dataset.licence)}")


def _still_coming(known: int, still: Incomplete) -> str:
    """Say what is still to be reported."""
    if still.more is None:
        return f"reports have only begun to come in: at least {known:,}; it is too early to say how many"
    low, high = (known + more for more in still.more)
    return f"reports are still coming in: at least {known:,}, likely {low:,} to {high:,} when complete (90 %)"


@incidents.command(epilog=examples("mapapp incidents synthetic export.csv --rows 300 --like ucdp"))
@click.argument("out", type=output_file(["csv", "parquet"]), metavar="OUT")
@click.option(
    "--rows",
    type=whole_number(1, MOST),
    default=10_000,
    show_default=True,
    metavar="N",
    help="Number of rows.",
)
@click.option("--like", type=OneOf(FORMATS), default="acled", show_default=True, help="Format to imitate.")
@click.option(
    "--seed",
    type=whole_number(0, _MOST_SEED),
    default=1,
    show_default=True,
    metavar="N",
    help="Random seed; the same seed gives the same file.",
)
@data_option
def synthetic(out: Output, rows: int, like: Like, seed: int, root: Path) -> None:
    """Generate a synthetic export for testing.

    OUT is the file to write: .csv or .parquet; it must not exist yet. Every row says that it is synthetic.
    """
    path = Path(out.path)
    with refusing_os_errors(out.path):
        refuse_no_folder(path.resolve())
        refuse_data(path, root)
        if path.exists() or path.is_symlink():
            raise MisuseError(f"OUT: already exists (got {named(path)}); choose another name")
        write_synthetic(path, load(root), rows, like, seed)
    print(f"{rows:,} synthetic row{'' if rows == 1 else 's'} in {plain(str(path))}")

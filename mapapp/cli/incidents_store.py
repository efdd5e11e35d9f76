"""Where the ``incidents`` commands find the datasets."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from mapapp.cli.options import MisuseError
from mapapp.data.atomic_write import named, refuse_data
from mapapp.incidents.store import default_folder, open_store

if TYPE_CHECKING:
    from mapapp.cli.options import Decorated
    from mapapp.incidents.store import Store


def store_option(command: Decorated) -> Decorated:
    """Add the option ``--store``, which `store_folder` resolves."""
    return click.option(
        "--store",
        metavar="DIR",
        help="Folder of the stored datasets.  [default: MAPAPP_INCIDENTS, or your user data folder]",
    )(command)


def store_folder(given: str | None, root: Path) -> Path:
    """Return the folder of the stored datasets, which must not be part of the data in ``root``."""
    folder = Path(given) if given else default_folder()
    refuse_data(folder, root)
    return folder


def stored_in(folder: Path) -> Store:
    """Return the store in a folder, which must hold a dataset."""
    store = open_store(folder)
    if store is None:
        fix = "import one with mapapp incidents import FILE, or name another with --store"
        raise MisuseError(f"--store: no datasets in this folder (got {named(folder)}); {fix}")
    return store

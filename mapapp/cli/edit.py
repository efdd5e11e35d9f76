"""The command ``edit``: the page with the author's panel, on this machine alone."""

from __future__ import annotations

import sys
import webbrowser
from pathlib import Path

import click

from mapapp.cli.loopback import loopback
from mapapp.cli.options import MisuseError, examples, whole_number
from mapapp.data.atomic_write import named


@click.command(epilog=examples("mapapp edit my-story", "mapapp edit my-story --port 8700 --no-browser"))
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@click.option(
    "--port", type=whole_number(1, 65535), metavar="N", help="Port to serve on.  [default: one that is free]"
)
@click.option("--no-browser", is_flag=True, help="Print the address without opening it.")
def edit(folder: Path, port: int | None, *, no_browser: bool) -> None:
    """Edit a data folder in the browser.

    The page is served to this machine alone. Its address holds a secret: do not pass it on.
    """
    from mapapp.authoring.desk import Desk  # noqa: PLC0415 - slow to load
    from mapapp.authoring.gazetteer import GazetteerError, open_gazetteer  # noqa: PLC0415 - slow to load
    from mapapp.authoring.server import serve  # noqa: PLC0415 - slow to load

    if not folder.is_dir():
        raise MisuseError(f"DIR: no such folder (got {named(folder)}); make one with mapapp new")

    def ready(address: str) -> None:
        print(f"Editing {named(folder)} at {address}\nPress Ctrl+C to end.", flush=True)
        if not no_browser:
            webbrowser.open(address)

    try:
        gazetteer, without = open_gazetteer(on_index=_say_index), ""
    except GazetteerError as error:
        gazetteer, without = None, f"{error}"
    with Desk.opened(folder, gazetteer, without) as desk:
        serve(desk, loopback(), port, ready)


def _say_index() -> None:
    print("Indexing the names of places once; this takes about half a minute …", file=sys.stderr, flush=True)

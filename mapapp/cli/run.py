"""The command ``run``: start Streamlit."""

from __future__ import annotations

import os
import sys
import tomllib
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from mapapp.cli.loopback import loopback
from mapapp.cli.options import data_option, examples, whole_number
from mapapp.core.embedding import EMBED_ON, origins
from mapapp.core.licences import FULL_TEXT

if TYPE_CHECKING:
    from collections.abc import Iterator

_PACKAGE = Path(__file__).resolve().parents[1]


class _Run(click.Command):
    """A command that keeps what follows ``--`` for Streamlit."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        end = args.index("--") if "--" in args else len(args)
        ctx.obj = args[end + 1 :]
        return super().parse_args(ctx, args[:end])


@click.command(
    cls=_Run,
    options_metavar="[OPTIONS] [-- STREAMLIT OPTIONS]",
    epilog=examples("mapapp run --port 8600", "mapapp run -- --server.address=0.0.0.0"),
)
@click.option("--port", type=whole_number(1, 65535), metavar="N", help="Port to serve on.  [default: 8501]")
@click.option(
    "--full-text",
    is_flag=True,
    help="Show the whole text of the articles even where their licence does not allow it to be published; "
    "for your own machine only.  [default: MAPAPP_FULL_TEXT]",
)
@click.option(
    "--embed-on",
    multiple=True,
    metavar="ORIGIN",
    help="A site that may show the app in a frame, such as https://example.org; may be repeated.  "
    "[default: MAPAPP_EMBED_ON]",
)
@data_option
@click.pass_obj
def run(
    streamlit_options: list[str],
    port: int | None,
    full_text: bool,  # noqa: FBT001 - click passes options by name
    embed_on: tuple[str, ...],
    root: Path,
) -> None:
    """Open the map in the browser.

    An article has its whole text where the licence of its source allows it to be published; otherwise it has
    the passages that statements quote. Options after -- are passed to Streamlit.
    """
    os.environ["MAPAPP_DATA"] = str(root.resolve())
    if full_text:
        os.environ[FULL_TEXT] = "1"
    if embed_on:
        os.environ[EMBED_ON] = " ".join(embed_on)
    origins(os.environ.get(EMBED_ON, "").split())
    settings = _settings() | ({"server.port": str(port)} if port is not None else {})
    command = [
        *(sys.executable, "-m", "streamlit", "run", str(_PACKAGE / "app.py")),
        *(f"--{name}={value}" for name, value in settings.items()),
        *streamlit_options,  # last, because Streamlit uses the last value of a setting given twice
    ]
    try:
        Path.home()
    except RuntimeError:  # Streamlit does not start without a home
        os.environ["HOME"] = os.sep
    sys.stdout.flush()
    os.execv(sys.executable, command)  # noqa: S606 - no shell; the arguments are the caller's own


def _settings() -> dict[str, str]:
    """Return the page's settings as options, so that no setting of the environment overrides them."""
    file = _PACKAGE / ".streamlit" / "config.toml"
    return dict(_flat(tomllib.loads(file.read_text("utf-8")))) | {"server.address": loopback()}


def _flat(table: dict[str, Any], prefix: str = "") -> Iterator[tuple[str, str]]:
    for key, value in table.items():
        if isinstance(value, dict):
            yield from _flat(value, f"{prefix}{key}.")
        else:
            yield prefix + key, str(value).lower() if isinstance(value, bool) else str(value)

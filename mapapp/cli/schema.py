"""The command ``schema``: JSON Schemas of the data files."""

from __future__ import annotations

import click

from mapapp.cli.options import OneOf, examples
from mapapp.data import json_schema


@click.command(epilog=examples("mapapp schema map", "mapapp schema events"))
@click.argument("name", metavar="FILE", type=OneOf([*json_schema.FILES]))
def schema(name: str) -> None:
    """Print the JSON Schema of a kind of data file.

    FILE is map, events, sources, actors, background or layer. Editors use it to check and complete what is
    written.
    """
    print(json_schema.text(name), end="")

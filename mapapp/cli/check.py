"""The commands on the data itself: ``check`` and ``tidy``."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import TYPE_CHECKING

import click

from mapapp.cli.options import OneOf, data_option, examples
from mapapp.cli.reporting import FAULTY, summary
from mapapp.data.atomic_write import write
from mapapp.data.checks import article
from mapapp.data.load import load
from mapapp.data.places import FOLDER as GEO
from mapapp.data.tidy import tidied

if TYPE_CHECKING:
    from pathlib import Path


@click.command(epilog=examples("mapapp check", "mapapp check --strict --data my-folder --format json"))
@click.option(
    "--format",
    "form",
    type=OneOf(["text", "json"]),
    default="text",
    show_default=True,
    help="Format of the list.",
)
@click.option("--strict", is_flag=True, help="List drafts and what nobody has reviewed, too.")
@data_option
@click.pass_context
def check(context: click.Context, form: str, strict: bool, root: Path) -> None:  # noqa: FBT001 - a flag
    """Check the data and list every fault.

    Exits with 0 if there are none, otherwise with 1.
    """
    faults = article.check(root, strict=strict)
    if form == "json":
        listed = [asdict(fault) | {"message": str(fault)} for fault in faults]
        for entry in listed:
            entry["item"] = entry.pop("where")  # the key of earlier versions
        print(json.dumps({"ok": not faults, "faults": listed}, ensure_ascii=False, indent=2))
    elif faults:
        print(summary(faults))
    else:
        print("No faults found.")
    if faults:
        context.exit(FAULTY)


@click.command(epilog=examples("mapapp tidy"))
@data_option
def tidy(root: Path) -> None:
    """Undo the changes GIS programs make when saving GeoJSON files.

    A diff then shows only what was edited. If the data has faults, nothing is written.
    """
    atlas = load(root)
    changed = []
    for layer in (layer for layer in atlas.layers if atlas.profile.layers[layer.id].changes is None):
        file = root / GEO / f"{layer.id}.geojson"
        before = file.read_bytes()
        after = tidied(json.loads(before), layer.id).encode()
        if after != before:
            write(file, after)
            changed.append(f"{GEO}/{layer.id}.geojson")
    print("\n".join(f"{file}: layout restored" for file in changed) or "All files are tidy.")

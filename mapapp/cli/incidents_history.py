"""The command ``incidents history``."""

from __future__ import annotations

import csv
import json
import sys
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

import click

from mapapp.cli.incidents_store import store_folder, store_option, stored_in
from mapapp.cli.options import MisuseError, OneOf, data_option, examples
from mapapp.core.sanitize import neutral
from mapapp.errors import plain, short_repr

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from mapapp.incidents.history import Replacement, Version
    from mapapp.incidents.store import Dataset, Store


@click.command(
    epilog=examples("mapapp incidents history", "mapapp incidents history SYR10001 --format csv"),
)
@click.argument("identity", metavar="[ID]", required=False)
@click.option("--dataset", "key", metavar="KEY", help="Only rows of this dataset.")
@click.option(
    "--format",
    "form",
    type=OneOf(["text", "json", "csv"]),
    default="text",
    show_default=True,
    help="Format of the list.",
)
@store_option
@data_option
def history(identity: str | None, key: str | None, form: str, store: str | None, root: Path) -> None:
    """Show what the publishers have revised.

    Without ID, the command counts for each dataset the rows that newer datasets replaced, and what changed in
    them. With ID, it lists all versions of the incident with this id, oldest first.
    """
    from mapapp.incidents.history import (  # noqa: PLC0415 - duckdb takes half a second to load
        Replacement,
        Version,
        replacements,
        versions,
    )

    stored = stored_in(store_folder(store, root))
    dataset = _dataset(stored, key)
    if identity is not None:
        found = versions(stored, identity, dataset)
        _write(form, found, Version._fields, _versions_text(found))
    else:
        counted = replacements(stored, [dataset] if dataset else stored.datasets)
        _write(form, counted, Replacement._fields, _replacements_text(counted))


def _dataset(store: Store, key: str | None) -> Dataset | None:
    known = {dataset.key: dataset for dataset in store.datasets}
    if key is not None and key not in known:
        raise MisuseError(
            f"--dataset: no such dataset (got {short_repr(key)}); choose from {', '.join(known)}"
        )
    return known[key] if key is not None else None


def _write(form: str, rows: Sequence[Any], columns: Sequence[str], text: str) -> None:
    if form == "json":
        print(json.dumps([_json(row) for row in rows], ensure_ascii=False, indent=2))
    elif form == "csv":
        writer = csv.writer(sys.stdout, lineterminator="\n")
        writer.writerow(columns)
        writer.writerows([_cell(value) for value in row] for row in rows)
    else:
        print(text)


def _json(row: Any) -> dict[str, Any]:  # noqa: ANN401 - any named tuple
    return {
        name: _moment(value) if isinstance(value, date) else value for name, value in row._asdict().items()
    }


def _cell(value: object) -> object:
    if isinstance(value, tuple):
        return " ".join(value)
    if isinstance(value, date):
        return _moment(value)
    return neutral(value) if isinstance(value, str) else value


def _moment(value: date) -> str:
    """Return a day, or a point in time in UTC, in ISO form."""
    return f"{value.isoformat()}Z" if isinstance(value, datetime) else value.isoformat()


def _replacements_text(rows: list[Replacement]) -> str:
    lines = []
    for row in rows:
        number = "1 row" if row.rows == 1 else f"{row.rows:,} rows"
        lines.append(f"{row.dataset}: {number} replaced by {row.replaced_by}, {row.replaced} UTC")
        changes = {name: getattr(row, name) for name in ("day", "kind", "place", "fatalities", "other")}
        changes["nothing that is stored"] = row.unchanged
        told = [f"{name} {count:,}" for name, count in changes.items() if count]
        lines.append(f"  changed: {', '.join(told)}")
    return "\n".join(lines) or "No stored rows have been replaced."


def _versions_text(rows: list[Version]) -> str:
    return "\n".join(line for row in rows for line in _version_lines(row))


def _version_lines(row: Version) -> list[str]:
    days = f"{row.first}" if row.first == row.last else f"{row.first} to {row.last}"
    dead = "" if row.fatalities is None else f", fatalities {plain(row.fatalities, 40)}"
    when = f"{row.published} UTC" if row.published else "time unknown"
    lines = [
        f"{plain(row.id, 80)}, {when}, in {row.dataset}",
        f"  {days}, {row.kind}, lat {row.lat}, lon {row.lon}{dead}",
    ]
    if row.changed:
        lines.append(f"  changed: {', '.join(row.changed)}")
    if row.replaced_by:
        lines.append(f"  replaced by {row.replaced_by}, {row.replaced} UTC")
    return lines

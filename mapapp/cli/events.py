"""The command ``events``: list the statements of the articles as text, JSON or CSV."""

from __future__ import annotations

import csv
import json
import sys
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

import click

from mapapp.cli.options import (
    MisuseError,
    OneOf,
    ViewCommand,
    data_option,
    drafts_option,
    examples,
    parameter_options,
    read_view_options,
)
from mapapp.core.drafts import has_drafts, without_drafts
from mapapp.core.relations import events_of
from mapapp.core.sanitize import neutral
from mapapp.core.select import select
from mapapp.data.load import load
from mapapp.errors import short_repr
from mapapp.text.dates import when_words
from mapapp.text.locales import current_language
from mapapp.text.quantities import quantity_words
from mapapp.text.quotation import quoted

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from mapapp.core.model import Article, Atlas, Event, Quantity
    from mapapp.core.view import View

_COLUMNS = (
    "id", "number", "number_shown", "article", "title", "kind", "modality", "said_by", "when", "edtf",
    "earliest_possible", "latest_possible", "places", "quantities", "passages",
)  # fmt: skip


# a list covers all days; the other commands open on the same days as the map
_DEFAULTS = MappingProxyType({"first": "0001-01-01", "last": "9999-12-31", "as_of": "all"})


@click.command(
    cls=ViewCommand,
    context_settings={"token_normalize_func": lambda name: "known" if name == "as-known" else name},
    epilog=examples(
        "mapapp events --first 2018-09-01 --last 2018-09-30",
        "mapapp events --said-by article --format json",
    ),
)
@click.option(
    "--format",
    "form",
    type=OneOf(["text", "json", "csv"]),
    default="text",
    show_default=True,
    help="Format of the list.",
)
@click.option("--place", metavar="ID", help="Only statements at this place or at places within it.")
@parameter_options(
    "first",
    "last",
    "certain",
    "as_of",
    "said_by",
    "kinds",
    "article",
    defaults={"first": "no limit", "last": "no limit", "as_of": "all"},
)
@drafts_option
@data_option
def events(form: str, place: str | None, root: Path, drafts: bool, **asked: str | None) -> None:  # noqa: FBT001
    """List the statements of the articles in order of appearance.

    Without --first and --last it lists the statements of all days; the other commands begin with the days the
    map opens on.
    """
    atlas = load(root) if drafts else without_drafts(load(root))
    view = read_view_options(asked, atlas, _DEFAULTS)
    rows = [_row(atlas, event) for event in _listed(atlas, view, place)]
    if form == "json":
        print(json.dumps(rows, ensure_ascii=False, indent=2))
        return
    quoting = [_quoting(atlas.article[row["article"]], row) for row in rows]
    if form == "csv":
        writer = csv.writer(sys.stdout, lineterminator="\n")
        columns = (*_COLUMNS, "draft") if has_drafts(atlas) else _COLUMNS
        writer.writerow(columns)
        writer.writerows([_cell(value) for value in _cells(row, columns)] for row in quoting)
    else:
        several = len(atlas.articles) > 1
        print("\n\n".join(_paragraph(row, several) for row in quoting) or "No statement matches.")


def _listed(atlas: Atlas, view: View, place: str | None) -> Iterable[Event]:
    chosen = [event for event, _ in select(atlas, view).events]
    if place is None:
        return chosen
    if place not in atlas.place:
        raise MisuseError(
            f"--place: no such place (got {short_repr(place)}); use the id of a place in data/geo/"
        )
    related = {event.id for event, _, _ in events_of(atlas, place)}
    return [event for event in chosen if event.id in related]


def _row(atlas: Atlas, event: Event) -> dict[str, Any]:
    """Return a statement as a row: its time in words, and its first and last possible day."""
    row: dict[str, Any] = {
        "id": event.id,
        "number": event.number,
        "number_shown": atlas.numbers[event.id],
        "article": event.article,
        "title": event.title,
        "kind": event.kind,
        "modality": event.modality,
        "said_by": event.said_by,
        "when": {
            "words": when_words(event.when),
            "edtf": event.when.edtf,
            "earliest_possible": event.when.earliest and event.when.earliest.isoformat(),
            "latest_possible": event.when.latest and event.when.latest.isoformat(),
        },
        "places": [link.id for link in event.places],
        "quantities": [_quantity(atlas, event, one) for one in event.quantities],
        "passages": [passage.exact for passage in event.passages],
    }
    return row | ({"draft": event.draft} if has_drafts(atlas) else {})


def _quantity(atlas: Atlas, event: Event, quantity: Quantity) -> dict[str, Any]:
    return {
        "kind": quantity.kind,
        "min": quantity.least,
        "best": quantity.best,
        "max": quantity.most,
        "unit": atlas.profile.quantities[quantity.kind].unit_in(current_language()),
        "as_said": quantity.words,
        "words": quantity_words(atlas, atlas.article[event.article], quantity),
    }


def _quoting(article: Article, row: dict[str, Any]) -> dict[str, Any]:
    """Return a row with its passages in quotation marks, each on one line."""
    return row | {"passages": [quoted(article, passage) for passage in row["passages"]]}


def _cell(value: object) -> str:
    text = " | ".join(value) if isinstance(value, list) else "" if value is None else str(value)
    return neutral(text)


def _cells(row: dict[str, Any], columns: Iterable[str]) -> Iterator[object]:
    flat = {**row, **row["when"], "when": row["when"]["words"]}
    flat["quantities"] = [one["words"] for one in row["quantities"]]
    return (flat[column] for column in columns)


def _paragraph(row: dict[str, Any], several: bool) -> str:  # noqa: FBT001 - whether to name the article
    draft = "Draft. " if row.get("draft") else ""
    number = f"{row['number_shown']}. " if several else ""
    return "\n".join(
        [
            f"{number}{draft}{row['when']['words']}: {row['title']}",
            f"  {row['id']}: {row['kind']}, {row['modality']}, said by {row['said_by']}",
            *([f"  article: {row['article']}"] if several else []),
            f"  places: {', '.join(row['places'])}",
            *(f"  {one['words']}" for one in row["quantities"]),
            *(f"  {passage}" for passage in row["passages"]),
        ]
    )

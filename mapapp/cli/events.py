"""The command ``events``: list the article's statements as text, JSON or CSV."""

from __future__ import annotations

import csv
import json
import sys
from datetime import date
from typing import TYPE_CHECKING, Any

import click

from mapapp.cli.options import MisuseError, OneOf, data_option, day, examples, older_spellings
from mapapp.core.edtf import Window
from mapapp.core.relations import events_of
from mapapp.core.sanitize import neutral
from mapapp.core.select import select
from mapapp.core.view import View
from mapapp.data.fields import ARTICLE
from mapapp.data.load import load
from mapapp.errors import short_repr
from mapapp.text.dates import when_words
from mapapp.text.quotation import quoted

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from mapapp.core.model import Article, Atlas, Event

_COLUMNS = (
    "id", "title", "kind", "modality", "said_by", "when", "edtf", "earliest_possible", "latest_possible",
    "places", "passages",
)  # fmt: skip


def day_or_all(text: str) -> date | None:
    """Read a day, or ``all`` for no limit."""
    return None if text == "all" else day(text)


@click.command(
    context_settings=older_spellings,
    epilog=examples(
        "mapapp events --first 2018-09-01 --last 2018-09-30",
        "mapapp events --place zone-idlib --said-by article --format json",
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
@click.option("--first", type=day, metavar="DAY", help="First day, such as 2018-09-17.  [default: no limit]")
@click.option("--last", type=day, metavar="DAY", help="Last day, included.  [default: no limit]")
@click.option("--place", metavar="ID", help="Only statements at this place or at places within it.")
@click.option(
    "--said-by",
    metavar="IDS",
    help="Only statements by these actors, separated by commas; 'article' for the article itself.",
)
@click.option(
    "--as-of",
    type=day_or_all,
    metavar="DAY",
    help="Hide statements about anything that began after this day; 'all' hides nothing.  [default: all]",
)
@data_option
def events(
    form: str,
    first: date | None,
    last: date | None,
    place: str | None,
    said_by: str | None,
    as_of: date | None,
    root: Path,
) -> None:
    """List the article's statements in order of appearance."""
    window = Window(first or date.min, last or date.max)
    atlas = load(root)
    view = View(window=window, said_by=_speakers(atlas, said_by), as_of=as_of)
    rows = [_row(event) for event in _listed(atlas, view, place)]
    if form == "json":
        print(json.dumps(rows, ensure_ascii=False, indent=2))
        return
    quoting = [_quoting(atlas.article, row) for row in rows]
    if form == "csv":
        writer = csv.writer(sys.stdout, lineterminator="\n")
        writer.writerow(_COLUMNS)
        writer.writerows([_cell(value) for value in _cells(row)] for row in quoting)
    else:
        print("\n\n".join(map(_paragraph, quoting)) or "No statement in the article matches.")


def _speakers(atlas: Atlas, actors: str | None) -> frozenset[str] | None:
    if actors is None:
        return None
    asked = frozenset(actors.split(","))
    if unknown := sorted(asked - {ARTICLE, *atlas.actor}):
        speakers = ", ".join(sorted({event.said_by for event in atlas.events}))
        raise MisuseError(f"--said-by: no such actor (got {short_repr(unknown[0])}); choose from {speakers}")
    return asked


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


def _row(event: Event) -> dict[str, Any]:
    """Return a statement as a row: its time in words, and its first and last possible day."""
    return {
        "id": event.id,
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
        "passages": [passage.exact for passage in event.passages],
    }


def _quoting(article: Article, row: dict[str, Any]) -> dict[str, Any]:
    """Return a row with its passages in quotation marks, each on one line."""
    return row | {"passages": [quoted(article, passage) for passage in row["passages"]]}


def _cell(value: object) -> str:
    text = " | ".join(value) if isinstance(value, list) else "" if value is None else str(value)
    return neutral(text)


def _cells(row: dict[str, Any]) -> Iterator[object]:
    flat = {**row, **row["when"], "when": row["when"]["words"]}
    return (flat[column] for column in _COLUMNS)


def _paragraph(row: dict[str, Any]) -> str:
    return "\n".join(
        [
            f"{row['when']['words']}: {row['title']}",
            f"  {row['id']}: {row['kind']}, {row['modality']}, said by {row['said_by']}",
            f"  places: {', '.join(row['places'])}",
            *(f"  {passage}" for passage in row["passages"]),
        ]
    )

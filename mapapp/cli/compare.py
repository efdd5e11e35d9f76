"""The command ``compare``: who held what on two days, as text, JSON or CSV."""

from __future__ import annotations

import csv
import json
import sys
from typing import TYPE_CHECKING, Any

import click

from mapapp.cli.options import (
    OneOf,
    ViewCommand,
    data_option,
    drafts_option,
    examples,
    parameter_options,
    read_view_options,
)
from mapapp.core.compare import comparison
from mapapp.core.drafts import without_drafts
from mapapp.data.load import load
from mapapp.text.comparison import comparison_words, estimate_words, holder_rows
from mapapp.text.dates import day_words
from mapapp.text.labels import kind_words
from mapapp.text.locales import language
from mapapp.text.messages import words

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from mapapp.core.compare import Comparison, Estimate, Holder
    from mapapp.core.model import Atlas

_COLUMNS = (
    "first", "last", "measure", "layer", "kind", "from", "to",
    "km2_min", "km2_best", "km2_max", "rounded_min", "rounded_best", "rounded_max",
)  # fmt: skip


@click.command(
    cls=ViewCommand,
    epilog=examples(
        "mapapp compare 2018-09-17",
        "mapapp compare 2018-09-17 --last 2019-09-17 --format json",
    ),
)
@click.argument("day", metavar="DAY")
@click.option(
    "--format",
    "form",
    type=OneOf(["text", "json", "csv"]),
    default="text",
    show_default=True,
    help="Format of the result.",
)
@parameter_options("first", "last", "certain", "as_of", "language")
@drafts_option
@data_option
def compare(day: str, form: str, root: Path, drafts: bool, **asked: str | None) -> None:  # noqa: FBT001
    """Compare who held what on DAY with the last day of the window.

    Areas are in km2: the best value, and the least and the most from the expected errors of the lines. In
    JSON and CSV, min, best and max are as computed; the rounded ones are those of the text. With --language
    sentences and labels are in that language; numbers in JSON and CSV are not.
    """
    atlas = load(root) if drafts else without_drafts(load(root))
    view = read_view_options({**asked, "compare": day}, atlas)
    found = comparison(atlas, view)
    assert found is not None  # noqa: S101 - days that cannot be compared have been refused
    if form == "csv":
        writer = csv.writer(sys.stdout, lineterminator="\n")
        writer.writerow(_COLUMNS)
        writer.writerows(_rows(found))
        return
    with language(view.language):
        worded = _text(atlas, found) if form == "text" else _record(atlas, found)
    print(worded if isinstance(worded, str) else json.dumps(worded, ensure_ascii=False, indent=2))


def _record(atlas: Atlas, found: Comparison) -> dict[str, Any]:
    """Return a comparison for JSON."""
    return {
        "first": found.first.isoformat(),
        "last": found.last.isoformat(),
        "same": found.same,
        "sentences": comparison_words(atlas, found),
        "holders": [
            {
                "layer": holder.layer,
                "kind": holder.kind,
                "label": kind_words(atlas.profile, holder.kind),
                **{name: _estimate(km2) for name, km2 in _measures(holder).items()},
            }
            for holder in found.kinds
        ],
        "transfers": [
            {"from": one.before, "to": one.after, "km2": _estimate(one.land.km2)} for one in found.transfers
        ],
        "areas_first": [place.id for place in found.areas[0]],
        "areas_last": [place.id for place in found.areas[1]],
    }


def _measures(holder: Holder) -> dict[str, Estimate]:
    return {
        "held_first": holder.earlier,
        "held_last": holder.later,
        "gained": holder.gained.km2,
        "lost": holder.lost.km2,
        "net": holder.net,
    }


def _estimate(km2: Estimate) -> dict[str, object]:
    """Return an area as computed, to the hectare, and in round numbers."""
    least, best, most, *rounded = _numbers(km2)
    return {
        "min": least,
        "best": best,
        "max": most,
        "rounded": dict(zip(("min", "best", "max"), rounded, strict=True)),
    }


def _numbers(km2: Estimate) -> list[float]:
    exact = [round(value, 2) + 0.0 for value in (km2.least, km2.best, km2.most)]
    rounded = (km2.rounded.least, km2.rounded.best, km2.rounded.most)
    return [*exact, *(int(value) if value.is_integer() else value for value in rounded)]


def _rows(found: Comparison) -> Iterator[list[object]]:
    days = [found.first, found.last]
    for holder in found.kinds:
        for name, km2 in _measures(holder).items():
            yield [*days, name, holder.layer, holder.kind, "", "", *_numbers(km2)]
    for one in found.transfers:
        yield [*days, "transfer", "", "", one.before or "", one.after or "", *_numbers(one.land.km2)]


def _text(atlas: Atlas, found: Comparison) -> str:
    days = {"first": day_words(found.first), "last": day_words(found.last)}
    transfers = [
        (
            words("compare-transfer", before=_kind(atlas, one.before), after=_kind(atlas, one.after)),
            estimate_words(one.land.km2),
        )
        for one in found.transfers
    ]
    parts = [
        comparison_words(atlas, found),
        [words("compare-title", **days)],
        *(
            [_kind(atlas, holder.kind), *_table(list(holder_rows(holder, *days.values())))]
            for holder in found.kinds
        ),
        [words("compare-transfers-head"), *_table(transfers)] if transfers else [],
        [words("compare-method")],
    ]
    return "\n\n".join("\n".join(lines) for lines in parts if lines)


def _table(rows: Sequence[tuple[str, str]]) -> list[str]:
    """Return rows as indented lines with columns of the same width."""
    wide = max(len(label) for label, _ in rows)
    return [f"  {label.ljust(wide)}  {value}" for label, value in rows]


def _kind(atlas: Atlas, kind: str | None) -> str:
    return kind_words(atlas.profile, kind) if kind else words("compare-not-shown")

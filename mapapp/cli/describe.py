"""The command ``describe``: the view in words, as text, JSON or HTML."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import click

from mapapp.cli.options import (
    OneOf,
    ViewCommand,
    data_option,
    drafts_option,
    examples,
    read_view_options,
    view_options,
)
from mapapp.core.description import lies_of
from mapapp.core.drafts import without_drafts
from mapapp.core.select import select
from mapapp.data.load import load
from mapapp.text.describe import account, account_values, plain_account
from mapapp.text.locales import language
from mapapp.view_address import address_of
from mapapp.web.account import account_section

if TYPE_CHECKING:
    from pathlib import Path

    from mapapp.core.description import Lie
    from mapapp.core.model import Atlas
    from mapapp.core.view import View


@click.command(
    cls=ViewCommand,
    epilog=examples(
        "mapapp describe",
        "mapapp describe --first 2018-09-01 --last 2018-09-30 --format html",
    ),
)
@click.option(
    "--format",
    "form",
    type=OneOf(["text", "json", "html"]),
    default="text",
    show_default=True,
    help="Format of the account; html is a section to paste into a page.",
)
@view_options
@drafts_option
@data_option
def describe(form: str, root: Path, base_url: str | None, drafts: bool, **asked: str | None) -> None:  # noqa: FBT001
    """Describe the view in words, for readers who cannot see the map.

    It says where things lie in relation to each other, what holds on that day, how sure that is, and who says
    so. Each entry says whether the article says it or we added it. JSON also has the relations as values.
    """
    atlas = load(root) if drafts else without_drafts(load(root))
    view = read_view_options(asked, atlas)
    with language(view.language):
        sections = account(atlas, view)
        if form == "json":
            values = {
                "address": address_of(view, atlas, base_url),
                "sections": account_values(sections),
                **_relations(atlas, view),
            }
            print(json.dumps(values, ensure_ascii=False, indent=2))
        elif form == "html":
            print(account_section(sections))
        else:
            print(plain_account(sections), end="")


def _relations(atlas: Atlas, view: View) -> dict[str, Any]:
    """Return where the places shown lie; distances in km, sizes in km2 or, of lines, in km."""
    lies = lies_of(atlas)
    return {
        "main_place": lies.main,
        "extent_km": lies.extent,
        "places": [
            {"id": place.id, **_values(lies.places[place.id])}
            for place, *_ in select(atlas, view).places
            if place.id in lies.places
        ],
    }


def _values(lie: Lie) -> dict[str, Any]:
    values = vars(lie) | {
        "offset": lie.offset and lie.offset._asdict(),
        "ends": lie.ends and [end._asdict() for end in lie.ends],
        "through": [{"id": item, "km": km} for item, km in lie.through],
    }
    return {name: value for name, value in values.items() if value not in (None, (), [])}

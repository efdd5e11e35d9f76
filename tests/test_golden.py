"""What the shipped map says stays the same: statements, cards, layers, words of its figures and accounts.

The files of ``tests/golden`` were first compared with the output of the program from before it had profiles.
To write them anew after a change that is meant: ``python tests/test_golden.py``; then read the difference.
"""

from __future__ import annotations

import contextlib
import io
import re
from collections.abc import Iterator
from html import unescape
from pathlib import Path

import pytest

from mapapp.cli.main import main
from mapapp.core.model import Atlas
from mapapp.data.load import load
from mapapp.figure import draw
from mapapp.text.describe import account, plain_account
from mapapp.text.labels import credit, key_words, layer_words, map_lead, map_title, status_words
from mapapp.view_address import read_address
from mapapp.web import cards

GOLDEN = Path(__file__).with_name("golden")
VIEWS = {
    "figure-day": {},
    "figure-2018": {"first": "2018-09-01", "last": "2018-09-30"},
    "figure-whole": {"first": "2017-01-01", "last": "2020-12-31", "as_of": "all"},
    "figure-zone-homs": {"selected": "zone-homs"},
}
ACCOUNTS = ("account-day", "account-2018")


def lines_of(html: object) -> str:
    """Return the text of a card, each run of it on a line."""
    parts = re.split("<[^>]+>", str(html))
    return "\n".join(text for part in parts if (text := " ".join(unescape(part).split())))


COMMANDS = {
    "events": ["events"],
    **{
        f"compare-{form}": ["compare", "2020-01-28", "--last", "2020-02-19", "--format", form]
        for form in ("text", "json", "csv")
    },
}


def printed(command: list[str]) -> str:
    out = io.StringIO()
    with contextlib.redirect_stdout(out):
        assert main(command) == 0
    return out.getvalue()


def statements(atlas: Atlas) -> str:
    return "\n\n".join(lines_of(cards.event_card(atlas, event)) for event in atlas.events)


def legend(atlas: Atlas) -> str:
    """Return title and credit, and what panel and key say of each layer and class of places."""

    def said() -> Iterator[str]:
        yield from (map_title(atlas), map_lead(atlas), credit(atlas), ", ".join(atlas.profile.languages))
        for name in atlas.profile.listed:
            places = [place for layer in atlas.layers if layer.id == name for place in layer.places]
            yield f"\n{name}: {layer_words(atlas.profile, name)} ({len(places)})"
            classes = {(place.kind, None) for place in places}
            classes |= {(place.kind, status.status) for place in places for status in place.statuses}
            for kind, status in sorted(classes, key=str):
                end = f" [{status_words(atlas.profile, status)}]" if status else ""
                yield f"  {key_words(atlas.profile, kind, status)}{end}"

    return "\n".join(said())


def figure(atlas: Atlas, name: str) -> str:
    """Return the words of a figure as an SVG, in its order."""
    view, remarks = read_address(VIEWS[name], atlas)
    assert not remarks
    svg = draw(atlas, view, "svg", address="").decode()
    found = re.findall(r"<(text|title|desc)\b[^>]*>(.*?)</\1>", svg, re.DOTALL)
    return "\n".join(lines_of(text) for _, text in found if "Data " not in text)


def description(atlas: Atlas, name: str) -> str:
    """Return the account of a view in words."""
    view, remarks = read_address(VIEWS[name.replace("account", "figure")], atlas)
    assert not remarks
    return plain_account(account(atlas, view))


def made(atlas: Atlas, name: str) -> str:
    """Return what the program says now, for one of the files."""
    if name in ACCOUNTS:
        return description(atlas, name)
    if name in VIEWS:
        return figure(atlas, name)
    if name in COMMANDS:
        return printed(COMMANDS[name])
    return {"statements": statements, "legend": legend}[name](atlas)


NAMES = (*COMMANDS, "statements", "legend", *ACCOUNTS, *VIEWS)


@pytest.mark.parametrize(
    "name", [pytest.param(name, marks=[pytest.mark.slow] * (name in VIEWS)) for name in NAMES]
)
def test_the_shipped_map_says_what_it_said(name: str, atlas: Atlas) -> None:
    assert made(atlas, name).strip() == (GOLDEN / f"{name}.txt").read_text("utf-8").strip()


if __name__ == "__main__":
    shipped = load()
    for each in NAMES:
        (GOLDEN / f"{each}.txt").write_text(made(shipped, each).strip() + "\n", encoding="utf-8")

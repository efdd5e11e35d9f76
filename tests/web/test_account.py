"""Python and the script describe a view in the same words."""

from __future__ import annotations

import json
import subprocess
from dataclasses import replace
from datetime import date
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest
from test_rules import drawn, near, node, views, wire
from tiny import Tiny
from two_articles import OLDER, with_drafts

from mapapp.cli.main import main
from mapapp.core.edtf import Window
from mapapp.core.model import Atlas
from mapapp.core.view import View
from mapapp.data.load import load
from mapapp.text.account_parts import parts
from mapapp.text.describe import account, account_values
from mapapp.text.locales import language
from mapapp.text.messages import words
from mapapp.view_address import default_view, read_address
from mapapp.web.comparison_table import comparison_table
from mapapp.web.payload import payload

SOURCES = str(files("mapapp.web") / "src")
REPLAY = str(Path(__file__).with_name("account_replay.js"))
TEMPLATES = Path(__file__).resolve().parents[2] / "mapapp" / "templates"
QUERIES: tuple[dict[str, str], ...] = (
    {},
    {"first": "2018-09-01", "last": "2018-09-30", "as_of": "all"},
    {"first": "2017-01-01", "last": "2020-12-31", "as_of": "all", "certain": "1"},
    {"said_by": "article,erdogan", "kinds": "control,threat", "hidden": "posts,towns,events"},
    {"selected": "zone-homs", "background": "0"},
    {"compare": "2020-01-28"},
    {"compare": "2018-09-17", "first": "2019-05-05", "last": "2019-05-05"},
    {"first": "2018-09-17", "last": "2018-09-20", "compare": "2018-09-18"},
    {"first": "2018-09-01", "last": "2018-09-30", "as_of": "2018-09-30"},
)


def scripted(atlas: Atlas, asked: list[View], folder: Path) -> Any:
    """Return the accounts of views by the script, in the current language."""
    cases = folder / "cases.json"
    given = {
        "atlas": payload(atlas),
        "views": [wire(view) for view in asked],
        "compared": comparison_table(atlas) if any(view.compare for view in asked) else None,
    }
    cases.write_text(json.dumps(given), "utf-8")
    command = [node(), REPLAY, SOURCES, str(cases)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603 - our script
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def plain(value: object) -> Any:
    return json.loads(json.dumps(value))


def agree(atlas: Atlas, asked: list[View], folder: Path) -> None:
    made = scripted(atlas, asked, folder)
    for view, sections in zip(asked, made, strict=True):
        assert sections == plain(account_values(account(atlas, view)))


@pytest.mark.parametrize("tag", ["en", "ar", "tr", "ru"])
def test_the_script_describes_the_shipped_map_as_python_does(atlas: Atlas, tag: str, tmp_path: Path) -> None:
    asked = []
    for query in QUERIES:
        view, remarks = read_address(query, atlas)
        assert not remarks
        asked.append(replace(view, language=tag))
    with language(tag):
        agree(atlas, asked, tmp_path)


@pytest.mark.parametrize("tag", ["en", "ar", "tr", "ru"])
def test_an_account_has_the_sentences_and_numbers_of_the_command_compare(
    tag: str, capsys: pytest.CaptureFixture[str]
) -> None:
    days = ("--last", "2020-02-19", "--language", tag)
    assert main(["compare", "2020-01-28", *days]) == 0
    said = [line.strip() for line in capsys.readouterr().out.splitlines() if line]
    assert main(["describe", "--compare", "2020-01-28", *days, "--format", "json"]) == 0
    sections = json.loads(capsys.readouterr().out)["sections"]
    [section] = [one for one in sections if one["title"] in said]
    assert {entry["text"] for entry in section["entries"]} <= {*said}
    assert said[0] == section["entries"][0]["text"]
    rows = [(heading, entry["text"]) for heading, entries in section["groups"] for entry in entries]
    assert len(rows) >= 8
    with language(tag):
        for heading, text in rows:
            assert heading in said
            assert any(
                text == words("account-size", label=label, size=size)
                for label, size in (line.split("  ", 1) for line in said if "  " in line)
                for size in [size.strip()]
            )


def test_an_account_says_which_day_has_no_snapshot(atlas: Atlas) -> None:
    view, _ = read_address({"compare": "2019-07-01"}, atlas)
    lead, *others = account(atlas, view)
    assert "There is no snapshot of 1 July 2019." in [entry.text for entry in lead.entries]
    assert not any("compared, in km²" in section.title for section in others)


@pytest.mark.parametrize("template", ["conflict", "disaster", "politics"])
def test_the_script_describes_each_template_as_python_does(template: str, tmp_path: Path) -> None:
    atlas = load(TEMPLATES / template)
    agree(atlas, [default_view(atlas)], tmp_path)


def test_the_script_describes_several_articles_and_drafts_as_python_does(tmp_path: Path) -> None:
    atlas = load(with_drafts().write(tmp_path / "data"))
    whole = View(Window(date(2020, 1, 1), date(2020, 12, 31)), names="en")
    agree(atlas, [whole, replace(whole, article=OLDER), default_view(atlas)], tmp_path)


@pytest.mark.slow
def test_the_script_describes_any_view_as_python_does(tmp_path: Path) -> None:
    atlas = load(Tiny().write(tmp_path / "data"))
    asked = [replace(view, language=None) for view in drawn(views(atlas, near), 100)]
    agree(atlas, asked, tmp_path)


def test_an_account_is_worded_once_in_each_language(atlas: Atlas) -> None:
    own = parts(atlas)
    with language("ru"):
        other = parts(atlas)
    assert parts(atlas) is own
    assert other["title"] != own["title"]

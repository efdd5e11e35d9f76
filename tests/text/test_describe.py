"""The text account of a view says what the map shows, whose words each entry is, and how sure it is."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from itertools import pairwise
from pathlib import Path

import pytest
from hostile import HOSTILE, harmless, hostile_atlas
from tiny import Tiny
from two_articles import OLDER, two_articles, with_drafts

from mapapp.core.edtf import Window
from mapapp.core.model import Atlas
from mapapp.core.select import select
from mapapp.core.view import View
from mapapp.data.load import load
from mapapp.text.describe import ADDED, ARTICLE, Entry, Section, account, plain_account
from mapapp.view_address import default_view, read_address
from mapapp.web.account import account_section

TEMPLATES = Path(__file__).resolve().parents[2] / "mapapp" / "templates"


def entries(sections: tuple[Section, ...]) -> list[Entry]:
    return [
        entry
        for section in sections
        for part in (section.entries, *(group for _, group in section.groups))
        for entry in part
    ]


def asked(atlas: Atlas, **query: str) -> tuple[Section, ...]:
    view, remarks = read_address(query, atlas)
    assert not remarks
    return account(atlas, view)


def sentences(sections: tuple[Section, ...]) -> str:
    return plain_account(sections)


def test_each_visible_statement_is_told_once_with_its_words(atlas: Atlas) -> None:
    view = default_view(atlas)
    told = [entry for entry in entries(account(atlas, view)) if entry.voice == ARTICLE]
    numbers = [re.search(r"Statement (\d+):", entry.text) for entry in told]
    shown = [atlas.numbers[event.id] for event, _ in select(atlas, view).events]
    assert sorted(number[1] for number in numbers if number) == sorted(shown)
    assert all(entry.quote and entry.quote.text and entry.quote.lang == "en" for entry in told)


def test_what_is_added_is_never_quoted_and_what_counts_has_no_voice(atlas: Atlas) -> None:
    found = entries(account(atlas, default_view(atlas)))
    assert {entry.voice for entry in found} == {"", ADDED, ARTICLE}
    assert not [entry for entry in found if entry.quote and entry.voice != ARTICLE]


def test_every_place_shown_is_named(atlas: Atlas) -> None:
    view = default_view(atlas)
    text = sentences(account(atlas, view))
    base = {layer.id for layer in atlas.profile.layers.values() if layer.group == "base"}
    for place, *_ in select(atlas, view).places:
        if place.layer not in base:
            assert place.names.text("en").split(",")[0].split(" (")[0] in text


def test_an_area_of_the_day_says_size_sides_precision_and_sources(atlas: Atlas) -> None:
    text = sentences(asked(atlas, first="2020-02-19", last="2020-02-19"))
    entry = next(line for line in text.splitlines() if "Opposition-held area around Idlib" in line)
    for said in (
        "km²",
        "Seen from Idlib",
        "Accurate to about 5 km",
        "Sources:",
        "Inside it",
        "Too close to its edge",
    ):
        assert said in entry


def test_the_account_follows_the_window_and_the_known_day(atlas: Atlas) -> None:
    early = sentences(asked(atlas, first="2018-09-01", last="2018-09-30", as_of="all"))
    assert "1 September 2018 to 30 September 2018" in early
    assert "What began or was published later is included." in early
    assert "Who held what on 30 September 2018" in early
    unpublished = sentences(asked(atlas, first="2018-09-01", last="2018-09-30", as_of="2018-09-30"))
    assert "No article had been published by 30 September 2018." in unpublished
    assert "No statement is shown." in unpublished


def test_filters_hidden_layers_and_the_selection_are_said(atlas: Atlas) -> None:
    text = sentences(
        asked(
            atlas,
            said_by="article",
            hidden="posts,contact-lines",
            kinds="clashes,control",
            background="0",
            selected="zone-idlib",
            certain="1",
        )
    )
    for said in (
        "are hidden by filters.",
        "Only statements by: the article.",
        "Hidden in this view:",
        "Background events are hidden",
        "Selected: Idlib de-escalation zone.",
        "certainly fall in this period",
    ):
        assert said in text
    assert "Contact line on" not in text
    assert "Only these kinds of statement: " in text


def test_a_hidden_layer_is_not_named_inside_areas(atlas: Atlas) -> None:
    assert "from “Military posts”" in sentences(asked(atlas))
    assert "Military posts”" not in sentences(asked(atlas, hidden="posts"))


def test_statements_that_may_fall_outside_the_period_say_so(atlas: Atlas) -> None:
    view = default_view(atlas)
    found = [
        entry for entry in entries(account(atlas, view)) if "It may fall outside this period." in entry.text
    ]
    assert len(found) == sum(sure == "possible" for _, sure in select(atlas, view).events) > 0


def test_a_layer_without_a_snapshot_for_the_day_says_so(atlas: Atlas) -> None:
    text = sentences(asked(atlas, first="2017-01-01", last="2017-01-02", as_of="all"))
    assert "Nothing of “Who held what” is shown for this time." in text


def test_two_articles_have_letters_and_their_own_wording(tmp_path: Path) -> None:
    atlas = load(two_articles().write(tmp_path))
    view = replace(default_view(atlas), window=Window(date(2020, 2, 1), date(2020, 2, 28)), as_of=None)
    text = sentences(account(atlas, view))
    assert "What the articles say, by place" in text
    assert "Statement A1: " in text
    assert "Statement B1: " in text
    only = sentences(account(atlas, replace(view, article=OLDER)))
    assert "Only statements from this article: " in only
    assert "Statement B1: " not in only


def test_drafts_are_said_to_be_drafts(tmp_path: Path) -> None:
    atlas = load(with_drafts().write(tmp_path))
    view = View(Window(date(2020, 1, 1), date(2020, 12, 31)))
    assert "Draft, not reviewed. Statement" in sentences(account(atlas, view))
    assert "are drafts that nobody has reviewed." in sentences(account(atlas, view))


@pytest.mark.parametrize("template", ["conflict", "disaster", "politics"])
def test_each_template_has_an_account_of_its_own_words(template: str) -> None:
    atlas = load(TEMPLATES / template)
    text = sentences(account(atlas, default_view(atlas)))
    assert "Idlib" not in text
    assert "{" not in text
    assert "What the article says, by place" in text


def test_a_folder_without_areas_of_control_has_no_such_section(tiny: Tiny, tmp_path: Path) -> None:
    del tiny.layers["control"]
    atlas = load(tiny.write(tmp_path))
    assert not [one for one in account(atlas, default_view(atlas)) if " on 19 February 2020" in one.title]


def test_the_account_as_html_holds_an_attack_as_text(tiny_atlas: Atlas) -> None:
    bad = hostile_atlas(tiny_atlas)
    made = account_section(account(bad, replace(default_view(tiny_atlas), as_of=None)))
    assert HOSTILE in harmless(made).text


def test_headings_of_the_html_are_in_order(atlas: Atlas) -> None:
    made = account_section(account(atlas, default_view(atlas)))
    levels = [int(level) for level in re.findall(r"<h(\d)", made)]
    assert levels[0] == 2
    assert all(after - before <= 1 for before, after in pairwise(levels))

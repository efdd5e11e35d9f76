"""Two days compared in a figure: hatches, key, lines and the numbers of the command."""

from __future__ import annotations

import re

from mapapp.core.compare import comparison
from mapapp.core.model import Atlas
from mapapp.figure import draw
from mapapp.figure.notes import Notes
from mapapp.text.comparison import comparison_words
from mapapp.view_address import read_address

DAYS = {"first": "2020-02-19", "last": "2020-02-19", "compare": "2020-01-28"}


def words_of(svg: str) -> str:
    return " ".join(re.sub("<[^>]+>", "", text) for text in re.findall(r"<text\b.*?</text>", svg, re.DOTALL))


def test_the_map_hatches_what_changed_hands_and_its_key_says_so(atlas: Atlas) -> None:
    view, remarks = read_address(DAYS, atlas)
    assert not remarks
    svg = draw(atlas, view, "svg", address="?").decode()
    layer = svg[svg.index('id="compared"') :].split("</g>")[0]
    assert layer.count("<path") >= 5  # hatch and outline of two pieces of land, and the line of the other day
    assert "stroke-opacity" in layer
    said = words_of(svg)
    assert "Became: Government-held area" in said
    assert "Contact line on 28 January 2020" in said


def test_the_lead_and_the_notes_have_the_sentences_of_the_command(atlas: Atlas) -> None:
    view, _ = read_address(DAYS, atlas)
    found = comparison(atlas, view)
    assert found is not None
    notes = Notes(atlas, view)
    sentences = comparison_words(atlas, found)
    assert notes.lead[: len(sentences)] == sentences
    assert len(notes.compared_items()) == len(found.kinds) + 1  # and how it is measured


def test_a_day_without_a_snapshot_is_said_and_nothing_is_hatched(atlas: Atlas) -> None:
    view, _ = read_address(DAYS | {"compare": "2019-07-01"}, atlas)
    assert Notes(atlas, view).lead[0] == "There is no snapshot of 1 July 2019."
    assert 'id="compared"' not in draw(atlas, view, "svg", address="?").decode()


def test_a_change_that_the_comparison_hatches_is_on_the_map_and_in_the_key_once(atlas: Atlas) -> None:
    both, alone = (
        words_of(draw(atlas, read_address(days, atlas)[0], "svg", address="?").decode())
        for days in (DAYS, {key: day for key, day in DAYS.items() if key != "compare"})
    )
    assert "Came under government control" in alone
    assert "Came under government control" not in both
    assert "Became: Government-held area" in both

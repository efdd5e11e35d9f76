"""The steps of a story: one for each statement, or those of data/story.yaml."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml
from tiny import Tiny
from two_articles import two_articles, with_drafts

from mapapp.core.drafts import without_drafts
from mapapp.core.edtf import Window, read_when
from mapapp.core.model import Atlas, OwnStep
from mapapp.core.names import Names
from mapapp.core.select import select
from mapapp.core.story import steps
from mapapp.data.checks.article import check
from mapapp.data.load import load
from mapapp.errors import DataError
from mapapp.view_address import address_of, check_address, read_address, step_view, write_address

STORY = "data/story.yaml"
DAY = date(2020, 2, 19)


def told(tiny: Tiny, *entries: Mapping[str, Any]) -> Tiny:
    """Return the folder with steps of its own."""
    tiny.instead[STORY] = yaml.safe_dump([*entries]).encode()
    return tiny


def test_without_steps_of_its_own_a_story_is_the_statements_in_order(tiny_atlas: Atlas) -> None:
    found = steps(tiny_atlas)
    assert [step.shown for step in found] == [event.id for event in tiny_atlas.events]
    assert [step.number for step in found] == [1, 2, 3, 4, 5, 6]
    assert all(step.own is None and not step.hidden and step.camera is None for step in found)


def test_of_several_articles_the_older_comes_first(tmp_path: Path) -> None:
    atlas = load(two_articles().write(tmp_path))
    found = steps(atlas)
    numbers = [atlas.numbers[step.shown or ""] for step in found]
    assert numbers == ["A1", "A2", "A3", "A4", "A5", "A6", "B1", "B2"]
    assert [step.number for step in found] == [1, 2, 3, 4, 5, 6, 7, 8]


def test_drafts_are_no_steps(tmp_path: Path) -> None:
    atlas = load(with_drafts().write(tmp_path))
    assert "soldiers-leave" not in [step.shown for step in steps(atlas)]


@pytest.mark.parametrize(
    ("when", "first", "last"),
    [
        ("2018-09", date(2018, 9, 1), date(2018, 9, 30)),
        ("2020-02-19/..", DAY, DAY),
        ("2018-09-17/..", date(2018, 9, 17), DAY),
        ("2020-03-01/..", date(2020, 3, 1), date(2020, 3, 1)),
        ("../2020-02-10", date(2020, 2, 10), date(2020, 2, 10)),
        ("../2020-02-29", DAY, date(2020, 2, 29)),
        ("../..", DAY, DAY),
    ],
)
def test_the_window_of_a_step_is_the_days_its_statement_is_about(
    tiny_atlas: Atlas, when: str, first: date, last: date
) -> None:
    event = replace(tiny_atlas.events[0], when=read_when(when))
    atlas = replace(tiny_atlas, events=(event,))
    assert steps(atlas)[0].window == Window(first, last)


def test_each_step_shows_its_statement(atlas: Atlas) -> None:
    for step in steps(atlas):
        view = step_view(atlas, step.number)
        assert (view.step, view.selected, view.window) == (step.number, step.shown, step.window)
        assert step.shown in [event.id for event, _ in select(atlas, view).events]


def test_a_step_of_ones_own_takes_its_days_from_what_it_shows(tiny_atlas: Atlas) -> None:
    own = [
        OwnStep(Names({"en": "Where"})),
        OwnStep(Names({"en": "What"}), show="quiet-zone"),
        OwnStep(Names({"en": "Why"}), show="zone-signed"),
        OwnStep(Names({"en": "Who"}), show="rivertown", first=date(2020, 2, 1)),
        OwnStep(Names({"en": "Then"}), show="rivertown", first=date(2020, 3, 1), hidden=("roads",)),
    ]
    found = steps(replace(tiny_atlas, story=tuple(own)))
    assert [(str(step.window.first), str(step.window.last)) for step in found] == [
        ("2020-02-19", "2020-02-19"),
        ("2018-09-01", "2018-09-30"),
        ("2018-09-17", "2018-09-17"),
        ("2020-02-01", "2020-02-19"),
        ("2020-03-01", "2020-03-01"),
    ]
    assert [step.own for step in found] == own
    assert found[4].hidden == {"roads"}


def test_steps_of_ones_own_are_read_from_the_data(tmp_path: Path) -> None:
    entry = {
        "title": {"en": "The zone", "ru": "Зона"},
        "text": {"en": "Both sides agreed."},
        "show": "quiet-zone",
        "first": "2018-09-10",
        "last": "2018-09-20",
        "hidden": ["roads", "towns"],
        "camera": [35.5, 37, 9],
    }
    atlas = load(told(Tiny(), entry, {"title": {"en": "End"}}).write(tmp_path))
    (zone, end) = steps(atlas)
    assert zone.own is not None
    assert zone.own.title.text("ru") == "Зона"
    assert zone.own.text == Names({"en": "Both sides agreed."})
    assert zone.window == Window(date(2018, 9, 10), date(2018, 9, 20))
    assert (zone.camera, set(zone.hidden)) == ((35.5, 37.0, 9.0), {"roads", "towns"})
    assert end.shown is None
    view = step_view(atlas, 1)
    assert (view.camera, view.hidden, view.selected) == (zone.camera, zone.hidden, "quiet-zone")


@pytest.mark.parametrize(
    ("entry", "message"),
    [
        ({"text": {"en": "x"}}, "[0].title: the key is missing; add it"),
        (
            {"title": {"en": "x"}, "shows": "rivertown"},
            '[0].shows: unknown key (got "rivertown"); did you mean show?',
        ),
        ({"title": "x"}, "[0].title: the text has no language"),
        ({"title": {"ru": "x"}}, "[0].title: there is no name in en (got ru)"),
        ({"title": {"en": "<b>x</b>"}}, "[0].title.en: the text contains HTML"),
        (
            {"title": {"en": "x"}, "show": "nowhere"},
            '[0].show: there is no such statement, place or background fact (got "nowhere"); correct the id',
        ),
        ({"title": {"en": "x"}, "first": "2020-02-30"}, "[0].first: the date does not exist"),
        (
            {"title": {"en": "x"}, "first": "2020-02-20", "last": "2020-02-19"},
            "[0].first: the first day is after the last (got 2020-02-20, 2020-02-19); put the",
        ),
        (
            {"title": {"en": "x"}, "hidden": ["seas"]},
            '[0].hidden[0]: there is no such layer to hide (got "seas"); use ',
        ),
        ({"title": {"en": "x"}, "camera": [35, 37]}, "[0].camera"),
        ({"title": {"en": "x"}, "camera": [95, 37, 9]}, "[0].camera[0]: not an angle in degrees (got 95)"),
        (
            {"title": {"en": "x"}, "show": "quiet-zone", "first": "2020-02-01", "last": "2020-02-19"},
            "[0].show: what the step shows is hidden, or not of its days (got 2020-02-01 to 2020-02-19)",
        ),
        (
            {"title": {"en": "x"}, "show": "rivertown", "hidden": ["towns"]},
            "[0].show: what the step shows is hidden",
        ),
    ],
)
def test_a_fault_in_a_step_is_one_line_that_says_how_to_mend_it(
    tmp_path: Path, entry: dict[str, object], message: str
) -> None:
    folder = told(Tiny(), entry).write(tmp_path)
    with pytest.raises(DataError) as raised:
        load(folder)
    (fault,) = map(str, raised.value.faults)
    assert fault.startswith(f"{STORY}: {message}")


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"[]", "the story has no steps; write at least one step, or remove the file"),
        (b"title: x", "not a list (got a mapping); begin each item with a hyphen"),
        (b"- x", '[0]: expected a mapping of keys to values (got "x")'),
        (b"- [", "the file is not YAML"),
    ],
)
def test_a_story_that_is_no_list_of_steps_is_reported(tmp_path: Path, content: bytes, message: str) -> None:
    tiny = Tiny()
    tiny.instead[STORY] = content
    with pytest.raises(DataError, match=STORY) as raised:
        load(tiny.write(tmp_path))
    (fault,) = map(str, raised.value.faults)
    assert message in fault


def test_the_faults_of_all_steps_are_reported_at_once(tmp_path: Path) -> None:
    entries = [
        {"title": {"en": "x"}, "show": "a"},
        {"text": {"en": "x"}},
        {"title": {"en": "x"}, "show": "b"},
    ]
    with pytest.raises(DataError) as raised:
        load(told(Tiny(), *entries).write(tmp_path))
    assert [fault.where for fault in raised.value.faults] == ["[0].show", "[1].title", "[2].show"]


def test_a_published_story_shows_no_draft(tmp_path: Path) -> None:
    tiny = told(with_drafts(), {"title": {"en": "x"}, "show": "hamlet"})
    folder = tiny.write(tmp_path)
    with pytest.raises(DataError, match=r'\[0\]\.show: "hamlet" is a draft'):
        without_drafts(load(folder))
    assert [(fault.file, fault.where) for fault in check(folder)] == [(STORY, "[0].show")]


def test_an_address_of_a_step_alone_is_its_view(tiny_atlas: Atlas) -> None:
    view, remarks = read_address({"step": "4"}, tiny_atlas)
    assert remarks == ()
    assert (view.step, view.selected) == (4, "quiet-zone")
    assert view.window == Window(date(2018, 9, 1), date(2018, 9, 30))
    assert write_address(view, tiny_atlas) == {"step": "4"}


def test_what_an_address_says_besides_its_step_counts(tiny_atlas: Atlas) -> None:
    view, _ = read_address({"step": "4", "selected": "rivertown", "hidden": "roads"}, tiny_atlas)
    assert (view.step, view.selected, set(view.hidden)) == (4, "rivertown", {"roads"})
    assert view.window == Window(date(2018, 9, 1), date(2018, 9, 30))
    later, _ = read_address({"step": "4", "first": "2020-01-01", "last": "2020-01-31"}, tiny_atlas)
    assert later.window == Window(date(2020, 1, 1), date(2020, 1, 31))
    older, _ = read_address({"step": "4", "from": "2020-01-01"}, tiny_atlas)
    assert older.window == Window(date(2020, 1, 1), DAY)


def test_a_reader_who_departs_from_a_step_comes_back_to_the_same_view(tiny_atlas: Atlas) -> None:
    step = step_view(tiny_atlas, 4)
    for view in (
        replace(step, selected=None),
        replace(step, window=Window(DAY, DAY)),
        replace(step, camera=(35.0, 37.0, 9.0)),
        replace(step, hidden=frozenset(["roads"]), background=False),
    ):
        assert read_address(write_address(view, tiny_atlas), tiny_atlas) == (view, ())
        query = address_of(view, tiny_atlas, None).removeprefix("?")
        assert read_address(dict(part.split("=") for part in query.split("&")), tiny_atlas)[0] == view


@pytest.mark.parametrize("step", ["0", "7", "x", "1.5", "01", "٣"])
def test_a_step_that_does_not_exist_is_said_to_be_unknown(tiny_atlas: Atlas, step: str) -> None:
    view, (fault,) = check_address({"step": step}, tiny_atlas, lambda name: f"--{name}")
    assert (view.step, view.selected) == (None, None)
    assert (
        str(fault)
        == f'--step: expected the number of a step from 1 to 6 (got "{step}"); use a number from 1 to 6'
    )


def test_a_map_without_statements_has_no_steps(tiny_atlas: Atlas) -> None:
    _, (fault,) = check_address({"step": "1"}, replace(tiny_atlas, events=()))
    assert str(fault) == 'step: unknown value (got "1"); leave it out, for this map has none'

"""Which items a view shows."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

from tiny import Tiny

from mapapp.core.edtf import Window
from mapapp.core.model import Atlas
from mapapp.core.select import Selection, select
from mapapp.core.view import View
from mapapp.data.load import load

ARTICLE_DAY = date(2020, 2, 19)
ALWAYS = View(Window(date(1900, 1, 1), date(2100, 12, 31)))


def view(first: str, last: str) -> View:
    return View(Window(date.fromisoformat(first), date.fromisoformat(last)))


def on(day: str) -> View:
    return view(day, day)


def events(selection: Selection) -> dict[str, str]:
    return {event.id: sure for event, sure in selection.events}


def places(selection: Selection) -> dict[str, str]:
    return {place.id: sure for place, sure, _ in selection.places}


def status(atlas: Atlas, asked: View, place_id: str) -> str | None:
    return next(
        found.status if found else None
        for place, _, found in select(atlas, asked).places
        if place.id == place_id
    )


def test_a_month_that_is_cut_by_the_window_is_only_possible(tiny_atlas: Atlas) -> None:
    assert events(select(tiny_atlas, view("2018-09-01", "2018-09-30"))) == {"quiet-zone": "certain"}
    assert events(select(tiny_atlas, view("2018-09-10", "2018-12-31"))) == {"quiet-zone": "possible"}


def test_a_view_of_certain_events_has_no_possible_ones(tiny_atlas: Atlas) -> None:
    asked = replace(view("2018-09-10", "2018-12-31"), certain=True)
    assert events(select(tiny_atlas, asked)) == {}
    assert "zone-idlib" in places(select(tiny_atlas, asked))


def test_speakers_and_kinds_are_kept_apart(tiny_atlas: Atlas) -> None:
    leader = replace(ALWAYS, said_by=frozenset({"leader"}))
    assert set(events(select(tiny_atlas, leader))) == {"war-threatened", "soldiers-leave"}
    threats = replace(leader, kinds=frozenset({"threat"}))
    assert set(events(select(tiny_atlas, threats))) == {"war-threatened"}
    assert events(select(tiny_atlas, replace(ALWAYS, said_by=frozenset()))) == {}


def test_only_selected_layers_show(tiny_atlas: Atlas) -> None:
    asked = replace(ALWAYS, hidden=frozenset(tiny_atlas.profile.layers) - {"towns"})
    assert set(places(select(tiny_atlas, asked))) == {"rivertown", "faraway"}


def test_a_place_shows_while_it_is_valid(tiny_atlas: Atlas) -> None:
    assert "zone-idlib" not in places(select(tiny_atlas, on("2017-05-03")))
    assert places(select(tiny_atlas, on("2017-05-04")))["zone-idlib"] == "certain"


def test_only_the_snapshot_of_the_last_day_shows(tiny_atlas: Atlas) -> None:
    assert "held-2020" in places(select(tiny_atlas, view("2018-01-01", "2020-02-19")))
    assert "held-2018" not in places(select(tiny_atlas, view("2018-01-01", "2020-02-19")))
    assert "held-2018" in places(select(tiny_atlas, view("2017-01-01", "2018-12-31")))
    assert not {"held-2018", "held-2020"} & set(places(select(tiny_atlas, view("2018-01-01", "2020-06-01"))))


def test_a_snapshot_not_yet_known_is_replaced_by_the_last_known_one(tiny_atlas: Atlas) -> None:
    late = view("2018-01-01", "2020-12-31")
    assert "held-2020" not in places(select(tiny_atlas, late))
    assert "held-2020" in places(select(tiny_atlas, replace(late, as_of=date(2020, 2, 19))))


def test_nothing_is_known_before_the_article(tiny_atlas: Atlas) -> None:
    assert events(select(tiny_atlas, replace(ALWAYS, as_of=date(2020, 2, 18)))) == {}
    assert len(events(select(tiny_atlas, replace(ALWAYS, as_of=ARTICLE_DAY)))) == len(tiny_atlas.events)


def test_what_began_after_the_as_of_day_is_hidden(tiny_atlas: Atlas) -> None:
    known = replace(ALWAYS, as_of=ARTICLE_DAY)
    assert [fact.id for fact, _ in select(tiny_atlas, known).facts] == ["zone-signed"]
    assert [fact.id for fact, _ in select(tiny_atlas, ALWAYS).facts] == ["zone-signed", "truce-later"]
    early = places(select(tiny_atlas, replace(ALWAYS, as_of=date(2017, 1, 1))))
    assert "syria" in early  # open since ever
    assert "zone-idlib" not in early


def test_background_can_be_left_out(tiny_atlas: Atlas) -> None:
    assert select(tiny_atlas, replace(ALWAYS, background=False)).facts == ()


def test_a_later_status_replaces_an_earlier_one(tiny_atlas: Atlas) -> None:
    assert status(tiny_atlas, on("2017-06-01"), "zone-idlib") == "agreed"
    assert status(tiny_atlas, on("2020-02-19"), "zone-idlib") == "in-force"
    assert status(tiny_atlas, view("2018-01-01", "2020-02-07"), "post-one") == "open"
    assert status(tiny_atlas, on("2020-02-19"), "post-one") == "surrounded"
    assert status(tiny_atlas, on("2020-02-19"), "rivertown") is None


def test_a_status_that_was_not_yet_known_does_not_count(tiny_atlas: Atlas) -> None:
    asked = replace(view("2018-01-01", "2020-12-31"), as_of=date(2020, 2, 1))
    assert status(tiny_atlas, asked, "post-one") == "open"


def test_a_status_with_an_end_ends(tiny: Tiny, tmp_path: Path) -> None:
    del tiny.place("post-one")["properties"]["statuses"][1]
    assert status(load(tiny.write(tmp_path)), on("2020-02-19"), "post-one") is None


def test_a_status_with_only_a_start_continues(tiny: Tiny, tmp_path: Path) -> None:
    tiny.place("post-one")["properties"]["statuses"] = [
        {"status": "agreed", "when": "2018-02", "sources": ["map"]}
    ]
    atlas = load(tiny.write(tmp_path))
    assert status(atlas, on("2018-01-31"), "post-one") is None
    assert status(atlas, on("2020-02-19"), "post-one") == "agreed"


def test_the_same_view_gives_the_same_selection(tiny_atlas: Atlas) -> None:
    assert select(tiny_atlas, ALWAYS) == select(tiny_atlas, ALWAYS)

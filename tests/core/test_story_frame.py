"""Where and when a map opens."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from mapapp.core.edtf import Window, read_when
from mapapp.core.model import Atlas
from mapapp.core.story_frame import has_land, opening_days
from mapapp.view_address import default_view, read_address, write_address


def said(atlas: Atlas, *times: str) -> Atlas:
    """Return the atlas with one statement for each time."""
    event = atlas.events[0]
    events = (replace(event, id=f"s{number}", when=read_when(time)) for number, time in enumerate(times))
    return replace(atlas, events=tuple(events))


def test_a_map_opens_on_the_day_of_the_article(tiny_atlas: Atlas) -> None:
    day = tiny_atlas.day
    assert opening_days(said(tiny_atlas, "2020-02-19", "2020-02-19", "2018")) == Window(day, day)
    assert opening_days(said(tiny_atlas)) == Window(day, day)


def test_a_map_of_what_happened_before_opens_on_the_last_days_that_hold_half_of_it(tiny_atlas: Atlas) -> None:
    atlas = said(tiny_atlas, "2020-02-10", "2020-02-12", "2020-02-14", "2020-02-19", "2018")
    assert opening_days(atlas) == Window(date(2020, 2, 12), tiny_atlas.day)
    view = default_view(atlas)
    assert (view.window, view.as_of) == (Window(date(2020, 2, 12), tiny_atlas.day), tiny_atlas.day)
    assert write_address(view, atlas) == {}
    assert read_address({}, atlas) == (view, ())


def test_statements_about_later_days_alone_do_not_move_the_opening(tiny_atlas: Atlas) -> None:
    day = tiny_atlas.day
    assert opening_days(said(tiny_atlas, "2020-03-01", "2020-03-02")) == Window(day, day)


def test_land_and_sea_can_be_told_apart_only_where_there_is_land(tiny_atlas: Atlas) -> None:
    assert has_land(tiny_atlas)
    layers = tuple(layer for layer in tiny_atlas.layers if layer.id != "land")
    assert not has_land(replace(tiny_atlas, layers=layers))

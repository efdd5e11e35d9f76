"""What travels to the browser: plain JSON, days as numbers, everything joined, no text that could act."""

from __future__ import annotations

import json
from datetime import date, timedelta
from typing import Any

import pytest
from hostile import harmless, hostile_atlas

from mapapp.core.join import events_of
from mapapp.core.model import Atlas
from mapapp.core.select import SNAPSHOTS
from mapapp.render import payload


def sent(atlas: Atlas) -> dict[str, Any]:
    """Return what a browser reads out of the script."""
    body = payload.script(atlas)
    assert body.startswith("window.mapappAtlas=JSON.parse(")
    read: dict[str, Any] = json.loads(
        json.loads(body.removeprefix("window.mapappAtlas=JSON.parse(").rstrip(");\n"))
    )
    return read


@pytest.fixture(scope="module")
def got(atlas: Atlas) -> dict[str, Any]:
    """Return the shipped atlas as the browser gets it."""
    return sent(atlas)


def test_a_hostile_atlas_travels_as_text(tiny_atlas: Atlas) -> None:
    bad = hostile_atlas(tiny_atlas)
    body = payload.script(bad)
    assert not set("<>&") & set(body)
    assert "{{" not in body
    assert "{%" not in body
    read = sent(bad)
    for markup in (*read["cards"].values(), *read["details"].values(), *read["paragraphs"]):
        harmless(markup)


def test_days_are_numbers_and_open_ends_are_null(got: dict[str, Any], atlas: Atlas) -> None:
    def day(number: int | None) -> date | None:
        return None if number is None else date(1970, 1, 1) + timedelta(days=number)

    whens = {
        **{event.id: event.when for event in atlas.events},
        **{fact.id: fact.when for fact in atlas.facts},
    }
    whens |= {place.id: place.valid for place in atlas.place.values()}
    for item in (*got["events"], *got["facts"], *got["places"]):
        when = whens[item["id"]]
        assert [day(item[key]) for key in "elst"] == [
            when.earliest,
            when.latest,
            when.sure_from,
            when.sure_to,
        ]
        assert (item["through"], item["unsure"]) == (when.throughout, when.uncertain)
    assert day(got["article"]["day"]) == atlas.article.date


def test_everything_is_there_once_and_has_a_card(got: dict[str, Any], atlas: Atlas) -> None:
    assert [item["id"] for item in got["places"]] == list(atlas.place)
    assert [item["id"] for item in got["events"]] == list(atlas.event)
    assert [item["id"] for item in got["facts"]] == list(atlas.fact)
    assert got["cards"].keys() == {*atlas.place, *atlas.event, *atlas.fact}
    assert got["details"].keys() == atlas.place.keys()


def test_related_events_come_directly_and_through_what_lies_within(got: dict[str, Any], atlas: Atlas) -> None:
    for place in atlas.place:
        assert got["related"].get(place, []) == [[event.id, via] for event, via, _ in events_of(atlas, place)]
    vias = [via for _, via in got["related"]["governorate-idlib"]]
    assert None in vias
    assert any(via is not None for via in vias)


def test_the_layers_say_which_are_snapshots_and_which_can_be_switched(got: dict[str, Any]) -> None:
    layers = {layer["id"]: layer for layer in got["layers"]}
    assert {name for name, layer in layers.items() if layer["snapshot"]} == SNAPSHOTS
    assert {name for name, layer in layers.items() if layer["group"] == "base"} == {"land", "countries"}
    assert set(got["address"]["parameters"]["hide"]["allowed"]) == {"events", "incidents", *layers} - {
        "land",
        "countries",
    }


def test_every_layer_of_the_data_is_sent(got: dict[str, Any], atlas: Atlas) -> None:
    assert {layer["id"] for layer in got["layers"]} == {layer.id for layer in atlas.layers}


def test_the_presets_are_the_articles_own_times(got: dict[str, Any]) -> None:
    def number(day: str) -> int:
        return (date.fromisoformat(day) - date(1970, 1, 1)).days

    rows = {label: (first, last) for label, first, last in got["presets"]}
    assert rows["2017"] == (number("2017-01-01"), number("2017-12-31"))
    assert rows["September 2018"] == (number("2018-09-01"), number("2018-09-30"))
    assert rows["February 2020"] == (number("2020-02-01"), number("2020-02-29"))
    assert rows["Article's day"] == (number("2020-02-19"),) * 2
    assert rows["Whole story"][1] == number("2020-02-19")


def test_the_axis_holds_everything_dated(got: dict[str, Any]) -> None:
    first, last = got["span"]
    assert first <= min(row[1] for row in got["presets"])
    for item in (*got["events"], *got["facts"]):
        assert all(first <= item[end] <= last for end in "el" if item[end] is not None)


def test_a_label_lies_in_or_on_what_it_names(got: dict[str, Any], atlas: Atlas) -> None:
    for item in got["places"]:
        if item["at"] is not None:
            west, south, east, north = atlas.place[item["id"]].geometry.bounds
            lon, lat = item["at"]
            assert west - 1e-3 <= lon <= east + 1e-3
            assert south - 1e-3 <= lat <= north + 1e-3


def test_nothing_is_written_that_changes_from_one_time_to_the_next(atlas: Atlas) -> None:
    assert payload.script(atlas) == payload.script(atlas)

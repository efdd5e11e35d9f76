"""The data sent to the browser: plain JSON, days as numbers, everything joined, text escaped."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from hostile import Read, harmless, hostile_atlas
from lxml import etree
from shapely.geometry import LineString, Point
from tiny import Tiny

from mapapp.core.edtf import Window
from mapapp.core.model import Atlas
from mapapp.core.relations import events_of
from mapapp.core.story_frame import home
from mapapp.core.view import View
from mapapp.data.load import load
from mapapp.export import write
from mapapp.exported_page import exported_page
from mapapp.figure import draw
from mapapp.web import payload


def sent(atlas: Atlas) -> dict[str, Any]:
    """Return what a browser reads out of the script."""
    body = payload.script(payload.payload(atlas))
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
    body = payload.script(payload.payload(bad))
    assert not set("<>&") & set(body)
    assert "{{" not in body
    assert "{%" not in body
    read = sent(bad)
    for markup in (*read["cards"].values(), *read["details"].values(), *read["articles"][0]["paragraphs"]):
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
        assert [day(item[key]) for key in ("earliest", "latest", "certainFrom", "certainTo")] == [
            when.earliest,
            when.latest,
            when.certain_from,
            when.certain_to,
        ]
        assert (item["throughout"], item["uncertain"]) == (when.throughout, when.uncertain)
    assert day(got["articles"][0]["day"]) == day(got["day"]) == atlas.day


def test_every_item_occurs_once_and_has_a_card(got: dict[str, Any], atlas: Atlas) -> None:
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
    assert {name for name, layer in layers.items() if layer["snapshot"]} == {"control", "contact-lines"}
    assert {name for name, layer in layers.items() if layer["group"] == "base"} == {"land", "countries"}
    assert set(got["address"]["parameters"]["hidden"]["allowed"]) == {"events", "incidents", *layers} - {
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
    assert rows["Article date"] == (number("2020-02-19"),) * 2
    assert rows["Whole story"][1] == number("2020-02-19")


def test_the_axis_holds_everything_dated(got: dict[str, Any]) -> None:
    first, last = got["span"]
    assert first <= min(row[1] for row in got["presets"])
    for item in (*got["events"], *got["facts"]):
        assert all(first <= item[end] <= last for end in ("earliest", "latest") if item[end] is not None)


def test_a_label_lies_in_or_on_what_it_names(got: dict[str, Any], atlas: Atlas) -> None:
    for item in got["places"]:
        if item["at"] is not None:
            west, south, east, north = atlas.place[item["id"]].geometry.bounds
            lon, lat = item["at"]
            assert west - 1e-3 <= lon <= east + 1e-3
            assert south - 1e-3 <= lat <= north + 1e-3


def test_the_payload_is_reproducible(atlas: Atlas) -> None:
    assert payload.script(payload.payload(atlas)) == payload.script(payload.payload(atlas))


def test_a_place_of_a_kind_of_its_own_has_a_name_and_a_rank(tiny: Tiny, tmp_path: Path) -> None:
    for features in tiny.layers.values():
        for feature in features:
            feature["properties"]["kind"] = "relief-camp"
    tiny.profile = None
    for item in sent(load(tiny.write(tmp_path)))["places"]:
        if item["layer"] == "land":
            continue
        assert item["at"] is not None
        assert item["rank"] < 99


def test_the_name_of_a_line_in_parts_stands_on_its_longest_part(tiny: Tiny, tmp_path: Path) -> None:
    parts = [[[36.5, 34.5], [36.6, 34.6]], [[37, 35], [37.5, 36.5]]]
    tiny.place("road-one")["geometry"] = {"type": "MultiLineString", "coordinates": parts}
    tiny.place("road-one")["properties"]["kind"] = "motorway"
    atlas = load(tiny.write(tmp_path))
    (item,) = (item for item in sent(atlas)["places"] if item["id"] == "road-one")
    assert LineString(parts[1]).distance(Point(item["at"])) < 1e-3


def test_a_map_of_points_only_opens_on_them(tiny: Tiny, tmp_path: Path) -> None:
    for layer in ("governorates", "zones", "control"):
        del tiny.layers[layer]
    for event in tiny.events:
        event["places"] = [{"id": "rivertown", "role": "about", "note": "x"}]
    for fact in tiny.facts:
        fact.pop("places", None)
    for name in ("post-one", "rivertown"):
        tiny.place(name)["properties"]["within"] = ["syria"]
    assert tiny.profile is not None
    del tiny.profile["home"]
    (south, west), (north, east) = home(load(tiny.write(tmp_path)))
    assert south < 35.6 < north
    assert west < 37.2 < east
    assert north - south < 1
    assert east - west < 1


@pytest.mark.parametrize(
    ("text", "language", "direction"),
    [
        (" date 2020-02-19 دخل الجيش المدينة.", "ar", "rtl"),
        (" date 2020-02-19 ارتش وارد شهر گرگان شد.", "und-Arab", "rtl"),
        (" date 2020-02-19 Армия вошла в город.", "ru", "ltr"),
        (" date 2020-02-19 Армія увійшла в місто їх.", "und-Cyrl", "ltr"),
        (" date 2020-02-19 सेना शहर में घुसी।", "hi", "ltr"),
        (" date 2020-02-19 Ordu şehre girdi ve bir açıklama yaptı.", "tr", "ltr"),
        (" date 2020-02-19 The army of Erdoğan entered the city.", "en", "ltr"),
    ],
)
def test_the_article_says_its_language_and_direction(
    tiny: Tiny, tmp_path: Path, text: str, language: str, direction: str
) -> None:
    tiny.article = text.encode()
    tiny.events, tiny.facts = [], []
    article = sent(load(tiny.write(tmp_path)))["articles"][0]
    assert (article["lang"], article["dir"]) == (language, direction)


def test_a_given_language_is_used(tiny: Tiny, tmp_path: Path) -> None:
    tiny.head["language"] = "en-GB"
    assert sent(load(tiny.write(tmp_path)))["articles"][0]["lang"] == "en-GB"


CODE = "On <b onclick=x>&amp; ${5} {{7*7}} {% raise %} </script> javascript:alert(1) 'both' agreed."


def test_code_in_an_article_is_text_in_every_format(tiny: Tiny, tmp_path: Path) -> None:
    tiny.article += f" {CODE}".encode()
    tiny.event("zone-guarded")["passages"] = [
        {"exact": "The zone is guarded, and the zone is wide."},
        {"exact": CODE},
    ]
    tiny.event("zone-guarded")["places"][0]["words"] = "On <b onclick=x>&amp;"
    atlas = load(tiny.write(tmp_path))
    read = sent(atlas)
    for markup in (*read["cards"].values(), *read["articles"][0]["paragraphs"]):
        made = Read(markup)
        assert not made.tags & {"b", "script", "img"}
        assert "onclick" not in made.attributes
    assert CODE in "".join(Read(markup).text for markup in read["articles"][0]["paragraphs"])
    view = View(Window(atlas.day, atlas.day), as_of=atlas.day)
    whole = exported_page(atlas, view)
    assert "<b onclick" not in whole
    assert "{{7*7}}" not in payload.script(payload.payload(atlas))
    tables = csv.reader(io.StringIO(write(atlas, view, "csv", "?").decode("utf-8-sig")))
    assert any(CODE in cell for row in tables for cell in row)
    for form in ("geojson", "lpf.json", "jsonld"):
        json.loads(write(atlas, view, form, "?"))
    assert not {"{*}b", "{*}script"} & set(_tags(write(atlas, view, "kml", "?")))
    assert not {"{*}b", "{*}script"} & set(_tags(draw(atlas, view, "svg", address="?")))


def _tags(xml: bytes) -> Iterator[str]:
    """Return the tags of a file that must be XML."""
    return (f"{{*}}{etree.QName(node).localname}" for node in etree.fromstring(xml).iter("{*}*"))

"""KML: valid by its schema, with the right times, and harmless where Google Earth takes text for HTML."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from html import unescape
from pathlib import Path

import pyogrio
import pytest
from fastkml.validator import validate
from hostile import harmless, hostile_atlas
from lxml import etree
from shapely import get_coordinates

from mapapp.core.edtf import Window
from mapapp.core.layers import LAYERS
from mapapp.core.location import positions
from mapapp.core.model import Atlas
from mapapp.core.select import select
from mapapp.core.story_frame import home
from mapapp.core.view import View
from mapapp.export import write

DAY = date(2020, 2, 19)
ON_THE_DAY = View(Window(DAY, DAY), as_of=DAY)
LATER = View(Window(date(2017, 1, 1), date(2021, 1, 1)), as_of=None)
SPACE = {"k": "http://www.opengis.net/kml/2.2"}


def read(data: bytes) -> etree._Element:
    """Parse KML; only what is well-formed passes."""
    return etree.fromstring(data)


def spans(root: etree._Element, place: str) -> list[tuple[str | None, str | None, str]]:
    """Return first and last day and style of every mark of a place."""
    marks = root.xpath(f"//k:Placemark[starts-with(@id, '{place}.')]", namespaces=SPACE)
    return [
        (
            mark.findtext("k:TimeSpan/k:begin", namespaces=SPACE),
            mark.findtext("k:TimeSpan/k:end", namespaces=SPACE),
            str(mark.findtext("k:styleUrl", namespaces=SPACE)),
        )
        for mark in marks
    ]


@pytest.mark.parametrize("view", [ON_THE_DAY, LATER])
def test_kml_is_valid_by_its_schema(atlas: Atlas, view: View, tmp_path: Path) -> None:
    path = tmp_path / "view.kml"
    path.write_bytes(write(atlas, view, "kml", "?x=1"))
    assert validate(file_to_validate=path) is True


def test_every_place_and_statement_is_there(atlas: Atlas) -> None:
    root = read(write(atlas, ON_THE_DAY, "kml", "?x=1"))
    selection = select(atlas, ON_THE_DAY)
    ids = {str(found).split(".")[0] for found in root.xpath("//k:Placemark/@id", namespaces=SPACE)}
    assert ids == {
        *(place.id for place, *_ in selection.places if place.layer != "land"),
        *(event.id for event, _ in selection.events),
        *(fact.id for fact, _ in selection.facts),
    }


def test_every_statement_can_be_found(atlas: Atlas) -> None:
    root = read(write(atlas, ON_THE_DAY, "kml", "?x=1"))
    folders = {
        part: {
            str(found) for found in root.xpath(f"//k:Folder[@id='{part}']/k:Placemark/@id", namespaces=SPACE)
        }
        for part in ("events-at-points", "events-without-point")
    }
    shown = {event.id: event for event, _ in select(atlas, ON_THE_DAY).events}
    pointed = {event.id for event in shown.values() if positions(atlas, event)}
    assert folders == {"events-at-points": pointed, "events-without-point": {*shown} - pointed}
    drawn = {place.id for place, *_ in select(atlas, ON_THE_DAY).places}
    for event in shown.values():
        for link in event.places:
            if link.id in drawn:
                mark = root.find(f".//k:Placemark[@id='{link.id}.1']/k:description", SPACE)
                assert event.title in unescape(mark.text), (link.id, event.id)


def test_every_point_has_an_icon_in_the_colour_of_its_class(atlas: Atlas) -> None:
    root = read(write(atlas, LATER, "kml", "?x=1"))
    styles = {style.get("id"): style for style in root.iterfind(".//k:Style", SPACE)}
    points = root.xpath("//k:Placemark[.//k:Point]/k:styleUrl/text()", namespaces=SPACE)
    assert points
    for style in {str(url).removeprefix("#") for url in points}:
        icon = styles[style].find("k:IconStyle", SPACE)
        assert 0 < float(icon.findtext("k:scale", namespaces=SPACE)) < 1
        assert icon.findtext("k:color", namespaces=SPACE) != "ffffffff"
        assert icon.findtext("k:Icon/k:href", namespaces=SPACE)


def test_nothing_but_google_earths_own_icons_is_fetched_from_anywhere(atlas: Atlas) -> None:
    root = read(write(atlas, LATER, "kml", "?x=1"))
    asked = {found.text for found in root.iterfind(".//k:href", SPACE)}
    assert {str(address).rpartition("/")[0] for address in asked} == {
        "https://maps.google.com/mapfiles/kml/shapes"
    }


def test_posts_of_the_two_sides_have_icons_that_are_told_apart(atlas: Atlas) -> None:
    root = read(write(atlas, LATER, "kml", "?x=1"))
    icons = {
        kind: root.xpath(
            f"//k:Style[starts-with(@id, 'posts-{kind}-')]/k:IconStyle/*[self::k:heading or self::k:Icon]",
            namespaces=SPACE,
        )
        for kind in ("observation-post", "russian-observation-post")
    }
    turned = {kind: {found.text for found in parts if found.text.strip()} for kind, parts in icons.items()}
    assert turned["observation-post"] != turned["russian-observation-post"]


def test_it_opens_on_the_frame_of_the_story(atlas: Atlas) -> None:
    root = read(write(atlas, ON_THE_DAY, "kml", "?x=1"))
    look = root.find("k:Document/k:LookAt", SPACE)
    (south, west), (north, east) = home(atlas)
    assert west < float(look.findtext("k:longitude", namespaces=SPACE)) < east
    assert south < float(look.findtext("k:latitude", namespaces=SPACE)) < north
    assert 100_000 < float(look.findtext("k:range", namespaces=SPACE)) < 400_000


def test_it_opens_in_other_software_layer_by_layer(atlas: Atlas, tmp_path: Path) -> None:
    path = tmp_path / "view.kml"
    path.write_bytes(write(atlas, ON_THE_DAY, "kml", "?x=1"))
    folders = etree.parse(path).xpath("//k:Folder[k:Placemark]", namespaces=SPACE)
    marks = {
        folder.findtext("k:name", namespaces=SPACE): len(folder.findall("k:Placemark", SPACE))
        for folder in folders
    }
    counts = {
        str(name): pyogrio.read_info(path, layer=name, force_feature_count=True)["features"]
        for name, _ in pyogrio.list_layers(path)
    }
    assert {name: count for name, count in counts.items() if count} == marks
    frame = pyogrio.read_dataframe(path, layer="De-escalation zones")
    assert "Idlib de-escalation zone" in set(frame["Name"])
    assert frame.crs.to_epsg() == 4326


def test_positions_are_as_precise_as_the_data_and_no_more(atlas: Atlas) -> None:
    root = read(write(atlas, ON_THE_DAY, "kml", "?x=1"))
    for place in (place for place, *_ in select(atlas, ON_THE_DAY).places if place.layer != "land"):
        mark = root.find(f".//k:Placemark[@id='{place.id}.1']", SPACE)
        told = " ".join(found.text for found in mark.iterfind(".//k:coordinates", SPACE)).split()
        assert {*told} == {f"{lon!r},{lat!r}" for lon, lat in get_coordinates(place.geometry).tolist()}


def test_what_the_map_is_drawn_on_hides_nothing(atlas: Atlas) -> None:
    root = read(write(atlas, ON_THE_DAY, "kml", "?x=1"))
    for style in root.iterfind(".//k:Style", SPACE):
        if style.get("id").startswith("countries-country"):
            assert style.findtext("k:PolyStyle/k:color", namespaces=SPACE).startswith("00")


def test_every_style_named_is_there(atlas: Atlas) -> None:
    root = read(write(atlas, LATER, "kml", "?x=1"))
    named = {url.text for url in root.iterfind(".//k:styleUrl", SPACE)}
    assert named <= {f"#{style.get('id')}" for style in root.iterfind(".//k:Style", SPACE)}


def test_a_place_is_one_mark_for_each_of_its_statuses(tiny_atlas: Atlas) -> None:
    root = read(write(tiny_atlas, LATER, "kml", "?x=1"))
    assert spans(root, "zone-idlib") == [
        ("2017-05-04", "2017-09-14", "#zones-area-agreed"),
        ("2017-09-15", None, "#zones-area-in-force"),
    ]
    assert spans(root, "post-one") == [
        ("2018-01-01", "2020-02-07", "#posts-observation-post-open"),
        ("2020-02-08", None, "#posts-observation-post-surrounded"),
    ]


def test_a_place_without_statuses_has_the_time_it_is_drawn_for(tiny_atlas: Atlas) -> None:
    root = read(write(tiny_atlas, ON_THE_DAY, "kml", "?x=1"))
    assert spans(root, "held-2020") == [("2020-02-17", "2020-02-22", "#control-area")]
    assert spans(root, "rivertown") == [(None, None, "#towns-town")]


def test_a_place_drawn_before_its_first_status_is_a_mark_of_its_own_until_then(tiny_atlas: Atlas) -> None:
    zones = next(layer for layer in tiny_atlas.layers if layer.id == "zones")
    late = replace(zones.places[0], statuses=zones.places[0].statuses[1:])
    changed = replace(tiny_atlas, layers=(replace(zones, places=(late,)),))
    root = read(write(replace(changed, events=()), replace(LATER, background=False), "kml", "?x=1"))
    assert spans(root, "zone-idlib") == [
        ("2017-05-04", "2017-09-14", "#zones-area"),
        ("2017-09-15", None, "#zones-area-in-force"),
    ]


def test_a_statement_is_marked_at_its_points_alone(tiny_atlas: Atlas) -> None:
    root = read(write(tiny_atlas, LATER, "kml", "?x=1"))
    zone = root.find(".//k:Placemark[@id='quiet-zone']", SPACE)
    assert zone.findtext("k:Point/k:coordinates", namespaces=SPACE).startswith("37.2")
    assert root.find(".//k:Placemark[@id='clashes-go-on']", SPACE).find("k:Point", SPACE) is None
    hidden = replace(LATER, hidden=frozenset(LAYERS) - {"zones"})
    root = read(write(tiny_atlas, hidden, "kml", "?x=1"))
    assert root.find(".//k:Placemark[@id='quiet-zone']", SPACE).find("k:Point", SPACE) is None


def test_a_seat_is_no_mark_of_a_statement(tiny_atlas: Atlas) -> None:
    event = tiny_atlas.event["quiet-zone"]
    seat = replace(event, places=(replace(event.places[0], role="seat"), *event.places[1:]))
    root = read(write(replace(tiny_atlas, events=(seat,)), LATER, "kml", "?x=1"))
    zone = root.find(".//k:Placemark[@id='quiet-zone']", SPACE)
    assert zone.find("k:Point", SPACE) is None
    assert "Rivertown" in zone.findtext("k:description", namespaces=SPACE)


def test_places_tell_whether_the_article_names_them(tiny_atlas: Atlas) -> None:
    root = read(write(tiny_atlas, LATER, "kml", "?x=1"))
    told = {
        place: root.findtext(
            f".//k:Placemark[@id='{place}.1']/k:ExtendedData/k:Data[@name='in_article']/k:value",
            namespaces=SPACE,
        )
        for place in ("rivertown", "faraway")
    }
    assert told == {"rivertown": "true", "faraway": "false"}


def test_a_statement_has_the_days_it_may_have_been(tiny_atlas: Atlas) -> None:
    root = read(write(tiny_atlas, LATER, "kml", "?x=1"))
    span = root.find(".//k:Placemark[@id='quiet-zone']/k:TimeSpan", SPACE)
    assert [part.text for part in span] == ["2018-09-01", "2018-09-30"]
    span = root.find(".//k:Placemark[@id='war-threatened']/k:TimeSpan", SPACE)
    assert [part.text for part in span] == ["2020-02-19"]


def test_descriptions_are_harmless_as_html(atlas: Atlas) -> None:
    root = read(write(hostile_atlas(atlas), LATER, "kml", "?x=1"))
    told = "".join(found.text for found in root.iterfind(".//k:Placemark/k:description", SPACE))
    assert harmless(told).tags == {"p"}


def test_descriptions_are_in_english_and_names_in_the_readers_language(atlas: Atlas) -> None:
    root = read(write(atlas, replace(ON_THE_DAY, lang="ar", selected="zone-idlib"), "kml", "?x=1"))
    told = " ".join(root.xpath("//k:description/text()", namespaces=SPACE))
    assert "Recep Tayyip Erdogan" in told
    assert not re.search("[\u0600-\u06ff]", told)
    title = root.findtext("k:Document/k:name", namespaces=SPACE)
    assert title is not None
    assert not re.search("[\u0600-\u06ff]", title)
    names = root.xpath("//k:Placemark[starts-with(@id, 'zone-idlib.')]/k:name/text()", namespaces=SPACE)
    assert all(re.search("[\u0600-\u06ff]", name) for name in names)

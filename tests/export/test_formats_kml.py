"""KML and KMZ: valid, with the right times, and safe where Google Earth reads text as HTML."""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import replace
from datetime import date
from html import unescape
from itertools import combinations
from pathlib import Path
from typing import get_args

import numpy as np
import pyogrio
import pytest
from fastkml.validator import validate
from hostile import harmless, hostile_atlas
from lxml import etree
from PIL import Image, ImageChops, ImageColor
from shapely import get_coordinates
from written import Written

from mapapp import theme
from mapapp.core.edtf import Window
from mapapp.core.location import positions
from mapapp.core.model import Atlas
from mapapp.core.profile import EventSymbol, PlaceSymbol, Style
from mapapp.core.select import select
from mapapp.core.story_frame import home
from mapapp.core.view import View
from mapapp.export import write
from mapapp.export.icons import place_icon, statement_icon

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


def unzipped(data: bytes) -> dict[str, bytes]:
    """Return the files of a KMZ."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def addresses(root: etree._Element) -> set[str]:
    """Return everything a viewer would fetch, from the document and from the HTML in it."""
    texts = root.xpath("//*[local-name()='href' or local-name()='targetHref']/text() | //@href | //@src")
    told = " ".join(root.xpath("//k:description/text()", namespaces=SPACE))
    assert not re.search(r"(?i)<[^>]*(src|href|url\()", told)
    return {str(text) for text in texts}


def styles_of_points(root: etree._Element) -> set[str]:
    """Return the styles of the marks that are points."""
    urls = root.xpath("//k:Placemark[.//k:Point]/k:styleUrl/text()", namespaces=SPACE)
    assert urls
    return {str(url).removeprefix("#") for url in urls}


@pytest.mark.parametrize("view", [ON_THE_DAY, LATER])
def test_kml_is_valid_by_its_schema(view: View, tmp_path: Path, written: Written) -> None:
    path = tmp_path / "view.kml"
    path.write_bytes(written(view, "kml"))
    assert validate(file_to_validate=path) is True


def test_every_place_and_statement_is_there(atlas: Atlas, written: Written) -> None:
    root = read(written(ON_THE_DAY, "kml"))
    selection = select(atlas, ON_THE_DAY)
    ids = {str(found).split(".")[0] for found in root.xpath("//k:Placemark/@id", namespaces=SPACE)}
    assert ids == {
        *(place.id for place, *_ in selection.places if place.layer != "land"),
        *(event.id for event, _ in selection.events),
        *(fact.id for fact, _ in selection.facts),
    }


def test_every_statement_can_be_found(atlas: Atlas, written: Written) -> None:
    root = read(written(ON_THE_DAY, "kml"))
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


def test_nothing_in_the_file_is_fetched_from_anywhere(written: Written) -> None:
    root = read(written(LATER, "kml"))
    assert not addresses(root)
    styles = {style.get("id"): style for style in root.iterfind(".//k:Style", SPACE)}
    for style in styles_of_points(root):
        pin = styles[style].find("k:IconStyle", SPACE)
        assert 0 < float(pin.findtext("k:scale", namespaces=SPACE)) <= 1
        assert re.fullmatch("ff[0-9a-f]{6}", pin.findtext("k:color", namespaces=SPACE))
        assert pin.find("k:Icon", SPACE) is None


@pytest.mark.parametrize("view", [ON_THE_DAY, LATER])
def test_every_address_in_a_kmz_is_that_of_a_picture_in_it(view: View, written: Written) -> None:
    files = unzipped(written(view, "kmz"))
    root = read(files["doc.kml"])
    assert addresses(root) == {*files} - {"doc.kml"}
    styles = {style.get("id"): style for style in root.iterfind(".//k:Style", SPACE)}
    for style in styles_of_points(root):
        icon = styles[style].find("k:IconStyle", SPACE)
        assert icon.findtext("k:Icon/k:href", namespaces=SPACE) in files
        assert icon.find("k:color", SPACE) is None  # the pictures have their colours


def test_a_kmz_is_a_zip_without_timestamps_and_with_the_document_first(written: Written) -> None:
    with zipfile.ZipFile(io.BytesIO(written(LATER, "kmz"))) as archive:
        assert archive.testzip() is None
        assert archive.namelist() == ["doc.kml", *sorted(archive.namelist()[1:])]
        assert {info.date_time for info in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_a_kmz_differs_from_the_kml_only_in_its_icons(tmp_path: Path, written: Written) -> None:
    path = tmp_path / "doc.kml"
    path.write_bytes(unzipped(written(LATER, "kmz"))["doc.kml"])
    assert validate(file_to_validate=path) is True
    roots = read(path.read_bytes()), read(written(LATER, "kml"))
    for root in roots:
        for style in root.findall(".//k:IconStyle", SPACE):
            style.clear()
    assert len({etree.tostring(root, method="c14n") for root in roots}) == 1


def test_a_kmz_opens_in_other_software_as_the_kml_does(tmp_path: Path, written: Written) -> None:
    for form in ("kml", "kmz"):
        (tmp_path / f"view.{form}").write_bytes(written(ON_THE_DAY, form))
    names = [str(name) for name, _ in pyogrio.list_layers(tmp_path / "view.kmz")]
    assert {"Towns and cities", "De-escalation zones"} <= {*names}
    towns = pyogrio.read_dataframe(tmp_path / "view.kmz", layer="Towns and cities")
    assert list(towns["Name"]) == list(
        pyogrio.read_dataframe(tmp_path / "view.kml", layer="Towns and cities")["Name"]
    )


def test_icons_are_small_pictures_in_the_colours_of_their_class(atlas: Atlas, written: Written) -> None:
    files = unzipped(written(LATER, "kmz"))
    assert sum(map(len, files.values())) - len(files["doc.kml"]) < 100_000
    for name, look in {
        "posts-observation-post-surrounded": atlas.profile.style("posts", "observation-post", "surrounded"),
        "towns-city": atlas.profile.style("towns", "city", None),
        "event-clashes": Style("article", 2, fill="article"),
    }.items():
        picture = Image.open(io.BytesIO(files[f"icons/{name}.png"]))
        assert (picture.format, picture.mode, picture.size) == ("PNG", "RGBA", (64, 64))
        colours = {pixel for _, pixel in picture.getcolors(4096) or []}
        for colour in (look.stroke, look.fill, "halo"):
            assert (*ImageColor.getrgb(theme.LIGHT[str(colour)]), 255) in colours
        assert {pixel[3] for pixel in colours} > {0, 255}  # with smooth edges


def test_every_kind_of_statement_has_an_icon_of_its_own_even_small() -> None:
    symbols = get_args(EventSymbol)
    small = [Image.open(io.BytesIO(statement_icon(symbol))).resize((24, 24)) for symbol in symbols]
    for one, other in combinations(small, 2):
        difference = ImageChops.difference(one, other).convert("L")
        assert sum(value > 64 for value in difference.tobytes()) >= 12


def test_no_part_of_an_icon_is_cut_off_but_the_tip_of_a_pin() -> None:
    look = Style("strong", 1.6, fill="paper")
    places = [place_icon(symbol, look) for symbol in get_args(PlaceSymbol)]
    for made in (*places, *map(statement_icon, get_args(EventSymbol))):
        alpha = np.asarray(Image.open(io.BytesIO(made)))[..., 3]
        assert not alpha[[0, -1 if made in places else 0]].any()
        assert not alpha[:, [0, -1]].any()


def test_a_pin_points_at_its_place(written: Written) -> None:
    root = read(unzipped(written(LATER, "kmz"))["doc.kml"])
    for style in root.xpath("//k:Style[starts-with(@id, 'event-')]/k:IconStyle", namespaces=SPACE):
        assert dict(style.find("k:hotSpot", SPACE).attrib) == {
            "x": "0.5",
            "y": "0",
            "xunits": "fraction",
            "yunits": "fraction",
        }
    alpha = np.asarray(Image.open(io.BytesIO(statement_icon("arrow"))))[..., 3]
    columns = np.flatnonzero(alpha[-1])
    assert 31 <= columns.mean() <= 32
    assert len(columns) <= 8


def test_posts_of_the_two_sides_have_different_icons(written: Written) -> None:
    files = unzipped(written(LATER, "kmz"))
    posts = {name: data for name, data in files.items() if name.startswith("icons/posts-")}
    assert {"icons/posts-observation-post-open.png", "icons/posts-russian-observation-post-open.png"} <= {
        *posts
    }
    russian = {data for name, data in posts.items() if name.startswith("icons/posts-russian-")}
    assert not russian & {data for name, data in posts.items() if not name.startswith("icons/posts-russian-")}


def test_it_opens_at_the_initial_extent(atlas: Atlas, written: Written) -> None:
    root = read(written(ON_THE_DAY, "kml"))
    look = root.find("k:Document/k:LookAt", SPACE)
    (south, west), (north, east) = home(atlas)
    assert west < float(look.findtext("k:longitude", namespaces=SPACE)) < east
    assert south < float(look.findtext("k:latitude", namespaces=SPACE)) < north
    assert 100_000 < float(look.findtext("k:range", namespaces=SPACE)) < 400_000


def test_it_opens_in_other_software_layer_by_layer(tmp_path: Path, written: Written) -> None:
    path = tmp_path / "view.kml"
    path.write_bytes(written(ON_THE_DAY, "kml"))
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


def test_positions_are_as_precise_as_the_data_and_no_more(atlas: Atlas, written: Written) -> None:
    root = read(written(ON_THE_DAY, "kml"))
    for place in (place for place, *_ in select(atlas, ON_THE_DAY).places if place.layer != "land"):
        mark = root.find(f".//k:Placemark[@id='{place.id}.1']", SPACE)
        told = " ".join(found.text for found in mark.iterfind(".//k:coordinates", SPACE)).split()
        assert {*told} == {f"{lon!r},{lat!r}" for lon, lat in get_coordinates(place.geometry).tolist()}


def test_the_base_map_hides_nothing(written: Written) -> None:
    root = read(written(ON_THE_DAY, "kml"))
    for style in root.iterfind(".//k:Style", SPACE):
        if style.get("id").startswith("countries-country"):
            assert style.findtext("k:PolyStyle/k:color", namespaces=SPACE).startswith("00")


def test_every_referenced_style_exists(written: Written) -> None:
    root = read(written(LATER, "kml"))
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


def test_a_statement_is_marked_only_at_its_points(tiny_atlas: Atlas) -> None:
    root = read(write(tiny_atlas, LATER, "kml", "?x=1"))
    zone = root.find(".//k:Placemark[@id='quiet-zone']", SPACE)
    assert zone.findtext("k:Point/k:coordinates", namespaces=SPACE).startswith("37.2")
    assert root.find(".//k:Placemark[@id='clashes-go-on']", SPACE).find("k:Point", SPACE) is None
    hidden = replace(LATER, hidden=frozenset(tiny_atlas.profile.switchable) - {"zones"})
    root = read(write(tiny_atlas, hidden, "kml", "?x=1"))
    assert root.find(".//k:Placemark[@id='quiet-zone']", SPACE).find("k:Point", SPACE) is None


def test_a_seat_is_not_a_mark_of_a_statement(tiny_atlas: Atlas) -> None:
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


def test_descriptions_are_harmless_as_html(tiny_atlas: Atlas) -> None:
    root = read(write(hostile_atlas(tiny_atlas), LATER, "kml", "?x=1"))
    told = "".join(found.text for found in root.iterfind(".//k:Placemark/k:description", SPACE))
    assert harmless(told).tags == {"p"}


def test_descriptions_are_in_english_and_names_in_the_readers_language(atlas: Atlas) -> None:
    root = read(write(atlas, replace(ON_THE_DAY, names="ar", selected="zone-idlib"), "kml", "?x=1"))
    told = " ".join(root.xpath("//k:description/text()", namespaces=SPACE))
    assert "Recep Tayyip Erdogan" in told
    assert not re.search("[\u0600-\u06ff]", told)
    title = root.findtext("k:Document/k:name", namespaces=SPACE)
    assert title is not None
    assert not re.search("[\u0600-\u06ff]", title)
    names = root.xpath("//k:Placemark[starts-with(@id, 'zone-idlib.')]/k:name/text()", namespaces=SPACE)
    assert all(re.search("[\u0600-\u06ff]", name) for name in names)

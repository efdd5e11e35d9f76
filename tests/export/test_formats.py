"""The data of a view as files, opened by the software they are made for."""

from __future__ import annotations

import base64
import csv
import io
import json
import re
import sqlite3
import subprocess
import sys
import zipfile
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

import duckdb
import geopandas as gpd
import numpy as np
import pyogrio
import pytest
import shapely
from geopandas.testing import assert_geodataframe_equal
from hostile import hostile_atlas
from lxml import etree
from written import ADDRESS, Written

from mapapp import theme
from mapapp.core.edtf import Window, read_when
from mapapp.core.model import Atlas, Role
from mapapp.core.select import select
from mapapp.core.view import View
from mapapp.export import FORMS, Form, rows, write
from mapapp.export.csv_hxl import COLUMNS
from mapapp.frames import LISTS, event_frame
from mapapp.text.quotation import quotation

DAY = date(2020, 2, 19)
ON_THE_DAY = View(Window(DAY, DAY), as_of=DAY)
ALWAYS = View(Window(date(2017, 1, 1), date(2021, 1, 1)), as_of=DAY)
LATER = View(Window(date(2017, 1, 1), date(2021, 1, 1)), as_of=None)
ATTACKS = (
    '=HYPERLINK("http://example.org","x")',
    "+1+cmd|' /C calc'!A0",
    "-2+3",
    "@SUM(1)",
    "\t=1",
    "  =1",
    "\uff1d1",
    "\x00\ud800\ufffe\u202e=1\r\n=2",
)


def csv_rows(data: bytes) -> list[dict[str, str]]:
    """Read CSV as a program would, without the row of tags."""
    return list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline="")))[1:]


@pytest.fixture(scope="module")
def package(written: Written, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a GeoPackage of the article's day, which tests only read."""
    path = tmp_path_factory.mktemp("package") / "view.gpkg"
    path.write_bytes(written(ON_THE_DAY, "gpkg"))
    return path


@pytest.mark.parametrize("form", FORMS)
def test_the_same_view_gives_the_same_bytes(atlas: Atlas, form: Form, written: Written) -> None:
    assert write(atlas, LATER, form, ADDRESS) == written(LATER, form)


@pytest.mark.parametrize("form", ["geojson", "kml", "gpkg"])
def test_later_events_are_included_only_on_request(tiny_atlas: Atlas, form: Form) -> None:
    assert b"truce-later" not in write(tiny_atlas, ALWAYS, form, ADDRESS)
    assert b"truce-later" in write(tiny_atlas, LATER, form, ADDRESS)


@pytest.mark.parametrize("form", ["geojson", "kml", "gpkg"])
def test_a_status_that_began_later_is_left_out(tiny_atlas: Atlas, form: Form) -> None:
    before = View(Window(date(2018, 6, 1), date(2020, 3, 1)), as_of=date(2020, 1, 1))
    assert b"surrounded" not in write(tiny_atlas, before, form, ADDRESS)
    assert b"surrounded" in write(tiny_atlas, ALWAYS, form, ADDRESS)


@pytest.mark.parametrize("form", ["geojson", "kml", "gpkg"])
def test_background_is_left_out_with_its_layer(tiny_atlas: Atlas, form: Form) -> None:
    assert b"zone-signed" in write(tiny_atlas, ALWAYS, form, ADDRESS)
    assert b"zone-signed" not in write(tiny_atlas, replace(ALWAYS, background=False), form, ADDRESS)


@pytest.mark.parametrize("form", ["geojson", "kml", "gpkg"])
def test_a_hidden_layer_is_left_out(tiny_atlas: Atlas, form: Form) -> None:
    hidden = replace(
        ALWAYS, hidden=frozenset(tiny_atlas.profile.switchable) - {"land", "countries", "zones", "events"}
    )
    assert b"Road-One" in write(tiny_atlas, ALWAYS, form, ADDRESS)
    assert b"Road-One" not in write(tiny_atlas, hidden, form, ADDRESS)


@pytest.mark.parametrize("form", ["geojson", "kml", "gpkg", "jsonld"])
def test_each_file_has_the_address_of_its_view(tiny_atlas: Atlas, form: Form) -> None:
    assert b"first=2019-07-08" in write(tiny_atlas, ALWAYS, form, "?first=2019-07-08")


@pytest.mark.parametrize("form", FORMS)
def test_no_file_contains_a_local_address(tiny_atlas: Atlas, form: Form) -> None:
    here = "http://127.0.0.1:8501/?first=2019-07-08"
    assert write(tiny_atlas, ALWAYS, form, here) == write(tiny_atlas, ALWAYS, form, "?first=2019-07-08")


def test_a_geopackage_has_the_layers_that_show_and_the_tables(atlas: Atlas, package: Path) -> None:
    layers = dict(map(tuple, pyogrio.list_layers(package)))
    shown = {place.layer for place, *_ in select(atlas, ON_THE_DAY).places}
    assert {name for name, kind in layers.items() if kind} == {*shown, "event-points"} - {"land"}
    assert {name for name, kind in layers.items() if not kind} == {
        *("events", "event-places", "statuses", "background", "sources", "about", "layer_styles"),
    }
    assert layers["governorates"] == "Polygon"
    assert layers["countries"] == "MultiPolygon"
    assert layers["contact-lines"] == "LineString"
    assert layers["towns"] == "Point"
    assert layers["event-points"] == "MultiPoint"


def test_every_layer_of_a_geopackage_is_in_wgs_84(package: Path) -> None:
    for name, kind in pyogrio.list_layers(package):
        assert pyogrio.read_info(package, layer=name)["crs"] == ("EPSG:4326" if kind else None)


def test_a_geopackage_holds_every_place_where_it_is(atlas: Atlas, package: Path) -> None:
    for layer in {place.layer for place, *_ in select(atlas, ON_THE_DAY).places} - {"land"}:
        frame = pyogrio.read_dataframe(package, layer=layer)
        expected = [place for place, *_ in select(atlas, ON_THE_DAY).places if place.layer == layer]
        assert list(frame["place"]) == [place.id for place in expected]
        assert list(frame["name_ar"]) == [place.names.texts["ar"] for place in expected]
        shapes = [place.geometry for place in expected]
        assert shapely.equals(np.array(frame.geometry), np.array(shapes)).all()


def fields(package: Path, layer: str) -> dict[str, str]:
    """Return the type of each column of a layer."""
    info = pyogrio.read_info(package, layer=layer)
    return dict(zip(info["fields"], info["ogr_types"], strict=True))


def test_a_geopackage_has_typed_columns(package: Path) -> None:
    assert fields(package, "events")["title"] == "OFTString"
    assert fields(package, "events")["latitude"] == "OFTReal"
    assert fields(package, "towns")["tolerance_km"] == "OFTReal"
    assert fields(package, "towns")["geonames"] == "OFTInteger64"


def test_a_column_has_one_type_in_all_layers_whatever_is_in_it(package: Path) -> None:
    types: dict[str, set[str]] = {}
    for layer, _ in pyogrio.list_layers(package):
        for column, kind in fields(package, layer).items():
            types.setdefault(column, set()).add(kind)
    assert {column: kinds for column, kinds in types.items() if len(kinds) > 1} == {}
    assert types["earliest"] == types["latest"] == {"OFTDate"}
    assert "earliest" in fields(package, "governorates")  # where it is empty


def test_no_layer_of_a_geopackage_is_the_whole_world(atlas: Atlas, package: Path) -> None:
    assert "land" in {place.layer for place, *_ in select(atlas, ON_THE_DAY).places}
    for layer, kind in pyogrio.list_layers(package):
        if kind:
            assert pyogrio.read_dataframe(package, layer=layer).to_crs(6933).area.max() < 2e13


def test_a_geopackage_says_in_its_metadata_what_it_is(atlas: Atlas, package: Path) -> None:
    told = pyogrio.read_info(package, layer="towns")["dataset_metadata"]
    assert told["title"] == rows.title(atlas, ON_THE_DAY)
    assert told["view"] == ADDRESS
    assert told["data_version"] == atlas.fingerprint
    table = pyogrio.read_dataframe(package, layer="about")
    assert dict(zip(table["key"], table["value"], strict=True)) == told


def test_the_places_of_each_statement_are_a_table_of_their_own(atlas: Atlas, package: Path) -> None:
    frame = pyogrio.read_dataframe(package, layer="event-places")
    links = [
        (event.id, link.id, link.role)
        for event, _ in select(atlas, ON_THE_DAY).events
        for link in event.places
    ]
    assert list(frame[["event", "place", "role"]].itertuples(index=False, name=None)) == links


def test_a_geopackage_contains_no_invented_dates(atlas: Atlas, package: Path) -> None:
    with sqlite3.connect(package) as base:
        told = dict(base.execute("SELECT event, latest FROM events"))
    base.close()
    for event, _ in select(atlas, ON_THE_DAY).events:
        assert told[event.id] == (event.when.latest and event.when.latest.isoformat())
    assert None in told.values()


def test_only_true_positions_are_points_of_statements(atlas: Atlas, package: Path) -> None:
    frame = pyogrio.read_dataframe(package, layer="event-points").set_index("event")
    events = pyogrio.read_dataframe(package, layer="events")
    assert len(events) == len(select(atlas, ON_THE_DAY).events) > len(frame) > 0
    for event, shape in frame.geometry.items():
        own = {
            atlas.place[link.id].geometry
            for link in atlas.event[event].places
            if link.words and link.role in ("site", "subject")
        }
        assert {*shape.geoms} <= own


def test_no_capital_represents_a_government_in_a_geopackage(package: Path) -> None:
    marked = {*pyogrio.read_dataframe(package, layer="event-points")["event"]}
    assert "demand-retreat-from-posts" in marked
    assert not marked & {"ankara-ceasefire-breach", "demand-putin-pressure", "erdogan-akp-speech"}


@pytest.mark.parametrize(
    ("role", "words", "basis"),
    [
        ("site", "Rivertown", "position"),
        ("subject", "Rivertown", "position"),
        ("about", "Rivertown", "linked-place"),
        ("part", "Rivertown", "linked-place"),
        ("seat", "Rivertown", "seat"),
        ("site", None, "linked-place"),
    ],
)
def test_a_position_is_a_site_or_subject_the_article_names(
    tiny_atlas: Atlas, role: Role, words: str | None, basis: str
) -> None:
    event = tiny_atlas.event["quiet-zone"]
    told = replace(event, places=(replace(event.places[0], role=role, words=words),))
    changed = replace(tiny_atlas, events=(told,))
    row = csv_rows(write(changed, LATER, "csv", ADDRESS))[0]
    assert (row["latitude"], row["longitude"], row["point_basis"]) == ("35.6", "37.2", basis)
    assert row["geo_precision"] == ("1" if basis == "position" else "3")
    assert (rows.spot(changed, told, LATER) is not None) == (basis == "position")
    assert "Rivertown" in row["location"]


def test_places_tell_whether_the_article_names_them(atlas: Atlas, package: Path) -> None:
    named = {link.id for event in atlas.events for link in event.places if link.words}
    for layer in {place.layer for place, *_ in select(atlas, ON_THE_DAY).places} - {"land"}:
        info = pyogrio.read_info(package, layer=layer)
        assert info["ogr_subtypes"][list(info["fields"]).index("in_article")] == "OFSTBoolean"
        frame = pyogrio.read_dataframe(package, layer=layer)
        assert list(frame["in_article"]) == [place in named for place in frame["place"]]
    posts = pyogrio.read_dataframe(package, layer="posts").set_index("place")["in_article"]
    assert posts["post-tr-01"]
    assert not posts.all()


def test_statuses_come_with_their_days_and_sources(package: Path) -> None:
    frame = pyogrio.read_dataframe(package, layer="statuses")
    idlib = frame[frame["place"] == "zone-idlib"]
    assert idlib["status"].iloc[0] == "agreed"
    assert str(idlib["earliest"].iloc[0]).startswith("2017-05-04")
    assert idlib["sources"].str.len().all()


def test_the_only_timestamp_in_a_geopackage_is_the_articles(package: Path) -> None:
    with sqlite3.connect(package) as base:
        changed = {row[0] for row in base.execute("SELECT last_change FROM gpkg_contents")}
    base.close()
    assert changed == {"2020-02-19T00:00:00.000Z"}
    for setting in ("OGR_CURRENT_DATE", "OGR_SQLITE_SYNCHRONOUS"):
        assert pyogrio.get_gdal_config_option(setting) is None


def test_only_geopackage_and_geoparquet_need_data_frames() -> None:
    modules = "csv_hxl, plain_geojson, kml, linked_places, web_annotations"
    heavy = "{'pandas', 'geopandas', 'pyogrio', 'pyarrow'}"
    code = f"import sys; from mapapp.export import {modules}; print(sorted({heavy} & set(sys.modules)))"
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)  # noqa: S603 - ours
    assert ran.stdout.strip() == "[]"


def test_numbers_of_a_column_are_of_one_type(tiny_atlas: Atlas) -> None:
    def areas(*stated: float) -> list[str]:
        numbers = dict(zip(("northland", "southland"), stated, strict=True))
        layers = [
            replace(
                layer,
                places=tuple(
                    replace(place, facts=(("area_km2", numbers[place.id]),) if place.id in numbers else ())
                    for place in layer.places
                ),
            )
            for layer in tiny_atlas.layers
        ]
        data = write(replace(tiny_atlas, layers=tuple(layers)), LATER, "geojson", ADDRESS)
        return re.findall(r'"area_km2":([\d.]+)', data.decode())

    assert areas(3, 4.0) == ["3", "4"]
    assert areas(3, 4.5) == ["3.0", "4.5"]


def test_a_csv_reads_back_equal(atlas: Atlas, written: Written) -> None:
    read = csv_rows(written(ON_THE_DAY, "csv"))
    events = [event for event, _ in select(atlas, ON_THE_DAY).events]
    assert [row["event_id_cnty"] for row in read] == [event.id for event in events]
    assert [row["title"] for row in read] == [event.title for event in events]
    assert [row["notes"] for row in read] == [event.note for event in events]
    assert [row["date_earliest"] for row in read] == [
        str(event.when.earliest) if event.when.earliest else "" for event in events
    ]
    assert [row["date_edtf"] for row in read] == [event.when.edtf for event in events]
    assert [row["quotation"] for row in read] == [
        quotation(atlas.articles[0], event).text for event in events
    ]
    assert {row["article_sha256"] for row in read} == {atlas.articles[0].sha256}


def test_commas_quotes_and_lines_in_a_cell_read_back(tiny_atlas: Atlas) -> None:
    event = replace(tiny_atlas.events[0], title='a "b", c;\td', note="one\r\ntwo, 'three'")
    read = csv_rows(write(replace(tiny_atlas, events=(event,)), LATER, "csv", ADDRESS))
    assert (read[0]["title"], read[0]["notes"]) == ('a "b", c; d', "one  two, 'three'")


def test_urls_in_a_csv_are_complete_and_partial_ones_are_in_a_separate_column(atlas: Atlas) -> None:
    source = atlas.source[atlas.articles[0].source]
    for url, locator in ((None, "example.org/1"), ("https://example.org/1", None)):
        others = [item for item in atlas.sources if item.id != source.id]
        changed = replace(atlas, sources=(*others, replace(source, url=url, locator=locator)))
        for row in csv_rows(write(changed, ON_THE_DAY, "csv", ADDRESS)):
            assert (row["source_url"], row["source_locator"]) == (url or "", locator or "")


def test_the_second_row_of_a_csv_holds_a_tag_for_every_column(written: Written) -> None:
    text = written(ON_THE_DAY, "csv").decode("utf-8-sig")
    header, tags, *_ = csv.reader(io.StringIO(text, newline=""))
    assert dict(zip(header, tags, strict=True)) == COLUMNS
    assert len(set(tags)) == len(tags)
    assert all(re.fullmatch(r"#[a-z]+[0-9]?(\+[a-z]+)*", tag) for tag in tags)


def test_every_row_of_a_csv_has_a_point_and_says_what_it_represents(atlas: Atlas, written: Written) -> None:
    read = {row["event_id_cnty"]: row for row in csv_rows(written(LATER, "csv"))}
    assert len(read) == 28
    for row in read.values():
        places = [atlas.place[item] for item in row["location_id"].split("; ")]
        point = shapely.Point(float(row["longitude"]), float(row["latitude"]))
        assert min(place.geometry.distance(point) for place in places) < 0.001
        assert row["geo_precision"] in ("1", "2", "3")
        assert (
            float(row["radius_km"])
            >= float(row["tolerance_km"])
            == max(place.tolerance_km for place in places)
        )
    assert {event: row["location"] for event, row in read.items() if row["point_basis"] == "position"} == {
        "astana-four-zones": "Nur-Sultan (Astana)",
        "astana-talks": "Nur-Sultan (Astana)",
        "astana-now-nur-sultan": "Nur-Sultan (Astana)",
        "sochi-demilitarised-zone": "Sochi",
    }


@pytest.mark.parametrize(
    ("event", "basis", "precision", "radius"),
    [
        ("astana-talks", "position", "1", "1.0"),
        ("erdogan-akp-speech", "linked-place", "3", "1.0"),
        ("fourth-zone-extent", "inside-area", "2", "92.0"),
        ("idlib-clashes", "inside-area", "3", "70.0"),
        ("erdogan-trump-call", "inside-area", "3", "440.0"),
        ("demand-retreat-from-posts", "among-several", "3", "78.0"),
    ],
)
def test_a_point_has_the_radius_of_the_location_it_represents(
    event: str, basis: str, precision: str, radius: str, written: Written
) -> None:
    read = {row["event_id_cnty"]: row for row in csv_rows(written(LATER, "csv"))}
    row = read[event]
    assert (row["point_basis"], row["geo_precision"], row["radius_km"]) == (basis, precision, radius)


def test_the_point_of_a_line_is_on_it(tiny_atlas: Atlas) -> None:
    event = tiny_atlas.event["quiet-zone"]
    moved = replace(event, places=(replace(event.places[0], id="road-one"),))
    row = csv_rows(write(replace(tiny_atlas, events=(moved,)), LATER, "csv", ADDRESS))[0]
    assert (row["point_basis"], row["geo_precision"]) == ("on-line", "2")
    point = shapely.Point(float(row["longitude"]), float(row["latitude"]))
    assert tiny_atlas.place["road-one"].geometry.distance(point) < 0.001


def test_no_single_place_represents_several(written: Written) -> None:
    read = {row["event_id_cnty"]: row for row in csv_rows(written(LATER, "csv"))}
    posts = read["demand-retreat-from-posts"]
    assert posts["location_id"].split("; ") == [f"post-tr-{number:02}" for number in range(1, 13)]
    assert (posts["point_basis"], posts["geo_precision"]) == ("among-several", "3")
    assert "Idlib" in posts["admin1"].split("; ")
    assert len({*posts["admin1"].split("; ")}) == len(posts["admin1"].split("; ")) > 1
    zones = read["three-zones-government"]
    assert (zones["location_id"], zones["geo_precision"]) == ("zone-homs; zone-ghouta; zone-south", "3")


def test_a_seat_is_the_location_of_a_statement_only_where_there_is_no_other(tiny_atlas: Atlas) -> None:
    read = {row["event_id_cnty"]: row for row in csv_rows(write(tiny_atlas, LATER, "csv", ADDRESS))}
    row = read["truce-broken"]
    assert (row["location_id"], row["location_role"], row["point_basis"]) == ("southland", "seat", "seat")
    assert (row["geo_precision"], row["other_locations"]) == ("3", "")
    event = tiny_atlas.event["truce-broken"]
    both = replace(event, places=(*event.places, *tiny_atlas.event["clashes-go-on"].places))
    row = csv_rows(write(replace(tiny_atlas, events=(both,)), LATER, "csv", ADDRESS))[0]
    assert (row["location_id"], row["point_basis"]) == ("northland", "inside-area")
    assert row["other_locations"] == "Southland"


def test_a_date_the_article_does_not_give_is_not_an_event_date(atlas: Atlas, written: Written) -> None:
    read = {row["event_id_cnty"]: row for row in csv_rows(written(LATER, "csv"))}
    for event, _ in select(atlas, LATER).events:
        row = read[event.id]
        assert row["when_basis"] == event.when.basis
        assert row["said"] == (event.said.edtf if event.said else "")
        if event.when.basis == "article-date":
            assert (row["event_date"], row["time_precision"]) == ("", "3")
    speech, breach = read["erdogan-akp-speech"], read["ankara-ceasefire-breach"]
    assert (speech["event_date"], speech["time_precision"]) == ("2020-02-19", "1")
    assert (breach["event_date"], breach["date_edtf"]) == ("", "2020-02-19")
    assert read["demand-halt-offensive"]["said"] == "[..2020-02-19]"


@pytest.mark.parametrize(
    ("edtf", "day", "precision"),
    [
        ("2018-09-17", "2018-09-17", "1"),
        ("2018-09-17/..", "2018-09-17", "1"),
        ("2018-09-17~", "", "2"),
        ("2018-09", "", "3"),
        ("2018", "", "3"),
        ("../2018-09-17", "", "3"),
        ("2018-09/2018-10", "", "3"),
    ],
)
def test_no_day_in_a_csv_is_more_precise_than_the_words(
    tiny_atlas: Atlas, edtf: str, day: str, precision: str
) -> None:
    event = replace(tiny_atlas.events[0], when=read_when(edtf))
    row = csv_rows(write(replace(tiny_atlas, events=(event,)), LATER, "csv", ADDRESS))[0]
    assert (row["event_date"], row["time_precision"], row["date_edtf"]) == (day, precision, edtf)


def test_a_location_has_the_codes_of_its_province(written: Written) -> None:
    read = {row["event_id_cnty"]: row for row in csv_rows(written(LATER, "csv"))}
    row = read["idlib-clashes"]
    assert (row["admin1"], row["admin1_pcode"], row["iso3"]) == ("Idlib", "SY07", "SYR")
    assert read["sochi-demilitarised-zone"]["location"] == "Sochi"
    assert read["sochi-demilitarised-zone"]["location_role"] == "site"


def test_the_location_is_the_site_whatever_the_order(tiny_atlas: Atlas) -> None:
    event = tiny_atlas.event["quiet-zone"]
    turned = replace(event, places=event.places[::-1])
    for told in (event, turned):
        row = csv_rows(write(replace(tiny_atlas, events=(told,)), LATER, "csv", ADDRESS))[0]
        assert (row["location_id"], row["other_locations"]) == ("rivertown", "Zone-Idlib")


def test_names_follow_the_readers_language(atlas: Atlas) -> None:
    row = csv_rows(write(atlas, replace(LATER, names="tr"), "csv", ADDRESS))[0]
    assert row["country"] == "Suriye"


@pytest.mark.parametrize("attack", ATTACKS)
def test_no_cell_of_a_csv_is_a_formula(tiny_atlas: Atlas, attack: str) -> None:
    event = replace(tiny_atlas.events[0], title=attack, note=attack)
    data = write(replace(tiny_atlas, events=(event, *tiny_atlas.events[1:])), LATER, "csv", ADDRESS)
    read = csv_rows(data)
    assert len(read) == len(tiny_atlas.events)
    for row in read:
        for key, cell in row.items():
            assert cell.isprintable()
            assert key in ("latitude", "longitude") or not cell.lstrip().startswith(tuple("=+-@\uff1d"))
    assert read[0]["title"] == f"'{rows.clean(attack)}"


def test_a_position_south_of_the_equator_stays_a_number(tiny_atlas: Atlas) -> None:
    towns = next(layer for layer in tiny_atlas.layers if layer.id == "towns")
    moved = replace(towns.places[0], geometry=shapely.Point(-37.2, -5.6))
    layers = [layer for layer in tiny_atlas.layers if layer.id != "towns"]
    changed = replace(tiny_atlas, layers=(*layers, replace(towns, places=(moved, *towns.places[1:]))))
    row = next(
        row for row in csv_rows(write(changed, LATER, "csv", ADDRESS)) if row["location_id"] == moved.id
    )
    assert (row["latitude"], row["longitude"]) == ("-5.6", "-37.2")


@pytest.mark.parametrize("form", FORMS)
def test_hostile_texts_stay_texts(tiny_atlas: Atlas, form: Form, tmp_path: Path) -> None:
    bad = hostile_atlas(tiny_atlas)
    first = replace(bad.events[0], title="\x00\x1b[31m\ufffe\u202eevil", note="\x08")
    data = write(replace(bad, events=(first, *bad.events[1:])), LATER, form, ADDRESS)
    path = tmp_path / f"bad.{form}"
    path.write_bytes(data)
    if form == "gpkg":
        assert pyogrio.read_dataframe(path, layer="events")["title"][0] == "[31mevil"
        return
    if form == "parquet":
        assert gpd.read_parquet(path)["title"][0] == "[31mevil"
        return
    if form == "kmz":
        with zipfile.ZipFile(path) as archive:
            data = archive.read("doc.kml")
    text = data.decode()
    assert not {*text} & {*"\x00\x1b\ufffe\u202e\x08"}
    assert ("[31mevil" in text) == (form != "lpf.json")  # which holds no statements
    if form.endswith("json") or form == "jsonld":
        assert json.loads(text)


def test_qgis_finds_every_style_of_a_geopackage(package: Path) -> None:
    frame = pyogrio.read_dataframe(package, layer="layer_styles")
    assert list(frame.columns) == [
        *("f_table_catalog", "f_table_schema", "f_table_name", "f_geometry_column", "styleName", "styleQML"),
        *("styleSLD", "useAsDefault", "description", "owner", "ui", "update_time"),
    ]
    layers = {name for name, kind in pyogrio.list_layers(package) if kind}
    assert set(frame["f_table_name"]) == layers
    with sqlite3.connect(package) as base:
        columns = dict(base.execute("SELECT table_name, column_name FROM gpkg_geometry_columns"))
    base.close()
    assert dict(zip(frame["f_table_name"], frame["f_geometry_column"], strict=True)) == columns
    assert frame["useAsDefault"].all()


@pytest.mark.parametrize("view", [ON_THE_DAY, LATER])
def test_qgis_draws_each_place_by_one_rule_and_in_our_colours(
    atlas: Atlas, view: View, tmp_path: Path, written: Written
) -> None:
    path = tmp_path / "view.gpkg"
    path.write_bytes(written(view, "gpkg"))
    styles = pyogrio.read_dataframe(path, layer="layer_styles").set_index("f_table_name")["styleQML"]
    for name, qml in styles.items():
        root = etree.fromstring(qml.encode(), etree.XMLParser(load_dtd=False, no_network=True))
        symbols = {symbol.get("name"): symbol for symbol in root.iterfind(".//symbols/symbol")}
        drawn: list[int] = []
        for rule in root.iterfind(".//rule"):
            frame = pyogrio.read_dataframe(path, layer=name, where=rule.get("filter"), fid_as_index=True)
            drawn += list(frame.index)
            found = frame.iloc[0]
            shown = colours(symbols[rule.get("symbol")])
            if name == "event-points":
                assert theme.LIGHT["article"] in shown
                continue
            look = atlas.profile.style(name, found["kind"], found["status"] or None)
            assert not look.width or theme.LIGHT[look.stroke] in shown
            assert not look.fill or look.hatch is not None or theme.LIGHT[look.fill] in shown
        assert sorted(drawn) == list(pyogrio.read_dataframe(path, layer=name, fid_as_index=True).index)


def test_lines_have_our_dashes_and_hatches_in_qgis(atlas: Atlas, package: Path) -> None:
    styles = pyogrio.read_dataframe(package, layer="layer_styles").set_index("f_table_name")["styleQML"]
    root = etree.fromstring(styles["zones"].encode())
    dashes = {style.dash for style in atlas.profile.layers["zones"].statuses.values()}
    written = root.xpath("//Option[@name='customdash']/@value")
    assert {str(dash) for dash in written} <= {(dash or "").replace(" ", ";") for dash in dashes}
    root = etree.fromstring(styles["control"].encode())
    angles = {
        90 - style.hatch
        for style in atlas.profile.layers["control"].kinds.values()
        if style.hatch is not None
    }
    found = root.xpath("//layer[@class='LinePatternFill']//Option[@name='angle']/@value")
    assert {int(angle) for angle in found} == angles
    # the lines of a hatch lie over the fill
    assert len(root.xpath("//layer[@class='SimpleFill']")) >= len(found)


def colours(symbol: etree._Element) -> set[str]:
    """Return the colours a symbol of QGIS is drawn in, those of a picture in it included."""
    found: set[str] = set()
    for option in symbol.iterfind(".//Option[@value]"):
        value = str(option.get("value"))
        if re.fullmatch(r"\d+,\d+,\d+,\d+", value):
            found.add("#{:02x}{:02x}{:02x}".format(*map(int, value.split(",")[:3])))
        if value.startswith("base64:"):
            picture = etree.fromstring(base64.b64decode(value.removeprefix("base64:")))
            assert b"currentColor" not in etree.tostring(picture)
            found |= {str(colour) for colour in picture.xpath("//@fill | //@stroke")}
    return found


def test_plain_geojson_conforms_to_the_standard(written: Written) -> None:
    data = json.loads(written(LATER, "geojson"))
    assert (data["type"], data["view"]) == ("FeatureCollection", ADDRESS)
    assert "crs" not in data
    ids = [feature["id"] for feature in data["features"]]
    assert len(set(ids)) == len(ids)
    for feature in data["features"]:
        assert {*feature} == {"id", "type", "properties", "geometry"}
        assert None not in feature["properties"].values()
        if feature["geometry"]:
            shape = shapely.geometry.shape(feature["geometry"])
            assert shapely.equals_exact(shape, shapely.orient_polygons(shape))
            west, south, east, north = shape.bounds
            assert -180 <= west <= east <= 180
            assert -90 <= south <= north <= 90


def test_plain_geojson_opens_with_everything_shown(atlas: Atlas, written: Written) -> None:
    frame = gpd.read_file(io.BytesIO(written(ON_THE_DAY, "geojson")))
    selection = select(atlas, ON_THE_DAY)
    assert frame.crs.to_epsg() == 4326
    assert list(frame["place"].dropna()) == [
        place.id for place, *_ in selection.places if place.layer != "land"
    ]
    assert list(frame["event"].dropna()) == [event.id for event, _ in selection.events]
    assert list(frame["fact"].dropna()) == [fact.id for fact, _ in selection.facts]
    statements = frame[frame["layer"] == "events"]
    marked = {*statements.loc[statements.geometry.notna(), "event"]}
    assert marked == {event.id for event, _ in selection.events if rows.spot(atlas, event, ON_THE_DAY)}


@pytest.mark.parametrize("form", FORMS)
def test_an_empty_view_can_be_written(tiny_atlas: Atlas, form: Form, tmp_path: Path) -> None:
    profile = replace(tiny_atlas.profile, home=None)
    nothing = replace(tiny_atlas, profile=profile, events=(), facts=(), layers=())
    path = tmp_path / f"view.{form}"
    path.write_bytes(write(nothing, ON_THE_DAY, form, ADDRESS))
    if form == "parquet":
        frame = gpd.read_parquet(path)
        assert (len(frame), frame.crs.to_epsg()) == (0, 4326)
    elif form == "csv":
        assert csv_rows(path.read_bytes()) == []
    elif form == "gpkg":
        assert {name for name, _ in pyogrio.list_layers(path)} == {"about", "sources"}
    elif form not in ("kml", "kmz"):
        data = json.loads(path.read_bytes())
        assert not data.get("features", data.get("total"))


def test_reading_geoparquet_restores_the_frame_of_statements(
    atlas: Atlas, tmp_path: Path, written: Written
) -> None:
    path = tmp_path / "view.parquet"
    path.write_bytes(written(LATER, "parquet"))
    frame = gpd.read_parquet(path)
    for column in LISTS & {*frame.columns}:
        frame[column] = [list(items) for items in frame[column]]
    assert_geodataframe_equal(frame, event_frame(atlas, select(atlas, LATER)))
    found = duckdb.sql(f"SELECT count(DISTINCT event), min(earliest) FROM '{path}'").fetchall()  # noqa: S608
    assert found == [(28, datetime(2017, 1, 1))]  # noqa: DTZ001 - a day

"""Incidents on maps of other places: their areas, countries and synthetic exports."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pandas as pd
import pytest
from tiny import Tiny, box, feature

from mapapp.core.model import Atlas
from mapapp.data.load import load
from mapapp.incidents.countries import countries_by_name, country_shown
from mapapp.incidents.importer import import_file
from mapapp.incidents.spatial_join import areas_of
from mapapp.incidents.synthetic import write_synthetic
from mapapp.incidents.synthetic_values import Like


def test_incidents_are_counted_in_all_areas_but_the_ground_lakes_and_computed_ones(atlas: Atlas) -> None:
    counted = set(areas_of(atlas).ids)
    layers = {place.layer for place in atlas.place.values() if place.id in counted}
    assert layers == {"zones", "dmz", "governorates", "control", "corridor", "countries"}


def test_a_country_is_found_by_its_names_in_all_languages_and_as_datasets_spell_it(
    tiny: Tiny, tmp_path: Path
) -> None:
    place = tiny.place("farland")
    place["properties"] |= {"names": {"en": "Myanmar", "tr": "Burma Birliği"}, "iso2": "MM"}
    found = countries_by_name(load(tiny.write(tmp_path)))
    assert {name for name, country in found.items() if country.id == "farland"} == {
        *("myanmar", "burma birliği", "myanmar (burma)", "burma"),
    }


def test_the_country_shown_fills_most_of_the_opening_frame(tiny: Tiny, tmp_path: Path) -> None:
    shown = country_shown(load(tiny.write(tmp_path / "one")))
    assert shown is not None
    assert shown.id == "syria"
    assert tiny.profile is not None
    tiny.profile["home"] = [31, 37, 34, 38.5]
    shown = country_shown(load(tiny.write(tmp_path / "other")))
    assert shown is not None
    assert shown.id == "farland"


def test_swapped_coordinates_are_found_in_the_country_a_row_names_in_another_language(
    tiny: Tiny, tmp_path: Path
) -> None:
    tiny.place("farland")["properties"]["names"] = {"en": "Farland", "tr": "Uzak Ülke"}
    tiny.place("farland")["geometry"] = box(30, 36, 35.5, 39)
    atlas = load(tiny.write(tmp_path / "data"))
    good = "2020-02-01,Uzak Ülke,37.5,32,clashes\n" * 9
    swapped, elsewhere = "2020-02-01,Uzak Ülke,32,37.5,clashes\n", "2020-02-01,Elsewhere,1,2,clashes\n"
    rows = f"date,country,lat,lon,kind\n{good}{swapped}{elsewhere}"
    (tmp_path / "export.csv").write_text(rows, "utf-8")
    done = import_file(tmp_path / "export.csv", atlas, tmp_path / "store")
    assert done.dataset.rows == 10  # the row in a country the map does not show is not checked
    assert dict(done.reasons) == {"latitude and longitude look swapped": 1}


@pytest.mark.parametrize("like", ["acled", "ucdp", "csv"])
def test_a_synthetic_export_has_the_places_and_days_of_the_map(
    like: Like, tiny_atlas: Atlas, tmp_path: Path
) -> None:
    write_synthetic(tmp_path / "one.csv", tiny_atlas, 400, like)
    write_synthetic(tmp_path / "other.csv", tiny_atlas, 400, like)
    assert (tmp_path / "one.csv").read_bytes() == (tmp_path / "other.csv").read_bytes()
    rows = pd.read_csv(tmp_path / "one.csv")
    place = rows["location" if like == "acled" else "where_coordinates" if like == "ucdp" else "place"]
    assert place.str.contains("Rivertown").any()
    if like == "acled":
        assert set(rows["country"]) == {"Syria", "Farland"}
        day = tiny_atlas.day
        assert (
            pd.to_datetime(rows["event_date"])
            .dt.date.between(day - timedelta(days=1100), day + timedelta(days=140))
            .all()
        )


def test_a_map_without_points_has_synthetic_exports_too(tiny: Tiny, tmp_path: Path) -> None:
    del tiny.layers["towns"], tiny.layers["posts"]
    tiny.events = [event for event in tiny.events if event["id"] in ("clashes-go-on", "truce-broken")]
    tiny.facts = []
    tiny.layers["lakes"] = [feature("pond", box(37.1, 35.3, 37.2, 35.4), kind="lake")]
    write_synthetic(tmp_path / "x.csv", load(tiny.write(tmp_path / "data")), 50, "acled")
    assert len(pd.read_csv(tmp_path / "x.csv")) == 50

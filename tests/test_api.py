"""The public Python API: what a notebook does with it, from loading to a file."""

from __future__ import annotations

import doctest
import re
import runpy
import subprocess
import sys
from dataclasses import replace
from datetime import date
from pathlib import Path
from types import ModuleType

import folium
import geopandas as gpd
import pandas as pd
import pytest
import shapely
from tiny import Tiny

import mapapp
from mapapp import api
from mapapp.export import FORMS
from mapapp.frames import source_frame
from mapapp.incidents import frame as incident_frame
from mapapp.view_address import read_address

EXAMPLE = Path(__file__).resolve().parents[1] / "examples" / "september_2018.py"


@pytest.fixture(scope="module")
def atlas() -> mapapp.Atlas:
    """Return the shipped atlas, loaded as a notebook loads it."""
    return mapapp.load()


@pytest.mark.slow
def test_from_the_article_to_a_spatial_join(atlas: mapapp.Atlas, tmp_path: Path) -> None:
    view = atlas.view("2018-09-01", "2018-09-30", said_by=["article"])
    events = view.events
    assert isinstance(events, gpd.GeoDataFrame)
    assert events.crs == "EPSG:4326"
    assert "sochi-demilitarised-zone" in set(events["event"])
    assert all(words in atlas.articles[0].text for passages in events["passages"] for words in passages)

    cities = gpd.GeoDataFrame({"city": ["Idlib"]}, geometry=[shapely.Point(36.63, 35.93)], crs="EPSG:4326")
    joined = gpd.sjoin(view.places, cities)
    assert {"governorate-idlib", "zone-idlib"} <= set(joined["place"])

    shown = view.map()
    assert isinstance(shown, folium.Map)
    folium.GeoJson(cities).add_to(shown)
    folium.LayerControl().add_to(shown)
    assert shown._repr_html_()

    for ending in FORMS:
        assert view.to_file(tmp_path / f"view.{ending}").stat().st_size > 1000
    assert view.page(tmp_path / "map.html").read_text(encoding="utf-8").startswith("<!DOCTYPE html>")
    assert view.figure(tmp_path / "idlib.svg").read_bytes().startswith(b"<?xml")
    assert "2018-09-01" in view.cite()


def test_parameters_left_out_have_the_defaults_of_the_page(atlas: mapapp.Atlas) -> None:
    view = atlas.view()
    assert view.address() == "?first=2020-02-19&last=2020-02-19"
    assert view.events["event"].nunique() == 25
    assert view.places.set_index("place").loc["zone-homs", "status"] == "government"
    assert pd.isna(view.places.set_index("place").loc["syria", "latest"])


def test_statements_are_numbered_in_the_articles_order(atlas: mapapp.Atlas) -> None:
    whole = atlas.view("2017-01-01", "2020-02-19").events.drop_duplicates("event")
    assert list(whole["number"]) == list(range(1, 29))


def test_an_empty_view_has_frames_with_columns(atlas: mapapp.Atlas) -> None:
    nothing = atlas.view("2019-06-01", "2019-06-01", said_by=[])
    assert nothing.events.empty
    assert nothing.events.crs == "EPSG:4326"
    assert list(nothing.events.columns) == list(atlas.view().events.columns)
    assert str(nothing.events["earliest"].dtype).startswith("datetime64")


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        ({"first": "2019-02-30"}, "first"),
        ({"said_by": ["nobody"]}, "said_by"),
        ({"selected": "zone-atlantis"}, "selected"),
        ({"names": "xx"}, "names"),
        ({"first": "2020-02-19", "last": "2018-01-01"}, "first"),
    ],
)
def test_an_invalid_view_names_the_parameter(
    atlas: mapapp.Atlas, asked: dict[str, object], told: str
) -> None:
    with pytest.raises(mapapp.ViewError, match=told):
        atlas.view(**asked)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ({"first": 5}, "first: expected a date or text (got 5); use a day such as 2020-02-19"),
        ({"as_of": True}, "as_of: expected a date or text (got True); use a day such as 2020-02-19"),
        ({"kinds": 3}, "kinds: expected text or a list of texts (got 3); use one such as agreement"),
        (
            {"said_by": b"article"},
            "said_by: expected text or a list of texts (got b'article'); use one such as ",
        ),
        (
            {"hidden": ["roads", 3]},
            "hidden: expected text or a list of texts (got ['roads', 3]); use one such as ",
        ),
        ({"selected": ["zone-idlib"]}, "selected: expected text (got ['zone-idlib']); use one such as "),
        ({"names": 7}, "names: expected text (got 7); use one such as en"),
        ({"certain": "no"}, 'certain: expected True or False (got "no")'),
        ({"background": None}, "background: expected True or False (got None)"),
        ({"names": "de"}, 'names: unknown value (got "de"); choose from en, ar, tr, ru'),
    ],
)
def test_a_part_of_a_wrong_type_is_refused_in_plain_words(
    atlas: mapapp.Atlas, asked: dict[str, object], said: str
) -> None:
    with pytest.raises(mapapp.ViewError) as refused:
        atlas.view(**asked)  # type: ignore[arg-type]
    assert str(refused.value).startswith(said)
    assert "\n" not in str(refused.value)


def test_all_that_is_wrong_with_a_view_is_said_at_once(atlas: mapapp.Atlas) -> None:
    with pytest.raises(mapapp.ViewError) as refused:
        atlas.view(5, "soon", certain="no", kinds=["war", "famine"], selected=3, names="de")  # type: ignore[arg-type]
    assert [line.split(": ")[0] for line in str(refused.value).splitlines()] == [
        *("first", "last", "certain", "kinds", "selected", "names")
    ]


def test_days_and_words_are_taken_in_every_usual_form(atlas: mapapp.Atlas) -> None:
    view = atlas.view("2018-09-01", "2018-09-30", said_by=["article"], kinds=["talks", "agreement"])
    same = atlas.view(
        date(2018, 9, 1),
        pd.Timestamp("2018-09-30"),
        said_by=pd.Series(["article"]),
        kinds=(kind for kind in ("agreement", "talks")),
    )
    assert same.address() == view.address()


def test_a_file_that_cannot_be_made_says_why(tiny: Tiny, tmp_path: Path) -> None:
    view = mapapp.load(tiny.write(tmp_path / "in")).view()
    with pytest.raises(mapapp.ViewError, match=r"unsupported file type; use \.gpkg"):
        view.to_file(tmp_path / "view.xlsx")
    with pytest.raises(mapapp.ViewError, match="unknown page size"):
        view.figure(tmp_path / "x.svg", size="a0")
    with pytest.raises(mapapp.ViewError, match="cannot be written"):
        view.to_file(tmp_path / "no" / "folder.csv")
    with pytest.raises(Exception, match="part of a data folder"):
        view.to_file(tmp_path / "in" / "data" / "x.csv")


def test_all_faults_in_the_data_are_in_the_error(tiny: Tiny, tmp_path: Path) -> None:
    tiny.event("quiet-zone")["when"]["edtf"] = "2018-19"
    tiny.event("clashes-go-on")["kind"] = "rumour"
    with pytest.raises(mapapp.DataError) as told:
        mapapp.load(tiny.write(tmp_path))
    assert len(told.value.faults) == 2


def test_code_in_an_article_stays_text_in_a_map(tiny: Tiny, tmp_path: Path) -> None:
    attack = "`${alert(1)}` {{ 7 * 7 }} </script><img src=x onerror=alert(1)>"
    data = mapapp.load(tiny.write(tmp_path)).data
    passage = replace(data.events[0].passages[0], exact=attack)
    data = replace(data, events=tuple(replace(event, passages=(passage,)) for event in data.events))
    page = api.Atlas(data, tmp_path).view("2017-01-01", "2020-02-19").map().get_root().render()
    assert "&#123;&#123; 7 * 7" in page
    assert not re.search(r"\$\{alert|<img src=x", page)


def test_the_walk_of_the_example_runs_and_leaves_a_geopackage_and_a_figure(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    runpy.run_path(str(EXAMPLE), run_name="__main__")
    told = capsys.readouterr()
    assert told.err == ""
    assert "Sochi" in told.out
    zones = gpd.read_file(tmp_path / "september-2018.gpkg", layer="zones")
    assert zones.set_index("place").loc["zone-idlib", "status"] == "partly-government"
    assert (tmp_path / "september-2018.pdf").read_bytes().startswith(b"%PDF-")


def test_importing_mapapp_loads_nothing_heavy() -> None:
    heavy = (
        "{'pandas', 'geopandas', 'folium', 'shapely', 'streamlit', 'typst', 'uharfbuzz', 'pyproj', 'duckdb'}"
    )
    code = f"import sys, mapapp; print(sorted({heavy} & set(sys.modules)))"
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)  # noqa: S603
    assert told.stdout.strip() == "[]"


def test_a_frame_has_the_articles_words_and_missing_values_for_empty_ones(atlas: mapapp.Atlas) -> None:
    events = atlas.view().events.set_index("event")
    assert events["quotation"].str.contains("“").all()
    assert events.loc[["erdogan-akp-speech"], "via"].isna().all()
    assert atlas.view().places["kind"].ne("land").all()


def test_a_file_extension_alone_is_not_a_file_name(atlas: mapapp.Atlas, tmp_path: Path) -> None:
    for name in (".csv", ".lpf.json", "view", "view.json"):
        with pytest.raises(mapapp.ViewError, match="unsupported file type"):
            atlas.view().to_file(tmp_path / name)


def test_all_lists_exactly_the_public_names() -> None:
    assert all(getattr(mapapp, name) for name in mapapp.__all__)
    with pytest.raises(AttributeError, match="no attribute 'nothing'"):
        mapapp.nothing  # noqa: B018


@pytest.mark.parametrize("module", [api, incident_frame])
def test_the_examples_of_the_docstrings_hold(module: ModuleType) -> None:
    failed, tried = doctest.testmod(module)
    assert tried > 3
    assert failed == 0


def test_each_public_function_has_an_example() -> None:
    named = [mapapp.load, mapapp.incidents.read, *vars(api.Atlas).values(), *vars(api.View).values()]
    without = []
    for item in named:
        made = getattr(item, "func", item)  # a cached property's
        name = getattr(made, "__name__", "_")
        if callable(made) and not name.startswith("_") and ">>>" not in (made.__doc__ or ""):
            without.append(name)
    assert without == ["selection"]  # frozen values, for our own use


def test_a_single_word_is_accepted_as_a_list(atlas: mapapp.Atlas) -> None:
    several = atlas.view(said_by=["article"], kinds=["talks"], hidden=["roads"])
    assert atlas.view(said_by="article", kinds="talks", hidden="roads").question == several.question


def test_a_source_has_its_date_in_edtf(atlas: mapapp.Atlas) -> None:
    frame = source_frame(atlas.data, ["s94"])
    assert frame["date"].tolist() == ["2020-02-19"]


def test_a_view_can_be_a_step_of_the_story_with_what_is_asked_for_besides() -> None:
    atlas = mapapp.load()
    step = read_address({"step": "3"}, atlas.data)[0]
    assert atlas.view(step=3).question == step
    changed = atlas.view(step=3, hidden=["towns"], certain=True).question
    assert changed == replace(step, hidden=frozenset({"towns"}), certain=True)
    assert mapapp.load().view(step=3).address().endswith("step=3")
    for wrong, said in ((99, "step: "), (True, "step: expected a number"), ("x", "step: ")):
        with pytest.raises(mapapp.ViewError, match=said):
            atlas.view(step=wrong)  # type: ignore[arg-type]

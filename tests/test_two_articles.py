"""Two articles in one folder: exports say whose a statement is, what it counts, and whether it is a draft."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import replace
from pathlib import Path

import geopandas as gpd
import pyogrio
import pytest
from lxml import etree
from two_articles import NEWER, OLDER, two_articles, with_drafts

import mapapp
from mapapp.cli.main import main
from mapapp.core.drafts import has_drafts, without_drafts
from mapapp.core.model import Atlas
from mapapp.core.select import select
from mapapp.data.checks.article import check
from mapapp.data.load import load
from mapapp.errors import DataError
from mapapp.export import FORMS
from mapapp.export.citation import STYLES, Style
from mapapp.frames import place_frame

DAYS = ("2018-01-01", "2020-12-31")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder with two articles, which tests only read."""
    return two_articles().write(tmp_path_factory.mktemp("two"))


@pytest.fixture(scope="module")
def drafts(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder with drafts, which tests only read."""
    return with_drafts().write(tmp_path_factory.mktemp("drafts"))


def view(folder: Path, *, article: str | None = None, drafts: bool = False) -> mapapp.View:
    """Return a view of all days."""
    return mapapp.load(folder, drafts=drafts).view(*DAYS, article=article, as_of="all")


def table(data: str) -> list[dict[str, str]]:
    """Read CSV with its row of tags."""
    return list(csv.DictReader(io.StringIO(data, newline="")))


def test_the_folders_have_no_faults(folder: Path, drafts: Path) -> None:
    assert check(folder) == []
    assert check(drafts) == []


def test_each_row_says_whose_statement_it_is(folder: Path) -> None:
    rows = view(folder).events.drop_duplicates("event").set_index("event")
    assert list(rows["number_shown"]) == ["A1", "A2", "A3", "A4", "A5", "A6", "B1", "B2"]
    assert list(rows["number"]) == [1, 2, 3, 4, 5, 6, 1, 2]
    row = rows.loc["driven-out"]
    assert (row["article"], row["article_title"], row["article_publisher"]) == (
        NEWER,
        "Floods in Rivertown",
        "Herald",
    )
    assert (f"{row['article_date']:%Y-%m-%d}", row["article_url"]) == (
        "2020-02-21",
        "https://example.org/floods",
    )
    assert {*rows.loc[rows["article"] == OLDER, "article_sha256"]} != {row["article_sha256"]}


@pytest.mark.parametrize("form", FORMS)
def test_one_article_is_exported_alone(form: str, folder: Path, tmp_path: Path) -> None:
    made = view(folder, article=NEWER).to_file(tmp_path / f"view.{form}")
    if form in ("gpkg", "kml", "geojson", "csv", "jsonld"):
        assert b"driven-out" in made.read_bytes()
        assert b"clashes-go-on" not in made.read_bytes()


def test_a_place_says_which_articles_name_it(folder: Path) -> None:
    places = view(folder).places.set_index("place")
    assert places.loc["rivertown", "articles"] == [OLDER, NEWER]
    assert places.loc["faraway", "articles"] == []


def test_a_value_of_a_place_that_is_called_like_a_column_keeps_a_column_of_its_own(folder: Path) -> None:
    atlas = load(folder)
    town = replace(atlas.place["rivertown"], facts=(("layer", 3),))
    layers = tuple(
        replace(layer, places=tuple(town if place.id == town.id else place for place in layer.places))
        for layer in atlas.layers
    )
    atlas = replace(atlas, layers=layers)
    places = place_frame(atlas, select(atlas, view(folder).question)).set_index("place")
    assert (places.loc["rivertown", "layer"], places.loc["rivertown", "fact_layer"]) == ("towns", 3)


def test_annotations_point_at_the_article_they_quote(folder: Path, tmp_path: Path) -> None:
    found = json.loads(view(folder).to_file(tmp_path / "view.jsonld").read_bytes())
    texts = {article.id: article.text for article in load(folder).articles}
    sources = {item["target"]["source"]["identifier"] for item in found["first"]["items"]}
    assert sources == {OLDER, NEWER}
    for item in found["first"]["items"]:
        quote, position = item["target"]["selector"]
        text = texts[item["target"]["source"]["identifier"]]
        assert text[position["start"] : position["end"]] == quote["exact"]
    (died,) = (
        item["body"] for item in found["first"]["items"] if item["body"]["id"] == "urn:mapapp:event:some-died"
    )
    (dead,) = died["additionalProperty"]
    assert (dead["minValue"], dead["unitText"], dead["description"]) == (12, "people", "At least 12")
    assert "value" not in dead


@pytest.mark.parametrize("style", STYLES)
def test_a_citation_names_each_article_shown(folder: Path, style: Style) -> None:
    both, one = view(folder).cite(style), view(folder, article=OLDER).cite(style)
    for text in ("Doe, J.", "Floods in Rivertown", "Herald", "https://example.org/floods", "The article"):
        assert text in both
    assert "Floods" not in one
    assert "The article" in one


def test_several_quantities_of_one_kind_are_neither_lost_nor_summed(folder: Path, tmp_path: Path) -> None:
    tags, *rows = table(view(folder).to_file(tmp_path / "x.csv").read_text("utf-8-sig"))
    row = next(row for row in rows if row["event_id_cnty"] == "driven-out")
    assert (row["displaced_best"], row["displaced_as_said"]) == ("7000", "7,000 people")
    assert (row["displaced_min_2"], row["displaced_best_2"], row["displaced_max_2"]) == ("5000", "", "9000")
    assert (tags["displaced_best"], tags["displaced_min"], tags["displaced_max_2"]) == (
        "#affected+displaced",
        "#affected+displaced+min",
        "#affected+displaced+max",
    )
    assert row["dead_min"] == ""
    assert not any("homes" in column for column in tags)  # which the folder does not use


def test_quantities_have_a_table_of_their_own(folder: Path, tmp_path: Path) -> None:
    shown = view(folder)
    assert list(shown.quantities["kind"]) == ["displaced", "displaced", "dead"]
    assert shown.quantities["min"].tolist()[1:] == [5000, 12]
    made = shown.to_file(tmp_path / "view.gpkg")
    rows = pyogrio.read_dataframe(made, layer="quantities")
    assert list(rows["as_said"]) == ["7,000 people", "between 5,000 and 9,000", "At least 12"]
    assert str(shown.events["displaced_best"].dtype) == "Float64"
    parquet = gpd.read_parquet(shown.to_file(tmp_path / "view.parquet"))
    assert parquet.set_index("event").loc["some-died", "dead_min"] == 12


def test_kml_says_the_quantities_in_words(folder: Path, tmp_path: Path) -> None:
    root = etree.parse(view(folder).to_file(tmp_path / "view.kml")).getroot()
    text = " ".join(root.itertext())
    assert "Displaced: 7,000 people" in text
    assert "Displaced: 5,000 to 9,000 people" in text
    assert "Dead: at least 12 people" in text


def test_events_lists_the_articles_and_their_quantities(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["events", "--data", str(folder)]) == 0
    told = capsys.readouterr().out
    assert "B2. 21 February 2020: Some died\n" in told
    assert f"  article: {NEWER}\n" in told
    assert "  Dead: at least 12 people\n" in told
    assert main(["events", "--data", str(folder), "--article", NEWER, "--format", "json"]) == 0
    rows = json.loads(capsys.readouterr().out)
    assert [(row["number_shown"], row["quantities"][0]["min"]) for row in rows] == [("B1", None), ("B2", 12)]


def test_cite_takes_one_article(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["cite", "--data", str(folder), "--article", OLDER]) == 0
    assert "Floods" not in capsys.readouterr().out


def test_drafts_are_left_out_unless_asked_for(drafts: Path) -> None:
    assert not {"soldiers-leave"} & {*view(drafts).events["event"]}
    assert "hamlet" not in {*view(drafts).places["place"]}
    assert "draft" not in view(drafts).events
    with_them = view(drafts, drafts=True)
    assert set(with_them.events.loc[with_them.events["draft"], "event"]) == {"soldiers-leave"}
    assert set(with_them.places.loc[with_them.places["draft"], "place"]) == {"hamlet"}
    assert list(with_them.background["draft"]) == [False, True]


def test_numbers_do_not_change_without_drafts(drafts: Path) -> None:
    for wanted in (False, True):
        rows = view(drafts, drafts=wanted).events.set_index("event")
        assert rows.loc["zone-guarded", "number_shown"] == "A6"


@pytest.mark.parametrize("form", ["gpkg", "geojson", "csv", "kml", "jsonld", "lpf.json"])
def test_a_data_file_marks_drafts_only_if_asked_for(form: str, drafts: Path, tmp_path: Path) -> None:
    days = ["--first", DAYS[0], "--last", DAYS[1], "--as-of", "all"]
    out = tmp_path / f"view.{form}"
    assert main(["data", str(out), "--data", str(drafts), *days]) == 0
    assert b"draft" not in out.read_bytes().lower()
    assert main(["data", str(out), "--data", str(drafts), *days, "--drafts"]) == 0
    assert b"draft" in out.read_bytes().lower()


def test_events_lists_drafts_only_if_asked_for(drafts: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["events", "--data", str(drafts)]) == 0
    assert "Soldiers must leave" not in capsys.readouterr().out
    assert main(["events", "--data", str(drafts), "--drafts"]) == 0
    assert "A5. Draft. " in capsys.readouterr().out


def test_what_is_published_does_not_refer_to_drafts(tmp_path: Path) -> None:
    tiny = with_drafts()
    tiny.place("zone-idlib")["properties"]["draft"] = True
    root = tiny.write(tmp_path)
    fix = '"zone-idlib" is a draft; make this a draft too, or remove draft: true there'
    found = [str(fault) for fault in check(root)]
    assert f"data/events/{OLDER}.yaml: quiet-zone.places[1]: {fix}" in found
    assert f"data/geo/posts.geojson: post-one.within[0]: {fix}" in found
    assert f"data/background.yaml: zone-signed.places[0]: {fix}" in found
    assert f"data/map.yaml: home: {fix}" in found
    with pytest.raises(DataError, match="is a draft"):
        mapapp.load(root)
    assert mapapp.load(root, drafts=True)


def test_a_strict_check_lists_drafts_and_what_nobody_reviewed(
    drafts: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["check", "--data", str(drafts)]) == 0
    capsys.readouterr()
    assert main(["check", "--strict", "--data", str(drafts)]) == 1
    told = capsys.readouterr().out
    assert f"data/events/{OLDER}.yaml: soldiers-leave: is a draft; " in told
    assert "data/geo/towns.geojson: hamlet: is a draft; " in told
    assert "data/background.yaml: truce-later: is a draft; " in told
    assert (
        f"data/events/{NEWER}.yaml: nobody has reviewed 2 of its entries (got driven-out, some-died); "
        in told
    )
    assert "countries.geojson" not in told


def test_what_somebody_reviewed_passes_a_strict_check(tmp_path: Path) -> None:
    tiny = two_articles()
    tiny.event("clashes-go-on")["reviewed"] = {"by": "Doe", "on": "2020-03-01"}
    told = [fault.got for fault in check(tiny.write(tmp_path), strict=True) if OLDER in fault.file]
    assert told == ["truce-broken, war-threatened, quiet-zone and 2 more"]


def test_an_atlas_without_drafts_is_returned_as_it_is(folder: Path) -> None:
    atlas: Atlas = load(folder)
    assert not has_drafts(atlas)
    assert without_drafts(atlas) is atlas
    assert has_drafts(replace(atlas, facts=(replace(atlas.facts[0], draft=True),)))

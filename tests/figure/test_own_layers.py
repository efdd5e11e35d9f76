"""Layers that the maker of a figure adds are drawn, and named as theirs in the key and the notes."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import mapapp
from mapapp.cli.main import main
from mapapp.core.model import Atlas
from mapapp.data.own_layer import OwnLayer, read_own_layer
from mapapp.errors import DataError
from mapapp.figure import Extras, draw
from mapapp.figure.own_layers import own_notes, read_own_file
from mapapp.theme import LIGHT
from mapapp.view_address import default_view

CASES = Path(__file__).resolve().parents[1] / "own_layers"


def own(name: str) -> OwnLayer:
    """Return one of the cases, read."""
    return read_own_layer(name, (CASES / name).read_bytes())


def svg_with(atlas: Atlas, *layers: OwnLayer) -> str:
    """Return the figure of the default view with layers over it."""
    return draw(atlas, default_view(atlas), "svg", address="", extras=Extras(own_layers=layers)).decode()


def test_a_layer_is_drawn_in_its_own_colour_and_named_in_the_key(atlas: Atlas) -> None:
    plain, svg = svg_with(atlas), svg_with(atlas, own("good-places.kml"))
    assert LIGHT["own"] not in plain
    group = re.search(r'<g id="own-layer-1".*?</g>', svg, re.DOTALL)
    assert group is not None
    assert 'inkscape:label="Your layer: good-places.kml"' in group[0]
    assert group[0].count(LIGHT["own"]) >= 4  # a point, a line, an area and its edge
    texts = " ".join(re.findall(r"<text[^>]*>([^<]*)</text>", svg))
    assert "Added by the maker of this figure" in texts
    assert "good-places.kml, not from the article nor from the sources" in " ".join(texts.split())
    alt = re.search(r"<desc[^>]*>([^<]*)</desc>", svg)
    assert alt is not None
    assert "good-places.kml" in alt[1]


def test_hostile_names_are_only_text(atlas: Atlas) -> None:
    layer = OwnLayer('"><script>alert(1)</script>.csv', own("good-comma.csv").shapes)
    svg = svg_with(atlas, layer)
    assert "<script>" not in svg
    assert "&lt;script&gt;" in svg


def test_a_crossing_area_is_mended_not_refused(atlas: Atlas) -> None:
    bow = b'{"type":"Polygon","coordinates":[[[36,35.5],[37,36],[37,35.5],[36,36],[36,35.5]]]}'
    assert "own-layer-1" in svg_with(atlas, read_own_layer("bow.geojson", bow))


def test_the_notes_say_whose_it_is_and_what_lies_off_the_map(atlas: Atlas) -> None:
    from mapapp.figure.map_sheet import draw_map_sheet  # noqa: PLC0415 - slow to load
    from mapapp.figure.notes import Notes  # noqa: PLC0415
    from mapapp.figure.sizes import SIZES  # noqa: PLC0415

    layers = (own("good-comma.csv"), own("good-multi.geojson"))
    drawing = draw_map_sheet(Notes(atlas, default_view(atlas)), SIZES["a4"], 180, 200, own=layers)
    own_words = "Added by the maker of this figure: "
    assert own_notes(layers, drawing.projection) == [
        f"{own_words}good-comma.csv, not from the article nor from this map's sources.",
        f"{own_words}good-multi.geojson, not from the article nor from this map's sources.",
        "4 of the 7 items of good-multi.geojson lie off this map.",
    ]


def test_the_command_takes_several_layers_and_refuses_a_bad_one(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    layers = [f"--own-layer={CASES / name}" for name in ("good-comma.csv", "good-track.gpx")]
    assert main(["figure", str(tmp_path / "map.svg"), *layers]) == 0
    assert "own-layer-2" in (tmp_path / "map.svg").read_text(encoding="utf-8")
    capsys.readouterr()
    assert main(["figure", str(tmp_path / "bad.svg"), f"--own-layer={CASES / 'bad-rows.csv'}"]) == 1
    assert capsys.readouterr().err.count("bad-rows.csv: row") == 4
    assert not (tmp_path / "bad.svg").exists()


def test_what_lies_off_the_map_is_said_by_the_command_and_as_a_warning(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    layer = str(CASES / "good-multi.geojson")
    said = "4 of the 7 items of good-multi.geojson lie off this map."
    assert main(["figure", str(tmp_path / "map.svg"), f"--own-layer={layer}"]) == 0
    assert capsys.readouterr().err == f"mapapp: note: {said}\n"
    with pytest.warns(UserWarning, match=said):
        mapapp.load().view().figure(tmp_path / "map.svg", own_layers=[layer])


def test_a_file_that_cannot_be_read_is_an_error_in_one_line() -> None:
    with pytest.raises(Exception, match="own layer: cannot read the file"):
        read_own_file(CASES / "missing.csv")
    with pytest.raises(DataError, match=r"bad-ending\.shp: unsupported file type"):
        read_own_file(CASES / "bad-ending.shp")

"""The exported page: text of the data stays text, and without JavaScript the map is drawn and described."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

import shapely
from hostile import HOSTILE, harmless, hostile_atlas

from mapapp.core.edtf import Window
from mapapp.core.model import Atlas
from mapapp.core.view import View
from mapapp.exported_page import exported_page
from mapapp.figure.inline_map import inline_map
from mapapp.figure.map_sheet import draw_map_sheet
from mapapp.figure.notes import Notes
from mapapp.figure.sizes import SIZES
from mapapp.view_address import default_view

VIEW = View(window=Window(date(2020, 2, 19), date(2020, 2, 19)))


def test_the_page_holds_an_attack_as_text(tiny_atlas: Atlas) -> None:
    made = exported_page(hostile_atlas(tiny_atlas), VIEW)
    body = made[made.index('<header class="page-head">') : made.index("</noscript>")]
    assert HOSTILE in harmless(body).text


def without_script(made: str) -> str:
    return made[made.index("<noscript>") : made.index("</noscript>")]


def test_without_script_there_is_a_drawn_map_and_the_same_in_words(atlas: Atlas) -> None:
    plain = without_script(exported_page(atlas, default_view(atlas)))
    assert plain.count("<svg") == 1
    assert 'role="img"' in plain
    assert "The map in words" in plain
    assert "Who held what on 19 February 2020" in plain
    drawing = plain[plain.index("<svg") : plain.index("</svg>")]
    assert len(drawing) < 220_000
    assert "inkscape" not in drawing
    assert "base64" not in drawing


def test_the_drawn_map_has_the_shapes_of_the_figure_to_a_tenth_of_a_millimetre(atlas: Atlas) -> None:
    view = default_view(atlas)
    sheet = draw_map_sheet(Notes(atlas, view), SIZES["half-page"], 170, 120).sheet
    fine = [path_points(path) for path in re.findall(' d="([^"]+)"', sheet.body())]
    coarse = [path_points(path) for path in re.findall(' d="([^"]+)"', inline_map(atlas, view))]
    assert len(fine) == len(coarse)
    for one, other in zip(fine, coarse, strict=True):
        assert shapely.hausdorff_distance(shapely.MultiPoint(one), shapely.MultiPoint(other)) < 0.08


def path_points(path: str) -> list[tuple[float, float]]:
    numbers = [float(number) for number in re.findall(r"-?[\d.]+", path)]
    return [*zip(numbers[::2], numbers[1::2], strict=True)]


def test_a_view_that_cannot_be_drawn_says_why(atlas: Atlas) -> None:
    nowhere = replace(default_view(atlas), camera=(-60.0, -120.0, 9.0))
    plain = without_script(exported_page(atlas, nowhere))
    assert "<svg" not in plain
    assert "The map of this view cannot be drawn: " in plain


def test_the_page_is_dark_where_the_system_is_and_light_on_paper(atlas: Atlas) -> None:
    made = exported_page(atlas, default_view(atlas))
    assert "@media screen and (prefers-color-scheme:dark){:root:not([data-theme])" in made

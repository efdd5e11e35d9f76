"""The theme: enough contrast in both palettes, and a style, a symbol and words for everything in the data."""

from __future__ import annotations

import re
from typing import get_args

import pytest

from mapapp import theme
from mapapp.core.model import Atlas, Basis, Confidence, Kind, Modality, Role
from mapapp.text.messages import catalogue
from mapapp.theme import Style, style_of

THEMATIC = (
    "zone",
    "dmz",
    "held",
    "government",
    "turkish-held",
    "shared",
    "line",
    "post",
    "road",
    "river",
    "town",
    "article",
)
GROUND = ("land", "country", "paper")
READ = ("ink", "soft", "article", "zone", "dmz")  # what words are set in


def luminance(colour: str) -> float:
    """Return the relative luminance of ``#rrggbb`` as WCAG 2 defines it."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """Return the contrast ratio of two colours, from 1 to 21."""
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def test_contrast_is_computed_correctly() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize("ground", GROUND)
@pytest.mark.parametrize("colour", THEMATIC)
@pytest.mark.parametrize("palette", [theme.LIGHT, theme.DARK], ids=["light", "dark"])
def test_a_thematic_colour_stands_out_from_the_ground(
    palette: dict[str, str], colour: str, ground: str
) -> None:
    assert contrast(palette[colour], palette[ground]) >= 3


@pytest.mark.parametrize("ground", ["paper", "panel"])
@pytest.mark.parametrize("colour", READ)
@pytest.mark.parametrize("palette", [theme.LIGHT, theme.DARK], ids=["light", "dark"])
def test_words_can_be_read(palette: dict[str, str], colour: str, ground: str) -> None:
    assert contrast(palette[colour], palette[ground]) >= 4.5


def test_both_palettes_name_the_same_colours_and_styles_name_no_other() -> None:
    assert theme.LIGHT.keys() == theme.DARK.keys()
    for style in theme.STYLES.values():
        assert {style.stroke, style.fill} - {None} <= theme.LIGHT.keys()


def test_every_place_has_a_style_a_symbol_and_words(atlas: Atlas) -> None:
    said = catalogue()
    for place in atlas.place.values():
        assert (place.layer, None, None) in theme.STYLES, place.id
        assert f"place-kind-{place.kind}" in said, place.id
        if place.geometry.geom_type == "Point":
            assert f"kind-place-{place.kind}" in theme.SYMBOLS, place.id
        for status in place.statuses:
            assert f"status-{status.status}" in said, place.id


def test_every_word_an_event_can_be_marked_with_has_a_symbol_and_words() -> None:
    said = catalogue()
    for kind in get_args(Kind):
        assert f"kind-{kind}" in theme.SYMBOLS
        assert f"kind-{kind}" in said
    for prefix, values in {
        "modality": Modality,
        "role": Role,
        "basis": Basis,
        "confidence": Confidence,
    }.items():
        assert [value for value in get_args(values) if f"{prefix}-{value}" not in said] == []


def test_no_two_statuses_of_a_layer_differ_only_in_colour(atlas: Atlas) -> None:
    for layer in atlas.layers:
        looks = {}
        for (name, kind, status), style in theme.STYLES.items():
            if name == layer.id and (kind, status) != (None, None):
                looks[kind, status] = (style.width, style.dash, style.fill, style.hatch)
        per_kind = {key: look for key, look in looks.items() if key[1]}
        assert len(set(per_kind.values())) == len(per_kind), layer.id


def test_the_style_sheet_uses_only_existing_colours_and_hatches() -> None:
    sheet, marks = theme.css(), theme.symbols()
    assert set(re.findall(r"var\(--([\w-]+)\)", sheet + marks)) <= theme.LIGHT.keys()
    assert all(f'id="{name}"' in marks for name in re.findall(r"url\(#([\w-]+)\)", sheet))


def test_no_colour_is_named_after_a_party() -> None:
    assert not {"red", "green", "turkey", "syria", "russia"} & theme.LIGHT.keys()


def test_marks_of_one_shape_with_different_statuses_look_different(atlas: Atlas) -> None:
    looks: dict[tuple[str, Style], set[str | None]] = {}
    for place in next(layer.places for layer in atlas.layers if layer.id == "posts"):
        for status in (None, *(one.status for one in place.statuses)):
            if status is None and place.kind != "military-point":
                continue  # all other posts always have a status
            look = (f"kind-place-{place.kind}", style_of("posts", place.kind, status))
            looks.setdefault(look, set()).add(status)
    assert [statuses for statuses in looks.values() if len(statuses) > 1] == []

"""The theme: enough contrast in both palettes, and a style and a symbol for all that a profile may have."""

from __future__ import annotations

import re
from typing import Any, get_args

import pytest

from mapapp import theme
from mapapp.core.model import Atlas, Basis, Confidence, Role
from mapapp.core.profile import COLORS, EventSymbol, PlaceSymbol, Style
from mapapp.text.messages import catalogue

THEMATIC = (
    *("violet", "ochre", "teal", "mauve", "rust", "olive", "strong", "brown", "blue", "slate", "stone"),
    "article",
)
GROUND = ("land", "country", "paper")
READ = ("ink", "soft", "article", "violet", "ochre")  # what words are set in


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


@pytest.mark.parametrize("colour", ["blue", "brown", "ochre", "violet", "mauve", "slate", "strong"])
@pytest.mark.parametrize("palette", [theme.LIGHT, theme.DARK], ids=["light", "dark"])
def test_names_on_the_map_can_be_read(palette: dict[str, str], colour: str) -> None:
    assert contrast(palette[colour], palette["land"]) >= 4.5


def test_both_palettes_have_the_same_colours_and_all_that_a_profile_may_use() -> None:
    assert theme.LIGHT.keys() == theme.DARK.keys()
    assert {*COLORS} <= theme.LIGHT.keys()


def test_there_is_a_drawing_for_each_symbol_that_a_profile_may_use() -> None:
    assert {*get_args(PlaceSymbol)} == theme.PLACE_SYMBOLS.keys()
    assert {*get_args(EventSymbol)} == theme.EVENT_SYMBOLS.keys()


def test_no_two_symbols_are_alike() -> None:
    drawn = [*theme.EVENT_SYMBOLS.values(), *theme.PLACE_SYMBOLS.values()]
    assert len({*drawn}) == len(drawn)


@pytest.mark.parametrize(("prefix", "values"), [("role", Role), ("basis", Basis), ("confidence", Confidence)])
def test_there_are_words_for_each_value_that_the_data_may_have(prefix: str, values: Any) -> None:
    assert [value for value in get_args(values) if f"{prefix}-{value}" not in catalogue()] == []


def test_a_style_of_a_status_comes_before_that_of_a_kind_and_that_before_the_layers(atlas: Atlas) -> None:
    profile = atlas.profile
    assert (
        profile.style("zones", "de-escalation-area", "government")
        is profile.layers["zones"].statuses["government"]
    )
    assert profile.style("towns", "capital", None) is profile.layers["towns"].kinds["capital"]
    assert profile.style("towns", "town", "government") is profile.layers["towns"].style


def test_no_two_statuses_of_a_layer_differ_only_in_colour(atlas: Atlas) -> None:
    for layer in atlas.profile.layers.values():
        looks = [
            (style.width, style.dash, style.fill, style.hatch, style.band)
            for style in layer.statuses.values()
        ]
        assert len(set(looks)) == len(looks), layer.id


def test_the_style_sheet_uses_only_existing_colours_and_hatches(atlas: Atlas) -> None:
    sheet, marks = theme.css(atlas.profile), theme.symbols(atlas.profile)
    assert set(re.findall(r"var\(--([\w-]+)\)", sheet + marks)) <= theme.LIGHT.keys()
    hatches = re.findall(r"url\(#([\w-]+)\)", sheet)
    assert hatches
    assert all(f'id="{name}"' in marks for name in hatches)


def test_the_style_sheet_has_a_rule_for_each_style_and_for_the_names_of_each_layer(atlas: Atlas) -> None:
    sheet = theme.css(atlas.profile)
    for layer, kind, status in atlas.profile.styles:
        selector = (
            f".layer-{layer}"
            + (f".kind-{kind}" if kind else "")
            + (f'[data-status="{status}"]' if status else "")
        )
        assert f"{selector}{{color:" in sheet
    for layer in atlas.profile.layers:
        assert f".label-{layer}{{font-size:" in sheet


def test_each_kind_of_the_profile_has_its_symbol_on_the_page(atlas: Atlas) -> None:
    marks = theme.symbols(atlas.profile)
    for kind, entry in atlas.profile.event_kinds.items():
        assert f'<symbol id="kind-{kind}" viewBox="0 0 16 16">{theme.EVENT_SYMBOLS[entry.symbol]}' in marks
    for kind, place in atlas.profile.place_kinds.items():
        assert (
            f'<symbol id="kind-place-{kind}" viewBox="0 0 16 16">{theme.PLACE_SYMBOLS[place.symbol]}' in marks
        )


def test_no_colour_is_named_after_a_party() -> None:
    assert not {"red", "green", "turkey", "syria", "russia"} & theme.LIGHT.keys()


def test_marks_of_one_shape_with_different_statuses_look_different(atlas: Atlas) -> None:
    looks: dict[tuple[str, Style], set[str | None]] = {}
    profile = atlas.profile
    for place in next(layer.places for layer in atlas.layers if layer.id == "posts"):
        for status in (None, *(one.status for one in place.statuses)):
            if status is None and place.kind != "military-point":
                continue  # all other posts always have a status
            look = (profile.symbol(place.kind), profile.style("posts", place.kind, status))
            looks.setdefault(look, set()).add(status)
    assert [statuses for statuses in looks.values() if len(statuses) > 1] == []


def test_lines_and_edges_of_low_confidence_are_dashed_and_no_others(atlas: Atlas) -> None:
    for place in atlas.place.values():
        if place.geometry.geom_type == "Point":
            continue
        style = atlas.profile.style(place.layer, place.kind, None, unsure=place.unsure)
        assert (style.dash is not None) == (place.confidence == "low"), place.id
    assert ":is(path,rect).unsure:not(.band){stroke-dasharray:6 4 !important}" in theme.css(atlas.profile)


def test_a_hatch_lies_over_the_fill(atlas: Atlas) -> None:
    marks = theme.symbols(atlas.profile)
    for (layer, kind, _), style in atlas.profile.styles.items():
        if style.hatch is not None:
            pattern = re.search(rf'<pattern id="hatch-{layer}-{kind}".*?</pattern>', marks)
            assert pattern
            assert f'fill="var(--{style.fill})" fill-opacity="{style.opacity}"' in pattern[0]


def test_the_holders_of_ground_have_fills_of_equal_weight(atlas: Atlas) -> None:
    styles = [style for (layer, _, _), style in atlas.profile.styles.items() if layer == "control"]
    held = [style for style in styles if style.stroke != "strong"]
    assert len(held) == 4
    for palette in (theme.LIGHT, theme.DARK):
        tints = [mixed(palette[style.fill or ""], palette["land"], style.opacity) for style in held]
        contrasts = [contrast(tint, palette["land"]) for tint in tints]
        assert max(contrasts) - min(contrasts) < 0.5, contrasts


def mixed(colour: str, ground: str, opacity: float) -> str:
    """Return a colour laid over a ground."""
    parts = [
        round(opacity * int(colour[at : at + 2], 16) + (1 - opacity) * int(ground[at : at + 2], 16))
        for at in (1, 3, 5)
    ]
    return "#" + "".join(f"{part:02x}" for part in parts)

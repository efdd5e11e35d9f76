"""Names in several languages, the profile's looks, articles and where the map opens."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hostile import HOSTILE, hostile_atlas
from tiny import Tiny

from mapapp.core.edtf import Window
from mapapp.core.model import Atlas
from mapapp.core.names import Names
from mapapp.core.profile import NameRank
from mapapp.core.select import select
from mapapp.core.story_frame import home, home_of
from mapapp.core.view import View
from mapapp.data.load import load


@pytest.mark.parametrize(
    ("wanted", "language", "text"),
    [
        ("fr", "fr", "Rivière"),
        ("fr-CA", "fr", "Rivière"),
        ("pt-BR", "pt-BR", "Rio"),
        ("pt", "en", "River"),
        ("ar", "en", "River"),
        ("", "en", "River"),
    ],
)
def test_a_name_is_in_the_language_wanted_or_else_in_the_first(wanted: str, language: str, text: str) -> None:
    names = Names({"en": "River", "fr": "Rivière", "pt-BR": "Rio"})
    assert (names.language(wanted), names.text(wanted)) == (language, text)


def test_the_rank_of_a_name_is_that_of_its_kind_or_its_layer(atlas: Atlas) -> None:
    profile = atlas.profile
    assert profile.rank("towns", "city") == NameRank(2, 7, 20)
    assert profile.rank("towns", "unheard-of") == profile.layers["towns"].rank
    assert profile.rank("contact-lines", "contact-line") is None
    assert profile.is_great("capital")
    assert not profile.is_great("unheard-of")


def test_what_the_reader_can_hide_is_all_but_the_base_map(atlas: Atlas) -> None:
    switchable = atlas.profile.switchable
    assert (switchable[0], switchable[-1]) == ("events", "incidents")
    assert not {"land", "countries"} & {*switchable}
    assert len(switchable) == len({*switchable}) == len(atlas.profile.layers)


def test_layers_are_found_by_their_role(atlas: Atlas) -> None:
    assert atlas.profile.having("country") == {"countries"}
    assert atlas.profile.having("province") == {"governorates"}
    assert atlas.profile.having("settlement") == {"towns"}


def test_every_class_of_places_that_has_a_style_of_its_own_is_listed(atlas: Atlas) -> None:
    styles = atlas.profile.styles
    for layer, kind, status in styles:
        found = atlas.profile.style(layer, kind or "unheard-of", status)
        assert found == styles[layer, kind, status]


def test_the_articles_of_a_folder_have_letters_if_there_are_several(atlas: Atlas) -> None:
    (article,) = atlas.articles
    assert atlas.letters == {article.id: ""}
    many = tuple(replace(article, id=f"a-{number:02d}") for number in range(28))
    letters = replace(atlas, articles=many, events=()).letters
    assert [letters[f"a-{number:02d}"] for number in (0, 1, 25, 26, 27)] == ["A", "B", "Z", "AA", "AB"]


def test_a_view_may_show_the_statements_of_one_article(tiny_atlas: Atlas) -> None:
    (article,) = tiny_atlas.articles
    view = View(Window(date(1900, 1, 1), date(2100, 1, 1)))
    other = tuple(replace(event, id=f"{event.id}-b", article="b") for event in tiny_atlas.events)
    both = replace(
        tiny_atlas, articles=(article, replace(article, id="b")), events=(*tiny_atlas.events, *other)
    )
    shown = {event.id for event, _ in select(both, replace(view, article="b")).events}
    assert shown == {event.id for event in other}
    assert len(select(both, view).events) == 2 * len(other)


def test_the_map_opens_on_the_box_of_the_profile(tiny: Tiny, tmp_path: Path) -> None:
    assert tiny.profile is not None
    tiny.profile["home"] = [30, 34, 40, 38.5]
    atlas = load(tiny.write(tmp_path))
    assert home_of(atlas) is None
    assert home(atlas) == [[34, 30], [38.5, 40]]


def test_the_map_opens_on_the_place_of_the_profile(tiny: Tiny, tmp_path: Path) -> None:
    assert tiny.profile is not None
    tiny.profile["home"] = "farland"
    assert home_of(load(tiny.write(tmp_path / "area"))) == "farland"
    tiny.profile["home"] = "rivertown"
    atlas = load(tiny.write(tmp_path / "point"))
    assert home_of(atlas) is None
    (south, west), (north, east) = home(atlas)
    assert (south + north) / 2 == pytest.approx(35.6)
    assert (west + east) / 2 == pytest.approx(37.2)
    assert east - west == pytest.approx(0.5 * 1.24)


def test_the_hostile_atlas_is_hostile_wherever_there_is_text(tiny_atlas: Atlas) -> None:
    bad = hostile_atlas(tiny_atlas)
    assert bad.profile.title is not None
    assert set(bad.profile.title.texts.values()) == {HOSTILE}
    assert HOSTILE in bad.profile.modalities["claimed"].labels.text("en")
    assert HOSTILE in bad.articles[0].text
    assert {place.names.text("ar") for place in bad.place.values()} == {HOSTILE}
    assert bad.article[bad.events[0].article] == bad.articles[0]

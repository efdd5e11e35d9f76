"""Names of files: what a view shows and when, in letters that every file system accepts."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

import pytest
from hostile import hostile_atlas
from hypothesis import given
from hypothesis import strategies as st
from tiny import Tiny

from mapapp.core.edtf import Window
from mapapp.core.model import Atlas
from mapapp.core.names import Names
from mapapp.core.view import View
from mapapp.data.load import load
from mapapp.text.file_names import file_name

DAY = date(2020, 2, 19)
VIEW = View(Window(DAY, DAY), as_of=DAY)
SEPTEMBER = View(Window(date(2018, 9, 1), date(2018, 9, 30)), as_of=DAY)


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Atlas:
    """Return the small atlas, loaded once for all examples."""
    return load(Tiny().write(tmp_path_factory.mktemp("small")))


def called(name: str, atlas: Atlas, selected: str = "zone-idlib") -> str:
    """Return the name of a file of a view of a place with this name."""
    place = replace(atlas.place[selected], names=Names({"en": name}), names_when=())
    layers = tuple(
        replace(layer, places=tuple(place if one.id == selected else one for one in layer.places))
        for layer in atlas.layers
    )
    return file_name(replace(atlas, layers=layers), replace(VIEW, selected=selected))


def test_a_file_is_named_after_the_area_of_the_story_and_the_window(atlas: Atlas) -> None:
    assert file_name(atlas, VIEW) == "idlib-2020-02-19"
    assert file_name(atlas, SEPTEMBER) == "idlib-2018-09-01-to-2018-09-30"


@pytest.mark.parametrize(
    ("selected", "name"),
    [
        ("governorate-aleppo", "aleppo"),  # a place, in or out of the story's frame
        ("road-m5", "m5-motorway"),
        ("sochi-demilitarised-zone", "idlib"),  # a statement about the area of the story
    ],
)
def test_a_file_is_named_after_the_selection_if_the_map_is_framed_on_it(
    atlas: Atlas, selected: str, name: str
) -> None:
    assert file_name(atlas, replace(SEPTEMBER, selected=selected)).startswith(f"{name}-")


def test_a_selection_elsewhere_gives_the_first_place_the_map_shows(atlas: Atlas) -> None:
    assert file_name(atlas, replace(VIEW, selected="erdogan-akp-speech")) == "ankara-2020-02-19"
    assert file_name(atlas, replace(VIEW, selected="talks-in-moscow")) == "moscow-2020-02-19"


def test_the_name_is_that_of_the_windows_last_day(atlas: Atlas) -> None:
    then = View(Window(date(2018, 12, 31), date(2019, 1, 1)), as_of=None, selected="astana-talks")
    assert file_name(atlas, then) == "astana-2018-12-31-to-2019-01-01"
    assert file_name(atlas, replace(VIEW, selected="astana-talks")) == "nur-sultan-astana-2020-02-19"


def test_a_map_moved_by_hand_is_not_named_after_a_place_it_may_not_show(atlas: Atlas) -> None:
    assert file_name(atlas, replace(VIEW, camera=(10, 10, 8))) == "map-2020-02-19"


def test_the_english_name_is_used_whatever_language_names_are_in(atlas: Atlas) -> None:
    view = replace(VIEW, names="ar", selected="zone-idlib")
    assert file_name(atlas, view) == file_name(atlas, replace(view, names="en"))


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("Ma’arrat al-Nu'man", "maarrat-al-numan"),
        ("İdlib, Diyarbakır", "idlib-diyarbakir"),
        ("Güvercinkaya / Şêx", "guvercinkaya-sex"),
        ("Łódź Straße", "lodz-strasse"),
        ("2018: 626 km²", "2018-626-km2"),
        ("إدلب", "zone-idlib"),  # no letter of the name can be used, so its id is
        ("../../etc/passwd", "etc-passwd"),
        ("--help", "help"),
        ("a\0b\nc\u202ed", "a-b-c-d"),
    ],
)
def test_a_file_name_has_only_ascii_letters_digits_and_hyphens(small: Atlas, name: str, slug: str) -> None:
    assert called(name, small) == f"{slug}-2020-02-19"


def test_a_long_name_ends_at_a_word(small: Atlas) -> None:
    assert called("The quiet zone between the rivers and the mountains in the north of it", small) == (
        "the-quiet-zone-between-the-rivers-and-the-mountains-in-the-2020-02-19"
    )
    assert called("x" * 1000, small) == f"{'x' * 60}-2020-02-19"


@given(name=st.text(max_size=200))
def test_any_name_gives_a_file_name(small: Atlas, name: str) -> None:
    found = called(name, small)
    assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*-2020-02-19", found)
    assert len(found) <= 90


def test_a_hostile_name_gives_a_file_name(atlas: Atlas) -> None:
    assert re.fullmatch(r"[a-z0-9-]{11,90}", file_name(hostile_atlas(atlas), SEPTEMBER))

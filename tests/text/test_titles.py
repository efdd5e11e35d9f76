"""Titles of views: the story's area, or the map's own title where there is no such area."""

from __future__ import annotations

from dataclasses import replace

import pytest
from figures import view_of

from mapapp.core.model import Atlas
from mapapp.core.names import Names
from mapapp.export import rows
from mapapp.export.citation import cite
from mapapp.figure.notes import Notes
from mapapp.text.direction import isolated
from mapapp.text.file_names import file_name
from mapapp.text.locales import language
from mapapp.text.titles import view_title

DAY = "first=2020-02-19&last=2020-02-19"
BOX = (35.0, 34.0, 39.0, 37.0)


def titled(atlas: Atlas, title: str | None, home: object = BOX) -> Atlas:
    """Return a map with a title, or without, that opens on a box."""
    names = Names({"en": title}) if title else None
    return replace(atlas, profile=replace(atlas.profile, title=names, home=home))  # type: ignore[arg-type]


def test_a_map_without_an_area_has_its_own_title(tiny_atlas: Atlas) -> None:
    floods = titled(tiny_atlas, "Sindh floods")
    expected = "Sindh floods: what one article says, 19 February 2020"
    assert view_title(floods, view_of(floods, DAY)) == expected
    assert view_title(floods, view_of(floods, f"{DAY}&camera=37,35,8")) == expected
    assert file_name(floods, view_of(floods, DAY)) == "sindh-floods-2020-02-19"
    assert "Sindh floods: " in cite(floods, view_of(floods, DAY), "apa", address="?", accessed=floods.day)
    assert Notes(floods, view_of(floods, DAY)).headline.startswith("Sindh floods, 19 February 2020: what one")


def test_the_only_article_titles_a_map_that_has_neither_area_nor_title(tiny_atlas: Atlas) -> None:
    plain = titled(tiny_atlas, None)
    assert view_title(plain, view_of(plain, DAY)) == ("The article: what one article says, 19 February 2020")
    several = replace(plain, articles=(*plain.articles, replace(plain.articles[0], id="other")))
    assert view_title(several, view_of(several, DAY)) == "What 2 articles say, 19 February 2020"


def test_a_map_with_an_area_is_named_after_it(tiny_atlas: Atlas) -> None:
    area = titled(tiny_atlas, "Sindh floods", tiny_atlas.profile.home)
    assert view_title(area, view_of(area, DAY)).startswith("Zone-Idlib: ")
    assert view_title(area, view_of(area, f"{DAY}&camera=37,35,8")).startswith("What one article says")


def test_a_title_from_right_to_left_keeps_its_direction(tiny_atlas: Atlas) -> None:
    derna = titled(tiny_atlas, "درنة: المقال")
    assert view_title(derna, view_of(derna, DAY)).startswith("\u2068درنة: المقال\u2069: what one article")


def test_a_title_has_the_comma_of_the_language(tiny_atlas: Atlas) -> None:
    with language("ar"):
        titled = rows.title(tiny_atlas, view_of(tiny_atlas, "language=ar"))
    assert "، " in titled
    assert ", " not in titled


def test_a_figure_has_no_title_that_its_fonts_cannot_display(tiny_atlas: Atlas) -> None:
    hindi = titled(tiny_atlas, "सोनपुर")
    assert Notes(hindi, view_of(hindi, DAY)).headline.startswith("What one article says and")
    both = Names({"en": "सोनपुर", "tr": "Sonpur"})
    known = replace(hindi, profile=replace(hindi.profile, title=both))
    assert Notes(known, view_of(known, DAY)).headline.startswith("Sonpur, 19 February 2020")


@pytest.mark.parametrize(
    ("text", "kept"),
    [("River", "River"), ("درنة", "\u2068درنة\u2069"), ("BBC عربي", "\u2068BBC عربي\u2069"), ("12", "12")],
)
def test_a_text_is_isolated_if_any_of_it_runs_from_right_to_left(text: str, kept: str) -> None:
    assert isolated(text) == kept

"""Several articles, drafts, quantities and names in languages of their own, on the exported page."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect
from tiny import Tiny, feature, point, second_article

from mapapp.data.load import load
from mapapp.exported_page import exported_page
from mapapp.view_address import default_view

Opened = Callable[[str], Page]


@pytest.fixture(scope="module")
def two(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the page of a folder with two articles, drafts, and names that some languages lack."""
    tiny = Tiny()
    second_article(tiny)
    tiny.place("rivertown")["properties"]["names"] = {"en": "Rivertown", "ar": "ريفرتاون"}
    town = {"kind": "town", "within": ["southland", "syria"], "draft": True}
    tiny.layers["towns"].append(feature("drafton", point(37.6, 35.3), **town))
    folder = tmp_path_factory.mktemp("two")
    atlas = load(tiny.write(folder))
    file = folder / "map.html"
    file.write_text(exported_page(atlas, default_view(atlas)), encoding="utf-8")
    return file


@pytest.fixture
def opened(browser: Browser, two: Path) -> Iterator[Opened]:
    """Return a function that opens the page at an address."""
    pages: list[Page] = []

    def open_(query: str = "") -> Page:
        here = browser.new_page(viewport={"width": 1440, "height": 900})
        pages.append(here)
        here.goto(f"{two.as_uri()}{query}")
        here.wait_for_selector("html[data-ready='1']", state="attached")
        return here

    yield open_
    for here in pages:
        here.close()


def test_each_article_is_set_in_its_own_language_and_direction(opened: Opened) -> None:
    here = opened("")
    texts = here.locator(".article-text")
    assert [(text.get_attribute("lang"), text.get_attribute("dir")) for text in texts.all()] == [
        ("en", "ltr"),
        ("ar", "rtl"),
    ]
    assert here.locator(".article-title").all_inner_texts() == ["A The article", "B تقرير عن الشمال"]


def test_the_reading_pane_chooses_an_article_or_all(opened: Opened) -> None:
    here = opened("?first=2018-01-01&last=2020-12-31&as_of=all")
    every = here.evaluate("mapapp.shown().length")
    here.locator("[data-choice='article']").select_option("second-2020-03-01")
    expect(here.locator(".article-part:visible")).to_have_count(1)
    expect(here.locator(".reading-count")).to_have_text("2 of 2 statements fall in the time window")
    assert here.evaluate("mapapp.shown().length") < every
    here.locator("[data-choice='article']").select_option("")
    expect(here.locator(".article-part:visible")).to_have_count(2)
    assert here.evaluate("mapapp.shown().length") == every


def test_an_address_opens_one_article(opened: Opened) -> None:
    here = opened("?article=northland-2020-02-19")
    expect(here.locator(".article-part:visible")).to_have_count(1)
    assert here.locator("[data-choice='article']").input_value() == "northland-2020-02-19"


def test_a_card_says_whose_statement_it_is_and_what_it_counts(opened: Opened) -> None:
    here = opened("?selected=killed")
    card = here.locator(".card.said").first
    assert card.locator(".card-kind").inner_text().strip().startswith("B1 · Casualties")
    assert "1 March 2020" in card.locator(".card-article").inner_text()
    assert "Killed: at least 12 people" in card.inner_text()
    assert (
        card.locator("blockquote").get_attribute("lang"),
        card.locator("blockquote").get_attribute("dir"),
    ) == (
        "ar",
        "rtl",
    )


def test_several_articles_are_spoken_of_as_several(opened: Opened) -> None:
    here = opened("?selected=rivertown")
    expect(here.locator(".group-as-said legend")).to_have_text("Mentioned in the articles")
    expect(here.locator(".article h2").first).to_have_text("The articles")
    assert here.locator(".cards h3").first.inner_text().startswith("The articles on this place")
    assert "The articles themselves" in here.locator(".group-who .filter").all_inner_texts()[0]


def test_each_article_has_its_day_on_the_axis(opened: Opened) -> None:
    here = opened("?first=2018-01-01&last=2020-12-31&as_of=all")
    expect(here.locator(".axis-svg line.article-day")).to_have_count(2)


def test_before_an_article_was_published_its_statements_are_unknown(opened: Opened) -> None:
    here = opened("?first=2018-01-01&last=2020-12-31&as_of=2020-02-19&selected=killed")
    assert "killed" not in here.evaluate("mapapp.shown()")
    assert "clashes-go-on" in here.evaluate("mapapp.shown()")
    expect(here.locator(".card.said .why-hidden").first).to_have_text(
        "Not yet published on the “as known” date."
    )


def test_drafts_are_drawn_apart_counted_and_named_as_drafts(opened: Opened) -> None:
    here = opened("?first=2018-01-01&last=2020-12-31&as_of=all&selected=drafton")
    assert here.locator(".leaflet-marker-pane .place.draft").count() == 1
    expect(here.locator(".panel .drafts")).to_have_text(
        "2 drafts, drawn with dots; they are left out of exports."
    )
    expect(here.locator(".cards .draft-tag").first).to_have_text("draft")
    assert here.locator(".article .passage.draft").all_inner_texts() == ["وفر 7,000 شخص."]
    assert here.locator(".axis-svg .time-mark.draft").get_attribute("data-mark") == "fled"
    assert "Town (draft)" in here.locator("[data-row='towns'] .key").all_inner_texts()


def test_a_name_that_is_not_known_in_the_readers_language_says_in_which_it_is(opened: Opened) -> None:
    here = opened("?names=tr&selected=rivertown")
    note = here.locator(".names-missing")
    expect(note).to_contain_text("1 of ")
    expect(note).to_contain_text("English")
    assert here.locator(".label[data-place='rivertown']").get_attribute("lang") == "en"
    shown = opened("?names=ar&selected=rivertown")
    expect(shown.locator(".names-missing")).to_be_hidden()
    label = shown.locator(".label[data-place='rivertown']")
    assert (label.get_attribute("lang"), label.inner_text()) == ("ar", "ريفرتاون")

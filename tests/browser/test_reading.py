"""Text and map are linked in both directions; cards say who says what, when, and how certain it is."""

from __future__ import annotations

from collections.abc import Callable

from visit import Visit

Open = Callable[..., Visit]


def click_label(here: Visit, name: str) -> None:
    """Click the map where a name stands: names let clicks through to what they name."""
    box = here.find(".label", has_text=name).first.bounding_box()
    assert box is not None
    here.page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)


def test_a_click_on_a_zone_shows_what_the_article_says_of_it(visit: Open) -> None:
    here = visit()
    here.mark()
    click_label(here, "Idlib de-escalation zone")
    assert here.find(".place-card h4").inner_text() == "Idlib de-escalation zone"
    cards = here.find(".card.said")
    assert "Damascus does not control the fourth zone" in here.find(".cards").inner_text()
    assert (
        "However, Damascus does not exercise control over the fourth zone" in here.find(".cards").inner_text()
    )
    assert cards.count() >= 4
    assert "Damascus does not exercise control over the fourth zone" in here.lit()
    assert here.in_view(
        ".article .passage.lit[data-events~='astana-four-zones']"
    )  # of the zone, not of a post in it
    assert "Accurate to about" in here.find(".place-card").inner_text()
    here.until_address(lambda found: found.get("selected") == "zone-idlib")
    assert here.is_marked()


def test_a_second_click_selects_what_is_below(standalone: Open) -> None:
    here = standalone()
    click_label(here, "Idlib de-escalation zone")
    here.find(".here .chip", has_text="Idlib").first.click()
    assert here.find(".place-card .card-kind").inner_text() != "De-escalation zone"
    assert here.find(".here").count() == 1


def test_a_click_on_a_passage_highlights_its_places_and_moves_the_map_there(standalone: Open) -> None:
    here = standalone("?camera=52,40,6")  # far from the zones
    assert here.find(".label", has_text="de-escalation zone").count() == 0
    passage = here.find(".passage", has_text="during their talks in")
    passage.first.click()
    assert (
        here.find(".card.said h4")
        .first.inner_text()
        .startswith("The article says that Russia, Turkey and Iran")
    )
    assert here.find(".label.lit", has_text="de-escalation zone").count() > 0
    assert "In 2017, Russia, Turkey, and Iran" in here.lit()
    here.until_address(lambda found: found.get("selected", "").startswith("astana-"))


def test_enter_on_a_passage_does_what_a_click_does(standalone: Open) -> None:
    here = standalone()
    here.find(".passage", has_text="Moscow and Ankara agreed in Sochi").first.focus()
    here.page.keyboard.press("Enter")
    assert "Moscow and Ankara agreed in Sochi" in here.find(".card.said h4").first.inner_text()
    assert here.find("path.layer-dmz.lit").count() > 0
    here.page.keyboard.press("Escape")
    assert here.find(".card").count() == 0
    assert here.lit() == ""


def test_a_card_leads_to_its_time(standalone: Open) -> None:
    here = standalone("?selected=sochi-demilitarised-zone")
    assert "In September 2018" in here.find(".card.said").inner_text()
    here.find(".card.said [data-window]").first.click()
    assert here.window() == ("2018-09-01", "2018-09-30")


def test_the_article_and_other_sources_stand_side_by_side(standalone: Open) -> None:
    here = standalone("?selected=fourth-zone-not-damascus")
    contrast = here.find(".contrast").first
    assert contrast.locator("h5").all_inner_texts() == ["The article says", "Other sources say"]
    assert contrast.locator("li:visible").count() > 0


def test_background_is_separate_and_has_sources(standalone: Open) -> None:
    here = standalone("?selected=zone-idlib")
    background = here.find("section.background").first
    assert background.locator("h3").inner_text().startswith("Background, not from the article")
    for card in background.locator(".card:visible").all():
        assert card.locator(".sources li").count() > 0


def test_later_events_are_not_on_the_cards(standalone: Open) -> None:
    here = standalone("?selected=governorate-idlib")
    known = here.js("Date.UTC(2020, 1, 19) / 86400000")
    shown = here.js(
        "[...document.querySelectorAll('[data-known]')].filter(n => !n.hidden).map(n => +n.dataset.known)"
    )
    assert shown
    assert max(shown) <= known


def test_a_source_opens_in_a_page_of_its_own(visit: Open) -> None:
    here = visit("?selected=zone-idlib")
    link = here.find("section.background a[href^='http']:visible").first
    assert (link.get_attribute("target"), link.get_attribute("rel")) == ("_blank", "noopener noreferrer")
    with here.context.expect_event("request", lambda asked: asked.url == link.get_attribute("href")):
        link.click()


def test_events_of_places_within_are_separate_and_name_the_place(standalone: Open) -> None:
    here = standalone("?selected=governorate-idlib")
    folded = here.find("section.folded")
    assert folded.locator("h3").inner_text().startswith("The article on places within it")
    folded.locator("summary").first.click()
    assert folded.locator(".via").first.inner_text().startswith("About a place within it:")

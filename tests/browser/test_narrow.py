"""On a narrow screen everything can be reached."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from visit import Visit

Open = Callable[..., Visit]


@pytest.mark.parametrize(("width", "height"), [(390, 844), (1280, 720)])
def test_nothing_is_wider_than_the_screen(width: int, height: int, visit: Open) -> None:
    here = visit(viewport={"width": width, "height": height})
    for ask in (here.page.evaluate, here.js):
        assert ask("document.documentElement.scrollWidth <= innerWidth")
        assert ask("document.body.scrollWidth <= innerWidth")
    assert here.find(".stage").bounding_box()["height"] >= 200  # type: ignore[index]  # it is there
    assert here.page.evaluate("document.documentElement.scrollHeight <= innerHeight")


@pytest.mark.parametrize("language", ["en", "ar"])
def test_at_four_times_the_size_each_tool_can_be_clicked(language: str, standalone: Open) -> None:
    here = standalone(f"?language={language}", viewport={"width": 320, "height": 256})
    hidden = here.js(
        """[...document.querySelectorAll('.leaflet-top :is(a, button), .search input')].filter(node => {
             node.scrollIntoView({block: 'nearest'});
             const {left, top, width, height} = node.getBoundingClientRect();
             return !node.contains(document.elementFromPoint(left + width / 2, top + height / 2));
           }).map(node => node.outerHTML)"""
    )
    assert hidden == []


def test_on_a_phone_the_article_the_filters_and_the_time_can_be_reached(standalone: Open) -> None:
    here = standalone(viewport={"width": 390, "height": 844}, has_touch=True)
    first = here.find(".article .passage").first
    assert first.is_visible()
    here.find(".tabs button", has_text="Layers").tap()
    assert here.find("[data-row='zones'] label").is_visible()
    assert not first.is_visible()
    here.find("[data-row='zones'] label").tap()
    assert "zone-idlib" not in here.shown()
    here.find(".tabs button", has_text="Article").tap()
    last = here.find(".article .passage").last
    last.scroll_into_view_if_needed()
    last.tap()
    assert here.find(".card.said").count() > 0
    here.find(".presets button").first.tap()
    assert here.window() == ("2017-01-01", "2017-12-31")


def test_on_a_phone_a_card_has_half_of_the_height_and_its_place_stays_in_sight(standalone: Open) -> None:
    here = standalone(viewport={"width": 390, "height": 844}, has_touch=True)
    before = here.find(".stage").bounding_box()["height"]  # type: ignore[index]
    here.js("mapapp.select('zone-homs')")
    card = here.find(".reading").bounding_box()
    stage = here.find(".stage").bounding_box()
    assert card is not None
    assert stage is not None
    assert min(card["y"] + card["height"], 844) - card["y"] >= 844 / 2 - 1
    assert stage["height"] >= 200
    lit = here.find("path.lit.main").first.bounding_box()
    assert lit is not None
    assert lit["y"] >= stage["y"]
    assert lit["y"] + lit["height"] <= stage["y"] + stage["height"]
    here.find(".presets button").first.tap()
    assert here.window() == ("2017-01-01", "2017-12-31")
    here.js("mapapp.select(null)")
    assert here.find(".stage").bounding_box()["height"] == before  # type: ignore[index]


def test_on_a_phone_the_checksum_of_the_article_is_broken_into_lines(visit: Open) -> None:
    here = visit(viewport={"width": 390, "height": 844})
    here.page.get_by_role("button", name="About").click()
    about = here.page.locator(".mapapp-about")
    about.wait_for()
    assert about.evaluate("node => node.scrollWidth <= node.clientWidth")

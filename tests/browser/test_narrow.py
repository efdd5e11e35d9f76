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

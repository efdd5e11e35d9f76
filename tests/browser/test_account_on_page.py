"""The map in words, on the page and in the app: what the command says of the same address."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import parse_qsl

import pytest
from playwright.sync_api import Frame, Page, expect
from visit import Visit

from mapapp.core.model import Atlas
from mapapp.text.describe import account, plain_account
from mapapp.text.locales import language
from mapapp.view_address import read_address

Open = Callable[..., Visit]
OpenWith = Callable[..., tuple[Page, Frame]]
QUERIES = (
    "first=2018-09-01&last=2018-09-30&as_of=all",
    "hidden=posts&said_by=article&selected=zone-homs&language=tr",
)


@pytest.fixture(params=["visit", "standalone"], ids=["app", "page"])
def opened(request: pytest.FixtureRequest) -> OpenWith:
    """Return a function that opens the app or the exported page; it gives the page and the map's frame."""
    visit: Open = request.getfixturevalue(request.param)

    def start(query: str = "", **options: object) -> tuple[Page, Frame]:
        here = visit(f"?{query}", **options)
        return here.page, here.frame

    return start


def told(atlas: Atlas, query: str) -> list[str]:
    """Return the entries that the command prints for an address."""
    view, remarks = read_address(dict(parse_qsl(query)), atlas)
    assert not remarks
    with language(view.language):
        lines = plain_account(account(atlas, view)).splitlines()
    return [" ".join(line[2:].split()) for line in lines if line.startswith("- ")]


def shown(frame: Frame) -> list[str]:
    return [" ".join(text.split()) for text in frame.locator(".account li").all_inner_texts()]


@pytest.mark.parametrize("query", QUERIES)
def test_the_page_says_what_the_command_says(opened: OpenWith, atlas: Atlas, query: str) -> None:
    _, frame = opened(query)
    frame.locator(".account-box > summary").click()
    expect(frame.locator(".account li").last).to_be_visible()  # a box that opens says so a moment later
    assert shown(frame) == told(atlas, query)


def test_the_account_is_made_when_it_is_opened_and_follows_the_view(opened: OpenWith, atlas: Atlas) -> None:
    page, frame = opened()
    assert shown(frame) == []
    frame.locator(".account-box > summary").focus()
    page.keyboard.press("Enter")
    expect(frame.locator(".account li").last).to_be_visible()
    assert shown(frame) == told(atlas, "")
    frame.evaluate("mapapp.setWindow('2018-09-17', '2018-09-17')")
    expect(frame.locator(".account-said")).to_contain_text("The map in words is up to date: 2 statements")
    assert shown(frame) == told(atlas, "first=2018-09-17&last=2018-09-17")


def test_a_link_at_the_beginning_of_the_page_leads_to_the_account(opened: OpenWith, atlas: Atlas) -> None:
    page, frame = opened()
    frame.locator(".mapapp-skip a", has_text="map in words").focus()
    page.keyboard.press("Enter")
    assert frame.evaluate("document.activeElement.matches('.account-box > summary')")
    expect(frame.locator(".account li")).to_have_count(len(told(atlas, "")))

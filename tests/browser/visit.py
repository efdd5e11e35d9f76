"""A visit to the page, with helpers for tests."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl, urlsplit

from playwright.sync_api import Browser, BrowserContext, Frame, Locator, Page

if TYPE_CHECKING:
    from collections.abc import Callable

IFRAME = "iframe[title^='streamlit_folium']"
_contexts: dict[str, BrowserContext] = {}


def _context(browser: Browser, options: dict[str, Any]) -> BrowserContext:
    """Return a context with these options, kept for the next visit, whose loading its cache spares."""
    wanted = {"viewport": {"width": 1440, "height": 900}, **options}
    if str(wanted) not in _contexts:
        _contexts[str(wanted)] = browser.new_context(**wanted)
    return _contexts[str(wanted)]


class Visit:
    """One page. ``foreign`` holds the addresses it asked other hosts for: in vain."""

    def __init__(self, browser: Browser, server: str, deadline: int, **options: Any) -> None:
        self.server = server
        self.context = _context(browser, options)
        self.context.set_default_timeout(deadline)
        self.foreign: list[str] = []
        self.expected_foreign: tuple[str, ...] = ()
        self.complaints: list[str] = []
        self.page: Page = self.context.new_page()
        self._watch(self.page)

    def _watch(self, page: Page) -> None:
        own = (f"{self.server}/", "data:", "blob:")
        page.on(
            "request", lambda asked: None if asked.url.startswith(own) else self.foreign.append(asked.url)
        )
        page.on("pageerror", lambda error: self.complaints.append(f"error: {error}"))
        page.on(
            "console",
            lambda line: self.complaints.append(f"console: {line.text}") if line.type == "error" else None,
        )
        page.on("requestfailed", lambda request: self.complaints.append(f"failed: {request.url}"))
        page.on(
            "response",
            lambda answer: (
                self.complaints.append(f"{answer.status}: {answer.url}") if answer.status >= 400 else None
            ),
        )

    def open(self, query: str = "") -> Visit:
        """Open the page and wait until the map is drawn."""
        self.page.goto(f"{self.server}/{query}")
        self.frame.wait_for_selector("html[data-ready='1']", state="attached")
        return self

    def close(self) -> list[str]:
        """End the visit and return what went wrong in it."""
        self.page.close()
        unexpected = [url for url in self.foreign if not self._expected(url)]
        complaints = [line for line in self.complaints if not self._expected(line.partition(": ")[2])]
        if self.expected_foreign:  # the console names no address
            complaints = [line for line in complaints if "ERR_NAME_NOT_RESOLVED" not in line]
        return [*complaints, *(f"foreign: {url}" for url in unexpected)]

    def _expected(self, url: str) -> bool:
        return bool(self.expected_foreign) and url.startswith(self.expected_foreign)

    @property
    def frame(self) -> Frame:
        """The map's frame."""
        found = self.page.wait_for_selector(IFRAME, state="attached").content_frame()
        assert found is not None
        return found

    def find(self, selector: str, **options: Any) -> Locator:
        """Find something in the frame."""
        return self.frame.locator(selector, **options)

    def js(self, expression: str, value: object = None) -> Any:
        """Ask the frame."""
        return self.frame.evaluate(expression, value)

    def until(self, expression: str, value: object = None) -> None:
        """Wait until something holds in the frame."""
        self.frame.wait_for_function(expression, arg=value)

    def shown(self) -> set[str]:
        """Return the ids of places and events visible now."""
        return set(self.js("mapapp.shown()"))

    def set_window(self, first: str, last: str) -> None:
        """Move the window."""
        self.js("([first, last]) => mapapp.setWindow(first, last)", [first, last])

    def window(self) -> tuple[str, str]:
        """Return the window's first and last day."""
        got = self.js("mapapp.window()")
        return got["first"], got["last"]

    def address(self) -> dict[str, str]:
        """Return the address bar's parameters."""
        return dict(parse_qsl(urlsplit(self.page.url).query, keep_blank_values=True))

    def until_address(self, holds: Callable[[dict[str, str]], bool]) -> dict[str, str]:
        """Wait until the address bar holds what it should."""
        self.page.wait_for_url(
            lambda url: holds(dict(parse_qsl(urlsplit(url).query, keep_blank_values=True)))
        )
        return self.address()

    def mark(self) -> None:
        """Mark the frame's element and its window, so that a new one can be told from the old."""
        self.page.evaluate("selector => { document.querySelector(selector).marked = true; }", IFRAME)
        self.js("() => { window.marked = true; }")

    def is_marked(self) -> bool:
        """Return whether the frame is still the one that was marked, on the page and inside."""
        outside = self.page.evaluate("selector => document.querySelector(selector).marked === true", IFRAME)
        return bool(outside and self.js("window.marked === true"))

    def lit(self) -> str:
        """Return the words of the article that are lit."""
        return " ".join(" ".join(self.find(".article .passage.lit").all_inner_texts()).split())

    def in_view(self, selector: str) -> bool:
        """Return whether the first match lies inside the part of the reading pane that can be seen."""
        return bool(
            self.js(
                """selector => {
                  const box = document.querySelector(selector).getBoundingClientRect();
                  const pane = document.querySelector(".article").getBoundingClientRect();
                  return box.top >= pane.top - 1 && box.top < Math.min(pane.bottom, innerHeight);
                }""",
                selector,
            )
        )

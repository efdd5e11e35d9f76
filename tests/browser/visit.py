"""A visit to the page, with helpers for tests."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Self
from urllib.parse import parse_qsl, urlsplit

import pytest
from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Frame,
    Locator,
    Page,
    Request,
    Response,
    expect,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

IFRAME = "#mapapp-map"
FOLIUM = "iframe[title^='streamlit_folium']"
PAGE_DEADLINE = 60_000  # milliseconds for anything on the page; a cold start on a busy machine takes long
expect.set_options(timeout=PAGE_DEADLINE)
FAILED = pytest.StashKey[bool]()  # set for a test that has failed
SIZE = {"width": 1440, "height": 900}
USUAL_MEDIA = {"color_scheme": "light", "forced_colors": "none", "reduced_motion": "no-preference"}
_contexts: dict[str, BrowserContext] = {}
_free: dict[BrowserContext, list[Page]] = {}


# "How to read this map" has been closed on an earlier visit
CLOSE_KEY = "try { localStorage.setItem('mapapp-key-closed', '1') } catch {}"


def _context(
    browser: Browser, options: dict[str, Any], *, first_visit: bool, own_clock: bool
) -> BrowserContext:
    """Return a context with these options, kept for the next visit, whose loading its cache spares."""
    key = f"{options} {first_visit} {own_clock}"
    if key not in _contexts:
        context = browser.new_context(viewport=SIZE, **options)
        if not first_visit:
            context.add_init_script(CLOSE_KEY)
        _contexts[key], _free[context] = context, []
    return _contexts[key]


class Visit:
    """One opening of the app in a page that earlier visits may have used.

    A page that is kept has the compiled scripts, so that it opens the app in half the time of a new one. What
    a visit leaves in a page is removed at its end: scripts by leaving for an empty page, storage, media and
    the position of the mouse by hand; each visit sets its size of window. ``foreign`` holds the addresses it
    asked other hosts for: in vain.

    Parameters
    ----------
    server
        Where the app is served, without a slash at the end.
    viewport
        Width and height of the window in CSS pixels.
    media
        Any of :data:`USUAL_MEDIA`, with another value.
    first_visit
        Whether the reader has never closed "How to read this map", which is then open.
    own_clock
        Whether the test sets the clock, which all later pages of the same context would then have as well.
    options
        Further options of the browser context; each combination has a context of its own.
    """

    def __init__(
        self,
        browser: Browser,
        server: str,
        *,
        viewport: Any = SIZE,
        first_visit: bool = False,
        own_clock: bool = False,
        **options: Any,
    ) -> None:
        self.server = server
        media = {name: options.pop(name, usual) for name, usual in USUAL_MEDIA.items()}
        self.context = _context(browser, options, first_visit=first_visit, own_clock=own_clock)
        self.context.set_default_timeout(PAGE_DEADLINE)
        self.foreign: list[str] = []
        self.expected_foreign: tuple[str, ...] = ()
        self.complaints: list[str] = []
        free = _free[self.context]
        self.page: Page = free.pop() if free else self.context.new_page()
        if self.page.viewport_size != viewport:
            self.page.set_viewport_size(viewport)
        self.changed_media = media != USUAL_MEDIA
        if self.changed_media:
            self.page.emulate_media(**media)
        self._listeners = self._watch(self.page)

    def _own(self) -> tuple[str, ...]:
        """Return how addresses begin that the page may ask for."""
        return (f"{self.server}/", "data:", "blob:")

    def _watch(self, page: Page) -> dict[Any, Callable[..., None]]:
        own = self._own()

        def on_request(asked: Request) -> None:
            if not asked.url.startswith(own):
                self.foreign.append(asked.url)

        def on_console(line: ConsoleMessage) -> None:
            if line.type == "error":
                self.complaints.append(f"console: {line.text}")

        def on_response(answer: Response) -> None:
            if answer.status >= 400:
                self.complaints.append(f"{answer.status}: {answer.url}")

        listeners: dict[Any, Callable[..., None]] = {
            "request": on_request,
            "pageerror": lambda error: self.complaints.append(f"error: {error}"),
            "console": on_console,
            "requestfailed": lambda request: self.complaints.append(f"failed: {request.url}"),
            "response": on_response,
        }
        for event, listener in listeners.items():
            page.on(event, listener)
        return listeners

    def open(self, query: str = "") -> Self:
        """Open the page and wait until the map is drawn and Streamlit is there."""
        self.page.goto(f"{self.server}/{query}")
        self.page.wait_for_selector(f"{IFRAME}[data-shown]", state="attached")
        self.frame.wait_for_selector("html[data-ready='1']", state="attached")
        return self

    def close(self, *, keep: bool = True) -> list[str]:
        """End the visit and return what went wrong in it; keep the page for the next visit or close it."""
        if keep:
            self.page.evaluate("() => { localStorage.clear(); sessionStorage.clear(); }")
        for event, listener in self._listeners.items():
            self.page.remove_listener(event, listener)
        if keep:
            self.page.goto("about:blank")
            self.page.mouse.move(-1, -1)
            if self.changed_media:
                self.page.emulate_media(**USUAL_MEDIA)
            _free[self.context].append(self.page)
        else:
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

    def corner(self) -> tuple[float, float]:
        """Return where the frame begins in the window, in CSS pixels from the left and from the top."""
        box = self.page.locator(IFRAME).bounding_box()
        assert box is not None
        return box["x"], box["y"]

    def find(self, selector: str, **options: Any) -> Locator:
        """Find something in the frame."""
        return self.frame.locator(selector, **options)

    def js(self, expression: str, value: object = None) -> Any:
        """Ask the frame."""
        return self.frame.evaluate(expression, value)

    def until(self, expression: str, value: object = None) -> None:
        """Wait until something holds in the frame.

        It is passed as a function: the page's policy forbids Playwright to evaluate text again and again.
        """
        asked = f"value => {{ const it = {expression}; return typeof it === 'function' ? it(value) : it; }}"
        self.frame.wait_for_function(asked, arg=value)

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
        return self._parameters(self.page.url)

    def _parameters(self, url: str) -> dict[str, str]:
        return dict(parse_qsl(urlsplit(url).query, keep_blank_values=True))

    def until_address(self, holds: Callable[[dict[str, str]], bool]) -> dict[str, str]:
        """Wait until the address bar holds what it should."""
        self.page.wait_for_url(lambda url: holds(self._parameters(url)))
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


class StandaloneVisit(Visit):
    """One opening of the exported page, which runs the app's scripts without a server, and opens far faster.

    Its address is the part after the hash.
    """

    def __init__(self, browser: Browser, file: Path, **options: Any) -> None:
        super().__init__(browser, file.as_uri(), offline=True, **options)

    def _own(self) -> tuple[str, ...]:
        return ("file:", "data:", "blob:")

    def open(self, query: str = "") -> Self:
        """Open the page at an address written as the app's, with a question mark; wait until it is drawn."""
        self.page.goto(f"{self.server}#{query.removeprefix('?')}")
        self.page.wait_for_selector("html[data-ready='1']", state="attached")
        return self

    @property
    def frame(self) -> Frame:
        """The page itself: there is no frame."""
        return self.page.main_frame

    def corner(self) -> tuple[float, float]:
        """Return the corner of the window."""
        return 0, 0

    def _parameters(self, url: str) -> dict[str, str]:
        return dict(parse_qsl(urlsplit(url).fragment, keep_blank_values=True))


@contextmanager
def visiting(request: pytest.FixtureRequest, visitor: Callable[..., Visit]) -> Iterator[Callable[..., Visit]]:
    """Return a function that opens what ``visitor`` makes; at the end, fail on what went wrong in it.

    After a failed test the pages are closed: a key or a button of the mouse may still be down.
    """
    visits: list[Visit] = []

    def start(query: str = "", **options: object) -> Visit:
        visits.append(visitor(**options))
        return visits[-1].open(query)

    yield start
    keep = not request.node.stash.get(FAILED, False)
    complaints = [complaint for one in visits for complaint in one.close(keep=keep)]
    assert not complaints, complaints

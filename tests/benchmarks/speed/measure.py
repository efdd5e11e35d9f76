"""Measures the apps in one browser, alternating between them.

Each function measures one sample. A deadline that passes is a `LateError`.
"""

from __future__ import annotations

import time
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from playwright.sync_api import Error
from playwright.sync_api import TimeoutError as Timeout
from speed.contestants import MAP_FRAME

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Browser, BrowserContext, Frame, Page
    from speed.contestants import Act, Contestant
    from speed.servers import Server

_PROBE = (Path(__file__).parent / "probe.js").read_text(encoding="utf-8")
_FETCHED = "performance.getEntriesByType('resource').reduce((sum, entry) => sum + entry.transferSize, 0)"
_QUIET = 400  # milliseconds without a message on the socket: then an interaction is over
_FRAME = 1 / 60  # seconds between two pictures
_GOLDEN = 0.618034  # the golden section: the fractional parts of its multiples lie evenly between 0 and 1
_TAKEN = 15  # seconds after which a click that sent nothing was not taken


class LateError(Exception):
    """What was waited for did not come within the deadline, or the page or its server gave up."""


@dataclass(frozen=True)
class Sight:
    """An open, painted page; ``frame`` is the one that draws; ``took`` is from the navigation on, in ms."""

    context: BrowserContext
    page: Page
    frame: Frame
    painted: float  # milliseconds since 1970
    took: float
    article: float  # the same until there was a map without the events
    whole: float  # the same until the page around the map was there
    socket: int  # bytes down the socket until it went quiet
    fetched: int  # bytes of all other answers


def look(browser: Browser, contestant: Contestant, server: Server, deadline: float) -> Sight:
    """Open the page in a context of its own, nothing cached, and wait until it is painted."""
    context = browser.new_context(viewport={"width": 1440, "height": 900})
    context.set_default_timeout(deadline * 1000)
    context.add_init_script(
        f"{_PROBE}(() => {contestant.first}, () => {contestant.article or contestant.first},"
        f" () => {contestant.whole});"
    )
    page = context.new_page()
    try:
        page.goto(f"{server.address}/{contestant.query}", wait_until="commit")
        frame = page.main_frame
        if contestant.framed:
            found = page.wait_for_selector(MAP_FRAME, state="attached").content_frame()
            assert found is not None
            frame = found
        frame.wait_for_function(
            "() => window.benchmark && benchmark.first > 0 && benchmark.article > 0", polling=50
        )
        painted, article = frame.evaluate("[benchmark.first, benchmark.article]")
        page.wait_for_function("() => benchmark.whole > 0", polling=50)
        page.evaluate("benchmark.isOver = true")
        page.evaluate(f"benchmark.quiet({_QUIET})")
        fetched = page.evaluate(_FETCHED) + (frame.evaluate(_FETCHED) if contestant.framed else 0)
        began, socket, whole = page.evaluate("[performance.timeOrigin, benchmark.down, benchmark.whole]")
    except Error as error:
        context.close()
        raise _late(error) from error
    return Sight(
        context, page, frame, painted, painted - began, article - began, whole - began, socket, fetched
    )


def interact(sight: Sight, act: Act, server: Server, count: int, deadline: float) -> dict[str, Any]:
    """Do one thing and return what it took.

    With each ``count`` the input comes at another moment between two pictures, evenly spread: up to 17 ms of
    each number are waiting for the next picture, and medians of few samples at random moments differ by 3 ms.

    ``ms`` to painted; ``made_ms`` to the end of that frame's work in the page; ``whole_ms`` until what
    follows later was painted, too; ``down`` and ``up``, bytes; ``cpu_ms``, the server's.
    """
    page, frame = sight.page, sight.frame
    looking = page.main_frame if act.on_page else frame
    page.set_default_timeout(deadline * 1000)
    try:
        act.ready(page, frame)
        if act.at:
            page.mouse.move(*act.at(page, frame, count))
        page.evaluate(f"benchmark.quiet({_QUIET}, 0)")
        conditions = [f"({holds(count)})()" for holds in (act.holds, act.around) if holds]
        looking.evaluate("conditions => benchmark.arm(...conditions)", conditions)
        before = page.evaluate("[benchmark.down, benchmark.up]")
        cpu = server.cpu()
        # a function: a policy may forbid the page to evaluate text
        done = "() => benchmark.armed.then((at) => (benchmark.at = at))"
        looking.evaluate("() => new Promise(requestAnimationFrame)")
        time.sleep(count * _GOLDEN % 1 * _FRAME)
        _do(page, act)
        try:
            looking.wait_for_function(done, polling=50, timeout=min(_TAKEN, deadline) * 1000)
        except (
            Timeout
        ):  # a click that a busy page did not take is made once more, and the time runs from there
            if act.at and page.evaluate("benchmark.up") == before[1]:
                _do(page, act)
            looking.wait_for_function(done, polling=50)
        at = looking.evaluate("benchmark.at")
        whole = looking.evaluate("benchmark.all.then(({ painted }) => painted)")
        page.evaluate(f"benchmark.quiet({_QUIET})")
        after = page.evaluate("[benchmark.down, benchmark.up, benchmark.input]")
    except Error as error:
        raise _late(error) from error
    return {
        "ms": at["painted"] - after[2],
        "made_ms": at["made"] - after[2],
        "whole_ms": whole - after[2],
        "down": after[0] - before[0],
        "up": after[1] - before[1],
        "cpu_ms": server.cpu() - cpu,
    }


def _do(page: Page, act: Act) -> None:
    if act.key:
        page.keyboard.press(act.key)
    else:
        page.mouse.down()
        page.mouse.up()


def per_session(
    open_page: Callable[[], Sight], server: Server, pages: int, budget: float
) -> tuple[float, int]:
    """Open so many more pages, fewer once ``budget`` seconds are spent; return MB per page, and how many."""
    before, began, count = server.memory(), time.monotonic(), 0
    with ExitStack() as opened:
        while count < pages and (count == 0 or time.monotonic() - began < budget):
            opened.callback(open_page().context.close)
            count += 1
        return (server.memory() - before) / count, count


def _late(error: Error) -> Exception:
    """Tell a contestant that gave up from a fault of ours."""
    if isinstance(error, Timeout):
        return LateError("deadline")
    return LateError("the page crashed") if "crash" in str(error) or "closed" in str(error) else error

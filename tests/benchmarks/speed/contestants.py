"""The apps that are compared: how each is started and operated, and how a changed picture is detected.

Every condition is JavaScript, evaluated in the frame that draws (`probe.js` tells when it counts as painted):

floor
    No map. First: the button is present. Click: the line of text has the next number. Step: a key changes one
    word in the page, without the server.
folium
    The feature group added last has as many circles as the window has events; Leaflet draws them in the same
    animation frame or the one before. Click: the event's line is on the page.
deck
    The last full frame that WebGL drew on the canvas had as many instances as the window has events.
    Click: the event's line is on the page.
app
    Its own data, and the events as a dataset of incidents; the script reports those drawn and counted
    (`mapapp.record()`). Click: the incident's card is filled in by the server; if there are so many incidents
    that the map draws cells, the card of the area shows their counts. Step: the map shows it; time bar and
    panel follow, which is measured, too. ``article``: when the map was visible without the incidents;
    ``whole``: when the header around the map was there.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from speed import events

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from playwright.sync_api import Frame, Page

_HERE = Path(__file__).parent
ROOT = _HERE.parents[2]
MAP_FRAME = "#mapapp-map, body:not(:has(#mapapp-map)) iframe[title^='streamlit_folium']"


@dataclass(frozen=True)
class Marks:
    """How many events there are in all, and how many are left after each step."""

    all: int
    steps: Sequence[int]


def _nothing(_page: Page, _frame: Frame) -> None:
    pass


@dataclass(frozen=True)
class Act:
    """One thing a reader does: a key pressed, or the mouse clicked at a place on the page.

    ``holds`` and ``at`` take the number of the sample, from 0; of clicks, the odd one undoes what the even
    one did. ``ready`` brings the page to where it can be done. ``on_page``: the condition is about the page
    around the frame. ``around`` is like ``holds``, for what follows later; ``None`` if nothing does.
    """

    holds: Callable[[int], str]
    key: str | None = None
    at: Callable[[Page, Frame, int], tuple[float, float]] | None = None
    ready: Callable[[Page, Frame], None] = _nothing
    on_page: bool = False
    around: Callable[[int], str] | None = None


@dataclass(frozen=True)
class Contestant:
    """One app: its script, its environment, what it is asked for, when it is drawn, and what can be done."""

    name: str
    script: Path
    first: str
    acts: Mapping[str, Act]
    environment: Mapping[str, str] = field(default_factory=dict)
    query: str = ""
    article: str | None = None  # drawn, the incidents not yet
    whole: str = "true"  # the page around the map is there, too
    framed: bool = False  # whether it draws in a component's frame


def contestants(marks: Marks, parquet: Path, store: Path) -> dict[str, Contestant]:
    """Return all four, for one size of the events: as Parquet for the rivals, for the app as its store."""
    rival = {"BENCHMARK_EVENTS": str(parquet)}
    return {
        "app": _app(marks, {"MAPAPP_INCIDENTS": str(store), "MAPAPP_CACHE": str(store.parent / "cache")}),
        "folium": _folium(marks, rival),
        "deck": _deck(marks, rival),
        "floor": _floor(),
    }


def _middle(box: Mapping[str, float] | None) -> tuple[float, float]:
    if box is None:
        raise RuntimeError("what should be clicked is not on the page")
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def _beacon(surface: str) -> Callable[[Page, Frame, int], tuple[float, float]]:
    """Return where the event of a sample is drawn on a surface, whose middle is the view's."""

    def at(_page: Page, frame: Frame, count: int) -> tuple[float, float]:
        x, y = _middle(frame.locator(surface).first.bounding_box())
        right, below = events.from_middle(*events.BEACONS[count])
        return x + right, y + below

    return at


# the least a page can do on a key: one word changes
_KEY = """() => {
    if (document.querySelector('#key')) return;
    const line = document.body.appendChild(document.createElement('p'));
    Object.assign(line, { id: 'key', textContent: 0 });
    line.style = 'position:fixed;bottom:0;left:50%';
    addEventListener('keydown', () => { line.textContent = Number(line.textContent) + 1; });
}"""


def _floor() -> Contestant:
    button = "[data-testid=stButton] button"
    said = "() => document.querySelector('.st-key-context').textContent.trim() === 'Answer {}'"
    return Contestant(
        "floor",
        _HERE / "rivals" / "floor.py",
        f"document.querySelector('{button}') && document.querySelector('.st-key-context p')",
        {
            "click": Act(
                lambda count: said.format(count + 1),
                at=lambda page, _frame, _count: _middle(page.locator(button).bounding_box()),
            ),
            "step": Act(
                lambda count: f"() => document.querySelector('#key').textContent === '{count + 1}'",
                key="ArrowLeft",
                ready=lambda page, _frame: page.evaluate(_KEY),
            ),
        },
    )


# --- what the two rivals share: Streamlit's slider and checkbox around the map


def _slider(page: Page, _frame: Frame) -> None:
    page.locator("[data-testid=stSlider] input[type=range]").last.focus()


def _box(page: Page, _frame: Frame, _count: int) -> tuple[float, float]:
    return _middle(page.locator("[data-testid=stCheckbox] label").bounding_box())


def _told(count: int) -> str:
    return f"() => document.querySelector('.st-key-context').textContent.includes('event-{count}:')"


def _folium(marks: Marks, environment: Mapping[str, str]) -> Contestant:
    def circles(number: int) -> str:
        return (
            "() => { const group = window.feature_group.at(-1), counts = window.counts ||= new WeakMap();"
            " if (!counts.has(group)) counts.set(group, group.getLayers().length);"
            f" return map.hasLayer(group) && counts.get(group) === {number}; }}"
        )

    return Contestant(
        "folium",
        _HERE / "rivals" / "folium_app.py",
        f"({circles(marks.all)})()",
        {
            "step": Act(lambda count: circles(marks.steps[count]), key="ArrowLeft", ready=_slider),
            "click": Act(_told, at=_beacon("#map_div"), on_page=True),
            "layer": Act(lambda count: circles(marks.all if count % 2 else 0), at=_box),
        },
        environment,
        framed=True,
    )


def _deck(marks: Marks, environment: Mapping[str, str]) -> Contestant:
    def instances(number: int) -> str:
        return f"() => benchmark.drawn.frames > 0 && benchmark.drawn.marks === {number}"

    return Contestant(
        "deck",
        _HERE / "rivals" / "deck_app.py",
        f"({instances(marks.all)})()",
        {
            "step": Act(lambda count: instances(marks.steps[count]), key="ArrowLeft", ready=_slider),
            "click": Act(_told, at=_beacon("[data-testid=stDeckGlJsonChart] canvas")),
            "layer": Act(lambda count: instances(marks.all if count % 2 else 0), at=_box),
        },
        environment,
    )


def _app(marks: Marks, environment: Mapping[str, str]) -> Contestant:
    lon, lat = events.CENTRE
    shown = "() => mapapp.record().shown === {}"
    # the panel comes last, after the time bar
    panel = """document.querySelector('[data-row="incidents"] > label > .n').textContent"""
    counted = f"() => Number({panel}.replace(/\\D/g, '')) === {{}}"

    switch = "label:has([data-layer=incidents]) .switch"

    def reach(page: Page, frame: Frame) -> None:
        close(page, frame)
        frame.locator(switch).scroll_into_view_if_needed()

    def focus(page: Page, frame: Frame) -> None:
        close(page, frame)
        frame.locator("[data-handle=last]").focus()

    def close(page: Page, frame: Frame) -> None:
        if frame.locator(".cards h2").count():
            page.keyboard.press("Escape")

    return Contestant(
        "app",
        ROOT / "mapapp" / "app.py",
        f"document.documentElement.dataset.record === '1' && mapapp.record().shown === {marks.all}",
        {
            "click": Act(
                lambda _count: (
                    "() => { const incident = document.querySelector('.cards .incident');"
                    " return incident ? incident.dataset.filled : document.querySelector('.cards .card'); }"
                ),
                at=_beacon(".stage .leaflet-container"),
                ready=close,
            ),
            "layer": Act(
                lambda count: shown.format(marks.all if count % 2 else 0),
                at=lambda _page, frame, _count: _middle(frame.locator(switch).bounding_box()),
                ready=reach,
            ),
            "step": Act(
                lambda count: shown.format(marks.steps[count]),
                key="ArrowLeft",
                ready=focus,
                around=lambda count: counted.format(marks.steps[count]),
            ),
        },
        environment,
        f"?first={events.FIRST}&last={events.LAST}&as_of=all&camera={lat},{lon},{events.ZOOM}",
        article="document.documentElement.dataset.ready === '1'",
        whole="document.querySelector('[data-testid=stPopover] button')",
        framed=True,
    )

"""The page is usable by everyone: no barrier that axe-core finds, keys, names, and text that can be read.

axe checks WCAG 2.0 to 2.2, A and AA, and best practices. Its rule on the size of targets is left out: it does
not end on overlapping marks. `test_targets_are_large_enough` takes its place.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from itertools import pairwise
from typing import Any

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import expect
from visit import IFRAME, Visit

from mapapp.text.locales import LANGUAGES, SOURCE

Open = Callable[..., Visit]
WIDE = {"width": 1440, "height": 900}
NARROW = {"width": 390, "height": 844}
RULES = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    "rules": {"target-size": {"enabled": False}},
    "resultTypes": ["violations"],
    "frameWaitTime": 300_000,
}
# Streamlit's area for dropping files has a role and a tab index that contradict each other
NOT_OURS = {"exclude": [["[data-testid='stFileUploaderDropzone']"]]}
looks = pytest.mark.parametrize(
    ("viewport", "theme"),
    [(size, theme) for size in (WIDE, NARROW) for theme in ("light", "dark")],
    ids=lambda value: value if isinstance(value, str) else f"{value['width']}x{value['height']}",
)


def barriers(here: Visit) -> list[str]:
    """Return what axe complains of on the page and in its frames: impact, rule, element and explanation."""
    for frame in here.page.frames:
        frame.evaluate(AXE_SCRIPT)
    found: dict[str, Any] = here.page.evaluate(
        "([without, rules]) => axe.run(without, rules)", [NOT_OURS, RULES]
    )
    return [
        f"{issue['impact']} {issue['id']}: {' > '.join(map(str, node['target']))}: {node['failureSummary']}"
        for issue in found["violations"]
        for node in issue["nodes"]
    ]


@looks
def test_axe_finds_no_barrier_in_the_app(visit: Open, viewport: Any, theme: str) -> None:
    here = visit(viewport=viewport, color_scheme=theme)
    found = {"start": barriers(here)}
    here.js("mapapp.select('zone-idlib')")
    found["card"] = barriers(here)
    here.page.get_by_role("button", name="Export").click()
    here.page.get_by_role("button", name="Download page").wait_for()
    found["export"] = barriers(here)
    assert {state: issues for state, issues in found.items() if issues} == {}


@looks
def test_axe_finds_no_barrier_in_the_exported_page(standalone: Open, viewport: Any, theme: str) -> None:
    here = standalone(viewport=viewport, color_scheme=theme)
    found = {"start": barriers(here)}
    here.js("mapapp.select('zone-idlib')")
    found["card"] = barriers(here)
    here.page.get_by_text("About", exact=True).click()
    found["about"] = barriers(here)
    assert {state: issues for state, issues in found.items() if issues} == {}


@pytest.mark.parametrize("language", [tag for tag in LANGUAGES if tag != SOURCE])
@pytest.mark.parametrize("kind", ["visit", "standalone"])
def test_axe_finds_no_barrier_in_other_languages(
    request: pytest.FixtureRequest, kind: str, language: str
) -> None:
    here: Visit = request.getfixturevalue(kind)(f"?language={language}&selected=zone-idlib")
    expect(here.find("html")).to_have_attribute("lang", language)
    assert barriers(here) == []


@pytest.fixture(params=["visit", "standalone"], ids=["app", "page"])
def opened(request: pytest.FixtureRequest) -> Visit:
    """Open the app or the exported page."""
    start: Open = request.getfixturevalue(request.param)
    return start()


def focused(here: Visit) -> str:
    """Return the name or the text of the element that has the focus, on the page or in the frame."""
    name = """() => {
      const node = document.activeElement;
      return node.getAttribute("aria-label") ?? node.textContent;
    }"""
    inside = here.page.evaluate("() => document.activeElement.tagName === 'IFRAME'")
    return str(here.js(name) if inside else here.page.evaluate(name))


def tab_to(here: Visit, selector: str, most: int) -> int:
    """Press Tab until what matches has the focus; return how often. Fail after ``most`` times."""
    for presses in range(1, most + 1):
        here.page.keyboard.press("Tab")
        if here.js("selector => document.activeElement.matches(selector)", selector):
            return presses
    pytest.fail(f"{selector} does not have the focus after {most} tabs, but {focused(here)}")


def test_the_first_passage_is_at_most_five_tabs_away(opened: Visit) -> None:
    opened.page.keyboard.press("Tab")
    assert focused(opened) == "Skip to the article"
    opened.page.keyboard.press("Enter")
    assert 1 + tab_to(opened, ".passage", 4) <= 5
    assert opened.js("document.activeElement === document.querySelector('.passage')")


@pytest.mark.parametrize(
    ("link", "part"), [("Skip to the map", ".leaflet-container"), ("Skip to the time bar", ".time")]
)
def test_the_other_links_lead_to_the_map_and_the_time_bar(opened: Visit, link: str, part: str) -> None:
    while focused(opened) != link:
        opened.page.keyboard.press("Tab")
    at = opened.page.get_by_text(link, exact=True).first.bounding_box()
    assert at is not None
    assert at["y"] >= 0  # it can be seen
    opened.page.keyboard.press("Enter")
    opened.until("part => document.activeElement.matches(part)", part)


def test_passages_marks_and_time_marks_are_one_tab_stop_each(standalone: Open) -> None:
    here = standalone()
    for group in (".passage", ".leaflet-pane [role='button']", "[data-mark]"):
        assert here.find(f"{group}[tabindex='0']").count() == 1, group
        assert here.find(group).count() > 10, group


def test_arrow_keys_go_from_mark_to_mark_and_enter_selects(standalone: Open) -> None:
    here = standalone()
    here.find(".leaflet-container").focus()
    here.page.keyboard.press("Enter")
    names = {focused(here)}
    for key in ("ArrowRight", "ArrowRight", "ArrowDown", "ArrowLeft", "PageDown", "End", "Home"):
        here.page.keyboard.press(key)
        assert here.js("document.activeElement.closest('.leaflet-pane') !== null"), key
        names.add(focused(here))
    assert len(names) > 4
    assert here.find(".card").count() == 0
    here.page.keyboard.press("Enter")
    here.find(".card").first.wait_for()
    assert here.js("document.activeElement.closest('.cards') !== null")  # the card is read next
    here.page.keyboard.press("Escape")
    assert here.find(".card").count() == 0
    assert here.js("document.activeElement.closest('.leaflet-pane') !== null")  # back on the mark
    here.page.keyboard.press("Escape")
    assert here.js("document.activeElement.matches('.leaflet-container')")


def test_the_name_of_a_mark_says_what_it_is_and_how_often_it_is_mentioned(standalone: Open) -> None:
    here = standalone("?selected=zone-idlib")
    mark = here.find("path[aria-current='true']")
    expect(mark).to_have_attribute(
        "aria-label", re.compile(r"^Idlib .+, .+\. \d+ statements in the article\.$")
    )
    nameless = here.find(".leaflet-pane [role='button']:not([aria-label])")
    assert nameless.count() == 0


def test_shift_with_an_arrow_moves_the_map_and_plus_zooms_it(standalone: Open) -> None:
    here = standalone()
    here.find(".leaflet-container").focus()
    here.page.keyboard.press("Enter")
    here.page.keyboard.press("Shift+ArrowRight")
    before = here.until_address(lambda found: "camera" in found)["camera"]
    here.page.keyboard.press("+")
    here.until_address(lambda found: found["camera"].split(",")[2] > before.split(",")[2])


def test_time_marks_are_named_and_arrow_keys_follow_time(standalone: Open) -> None:
    here = standalone()
    here.find("[data-mark][tabindex='0']").focus()
    assert re.match(r"(Statement \d+|Background): .+", focused(here))
    here.page.keyboard.press("Home")
    first = focused(here)
    here.page.keyboard.press("ArrowRight")
    assert focused(here) != first
    here.page.keyboard.press("Enter")
    assert here.find(".card").count() > 0


def test_buttons_of_the_map_and_marks_of_background_are_named_in_the_language(standalone: Open) -> None:
    here = standalone("?language=ru")
    assert here.find(".leaflet-control-zoom-in").get_attribute("aria-label") == "Приблизить"
    assert here.find(".leaflet-control-zoom-out").get_attribute("title") == "Отдалить"
    names = [mark.get_attribute("aria-label") or "" for mark in here.find(".fact-mark").all()]
    assert len(names) > 3
    assert [name for name in names if not name.startswith("Справка: ") or ".." in name] == []


def test_arrow_keys_go_through_the_passages(standalone: Open) -> None:
    here = standalone()
    passages = here.find(".passage")
    passages.first.focus()
    here.page.keyboard.press("ArrowDown")
    expect(passages.nth(1)).to_be_focused()
    here.page.keyboard.press("End")
    expect(passages.last).to_be_focused()
    expect(passages.last).to_be_in_viewport()


def test_a_change_is_announced_in_a_sentence(standalone: Open) -> None:
    here = standalone()
    said = here.find(".announcement[role='status']")
    here.set_window("2018-09-01", "2018-09-30")
    expect(said).to_have_text(
        re.compile(r"^Time window: 1 Sep 2018 – 30 Sep 2018\. \d+ of \d+ statements .+\.$")
    )
    here.js("mapapp.select('zone-homs')")
    expect(said).to_have_text(re.compile(r"^Selected: .*Homs"))
    here.js("mapapp.select(null)")
    expect(said).to_have_text("Nothing is selected.")
    here.find("[data-row='zones'] > label").click()
    expect(said).to_have_text(re.compile(r"^Layer hidden: "))


def test_headings_are_in_order_with_one_of_the_first_level(standalone: Open) -> None:
    here = standalone("?selected=zone-idlib")
    levels = here.js(
        """() => [...document.querySelectorAll("h1, h2, h3, h4, h5, h6")]
          .filter((node) => node.checkVisibility())
          .map((node) => Number(node.getAttribute("aria-level") ?? node.tagName[1]))"""
    )
    assert levels.count(1) == 1
    assert levels[0] == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))


def test_the_frame_of_the_app_has_a_title_a_language_and_a_name(visit: Open) -> None:
    here = visit()
    assert here.js("document.title")
    assert "Streamlit" not in here.js("document.title")
    assert here.js("document.documentElement.lang") == "en"
    assert here.page.locator(IFRAME).get_attribute("aria-label") == "Map, time bar and article"


# links within a line of text may be lower; marks on the map and in the time bar have lists that do the same
TARGETS = """() => [...document.querySelectorAll(
  `button, select, summary, input:not([type=checkbox]), label:has(input), [role=button]:not(.passage)`
)].filter((node) => node.checkVisibility({ visibilityProperty: true }))
  .filter((node) => !node.closest(".leaflet-pane, .axis-svg, p .link, dd .link"))
  .map((node) => ({ node, box: node.getBoundingClientRect() }))
  .filter(({ box }) => box.width && (box.width < 24 || box.height < 24))
  .map(({ node, box }) => `${node.outerHTML.slice(0, 90)} ${box.width}x${box.height}`)"""


@pytest.mark.parametrize("viewport", [WIDE, NARROW], ids=["wide", "narrow"])
def test_targets_are_large_enough(standalone: Open, viewport: Any) -> None:
    here = standalone("?selected=zone-idlib", viewport=viewport)
    found = set(here.js(TARGETS))
    here.js("() => { for (const node of document.querySelectorAll('main details')) node.open = true; }")
    if viewport is NARROW:
        here.find(".tabs [data-tab='panel']").click()
    assert sorted(found | set(here.js(TARGETS))) == []


CONTRASTS = """() => {
  const paper = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
  const rgba = (colour) => {
    paper.clearRect(0, 0, 1, 1);
    paper.fillStyle = colour;
    paper.fillRect(0, 0, 1, 1);
    const [r, g, b, a] = paper.getImageData(0, 0, 1, 1).data;
    return [r, g, b, a / 255];
  };
  const over = ([r, g, b, a], ground) => [r, g, b].map((part, i) => part * a + ground[i] * (1 - a));
  const light = (colour) => {
    const [r, g, b] = colour.map((v) => (v /= 255) <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4);
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const groundOf = (node) => {
    const layers = [];
    let veil = 1;
    for (let at = node; at; at = at.parentElement) {
      layers.push(rgba(getComputedStyle(at).backgroundColor));
      veil *= Number(getComputedStyle(at).opacity);
    }
    return [layers.reverse().reduce((ground, layer) => over(layer, ground), [255, 255, 255]), veil];
  };
  const found = new Set();
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (texts.nextNode()) {
    const { parentElement: node, data } = texts.currentNode;
    if (!data.trim() || node.closest("svg, script, style, noscript, .leaflet-pane")) continue;
    if (!node.checkVisibility({ opacityProperty: true, visibilityProperty: true })) continue;
    const [ground, veil] = groundOf(node);
    const [r, g, b, a] = rgba(getComputedStyle(node).color);
    const [low, high] = [light(over([r, g, b, a * veil], ground)), light(ground)].sort((x, y) => x - y);
    const ratio = (high + 0.05) / (low + 0.05);
    if (ratio < 4.5) found.add(`${ratio.toFixed(2)} ${node.className}: ${data.trim().slice(0, 40)}`);
  }
  return [...found];
}"""


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_all_text_stands_out_from_its_ground(standalone: Open, theme: str) -> None:
    here = standalone("?selected=zone-idlib&first=2018-09-01&last=2018-09-30", color_scheme=theme)
    here.js("() => { for (const node of document.querySelectorAll('details')) node.open = true; }")
    assert here.js(CONTRASTS) == []


# The contrast of each mark of the time axis, as it is drawn, with what is behind it.
MARKS = """() => {
  const value = (colour) => colour.match(/[\\d.]+/g).slice(0, 3).map(Number);
  const light = (rgb) => rgb.map((part) => part / 255)
    .map((part) => part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4)
    .reduce((sum, part, i) => sum + part * [0.2126, 0.7152, 0.0722][i], 0);
  const mix = (over, under, share) => over.map((part, i) => part * share + under[i] * (1 - share));
  const paper = value(getComputedStyle(document.querySelector(".axis-back")).fill);
  const ink = value(getComputedStyle(document.querySelector(".handle-bar")).fill);
  return [...document.querySelectorAll(".time-mark rect, .fact-mark rect")].map((node) => {
    const { fill, opacity } = getComputedStyle(node);
    const ground = node.parentNode.matches(".in") ? mix(ink, paper, 0.12) : paper;
    const seen = mix(value(fill), ground, Number(opacity));
    const [low, high] = [light(seen), light(ground)].sort((a, b) => a - b);
    return (high + 0.05) / (low + 0.05);
  });
}"""


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("window", ["first=2018-09-01&last=2018-09-30", "first=2020-02-19&last=2020-02-19"])
def test_marks_of_the_time_axis_stand_out_from_their_ground(
    standalone: Open, theme: str, window: str
) -> None:
    ratios = standalone(f"?{window}", color_scheme=theme).js(MARKS)
    assert ratios
    assert min(ratios) >= 3


SPACED = (
    "* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important } "
)
CLIPPED = """() => [...document.querySelectorAll("button, input, h1, h2, h3, h4, label, summary")]
  .filter((node) => node.checkVisibility() && node.clientWidth && node.scrollWidth > node.clientWidth + 1)
  .map((node) => node.outerHTML.slice(0, 120))"""


@pytest.mark.parametrize(
    "viewport", [WIDE, NARROW, {"width": 320, "height": 256}], ids=["wide", "narrow", "400 %"]
)
def test_widely_spaced_text_is_not_cut_off(standalone: Open, viewport: Any) -> None:
    here = standalone(viewport=viewport)
    here.page.add_style_tag(content=SPACED + "p { margin-bottom: 2em !important }")
    assert here.js(CLIPPED) == []
    assert here.js("document.documentElement.scrollWidth <= innerWidth")
    assert here.js("document.body.scrollWidth <= innerWidth")

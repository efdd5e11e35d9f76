"""Going through the map step by step."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect
from tiny import Tiny
from two_articles import two_articles
from visit import StandaloneVisit, Visit

from mapapp.core.model import Atlas
from mapapp.core.story import steps
from mapapp.data.load import load
from mapapp.exported_page import exported_page
from mapapp.view_address import default_view

Open = Callable[..., Visit]
Folder = Callable[[Tiny], Visit]
BAR = ".story"
PHONE = {"width": 390, "height": 844}


@pytest.fixture
def folder(browser: Browser, tmp_path: Path) -> Iterator[Folder]:
    """Return a function that opens the exported page of a small folder."""

    def visitor(tiny: Tiny) -> Visit:
        atlas = load(tiny.write(tmp_path / "data"))
        target = tmp_path / "map.html"
        target.write_text(exported_page(atlas, default_view(atlas)), encoding="utf-8")
        with_visit = partial(StandaloneVisit, browser, target)
        return with_visit()

    opened: list[Visit] = []

    def start(tiny: Tiny) -> Visit:
        opened.append(visitor(tiny))
        return opened[-1].open()

    yield start
    assert [complaint for one in opened for complaint in one.close()] == []


def step_of(here: Visit) -> str:
    """Return the heading and the title of the step."""
    return " ".join(here.find(".story-words").inner_text().split())


def swipe(here: Visit, selector: str, by: int) -> None:
    """Move a finger sideways over an element."""
    here.js(
        """([selector, by]) => {
          const node = document.querySelector(selector);
          const send = (type, x) => node.dispatchEvent(new PointerEvent(type, {
            pointerId: 7, pointerType: "touch", clientX: x, clientY: 100, bubbles: true }));
          send("pointerdown", 200);
          send("pointerup", 200 + by);
        }""",
        [selector, by],
    )


def test_a_button_begins_the_story_at_the_first_statement(standalone: Open, atlas: Atlas) -> None:
    here = standalone()
    expect(here.find(BAR)).to_be_hidden()
    here.find(".story-start").click()
    expect(here.find(BAR)).to_be_visible()
    assert step_of(here).startswith(f"Step 1 of {len(atlas.events)} 1 {atlas.events[0].title}")
    assert here.lit() == " ".join(passage.exact for passage in atlas.events[0].passages)
    assert here.address() == {"step": "1"}
    assert here.js("document.activeElement.className") == "story-next"


def test_each_step_has_its_window_selection_and_passage(standalone: Open, atlas: Atlas) -> None:
    here = standalone("?step=1")
    for step in steps(atlas):
        assert here.js("number => mapapp.step(number)", step.number)
        assert here.window() == (str(step.window.first), str(step.window.last))
        assert step.shown in here.shown()
        expect(here.find(f'.cards [data-card="{step.shown}"]').first).to_be_visible()
        assert here.in_view(".article .passage.lit")
    assert here.js("[mapapp.step(0), mapapp.step(29), mapapp.step(1.5), mapapp.step('1')]") == [False] * 4


def test_an_address_of_a_step_opens_it(standalone: Open, atlas: Atlas) -> None:
    here = standalone("?step=20")
    event = atlas.events[19]
    assert step_of(here).startswith(f"Step 20 of {len(atlas.events)} 20 {event.title}")
    assert here.window() == ("2017-01-01", "2017-12-31")
    assert event.passages[0].exact in here.lit()


def test_back_goes_one_step_back_and_forward_one_forward(standalone: Open) -> None:
    here = standalone()
    here.find(".story-start").click()
    for _ in range(2):
        here.find(".story-next").click()
    assert here.address() == {"step": "3"}
    here.page.go_back()
    here.until("document.querySelector('.story-step').textContent.startsWith('Step 2 ')")
    here.page.go_back()
    here.page.go_back()
    here.until("document.querySelector('.story').hidden")
    here.page.go_forward()
    here.until("document.querySelector('.story-step').textContent.startsWith('Step 1 ')")
    assert not here.find(BAR).is_hidden()


def test_arrow_keys_go_through_the_steps_when_the_bar_has_the_focus(standalone: Open) -> None:
    here = standalone("?step=2")
    here.find(".story-next").focus()
    here.page.keyboard.press("ArrowRight")
    assert step_of(here).startswith("Step 3 ")
    here.page.keyboard.press("ArrowLeft")
    here.page.keyboard.press("ArrowLeft")
    here.page.keyboard.press("ArrowLeft")
    assert step_of(here).startswith("Step 1 ")
    here.page.keyboard.press("End")
    assert step_of(here).startswith("Step 28 ")
    here.page.keyboard.press("Home")
    assert step_of(here).startswith("Step 1 ")
    here.find(".article").focus()
    here.page.keyboard.press("ArrowRight")
    assert step_of(here).startswith("Step 1 ")


def test_at_either_end_the_button_is_disabled_and_keeps_the_focus(standalone: Open) -> None:
    here = standalone("?step=27")
    here.find(".story-next").click()
    expect(here.find(".story-next")).to_have_attribute("aria-disabled", "true")
    here.find(".story-next").click(force=True)
    assert step_of(here).startswith("Step 28 ")
    assert here.js("document.activeElement.className") == "story-next"


def test_escape_returns_to_what_the_reader_had_set(standalone: Open) -> None:
    here = standalone(
        "?first=2018-09-01&last=2018-09-30&selected=zone-idlib&hidden=roads&camera=35.8,36.7,10"
    )
    before = here.shown()
    here.find(".story-start").click()
    assert here.shown() != before
    here.page.keyboard.press("Escape")
    expect(here.find(BAR)).to_be_hidden()
    assert here.shown() == before
    address = here.address()
    assert address.pop("camera").startswith("35.80")  # to the pixel, for the map has changed its size twice
    assert address == {
        "first": "2018-09-01",
        "last": "2018-09-30",
        "selected": "zone-idlib",
        "hidden": "roads",
    }
    assert here.js("document.activeElement.className") == "story-start"


def test_a_page_opened_on_a_step_closes_to_the_usual_view(standalone: Open) -> None:
    here = standalone("?step=27&names=ar")
    here.find(".story-leave").click()
    expect(here.find(BAR)).to_be_hidden()
    assert here.window() == ("2020-02-19", "2020-02-19")
    assert here.address() == {"names": "ar"}


def test_the_story_plays_at_the_chosen_speed_until_its_last_step(standalone: Open) -> None:
    here = standalone("?step=26", own_clock=True)
    here.page.clock.install(time=0)
    here.page.clock.pause_at(1_000)
    here.find(".story-play").click()
    expect(here.find(".story-play")).to_have_attribute("aria-label", "Pause")
    here.page.clock.run_for(7_900)
    assert step_of(here).startswith("Step 26 ")
    here.page.clock.run_for(200)
    assert step_of(here).startswith("Step 27 ")
    here.find(".story-speed").select_option("4")
    here.page.clock.run_for(4_100)
    assert step_of(here).startswith("Step 28 ")
    here.page.clock.run_for(4_100)
    expect(here.find(".story-play")).to_have_attribute("aria-label", "Play the steps")
    here.find(".story-play").click()
    assert step_of(here).startswith("Step 1 ")
    here.page.clock.resume()


def test_a_click_on_the_map_pauses_the_story(standalone: Open) -> None:
    here = standalone("?step=2", own_clock=True)
    here.page.clock.install()
    here.find(".story-play").click()
    here.find(".stage").click(position={"x": 300, "y": 300})
    expect(here.find(".story-play")).to_have_attribute("aria-label", "Play the steps")
    here.page.clock.run_for(60_000)
    assert step_of(here).startswith("Step 2 ")
    here.page.clock.resume()


def test_a_swipe_goes_on_or_back(standalone: Open) -> None:
    here = standalone("?step=2", viewport=PHONE, has_touch=True)
    swipe(here, ".story-words", -80)
    assert step_of(here).startswith("Step 3 ")
    swipe(here, ".cards", 80)
    swipe(here, ".cards", 20)
    assert step_of(here).startswith("Step 2 ")


def test_the_list_jumps_to_any_step(standalone: Open) -> None:
    here = standalone("?step=2")
    here.find(".story-all").click()
    expect(here.find(".story-list button")).to_have_count(28)
    expect(here.find('.story-list [aria-current="step"]')).to_have_attribute("data-step", "2")
    here.page.keyboard.press("Escape")
    expect(here.find(".story-list")).to_be_hidden()
    expect(here.find(BAR)).to_be_visible()
    here.find(".story-all").click()
    here.find('.story-list [data-step="27"]').click()
    assert step_of(here).startswith("Step 27 ")
    expect(here.find(".story-list")).to_be_hidden()


def test_what_the_reader_changes_in_a_step_is_in_the_address(standalone: Open) -> None:
    here = standalone("?step=3")
    here.js("mapapp.select('zone-homs')")
    changed = here.until_address(lambda found: "selected" in found)
    assert (changed["step"], changed["selected"]) == ("3", "zone-homs")
    assert "first" not in changed
    here.js("mapapp.select(null)")
    here.until_address(lambda found: found.get("selected") == "")
    here.page.reload()
    here.page.wait_for_selector("html[data-ready='1']", state="attached")
    assert step_of(here).startswith("Step 3 ")
    assert here.find(".cards").inner_text() == ""


def test_the_key_of_marks_does_not_stand_in_the_way_and_can_be_opened(standalone: Open) -> None:
    here = standalone()
    here.find(".how-button").click()
    expect(here.find(".how-to-read")).to_be_visible()
    here.js("mapapp.step(3)")
    expect(here.find(".how-to-read")).to_be_hidden()
    expect(here.find(".cards h4").first).to_be_visible()
    here.find(".how-button").click()
    expect(here.find(".how-to-read")).to_be_visible()


@pytest.mark.parametrize(
    "size", [(1440, 900), (1280, 720), (768, 1024), (390, 844)], ids=lambda size: f"{size[0]}x{size[1]}"
)
def test_the_bar_hides_neither_map_nor_article(standalone: Open, size: tuple[int, int]) -> None:
    here = standalone("?step=18", viewport={"width": size[0], "height": size[1]})
    boxes = {
        name: here.js("name => document.querySelector(name).getBoundingClientRect().toJSON()", name)
        for name in (".story", ".stage", ".reading")
    }
    bar, stage, reading = (boxes[name] for name in (".story", ".stage", ".reading"))
    assert bar["bottom"] <= stage["top"] + 1
    assert bar["bottom"] <= reading["top"] + 1
    assert stage["height"] >= 180
    assert stage["bottom"] <= size[1]
    assert reading["top"] <= size[1] - 100
    assert here.js("document.documentElement.scrollWidth <= innerWidth")
    for button in here.find(".story button:visible, .story select:visible").all():
        box = button.bounding_box()
        assert box is not None
        assert min(box["width"], box["height"]) >= 24


def test_steps_of_ones_own_are_marked_as_the_author_s_words(folder: Folder) -> None:
    tiny = Tiny()
    tiny.instead["data/story.yaml"] = (
        b'- {title: {en: "The zone"}, text: {en: "What we add."}, show: quiet-zone, hidden: [roads]}\n'
        b'- {title: {en: "<b>The end"}}\n'
    ).replace(b"<b>", b"")
    here = folder(tiny)
    here.find(".story-start").click()
    assert step_of(here) == (
        "Step 1 of 2 The zone What we add. In the words of the map’s author, not of the article"
    )
    assert "road-one" not in here.shown()
    assert here.lit() == "In September 2018, both agreed in Rivertown on a quiet zone."
    here.find(".story-next").click()
    assert step_of(here) == "Step 2 of 2 The end In the words of the map’s author, not of the article"
    assert here.lit() == ""


def test_of_several_articles_the_steps_have_letters(folder: Folder) -> None:
    here = folder(two_articles())
    here.js("mapapp.step(8)")
    assert step_of(here) == "Step 8 of 8 B2 Some died"


def test_in_the_app_a_step_is_in_the_address_bar_and_back_works(visit: Open) -> None:
    here = visit("?step=2")
    here.mark()
    here.find(".story-next").click()
    assert here.until_address(lambda found: found == {"step": "3"})
    here.page.go_back()
    here.until("document.querySelector('.story-step').textContent.startsWith('Step 2 ')")
    assert here.is_marked()


def test_paper_has_the_present_step_and_no_more(standalone: Open) -> None:
    here = standalone("?step=7")
    here.page.emulate_media(media="print")
    here.js("window.dispatchEvent(new Event('beforeprint'))")
    expect(here.find(".story-title")).to_be_visible()
    expect(here.find(".cards-list blockquote").first).to_be_visible()
    expect(here.find(".article")).to_be_hidden()
    expect(here.find(".story-next")).to_be_hidden()
    here.js("window.dispatchEvent(new Event('afterprint'))")
    here.page.emulate_media(media="screen")
    expect(here.find(".article")).to_be_visible()


@pytest.mark.parametrize("way", ["reload", "back", "language"])
def test_leaving_returns_to_the_view_before_the_story_after_a_reload_back_or_another_language(
    way: str, standalone: Open
) -> None:
    here = standalone("?first=2018-09-01&last=2018-09-30&as_of=all&hidden=towns")
    before = here.shown()
    here.js("mapapp.step(2)")
    here.js("mapapp.step(3)")
    ready = "html[data-ready='1']"
    if way == "back":
        here.page.go_back()
        here.until_address(lambda found: found.get("step") == "2")
    elif way == "reload":
        here.page.reload()
    else:
        here.find("[data-language]").first.select_option("tr")
        ready = f"{ready}[lang='tr']"
    here.page.wait_for_selector(ready, state="attached")
    assert here.address()["step"] == ("2" if way == "back" else "3")
    here.find(".story-leave").click()
    here.until_address(lambda found: "step" not in found)
    assert here.window() == ("2018-09-01", "2018-09-30")
    assert here.shown() == before
    assert here.address()["hidden"] == "towns"

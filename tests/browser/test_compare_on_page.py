"""Two days compared on the screen: hatches, numbers and key; days without a snapshot."""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect
from visit import StandaloneVisit, Visit, visiting

from mapapp.cli.main import main
from mapapp.data.load import load
from mapapp.exported_page import exported_page
from mapapp.view_address import default_view, read_address

Open = Callable[..., Visit]
TEMPLATES = Path(__file__).resolve().parents[2] / "mapapp" / "templates"
ASKED = "?first=2020-02-19&last=2020-02-19&compare=2020-01-28"


def test_an_address_draws_hatches_and_says_the_numbers_of_the_command(
    standalone: Open, capsys: pytest.CaptureFixture[str]
) -> None:
    here = standalone(ASKED)
    expect(here.find(".compare-sentence").first).to_be_visible()
    assert main(["compare", "2020-01-28", "--last", "2020-02-19", "--format", "json"]) == 0
    record = json.loads(capsys.readouterr().out)
    said = [
        text.replace(" Jan ", " January ").replace(" Feb ", " February ")
        for text in here.find(".compare-sentence").all_inner_texts()
    ]
    assert said == record["sentences"]
    held = [holder for holder in record["holders"] if holder["kind"] != "contested"]
    kinds = {holder["kind"] for holder in held if holder["gained"]["best"]}
    for kind in kinds:
        shape = here.find(f"path.compared.kind-{kind}:not(.left)")
        assert shape.count() == 1
        assert f"#compared-{kind}" in (shape.get_attribute("style") or "")
        assert here.find(f"#compared-{kind} path").count() == 1
    assert here.find(".leaflet-m-compare-pane path.compared-line").count() == 1
    assert here.find(".compare .key path.compared-line").count() == 1
    assert here.find(".compare .key").count() >= len(kinds)
    assert here.find(".compare-said").get_attribute("aria-live") == "polite"


def test_a_change_that_is_hatched_is_on_the_map_and_in_the_key_once(standalone: Open) -> None:
    here = standalone(ASKED)
    own = here.find("path.layer-advance:not(.compared)"), here.find("[data-row='advance'] .swatch")
    expect(here.find(".compare-sentence").first).to_be_visible()
    for found in own:
        expect(found).to_have_count(0)
    expect(here.find("[data-row='advance'] .none")).to_have_text("Hatched on the map; see the comparison.")
    here.find(".compare button", has_text="End the comparison").click()
    for found in own:
        expect(found).to_have_count(1)


def test_a_day_without_a_snapshot_offers_the_nearest(standalone: Open) -> None:
    here = standalone("?first=2020-02-19&last=2020-02-19&compare=2019-07-01")
    expect(here.find(".compare-said")).to_contain_text("There is no snapshot of 1 Jul 2019.")
    assert here.find("path.compared").count() == 0
    here.find(".compare-said button", has_text="5 May 2019").click()
    expect(here.find(".compare-sentence").first).to_be_visible()
    here.until_address(lambda found: found.get("compare") == "2019-05-05")


def test_numbers_that_cannot_be_read_are_reported(standalone: Open) -> None:
    here = standalone()
    here.js("() => { document.getElementById('mapapp-compared').textContent = btoa('not packed') }")
    here.find(".compare-open").click()
    here.find(".compare-day").fill("2020-01-28")
    here.find(".compare-day").press("Enter")
    expect(here.find(".compare-said")).to_contain_text("The areas could not be loaded.")
    assert here.complaints.pop().startswith("console: ")  # with the reason


def test_the_card_is_opened_typed_in_and_ended(standalone: Open) -> None:
    here = standalone()
    expect(here.find(".compare")).to_be_hidden()
    here.find(".compare-open").click()
    day = here.find(".compare-day")
    day.fill("2020-02-30")
    day.press("Enter")
    assert day.get_attribute("aria-invalid") == "true"
    assert here.find("path.compared").count() == 0
    day.fill("2020-01-28")
    day.press("Enter")
    expect(here.find(".compare-sentence").first).to_be_visible()
    here.until_address(lambda found: found.get("compare") == "2020-01-28")
    here.find(".compare-close").click()
    expect(here.find(".compare")).to_be_hidden()
    assert here.find("path.compared").count() == 0
    here.until_address(lambda found: "compare" not in found)


def test_moving_the_window_compares_with_its_new_last_day(standalone: Open) -> None:
    here = standalone("?first=2020-02-19&last=2020-02-19&compare=2018-09-17")
    expect(here.find(".compare-sentence").first).to_be_visible()
    last = here.find("[data-edge='last']")
    last.fill("2018-10-01")
    last.press("Enter")
    expect(here.find(".compare-said")).to_contain_text("it shows no change")
    assert here.find("path.compared").count() == 0


def test_the_app_asks_for_the_numbers(visit: Open) -> None:
    here = visit(ASKED)
    expect(here.find(".compare-sentence").first).to_be_visible()
    assert here.find("path.compared").count() >= 1


def test_a_map_without_areas_of_single_days_says_that_nothing_can_be_compared(
    request: pytest.FixtureRequest, browser: Browser, tmp_path: Path
) -> None:
    atlas = load(TEMPLATES / "politics")
    target = tmp_path / "map.html"
    target.write_text(exported_page(atlas, default_view(atlas)), encoding="utf-8")
    said = 'compare: this map has no areas of single days to compare (got "2020-01-28").'
    with visiting(request, partial(StandaloneVisit, browser, target)) as start:
        expect(start("?compare=2020-01-28").find(".page-head .remarks")).to_contain_text(said)
    view, remarks = read_address({"compare": "2020-01-28"}, atlas)
    assert (view, remarks) == (default_view(atlas), (said,))


@pytest.mark.parametrize("size", [(390, 844), (768, 1024)])
def test_on_small_screens_the_answer_is_next_to_the_map(size: tuple[int, int], standalone: Open) -> None:
    here = standalone(ASKED, viewport={"width": size[0], "height": size[1]})
    sentence = here.find(".compare-brief > p").first
    expect(sentence).to_contain_text("km²")
    box, stage = sentence.bounding_box(), here.find(".stage").bounding_box()
    assert box
    assert stage
    assert 0 <= box["y"] - stage["y"] - stage["height"] < 20
    assert here.js("document.body.scrollTop") == 0
    hatches = here.find(".compare-brief .key").last.bounding_box()
    assert hatches
    assert hatches["y"] + hatches["height"] < size[1]
    here.page.set_viewport_size({"width": 1280, "height": 720})
    expect(sentence).to_be_hidden()  # the card itself is beside the map

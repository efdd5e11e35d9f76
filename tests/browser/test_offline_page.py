"""The standalone page, offline; the screenshot view; the export panel."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import partial
from importlib.resources import files
from pathlib import Path
from urllib.parse import parse_qsl

import pytest
from playwright.sync_api import Browser, Page, expect
from tiny import Tiny, feature, names, point
from visit import StandaloneVisit, Visit, visiting

from mapapp.core.model import Atlas
from mapapp.core.select import select
from mapapp.data.load import load
from mapapp.exported_page import exported_page
from mapapp.figure import draw
from mapapp.view_address import address_of, default_view, read_address

Open = Callable[..., Visit]
OpenFile = Callable[..., Page]


@pytest.fixture
def file(
    request: pytest.FixtureRequest, browser: Browser, exported: Path, tmp_path: Path
) -> Iterator[OpenFile]:
    """Return a function that opens a copy of the exported page; then fail on a request or complaint."""
    target = tmp_path / "map.html"
    target.write_bytes(exported.read_bytes())
    small = {"width": 1280, "height": 720}
    with visiting(request, partial(StandaloneVisit, browser, target, viewport=small)) as start:
        yield lambda fragment="": start(fragment.removeprefix("#")).page


def test_the_page_is_one_file_of_little_over_three_megabytes_and_always_the_same(atlas: Atlas) -> None:
    view = default_view(atlas)
    made = exported_page(atlas, view)
    assert made == exported_page(atlas, view)
    assert len(made.encode()) < 3_300_000
    assert "<script src=" not in made
    assert "<link" not in made
    static = files("mapapp.web") / "static"
    for own in ("mapapp.js", "mapapp.css"):  # the app's own, not another map
        assert (static / own).read_text(encoding="utf-8") in made


def test_map_time_click_and_article_work_without_a_server(file: OpenFile) -> None:
    here = file()
    assert here.evaluate("mapapp.status('zone-homs')") == "government"
    assert here.evaluate("[mapapp.select('nobody'), mapapp.select(null)]") == [False, True]
    assert here.evaluate("try { mapapp.setWindow('x', 'y') } catch (error) { error.name }") == "RangeError"
    here.locator("[data-preset]", has_text="2017").click()
    assert here.evaluate("mapapp.window()") == {"first": "2017-01-01", "last": "2017-12-31"}
    shown = here.evaluate("mapapp.shown()")
    assert {"zone-homs", "place-nur-sultan", "astana-four-zones"} <= set(shown)
    assert "dmz-15-km" not in shown
    here.locator(".passage", has_text="In September 2018").first.click()
    expect(here.locator(".card.said h4").first).to_contain_text("Moscow and Ankara agreed in Sochi")
    expect(here.locator("path.layer-dmz.lit").first).to_be_attached()


def test_the_part_after_the_hash_holds_the_view(file: OpenFile) -> None:
    here = file("#first=2018-09-01&last=2018-09-30&selected=zone-idlib&names=ar&hidden=posts")
    assert here.evaluate("mapapp.window()") == {"first": "2018-09-01", "last": "2018-09-30"}
    assert not any(name.startswith("post-") for name in here.evaluate("mapapp.shown()"))
    expect(here.locator(".place-card h4")).to_contain_text("إدلب")
    assert here.locator(".remarks").count() == 0
    here.evaluate("mapapp.setWindow('2017-05-04', '2017-05-04')")
    here.wait_for_function("() => location.hash.includes('first=2017-05-04')")


def test_defaults_are_left_out_of_the_hash(file: OpenFile) -> None:
    here = file()
    here.evaluate("mapapp.select('zone-homs')")
    here.locator("[data-row='dmz'] label").click()
    here.locator("[data-row='posts'] label").click()
    here.wait_for_function("() => location.hash.startsWith('#hidden=dmz,posts&selected=zone-homs&camera=')")
    here.reload()
    here.wait_for_selector("html[data-ready='1']", state="attached")
    assert not here.locator("[data-layer='posts']").is_checked()
    expect(here.locator(".place-card h4")).to_contain_text("Homs")


def test_the_default_view_has_its_window_in_the_hash_if_the_page_opens_on_another(
    atlas: Atlas, file: OpenFile, tmp_path: Path
) -> None:
    view, _ = read_address({"selected": "zone-homs", "said_by": "turkey"}, atlas)
    (tmp_path / "map.html").write_text(exported_page(atlas, view), encoding="utf-8")
    here = file()
    expect(here.locator(".place-card h4")).to_contain_text("Homs")
    here.evaluate("mapapp.select(null)")
    here.locator(".filter", has_text="Erdogan").first.click()
    here.wait_for_function("() => location.hash.includes('said_by=')")
    for box in here.locator("[data-filter='said_by']:not(:checked)").all():
        box.evaluate("node => node.click()")
    here.wait_for_function("() => /^#first=2020-02-19&last=2020-02-19$|^#camera=/.test(location.hash)")
    here.reload()
    here.wait_for_selector("html[data-ready='1']", state="attached")
    assert here.locator(".place-card").count() == 0
    assert here.locator("[data-filter='said_by']:not(:checked)").count() == 0


def test_the_page_allows_no_scripts_but_its_own(browser: Browser, exported: Path) -> None:
    policy = exported.read_text(encoding="utf-8").partition('http-equiv="content-security-policy" content="')[
        2
    ]
    policy = policy.partition('"')[0]
    assert policy.startswith("default-src 'none'; script-src 'sha256-")
    assert "'unsafe-inline'" not in policy.partition("script-src")[2].partition(";")[0]
    here = StandaloneVisit(browser, exported).open()
    here.expected_foreign = ("https://tile.openstreetmap.org/", "https://a.tile.opentopomap.org/")
    for base_map, host in (("osm", "openstreetmap"), ("topo", "opentopomap")):
        with here.page.expect_request(lambda asked, host=host: host in asked.url):
            here.find("[data-choice='base_map']").select_option(base_map)
    here.find(".story-start").click()
    refused = [line for line in here.complaints if "Content Security Policy" in line]
    here.js("document.body.append(Object.assign(document.createElement('script'), { text: 'alerted = 1' }))")
    assert refused == []
    assert here.js("typeof alerted") == "undefined"
    here.close(keep=False)


ADDRESSES = (
    "first=nonsense&selected=%3Cimg%20src%3Dx%20onerror%3Dalert(1)%3E&hidden=moon",
    "first=2019-02-30&last=2019-03-01&camera=91,0,9",
    "first=2020-03-01&last=2018-01-01&camera=35.8,,9",
    "first=2018-01-01&first=2021-01-01&utm_source=elsewhere",
    "last=2018-09-30&hidden=posts,moon&names=xx",
    "certain=1&first=2018-01-01&last=2020-12-31&as_of=all&background=0",
    "certain=maybe&as_of=soon&background=2&screen=half&base_map=moon",
    "said_by=turkey,nobody&kinds=war&selected=zone-homs",
    "said_by=&kinds=threat&selected=&names=toString",
    f"said_by={'x' * 2001}&kinds=__proto__",
    "utm_source=elsewhere",
    "step=99",
)


@pytest.mark.parametrize("query", ADDRESSES)
def test_the_page_reads_its_address_like_the_app_and_reports_invalid_values(
    file: OpenFile, atlas: Atlas, query: str
) -> None:
    view, remarks = read_address(dict(parse_qsl(query, keep_blank_values=True)), atlas)
    here = file(f"#{query}")
    assert here.evaluate("mapapp.window()") == {
        "first": str(view.window.first),
        "last": str(view.window.last),
    }
    shown = select(atlas, view)
    expected = {*(place.id for place, *_ in shown.places), *(event.id for event, _ in shown.events)}
    assert {*here.evaluate("mapapp.shown()")} == expected
    assert (here.locator(".cards .place-card").count() > 0) == (view.selected is not None)
    told = here.locator(".page-head .remarks").all_inner_texts()
    if not remarks:
        assert told == []
        return
    (line,) = told
    assert line.startswith("Part of the address is not valid")
    keys = [remark.partition(":")[0] for remark in remarks]
    assert sorted(re.findall(r"(\w+): [^(:]+ \(got ", line)) == sorted(keys)
    assert here.locator(".page-head img").count() == 0


def test_the_query_is_used_if_there_is_no_hash(file: OpenFile) -> None:
    here = file()
    here.goto(f"{here.url.partition('#')[0]}?first=2018-09-01&last=2018-09-30")
    here.wait_for_selector("html[data-ready='1']", state="attached")
    assert here.evaluate("mapapp.window()") == {"first": "2018-09-01", "last": "2018-09-30"}
    here.evaluate("mapapp.select('zone-homs')")
    here.wait_for_function("() => location.hash.includes('first=2018-09-01')")


def test_the_screenshot_view_has_title_legend_date_scale_and_credit_and_no_controls(visit: Open) -> None:
    here = visit("?screenshot=1&first=2018-09-01&last=2018-09-30")
    credit = here.find(".credit")
    assert "1 Sep 2018 – 30 Sep 2018" in credit.inner_text()
    assert "GeoNames, CC BY 4.0" in credit.inner_text()
    assert credit.locator(".key").count() > 5
    assert here.find(".leaflet-control-scale").is_visible()
    assert "As known on 19 Feb 2020" in credit.inner_text()
    assert "Numbers count the statements about a place." in credit.inner_text()
    for control in (".panel", ".time", ".reading", ".leaflet-control-zoom"):
        assert here.find(control).is_hidden()
    assert here.page.get_by_text("Export").count() == 0
    here.find(".credit .leave").focus()
    here.page.keyboard.press("Enter")
    here.until_address(lambda found: "screenshot" not in found)
    here.page.get_by_text("Export").wait_for()
    assert here.find(".time").is_visible()


@pytest.mark.parametrize("size", [(1440, 900), (1280, 720), (768, 1024)])
@pytest.mark.parametrize("compared", ["", "&compare=2020-01-28"])
def test_in_the_screenshot_view_nothing_is_cut_off_or_under_the_scale(
    file: OpenFile, size: tuple[int, int], compared: str
) -> None:
    here = file(f"#screenshot=1{compared}")
    here.set_viewport_size({"width": size[0], "height": size[1]})
    here.reload()
    here.wait_for_selector("html[data-ready='1']", state="attached")
    credit = here.locator(".credit")
    assert credit.evaluate("node => node.scrollHeight <= node.clientHeight")
    expect(credit.locator(".small").last).to_contain_text("No opinion on the status of any border")
    assert ".." not in credit.inner_text()
    text, scale = credit.bounding_box(), here.locator(".leaflet-control-scale").bounding_box()
    assert text
    assert scale
    assert text["y"] + text["height"] <= scale["y"] or scale["y"] + scale["height"] <= text["y"]


def test_in_the_screenshot_view_a_comparison_has_its_days_numbers_and_key(file: OpenFile) -> None:
    credit = file("#screenshot=1&compare=2020-01-28").locator(".credit-compared")
    expect(credit).to_contain_text("From 28 Jan 2020 to 19 Feb 2020 about")
    expect(credit.locator(".key")).to_have_text(
        ["Ceased to be: Opposition-held area", "Became: Government-held area", "Contact line on 28 Jan 2020"]
    )


def test_in_the_screenshot_view_no_label_is_under_the_legend(file: OpenFile) -> None:
    here = file("#screenshot=1&first=2018-09-01&last=2020-03-06&as_of=all&camera=35.7,37.7,9")
    under = here.evaluate(
        """() => {
            const box = document.querySelector('.credit').getBoundingClientRect();
            return [...document.querySelectorAll('.label')].filter((label) => {
                const { left, right, top, bottom } = label.getBoundingClientRect();
                return left < box.right && right > box.left && top < box.bottom && bottom > box.top;
            }).map((label) => label.textContent);
        }"""
    )
    assert under == []
    assert here.locator(".label").count() > 10


def test_the_screenshot_view_says_if_it_includes_later_events(file: OpenFile) -> None:
    credit = file("#screenshot=1&as_of=all").locator(".credit")
    assert "19 Feb 2020, including later events" in credit.inner_text()


def test_a_figure_dropped_on_the_page_reopens_its_view(visit: Open, atlas: Atlas, tmp_path: Path) -> None:
    view, _ = read_address({"first": "2018-09-01", "last": "2018-09-30", "selected": "zone-idlib"}, atlas)
    figure = tmp_path / "figure.svg"
    address = address_of(view, atlas, None)
    figure.write_bytes(draw(atlas, view, "svg", size="half-page", address=address))
    here = visit()
    here.mark()
    here.page.get_by_role("button", name="Export").click()
    here.page.locator("input[type=file][accept*='.svg']").set_input_files(figure)
    here.until("mapapp.window().first === '2018-09-01'")
    assert here.address()["selected"] == "zone-idlib"
    assert here.is_marked()


def test_the_panel_offers_the_page_and_the_data_of_the_view(visit: Open, tmp_path: Path) -> None:
    here = visit("?first=2018-09-01&last=2018-09-30")
    here.page.get_by_role("button", name="Export").click()
    for label, name in (
        ("Download page", "idlib-2018-09-01-to-2018-09-30.html"),
        ("Download data", "idlib-2018-09-01-to-2018-09-30.gpkg"),
    ):
        with here.page.expect_download() as coming:
            here.page.get_by_role("button", name=label).click()
        assert coming.value.suggested_filename == name
        coming.value.save_as(tmp_path / name)
        assert (tmp_path / name).stat().st_size > 10_000
    assert "2018-09-01" in here.page.locator("[data-testid='stCode']").last.inner_text()


def test_a_folder_with_kinds_and_ids_of_its_own_is_drawn_and_named(
    browser: Browser, tiny: Tiny, tmp_path: Path
) -> None:
    """A kind without a rank stopped the script; an id that every object has was taken for its table's."""
    tiny.profile = None
    for place in ("rivertown", "post-one", "zone-idlib", "road-one"):
        tiny.place(place)["properties"]["kind"] = "relief-camp"
    for name in ("constructor", "tostring", "valueof", "hasownproperty"):
        tiny.layers["towns"].append(feature(name, point(37.3, 35.5), kind="own-kind"))
    tiny.actors.append({"id": "constructor", "names": names("Builder"), "kind": "person"})
    atlas = load(tiny.write(tmp_path))
    target = tmp_path / "map.html"
    target.write_text(exported_page(atlas, default_view(atlas)), encoding="utf-8")
    opened = browser.new_page()
    wrong: list[str] = []
    opened.on("pageerror", lambda error: wrong.append(str(error)))
    opened.goto(target.as_uri())
    opened.wait_for_selector("html[data-ready='1']", state="attached")
    for place in atlas.place:
        assert opened.evaluate("id => mapapp.select(id)", place)
        assert opened.locator(".cards h4, .cards h3").count()
    opened.evaluate("mapapp.select('rivertown')")
    assert opened.locator(".label.kind-relief-camp").count()
    opened.close()
    assert wrong == []


def test_an_arabic_article_runs_from_right_to_left(browser: Browser, tiny: Tiny, tmp_path: Path) -> None:
    text = "دخل الجيش مدينة Rivertown أمس."
    tiny.article = f" date 2020-02-19 {text}".encode()
    tiny.facts = []
    tiny.events = tiny.events[:1]
    tiny.events[0] |= {"passages": [{"exact": text}], "when": {"edtf": "2020-02-18", "text": "أمس"}}
    tiny.events[0]["places"][0] = {"id": "rivertown", "role": "site", "words": "Rivertown"}
    atlas = load(tiny.write(tmp_path))
    target = tmp_path / "map.html"
    target.write_text(exported_page(atlas, default_view(atlas)), encoding="utf-8")
    opened = browser.new_page()
    opened.goto(target.as_uri())
    opened.wait_for_selector("html[data-ready='1']", state="attached")
    article = opened.locator(".article-text")
    assert (article.get_attribute("lang"), article.get_attribute("dir")) == ("ar", "rtl")
    assert opened.locator(".article .passage").first.inner_text() == text
    opened.close()

"""The page opens, draws and changes over time: offline, quickly, and without remounting the map."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Browser, Route
from visit import FOLIUM, Visit

from mapapp.core.model import Atlas
from mapapp.core.select import select
from mapapp.text.messages import words
from mapapp.view_address import default_view

Open = Callable[..., Visit]
ZONES = {"zone-idlib", "zone-homs", "zone-ghouta", "zone-south"}
DAY = ("2020-02-19", "2020-02-19")


def test_the_map_is_painted_with_every_other_host_out_of_reach(visit: Open) -> None:
    here = visit()
    assert len(here.find("path.layer-land").first.get_attribute("d") or "") > 100
    assert here.find("path.layer-governorates").count() == 14
    assert here.find(".label").count() > 10
    assert here.find(".labels", has_text="Idlib de-escalation zone").count() == 1
    assert here.find(".article .passage.in").count() > 10
    assert here.foreign == []


def test_the_page_opens_on_the_articles_day(visit: Open) -> None:
    here = visit()
    assert here.window() == DAY
    assert here.js("mapapp.shown()") == sorted(here.shown())
    assert {
        "governorate-idlib",
        "zone-idlib",
        "opposition-area-2020-02-19",
        "three-zones-government",
    } <= here.shown()
    assert here.address() == {}
    assert here.page.title() == "Idlib, line by line"


def test_the_key_says_what_every_kind_of_land_is_and_what_is_not_shown(visit: Open) -> None:
    here = visit()
    keys = here.find("[data-row='control'] .key")
    assert keys.all_inner_texts() == [
        *("Contested", "Held by the government", "Held by Kurdish-led forces, army"),
        *("Held by opposition groups", "Held by Turkey and allies", "Land without colour: not shown"),
    ]


def test_the_attribution_is_words_without_an_emblem(visit: Open) -> None:
    here = visit()
    line = here.find(".leaflet-control-attribution")
    assert "Natural Earth" in line.inner_text()
    assert "GeoNames, CC BY 4.0" in line.inner_text()
    assert line.locator("svg, img").count() == 0


def test_the_map_changes_over_time_and_is_never_remounted(visit: Open) -> None:
    here = visit()
    here.mark()
    box = here.find(".stage").bounding_box()
    assert box is not None
    here.page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    here.page.mouse.wheel(0, -300)
    camera = here.until_address(lambda found: "camera" in found)["camera"]

    assert {name: here.js("id => mapapp.status(id)", name) for name in ZONES} == {
        "zone-idlib": "partly-government",
        "zone-homs": "government",
        "zone-ghouta": "government",
        "zone-south": "government",
    }

    here.set_window("2017-01-01", "2017-12-31")
    assert ZONES | {"place-nur-sultan", "astana-four-zones"} <= here.shown()
    assert not [name for name in here.shown() if name.startswith("dmz")]
    assert here.find("path.layer-dmz").count() == 0
    here.until_address(lambda found: found.get("first") == "2017-01-01")

    here.set_window("2018-09-01", "2018-09-30")
    assert {"dmz-15-km", "dmz-20-km", "sochi-demilitarised-zone"} <= here.shown()
    assert here.find("path.layer-dmz").count() > 0
    here.until_address(lambda found: found.get("first") == "2018-09-01")

    here.set_window(*DAY)
    found = here.until_address(lambda found: "first" not in found)
    assert found["camera"] == camera
    assert here.is_marked()


def test_in_2017_the_kazakh_capital_is_named_astana_and_later_nur_sultan(standalone: Open) -> None:
    here = standalone("?first=2017-01-01&last=2017-12-31&selected=place-nur-sultan")
    heading = here.find(".place-card h4")
    assert heading.inner_text() == "Astana"
    here.set_window(*DAY)
    assert heading.inner_text().startswith("Nur-Sultan")


def test_control_is_that_of_the_windows_last_day(standalone: Open) -> None:
    here = standalone("?first=2018-09-17&last=2020-02-19")
    assert [name for name in here.shown() if name.startswith("opposition-area")] == [
        "opposition-area-2020-02-19"
    ]


def test_later_events_show_only_on_request(standalone: Open) -> None:
    here = standalone("?first=2020-03-06&last=2020-03-06")
    assert "contact-line-2020-03-06" not in here.shown()
    here.find("[data-toggle='known']").click()
    assert "contact-line-2020-03-06" in here.shown()
    assert here.until_address(lambda found: found.get("as_of") == "all")
    here.find("[data-toggle='known']").click()
    assert "contact-line-2020-03-06" not in here.shown()


def test_a_layer_can_be_hidden_and_shown(standalone: Open) -> None:
    here = standalone()
    row = here.find("[data-row='dmz'] label")
    row.click()
    assert not [name for name in here.shown() if name.startswith("dmz")]
    assert here.find("path.layer-dmz").count() == 0
    here.until_address(lambda found: found.get("hidden") == "dmz")
    row.click()
    assert {"dmz-15-km", "dmz-20-km"} <= here.shown()


def test_the_legend_lists_only_what_is_visible(standalone: Open) -> None:
    here = standalone()
    assert here.find("[data-row='zones'] .key").all_inner_texts() == [
        "Zone in force, partly under government control",
    ]
    here.set_window("2017-05-05", "2017-05-05")
    assert here.find("[data-row='zones']").inner_text().count("Former zone") == 0


def test_a_badge_is_dashed_if_all_its_statements_are_only_possible(standalone: Open, atlas: Atlas) -> None:
    here = standalone()
    said: dict[str, set[str]] = {}
    for event, certainty in select(atlas, default_view(atlas)).events:
        for link in event.places:
            said.setdefault(link.id, set()).add(certainty)
    badges = here.js(
        "[...document.querySelectorAll('.badge')].map(it => [it.dataset.of, it.matches('.possible')])"
    )
    assert dict(badges) == {place: said[place] == {"possible"} for place, _ in badges}
    assert {dashed for _, dashed in badges} == {True, False}


def test_filters_show_only_what_they_name(standalone: Open) -> None:
    here = standalone()
    everything = here.shown()
    here.find(".filter", has_text="the article").click()
    here.find(".filter", has_text="Recep Tayyip Erdogan").click()
    left = here.shown()
    assert {"ankara-ceasefire-breach", "ankara-retaliation-threat", "threat-if-unmet"} <= left < everything
    assert "erdogan-safe-haven" not in left
    here.until_address(lambda found: found.get("said_by") == "turkey")
    here.find(".filter", has_text="Threat").click()
    assert "ankara-retaliation-threat" not in here.shown()
    assert "ankara-ceasefire-breach" in here.shown()


def test_a_view_without_any_speaker_says_so_and_can_be_shared(standalone: Open) -> None:
    here = standalone()
    for box in here.find("[data-filter='said_by']").all():
        box.evaluate("box => box.click()")
    empty = here.find(".empty")
    assert empty.inner_text().startswith("No statement in the article matches these filters.")
    here.until_address(lambda found: found.get("said_by") == "")
    again = standalone("?said_by=")
    assert again.shown() == here.shown()
    again.find(".empty button", has_text="Show all statements").click()
    assert again.find(".empty").is_hidden()


def test_an_empty_window_says_so_and_offers_the_nearest(standalone: Open) -> None:
    here = standalone("?first=2019-05-01&last=2019-05-01&certain=1")
    empty = here.find(".empty")
    assert "No statement in the article matches these filters." in empty.inner_text()
    empty.locator("button", has_text="Go to").click()
    assert empty.is_hidden()
    assert "sochi-demilitarised-zone" in here.shown() or "idlib-clashes" in here.shown()


@pytest.mark.parametrize(("lang", "word"), [("ar", "إدلب"), ("ru", "Идлиб"), ("tr", "İdlib")])
def test_names_follow_the_language(lang: str, word: str, standalone: Open) -> None:
    here = standalone()
    here.find("[data-choice='names']").select_option(lang)
    assert word in " ".join(here.find(".label").all_inner_texts())
    assert here.find(f".label[lang='{lang}']").count() == here.find(".label").count()
    here.until_address(lambda found: found.get("names") == lang)


def test_the_online_base_map_is_loaded_only_when_chosen(visit: Open) -> None:
    here = visit()
    assert here.foreign == []
    here.expected_foreign = ("https://tile.openstreetmap.org/",)
    here.find("[data-choice='base_map']").select_option("osm")
    here.until_address(lambda found: found.get("base_map") == "osm")
    assert here.foreign
    assert all(url.startswith(here.expected_foreign) for url in here.foreign)
    asked = len(here.foreign)
    here.find("[data-choice='base_map']").select_option("none")
    assert here.find("img.leaflet-tile").count() == 0
    here.set_window("2017-01-01", "2017-12-31")
    here.until_address(lambda found: "base_map" not in found)
    assert len(here.foreign) == asked


@pytest.mark.parametrize("refused_file", [".html", ".js"])
def test_a_map_that_cannot_be_fetched_says_so(browser: Browser, server: str, refused_file: str) -> None:
    here = Visit(browser, server)

    def refused(route: Route) -> None:
        if refused_file in route.request.url and "/component/" not in route.request.frame.url:
            route.abort()
        else:
            route.continue_()

    here.page.route("**/map/*", refused)
    here.page.goto(server)
    here.page.frame_locator(FOLIUM).get_by_text(words("map-failed")).wait_for()
    assert here.close(keep=False) != []


@pytest.fixture
def at_hand(browser: Browser, server: str) -> None:
    """Have the server draw the map, which then comes with the page."""
    assert Visit(browser, server).open().close() == []


@pytest.mark.usefixtures("at_hand")
def test_the_map_needs_nothing_of_streamlit(browser: Browser, server: str) -> None:
    here = Visit(browser, server)
    here.page.route("**/static/js/*", lambda route: route.abort())
    here.page.goto(server)
    here.frame.wait_for_selector("html[data-ready='1']", state="attached")
    here.set_window("2018-09-01", "2018-09-30")
    here.until_address(lambda found: found.get("first") == "2018-09-01")
    assert here.find("path.layer-land").count() > 0
    assert here.close(keep=False) != []


# Notes when the map was drawn; what waits three seconds, as Streamlit's start does, does not happen before.
WATCH_DRAWN = """
  addEventListener("mapapp-drawn", () => { window.drawnAt ??= performance.now(); });
  const { setTimeout } = window;
  window.setTimeout = (...given) => (given[1] === 3000 && !window.drawnAt ? 0 : setTimeout(...given));
"""


@pytest.mark.usefixtures("at_hand")
def test_no_script_of_streamlit_is_fetched_before_the_map_is_drawn(browser: Browser, server: str) -> None:
    here = Visit(browser, server)
    here.page.add_init_script(f"if (window === window.top) {{ {WATCH_DRAWN} }}")
    here.open()
    drawn, fetched = here.page.evaluate("""() => [
      window.drawnAt,
      performance.getEntriesByType("resource")
        .filter(({ name }) => /\\/static\\/(js|media)\\//.test(name))
        .map(({ startTime }) => startTime),
    ]""")
    assert len(fetched) > 20
    assert min(fetched) >= drawn
    assert here.close(keep=False) == []


@pytest.mark.usefixtures("at_hand")
def test_streamlit_starts_if_the_map_was_drawn_before_the_page_listened(
    browser: Browser, server: str
) -> None:
    here = Visit(browser, server)
    # the event is lost, and patience too: what is left is the mark on the frame
    here.page.add_init_script("""if (window === window.top) {
      const { addEventListener, setTimeout } = window;
      window.addEventListener = (name, ...given) => {
        if (name !== "mapapp-drawn") addEventListener(name, ...given);
      };
      window.setTimeout = (...given) => (given[1] === 3000 ? 0 : setTimeout(...given));
      new MutationObserver((_, observer) => {
        const frame = document.querySelector("#mapapp-map");
        if (!frame) return;
        frame.dataset.drawn = "1";
        observer.disconnect();
      }).observe(document, { childList: true, subtree: true });
    }""")
    here.open()
    assert here.close(keep=False) == []


def test_the_dark_theme_is_dark(visit: Open) -> None:
    here = visit(color_scheme="dark")
    here.until("document.documentElement.dataset.theme === 'dark'")
    assert here.js("getComputedStyle(document.body).backgroundColor") == "rgb(21, 24, 29)"
    assert (
        here.find("path.layer-land").first.evaluate("node => getComputedStyle(node).fill")
        == "rgb(43, 47, 53)"
    )


def test_sources_and_licences_are_one_click_away(visit: Open) -> None:
    here = visit()
    here.page.get_by_role("button", name=words("about"), exact=True).click()
    about = here.page.locator(".mapapp-about")
    about.wait_for()
    assert "CC BY 4.0" in about.inner_text()
    assert about.locator("li").count() > 50

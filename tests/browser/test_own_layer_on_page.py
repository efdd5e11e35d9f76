"""A layer of the reader's own lies over the map as text and shapes, on this screen alone, or is refused."""

from __future__ import annotations

import base64
import json
import re
from collections.abc import Callable
from importlib.resources import files
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, expect
from visit import Visit

Open = Callable[..., Visit]
CASES = Path(__file__).resolve().parents[1] / "own_layers"
READER = Path(str(files("mapapp.web"))) / "src" / "own_layer_readers" / "reader.js"
CAMERA = "?camera=35.9,36.6,9"
DROP = """([name, text]) => {
  const data = new DataTransfer();
  data.items.add(new File([text], name));
  for (const type of ["dragover", "drop"])
    document.querySelector(".stage").dispatchEvent(
      new DragEvent(type, { dataTransfer: data, bubbles: true, cancelable: true }));
}"""


def add(here: Visit, name: str, text: str | None = None) -> None:
    """Choose a file: one of the cases, or one with this text."""
    content = (CASES / name).read_bytes() if text is None else text.encode()
    here.find("[data-own-file]").set_input_files(
        {"name": name, "mimeType": "application/octet-stream", "buffer": content}
    )


def leave(here: Visit) -> None:
    """Leave the screenshot view."""
    here.find(".leave").focus()
    here.page.keyboard.press("Enter")


def data_address(module: Path) -> str:
    """Return a script and what it imports as an address, for a page cannot import from files."""
    source = re.sub(
        r'(?<= from ")\./[\w.]+(?=";)',
        lambda found: data_address(module.parent / found[0]),
        module.read_text(encoding="utf-8"),
    )
    return f"data:text/javascript;base64,{base64.b64encode(source.encode()).decode()}"


def test_the_browser_reads_and_refuses_the_same_files_as_python(browser: Browser) -> None:
    here = browser.new_page()  # an empty one: the policy of ours allows no further scripts
    expected: dict[str, Any] = json.loads((CASES / "expected.json").read_text(encoding="utf-8"))
    contents = {name: base64.b64encode((CASES / name).read_bytes()).decode() for name in expected}
    found = here.evaluate(
        """async ([reader, contents]) => {
          const { readOwnLayer } = await import(reader);
          const bytes = (text) => Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
          return Object.fromEntries(Object.entries(contents).map(([name, text]) => {
            const { features, faults } = readOwnLayer(name, bytes(text));
            return [name, { shapes: features.flatMap(({ shapes }) => shapes.map(({ type }) => type)),
              faults: faults.map(({ unit, n, code }) => [unit, n, code]) }];
          }));
        }""",
        [data_address(READER), contents],
    )
    here.close()
    assert found == expected


def test_a_dropped_file_is_named_drawn_and_opened_by_a_click_as_plain_text(standalone: Open) -> None:
    here = standalone("?camera=35.7,35.3,9")  # at sea, where no name is
    text = json.dumps(
        {
            "type": "Feature",
            "properties": {"name": "<img src=x onerror=alert(1)>", "note": "{{ 7 * 7 }} & <b>bold</b>"},
            "geometry": {"type": "Point", "coordinates": [35.3, 35.7]},
        }
    )
    here.js(DROP, ["<i>mine</i>.geojson", text])
    expect(here.find(".own-row .row-name")).to_have_text("Your layer: <i>mine</i>.geojson")
    expect(here.find(".notice")).to_contain_text("1 item added, on this screen only")
    assert here.find(".leaflet-m-own-pane canvas").count() == 1
    box = here.find(".leaflet-container").bounding_box()
    assert box is not None
    here.page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    card = here.find(".own-card")
    expect(card.locator("h4")).to_have_text("<img src=x onerror=alert(1)>")
    expect(card).to_contain_text("{{ 7 * 7 }} & <b>bold</b>")
    expect(card).to_contain_text("not from the article")
    assert here.find("#mapapp img:not(.leaflet-tile)").count() == 0
    assert here.find("#mapapp i").count() == 0
    assert "mine" not in here.page.url
    here.page.keyboard.press("Escape")
    expect(card).to_have_count(0)


def test_a_layer_is_switched_off_removed_and_kept_in_this_tab_alone(standalone: Open) -> None:
    here = standalone(CAMERA)
    add(here, "good-places.kml")
    row = here.find(".own-row")
    expect(row).to_have_count(1)
    row.locator("summary").click()
    row.locator(".chip").first.click()
    expect(here.find(".own-card h4")).to_have_text("One & only")
    expect(here.find(".own-card")).to_contain_text("<script>alert(1)</script>")
    row.locator("label").click()
    expect(here.find(".own-card")).to_have_count(0)
    here.find("button", has_text="Screenshot view").click()
    assert "Your layer" not in here.find(".credit").inner_text()
    leave(here)
    row.locator("label").click()
    here.find("button", has_text="Screenshot view").click()
    assert "Your layer: good-places.kml" in here.find(".credit").inner_text()
    leave(here)
    row.locator(".quiet").click()
    expect(row).to_have_count(0)
    add(here, "good-track.gpx")
    expect(row).to_have_count(1)
    here.page.reload()
    here.frame.wait_for_selector("html[data-ready='1']", state="attached")
    expect(row.locator(".row-name")).to_have_text("Your layer: good-track.gpx")
    other = standalone(CAMERA)
    expect(other.find(".own-row")).to_have_count(0)
    row.locator(".quiet").click()
    here.page.reload()
    here.frame.wait_for_selector("html[data-ready='1']", state="attached")
    expect(row).to_have_count(0)
    assert here.js("Object.keys(sessionStorage)") == []


def test_another_language_keeps_the_readers_own_layers_and_what_is_hidden_of_them(standalone: Open) -> None:
    here = standalone(CAMERA)
    add(here, "good-places.kml")
    add(here, "point.csv", "lat,lon,name\n35.9,36.6,<b>Mine</b>\n")
    rows = here.find(".own-row")
    expect(rows).to_have_count(2)
    rows.first.locator("label").click()
    here.find("[data-language]").first.select_option("tr")
    here.page.wait_for_selector("html[lang='tr'][data-ready='1']")
    expect(rows).to_have_count(2)
    assert rows.first.locator("input").is_checked() is False
    box = here.find(".leaflet-container").bounding_box()
    assert box is not None
    here.page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    expect(here.find(".own-card h4")).to_have_text("<b>Mine</b>")


def test_a_layer_that_the_tab_has_no_room_for_is_said_to_be_lost_later(standalone: Open) -> None:
    here = standalone(CAMERA)
    add(here, "point.csv", "lat,lon,name\n35.9,36.6,Mine\n")
    text = "x" * 1000
    rows = "".join(f"35.9,36.6,{number},{text}\n" for number in range(3500))
    add(here, "large.csv", f"lat,lon,name,note\n{rows}")
    expect(here.find(".notice")).to_contain_text("There is no room to keep it in this tab")
    here.page.reload()
    here.frame.wait_for_selector("html[data-ready='1']", state="attached")
    expect(here.find(".own-row .row-name")).to_have_text(["Your layer: point.csv"])


def test_a_bad_file_is_refused_with_all_its_faults_and_how_to_fix_them(standalone: Open) -> None:
    here = standalone(CAMERA)
    add(here, "bad-rows.csv")
    faults = here.find(".own-faults")
    expect(faults.locator("p")).to_have_text("bad-rows.csv cannot be shown: 4 faults.")
    expect(faults.locator("li")).to_have_count(4)
    expect(faults.locator("li").nth(2)).to_have_text(
        "Line 5: longitude or latitude is out of range (got 36, 95);"
        " write longitude from -180 to 180, latitude from -90 to 90"
    )
    expect(here.find(".own-row")).to_have_count(0)
    add(here, "bad-entity.kml")
    expect(faults.locator("li")).to_have_count(1)
    expect(faults).to_contain_text("a document type or an entity is declared, which may hide other files")
    rows = "".join(f"{number / 60_000:.5f},36\n" for number in range(50_001))
    add(here, "many.csv", f"lat,lon\n{rows}")
    expect(faults).to_contain_text("more than 50,000 points (got 50001); simplify the lines and areas")
    add(here, "good-comma.csv")
    expect(faults).to_be_empty()
    expect(here.find(".own-row")).to_have_count(1)


def test_a_second_click_goes_below_the_readers_own_point(standalone: Open) -> None:
    here = standalone(CAMERA)
    add(here, "point.csv", "lat,lon,name\n35.9,36.6,Mine\n")
    expect(here.find(".own-row")).to_have_count(1)
    box = here.find(".leaflet-container").bounding_box()
    assert box is not None
    middle = (box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    here.page.mouse.click(*middle)
    first = here.find(".cards [data-card], .cards .own-card").first.get_attribute("class")
    here.page.mouse.click(*middle)
    second = here.find(".cards [data-card], .cards .own-card").first.get_attribute("class")
    assert "own-card" in (first or "")
    assert "own-card" not in (second or "")


def test_nothing_is_sent_when_a_layer_is_added_in_the_app(visit: Open) -> None:
    here = visit(CAMERA)
    sent: list[str] = []
    here.page.on("request", lambda request: sent.append(request.url))
    add(here, "good-features.geojson")
    expect(here.find(".own-row")).to_have_count(1)
    here.find(".own-row summary").click()
    here.find(".own-row .chip").first.click()
    expect(here.find(".own-card")).to_have_count(1)
    late = (".ttf", "/favicon.png")  # fonts are loaded when first needed, the icon when the browser likes
    assert [url for url in sent if not url.endswith(late)] == []

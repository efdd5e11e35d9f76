"""The author's panel: statements from marked words, places drawn on the map, nothing lost or overwritten."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any, Self

import pytest
import yaml
from axe_playwright_python.base import AXE_SCRIPT
from editing import copy_of_template, editing
from playwright.sync_api import Browser, Locator, Route, expect
from test_accessibility import RULES
from visit import StandaloneVisit, Visit, visiting

EVENTS = "data/events/quiet-zone-2024-05-14.yaml"
ZONES, TOWNS = "data/geo/zones.geojson", "data/geo/towns.geojson"
TARVIK = '  modality: claimed\n  said_by: army\n  actors: [army]\n  when: {edtf: "2024-05-13"'
SENTENCE = "Both sides plan talks in Port Aster next week."


class Desk(StandaloneVisit):
    """One opening of the author's panel."""

    def __init__(self, browser: Browser, address: str, folder: Path, **options: Any) -> None:
        Visit.__init__(self, browser, address.partition("/#")[0], **options)  # it is online
        self.start, self.folder = address, folder
        self.may_conflict = False  # whether the server may answer 409

    def _own(self) -> tuple[str, ...]:
        return (f"{self.server}/", "data:", "blob:")

    def open(self, query: str = "") -> Self:
        """Open the start address; wait until the panel is there."""
        self.page.goto(self.start + query)
        return self.ready()

    def close(self, *, keep: bool = True) -> list[str]:
        """End the visit; expected conflicts and requests cut short by leaving are nothing wrong."""
        complaints = super().close(keep=keep)
        cut_short = f"failed: {self.server}/"
        return [
            line
            for line in complaints
            if not (self.may_conflict and "409" in line) and not line.startswith(cut_short)
        ]

    def ready(self) -> Self:
        """Wait until the panel is there with suggestions and fonts, or what keeps it from opening."""
        there = "html[data-editing='1'][data-ready='1'][data-suggested='1'], html[data-mending='1']"
        self.page.wait_for_selector(there, state="attached")
        return self

    def saved(self, words: str) -> None:
        """Wait until the page was loaded again after a change, and says so."""
        expect(self.find(".edit-said")).to_have_text(words)
        self.ready()

    def read(self, file: str) -> str:
        """Return a file of the folder."""
        return (self.folder / file).read_text(encoding="utf-8")

    def statements(self) -> dict[str, dict[str, Any]]:
        """Return the statements as the file has them, by id."""
        return {one["id"]: one for one in yaml.safe_load(self.read(EVENTS))["events"]}

    def feature(self, file: str, name: str) -> dict[str, Any]:
        """Return a feature of a layer's file."""
        features = json.loads(self.read(file))["features"]
        found: dict[str, Any] = next(one for one in features if one["properties"]["id"] == name)
        return found

    def button(self, name: str) -> Locator:
        """Find a button of the panel by its whole name."""
        return self.find(".edit").get_by_role("button", name=name, exact=True)

    def field(self, label: str, group: str | None = None) -> Locator:
        """Find a field of the open form by the beginning of its label."""
        form = self.find(".edit-form")
        within = form.get_by_role("group", name=group, exact=True) if group else form
        return (
            within.locator("label", has_text=label)
            .locator("xpath=..")
            .locator("input, select, textarea")
            .first
        )

    def pick(self, label: str, text: str) -> None:
        """Choose the first option that a search finds."""
        box = self.find(".edit-form").get_by_role("combobox", name=label)
        box.fill(text)
        box.press("Enter")

    def save(self) -> None:
        """Save the open form; nothing must be wrong with it."""
        self.page.evaluate("document.documentElement.dataset.old = 1")
        self.button("Save").click()
        self.page.wait_for_function(
            "() => !document.documentElement.dataset.old || document.querySelector('.edit-fault:not(output)')"
        )
        assert self.find(".edit-fault").all_inner_texts() == []

    def mark(self, words: str) -> None:
        """Mark words of the article with the mouse."""
        box = self.js(
            """words => {
              const walker = document.createTreeWalker(document.querySelector(".article-text"), 4);
              for (let node = walker.nextNode(); node; node = walker.nextNode()) {
                const at = node.textContent.indexOf(words);
                if (at < 0) continue;
                node.parentElement.scrollIntoView({ block: "center" });
                const ends = [[at, "left"], [at + words.length - 1, "right"]].map(([offset, edge]) => {
                  const range = document.createRange();
                  range.setStart(node, offset);
                  range.setEnd(node, offset + 1);
                  const box = range.getBoundingClientRect();
                  return [box[edge], box.y + box.height / 2];
                });
                return ends;
              }
            }""",
            words,
        )
        self.page.mouse.move(box[0][0] + 1, box[0][1])
        self.page.mouse.down()
        self.page.mouse.move(box[1][0], box[1][1], steps=4)
        self.page.mouse.up()

    def at(self, lat: float, lon: float) -> tuple[float, float]:
        """Return where a position is in the window."""
        x, y = self.js(
            """([lat, lon]) => {
              const { x, y } = window.mapappEdit.map.latLngToContainerPoint([lat, lon]);
              const box = document.querySelector("#edit-map").getBoundingClientRect();
              return [box.x + x, box.y + y];
            }""",
            [lat, lon],
        )
        return x, y

    def click_at(self, lat: float, lon: float) -> None:
        """Click at a position of the map."""
        self.page.mouse.click(*self.at(lat, lon))


Open = Callable[..., Desk]


@pytest.fixture
def desk(request: pytest.FixtureRequest, browser: Browser, tmp_path: Path) -> Iterator[Open]:
    """Return a function that opens the panel on a copy of a template; fail as ``visit`` does."""
    folder = copy_of_template(tmp_path)
    with editing(folder) as address, visiting(request, partial(Desk, browser, address, folder)) as start:
        yield start


def begin(here: Desk, words: str = SENTENCE) -> None:
    """Begin a statement from words marked with the mouse, and fill in all but its title."""
    here.mark(words)
    here.page.get_by_role("button", name="New statement from these words").click()
    here.field("Kind").select_option("plan")
    here.field("Date (EDTF)", "When").fill("2024-05-20/2024-05-26")
    here.field("Words of the article for it", "When").fill("next week")
    expect(here.field("Words of the article", "Port Aster")).to_have_value("Port Aster")


def test_marked_words_become_a_statement_and_the_page_stays_where_it_was(desk: Open) -> None:
    here = desk()
    here.js("window.mapappEdit.map.setView([-29.5, -21.8], 8.5, { animate: false })")
    begin(here)
    expect(here.find(".edit-reading").first).to_have_text("20 May 2024 to 26 May 2024")
    here.field("What is said").fill("Talks are planned")
    here.save()
    here.saved("“Talks are planned” was saved.")
    made = here.statements()["talks-are-planned"]
    assert made["passages"] == [{"exact": SENTENCE}]
    assert made["when"] == {"edtf": "2024-05-20/2024-05-26", "text": "next week"}
    assert made["places"] == [{"id": "port-aster", "role": "site", "words": "Port Aster"}]
    expect(here.find('[data-card="talks-are-planned"]')).to_be_visible()
    lat, lng, zoom = here.js(
        "(({ map }) => [map.getCenter().lat, map.getCenter().lng, map.getZoom()])(window.mapappEdit)"
    )
    assert (round(lat, 1), round(lng, 1), zoom) == (-29.5, -21.8, 8.5)


def test_what_is_wrong_stands_beside_its_field_and_is_not_saved(desk: Open) -> None:
    here = desk()
    before = here.read(EVENTS)
    begin(here)
    here.field("What is said").fill("Talks are planned")
    when = here.field("Date (EDTF)", "When")
    when.fill("2024-13")
    beside = here.find('[data-path="when.edtf"] .edit-faults')
    expect(beside).to_contain_text("month")
    expect(when).to_have_attribute("aria-invalid", "true")
    here.button("Save").click()
    expect(here.find(".edit-said")).to_contain_text("Not saved")
    expect(when).to_be_focused()
    assert here.read(EVENTS) == before
    when.fill("2024-05-20")
    expect(beside).not_to_contain_text("month")


def test_a_form_that_is_not_finished_outlives_a_reload(desk: Open) -> None:
    here = desk()
    begin(here)
    here.field("What is said").fill("Talks are planned")
    here.page.reload()
    here.ready()
    here.find(".edit-unsaved").get_by_role("button", name="Talks are planned").click()
    expect(here.field("What is said")).to_have_value("Talks are planned")
    expect(here.field("Date (EDTF)", "When")).to_have_value("2024-05-20/2024-05-26")


def test_who_speaks_is_counted_among_the_actors(desk: Open) -> None:
    here = desk()
    here.find('[data-entry="fighting-at-brenn"]').click()
    here.field("How it is said").select_option("claimed")
    here.field("Said by").select_option("league")
    here.save()
    here.ready()
    assert here.statements()["fighting-at-brenn"]["actors"] == ["army", "highland-front", "league"]


def test_undo_and_redo_bring_the_files_back_byte_for_byte(desk: Open) -> None:
    here = desk()
    before = here.read(EVENTS)
    here.button("The army says that it took Tarvik").click()
    here.field("What is said").fill("The army says it is in Tarvik")
    here.save()
    here.saved("“The army says it is in Tarvik” was saved.")
    after = here.read(EVENTS)
    assert after != before
    here.page.keyboard.press("Control+z")
    here.saved("The last change was undone.")
    assert here.read(EVENTS) == before
    here.page.keyboard.press("Control+Shift+z")
    here.saved("The change was made again.")
    assert here.read(EVENTS) == after
    here.button("Undo").click()
    here.saved("The last change was undone.")
    assert here.read(EVENTS) == before


def fill_place(here: Desk, name: str, kind: str) -> None:
    here.field("English", "Names").fill(name)
    here.field("Kind").select_option(kind)
    here.field("What its shape is based on").select_option("schematic")
    here.field("Tolerance in km").fill("3")
    here.field("Confidence").select_option("low")
    here.pick("Sources", "example")


def test_a_place_is_drawn_moved_and_snapped_to_a_border(desk: Open) -> None:
    here = desk()
    here.find(".edit").get_by_role("button", name="Places").click()
    here.button("New place").click()
    here.field("Layer").select_option("zones")
    corner = here.feature(ZONES, "zone-lorne")["geometry"]["coordinates"][0][0]
    x, y = here.at(corner[1], corner[0])
    here.page.mouse.click(x + 5, y - 4)  # near the corner of the zone
    for lat, lon in ((-31.0, -22.6), (-31.0, -22.2), (-30.8, -22.2)):
        here.click_at(lat, lon)
    here.page.mouse.click(*here.at(-30.8, -22.2))  # the last point again
    expect(here.find(".edit-vertex")).to_have_count(4)
    x, y = here.at(-31.0, -22.2)
    here.page.mouse.move(x, y)
    here.page.mouse.down()
    here.page.mouse.move(x + 30, y + 10, steps=5)
    here.page.mouse.up()
    fill_place(here, "South of the zone", "agreed-zone")
    here.save()
    here.saved("“South of the zone” was saved.")
    made = here.feature(ZONES, "south-of-the-zone")
    ring = made["geometry"]["coordinates"][0]
    assert ring[0] == corner == ring[-1]
    assert len(ring) == 5
    assert ring[2] != [-22.2, -31.0]
    assert made["properties"]["basis"] == "schematic"
    expect(here.find('[data-card="south-of-the-zone"]')).to_be_visible()


def test_a_vertex_is_added_moved_and_removed_by_keys_alone(desk: Open) -> None:
    here = desk()
    here.find(".edit").get_by_role("button", name="Places").click()
    here.button("Quiet zone on the Lorne Agreed zones").click()
    ring = here.feature(ZONES, "zone-lorne")["geometry"]["coordinates"][0]
    now = here.find(".edit-vertex.now")
    now.focus()
    for key in ("Enter", "ArrowUp", "Shift+ArrowLeft"):
        here.page.keyboard.press(key)
        expect(now).to_be_focused()
    expect(here.find(".edit-vertex")).to_have_count(len(ring))
    here.page.keyboard.press("PageDown")
    here.page.keyboard.press("Delete")
    expect(here.find(".edit-vertex")).to_have_count(len(ring) - 1)
    here.page.keyboard.press("Control+z")
    expect(here.find(".edit-vertex")).to_have_count(len(ring))
    here.save()
    here.saved("“Quiet zone on the Lorne” was saved.")
    after = here.feature(ZONES, "zone-lorne")["geometry"]["coordinates"][0]
    assert len(after) == len(ring) + 1
    assert [after[0], *after[2:]] == ring


def test_a_point_is_put_at_typed_coordinates_for_a_statement(desk: Open) -> None:
    here = desk()
    begin(here)
    here.field("What is said").fill("Talks are planned")
    box = here.find(".edit-form").get_by_role("combobox", name="Find a place")
    box.fill("Dunmere")
    box.press("Enter")
    expect(here.find(".edit-form h2")).to_have_text("New place")
    here.field("Layer").select_option("towns")
    here.find("#edit-lat").fill("-30.9")
    here.find("#edit-lon").fill("-21.9")
    here.button("Put it here").click()
    fill_place(here, "Dunmere", "village")
    here.save()
    here.saved("“Dunmere” was saved.")
    assert here.feature(TOWNS, "dunmere")["geometry"] == {"type": "Point", "coordinates": [-21.9, -30.9]}
    expect(here.field("What is said")).to_have_value("Talks are planned")
    expect(here.find(".edit-form").get_by_role("group", name="Dunmere")).to_be_visible()


def test_a_statement_is_written_without_a_mouse(desk: Open) -> None:
    here = desk()
    keys = here.page.keyboard

    def tab_to(label: str) -> None:
        for _ in range(80):
            keys.press("Tab")
            named = here.js(
                """() => {
                  const one = document.activeElement;
                  return one.getAttribute("aria-label") ?? one.labels?.[0]?.textContent ?? one.textContent;
                }"""
            )
            if named.startswith(label):
                return
        pytest.fail(f"no tab stop {label}")

    here.find(".edit").focus()
    tab_to("New statement")
    keys.press("Enter")
    tab_to("What is said")
    keys.type("Talks are planned")
    tab_to("Kind")
    keys.type("Plan")
    tab_to("Find a sentence")
    keys.type("plan talks")
    keys.press("Enter")
    tab_to("Date (EDTF)")
    keys.type("2024-05-20/2024-05-26")
    tab_to("Words of the article for it")
    keys.type("next week")
    tab_to("Drop what is suggested from “Port Aster”")
    keys.press("Enter")
    tab_to("Find a place")
    keys.type("port aster")
    keys.press("Enter")
    tab_to("Words of the article")
    keys.type("Port Aster")
    keys.press("Control+Enter")
    here.saved("“Talks are planned” was saved.")
    assert here.statements()["talks-are-planned"]["passages"] == [{"exact": SENTENCE}]


def test_two_tabs_do_not_overwrite_each_other(desk: Open) -> None:
    one, other = desk(), desk()
    other.button("The army says that it took Tarvik").click()
    other.field("What is said").fill("Second version")
    one.button("The army says that it took Tarvik").click()
    one.field("What is said").fill("First version")
    one.save()
    one.saved("“First version” was saved.")
    saved = one.read(EVENTS)
    other.may_conflict = True
    other.button("Save").click()
    expect(other.find(".edit-outside")).to_contain_text("Changed outside")
    assert one.read(EVENTS) == saved
    expect(other.field("What is said")).to_have_value("Second version")
    row = other.find(".edit-compare tbody", has_text="What is said")
    expect(row).to_contain_text("changed in both")
    assert row.locator("td").all_inner_texts() == ["First version", "Second version"]
    other.button("Keep mine").click()
    other.saved("The folder was read again.")
    expect(other.field("What is said")).to_have_value("Second version")
    other.save()
    other.saved("“Second version” was saved.")


def change_outside(here: Desk, old: str, new: str) -> None:
    """Change a statement as another program would."""
    file = here.folder / EVENTS
    text = file.read_text("utf-8")
    assert old in text
    file.write_text(text.replace(old, new), "utf-8")


def meet_another_version(here: Desk) -> None:
    """Write in a form, and have another program change the same statement; then try to save."""
    here.button("The army says that it took Tarvik").click()
    here.field("What is said").fill("Written in the panel")
    change_outside(here, TARVIK, TARVIK.replace("[army]", "[army, highland-front]"))
    here.may_conflict = True
    here.button("Save").click()
    expect(here.find(".edit-compare h3")).to_be_focused()


def test_both_versions_stand_side_by_side_with_whose_change_is_whose(desk: Open) -> None:
    here = desk()
    meet_another_version(here)
    compared = here.find(".edit-compare")
    expect(compared.locator("tbody", has_text="What is said")).to_contain_text("changed by you")
    actors = compared.locator("tbody", has_text="Actors")
    expect(actors).to_contain_text("changed on disk")
    on_disk, mine = actors.locator("td").all_inner_texts()
    assert "Highland Front" in on_disk
    assert "Highland Front" not in mine
    expect(compared.locator("tbody")).to_have_count(2)


def test_keeping_mine_puts_it_on_top_of_what_is_on_disk(desk: Open) -> None:
    here = desk()
    meet_another_version(here)
    here.button("Keep mine").click()
    here.saved("The folder was read again.")
    expect(here.find(".edit-compare")).to_have_count(0)
    here.save()
    here.saved("“Written in the panel” was saved.")
    made = here.statements()["tarvik-taken"]
    assert made["title"] == "Written in the panel"
    assert made["actors"] == ["army", "highland-front"]


def test_mine_can_be_brought_back_after_taking_what_is_on_disk(desk: Open) -> None:
    here = desk()
    meet_another_version(here)
    here.button("Take the version on disk").click()
    here.saved("The folder was read again.")
    expect(here.field("What is said")).to_have_value("The army says that it took Tarvik")
    expect(here.find('[data-path="actors"] .edit-chosen li')).to_have_count(2)
    here.page.reload()
    here.ready()
    here.find('[data-entry="tarvik-taken"]').click()
    here.button("Bring mine back").click()
    expect(here.field("What is said")).to_have_value("Written in the panel")
    expect(here.find(".edit-compare")).to_be_visible()


def test_a_form_that_was_only_opened_is_neither_unsaved_nor_in_conflict(desk: Open) -> None:
    here = desk()
    here.find('[data-entry="tarvik-taken"]').click()
    with here.page.expect_response("**/api/preview"):
        here.field("What is said").fill("Written, and taken back")
    with here.page.expect_response("**/api/preview"):
        here.field("What is said").fill("The army says that it took Tarvik")
    change_outside(here, TARVIK, TARVIK.replace("[army]", "[army, highland-front]"))
    here.js("window.dispatchEvent(new Event('focus'))")
    expect(here.find(".edit-outside")).to_be_visible()
    expect(here.find(".edit-compare")).to_have_count(0)
    here.button("Take in the changes").click()
    here.saved("The folder was read again.")
    expect(here.find('[data-path="actors"] .edit-chosen li')).to_have_count(2)
    here.find('.edit-lists [data-kind="event"]').click()
    expect(here.find('[data-entry="tarvik-taken"]')).not_to_contain_text("not saved")


def test_nothing_is_saved_before_a_version_is_chosen(desk: Open) -> None:
    here = desk()
    meet_another_version(here)
    outside = here.read(EVENTS)
    here.button("Go on editing").click()
    expect(here.find(".edit-compare")).to_have_count(0)
    here.field("What is said").fill("Written further")
    here.button("Save").click()
    expect(here.find(".edit-said")).to_contain_text("Choose a version first")
    expect(here.find(".edit-compare")).to_contain_text("Written further")
    assert here.read(EVENTS) == outside


def test_a_statement_removed_on_disk_is_not_lost_in_its_form(desk: Open) -> None:
    here = desk()
    here.button("The army says that it took Tarvik").click()
    here.field("What is said").fill("Written in the panel")
    value = yaml.safe_load(here.read(EVENTS))
    value["events"] = [one for one in value["events"] if one["id"] != "tarvik-taken"]
    (here.folder / EVENTS).write_text(yaml.safe_dump(value, allow_unicode=True), "utf-8")
    here.may_conflict = True
    here.button("Save").click()
    expect(here.find(".edit-compare")).to_contain_text("No longer on disk")
    here.button("Leave it removed").click()
    here.saved("The folder was read again.")
    assert "tarvik-taken" not in here.statements()
    here.find(".edit-unsaved").get_by_role("button", name="Written in the panel").click()
    here.save()
    here.saved("“Written in the panel” was saved.")
    assert here.statements()["tarvik-taken"]["title"] == "Written in the panel"


def test_a_form_that_is_left_while_it_is_being_checked_is_kept(desk: Open) -> None:
    here = desk()
    held: list[Route] = []
    here.page.route("**/preview", lambda route: held.append(route))  # noqa: PLW0108 - its parameters are counted
    here.button("New statement").click()
    with here.page.expect_request("**/preview"):
        here.field("What is said").fill("One to come")
    here.find(".edit").get_by_role("button", name="Statements").click()
    expect(here.find(".edit-unsaved", has_text="One to come")).to_be_visible()
    for route in held:
        route.continue_()
    here.page.unroute("**/preview")  # the page is used by other tests
    here.page.reload()
    here.ready()
    expect(here.find(".edit-unsaved", has_text="One to come")).to_be_visible()


def test_two_statements_that_are_not_saved_are_both_kept(desk: Open) -> None:
    here = desk()
    for title in ("One to come", "Another to come"):
        here.button("New statement").click()
        here.field("What is said").fill(title)
        here.find(".edit").get_by_role("button", name="Statements").click()
        expect(here.find(".edit-unsaved", has_text=title)).to_be_visible()
    here.page.reload()
    here.ready()
    expect(here.find(".edit-unsaved")).to_have_count(2)


def test_a_file_that_cannot_be_read_is_not_taken_in_until_it_is_mended(desk: Open) -> None:
    here = desk()
    good = here.read(EVENTS)
    here.button("The army says that it took Tarvik").click()
    here.field("What is said").fill("Written in the panel")
    (here.folder / EVENTS).write_text(good.replace("events:", "events: [", 1), "utf-8")
    here.may_conflict = True
    here.button("Save").click()
    note = here.find(".edit-outside")
    expect(note).to_contain_text("cannot be read as it is now")
    expect(note).to_contain_text("line ")
    expect(here.button("Take in the changes")).to_have_count(0)
    here.page.reload()
    here.ready()
    expect(here.find(".edit-list li")).not_to_have_count(0)  # it goes on with what it read before
    (here.folder / EVENTS).write_text(good.replace(TARVIK, TARVIK.replace("claimed", "reported")), "utf-8")
    expect(note).to_contain_text("Take in what is on disk now")
    here.button("Take in the changes").click()
    here.saved("The folder was read again.")


def test_a_folder_with_faults_says_where_they_are_and_opens_once_they_are_mended(
    request: pytest.FixtureRequest, browser: Browser, tmp_path: Path
) -> None:
    folder = copy_of_template(tmp_path)
    good = (folder / EVENTS).read_text("utf-8")
    wrong = good.replace(TARVIK, TARVIK.replace("2024-05-13", "2024-13-13"))
    line = wrong[: wrong.index("2024-13-13")].count("\n") + 1
    (folder / EVENTS).write_text(wrong, "utf-8")
    with editing(folder) as address, visiting(request, partial(Desk, browser, address, folder)) as start:
        here = start()
        expect(here.find("h1")).to_have_text("This folder cannot be shown yet")
        expect(here.find("main li").first).to_contain_text(f"{EVENTS}, line {line}")
        (folder / EVENTS).write_text(wrong.replace("events:", "events: [", 1), "utf-8")
        expect(here.find("main li").first).to_contain_text("not YAML")
        (folder / EVENTS).write_text(good, "utf-8")
        here.ready()
        expect(here.button("The army says that it took Tarvik")).to_be_visible()


def test_what_is_said_of_the_article_is_edited_and_whether_its_text_may_be_published(desk: Open) -> None:
    here = desk()
    here.find('.edit-lists [data-kind="article"]').click()
    expect(here.button("New article")).to_have_count(0)
    here.find('[data-entry="quiet-zone-2024-05-14"]').click()
    expect(here.button("Delete")).to_have_count(0)
    here.field("Title of the article").fill("A quiet zone on the Lorne")
    here.field("Author").fill("A. Writer")
    licence = here.field("Licence")
    licence.fill("All rights reserved")
    verdict = here.find(".edit-verdict")
    expect(verdict).to_contain_text("No, this licence does not allow it")
    licence.fill("CC BY 4.0")
    expect(verdict).to_contain_text("Yes, this licence allows it")
    here.field("Publisher").fill("The Example Herald")
    here.field("Day of publication").fill("")
    here.field("Language").fill("no language at all")
    expect(here.find('[data-path="language"] .edit-faults')).to_contain_text("language")
    here.field("Language").fill("en-GB")
    here.field("Day of publication").fill("2024-05-14")
    here.save()
    here.saved("“A quiet zone on the Lorne” was saved.")
    head = yaml.safe_load(here.read(EVENTS))["article"]
    assert (head["title"], head["author"]) == ("A quiet zone on the Lorne", "A. Writer")
    sources = {one["id"]: one for one in yaml.safe_load(here.read("data/sources.yaml"))}
    assert sources[head["source"]]["licence"] == "CC BY 4.0"
    assert sources[head["source"]]["publisher"] == "The Example Herald"
    here.page.keyboard.press("Control+z")
    here.saved("The last change was undone.")
    assert "A. Writer" not in here.read(EVENTS)


def test_a_file_changed_outside_is_told_and_never_overwritten(desk: Open) -> None:
    here = desk()
    here.button("The army says that it took Tarvik").click()
    here.field("What is said").fill("Written in the panel")
    file = here.folder / EVENTS
    outside = file.read_text("utf-8").replace("fighting went on around Brenn", "there was fighting at Brenn")
    file.write_text(outside, "utf-8")
    here.may_conflict = True
    here.button("Save").click()
    expect(here.find(".edit-outside")).to_be_visible()
    assert file.read_text("utf-8") == outside
    here.button("Take in the changes").click()
    here.saved("The folder was read again.")
    expect(here.field("What is said")).to_have_value("Written in the panel")
    here.save()
    here.saved("“Written in the panel” was saved.")
    assert "there was fighting at Brenn" in file.read_text("utf-8")


def test_the_panel_says_in_which_language_its_own_words_are(desk: Open) -> None:
    here = desk().open("&language=ar")
    expect(here.find("html")).to_have_attribute("dir", "rtl")
    panel = here.find(".edit")
    expect(panel).to_have_attribute("lang", "en")
    expect(panel).to_have_attribute("dir", "ltr")
    expect(here.find('[data-entry="tarvik-taken"] .edit-own')).to_have_attribute("lang", "en")
    here.find('[data-entry="tarvik-taken"]').click()
    expect(here.find(".edit-passages blockquote").first).to_have_attribute("lang", "en")


def test_hostile_texts_stay_text(desk: Open) -> None:
    here = desk()
    hostile = "<img src=x onerror=window.hit=1>"
    here.find(".edit").get_by_role("button", name="Actors").click()
    here.button("New actor").click()
    here.field("English", "Names").fill(hostile)
    here.field("Kind").select_option("person")
    expect(here.find('[data-path="names"] .edit-faults')).to_contain_text("HTML")
    here.button("Save").click()
    expect(here.find(".edit-said")).to_contain_text("Not saved")
    here.find(".edit").get_by_role("button", name="Statements").click()
    here.find(".edit").get_by_role("button", name="Actors").click()
    expect(here.find(".edit-unsaved")).to_contain_text(hostile)
    assert here.js("window.hit") is None
    assert "onerror" not in here.read("data/actors.yaml")


def test_without_the_token_the_page_says_what_to_open(desk: Open) -> None:
    here = desk()
    here.page.evaluate("sessionStorage.clear()")
    here.page.goto(f"{here.server}/")
    expect(here.page.locator("#edit-start")).to_contain_text("Open the address")
    assert "Vesmar" not in here.page.content()


@pytest.mark.parametrize("viewport", [{"width": 1440, "height": 900}, {"width": 390, "height": 844}], ids=str)
def test_axe_finds_no_barrier_in_the_panel(desk: Open, viewport: Any) -> None:
    here = desk(viewport=viewport)
    if viewport["width"] < 800:
        here.find(".tabs").get_by_role("button", name="Edit").click()

    def barriers() -> list[str]:
        here.js(AXE_SCRIPT)
        found = here.js("rules => axe.run(document, rules)", RULES)
        return [
            f"{issue['impact']} {issue['id']}: {node['target']}: {node['failureSummary']}"
            for issue in found["violations"]
            for node in issue["nodes"]
        ]

    found = {"list": barriers()}
    here.button("The army says that it took Tarvik").click()
    here.find(".edit-more summary").click()
    found["statement"] = barriers()
    here.find(".edit").get_by_role("button", name="Places").click()
    here.button("Quiet zone on the Lorne Agreed zones").click()
    found["place"] = barriers()
    here.find('.edit-lists [data-kind="article"]').click()
    here.find('[data-entry="quiet-zone-2024-05-14"]').click()
    expect(here.find(".edit-verdict")).not_to_be_empty()
    found["article"] = barriers()
    here.find('.edit-lists [data-kind="event"]').click()
    meet_another_version(here)
    found["comparison"] = barriers()
    assert {state: issues for state, issues in found.items() if issues} == {}


def test_targets_of_the_panel_are_large_enough(desk: Open) -> None:
    here: Visit = desk()
    small = """() => [...document.querySelectorAll(".edit :is(button, input, select, textarea, summary)")]
      .filter((one) => one.checkVisibility())
      .map((one) => [one.getBoundingClientRect(), one])
      .filter(([{ width, height }]) => width < 24 || height < 24)
      .map(([{ width, height }, one]) => `${one.outerHTML.slice(0, 120)} ${width}x${height}`)"""
    assert here.js(small) == []
    here.find('[data-entry="tarvik-taken"]').click()
    here.find(".edit-more summary").click()
    assert here.js(small) == []

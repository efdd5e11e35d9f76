"""Suggestions and the gazetteer in the author's panel: never more than drafts until a person accepts them."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

import pytest
import yaml
from axe_playwright_python.base import AXE_SCRIPT
from editing import copy_of_template, editing
from flood import flood_without_statements
from playwright.sync_api import Browser, Locator, expect
from test_accessibility import RULES
from test_author_panel import EVENTS, SENTENCE, TOWNS, Desk
from visit import visiting

CELJE = "The river flooded the lower streets of Celje on 4 October 2023."


class SuggestingDesk(Desk):
    """One opening of the panel."""

    def begin(self, words: str) -> None:
        """Begin a statement from words marked with the mouse."""
        self.mark(words)
        self.page.get_by_role("button", name="New statement from these words").click()

    def files(self) -> dict[str, str]:
        """Return all files of the folder's data."""
        data = sorted((self.folder / "data").rglob("*.*"))
        return {file.name: file.read_text("utf-8") for file in data}

    def events(self) -> list[dict[str, Any]]:
        """Return the statements of the only article."""
        (file,) = (self.folder / "data" / "events").glob("*.yaml")
        events: list[dict[str, Any]] = yaml.safe_load(file.read_text("utf-8"))["events"]
        return events

    def suggested(self, key: str) -> Locator:
        """Find what says that a value is suggested."""
        return self.find(f'.edit-form [data-suggested="{key}"]')

    def underlined(self, what: str) -> list[str]:
        """Return the words that are underlined in the article."""
        words: list[str] = self.js(
            "name => [...(CSS.highlights.get(name) ?? [])].map(range => range.toString())",
            f"edit-suggested-{what}",
        )
        return words


Open = Callable[..., SuggestingDesk]


@pytest.fixture
def desk(request: pytest.FixtureRequest, browser: Browser, tmp_path: Path) -> Iterator[Open]:
    """Return a function that opens the panel on a copy of a template; fail as ``visit`` does."""
    yield from opening(request, browser, copy_of_template(tmp_path))


@pytest.fixture(scope="session")
def without_statements(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder without towns and statements."""
    return flood_without_statements(tmp_path_factory.mktemp("flood") / "story")


@pytest.fixture
def empty(
    request: pytest.FixtureRequest, browser: Browser, tmp_path: Path, without_statements: Path
) -> Iterator[Open]:
    """Return a function that opens the panel on a copy of that folder."""
    yield from opening(request, browser, Path(shutil.copytree(without_statements, tmp_path / "story")))


def opening(request: pytest.FixtureRequest, browser: Browser, folder: Path) -> Iterator[Open]:
    with (
        editing(folder) as address,
        visiting(request, partial(SuggestingDesk, browser, address, folder)) as start,
    ):
        yield start


def test_a_new_statement_is_filled_in_with_what_its_words_suggest(desk: Open) -> None:
    here = desk()
    before = here.read(EVENTS)
    here.begin(SENTENCE)
    expect(here.field("Date (EDTF)", "When")).to_have_value("[2024-05-15..2024-05-27]")
    expect(here.find(".edit-reading").first).to_have_text("on a day between 15 May 2024 and 27 May 2024")
    expect(here.suggested("when")).to_contain_text("suggested from: “next week”")
    expect(here.suggested("place port-aster")).to_contain_text("suggested from: “Port Aster”")
    assert here.read(EVENTS) == before


def test_saving_with_a_suggestion_in_sight_accepts_it(desk: Open) -> None:
    here = desk()
    here.begin(SENTENCE)
    here.field("What is said").fill("Talks are planned")
    here.field("Kind").select_option("plan")
    here.save()
    here.saved("“Talks are planned” was saved.")
    made = here.statements()["talks-are-planned"]
    assert (made["when"]["edtf"], made["when"]["text"]) == ("[2024-05-15..2024-05-27]", "next week")
    assert made["places"] == [{"id": "port-aster", "role": "site", "words": "Port Aster"}]


def test_one_key_accepts_a_suggestion_and_a_change_makes_it_the_author_s_own(desk: Open) -> None:
    here = desk()
    here.begin(SENTENCE)
    accept = here.suggested("when").get_by_role("button", name="Accept what is suggested from “next week”")
    accept.focus()
    here.page.keyboard.press("Enter")
    expect(here.suggested("when")).to_have_count(0)
    expect(here.field("Date (EDTF)", "When")).to_have_value("[2024-05-15..2024-05-27]")
    expect(here.suggested("place port-aster")).to_have_count(1)
    here.page.reload()
    here.ready()
    here.find(".edit-unsaved button").click()
    here.suggested("place port-aster").get_by_role("button", name="Drop").click()
    expect(here.find(".edit-form").get_by_role("group", name="Port Aster")).to_have_count(0)


def test_what_the_author_changes_is_no_longer_called_suggested(desk: Open) -> None:
    here = desk()
    here.begin(SENTENCE)
    here.field("Date (EDTF)", "When").fill("2024-05-21")
    expect(here.suggested("when")).to_have_count(0)


def test_a_speaker_is_suggested_with_the_way_it_is_said(desk: Open) -> None:
    here = desk()
    here.begin("The Highland Front said that it still held the road to Sollen.")
    expect(here.suggested("said_by")).to_contain_text("The Highland Front")
    expect(here.field("Said by")).to_have_value("highland-front")
    expect(here.field("How it is said")).to_have_value("claimed")
    here.suggested("said_by").get_by_role("button", name="Drop").click()
    expect(here.field("Said by")).to_have_value("article")
    expect(here.field("How it is said")).to_have_value("reported")


def test_a_suggested_town_that_the_folder_lacks_is_made_and_linked_in_one_step(empty: Open) -> None:
    here = empty()
    before = here.files()
    here.begin(CELJE)
    here.field("What is said").fill("The Sava flooded streets in Celje")
    here.field("Kind").select_option(index=1)
    town = (
        here.find(".edit-offers").get_by_role("button", name="Use for “Celje”: Celje, town · Slovenia").first
    )
    expect(town).to_contain_text("GeoNames")
    town.focus()
    here.page.keyboard.press("Enter")
    expect(here.find(".edit-form").get_by_role("group", name="Celje")).to_contain_text("Saved together")
    assert here.files() == before
    here.save()
    here.saved("“The Sava flooded streets in Celje” was saved.")
    (made,) = here.events()
    assert made["places"] == [{"id": "celje", "role": "site", "words": "Celje"}]
    town_made = here.feature(TOWNS, "celje")["properties"]
    assert (town_made["basis"], town_made["sources"]) == ("traced", ["geonames"])
    sources = {one["id"]: one for one in yaml.safe_load(here.read("data/sources.yaml"))}
    assert sources["geonames"]["licence"] == "CC BY 4.0"
    here.button("Undo").click()
    here.saved("The last change was undone.")
    assert here.files() == before


def test_a_new_place_is_found_by_its_name_in_the_gazetteer(empty: Open) -> None:
    here = empty()
    here.find(".edit").get_by_role("button", name="Places").click()
    here.button("New place").click()
    search = here.find(".edit-form").get_by_role("combobox", name="Find it by name")
    search.fill("Ptuj")
    expect(here.find(".edit-gazetteer").get_by_role("option").first).to_contain_text("town · Slovenia")
    search.press("Enter")
    expect(here.field("English", "Names")).to_have_value("Ptuj")
    expect(here.field("What its shape is based on")).to_have_value("traced")
    expect(here.field("Tolerance in km")).to_have_value("1")
    expect(here.find("#edit-lat")).to_have_value("46.4201")
    here.save()
    here.saved("“Ptuj” was saved.")
    assert here.feature(TOWNS, "ptuj")["properties"]["sources"] == ["geonames"]
    assert "id: geonames" in here.read("data/sources.yaml")


def test_the_folder_s_own_places_come_first(desk: Open) -> None:
    here = desk()
    here.find(".edit").get_by_role("button", name="Places").click()
    here.button("New place").click()
    here.find(".edit-form").get_by_role("combobox", name="Find it by name").fill("Brenn")
    first = here.find(".edit-gazetteer").get_by_role("option").first
    expect(first).to_contain_text("In this folder")
    here.page.keyboard.press("Enter")
    expect(here.find(".edit-form h2")).to_have_text("Edit: Brenn")


def test_what_no_statement_uses_is_underlined_and_walked_by_keys(empty: Open) -> None:
    here = empty()
    assert here.underlined("time")[:2] == ["on 3 October 2023", "on 4 October 2023"]
    assert here.underlined("place")[:2] == ["Kranj", "Celje"]
    assert "The mayor of Brežice" in here.underlined("speaker")
    keys = here.page.keyboard
    here.find(".edit-suggestions summary").focus()
    keys.press("Enter")
    rows = here.find(".edit-suggestion-list > li")
    count = rows.count()
    here.find(".edit-suggestion-list [data-act='drop']").first.focus()
    words = rows.nth(0).locator(".edit-key").inner_text()
    keys.press("ArrowDown")
    expect(rows.nth(1).locator("[data-act='drop']")).to_be_focused()
    keys.press("ArrowUp")
    keys.press("Delete")
    expect(rows).to_have_count(count - 1)
    expect(rows.nth(0).locator("[data-act='drop']")).to_be_focused()
    here.page.reload()
    here.ready()
    expect(here.find(".edit-suggestions .n")).to_have_text(str(count - 1))
    here.find(".edit-suggestions summary").click()
    here.button("Suggest again what was dropped (1)").click()
    expect(here.find(".edit-suggestions .n")).to_have_text(str(count))
    assert words in rows.nth(0).inner_text()


def test_a_suggestion_is_accepted_from_the_list_into_the_statement_of_its_sentence(empty: Open) -> None:
    here = empty()
    here.find(".edit-suggestions summary").click()
    here.button("Accept “on 4 October 2023”").click()
    expect(here.find(".edit-passages blockquote")).to_have_text(CELJE)
    expect(here.field("Date (EDTF)", "When")).to_have_value("2023-10-04")
    expect(here.suggested("when")).to_have_count(0)
    here.find(".edit-actions").get_by_role("button", name="Cancel").click()
    here.find(".edit-suggestions summary").click()
    here.button("Change “Celje”").click()
    expect(here.suggested("when")).to_have_count(1)
    expect(here.find(".edit-offers button").first).to_be_focused()


def test_axe_finds_no_barrier_in_what_is_suggested(empty: Open) -> None:
    here = empty()

    def barriers() -> list[str]:
        here.js(AXE_SCRIPT)
        found = here.js("rules => axe.run(document, rules)", RULES)
        return [
            f"{issue['impact']} {issue['id']}: {node['target']}: {node['failureSummary']}"
            for issue in found["violations"]
            for node in issue["nodes"]
        ]

    here.find(".edit-suggestions summary").click()
    found = {"list": barriers()}
    here.begin(CELJE)
    expect(here.find(".edit-offers")).to_be_visible()
    found["form"] = barriers()
    here.find(".edit").get_by_role("button", name="Places").click()
    here.button("New place").click()
    here.find(".edit-form").get_by_role("combobox", name="Find it by name").fill("Ptuj")
    expect(here.find(".edit-gazetteer").get_by_role("option").first).to_be_visible()
    found["search"] = barriers()
    assert {state: issues for state, issues in found.items() if issues} == {}

"""The search finds places, statements and words of the text, says why a result is hidden, and shows it."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, expect
from visit import Visit

Open = Callable[..., Visit]


def results(here: Visit, typed: str) -> Locator:
    """Type into the search field; return the results."""
    here.find("#search").fill(typed)
    return here.find(".search-results [role='option']")


@pytest.mark.parametrize("typed", ["maarat al-numan", "MAʿARAT AL NUMAN", "معرة النعمان", "معره النعمان"])
def test_a_place_is_found_by_any_of_its_names(standalone: Open, typed: str) -> None:
    here = standalone()
    expect(results(here, typed).first).to_contain_text("Maarat al-Numan")
    here.page.keyboard.press("ArrowDown")
    here.page.keyboard.press("Enter")
    expect(here.find(".place-card h4")).to_have_text("Maarat al-Numan")
    assert here.js("document.activeElement.matches('.cards h2')")
    expect(here.find(".search-results")).to_be_hidden()


def test_a_statement_is_found_by_its_number_title_and_quotation(standalone: Open) -> None:
    here = standalone()
    expect(results(here, "18").first).to_contain_text("18 ")
    title = here.find("[aria-labelledby='search-statements'] [role='option'] bdi").first.inner_text()
    expect(results(here, title).first).to_contain_text(title)
    expect(results(here, "uptick of clashes").first).to_contain_text("1 The article says")
    here.page.keyboard.press("ArrowDown")
    here.page.keyboard.press("Enter")
    assert "uptick of clashes" in here.lit()


def test_words_of_the_text_are_found_marked_and_brought_into_view(standalone: Open) -> None:
    here = standalone(viewport={"width": 1280, "height": 720})
    found = results(here, "parliamentary meeting")
    text = here.find("[aria-labelledby='search-texts'] [role='option']")
    expect(text).to_have_count(1)
    expect(text.locator("mark")).to_have_text("parliamentary meeting")
    assert found.count() >= 1
    text.click()
    highlighted = "[...CSS.highlights.get('mapapp-found')].map(String)"
    assert here.js(highlighted) == ["parliamentary meeting"]
    expect(
        here.find(".article-text .passage", has_text="Speaking at a parliamentary").first
    ).to_be_in_viewport()
    assert here.js("document.activeElement.matches('.article')")


def test_the_list_is_a_combobox_that_arrows_move_in_and_escape_closes(standalone: Open) -> None:
    here = standalone()
    field = here.find("#search")
    expect(field).to_have_attribute("aria-expanded", "false")
    here.page.keyboard.press("Control+k")
    expect(field).to_be_focused()
    found = results(here, "idlib")
    expect(field).to_have_attribute("aria-expanded", "true")
    count = found.count()
    assert count > 3
    expect(here.find(".search-status")).to_have_text(f"{count} results")
    here.page.keyboard.press("ArrowUp")
    expect(field).to_have_attribute("aria-activedescendant", f"search-result-{count - 1}")
    here.page.keyboard.press("ArrowDown")
    expect(found.first).to_have_attribute("aria-selected", "true")
    expect(here.find("[role='option'][aria-selected='true']")).to_have_count(1)
    here.page.keyboard.press("Escape")
    expect(here.find(".search-results")).to_be_hidden()
    expect(field).to_have_value("idlib")
    here.page.keyboard.press("Escape")
    expect(field).to_have_value("")
    expect(field).to_be_focused()
    results(here, "qqqq")
    expect(here.find(".search-results")).to_have_text("Nothing found.")


def test_what_is_hidden_says_why_and_is_shown_when_opened(standalone: Open) -> None:
    here = standalone()
    here.find("[data-row='zones'] > label").click()
    found = results(here, "Idlib de-escalation zone").first
    expect(found).to_contain_text("Hidden now: its layer is off")
    found.click()
    assert "zone-idlib" in here.shown()
    expect(here.find("[data-layer='zones']")).to_be_checked()
    here.set_window("2017-01-01", "2017-01-31")
    found = results(here, "Erdogan says talks with Russia").first
    expect(found).to_contain_text("outside the time window")
    found.click()
    assert "erdogan-talks-no-result" in here.shown()
    before = here.window()
    here.find(".filter", has_text="Turkey").first.click()
    here.find("[data-filter='said_by'][value='erdogan']").evaluate("node => node.checked && node.click()")
    found = results(here, "Erdogan says talks with Russia").first
    expect(found).to_contain_text("by your filters")
    found.click()
    assert "erdogan-talks-no-result" in here.shown()
    assert here.window() == before


REVEAL_ALL = """async () => {
  const hidden = [], field = document.querySelector("#search");
  const places = mapappAtlas.places.filter((_, n) => n % 6 === 0);
  const items = [...mapappAtlas.events.map(({ id, title }) => [id, title.en]),
    ...places.map(({ id, names }) => [id, Object.values(names)[0]])];
  for (const [id, text] of items) {
    for (const [first, last] of [["2017-01-01", "2017-01-02"]]) {
      mapapp.setWindow(first, last);
      field.value = text;
      field.dispatchEvent(new Event("input"));
      let opened = false;
      for (const option of document.querySelectorAll(".search-results [role='option']")) {
        option.click();
        opened = document.querySelector(`.cards-list [data-card="${id}"]`) !== null
          && document.querySelector(".cards-list [data-card]").dataset.card === id;
        if (opened) break;
      }
      if (opened && !mapapp.shown().includes(id)) hidden.push([id, first]);
      if (!opened && mapappAtlas.events.some((event) => event.id === id)) hidden.push([id, "not found"]);
    }
  }
  return hidden;
}"""


def test_everything_that_is_found_can_be_shown(standalone: Open) -> None:
    here = standalone()
    here.find("[data-toggle='possible']").click()
    assert here.js(REVEAL_ALL) == []


def test_on_a_phone_the_search_is_an_icon_that_opens(standalone: Open) -> None:
    here = standalone(viewport={"width": 390, "height": 844}, has_touch=True)
    field = here.find("#search")
    assert field.bounding_box()["width"] < 40  # type: ignore[index]
    field.tap()
    assert field.bounding_box()["width"] > 200  # type: ignore[index]
    results(here, "parliamentary meeting").first.tap()
    expect(here.find(".cards h2, .article").first).to_be_visible()


def test_hostile_letters_are_only_text(standalone: Open) -> None:
    here = standalone()
    results(here, "<img src=x onerror=alert(1)>")
    assert here.find(".search img").count() == 0

"""Badges, labels and the list have the number of statements that the card of the place shows."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from test_clicks import WINDOWS
from visit import Visit

Open = Callable[..., Visit]
NUMBERS = """() => {
  const found = [];
  const add = (kind, id, text) => found.push([kind, id, Number(text || 1)]);
  for (const label of document.querySelectorAll(".label:has(.count)"))
    add("label", label.dataset.place, label.querySelector(".count").textContent);
  for (const badge of document.querySelectorAll(".mark:not([hidden]) > .badge"))
    add("badge", badge.dataset.of, badge.querySelector("b")?.textContent);
  for (const chip of document.querySelectorAll(".beyond .chip"))
    add("list", chip.dataset.select, chip.querySelector(".count").textContent);
  return found.map(([kind, id, n]) => {
    mapapp.select(id);
    const own = document.querySelector(".cards-list > section.said:not(.folded) > h3 .n");
    return [kind, id, n, Number(own?.textContent)];
  });
}"""


@pytest.mark.parametrize("window", WINDOWS, ids=lambda window: f"{window[0]}-{window[1]}")
def test_every_number_on_the_map_is_that_of_the_card(standalone: Open, window: tuple[str, str]) -> None:
    here = standalone(f"?first={window[0]}&last={window[1]}")
    numbers = here.js(NUMBERS)
    assert len(numbers) > 5
    assert {kind for kind, *_ in numbers} >= {"label", "list"}
    assert [row for row in numbers if row[2] != row[3]] == []


def test_every_badge_has_its_label_or_is_in_the_list(standalone: Open) -> None:
    here = standalone("?first=2017-01-01&last=2020-02-19&camera=38,37,4")
    without = here.js(
        """() => {
          const named = new Set([...document.querySelectorAll(".label")].map(({ dataset }) => dataset.place));
          const badges = [...document.querySelectorAll(".mark:not([hidden]) > .badge")];
          return [badges.length, badges.map(({ dataset }) => dataset.of).filter((id) => !named.has(id))];
        }"""
    )
    assert without[0] > 0
    assert without[1] == []


def test_badges_do_not_cover_each_other(standalone: Open) -> None:
    for zoom in (3, 4, 5, 6):
        here = standalone(f"?first=2017-01-01&last=2020-02-19&camera=42,38,{zoom}")
        overlaps = here.js(
            """() => {
              const badges = [...document.querySelectorAll(".mark:not([hidden]) > .badge")];
              const boxes = badges.map((node) => [node.dataset.of, node.getBoundingClientRect()]);
              return boxes.flatMap(([one, a], i) => boxes.slice(i + 1)
                .filter(([, b]) => a.left < b.right && b.left < a.right)
                .filter(([, b]) => a.top < b.bottom && b.top < a.bottom)
                .map(([other]) => [one, other]));
            }"""
        )
        assert overlaps == [], zoom

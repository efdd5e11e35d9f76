"""The values of quantities are compared with the numbers in the article's words."""

from __future__ import annotations

from pathlib import Path

import pyogrio
import pytest
from tiny import Tiny

import mapapp
from mapapp.data.checks.article import check
from mapapp.data.checks.quantities import quantity_issues
from mapapp.data.load import load
from mapapp.errors import Issue
from mapapp.text.quantities import quantity_words

ACCEPTED = [
    ("en", "71 people", 71),
    ("en", "12,000", 12000),
    ("en", "1,234,567 homes", 1234567),
    ("en", "1.5 million", 1_500_000),
    ("en", "US$15 billion", 15e9),
    ("en", "2 trillion", 2e12),
    ("en", "2 lakh", 200_000),
    ("en", "3 lakh 50 thousand", 350_000),
    ("en", "1,20,000 people", 120_000),
    ("en", "4 crore", 40_000_000),
    ("en", "3 hundred", 300),
    ("en", "58 of its 120 seats", 58),
    ("en", "58 of its 120 seats", 120),
    ("en", "0.125 per cent", 0.125),
    ("en", "3.141", 3.141),
    ("en", "2½ million", 2_500_000),
    ("en", "150-200 people", 200),
    ("en", "on day 12 300 people", 300),
    ("fr", "12 000 personnes", 12000),
    ("fr", "12\u202f000 personnes", 12000),
    ("fr", "12\u00a0000,5 km", 12000.5),
    ("fr", "12\u2009000", 12000),
    ("fr", "2,500 km", 2.5),
    ("de", "1.234.567,8 Euro", 1234567.8),
    ("de", "2.500 Menschen", 2500),
    ("de-CH", "12'000 Menschen", 12000),
    ("de-CH", "12\u2019000 Menschen", 12000),
    ("ar", "18 ألفاً", 18000),
    ("ar", "١٨ ألفاً", 18000),
    ("ar", "١٢٬٥٠٠٫٥", 12500.5),
    ("ar", "٢٫٥ مليون", 2_500_000),
    ("ar", "بـ50 شخصاً", 50),
    ("hi", "१२ लाख", 1_200_000),
    ("bn", "৭১ জন", 71),
    ("ja", "5万人", 50_000),
    ("zh", "1亿2000万", 120_000_000),
    ("xx", "7 500", 7500),
    ("en", "dozens", 36),
    ("en", "forty-six", 46),
]
REFUSED = [
    ("fr", "71 morts", 710),
    ("en", "71 people", 17),
    ("en", "71 people", 71.5),
    ("en", "12,000", 12),
    ("en", "2,500 homes", 2.5),
    ("fr", "12 000 personnes", 12),
    ("en", "1.5 million", 15_000_000_000_000),
    ("en", "2 lakh", 20_000),
    ("en", "5 people", 50_000),
    ("ar", "١٨ ألفاً", 81000),
    ("en", "58 of its 120 seats", 62),
    ("en", "between 5 and 10", 7.5),
    ("en", "9" * 5000, 9),
]


def issues(tiny: Tiny, folder: Path, language: str, words: str, **values: float) -> list[Issue]:
    tiny.profile = None
    tiny.head["language"] = language if language != "xx" else "und-Zzzz"
    tiny.event("quiet-zone")["quantities"] = [{"kind": "people", "words": words, **values}]
    atlas = load(tiny.write(folder))
    return [*quantity_issues(atlas.event["quiet-zone"], atlas.articles[0])]


@pytest.mark.parametrize(("language", "words", "value"), ACCEPTED)
def test_a_number_of_the_words_is_accepted(
    tiny: Tiny, tmp_path: Path, language: str, words: str, value: float
) -> None:
    assert issues(tiny, tmp_path, language, words, best=value) == []


@pytest.mark.parametrize(("language", "words", "value"), REFUSED)
def test_another_number_is_refused(
    tiny: Tiny, tmp_path: Path, language: str, words: str, value: float
) -> None:
    assert len(issues(tiny, tmp_path, language, words, best=value)) == 1


@pytest.mark.parametrize(
    "values", [{"min": 46}, {"max": 46}, {"min": 46, "best": 60}, {"best": 40, "max": 46}]
)
def test_one_value_among_the_words_is_enough(tiny: Tiny, tmp_path: Path, values: dict[str, float]) -> None:
    assert issues(tiny, tmp_path, "en", "At least 46 people", **values) == []


def test_the_fault_names_the_values_and_the_words(tiny: Tiny, tmp_path: Path) -> None:
    tiny.event("quiet-zone")["quantities"] = [{"kind": "people", "words": "2018", "min": 218, "max": 300}]
    tiny.profile["quantities"] = {"people": {"label": {"en": "People"}, "unit": {"en": "people"}}}
    (fault,) = map(str, check(tiny.write(tmp_path)))
    assert fault == (
        "data/events/northland-2020-02-19.yaml: quiet-zone.quantities[0]: none of the values is a number in "
        'the words (got 218, 300 from "2018"); write the number as the article has it, in full: 1500000 for '
        "1.5 million"
    )


@pytest.mark.parametrize("has_profile", [False, True])
def test_a_quantity_may_have_no_unit(has_profile: bool, tiny: Tiny, tmp_path: Path) -> None:
    if has_profile:
        tiny.profile["quantities"] = {"dead": {"label": {"en": "Dead"}}}
    else:
        tiny.profile = None
    tiny.event("quiet-zone")["quantities"] = [{"kind": "dead", "words": "2018", "best": 2018}]
    folder = tiny.write(tmp_path / "folder")
    assert check(folder) == []
    atlas = load(folder)
    (quantity,) = atlas.event["quiet-zone"].quantities
    assert quantity_words(atlas, atlas.articles[0], quantity) == "Dead: 2,018"
    shown = mapapp.load(folder).view("2018-01-01", "2020-12-31", as_of="all")
    made = shown.to_file(tmp_path / "view.gpkg")
    assert pyogrio.read_dataframe(made, layer="quantities")["unit"].isna().all()
    statements = shown.to_file(tmp_path / "view.jsonld").read_text("utf-8")
    assert "urn:mapapp:quantity:dead" in statements
    assert statements.count('"unitText"') == 1  # in the context, which explains it

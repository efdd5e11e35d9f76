"""Abbreviations, ordinals and datelines, by language; other rules are checked in data/test_checks.py."""

from __future__ import annotations

from datetime import date

import pytest

from mapapp.core.sentences import date_line, sentences


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("en", "Gen. Smith met Lt. Jones. They left.", ["Gen. Smith met Lt. Jones.", "They left."]),
        ("en", "It was No. 5. He said No. Then he left.", ["It was No. 5.", "He said No.", "Then he left."]),
        (
            "ru",
            "В 2018г. Армия ушла. Ген. Иванов остался.",
            ["В 2018г. Армия ушла.", "Ген. Иванов остался."],
        ),
        ("ru", "Ущерб 5 млн. Рублей нет.", ["Ущерб 5 млн. Рублей нет."]),
        ("tr", "3. Ordu geldi. Org. Kaya gitti.", ["3. Ordu geldi.", "Org. Kaya gitti."]),
        ("ar", "قال د. سالم ذلك. ثم غادر.", ["قال د. سالم ذلك.", "ثم غادر."]),
        # without a table, the abbreviations of other languages end a sentence; initials do not, nor ordinals
        ("fr", "Le Gen. Il part. A. Dupont reste.", ["Le Gen.", "Il part.", "A. Dupont reste."]),
        ("de", "Am 12. März kam A. Meier. Er blieb.", ["Am 12. März kam A. Meier.", "Er blieb."]),
        ("fr", "Ils sont 12. Le reste part.", ["Ils sont 12.", "Le reste part."]),
        ("und", "A. Yılmaz Dr. Kaya.", ["A. Yılmaz Dr.", "Kaya."]),
    ],
)
def test_abbreviations_and_ordinals_are_those_of_the_articles_language(
    language: str, text: str, expected: list[str]
) -> None:
    assert [text[start:end] for start, end in sentences(text, language)] == expected


@pytest.mark.parametrize(
    ("language", "text", "day", "rest"),
    [
        ("en", "BEIRUT, Feb 19, 2020 (Xinhua) -- Troops left.", date(2020, 2, 19), "Troops left."),
        ("en", "BEIRUT, Wednesday, Feb. 19, 2020 (AP) — Troops left.", date(2020, 2, 19), "Troops left."),
        ("en", "BEIRUT (AP), 19 February 2020 — Troops left.", date(2020, 2, 19), "Troops left."),
        ("ar", "درنة، 13 سبتمبر 2023 - ضربت العاصفة.", date(2023, 9, 13), "ضربت العاصفة."),
        ("ar", "بيروت (رويترز) - ١٩ شباط ٢٠٢٠ - قال ذلك.", date(2020, 2, 19), "قال ذلك."),
        ("ar", "بيروت - 19 شباط/فبراير 2020 - قال ذلك.", date(2020, 2, 19), "قال ذلك."),
        ("tr", "İSTANBUL, 19 Şubat 2020 (AA) – Ordu geldi.", date(2020, 2, 19), "Ordu geldi."),
        ("tr", "ANKARA (AA) - 19 Şubat 2020 - Ordu geldi.", date(2020, 2, 19), "Ordu geldi."),
        ("ru", "МОСКВА, 19 февраля 2020 – ТАСС. Армия ушла.", date(2020, 2, 19), "Армия ушла."),
        ("ru", "МОСКВА, 19 февраля 2020 г. /ТАСС/. Армия ушла.", date(2020, 2, 19), "Армия ушла."),
        ("ru", "МОСКВА, 19 фев 2020 — РИА Новости. Армия ушла.", date(2020, 2, 19), "Армия ушла."),
        ("fr", "Paris, le 12 mars 2024 (AFP) - Le train part.", date(2024, 3, 12), "Le train part."),
        ("es", "Madrid, 12 mar. 2024 (EFE).- El tren sale.", date(2024, 3, 12), "El tren sale."),
        ("de", "Berlin, 12. März 2024 (dpa) - Der Zug fährt.", date(2024, 3, 12), "Der Zug fährt."),
        ("hi", "नई दिल्ली, 12 मार्च 2024: बाढ़ आई।", date(2024, 3, 12), "बाढ़ आई।"),
        ("uk", "КИЇВ, 12 березня 2024 — Потяг їде.", date(2024, 3, 12), "Потяг їде."),
        ("zh", "北京，2024年3月12日：他走了。", date(2024, 3, 12), "他走了。"),
    ],
)
def test_a_dateline_gives_the_date_and_is_no_sentence(language: str, text: str, day: date, rest: str) -> None:
    found = date_line(text, language)
    assert found
    assert found[0] == day
    assert [text[start:end] for start, end in sentences(text, language)] == [rest]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "KARACHI, August 29 (Our correspondent) – Floodwater cut the road."),
        ("en", "BEIRUT, Feb 19 (Xinhua) -- Troops left."),
        ("ru", "МОСКВА, 19 фев — РИА Новости. Армия ушла."),
        ("tr", "İSTANBUL, 19 Şubat (AA) – Ordu geldi."),
        ("ar", "درنة، 13 سبتمبر - ضربت العاصفة."),
        ("fr", "Paris, le 30 février 2024 - Le train part."),
        ("zh", "2024年3月12日他走了。她来了。"),
        ("en", "UN talks, held on 19 February 2020 in two towns, failed - again."),
    ],
)
def test_a_dateline_without_a_full_date_gives_none(language: str, text: str) -> None:
    assert date_line(text, language) is None


@pytest.mark.parametrize(
    ("language", "text", "rest"),
    [
        (
            "en",
            "KARACHI, August 29 (Our correspondent) – Floodwater cut the road.",
            "Floodwater cut the road.",
        ),
        ("en", "BEIRUT, Feb 19 (Xinhua) -- Troops left.", "Troops left."),
        ("tr", "İSTANBUL, 19 Şubat (AA) – Ordu geldi.", "Ordu geldi."),
        ("ar", "درنة، 13 سبتمبر - ضربت العاصفة.", "ضربت العاصفة."),
    ],
)
def test_a_dateline_without_a_year_is_no_sentence(language: str, text: str, rest: str) -> None:
    assert [text[start:end] for start, end in sentences(text, language)] == [rest]


def test_a_day_without_a_place_before_a_dash_belongs_to_its_sentence() -> None:
    text = "August 29 – the day of the flood – was hot."
    assert [text[start:end] for start, end in sentences(text)] == [text]


def test_a_short_sentence_after_the_dateline_is_kept() -> None:
    text = "BEIRUT, 19 February 2020 — Troops left. So did we."
    assert [text[start:end] for start, end in sentences(text)] == ["Troops left.", "So did we."]

"""Languages are data: guessing them, and their tables."""

from __future__ import annotations

import re
from importlib.resources import files

import pytest

from mapapp.core.language import direction_of, language_of
from mapapp.core.language_tables import SCRIPTS, LanguageTable, cldr_locale, language_table
from mapapp.core.time_expressions import read_words

TABLES = sorted(
    file.name.removesuffix(".yaml")
    for file in files("mapapp.core").joinpath("languages").iterdir()
    if file.name.endswith(".yaml")
)
MODULES = (
    "dated_words",
    "language",
    "language_tables",
    "sentences",
    "time_expressions",
    "time_patterns",
    "time_spans",
)


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("The army of the north is in the town.", "en"),
        ("As no car came, a man and I do as they did: die in peace.", "en"),
        ("Ordu ve polis bir kente girdi.", "tr"),
        ("Le président est dans la ville de Lyon et les trains sont à quai.", "fr"),
        ("El ejército de la ciudad y los trenes.", "es"),
        ("O exército não foi para a cidade do Porto.", "pt"),
        ("Il treno è nella città e non parte per Roma.", "it"),
        ("Der Zug ist in der Stadt und fährt nicht.", "de"),
        ("هل كان ذلك ممكنا؟", "ar"),
        ("وہ گیا۔", "und-Arab"),
        ("Армия ушла.", "ru"),
        ("Він їде.", "und-Cyrl"),
        ("बाढ़ आई।", "hi"),
        ("पूर ओसरळा", "und-Deva"),
        ("他走了。", "zh"),
        ("彼は東京へ行った。", "ja"),
        ("그는 갔다.", "ko"),
        ("ཁོང་ཕེབས་སོང་།", "und"),
        ("12 - 13", "en"),
    ],
)
def test_a_language_is_guessed_from_letters_and_words(text: str, language: str) -> None:
    assert language_of(text) == language


def test_direction_is_that_of_most_letters() -> None:
    assert direction_of("قال (WHO) ذلك") == "rtl"
    assert direction_of("He said نعم") == "ltr"


@pytest.mark.parametrize("code", TABLES)
def test_every_table_is_of_a_language_that_cldr_knows_and_can_be_compiled(code: str) -> None:
    assert cldr_locale(code)
    assert language_table(code) != LanguageTable()
    assert read_words("1 2024", code).years == {2024}


@pytest.mark.parametrize("code", TABLES)
def test_words_in_a_table_are_written_as_they_are_looked_for(code: str) -> None:
    table = language_table(code)
    patterns = [
        *table.words,
        *table.limits,
        *table.numbers,
        *(pattern for part in table.parts.values() for pattern in part),
        *(
            pattern
            for key in ("ago", "past_count", "last", "past", "this", "next")
            for pattern in getattr(table, key)
        ),
        *table.units.values(),
        table.tens,
    ]
    for pattern in patterns:
        assert not set(pattern) & set(table.fold.letters)
        assert table.fold.case == "keep" or pattern == pattern.lower()


def test_a_tag_without_a_table_has_an_empty_one() -> None:
    assert (
        language_table("sw") == language_table("scripts") == language_table("../scripts") == LanguageTable()
    )
    assert language_table("en-GB") == language_table("en")


def test_languages_of_scripts_are_known_to_cldr() -> None:
    assert all(cldr_locale(code) for codes in SCRIPTS.languages.values() for code in codes)
    assert set(SCRIPTS.unknown) <= set(SCRIPTS.languages)


@pytest.mark.parametrize("module", MODULES)
def test_modules_name_no_language(module: str) -> None:
    source = files("mapapp.core").joinpath(f"{module}.py").read_text(encoding="utf-8")
    codes = "|".join({code for codes in SCRIPTS.languages.values() for code in codes} | set(TABLES))
    assert not re.search(rf"[\"'](?:{codes})[\"']", source)
    assert not re.search(r"English|Turkish|Arabic|Russian|French|Hindi|Japanese|Persian", source)
    assert not re.search(r"[\u0370-\u1fff\u3040-\ufaff]", source)

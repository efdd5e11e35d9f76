"""The translations of the interface: whole, in step with English, and usable."""

from __future__ import annotations

import re
from datetime import date
from io import BytesIO
from pathlib import Path
from string import Formatter

import pytest
import update_translations
from babel.plural import to_gettext
from update_translations import TRANSLATIONS, english, numbers_of, read, texts, updated

from mapapp.core.edtf import read_when
from mapapp.text.dates import long_day_words, months, when_words
from mapapp.text.locales import (
    LANGUAGES,
    SOURCE,
    cldr,
    current_language,
    language,
    number_words,
    within_sentence,
)
from mapapp.text.messages import catalogue, plural_forms, translations, words

each = pytest.mark.parametrize("path", TRANSLATIONS, ids=lambda path: path.stem)


def placeholders(text: str) -> set[str]:
    """Return the names to be filled in."""
    return {name for _, name, _, _ in Formatter().parse(text) if name is not None}


def test_every_language_of_the_interface_has_a_file() -> None:
    folder = TRANSLATIONS[0].parent
    assert {path.stem for path in folder.glob("*.po")} == {*LANGUAGES} - {SOURCE}


@each
def test_a_translation_is_whole_and_in_step_with_english(path: Path) -> None:
    # else: python tests/text/update_translations.py
    assert path.read_bytes() == updated(path)
    messages = read(path).items()
    assert [key for key, message in messages if message.fuzzy or not all(texts(message))] == []


@each
def test_a_file_declares_the_plural_forms_of_cldr(path: Path) -> None:
    assert f"Plural-Forms: {to_gettext(cldr(path.stem).plural_form)}\\n" in path.read_text(encoding="utf-8")
    for key, message in read(path).items():
        if not isinstance(message.string, str):
            assert len(message.string) == len(plural_forms(path.stem)), key


@each
def test_a_translation_has_the_placeholders_of_the_english(path: Path) -> None:
    source = english()
    numbers = [*numbers_of(path.stem).values()]
    for key, message in read(path).items():
        if key not in source or message.id != source[key]:
            continue
        forms = [source[key]] if isinstance(source[key], str) else source[key]
        allowed = set.union(*map(placeholders, forms))
        for index, text in enumerate(texts(message)):
            if not text:
                continue
            # "one statement" needs no number, where the form is for a single number
            needless = {"n"} if len(forms) > 1 and len(numbers[index]) == 1 else set()
            needed = set.intersection(*map(placeholders, forms)) if needless else placeholders(forms[-1])
            assert needed - needless <= placeholders(text) <= allowed, f"{key}: {text}"


@each
def test_a_translation_is_plain_text(path: Path) -> None:
    for key, message in read(path).items():
        for text in texts(message):
            assert not re.search(r"[<>]|\{\{|\{%|\n", text), key


PO = """
msgid ""
msgstr "Plural-Forms: nplurals=4; plural=0;"

msgctxt "close"
msgid "Close"
msgstr "Закрыть"

#, fuzzy
msgctxt "about"
msgid "About"
msgstr "О карте"

msgctxt "time"
msgid "Time of an older version"
msgstr "Время"

msgctxt "export"
msgid "Export"
msgstr ""

msgctxt "statements"
msgid "{n} statement in the article"
msgid_plural "{n} statements in the article"
msgstr[0] "{n} утверждение"
msgstr[1] "{n} утверждения"
msgstr[2] "{n} утверждений"
msgstr[3] ""

msgctxt "gone"
msgid "Gone"
msgstr "Ушло"
"""


def test_only_whole_translations_of_todays_english_are_used() -> None:
    assert translations(BytesIO(PO.encode()), "ru") == {"close": "Закрыть"}


def test_plural_forms_have_the_names_of_cldr() -> None:
    whole = PO.replace('msgstr[3] ""', 'msgstr[3] "{n} утверждения"')
    assert translations(BytesIO(whole.encode()), "ru")["statements"] == {
        "one": "{n} утверждение",
        "few": "{n} утверждения",
        "many": "{n} утверждений",
        "other": "{n} утверждения",
    }


@each
def test_every_language_has_every_message(path: Path) -> None:
    with language(path.stem):
        assert catalogue().keys() == english().keys()


def test_a_message_without_a_translation_is_in_english(monkeypatch: pytest.MonkeyPatch) -> None:
    source = catalogue()
    monkeypatch.setattr("mapapp.text.messages._translated", lambda _tag: source)
    with language("ru"):  # whose form for 5 English does not have
        assert words("statements", n=5) == "5 statements in the article"


def test_a_changed_english_text_makes_its_translation_fuzzy(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "ru.po"
    file.write_text(PO, encoding="utf-8")
    source = {"close": "Close this", "about": "About", "new": "New", "time": ("{n} time", "{n} times")}
    monkeypatch.setattr(update_translations, "english", lambda: source)
    monkeypatch.setattr(update_translations, "comments", lambda: {key: ["Note"] for key in source})
    for _ in range(2):  # the second time changes nothing
        file.write_bytes(updated(file))
        found = read(file)
        assert {key: texts(message) for key, message in found.items()} == {
            "close": ("Закрыть",),
            "about": ("О карте",),
            "new": ("",),
            "time": ("", "", "", ""),
        }
        assert [key for key, message in found.items() if message.fuzzy] == ["close", "about"]
        assert found["new"].auto_comments == ["Note"]


def test_the_language_holds_inside_its_block() -> None:
    assert current_language() == SOURCE
    with language("ru"):
        assert words("close") == "Закрыть"
        with language(None):
            assert current_language() == "ru"
        with language("tr"):
            assert words("close") == "Kapat"
        assert words("close") == "Закрыть"
    assert words("close") == "Close"


@pytest.mark.parametrize(
    ("tag", "n", "worded"),
    [
        ("en", 1, "1 statement in the article"),
        ("ar", 2, "إفادتان في المقال"),
        ("ar", 5, "5 إفادات في المقال"),
        ("ar", 12, "12 إفادةً في المقال"),
        ("ru", 21, "21 утверждение в статье"),
        ("ru", 22, "22 утверждения в статье"),
        ("ru", 25, "25 утверждений в статье"),
    ],
)
def test_the_number_chooses_the_plural_form_of_the_language(tag: str, n: int, worded: str) -> None:
    with language(tag):
        assert words("statements", n=n) == worded


@pytest.mark.parametrize(
    ("tag", "worded"), [("en", "1,234.5"), ("ar", "1,234.5"), ("tr", "1.234,5"), ("ru", "1\u00a0234,5")]
)
def test_numbers_are_those_of_the_language(tag: str, worded: str) -> None:
    with language(tag):
        assert number_words(1234.5) == worded


@pytest.mark.parametrize(
    ("tag", "time", "worded"),
    [
        ("en", "2018-02", "February 2018"),
        ("ar", "2018-02-19", "19 فبراير 2018"),
        ("tr", "2018-02-19", "19 Şubat 2018"),
        ("ru", "2018-02-19", "19 февраля 2018"),
        ("ru", "2018-02", "февраль 2018"),  # by itself
        ("ru", "2018-02/..", "с февраля 2018"),  # declined
        ("ru", "2018-02~", "около февраля 2018"),
    ],
)
def test_dates_are_those_of_the_language(tag: str, time: str, worded: str) -> None:
    with language(tag):
        assert when_words(read_when(time)) == worded


@pytest.mark.parametrize(
    ("tag", "worded"),
    [
        ("en", "February 19, 2018"),
        ("ar", "19 فبراير 2018"),
        ("tr", "19 Şubat 2018"),
        ("ru", "19 февраля 2018"),
    ],
)
def test_the_day_of_a_citation_does_not_end_in_a_full_stop(tag: str, worded: str) -> None:
    with language(tag):
        assert long_day_words(date(2018, 2, 19)) == worded


@pytest.mark.parametrize(
    ("tag", "label", "within"),
    [
        ("en", "Roads near the M4", "roads near the M4"),
        ("tr", "İl", "il"),
        ("tr", "Irmak yolu", "ırmak yolu"),
        ("ru", "Дороги на М4", "дороги на М4"),
    ],
)
def test_a_label_within_a_sentence_begins_with_a_small_letter(tag: str, label: str, within: str) -> None:
    with language(tag):
        assert within_sentence(label) == within


def test_a_short_month_has_another_form_after_a_day() -> None:
    with language("ru"):
        assert (months("stand-alone")[4], months("format")[4]) == ("май", "мая")

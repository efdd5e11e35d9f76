"""Splitting an article into sentences, for the checks."""

from __future__ import annotations

from datetime import date

import pytest

from mapapp.core.sentences import date_line, sentences


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (" date 2020-02-19 One. Two!", ["One.", "Two!"]),
        ("One.\n\nA heading\n\nTwo.", ["One.", "Two."]),
        (
            "It could begin \"at any moment\". 'At night.' So he said.",
            ['It could begin "at any moment".', "'At night.'", "So he said."],
        ),
        ("Gen. A. Smith went to St. Paul. He left.", ["Gen. A. Smith went to St. Paul.", "He left."]),
        ("It cost 3.5 million. Why?", ["It cost 3.5 million.", "Why?"]),
        ("One.\r\nTwo.\r\n", ["One.", "Two."]),
        ("One. And two\n\nThree.", ["One.", "And two", "Three."]),
        ("They had a plan B. \nThree.", ["They had a plan B.", "Three."]),
        ("Only a heading", []),
        ("", []),
    ],
)
def test_an_article_is_split_into_these_sentences(text: str, expected: list[str]) -> None:
    assert [text[start:end] for start, end in sentences(text)] == expected


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("ar", "هل كان ذلك ممكنا؟ وطالبت البعثة بتحقيق.", ["هل كان ذلك ممكنا؟", "وطالبت البعثة بتحقيق."]),
        ("ur", "وہ گیا۔ پھر آیا۔", ["وہ گیا۔", "پھر آیا۔"]),
        ("hi", "बाढ़ आई। लोग मरे।", ["बाढ़ आई।", "लोग मरे।"]),
        ("zh", "他走了。她来了！真的？", ["他走了。", "她来了！", "真的？"]),
        ("hy", "Բարև։ Ոչ։", ["Բարև։", "Ոչ։"]),
        ("am", "ሰላም ነው። እሺ።", ["ሰላም ነው።", "እሺ።"]),
        ("my", "ဟုတ်ကဲ့။ မဟုတ်ဘူး။", ["ဟုတ်ကဲ့။", "မဟုတ်ဘူး။"]),
        ("th", "เขาไปแล้ว", ["เขาไปแล้ว"]),
        (
            "ru",
            "В 2018 г. Турция и Россия договорились. Это всё?!",
            ["В 2018 г. Турция и Россия договорились.", "Это всё?!"],
        ),
        ("en", "It was No. 5. He said No. Then he left.", ["It was No. 5.", "He said No.", "Then he left."]),
        ("en", "In Sept. 2018 it fell … and rose. Why?", ["In Sept. 2018 it fell … and rose.", "Why?"]),
        (
            "en",
            'He cried "Stop!" and ran. The U.S. Army left.',
            ['He cried "Stop!" and ran.', "The U.S. Army left."],
        ),
        ("tr", "3. Ordu geldi. Sonra gitti.", ["3. Ordu geldi.", "Sonra gitti."]),
        ("ar", "درنة، 13 سبتمبر 2023 - ضربت العاصفة المدينة.", ["ضربت العاصفة المدينة."]),
    ],
)
def test_sentences_end_with_the_punctuation_of_their_script(
    language: str, text: str, expected: list[str]
) -> None:
    assert [text[start:end] for start, end in sentences(text, language)] == expected


@pytest.mark.parametrize(
    ("language", "text", "day"),
    [
        ("en", "ISTANBUL, 19 February 2020 — The army", date(2020, 2, 19)),
        ("en", "Washington, Feb. 19, 2020 (Agency) - The army", date(2020, 2, 19)),
        ("en", "2020-02-19\nThe army", date(2020, 2, 19)),
        ("ar", "درنة، 13 سبتمبر 2023 - ضربت", date(2023, 9, 13)),
        ("ru", "МОСКВА, 19 февраля 2020 — Армия", date(2020, 2, 19)),
        ("tr", "ANKARA, 19 Şubat 2020: Ordu", date(2020, 2, 19)),
        ("en", "On 19 February 2020 the army took the town: it said so.", None),
        ("en", "The army took it, the paper said on 19 February 2020.", None),
    ],
)
def test_a_dateline_gives_the_articles_date(language: str, text: str, day: date | None) -> None:
    found = date_line(text, language)
    assert (found[0] if found else None) == day

"""Who says something, and the drafts of statements."""

from __future__ import annotations

from datetime import date

import pytest

from mapapp.authoring.suggest import Suggestions, suggest
from mapapp.core.model import Article, Atlas


def _suggest(text: str, language: str, atlas: Atlas | None = None) -> Suggestions:
    return suggest(Article("one", text, date(2020, 2, 19), "", "source", language), atlas, None)


@pytest.mark.parametrize(
    ("language", "text", "words"),
    [
        (
            "en",
            "The war is over, Turkish President Erdogan said on Wednesday.",
            ["Turkish President Erdogan"],
        ),
        ("en", '"We left," said Amna Suleiman, a nurse.', ["Amna Suleiman"]),
        ("en", "According to the Red Cross, ten died.", ["the Red Cross"]),
        ("en", "General Lee, the commander, told reporters that it was late.", ["General Lee"]),
        ("en", 'The Gazette quoted the president as saying "no".', ["The Gazette", "the president"]),
        ("en", "He said it. They were told.", []),
        ("tr", 'Sinop Valisi Murat Çelik, "Yol kapalı" dedi.', ["Sinop Valisi Murat Çelik"]),
        ("tr", "Kızılhaç'a göre 220 kişi öldü.", ["Kızılhaç"]),
        ("ru", "«Мы уйдём», — заявил министр Сергей Лавров.", ["министр Сергей Лавров"]),
        ("ru", "По словам синоптиков, вода уйдёт.", ["синоптиков"]),
        ("ar", "وقالت وزارة الدفاع إن الطريق مفتوح.", ["وزارة الدفاع"]),
        ("ar", "وبحسب منظمة الصليب الأحمر، نزح كثيرون.", ["منظمة الصليب الأحمر"]),
    ],
)
def test_who_speaks_is_found(language: str, text: str, words: list[str]) -> None:
    assert [one.words for one in _suggest(text, language).speakers] == words


def test_a_speaker_has_the_actor_and_the_quotation(atlas: Atlas) -> None:
    found = _suggest('"We will not leave", Erdogan said.', "en", atlas)
    (speaker,) = found.speakers
    assert speaker.actors == ("erdogan",)
    assert found.quotations[speaker.quotation or 0].words == '"We will not leave"'


def test_a_statement_is_drafted_for_each_sentence_with_a_place_or_a_time(atlas: Atlas) -> None:
    text = "Talks in Idlib\n\nClashes went on in Idlib. Nobody slept. It ended on Sunday, Erdogan said."
    first, second = _suggest(text, "en", atlas).statements
    assert (first.words, first.kind, first.speaker, first.draft) == (
        "Clashes went on in Idlib.", "clashes", None, True,
    )  # fmt: skip
    assert (second.kind, second.speaker, len(second.times), second.places) == (None, 0, 1, ())

"""What the author of a map wrote, in the language of the interface or marked with its own."""

from __future__ import annotations

from dataclasses import replace

import pytest

from mapapp.core.model import Atlas
from mapapp.text.authored import event_note, event_title, publisher_words, untranslated_words
from mapapp.text.labels import byline
from mapapp.text.locales import language
from mapapp.web import cards


@pytest.fixture
def translated(tiny_atlas: Atlas) -> Atlas:
    """Return the small atlas with the title and the note of its first statement in Turkish."""
    first, *others = tiny_atlas.events
    first = replace(
        first, note="Read as 2018.", titles={"tr": "Sessiz bölge"}, notes={"tr": "2018 olarak okundu."}
    )
    return replace(tiny_atlas, events=(first, *others))


def test_a_title_and_a_note_are_in_the_language_of_the_interface_or_as_written(translated: Atlas) -> None:
    event = translated.events[0]
    with language("tr"):
        assert (event_title(event), event_note(event)) == ("Sessiz bölge", "2018 olarak okundu.")
    for other in ("en", "ru"):
        with language(other):
            assert (event_title(event), event_note(event)) == (event.title, "Read as 2018.")


def test_a_card_marks_each_text_with_its_language(translated: Atlas) -> None:
    event = translated.events[0]
    with language("tr"):
        card = cards.event_card(translated, event)
        assert ' lang="tr">Sessiz bölge</button>' in card
        assert '<span lang="tr" dir="ltr">2018 olarak okundu.</span>' in card
    with language("ar"):
        card = cards.event_card(translated, event)
        assert f' lang="en">{event.title}</button>' in card
        assert '<span lang="en" dir="ltr">Read as 2018.</span>' in card
        fact = cards.fact_card(translated, translated.facts[0])
        assert f'<span lang="en" dir="ltr">{translated.facts[0].text}</span>' in fact


def test_readers_learn_how_many_texts_are_not_translated(translated: Atlas) -> None:
    first, second = translated.events[:2]
    assert untranslated_words(translated, [first, second], [], [], []) == ""
    with language("tr"):
        assert untranslated_words(translated, [first], [], [], translated.sources[:0]) == ""
        said = untranslated_words(translated, [replace(first, places=(), quantities=()), second], [], [], [])
        assert "1 tanesi çevrilmemiştir (toplam 3)" in said
        assert "İngilizce" in said
        assert "çevrilmemiştir" in cards.about(translated)
    assert "not translated" not in cards.about(translated)


def test_a_publisher_that_we_found_out_is_said_to_be_our_finding(tiny_atlas: Atlas) -> None:
    (article,) = tiny_atlas.articles
    found = replace(tiny_atlas.source[article.source], publisher="The Herald", publisher_inferred=True)
    assert publisher_words(found) == "The Herald (identified by us)"
    assert publisher_words(replace(found, publisher_inferred=False)) == "The Herald"
    sources = tuple(found if one.id == found.id else one for one in tiny_atlas.sources)
    with language("ru"):
        assert "The Herald (установлено нами)" in byline(replace(tiny_atlas, sources=sources), article)

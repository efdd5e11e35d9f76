"""How much of what is marked in texts suggestions find, and what must always hold of them."""

from __future__ import annotations

from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from marked import SHIPPED, TEXTS, marked, score, suggestions

from mapapp.authoring.gazetteer import Gazetteer
from mapapp.authoring.name_keys import name_key
from mapapp.authoring.suggest import Suggestions, suggest
from mapapp.core.dated_words import compare_with_words
from mapapp.core.edtf import read_when
from mapapp.core.model import Article, Atlas

pytestmark = pytest.mark.slow  # the gazetteer is indexed once


@pytest.mark.parametrize("name", TEXTS)
def test_nine_of_ten_places_and_times_are_found_and_at_most_one_in_five_is_false(
    name: str, atlas: Atlas, gazetteer: Gazetteer
) -> None:
    article, values = marked(name)
    found = suggestions(name, atlas, gazetteer)
    places = score(article.text, values["places"], found.places)
    times = score(article.text, [words for words, _ in values["times"]], found.times)
    missed = [
        article.text[slice(*span)] for span, one in zip(places.marked, places.found, strict=True) if not one
    ]
    assert places.recall >= 0.9, missed
    assert places.precision >= 0.8, [one.words for one in places.false]
    assert times.recall >= 0.9
    assert times.precision >= 0.8, [one.words for one in times.false]


@pytest.mark.parametrize("name", TEXTS)
def test_nine_of_ten_times_are_read_as_by_hand(name: str, atlas: Atlas, gazetteer: Gazetteer) -> None:
    article, values = marked(name)
    found = suggestions(name, atlas, gazetteer)
    times = score(article.text, [words for words, _ in values["times"]], found.times)
    read = [
        (one.words, one.edtf, edtf)
        for one, (_, edtf) in zip(times.found, values["times"], strict=True)
        if one and edtf
    ]
    wrong = [row for row in read if row[1] != row[2]]
    assert len(wrong) <= len(read) / 10, wrong


def test_the_likeliest_place_of_the_shipped_article_is_the_right_one(
    atlas: Atlas, gazetteer: Gazetteer
) -> None:
    article, values = marked(SHIPPED)
    places = score(article.text, values["places"], suggestions(SHIPPED, atlas, gazetteer).places)
    wrong = [
        (one.words, one.candidates[0].id, place)
        for one, place in zip(places.found, values["ids"], strict=True)
        if one and one.candidates[0].id != place
    ]
    assert wrong == []


def test_named_places_of_the_hand_made_statements_are_found(atlas: Atlas, gazetteer: Gazetteer) -> None:
    found = suggestions(SHIPPED, atlas, gazetteer).places
    missed, count = [], 0
    for event in atlas.events:
        for link in event.places:
            names = {name_key(one) for one in atlas.place[link.id].names.texts.values()}
            if link.words is None or not any(name in name_key(link.words) for name in names):
                continue  # a description, such as "the area"
            count += 1
            spans = [(one.start, one.end) for one in event.passages if link.words in one.exact]
            if not any(
                start <= mention.start
                and mention.end <= end
                and link.id in {one.id for one in mention.candidates}
                for mention in found
                for start, end in spans
            ):
                missed.append((event.id, link.id, link.words))
    assert count > 25
    assert len(missed) <= count / 10, missed


@pytest.mark.parametrize("name", TEXTS)
def test_each_suggestion_is_a_slice_of_the_text_in_one_sentence(
    name: str, atlas: Atlas, gazetteer: Gazetteer
) -> None:
    article = marked(name)[0]
    _hold(article, suggestions(name, atlas, gazetteer))


@pytest.mark.parametrize("name", TEXTS)
def test_each_date_is_one_that_its_words_support(name: str, atlas: Atlas, gazetteer: Gazetteer) -> None:
    article = marked(name)[0]
    for one in suggestions(name, atlas, gazetteer).times:
        if one.edtf is None:
            continue
        when = read_when(one.edtf, one.words, one.basis)
        assert list(compare_with_words(when, article.date, article.language)) == [], one


_WORDS = [
    *[
        "on",
        "Friday",
        "in",
        "March",
        "2019",
        "and",
        "the",
        "city",
        "of",
        "Homs",
        ",",
        "said",
        "John",
        "Smith",
        "from",
        "Paris",
        ".",
        "“",
        "He",
        "left",
        "”",
        "since",
        "last",
        "week",
    ],
    *["İdlib'de", "dün", "Ankara’nın", "3", "Mayıs", "2020'de", "Ali'ye", "göre", "dedi", "."],
    *["в", "Саракибе", "17", "сентября", ",", "заявил", "Лавров", "по", "словам", "Москвы", "вчера", "."],
    *["قال", "الرئيس", "في", "إدلب", "أمس", "وبحسب", "دمشق", "منذ", "سبتمبر", "2018", "."],
    *("\n", "\n\n", "«", "»", '"', "’", "١٩", "\u200f", "e\u0301", "1990s", "2018-09-17", "İ", "ǅ"),
]


@pytest.mark.parametrize("language", ["en", "ar", "tr", "ru", "fr", "ja"])
@settings(max_examples=25)
@given(words=st.lists(st.sampled_from(_WORDS) | st.text(max_size=6), max_size=30))
def test_any_text_gives_slices_in_sentences(language: str, words: list[str], gazetteer: Gazetteer) -> None:
    article = Article("any", " ".join(words), date(2020, 2, 19), "", "source", language)
    _hold(article, suggest(article, None, gazetteer))


def _hold(article: Article, found: Suggestions) -> None:
    """Check what holds of all suggestions."""
    text = article.text
    for one in (*found.sentences, *found.times, *found.places, *found.speakers, *found.quotations):
        assert one.words == text[one.start : one.end]
        assert one.start < one.end
    for one in (*found.times, *found.places, *found.speakers):
        assert any(place.start <= one.start and one.end <= place.end for place in found.sentences)
    for one in (*found.times, *found.places):
        assert one.rule.endswith(".")
    for kind in (found.times, found.places):
        assert all(one.end <= other.start for one, other in pairwise(kind))
    assert all(one.draft for one in found.statements)
    for one in found.times:
        if one.edtf is not None:
            read_when(one.edtf)

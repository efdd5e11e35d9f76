"""The shipped facts: whose they are, what they rest on, and what the twelve posts were on which day."""

from __future__ import annotations

import re
from dataclasses import fields, is_dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

import pytest

from mapapp.core.edtf import Window
from mapapp.core.names import Names
from mapapp.core.select import select
from mapapp.core.view import View
from mapapp.data.checks.sources import address_issues, is_partisan, one_sided_issues

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mapapp.core.model import Atlas

TWELVE = [
    "Salwa", "Qalaat Simaan", "Sheikh Aqil", "Anadan", "Rashidin", "Al-Eis",
    "Tell Tuqan", "Surman", "Morek", "Shir Maghar", "Ishtabraq", "Zaytunah",
]  # fmt: skip

# Verbs and nouns that take a side. They may stand only in quotation marks, as someone's words.
TAKES_SIDES = re.compile(
    r"\b(admit|retake|retaken|retook|recaptur|liberate|cleans|purg|regain|surrender|fell to|invad|occupation"
    r"|regime\b|terroris|jihadis|rebel|martyr|mercenar|militant)",
    re.IGNORECASE,
)
QUOTED = re.compile(r"\"[^\"]*\"|“[^”]*”")


def status_of_posts(atlas: Atlas, day: str) -> str:
    """Return a letter for each of the twelve posts on a day: open, surrounded, left, - before that."""
    when = date.fromisoformat(day)
    shown = {place.id: status for place, _, status in select(atlas, View(Window(when, when))).places}
    statuses = [shown.get(f"post-tr-{number:02d}") for number in range(1, 13)]
    return "".join(status.status[0] if status else "-" for status in statuses)


def test_the_twelve_posts_have_their_usual_numbers_and_names(atlas: Atlas) -> None:
    posts = [atlas.place[f"post-tr-{number:02d}"] for number in range(1, 13)]
    assert [dict(post.facts)["number"] for post in posts] == list(range(1, 13))
    assert [post.names.texts["en"] for post in posts] == TWELVE


def test_the_twelve_posts_were_built_in_the_order_reported(atlas: Atlas) -> None:
    posts = [atlas.place[f"post-tr-{number:02d}"] for number in range(1, 13)]
    built = sorted(posts, key=lambda post: post.valid.earliest or date.min)
    order = [dict(post.facts)["number"] for post in built]
    assert order[:3] == [1, 2, 3]
    assert order[3:] == [6, 7, 8, 4, 12, 9, 5, 10, 11]


@pytest.mark.parametrize(
    ("day", "statuses"),
    [
        ("2018-04-30", "oooo-oooo--o"),
        ("2018-09-17", "oooooooooooo"),
        ("2019-08-31", "oooooooosooo"),
        ("2020-01-28", "ooooooossooo"),
        ("2020-02-05", "oooososssooo"),
        ("2020-02-08", "oooosssssooo"),
        ("2020-02-19", "oosssssssooo"),
        ("2020-03-06", "oossssssssoo"),
        ("2020-12-01", "oolslssslloo"),
        ("2020-12-31", "oolllssllloo"),
        ("2021-02-01", "oolllllllloo"),
    ],
)
def test_the_twelve_posts_were_open_surrounded_or_left(day: str, statuses: str, atlas: Atlas) -> None:
    assert status_of_posts(atlas, day) == statuses


def test_a_post_with_a_surrounded_status_says_when_it_ended(atlas: Atlas) -> None:
    for number in range(1, 13):
        for status in atlas.place[f"post-tr-{number:02d}"].statuses:
            if status.status == "surrounded":
                assert status.when.latest is not None, number


def test_every_source_can_be_followed_or_says_why_not(atlas: Atlas) -> None:
    assert list(address_issues(atlas)) == []
    for source in atlas.sources:
        assert re.match(r"https?://\w", source.url or "https://none") is not None
        assert source.url or len(source.no_url or "") > 20, source.id


def test_most_sources_have_an_address(atlas: Atlas) -> None:
    without = [source.id for source in atlas.sources if source.url is None]
    assert len(without) <= 14, without


def test_no_fact_of_high_confidence_rests_on_one_partisan_source(atlas: Atlas) -> None:
    assert [item.id for item, _ in one_sided_issues(atlas)] == []


@pytest.mark.parametrize(
    ("leaning", "partisan"),
    [
        ("Russian state media", True),
        ("pro-government (Syria/Russia)", True),
        ("Syrian opposition", True),
        ("opposition-leaning monitor", True),
        ("Lebanese, close to Hezbollah", True),
        ("news agency", False),
        ("mixed; RT is Russian state media", False),
        ("United Nations", False),
        ("", False),
    ],
)
def test_a_source_is_partisan_by_its_leaning(leaning: str, partisan: bool, atlas: Atlas) -> None:
    assert is_partisan(replace(atlas.sources[0], leaning=leaning)) == partisan


def test_the_voices_of_states_and_sides_are_marked(atlas: Atlas) -> None:
    for source in atlas.sources:
        if re.search(r"^(TASS|Sputnik|Anadolu|SOHR|Al-Masdar|SouthFront|ISWNews|Syria TV)", source.publisher):
            assert is_partisan(source), source.id


def test_the_publisher_of_the_article_is_said_to_be_our_finding(atlas: Atlas) -> None:
    source = atlas.source[atlas.articles[0].source]
    assert source.publisher_inferred
    assert "names no publisher" in source.note


def test_each_title_and_note_of_a_statement_is_in_all_languages(atlas: Atlas) -> None:
    _, *others = atlas.profile.languages
    for event in atlas.events:
        assert [*event.titles] == others, event.id
        assert [*event.notes] == (others if event.note else []), event.id


def profile_texts(value: object, name: str = "profile") -> Iterator[tuple[str, str]]:
    """Yield every text of a profile, with the name of what it belongs to."""
    if isinstance(value, Names):
        yield from ((name, text) for text in value.texts.values())
    elif isinstance(value, dict):
        for key, part in value.items():
            yield from profile_texts(part, key)
    elif is_dataclass(value):
        for field in fields(value):
            yield from profile_texts(getattr(value, field.name), name)


def our_words(atlas: Atlas) -> Iterator[tuple[str, str]]:
    """Yield every text of ours about what happened, with what it belongs to."""
    for event in atlas.events:
        yield event.id, event.title
        yield event.id, event.note
    for fact in atlas.facts:
        yield fact.id, fact.text
        yield fact.id, fact.note
    for layer in atlas.layers:
        for place in layer.places:
            yield place.id, place.note
            yield from ((place.id, status.note) for status in place.statuses)
    for source in atlas.sources:
        yield source.id, source.title
    yield from profile_texts(atlas.profile)


def test_our_words_take_no_side(atlas: Atlas) -> None:
    found = {
        (name, hit[0])
        for name, text in our_words(atlas)
        for hit in [TAKES_SIDES.search(QUOTED.sub("", text))]
        if hit
    }
    assert found == set()


def test_what_the_article_says_itself_is_said_as_its_assertion(atlas: Atlas) -> None:
    for event in atlas.events:
        assert event.title.startswith("The article says that ") == (event.said_by == "article"), event.id


def test_the_call_with_trump_is_on_the_articles_day_or_before(atlas: Atlas) -> None:
    assert atlas.event["erdogan-trump-call"].when.edtf == "[..2020-02-19]"

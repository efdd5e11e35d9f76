"""The texts of the payload: what depends on the language of the interface."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING, Any

from mapapp.text.dates import day_number, month_words, months, when_words
from mapapp.text.labels import byline, byline_of_text, credit, map_title, profile_messages
from mapapp.text.locales import (
    LANGUAGES,
    current_language,
    direction,
    language,
    separators,
    zero_digit,
)
from mapapp.text.messages import catalogue, words
from mapapp.web import cards
from mapapp.web.account import account_texts

if TYPE_CHECKING:
    from mapapp.core.model import Atlas
    from mapapp.text.messages import Message
    from mapapp.web.payload_types import Day, Numbers, Texts

# the beginnings of keys of messages that the scripts do not use
PYTHON_ONLY = ("app-", "basis-", "cite-", "data-", "export-", "figure-", "handout-", "size-")
_TAG = re.compile(r"(<[^>]*>)")


def texts(atlas: Atlas) -> Texts:
    """Return the texts of the payload in the current language."""
    places = [place for layer in atlas.layers for place in layer.places]
    return {
        "language": current_language(),
        "dir": direction(),
        "numbers": _numbers(),
        "title": map_title(atlas),
        "bylines": {article.id: byline_of_text(atlas, article) for article in atlas.articles},
        "articleSources": {article.id: byline(atlas, article) for article in atlas.articles},
        "cards": {
            **{place.id: cards.place_card(atlas, place) for place in places},
            **{event.id: cards.event_card(atlas, event) for event in atlas.events},
            **{fact.id: cards.fact_card(atlas, fact) for fact in atlas.facts},
        },
        "details": {place.id: cards.place_details(atlas, place) for place in places},
        "presets": _presets(atlas),
        "words": _words(atlas),
        "months": months("stand-alone"),
        "monthsAfterDay": months("format"),
        "attribution": credit(atlas),
        "account": account_texts(atlas),
    }


def other_texts(atlas: Atlas, own: Texts) -> dict[str, dict[str, Any]]:
    """Return what differs from ``own`` in each other language of the interface, by language.

    The values are those of ``own``; of tables only the entries that differ; of HTML, if its elements are the
    same, only the pieces between tags (or tags) that differ, each with its number (see `pieces`).
    """
    found = {}
    for tag in LANGUAGES:
        if tag != own["language"]:
            with language(tag):
                found[tag] = _changes(own, texts(atlas))
    return found


def _changes(own: Texts, other: Texts) -> dict[str, Any]:
    changes: dict[str, Any] = {}
    for key, value in other.items():
        mine: Any = own[key]  # type: ignore[literal-required] # both have the same keys
        if isinstance(mine, dict) and isinstance(value, dict):
            changes[key] = {
                name: _piecewise(mine[name], text) if key in ("cards", "details") else text
                for name, text in value.items()
                if mine[name] != text
            }
        else:
            changes[key] = value
    return changes


def _piecewise(own: str, other: str) -> str | list[tuple[int, str]]:
    """Return how HTML differs: its pieces that do, with their numbers, or all of it."""
    mine, theirs = pieces(own), pieces(other)
    if len(mine) != len(theirs):
        return other
    both = enumerate(zip(mine, theirs, strict=True))
    return [(number, text) for number, (before, text) in both if before != text]


def pieces(html: str) -> list[str]:
    """Return HTML as texts and tags in turn, as ``language.js`` splits it; neither holds a bare ``>``."""
    return _TAG.split(html)


def _words(atlas: Atlas) -> dict[str, Message]:
    """Return the messages that the scripts use, the profile's among them."""
    messages = {key: text for key, text in catalogue().items() if not key.startswith(PYTHON_ONLY)}
    if len(atlas.articles) > 1:  # worded otherwise where there are several articles
        messages |= {key: messages[f"{key}-several"] for key in messages if f"{key}-several" in messages}
    return {**messages, **profile_messages(atlas.profile)}


def _numbers() -> Numbers:
    """Return how numbers are written."""
    decimal, group = separators()
    return {"zero": zero_digit(), "decimal": decimal, "group": group}


def _presets(atlas: Atlas) -> list[tuple[str, Day, Day]]:
    """Return the time presets: periods named in the articles, their own months and days, and all."""
    named: dict[tuple[date, date], str] = {}
    for event in atlas.events:
        when = event.when
        if (
            when.earliest
            and when.latest
            and not when.throughout
            and when.latest > when.earliest
            and not {*when.edtf} & {*"~?%[X"}
        ):
            named[when.earliest, when.latest] = when_words(when)
    for own in (article.date for article in atlas.articles):
        first, following = (
            date(own.year, own.month, 1),
            date(own.year + own.month // 12, own.month % 12 + 1, 1),
        )
        named[first, date.fromordinal(following.toordinal() - 1)] = month_words(own)
    rows = [(label, day_number(first), day_number(last)) for (first, last), label in sorted(named.items())]
    for article in atlas.articles:
        letter, day = atlas.letters[article.id], day_number(article.date)
        rows.append(
            (
                words("preset-article-day-of", letter=letter) if letter else words("preset-article-day"),
                day,
                day,
            )
        )
    rows.append((words("preset-all"), rows[0][1], day_number(atlas.day)))
    return rows

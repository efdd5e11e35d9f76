"""Reads the article and the statements taken from it: ``seeds/`` and ``data/events/``."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from mapapp.core.edtf import When, read_day
from mapapp.core.language import language_of
from mapapp.core.model import Article, Event, Passage, PlaceLink
from mapapp.core.sentences import date_line
from mapapp.data import entries
from mapapp.data.fields import deceptive_characters
from mapapp.data.parse import parse
from mapapp.data.passages import explain_missing, find_passage
from mapapp.data.schema import ArticleEntry, EventEntry, WhenEntry
from mapapp.errors import DateError, Issue, short_repr

if TYPE_CHECKING:
    from datetime import date

    from mapapp.data.entries import Entries

FOLDER = "data/events"
LONGEST_ARTICLE = 500_000  # characters; books have fewer
# Kinds of statement about what has happened or was said, so not later than the article. Demands, threats and
# plans can be about later days.
REPORTED_KINDS = frozenset({"agreement", "talks", "clashes", "control", "statement"})


def read_article_and_events(read: Entries) -> tuple[Article | None, tuple[Event, ...]]:
    """Read the article and its statements; ``None`` for the article if it cannot be used."""
    files = read.files.names(FOLDER, ".yaml")
    if len(files) > 1:
        what, fix = "there is more than one events file", "keep one article in a data folder"
        read.files.report(Issue(what, f"{len(files)}", fix, file=FOLDER))
    value = read.files.yaml(files[0]) if len(files) == 1 else None
    if not isinstance(value, dict):
        if value is not None:
            fix = "give it the keys article and events"
            issue = Issue("expected a mapping of keys to values", short_repr(value), fix, file=files[0])
            read.files.report(issue)
        read.lose(entries.EVENTS, unread=True)
        return None, ()
    file = files[0]
    for key in value.keys() - {"article", "events"}:
        read.files.report(Issue("unknown key", short_repr(value[key]), "remove it", where=key, file=file))
    for key in {"article", "events"} - value.keys():
        read.files.report(Issue("the key is missing", fix="add it", where=key, file=file))
    article = _article(read, file, value["article"]) if "article" in value else None
    items = read.read_list(file, value.get("events"), EventEntry, entries.EVENTS)
    return article, tuple(event for item in items if article and (event := _event(read, file, item, article)))


def _article(read: Entries, file: str, value: Any) -> Article | None:
    head = parse(ArticleEntry, value)
    if isinstance(head, list):
        read.reject(file, "article", head, entries.EVENTS)
        return None
    seed = f"seeds/{head.file}"
    data = read.files.bytes(seed)
    text = read.files.text(seed) if data is not None else None
    if data is None or text is None:
        return None
    digest = hashlib.sha256(data).hexdigest()
    if digest != head.sha256:
        what = "the article's SHA-256 does not match"
        fix = f"restore the article, or write {digest} in {file}"
        read.files.report(Issue(what, digest[:12], fix, file=seed))
    if issue := deceptive_characters(text.replace("\r", "").replace("\t", " ")):
        read.files.report(issue.at("", seed))
    if len(text) > LONGEST_ARTICLE:
        fix = f"keep it under {LONGEST_ARTICLE} characters"
        read.files.report(Issue("the article is too long", f"{len(text)} characters", fix, file=seed))
        return None
    language = head.language or language_of(text)
    day = _article_date(read, file, head, text, language)
    return Article(Path(head.file).stem, text, day, digest, head.source, language) if day else None


def _article_date(read: Entries, file: str, head: ArticleEntry, text: str, language: str) -> date | None:
    """Return the article's date: the one in the event file, else that of its first line or dateline."""
    seed = f"seeds/{head.file}"
    stated = read_day(head.date) if head.date else None
    try:
        own = date_line(text, language)
    except DateError as error:
        what = f"the article has no date: {error.issue.what}"
        read.files.report(replace(error.issue, what=what, file=seed))
        return None
    # a dateline may be of the day before publication; the line "date …" may not
    if stated and own and own[0] != stated and text.lstrip().startswith("date "):
        what, fix = "the date differs from the article's own", f"write {own[0]}, or leave it out"
        read.files.report(Issue(what, f"{stated}", fix, where="article.date", file=file))
    if stated or own:
        return stated or (own[0] if own else None)
    fix = f"write date: in {file}, under article, or begin the article with: date 2020-02-19"
    read.files.report(Issue("the article has no date", short_repr(text.strip()[:20]), fix, file=seed))
    return None


def _event(read: Entries, file: str, item: EventEntry, article: Article) -> Event | None:
    """Return an event with its passages located; ``None`` if one is not in the article, or not unique."""
    passages = []
    for number, entry in enumerate(item.passages):
        starts = find_passage(article.text, entry)
        if len(starts) == 1:
            passages.append(Passage(entry.exact, starts[0], starts[0] + len(entry.exact)))
            continue
        if starts:
            what = "the passage is in the article more than once"
            issue = Issue(what, f"{len(starts)}", "add prefix or suffix, the words before or after it")
        else:
            issue = explain_missing(article.text, entry)
        read.reject(file, f"{item.id}.passages[{number}]", [issue], entries.EVENTS)
    if len(passages) < len(item.passages):
        return None
    return Event(
        id=item.id,
        title=item.title,
        kind=item.kind,
        modality=item.modality,
        said_by=item.said_by,
        when=_event_time(item, article.date),
        passages=tuple(passages),
        places=tuple(PlaceLink(**vars(link)) for link in item.places),
        actors=item.actors,
        said=_with_words(item.said) if item.said else None,
        via=item.via,
        note=item.note,
    )


def _event_time(item: EventEntry, day: date) -> When:
    """Return an event's time as far as an article of ``day`` can support it.

    What has happened is not later than the article. What is announced for later is never certain.
    """
    when = _with_words(item.when)
    if when.latest is not None and when.latest > day:
        if item.kind in REPORTED_KINDS and (when.earliest is None or when.earliest <= day):
            when = replace(when, latest=day)
        elif not when.throughout:
            return replace(when, uncertain=True)
    return replace(when, certain_to=min(when.certain_to or day, day)) if when.throughout else when


def _with_words(entry: WhenEntry) -> When:
    """Return a time together with the article's words for it."""
    return replace(entry.edtf, text=entry.text, basis=entry.basis)

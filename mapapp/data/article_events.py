"""Reads the articles and the statements taken from them: ``seeds/`` and ``data/events/``."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from mapapp.core.edtf import When, read_day
from mapapp.core.language import language_of
from mapapp.core.model import Article, Event, Passage, PlaceLink, Quantity
from mapapp.core.sentences import date_line
from mapapp.data import entries, plain
from mapapp.data.fields import FileName, deceptive_characters
from mapapp.data.named import review_of, translation_issues, unknown_word
from mapapp.data.parse import parse, parse_value, unknown_key
from mapapp.data.passages import explain_missing, find_passage
from mapapp.data.schema import (
    ArticleEntry,
    EventEntry,
    OriginalEntry,
    PassageEntry,
    QuantityEntry,
    WhenEntry,
)
from mapapp.errors import DateError, Issue, short_repr

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping
    from datetime import date

    from mapapp.core.model import Source
    from mapapp.core.profile import Profile
    from mapapp.data.entries import Entries

FOLDER = "data/events"
_KEYS = ("article", "events", "unmapped")
LONGEST_ARTICLE = 500_000  # characters; books have fewer


def read_articles_and_events(
    read: Entries, profile: Profile | None, sources: Iterable[Source]
) -> tuple[tuple[Article, ...], tuple[Event, ...]]:
    """Return the articles that can be used, the oldest first, and their statements in the same order.

    Parameters
    ----------
    profile
        The vocabularies of statements; ``None`` allows any words.
    sources
        One of them dates an article that does not date itself.
    """
    dates = {source.id: source.date for source in sources}
    found: list[tuple[Article, list[Event]]] = []
    for file in read.files.names(FOLDER, ".yaml"):
        article, events = _file(read, file, profile, dates)
        if article is None:
            continue
        if other := next((one for one, _ in found if one.id == article.id), None):
            got = f"also in {read.file_of[f'article {other.id}']}"
            fix = "keep the statements of an article in one file"
            read.files.report(Issue("the article is used twice", got, fix, where="article.file", file=file))
            continue
        read.file_of[f"article {article.id}"] = file
        found.append((article, events))
    if not found:
        read.lose(entries.EVENTS, unread=True)
    found.sort(key=lambda pair: (pair[0].date, pair[0].id))
    return tuple(article for article, _ in found), tuple(event for _, events in found for event in events)


def _file(
    read: Entries, file: str, profile: Profile | None, dates: Mapping[str, When | None]
) -> tuple[Article | None, list[Event]]:
    """Return the article of an events file and its statements; ``None`` if the article cannot be used."""
    value = read.files.yaml(file)
    if not isinstance(value, dict):
        if value is not None:
            fix = "give it the keys article and events"
            issue = Issue("expected a mapping of keys to values", short_repr(value), fix, file=file)
            read.files.report(issue)
        read.lose(entries.EVENTS, unread=True)
        return None, []
    for key in value.keys() - {*_KEYS}:
        read.files.report(replace(unknown_key(key, value[key], _KEYS), file=file))
    for key in {"article", "events"} - value.keys():
        read.files.report(Issue("the key is missing", fix="add it", where=key, file=file))
    article = _article(read, file, value["article"], dates) if "article" in value else None
    words = {"kind": profile.event_kinds, "modality": profile.modalities} if profile else None
    items = read.read_list(file, value.get("events"), EventEntry, entries.EVENTS, words)
    if article is None:
        return None, []
    events = (
        _event(read, file, item, number, article, profile) for number, item in enumerate(items, start=1)
    )
    made = [event for event in events if event]
    return replace(article, unmapped=_unmapped(read, file, value.get("unmapped", []), article)), made


def _unmapped(read: Entries, file: str, value: Any, article: Article) -> tuple[Passage, ...]:
    """Return the passages that say nothing for the map."""
    items = parse_value(tuple[PassageEntry, ...], value)
    if isinstance(items, list):
        read.reject(file, "unmapped", items, entries.EVENTS)
        return ()
    return tuple(_located(read, file, "unmapped", items, article.text))


def _located(
    read: Entries, file: str, where: str, items: Iterable[PassageEntry], text: str
) -> Iterator[Passage]:
    """Yield the passages that are in an article, once each; report the others."""
    for number, entry in enumerate(items):
        starts = find_passage(text, entry)
        if len(starts) == 1:
            yield Passage(entry.exact, starts[0], starts[0] + len(entry.exact))
            continue
        if starts:
            what = "the passage is in the article more than once"
            issue = Issue(what, f"{len(starts)}", "add prefix or suffix, the words before or after it")
        else:
            issue = explain_missing(text, entry)
        read.reject(file, f"{where}[{number}]", [issue], entries.EVENTS)


def _article(read: Entries, file: str, value: Any, dates: Mapping[str, When | None]) -> Article | None:
    head = parse(ArticleEntry, value)
    if isinstance(head, list):
        read.reject(file, "article", (_with_digest(issue, read, value) for issue in head), entries.EVENTS)
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
    if head.original:
        _check_original(read, file, head.original)
    if issue := deceptive_characters(text.replace("\r", "").replace("\t", " ")):
        read.files.report(issue.at("", seed))
    if len(text) > LONGEST_ARTICLE:
        fix = f"keep it under {LONGEST_ARTICLE} characters"
        read.files.report(Issue("the article is too long", f"{len(text)} characters", fix, file=seed))
        return None
    language = head.language or language_of(text)
    day = _article_date(read, file, head, text, language) or _source_day(read, file, head, text, dates)
    if day is None:
        return None
    return Article(
        Path(head.file).stem, text, day, digest, head.source, language,
        title=head.title or "", author=head.author or "", url=head.url or "",
    )  # fmt: skip


def _check_original(read: Entries, file: str, original: OriginalEntry) -> None:
    """Check that the document an article was taken from is still the same."""
    name = f"seeds/originals/{original.file}"
    data = read.files.bytes(name)
    if data is not None and (digest := hashlib.sha256(data).hexdigest()) != original.sha256:
        fix = f"restore the document, or write {digest} in {file}"
        read.files.report(Issue("the original's SHA-256 does not match", digest[:12], fix, file=name))


def _with_digest(issue: Issue, read: Entries, value: Any) -> Issue:
    """Return an issue; one with the SHA-256 says what to write, if the article can be read."""
    name = parse_value(FileName, value.get("file")) if isinstance(value, dict) else []
    if issue.where != "sha256" or isinstance(name, list):
        return issue
    data = read.files.bytes(f"seeds/{name}")
    if data is None:
        return issue
    verb = "write" if issue.got else "add"
    return replace(issue, fix=f"{verb} sha256: {hashlib.sha256(data).hexdigest()}")


def _article_date(read: Entries, file: str, head: ArticleEntry, text: str, language: str) -> date | None:
    """Return the date in the event file, else that of the article's first line or dateline."""
    stated = read_day(head.date) if head.date else None
    try:
        own = date_line(text, language)
    except DateError as error:
        what = f"the article has no date: {error.issue.what}"
        read.files.report(replace(error.issue, what=what, file=f"seeds/{head.file}"))
        return None
    # a dateline may be of the day before publication; the line "date …" may not
    if stated and own and own[0] != stated and text.lstrip().startswith("date "):
        what, fix = "the date differs from the article's own", f"write {own[0]}, or leave it out"
        read.files.report(Issue(what, f"{stated}", fix, where="article.date", file=file))
    return stated or (own[0] if own else None)


def _source_day(
    read: Entries, file: str, head: ArticleEntry, text: str, dates: Mapping[str, When | None]
) -> date | None:
    """Return the day of the article's source, for an article that has no date of its own."""
    when = dates.get(head.source)
    if when is not None and when.earliest is not None and when.earliest == when.latest and not when.uncertain:
        return when.earliest
    fix = (
        f"write date: in {file}, under article, or the day of its source in data/sources.yaml, or begin the "
        "article with a line such as: date 1999-12-31"
    )
    got = short_repr(text.strip()[:20])
    read.files.report(Issue("the article has no date", got, fix, file=f"seeds/{head.file}"))
    return None


def _event(  # noqa: PLR0913, PLR0917 - where it is, and what it is checked against
    read: Entries, file: str, item: EventEntry, number: int, article: Article, profile: Profile | None
) -> Event | None:
    """Return an event with its passages located; ``None`` if one is not in the article, or not unique."""
    for issue in _vocabulary_issues(item, profile):
        read.reject(file, item.id, [issue], entries.EVENTS)
    passages = [*_located(read, file, f"{item.id}.passages", item.passages, article.text)]
    if len(passages) < len(item.passages):
        return None
    future = profile.is_future if profile else plain.is_future
    return Event(
        id=item.id,
        article=article.id,
        number=number,
        title=item.title,
        kind=item.kind,
        modality=item.modality,
        said_by=item.said_by,
        when=_event_time(item, article.date, future),
        passages=tuple(passages),
        places=tuple(PlaceLink(**vars(link)) for link in item.places),
        actors=item.actors,
        said=_with_words(item.said) if item.said else None,
        via=item.via,
        note=item.note,
        quantities=tuple(
            Quantity(entry.kind, entry.words, entry.best, entry.min, entry.max, entry.note)
            for entry in item.quantities
        ),
        titles=item.titles or {},
        notes=item.notes or {},
        draft=item.draft,
        reviewed=review_of(item.reviewed),
    )


def _vocabulary_issues(item: EventEntry, profile: Profile | None) -> Iterator[Issue]:
    """Check a statement's words against the profile, and its quantities."""
    if profile:
        yield from unknown_word(item.kind, profile.event_kinds, "kind")
        yield from unknown_word(item.modality, profile.modalities, "modality")
        yield from translation_issues(item.titles or {}, profile, "titles")
        yield from translation_issues(item.notes or {}, profile, "notes")
    for number, entry in enumerate(item.quantities):
        where = f"quantities[{number}]"
        if profile:
            yield from unknown_word(entry.kind, profile.quantities, f"{where}.kind")
        yield from _quantity_issues(entry, where)


def _quantity_issues(entry: QuantityEntry, where: str) -> Iterator[Issue]:
    values = [value for value in (entry.min, entry.best, entry.max) if value is not None]
    if not values:
        fix = "write best, or min and max where the article gives bounds"
        yield Issue("the quantity has no value", short_repr(entry.words), fix, where=where)
    elif values != sorted(values):
        got = ", ".join(f"{value:g}" for value in values)
        yield Issue("min, best and max are not in ascending order", got, "correct them", where=where)


def _event_time(item: EventEntry, day: date, is_future: Callable[[str], bool]) -> When:
    """Return an event's time as far as an article of ``day`` can support it.

    What has happened is not later than the article. What is announced for later is never certain.
    """
    when = _with_words(item.when)
    if when.latest is not None and when.latest > day:
        if not is_future(item.kind) and (when.earliest is None or when.earliest <= day):
            when = replace(when, latest=day)
        elif not when.throughout:
            return replace(when, uncertain=True)
    return replace(when, certain_to=min(when.certain_to or day, day)) if when.throughout else when


def _with_words(entry: WhenEntry) -> When:
    """Return a time together with the article's words for it."""
    return replace(entry.edtf, text=entry.text, basis=entry.basis)

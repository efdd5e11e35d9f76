"""Checks the data against the articles: their words, dates, speakers and coverage; and places over time."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta
from itertools import groupby
from typing import TYPE_CHECKING

from mapapp.core.dated_words import compare_with_words, is_guess
from mapapp.core.drafts import draft_issues
from mapapp.core.letters import difference
from mapapp.core.model import ARTICLE
from mapapp.core.sentences import sentences
from mapapp.data import entries
from mapapp.data.checks.drafts import unreviewed_issues
from mapapp.data.checks.geography import geography_issues
from mapapp.data.checks.measure import figure_issues
from mapapp.data.checks.quantities import quantity_issues
from mapapp.data.checks.sources import address_issues, one_sided_issues
from mapapp.data.load import ACTORS, BACKGROUND, CHANGES, GEO, SOURCES, Found, gather
from mapapp.data.profile import FILE as PROFILE
from mapapp.errors import Issue, Issues, short_repr

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from mapapp.core.edtf import When
    from mapapp.core.model import Article, Atlas, Event, Layer, Place
    from mapapp.core.profile import Profile

_WORD = re.compile(r"\w+")


def check(root: Path, *, strict: bool = False) -> list[Issue]:
    """Return every issue in a data folder, sorted; an empty list means that it can be defended.

    What could be read is checked even if other parts could not, so that all issues are listed at once.

    Parameters
    ----------
    root
        Folder that holds ``seeds/`` and ``data/``.
    strict
        Whether drafts, and what nobody has reviewed, are issues, too.
    """
    found = gather(root)
    return sorted({*issues_of(found, strict=strict), *_future_changes(found)})


def _future_changes(found: Found) -> Iterator[Issue]:
    """Yield an issue if the changelog's newest entry is in the future.

    Only `check` asks this: a map must not depend on the clock of the machine that shows it.
    """
    day = found.atlas.issued if found.atlas is not None else None
    today = datetime.now(UTC).date()
    if day is not None and day > today + timedelta(days=1):  # in the author's time zone it may be tomorrow
        fix = f"write the day of the change, or set the clock of this machine, which says {today}"
        yield Issue("the date of the newest entry is in the future", f"{day}", fix, file=CHANGES)


def issues_of(
    found: Found,
    *,
    strict: bool = False,
    coverage: bool = True,
    geography: Iterable[tuple[str, Issue]] | None = None,
) -> list[Issue]:
    """Return every issue in what was read of a data folder, as `check` does.

    Parameters
    ----------
    coverage
        Whether what of the articles no statement covers is an issue.
    geography
        What `issues_between_places` returns, where that is known; ``None`` to find it out.
    """
    issues = set(found.issues)
    if found.atlas is not None:
        crossed = Issues()
        covering = coverage_issues(found) if coverage else ()
        between = issues_between_places(found) if geography is None else geography
        for issue in dict.fromkeys((*_cross_checks(found, found.atlas, between, strict=strict), *covering)):
            crossed.add(issue)
        issues |= set(crossed.all())
    return sorted(issues)


def issues_between_places(found: Found) -> tuple[tuple[str, Issue], ...]:
    """Return the issues in how places lie relative to each other, each with the id of its place.

    They depend only on the profile and the files of the layers, and take longer than all other checks.
    """
    if found.atlas is None or entries.PROFILE not in found.complete:
        return ()
    return (*_snapshot_issues(found.atlas), *geography_issues(found.atlas))


def _cross_checks(
    found: Found, atlas: Atlas, geography: Iterable[tuple[str, Issue]], *, strict: bool
) -> Iterator[Issue]:
    yield from _event_issues(found, atlas)
    for article in atlas.articles:
        for issue in _unmapped_issues(atlas, article):
            yield issue.at("", found.file_of[f"article {article.id}"])
    for item_id, issue in draft_issues(atlas):
        yield issue.at(item_id, found.file_of.get(item_id, PROFILE))
    if strict:
        yield from unreviewed_issues(atlas, found.file_of)
    for place_id, issue in (*_place_issues(atlas), *geography):
        yield issue.at(place_id, found.file_of.get(place_id, GEO))
    for actor_id, issue in _memberships(atlas):
        yield issue.at(actor_id, ACTORS)
    for source_id, issue in address_issues(atlas):
        yield issue.at(source_id, SOURCES)
    for item, issue in one_sided_issues(atlas):
        yield issue.at(item.id, found.file_of.get(item.id, BACKGROUND))


def _event_issues(found: Found, atlas: Atlas) -> Iterator[Issue]:
    for event in atlas.events:
        article = atlas.article[event.article]
        by_profile = (
            (*_timeliness(event, article, atlas.profile), *_speaking(event, atlas))
            if entries.PROFILE in found.complete
            else ()
        )
        for issue in (
            *_wording(event),
            *_timing(event, article),
            *quantity_issues(event, article),
            *by_profile,
        ):
            yield issue.at(event.id, found.file_of[event.id])


def coverage_issues(found: Found) -> Iterator[Issue]:
    """Yield what of the articles no statement covers yet; nothing if a statement could not be read."""
    if found.atlas is None or "events" not in found.complete:
        return
    for article in found.atlas.articles:
        for issue in _coverage(found.atlas, article):
            yield issue.at("events", found.file_of[f"article {article.id}"])


def _place_issues(atlas: Atlas) -> Iterator[tuple[str, Issue]]:
    for layer in atlas.layers:
        for place in layer.places:
            yield from ((place.id, issue) for issue in (*_spans(place), *figure_issues(place)))


def _snapshot_issues(atlas: Atlas) -> Iterator[tuple[str, Issue]]:
    for layer in atlas.layers:
        if atlas.profile.layers[layer.id].snapshot:
            yield from _snapshots(layer)


def _wording(event: Event) -> Iterator[Issue]:
    """Check that words quoted from the article are in the event's passages."""
    quoted: list[tuple[str, str | None]] = [
        ("when.text", event.when.text),
        *([("said.text", event.said.text)] if event.said else []),
        *((f"places[{number}].words", link.words) for number, link in enumerate(event.places)),
        *((f"quantities[{number}].words", one.words) for number, one in enumerate(event.quantities)),
    ]
    for path, words in quoted:
        if words is not None and not any(words in passage.exact for passage in event.passages):
            what = "the words are not in any of the event's passages"
            fix = "copy them from a passage, or add the passage that contains them"
            unlike = next(
                filter(None, (difference(words, passage.exact) for passage in event.passages)), None
            )
            if unlike:
                what, fix = f"{what}: {unlike[1]}", "copy them exactly"
            yield Issue(what, short_repr(words), fix, where=path)
    for number, link in enumerate(event.places):
        if link.words is None and not link.note:
            fix = "write the words that name it, or a note that says why it is linked"
            yield Issue("the link to the place is not explained", link.id, fix, where=f"places[{number}]")
    spans = [(passage.start, passage.end) for passage in event.passages]
    for number, span in enumerate(spans):
        if span in spans[:number]:
            got = short_repr(event.passages[number].exact)
            yield Issue("the passage appears twice", got, "keep one", where=f"passages[{number}]")


def _timing(event: Event, article: Article) -> Iterator[Issue]:
    """Check an event's dates against its words and the article's date."""
    day, language = article.date, article.language
    for path, when in (("when", event.when), ("said", event.said)):
        if when is None:
            continue
        for issue in compare_with_words(when, day, language):
            yield issue.at(f"{path}.edtf")
        if when.basis == "read" and not event.note:
            what = "`read` needs a note explaining the date"
            fix = "explain the date in the event's note"
            yield Issue(what, short_repr(when.text), fix, where=f"{path}.basis")
        if is_guess(when, language) and not event.note:
            what = "the words give no date, and no note explains the interpretation"
            got = f"{when.edtf} from {short_repr(when.text)}"
            yield Issue(what, got, "explain the interpretation in the event's note", where=f"{path}.edtf")


def _timeliness(event: Event, article: Article, profile: Profile) -> Iterator[Issue]:
    """Check that only what can be about later days has a date after the article's."""
    for path, when in (("when", event.when), ("said", event.said)):
        if when is None:
            continue
        is_past = path == "said" or not profile.is_future(event.kind)
        if is_past and when.earliest is not None and when.earliest > article.date:
            later = [kind for kind, entry in profile.event_kinds.items() if entry.future]
            fix = f"correct it; only these kinds can be about later days: {', '.join(later)}"
            what = "the date is later than the article that reports it"
            yield Issue(what, when.edtf, fix, where=f"{path}.edtf")


def _speaking(event: Event, atlas: Atlas) -> Iterator[Issue]:
    """Check that the speaker fits the modality and is among the event's actors."""
    profile = atlas.profile
    modality, kind = profile.modalities.get(event.modality), profile.event_kinds.get(event.kind)
    speaking = [name for name, entry in profile.modalities.items() if not entry.by_article]
    own = [name for name, entry in profile.modalities.items() if entry.by_article]
    if modality is None:  # which has been reported
        return
    if event.said_by == ARTICLE:
        if not modality.by_article:
            fix = f"name the actor who made it, or change modality to {_either(own)}"
            yield Issue(f"{event.modality} statements need a speaker", ARTICLE, fix, where="said_by")
    elif modality.by_article:
        fix = f"write {ARTICLE}, or change modality to {_either(speaking)}"
        what = f"{event.modality} statements are made by the article itself"
        yield Issue(what, event.said_by, fix, where="said_by")
    elif event.said_by in atlas.actor and event.said_by not in event.actors:
        what = "the speaker is not among the event's actors"
        yield Issue(what, event.said_by, "add it to actors", where="said_by")
    if kind and kind.modality not in (None, event.modality):
        fix = f"write {kind.modality}"
        yield Issue(f"a {event.kind} cannot be {event.modality}", event.modality, fix, where="modality")
    if event.via is not None and event.via in atlas.actor and not _is_outlet(atlas, event.via):
        fix = "name the outlet the article quotes, or remove via"
        yield Issue("not an outlet", event.via, fix, where="via")


def _is_outlet(atlas: Atlas, actor: str) -> bool:
    kind = atlas.profile.actor_kinds.get(atlas.actor[actor].kind)
    return kind is None or kind.outlet


def _either(words: list[str]) -> str:
    return " or ".join(filter(None, (", ".join(words[:-1]), *words[-1:])))


def _coverage(atlas: Atlas, article: Article) -> Iterator[Issue]:
    """Check that every word of an article's sentences is in a passage of one of its events."""
    text = article.text
    taken = bytearray(len(text))
    own = (event for event in atlas.events if event.article == article.id)
    for passage in (*article.unmapped, *(passage for event in own for passage in event.passages)):
        taken[passage.start : passage.end] = b"\1" * (passage.end - passage.start)
    for number, (start, end) in enumerate(sentences(text, article.language), start=1):
        runs = [
            (whole, list(words))
            for whole, words in groupby(
                _WORD.finditer(text, start, end), lambda word: all(taken[word.start() : word.end()])
            )
        ]
        missed = [text[words[0].start() : words[-1].end()] for whole, words in runs if not whole]
        if missed and len(runs) == 1:
            what = f"sentence {number} of the article is not covered by any event"
            fix = "add one with a passage from it, or list it under unmapped if it says nothing for the map"
            yield Issue(what, short_repr(text[start:end]), fix)
        elif missed:
            what = f"sentence {number} of the article is only partly covered by passages"
            yield Issue(what, short_repr(" … ".join(missed)), "add or lengthen a passage")


def _unmapped_issues(atlas: Atlas, article: Article) -> Iterator[Issue]:
    """Check that no statement has words of what says nothing for the map."""
    own = [event for event in atlas.events if event.article == article.id]
    for number, passage in enumerate(article.unmapped):
        for event in own:
            if any(one.start < passage.end and passage.start < one.end for one in event.passages):
                what = f"the passage is under unmapped, but {event.id} has words of it"
                fix = "remove it here, or from the statement"
                yield Issue(what, short_repr(passage.exact), fix, where=f"unmapped[{number}]")


def _spans(place: Place) -> Iterator[Issue]:
    """Check that a place is valid for a span of time, and that its statuses are in order without overlaps."""
    if not place.valid.throughout:
        fix = "write an interval, such as 2018-09-17/.."
        yield Issue("not an interval", place.valid.edtf, fix, where="valid")
    for number, status in enumerate(place.statuses):
        path = f"statuses[{number}].when"
        if _begin(status.when) > _begin(place.valid) and _after(status.when, place.valid):
            what = "the status begins after the end of the place's validity"
            yield Issue(what, status.when.edtf, "correct this date or the place's validity", where=path)
        if number == 0:
            continue
        before = place.statuses[number - 1]
        if _begin(before.when) >= _begin(status.when):
            got = f"{before.when.edtf}, then {status.when.edtf}"
            what = "the statuses are not in order of their first day"
            yield Issue(what, got, "put the earlier one first", where=path)
        elif (
            before.when.certain_to
            and status.when.certain_from
            and before.when.certain_to > status.when.certain_from
        ):
            got = f"{before.when.edtf} and {status.when.edtf}"
            fix = "end the earlier one where this one begins"
            yield Issue("the status overlaps the one before it", got, fix, where=path)


def _snapshots(layer: Layer) -> Iterator[tuple[str, Issue]]:
    """Check that no day certainly has two snapshots of one kind, such as two areas held by the same side."""
    valid = {place.id: place.valid for place in layer.places}
    certain = sorted(
        (place.kind, place.valid.certain_from or date.min, place.valid.certain_to or date.max, place.id)
        for place in layer.places
        if place.valid.throughout and not place.valid.uncertain
    )
    longest: dict[str, tuple[date, str]] = {}
    for kind, first, last, name in certain:
        if first > last:
            continue
        until, other = longest.get(kind, (date.min, ""))
        if until >= first and other not in ("", name):
            what = f"the snapshot covers the same days as {other}"
            got = f"{valid[name].edtf} and {valid[other].edtf}"
            fix = "end one before the other begins, or merge them"
            yield name, Issue(what, got, fix, where="valid")
        longest[kind] = max((until, other), (last, name))


def _begin(when: When) -> str:
    return when.earliest.isoformat() if when.earliest else ""


def _after(when: When, other: When) -> bool:
    return bool(when.earliest and other.latest and when.earliest > other.latest)


def _memberships(atlas: Atlas) -> Iterator[tuple[str, Issue]]:
    """Check that no actor belongs to itself, directly or through others."""
    for actor in atlas.actors:
        seen, up = {actor.id}, actor.of
        while up is not None and up in atlas.actor and up not in seen:
            seen.add(up)
            up = atlas.actor[up].of
        if up == actor.id:
            fix = "set it to the actor's parent"
            yield actor.id, Issue("circular reference", up, fix, where="of")

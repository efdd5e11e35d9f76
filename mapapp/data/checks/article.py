"""Whether the data can be defended: against the article, its words, its dates and the ground."""

from __future__ import annotations

import re
from datetime import date
from itertools import groupby
from typing import TYPE_CHECKING

from mapapp.core.layers import SNAPSHOTS
from mapapp.core.letters import difference
from mapapp.core.sentences import sentences
from mapapp.core.time_expressions import against_words, is_guess
from mapapp.data.checks.geography import ground_faults
from mapapp.data.checks.measure import figure_findings
from mapapp.data.load import ACTORS, EVENTS, TOLD, Found, gather
from mapapp.data.schema import ARTICLE
from mapapp.errors import Fault, Faults, shown

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from mapapp.core.edtf import When
    from mapapp.core.model import Article, Atlas, Event, Layer, Place

_WORD = re.compile(r"\w+")
_NEEDS_SPEAKER = {"claimed", "demanded", "threatened"}
_FITTING = {"demand": {"demanded"}, "threat": {"threatened"}}


def check(root: Path) -> list[Fault]:
    """Return everything wrong with a data folder, sorted; an empty list means it can be defended.

    What could be read is checked even where other parts could not, so that all faults come at once.
    """
    found = gather(root)
    faults = set(found.faults)
    if found.atlas is not None:
        crossed = Faults()
        for fault in dict.fromkeys(_cross_checks(found, found.atlas)):
            crossed.add(fault.file, fault.item, fault.what, fault.got, fault.fix)
        faults |= set(crossed.all())
    return sorted(faults)


def _cross_checks(found: Found, atlas: Atlas) -> Iterator[Fault]:
    file = next((found.file_of[event.id] for event in atlas.events), EVENTS)
    for event in atlas.events:
        for path, what, got, fix in (
            *_wording(event),
            *_timing(event, atlas.article),
            *_speaking(event, atlas),
        ):
            yield Fault(file, f"{event.id}.{path}", what, got, fix)
    if "events" in found.complete:
        yield from _coverage(atlas, file)
    for place in atlas.place.values():
        for path, what, got, fix in (*_spans(place), *figure_findings(place)):
            yield Fault(found.file_of[place.id], f"{place.id}.{path}", what, got, fix)
    for layer in atlas.layers:
        if layer.id in SNAPSHOTS:
            yield from _pictures(layer, found.file_of)
    yield from _families(atlas)
    yield from ground_faults(atlas, found.file_of)


Finding = tuple[str, str, str, str]  # path, what, got, fix


def _wording(event: Event) -> Iterator[Finding]:
    """Check that words said to be the article's stand in the event's passages."""
    quoted: list[tuple[str, str | None]] = [
        ("when.text", event.when.text),
        *([("said.text", event.said.text)] if event.said else []),
        *((f"places[{number}].words", link.words) for number, link in enumerate(event.places)),
    ]
    for path, words in quoted:
        if words is not None and not any(words in passage.exact for passage in event.passages):
            what = "the words are in none of the event's passages"
            fix = "copy them from a passage, or add the passage that holds them"
            unlike = next(
                filter(None, (difference(words, passage.exact) for passage in event.passages)), None
            )
            if unlike:
                what, fix = f"{what}: character {unlike[0]} is {unlike[1]}", "copy them letter by letter"
            yield path, what, shown(words), fix
    for number, link in enumerate(event.places):
        if link.words is None and not link.note:
            fix = "give the words that name it, or a note that says why it is linked"
            yield f"places[{number}]", "nothing says why the place is linked", link.id, fix
    spans = [(passage.start, passage.end) for passage in event.passages]
    for number, span in enumerate(spans):
        if span in spans[:number]:
            yield (
                f"passages[{number}]",
                "the passage is given twice",
                shown(event.passages[number].exact),
                "keep one",
            )


def _timing(event: Event, article: Article) -> Iterator[Finding]:
    """Check an event's dates against its words and against the article's day."""
    day, language = article.date, article.language
    for path, when in (("when", event.when), ("said", event.said)):
        if when is None:
            continue
        for what, got, fix in against_words(when, day, language):
            yield f"{path}.edtf", what, got, fix
        if when.basis == "read" and not event.note:
            what = "the reading is a person's, and no note says what it rests on"
            yield f"{path}.basis", what, shown(when.text), "say in the event's note how it was read"
        if is_guess(when, language) and not event.note:
            what = "the words give no date, and no note says what the reading rests on"
            got = f"{when.edtf} from {shown(when.text)}"
            yield f"{path}.edtf", what, got, "say in the event's note how it was read"
        told = path == "said" or event.kind in TOLD
        if told and when.earliest is not None and when.earliest > day:
            fix = "correct it; only a demand, threat or plan can be about later days"
            yield f"{path}.edtf", "the date is later than the article that tells of it", when.edtf, fix


def _speaking(event: Event, atlas: Atlas) -> Iterator[Finding]:
    """Check that who says a thing fits how it is said, and has a part in it."""
    if event.said_by == ARTICLE:
        if event.modality in _NEEDS_SPEAKER:
            fix = "name the actor whose word it is, or call it reported"
            yield "said_by", f"what is {event.modality} needs a speaker", ARTICLE, fix
    elif event.modality not in _NEEDS_SPEAKER:
        fix = f"write {ARTICLE}, or call it claimed, demanded or threatened"
        yield "said_by", f"what is {event.modality} is the article's own word", event.said_by, fix
    elif event.said_by in atlas.actor and event.said_by not in event.actors:
        yield "said_by", "the speaker is not among the event's actors", event.said_by, "add it to them"
    if event.modality not in _FITTING.get(event.kind, {event.modality}):
        fix = f"write {' or '.join(sorted(_FITTING[event.kind]))}"
        yield "modality", f"a {event.kind} is not {event.modality}", event.modality, fix
    if event.via is not None and event.via in atlas.actor and atlas.actor[event.via].kind != "outlet":
        yield (
            "via",
            "that is not an outlet",
            event.via,
            "name the outlet the article quotes, or leave via out",
        )


def _coverage(atlas: Atlas, file: str) -> Iterator[Fault]:
    """Check that every word of the article's sentences lies in a passage of an event."""
    text = atlas.article.text
    taken = bytearray(len(text))
    for passage in (passage for event in atlas.events for passage in event.passages):
        taken[passage.start : passage.end] = b"\1" * (passage.end - passage.start)
    for number, (start, end) in enumerate(sentences(text, atlas.article.language), start=1):
        runs = [
            (whole, list(words))
            for whole, words in groupby(
                _WORD.finditer(text, start, end), lambda word: all(taken[word.start() : word.end()])
            )
        ]
        missed = [text[words[0].start() : words[-1].end()] for whole, words in runs if not whole]
        if missed and len(runs) == 1:
            what = f"sentence {number} of the article has no event"
            yield Fault(file, "events", what, shown(text[start:end]), "add one with a passage from it")
        elif missed:
            what = f"sentence {number} of the article has words in no passage"
            yield Fault(file, "events", what, shown(" … ".join(missed)), "add or lengthen a passage")


def _spans(place: Place) -> Iterator[Finding]:
    """Check that a place's times are spans, and that its statuses follow each other."""
    if not place.valid.throughout:
        yield (
            "valid",
            "that is a date, not a span of time",
            place.valid.edtf,
            "write an interval, such as 2018-09-17/..",
        )
    for number, status in enumerate(place.statuses):
        path = f"statuses[{number}].when"
        if _begin(status.when) > _begin(place.valid) and _after(status.when, place.valid):
            yield (
                path,
                "the status begins after the place has ended",
                status.when.edtf,
                "correct it, or valid",
            )
        if number == 0:
            continue
        before = place.statuses[number - 1]
        if _begin(before.when) >= _begin(status.when):
            got = f"{before.when.edtf}, then {status.when.edtf}"
            yield path, "the statuses are not in the order they began", got, "put the earlier one first"
        elif before.when.sure_to and status.when.sure_from and before.when.sure_to > status.when.sure_from:
            got = f"{before.when.edtf} and {status.when.edtf}"
            yield path, "the status overlaps the one before it", got, "end the earlier one where this begins"


def _pictures(layer: Layer, file_of: dict[str, str]) -> Iterator[Fault]:
    """Check that no day surely has two pictures of one kind, such as two areas held by the same side."""
    valid = {place.id: place.valid for place in layer.places}
    surely = sorted(
        (place.kind, place.valid.sure_from or date.min, place.valid.sure_to or date.max, place.id)
        for place in layer.places
        if place.valid.throughout and not place.valid.uncertain
    )
    longest: dict[str, tuple[date, str]] = {}
    for kind, first, last, name in surely:
        if first > last:
            continue
        until, other = longest.get(kind, (date.min, ""))
        if until >= first and other not in ("", name):
            what = f"the picture is of the same days as {other}"
            got = f"{valid[name].edtf} and {valid[other].edtf}"
            fix = "end one before the other begins, or draw them as one"
            yield Fault(file_of[name], f"{name}.valid", what, got, fix)
        longest[kind] = max((until, other), (last, name))


def _begin(when: When) -> str:
    return when.earliest.isoformat() if when.earliest else ""


def _after(when: When, other: When) -> bool:
    return bool(when.earliest and other.latest and when.earliest > other.latest)


def _families(atlas: Atlas) -> Iterator[Fault]:
    """Check that no actor belongs to itself, by however many steps."""
    for actor in atlas.actors:
        seen, up = {actor.id}, actor.of
        while up is not None and up in atlas.actor and up not in seen:
            seen.add(up)
            up = atlas.actor[up].of
        if up == actor.id:
            yield Fault(
                ACTORS, f"{actor.id}.of", "the actor belongs to itself", up, "name the one it belongs to"
            )

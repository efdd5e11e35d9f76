"""Whether the data can be defended: against the article, its words, its dates and the ground."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from mapapp.core.errors import Fault, shown
from mapapp.core.ground import ground_faults
from mapapp.core.load import ACTORS, EVENTS, TOLD, Found, gather
from mapapp.core.shapes import SWAPPED, WRONG_WAY
from mapapp.core.words import against_words
from mapapp.core.written import ARTICLE

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date
    from pathlib import Path

    from mapapp.core.dates import When
    from mapapp.core.model import Atlas, Event, Place

_PREFIX = re.compile(r"\s*date \S+\s*")
_ENDS = re.compile(r"[.!?…][\"'\u201d\u2019)\]]*(?=\s|$)")
_ABBREVIATED = re.compile(r"\b(?:[A-Z]|Mr|Mrs|Ms|Dr|Gen|Col|Lt|St|No|vs)\.$")
_NEEDS_SPEAKER = {"claimed", "demanded", "threatened"}
_FITTING = {"demand": {"demanded"}, "threat": {"threatened"}}


def check(root: Path) -> list[Fault]:
    """Return everything wrong with a data folder, sorted; an empty list means it can be defended.

    What could be read is checked even where other parts could not, so that all faults come at once.
    """
    found = gather(root)
    faults = set(found.faults)
    if found.atlas is not None:
        faults |= set(_cross_checks(found, found.atlas))
    # swapping latitude and longitude turns rings round: one slip, one fault
    swapped = {fault.item for fault in faults if fault.what == SWAPPED[0]}
    return sorted(fault for fault in faults if not (fault.what == WRONG_WAY and fault.item in swapped))


def sentences(text: str) -> list[tuple[int, int]]:
    """Return the character offsets of an article's sentences, end excluded.

    The date before the first sentence, and headings (lines without final punctuation), are left out.
    """
    found = []
    prefix = _PREFIX.match(text)
    for line in re.finditer(r"[^\r\n]+", text):
        start = max(line.start(), prefix.end() if prefix else 0)
        for stop in _ENDS.finditer(text, start, line.end()):
            if not _ABBREVIATED.search(text, start, stop.end()):
                start += len(text[start : stop.end()]) - len(text[start : stop.end()].lstrip())
                found.append((start, stop.end()))
                start = stop.end()
    return found


def _cross_checks(found: Found, atlas: Atlas) -> Iterator[Fault]:
    file = next((found.file_of[event.id] for event in atlas.events), EVENTS)
    for event in atlas.events:
        for path, what, got, fix in (
            *_wording(event),
            *_timing(event, atlas.article.date),
            *_speaking(event, atlas),
        ):
            yield Fault(file, f"{event.id}.{path}", what, got, fix)
    if "events" in found.complete:
        yield from _coverage(atlas, file)
    for place in atlas.place.values():
        for path, what, got, fix in _spans(place):
            yield Fault(found.file_of[place.id], f"{place.id}.{path}", what, got, fix)
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
            fix = "copy them from a passage, or add the passage that holds them"
            yield path, "the words are in none of the event's passages", shown(words), fix
    for number, link in enumerate(event.places):
        if link.words is None and not link.note:
            fix = "give the words that name it, or a note that says why it is linked"
            yield f"places[{number}]", "nothing says why the place is linked", link.id, fix
    linked = [link.id for link in event.places]
    for name in sorted({name for name in linked if linked.count(name) > 1}):
        yield "places", "the place is linked twice", name, "keep one link"
    spans = [(passage.start, passage.end) for passage in event.passages]
    for number, span in enumerate(spans):
        if span in spans[:number]:
            yield (
                f"passages[{number}]",
                "the passage is given twice",
                shown(event.passages[number].exact),
                "keep one",
            )


def _timing(event: Event, day: date) -> Iterator[Finding]:
    """Check an event's dates against its words and against the article's day."""
    for path, when in (("when", event.when), ("said", event.said)):
        if when is None:
            continue
        for what, got, fix in against_words(when, day):
            yield f"{path}.edtf", what, got, fix
        told = path == "said" or event.kind in TOLD
        if told and when.earliest is not None and when.earliest > day:
            fix = "correct it; only a demand, threat or plan can be about later days"
            yield f"{path}.edtf", "the date is later than the article that tells of it", when.edtf, fix


def _speaking(event: Event, atlas: Atlas) -> Iterator[Finding]:
    """Check that who says a thing fits how it is said."""
    if event.modality in _NEEDS_SPEAKER and event.said_by == ARTICLE:
        fix = "name the actor whose word it is, or call it reported"
        yield "said_by", f"what is {event.modality} needs a speaker", ARTICLE, fix
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
    """Check that every sentence of the article has an event."""
    passages = [passage for event in atlas.events for passage in event.passages]
    text = atlas.article.text
    for number, (start, end) in enumerate(sentences(text), start=1):
        if not any(passage.start < end and passage.end > start for passage in passages):
            what = f"sentence {number} of the article has no event"
            yield Fault(file, "events", what, shown(text[start:end]), "add one with a passage from it")


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

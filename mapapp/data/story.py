"""Reads ``data/story.yaml``, the steps that the author of the data writes; a folder need not have it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mapapp.core.edtf import read_day
from mapapp.core.model import OwnStep
from mapapp.core.select import select
from mapapp.core.story import steps
from mapapp.core.story_frame import opening_days
from mapapp.core.view import View
from mapapp.data import entries
from mapapp.data.named import name_issues, names_of
from mapapp.data.parse import parse
from mapapp.data.schema import StepEntry
from mapapp.errors import Issue, short_repr

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mapapp.core.model import Atlas
    from mapapp.core.profile import Profile
    from mapapp.data.entries import Entries

STORY = "data/story.yaml"
_ITEMS = (entries.PLACES, entries.EVENTS, entries.FACTS)


def read_story(read: Entries, profile: Profile) -> tuple[OwnStep, ...]:
    """Return the author's steps; none if there is no such file. Everything wrong is reported."""
    if not read.files.has(STORY):
        return ()
    value = read.files.yaml(STORY)
    if not isinstance(value, list):
        if value is not None:
            fix = "begin each item with a hyphen"
            read.files.report(Issue("not a list", short_repr(value), fix, file=STORY))
        return ()
    if not value:
        fix = "write at least one step, or remove the file: the steps are then the statements"
        read.files.report(Issue("the story has no steps", fix=fix, file=STORY))
    found = []
    for number, item in enumerate(value):
        name = f"[{number}]"
        read.file_of[name] = STORY
        entry = parse(StepEntry, item)
        for issue in entry if isinstance(entry, list) else _issues(entry, read, profile):
            read.files.report(issue.at(name, STORY))
        if not isinstance(entry, list):
            found.append(_step(entry, profile))
    return tuple(found)


def hidden_issues(atlas: Atlas) -> Iterator[Issue]:
    """Check that each of the author's steps shows what it is about, and does not hide it.

    All steps of the story must have been read.
    """
    days = opening_days(atlas)
    for step in steps(atlas) if atlas.story else ():
        view = View(step.window, as_of=days.last, hidden=step.hidden)
        shown = select(atlas, view)
        ids = {event.id for event, _ in shown.events} | {fact.id for fact, _ in shown.facts}
        ids |= {place.id for place, *_ in shown.places}
        if step.shown is not None and step.shown not in ids:
            got = f"{step.window.first} to {step.window.last}"
            fix = "choose other days or hidden layers, or something else to show"
            what = "what the step shows is hidden, or not of its days"
            yield Issue(what, got, fix, where=f"[{step.number - 1}].show", file=STORY)


def _step(entry: StepEntry, profile: Profile) -> OwnStep:
    return OwnStep(
        title=names_of(entry.title, profile),
        text=names_of(entry.text, profile) if entry.text else None,
        show=entry.show,
        first=read_day(entry.first) if entry.first else None,
        last=read_day(entry.last) if entry.last else None,
        hidden=entry.hidden,
        camera=entry.camera,
    )


def _issues(entry: StepEntry, read: Entries, profile: Profile) -> Iterator[Issue]:
    for where in ("title", "text"):
        if texts := getattr(entry, where):
            yield from name_issues(texts, profile, where)
    if entry.show is not None and not (read.unread & {*_ITEMS}) and not _is_known(entry.show, read):
        fix = "correct the id, or add it to the data"
        what = "there is no such statement, place or background fact"
        yield Issue(what, short_repr(entry.show), fix, where="show")
    for number, layer in enumerate(entry.hidden):
        if layer not in profile.switchable:
            fix = f"use {', '.join(profile.switchable)}"
            yield Issue("there is no such layer to hide", short_repr(layer), fix, where=f"hidden[{number}]")
    if entry.first and entry.last and entry.first > entry.last:
        got = f"{entry.first}, {entry.last}"
        yield Issue("the first day is after the last", got, "put the earlier day first", where="first")


def _is_known(item: str, read: Entries) -> bool:
    return any(item in read.ids[kind] for kind in _ITEMS)

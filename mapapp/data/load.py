"""Loads a data folder as an `Atlas`, or raises an error that lists every fault.

A data folder holds ``seeds/`` (the articles) and ``data/`` (the profile of the map, what was read from the
articles, and the geography).
"""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from mapapp.core.edtf import read_day
from mapapp.core.model import Actor, Atlas, Fact, Source
from mapapp.data import article_events, entries, places
from mapapp.data.article_events import read_articles_and_events
from mapapp.data.changes import changes
from mapapp.data.entries import Entries
from mapapp.data.files import Files
from mapapp.data.folders import default_root
from mapapp.data.named import name_issues, names_of, review_of, unknown_word
from mapapp.data.places import read_layers
from mapapp.data.plain import plain_profile
from mapapp.data.profile import FILE as PROFILE
from mapapp.data.profile import read_profile
from mapapp.data.references import check_references
from mapapp.data.schema import ActorEntry, FactEntry, SourceEntry
from mapapp.data.story import STORY, hidden_issues, read_story
from mapapp.errors import DataError, DateError, Issue, short_repr

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date

    from mapapp.core.model import Layer
    from mapapp.core.profile import Profile

ACTORS, BACKGROUND, SOURCES = "data/actors.yaml", "data/background.yaml", "data/sources.yaml"
EVENTS, GEO = article_events.FOLDER, places.FOLDER
CHANGES = "data/CHANGELOG.md"
_POLE = 90  # degrees


class Found(NamedTuple):
    """The content of a data folder as far as it could be read.

    Attributes
    ----------
    atlas
        What could be read; ``None`` if no article could.
    file_of
        The file of each entry, by id.
    issues
        Everything that is wrong, sorted.
    complete
        Kinds of entry of which none was lost; ``profile`` if the profile could be read, or there is none.
    """

    atlas: Atlas | None
    file_of: dict[str, str]
    issues: tuple[Issue, ...]
    complete: frozenset[str]


def load(root: Path | str | None = None) -> Atlas:
    """Load a data folder.

    Parameters
    ----------
    root
        Folder that holds ``seeds/`` and ``data/``; ``None`` for `default_root`.

    Raises
    ------
    DataError
        If anything is wrong with the data; ``faults`` lists every issue, in all files.
    """
    found = gather(Path(root) if root is not None else default_root())
    if found.issues or found.atlas is None:
        raise DataError(found.issues)
    return found.atlas


def gather(root: Path, instead: Mapping[str, bytes | None] | None = None) -> Found:
    """Read a data folder as far as possible, collecting all issues.

    Parameters
    ----------
    root
        Folder that holds ``seeds/`` and ``data/``.
    instead
        Content of files to read instead of those in the folder, by name; ``None`` for those to be left out.
    """
    read = Entries(Files(root, instead))
    own = read_profile(read.files)
    if own is None and read.files.has(PROFILE):
        read.lose(entries.PROFILE, unread=True)
        read.lose(entries.PLACES, unread=True)  # those that are computed
    sources = _sources(read)
    actors = _actors(read, own)
    found = read_layers(read, own)
    articles, events = read_articles_and_events(read, own, sources)
    facts = _facts(read)
    profile = own or plain_profile(read.files, found.values(), events, actors)
    layers = _layers(read, profile, found)
    check_references(read, articles=articles, events=events, facts=facts, actors=actors, layers=layers)
    for issue in _home_issues(profile, read):
        read.files.report(issue)
    story = read_story(read, profile)
    issued = _issued(read.files)
    atlas = (
        Atlas(
            profile=profile,
            articles=articles,
            events=events,
            facts=facts,
            actors=actors,
            sources=sources,
            layers=layers,
            fingerprint=read.files.fingerprint,
            issued=issued,
            story=story,
        )
        if articles
        else None
    )
    if atlas is not None and not read.unread and not any(issue.file == STORY for issue in read.files.issues):
        for issue in hidden_issues(atlas):
            read.files.report(issue)
    return Found(atlas, read.file_of, tuple(sorted(set(read.files.issues))), frozenset(read.complete))


def _layers(read: Entries, profile: Profile, found: Mapping[str, Layer]) -> tuple[Layer, ...]:
    """Return the layers, bottom first, with those that are computed."""
    made = dict(found)
    for layer in profile.layers.values():
        if layer.changes and (computed := changes(layer.id, layer.changes, found)):
            made[layer.id] = computed
            for place in computed.places:
                read.register(f"{GEO}/{layer.changes.of}.geojson", {"id": place.id}, entries.PLACES)
    return tuple(made[name] for name in profile.layers if name in made)


def _home_issues(profile: Profile, read: Entries) -> Iterator[Issue]:
    """Check that the place the map opens on exists, or that its box has a size."""
    home, fix = profile.home, "use the id of a place, or a box as west, south, east, north"
    if isinstance(home, str):
        if entries.PLACES not in read.unread and home not in read.ids[entries.PLACES]:
            yield Issue("there is no such place", short_repr(home), fix, where="home", file=PROFILE)
    elif home is not None:
        west, south, east, north = home
        if west >= east or south >= north or max(abs(south), abs(north)) > _POLE:
            got = ", ".join(f"{edge:g}" for edge in home)
            yield Issue("the box has no size, or is not on the map", got, fix, where="home", file=PROFILE)


def _sources(read: Entries) -> tuple[Source, ...]:
    items = read.read_list(SOURCES, read.files.yaml(SOURCES), SourceEntry, entries.SOURCES)
    return tuple(Source(**vars(item)) for item in items)


def _actors(read: Entries, profile: Profile | None) -> tuple[Actor, ...]:
    words = {"kind": profile.actor_kinds} if profile else None
    items = read.read_list(ACTORS, read.files.yaml(ACTORS), ActorEntry, entries.ACTORS, words)
    for item in items:
        issues = [*_actor_issues(item, profile)] if profile else []
        if issues:
            read.reject(ACTORS, item.id, issues, entries.ACTORS)
    return tuple(
        Actor(item.id, names_of(item.names, profile), item.kind, item.of, item.note) for item in items
    )


def _actor_issues(item: ActorEntry, profile: Profile) -> Iterator[Issue]:
    yield from unknown_word(item.kind, profile.actor_kinds, "kind")
    yield from name_issues(item.names, profile, "names")


def _facts(read: Entries) -> tuple[Fact, ...]:
    items = read.read_list(BACKGROUND, read.files.yaml(BACKGROUND), FactEntry, entries.FACTS)
    return tuple(
        Fact(**{**vars(item), "when": item.when.edtf, "reviewed": review_of(item.reviewed)}) for item in items
    )


def _issued(files: Files) -> date | None:
    """Return the day of the newest entry of the data's changelog; ``None`` if there is no changelog."""
    if not files.has(CHANGES):
        return None
    heading = re.search(r"^## *(.*)", files.text(CHANGES) or "", re.MULTILINE)
    if heading is None:
        return None
    try:
        return read_day(heading[1].strip())
    except DateError as error:
        files.report(replace(error.issue, what=f"the newest entry: {error.issue.what}", file=CHANGES))
        return None

"""Loads a data folder as an `Atlas`, or raises an error that lists every fault.

A data folder holds ``seeds/`` (the article) and ``data/`` (what was read from it, and the geography).
"""

from __future__ import annotations

import os
import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from mapapp.core.edtf import read_day
from mapapp.core.model import Actor, Atlas, Fact, Source
from mapapp.data import article_events, entries, places
from mapapp.data.advance import advance
from mapapp.data.article_events import read_article_and_events
from mapapp.data.entries import Entries
from mapapp.data.files import Files
from mapapp.data.places import names_of, read_layers
from mapapp.data.references import check_references
from mapapp.data.schema import ActorEntry, FactEntry, SourceEntry
from mapapp.errors import DataError, DateError, Issue

if TYPE_CHECKING:
    from datetime import date

    from mapapp.core.model import Layer

ACTORS, BACKGROUND, SOURCES = "data/actors.yaml", "data/background.yaml", "data/sources.yaml"
EVENTS, GEO = article_events.FOLDER, places.FOLDER
CHANGES = "data/CHANGELOG.md"


class Found(NamedTuple):
    """The content of a data folder as far as it could be read.

    Attributes
    ----------
    atlas
        What could be read; ``None`` if the article could not.
    file_of
        The file of each entry, by id.
    issues
        Everything that is wrong, sorted.
    complete
        Kinds of entry of which none was lost.
    """

    atlas: Atlas | None
    file_of: dict[str, str]
    issues: tuple[Issue, ...]
    complete: frozenset[str]


def default_root() -> Path:
    """Return the data folder to use: ``MAPAPP_DATA`` if it is set, else the shipped one."""
    if folder := os.environ.get("MAPAPP_DATA"):
        return Path(folder)
    package = Path(__file__).resolve().parents[1]
    shipped = package / "shipped"
    return shipped if shipped.is_dir() else package.parent


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


def gather(root: Path) -> Found:
    """Read a data folder as far as possible, collecting all issues.

    Parameters
    ----------
    root
        Folder that holds ``seeds/`` and ``data/``.
    """
    read = Entries(Files(root))
    sources = _sources(read)
    actors = _actors(read)
    layers = _with_advance(read, read_layers(read))
    article, events = read_article_and_events(read)
    facts = _facts(read)
    check_references(read, article=article, events=events, facts=facts, actors=actors, layers=layers)
    issued = _issued(read.files)
    atlas = (
        Atlas(
            article=article,
            events=events,
            facts=facts,
            actors=actors,
            sources=sources,
            layers=layers,
            fingerprint=read.files.fingerprint,
            issued=issued,
        )
        if article
        else None
    )
    return Found(atlas, read.file_of, tuple(sorted(set(read.files.issues))), frozenset(read.complete))


def _with_advance(read: Entries, layers: tuple[Layer, ...]) -> tuple[Layer, ...]:
    """Return the layers with what changed hands above who held what, computed from it."""
    computed = advance(layers)
    if computed is None:
        return layers
    below = [layer.id for layer in layers].index("control") + 1
    for place in computed.places:
        read.register(f"{GEO}/control.geojson", {"id": place.id}, entries.PLACES)
    return (*layers[:below], computed, *layers[below:])


def _sources(read: Entries) -> tuple[Source, ...]:
    items = read.read_list(SOURCES, read.files.yaml(SOURCES), SourceEntry, entries.SOURCES)
    return tuple(Source(**vars(item)) for item in items)


def _actors(read: Entries) -> tuple[Actor, ...]:
    items = read.read_list(ACTORS, read.files.yaml(ACTORS), ActorEntry, entries.ACTORS)
    return tuple(Actor(item.id, names_of(item.names), item.kind, item.of, item.note) for item in items)


def _facts(read: Entries) -> tuple[Fact, ...]:
    items = read.read_list(BACKGROUND, read.files.yaml(BACKGROUND), FactEntry, entries.FACTS)
    return tuple(Fact(**{**vars(item), "when": item.when.edtf}) for item in items)


def _issued(files: Files) -> date | None:
    """Return the day of the newest entry of the data's changelog; ``None`` if there is no changelog."""
    if not (files.root / CHANGES).exists():
        return None
    heading = re.search(r"^## *(.*)", files.text(CHANGES) or "", re.MULTILINE)
    if heading is None:
        return None
    try:
        day = read_day(heading[1].strip())
    except DateError as error:
        files.report(replace(error.issue, what=f"the newest entry: {error.issue.what}", file=CHANGES))
        return None
    # in the author's time zone it may already be tomorrow
    if day > datetime.now(UTC).date() + timedelta(days=1):
        what = "the date of the newest entry is in the future"
        files.report(Issue(what, f"{day}", "write the day of the change", file=CHANGES))
    return day

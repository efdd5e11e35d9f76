"""From the data folder to the atlas, or to everything that keeps it from being one.

The data folder holds ``seeds/`` (the article) and ``data/`` (what is read from it, and the geography).
"""

from __future__ import annotations

import hashlib
import os
import re
from bisect import bisect_left
from collections import Counter
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

from mapapp.core.edtf import When, read_day
from mapapp.core.language import language_of
from mapapp.core.letters import difference
from mapapp.core.model import (
    Actor,
    Article,
    Atlas,
    DatedNames,
    Event,
    Fact,
    Layer,
    Names,
    Passage,
    Place,
    PlaceLink,
    Source,
    Status,
)
from mapapp.core.sentences import date_line
from mapapp.data import schema
from mapapp.data.files import MOST_ITEMS, Files
from mapapp.data.geojson import MOST_POSITIONS, TYPES, crs_issue, read_shape
from mapapp.data.tidy import restored
from mapapp.errors import DataError, DateError, Issue, short_repr

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date

ACTORS, BACKGROUND, SOURCES = "data/actors.yaml", "data/background.yaml", "data/sources.yaml"
EVENTS, GEO = "data/events", "data/geo"
LONGEST_ARTICLE = 500_000  # characters; a book has fewer
_MANY = 100  # places of a passage in the article that are counted
CHANGES = "data/CHANGELOG.md"
# what has happened or is said is no later than the article that tells of it; a demand, threat or plan can be
TOLD = frozenset({"agreement", "talks", "clashes", "control", "statement"})

T = TypeVar("T")


class Found(NamedTuple):
    """What a data folder gave: as much of an atlas as could be read, where its parts lie, and what is wrong.

    ``atlas`` is ``None`` without an article. ``complete`` says which kinds of item were read without loss.
    """

    atlas: Atlas | None
    file_of: dict[str, str]
    issues: tuple[Issue, ...]
    complete: frozenset[str]


def default_root() -> Path:
    """Return the data folder to use: ``MAPAPP_DATA``, else the one shipped with the package or beside it."""
    if given := os.environ.get("MAPAPP_DATA"):
        return Path(given)
    package = Path(__file__).resolve().parents[1]
    shipped = package / "shipped"
    return shipped if shipped.is_dir() else package.parent


def load(root: Path | str | None = None) -> Atlas:
    """Read a data folder.

    Parameters
    ----------
    root
        Folder that holds ``seeds/`` and ``data/``; `default_root` where it is not given.

    Raises
    ------
    DataError
        If anything is wrong with the data; it carries every fault found, in all files.
    """
    found = gather(Path(root) if root is not None else default_root())
    if found.issues or found.atlas is None:
        raise DataError(found.issues)
    return found.atlas


def gather(root: Path) -> Found:
    """Read a data folder as far as it can be read, and gather every fault on the way."""
    reader = _Reader(Files(root))
    sources = reader.sources()
    actors = reader.actors()
    layers = reader.layers()
    article, events = reader.events()
    facts = reader.facts()
    reader.references(article, events, facts, actors, layers)
    issued = reader.issued()
    atlas = (
        Atlas(
            article=article,
            events=events,
            facts=facts,
            actors=actors,
            sources=sources,
            layers=layers,
            fingerprint=reader.files.fingerprint,
            issued=issued,
        )
        if article
        else None
    )
    return Found(atlas, reader.file_of, tuple(sorted(set(reader.files.issues))), frozenset(reader.complete))


class _Reader:
    """One pass over the files, remembering the ids seen, so that references can be checked at the end."""

    def __init__(self, files: Files) -> None:
        self.files = files
        self.file_of: dict[str, str] = {}
        self.complete = {"sources", "actors", "places", "events", "facts"}
        # ids as written, of faulty items too: what names them is not wrong because they are
        self.ids: dict[str, set[str]] = {kind: set() for kind in self.complete}
        self.unread: set[str] = set()  # kinds of which a whole file could not be read

    def issued(self) -> date | None:
        """Return the day of the newest entry of the changelog; a folder need not have one."""
        if not (self.files.root / CHANGES).exists():
            return None
        heading = re.search(r"^## *(.*)", self.files.text(CHANGES) or "", re.MULTILINE)
        if heading is None:
            return None
        try:
            day = read_day(heading[1].strip())
        except DateError as error:
            self.files.report(
                Issue(f"the newest entry: {error.issue.what}", error.issue.got, error.issue.fix, file=CHANGES)
            )
            return None
        today = datetime.now(UTC).date() + timedelta(
            days=1
        )  # it may be tomorrow already where the entry was written
        if day > today:
            what, fix = "the newest entry is of a day that is still to come", "write the day of the change"
            self.files.report(Issue(what, f"{day}", fix, file=CHANGES))
        return day

    def sources(self) -> tuple[Source, ...]:
        items = self._items(SOURCES, self.files.yaml(SOURCES), schema.WrittenSource, "sources")
        return tuple(Source(**vars(item)) for item in items)

    def actors(self) -> tuple[Actor, ...]:
        items = self._items(ACTORS, self.files.yaml(ACTORS), schema.WrittenActor, "actors")
        return tuple(Actor(item.id, _names(item.names), item.kind, item.of, item.note) for item in items)

    def facts(self) -> tuple[Fact, ...]:
        items = self._items(BACKGROUND, self.files.yaml(BACKGROUND), schema.WrittenFact, "facts")
        return tuple(Fact(**{**vars(item), "when": item.when.edtf}) for item in items)

    def layers(self) -> tuple[Layer, ...]:
        """Read the layers, in the order they are drawn: the ground first."""
        found = {}
        files = self.files.names(GEO, ".geojson")
        if not files:
            self._lost("places", unread=True)
        for file in files:
            stem = Path(file).stem
            if stem not in TYPES:
                fix = f"name the file after one of {', '.join(TYPES)}"
                self.files.report(Issue("there is no such layer", short_repr(stem), fix, file=file))
                self._lost("places", unread=True)
                continue
            found[stem] = Layer(stem, tuple(self._places(file, stem)))
        return tuple(found[name] for name in TYPES if name in found)

    def events(self) -> tuple[Article | None, tuple[Event, ...]]:
        """Read the article and what it says. One article makes one map."""
        files = self.files.names(EVENTS, ".yaml")
        if len(files) > 1:
            fix = "keep one article in a data folder"
            self.files.report(
                Issue("there is more than one file of events", f"{len(files)}", fix, file=EVENTS)
            )
        if len(files) != 1:
            self._lost("events", unread=True)
            return None, ()
        file = files[0]
        value = self.files.yaml(file)
        if not isinstance(value, dict):
            if value is not None:
                fix = "give it the keys article and events"
                self.files.report(Issue("the file is not a mapping", short_repr(value), fix, file=file))
            self._lost("events", unread=True)
            return None, ()
        for key in value.keys() - {"article", "events"}:
            self.files.report(Issue("unknown key", short_repr(value[key]), "remove it", where=key, file=file))
        for key in {"article", "events"} - value.keys():
            self.files.report(Issue("the key is missing", fix="add it", where=key, file=file))
        article = self._article(file, value["article"]) if "article" in value else None
        items = self._items(file, value.get("events"), schema.WrittenEvent, "events")
        return article, tuple(event for item in items if (event := self._event(file, item, article)))

    def _items(self, file: str, value: Any, shape: type[T], kind: str) -> list[T]:
        """Read a list of items, each on its own, so that one broken item hides no other."""
        if not isinstance(value, list):
            if value is not None:
                self.files.report(
                    Issue("that is not a list", short_repr(value), "begin each item with a hyphen", file=file)
                )
            self._lost(kind, unread=True)
            return []
        if file in self.files.cut:
            self._lost(kind, unread=True)
        read = []
        for place, item in enumerate(value):
            name = self._register(file, item, kind) or f"[{place}]"
            made = schema.read(shape, item)
            if isinstance(made, list):
                self._reject(file, name, made, kind)
            else:
                read.append(made)
        return read

    def _reject(self, file: str, name: str, issues: Iterable[Issue], kind: str) -> None:
        self._lost(kind)
        for issue in issues:
            self.files.report(issue.at(name, file))

    def _lost(self, kind: str, *, unread: bool = False) -> None:
        self.complete.discard(kind)
        if unread:
            self.unread.add(kind)

    def _register(self, file: str, item: object, kind: str) -> str:
        """Remember an item's id and return it, or "". Places, events and facts share one set."""
        name = item.get("id") if isinstance(item, dict) else None
        if not isinstance(name, str) or not name:
            return ""
        shared = ("places", "events", "facts")
        if any(name in self.ids[other] for other in (shared if kind in shared else (kind,))):
            got = f"also in {self.file_of.get(name, file)}"
            self.files.report(
                Issue("the id is used twice", got, "give one of them another id", where=name, file=file)
            )
        self.ids[kind].add(name)
        self.file_of[name] = file
        return name

    def _article(self, file: str, value: Any) -> Article | None:
        head = schema.read(schema.WrittenArticle, value)
        if isinstance(head, list):
            self._reject(file, "article", head, "events")
            return None
        seed = f"seeds/{head.file}"
        data = self.files.bytes(seed)
        text = self.files.text(seed) if data is not None else None
        if data is None or text is None:
            return None
        digest = hashlib.sha256(data).hexdigest()
        if digest != head.sha256:
            fix = f"restore the article, or write {digest} in {file}"
            self.files.report(
                Issue("the article is not the one recorded: its SHA-256 differs", digest[:12], fix, file=seed)
            )
        if issue := schema.disguised(text.replace("\r", "").replace("\t", " ")):
            self.files.report(issue.at("", seed))
        if len(text) > LONGEST_ARTICLE:
            fix = f"keep it under {LONGEST_ARTICLE} characters"
            self.files.report(Issue("the article is too long", f"{len(text)} characters", fix, file=seed))
            return None
        language = head.language or language_of(text)
        day = self._day(file, seed, text, head.date, language)
        return Article(Path(head.file).stem, text, day, digest, head.source, language) if day else None

    def _day(self, file: str, seed: str, text: str, given: str | None, language: str) -> date | None:
        """Read the article's date: that of its head, of the line it begins with, or of its dateline."""
        head = read_day(given) if given else None
        try:
            own = date_line(text, language)
        except DateError as error:
            self.files.report(
                Issue(
                    f"the article has no date: {error.issue.what}",
                    error.issue.got,
                    error.issue.fix,
                    file=seed,
                )
            )
            return None
        if (
            head and own and own[0] != head and text.lstrip().startswith("date ")
        ):  # a dateline may be of the day before
            fix = f"write {own[0]}, or leave it out"
            self.files.report(
                Issue("the article gives another date", f"{head}", fix, where="article.date", file=file)
            )
        if head or own:
            return head or (own[0] if own else None)
        fix = f"write date: in {file}, under article, or begin the article with: date 2020-02-19"
        self.files.report(Issue("the article has no date", short_repr(text.strip()[:20]), fix, file=seed))
        return None

    def _event(self, file: str, item: schema.WrittenEvent, article: Article | None) -> Event | None:
        if article is None:
            return None
        passages = []
        for place, asked in enumerate(item.passages):
            starts = find(article.text, asked)
            if len(starts) == 1:
                passages.append(Passage(asked.exact, starts[0], starts[0] + len(asked.exact)))
                continue
            self._lost("events")
            path = f"{item.id}.passages[{place}]"
            if starts:
                fix = "add prefix or suffix, the words before or after it"
                self.files.report(
                    Issue(
                        "the passage is in the article more than once",
                        f"{len(starts)}",
                        fix,
                        where=path,
                        file=file,
                    )
                )
            else:
                self.files.report(_unfound(article.text, asked).at(path, file))
        if len(passages) < len(item.passages):
            return None
        return Event(
            id=item.id,
            title=item.title,
            kind=item.kind,
            modality=item.modality,
            said_by=item.said_by,
            when=_told(item, article.date),
            passages=tuple(passages),
            places=tuple(PlaceLink(**vars(link)) for link in item.places),
            actors=item.actors,
            said=_worded(item.said) if item.said else None,
            via=item.via,
            note=item.note,
        )

    def _places(self, file: str, layer: str) -> Iterator[Place]:
        value = restored(self.files.json(file))
        if not isinstance(value, dict) or not isinstance(value.get("features"), list):
            if value is not None:
                fix = 'write {"type": "FeatureCollection", "name": …, "features": […]}'
                self.files.report(Issue("that is not a FeatureCollection", short_repr(value), fix, file=file))
            self._lost("places", unread=True)
            return
        self._collection(file, layer, value)
        if (positions := _count(value["features"])) > MOST_POSITIONS:
            fix = f"simplify its lines to {MOST_POSITIONS} positions"
            self.files.report(Issue("the layer has too many positions", f"{positions}", fix, file=file))
            self._lost("places", unread=True)
            return
        features = value["features"]
        if len(features) > MOST_ITEMS:
            self.files.shorten(file, len(features))
            self._lost("places", unread=True)
        for place, feature in enumerate(features[:MOST_ITEMS]):
            if made := self._place(file, layer, place, feature):
                yield made

    def _collection(self, file: str, layer: str, value: dict[str, Any]) -> None:
        """Check the members of a FeatureCollection beside its features."""
        for key in value.keys() - {"type", "name", "features", "crs"}:
            self.files.report(Issue("unknown key", short_repr(value[key]), "remove it", where=key, file=file))
        for key, expected in (("type", "FeatureCollection"), ("name", layer)):
            if value.get(key) != expected and not (key == "name" and value.get(key) is None):
                self.files.report(
                    Issue(
                        "that is not what this file holds",
                        short_repr(value.get(key)),
                        f'write "{expected}"',
                        where=key,
                        file=file,
                    )
                )
        if "crs" in value and (issue := crs_issue(value["crs"])):
            self.files.report(issue.at("crs", file))
        if not value["features"]:
            self.files.report(
                Issue(
                    "the layer is empty",
                    fix="draw something, or remove the file",
                    where="features",
                    file=file,
                )
            )

    def _place(self, file: str, layer: str, place: int, feature: Any) -> Place | None:
        properties = feature.get("properties") if isinstance(feature, dict) else None
        if not isinstance(properties, dict):
            what, fix = "that is not a feature", "give it type, id, properties and geometry"
            self._reject(file, f"features[{place}]", [Issue(what, short_repr(feature), fix)], "places")
            return None
        name = self._register(file, properties, "places") or f"features[{place}]"
        issues = [
            Issue("unknown key", short_repr(feature[key]), "remove it", where=key)
            for key in feature.keys() - {"type", "id", "properties", "geometry"}
        ]
        if feature.get("type") != "Feature":
            got = short_repr(feature.get("type"))
            issues.append(Issue("that is not a feature", got, 'write "Feature"', where="type"))
        if feature.get("id") != properties.get("id"):
            got = f"{short_repr(feature.get('id'))} and {short_repr(properties.get('id'))}"
            what, fix = "the feature's id is not the one in its properties", "write the same id in both"
            issues.append(Issue(what, got, fix, where="id"))
        item = schema.read(schema.WrittenPlace, properties)
        if isinstance(item, list):
            issues += item
        shape, issue = read_shape(feature.get("geometry"), layer)
        if issue:
            issues.append(issue.at("geometry"))
        if issues:
            self._reject(file, name, issues, "places")
        if isinstance(item, list) or shape is None:
            return None
        return Place(
            id=item.id,
            layer=layer,
            names=_names(item.names),
            kind=item.kind,
            valid=item.valid,
            basis=item.basis,
            tolerance_km=item.tolerance_km,
            confidence=item.confidence,
            sources=item.sources,
            geometry=shape,
            note=item.note,
            within=item.within,
            statuses=tuple(Status(s.status, s.when, s.sources, s.note) for s in item.statuses),
            names_when=tuple(DatedNames(d.when, _names(d.names)) for d in item.names_when),
            facts=tuple((key, properties[key]) for key in properties if key in schema.FACTS),
        )

    def references(
        self,
        article: Article | None,
        events: Iterable[Event],
        facts: Iterable[Fact],
        actors: Iterable[Actor],
        layers: Iterable[Layer],
    ) -> None:
        """Check that every id that is named exists."""
        if article:
            self._known(self.file_of_events(), "article.source", "sources", [article.source])
        for event in events:
            file = self.file_of[event.id]
            self._known(file, f"{event.id}.actors", "actors", event.actors)
            if event.said_by != schema.ARTICLE:
                self._known(file, f"{event.id}.said_by", "actors", [event.said_by])
            self._known(file, f"{event.id}.via", "actors", [event.via] if event.via else [])
            self._known(file, f"{event.id}.places", "places", [link.id for link in event.places])
        for fact in facts:
            self._known(BACKGROUND, f"{fact.id}.sources", "sources", fact.sources)
            self._known(BACKGROUND, f"{fact.id}.places", "places", fact.places)
            self._known(BACKGROUND, f"{fact.id}.explains", "events", fact.explains)
            self._known(BACKGROUND, f"{fact.id}.differs", "events", fact.differs)
        for actor in actors:
            self._known(ACTORS, f"{actor.id}.of", "actors", [actor.of] if actor.of else [])
        for place in (place for layer in layers for place in layer.places):
            file = self.file_of[place.id]
            self._known(file, f"{place.id}.sources", "sources", place.sources)
            self._known(file, f"{place.id}.within", "places", place.within)
            for number, status in enumerate(place.statuses):
                self._known(file, f"{place.id}.statuses[{number}].sources", "sources", status.sources)

    def file_of_events(self) -> str:
        return next((self.file_of[name] for name in sorted(self.ids["events"])), EVENTS)

    def _known(self, file: str, path: str, kind: str, names: Iterable[str]) -> None:
        for name, count in sorted(Counter(names).items()):
            if count > 1:
                self.files.report(
                    Issue("the id is named twice", short_repr(name), "name it once", where=path, file=file)
                )
            if kind not in self.unread and name not in self.ids[kind]:
                what = f"there is no such {kind.removesuffix('s')}"
                self.files.report(
                    Issue(
                        what,
                        short_repr(name),
                        f"correct the id, or add it to the {kind}",
                        where=path,
                        file=file,
                    )
                )


def find(text: str, passage: schema.WrittenPassage) -> list[int]:
    """Return the first few offsets at which a passage stands in ``text``, between its prefix and suffix."""
    found: list[int] = []
    exact, prefix, suffix = passage.exact, passage.prefix, passage.suffix
    start = text.find(exact)
    while start >= 0 and len(found) < _MANY:
        before = start - len(prefix)
        if before >= 0 and text.startswith(prefix, before) and text.startswith(suffix, start + len(exact)):
            found.append(start)
        start = text.find(exact, start + 1)
    return found


def _unfound(text: str, passage: schema.WrittenPassage) -> Issue:
    """Say why a passage was not found, and up to where it agrees with the article."""
    what, fix = "the passage is not in the article", "copy it letter by letter"
    exact = passage.exact
    whole = f"{passage.prefix}{exact}{passage.suffix}"
    if unlike := difference(exact, text) or (difference(whole, text) if exact in text else None):
        place, letters = unlike
        part = "character" if exact not in text else "with prefix and suffix, character"
        got = short_repr(_around(whole if exact in text else exact, place))
        return Issue(f"{what}: {part} {place} is {letters}", got, fix)
    if exact in text:
        return Issue(what, "the words, but not between that prefix and suffix", fix)
    agreed = bisect_left(range(len(exact)), x=True, key=lambda end: exact[: end + 1] not in text)
    return Issue(what, f"{short_repr(_around(exact, agreed))}, which differs at character {agreed + 1}", fix)


def _around(text: str, place: int) -> str:
    return text[max(0, place - 20) : place + 20]


def _told(item: schema.WrittenEvent, day: date) -> When:
    """Read an event's time, as far as an article of ``day`` can vouch for it.

    Of what has happened, nothing is later than the article. Of what may come, nothing later is sure.
    """
    when = _worded(item.when)
    if when.latest is not None and when.latest > day:
        if item.kind in TOLD and (when.earliest is None or when.earliest <= day):
            when = replace(when, latest=day)
        elif not when.throughout:
            return replace(when, uncertain=True)
    return replace(when, sure_to=min(when.sure_to or day, day)) if when.throughout else when


def _worded(written: schema.WrittenWhen) -> When:
    """Return a time with the article's words for it."""
    return replace(written.edtf, text=written.text, basis=written.basis)


def _names(names: schema.WrittenNames) -> Names:
    return Names(names.en, names.ar, names.tr, names.ru)


def _count(value: Any) -> int:
    """Count the lists nested in features' geometries: about the number of positions, and never fewer."""
    todo = [
        geometry.get("coordinates")
        for feature in value
        if isinstance(feature, dict) and isinstance(geometry := feature.get("geometry"), dict)
    ]
    count = 0
    while todo:
        item = todo.pop()
        if isinstance(item, list) and item and isinstance(item[0], list):
            todo.extend(item)
        else:
            count += 1
    return count

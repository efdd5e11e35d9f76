"""Reads the profile, ``data/map.yaml``; each entry by itself, so that one fault does not hide the others.

An entry at fault is used without the keys that are wrong, so that what refers to it is not at fault as well.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import fields, replace
from difflib import get_close_matches
from functools import cache
from typing import TYPE_CHECKING, Any, TypeVar, get_type_hints

from mapapp.core.names import Names
from mapapp.core.profile import (
    ActorKind,
    Changes,
    EventKind,
    LayerProfile,
    ModalityProfile,
    NameLook,
    NameRank,
    PlaceKind,
    Profile,
    QuantityKind,
    Side,
    Style,
)
from mapapp.data import profile_schema as schema
from mapapp.data.fields import FactKey, Id, NamesByLanguage
from mapapp.data.files import MOST_ITEMS
from mapapp.data.parse import first_key, parse, parse_value, unknown_key
from mapapp.data.profile_checks import profile_issues
from mapapp.errors import Issue, short_repr

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from mapapp.data.files import Files

FILE = "data/map.yaml"
_NO_LANGUAGE = "und-Zzzz"  # of what stands in for a text at fault: undetermined, as its script
_ANY_SHAPE = ["area", "line", "point"]
_KINDS: dict[str, type] = {
    "place_kinds": schema.PlaceKindEntry,
    "event_kinds": schema.EventKindEntry,
    "modalities": schema.ModalityEntry,
    "actor_kinds": schema.ActorKindEntry,
    "quantities": schema.QuantityKindEntry,
}
_TEXTS: dict[str, Any] = {"statuses": Id, "place_facts": FactKey}
_KEYS = [field.name for field in fields(schema.ProfileEntry)]
# What the rest of the folder refers to.
_DEFINING = frozenset({"languages", "title", "layers", *_KINDS, *_TEXTS})
_DEFINING_OF_ENTRY = frozenset({"id", "role", "time", "changes", "disputed", "future", "by", "outlet"})
_MAPPING = Issue("expected a mapping of keys to values", fix="write one key a line")

T = TypeVar("T")


def read_profile(files: Files) -> Profile | None:
    """Return the profile of a data folder; ``None`` if it has none, or a part of it that cannot be read.

    Everything wrong is reported.
    """
    if not files.has(FILE):
        return None
    value = files.yaml(FILE)
    if not isinstance(value, dict):
        if value is not None:
            fix = "give it the keys title and layers"
            files.report(replace(_MAPPING, got=short_repr(value), fix=fix, file=FILE))
        return None
    reader = _Reader(files, value)
    made = reader.profile()
    return made if reader.is_whole else None


def profile_of(files: Files, value: dict[str, Any]) -> Profile:
    """Return the profile that plain values describe, as ``data/map.yaml`` would hold them."""
    return _Reader(files, value).profile()


class _Reader:
    """Reads one profile.

    Attributes
    ----------
    is_whole
        Whether all parts could be read: of a vocabulary that could not, nothing is known.
    """

    def __init__(self, files: Files, value: dict[str, Any]) -> None:
        self._files, self._value = files, value
        self.is_whole = True

    def profile(self) -> Profile:
        """Return the profile, and report everything wrong with it."""
        for key in self._value.keys() - {*_KEYS}:
            self._report(unknown_key(key, self._value[key], _KEYS), "")
            self._lose({key}, self._value, _DEFINING)
        head = self._head()
        kinds: dict[str, dict[str, Any]] = {name: self._kinds(name, _KINDS[name]) for name in _KINDS}
        texts = {name: self._texts(name, key) for name, key in _TEXTS.items()}
        layers = self._layers()
        title = head.get("title")
        languages = head.get("languages") or tuple(title or (_NO_LANGUAGE,))[:1]
        made = Profile(
            title=Names(title) if title else None,
            lead=Names(head["lead"]) if "lead" in head else None,
            languages=languages,
            home=head.get("home"),
            layers={entry.id: _layer(entry) for entry in layers},
            listed=self._listed(head.get("panel", ()), layers),
            place_kinds={key: _place_kind(entry) for key, entry in kinds["place_kinds"].items()},
            event_kinds={key: _event_kind(entry) for key, entry in kinds["event_kinds"].items()},
            modalities={
                key: ModalityProfile(Names(entry.label), entry.by == "article")
                for key, entry in kinds["modalities"].items()
            },
            actor_kinds={
                key: ActorKind(Names(entry.label), entry.outlet)
                for key, entry in kinds["actor_kinds"].items()
            },
            statuses=texts["statuses"],
            quantities={key: _quantity(key, entry) for key, entry in kinds["quantities"].items()},
            place_facts=texts["place_facts"],
        )
        for issue in profile_issues(made) if self.is_whole else ():
            self._report(issue, "")
        return made

    def _report(self, issue: Issue, where: str) -> None:
        self._files.report(issue.at(where, FILE))

    def _head(self) -> dict[str, Any]:
        """Return the valid ones of the keys that are not lists of entries."""
        found = {}
        for key, kind in _head_types().items():
            value = self._value.get(key)
            if value is None:
                if key == "title":
                    self._report(Issue("the key is missing", fix="add it"), key)
                    self.is_whole = self.is_whole and bool(self._value.get("languages"))
                continue
            made = parse_value(kind, value)
            if not isinstance(made, list):
                found[key] = made
                continue
            for issue in made:
                self._report(issue, key)
            # without languages, those of the title count
            if key == "languages" or (key == "title" and not self._value.get("languages")):
                self.is_whole = False
        return found

    def _entry(self, entry: type[T], value: object, where: str, usual: dict[str, Any]) -> T | None:
        """Return an entry, if need be without the keys that are wrong, of which ``usual`` replaces some."""
        made = parse(entry, value)
        if not isinstance(made, list):
            return made
        for issue in made:
            self._report(issue, where)
        wrong = {first_key(issue.where) for issue in made}
        kept = (
            {key: part for key, part in value.items() if key not in wrong} if isinstance(value, dict) else {}
        )
        mended = parse(entry, {**usual, **kept})
        self._lose(wrong, kept, _DEFINING_OF_ENTRY)
        if isinstance(mended, list):
            self.is_whole = False
            return None
        return mended

    def _lose(self, wrong: Iterable[str], kept: Iterable[str], defining: frozenset[str]) -> None:
        """Note that the profile is not whole if a wrong key is, or seems to be, one that others rely on."""
        missing = defining - {*kept}
        if any(key in missing or get_close_matches(key, missing, 1) for key in wrong):
            self.is_whole = False

    def _kinds(self, name: str, entry: type[T]) -> dict[str, T]:
        """Return the entries of one of the vocabularies."""
        made = {}
        for key, value in self._items(name, Id):
            usual = {"label": {_NO_LANGUAGE: "{who}" if name == "modalities" else key}}
            if parsed := self._entry(entry, value, f"{name}.{key}", usual):
                made[key] = parsed
        return made

    def _texts(self, name: str, key_type: Any) -> dict[str, Names]:
        made = {}
        for key, value in self._items(name, key_type):
            text = parse_value(NamesByLanguage, value)
            for issue in text if isinstance(text, list) else ():
                self._report(issue, f"{name}.{key}")
            made[key] = Names({_NO_LANGUAGE: key} if isinstance(text, list) else text)
        return made

    def _items(self, name: str, key_type: Any) -> Iterator[tuple[str, object]]:
        """Yield the entries of a mapping, with valid keys or not."""
        value = self._value.get(name)
        if value is None:
            return
        if not isinstance(value, dict):
            self._report(replace(_MAPPING, got=short_repr(value)), name)
            self.is_whole = False
            return
        if len(value) > MOST_ITEMS:
            self._files.shorten(FILE, len(value))
            self.is_whole = False
        for key, item in [*value.items()][:MOST_ITEMS]:
            wrong = parse_value(key_type, key)
            for issue in wrong if isinstance(wrong, list) else ():
                self._report(issue, name)
            yield key, item

    def _layers(self) -> list[schema.LayerEntry]:
        """Return the layers, each id once."""
        value = self._value.get("layers")
        if not isinstance(value, list) or not value:
            got = "" if value is None else short_repr(value)
            fix = "list one for each file of data/geo, bottom first"
            self._report(Issue("the profile lists no layers", got, fix), "layers")
            self.is_whole = False
            return []
        if len(value) > MOST_ITEMS:
            self._files.shorten(FILE, len(value))
            self.is_whole = False
        made: dict[str, schema.LayerEntry] = {}
        counts: Counter[str] = Counter()
        for number, item in enumerate(value[:MOST_ITEMS]):
            name = item.get("id") if isinstance(item, dict) else None
            where = f"layers.{name}" if isinstance(name, str) and name else f"layers[{number}]"
            usual = {
                "group": "background",
                "label": {_NO_LANGUAGE: str(name)},
                "style": {},
                "shape": _ANY_SHAPE,
            }
            if entry := self._entry(schema.LayerEntry, item, where, usual):
                counts[entry.id] += 1
                made.setdefault(entry.id, entry)
        for name, count in counts.items():
            if count > 1:
                issue = Issue("the layer is listed more than once", f"{count} times", "list it once")
                self._report(issue, f"layers.{name}")
        return [*made.values()]

    def _listed(self, panel: Sequence[str], layers: list[schema.LayerEntry]) -> tuple[str, ...]:
        """Return the order of the panel: as the profile says, then the other layers, topmost first."""
        ids = [entry.id for entry in reversed(layers)]
        for name in panel:
            if name not in ids and self.is_whole:
                self._report(Issue("unknown layer", short_repr(name), f"use {', '.join(ids)}"), "panel")
        for name, count in Counter(panel).items():
            if count > 1:
                issue = Issue("the layer is listed more than once", short_repr(name), "list it once")
                self._report(issue, "panel")
        return tuple(dict.fromkeys([*(name for name in panel if name in ids), *ids]))


@cache
def _head_types() -> dict[str, Any]:
    """Return the types of the keys of a profile that are not lists of entries."""
    types = get_type_hints(schema.ProfileHead, include_extras=True)
    return {field.name: types[field.name] for field in fields(schema.ProfileHead)}


def style_of(entry: schema.StyleEntry, base: Style) -> Style:
    """Return a style that differs from ``base`` in what the entry says."""
    changed: dict[str, Any] = {
        "stroke": entry.edge,
        "width": entry.width,
        "fill": entry.fill,
        "opacity": entry.opacity,
        "hatch": entry.hatch,
        "band": entry.band,
    }
    made = replace(base, **{key: value for key, value in changed.items() if value is not None})
    if entry.fill == "none":
        made = replace(made, fill=None)
    if entry.dash is not None:
        made = replace(made, dash=" ".join(f"{part:g}" for part in entry.dash) or None)
    return made


def _layer(entry: schema.LayerEntry) -> LayerProfile:
    base = style_of(entry.style, Style("ink", 1))
    names = None if entry.names == "none" else entry.names
    return LayerProfile(
        id=entry.id,
        group=entry.group,
        labels=Names(entry.label),
        shapes=entry.shape,
        style=base,
        role=entry.role,
        snapshot=entry.time == "snapshot",
        main=entry.main,
        reference=entry.reference,
        in_key=entry.in_key,
        badges=entry.badges,
        on_land=entry.on_land,
        covers=entry.covers,
        kinds={kind: style_of(style, base) for kind, style in (entry.kinds or {}).items()},
        statuses={status: style_of(style, base) for status, style in (entry.statuses or {}).items()},
        look=_look(names) if names else NameLook(),
        rank=NameRank(names.rank, *names.zoom) if names else None,
        short=bool(names and names.short),
        once=bool(names and names.once),
        headline=Names(entry.headline) if entry.headline else None,
        unmarked=Names(entry.unmarked) if entry.unmarked else None,
        feature_class=entry.feature_class,
        changes=_changes(entry.changes) if entry.changes else None,
    )


def _look(names: schema.LayerNamesEntry) -> NameLook:
    return NameLook(names.size, names.weight, names.spread, names.color, names.italic, names.upper)


def _changes(entry: schema.ChangesEntry) -> Changes:
    lost, gained = (Side(side.kind, Names(side.note)) for side in (entry.lost, entry.gained))
    return Changes(entry.of, entry.kind, entry.contested, lost, gained, Names(entry.names))


def _place_kind(entry: schema.PlaceKindEntry) -> PlaceKind:
    name = entry.name if isinstance(entry.name, schema.KindNameEntry) else None
    return PlaceKind(
        Names(entry.label),
        entry.symbol,
        named=entry.name != "none",
        disputed=entry.disputed,
        great=bool(name and name.great),
        rank=NameRank(name.rank, *name.zoom) if name else None,
        key=Names(entry.key) if entry.key else None,
        key_when={status: Names(text) for status, text in (entry.key_when or {}).items()},
        holder=Names(entry.holder) if entry.holder else None,
        aat=(f"{entry.aat.id:.0f}", entry.aat.term) if entry.aat else None,
    )


def _event_kind(entry: schema.EventKindEntry) -> EventKind:
    return EventKind(Names(entry.label), entry.symbol, entry.future, entry.modality, entry.incidents)


def _quantity(key: str, entry: schema.QuantityKindEntry) -> QuantityKind:
    tag = entry.hxl or f"#indicator+{key.replace('-', '_')}"
    return QuantityKind(Names(entry.label), Names(entry.unit) if entry.unit else None, tag)

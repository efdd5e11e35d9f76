"""Checks the parts of a profile against each other: names that must exist, and texts with placeholders."""

from __future__ import annotations

import re
from dataclasses import fields
from typing import TYPE_CHECKING

from mapapp.data.schema import PlaceEntry
from mapapp.errors import Issue, short_repr

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from mapapp.core.names import Names
    from mapapp.core.profile import Changes, LayerProfile, ModalityProfile, NameRank, Profile

# What an address, an export or the page calls something else by.
RESERVED_LAYERS = frozenset(
    {
        *("about", "all", "article", "background", "event-places", "event-points", "events", "facts"),
        *("incidents", "none", "quantities", "sources", "statuses"),
    }
)
# Properties and columns that every place has.
_COLUMNS = frozenset(
    {
        *(field.name for field in fields(PlaceEntry)),
        *("articles", "certainty", "earliest", "fid", "geom", "geometry", "in_article", "latest", "layer"),
        *("place", "status", "status_when"),
    }
)
_COLUMN_OF_ALL = re.compile("name_|earliest_|latest_|reviewed_")  # how further ones begin
_WHO, _VALUE = "{who}", "{n}"
_DATES = ("{first}", "{last}")
_PLACEHOLDER = re.compile(r"\{[^{}]*\}")


def is_reserved(key: str) -> bool:
    """Return whether a key is that of a property or column that every place has."""
    return key in _COLUMNS or _COLUMN_OF_ALL.match(key) is not None


def profile_issues(profile: Profile) -> Iterator[Issue]:
    """Yield what is wrong between the entries of a profile, each with its path in the file."""
    for layer in profile.layers.values():
        for issue in _layer_issues(profile, layer):
            yield issue.at(f"layers.{layer.id}")
    for kind, place_kind in profile.place_kinds.items():
        yield from _zoom_issues(place_kind.rank, f"place_kinds.{kind}.name.zoom")
        for status in place_kind.key_when:
            yield from _unknown("status", status, profile.statuses, f"place_kinds.{kind}.key_when")
    for kind, event_kind in profile.event_kinds.items():
        if event_kind.modality:
            where = f"event_kinds.{kind}.modality"
            yield from _unknown("modality", event_kind.modality, profile.modalities, where)
    yield from _placeholder_issues(profile)
    for where, text, known in _texts_with_placeholders(profile):
        yield from _unfilled_issues(text, known, where)
    yield from _land_issues(profile)
    yield from _language_issues(profile)


def _unknown(what: str, name: str, known: Iterable[str], where: str) -> Iterator[Issue]:
    """Yield an issue if a name is not among the known ones."""
    known = [*known]
    if name not in known:
        choice = f"use {', '.join(known)}, or add it" if known else "add it"
        yield Issue(f"unknown {what}", short_repr(name), choice, where=where)


def _layer_issues(profile: Profile, layer: LayerProfile) -> Iterator[Issue]:
    if layer.id in RESERVED_LAYERS:
        yield Issue("the id is reserved", short_repr(layer.id), "choose another", where="id")
    for kind in layer.kinds:
        yield from _unknown("kind", kind, profile.place_kinds, "kinds")
    for status in layer.statuses:
        yield from _unknown("status", status, profile.statuses, "statuses")
    yield from _zoom_issues(layer.rank, "names.zoom")
    if layer.changes:
        for issue in _changes_issues(profile, layer.changes):
            yield issue.at("changes")


def _zoom_issues(rank: NameRank | None, where: str) -> Iterator[Issue]:
    if rank and rank.low > rank.high:
        got = f"{rank.low:g}, {rank.high:g}"
        yield Issue("the first zoom level is after the last", got, "exchange them", where=where)


def _changes_issues(profile: Profile, changes: Changes) -> Iterator[Issue]:
    yield from _unknown("layer", changes.of, profile.layers, "of")
    of = profile.layers.get(changes.of)
    if of and not of.snapshot:
        fix = "write time: snapshot in that layer"
        yield Issue("the layer has no snapshots to compare", short_repr(of.id), fix, where="of")
    kinds = {
        "kind": changes.kind,
        "contested": changes.contested,
        "lost.kind": changes.lost.kind,
        "gained.kind": changes.gained.kind,
    }
    for where, kind in kinds.items():
        if kind:
            yield from _unknown("kind", kind, profile.place_kinds, where)
    for language, text in changes.names.texts.items():
        if "{first}" not in text or "{last}" not in text:
            fix = "write {first} and {last} where the dates go"
            what = "the name does not say between which dates"
            yield Issue(what, short_repr(text), fix, where=f"names.{language}")


def _placeholder_issues(profile: Profile) -> Iterator[Issue]:
    for name, modality in profile.modalities.items():
        for issue in _speaker_issues(modality):
            yield issue.at(f"modalities.{name}")
    for key, text in profile.place_facts.items():
        for issue in _value_issues(key, text):
            yield issue.at(f"place_facts.{key}")


def _texts_with_placeholders(profile: Profile) -> Iterator[tuple[str, Names | None, tuple[str, ...]]]:
    """Yield each text of a profile, where it is, and the placeholders that are filled in in it."""
    yield "title", profile.title, ()
    yield "lead", profile.lead, ("{date}",)
    for layer in profile.layers.values():
        for where, text, known in _layer_texts(layer):
            yield f"layers.{layer.id}.{where}", text, known
    labels = {
        "place_kinds": {name: kind.labels for name, kind in profile.place_kinds.items()},
        "event_kinds": {name: kind.labels for name, kind in profile.event_kinds.items()},
        "modalities": {name: modality.labels for name, modality in profile.modalities.items()},
        "actor_kinds": {name: kind.labels for name, kind in profile.actor_kinds.items()},
        "quantities": {name: kind.labels for name, kind in profile.quantities.items()},
    }
    for section, kinds in labels.items():
        known = (_WHO,) if section == "modalities" else ()
        yield from ((f"{section}.{name}.label", text, known) for name, text in kinds.items())
    for name, place_kind in profile.place_kinds.items():
        yield f"place_kinds.{name}.key", place_kind.key, ()
        yield f"place_kinds.{name}.holder", place_kind.holder, ()
        for status, text in place_kind.key_when.items():
            yield f"place_kinds.{name}.key_when.{status}", text, ()
    yield from ((f"statuses.{name}", text, ()) for name, text in profile.statuses.items())
    yield from ((f"quantities.{name}.unit", kind.unit, ()) for name, kind in profile.quantities.items())
    yield from ((f"place_facts.{name}", text, (_VALUE,)) for name, text in profile.place_facts.items())


def _layer_texts(layer: LayerProfile) -> Iterator[tuple[str, Names | None, tuple[str, ...]]]:
    yield "label", layer.labels, ()
    yield "headline", layer.headline, ()
    yield "unmarked", layer.unmarked, ()
    if layer.changes:
        known = (*_DATES, _VALUE)
        yield "changes.names", layer.changes.names, known
        yield "changes.lost.note", layer.changes.lost.note, known
        yield "changes.gained.note", layer.changes.gained.note, known


def _unfilled_issues(text: Names | None, known: tuple[str, ...], where: str) -> Iterator[Issue]:
    """Check that a text has no placeholder that would stay as it is."""
    for language, words in text.texts.items() if text else ():
        if wrong := [found for found in _PLACEHOLDER.findall(words) if found not in known]:
            fix = f"use {', '.join(known)}, or no braces" if known else "write it without braces"
            what = "the text has a placeholder that nothing fills in"
            yield Issue(what, short_repr(wrong[0]), fix, where=f"{where}.{language}")


def _speaker_issues(modality: ModalityProfile) -> Iterator[Issue]:
    """Check that the label of what an actor says has a place for the speaker, and no other label has."""
    for language, label in modality.labels.texts.items():
        where = f"label.{language}"
        if modality.by_article and _WHO in label:
            what = "the label of what the article itself says names a speaker"
            yield Issue(what, short_repr(label), "remove {who}, or by: article", where=where)
        elif not modality.by_article and _WHO not in label:
            fix = "write {who} where the speaker's name goes, or add by: article"
            yield Issue("the label does not say who speaks", short_repr(label), fix, where=where)


def _value_issues(key: str, text: Names) -> Iterator[Issue]:
    """Check a further value of places: its key, and that its text has a place for it."""
    if is_reserved(key):
        yield Issue("the key is reserved", short_repr(key), "choose another")
    for language, words in text.texts.items():
        if _VALUE not in words:
            fix = f"write {_VALUE} where it goes"
            yield Issue("the text has no place for the value", short_repr(words), fix, where=language)


def _land_issues(profile: Profile) -> Iterator[Issue]:
    having = sorted(profile.having("land"))
    if len(having) > 1:
        got = ", ".join(having)
        yield Issue("more than one layer has the role land", got, "give it to one", where="layers")


def _language_issues(profile: Profile) -> Iterator[Issue]:
    """Check that the texts of the profile are in its first language."""
    for where, text in _texts(profile):
        if text and profile.languages and profile.languages[0] not in text.texts:
            first = profile.languages[0]
            fix = f"add it in {first}: the first of languages stands in for the others"
            yield Issue(
                "the text is not in the map's first language", ", ".join(text.texts), fix, where=where
            )


def _texts(profile: Profile) -> Iterator[tuple[str, Names | None]]:
    """Yield the texts that stand for the whole map."""
    yield "title", profile.title
    yield "lead", profile.lead

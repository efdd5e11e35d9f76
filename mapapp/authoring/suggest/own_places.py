"""The places of a data folder, by their names in any language."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from mapapp.authoring.name_keys import name_key
from mapapp.authoring.suggest_tables import suggest_table

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mapapp.core.model import Atlas, Place

_IN_BRACKETS = re.compile(r"^(.*?)\s*\((.*?)\)\s*$")
_NUMBERED = re.compile(r"(?<!\w)[A-Z]{1,2}-?\d+(?!\w)")  # of a road
_ENDING = 2  # letters at the end of a word that may change


@dataclass(frozen=True)
class OwnPlace:
    """A place of the folder; ``names`` in the order of its languages, ``position`` (lon, lat) in degrees."""

    id: str
    names: tuple[str, ...]
    tags: tuple[str, ...]
    position: tuple[float, float]
    is_area: bool
    feature_class: str

    def name_in(self, language: str) -> str:
        """Return its name in a language, or else its first."""
        tag = language.partition("-")[0]
        return self.names[self.tags.index(tag)] if tag in self.tags else self.names[0]


@dataclass(frozen=True)
class OwnPlaces:
    """The places of a folder.

    Attributes
    ----------
    by_key
        Their ids, by the keys of their names.
    kinds
        For each kind whose name has several words: the pattern of its words, its name, and its places.
    """

    places: Mapping[str, OwnPlace]
    by_key: Mapping[str, tuple[str, ...]]
    kinds: tuple[tuple[re.Pattern[str], str, tuple[str, ...]], ...]


def own_places(atlas: Atlas | None, language: str) -> OwnPlaces:
    """Return the places of a folder; none if there is no folder yet.

    Parameters
    ----------
    language
        BCP 47 tag of the article, in which kinds of places are looked for.
    """
    if atlas is None:
        return OwnPlaces({}, {}, ())
    places: dict[str, OwnPlace] = {}
    by_key: dict[str, list[str]] = {}
    by_kind: dict[str, list[str]] = {}
    for layer in atlas.layers:
        profile = atlas.profile.layers[layer.id]
        if profile.changes or profile.role == "land":
            continue
        for place in layer.places:
            point = place.geometry.representative_point()
            places[place.id] = OwnPlace(
                place.id, tuple(place.names.texts.values()), tuple(place.names.texts),
                (round(point.x, 5), round(point.y, 5)),
                place.geometry.geom_type not in ("Point", "MultiPoint"), profile.feature_class,
            )  # fmt: skip
            by_kind.setdefault(place.kind, []).append(place.id)
            for name in _names(place):
                if place.id not in by_key.setdefault(name_key(name), []):
                    by_key[name_key(name)].append(place.id)
    by_key.pop("", None)
    return OwnPlaces(
        places, {key: tuple(ids) for key, ids in by_key.items()}, tuple(_kinds(atlas, language, by_kind))
    )


def _names(place: Place) -> Iterator[str]:
    """Yield the names of a place, of any time, with and without what is in brackets."""
    for names in (place.names, *(dated.names for dated in place.names_when)):
        for name in names.texts.values():
            yield name
            if match := _IN_BRACKETS.match(name):
                yield from match.groups()
            yield from _NUMBERED.findall(name)


def _kinds(
    atlas: Atlas, language: str, by_kind: Mapping[str, list[str]]
) -> Iterator[tuple[re.Pattern[str], str, tuple[str, ...]]]:
    table = suggest_table(language)
    for kind, ids in by_kind.items():
        profile = atlas.profile.place_kinds.get(kind)
        if profile is None:
            continue
        label = profile.labels.text(language)
        words = re.findall(r"\w[\w-]*", table.plain(label))
        if len(words) < 2 or len(ids) > 30:  # noqa: PLR2004 - one word alone says too little
            continue
        stems = [re.escape(word[: max(len(word) - _ENDING, 4)]) for word in words[-2:]]
        yield re.compile(rf"(?<!\w){stems[0]}\w*[ ]{stems[1]}\w*"), label, tuple(ids)

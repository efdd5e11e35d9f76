"""What the author's panel shows of the suggestions for an article, and which of them the author dropped."""

from __future__ import annotations

import json
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from mapapp.authoring.browser_offsets import browser_offset
from mapapp.authoring.save import OWN, read_bytes
from mapapp.core.edtf import read_when
from mapapp.core.language_tables import DEFAULT_LANGUAGE, cldr_locale
from mapapp.data.atomic_write import write
from mapapp.text.dates import when_words

if TYPE_CHECKING:
    from pathlib import Path

    from mapapp.authoring.suggest.model import (
        Candidate,
        DraftStatement,
        PlaceMention,
        SpeakerMention,
        Suggestions,
        TimeMention,
    )

_DROPPED = f"{OWN}/dropped.json"
_SOURCES = {"geonames": "GeoNames", "natural-earth": "Natural Earth"}


def suggestion_items(found: Suggestions, text: str) -> dict[str, Any]:
    """Return the suggestions for an article: times, places, speakers, and kinds of statements.

    Each has ``start`` and ``end``, offsets in the article's text as a browser counts, end excluded. Times
    that could not be read, and places that nothing knows, are left out.
    """

    def where(mention: TimeMention | PlaceMention | SpeakerMention | DraftStatement) -> dict[str, Any]:
        return {"start": browser_offset(text, mention.start), "end": browser_offset(text, mention.end)}

    def words(mention: TimeMention | PlaceMention | SpeakerMention) -> dict[str, Any]:
        return {**where(mention), "words": mention.words}

    return {
        "times": [
            {
                **words(one),
                "edtf": one.edtf,
                "basis": one.basis,
                "reading": when_words(read_when(one.edtf)),
                "rule": one.rule,
            }
            for one in found.times
            if one.edtf is not None
        ],
        "places": [
            {**words(one), "candidates": [*map(candidate_item, one.candidates)], "all": one.all_of_them}
            for one in found.places
            if one.candidates
        ],
        "speakers": [{**words(one), "actors": [*one.actors]} for one in found.speakers],
        "kinds": [{**where(one), "kind": one.kind} for one in found.statements if one.kind],
    }


def candidate_item(candidate: Candidate) -> dict[str, Any]:
    """Return a place that words may mean as the panel lists it."""
    item = {
        "id": candidate.id,
        "own": candidate.own,
        "name": candidate.name,
        "class": candidate.feature_class,
        "km": candidate.distance_km,
    }
    if candidate.own:  # the panel knows the rest
        return item
    return item | {
        "country": country_name(candidate.country),
        "population": candidate.population,
        "lon": candidate.lon,
        "lat": candidate.lat,
        "source": _SOURCES[candidate.id.partition(":")[0]],
    }


def country_name(code: str) -> str:
    """Return the name of a country in the language of the panel; the code itself if it has none."""
    locale = cldr_locale(DEFAULT_LANGUAGE)
    return str(locale.territories.get(code, code)) if locale and code else ""


def read_dropped(root: Path) -> list[dict[str, Any]]:
    """Return the suggestions that were dropped; none if what was kept of them cannot be read."""
    with suppress(ValueError):
        value = json.loads(read_bytes(root / _DROPPED) or b"[]")
        if isinstance(value, list) and all(isinstance(one, dict) for one in value):
            return value
    return []


def drop(root: Path, suggestion: dict[str, Any]) -> list[dict[str, Any]]:
    """Keep a suggestion as dropped, and return all that are."""
    kept = [one for one in read_dropped(root) if one != suggestion]
    return _keep(root, [*kept, suggestion])


def restore_dropped(root: Path) -> list[dict[str, Any]]:
    """Suggest again what was dropped."""
    return _keep(root, [])


def _keep(root: Path, dropped: list[dict[str, Any]]) -> list[dict[str, Any]]:
    write(root / _DROPPED, json.dumps(dropped, ensure_ascii=False).encode())
    return dropped

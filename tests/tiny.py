"""A small, valid data folder for tests to break."""

from __future__ import annotations

import hashlib
import json
from copy import deepcopy
from functools import cache
from pathlib import Path
from typing import Any

import yaml

ARTICLE = """ date 2020-02-19 Clashes went on in Northland. Southland says the truce was broken, \
and threatened war "at any moment", its leader said on Wednesday.

Talks on Northland

In September 2018, both agreed in Rivertown on a quiet zone. Its soldiers must leave by the end of February. \
The zone is guarded, and the zone is wide."""

SEED = "seeds/northland-2020-02-19.txt"
EVENTS = "data/events/northland-2020-02-19.yaml"
PROFILE = "data/map.yaml"


def names(name: str) -> dict[str, str]:
    """Return one name for all four languages."""
    return dict.fromkeys(("en", "ar", "tr", "ru"), name)


def box(west: float, south: float, east: float, north: float) -> dict[str, Any]:
    """Return a rectangle, counter-clockwise."""
    ring = [[west, south], [east, south], [east, north], [west, north], [west, south]]
    return {"type": "Polygon", "coordinates": [ring]}


def feature(name: str, geometry: dict[str, Any], **more: Any) -> dict[str, Any]:
    """Return one feature with all properties a place needs."""
    properties = {
        "id": name,
        "names": names(name.title()),
        "kind": "area",
        "valid": "../..",
        "basis": "traced",
        "tolerance_km": 2,
        "confidence": "medium",
        "sources": ["map"],
        "note": "",
        **more,
    }
    return {"type": "Feature", "id": name, "properties": properties, "geometry": geometry}


def point(lon: float, lat: float) -> dict[str, Any]:
    """Return a point."""
    return {"type": "Point", "coordinates": [lon, lat]}


def _layers() -> dict[str, list[dict[str, Any]]]:
    open_2018 = {"status": "open", "when": "2018-01-01/2020-02-07", "sources": ["map"]}
    surrounded = {"status": "surrounded", "when": "2020-02-08/..", "sources": ["map"]}
    return {
        "land": [feature("land", box(30, 30, 45, 40))],
        "countries": [feature("syria", box(36, 34, 40, 37)), feature("farland", box(30, 36, 35.5, 39))],
        "governorates": [
            feature("northland", box(36, 35.5, 40, 37), within=["syria"]),
            feature("southland", box(36, 34, 40, 35.5), within=["syria"]),
        ],
        "zones": [
            feature(
                "zone-idlib",
                box(37, 35.2, 38, 36),
                valid="2017-05-04/..",
                within=["northland", "southland", "syria"],
                statuses=[
                    {"status": "agreed", "when": "2017-05-04/..", "sources": ["map"]},
                    {"status": "in-force", "when": "2017-09-15/..", "sources": ["map"]},
                ],
            )
        ],
        "control": [
            feature("held-2018", box(37, 35.2, 38, 36), valid="2018-09-17/2019-05-05"),
            feature("held-2020", box(37, 35.4, 37.8, 36), valid="2020-02-17/2020-02-22"),
        ],
        "posts": [
            feature(
                "post-one",
                point(37.5, 35.5),
                kind="observation-post",
                valid="2018-01-01/..",
                within=["zone-idlib", "northland", "syria"],
                statuses=[open_2018, surrounded],
            )
        ],
        "roads": [
            feature("road-one", {"type": "LineString", "coordinates": [[36.5, 34.5], [37.5, 36.5]]}, ref="M1")
        ],
        "towns": [
            feature("rivertown", point(37.2, 35.6), kind="town", within=["northland", "syria"], geonames=42),
            feature("faraway", point(32.8, 37.0), kind="capital", within=["farland"]),
        ],
    }


def _events() -> list[dict[str, Any]]:
    today = {"edtf": "2020-02-19", "text": "says", "basis": "article-date"}
    return [
        {
            "id": "clashes-go-on",
            "title": "Clashes go on",
            "kind": "clashes",
            "modality": "reported",
            "said_by": "article",
            "actors": ["south"],
            "when": {"edtf": "2020-02~/2020-02-19", "text": "went on", "basis": "article-date"},
            "passages": [{"exact": "Clashes went on in Northland."}],
            "places": [{"id": "northland", "role": "subject", "words": "Northland"}],
            "note": "The article gives no first day.",
        },
        {
            "id": "truce-broken",
            "title": "The south says the truce was broken",
            "kind": "statement",
            "modality": "claimed",
            "said_by": "south",
            "via": "gazette",
            "actors": ["south"],
            "when": today,
            "said": {"edtf": "2020-02-19", "text": "on Wednesday"},
            "passages": [
                {"exact": "Southland says the truce was broken"},
                {"exact": "its leader said on Wednesday."},
            ],
            "places": [{"id": "southland", "role": "seat", "words": "Southland"}],
        },
        {
            "id": "war-threatened",
            "title": "The south threatens war",
            "kind": "threat",
            "modality": "threatened",
            "said_by": "leader",
            "actors": ["leader"],
            "when": {"edtf": "2020-02-19/..", "text": "at any moment", "basis": "article-date"},
            "passages": [{"exact": 'and threatened war "at any moment"'}],
            "places": [{"id": "northland", "role": "about", "note": "The only land the article names."}],
        },
        {
            "id": "quiet-zone",
            "title": "Both agree on a quiet zone",
            "kind": "agreement",
            "modality": "reported",
            "said_by": "article",
            "when": {"edtf": "2018-09", "text": "In September 2018"},
            "passages": [{"exact": "In September 2018, both agreed in Rivertown on a quiet zone."}],
            "places": [
                {"id": "rivertown", "role": "site", "words": "Rivertown"},
                {"id": "zone-idlib", "role": "subject", "words": "a quiet zone"},
            ],
        },
        {
            "id": "soldiers-leave",
            "title": "Soldiers must leave",
            "kind": "demand",
            "modality": "demanded",
            "said_by": "leader",
            "actors": ["leader"],
            "when": {
                "edtf": "2020-02-19/2020-02-29",
                "text": "by the end of February",
                "basis": "article-date",
            },
            "passages": [{"exact": "Its soldiers must leave by the end of February."}],
            "places": [{"id": "post-one", "role": "subject", "words": "Its soldiers"}],
        },
        {
            "id": "zone-guarded",
            "title": "The zone is guarded",
            "kind": "control",
            "modality": "reported",
            "said_by": "article",
            "when": {"edtf": "2020-02-19", "text": "is guarded", "basis": "article-date"},
            "passages": [
                {"exact": "The zone is guarded, and"},
                {"exact": "the zone", "prefix": "and ", "suffix": " is wide"},
                {"exact": "is wide."},
            ],
            "places": [{"id": "zone-idlib", "role": "subject", "words": "The zone"}],
        },
    ]


@cache
def _shipped_profile() -> dict[str, Any]:
    text = (Path(__file__).resolve().parents[1] / PROFILE).read_text("utf-8")
    loaded: dict[str, Any] = yaml.load(text, yaml.CSafeLoader)
    return loaded


class Tiny:
    """The folder as values, before it is written. Change what you like, then `write` it.

    Its profile is the shipped one, with places of the kind ``area``; ``None`` leaves it out. ``instead``
    holds the bytes of files to be written as they are; ``None`` leaves the file out.
    """

    def __init__(self) -> None:
        self.profile: dict[str, Any] | None = deepcopy(_shipped_profile())
        self.profile["home"] = "zone-idlib"
        self.profile["place_kinds"]["area"] = {"label": {"en": "Area"}}
        self.article = ARTICLE.encode()
        self.head: dict[str, Any] = {"file": SEED.removeprefix("seeds/"), "source": "paper"}
        self.events = _events()
        self.actors: list[dict[str, Any]] = [
            {"id": "south", "names": names("South"), "kind": "state"},
            {"id": "leader", "names": names("Leader"), "kind": "person", "of": "south"},
            {"id": "gazette", "names": names("Gazette"), "kind": "outlet"},
        ]
        self.facts: list[dict[str, Any]] = [
            {
                "id": "zone-signed",
                "text": "The zone was signed on one day.",
                "when": {"edtf": "2018-09-17"},
                "sources": ["map"],
                "confidence": "high",
                "places": ["zone-idlib"],
                "explains": ["quiet-zone"],
            },
            {
                "id": "truce-later",
                "text": "A new truce came later.",
                "when": {"edtf": "2020-03-05"},
                "sources": ["map"],
                "confidence": "high",
                "differs": ["war-threatened"],
            },
        ]
        source = {"publisher": "P", "date": "2020", "licence": "public domain", "leaning": ""}
        self.sources: list[dict[str, Any]] = [
            {"id": "paper", "title": "The article", **source, "url": "https://example.org/paper"},
            {"id": "map", "title": "The map", **source, "locator": "sheet 1", "no_url": "On paper only"},
        ]
        self.layers = _layers()
        self.members: dict[
            str, dict[str, Any]
        ] = {}  # top-level members of a layer's file, to add or to replace
        self.instead: dict[str, bytes | None] = {}

    def event(self, name: str) -> dict[str, Any]:
        """Return an event as it will be written."""
        return next(event for event in self.events if event["id"] == name)

    def place(self, name: str) -> dict[str, Any]:
        """Return a feature as it will be written."""
        return next(place for layer in self.layers.values() for place in layer if place["id"] == name)

    def write(self, root: Path) -> Path:
        """Write everything below ``root``, and return it."""
        head = {"sha256": hashlib.sha256(self.article).hexdigest(), **self.head}
        files: dict[str, bytes | None] = {
            SEED: self.article,
            EVENTS: _yaml({"article": head, "events": self.events}),
            "data/actors.yaml": _yaml(self.actors),
            "data/background.yaml": _yaml(self.facts),
            "data/sources.yaml": _yaml(self.sources),
            PROFILE: _yaml(self.profile) if self.profile is not None else None,
        }
        for layer, features in self.layers.items():
            collection = {
                "type": "FeatureCollection",
                "name": layer,
                "features": features,
                **self.members.get(layer, {}),
            }
            files[f"data/geo/{layer}.geojson"] = json.dumps(collection, ensure_ascii=False).encode(
                errors="surrogatepass"
            )
        files |= self.instead
        for file, content in files.items():
            (root / file).parent.mkdir(parents=True, exist_ok=True)
            if content is not None:
                (root / file).write_bytes(content)
        return root


SECOND = "قتل 12 جنديا على الأقل في ريفرتاون. وفر 7,000 شخص."


def second_article(tiny: Tiny) -> None:
    """Add an article in another language, with quantities and a draft."""
    content = SECOND.encode()
    tiny.sources.append(
        {
            "id": "second",
            "title": "تقرير عن الشمال",
            "publisher": "وكالة",
            "date": "2020-03-01",
            "licence": "x",
            "leaning": "",
            "url": "https://example.org/second",
        }
    )
    tiny.profile |= {
        "quantities": {
            "killed": {"label": {"en": "Killed"}, "unit": {"en": "people"}},
            "fled": {"label": {"en": "Displaced"}, "unit": {"en": "people"}},
        }
    }
    tiny.profile["event_kinds"]["casualties"] = {"label": {"en": "Casualties"}}
    said = {"kind": "casualties", "modality": "reported", "said_by": "article"}
    events: list[dict[str, Any]] = [
        {
            **said,
            "id": "killed",
            "title": "قتل 12 جنديا",
            "when": {"edtf": "2020-03-01", "text": "قتل", "basis": "article-date"},
            "passages": [{"exact": "قتل 12 جنديا على الأقل في ريفرتاون."}],
            "places": [{"id": "rivertown", "role": "site", "words": "ريفرتاون"}],
            "quantities": [{"kind": "killed", "words": "12 جنديا على الأقل", "min": 12}],
        },
        {
            **said,
            "id": "fled",
            "title": "People fled",
            "draft": True,
            "when": {"edtf": "2020-03-01", "text": "وفر", "basis": "article-date"},
            "passages": [{"exact": "وفر 7,000 شخص."}],
            "places": [{"id": "drafton", "role": "about", "note": "They left it."}],
            "quantities": [
                {"kind": "fled", "words": "7,000", "best": 7000, "min": 6500, "max": 7500, "note": "Rounded."}
            ],
        },
    ]
    head = {
        "file": "second-2020-03-01.txt",
        "source": "second",
        "sha256": hashlib.sha256(content).hexdigest(),
    }
    tiny.instead |= {
        "seeds/second-2020-03-01.txt": content,
        "data/events/second-2020-03-01.yaml": json.dumps({"article": head, "events": events}).encode(),
    }


class _Dumper(getattr(yaml, "CSafeDumper", yaml.SafeDumper)):  # type: ignore[misc]
    def ignore_aliases(self, data: object) -> bool:  # noqa: ARG002 - yaml's signature
        return True


def _yaml(value: object) -> bytes:
    return yaml.dump(
        deepcopy(value), Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=10_000
    ).encode()

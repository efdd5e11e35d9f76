"""GeoJSON in the Linked Places profile: places and statements with ``when``, ``names`` and ``citations``.

Any GeoJSON reader opens it; with its ``@context``, which is part of the file, it is JSON-LD 1.1 too.
"""

from __future__ import annotations

import json
from datetime import date
from typing import TYPE_CHECKING, Any

from shapely.geometry import mapping

from mapapp.core.model import LANGUAGES
from mapapp.export import rows
from mapapp.text.dates import when_words
from mapapp.text.messages import words
from mapapp.text.quotation import quotation

if TYPE_CHECKING:
    from collections.abc import Iterable

    from mapapp.core.edtf import When
    from mapapp.core.model import Atlas, Event, Fact, Names, Place
    from mapapp.core.select import Selection
    from mapapp.core.view import Certainty, View

# The terms used here, at the addresses Linked Places gives them. Numbers and texts only we have are left out.
CONTEXT: dict[str, Any] = {
    "@version": 1.1,
    "id": "@id",
    "type": "@type",
    "cito": "http://purl.org/spar/cito#",
    "dct": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "geojson": "https://purl.org/geojson/vocab#",
    "geojson-t": "https://github.com/kgeographer/geojson-t/",
    "gn": "http://www.geonames.org/ontology#",
    "gvp": "http://vocab.getty.edu/ontology#",
    "lpo": "http://linkedpasts.org/ontology/lpo_latest.ttl#",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "FeatureCollection": "geojson:FeatureCollection",
    "Feature": "geojson:Feature",
    **{
        shape: f"geojson:{shape}"
        for shape in ("Point", "MultiPoint", "LineString", "MultiLineString", "Polygon", "MultiPolygon")
    },
    "features": {"@id": "lpo:hasFeature", "@container": "@set"},
    "geometry": "geojson-t:geometry",
    "coordinates": {"@id": "geojson:coordinates", "@container": "@list"},
    "properties": {"@id": "geojson:properties", "@type": "@json"},
    "title": "dct:title",
    "version": "dct:hasVersion",
    "rights": "dct:rights",
    "source": {"@id": "dct:source", "@type": "@id"},
    "address": "dct:identifier",
    "identifier": {"@id": "dct:identifier", "@type": "@id"},
    "when": "lpo:when",
    "timespans": {"@id": "lpo:timespan", "@container": "@set"},
    "start": "lpo:has_start",
    "end": "lpo:has_end",
    "in": "lpo:in",
    "earliest": "lpo:earliest",
    "latest": "lpo:latest",
    "certainty": "lpo:has_certainty",
    "label": "rdfs:label",
    "names": {"@id": "lpo:name_attestation", "@container": "@set"},
    "toponym": "lpo:toponym",
    "lang": "dct:language",
    "types": {"@id": "lpo:type_attestation", "@container": "@set"},
    "relations": {"@id": "lpo:rel_attestation", "@container": "@set"},
    "relationType": {"@id": "lpo:relation_type", "@type": "@id"},
    "relationTo": {"@id": "lpo:relation_to", "@type": "@id"},
    "links": {"@id": "lpo:link_attestation", "@container": "@set"},
    "exactMatch": "skos:exactMatch",
    "citations": {"@id": "cito:cites", "@container": "@set"},
    "descriptions": {"@id": "dct:description", "@container": "@set"},
    "value": "rdf:value",
}
# GeoNames' classes, which Linked Places sorts by: administrative, water, land, populated, road, spot.
_CLASSES = {
    "land": "L", "countries": "A", "governorates": "A", "zones": "L", "dmz": "L", "control": "L",
    "contact-lines": "L", "rivers": "H", "roads": "R", "towns": "P", "posts": "S",
}  # fmt: skip


def linked_places(atlas: Atlas, view: View, selection: Selection, address: str) -> bytes:
    """Return the places shown, then the statements, then the background, as features of one collection.

    A statement's geometry is the points the article names as its site or subject, and nothing else: areas
    and seats of government are named in ``relations``. The profile wants a cited name of every feature: that
    of a statement or a background fact is its title, never a place's.
    """
    head = {
        "type": "FeatureCollection",
        "@context": CONTEXT,
        "title": rows.title(atlas, view),
        "address": address,
        "version": atlas.fingerprint,
        "source": rows.article_urn(atlas),
        "rights": words("about-attribution"),
    }
    features = [
        *(_place(atlas, view, *item) for item in selection.places),
        *(_event(atlas, view, *item) for item in selection.events),
        *(_fact(atlas, view, *item) for item in selection.facts),
    ]
    # one line for each feature: small, and two versions can be compared line by line
    lines = ",\n".join(map(_json, features))
    return f'{_json(head)[:-1]},"features":[\n{lines}\n]}}\n'.encode()


def _json(value: dict[str, Any]) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False)


def _place(atlas: Atlas, view: View, place: Place, certainty: Certainty, status: Any) -> dict[str, Any]:  # noqa: ANN401
    cited = _citations(atlas, place.sources)
    kind = {"identifier": rows.urn("kind", place.kind), "label": rows.worded("place-kind", place.kind)}
    row = rows.place_row(atlas, place, certainty, status)
    feature: dict[str, Any] = {
        "@id": rows.urn("place", place.id),
        "type": "Feature",
        "properties": {
            "title": rows.in_lang(place.names, view.lang),
            "fclasses": [_CLASSES[place.layer]],
            **{key: _plain(value) for key, value in row.items() if not key.startswith("name_")},
        },
        "when": _when(place.valid, certainty),
        "names": [
            *_names(place.names, cited),
            *(
                name | {"when": _when(dated.when)}
                for dated in place.names_when
                for name in _names(dated.names, cited)
            ),
        ],
        "types": [
            kind,
            *(
                {
                    "identifier": rows.urn("status", held.status),
                    "label": rows.worded("status", held.status),
                    "when": _when(held.when),
                    "citations": _citations(atlas, held.sources),
                }
                for held in rows.known_statuses(place, view)
            ),
        ],
        "geometry": mapping(place.geometry),
        "relations": [
            {
                "relationType": "gvp:broaderPartitive",
                "relationTo": rows.urn("place", area),
                "label": rows.in_lang(atlas.place[area].names, view.lang),
            }
            for area in place.within
        ],
        "citations": cited,
    }
    if geonames := dict(place.facts).get("geonames"):
        feature["links"] = [{"type": "exactMatch", "identifier": f"https://www.geonames.org/{geonames}/"}]
    if place.note:
        feature["descriptions"] = [{"value": rows.clean(place.note), "lang": "en"}]
    return _without_nothing(feature)


def _event(atlas: Atlas, view: View, event: Event, certainty: Certainty) -> dict[str, Any]:
    spot = rows.spot(atlas, event, view)
    cited = [{"@id": rows.article_urn(atlas), "label": rows.source_text(atlas, atlas.article.source)}]
    return _without_nothing(
        {
            "@id": rows.urn("event", event.id),
            "type": "Feature",
            "properties": {
                key: _plain(value) for key, value in rows.event_row(atlas, event, certainty, view).items()
            },
            "when": _when(event.when, certainty),
            "names": _title(event.title, cited),
            "types": [{"identifier": rows.urn("kind", event.kind), "label": rows.worded("kind", event.kind)}],
            "geometry": mapping(spot) if spot else None,
            "relations": [
                {
                    "relationType": rows.urn("role", link.role),
                    "relationTo": rows.urn("place", link.id),
                    "label": rows.in_lang(atlas.place[link.id].names, view.lang),
                }
                for link in event.places
            ],
            "descriptions": [
                {
                    "value": rows.clean(quotation(atlas.article, event).text),
                    "lang": atlas.article.language,
                }
            ],
            "citations": cited,
        }
    )


def _fact(atlas: Atlas, view: View, fact: Fact, certainty: Certainty) -> dict[str, Any]:
    cited = _citations(atlas, fact.sources)
    return _without_nothing(
        {
            "@id": rows.urn("fact", fact.id),
            "type": "Feature",
            "properties": {
                "id": fact.id,
                "title": rows.clean(fact.text),
                "kind": "background",
                "when": fact.when.edtf,
                "in_window": certainty,
                "confidence": fact.confidence,
                "note": rows.clean(fact.note) or None,
            },
            "when": _when(fact.when, certainty),
            "names": _title(fact.text, cited),
            "geometry": None,
            "relations": [
                {
                    "relationType": rows.urn("role", "about"),
                    "relationTo": rows.urn("place", place),
                    "label": rows.in_lang(atlas.place[place].names, view.lang),
                }
                for place in fact.places
            ],
            "citations": cited,
        }
    )


def _title(text: str, cited: list[dict[str, str]]) -> list[dict[str, Any]]:
    return [{"toponym": rows.clean(text), "lang": "en", "citations": cited}]


def _names(names: Names, cited: list[dict[str, str]]) -> list[dict[str, Any]]:
    return [
        {"toponym": rows.clean(getattr(names, lang)), "lang": lang, "citations": cited}
        for lang in LANGUAGES
        if getattr(names, lang)
    ]


def _when(when: When, certainty: Certainty = "certain") -> dict[str, Any] | None:
    """Return a time as the bounds of its start and its end, ``None`` for always.

    A time without an end would be read as its start alone, so an open one has for its end the day before
    which it surely did not end. ``certainty`` is whether it surely falls in the time shown.
    """
    if when.earliest is None and when.latest is None:
        return None
    span = {"start": _bounds(*rows.begun(when)), "end": _bounds(*rows.ended(when))}
    return {"timespans": [span], "label": when_words(when), "certainty": _certainty(when, certainty)}


def _certainty(when: When, certainty: Certainty) -> str:
    """Return one of the three words Linked Places has for it."""
    if when.uncertain:
        return "uncertain"
    return "less-certain" if "~" in when.edtf or certainty == "possible" else "certain"


def _bounds(first: date | None, last: date | None) -> dict[str, str]:
    if first is not None and first == last:
        return {"in": first.isoformat()}
    return {key: day.isoformat() for key, day in (("earliest", first), ("latest", last)) if day}


def _citations(atlas: Atlas, ids: Iterable[str]) -> list[dict[str, str]]:
    return [
        {
            "@id": atlas.source[item].url or rows.urn("source", item),
            "label": rows.source_text(atlas, item),
        }
        for item in ids
    ]


def _plain(value: rows.Value) -> str | bool | int | float | None:
    return value.isoformat() if isinstance(value, date) else value


def _without_nothing(feature: dict[str, Any]) -> dict[str, Any]:
    """Leave out what is empty; GeoJSON wants ``geometry`` even so."""
    return {key: value for key, value in feature.items() if value or key == "geometry"}

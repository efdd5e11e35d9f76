"""Linked Places (LPF 1.2): the places shown as a gazetteer, with their names, types, times and citations.

Any GeoJSON reader can open it; with its ``@context``, which is part of the file, it is JSON-LD 1.1 too.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from shapely import orient_polygons
from shapely.geometry import mapping

from mapapp.core.edtf import Window
from mapapp.core.location import country_codes
from mapapp.core.statuses import spans
from mapapp.export import rows
from mapapp.text.dates import when_words
from mapapp.text.labels import articles_shown, credit, kind_words, status_words
from mapapp.text.locales import current_language
from mapapp.text.messages import words
from mapapp.text.titles import window_words
from mapapp.view_rows import place_rows

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from mapapp.core.edtf import When
    from mapapp.core.model import Atlas, Place, Status
    from mapapp.core.names import Names
    from mapapp.core.profile import Profile
    from mapapp.core.select import Selection
    from mapapp.core.view import Certainty, View

# The terms used here and their URIs in Linked Places. Terms specific to this project are left out.
CONTEXT: dict[str, Any] = {
    "@version": 1.1,
    "id": "@id",
    "type": "@type",
    "aat": "http://vocab.getty.edu/aat/",
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
    "sourceLabels": {"@id": "lpo:source_label", "@container": "@set"},
    "relations": {"@id": "lpo:rel_attestation", "@container": "@set"},
    "relationType": {"@id": "lpo:relation_type", "@type": "@id"},
    "relationTo": {"@id": "lpo:relation_to", "@type": "@id"},
    "links": {"@id": "lpo:link_attestation", "@container": "@set"},
    "exactMatch": "skos:exactMatch",
    "citations": {"@id": "cito:cites", "@container": "@set"},
    "descriptions": {"@id": "dct:description", "@container": "@set"},
    "value": "rdf:value",
}


def linked_places(atlas: Atlas, view: View, selection: Selection, address: str) -> bytes:
    """Return the places shown as a feature collection with one feature per place.

    The statuses of a place are listed in ``types``, each with its own time. Statements are not places; they
    are in the other formats, which use the same ids for places.
    """
    sources = [rows.article_urn(article) for article in articles_shown(atlas, view)]
    head = {
        "type": "FeatureCollection",
        "@context": CONTEXT,
        "title": rows.title(atlas, view),
        "address": address,
        "version": atlas.fingerprint,
        "source": sources[0] if len(sources) == 1 else sources,
        "rights": words("about-credit", credit=credit(atlas)),
    }
    found = map(rows.jsonable, place_rows(atlas, selection).rows)
    features = [_place(atlas, view, atlas.place[row["place"]], row) for row in found]
    # one line per feature: compact, and easy to compare with diff
    lines = ",\n".join(map(_json, features))
    return f'{_json(head)[:-1]},"features":[\n{lines}\n]}}\n'.encode()


def _json(value: dict[str, Any]) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False)


def _place(atlas: Atlas, view: View, place: Place, row: dict[str, Any]) -> dict[str, Any]:
    cited = _citations(atlas, place.sources)
    properties = {
        "title": rows.in_lang(place.names, view.names),
        "ccodes": country_codes(atlas, place),
        "fclasses": [atlas.profile.layers[place.layer].feature_class],
        **{key: value for key, value in row.items() if not key.startswith("name_")},
    }
    feature: dict[str, Any] = {
        "@id": rows.urn("place", place.id),
        "type": "Feature",
        "properties": properties,
        "when": _when(place.valid, row["certainty"]),
        "names": [
            *_names(place.names, cited),
            *(
                name | {"when": _when(dated.when)}
                for dated in place.names_when
                for name in _names(dated.names, cited)
            ),
        ],
        "types": [
            _type(atlas.profile, place.kind),
            *(
                {
                    "identifier": rows.urn("status", status.status),
                    "label": status_words(atlas.profile, status.status),
                    "when": _status_when(status, last),
                    "citations": _citations(atlas, status.sources),
                }
                for status, _, last in spans(place, view)
                if status
            ),
        ],
        "geometry": mapping(orient_polygons(place.geometry)),
        "relations": [
            {
                "relationType": "gvp:broaderPartitive",
                "relationTo": rows.urn("place", area),
                "label": rows.in_lang(atlas.place[area].names, view.names),
            }
            for area in place.within
        ],
    }
    if geonames := dict(place.facts).get("geonames"):
        feature["links"] = [{"type": "exactMatch", "identifier": f"https://www.geonames.org/{geonames}/"}]
    if place.note:
        feature["descriptions"] = [{"value": rows.clean(place.note), "lang": current_language()}]
    return {key: value for key, value in feature.items() if value}


def _type(profile: Profile, kind: str) -> dict[str, Any]:
    """Return the type of a place: the profile's concept of a public vocabulary, otherwise our own."""
    own, entry = kind_words(profile, kind), profile.place_kinds.get(kind)
    if entry is None or entry.aat is None:
        return {"identifier": rows.urn("kind", kind), "label": own}
    number, label = entry.aat
    return {
        "identifier": f"aat:{number}",
        "label": label,
        "sourceLabels": [{"label": own, "lang": current_language()}],
    }


def _names(names: Names, cited: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [
        {"toponym": rows.clean(text), "lang": lang, "citations": cited}
        for lang, text in names.texts.items()
        if text
    ]


def _when(when: When, certainty: Certainty = "certain") -> dict[str, Any] | None:
    """Return a time as the bounds of its start and end; ``None`` for always.

    Readers take a time without an end for its start only, so an open end is written as the earliest day on
    which the time can have ended. ``certainty`` says whether it certainly falls in the window.
    """
    if when.earliest is None and when.latest is None:
        return None
    span = {"start": _bounds(*rows.begun(when)), "end": _bounds(*rows.ended(when))}
    return {"timespans": [span], "label": when_words(when), "certainty": _certainty(when, certainty)}


def _status_when(status: Status, last: date | None) -> dict[str, Any] | None:
    """Return the time of a status; without an end of its own, it ends before the next one begins."""
    found = _when(status.when)
    own = status.when.latest if status.when.throughout else None
    if found is None or last is None or (own and own <= last):
        return found
    first = status.when.earliest
    found["timespans"][0]["end"] = _bounds(last, last)
    return found | ({"label": window_words(Window(first, last))} if first and first <= last else {})


def _certainty(when: When, certainty: Certainty) -> str:
    """Return the certainty as one of the three terms of Linked Places."""
    if when.uncertain:
        return "uncertain"
    return "less-certain" if "~" in when.edtf or certainty == "possible" else "certain"


def _bounds(first: date | None, last: date | None) -> dict[str, str]:
    if first is not None and first == last:
        return {"in": first.isoformat()}
    return {key: day.isoformat() for key, day in (("earliest", first), ("latest", last)) if day}


def _citations(atlas: Atlas, ids: Iterable[str]) -> list[dict[str, Any]]:
    """Return citations, each with its year, which is the only date of a place that always existed."""
    return [
        {
            "@id": atlas.source[item].url or rows.urn("source", item),
            "label": rows.source_text(atlas, item),
            **({"year": day.year} if (when := atlas.source[item].date) and (day := when.earliest) else {}),
        }
        for item in ids
    ]

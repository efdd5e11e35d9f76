"""The two JSON-LD files: Linked Places and Web Annotations, expanded without a network."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from typing import Any

import pyogrio
import pytest
from pyld import jsonld
from shapely.geometry import shape

from mapapp.core.dates import Window, read_when
from mapapp.core.model import Atlas
from mapapp.core.select import View, select
from mapapp.render.formats import write

DAY = date(2020, 2, 19)
ON_THE_DAY = View(Window(DAY, DAY), known=DAY)
LATER = View(Window(date(2017, 1, 1), date(2021, 1, 1)), known=None)
LPO = "http://linkedpasts.org/ontology/lpo_latest.ttl#"
OA = "http://www.w3.org/ns/oa#"
# What of the standard's own context is needed here; the standard keeps it at this address.
ANNO = "http://www.w3.org/ns/anno.jsonld"
TERMS = {
    "id": {"@id": "@id", "@type": "@id"},
    "type": {"@id": "@type", "@type": "@vocab"},
    **{
        name: f"{OA}{name}"
        for name in ("Annotation", "SpecificResource", "TextQuoteSelector", "TextPositionSelector")
    },
    "describing": f"{OA}describing",
    "exact": f"{OA}exact",
    "prefix": f"{OA}prefix",
    "suffix": f"{OA}suffix",
    "start": f"{OA}start",
    "end": f"{OA}end",
    "motivation": {"@id": f"{OA}motivatedBy", "@type": "@vocab"},
    "body": {"@id": f"{OA}hasBody", "@type": "@id"},
    "target": {"@id": f"{OA}hasTarget", "@type": "@id"},
    "source": {"@id": f"{OA}hasSource", "@type": "@id"},
    "selector": {"@id": f"{OA}hasSelector", "@type": "@id"},
    "AnnotationCollection": "http://www.w3.org/ns/activitystreams#OrderedCollection",
    "AnnotationPage": "http://www.w3.org/ns/activitystreams#OrderedCollectionPage",
    "first": {"@id": "http://www.w3.org/ns/activitystreams#first", "@type": "@id"},
    "items": {"@id": "http://www.w3.org/ns/activitystreams#items", "@type": "@id", "@container": "@list"},
    "startIndex": "http://www.w3.org/ns/activitystreams#startIndex",
    "total": "http://www.w3.org/ns/activitystreams#totalItems",
    "label": "http://www.w3.org/2000/01/rdf-schema#label",
    "Text": "http://purl.org/dc/dcmitype/Text",
    "format": "http://purl.org/dc/elements/1.1/format",
    "language": "http://purl.org/dc/elements/1.1/language",
}


def at_hand(address: str, _options: object = None) -> dict[str, Any]:
    """Give the one document that is named by its address; there is no network."""
    assert address == ANNO
    return {
        "contentType": "application/ld+json",
        "contextUrl": None,
        "documentUrl": address,
        "document": {"@context": TERMS},
    }


def expanded(value: dict[str, Any]) -> dict[str, Any]:
    """Expand a document of one thing."""
    (thing,) = jsonld.expand(value, {"documentLoader": at_hand})
    return thing


@pytest.fixture
def places(atlas: Atlas) -> dict[str, Any]:
    """Return the Linked Places of the article's day."""
    return json.loads(write(atlas, ON_THE_DAY, "geojson", "?x=1"))


@pytest.fixture
def collection(atlas: Atlas) -> dict[str, Any]:
    """Return the annotations of everything the article says."""
    return json.loads(write(atlas, LATER, "jsonld", "?x=1"))


def test_linked_places_hold_everything_that_shows(atlas: Atlas, places: dict[str, Any]) -> None:
    selection = select(atlas, ON_THE_DAY)
    assert [feature["@id"] for feature in places["features"]] == [
        *(f"urn:mapapp:place:{place.id}" for place, *_ in selection.places),
        *(f"urn:mapapp:event:{event.id}" for event, _ in selection.events),
        *(f"urn:mapapp:fact:{fact.id}" for fact, _ in selection.facts),
    ]


def test_every_place_has_its_names_with_citations_and_its_shape(atlas: Atlas, places: dict[str, Any]) -> None:
    for feature in places["features"]:
        if ":place:" not in feature["@id"]:
            continue
        place = atlas.place[feature["properties"]["id"]]
        assert {name["lang"]: name["toponym"] for name in feature["names"] if "when" not in name} == vars(
            place.names
        )
        assert all(
            cited["label"] and cited["@id"] for name in feature["names"] for cited in name["citations"]
        )
        assert shape(feature["geometry"]).equals(place.geometry)
        assert ("when" in feature) == (place.valid.edtf != "../..")


def test_times_are_told_as_bounds(tiny_atlas: Atlas) -> None:
    found = json.loads(write(tiny_atlas, LATER, "geojson", "?x=1"))["features"]
    spans = {feature["@id"].split(":")[-1]: feature.get("when", {}).get("timespans") for feature in found}
    assert spans["quiet-zone"] == [{"start": {"earliest": "2018-09-01", "latest": "2018-09-30"}}]
    assert spans["war-threatened"] == [{"start": {"in": "2020-02-19"}}]
    assert spans["clashes-go-on"] == [
        {"start": {"earliest": "2020-01-01", "latest": "2020-03-31"}, "end": {"in": "2020-02-19"}}
    ]
    assert spans["rivertown"] is None


def test_a_beginning_that_is_not_known_is_bounded_by_the_end(tiny_atlas: Atlas) -> None:
    event = replace(tiny_atlas.events[0], when=read_when("../2018-09"))
    found = json.loads(write(replace(tiny_atlas, events=(event,)), LATER, "geojson", "?x=1"))["features"]
    (when,) = [feature["when"] for feature in found if feature["@id"].endswith("clashes-go-on")]
    assert when["timespans"] == [
        {"start": {"latest": "2018-09-01"}, "end": {"earliest": "2018-09-01", "latest": "2018-09-30"}}
    ]


def test_statuses_are_dated_types_with_citations(tiny_atlas: Atlas) -> None:
    found = json.loads(write(tiny_atlas, LATER, "geojson", "?x=1"))["features"]
    (zone,) = [feature for feature in found if feature["@id"] == "urn:mapapp:place:zone-idlib"]
    kind, agreed, in_force = zone["types"]
    assert kind["identifier"] == "urn:mapapp:kind:area"
    assert agreed["when"]["timespans"] == [{"start": {"in": "2017-05-04"}}]
    assert in_force["identifier"] == "urn:mapapp:status:in-force"
    assert in_force["citations"] == [{"@id": "urn:mapapp:source:map", "label": "The map. P, 2020"}]


def test_a_statements_geometry_is_its_points_and_its_areas_are_relations(tiny_atlas: Atlas) -> None:
    found = json.loads(write(tiny_atlas, LATER, "geojson", "?x=1"))["features"]
    (zone,) = [feature for feature in found if feature["@id"] == "urn:mapapp:event:quiet-zone"]
    assert zone["geometry"] == {"type": "Point", "coordinates": [37.2, 35.6]}
    assert [relation["relationTo"] for relation in zone["relations"]] == [
        "urn:mapapp:place:rivertown",
        "urn:mapapp:place:zone-idlib",
    ]
    (clashes,) = [feature for feature in found if feature["@id"] == "urn:mapapp:event:clashes-go-on"]
    assert clashes["geometry"] is None


def test_linked_places_expand(places: dict[str, Any]) -> None:
    thing = expanded(places)
    assert thing["@type"] == ["https://purl.org/geojson/vocab#FeatureCollection"]
    features = {feature["@id"]: feature for feature in thing[f"{LPO}hasFeature"]}
    assert len(features) == len(places["features"])
    zone = features["urn:mapapp:place:zone-idlib"]
    assert len(zone[f"{LPO}name_attestation"]) >= 4
    assert zone["http://purl.org/spar/cito#cites"][0]["@id"]
    start = zone[f"{LPO}when"][0][f"{LPO}timespan"][0][f"{LPO}has_start"][0]
    assert start[f"{LPO}in"] == [{"@value": "2017-05-04"}]
    assert zone["https://github.com/kgeographer/geojson-t/geometry"]


def test_linked_places_open_as_plain_geojson(atlas: Atlas) -> None:
    frame = pyogrio.read_dataframe(write(atlas, ON_THE_DAY, "geojson", "?x=1"))
    assert frame.crs.to_epsg() == 4326
    assert len(frame) == sum(map(len, vars(select(atlas, ON_THE_DAY)).values()))


def test_there_is_one_annotation_for_each_passage(atlas: Atlas, collection: dict[str, Any]) -> None:
    items = collection["first"]["items"]
    events = [event for event, _ in select(atlas, LATER).events]
    assert collection["total"] == len(items) == sum(len(event.passages) for event in events)
    assert len({item["id"] for item in items}) == len(items)


def test_selectors_find_the_passage_in_the_article(atlas: Atlas, collection: dict[str, Any]) -> None:
    text = atlas.article.text
    for item in collection["first"]["items"]:
        quote, position = item["target"]["selector"]
        assert text[position["start"] : position["end"]] == quote["exact"]
        assert text.count(quote["prefix"] + quote["exact"] + quote["suffix"]) == 1


def test_annotations_name_the_article_by_its_bytes(atlas: Atlas, collection: dict[str, Any]) -> None:
    sources = {item["target"]["source"]["id"] for item in collection["first"]["items"]}
    assert sources == {f"urn:sha256:{atlas.article.sha256}"}


def test_annotations_expand(collection: dict[str, Any]) -> None:
    thing = expanded(collection)
    page = thing["http://www.w3.org/ns/activitystreams#first"][0]
    items = page["http://www.w3.org/ns/activitystreams#items"][0]["@list"]
    assert len(items) == collection["total"]
    for item, written in zip(items, collection["first"]["items"], strict=True):
        assert item["@type"] == [f"{OA}Annotation"]
        (body,) = item[f"{OA}hasBody"]
        assert body["@type"] == ["https://schema.org/Claim"]
        assert body["@id"] == written["body"]["id"]
        assert body["https://schema.org/about"]
        (target,) = item[f"{OA}hasTarget"]
        assert target[f"{OA}hasSource"][0]["@id"].startswith("urn:sha256:")
        assert [selector["@type"] for selector in target[f"{OA}hasSelector"]] == [
            [f"{OA}TextQuoteSelector"],
            [f"{OA}TextPositionSelector"],
        ]

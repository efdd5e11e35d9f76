"""The two JSON-LD files: Linked Places and Web Annotations, expanded without a network."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from datetime import date
from typing import Any

import pyogrio
import pytest
from pyld import jsonld
from shapely.geometry import shape
from written import Written

from mapapp.core.edtf import Window, read_when
from mapapp.core.model import Atlas
from mapapp.core.select import select
from mapapp.core.view import View
from mapapp.export import write

DAY = date(2020, 2, 19)
ON_THE_DAY = View(Window(DAY, DAY), as_of=DAY)
LATER = View(Window(date(2017, 1, 1), date(2021, 1, 1)), as_of=None)
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
    "textDirection": {"@id": f"{OA}textDirection", "@type": "@vocab"},
    "ltr": f"{OA}ltrDirection",
    "rtl": f"{OA}rtlDirection",
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
def places(written: Written) -> dict[str, Any]:
    """Return the Linked Places of the article's day."""
    return json.loads(written(ON_THE_DAY, "lpf.json"))


@pytest.fixture
def collection(written: Written) -> dict[str, Any]:
    """Return the annotations of everything the article says."""
    return json.loads(written(LATER, "jsonld"))


def test_linked_places_hold_one_record_for_each_place_and_nothing_else(
    atlas: Atlas, places: dict[str, Any]
) -> None:
    shown = [place for place, *_ in select(atlas, ON_THE_DAY).places if place.layer != "land"]
    assert [feature["@id"] for feature in places["features"]] == [
        f"urn:mapapp:place:{place.id}" for place in shown
    ]


def test_statements_name_the_places_of_linked_places_by_the_same_ids(
    places: dict[str, Any], written: Written
) -> None:
    ids = {feature["@id"] for feature in places["features"]}
    notes = json.loads(written(ON_THE_DAY, "jsonld"))["first"]["items"]
    assert {place for note in notes for place in note["body"]["about"]} <= ids


def test_every_place_says_in_which_countries_it_lies(written: Written) -> None:
    found = json.loads(written(LATER, "lpf.json"))["features"]
    codes = {feature["properties"]["place"]: feature["properties"]["ccodes"] for feature in found}
    assert codes["place-idlib"] == codes["zone-homs"] == codes["road-m5"] == ["SY"]
    assert codes["place-ankara"] == codes["turkey"] == ["TR"]
    assert sorted(codes["river-orontes"]) == ["LB", "SY", "TR"]
    assert codes["golan-heights"] == codes["crimea"] == []
    assert all(re.fullmatch("[A-Z]{2}", code) for found in codes.values() for code in found)


def test_types_are_concepts_that_linked_places_lists(written: Written) -> None:
    found = json.loads(written(LATER, "lpf.json"))["features"]
    types = {feature["properties"]["place"]: feature["types"][0] for feature in found}
    assert types["place-ariha"] == {
        "identifier": "aat:300008375",
        "label": "town",
        "sourceLabels": [{"label": "Town", "lang": "en"}],
    }
    own = {kind["identifier"] for kind in types.values() if not kind["identifier"].startswith("aat:")}
    assert own == {"urn:mapapp:kind:contact-line", "urn:mapapp:kind:control-limit"}
    assert {*("".join(feature["properties"]["fclasses"]) for feature in found)} <= {*"AHLPRST"}


def test_a_record_has_the_members_of_the_format_and_no_others(places: dict[str, Any]) -> None:
    members = {
        *("@id", "type", "properties", "when", "names", "types", "geometry", "relations", "links"),
        *("descriptions", "depictions"),
    }
    assert {name for feature in places["features"] for name in feature} <= members


def test_a_status_ends_where_it_ended(written: Written) -> None:
    found = json.loads(written(LATER, "lpf.json"))["features"]
    (homs,) = [feature for feature in found if feature["@id"].endswith(":zone-homs")]
    _, *statuses = homs["types"]
    ends = {status["label"]: status["when"]["timespans"][0]["end"] for status in statuses}
    assert list(ends.values()) == [{"in": "2017-08-02"}, {"in": "2018-05-15"}, {"earliest": "2018-05-16"}]


def test_a_place_that_always_existed_has_the_year_of_a_source(written: Written) -> None:
    for feature in json.loads(written(LATER, "lpf.json"))["features"]:
        years = [cited.get("year") for name in feature["names"] for cited in name["citations"]]
        assert "when" in feature or any(years)


def test_every_place_has_its_names_with_citations_and_its_shape(atlas: Atlas, places: dict[str, Any]) -> None:
    for feature in places["features"]:
        place = atlas.place[feature["properties"]["place"]]
        assert {name["lang"]: name["toponym"] for name in feature["names"] if "when" not in name} == dict(
            place.names.texts
        )
        assert all(
            cited["label"] and cited["@id"] for name in feature["names"] for cited in name["citations"]
        )
        assert shape(feature["geometry"]).equals(place.geometry)
        assert ("when" in feature) == (place.valid.edtf != "../..")


@pytest.mark.parametrize("view", [ON_THE_DAY, LATER])
def test_every_feature_has_what_the_profile_requires(atlas: Atlas, view: View) -> None:
    for feature in json.loads(write(atlas, view, "lpf.json", "?x=1"))["features"]:
        assert feature["@id"].startswith("urn:mapapp:")
        assert feature["properties"]["title"]
        assert feature["names"]
        assert all(name["toponym"] and name["lang"] for name in feature["names"])
        assert any(cited["label"] for name in feature["names"] for cited in name["citations"])
        assert all(
            span["start"] and span["end"] for span in feature.get("when", {"timespans": []})["timespans"]
        )


def whens(atlas: Atlas, view: View = LATER) -> dict[str, Any]:
    """Return the time of every feature, by its id; ``None`` for always."""
    found = json.loads(write(atlas, view, "lpf.json", "?x=1"))["features"]
    return {feature["@id"].split(":")[-1]: feature.get("when") for feature in found}


def timed(tiny_atlas: Atlas, edtf: str, view: View = LATER) -> dict[str, Any]:
    """Return the timespan of a place that existed for a time."""
    layers = tuple(
        replace(
            layer,
            places=tuple(
                replace(place, valid=read_when(edtf)) if place.id == "rivertown" else place
                for place in layer.places
            ),
        )
        for layer in tiny_atlas.layers
    )
    told: dict[str, Any] = whens(replace(tiny_atlas, layers=layers), view)["rivertown"]
    return told


def test_times_are_written_as_bounds(tiny_atlas: Atlas) -> None:
    september = {"earliest": "2018-09-01", "latest": "2018-09-30"}
    assert timed(tiny_atlas, "2018-09")["timespans"] == [{"start": september, "end": september}]
    assert timed(tiny_atlas, "2020-02-19/..")["timespans"] == [
        {"start": {"in": "2020-02-19"}, "end": {"earliest": "2020-02-19"}}
    ]
    assert timed(tiny_atlas, "2020-02-19")["timespans"] == [
        {"start": {"in": "2020-02-19"}, "end": {"in": "2020-02-19"}}
    ]
    assert whens(tiny_atlas)["rivertown"] is None


def test_nothing_begins_after_its_end_nor_ends_before_its_beginning(tiny_atlas: Atlas) -> None:
    assert timed(tiny_atlas, "2018-09-17/2018-09~")["timespans"] == [
        {"start": {"in": "2018-09-17"}, "end": {"earliest": "2018-09-17", "latest": "2018-10-31"}}
    ]


@pytest.mark.parametrize(
    ("edtf", "span"),
    [
        (
            "[2018-09-01, 2018-09-05]",
            {"start": ("2018-09-01", "2018-09-05"), "end": ("2018-09-01", "2018-09-05")},
        ),
        ("[..2018-09-05]", {"start": (None, "2018-09-05"), "end": (None, "2018-09-05")}),
        ("[2018-09-01..]", {"start": ("2018-09-01", None), "end": ("2018-09-01", None)}),
        ("2018-09/..", {"start": ("2018-09-01", "2018-09-30"), "end": ("2018-09-01", None)}),
    ],
)
def test_an_open_time_ends_no_sooner_than_it_surely_held(
    tiny_atlas: Atlas, edtf: str, span: dict[str, tuple[str | None, str | None]]
) -> None:
    (told,) = timed(tiny_atlas, edtf)["timespans"]
    assert {end: (days.get("earliest"), days.get("latest")) for end, days in told.items()} == span


@pytest.mark.parametrize(
    ("edtf", "certainty"),
    [
        ("2018-09-17", "certain"),
        ("2018-09-17/..", "certain"),
        ("2018-09-17~", "less-certain"),
        ("2018-09~/2018-12", "less-certain"),
        ("2018-09-17?", "uncertain"),
        ("2018-09-17%", "uncertain"),
    ],
)
def test_certainty_uses_the_terms_of_linked_places(tiny_atlas: Atlas, edtf: str, certainty: str) -> None:
    assert timed(tiny_atlas, edtf)["certainty"] == certainty


def test_what_is_only_possibly_in_the_window_is_less_certain(tiny_atlas: Atlas) -> None:
    one_day = replace(LATER, window=Window(date(2018, 9, 5), date(2018, 9, 5)))
    assert timed(tiny_atlas, "2018-09")["certainty"] == "certain"
    assert timed(tiny_atlas, "2018-09", one_day)["certainty"] == "less-certain"


def test_places_tell_whether_the_article_names_them(tiny_atlas: Atlas) -> None:
    found = json.loads(write(tiny_atlas, LATER, "lpf.json", "?x=1"))["features"]
    told = {feature["properties"]["place"]: feature["properties"]["in_article"] for feature in found}
    assert told["rivertown"] is True
    assert told["faraway"] is False


def test_an_unknown_start_is_bounded_by_the_end(tiny_atlas: Atlas) -> None:
    assert timed(tiny_atlas, "../2018-09")["timespans"] == [
        {"start": {"latest": "2018-09-01"}, "end": {"earliest": "2018-09-01", "latest": "2018-09-30"}}
    ]


def test_statuses_are_dated_types_with_citations(tiny_atlas: Atlas) -> None:
    found = json.loads(write(tiny_atlas, LATER, "lpf.json", "?x=1"))["features"]
    (zone,) = [feature for feature in found if feature["@id"] == "urn:mapapp:place:zone-idlib"]
    kind, agreed, in_force = zone["types"]
    assert kind["identifier"] == "urn:mapapp:kind:area"
    assert agreed["when"]["timespans"] == [{"start": {"in": "2017-05-04"}, "end": {"in": "2017-09-14"}}]
    assert agreed["when"]["label"] == "4 May 2017 to 14 September 2017"
    assert in_force["when"]["timespans"] == [
        {"start": {"in": "2017-09-15"}, "end": {"earliest": "2017-09-15"}}
    ]
    assert in_force["identifier"] == "urn:mapapp:status:in-force"
    assert in_force["citations"] == [
        {"@id": "urn:mapapp:source:map", "label": "The map. P, 2020", "year": 2020}
    ]


def test_linked_places_expand(places: dict[str, Any]) -> None:
    thing = expanded(places)
    assert thing["@type"] == ["https://purl.org/geojson/vocab#FeatureCollection"]
    features = {feature["@id"]: feature for feature in thing[f"{LPO}hasFeature"]}
    assert len(features) == len(places["features"])
    zone = features["urn:mapapp:place:zone-idlib"]
    assert len(zone[f"{LPO}name_attestation"]) >= 4
    assert zone[f"{LPO}name_attestation"][0]["http://purl.org/spar/cito#cites"][0]["@id"]
    start = zone[f"{LPO}when"][0][f"{LPO}timespan"][0][f"{LPO}has_start"][0]
    assert start[f"{LPO}in"] == [{"@value": "2017-05-04"}]
    assert zone["https://github.com/kgeographer/geojson-t/geometry"]


def test_linked_places_open_as_plain_geojson(atlas: Atlas, written: Written) -> None:
    frame = pyogrio.read_dataframe(written(ON_THE_DAY, "lpf.json"))
    assert frame.crs.to_epsg() == 4326
    assert len(frame) == len(select(atlas, ON_THE_DAY).places) - 1  # without the land under the map


def test_there_is_one_annotation_for_each_passage(atlas: Atlas, collection: dict[str, Any]) -> None:
    items = collection["first"]["items"]
    events = [event for event, _ in select(atlas, LATER).events]
    assert collection["total"] == len(items) == sum(len(event.passages) for event in events)
    assert len({item["id"] for item in items}) == len(items)


def test_selectors_find_the_passage_in_the_article(atlas: Atlas, collection: dict[str, Any]) -> None:
    text = atlas.articles[0].text
    for item in collection["first"]["items"]:
        quote, position = item["target"]["selector"]
        assert text[position["start"] : position["end"]] == quote["exact"]
        assert text.count(quote["prefix"] + quote["exact"] + quote["suffix"]) == 1


def test_annotations_identify_the_article_by_its_hash(atlas: Atlas, collection: dict[str, Any]) -> None:
    sources = {item["target"]["source"]["id"] for item in collection["first"]["items"]}
    assert sources == {f"urn:sha256:{atlas.articles[0].sha256}"}


def test_no_word_of_the_annotations_is_lost_to_those_who_read_them_as_linked_data(
    collection: dict[str, Any],
) -> None:
    context = collection.pop("@context")
    again = jsonld.compact(
        expanded({"@context": context, **collection}), context, {"documentLoader": at_hand}
    )
    del again["@context"]
    # both spellings of the word are right
    assert json.loads(json.dumps(again).replace('"@type": ', '"type": ')) == collection


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

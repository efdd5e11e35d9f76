"""A folder without a profile: a plain one is made of what the data says."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from shapely.geometry import box
from tiny import Tiny, feature, names, point

from mapapp.core.model import Atlas, PlaceLink
from mapapp.core.story_frame import home, home_of
from mapapp.data.checks.article import check
from mapapp.data.load import load
from mapapp.text.labels import map_title


@pytest.fixture
def plain(tiny: Tiny) -> Tiny:
    """Return the small folder without its profile."""
    tiny.profile = None
    return tiny


@pytest.fixture
def plain_atlas(plain: Tiny, tmp_path: Path) -> Atlas:
    return load(plain.write(tmp_path))


def test_the_folder_is_valid_without_a_profile(plain: Tiny, tmp_path: Path) -> None:
    assert check(plain.write(tmp_path)) == []


def test_layers_are_drawn_in_the_usual_order(plain_atlas: Atlas) -> None:
    assert plain_atlas.profile.plain
    assert [layer.id for layer in plain_atlas.layers] == [
        "land", "countries", "governorates", "control", "zones", "roads", "posts", "towns",
    ]  # fmt: skip


def test_a_layer_belongs_to_the_article_if_a_statement_is_about_it(plain_atlas: Atlas) -> None:
    groups = {layer.id: layer.group for layer in plain_atlas.profile.layers.values()}
    assert groups["zones"] == groups["posts"] == groups["governorates"] == "article"
    assert groups["control"] == groups["roads"] == "background"
    assert groups["land"] == "base"


def test_everything_is_called_by_its_own_name(plain: Tiny, tmp_path: Path) -> None:
    plain.layers["flooded-areas"] = [feature("flood", point(37, 35), kind="deep-water")]
    plain.event("quiet-zone")["kind"] = "dam-break"
    plain.actors[0]["kind"] = "relief-agency"
    profile = load(plain.write(tmp_path)).profile
    assert profile.layers["flooded-areas"].labels.text("en") == "Flooded areas"
    assert profile.place_kinds["deep-water"].labels.text("en") == "Deep water"
    assert profile.event_kinds["dam-break"].labels.text("en") == "Dam break"
    assert profile.actor_kinds["relief-agency"].labels.text("en") == "Relief agency"
    assert profile.statuses["surrounded"].text("en") == "surrounded"


def test_only_what_the_data_uses_is_in_it(plain_atlas: Atlas) -> None:
    profile = plain_atlas.profile
    assert set(profile.layers) == {layer.id for layer in plain_atlas.layers}
    assert set(profile.place_kinds) == {place.kind for place in plain_atlas.place.values()}
    assert set(profile.event_kinds) == {event.kind for event in plain_atlas.events}
    assert set(profile.statuses) == {"agreed", "in-force", "open", "surrounded"}


def test_a_further_value_of_a_place_is_shown_by_its_key(plain: Tiny, tmp_path: Path) -> None:
    plain.place("rivertown")["properties"] |= {"beds_free": 1200, "mayor": "A. Dill"}
    atlas = load(plain.write(tmp_path))
    assert dict(atlas.place["rivertown"].facts) == {"geonames": 42, "beds_free": 1200, "mayor": "A. Dill"}
    assert {key: text.text("en") for key, text in atlas.profile.place_facts.items()} == {
        "beds_free": "Beds free: {n}",
        "mayor": "Mayor: {n}",
    }


@pytest.mark.parametrize(
    ("key", "value", "words"),
    [
        ("tolerance", 3, "unknown key"),
        ("tolerence_km", 3, "did you mean tolerance_km"),
        ("Beds", 3, "unknown key"),
        ("beds free", 3, "unknown key"),
        ("name_en", "Rivertown", "unknown key"),
        ("layer", "towns", "unknown key"),
        ("beds", [3], "unknown key"),
        ("beds", {"free": 3}, "unknown key"),
        ("beds", True, "neither text nor a number"),
        ("beds", "<b>3</b>", "contains HTML"),
        ("beds", 1e300, "neither text nor a number"),
    ],
)
def test_what_cannot_be_a_value_of_a_place_is_a_fault(
    key: str, value: object, words: str, plain: Tiny, tmp_path: Path
) -> None:
    plain.place("rivertown")["properties"][key] = value
    (fault,) = check(plain.write(tmp_path))
    assert (fault.where, words in str(fault)) == (f"rivertown.{key}", True)


def test_the_title_is_the_articles(plain: Tiny, tmp_path: Path) -> None:
    plain.head["title"] = "A quiet zone"
    assert map_title(load(plain.write(tmp_path))) == "A quiet zone"


def test_it_opens_on_what_most_statements_are_about(plain_atlas: Atlas) -> None:
    assert home_of(plain_atlas) is None  # no area has half of the statements
    (south, west), (north, east) = home(plain_atlas)
    frame = box(west, south, east, north)
    spoken = {link.id for event in plain_atlas.events for link in event.places if link.role != "seat"}
    assert all(frame.contains(plain_atlas.place[place].geometry) for place in spoken)
    most = [replace(event, places=(PlaceLink("northland", "about"),)) for event in plain_atlas.events]
    assert home_of(replace(plain_atlas, events=tuple(most))) == "northland"


def test_names_may_be_in_any_languages_the_most_common_of_which_comes_first(
    plain: Tiny, tmp_path: Path
) -> None:
    for layer in plain.layers.values():
        for place in layer:
            place["properties"]["names"] = {"ur": "نام"}
    plain.actors[0]["names"] = {"fr": "Sud", "ur": "جنوب"}
    atlas = load(plain.write(tmp_path))
    assert atlas.profile.languages[0] == "ur"
    assert set(atlas.profile.languages) == {"ur", "fr", "en", "ar", "tr", "ru"}


def test_names_in_thirty_languages_are_no_fault(plain: Tiny, tmp_path: Path) -> None:
    tags = ["aa", "ab", "af", "ak", "am", "as", "az", "be", "bg", "bm", "bn", "bo", "br", "bs", "ca", "ce",
            "cs", "cv", "cy", "da", "de", "dz", "ee", "el", "eo", "es", "et", "eu", "fa", "fi"]  # fmt: skip
    plain.actors[0]["names"] = dict.fromkeys(tags, "Name")
    assert check(plain.write(tmp_path)) == []


def test_a_modality_says_who_speaks_where_an_actor_does(plain: Tiny, tmp_path: Path) -> None:
    plain.event("truce-broken")["modality"] = "swears"
    plain.event("zone-guarded")["modality"] = "supposes"
    modalities = load(plain.write(tmp_path)).profile.modalities
    assert modalities["swears"].labels.text("en") == "{who}: swears"
    assert not modalities["swears"].by_article
    assert modalities["supposes"].labels.text("en") == "The article: supposes"
    assert modalities["supposes"].by_article


def test_what_an_uncommon_kind_is_about_may_be_in_the_future(plain: Tiny, tmp_path: Path) -> None:
    plain.event("soldiers-leave")["kind"] = "ultimatum"
    atlas = load(plain.write(tmp_path))
    assert str(atlas.event["soldiers-leave"].when.latest) == "2020-02-29"


def test_a_layer_of_points_only_is_enough(plain: Tiny, tmp_path: Path) -> None:
    linked = ("northland", "southland", "rivertown", "zone-idlib", "post-one")
    plain.layers = {"places": [feature(name, point(37, 35), kind="spot") for name in linked]}
    assert check(plain.write(tmp_path)) == []
    assert load(tmp_path).profile.layers["places"].shapes == ("point",)


def test_a_folder_without_places_is_not_a_fault_of_a_profile_it_does_not_have(
    plain: Tiny, tmp_path: Path
) -> None:
    plain.layers = {}
    plain.actors[0]["names"] = names("South")
    assert [fault.file for fault in check(plain.write(tmp_path))] == ["data/geo"]

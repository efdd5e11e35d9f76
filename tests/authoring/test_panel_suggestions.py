"""The suggestions for an article that the author's panel gets."""

from __future__ import annotations

import json
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from editing import copy_of_template

from mapapp.authoring import gazetteer_places
from mapapp.authoring.desk import Desk
from mapapp.authoring.gazetteer import Gazetteer

ARTICLE = "quiet-zone-2024-05-14"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a copy of a template."""
    return copy_of_template(tmp_path)


@pytest.fixture
def desk(folder: Path, gazetteer: Gazetteer) -> Iterator[Desk]:
    """Return what answers the panel of that folder, with the gazetteer."""
    with Desk.opened(folder, gazetteer) as opened:
        yield opened


def answer(desk: Desk, method: str, request: str, /, **given: Any) -> Any:
    """Return the content of an answer, as it reaches the page."""
    status, content = desk.answered(desk.answers[method, request], given)
    assert status == 200, content
    return json.loads(json.dumps(content))


def text_of(desk: Desk) -> str:
    """Return the article."""
    text: str = answer(desk, "GET", "page")["articles"][ARTICLE]
    return text


def test_offsets_are_those_of_a_browser_which_counts_an_emoji_as_two(
    folder: Path, gazetteer: Gazetteer
) -> None:
    (seed,) = (folder / "seeds").glob("*.txt")
    before = seed.read_bytes()
    seed.write_bytes(before.replace(b" Fighting", " \U0001f30a\U0001f30a Fighting".encode(), 1))
    events = folder / "data" / "events" / f"{ARTICLE}.yaml"
    hashes = [sha256(text).hexdigest() for text in (before, seed.read_bytes())]
    events.write_text(events.read_text("utf-8").replace(*hashes), "utf-8")
    with Desk.opened(folder, gazetteer) as opened:
        units = text_of(opened).encode("utf-16-le")
        found = answer(opened, "GET", "suggestions")["articles"][ARTICLE]
        covered = answer(opened, "GET", "state")["coverage"][ARTICLE]
    for one in (*found["times"], *found["places"], *found["speakers"]):
        assert units[2 * one["start"] : 2 * one["end"]].decode("utf-16-le") == one["words"]
    assert len(found["times"]) > 1
    assert units[2 * covered[-1][0] : 2 * covered[-1][1]].decode("utf-16-le").endswith(".")


def test_each_suggestion_names_the_words_that_it_is_for(desk: Desk) -> None:
    found = answer(desk, "GET", "suggestions")["articles"][ARTICLE]
    text = text_of(desk)
    for one in (*found["times"], *found["places"], *found["speakers"]):
        assert text[one["start"] : one["end"]] == one["words"]
    assert {"In March 2024", "on Monday"} <= {one["words"] for one in found["times"]}


def test_a_time_has_its_reading_in_words(desk: Desk) -> None:
    times = answer(desk, "GET", "suggestions")["articles"][ARTICLE]["times"]
    march = next(one for one in times if one["words"] == "In March 2024")
    assert (march["edtf"], march["reading"], march["basis"]) == ("2024-03", "March 2024", "words")


def test_the_folder_s_own_places_and_actors_are_suggested_first(desk: Desk) -> None:
    found = answer(desk, "GET", "suggestions")["articles"][ARTICLE]
    brenn = next(one for one in found["places"] if one["words"] == "Brenn")
    assert (brenn["candidates"][0]["id"], brenn["candidates"][0]["own"]) == ("brenn", True)
    assert ["highland-front"] in [one["actors"] for one in found["speakers"]]


def test_what_was_dropped_stays_dropped_when_the_folder_is_opened_again(
    folder: Path, gazetteer: Gazetteer
) -> None:
    dropped = {"article": ARTICLE, "what": "time", "start": 84, "words": "on Tuesday"}
    before = {file: file.read_bytes() for file in (folder / "data").rglob("*.yaml")}
    with Desk.opened(folder, gazetteer) as desk:
        answer(desk, "POST", "drop", suggestion=dropped)
        answer(desk, "POST", "drop", suggestion=dropped)
    with Desk.opened(folder, gazetteer) as desk:
        assert answer(desk, "GET", "suggestions")["dropped"] == [dropped]
        answer(desk, "POST", "drop", suggestion=None)
        assert answer(desk, "GET", "suggestions")["dropped"] == []
    assert {file: file.read_bytes() for file in before} == before


def test_a_damaged_list_of_what_was_dropped_does_not_stop_the_panel(desk: Desk, folder: Path) -> None:
    (folder / ".mapapp" / "dropped.json").write_text("{", encoding="utf-8")
    assert answer(desk, "GET", "suggestions")["dropped"] == []


def test_without_the_extra_the_folder_s_own_places_are_suggested_and_the_reason_is_said(folder: Path) -> None:
    with Desk.opened(folder, None, "it is not installed") as desk:
        answered = answer(desk, "GET", "suggestions")
    assert answered["without"] == "it is not installed"
    places = answered["articles"][ARTICLE]["places"]
    assert {candidate["own"] for one in places for candidate in one["candidates"]} == {True}


def test_suggestions_follow_a_change_of_the_folder(desk: Desk) -> None:
    def observers() -> list[list[str]]:
        speakers = answer(desk, "GET", "suggestions")["articles"][ARTICLE]["speakers"]
        return [one["actors"] for one in speakers if "Front" in one["words"]]

    assert ["highland-front"] in observers()
    page = answer(desk, "GET", "page")
    front = next(one for one in page["state"]["entries"]["actor"] if one["entry"]["id"] == "highland-front")
    renamed = {
        "do": "put",
        "kind": "actor",
        "entry": {**front["entry"], "id": "front"},
        "was": "highland-front",
    }
    answer(desk, "POST", "apply", operation=renamed, revision=page["state"]["revision"])
    assert ["front"] in observers()


def test_the_gazetteer_lists_what_is_called_exactly_so_first(desk: Desk) -> None:
    found = answer(desk, "GET", "gazetteer", text="Tunis")["found"]
    assert (found[0]["name"], found[0]["country"], found[0]["source"]) == ("Tunis", "Tunisia", "GeoNames")
    assert {"class", "km", "lon", "lat", "population"} <= found[0].keys()
    assert len(found) > 1
    assert answer(desk, "GET", "gazetteer", text="T")["found"] == []


def test_a_search_with_signs_of_the_query_language_finds_nothing_and_breaks_nothing(desk: Desk) -> None:
    for text in ("%%", "'; DROP TABLE names; --", "\U0010ffff\U0010ffff", "\0\0"):
        answer(desk, "GET", "gazetteer", text=text)
    assert answer(desk, "GET", "gazetteer", text="Tunis")["found"]


def test_a_place_of_the_gazetteer_is_ready_for_the_folder_with_its_source(desk: Desk) -> None:
    tunis = answer(desk, "GET", "gazetteer", text="Tunis")["found"][0]
    ready = answer(desk, "GET", "gazetteer-place", id=tunis["id"], name=tunis["name"])
    assert (ready["layer"], ready["isComplete"]) == ("towns", True)
    entry = ready["entry"]
    assert entry["names"] == {"en": "Tunis"}
    assert (entry["kind"], entry["basis"], entry["tolerance_km"]) == ("capital", "traced", 1)
    assert entry["sources"] == ["geonames"] == [ready["source"]["id"]]
    assert ready["source"]["licence"] == "CC BY 4.0"
    assert ready["geometry"]["coordinates"] == [round(tunis[key], 4) for key in ("lon", "lat")]


def test_such_a_place_adds_no_fault_to_the_folder(desk: Desk) -> None:
    tunis = answer(desk, "GET", "gazetteer", text="Tunis")["found"][0]
    ready = answer(desk, "GET", "gazetteer-place", id=tunis["id"], name=tunis["name"])
    entry = {"id": "tunis", **ready["entry"]}
    feature = {"type": "Feature", "id": "tunis", "properties": entry, "geometry": ready["geometry"]}
    operation = {
        "do": "many",
        "operations": [
            {"do": "put", "kind": "source", "entry": ready["source"]},
            {"do": "put", "kind": "place", "layer": ready["layer"], "entry": feature},
        ],
    }
    faults = answer(desk, "POST", "preview", operation=operation)["faults"]
    assert [one for one in faults if "not on land" not in one["text"]] == []  # the template is a small island


def test_names_in_other_letters_are_taken_for_the_languages_that_use_them(gazetteer: Gazetteer) -> None:
    (tunis, *_) = gazetteer.look_up(["tunis"])["tunis"]
    named = gazetteer_places.names_of(tunis, ["en", "fr", "ru", "ar"])
    assert set(named) == {"en", "ru", "ar"}
    assert named["en"] == "Tunis"


def test_for_a_region_the_tolerance_is_left_to_the_author(desk: Desk) -> None:
    regions = answer(desk, "GET", "gazetteer", text="Bayburt")["found"]
    region = next(one for one in regions if one["source"] == "Natural Earth")
    ready = answer(desk, "GET", "gazetteer-place", id=region["id"], name=region["name"])
    assert ready["entry"]["basis"] == "natural-earth"
    assert not ready["isComplete"]
    assert "tolerance_km" not in ready["entry"]


def test_a_place_that_the_gazetteer_does_not_have_is_said(desk: Desk) -> None:
    status, content = desk.answered(desk.answers["GET", "gazetteer-place"], {"id": "geonames:0", "name": "x"})
    assert (status, "no such place" in content["error"]) == (422, True)


def test_of_places_of_one_name_those_near_what_the_article_names_are_first(gazetteer: Gazetteer) -> None:
    def countries(text: str, *anchors: tuple[float, float]) -> list[str]:
        found = gazetteer_places.found_in(gazetteer, text, anchors)
        return [one.country for one in found if text in one.names]

    assert countries("Tripoli", (35.5, 33.9))[0] == "LB"  # Beirut
    assert countries("Tripoli", (10.2, 36.8))[0] == "LY"  # Tunis
    assert countries("Tripoli")[0] == countries("Tripoli", (149.1, -35.3))[0]  # far from all: the best known

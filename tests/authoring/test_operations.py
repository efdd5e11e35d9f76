"""Tests operations: their form as JSON, and what they make of a folder's texts."""

from __future__ import annotations

import json
from copy import deepcopy
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tiny import EVENTS, Tiny, feature, names, point

from mapapp.authoring.apply import applied
from mapapp.authoring.edits import same
from mapapp.authoring.operations import Many, Operation, OperationError, Put, Remove, from_json, to_json
from mapapp.data.files import read_json, read_yaml

SOURCES, ACTORS, FACTS = "data/sources.yaml", "data/actors.yaml", "data/background.yaml"
FILES = {
    "event": EVENTS,
    "source": SOURCES,
    "actor": ACTORS,
    "background": FACTS,
    "place": "data/geo/towns.geojson",
}


@pytest.mark.parametrize(
    "operation",
    [
        Put("event", {"id": "a", "when": {"edtf": "2020"}}, article="x", after=""),
        Put("place", feature("a", point(1, 2)), layer="towns", was="b"),
        Put("source", {"id": "a", "note": "\u200f😀\n"}, after="b"),
        Remove("background", "a"),
        Many((Remove("actor", "a"), Many(()), Put("actor", {"id": "b"}))),
    ],
)
def test_an_operation_is_the_same_after_a_way_through_json(operation: Operation) -> None:
    assert from_json(json.loads(json.dumps(to_json(operation)))) == operation


NESTED: list[Any] = []
for _ in range(100):
    NESTED = [NESTED]


@pytest.mark.parametrize(
    ("value", "message"),
    [
        (None, "expected a mapping"),
        ([], "expected a mapping"),
        ({}, "do: no such operation .got None.; use put, remove, unmap, many"),
        ({"do": []}, "do: no such operation"),
        ({"do": "put", "kind": "event"}, "entry: expected a mapping"),
        ({"do": "put", "kind": "event", "entry": []}, "entry: expected a mapping"),
        ({"do": "put", "kind": "events", "entry": {}}, "kind: no such kind of entry .got .events.."),
        ({"do": "put", "kind": ["event"], "entry": {}}, "kind: no such kind of entry"),
        ({"do": "put", "kind": "event", "entry": {}, "was": 1}, "was: not text"),
        ({"do": "put", "kind": "event", "entry": {}, "folder": "x"}, "folder: unknown key"),
        ({"do": "remove", "kind": "event"}, "id: not text"),
        ({"do": "remove", "kind": "event", "id": None}, "id: not text"),
        ({"do": "many", "operations": {}}, "operations: not a list"),
        ({"do": "many", "operations": [1]}, "expected a mapping"),
        ({"do": "put", "kind": "event", "entry": {"id": "a\ud83d"}}, "half a character"),
        ({"do": "put", "kind": "event", "entry": {"\udc00": 1}}, "half a character"),
        ({"do": "put", "kind": "event", "entry": {"id": float("nan")}}, "not finite"),
        ({"do": "put", "kind": "event", "entry": {"id": {1, 2}}}, "not a value of JSON"),
        ({"do": "put", "kind": "event", "entry": {"id": NESTED}}, "nested too deeply"),
    ],
)
def test_what_is_no_operation_is_refused_in_one_line(value: Any, message: str) -> None:
    with pytest.raises(OperationError, match=message) as refused:
        from_json(value)
    assert "\n" not in str(refused.value)


def files_of(tiny: Tiny) -> dict[str, bytes]:
    """Return the folder's files without writing them."""
    collection = {"type": "FeatureCollection", "name": "towns", "features": tiny.layers["towns"]}
    return {
        EVENTS: json.dumps({"article": {"file": "a.txt"}, "events": tiny.events[:3]}, indent=2).encode(),
        SOURCES: b"# sources\n\n- id: paper\n  title: One  # said\n\n- id: map\n",
        ACTORS: b'[{"id": "south", "names": {"en": "South"}}]\n',
        FACTS: b"",
        FILES["place"]: json.dumps(collection).encode(),
    }


def entries_of(kind: str, files: dict[str, bytes]) -> list[Any]:
    if FILES[kind] not in files:
        return []
    text = files[FILES[kind]].decode()
    if kind == "place":
        return list(read_json(text)["features"])
    value = read_yaml(text)
    return list((value["events"] if kind == "event" else value) or [])


ids = st.sampled_from(["a", "b", "c", "d"])
values = st.text(st.characters(exclude_categories=["Cs"]), max_size=8) | st.integers(-9, 9) | st.booleans()
bodies = st.dictionaries(st.sampled_from(["title", "note", "draft", "said_by", "zz"]), values, max_size=4)


@settings(max_examples=60)
@given(
    st.lists(
        st.tuples(st.sampled_from([*FILES]), ids, st.none() | bodies, st.none() | ids | st.just("")),
        max_size=8,
    )
)
def test_any_sequence_of_operations_leaves_just_what_was_put(
    steps: list[tuple[Any, str, Any, str | None]],
) -> None:
    files = files_of(Tiny())
    expected = {kind: entries_of(kind, files) for kind in FILES}
    for kind, name, body, after in steps:
        listed = deepcopy(expected[kind])
        at = next((number for number, item in enumerate(listed) if item["id"] == name), None)
        if body is None:
            operation: Operation = Remove(kind, name)
            possible = at is not None
            listed = [item for item in listed if item["id"] != name]
        else:
            item = {"id": name, **body} if kind != "place" else feature(name, point(1, 2), **body)
            operation = Put(kind, item, layer="towns" if kind == "place" else None, after=after)
            if at is None:
                listed.append(item)
            else:
                listed[at] = item
            possible = (
                after is None or after == "" or (after != name and after in [one["id"] for one in listed])
            )
            if after is not None and possible:
                listed = [one for one in listed if one["id"] != name]
                place = next((number + 1 for number, one in enumerate(listed) if one["id"] == after), 0)
                listed.insert(place, item)
        try:
            changes = applied(operation, files)
        except OperationError:
            assert not possible
            continue
        assert possible
        files = {key: data for key, data in {**files, **changes}.items() if data is not None}
        expected[kind] = listed
        assert all(same(entries_of(other, files), expected[other]) for other in FILES)
    assert files[SOURCES].startswith(b"# sources\n")


def test_new_keys_stand_where_people_write_them() -> None:
    head = b"article: {file: a.txt}\nevents:\n"
    files = {EVENTS: head + b"- id: a\n  title: x\n  places: []\n  zz: 1\n  passages: []\n"}
    put = Put(
        "event",
        {"note": "words", "said_by": "b", "id": "a", "title": "x", "places": [], "zz": 1, "draft": True},
    )
    assert applied(put, files)[EVENTS] == (
        head + b"- id: a\n  draft: true\n  title: x\n  said_by: b\n  places: []\n  note: words\n  zz: 1\n"
    )


def test_an_entry_that_moves_keeps_its_text() -> None:
    files = {ACTORS: b"- id: a\n  names:   {en: A}  # why\n- id: b\n- id: c\n"}
    put = Put("actor", {"id": "a", "names": {"en": "A"}}, after="b")
    assert applied(put, files)[ACTORS] == b"- id: b\n- id: a\n  names:   {en: A}  # why\n- id: c\n"


def test_the_first_actor_of_an_empty_folder_makes_its_file() -> None:
    made = applied(Put("actor", {"id": "a", "kind": "state", "names": names("A")}), {})
    assert read_yaml((made[ACTORS] or b"").decode()) == [{"id": "a", "names": names("A"), "kind": "state"}]

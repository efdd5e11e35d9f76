"""Tests that an edit of a YAML or GeoJSON text changes the text of what it changes, and nothing else."""

from __future__ import annotations

import json
from copy import deepcopy
from difflib import unified_diff
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from ruamel.yaml import YAML

from mapapp.authoring.documents import EditError, edited_geojson, edited_yaml
from mapapp.authoring.edits import same
from mapapp.authoring.scalars import write_number
from mapapp.data.files import read_yaml
from mapapp.errors import DataError

HOSTILE = [
    *(
        "- a",
        "a: b",
        "a #b",
        "#",
        "yes",
        "no",
        "null",
        "~",
        "",
        " a",
        "a ",
        "'",
        '"',
        "'\"",
        "{a}",
        "[a",
        "a,b",
        "a:",
    ),
    *(
        "1",
        "1_0",
        "0x1f",
        "0o17",
        "1e3",
        "1:30",
        "2020-02-19",
        ".5",
        "-",
        "--- a",
        "...",
        "!a",
        "&a",
        "*a",
        "%a",
        "@a",
    ),
    *(
        "a\nb",
        "a\n\nb\n",
        "\n",
        "a\r\nb",
        "\ta",
        "a\tb",
        "\x00",
        "\x07",
        "\x85",
        "\u2028",
        "\ufeff",
        "a\\b",
        "|",
        ">",
    ),
    *(
        "<<",
        "=",
        "?",
        "? a",
        "a?",
        "`a`",
        "مرحبا",
        "İdlib",
        "Идлиб: строка",
        "😀",
        "e\u0301",
        "\u200f",
        "${a}",
        "{{a}}",
    ),
    "a: {b: c}\n- id: forged",
]
texts = st.sampled_from(HOSTILE) | st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
scalars = (
    texts
    | st.integers(-1000, 1000)
    | st.booleans()
    | st.none()
    | st.floats(allow_nan=False, allow_infinity=False)
)
keys = st.sampled_from(["title", "kind", "note", "when", "on", "passages", "places", "actors", "names", "no"])
parts = st.recursive(
    scalars,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(keys, inner, max_size=3),
    max_leaves=6,
)
entries = st.dictionaries(keys, parts, max_size=5)


@st.composite
def lists_of_entries(draw: st.DrawFn) -> list[dict[str, Any]]:
    """Return entries, each with an id of its own."""
    ids = draw(st.lists(st.sampled_from("abcdefgh"), unique=True, max_size=5))
    return [{"id": name, **draw(entries)} for name in ids]


def written(draw: st.DrawFn, value: Any, indent: int, *, flow: bool) -> str:
    """Write a value behind a key or hyphen, in one of the ways in which people write YAML."""
    flow = flow or not value or not isinstance(value, dict | list) or draw(st.booleans())
    if flow and isinstance(value, dict):
        space = draw(st.sampled_from(["", " "]))
        inner = ", ".join(f"{key}: {written(draw, part, 0, flow=True)}" for key, part in value.items())
        return "{" + space + inner + space + "}"
    if flow and isinstance(value, list):
        return "[" + ", ".join(written(draw, item, 0, flow=True) for item in value) + "]"
    if not flow:
        margin = " " * indent
        if isinstance(value, dict):
            lines = pair_lines(draw, value, indent)
            return "".join(f"\n{margin}{line}" for line in lines)
        return "".join(f"\n{margin}- {item_text(draw, item, indent)}{comment(draw)}" for item in value)
    if isinstance(value, str):
        plain = value.isascii() and value.isprintable()
        style = draw(st.sampled_from(['"', "'"])) if plain else '"'
        return str(yaml.dump(value, default_style=style, width=10**6)).removesuffix("\n")
    return write_number(value)


def item_text(draw: st.DrawFn, item: Any, indent: int) -> str:
    if isinstance(item, dict) and item and draw(st.booleans()):
        return f"\n{' ' * (indent + 2)}".join(pair_lines(draw, item, indent + 2))
    return written(draw, item, indent + 2, flow=True)


def pair_lines(draw: st.DrawFn, value: dict[str, Any], indent: int) -> list[str]:
    lines = []
    for key, part in value.items():
        text = written(draw, part, indent + draw(st.sampled_from([1, 2, 4])), flow=False)
        lines.append(f"{key}:{'' if text.startswith(chr(10)) else ' '}{text}{comment(draw)}")
    return lines


def comment(draw: st.DrawFn) -> str:
    return draw(st.sampled_from(["", "", "", "  # why: it is so", "\n# - a heading\n", "\n"]))


@st.composite
def documents(draw: st.DrawFn) -> tuple[str, list[dict[str, Any]]]:
    """Return a YAML text written in some way, and the entries it holds."""
    value = draw(lists_of_entries())
    if not value:
        return draw(st.sampled_from(["[]\n", "[]", "# nothing yet\n[]  # empty\n"])), value
    head = draw(st.sampled_from(["", "# yaml-language-server: $schema=x.json\n", "---\n"]))
    between = draw(st.sampled_from(["\n", "\n\n", "\n# --- part: two ---\n"]))
    listed = between.join("- " + "\n  ".join(pair_lines(draw, entry, 2)) for entry in value)
    text = head + listed + draw(st.sampled_from(["", "\n", "\n\n# the end\n"]))
    return text.replace("\n", draw(st.sampled_from(["\n", "\r\n"]))), value


@given(documents(), lists_of_entries())
def test_a_text_can_be_given_any_other_value(document: tuple[str, list[Any]], wanted: list[Any]) -> None:
    text, value = document
    assert same(read_yaml(text), value)
    made = edited_yaml(text, wanted)
    assert same(read_yaml(made), wanted)


@given(documents(), st.data())
def test_lines_outside_the_entry_that_is_edited_stay_as_they_are(
    document: tuple[str, list[Any]], data: st.DataObject
) -> None:
    text, value = document
    if not value:
        return
    number = data.draw(st.integers(0, len(value) - 1))
    wanted = deepcopy(value)
    wanted[number] = {"id": wanted[number]["id"], **data.draw(entries)}
    made = edited_yaml(text, wanted)
    assert same(read_yaml(made), wanted)
    node = yaml.compose(text)
    begin = node.value[number].start_mark.index
    assert made[:begin] == text[:begin]
    if number + 1 < len(value):
        rest = text[node.value[number + 1].start_mark.index :]
        assert made.endswith(rest)


@given(st.dictionaries(keys, parts, max_size=5))
def test_what_is_written_means_the_same_to_a_reader_of_yaml_1_2(entry: dict[str, Any]) -> None:
    made = edited_yaml("- id: a\n  when: {edtf: x}\n", [{"id": "b", **entry}, {"id": "a", "title": "x"}])
    reader = YAML(typ="safe", pure=True)
    assert same(reader.load(made), [{"id": "b", **entry}, {"id": "a", "title": "x"}])


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_keys_stay_keys(text: str) -> None:
    value = [{"id": "a", text: "x", "when": {text: "y"}}, {"id": "b"}]
    made = edited_yaml("- id: a\n  when: {edtf: x}\n- id: b\n", value)
    assert read_yaml(made) == value
    assert made.endswith("\n- id: b\n")


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_stays_one_text_in_every_place(text: str) -> None:
    old = "events:\n- id: a\n  title: x  # said\n  when: {edtf: x, text: y}\n  names: [p, q]\n- id: b\n"
    value = {
        "events": [
            {"id": "a", "title": text, "when": {"edtf": "x", "text": text}, "names": [text, "q"]},
            {"id": "b"},
        ]
    }
    made = edited_yaml(old, value)
    assert read_yaml(made) == value
    assert "# said" in made
    assert made.endswith("\n- id: b\n")


# --- YAML as people write it

UNUSUAL = """\
# yaml-language-server: $schema=../schema/events.json

---  # the statements
article: {file: a.txt,   source: s1}
events:
  # the first
  - id:    one      # an address
    title: >-
      Folded over
      two lines
    note: |
      Kept as
        it is: #1

      to the end
    when: {edtf: '2020-02', # of the month
           text: "in \\"February\\""}
    passages:
      -   exact: 'It''s over'
          suffix:  |-
            , they said
      - {exact: plain words
          over two lines}
    actors:
      - a
      -
        b
    # nothing more

  - id: two
    "title": plain   words
    "note" : ''
...
"""


def changed_lines(old: str, new: str) -> list[str]:
    """Return the lines removed and added."""
    lines = unified_diff(old.splitlines(), new.splitlines(), lineterm="", n=0)
    return [line for line in lines if line[0] in "-+" and line[:3] not in ("---", "+++")]


def changed(text: str, path: list[Any], value: Any) -> str:
    """Return a text with one value changed, checked to mean that."""
    wanted = read_yaml(text)
    owner = wanted
    for key in path[:-1]:
        owner = owner[key]
    if value is None:
        del owner[path[-1]]
    else:
        owner[path[-1]] = value
    made = edited_yaml(text, wanted, {"one": "uno"} if value == "uno" else None)
    assert same(read_yaml(made), wanted)
    return made


@pytest.mark.parametrize(
    ("path", "value", "lines"),
    [
        (["events", 0, "id"], "uno", "-  - id:    one      # an address|+  - id:    uno      # an address"),
        (
            ["events", 0, "note"],
            "Kept as\n  it was: #1\n",
            "-        it is: #1|-|-      to the end|+        it was: #1",
        ),
        (
            ["events", 0, "when", "edtf"],
            "2020-03",
            "-    when: {edtf: '2020-02', # of the month|+    when: {edtf: '2020-03', # of the month",
        ),
        (
            ["events", 0, "when", "text"],
            'on "9 May"',
            '-           text: "in \\"February\\""}|+           text: "on \\"9 May\\""}',
        ),
        (
            ["events", 0, "passages", 0, "exact"],
            "It's not",
            "-      -   exact: 'It''s over'|+      -   exact: 'It''s not'",
        ),
        (["events", 0, "actors", 1], "c", "-        b|+        c"),
        (["events", 0, "actors", 0], None, "-      - a"),
        (["events", 1, "title"], "other: x", '-    "title": plain   words|+    "title": "other: x"'),
        (["events", 1, "note"], "a", "-    \"note\" : ''|+    \"note\" : 'a'"),
        (["events", 1, "draft"], True, "+    draft: true"),
        (["events", 0, "title"], "One line", "-      Folded over|-      two lines|+      One line"),
        (
            ["article", "file"],
            "b.txt",
            "-article: {file: a.txt,   source: s1}|+article: {file: b.txt,   source: s1}",
        ),
        (
            ["events", 0, "when"],
            None,
            '-    when: {edtf: \'2020-02\', # of the month|-           text: "in \\"February\\""}',
        ),
    ],
)
def test_unusual_yaml_keeps_its_looks(path: list[Any], value: Any, lines: str) -> None:
    assert changed_lines(UNUSUAL, changed(UNUSUAL, path, value)) == lines.split("|")


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_line_ends_and_byte_order_mark_are_kept(newline: str, mark: str) -> None:
    text = mark + UNUSUAL.replace("\n", newline)
    wanted = read_yaml(UNUSUAL)
    wanted["events"][1]["places"] = [{"id": "x", "role": "site"}, {"id": "y", "note": "two\nlines"}]
    wanted["events"].append({"id": "three", "passages": [{"exact": "a", "prefix": "b"}]})
    del wanted["events"][0]["note"]
    made = edited_yaml(text, wanted)
    assert made.startswith(mark + "# yaml")
    assert made.count(newline) == made.count("\n")
    assert same(read_yaml(made.removeprefix("\ufeff")), wanted)


@pytest.mark.parametrize(
    "text", ["", "\n", "# nothing yet", "# nothing yet\n", "[]", "[]\n", "---\n[]  # none\n", "~\n"]
)
def test_the_first_entry_of_a_file_is_written_as_people_do(text: str) -> None:
    made = edited_yaml(text, [{"id": "a", "names": {"en": "A"}, "kind": "state"}])
    assert "- id: a\n  names: {en: A}\n  kind: state" in made
    assert read_yaml(made) == [{"id": "a", "names": {"en": "A"}, "kind": "state"}]
    assert made.count("#") == text.count("#")


def test_a_new_entry_looks_like_its_neighbours() -> None:
    text = '- id: a\n  title: "One"\n  names: {en: "A"}\n\n- id: b\n  title: "Two"\n\n- id: c\n'
    wanted = [*read_yaml(text), {"id": "d", "title": "Three", "names": {"en": "D"}}]
    assert edited_yaml(text, wanted) == f'{text}\n- id: d\n  title: "Three"\n  names: {{en: "D"}}\n'


def test_an_entry_goes_with_the_blank_line_below_it() -> None:
    text = "- id: a\n\n- id: b\n\n- id: c\n"
    assert edited_yaml(text, [{"id": "a"}, {"id": "c"}]) == "- id: a\n\n- id: c\n"
    assert edited_yaml(text, [{"id": "b"}, {"id": "c"}]) == "- id: b\n\n- id: c\n"
    assert edited_yaml(text, [{"id": "a"}, {"id": "b"}]) == "- id: a\n\n- id: b\n"


@pytest.mark.parametrize("word", ["y", "N", "yes", "Off", "TRUE", "null", "~", "0o17", "1e3", "12:30:00"])
def test_words_that_some_readers_take_for_something_else_are_quoted(word: str) -> None:
    assert edited_yaml("- id: a\n", [{"id": "a", "title": word}]) == f'- id: a\n  title: "{word}"\n'


def test_comments_between_entries_stay_where_they_are() -> None:
    text = "# head\n- id: a\n  # why\n  note: x  # said\n# --- part two ---\n- id: b\n  note: y\n# end\n"
    assert (
        edited_yaml(text, read_yaml(text)[:1])
        == "# head\n- id: a\n  # why\n  note: x  # said\n# --- part two ---\n# end\n"
    )
    assert edited_yaml(text, read_yaml(text)[1:]) == "# head\n# --- part two ---\n- id: b\n  note: y\n# end\n"


def test_a_renamed_entry_keeps_its_comments() -> None:
    text = "- id: a  # once b\n  note: x  # said\n- id: c\n"
    made = edited_yaml(text, [{"id": "z", "note": "x"}, {"id": "c"}], {"a": "z"})
    assert made == "- id: z  # once b\n  note: x  # said\n- id: c\n"


@pytest.mark.parametrize(
    "text", ["- &a {id: a}\n- *a\n", "- !x {id: a}\n", "a: 1\na: 2\n", "- [", "x: <<\n<<: {a: 1}\n"]
)
def test_what_the_loader_refuses_is_not_edited(text: str) -> None:
    with pytest.raises(DataError):
        edited_yaml(text, [{"id": "b"}])


# --- the shipped data, field by field

SHIPPED = [
    "data/events/idlib-2020-02-19.yaml",
    "data/sources.yaml",
    "data/actors.yaml",
    "data/background.yaml",
]


def another(value: Any) -> Any:
    """Return a value of the same type."""
    if isinstance(value, str):
        return f"{value}: #x"
    if isinstance(value, bool):
        return not value
    if isinstance(value, list):
        return value[:-1] or [*value, *value]
    return {**value, "note": "Added, here"} if isinstance(value, dict) else value + 1


@pytest.mark.slow
@pytest.mark.parametrize("file", SHIPPED)
def test_each_field_of_the_shipped_data_is_changed_alone(file: str, root: Path) -> None:
    text = (root / file).read_bytes().decode()
    whole = read_yaml(text)
    listed = whole["events"] if isinstance(whole, dict) else whole
    lines = text.splitlines()
    for number in range(0, len(listed), max(1, len(listed) // 4)):
        for key, value in listed[number].items():
            entries_now = deepcopy(listed)
            entries_now[number][key] = another(value)
            wanted = {**whole, "events": entries_now} if isinstance(whole, dict) else entries_now
            made = edited_yaml(text, wanted, {listed[number]["id"]: entries_now[number]["id"]})
            assert same(read_yaml(made), wanted)
            found = changed_lines(text, made)
            removed = [line[1:] for line in found if line[0] == "-"]
            assert len(found) <= 2, (key, found)
            for line in removed:
                assert line in lines
                assert key in line or isinstance(value, list)


# --- GeoJSON


@pytest.mark.slow
@pytest.mark.parametrize("file", ["towns", "posts", "zones", "control", "contact-lines", "land"])
def test_each_member_of_a_shipped_place_is_changed_alone(file: str, root: Path) -> None:
    text = (root / f"data/geo/{file}.geojson").read_bytes().decode()
    features = json.loads(text)["features"]
    number = len(features) // 2
    for key, value in features[number]["properties"].items():
        if key == "id":
            continue
        wanted = deepcopy(features)
        wanted[number]["properties"][key] = another(value) if key != "statuses" else value[:-1]
        made = edited_geojson(text, wanted)
        assert same(json.loads(made)["features"], wanted)
        assert len(changed_lines(text, made)) <= 4, key  # the line before a new last one gets a comma
    moved = deepcopy(features)
    moved[number]["geometry"]["coordinates"] = shifted(features[number]["geometry"]["coordinates"])
    made = edited_geojson(text, moved)
    assert same(json.loads(made)["features"], moved)
    assert all("[" in line for line in changed_lines(text, made))
    assert edited_geojson(made, features) == text


def shifted(coordinates: Any) -> Any:
    """Return coordinates with the first one of a point, or the second of a line or ring, moved."""
    if isinstance(coordinates[0], list):
        at = 0 if isinstance(coordinates[0][0], list) else 1
        return [*coordinates[:at], shifted(coordinates[at]), *coordinates[at + 1 :]]
    return [round(coordinates[0] + 0.00001, 5), coordinates[1]]


QGIS = (
    '{\r\n"type": "FeatureCollection",\r\n"name": "towns",\r\n"crs": { "type": "name", "properties": '
    '{ "name": "urn:ogc:def:crs:OGC:1.3:CRS84" } },\r\n"features": [\r\n'
    '{ "type": "Feature", "properties": { "id": "a", "sources": "[ \\"gn\\" ]", "note": null, '
    '"tolerance_km": 1.0 }, '
    '"geometry": { "type": "Point", "coordinates": [ 36.123456789012, 35.0 ] } },\r\n'
    '{ "type": "Feature", "properties": { "id": "b", "sources": "[ \\"gn\\" ]" }, '
    '"geometry": { "type": "Point", "coordinates": [ 37.0, 35.0 ] } }\r\n]\r\n}\r\n'
)


def test_a_file_of_a_gis_program_keeps_its_layout() -> None:
    features = json.loads(QGIS)["features"]
    wanted = deepcopy(features)
    wanted[1]["properties"]["sources"] = ["gn", "own"]
    wanted[1]["geometry"]["coordinates"] = [37.5, 35]
    made = edited_geojson(QGIS, wanted)
    assert made == QGIS.replace('"b", "sources": "[ \\"gn\\" ]"', '"b", "sources": ["gn", "own"]').replace(
        "37.0", "37.5"
    )


@given(st.data())
def test_features_can_be_given_any_other_value(data: st.DataObject) -> None:
    ids = st.lists(st.sampled_from("abcde"), unique=True, max_size=4)

    def features() -> list[Any]:
        return [
            {
                "type": "Feature",
                "id": name,
                "properties": {"id": name, **data.draw(st.dictionaries(keys, parts, max_size=3))},
                "geometry": {"type": "Point", "coordinates": [data.draw(st.integers(-90, 90)), 1.5]},
            }
            for name in data.draw(ids)
        ]

    old = features()
    collection = {"type": "FeatureCollection", "name": "x", "features": old}
    indent = data.draw(st.sampled_from([None, 1, "\t"]))
    text = json.dumps(collection, ensure_ascii=data.draw(st.booleans()), indent=indent)
    wanted = features()
    if not old:
        return
    made = edited_geojson(text, wanted)
    assert same(json.loads(made), {**collection, "features": wanted})


def test_two_features_of_one_id_are_not_edited() -> None:
    feature = {"type": "Feature", "id": "a", "properties": {"id": "a"}, "geometry": None}
    text = json.dumps({"type": "FeatureCollection", "features": [feature, feature]})
    with pytest.raises(EditError, match="by hand"):
        edited_geojson(text, [feature, feature, {**feature, "id": "b"}])

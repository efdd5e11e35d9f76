"""Tests how a folder is edited: what is checked, written, undone and never overwritten."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from tiny import EVENTS, PROFILE, Tiny, box, feature, names, point, second_article

from mapapp.authoring.lock import LockedError
from mapapp.authoring.operations import Many, Operation, Put, Remove
from mapapp.authoring.save import ChangedOutsideError, SaveError
from mapapp.authoring.session import OutdatedError, RefusedError, Session
from mapapp.data.checks.article import check
from mapapp.data.files import read_yaml
from mapapp.data.load import load
from mapapp.errors import DataError

SOURCES, ACTORS, FACTS = "data/sources.yaml", "data/actors.yaml", "data/background.yaml"
ARTICLE = "northland-2020-02-19"


@pytest.fixture
def folder(tiny: Tiny, tmp_path: Path) -> Path:
    """Return a folder without faults."""
    return tiny.write(tmp_path / "story")


@pytest.fixture
def session(folder: Path) -> Any:
    opened = Session.open(folder)
    yield opened
    opened.close()


def held(root: Path) -> dict[str, bytes]:
    """Return the content of all data files."""
    return {
        str(path.relative_to(root)): path.read_bytes()
        for path in (root / "data").rglob("*")
        if path.is_file()
    }


def entry(root: Path, file: str, name: str) -> dict[str, Any]:
    """Return an entry as its file holds it."""
    text = (root / file).read_text("utf-8")
    if file.endswith(".geojson"):
        found = next(item for item in json.loads(text)["features"] if item["id"] == name)
    else:
        value = read_yaml(text)
        listed = value["events"] if isinstance(value, dict) else value
        found = next(item for item in listed if item["id"] == name)
    return dict(found)


def apply(session: Session, operation: Operation) -> Any:
    return session.apply(operation, session.state().revision)


def retitled(root: Path, title: str = "Both agree: on a quiet zone") -> Put:
    return Put("event", entry(root, EVENTS, "quiet-zone") | {"title": title})


# --- writing


def test_a_changed_title_is_written_and_nothing_else(session: Session, folder: Path) -> None:
    before = (folder / EVENTS).read_text("utf-8").splitlines()
    state = apply(session, retitled(folder))
    after = (folder / EVENTS).read_text("utf-8").splitlines()
    assert [(one, two) for one, two in zip(before, after, strict=True) if one != two] == [
        ("  title: Both agree on a quiet zone", '  title: "Both agree: on a quiet zone"')
    ]
    assert check(folder) == []
    assert state.faults == ()
    assert next(event for event in state.atlas.events if event.id == "quiet-zone").title.startswith(
        "Both agree:"
    )


def test_a_new_place_goes_to_the_file_of_its_layer(session: Session, folder: Path) -> None:
    put = Put(
        "place",
        feature("new-town", point(37.123456789, 35.7), kind="town", within=["northland"]),
        layer="towns",
    )
    apply(session, put)
    assert entry(folder, "data/geo/towns.geojson", "new-town")["geometry"]["coordinates"] == [37.12346, 35.7]
    assert check(folder) == []


def test_the_first_place_of_a_layer_makes_its_file_and_the_last_removes_it(
    session: Session, folder: Path
) -> None:
    file = folder / "data/geo/lakes.geojson"
    apply(session, Put("place", feature("new-lake", box(37, 35, 37.1, 35.1)), layer="lakes"))
    assert file.exists()
    assert check(folder) == []
    apply(session, Remove("place", "new-lake"))
    assert not file.exists()
    session.undo()
    assert file.exists()


def test_a_place_can_move_to_another_layer(session: Session, folder: Path) -> None:
    apply(session, Put("place", entry(folder, "data/geo/towns.geojson", "rivertown"), layer="posts"))
    assert "rivertown" not in (folder / "data/geo/towns.geojson").read_text("utf-8")
    assert load(folder).place["rivertown"].layer == "posts"


def test_a_statement_can_be_put_behind_another_and_first(session: Session, folder: Path) -> None:
    for after, place in (("war-threatened", 2), ("", 0)):
        apply(session, Put("event", entry(folder, EVENTS, "clashes-go-on"), after=after))
        assert [event.id for event in load(folder).events].index("clashes-go-on") == place


def test_statements_go_to_the_article_that_is_named(tiny: Tiny, tmp_path: Path) -> None:
    second_article(tiny)
    tiny.layers["towns"].append(
        feature("drafton", point(37.3, 35.7), kind="town", within=["northland"], draft=True)
    )
    root = tiny.write(tmp_path)
    session = Session.open(root)
    second = "data/events/second-2020-03-01.yaml"
    put = Put("event", entry(root, second, "killed") | {"title": "قتل جنود: 12"})
    before = (root / EVENTS).read_bytes()
    apply(session, put)
    assert entry(root, second, "killed")["title"] == "قتل جنود: 12"
    assert (root / EVENTS).read_bytes() == before
    new = entry(root, second, "killed") | {"id": "another"}
    with pytest.raises(RefusedError, match="there is no such article"):
        apply(session, Put("event", new))
    apply(session, Put("event", new, article="second-2020-03-01"))
    assert entry(root, second, "another")
    session.close()


RENAMED = [
    ("event", EVENTS, "quiet-zone"),
    ("place", "data/geo/zones.geojson", "zone-idlib"),
    ("place", "data/geo/governorates.geojson", "northland"),
    ("source", SOURCES, "map"),
    ("source", SOURCES, "paper"),
    ("actor", ACTORS, "south"),
    ("actor", ACTORS, "leader"),
    ("actor", ACTORS, "gazette"),
    ("background", FACTS, "zone-signed"),
]


@pytest.mark.parametrize(("kind", "file", "old"), RENAMED)
def test_a_new_id_is_written_wherever_the_old_one_was(
    kind: Any, file: str, old: str, tiny: Tiny, tmp_path: Path
) -> None:
    shown = [{"title": {"en": old}, "show": old}] if kind in ("event", "place", "background") else []
    tiny.instead["data/story.yaml"] = json.dumps(shown).encode() if shown else None
    root = tiny.write(tmp_path)
    session = Session.open(root)
    value = entry(root, file, old) | {"id": "re-named"}
    if kind == "place":
        value["properties"] = value["properties"] | {"id": "re-named"}
    before = held(root)
    state = apply(session, Put(kind, value, was=old))
    assert state.faults == ()
    assert check(root) == []
    state = session.undo()
    assert held(root) == before
    session.close()


# --- what is refused


def test_a_change_with_faults_is_not_written_and_says_where(session: Session, folder: Path) -> None:
    before = held(folder)
    wrong = entry(folder, EVENTS, "quiet-zone")
    wrong["when"] = wrong["when"] | {"edtf": "2018-13"}
    wrong["places"][1]["id"] = "nowhere"
    shown = session.preview(Put("event", wrong))
    assert [(fault.item, fault.path) for fault in shown] == [("quiet-zone", "when.edtf")]
    with pytest.raises(RefusedError) as refused:
        apply(session, Put("event", wrong))
    assert refused.value.faults == shown
    assert "quiet-zone.when.edtf" in str(refused.value)
    wrong["when"]["edtf"] = "2018-09"
    assert [fault.path for fault in session.preview(Put("event", wrong))] == ["places"]
    assert held(folder) == before


def test_what_others_refer_to_can_only_be_removed_with_them(session: Session) -> None:
    remove = Remove("place", "post-one")
    with pytest.raises(RefusedError, match="there is no such place"):
        apply(session, remove)
    state = apply(session, Many((Remove("event", "soldiers-leave"), remove)))
    assert state.faults == ()
    assert [fault.path for fault in state.uncovered] == ["events"]
    assert "sentence" in state.uncovered[0].message


def test_several_operations_are_applied_together_or_not_at_all(session: Session, folder: Path) -> None:
    before = held(folder)
    many = Many((retitled(folder), Put("actor", {"id": "x", "names": names("X"), "kind": "no-such-kind"})))
    with pytest.raises(RefusedError, match="kind"):
        apply(session, many)
    with pytest.raises(RefusedError, match="there is no such actor"):
        apply(session, Many((retitled(folder), Remove("actor", "nobody"))))
    assert held(folder) == before


def test_a_folder_with_faults_can_be_edited_and_mended(tiny: Tiny, tmp_path: Path) -> None:
    tiny.event("quiet-zone")["places"][1]["id"] = "nowhere"
    root = tiny.write(tmp_path)
    session = Session.open(root)
    state = session.state()
    assert state.atlas is None
    assert not state.atlas_is_current
    assert [(fault.item, fault.path) for fault in state.faults] == [("quiet-zone", "places")]
    apply(session, Put("event", entry(root, EVENTS, "zone-guarded") | {"title": "It is guarded"}))
    with pytest.raises(RefusedError):
        apply(session, Put("event", entry(root, EVENTS, "zone-guarded") | {"kind": "nonsense"}))
    mended = entry(root, EVENTS, "quiet-zone")
    mended["places"][1]["id"] = "zone-idlib"
    state = apply(session, Put("event", mended))
    assert state.faults == ()
    assert state.atlas_is_current
    session.close()


def test_an_entry_with_a_fault_can_be_renamed(tiny: Tiny, tmp_path: Path) -> None:
    tiny.event("quiet-zone")["kind"] = "nonsense"
    root = tiny.write(tmp_path)
    session = Session.open(root)
    state = apply(session, Put("event", entry(root, EVENTS, "quiet-zone") | {"id": "zone"}, was="quiet-zone"))
    assert [(fault.item, fault.path) for fault in state.faults] == [("zone", "kind")]
    session.close()


def test_mending_one_of_many_faults_is_allowed_and_adding_another_is_not(tiny: Tiny, tmp_path: Path) -> None:
    one = tiny.actors[0]
    tiny.actors += [{**one, "id": f"actor-{number}", "kind": "wrong"} for number in range(30)]
    root = tiny.write(tmp_path)
    session = Session.open(root)
    apply(session, Put("actor", {**one, "id": "actor-20"}))
    apply(session, Put("actor", {**one, "id": "actor-0"}))  # after which one is listed that was only counted
    with pytest.raises(RefusedError):
        apply(session, Put("actor", {**one, "id": "actor-99", "kind": "wrong"}))
    session.close()


def test_a_file_that_cannot_be_read_is_not_edited(tiny: Tiny, tmp_path: Path) -> None:
    anchored = b"- &one {id: south, names: {en: South, ar: S, tr: S, ru: S}, kind: state}\n- *one\n"
    tiny.instead[ACTORS] = anchored
    root = tiny.write(tmp_path)
    session = Session.open(root)
    with pytest.raises(RefusedError, match="anchors and aliases are not supported"):
        apply(session, Put("actor", {"id": "new", "names": names("N"), "kind": "state"}))
    assert (root / ACTORS).read_bytes() == anchored
    session.close()


HOSTILE_IDS = [
    "../../etc/passwd",
    "a/b",
    "a\nb",
    "a: b",
    "",
    ".",
    "x" * 200,
    "article",
    "é",
    "a b",
    "-",
    "{a}",
]


@pytest.mark.parametrize("name", HOSTILE_IDS)
def test_hostile_ids_and_layers_are_refused(name: str, session: Session, folder: Path) -> None:
    before = held(folder)
    for operation in (
        Put("actor", {"id": name, "names": names("N"), "kind": "state"}),
        Put("place", feature(name, point(37.2, 35.6), kind="town"), layer="towns"),
        Put("place", feature("fine", point(37.2, 35.6), kind="town"), layer=name),
        Put("event", entry(folder, EVENTS, "quiet-zone") | {"id": "fine"}, article=name),
        Remove("place", name),
    ):
        if (
            isinstance(operation, Put)
            and name == "article"
            and operation.kind == "place"
            and operation.layer == "towns"
        ):
            continue  # which only actors must not be called
        assert session.preview(operation)
        with pytest.raises(RefusedError):
            apply(session, operation)
    assert held(folder) == before


BROKEN_FEATURES: list[Any] = [
    {"id": "x"},
    {"type": "Feature", "id": "x", "properties": {"id": "x"}, "geometry": None},
    {"type": "Feature", "id": "x", "properties": [], "geometry": {"type": "Point"}},
    feature("x", {"type": "Point", "coordinates": "here"}),
    feature("x", {"type": "Polygon", "coordinates": [[]]}),
    feature("x", {"type": "Polygon", "coordinates": [[[1, 2], [3]]]}),
    feature("x", {"type": "Sphere", "coordinates": [1, 2]}),
    feature("x", {"type": "Point", "coordinates": [10**400, 2]}),
    {**feature("x", point(37.2, 35.6), kind="town"), "bbox": [1, 2, 3, 4], "extra": 1},
]


@pytest.mark.parametrize("broken", BROKEN_FEATURES)
def test_broken_features_are_faults_and_not_errors(broken: Any, session: Session, folder: Path) -> None:
    before = held(folder)
    for layer in ("towns", "lakes"):
        with pytest.raises(RefusedError):
            apply(session, Put("place", broken, layer=layer))
    assert held(folder) == before


def test_what_is_said_of_an_article_is_changed_and_nothing_else(session: Session, folder: Path) -> None:
    before = (folder / EVENTS).read_text("utf-8")
    (head,) = [one["entry"] for one in session.entries()["article"]]
    assert head["id"] == ARTICLE
    apply(session, Put("article", head | {"title": "A quiet zone", "author": "A. Writer"}))
    after = (folder / EVENTS).read_text("utf-8")
    assert [line for line in after.splitlines() if line not in before.splitlines()] == [
        "  title: A quiet zone",
        "  author: A. Writer",
    ]
    assert [line for line in before.splitlines() if line not in after.splitlines()] == []
    assert load(folder).articles[0].title == "A quiet zone"


@pytest.mark.parametrize(
    "operation",
    [
        Put("article", {"id": "another", "file": "another.txt"}),
        Put("article", {"id": "another"}, was=ARTICLE),
        Remove("article", ARTICLE),
    ],
    ids=str,
)
def test_an_article_is_neither_added_nor_renamed_nor_removed(
    operation: Operation, session: Session, folder: Path
) -> None:
    before = held(folder)
    with pytest.raises(RefusedError, match="article cannot be"):
        apply(session, operation)
    assert held(folder) == before


# --- other programs


def test_a_file_changed_outside_is_not_overwritten(session: Session, folder: Path) -> None:
    put = retitled(folder)
    outside = (folder / EVENTS).read_bytes().replace(b"Clashes go on", b"Clashes went on")
    (folder / EVENTS).write_bytes(outside)
    assert session.state().changed_outside == (EVENTS,)
    with pytest.raises(ChangedOutsideError) as changed:
        apply(session, put)
    assert changed.value.file == EVENTS
    assert changed.value.theirs == outside.decode()
    assert "Both agree: on a quiet zone" in (changed.value.ours or "")
    assert (folder / EVENTS).read_bytes() == outside
    session.take_from_disk()
    apply(session, put)
    text = (folder / EVENTS).read_text("utf-8")
    assert "Clashes went on" in text
    assert "Both agree: on a quiet zone" in text


def test_what_another_program_wrote_is_shown_beside_and_not_taken_in(session: Session, folder: Path) -> None:
    before, revision = session.entries(), session.state().revision
    assert session.on_disk().revision == revision
    outside = (folder / EVENTS).read_bytes().replace(b"Clashes go on", b"Clashes went on")
    (folder / EVENTS).write_bytes(outside)
    disk = session.on_disk()
    assert disk.changed_outside == (EVENTS,)
    assert disk.revision != revision
    assert "Clashes went on" in str(disk.entries["event"])
    assert session.entries() == before
    session.take_from_disk()
    assert session.state().revision == disk.revision
    assert session.entries() == disk.entries


def test_a_file_that_cannot_be_read_is_named_with_its_line(session: Session, folder: Path) -> None:
    assert session.on_disk().unreadable == ()
    (folder / EVENTS).write_bytes(b"article: [\nevents: {}\n")
    (fault,) = session.on_disk().unreadable
    assert fault.file == EVENTS
    assert "line 3" in fault.message


def test_a_file_removed_outside_is_not_made_again(session: Session, folder: Path) -> None:
    put = retitled(folder)
    (folder / EVENTS).unlink()
    with pytest.raises(ChangedOutsideError) as changed:
        apply(session, put)
    assert changed.value.theirs is None
    assert not (folder / EVENTS).exists()


def test_a_file_made_outside_is_not_overwritten(session: Session, folder: Path) -> None:
    (folder / "data/geo/lakes.geojson").write_bytes(b"{}")
    with pytest.raises(ChangedOutsideError):
        apply(session, Put("place", feature("new-lake", box(37, 35, 37.1, 35.1)), layer="lakes"))
    assert (folder / "data/geo/lakes.geojson").read_bytes() == b"{}"


def test_files_changed_outside_do_not_hinder_changes_of_others(session: Session, folder: Path) -> None:
    (folder / FACTS).write_bytes((folder / FACTS).read_bytes() + b"# a remark\n")
    state = apply(session, retitled(folder))
    assert state.changed_outside == (FACTS,)
    assert (folder / FACTS).read_bytes().endswith(b"# a remark\n")


def test_an_undo_does_not_overwrite_what_was_changed_outside(session: Session, folder: Path) -> None:
    apply(session, retitled(folder))
    outside = (folder / EVENTS).read_bytes() + b"# a remark\n"
    (folder / EVENTS).write_bytes(outside)
    with pytest.raises(ChangedOutsideError):
        session.undo()
    assert not session.take_from_disk().can_undo
    with pytest.raises(RefusedError, match="another program"):
        session.undo()
    assert (folder / EVENTS).read_bytes() == outside


def test_a_change_made_for_an_older_revision_is_refused(session: Session, folder: Path) -> None:
    old = session.state().revision
    apply(session, retitled(folder))
    with pytest.raises(OutdatedError, match="load it again"):
        session.apply(retitled(folder, "Another title"), old)


# --- undo and redo


def everything(root: Path) -> list[Operation]:
    """Return operations of all kinds, to be made in this order."""
    zone = entry(root, "data/geo/zones.geojson", "zone-idlib")
    renamed = {**zone, "id": "zone", "properties": zone["properties"] | {"id": "zone"}}
    source = {
        "title": "New",
        "publisher": "P",
        "date": "2021",
        "licence": "x",
        "leaning": "",
        "url": "https://example.org/",
    }
    return [
        retitled(root),
        Put("source", {"id": "new", **source}),
        Put("actor", {"id": "new", "names": names("N: #1"), "kind": "state"}),
        Put("background", entry(root, FACTS, "zone-signed") | {"note": "Signed:\ntwice", "draft": True}),
        Put("place", feature("new-town", point(37.2, 35.7), kind="town", sources=["new"]), layer="towns"),
        Put("place", renamed, was="zone-idlib"),
        Remove("background", "truce-later"),
        Many(
            (
                Remove("event", "war-threatened"),
                Put("actor", {"id": "x", "names": names("X"), "kind": "state"}),
            )
        ),
        Remove("place", "new-town"),
        Put(
            "event",
            entry(root, EVENTS, "zone-guarded")
            | {"places": [{"id": "zone", "role": "about", "words": "The zone"}]},
        ),
    ]


def test_everything_can_be_undone_and_done_again_even_after_a_restart(folder: Path) -> None:
    session = Session.open(folder)
    versions = [held(folder)]
    for operation in everything(folder):
        apply(session, operation)
        assert check(folder, strict=False) is not None
        versions.append(held(folder))
    assert len({json.dumps({name: data.decode() for name, data in one.items()}) for one in versions}) == len(
        versions
    )
    for number, version in enumerate(reversed(versions[:-1])):
        state = session.undo()
        assert held(folder) == version
        if number == 4:
            session.close()
            session = Session.open(folder)
    assert not state.can_undo
    for version in versions[1:]:
        assert session.state().can_redo
        state = session.redo()
        assert held(folder) == version
    assert not state.can_redo
    with pytest.raises(RefusedError, match="nothing to redo"):
        session.redo()
    session.close()


def test_a_new_change_ends_what_could_be_done_again(session: Session, folder: Path) -> None:
    apply(session, retitled(folder))
    session.undo()
    state = apply(session, retitled(folder, "Another title"))
    assert not state.can_redo
    with pytest.raises(RefusedError, match="nothing to redo"):
        session.redo()


def test_an_operation_that_changes_nothing_is_no_step(session: Session, folder: Path) -> None:
    state = apply(session, Put("event", entry(folder, EVENTS, "quiet-zone")))
    assert not state.can_undo


# --- forms


def test_forms_that_are_not_finished_survive_a_restart(folder: Path) -> None:
    session = Session.open(folder)
    session.keep_form("statement new-1", {"title": "Halb fertig: \u200f😀", "when": {"edtf": "20"}})
    session.keep_form("place x", {"draft": True})
    session.keep_form("place x", None)
    session.close()
    session = Session.open(folder)
    assert session.forms() == {"statement new-1": {"title": "Halb fertig: \u200f😀", "when": {"edtf": "20"}}}
    session.close()


def test_forms_that_cannot_be_read_are_kept_aside(session: Session, folder: Path) -> None:
    (folder / ".mapapp/forms.json").write_bytes(b"{half")
    assert session.forms() == {}
    assert (folder / ".mapapp/forms.json.unreadable").read_bytes() == b"{half"


# --- one editor at a time

HOLD = """
import sys
from pathlib import Path
from mapapp.authoring.session import Session
session = Session.open(Path(sys.argv[1]))
session.keep_form("statement", {"title": "half"})
print("open", flush=True)
sys.stdin.read()
"""


@pytest.mark.slow
def test_a_second_editor_is_told_of_the_first_and_a_killed_one_does_not_block(folder: Path) -> None:
    command = [sys.executable, "-c", HOLD, str(folder)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as first:  # noqa: S603 - our own
        assert first.stdout is not None
        assert first.stdout.readline() == "open\n"
        with pytest.raises(
            LockedError, match=rf"is being edited by process {first.pid} since 20\d\d-"
        ) as locked:
            Session.open(folder)
        assert "\n" not in str(locked.value)
        os.kill(first.pid, signal.SIGKILL)
        first.wait()
    session = Session.open(folder)
    assert session.forms() == {"statement": {"title": "half"}}
    session.close()


def test_two_sessions_of_one_process_exclude_each_other(session: Session, folder: Path) -> None:
    with pytest.raises(LockedError, match="close that editor first"):
        Session.open(folder)
    session.close()
    Session.open(folder).close()


def test_the_folder_of_the_editor_is_ignored_by_git_and_checks(session: Session, folder: Path) -> None:
    apply(session, retitled(folder))
    assert (folder / ".mapapp/.gitignore").read_text("utf-8") == "*\n"
    assert check(folder) == []
    assert not list((folder / "data").rglob(".*"))


def test_a_folder_without_data_is_refused(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="mapapp new"):
        Session.open(tmp_path)
    with pytest.raises((DataError, SaveError)):
        Session.open(tmp_path / "missing")
    assert not (tmp_path / ".mapapp").exists()


def test_a_folder_without_profile_can_be_edited(tiny: Tiny, tmp_path: Path) -> None:
    tiny.profile = None
    root = tiny.write(tmp_path)
    assert not (root / PROFILE).exists()
    session = Session.open(root)
    apply(session, retitled(root))
    session.close()

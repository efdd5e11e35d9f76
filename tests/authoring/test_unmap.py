"""Words that say nothing for the map are listed, and counted by the author's panel."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml
from editing import copy_of_template

from mapapp.authoring.coverage import coverage
from mapapp.authoring.operations import Many, OperationError, Remove, Unmap, from_json, to_json
from mapapp.authoring.session import RefusedError, Session

ARTICLE = "quiet-zone-2024-05-14"
FILE = f"data/events/{ARTICLE}.yaml"
WORDS = "Both sides plan talks in Port Aster next week."


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a copy of a template."""
    return copy_of_template(tmp_path)


def last_statement(folder: Path) -> str:
    """Return the id of the last statement, which has the words."""
    name: str = yaml.safe_load((folder / FILE).read_text("utf-8"))["events"][-1]["id"]
    return name


def leave_out(folder: Path) -> Many:
    """Return what removes the statement and lists its words instead."""
    return Many((Remove("event", last_statement(folder)), Unmap(ARTICLE, [{"exact": WORDS}])))


def test_listing_words_changes_nothing_else_and_can_be_undone(folder: Path) -> None:
    before = (folder / FILE).read_text("utf-8")
    session = Session.open(folder)
    session.apply(leave_out(folder), session.state().revision)
    after = (folder / FILE).read_text("utf-8")
    assert yaml.safe_load(after)["unmapped"] == [{"exact": WORDS}]
    assert before.startswith(after.partition("unmapped:")[0].rstrip())
    session.undo()
    session.close()
    assert (folder / FILE).read_text("utf-8") == before


def test_the_sentence_is_counted_as_unmapped_and_not_as_open(folder: Path) -> None:
    session = Session.open(folder)
    state = session.apply(leave_out(folder), session.state().revision)
    session.close()
    assert state.atlas is not None
    assert [one.covered for one in coverage(state.atlas, state.atlas.articles[0])][-1] == "unmapped"
    assert state.uncovered == ()


def test_words_of_a_statement_are_refused(folder: Path) -> None:
    session = Session.open(folder)
    with pytest.raises(RefusedError, match="has words of it"):
        session.apply(Unmap(ARTICLE, [{"exact": WORDS}]), session.state().revision)
    session.close()


def test_an_empty_list_leaves_no_key_behind(folder: Path) -> None:
    session = Session.open(folder)
    session.apply(leave_out(folder), session.state().revision)
    session.apply(Unmap(ARTICLE, []), session.state().revision)
    session.close()
    assert "unmapped" not in (folder / FILE).read_text("utf-8")


def test_the_operation_survives_json_and_says_what_is_wrong_with_it() -> None:
    operation = Unmap(ARTICLE, [{"exact": WORDS}])
    assert from_json(to_json(operation)) == operation
    with pytest.raises(OperationError, match="passages"):
        from_json({"do": "unmap", "article": ARTICLE, "passages": [WORDS]})
    with pytest.raises(OperationError, match="article"):
        from_json({"do": "unmap", "passages": []})
    with pytest.raises(OperationError, match="unknown key"):
        from_json({"do": "unmap", "article": ARTICLE, "passages": [], "id": "x"})

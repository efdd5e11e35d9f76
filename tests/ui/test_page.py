"""The page in Streamlit's test runner, with the map's frame replaced by one that records its arguments."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from frame_double import PAGE, Frame
from streamlit.testing.v1 import AppTest
from tiny import Tiny

from mapapp.server import map_files
from mapapp.ui import map_component

HOSTILE = "<img src=x onerror=alert(1)>{{7*7}}\"'&"


def opened(**address: str) -> AppTest:
    """Return the page after its first run."""
    page = AppTest.from_file(PAGE, default_timeout=60)
    for key, value in address.items():
        page.query_params[key] = value
    return page.run()


def goes_to(page: AppTest, **address: str) -> AppTest:
    """Let the browser write an address, and run the page as Streamlit then does."""
    page.query_params.clear()
    for key, value in address.items():
        page.query_params[key] = value
    return page.run()


def address_of(page: AppTest) -> dict[str, str]:
    """Return the address bar's parameters."""
    return {key: value if isinstance(value, str) else value[-1] for key, value in page.query_params.items()}


def document(drawn: Frame) -> str:
    """Return the document of the map's frame."""
    found = re.search(r'"page":"\./map/([0-9a-f]{16}\.html)"', drawn.last.html)
    assert found is not None
    return (map_files.folder() / found[1]).read_text(encoding="utf-8")


def said(page: AppTest) -> str:
    """Return all that the page says in its own words."""
    return "\n".join(str(item.value) for item in (*page.warning, *page.error, *page.code, *page.caption))


def test_the_page_opens_on_the_articles_day(drawn: Frame) -> None:
    page = opened()
    assert not page.exception
    assert not said(page)
    assert '"first":"2020-02-19","last":"2020-02-19"' in document(drawn)
    assert drawn.last.feature_group is None
    assert drawn.last.returned_objects == ()
    assert address_of(page) == {}


@pytest.mark.usefixtures("drawn")
def test_only_the_browser_writes_the_address() -> None:
    page = opened(utm="x", first="2018-09-01", names="xx")
    goes_to(page, utm="x", first="2017-01-01", last="2017-12-31", certain="0")
    assert address_of(page) == {"utm": "x", "first": "2017-01-01", "last": "2017-12-31", "certain": "0"}


def test_a_new_address_changes_nothing_on_a_mounted_map(drawn: Frame) -> None:
    page = opened()
    before = drawn.last
    goes_to(page, first="2017-01-01", last="2017-12-31")
    assert drawn.last.key == before.key
    assert drawn.last.html == before.html
    assert drawn.last.feature_group is None


@pytest.mark.usefixtures("drawn")
def test_exports_follow_the_address() -> None:
    page = opened()
    page.session_state["export"] = True
    goes_to(page, first="2017-01-01", last="2017-12-31", selected="zone-idlib")
    *_, citation = page.code  # after the code to embed the page
    assert "first=2017-01-01&last=2017-12-31&selected=zone-idlib" in citation.value


def test_the_view_is_kept_while_a_file_is_missing(
    drawn: Frame, tiny: Tiny, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MAPAPP_DATA", str(tiny.write(tmp_path)))
    page = opened()
    actors = tmp_path / "data" / "actors.yaml"
    held = actors.read_bytes()
    actors.unlink()
    goes_to(page, first="2018-01-01", last="2018-12-31")
    assert "actors.yaml" in said(page)
    actors.write_bytes(held)
    page.run()
    assert not said(page)
    assert address_of(page) == {"first": "2018-01-01", "last": "2018-12-31"}
    assert drawn.last.feature_group is None


@pytest.mark.usefixtures("drawn")
def test_an_invalid_address_shows_a_remark_and_the_default_view() -> None:
    page = opened(selected=HOSTILE, first="2020-02-30", camera="nan,nan,nan")
    assert not page.exception
    (remark,) = page.warning
    assert remark.value.count("\n") == 3
    for key in ("selected", "first", "camera"):
        assert f"{key}\\: " in remark.value
    assert "<img" not in remark.value.replace("\\<", "")


def test_markdown_in_a_remark_is_escaped(drawn: Frame) -> None:
    page = opened(names="**x** [a](b) :red[c] $d$ `e`")
    assert not drawn.last.html.count("**x**")
    for mark in ("**", "[a](", ":red[", "$d$", "`e`"):
        assert mark not in page.warning[0].value


def test_broken_data_shows_its_faults_and_no_traceback(
    drawn: Frame, tiny: Tiny, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    tiny.sources[1]["licence"] = ""
    tiny.event("quiet-zone")["title"] = "<b>x</b>"
    monkeypatch.setenv("MAPAPP_DATA", str(tiny.write(tmp_path)))
    page = opened()
    assert not page.exception
    assert not drawn.given
    assert "data/sources.yaml: map.licence: the text is empty" in said(page)
    assert "quiet-zone.title" in said(page)
    assert "mapapp check" in said(page)
    assert "Traceback" not in said(page)


@pytest.mark.parametrize("folder", ["missing", "empty"])
def test_a_folder_without_data_is_reported(
    folder: str, drawn: Frame, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "empty").mkdir()
    monkeypatch.setenv("MAPAPP_DATA", str(tmp_path / folder))
    page = opened()
    assert not page.exception
    assert not drawn.given
    assert "data" in said(page)
    assert "Traceback" not in said(page)


def test_data_that_changes_during_a_session_is_redrawn(
    drawn: Frame, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, root: Path
) -> None:
    for folder in ("seeds", "data"):
        for path in (root / folder).rglob("*"):
            if path.is_file():
                target = tmp_path / path.relative_to(root)
                target.parent.mkdir(parents=True, exist_ok=True)
                target.write_bytes(path.read_bytes())
    monkeypatch.setenv("MAPAPP_DATA", str(tmp_path))
    page = opened()
    before = drawn.last.key
    actors = tmp_path / "data" / "actors.yaml"
    actors.write_text(
        actors.read_text(encoding="utf-8").replace("Recep Tayyip Erdogan", "R. T. Erdogan"), encoding="utf-8"
    )
    page.run()
    assert not page.exception
    assert drawn.last.key != before


def test_an_unexpected_error_shows_a_sentence_and_no_traceback(
    drawn: Frame, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        message = "a secret path"
        raise RuntimeError(message)

    monkeypatch.setattr(map_component, "draw", fail)
    page = opened()
    assert not page.exception
    assert page.error
    assert "secret" not in said(page)
    assert drawn.given == []


def test_the_page_is_in_the_language_of_the_address(drawn: Frame) -> None:
    page = opened(language="ar")
    assert not page.exception
    assert any("direction:rtl" in item.body for item in page.get("html"))
    page.session_state["language-list"] = True
    assert page.run().radio[0].value == "ar"
    arabic = drawn.last.key
    goes_to(page, language="ru")
    assert drawn.last.key != arabic  # the frame is mounted anew, with the texts of that language


@pytest.mark.usefixtures("drawn")
def test_the_header_changes_the_language_in_the_address() -> None:
    page = opened(first="2018-09-01")
    page.session_state["language-list"] = True
    page.run().radio[0].set_value("tr").run()
    assert address_of(page) == {"first": "2018-09-01", "language": "tr"}


@pytest.mark.usefixtures("drawn")
def test_an_unknown_language_is_remarked_on() -> None:
    assert "language: unknown value" in said(opened(language="xx")).replace("\\", "")


@pytest.mark.usefixtures("drawn")
def test_a_step_that_is_not_there_is_remarked_on_with_those_there_are() -> None:
    remark = said(opened(step="99")).replace("\\", "")
    assert 'step: expected the number of a step from 1 to 28 (got "99").' in remark

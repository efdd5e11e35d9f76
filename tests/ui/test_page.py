"""The page in Streamlit's test runner, with the map's frame replaced by its reports."""

from __future__ import annotations

from pathlib import Path

import pytest
from frame_double import APP, Frame, script_of
from streamlit.testing.v1 import AppTest
from tiny import Tiny

from mapapp.ui import map_component

HOSTILE = "<img src=x onerror=alert(1)>{{7*7}}\"'&"


def opened(**address: str) -> AppTest:
    """Return the page after its first run."""
    page = AppTest.from_file(APP, default_timeout=60)
    for key, value in address.items():
        page.query_params[key.rstrip("_")] = value
    return page.run()


def report(page: AppTest, drawn: Frame, **address: str) -> AppTest:
    """Let the map report what the reader did, and run the page."""
    drawn.reports = {"address": {key.rstrip("_"): value for key, value in address.items()}}
    page.session_state[drawn.last.key] = drawn.reports
    return page.run()


def address_of(page: AppTest) -> dict[str, str]:
    """Return the address bar's parameters."""
    return {key: value if isinstance(value, str) else value[-1] for key, value in page.query_params.items()}


def opening_of(html: str) -> str:
    """Return the view a map is first drawn with."""
    return html.split('id="mapapp-opening">')[1].split("</script>", maxsplit=1)[0]


def said(page: AppTest) -> str:
    """Return all that the page says in its own words."""
    return "\n".join(str(item.value) for item in (*page.warning, *page.error, *page.code, *page.caption))


def test_the_page_opens_on_the_articles_day(drawn: Frame) -> None:
    page = opened()
    assert not page.exception
    assert not said(page)
    assert '"first":"2020-02-19","last":"2020-02-19"' in drawn.last.html
    assert drawn.last.feature_group_to_add is None
    assert drawn.last.returned_objects == []
    assert address_of(page) == {}


def test_the_page_opens_on_the_view_its_address_asks_for(drawn: Frame) -> None:
    opened(first="2017-01-01", last="2017-12-31", selected="zone-homs", lang="ru")
    for part in ('"first":"2017-01-01"', '"last":"2017-12-31"', '"selected":"zone-homs"', '"lang":"ru"'):
        assert part in drawn.last.html


def test_an_action_of_the_reader_goes_into_the_address(drawn: Frame) -> None:
    page = opened()
    report(page, drawn, first="2017-01-01", last="2017-12-31", selected="zone-idlib", certain="0")
    assert address_of(page) == {"first": "2017-01-01", "last": "2017-12-31", "selected": "zone-idlib"}


def test_an_action_of_the_reader_is_not_sent_back_to_the_map(drawn: Frame) -> None:
    page = opened()
    before = drawn.last
    report(page, drawn, first="2017-01-01", last="2017-12-31")
    page.run()
    assert drawn.last.key == before.key
    assert opening_of(drawn.last.html) == opening_of(before.html)
    assert drawn.last.feature_group_to_add is None


def test_unknown_parameters_stay_in_the_address(drawn: Frame) -> None:
    page = opened(utm="x", first="2018-09-01")
    report(page, drawn, first="2017-01-01", last="2017-12-31")
    assert address_of(page) == {"utm": "x", "first": "2017-01-01", "last": "2017-12-31"}


def test_invalid_reports_of_the_frame_are_rejected(drawn: Frame) -> None:
    page = opened()
    report(page, drawn, first=HOSTILE, selected=HOSTILE, said_by="erdogan", **{HOSTILE: HOSTILE})
    assert not page.exception
    assert address_of(page) == {"said_by": "erdogan"}


def test_the_mounted_map_follows_the_back_button(drawn: Frame) -> None:
    page = opened()
    before = drawn.last
    report(page, drawn, first="2017-01-01", last="2017-12-31")
    page.query_params.clear()  # Back: the address changes, and the frame still reports what it did
    page.run()
    assert drawn.last.key == before.key
    assert opening_of(drawn.last.html) == opening_of(before.html)
    told = script_of(drawn.last.feature_group_to_add)
    assert told.startswith("mapapp.adopt({")
    assert '"first":"2020-02-19"' in told
    assert address_of(page) == {}


def test_a_late_address_does_not_undo_the_readers_action(drawn: Frame) -> None:
    page = opened()
    report(page, drawn, first="2017-01-01", last="2017-12-31")
    page.query_params.clear()  # the browser has not taken the new address over when the reader acts again
    report(page, drawn, first="2018-09-01", last="2018-09-30")
    assert drawn.last.feature_group_to_add is None
    assert address_of(page) == {"first": "2018-09-01", "last": "2018-09-30"}


def test_going_back_to_the_same_view_twice_is_sent_twice(drawn: Frame) -> None:
    page = opened()
    told = []
    for year in ("2017", "2018"):
        report(page, drawn, from_=f"{year}-01-01", to=f"{year}-12-31")
        page.query_params.clear()
        page.run()
        told.append(script_of(drawn.last.feature_group_to_add))
    assert told[0] != told[1]


def test_after_a_server_restart_the_map_takes_precedence_over_the_address(drawn: Frame) -> None:
    drawn.reports = {"address": {"first": "2018-09-01", "last": "2018-09-30"}, "turn": "old", "acted": False}
    page = opened(first="2017-01-01", last="2017-12-31", utm="x")
    assert not page.exception
    assert address_of(page) == {"utm": "x", "first": "2018-09-01", "last": "2018-09-30"}
    assert drawn.last.feature_group_to_add is None
    assert {given.key for given in drawn.given} == {drawn.last.key}
    report(page, drawn, first="2018-09-01", last="2018-09-30", selected="zone-homs")
    assert address_of(page)["selected"] == "zone-homs"
    assert drawn.last.feature_group_to_add is None


def test_the_report_after_going_back_is_not_an_action_of_the_reader(drawn: Frame) -> None:
    page = opened()
    report(page, drawn, first="2017-01-01", last="2017-12-31")
    page.query_params.clear()
    page.run()
    page.session_state[drawn.last.key] = {"address": {"camera": "35.0000,36.0000,9.00"}, "acted": False}
    page.run()
    assert address_of(page) == {}


def test_the_view_is_kept_while_a_file_is_missing(
    drawn: Frame, tiny: Tiny, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MAPAPP_DATA", str(tiny.write(tmp_path)))
    page = opened()
    actors = tmp_path / "data" / "actors.yaml"
    held = actors.read_bytes()
    actors.unlink()
    report(page, drawn, first="2018-01-01", last="2018-12-31")
    assert "actors.yaml" in said(page)
    actors.write_bytes(held)
    page.run()
    assert not said(page)
    assert '"first":"2018-01-01","last":"2018-12-31"' in opening_of(drawn.last.html)
    assert address_of(page) == {"first": "2018-01-01", "last": "2018-12-31"}
    assert drawn.last.feature_group_to_add is None


def test_an_invalid_address_shows_a_remark_and_the_default_view(drawn: Frame) -> None:
    page = opened(selected=HOSTILE, first="2020-02-30", camera="nan,nan,nan")
    assert not page.exception
    assert '"first":"2020-02-19","last":"2020-02-19"' in drawn.last.html
    assert '"selected":null' in drawn.last.html
    (remark,) = page.warning
    assert remark.value.count("\n") == 3
    for key in ("selected", "first", "camera"):
        assert f"{key}\\: " in remark.value
    assert "<img" not in remark.value.replace("\\<", "")


def test_markdown_in_a_remark_is_escaped(drawn: Frame) -> None:
    page = opened(lang="**x** [a](b) :red[c] $d$ `e`")
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


def test_what_is_sent_to_the_mounted_map_is_data() -> None:
    adopt = map_component._Call("adopt", {"selected": HOSTILE})  # noqa: SLF001
    told = adopt._template.module.script(adopt, {})  # noqa: SLF001
    assert "<" not in told
    assert "49" not in told
    assert "{{" not in told

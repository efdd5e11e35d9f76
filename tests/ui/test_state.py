"""The address bar: every view can be written into it and read back, and nothing from outside is trusted."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mapapp.base_maps import BASE_MAPS
from mapapp.core.address import PARAMETERS
from mapapp.core.edtf import Window
from mapapp.core.layers import SCREEN_LAYERS, SWITCHABLE
from mapapp.core.model import LANGUAGES, Kind
from mapapp.core.view import View
from mapapp.data.load import load
from mapapp.ui import state
from mapapp.view_address import default_view, read_address, write_address
from mapapp.web.payload import opening

ATLAS = load()
USUAL = default_view(ATLAS)
SPEAKERS = sorted({event.said_by for event in ATLAS.events})
HOSTILE = "<img src=x onerror=alert(1)>{{7*7}}\"'&"

days = st.dates(date(1000, 1, 1), date(9999, 12, 31))
places_on_earth = st.tuples(
    st.integers(-850_000, 850_000).map(lambda n: n / 10_000),
    st.integers(-1_800_000, 1_800_000).map(lambda n: n / 10_000),
    st.integers(100, 1800).map(lambda n: n / 100),
)


def some_of(values: object) -> st.SearchStrategy[frozenset[str] | None]:
    """Draw none, or a set of some of the values."""
    return st.none() | st.frozensets(st.sampled_from(sorted(values)))  # type: ignore[call-overload]


views = st.builds(
    View,
    window=st.tuples(days, days).map(sorted).map(lambda pair: Window(*pair)),
    certainty=st.sampled_from(["possible", "certain"]),
    said_by=some_of(SPEAKERS),
    kinds=some_of(get_args(Kind)),
    layers=some_of(SWITCHABLE).map(lambda hidden: frozenset(SCREEN_LAYERS) - hidden if hidden else None),
    known=st.none() | days,
    selected=st.none() | st.sampled_from(sorted({*ATLAS.place, *ATLAS.event, *ATLAS.fact})),
    lang=st.sampled_from(LANGUAGES),
    background=st.booleans(),
    camera=st.none() | places_on_earth,
    base=st.sampled_from(["none", *BASE_MAPS]),
    clean=st.booleans(),
)


@given(views)
def test_a_view_comes_back_from_its_address(view: View) -> None:
    address = write_address(view, ATLAS)
    assert read_address(address, ATLAS) == (view, ())
    assert set(address) <= set(PARAMETERS)


@given(views)
def test_the_browser_gets_all_of_a_view(view: View) -> None:
    sent = opening(view)
    assert sent["first"] == str(view.window.first)
    assert set(sent["layers"]) == (view.layers if view.layers is not None else set(SCREEN_LAYERS))
    assert sent["camera"] == view.camera
    assert len(sent) == 13


@given(st.dictionaries(st.sampled_from(PARAMETERS), st.text(max_size=40)))
def test_any_address_gives_a_view_and_that_view_an_address(given_: dict[str, str]) -> None:
    view, _ = read_address(given_, ATLAS)
    assert read_address(write_address(view, ATLAS), ATLAS) == (view, ())


def test_the_usual_view_has_an_empty_address() -> None:
    assert write_address(USUAL, ATLAS) == {}
    assert read_address({}, ATLAS) == (USUAL, ())


def test_the_page_opens_on_the_articles_day_as_known_on_it() -> None:
    assert USUAL.window == Window(date(2020, 2, 19), date(2020, 2, 19))
    assert USUAL.known == date(2020, 2, 19)


@pytest.mark.parametrize(
    "address",
    [
        {"from": HOSTILE},
        {"to": HOSTILE},
        {"from": "yesterday"},
        {"from": "2020-02-30"},
        {"to": "2020-13-01"},
        {"from": "2020-2-1"},
        {"from": "20200219"},
        {"from": "2020-02-19T00:00"},
        {"from": "٢٠٢٠-٠٢-١٩"},
        {"from": "0000-01-01"},
        {"from": "2020-02-20", "to": "2020-02-19"},
        {"from": ""},
        {"sure": "yes"},
        {"sure": ""},
        {"known": HOSTILE},
        {"known": "ALL"},
        {"who": HOSTILE},
        {"who": "nobody"},
        {"who": "syria"},
        {"kind": "rumour"},
        {"kind": "__proto__,constructor"},
        {"hide": "land"},
        {"hide": "everything"},
        {"select": HOSTILE},
        {"select": ""},
        {"select": "../../etc/passwd"},
        {"select": "toString"},
        {"select": "Zone-Idlib"},
        {"names": "de"},
        {"names": "EN"},
        {"background": "false"},
        {"base": "https://example.org/{z}/{x}/{y}.png"},
        {"at": "nan,nan,nan"},
        {"at": "inf,0,5"},
        {"at": "1e400,0,5"},
        {"at": "35,36"},
        {"at": "35,36,9,9"},
        {"at": "91,36,9"},
        {"at": "35,181,9"},
        {"at": "35,36,0"},
        {"at": "35,36,99"},
        {"at": HOSTILE},
        {"at": ""},
        {"who": "x" * 3000},
        {"select": "zone-idlib" + " " * 3000},
    ],
    ids=lambda address: (
        "&".join(f"{key}={value}" for key, value in address.items())[:40].encode("ascii", "replace").decode()
    ),
)
def test_a_bad_address_gives_the_usual_view_and_a_remark(address: dict[str, str]) -> None:
    view, remarks = read_address(address, ATLAS)
    assert view == USUAL
    assert len(remarks) == 1
    assert remarks[0].startswith(next(iter(address)))
    assert remarks[0].isprintable()
    assert len(remarks[0]) < 200


def test_what_is_right_in_an_address_stands_beside_what_is_not() -> None:
    view, remarks = read_address({"who": "erdogan,nobody", "names": "ar", "kind": "rumour"}, ATLAS)
    assert view == replace(USUAL, said_by=frozenset({"erdogan"}), lang="ar")
    assert [remark.split(":")[0] for remark in remarks] == ["who", "kind"]


def test_one_end_of_the_window_is_enough() -> None:
    later, remarks = read_address({"from": "2020-03-01"}, ATLAS)
    assert (later.window, remarks) == (Window(date(2020, 3, 1), date(2020, 3, 1)), ())
    earlier, remarks = read_address({"to": "2017-05-04"}, ATLAS)
    assert (earlier.window, remarks) == (Window(date(2017, 5, 4), date(2017, 5, 4)), ())
    since, remarks = read_address({"from": "2020-02-01"}, ATLAS)
    assert (since.window, remarks) == (Window(date(2020, 2, 1), date(2020, 2, 19)), ())


def test_unknown_parameters_are_left_alone() -> None:
    assert read_address({"utm_source": "x", "embed": "true", "theme": HOSTILE}, ATLAS) == (USUAL, ())


def test_base_layers_cannot_be_switched_off() -> None:
    assert not {"land", "countries"} & set(SWITCHABLE)


@pytest.mark.parametrize(
    "value", [None, 3, "x", [], {}, {"address": None}, {"address": "x"}, {"last_clicked": {}}]
)
def test_what_the_frame_has_not_reported_is_none(value: object) -> None:
    assert state.from_frame(value) is None


def test_what_the_frame_reports_is_read_as_an_address() -> None:
    report = state.from_frame({"address": {"from": "2017-01-01", "sure": 1}, "turn": "t", "acted": False})
    assert report == state.Report({"from": "2017-01-01", "sure": "1"}, "t", acted=False)

"""The address bar: every view can be written and read back, and nothing from outside is trusted."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mapapp.base_maps import BASE_MAPS
from mapapp.core.address import PARAMETERS, SPELLINGS
from mapapp.core.edtf import Window
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
    certain=st.booleans(),
    said_by=some_of(SPEAKERS),
    kinds=some_of(ATLAS.profile.event_kinds),
    hidden=some_of(ATLAS.profile.switchable).map(lambda hidden: hidden or frozenset()),
    as_of=st.none() | days,
    selected=st.none() | st.sampled_from(sorted({*ATLAS.place, *ATLAS.event, *ATLAS.fact})),
    article=st.none() | st.sampled_from([*ATLAS.article]),
    names=st.sampled_from(ATLAS.profile.languages),
    background=st.booleans(),
    camera=st.none() | places_on_earth,
    base_map=st.sampled_from(["none", *BASE_MAPS]),
    screenshot=st.booleans(),
    step=st.none() | st.integers(1, len(ATLAS.events)),
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
    assert sent["camera"] == view.camera
    assert list(sent) == list(PARAMETERS)


@given(st.dictionaries(st.sampled_from(sorted(SPELLINGS)), st.text(max_size=40)))
def test_any_address_gives_a_view_and_that_view_an_address(given_: dict[str, str]) -> None:
    view, _ = read_address(given_, ATLAS)
    assert read_address(write_address(view, ATLAS), ATLAS) == (view, ())


def test_the_default_view_has_an_empty_address() -> None:
    assert write_address(USUAL, ATLAS) == {}
    assert read_address({}, ATLAS) == (USUAL, ())


def test_the_page_opens_on_the_articles_day_as_known_on_it() -> None:
    assert USUAL.window == Window(date(2020, 2, 19), date(2020, 2, 19))
    assert USUAL.as_of == date(2020, 2, 19)


@pytest.mark.parametrize(
    "address",
    [
        {"first": HOSTILE},
        {"last": HOSTILE},
        {"first": "yesterday"},
        {"first": "2020-02-30"},
        {"last": "2020-13-01"},
        {"first": "2020-2-1"},
        {"first": "20200219"},
        {"first": "2020-02-19T00:00"},
        {"first": "٢٠٢٠-٠٢-١٩"},
        {"first": "0000-01-01"},
        {"first": "2020-02-20", "last": "2020-02-19"},
        {"first": ""},
        {"certain": "yes"},
        {"certain": ""},
        {"as_of": HOSTILE},
        {"as_of": "ALL"},
        {"said_by": HOSTILE},
        {"said_by": "nobody"},
        {"said_by": "syria"},
        {"kinds": "rumour"},
        {"kinds": "__proto__,constructor"},
        {"hidden": "land"},
        {"hidden": "everything"},
        {"selected": HOSTILE},
        {"selected": "../../etc/passwd"},
        {"selected": "toString"},
        {"selected": "Zone-Idlib"},
        {"names": "de"},
        {"names": "EN"},
        {"background": "false"},
        {"base_map": "https://example.org/{z}/{x}/{y}.png"},
        {"camera": "nan,nan,nan"},
        {"camera": "inf,0,5"},
        {"camera": "1e400,0,5"},
        {"camera": "35,36"},
        {"camera": "35,36,9,9"},
        {"camera": "91,36,9"},
        {"camera": "35,181,9"},
        {"camera": "35,36,0"},
        {"camera": "35,36,99"},
        {"camera": HOSTILE},
        {"said_by": "x" * 3000},
        {"selected": "zone-idlib" + " " * 3000},
    ],
    ids=lambda address: (
        "&".join(f"{key}={value}" for key, value in address.items())[:40].encode("ascii", "replace").decode()
    ),
)
def test_an_invalid_address_gives_the_default_view_and_a_remark(address: dict[str, str]) -> None:
    view, remarks = read_address(address, ATLAS)
    assert view == USUAL
    assert len(remarks) == 1
    assert remarks[0].startswith(next(iter(address)))
    assert remarks[0].isprintable()
    assert len(remarks[0]) < 200


def test_valid_parameters_are_used_beside_invalid_ones() -> None:
    view, remarks = read_address({"said_by": "erdogan,nobody", "names": "ar", "kinds": "rumour"}, ATLAS)
    assert view == replace(USUAL, said_by=frozenset({"erdogan"}), names="ar")
    assert [remark.split(":")[0] for remark in remarks] == ["said_by", "kinds"]


def test_one_end_of_the_window_is_enough() -> None:
    later, remarks = read_address({"first": "2020-03-01"}, ATLAS)
    assert (later.window, remarks) == (Window(date(2020, 3, 1), date(2020, 3, 1)), ())
    earlier, remarks = read_address({"last": "2017-05-04"}, ATLAS)
    assert (earlier.window, remarks) == (Window(date(2017, 5, 4), date(2017, 5, 4)), ())
    since, remarks = read_address({"first": "2020-02-01"}, ATLAS)
    assert (since.window, remarks) == (Window(date(2020, 2, 1), date(2020, 2, 19)), ())


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ({"from": "2018-09-01", "to": "2018-09-30"}, {"first": "2018-09-01", "last": "2018-09-30"}),
        ({"from": "2020-02-01"}, {"first": "2020-02-01"}),
        ({"sure": "1", "known": "all"}, {"certain": "1", "as_of": "all"}),
        ({"who": "article", "kind": "threat"}, {"said_by": "article", "kinds": "threat"}),
        ({"hide": "dmz,posts", "select": "road-m5"}, {"hidden": "dmz,posts", "selected": "road-m5"}),
        ({"lang": "ar", "base": "osm"}, {"names": "ar", "base_map": "osm"}),
        ({"at": "35.5,36.5,9"}, {"camera": "35.5,36.5,9"}),
        ({"screen": "clean"}, {"screenshot": "1"}),
        ({"screen": "full"}, {}),
    ],
)
def test_older_spellings_are_still_read(old: dict[str, str], new: dict[str, str]) -> None:
    view, remarks = read_address(old, ATLAS)
    assert (view, remarks) == (read_address(new, ATLAS)[0], ())
    assert not write_address(view, ATLAS).keys() & old.keys()


def test_an_older_spelling_beside_the_new_one_is_named() -> None:
    view, remarks = read_address({"to": "2018-09-30", "last": "2020-03-01"}, ATLAS)
    assert view.window.last == date(2020, 3, 1)
    assert remarks == ('to: an older name for last, which is also present (got "2018-09-30").',)


def test_a_remark_on_an_older_spelling_names_it_as_it_was_written() -> None:
    _, remarks = read_address({"screen": "half", "from": "soon"}, ATLAS)
    assert [remark.split(":")[0] for remark in remarks] == ["from", "screen"]


def test_unknown_parameters_are_ignored() -> None:
    assert read_address({"utm_source": "x", "embed": "true", "theme": HOSTILE}, ATLAS) == (USUAL, ())


def test_base_layers_cannot_be_switched_off() -> None:
    assert not {"land", "countries"} & set(ATLAS.profile.switchable)


@pytest.mark.parametrize(
    "value",
    [
        None,
        3,
        "x",
        [],
        {},
        {"incident": None},
        {"incident": 3},
        {"last_clicked": {}},
        {"incident": "x" * 3000},
    ],
)
def test_an_invalid_request_for_an_incident_gives_none(value: object) -> None:
    assert state.asked_incident(value) is None


def test_the_browser_asks_for_an_incident_by_its_dataset_and_number() -> None:
    assert state.asked_incident({"incident": "acled/7"}) == "acled/7"

"""The remarks on values of an address that cannot be used."""

from __future__ import annotations

import pytest
from tiny import Tiny

from mapapp.core.model import Atlas
from mapapp.data.load import load
from mapapp.view_address import read_address


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Atlas:
    """Return the small atlas."""
    return load(Tiny().write(tmp_path_factory.mktemp("small")))


@pytest.mark.parametrize(
    ("camera", "said"),
    [
        ("86,36,9", ["the latitude is outside the range -85 to 85"]),
        ("36,-181,9", ["the longitude is outside the range -180 to 180"]),
        ("36,36,0", ["the zoom is outside the range 1 to 18"]),
        (
            "-86,36,19",
            ["the latitude is outside the range -85 to 85", "the zoom is outside the range 1 to 18"],
        ),
        ("86,36", ["expected latitude, longitude and zoom"]),
        ("86,here,9", ["expected latitude, longitude and zoom"]),
    ],
)
def test_a_camera_says_which_of_its_numbers_is_out_of_range(
    small: Atlas, camera: str, said: list[str]
) -> None:
    view, remarks = read_address({"camera": camera}, small)
    assert view.camera is None
    assert remarks == tuple(f'camera: {what} (got "{camera}").' for what in said)


@pytest.mark.parametrize("first", ["abc", "2020-02-30", ""])
def test_an_invalid_first_day_is_one_fault_and_counts_as_missing(small: Atlas, first: str) -> None:
    view, remarks = read_address({"first": first, "last": "2017-01-31"}, small)
    assert len(remarks) == 1
    assert str(view.window.last) == "2017-01-31"
    assert view.window.first == view.window.last

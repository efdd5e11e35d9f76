"""A machine whose clock is wrong shows and writes the same map."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from faulty import at, mapapp, one_line

from mapapp.core.model import Atlas
from mapapp.incidents.synthetic import write_synthetic

pytestmark = pytest.mark.slow


@pytest.mark.fault(
    "Clock wrong (set to 1970, or to 2099)",
    seen="the same map; `check` names the day of the machine if the data's is after it",
    kept="exports are the same bytes, except for the day they name",
    recovery="none needed",
)
@pytest.mark.parametrize("year", [1970, 2099])
def test_the_map_does_not_depend_on_the_clock(year: int, tmp_path: Path) -> None:
    env = at(date(year, 6, 1))
    for command, file in (("data", "map.gpkg"), ("data", "map.kmz"), ("page", "map.html")):
        assert mapapp(command, tmp_path / f"now-{file}").returncode == 0
        done = mapapp(command, tmp_path / f"then-{file}", env=env)
        assert (done.returncode, done.stderr) == (0, "")
        assert (tmp_path / f"then-{file}").read_bytes() == (tmp_path / f"now-{file}").read_bytes()
    for command in (("figure", "map.pdf"), ("story", "steps.pdf"), ("pack", "map.zip")):
        done = mapapp(command[0], tmp_path / command[1], env=env)
        assert (done.returncode, done.stderr) == (0, "")
    assert f"{year}" in mapapp("cite", env=env).stdout  # the day the map was retrieved
    checked = mapapp("check", env=env)
    if year == 2099:
        assert checked.stdout == "No faults found.\n"
    else:
        assert checked.returncode == 1
        assert "or set the clock of this machine, which says 1970-06-01" in checked.stdout


@pytest.mark.fault(
    "Clock set back between an import and a query",
    seen="the same counts; an import of days after the clock's is refused with the reason",
    kept="the store",
    recovery="set the clock, then import",
)
def test_a_clock_set_back_changes_no_count(atlas: Atlas, tmp_path: Path) -> None:
    export, store = tmp_path / "export.csv", tmp_path / "store"
    write_synthetic(export, atlas, 500, "acled")
    assert mapapp("incidents", "import", export, "--store", store).returncode == 0
    count = ("incidents", "count", "--place", "governorate-idlib", "--store", store)
    now = mapapp(*count)
    env = at(date(1970, 6, 1))
    assert mapapp(*count, env=env).stdout == now.stdout
    said = one_line(mapapp("incidents", "import", export, "--store", tmp_path / "new", env=env))
    assert "reason: the date is in the future (got " in said
    assert mapapp(*count).stdout == now.stdout

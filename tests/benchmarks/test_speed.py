"""The calculations of the benchmark, and the table in the README."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
from speed import events, table


def result(app: list[float], folium: list[float] | str) -> dict[str, object]:
    """Return what a run of one size writes, with a time step measured."""
    late = {"cold": {}, "step": {}}
    samples = {
        "step": {"app": [{"ms": took, "whole_ms": 1, "down": 4000, "up": 700, "cpu_ms": 0} for took in app]}
    }
    if isinstance(folium, str):
        late["cold"]["folium"] = folium
    else:
        samples["step"]["folium"] = [
            {"ms": took, "whole_ms": 1, "down": 1_000_000, "up": 0, "cpu_ms": 5} for took in folium
        ]
    facts = dict.fromkeys(("date", "cores", "processor", "memory_gb", "load", *table.VERSIONS), "1")
    return {
        "machine": facts | {"seconds": 60},
        "sizes": [{"marks": 1000, "samples": samples, "late": late}],
    }


def row(made: list[list[str]], title: str) -> list[str]:
    """Return the row of a title, without the size."""
    return next(line[1:] for line in made if line[1] == title)


def test_a_cell_has_median_95th_percentile_and_ratio_to_the_app() -> None:
    made = table.lines(result([10, 20, 30], [1000, 2000, 1500]))
    assert row(made, "time step") == ["time step", "20.0 ms (30.0 ms)", "1.50 s (2.00 s), 75 ×", "–", "–"]
    assert row(made, "socket, time step")[1:3] == ["4.70 kB", "1.00 MB, 213 ×"]


def test_nothing_is_divided_by_nothing() -> None:
    made = table.lines(result([10], [20]))
    assert row(made, "server CPU, time step")[1:3] == ["0.0 ms", "5.0 ms"]


def test_a_missed_deadline_is_in_every_row_it_affects() -> None:
    made = table.lines(result([10], "> 120 s"))
    assert {line[3] for line in made[1:]} == {"did not finish (> 120 s)", "–"}


def test_a_deadline_missed_once_is_reported_with_the_samples_so_far() -> None:
    run = result([10, 10], [20, 20])
    run["sizes"][0]["late"]["step"]["folium"] = "> 120 s"
    assert row(table.lines(run), "time step")[2] == "20.0 ms (20.0 ms), 2.0 ×, then did not finish (> 120 s)"


@pytest.mark.parametrize(
    ("values", "share", "expected"),
    [([3, 1, 2], 0.5, 2), (range(1, 101), 0.95, 95), ([7], 0.95, 7), ([1, 2], 0.95, 2)],
)
def test_a_percentile_is_one_of_the_values(values: list[float], share: float, expected: float) -> None:
    assert table.percentile(values, share) == expected


def test_the_table_is_markdown_with_every_contestant() -> None:
    lines = table.markdown(result([10], [20])).splitlines()
    head, rule, *rows = [line for line in lines if line.startswith("|")]
    assert head == "| marks |  | mapapp | streamlit-folium | pydeck | bare page |"
    assert {line.count("|") for line in (head, rule, *rows)} == {7}
    assert len(rows) == len(table.ROWS)


def test_the_events_are_the_same_on_every_run_and_the_beacons_stand_alone() -> None:
    made = events.table(1000)
    assert made.equals(events.table(1000))
    for lon, lat in events.BEACONS:
        near = (abs(made["lon"] - lon) < 0.19) & (abs(made["lat"] - lat) < 0.19)
        assert near.sum() == 1


def test_the_projection_has_its_centre_and_width_right() -> None:
    assert events.from_middle(*events.CENTRE) == (0, 0)
    assert events.from_middle(events.CENTRE[0] + 360, events.CENTRE[1]) == (256 * 2**events.ZOOM, 0)


def test_every_step_takes_some_events_away(tmp_path: Path) -> None:
    _, csv, left = events.write(60, tmp_path)
    assert np.all(np.diff([60, *left]) < 0)
    assert csv.read_text(encoding="utf-8").count("\n") == 61


def test_the_table_in_the_readme_follows_from_its_samples() -> None:
    folder = Path(__file__).parent
    readme = (folder / "README.md").read_text(encoding="utf-8")
    kept = json.loads((folder / "speed.json").read_text(encoding="utf-8"))
    assert table.put(readme, kept) == readme


def test_a_readme_without_the_table_markers_is_refused() -> None:
    with pytest.raises(ValueError, match=r"README\.md: no <!-- speed -->"):
        table.put("# mapapp", result([10], [20]))

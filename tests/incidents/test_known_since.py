"""Since when incidents are known: from exports, the publisher's times, and replaced versions."""

from __future__ import annotations

import csv
import random
from datetime import UTC, date, datetime, timedelta
from functools import cache
from pathlib import Path

import pytest

from mapapp.cli.main import main
from mapapp.core.model import Atlas
from mapapp.incidents.completeness import incomplete
from mapapp.incidents.importer import ImportOptions, import_file
from mapapp.incidents.known_since import reporting_lags
from mapapp.incidents.query import Asked, Queries
from mapapp.incidents.store import Store, open_store

SEEN = date(2020, 6, 1)
FIRST = SEEN - timedelta(days=7 * 15)  # day of the first export
PLACE = "governorate-idlib"


@cache
def incidents(number: int = 6000) -> list[tuple[int, date, date]]:
    """Return made-up incidents: number, day, and the day on which they become known."""
    chance = random.Random(1)  # noqa: S311 - made-up rows
    days = [SEEN - timedelta(days=chance.randrange(420)) for _ in range(number)]
    return [
        (at, day, day + timedelta(days=int(chance.gammavariate(0.8, 19.5)))) for at, day in enumerate(days)
    ]


def export(file: Path, until: date, *, changed: dict[int, date] | None = None, timed: bool = True) -> Path:
    """Write an ACLED export of what is known on a day, with or without times; ``changed``: later changes."""
    with file.open("w", encoding="utf-8", newline="") as out:
        writer = csv.writer(out)
        head = ["event_id_cnty", "event_date", "event_type", "country", "latitude", "longitude"]
        writer.writerow([*head, "timestamp"] if timed else head)
        for number, day, known in incidents():
            time = max([known, *([changed[number]] if changed and number in changed else [])])
            if known <= until:
                noon = datetime(time.year, time.month, time.day, 12, tzinfo=UTC).timestamp()
                row = [f"SYR{number}", day, "Battles", "Syria", 35.93, 36.63]
                writer.writerow([*row, int(noon)] if timed else row)
    return file


def store_of(folder: Path) -> Store:
    """Open the store in a folder."""
    store = open_store(folder)
    assert store is not None
    return store


def true_share(weeks: int) -> float:
    """Return the share known so many weeks later, of those that become known within 26."""
    delays = [((SEEN - day).days // 7, (SEEN - known).days // 7) for _, day, known in incidents(200_000)]
    late = [week - since for week, since in delays]
    return sum(delay <= weeks for delay in late) / sum(delay <= 26 for delay in late)


@pytest.fixture
def timed(atlas: Atlas, tmp_path: Path) -> Store:
    """Return a store of one export with the publisher's times."""
    import_file(export(tmp_path / "one.csv", SEEN), atlas, tmp_path / "store")
    return store_of(tmp_path / "store")


def test_one_export_with_times_shows_the_lag(timed: Store) -> None:
    ((datasets, lag),) = reporting_lags(timed)
    assert [dataset.key for dataset in datasets] == ["one"]
    assert lag.basis == "changes"
    assert (date(1970, 1, 1) + timedelta(days=lag.seen)) == SEEN
    for weeks in (0, 1, 2, 4, 8):
        assert lag.share[weeks] == pytest.approx(true_share(weeks), abs=4 * lag.error[weeks])


def test_successive_exports_without_times_show_the_lag(atlas: Atlas, tmp_path: Path) -> None:
    for weeks in range(16):
        day = FIRST + timedelta(days=7 * weeks)
        file = export(tmp_path / f"{weeks}.csv", day, timed=False)
        import_file(file, atlas, tmp_path / "store", ImportOptions(exported=day))
    ((datasets, lag),) = reporting_lags(store_of(tmp_path / "store"))
    assert len(datasets) == 16
    assert lag.basis == "exports"
    for weeks in (0, 1, 2, 4, 8):
        assert lag.share[weeks] == pytest.approx(true_share(weeks), abs=4 * lag.error[weeks])


def test_exports_far_apart_do_not_show_when_incidents_became_known(
    atlas: Atlas, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for weeks in range(0, 16, 4):
        day = FIRST + timedelta(days=7 * weeks)
        file = export(tmp_path / f"{weeks}.csv", day, timed=False)
        import_file(file, atlas, tmp_path / "store", ImportOptions(exported=day))
    assert reporting_lags(store_of(tmp_path / "store")) == []
    assert main(["incidents", "lag", "--store", str(tmp_path / "store")]) == 0
    assert "the exports are more than a week apart" in capsys.readouterr().out


def test_without_a_day_of_export_the_command_asks_for_it(
    atlas: Atlas, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    import_file(export(tmp_path / "one.csv", SEEN, timed=False), atlas, tmp_path / "store")
    assert main(["incidents", "lag", "--store", str(tmp_path / "store")]) == 0
    assert "say with --exported of which day each export is" in capsys.readouterr().out


def test_a_later_change_of_a_row_does_not_make_it_known_later(atlas: Atlas, tmp_path: Path) -> None:
    half = SEEN - timedelta(days=60)
    import_file(export(tmp_path / "half.csv", half), atlas, tmp_path / "store")
    changed = {number: SEEN - timedelta(days=1) for number in range(0, 6000, 3)}  # known or not yet by then
    changed = {number: day for number, day in changed.items() if incidents()[number][2] <= half}
    import_file(export(tmp_path / "all.csv", SEEN, changed=changed), atlas, tmp_path / "store")
    ((_, lag),) = reporting_lags(store_of(tmp_path / "store"))
    for weeks in (1, 2, 4, 8):
        assert lag.share[weeks] == pytest.approx(true_share(weeks), abs=4 * lag.error[weeks])


def test_without_times_and_with_one_export_nothing_is_known(atlas: Atlas, tmp_path: Path) -> None:
    file = export(tmp_path / "one.csv", SEEN, timed=False)
    import_file(file, atlas, tmp_path / "store", ImportOptions(exported=SEEN))
    assert reporting_lags(store_of(tmp_path / "store")) == []


def test_the_interval_of_an_area_holds_what_becomes_known(timed: Store) -> None:
    queries = Queries(timed)
    first, last = SEEN - timedelta(days=27), SEEN
    known = queries.count(PLACE, first, last)
    still = incomplete(queries, Asked(PLACE, first, last))
    truth = sum(first <= day <= last for _, day, _ in incidents())
    assert still is not None
    assert still.more is not None
    low, high = still.more
    assert known < known + low <= truth <= known + high


def test_a_window_that_is_complete_is_not_said_to_be_filling(timed: Store) -> None:
    queries = Queries(timed)
    assert incomplete(queries, Asked(PLACE, SEEN - timedelta(days=280), SEEN - timedelta(days=200))) is None


def test_the_commands_say_what_is_still_coming_in(timed: Store, capsys: pytest.CaptureFixture[str]) -> None:
    where = ["--store", str(timed.folder)]
    assert main(["incidents", "lag", *where]) == 0
    said = capsys.readouterr().out
    assert "by the publisher's times of their last change" in said
    assert "100 %   taken as complete" in said
    first = str(SEEN - timedelta(days=27))
    assert main(["incidents", "count", "--first", first, "--place", PLACE, *where]) == 0
    assert "reports are still coming in: at least " in capsys.readouterr().out
    assert main(["incidents", "count", "--first", "2020-06-02", "--last", "2020-06-09", *where]) == 0
    assert "the incident data covers 2019-04-09 to 2020-06-01 only" in capsys.readouterr().out
    assert main(["incidents", "count", "--first", "2020-05-20", "--last", "2020-06-09", *where]) == 0
    assert "the incident data covers 2019-04-09 to 2020-06-01 only" in capsys.readouterr().out
    assert main(["incidents", "count", "--last", "2019-12-01", *where]) == 0
    assert "still coming in" not in capsys.readouterr().out
    assert main(["incidents", "around", "idlib-clashes", *where]) == 0
    said = capsys.readouterr().out
    assert "governorate-idlib\n  before: " in said
    assert "this does not show why the rates differ" in said
    assert main(["incidents", "around", "nothing", *where]) == 2
    assert 'STATEMENT: no such statement (got "nothing")' in capsys.readouterr().err

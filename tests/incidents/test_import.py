"""An export goes in, and what is asked of the store comes out."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from mapapp.cli.main import main
from mapapp.core.model import Atlas
from mapapp.incidents.importer import import_file
from mapapp.incidents.query import Queries
from mapapp.incidents.store import open_store
from mapapp.incidents.synthetic import Like, write_synthetic


@pytest.mark.parametrize("like", ["acled", "ucdp", "csv"])
def test_a_synthetic_export_is_stored_whole_and_says_that_it_is_invented(
    like: Like, atlas: Atlas, tmp_path: Path
) -> None:
    write_synthetic(tmp_path / "export.csv", 500, like)
    done = import_file(tmp_path / "export.csv", atlas, tmp_path / "store")
    assert (done.record.rows, done.record.rejected, done.record.format) == (500, 0, like)
    assert done.record.synthetic
    assert done.record.title.startswith("Synthetic")
    store = open_store(tmp_path / "store")
    assert store is not None
    assert Queries(store).count(None, date(2017, 1, 1), date(2020, 12, 31)) == 500


def test_exports_of_two_seeds_are_both_stored_whole(atlas: Atlas, tmp_path: Path) -> None:
    for seed in (1, 2):
        write_synthetic(tmp_path / f"{seed}.csv", 50, "acled", seed)
        done = import_file(tmp_path / f"{seed}.csv", atlas, tmp_path / "store")
        assert (done.record.rows, done.record.rejected) == (50, 0)


def test_an_invented_export_takes_no_files_place(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "real.csv").write_text("real")
    assert main(["incidents", "synthetic", str(tmp_path / "real.csv")]) == 2
    told = capsys.readouterr().err
    assert told.startswith("mapapp: OUT: already exists")
    assert told.endswith('real.csv"); choose another name\n')
    assert (tmp_path / "real.csv").read_text() == "real"
    assert main(["incidents", "synthetic", str(tmp_path / "new.csv"), "--seed", "-1"]) == 2


def test_the_commands_import_list_count_and_remove(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MAPAPP_INCIDENTS", str(tmp_path / "store"))
    export = tmp_path / "export.csv"
    assert main(["incidents", "synthetic", str(export), "--rows", "300"]) == 0
    assert main(["incidents", "import", str(export)]) == 0
    assert "300 rows stored as export" in capsys.readouterr().out
    assert main(["incidents", "list"]) == 0
    assert main(["incidents", "count"]) == 0
    assert "300 incidents, 2017-01" in capsys.readouterr().out
    assert main(["incidents", "remove", "export"]) == 0
    assert open_store() is None

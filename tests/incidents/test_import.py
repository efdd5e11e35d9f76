"""From importing an export to querying the store."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from mapapp.cli.main import main
from mapapp.core.model import Atlas
from mapapp.incidents.importer import import_file
from mapapp.incidents.query import Queries
from mapapp.incidents.store import open_store
from mapapp.incidents.synthetic import write_synthetic
from mapapp.incidents.synthetic_values import Like


@pytest.mark.parametrize("like", ["acled", "ucdp", "csv"])
def test_a_synthetic_export_is_stored_completely_and_marked_as_synthetic(
    like: Like, atlas: Atlas, tmp_path: Path
) -> None:
    write_synthetic(tmp_path / "export.csv", atlas, 500, like)
    done = import_file(tmp_path / "export.csv", atlas, tmp_path / "store")
    assert (done.dataset.rows, done.dataset.rejected, done.dataset.format) == (500, 0, like)
    assert done.dataset.synthetic
    assert done.dataset.title.startswith("Synthetic")
    store = open_store(tmp_path / "store")
    assert store is not None
    assert Queries(store).count(None, date(2017, 1, 1), date(2020, 12, 31)) == 500


def test_exports_of_two_seeds_are_both_stored_completely(atlas: Atlas, tmp_path: Path) -> None:
    for seed in (1, 2):
        write_synthetic(tmp_path / f"{seed}.csv", atlas, 50, "acled", seed)
        done = import_file(tmp_path / f"{seed}.csv", atlas, tmp_path / "store")
        assert (done.dataset.rows, done.dataset.rejected) == (50, 0)


def test_a_synthetic_export_never_overwrites_a_file(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "real.csv").write_text("real")
    assert main(["incidents", "synthetic", str(tmp_path / "real.csv")]) == 2
    assert "OUT: already exists (got " in capsys.readouterr().err
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
    assert "300 incidents, 2017-0" in capsys.readouterr().out
    assert main(["incidents", "remove", "export"]) == 0
    assert open_store() is None

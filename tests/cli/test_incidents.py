"""The ``incidents`` commands: errors, and older spellings."""

from __future__ import annotations

from pathlib import Path

import pytest

from mapapp.cli.main import main


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> str:
    """Return a store with one small dataset."""
    folder = tmp_path_factory.mktemp("incidents")
    assert main(["incidents", "synthetic", str(folder / "small.csv"), "--rows", "50"]) == 0
    assert main(["incidents", "import", str(folder / "small.csv"), "--store", str(folder / "store")]) == 0
    return str(folder / "store")


def test_older_spellings_give_the_same_counts(store: str, capsys: pytest.CaptureFixture[str]) -> None:
    newer = ["--first", "2018-01-01", "--last", "2019-12-31", "--kinds", "shelling", "--certain"]
    older = ["--from", "2018-01-01", "--to", "2019-12-31", "--kind", "shelling", "--sure"]
    told = []
    for options in (newer, older):
        assert main(["incidents", "count", "--store", store, *options]) == 0
        told.append(capsys.readouterr().out)
    assert told[0] == told[1]
    assert ", 2018-01-01 to 2019-12-31\n" in told[0]


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["count", "--place", "atlantis"], '--place: no such area (got "atlantis"); choose from '),
        (["count", "--kinds", "shelling,war"], '--kinds: no such kind (got "war"); choose from clashes, '),
        (["count", "--first", "soon"], "--first: "),
        (["remove"], "missing argument 'KEY'; see mapapp incidents remove --help"),
        (["import"], "missing argument 'FILE...'; see mapapp incidents import --help"),
        ([], "missing command; see mapapp incidents --help"),
        (["lst"], "no such command 'lst'"),
    ],
)
def test_an_impossible_command_gives_one_line(
    arguments: list[str],
    told: str,
    store: str,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("MAPAPP_INCIDENTS", store)
    assert main(["incidents", *arguments]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert err.startswith(f"mapapp: {told}")
    assert err.count("\n") == 1


@pytest.mark.parametrize("arguments", [["count"], ["remove", "export"], ["place"]])
def test_a_store_without_datasets_says_how_to_import_one(
    arguments: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["incidents", *arguments, "--store", str(tmp_path / "none")]) == 2
    told = capsys.readouterr().err
    assert told.startswith("mapapp: --store: no datasets in this folder (got ")
    assert "import one with mapapp incidents import FILE" in told
    assert main(["incidents", "list", "--store", str(tmp_path / "none")]) == 0
    assert capsys.readouterr().out.startswith("No datasets are stored in ")


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["x.txt"], 'OUT: unsupported file type (got "x.txt"); use .csv or .parquet'),
        (["nowhere/x.csv"], "OUT: no such folder (got "),
        (["x.csv", "--rows", "0"], '--rows: out of range (got "0"); use a whole number from 1 to 20000000'),
        (["x.csv", "--rows", "１００"], "--rows: not a whole number"),
        (["x.csv", "--seed", "-1"], '--seed: out of range (got "-1"); use a whole number from 0 to'),
        (["x.csv", "--like", "gdelt"], '--like: unknown value (got "gdelt"); choose from acled, ucdp, csv'),
    ],
)
def test_no_synthetic_export_is_written_with_invalid_options(
    arguments: list[str],
    told: str,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.chdir(tmp_path)
    assert main(["incidents", "synthetic", *arguments]) == 2
    assert capsys.readouterr().err.startswith(f"mapapp: {told}")
    assert list(tmp_path.iterdir()) == []

"""The store stays intact whatever happens to an import, and can be read by other programs."""

from __future__ import annotations

import errno
import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from threading import Event, Thread

import duckdb
import geopandas as gpd
import numpy as np
import pytest
import shapely
from exports import imported, plain, rejects, row, text
from filelock import FileLock
from test_malformed import contents

from mapapp.cli.main import main
from mapapp.core.model import Atlas
from mapapp.incidents import partitions
from mapapp.incidents.importer import ImportOptions, import_file, place_all
from mapapp.incidents.mapping_file import MappingSettings
from mapapp.incidents.query import Queries
from mapapp.incidents.revisions import remove
from mapapp.incidents.spatial_join import areas_of, within
from mapapp.incidents.staging import Staging
from mapapp.incidents.store import StoreError, open_store, write_whole, writing
from mapapp.incidents.synthetic import write_synthetic

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def export(atlas: Atlas, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a synthetic export of some size."""
    file = tmp_path_factory.mktemp("exports") / "big.csv"
    write_synthetic(file, atlas, 40_000, "acled")
    return file


CONDITIONS = ["aside-*", "aside-*/rows/year=*", "aside-*/rows/year=2019/*", "records/big*"]


@pytest.mark.slow
@pytest.mark.parametrize("condition", CONDITIONS)
def test_an_import_killed_at_any_moment_leaves_the_store_unchanged(
    condition: str, export: Path, tmp_path: Path, atlas: Atlas
) -> None:
    imported(tmp_path, text([row(1), row(2)]).encode())
    store = tmp_path / "store"
    before = contents(store)
    command = [sys.executable, "-m", "mapapp", "incidents", "import", str(export), "--store", str(store)]
    with subprocess.Popen(  # noqa: S603 - our own
        command, stdout=subprocess.DEVNULL, env={**os.environ, "PYTHONPATH": str(ROOT)}
    ) as running:
        while running.poll() is None and not any(store.glob(condition)):
            pass
        running.send_signal(signal.SIGKILL)
    stored = open_store(store)
    assert stored is not None
    if len(stored.datasets) == 1:  # else it was faster than the kill
        left = contents(store)
        assert {name: left[name] for name in before} == before
    assert stored.datasets[0].rows == 2
    again = import_file(export, atlas, store)
    assert again.dataset.rows == 40_000
    assert not [*store.glob("aside-*")]
    assert len([*(store / "records").iterdir()]) == 2


def test_an_interrupted_import_cleans_up_and_leaves_the_store_unchanged(
    export: Path, tmp_path: Path, atlas: Atlas
) -> None:
    imported(tmp_path, text([row(1)]).encode())
    before = contents(tmp_path / "store")

    def interrupt(what: str, share: float | None) -> None:
        if what == "writing" and share:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        import_file(export, atlas, tmp_path / "store", progress=interrupt)
    assert contents(tmp_path / "store") == before


@pytest.mark.parametrize(
    "said", [RuntimeError("Query interrupted"), duckdb.InterruptException("INTERRUPT Error: Interrupted!")]
)
def test_an_interrupt_that_the_database_raises_as_an_error_is_still_an_interrupt(
    said: Exception, export: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    def interrupt(*_given: object, **_options: object) -> None:
        raise said

    monkeypatch.setattr(Staging, "compare", interrupt)
    assert main(["incidents", "import", str(export), "--store", str(tmp_path / "store")]) == 130
    assert capsys.readouterr().err == "mapapp: big.csv: stopped; nothing was stored\n"
    assert open_store(tmp_path / "store") is None


@pytest.fixture
def _heard() -> Iterator[None]:
    """Let processes started here hear Ctrl-C, even where whoever started the tests had it ignored."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


@pytest.mark.slow
@pytest.mark.usefixtures("_heard")
@pytest.mark.parametrize("condition", CONDITIONS[:2])
def test_ctrl_c_ends_an_import_with_one_line(condition: str, export: Path, tmp_path: Path) -> None:
    store = tmp_path / "store"
    command = [sys.executable, "-m", "mapapp", "incidents", "import", str(export), "--store", str(store)]
    with subprocess.Popen(  # noqa: S603 - our own
        command,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    ) as running:
        while running.poll() is None and not any(store.glob(condition)):
            pass
        running.send_signal(signal.SIGINT)
        said = running.communicate()[1]
    assert not [*store.glob("aside-*")]
    if open_store(store) is None:
        assert said == "mapapp: big.csv: stopped; nothing was stored\n"
        assert running.returncode == 130
    else:  # it was faster than the signal
        stored = "mapapp: big.csv: stopped; the file was stored\n"
        assert (running.returncode, said) in {(0, ""), (130, stored)}


@pytest.mark.slow
def test_ctrl_c_while_a_thread_starts_waits_for_what_it_writes(
    export: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    start, open_second = Thread.start, partitions.second_connection
    begun = Event()

    def interrupted(thread: Thread) -> None:
        start(thread)
        if [*(tmp_path / "store").glob("aside-*/rows")]:
            begun.wait()
            raise KeyboardInterrupt

    def busy_connection(connection: duckdb.DuckDBPyConnection) -> duckdb.DuckDBPyConnection:
        cursor = open_second(connection)
        begun.set()
        cursor.execute("SELECT sum(a.range * b.range) FROM range(20000) a, range(20000) b").fetchall()
        return cursor

    monkeypatch.setattr(Thread, "start", interrupted)
    monkeypatch.setattr(partitions, "second_connection", busy_connection)
    assert main(["incidents", "import", str(export), "--store", str(tmp_path / "store")]) == 130
    assert capfd.readouterr().err == "mapapp: big.csv: stopped; nothing was stored\n"
    assert not [*(tmp_path / "store").glob("aside-*")]


def test_the_same_file_again_changes_no_byte(tmp_path: Path) -> None:
    first = imported(tmp_path, text([row(1), row(2, event_date="x")]).encode())
    before = {path: path.read_bytes() for path in (tmp_path / "store").rglob("*") if path.is_file()}
    again = imported(tmp_path, text([row(1), row(2, event_date="x")]).encode())
    assert again.already_stored
    assert again.dataset == first.dataset
    assert {path: path.read_bytes() for path in (tmp_path / "store").rglob("*") if path.is_file()} == before


def test_the_same_file_with_another_mapping_replaces_its_dataset(tmp_path: Path, atlas: Atlas) -> None:
    first = imported(tmp_path, plain("1,2020-02-19,35.9,36.6,Foo"))
    assert first.kinds == (("other", 1),)
    again = imported(
        tmp_path, plain("1,2020-02-19,35.9,36.6,Foo"), settings=MappingSettings(kinds={"Foo": "riots"})
    )
    assert again.kinds == (("riots", 1),)
    titled = import_file(
        tmp_path / "export.csv",
        atlas,
        tmp_path / "store",
        ImportOptions(MappingSettings(kinds={"Foo": "riots"}), "Mine", "CC0"),
    )
    assert (titled.dataset.key, titled.dataset.title, titled.dataset.licence) == (
        first.dataset.key,
        "Mine",
        "CC0",
    )
    store = open_store(tmp_path / "store")
    assert store is not None
    assert len(store.datasets) == 1
    assert len({first.dataset.folder, again.dataset.folder, titled.dataset.folder}) == 3
    assert len([*(tmp_path / "store" / "records").iterdir()]) == 1


def test_ids_of_another_dataset_of_the_same_publisher_are_rejected(tmp_path: Path) -> None:
    imported(tmp_path, text([row(1), row(2)]).encode())
    done = imported(tmp_path, text([row(2), row(3)]).encode(), "newer.csv")
    assert done.reasons == (("the id is already stored, in the dataset export", 1),)
    assert rejects(done)[0]["event_id_cnty"] == "SYR2"


def test_ids_of_plain_tables_conflict_only_with_the_same_day_and_point(tmp_path: Path) -> None:
    imported(tmp_path, plain("1,2020-02-19,35.9,36.6,x", "2,2020-02-19,35.9,36.6,x"))
    done = imported(tmp_path, plain("1,2020-02-19,35.9,36.6,x", "2,2020-02-19,35.8,36.6,x"), "other.csv")
    assert done.reasons == (("the id is already stored, in the dataset export", 1),)
    assert rejects(done)[0]["id"] == "1"


def test_a_dataset_is_geoparquet_in_order_and_by_year(tmp_path: Path) -> None:
    done = imported(
        tmp_path, text([row(1, event_date="2020-01-05"), row(2, event_date="2019-12-31"), row(3)]).encode()
    )
    folder = tmp_path / "store" / done.dataset.folder
    assert sorted(part.name for part in folder.iterdir()) == ["year=2019", "year=2020"]
    table = gpd.read_parquet(folder)
    assert table.crs.to_authority() == ("OGC", "CRS84")
    assert list(table["n"]) == [0, 1, 2]
    assert list(table["id"]) == ["SYR2", "SYR1", "SYR3"]
    assert (table.geometry.x[0], table.geometry.y[0]) == (36.63, 35.93)
    assert "governorate-idlib" in table["within"][0]


def test_parquet_and_geopackage_give_the_same_as_csv(tmp_path: Path, atlas: Atlas) -> None:
    rows = [row(1), row(2, latitude="36.2", longitude="37.16")]
    csv = imported(tmp_path, text(rows).encode())
    table = gpd.pd.DataFrame(rows)
    table.to_parquet(tmp_path / "plain.parquet")
    points = gpd.points_from_xy(table["longitude"].astype(float), table["latitude"].astype(float), crs=4326)
    shaped = gpd.GeoDataFrame(table.drop(columns=["latitude", "longitude"]), geometry=points)
    shaped.to_parquet(tmp_path / "shaped.parquet")
    shaped.to_crs(32637).to_file(tmp_path / "shaped.gpkg")
    stored = open_store(tmp_path / "store")
    assert stored is not None
    wanted = Queries(stored).incident(csv.dataset.key, 1) | {"dataset": ""}
    for name in ("plain.parquet", "shaped.parquet", "shaped.gpkg"):
        done = import_file(tmp_path / name, atlas, tmp_path / name.replace(".", "-"))
        store = open_store(tmp_path / name.replace(".", "-"))
        assert store is not None
        found = Queries(store).incident(done.dataset.key, 1) | {"dataset": ""}
        for axis in ("lon", "lat"):
            assert found.pop(axis) == pytest.approx(wanted[axis], abs=1e-6)
        assert found == {key: value for key, value in wanted.items() if key not in {"lon", "lat"}}


def test_points_are_joined_as_if_one_by_one_and_borders_are_inclusive(atlas: Atlas) -> None:
    areas = areas_of(atlas)
    rng = np.random.default_rng(3)
    lon, lat = rng.uniform(35.5, 42.5, 6000), rng.uniform(32, 37.5, 6000)
    corners = np.concatenate([shapely.get_coordinates(shape)[::7] for shape in areas.shapes])
    lon, lat = np.append(lon, corners[:, 0]), np.append(lat, corners[:, 1])
    code, sets = within(areas, lon, lat)
    points = shapely.points(lon, lat)
    for name, shape in zip(areas.ids, areas.shapes, strict=True):
        has = np.array([name in held for held in sets])[code]
        assert (has == shapely.covers(shape, points)).all(), name


def test_when_the_areas_change_the_rows_are_assigned_again(
    tmp_path: Path, atlas: Atlas, tiny_atlas: Atlas
) -> None:
    done = imported(tmp_path / "", text([row(1, latitude="35.6", longitude="37.5")]).encode(), "areas.csv")
    assert place_all(atlas, tmp_path / "store") == ()
    assert place_all(tiny_atlas, tmp_path / "store") == ("areas",)
    store = open_store(tmp_path / "store")
    assert store is not None
    assert Queries(store).incident("areas", 0)["within"] == [
        "zone-idlib",
        "northland",
        "held-2018",
        "held-2020",
        "syria",
    ]
    assert store.datasets[0].folder != done.dataset.folder
    assert [path.name for path in (tmp_path / "store/records").iterdir()] == [
        Path(store.datasets[0].folder).name
    ]


def test_a_second_import_at_the_same_time_is_refused(tmp_path: Path) -> None:
    imported(tmp_path, text([row(1)]).encode())
    with (
        FileLock(tmp_path / "store" / "lock"),
        pytest.raises(StoreError, match="another command is writing"),
    ):
        imported(tmp_path, text([row(2)]).encode(), "other.csv")


def test_a_damaged_store_is_reported_in_one_line(tmp_path: Path) -> None:
    done = imported(tmp_path, text([row(1)]).encode())
    store = open_store(tmp_path / "store")
    assert store is not None
    with pytest.raises(StoreError, match="there is no dataset 'x' in the store; it has export"):
        remove(tmp_path / "store", "x")
    next((tmp_path / "store" / done.dataset.folder).rglob("*.parquet")).write_bytes(b"PAR1 nothing")
    with pytest.raises(StoreError, match="cannot be read"):
        Queries(store).count(None, done.dataset.first, done.dataset.last)
    manifest = tmp_path / "store" / "manifest.json"
    value = json.loads(manifest.read_text())
    value["records"][0]["folder"] = "records/../../elsewhere"
    for written in ("{", "[]", "{}", json.dumps(value)):
        manifest.write_text(written)
        with pytest.raises(
            StoreError, match=r"the incident store is damaged .*; restore manifest\.json from"
        ):
            open_store(tmp_path / "store")


def test_a_store_written_by_an_earlier_version_still_opens(tmp_path: Path) -> None:
    (tmp_path / "manifest.json").write_text(
        """{"version": 1, "records": [{"key": "export", "title": "Mine", "licence": "CC0", "synthetic": false,
        "rows": 2, "rejected": 1, "first": "2020-02-18", "last": "2020-02-19", "file": "export.csv",
        "imported": "2026-01-01T00:00:00+00:00", "sha256": "00", "format": "csv",
        "folder": "records/export.0a1b2c3d", "bounds": [36.0, 35.0, 37.0, 36.0], "areas": "11",
        "mapping": {"format": "csv", "columns": {"first": "date"}, "kinds": {}, "dates": null,
        "encoding": null, "delimiter": null, "swapped": null, "title": null, "licence": null}}]}"""
    )
    rows = tmp_path / "records/export.0a1b2c3d/year=2020/part-0.parquet"
    rows.parent.mkdir(parents=True)
    rows.write_bytes(b"PAR1")
    store = open_store(tmp_path)
    assert store is not None
    (dataset,) = store.datasets
    assert (dataset.key, dataset.rows, str(dataset.last)) == ("export", 2, "2020-02-19")
    assert store.files(dataset) == [str(rows)]


def test_a_file_in_the_place_of_the_store_is_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    export, file = tmp_path / "export.csv", tmp_path / "file"
    export.write_bytes(plain("1,2020-02-19,35.9,36.6,x"))
    file.write_text("mine")
    for asked in (["list"], ["count"], ["import", str(export)]):
        assert main(["incidents", *asked, "--store", str(file)]) == 2
        assert "file: expected a folder for the store" in capsys.readouterr().err
    assert file.read_text() == "mine"


@pytest.mark.parametrize(
    ("number", "fix"),
    [
        (errno.EROFS, "choose a folder that can be written"),
        (errno.EACCES, "choose a folder that can be written"),
        (errno.ENOSPC, "free some disk space"),
    ],
)
def test_a_store_that_cannot_be_written_is_refused_with_what_helps(
    number: int, fix: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(Path, "mkdir", fail)
    message = rf"cannot be written \({os.strerror(number)}\); {fix}"
    with pytest.raises(StoreError, match=message), writing(tmp_path):
        pass
    with pytest.raises(StoreError, match=message):
        write_whole(tmp_path / "screen" / "copy.gz", b"")


def test_one_row_is_worded_in_the_singular(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    export = tmp_path / "export.csv"
    export.write_bytes(plain("1,2020-02-19,35.9,36.6,x", "2,never,35.9,36.6,x"))
    assert main(["incidents", "import", str(export), "--store", str(tmp_path / "store")]) == 0
    said = capsys.readouterr().out
    assert "  1 row stored as export" in said
    assert "  1 row rejected; " in said
    assert "  licence: Licence not stated\n" in said

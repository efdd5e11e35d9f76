"""The same counts with dask-geopandas, which can be distributed over machines."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import geopandas as gpd
import pytest

from mapapp.core.model import Atlas
from mapapp.incidents.importer import import_file
from mapapp.incidents.query import Queries
from mapapp.incidents.spatial_join import areas_of
from mapapp.incidents.store import open_store
from mapapp.incidents.synthetic import write_synthetic

FIRST, LAST = date(2020, 1, 22), date(2020, 2, 18)


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore")  # dask-geopandas warns of what it imports itself
def test_dask_joins_the_points_with_the_areas_and_counts_the_same(atlas: Atlas, tmp_path: Path) -> None:
    dask_geopandas = pytest.importorskip("dask_geopandas")
    for like, seed in (("acled", 1), ("ucdp", 2)):
        write_synthetic(tmp_path / f"{like}.csv", atlas, 3000, like, seed)
        import_file(tmp_path / f"{like}.csv", atlas, tmp_path / "store")
    store = open_store(tmp_path / "store")
    assert store is not None
    areas = areas_of(atlas)
    shapes = gpd.GeoDataFrame({"area": areas.ids}, geometry=list(areas.shapes), crs="OGC:CRS84")
    counted = {}
    for dataset in store.datasets:
        points = dask_geopandas.read_parquet(
            str(store.folder / dataset.folder / "*" / "*.parquet"), columns=["first", "last", "geometry"]
        )
        assert points.npartitions >= 4
        points = points[(points["first"] <= LAST) & (points["last"] >= FIRST)]
        joined = points.sjoin(shapes, predicate="intersects")
        for area, number in joined["area"].value_counts().compute().items():
            counted[area] = counted.get(area, 0) + number
    queries = Queries(store)
    assert counted
    ours = {area: queries.count(area, FIRST, LAST) for area in areas.ids}
    assert {area: number for area, number in ours.items() if number} == counted

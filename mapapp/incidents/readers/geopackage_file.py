"""Reads GeoPackages."""

from __future__ import annotations

import warnings
from typing import TYPE_CHECKING

import pyogrio
from pyogrio.errors import DataLayerError, DataSourceError
from pyproj import CRS

from mapapp.errors import plain, short_repr
from mapapp.incidents.mapping_file import IncidentFileError
from mapapp.incidents.readers.cell_texts import as_table, as_text, point_columns
from mapapp.incidents.readers.table import LATITUDE, LONGITUDE, Table

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    import pyarrow as pa

_BATCH = 50_000  # rows read at once


def open_geopackage(path: Path) -> Table:
    """Read the column names of a GeoPackage with one layer.

    Raises
    ------
    IncidentFileError
        If it is damaged, or has more than one layer.
    """
    if path.suffix.lower() != ".gpkg":
        raise IncidentFileError(
            f"{plain(path.name)}: the file is a GeoPackage; rename it so that it ends in .gpkg"
        )
    try:
        with warnings.catch_warnings():  # pyogrio's warnings are replaced by one message
            warnings.simplefilter("ignore", RuntimeWarning)
            layers = pyogrio.list_layers(path)
        if len(layers) != 1:
            names = ", ".join(short_repr(str(layer[0])) for layer in layers[:10])
            raise IncidentFileError(
                f"{plain(path.name)}: the file has {len(layers)} layers ({names}); export only the one with "
                "incidents"
            )
        info = pyogrio.read_info(path)
    except (DataSourceError, DataLayerError):  # its message is about SQL, which does not help the user
        raise IncidentFileError(
            f"{plain(path.name)}: the file is not a GeoPackage, or is damaged; export it again"
        ) from None
    return Table(path, "gpkg", (*map(str, info["fields"]), LATITUDE, LONGITUDE), points=True, header_line=0)


def geopackage_batches(table: Table) -> Iterator[pa.Table]:
    """Yield the rows as tables of text."""
    info = pyogrio.read_info(table.path)
    crs = CRS.from_user_input(info["crs"]) if info["crs"] else None
    with pyogrio.open_arrow(table.path, batch_size=_BATCH, use_pyarrow=True) as (meta, reader):
        geometry = meta["geometry_name"] or "wkb_geometry"
        for batch in reader:
            columns = [as_text(batch.column(name)) for name in meta["fields"]]
            columns += point_columns(batch.column(geometry).to_numpy(zero_copy_only=False), crs)
            yield as_table(columns)

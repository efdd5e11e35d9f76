"""Reads GeoPackages and GeoJSON."""

from __future__ import annotations

import warnings
from typing import TYPE_CHECKING, Any

import pyogrio
from pyogrio.errors import DataLayerError, DataSourceError
from pyproj import CRS

from mapapp.errors import plain, short_repr
from mapapp.incidents.mapping_file import IncidentFileError
from mapapp.incidents.readers.cell_texts import (
    as_table,
    as_text,
    converted_note,
    point_columns,
    sample_of,
    with_point_names,
)
from mapapp.incidents.readers.table import Table

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    import pyarrow as pa

_BATCH = 50_000  # rows read at once
_DRIVERS = {"gpkg": {"GPKG"}, "geojson": {"GeoJSON", "GeoJSONSeq", "ESRIJSON"}}
# days as they are written: GDAL would convert times in a zone to UTC, which can be another day
_OPTIONS: dict[str, dict[str, str]] = {"gpkg": {}, "geojson": {"DATE_AS_STRING": "YES"}}


def open_vector(path: Path, form: str) -> Table:
    """Read the column names of a GeoPackage with one layer, or of GeoJSON.

    Parameters
    ----------
    path
        The file.
    form
        ``gpkg`` or ``geojson``.

    Raises
    ------
    IncidentFileError
        If it is damaged, or has more than one layer.
    """
    if form == "gpkg" and path.suffix.lower() != ".gpkg":
        raise IncidentFileError(
            f"{plain(path.name)}: the file is a GeoPackage; rename it so that it ends in .gpkg"
        )
    try:
        with warnings.catch_warnings():  # pyogrio's warnings are replaced by one message
            warnings.simplefilter("ignore", RuntimeWarning)
            layers = pyogrio.list_layers(path)
            driver = pyogrio.read_info(path, layer=layers[0][0])["driver"] if len(layers) else ""
        if len(layers) > 1:
            names = ", ".join(short_repr(str(layer[0])) for layer in layers[:10])
            raise IncidentFileError(
                f"{plain(path.name)}: the file has {len(layers)} layers ({names}); export only the one with "
                "incidents"
            )
        if driver not in _DRIVERS[form]:  # GDAL also goes by a file's name
            raise _damaged(path, form)
        info = _info(path, form)
        header = with_point_names(tuple(map(str, info["fields"])))
        table = Table(path, form, header, points=True, header_line=0, notes=converted_note(_crs(info)))
        return sample_of(table, vector_batches(table))
    except (DataSourceError, DataLayerError):  # its message is about SQL, which does not help the user
        raise _damaged(path, form) from None


def _damaged(path: Path, form: str) -> IncidentFileError:
    what = "the file is not a GeoPackage, or" if form == "gpkg" else "this is GeoJSON but"
    return IncidentFileError(f"{plain(path.name)}: {what} is damaged; export it again")


def vector_batches(table: Table) -> Iterator[pa.Table]:
    """Yield the rows as tables of text."""
    crs = _crs(_info(table.path, table.form))
    with pyogrio.open_arrow(table.path, batch_size=_BATCH, use_pyarrow=True, **_OPTIONS[table.form]) as (
        meta,
        reader,
    ):
        geometry = meta["geometry_name"] or "wkb_geometry"
        for batch in reader:
            columns = [as_text(batch.column(name)) for name in meta["fields"]]
            columns += point_columns(batch.column(geometry).to_numpy(zero_copy_only=False), crs)
            yield as_table(columns)


def _info(path: Path, form: str) -> dict[str, Any]:
    info: dict[str, Any] = pyogrio.read_info(path, **_OPTIONS[form])
    return info


def _crs(info: dict[str, Any]) -> CRS | None:
    return CRS.from_user_input(info["crs"]) if info["crs"] else None

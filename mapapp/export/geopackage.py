"""GeoPackage: one layer for each layer of the map, the statements, their tables, and styles for QGIS."""

from __future__ import annotations

from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, Any

import geopandas as gpd
import pandas as pd
import pyogrio
from pyogrio.errors import DataLayerError, DataSourceError
from shapely import MultiLineString, MultiPolygon

from mapapp.data.atomic_write import WriteError, named
from mapapp.data.temporary_folder import temporary_folder
from mapapp.errors import plain
from mapapp.export import qgis_styles, rows
from mapapp.export.columns import typed
from mapapp.frames import (
    CRS,
    background_frame,
    change_frame,
    event_frame,
    place_frame,
    quantity_frame,
    source_frame,
    statement_frame,
    status_frame,
)
from mapapp.text.labels import layer_words
from mapapp.text.messages import words
from mapapp.view_rows import place_columns

if TYPE_CHECKING:
    from shapely.geometry.base import BaseGeometry

    from mapapp.core.model import Atlas
    from mapapp.core.select import Selection
    from mapapp.core.view import View

_CLOCK = "OGR_CURRENT_DATE"  # GDAL's setting for a fixed time of last change
_SYNCHRONOUS = "OGR_SQLITE_SYNCHRONOUS"  # and whether it waits until the disk has each change
_LOCK = Lock()  # the settings apply to the whole process
_POINTS = "event-points"
_LINKS = ["event", "place", "place_name", "layer", "role", "words"]


def geopackage(atlas: Atlas, view: View, selection: Selection, address: str) -> bytes:
    """Return a GeoPackage: map layers by name, ``event-points``, and tables without geometry.

    ``event-points`` contains only statements whose site or subject is a point that the article names; the
    table ``events`` contains all statements and ``event-places`` the places of each. The ``land`` layer is
    left out, because GIS programs have base maps. The values in ``about`` are also written as the file's
    metadata.
    """
    with _LOCK, temporary_folder() as folder:
        path = Path(folder) / "view.gpkg"
        before = {name: pyogrio.get_gdal_config_option(name) for name in (_CLOCK, _SYNCHRONOUS)}
        # not waiting: the file is read back and removed, and its 21 tables are a second or two of waiting
        pyogrio.set_gdal_config_options({_CLOCK: f"{atlas.day}T00:00:00.000Z", _SYNCHRONOUS: "OFF"})
        try:
            _fill(path, atlas, view, selection, address)
        except (
            DataLayerError,
            DataSourceError,
        ) as error:  # what we write it can hold: only the disk can be at fault
            raise WriteError(
                f"{named(folder)}: the GeoPackage cannot be written there ({plain(str(error), 100)}); "
                "free some space, or set TMPDIR to another folder"
            ) from None
        finally:
            pyogrio.set_gdal_config_options(before)
        return path.read_bytes()


def _fill(path: Path, atlas: Atlas, view: View, selection: Selection, address: str) -> None:
    about = rows.about(atlas, view, address)
    table = pd.DataFrame({"key": about.keys(), "value": about.values()})
    _write_table(path, "about", table, metadata=about)  # the metadata is written with the first layer
    qml, columns = {}, place_columns(atlas)
    for layer, frame in place_frame(atlas, selection).groupby("layer", sort=False):
        name = str(layer)
        own = frame[[column for column in frame if column in columns or frame[column].notna().any()]]
        own = gpd.GeoDataFrame(own, geometry=_alike(list(frame["geometry"])), crs=CRS)
        geometry = _write_layer(path, name, layer_words(atlas.profile, name), own)
        if geometry != "Unknown":
            kinds = own[["kind", "status"]].drop_duplicates().itertuples(index=False)
            rules = [(kind, None if pd.isna(status) else status) for kind, status in kinds]
            qml[name] = qgis_styles.places_qml(atlas.profile, name, geometry, rules)
    statements = statement_frame(atlas, selection, view.names)
    marked = statements[statements.geometry.notna()]
    if rows.drawn("events", view) and len(marked):
        _write_layer(path, _POINTS, words("layer-events-note"), marked)
        qml[_POINTS] = qgis_styles.statements_qml(atlas.profile, marked["kind"].unique())
    changes = change_frame(atlas, view)
    if len(changes):
        land = gpd.GeoDataFrame(changes, geometry=_alike(list(changes["geometry"])), crs=CRS)
        _write_layer(path, "changes", words("data-table-changes"), land)
    tables = {
        "events": statements.drop(columns=["geometry", "passages"]),
        "event-places": event_frame(atlas, selection, view.names)[_LINKS],
        "quantities": quantity_frame(atlas, selection),
        "statuses": status_frame(selection, view),
        "background": background_frame(atlas, selection),
        "sources": source_frame(atlas, rows.sources_used(atlas, selection, view)),
    }
    for name, frame in tables.items():
        _write_table(path, name, typed(pd.DataFrame(frame)))
    _write_table(path, qgis_styles.TABLE, qgis_styles.styles(atlas.profile, qml, atlas.day))


def _write_layer(path: Path, name: str, about: str, frame: gpd.GeoDataFrame) -> str:
    """Add a layer, and return the type of its geometry."""
    types = {*frame.geom_type}
    geometry = types.pop() if len(types) == 1 else "Unknown"  # areas and lines share a layer
    typed(frame.drop(columns="passages", errors="ignore")).to_file(
        path,
        driver="GPKG",
        layer=name,
        engine="pyogrio",
        use_arrow=True,  # otherwise days are written as timestamps
        geometry_type=geometry,
        layer_options={"DESCRIPTION": about, "GEOMETRY_NAME": qgis_styles.GEOMETRY},
    )
    return geometry


def _write_table(path: Path, name: str, frame: pd.DataFrame, metadata: dict[str, str] | None = None) -> None:
    """Add a table without geometry; an empty one is left out."""
    if frame.empty:
        return
    pyogrio.write_dataframe(
        frame,
        path,
        driver="GPKG",
        layer=name,
        use_arrow=True,
        dataset_metadata=metadata,
        layer_options={"DESCRIPTION": words(f"data-table-{name}")},
    )


def _alike(shapes: list[BaseGeometry]) -> list[BaseGeometry]:
    """Return shapes of one geometry type: if any is a multi-geometry, all become multi-geometries."""
    if len({shape.geom_type for shape in shapes}) == 1:
        return shapes
    multiple: dict[str, Any] = {"Polygon": MultiPolygon, "LineString": MultiLineString}
    return [multiple[shape.geom_type]([shape]) if shape.geom_type in multiple else shape for shape in shapes]

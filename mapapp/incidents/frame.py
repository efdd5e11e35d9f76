"""Reads incident files as a GeoDataFrame, with accepted and rejected rows."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import TYPE_CHECKING

import geopandas as gpd
import pandas as pd

from mapapp.data.folders import default_root
from mapapp.data.load import load
from mapapp.data.temporary_folder import temporary_folder
from mapapp.incidents.importer import ImportOptions, import_file
from mapapp.incidents.mapping_file import MappingSettings, read_mapping

if TYPE_CHECKING:
    import os

CRS = "EPSG:4326"


def read(path: str | os.PathLike[str], mapping: str | os.PathLike[str] | None = None) -> gpd.GeoDataFrame:
    r"""Read incidents from a file by the rules of the import, without storing them.

    Parameters
    ----------
    path
        CSV, Excel, GeoJSON, JSON, Parquet or GeoPackage, also compressed: an export of ACLED or UCDP GED, or
        a plain table.
    mapping
        A YAML or JSON file that assigns the columns (see `mapapp.incidents.mapping_file`). ``None``: the
        columns are recognised by their names.

    Returns
    -------
    geopandas.GeoDataFrame
        A row for each accepted incident, ordered by first day. ``first`` and ``last`` are days, both
        included; ``kind`` is one of `mapapp.incidents.vocabulary.KINDS`; ``dated`` and ``located`` say how
        precise day and position are; ``published`` is when the publisher last changed the row (UTC, without a
        zone); ``within`` holds the ids of the areas of the article that comes with
        mapapp (or that of ``MAPAPP_DATA``) in which the position lies. The geometry is a point, WGS 84
        (EPSG:4326), (lon, lat).

        ``attrs["rejected"]`` is a list of the rejected rows, each a dict of its ``line`` in the file, its
        ``reason`` and its cells; text that a spreadsheet would run as a formula begins with an apostrophe.
        ``attrs`` also has the ``title`` and ``licence`` of the data, and whether it is ``synthetic``.

    Raises
    ------
    mapapp.incidents.mapping_file.IncidentFileError
        If the file or the mapping cannot be used, or no row is accepted.

    Examples
    --------
    >>> import mapapp, pathlib, tempfile
    >>> rows = ["date,lat,lon,kind", "2019-02-19,35.93,36.63,shelling", "2019-02-30,35.93,36.63,shelling"]
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     file = pathlib.Path(folder, "export.csv")
    ...     _ = file.write_text("\n".join(rows))
    ...     incidents = mapapp.incidents.read(file)
    >>> incidents["kind"].tolist(), len(incidents.attrs["rejected"])
    (['shelling'], 1)
    """
    settings = read_mapping(Path(mapping)) if mapping is not None else MappingSettings()
    with temporary_folder() as folder:
        done = import_file(Path(path), load(default_root()), Path(folder), ImportOptions(settings))
        parts = sorted((Path(folder) / done.dataset.folder).glob("*/*.parquet"))
        frames = [gpd.read_parquet(part, partitioning=None) for part in parts]
        rejected = _rejected(done.rejects) if done.rejects else []
    frame = gpd.GeoDataFrame(pd.concat(frames, ignore_index=True)).drop(columns="n")
    frame = frame.set_crs(CRS, allow_override=True)  # GeoParquet's own name for it differs
    for column in ("first", "last"):
        frame[column] = pd.to_datetime(frame[column]).astype("datetime64[ms]")
    frame["within"] = [list(areas) for areas in frame["within"]]
    frame.attrs = {
        "title": done.dataset.title,
        "licence": done.dataset.licence,
        "synthetic": done.dataset.synthetic,
        "rejected": rejected,
    }
    return frame


def _rejected(file: Path) -> list[dict[str, str]]:
    with file.open(encoding="utf-8", newline="") as sheet:
        return list(csv.DictReader(sheet))

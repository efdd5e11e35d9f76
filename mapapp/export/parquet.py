"""GeoParquet: statements with their places, with the same rows as `View.events`."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

from mapapp.frames import event_frame

if TYPE_CHECKING:
    from mapapp.core.model import Atlas
    from mapapp.core.select import Selection
    from mapapp.core.view import View


def geoparquet(atlas: Atlas, view: View, selection: Selection) -> bytes:
    """Return `mapapp.frames.event_frame` as GeoParquet 1.1: a row for each statement and place.

    A file of this format holds one table. `geopandas.read_parquet` restores the frame, including lists and
    days; the geometry is the place's, (lon, lat).
    """
    out = io.BytesIO()
    event_frame(atlas, selection, view.names).to_parquet(out, index=False, schema_version="1.1.0")
    return out.getvalue()

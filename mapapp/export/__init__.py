"""Exports the data of a view. Each format has its own module."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, get_args

from mapapp.core.compare import comparison
from mapapp.core.select import select
from mapapp.text.comparison import comparison_words
from mapapp.text.locales import in_language_of_view
from mapapp.text.messages import words
from mapapp.text.printed_address import printed

if TYPE_CHECKING:
    from mapapp.core.model import Atlas
    from mapapp.core.view import View

# also the file extensions
Form = Literal["gpkg", "geojson", "parquet", "csv", "kml", "kmz", "lpf.json", "jsonld"]
FORMS: tuple[Form, ...] = get_args(Form)


_WITH_CHANGES = ("gpkg", "geojson", "kml", "kmz")  # forms that have the rows of a comparison


@in_language_of_view
def comparison_note(atlas: Atlas, view: View, form: Form) -> str:
    """Return why a file has no rows of the comparison that a view asks for; empty if nothing is missing.

    The other forms hold rows of one kind: statements, places or passages.
    """
    found = comparison(atlas, view)
    if found is None:
        return ""
    if form not in _WITH_CHANGES:
        return words("data-no-changes", form=form)
    changed = any(land.km2.best for holder in found.holders for land in (holder.gained, holder.lost))
    return "" if changed else " ".join(comparison_words(atlas, found))


@in_language_of_view
def write(atlas: Atlas, view: View, form: Form, address: str) -> bytes:  # noqa: PLR0911 - one for each form
    """Return what ``view`` shows of ``atlas`` as a file; the same bytes for the same input.

    Positions are WGS 84 (EPSG:4326), longitude first. Items after the as-of date are excluded.

    Parameters
    ----------
    atlas, view
        The data and the view to export.
    form
        ``gpkg`` (layers and tables, with styles for QGIS), ``geojson`` (RFC 7946), ``parquet`` (statements
        at their places), ``csv`` (statements), ``kml`` (with time spans), ``kmz`` (the same, with icons),
        ``lpf.json`` (places in the Linked Places format) or ``jsonld`` (Web Annotations of the passages).
        This is also the file extension.
    address
        Address of the view, stored in the file; only its query if not public.
    """
    selection = select(atlas, view)
    address = printed(address)
    # imported when needed, because the libraries behind them are slow to load
    if form == "gpkg":
        from mapapp.export.geopackage import geopackage  # noqa: PLC0415

        return geopackage(atlas, view, selection, address)
    if form == "geojson":
        from mapapp.export.plain_geojson import geojson  # noqa: PLC0415

        return geojson(atlas, view, selection, address)
    if form == "parquet":
        from mapapp.export.parquet import geoparquet  # noqa: PLC0415

        return geoparquet(atlas, view, selection)
    if form == "csv":
        from mapapp.export.csv_hxl import table  # noqa: PLC0415

        return table(atlas, view, selection)
    if form == "kml":
        from mapapp.export.kml import kml  # noqa: PLC0415

        return kml(atlas, view, selection, address)
    if form == "kmz":
        from mapapp.export.kml import kmz  # noqa: PLC0415

        return kmz(atlas, view, selection, address)
    if form == "lpf.json":
        from mapapp.export.linked_places import linked_places  # noqa: PLC0415

        return linked_places(atlas, view, selection, address)
    from mapapp.export.web_annotations import web_annotations  # noqa: PLC0415

    return web_annotations(atlas, view, selection, address)

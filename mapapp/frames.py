"""The items a view shows, as GeoDataFrames, with the columns of notebooks and of all exported files.

Geometries are WGS 84 (EPSG:4326), longitude first. Days are ``datetime64``, both ends included; ``NaT`` is an
open end. Texts are single lines, except quoted passages; empty texts are missing values. An empty frame
still has its columns and CRS. The base map's land is not included.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import geopandas as gpd
import pandas as pd

from mapapp.view_rows import (
    DAYS,
    background_rows,
    change_rows,
    event_rows,
    place_columns,
    place_rows,
    quantity_columns,
    quantity_rows,
    source_rows,
    statement_rows,
    status_rows,
)

if TYPE_CHECKING:
    from collections.abc import Iterable

    from mapapp.core.model import Atlas
    from mapapp.core.select import Selection
    from mapapp.core.view import View
    from mapapp.view_rows import Table

CRS = "EPSG:4326"
LISTS = frozenset(
    {
        *("actors", "actor_names", "passages", "location", "location_ids", "other_locations", "countries"),
        *("iso3", "admin1", "admin1_pcodes", "within", "sources", "places", "explains", "differs"),
        *("articles", "from", "to"),
    }
)


def event_frame(atlas: Atlas, selection: Selection, lang: str = "") -> gpd.GeoDataFrame:
    """Return the statements shown: a row for each statement and each place it is linked to.

    Parameters
    ----------
    atlas
        The atlas the selection was made from.
    selection
        The items a view shows, from `mapapp.core.select.select`.
    lang
        Language of names, as a BCP 47 tag; empty for the first of the map's.

    Returns
    -------
    geopandas.GeoDataFrame
        ``number`` is the statement's number in the order of its article, from 1, and ``number_shown`` is what
        the screen and the figures show for it: ``7``, or with several articles in the folder ``B7``.
        ``article`` is the id of its article; the columns that begin with ``article_`` describe it.

        ``when`` is EDTF; ``earliest`` and ``latest`` are the first and last possible day, included;
        ``when_basis`` says whether the article's words give the time; ``said`` is when the statement was
        made, in EDTF; ``certainty`` says whether it falls in the window certainly or only possibly;
        ``quotation`` is the article's words on one line, in quotation marks; ``passages`` lists them as
        substrings of the article's text; ``role`` is the role of the place in the statement, and ``words``
        are the words that name it (missing if the article does not name it). The geometry is that of the
        place, accurate to ``tolerance_km``.

        For each kind of quantity used in the folder, such as ``dead``, there are ``dead_min``, ``dead_best``
        and ``dead_max``, missing where the article gives none, ``dead_unit``, and the article's words
        ``dead_as_said``. Where a statement has several quantities of one kind, the second is in
        ``dead_min_2`` and so on; quantities are never summed. A quantity belongs to the statement, not to
        each of its places: do not add up the rows of one statement.

        ``draft`` is there only if the atlas has drafts, as with ``mapapp.load(drafts=True)``.
    """
    return _measured(_geo(event_rows(atlas, selection, lang)), atlas)


def statement_frame(atlas: Atlas, selection: Selection, lang: str = "") -> gpd.GeoDataFrame:
    """Return the statements shown, a row each.

    Parameters
    ----------
    atlas, selection, lang
        As for `event_frame`.

    Returns
    -------
    geopandas.GeoDataFrame
        The columns of a statement as in `event_frame`. ``location`` has the names of the places where it is
        located, ``location_role`` their role, ``other_locations`` the names of its other places, and
        ``countries`` and ``admin1`` the countries and provinces of the location.

        Every row has ``latitude`` and ``longitude``, but they are not always where the event happened:
        ``point_basis`` says what the point represents (see `mapapp.core.location.Location`),
        ``geo_precision`` is ACLED's code from 1 (a position) to 3 (a province, a country, several places),
        and the whole location lies within ``radius_km`` of the point. ``radius_km`` includes
        ``tolerance_km``, the error of the geometry.

        The geometry is a MultiPoint of true positions only: those of places that the article names as site or
        subject of the statement. It is missing if there are none.
    """
    return _measured(_geo(statement_rows(atlas, selection, lang)), atlas)


def place_frame(atlas: Atlas, selection: Selection) -> gpd.GeoDataFrame:
    """Return the places shown, a row each, with their status on the last day shown.

    ``name_en`` and so on are its names in the languages of the map, missing where it has none.
    ``in_article`` is whether an article names the place, and ``articles`` has the ids of those. Distances are
    in kilometres. Further values stated for places, such as ``area_km2`` or ``iso3``, have their own columns
    between the others and the geometry; ``fact_`` is put before the name of one that another column has.
    """
    frame = _geo(place_rows(atlas, selection))
    for column in frame.columns.drop([*place_columns(atlas), "geometry"]):
        frame[column] = frame[column].convert_dtypes()  # keeps integers as integers despite missing values
    return frame


def change_frame(atlas: Atlas, view: View) -> gpd.GeoDataFrame:
    """Return the land that each holder gained and lost between the two days a view compares, a row each.

    Returns
    -------
    geopandas.GeoDataFrame
        ``change`` is ``gained`` or ``lost``; ``kind`` is the kind of area that gained or lost it, and
        ``label`` its name. ``from`` and ``to`` list the kinds of area the land was of on the ``first`` day
        and is of on the ``last``, the largest part first; an empty text is land that no area covers.
        ``km2_min``, ``km2_best`` and ``km2_max`` are geodesic areas in km2, the least and the most from
        ``tolerance_km`` (see `mapapp.core.compare`); the three ``rounded_`` ones are those that texts have.

        What one holder gained another may have lost: do not add up all rows. Empty if nothing is compared, or
        no area is known for one of the days.
    """
    return _geo(change_rows(atlas, view))


def status_frame(selection: Selection, view: View) -> pd.DataFrame:
    """Return the statuses of the places shown, as known on the view's as-of day: a row each, oldest first.

    ``when`` is EDTF, as stated. ``earliest`` and ``latest`` are the first and last day of the status; a
    status without an end ends on the day before the next one begins.
    """
    return _frame(status_rows(selection, view))


def background_frame(atlas: Atlas, selection: Selection) -> pd.DataFrame:
    """Return the background facts shown, a row each; none of them is from the article."""
    return _frame(background_rows(atlas, selection))


def source_frame(atlas: Atlas, ids: Iterable[str]) -> pd.DataFrame:
    """Return sources, a row each, with their date in EDTF, their licence and their leaning."""
    return _frame(source_rows(atlas, ids))


def quantity_frame(atlas: Atlas, selection: Selection) -> pd.DataFrame:
    """Return the quantities in the statements shown, a row each, in the units of their kinds.

    ``best`` is the value the article names, ``min`` and ``max`` its bounds, and ``as_said`` the article's
    words. Statements may repeat a quantity or include that of another, so sums of them can be wrong.
    """
    return _frame(quantity_rows(atlas, selection)).astype(dict.fromkeys(("min", "best", "max"), "Float64"))


def _measured(frame: gpd.GeoDataFrame, atlas: Atlas) -> gpd.GeoDataFrame:
    """Make the numbers of quantities floats, whatever is missing."""
    numbers = (name for name in quantity_columns(atlas) if re.search(r"_(min|best|max)(_\d+)?$", name))
    return frame.astype(dict.fromkeys(numbers, "Float64"))


def _geo(table: Table) -> gpd.GeoDataFrame:
    shapes: list[Any] = list(table.shapes)  # missing ones are None, which the stubs do not know
    return gpd.GeoDataFrame(_frame(table), geometry=gpd.GeoSeries(shapes, crs=CRS), crs=CRS)


def _frame(table: Table) -> pd.DataFrame:
    frame = pd.DataFrame(table.rows, columns=list(table.columns))
    for column in DAYS:
        if column in frame:
            frame[column] = pd.to_datetime(frame[column]).astype("datetime64[ms]")
    return frame

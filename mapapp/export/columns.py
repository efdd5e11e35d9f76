"""The columns of a frame as written to files: typed, with cleaned text and lists joined to text."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
import pyarrow as pa

from mapapp.core.sanitize import clean
from mapapp.frames import DAYS, LISTS

if TYPE_CHECKING:
    from typing import TypeVar

    Frame = TypeVar("Frame", bound=pd.DataFrame)

Value = str | bool | int | float | date | None
_DATE = pd.ArrowDtype(pa.date32())
_TEXT = pd.ArrowDtype(pa.string())


def typed(frame: Frame) -> Frame:
    """Return a frame with one type per column, as `geopandas.GeoDataFrame.to_file` requires.

    Days are dates. Texts are single sanitised lines, missing if empty; lists are joined with semicolons.
    """
    changed: dict[str, pd.Series[Any]] = {}
    for name in frame.columns.drop("geometry", errors="ignore"):
        column = frame[name]
        if name in DAYS:
            changed[name] = column.astype(_DATE)
        elif name in LISTS or not (
            pd.api.types.is_numeric_dtype(column.dtype) or pd.api.types.is_bool_dtype(column.dtype)
        ):
            changed[name] = pd.Series([_text(value) for value in column], dtype=_TEXT, index=frame.index)
    return frame.assign(**changed)


def records(frame: pd.DataFrame) -> list[dict[str, Value]]:
    """Return the rows of a frame as plain values, without the geometry; missing values are ``None``.

    Days are dates; texts and lists are as in `typed`.
    """
    flat = frame.drop(columns="geometry", errors="ignore")
    return [{str(key): _plain(value) for key, value in row.items()} for row in flat.to_dict("records")]


def listed(frame: pd.DataFrame) -> list[dict[str, Any]]:
    """Return the rows of a frame, without its geometry, for JSON: days as ISO text, lists as lists.

    Missing values and empty lists are ``None``.
    """
    flat = frame.drop(columns="geometry", errors="ignore")
    return [{str(key): _jsonable(value) for key, value in row.items()} for row in flat.to_dict("records")]


def _jsonable(value: Any) -> Any:  # noqa: ANN401 - a cell is of any type
    if isinstance(value, list):
        return [clean(item) for item in value] or None
    plain = _plain(value)
    return plain.isoformat() if isinstance(plain, date) else plain


def _plain(value: Any) -> Value:  # noqa: ANN401 - a cell is of any type
    if isinstance(value, list | str):
        return _text(value)
    if pd.isna(value):
        return None
    if isinstance(value, np.generic):
        value = value.item()
    return value.date() if isinstance(value, datetime) else value


def _text(value: Any) -> str | None:  # noqa: ANN401 - as above
    if isinstance(value, list):
        return clean("; ".join(value)) or None
    return None if pd.isna(value) else clean(f"{value}") or None

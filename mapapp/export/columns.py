"""The columns of a frame as written to files: typed, with cleaned text and lists joined to text."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd
import pyarrow as pa

from mapapp.core.sanitize import clean
from mapapp.frames import LISTS
from mapapp.view_rows import DAYS

if TYPE_CHECKING:
    from typing import TypeVar

    Frame = TypeVar("Frame", bound=pd.DataFrame)

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


def _text(value: Any) -> str | None:  # noqa: ANN401 - a cell is of any type
    if isinstance(value, list):
        return clean("; ".join(value)) or None
    return None if pd.isna(value) else clean(f"{value}") or None

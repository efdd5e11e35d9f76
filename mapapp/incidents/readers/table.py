"""A file of incidents, with its header read."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from mapapp.errors import plain

LATITUDE, LONGITUDE = "latitude", "longitude"  # names of the columns made from a geometry


@dataclass(frozen=True)
class Table:
    """A file opened far enough to know its columns.

    Attributes
    ----------
    form
        ``csv``, ``parquet`` or ``gpkg``.
    header
        The names of the columns.
    encoding, delimiter
        Of a CSV file.
    note
        What was assumed when opening it, as a sentence for the user.
    points
        Whether the last two columns, latitude and longitude, are made from the rows' geometry.
    """

    path: Path
    form: str
    header: tuple[str, ...]
    encoding: str = "utf-8"
    delimiter: str = ","
    note: str = ""
    points: bool = False

    @property
    def name(self) -> str:
        """The file's name, safe to print."""
        return plain(self.path.name)

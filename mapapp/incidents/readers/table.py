"""A file of incidents, with its header read."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from mapapp.errors import plain

NO_POINT = "no point: "  # in both columns for another geometry, before its type
LATITUDE, LONGITUDE = "latitude", "longitude"  # names of the columns made from a geometry


@dataclass(frozen=True)
class Table:
    """A file opened far enough to know its columns.

    Attributes
    ----------
    path
        The file, or what was unpacked from it.
    form
        ``csv``, or another that `any_file` copies row by row.
    header
        The names of the columns.
    encoding, delimiter
        Of a CSV file.
    notes
        What was assumed when opening it, as sentences for the user.
    points
        Whether the last two columns, latitude and longitude, are made from the rows' geometry.
    header_line
        Number of the line with the names of the columns, from 1; 0 if the rows have no line numbers.
    rows_above
        Number of rows above the names of the columns.
    sample
        The cells of the first rows.
    sheet
        The name of the sheet of a workbook.
    """

    path: Path
    form: str
    header: tuple[str, ...]
    encoding: str = "utf-8"
    delimiter: str = ","
    notes: tuple[str, ...] = ()
    points: bool = False
    header_line: int = 1
    rows_above: int = 0
    sample: tuple[tuple[str, ...], ...] = ()
    sheet: str = ""

    @property
    def name(self) -> str:
        """The file's name, safe to print."""
        return plain(self.path.name)

    def example(self, at: int) -> str:
        """Return the first cell of a column, among the first rows, that is not empty."""
        cells = (row[at].strip() for row in self.sample if at < len(row))
        return next((cell for cell in cells if cell and not cell.startswith("#")), "")

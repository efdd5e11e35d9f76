"""Reads sheets of workbooks (.xlsx, .xlsb, .xls and .ods)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from itertools import islice
from typing import TYPE_CHECKING

import pyarrow as pa
from python_calamine import CalamineError, CalamineWorkbook, PasswordError, SheetVisibleEnum, ZipError

from mapapp.errors import plain, short_repr
from mapapp.incidents.column_mapping import recognise
from mapapp.incidents.mapping_file import IncidentFileError
from mapapp.incidents.readers.cell_texts import as_table
from mapapp.incidents.readers.header import find_header, known_names, skipped_note
from mapapp.incidents.readers.table import Table

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from mapapp.incidents.mapping_file import MappingSettings

_FIRST_ROWS = 50
_EXAMPLES = 20
_BATCH = 20_000


def open_workbook(path: Path, settings: MappingSettings) -> Table:
    """Choose the sheet with the most known names of columns, and read its header.

    Of sheets that have all the columns needed, a visible one is chosen before a hidden one.

    Raises
    ------
    IncidentFileError
        If the workbook is damaged or locked, or several sheets look like tables of incidents.
    """
    name = plain(path.name)
    own = list(settings.columns.values())
    found: list[tuple[tuple[bool, bool, int], Table]] = []
    for sheet, visible in _sheets(path):
        rows = [_texts(row) for row in islice(_rows(path, sheet), _FIRST_ROWS)]
        if not any(map(any, rows)):
            continue
        at = find_header(rows, own)
        header = tuple(cell.strip() for cell in rows[at])
        empty = sum(not any(row) for row in rows[:at])
        table = Table(
            path,
            "workbook",
            header,
            notes=skipped_note(at - empty),
            header_line=at + 1,
            rows_above=at,
            sample=tuple(tuple(row) for row in rows[at + 1 : at + 1 + _EXAMPLES] if any(row)),
            sheet=sheet,
        )
        rank = (_is_complete(header, settings), visible, known_names(header, own))
        found.append((rank, table))
    if not found:
        raise IncidentFileError(f"{name}: the workbook is empty; export it again")
    most = max(rank for rank, _ in found)
    best = [table for rank, table in found if rank == most]
    if len(best) > 1:
        listed = ", ".join(short_repr(table.sheet) for table in best[:10])
        raise IncidentFileError(
            f"{name}: {len(best)} sheets could be the table ({listed}); keep only one, or save it as CSV"
        )
    table, (_, visible, _) = best[0], most
    if len(found) == 1 and visible:
        return table
    sheet = f"the {'' if visible else 'hidden '}sheet {short_repr(table.sheet)}"
    return replace(table, notes=(f"read from {sheet}", *table.notes))


def workbook_batches(table: Table) -> Iterator[pa.Table]:
    """Yield the rows below the header as tables of text."""
    width = len(table.header)
    rows = islice(_rows(table.path, table.sheet), table.rows_above + 1, None)
    while batch := [_texts(row) for row in islice(rows, _BATCH)]:
        columns = [[row[at] if at < len(row) else "" for row in batch] for at in range(width)]
        yield as_table([pa.array(column, pa.string()) for column in columns])


def _sheets(path: Path) -> list[tuple[str, bool]]:
    """Return the name of each sheet, and whether it is visible."""
    return [(one.name, one.visible == SheetVisibleEnum.Visible) for one in _open(path).sheets_metadata]


def _is_complete(header: tuple[str, ...], settings: MappingSettings) -> bool:
    """Return whether a sheet has all the columns that a table of incidents needs."""
    try:
        recognise("", header, settings)
    except IncidentFileError:
        return False
    return True


def _open(path: Path) -> CalamineWorkbook:
    name = plain(path.name)
    try:
        return CalamineWorkbook.from_path(path)
    except PasswordError:
        raise IncidentFileError(f"{name}: the workbook has a password; save it without one") from None
    except (CalamineError, ZipError, OSError, ValueError) as error:
        if path.suffix.lower() != ".xlsx":
            raise IncidentFileError(
                f"{name}: this is an old workbook (.xls) that cannot be read; save it as .xlsx or CSV"
            ) from None
        raise IncidentFileError(
            f"{name}: the workbook is damaged ({plain(str(error), 150)}); save it again, or as CSV"
        ) from None


def _rows(path: Path, sheet: str) -> Iterator[Sequence[object]]:
    """Yield the rows of a sheet from its first line on, also empty ones."""
    try:
        found = _open(path).get_sheet_by_name(sheet)
        yield from found.iter_rows()
    except (CalamineError, ValueError) as error:
        raise IncidentFileError(
            f"{plain(path.name)}: the sheet {short_repr(sheet)} cannot be read ({plain(str(error), 150)})"
        ) from None


def _texts(row: Sequence[object]) -> list[str]:
    return [_text(cell) for cell in row]


def _text(cell: object) -> str:
    if isinstance(cell, datetime):
        return cell.isoformat(" ") if cell.time() != datetime.min.time() else cell.date().isoformat()
    if isinstance(cell, date):
        return cell.isoformat()
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() else repr(cell)
    return str(cell).strip()

"""Finds the row with the names of the columns, which titles may precede."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mapapp.incidents.column_mapping import recognised

if TYPE_CHECKING:
    from collections.abc import Sequence

_LOOKED_AT = 30  # rows
_FEWEST = 2  # known names that a row below the first must have


def find_header(rows: Sequence[Sequence[str]], own: Sequence[str]) -> int:
    """Return the number of the row with the names, from 0: the first one with most known names.

    Parameters
    ----------
    rows
        The first rows of a table.
    own
        Names that the mapping file gives to columns.
    """
    best, most = 0, known_names(rows[0], own) if rows else 0
    for at, row in enumerate(rows[:_LOOKED_AT]):
        known = known_names(row, own)
        if known > most and known >= _FEWEST:
            best, most = at, known
    return best


def known_names(row: Sequence[str], own: Sequence[str]) -> int:
    """Return how many cells of a row are names of columns that are known, or in the mapping file."""
    return recognised(row) + len({*own} & {cell.strip() for cell in row})


def skipped_note(skipped: int) -> tuple[str, ...]:
    """Return a note on lines above the header, if there are any."""
    if not skipped:
        return ()
    above = "1 line" if skipped == 1 else f"{skipped:,} lines"
    return (f"{above} above the names of the columns skipped",)

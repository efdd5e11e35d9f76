"""Reads the address of a view without an atlas, and words what of it was not used."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from mapapp.core import address
from mapapp.errors import short_repr
from mapapp.text.messages import words

if TYPE_CHECKING:
    from collections.abc import Mapping

    from mapapp.core.view import View


def read_with(
    query: Mapping[str, str], table: address.Table, *, comparable: bool
) -> tuple[View, tuple[str, ...]]:
    """Return the view that an address describes, and remarks on values that were not used.

    Parameters
    ----------
    query
        Query parameters, the last value of each. Unknown ones are ignored: other software adds its own.
    table
        The values that are valid.
    comparable
        Whether the atlas has areas of several days, which can be compared.
    """
    view, remarks = address.read(query, table)
    said = tuple(
        words("remark", key=remark.key, what=words(remark.code, **remark.values), got=remark.got)
        for remark in remarks
    )
    if view.compare is None or comparable:
        return view, said
    got = short_repr(str(view.compare))
    remark = words("remark", key="compare", what=words("compare-impossible"), got=got)
    return replace(view, compare=None), (*said, remark)

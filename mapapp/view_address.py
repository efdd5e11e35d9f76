"""Reads and writes view addresses, with the ids and layers of one atlas."""

from __future__ import annotations

from typing import TYPE_CHECKING, get_args
from urllib.parse import urlencode, urlsplit

from mapapp.base_maps import BASE_MAPS
from mapapp.core import address
from mapapp.core.edtf import Window
from mapapp.core.layers import SWITCHABLE
from mapapp.core.model import Kind
from mapapp.core.view import View
from mapapp.incidents.vocabulary import KINDS as INCIDENT_KINDS
from mapapp.text.messages import words

if TYPE_CHECKING:
    from collections.abc import Mapping

    from mapapp.core.model import Atlas


def address_table(atlas: Atlas) -> address.Table:
    """Return the address parameters with the values that ``atlas`` allows."""
    return address.table(
        atlas.article.date,
        {
            "said_by": (event.said_by for event in atlas.events),
            "kinds": (*get_args(Kind), *INCIDENT_KINDS),
            "hidden": SWITCHABLE,
            "selected": (*atlas.place, *atlas.event, *atlas.fact),
            "base_map": ("none", *BASE_MAPS),
        },
    )


def default_view(atlas: Atlas) -> View:
    """Return the initial view: the article's day, as known on that day."""
    day = atlas.article.date
    return View(window=Window(day, day), as_of=day)


def read_address(query: Mapping[str, str], atlas: Atlas) -> tuple[View, tuple[str, ...]]:
    """Return the view that an address describes, and remarks on values that were not used.

    Parameters
    ----------
    query
        Query parameters, the last value of each. Unknown ones are ignored: other software adds its own.
    atlas
        The atlas whose ids and days are valid.
    """
    view, remarks = address.read(query, address_table(atlas))
    return view, tuple(remark_words(remark, remark.key) for remark in remarks)


def remark_words(remark: address.Remark, key: str) -> str:
    """Return a remark as text; ``key`` is the name to use for the parameter, such as ``--as-of``."""
    return words("remark", key=key, what=words(remark.code, **remark.values), got=remark.got)


def write_address(view: View, atlas: Atlas) -> dict[str, str]:
    """Return the query parameters that describe ``view``, without those at their default."""
    return address.write(view, address_table(atlas))


def address_of(view: View, atlas: Atlas, here: str | None) -> str:
    """Return the full address of a view.

    It always names the window: the default window depends on the data.

    Parameters
    ----------
    here
        Address of the page; ``None`` if unknown: only the query is returned.
    """
    bare = urlsplit(here or "")._replace(query="", fragment="").geturl()
    days = {"first": str(view.window.first), "last": str(view.window.last)}
    return f"{bare}?{urlencode(days | write_address(view, atlas), safe=',')}"

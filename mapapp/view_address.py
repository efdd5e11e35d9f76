"""The address of a view of an atlas: the grammar of the core with the atlas's own words."""

from __future__ import annotations

from typing import TYPE_CHECKING, get_args

from mapapp.base_maps import BASE_MAPS
from mapapp.core import address
from mapapp.core.layers import SCREEN_LAYERS, SWITCHABLE
from mapapp.core.model import Kind
from mapapp.incidents.vocabulary import KINDS as INCIDENT_KINDS

if TYPE_CHECKING:
    from mapapp.core.model import Atlas
    from mapapp.core.view import View
from typing import TYPE_CHECKING
from urllib.parse import urlencode, urlsplit

from mapapp.core.edtf import Window
from mapapp.core.model import Atlas
from mapapp.core.view import View
from mapapp.text.messages import words

if TYPE_CHECKING:
    from collections.abc import Mapping


def address_table(atlas: Atlas) -> address.Table:
    """Return what the address of a view of ``atlas`` may hold."""
    return address.table(
        atlas.article.date,
        [layer for layer in SCREEN_LAYERS if layer not in SWITCHABLE],
        {
            "who": (event.said_by for event in atlas.events),
            "kind": (*get_args(Kind), *INCIDENT_KINDS),
            "hide": SWITCHABLE,
            "select": (*atlas.place, *atlas.event, *atlas.fact),
            "base": ("none", *BASE_MAPS),
        },
    )


def default_view(atlas: Atlas) -> View:
    """Return the view the page opens on: the article's day, as known on it."""
    day = atlas.article.date
    return View(window=Window(day, day), known=day)


def read_address(given: Mapping[str, str], atlas: Atlas) -> tuple[View, tuple[str, ...]]:
    """Return the view an address asks for, and remarks on what in it could not be used.

    Parameters
    ----------
    given
        Query parameters, the last value of each. Unknown ones are left alone: other software adds its own.
    atlas
        What ids and days are checked against.
    """
    view, remarks = address.read(given, address_table(atlas))
    return view, tuple(
        words("remark", key=remark.key, what=words(remark.code, **remark.values), got=remark.got)
        for remark in remarks
    )


def write_address(view: View, atlas: Atlas) -> dict[str, str]:
    """Return the query parameters that ask for ``view``; what is as usual is left out."""
    return address.write(view, address_table(atlas))


def address_of(view: View, atlas: Atlas, here: str | None) -> str:
    """Return the full address of a view; ``here`` is where the page is, or ``None`` where that is not known.

    The window is always told, for the usual one is the data's to choose.
    """
    bare = urlsplit(here or "")._replace(query="", fragment="").geturl()
    days = {"from": str(view.window.first), "to": str(view.window.last)}
    return f"{bare}?{urlencode(days | write_address(view, atlas), safe=',')}"

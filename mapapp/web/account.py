"""The text account of a view as HTML."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from mapapp.text.account_parts import parts, split
from mapapp.web.templating import render

if TYPE_CHECKING:
    from collections.abc import Iterable

    from markupsafe import Markup

    from mapapp.core.model import Atlas
    from mapapp.text.describe import Section


def account_section(sections: Iterable[Section]) -> Markup:
    """Return an account as a section of a page, with headings of the second level and below."""
    return render("account.html", sections=tuple(sections))


def account_texts(atlas: Atlas) -> str:
    """Return as JSON what the script words an account with, in the current language."""
    return _json(split(parts(atlas))[1])


def account_relations(atlas: Atlas) -> str:
    """Return as JSON how places and statements lie to each other, for the script."""
    return _json(split(parts(atlas))[0])


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))

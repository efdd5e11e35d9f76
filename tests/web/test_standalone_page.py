"""The standalone page: text of the data stays text."""

from __future__ import annotations

from datetime import date

from hostile import HOSTILE, harmless, hostile_atlas

from mapapp.core.edtf import Window
from mapapp.core.model import Atlas
from mapapp.core.view import View
from mapapp.web.standalone_page import page

VIEW = View(window=Window(date(2020, 2, 19), date(2020, 2, 19)))


def test_the_page_holds_an_attack_as_text(tiny_atlas: Atlas) -> None:
    made = page(hostile_atlas(tiny_atlas), VIEW)
    body = made[made.index('<header class="page-head">') : made.index("</noscript>")]
    assert HOSTILE in harmless(body).text

"""The templates: everything is escaped, and a missing value is an error."""

from __future__ import annotations

from pathlib import Path

import pytest
from jinja2 import UndefinedError
from markupsafe import Markup

from mapapp.core.edtf import read_when
from mapapp.text.html import environment
from mapapp.web import templating
from mapapp.web.templating import began

TEMPLATES = Path(templating.__file__).parent / "templates"


def test_a_template_escapes_what_it_is_given_unless_it_is_markup() -> None:
    template = environment("mapapp.web").from_string("<p>{{ plain }}{{ made }}</p>")
    assert template.render(plain="<b>\"'&", made=Markup("<i>")) == "<p>&lt;b&gt;&#34;&#39;&amp;<i></p>"


@pytest.mark.parametrize("path", sorted(TEMPLATES.iterdir()), ids=lambda path: path.name)
def test_no_template_turns_escaping_off(path: Path) -> None:
    assert path.suffix == ".html"
    assert "safe" not in path.read_text(encoding="utf-8")
    assert "autoescape" not in path.read_text(encoding="utf-8")


def test_a_value_a_template_needs_cannot_be_missing() -> None:
    with pytest.raises(UndefinedError):
        templating.render("page_head.html", lead="An article")


def test_what_began_on_the_first_of_january_1970_did_not_begin_long_ago() -> None:
    assert began(read_when("1970-01-01")) == 0
    assert began(read_when("../1969-12-31")) < -10_000

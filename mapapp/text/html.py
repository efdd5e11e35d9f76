"""The one door to HTML: everything that becomes HTML or script is escaped here."""

from __future__ import annotations

from typing import TYPE_CHECKING

from markupsafe import Markup

if TYPE_CHECKING:
    from collections.abc import Iterable

import json
import re
from typing import TYPE_CHECKING


def html(template: str, /, **values: object) -> Markup:
    """Fill an HTML template; every value that is not Markup already is escaped. The one door to HTML."""
    return Markup(template).format(**values)  # noqa: S704 - templates are ours, values are escaped here


def join(parts: Iterable[Markup], between: str = "") -> Markup:
    """Join pieces of HTML."""
    return Markup(between).join(parts)  # noqa: S704 - as above


def safe_json(value: object) -> str:
    """Return JSON that stays data inside a script, an HTML page and a Jinja template alike."""
    body = json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    for char in "<>&\u2028\u2029":
        body = body.replace(char, f"\\u{ord(char):04x}")
    if any(opener in body for opener in ("{{", "{%", "{#")):  # in a string: JSON itself has none of them
        body = re.sub(r'"(?:[^"\\]|\\.)*"', lambda text: text.group().replace("{", "\\u007b"), body)
    return body

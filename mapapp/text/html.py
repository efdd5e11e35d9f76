"""HTML generation and escaping. All HTML and script data is escaped here.

Longer pieces are Jinja templates, loaded by `environment`; single elements are filled in by `html` and joined
by `join`; data for scripts goes through `safe_json`. No other module builds HTML from strings.
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

if TYPE_CHECKING:
    from collections.abc import Iterable


def environment(package: str) -> Environment:
    """Return a Jinja environment of the folder ``templates`` in a package.

    Every value is escaped unless it is Markup already, and a missing value is an error, not an empty text.
    """
    return Environment(
        loader=PackageLoader(package),
        autoescape=True,
        undefined=StrictUndefined,
        auto_reload=False,  # else each use asks the disk whether the file has changed
        trim_blocks=True,
        lstrip_blocks=True,
    )


def html(template: str, /, **values: object) -> Markup:
    """Fill ``{names}`` in a short piece of HTML; every value that is not Markup already is escaped."""
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

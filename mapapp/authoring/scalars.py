"""Writes single values as YAML, quoted where they would otherwise mean something else."""

from __future__ import annotations

import json
import re
from typing import Any

import yaml

# what YAML calls printable, on one line, without what other programs hide or break
_UNPRINTABLE = re.compile(
    "[^\x20-\x7e\xa0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]"
)
_INDICATORS = "-?:,[]{}#&*!|>'\"%@`=<"
_SPECIAL = re.compile(r": |:$| #|\t")
_IN_BRACKETS = re.compile(r"[,\[\]{}:]")
_NUMBER_OF_1_2 = re.compile(r"[-+.]?[0-9].*|[-+]?\.(?:inf|nan)", re.IGNORECASE)
_WORDS_OF_1_1 = {"y", "n", "yes", "no", "on", "off", "true", "false", "null", "~"}
_WIDTH = 100  # characters of a line of joined lines
_resolver: Any = yaml.resolver.Resolver()


def write_scalar(value: object, style: str = "", *, flow: bool = False) -> str:
    """Return a text, number, truth value or null as YAML on one line; with double quotes it is JSON, too.

    Parameters
    ----------
    style
        The quotes to use for text: ``"``, ``'`` or none. Double quotes are used where these would not do.
    flow
        Whether it stands in brackets.
    """
    if not isinstance(value, str):
        return write_number(value)
    if style == "" and is_plain(value, flow=flow):
        return value
    if (style == "'" or (style == "" and '"' in value)) and not _UNPRINTABLE.search(value):
        return "'" + value.replace("'", "''") + "'"
    return _UNPRINTABLE.sub(_escaped, json.dumps(value, ensure_ascii=False))


def write_number(value: object) -> str:
    """Return a number, truth value or null, alike in YAML and JSON."""
    text = json.dumps(value)
    if isinstance(value, float) and "e" in text and "." not in text:
        text = text.replace("e", ".0e")  # which YAML needs
    return text


def write_literal(text: str, indent: int) -> str | None:
    """Return a text as a block scalar whose lines are kept (``|``); ``None`` if it cannot be one.

    Parameters
    ----------
    indent
        Spaces before each line.
    """
    body = text.removesuffix("\n")
    lines = body.split("\n")
    if not body.strip() or body.endswith("\n") or lines[0].startswith(" ") or not lines[0]:
        return None
    if any(_UNPRINTABLE.search(line) for line in lines) or not lines[-1].strip():
        return None
    margin = " " * indent
    mark = "|" if text.endswith("\n") else "|-"
    return "\n".join([mark, *(margin + line if line else "" for line in lines)])


def write_folded(text: str, indent: int) -> str | None:
    """Return a text as a block scalar whose lines are joined (``>``); ``None`` if it cannot be one."""
    body = text.removesuffix("\n")
    words = body.split(" ")
    if not body or not all(words) or _UNPRINTABLE.search(body):
        return None
    lines, line = [], words[0]
    for word in words[1:]:
        if len(line) + len(word) >= _WIDTH:
            lines.append(line)
            line = word
        else:
            line += f" {word}"
    margin = " " * indent
    return "\n".join([">" if text.endswith("\n") else ">-", *(margin + line for line in (*lines, line))])


def is_plain(text: str, *, flow: bool) -> bool:
    """Return whether text can be written without quotes, and is then text for every reader of YAML."""
    if not text or text != text.strip() or text[0] in _INDICATORS or text.startswith(("---", "...")):
        return False
    if _UNPRINTABLE.search(text) or _SPECIAL.search(text) or (flow and _IN_BRACKETS.search(text)):
        return False
    if text.lower() in _WORDS_OF_1_1 or _is_number(text):
        return False
    tag: str = _resolver.resolve(yaml.ScalarNode, text, (True, False))
    return tag == "tag:yaml.org,2002:str"


def _is_number(text: str) -> bool:
    """Return whether text begins as a number and has no space: a date, a time or a number for some reader."""
    return " " not in text and _NUMBER_OF_1_2.fullmatch(text) is not None


def _escaped(found: re.Match[str]) -> str:
    return f"\\u{ord(found[0]):04x}"

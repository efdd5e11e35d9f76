"""Writes the types of `mapapp.web.payload_types` as TypeScript declarations; run as a script, prints them.

``python tests/web/payload_declarations.py > mapapp/web/src/payload.d.ts`` after a change of the types.
"""

from __future__ import annotations

import json
import sys
import types
from collections.abc import Mapping, Sequence
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints, is_typeddict

from mapapp.web import payload_types

HEAD = """// Written by tests/web/payload_declarations.py from mapapp/web/payload_types.py: do not edit.
// Days count from 1970-01-01; null is open. Positions are [lon, lat]; boxes [west, south, east, north].
"""
PLAIN = {int: "number", float: "number", str: "string", bool: "boolean", type(None): "null", Any: "any"}


def spelled(hint: Any) -> str:
    """Return a Python type as TypeScript spells it."""
    if hint in PLAIN or is_typeddict(hint):
        return PLAIN.get(hint) or str(hint.__name__)
    origin, parts = get_origin(hint), get_args(hint)
    inner = [json.dumps(part) if origin is Literal else spelled(part) for part in parts if part is not ...]
    if origin in (Literal, Union, types.UnionType):
        return f"({' | '.join(inner)})"
    if origin in (dict, Mapping):
        return f"Record<{', '.join(inner)}>"
    if origin in (list, tuple, Sequence):
        fixed = origin is tuple and ... not in parts
        return f"[{', '.join(inner)}]" if fixed else f"{inner[0]}[]"
    raise TypeError(f"payload types: no TypeScript for {hint!r}; add it to payload_declarations.spelled")


def declarations() -> str:
    """Return an interface for each shape of the payload, its own keys and inherited ones alike."""
    blocks = []
    for shape in filter(is_typeddict, vars(payload_types).values()):
        hints = get_type_hints(shape)
        keys = "".join(f"  {key}: {spelled(hint)};\n" for key, hint in hints.items())
        blocks.append(f"export interface {shape.__name__} {{\n{keys}}}\n")
    return "\n".join((HEAD, *blocks))


if __name__ == "__main__":
    sys.stdout.write(declarations())

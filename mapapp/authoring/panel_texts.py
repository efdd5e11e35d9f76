"""The texts of the author's panel, in the language of the messages of the checks, which it shows."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

import yaml


@cache
def panel_texts() -> dict[str, str]:
    """Return the texts by key, with {placeholders}."""
    texts: dict[str, str] = yaml.safe_load(
        (files("mapapp.authoring") / "panel_texts.yaml").read_text(encoding="utf-8")
    )
    return texts

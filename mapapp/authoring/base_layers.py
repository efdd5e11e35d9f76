"""What the templates call the layers and kinds of place that a new folder fills."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import NamedTuple

import yaml


class BaseLayers(NamedTuple):
    """Two layers, and kinds of place; the file has the same keys."""

    water: str
    settlements: str
    disputed: str
    seat: str
    large: str
    middle: str
    small: str


@cache
def base_layers() -> BaseLayers:
    """Return the content of ``base_layers.yaml``."""
    text = (files("mapapp.authoring") / "base_layers.yaml").read_text("utf-8")
    return BaseLayers(**yaml.safe_load(text))

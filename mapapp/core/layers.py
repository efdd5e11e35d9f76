"""The layers of a map: which group they belong to, and which the reader can hide."""

from __future__ import annotations

# The group of the panel a layer belongs to. Land and countries are the base map and always shown.
GROUPS = {
    "zones": "article",
    "dmz": "article",
    "governorates": "article",
    "control": "background",
    "advance": "background",
    "contact-lines": "background",
    "posts": "background",
    "towns": "background",
    "corridor": "background",
    "roads": "background",
    "rivers": "background",
    "lakes": "background",
    "relief": "background",
    "land": "base",
    "countries": "base",
}

LAYERS = ("events", *GROUPS)

SCREEN_LAYERS = (*LAYERS, "incidents")  # imported incidents are shown on the screen only

SWITCHABLE = tuple(layer for layer in SCREEN_LAYERS if GROUPS.get(layer) != "base")

# One feature for each day; only the one of the window's last day is shown.
SNAPSHOTS = frozenset({"control", "contact-lines"})

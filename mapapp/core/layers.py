"""The layers of a map: whose they are, and which the reader can switch off."""

from __future__ import annotations

# Which side of the panel a layer stands on. Land and countries are the base map and always drawn.
GROUPS = {
    "zones": "article",
    "dmz": "article",
    "governorates": "article",
    "control": "background",
    "contact-lines": "background",
    "posts": "background",
    "towns": "background",
    "roads": "background",
    "rivers": "background",
    "land": "base",
    "countries": "base",
}


LAYERS = ("events", *GROUPS)


SCREEN_LAYERS = (*LAYERS, "incidents")  # the reader's own records are on the screen alone


SWITCHABLE = tuple(layer for layer in SCREEN_LAYERS if GROUPS.get(layer) != "base")


SNAPSHOTS = frozenset(
    {"control", "contact-lines"}
)  # one picture per day: only the one of the window's last day

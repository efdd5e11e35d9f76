"""The page without a browser; the map's frame is replaced."""

from __future__ import annotations

import pytest
from frame_double import Frame

from mapapp.ui import map_component


@pytest.fixture
def drawn(monkeypatch: pytest.MonkeyPatch) -> Frame:
    """Put a stand-in where the map would be."""
    stand_in = Frame()
    monkeypatch.setattr(map_component, "folium_frame", stand_in)
    monkeypatch.delenv("MAPAPP_DATA", raising=False)
    return stand_in

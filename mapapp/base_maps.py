"""Base maps from the network, used only where the reader chooses one."""

from __future__ import annotations

import xyzservices.providers as xyz

BASE_MAPS = {"osm": xyz.OpenStreetMap.Mapnik, "topo": xyz.OpenTopoMap}

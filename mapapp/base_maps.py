"""Base maps from the network, used only if the reader chooses one."""

from __future__ import annotations

import xyzservices.providers as xyz

BASE_MAPS = {"osm": xyz.OpenStreetMap.Mapnik, "topo": xyz.OpenTopoMap}

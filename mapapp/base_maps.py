"""Base maps from the network, used only if the reader chooses one."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from xyzservices import TileProvider

BASE_MAPS = ("osm", "topo")


def tiles(base_map: str) -> TileProvider:
    """Return the address, attribution and zoom levels of one of `BASE_MAPS`."""
    import xyzservices.providers as xyz  # noqa: PLC0415 - slow to load, and addresses need only the names

    return {"osm": xyz.OpenStreetMap.Mapnik, "topo": xyz.OpenTopoMap}[base_map]


def hosts() -> str:
    """Return the hosts of the tiles, as ``img-src`` of a content security policy takes them."""
    parts = [urlsplit(tiles(base_map)["url"].replace("{s}", "*")) for base_map in BASE_MAPS]
    return " ".join(sorted({f"{part.scheme}://{part.netloc}" for part in parts}))

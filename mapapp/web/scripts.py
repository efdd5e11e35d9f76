"""The scripts that do not depend on the data: Leaflet, and our own."""

from __future__ import annotations

from importlib.resources import files


def leaflet() -> str:
    """Return Leaflet, without the name of a map to its source, which is not served."""
    text = (files("xstatic.pkg.leaflet") / "data" / "leaflet.js").read_text(encoding="utf-8")
    return text.split("//# sourceMappingURL")[0]


def own(name: str) -> str:
    """Return one of the scripts of ``mapapp/web/static``, such as ``mapapp``."""
    return (files("mapapp.web") / "static" / f"{name}.js").read_text(encoding="utf-8")

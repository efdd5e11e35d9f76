"""``mapapp new``: from a document to a folder that `check` accepts."""

from __future__ import annotations

import hashlib
import io
import subprocess
import sys
from pathlib import Path

import pytest
import yaml
from documents import STORY

from mapapp.authoring import new_folder
from mapapp.authoring.folder_files import TEMPLATES
from mapapp.authoring.gazetteer import GazetteerError
from mapapp.cli.main import main
from mapapp.data.checks.article import check
from mapapp.data.load import load


@pytest.fixture(autouse=True)
def _indexed(gazetteer_folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Use the index that was made for all tests."""
    monkeypatch.setenv("MAPAPP_CACHE", str(gazetteer_folder))


AT = ["--bbox", "88,22,93,27"]


def new(folder: Path, text: str, *options: str, name: str = "story.txt") -> int:
    """Write a text beside a folder and make the folder from it; return the exit code."""
    document = folder.parent / name
    document.write_text(text, encoding="utf-8")
    return main(["new", str(folder), "--article", str(document), *options])


@pytest.mark.parametrize("template", TEMPLATES)
def test_a_new_folder_has_no_fault_whatever_its_template(tmp_path: Path, template: str) -> None:
    assert new(tmp_path / "map", STORY, "--template", template, *AT) == 0
    assert list(map(str, check(tmp_path / "map"))) == []


def test_a_new_folder_holds_the_article_its_source_and_a_draft_for_each_sentence(tmp_path: Path) -> None:
    given = [
        "--licence",
        "CC BY 4.0",
        "--author",
        "A. Rahman",
        "--publisher",
        "The Valley",
        "--url",
        "https://example.org/a",
    ]
    assert new(tmp_path / "map", STORY, *given, *AT) == 0
    atlas = load(tmp_path / "map")
    (article,) = atlas.articles
    assert (article.title, article.author, article.url) == (
        "Flood in Sylhet",
        "A. Rahman",
        "https://example.org/a",
    )
    assert (f"{article.date}", article.language) == ("2023-09-20", "en")
    source = atlas.source[article.source]
    assert (source.publisher, source.licence, source.url) == (
        "The Valley",
        "CC BY 4.0",
        "https://example.org/a",
    )
    assert [event.passages[0].exact for event in atlas.events][1:] == [
        "The water rose by two metres.",
        "People left their homes in Sylhet, the relief office said on Tuesday.",
        '"The water rose by two metres."',
        "More rain is expected by Friday.",
    ]
    assert all(event.draft for event in atlas.events)


def test_the_original_is_kept_with_its_hash_and_a_changed_one_is_a_fault(tmp_path: Path) -> None:
    folder = tmp_path / "map"
    assert new(folder, STORY.replace(" ", "\u00a0"), *AT) == 0
    (events,) = (folder / "data" / "events").iterdir()
    head = yaml.safe_load(events.read_text("utf-8"))["article"]
    kept = folder / "seeds" / "originals" / head["original"]["file"]
    assert kept.read_bytes() == STORY.replace(" ", "\u00a0").encode()
    assert head["original"]["sha256"] == hashlib.sha256(kept.read_bytes()).hexdigest()
    kept.write_text("other", encoding="utf-8")
    (fault,) = check(folder)
    assert fault.what == "the original's SHA-256 does not match"


def test_a_folder_that_exists_is_never_overwritten(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "map").mkdir()
    assert new(tmp_path / "map", STORY, *AT) == 2
    assert "it exists already; choose another name" in capsys.readouterr().err
    assert [*(tmp_path / "map").iterdir()] == []


def test_a_full_disk_leaves_nothing_behind(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_handle: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(new_folder.os, "fsync", full)
    assert new(tmp_path / "map", STORY, *AT) == 2
    assert "it cannot be written: No space left on device" in capsys.readouterr().err
    assert [path.name for path in tmp_path.iterdir()] == ["story.txt"]


def test_what_a_killed_run_left_behind_is_removed_by_the_next(tmp_path: Path) -> None:
    left = tmp_path / ".map.0123abcd.part"
    (left / "seeds").mkdir(parents=True)
    other = tmp_path / ".other.0123abcd.part"
    other.mkdir()
    assert new(tmp_path / "map", STORY, *AT) == 0
    assert not left.exists()
    assert other.exists()


def test_a_date_that_nothing_says_must_be_given(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert new(tmp_path / "map", "Rain fell on Bangladesh.") == 2
    assert capsys.readouterr().err.endswith(
        "mapapp: --date: the document does not say its date; give the day of publication, such as 2024-05-31\n"  # noqa: E501
    )
    assert new(tmp_path / "map", "Rain fell on Bangladesh.", "--date", "2024-05-31") == 0


def test_an_article_that_names_no_place_needs_one(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert new(tmp_path / "map", "Rain fell.", "--date", "2024-05-31") == 2
    assert "--place: the article names no place that is known; give --place" in capsys.readouterr().err
    assert new(tmp_path / "map", "Rain fell.", "--date", "2024-05-31", "--place", "бангладеш") == 0
    assert load(tmp_path / "map").place["bangladesh"].layer == "countries"


def test_other_commands_do_not_load_the_libraries_of_documents() -> None:
    code = (
        "import sys, mapapp.cli.main as main; main.main(['--help']); main.main(['check'])\n"
        "heavy = {'docx', 'pypdfium2', 'trafilatura', 'charset_normalizer', 'mapapp.authoring'}\n"
        "print(heavy & {*sys.modules})"
    )
    run = subprocess.run(  # noqa: S603 - our own program
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    )
    assert run.stdout.splitlines()[-1] == "set()"


def test_times_and_places_that_the_article_names_are_drafted(tmp_path: Path) -> None:
    assert new(tmp_path / "map", STORY.replace("the relief office", "President Rahman")) == 0
    atlas = load(tmp_path / "map")
    flooded, _, left, *_ = atlas.events
    assert (flooded.when.edtf, flooded.when.text) == ("2023-09-18", "on Monday")
    assert ("bangladesh", "Bangladesh") in [(link.id, link.words) for link in flooded.places]
    assert [(link.id, link.role, link.words) for link in left.places] == [("place-sylhet", "site", "Sylhet")]
    assert left.note == 'Drafted by rules: check when, where and who. Perhaps said by "President Rahman".'
    west, south, east, north = atlas.profile.home
    sylhet = atlas.place["place-sylhet"].geometry
    assert west < sylhet.x < east
    assert south < sylhet.y < north


def test_without_the_gazetteer_the_folder_has_no_towns_and_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def missing(**_: object) -> None:
        raise GazetteerError("not installed")

    monkeypatch.setattr("mapapp.cli.new.open_gazetteer", missing)
    assert new(tmp_path / "map", STORY, *AT) == 0
    assert "No towns, and no places as drafts: not installed" in capsys.readouterr().err
    assert check(tmp_path / "map") == []
    assert not (tmp_path / "map" / "data" / "geo" / "towns.geojson").exists()


@pytest.mark.parametrize("language", ["ar", "tr", "ru"])
def test_names_are_in_the_language_of_the_article(tmp_path: Path, language: str) -> None:
    text = {
        "ar": "فيضانات في السودان\n\nهطلت أمطار غزيرة على الخرطوم يوم الاثنين. وقال مسؤول إن المياه ارتفعت.",
        "tr": "Sudan’da sel\n\nPazartesi günü Hartum’a şiddetli yağmur yağdı. Sular yükseldi.",
        "ru": "Наводнение в Судане\n\nВ понедельник в Хартуме прошли дожди. Вода поднялась.",
    }[language]
    assert new(tmp_path / "map", text, "--date", "2023-09-20") == 0
    atlas = load(tmp_path / "map")
    assert atlas.profile.languages == (language, "en")
    names = atlas.place["sudan"].names.texts
    assert names[language] == {"ar": "السودان", "tr": "Sudan", "ru": "Судан"}[language]
    assert check(tmp_path / "map") == []
    assert any(event.when.edtf == "2023-09-18" for event in atlas.events)


@pytest.mark.slow
@pytest.mark.parametrize("files", [3, 25])
def test_a_killed_run_leaves_no_folder_and_the_next_one_cleans_up(tmp_path: Path, files: int) -> None:
    (tmp_path / "story.txt").write_text(STORY, encoding="utf-8")
    code = (
        "import os, signal, mapapp.authoring.new_folder as new_folder\n"
        "from mapapp.cli.main import main\n"
        "written, sync = [], os.fsync\n"
        "def killing(handle):\n"
        "    written.append(handle)\n"
        f"    os.kill(os.getpid(), signal.SIGKILL) if len(written) == {files} else sync(handle)\n"
        "new_folder.os.fsync = killing\n"
        f"main(['new', 'map', '--article', 'story.txt', '--bbox', '{AT[1]}'])\n"
    )
    run = subprocess.run(  # noqa: S603 - our own program
        [sys.executable, "-c", code], cwd=tmp_path, capture_output=True, check=False
    )
    assert run.returncode < 0
    assert not (tmp_path / "map").exists()
    assert len([path for path in tmp_path.iterdir() if path.name.endswith(".part")]) == 1
    assert main(["new", str(tmp_path / "map"), "--article", str(tmp_path / "story.txt"), *AT]) == 0
    assert sorted(path.name for path in tmp_path.iterdir()) == ["map", "story.txt"]


def test_in_a_terminal_it_asks_with_what_it_found_as_the_default(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("mapapp.cli.new._asks", lambda: True)
    monkeypatch.setattr(sys, "stdin", io.StringIO("\n2023-09-31\n2023-09-21\nCC BY 4.0\n"))
    assert new(tmp_path / "map", STORY, *AT) == 0
    asked = "".join(capsys.readouterr())
    assert "Language of the article [en]: " in asked
    assert "[2023-09-20]: " in asked
    assert "Licence of its text [not stated]: " in asked
    (article,) = load(tmp_path / "map").articles
    assert (f"{article.date}", article.language) == ("2023-09-21", "en")


def test_a_text_without_a_heading_is_called_by_its_beginning(tmp_path: Path) -> None:
    text = (
        "date 2023-09-20 Heavy rain flooded the north of Bangladesh on Monday, and the water rose by two "
        "metres within a day. It fell."
    )
    assert new(tmp_path / "map", text, *AT) == 0
    (article,) = load(tmp_path / "map").articles
    assert article.title == "Heavy rain flooded the north of Bangladesh on Monday, and the water rose by…"


@pytest.mark.parametrize(
    ("place", "point", "country"),
    [
        ("Tripoli, Lebanon", (35.85, 34.43), "LB"),
        ("Tripoli, LY", (13.19, 32.89), "LY"),
        ("Punjab, PK", (72.5, 31.0), "PK"),
        ("Idlib, SY", (36.63, 35.93), "SY"),
    ],
)
def test_a_map_opens_on_a_town_or_province_that_is_named(
    tmp_path: Path, place: str, point: tuple[float, float], country: str
) -> None:
    assert new(tmp_path / "map", "Rain fell.", "--date", "2024-05-31", "--place", place) == 0
    west, south, east, north = yaml.safe_load((tmp_path / "map" / "data" / "map.yaml").read_text("utf-8"))[
        "home"
    ]
    assert west < point[0] < east
    assert south < point[1] < north
    assert east - west < 25
    assert ("iso2", country) in {fact for one in load(tmp_path / "map").place.values() for fact in one.facts}


def test_the_place_that_is_taken_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert new(tmp_path / "map", "Rain.", "--date", "2024-05-31", "--place", "Springfield, US") == 0
    assert "The map opens on Springfield, US, at 3" in (said := capsys.readouterr().out)
    assert "; others of that name there: " in said


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (["--bbox", "1,2,3"], '--bbox: not a box (got "1,2,3"); write west,south,east,north'),
        (["--bbox", "5,1,4,2"], '--bbox: the box has no size, or is not on the map (got "5,1,4,2")'),
        (
            ["--place", "Atlantida-on-Sea"],
            '--place: no such place (got "Atlantida-on-Sea"); write the name of a',
        ),
        (["--place", "Tripoli"], '--place: several places are called so (got "Tripoli"); write one of: '),
        (["--place", "Nepal", *AT], "--place: given together with --bbox; leave one of them out"),
        (["--language", "xx"], '--language: not a language tag (got "xx")'),
        (["--url", "example"], '--url: not a web address (got "example")'),
        (["--date", "yesterday"], "--date: "),
        (["--template", "sport"], '--template: unknown value (got "sport"); choose from conflict'),
    ],
)
def test_options_that_cannot_be_used_are_refused_in_one_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], options: list[str], message: str
) -> None:
    assert new(tmp_path / "map", STORY, *options) == 2
    (line,) = [one for one in capsys.readouterr().err.splitlines() if one.startswith("mapapp: ")]
    assert line.startswith(f"mapapp: {message}")
    assert not (tmp_path / "map").exists()


def test_a_hostile_document_gives_a_folder_without_fault(tmp_path: Path) -> None:
    text = (
        "<b>{{ 7*7 }}</b> & more\n\nRain. Rain. Rain.\n\n<script>alert(1)</script> fell on Bangladesh. "
        "\u202eReversed\u202c said: {% x %}. ${HOME} rose.\n\n"
        + "Word " * 2000
        + "ends. May. 2025. March 2031!"
    )
    assert new(tmp_path / "map", text, "--date", "2023-09-20", "--title", "<i>{{x}}</i>", *AT) == 0
    assert list(map(str, check(tmp_path / "map"))) == []

"""The commands that write a view: what they write, that they write atomically, and what they reject."""

from __future__ import annotations

import errno
import fcntl
import hashlib
import io
import json
import os
import signal
import stat
import subprocess
import sys
import zipfile
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader
from tiny import Tiny

from mapapp.cli import export
from mapapp.cli.main import main
from mapapp.core.address import PARAMETERS
from mapapp.core.edtf import Window
from mapapp.core.view import View
from mapapp.data import atomic_write
from mapapp.data.load import load
from mapapp.export import FORMS, write
from mapapp.export.citation import STYLES, Style, cite
from mapapp.figure.sizes import SIZES, USUAL_SIZE

DAY = date(2020, 2, 19)
VIEW = View(Window(DAY, DAY), as_of=DAY)
ADDRESS = "?first=2020-02-19&last=2020-02-19"


@pytest.fixture
def folder(tiny: Tiny, tmp_path: Path) -> str:
    """Return the path of a small data folder."""
    return str(tiny.write(tmp_path / "in"))


@pytest.fixture
def out(tmp_path: Path) -> Path:
    """Return an empty folder to write to."""
    made = tmp_path / "out"
    made.mkdir()
    return made


@pytest.fixture
def here(out: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Go to the empty folder, and return it."""
    monkeypatch.chdir(out)
    return out


def run(*arguments: object) -> int:
    """Run one command."""
    return main([str(argument) for argument in arguments])


def complaint(capsys: pytest.CaptureFixture[str]) -> str:
    """Return what was complained of: one line on stderr, nothing on stdout."""
    told = capsys.readouterr()
    assert told.out == ""
    assert told.err.startswith("mapapp: ")
    assert told.err.count("\n") == 1
    assert told.err[:-1].isprintable()
    return told.err.removeprefix("mapapp: ")


@pytest.mark.parametrize("form", FORMS)
def test_the_file_extension_selects_the_data_format(folder: str, out: Path, form: str) -> None:
    assert run("data", out / f"view.{form.upper()}", "--data", folder) == 0
    assert (out / f"view.{form.upper()}").read_bytes() == write(load(folder), VIEW, form, ADDRESS)  # type: ignore[arg-type]


@pytest.mark.parametrize(("form", "start"), [("svg", b"<?xml"), ("pdf", b"%PDF-"), ("png", b"\x89PNG")])
def test_the_file_extension_selects_the_figure_format(out: Path, form: str, start: bytes) -> None:
    assert (
        run(
            "figure", out / f"map.{form}", "--size", "half-page", "--dpi", 72, "--names", "tr", "--lang", "en"
        )
        == 0
    )
    assert (out / f"map.{form}").read_bytes().startswith(start)


def test_a_figure_has_the_title_the_credit_and_the_day_that_were_asked_for(out: Path, tmp_path: Path) -> None:
    logo = tmp_path / "logo.svg"
    logo.write_text('<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>', encoding="utf-8")
    own = ["--title", "Our title", "--subtitle", "Our subtitle", "--credit", "The desk", "--logo", logo]
    assert run("figure", out / "map.pdf", "--size", "half-page", *own, "--produced", "2026-01-31") == 0
    file = PdfReader(out / "map.pdf")
    said = " ".join(" ".join(page.extract_text() for page in file.pages).split())
    assert said.startswith("Our title Our subtitle")
    assert "Produced on 31 January 2026 with mapapp." in said
    assert file.metadata is not None
    assert (file.metadata.title, file.metadata.author) == ("Our title", "The desk")
    assert sorted(file.attachments) == ["idlib-2020-02-19.csv", "idlib-2020-02-19.geojson"]


def test_a_figure_can_be_the_map_alone_with_letters_as_shapes(out: Path) -> None:
    assert run("figure", out / "map.svg", "--text-as-paths") == 0
    assert b"<text" not in (out / "map.svg").read_bytes()
    assert run("figure", out / "map.pdf", "--map-only") == 0
    assert len(PdfReader(out / "map.pdf").pages) == 1


@pytest.mark.parametrize("own", [["--title", "Our title"], ["--subtitle", "Ours"]])
@pytest.mark.parametrize("form", [["map.pdf", "--map-only"], ["map.png", "--map-only"], ["map.svg"]])
def test_the_map_alone_refuses_a_title_it_would_not_show(
    own: list[str], form: list[str], out: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file, *options = form
    assert run("figure", out / file, *options, *own) == 2
    assert "the map alone has no room for them; leave them out, or draw a page" in complaint(capsys)
    assert not (out / file).exists()


@pytest.fixture
def hindi(tmp_path: Path) -> Path:
    """Return a folder with a title and names of places whose letters the fonts lack."""
    tiny = Tiny()
    assert tiny.profile
    tiny.profile |= {"title": {"en": "सोनपुर"}, "home": [35.0, 34.0, 39.0, 37.0]}
    for place in ("rivertown", "zone-idlib"):
        tiny.place(place)["properties"]["names"] = {"en": "नदी"}
    return tiny.write(tmp_path / "hindi")


def test_a_figure_says_which_texts_its_fonts_lack(
    hindi: Path, out: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    lacking = "note: the figure's fonts lack letters of {}; mapapp page shows them\n"
    assert run("figure", out / "map.png", "--dpi", 72, "--data", hindi) == 0
    assert complaint(capsys) == lacking.format("the title, 2 names")
    assert run("figure", out / "map.png", "--dpi", 72, "--data", hindi, "--title", "Sonpur") == 0
    assert complaint(capsys) == lacking.format("2 names")
    assert run("figure", out / "map.svg", "--data", hindi, "--selected", "rivertown", "--credit", "नदी") == 0
    assert complaint(capsys) == lacking.format("the credit, 2 names")
    assert run("pack", out / "view.zip", "--data", hindi) == 0
    assert complaint(capsys) == lacking.format("the title, 2 names")


def test_a_figure_whose_fonts_have_all_letters_says_nothing(
    folder: str, out: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("figure", out / "map.svg", "--data", folder) == 0
    assert capsys.readouterr().err == ""


def test_a_page_is_written(out: Path) -> None:
    assert run("page", out / "map.html") == 0
    assert "</html>" in (out / "map.html").read_text(encoding="utf-8")


def test_view_options_are_those_of_the_address_bar(folder: str, out: Path) -> None:
    asked = ["--first", "2018-01-01", "--last", "2020-12-31", "--as-of", "all", "--said-by", "article"]
    asked += [
        "--kinds",
        "agreement",
        "--hidden",
        "roads",
        "--selected",
        "zone-idlib",
        "--names",
        "ru",
        "--certain",
        "1",
    ]
    asked += ["--background", "0", "--base-map", "none", "--camera", "35.8,36.7,9"]
    assert (
        run("data", out / "x.geojson", "--data", folder, *asked, "--base-url", "https://example.org/map") == 0
    )
    told = json.loads((out / "x.geojson").read_text(encoding="utf-8"))
    ids = {feature["id"].split(":")[-1] for feature in told["features"]}
    assert {"quiet-zone", "zone-idlib"} <= ids
    assert not ids & {"clashes-go-on", "road-one", "zone-signed"}
    assert told["view"] == (
        "https://example.org/map?first=2018-01-01&last=2020-12-31&certain=1&as_of=all&said_by=article&kinds=agreement"
        "&hidden=roads&selected=zone-idlib&names=ru&background=0&camera=35.8000,36.7000,9.00"
    )


@pytest.mark.parametrize("style", STYLES)
def test_cite_prints_the_citation(folder: str, capsys: pytest.CaptureFixture[str], style: str) -> None:
    assert run("cite", "--data", folder, "--style", style, "--accessed", "2026-11-22") == 0
    assert capsys.readouterr().out == cite(
        load(folder),
        VIEW,
        style,  # type: ignore[arg-type]
        address=ADDRESS,
        accessed=date(2026, 11, 22),
    )


def test_cite_defaults_to_apa_and_today(folder: str, capsys: pytest.CaptureFixture[str]) -> None:
    before = date.today()  # noqa: DTZ011 - as the command does
    assert run("cite", "--data", folder) == 0
    told = capsys.readouterr().out
    assert "(n.d.)" in told
    assert str(before.year) in told


def test_cite_names_the_authors_it_is_given(folder: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("cite", "--data", folder, "--author", "Doe, J.", "--author", "Desk of Maps") == 0
    assert capsys.readouterr().out.startswith("Doe, J., & Desk of Maps. (n.d.). ")


def pack_of(manifest: object, target: Path, name: str = "manifest.json") -> Path:
    """Write a zip that has nothing but a manifest."""
    text = manifest if isinstance(manifest, str | bytes) else json.dumps(manifest)
    with zipfile.ZipFile(target, "w") as archive:
        archive.writestr(name, text)
    return target


@pytest.fixture
def manifest(folder: str) -> dict[str, Any]:
    """Return what citing needs of the manifest of a pack of the small data folder."""
    return {"view": "?first=2018-09-01&last=2018-09-30", "data_version": load(folder).fingerprint}


@pytest.mark.parametrize("style", STYLES)
def test_cite_names_an_evidence_pack_by_the_hash_of_its_manifest(
    folder: str, out: Path, manifest: dict[str, Any], capsys: pytest.CaptureFixture[str], style: Style
) -> None:
    file = pack_of(manifest, out / "x.zip")
    assert run("cite", "--data", folder, "--style", style, "--pack", file, "--accessed", "2026-11-22") == 0
    days = Window(date(2018, 9, 1), date(2018, 9, 30))
    assert capsys.readouterr().out == cite(
        load(folder),
        View(days, as_of=DAY),
        style,
        address=str(manifest["view"]),
        accessed=date(2026, 11, 22),
        pack=hashlib.sha256(json.dumps(manifest).encode()).hexdigest(),
    )


def test_the_address_a_pack_records_is_cited_unless_another_is_given(
    folder: str, out: Path, manifest: dict[str, Any], capsys: pytest.CaptureFixture[str]
) -> None:
    manifest["view"] = f"https://example.org/map{manifest['view']}"
    file = pack_of(manifest, out / "x.zip")
    assert run("cite", "--data", folder, "--pack", file) == 0
    assert "https://example.org/map?first=2018-09-01&last=2018-09-30" in capsys.readouterr().out
    assert run("cite", "--data", folder, "--pack", file, "--base-url", "https://example.com/here") == 0
    told = capsys.readouterr().out
    assert "https://example.com/here?first=2018-09-01&last=2018-09-30" in told
    assert "example.org/map" not in told


NOT_A_PACK = "--pack: not an evidence pack (got "
BAD_PACKS: dict[str, tuple[Callable[[dict[str, Any]], Any], str]] = {
    "no manifest": (lambda _: None, NOT_A_PACK),
    "not JSON": (lambda _: b"\xff{", NOT_A_PACK),
    "deep JSON": (lambda _: "[" * 100_000, NOT_A_PACK),
    "a list": (lambda _: [], NOT_A_PACK),
    "no view": (lambda told: {**told, "view": None}, NOT_A_PACK),
    "no data version": (lambda told: {"view": told["view"]}, NOT_A_PACK),
    "a manifest of 20 MB": (lambda _: " " * 20_000_000, NOT_A_PACK),
    "another version of the data": (
        lambda told: {**told, "data_version": "0" * 64},
        '--pack: made from other data (got version "000000000000"); cite it with --data and the data it was',
    ),
    "a view of nothing there is": (
        lambda told: {**told, "view": "?selected=\x1b[31m<b>&first=soon"},
        "--pack: its view is not valid: first: not a valid day",
    ),
}


@pytest.mark.parametrize(("changed", "said"), BAD_PACKS.values(), ids=BAD_PACKS)
def test_a_file_that_is_not_a_pack_of_this_data_is_refused_in_one_line(  # noqa: PLR0913, PLR0917 - fixtures
    folder: str,
    out: Path,
    manifest: dict[str, Any],
    capsys: pytest.CaptureFixture[str],
    changed: Callable[[dict[str, Any]], Any],
    said: str,
) -> None:
    content = changed(manifest)
    file = pack_of(content or "x", out / "x.zip", "other.json" if content is None else "manifest.json")
    assert run("cite", "--data", folder, "--pack", file) == 2
    assert complaint(capsys).startswith(said)


@pytest.mark.parametrize("start", range(0, 120, 7))
def test_a_damaged_pack_is_refused_in_one_line_unless_the_manifest_is_whole(
    folder: str, out: Path, manifest: dict[str, Any], capsys: pytest.CaptureFixture[str], start: int
) -> None:
    file = pack_of(manifest, out / "x.zip")
    data = bytearray(file.read_bytes())
    for at in range(start, start + 7):
        data[-1 - at] ^= 0x55
    file.write_bytes(data)
    if run("cite", "--data", folder, "--pack", file) == 0:  # the damage is, for example, to a date
        assert hashlib.sha256(json.dumps(manifest).encode()).hexdigest() in capsys.readouterr().out
    else:
        assert complaint(capsys).startswith(NOT_A_PACK)


def test_help_names_every_choice(capsys: pytest.CaptureFixture[str]) -> None:
    choices = {
        "figure": [*SIZES, ".svg", ".pdf", ".png", f"[default: {USUAL_SIZE}]"],
        "data": [f".{form}" for form in FORMS],
        "cite": [*STYLES],
    }
    for command, words in choices.items():
        assert run(command, "--help") == 0
        told = capsys.readouterr().out
        assert [word for word in words if word not in told] == []


@pytest.mark.parametrize("command", ["figure", "page", "data", "pack", "cite"])
def test_help_names_the_parameters_of_the_address_and_their_older_spellings_in_one_line(
    command: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(command, "--help") == 0
    told = capsys.readouterr().out
    for name, parameter in PARAMETERS.items():
        assert f"  --{name.replace('_', '-')} {parameter.metavar} " in told
    aliases = [parameter.alias for parameter in PARAMETERS.values() if parameter.alias]
    older = ", ".join(f"--{alias}" for alias in aliases if alias != "lang")  # an option of its own
    assert f"Older spellings still work: {older}." in " ".join(told.split())


def test_older_spellings_of_options_and_values_give_the_same_view(
    folder: str, capsys: pytest.CaptureFixture[str]
) -> None:
    days = ["2020-02-19", "2020-02-20"]
    older = ["--from", days[0], "--to", days[1], "--known", "all", "--sure", "1", "--screen", "clean"]
    newer = ["--first", days[0], "--last", days[1], "--as-of", "all", "--certain", "1", "--screenshot", "1"]
    told = []
    for options in (older, newer):
        assert run("cite", "--data", folder, "--accessed", "2026-11-22", *options) == 0
        told.append(capsys.readouterr().out)
    assert told[0] == told[1]
    assert "screenshot=1" in told[0]


@pytest.mark.slow
def test_the_same_pack_made_elsewhere_in_another_process_has_the_same_bytes(
    packed: bytes, root: Path, out: Path
) -> None:
    subprocess.run(  # noqa: S603 - our own command
        [sys.executable, "-m", "mapapp", "pack", "view.zip", "--data", str(root)],
        cwd=out,
        env={**os.environ, "PYTHONHASHSEED": "1", "TZ": "America/New_York", "PYTHONPATH": str(root)},
        check=True,
    )
    with zipfile.ZipFile(io.BytesIO(packed)) as one, zipfile.ZipFile(out / "view.zip") as other:
        assert [name for name in one.namelist() if one.read(name) != other.read(name)] == []
    assert (out / "view.zip").read_bytes() == packed


MISUSES = {
    "a folder that is not there": (["data", "nowhere/x.csv"], "OUT: no such folder"),
    "a folder that is a file": (["data", "old.csv/x.csv"], "OUT: no such folder"),
    "a folder for a file": (["data", "full.csv"], "OUT: not a regular file"),
    "a name too long": (["data", f"{'x' * 300}.csv"], "OUT: cannot be written"),
    "a name that cannot be": (["data", "x\0.csv"], "OUT: cannot be written"),
    "an ending figures have not": (
        ["figure", "x.jpg"],
        'OUT: unsupported file type (got "x.jpg"); use .svg, .pdf or .png',
    ),
    "no ending at all": (["data", "x"], ".gpkg, .geojson, .parquet, .csv, .kml, .kmz, .lpf.json or .jsonld"),
    "an ending for a name": (["data", ".csv"], "unsupported file type"),
    "an ending pages have not": (["page", "x.htm"], "use .html"),
    "an ending packs have not": (["pack", "x.tar"], "use .zip"),
    "no file": (["data"], "OUT"),
    "an unknown id": (["data", "x.csv", "--selected", "nowhere"], "--selected: unknown value"),
    "a step that is not there": (
        ["data", "x.csv", "--step", "99"],
        '--step: expected the number of a step from 1 to 6 (got "99"); use a number from 1 to 6',
    ),
    "an unknown layer": (
        ["data", "x.csv", "--hidden", "roads,moon"],
        '--hidden: unknown value (got "moon"); choose from events, zones, ',
    ),
    "an unknown actor": (
        ["cite", "--said-by", "<b>"],
        '--said-by: unknown value (got "<b>"); choose from article, ',
    ),
    "an unknown kind": (
        ["cite", "--kinds", "war,famine,threat"],
        '--kinds: unknown value (got "famine", "war"); choose from agreement, ',
    ),
    "an unknown language of names": (
        ["figure", "x.svg", "--names", "de"],
        '--names: unknown value (got "de"); choose from en, ar, tr, ru',
    ),
    "an unknown language of words": (
        ["page", "x.html", "--language", "<b>"],
        '--language: unknown value (got "<b>"); choose from en, ar, tr, ru',
    ),
    "an unknown language of words in the older spelling": (
        ["figure", "x.svg", "--lang", "<b>"],
        '--language: unknown value (got "<b>"); choose from en, ar, tr, ru',
    ),
    "both spellings of the language of words": (
        ["figure", "x.svg", "--lang", "ar", "--language", "ar"],
        "--lang: an older name for --language, which is also present; leave one of them out",
    ),
    "a language of words where there is no choice of it": (
        ["page", "x.html", "--lang", "ar"],
        "no such option",
    ),
    "an unknown base map": (
        ["page", "x.html", "--base-map", "moon"],
        '--base-map: unknown value (got "moon"); choose from none, ',
    ),
    "half a yes": (
        ["cite", "--certain", "maybe"],
        '--certain: unknown value (got "maybe"); choose from 0, 1',
    ),
    "no day": (
        ["data", "x.csv", "--first", "yesterday"],
        '--first: not a valid day (got "yesterday"); use a day such as 2020-02-19\n',
    ),
    "no day as of which": (
        ["cite", "--as-of", "today"],
        '--as-of: not a valid day (got "today"); use a day such as 2020-02-19, or all\n',
    ),
    "no such day": (["data", "x.csv", "--last", "2019-02-30"], "--last: the date does not exist"),
    "reversed days": (
        ["data", "x.csv", "--first", "2020-02-19", "--last", "2018-01-01"],
        '--first: the first day is after the last, 2018-01-01 (got "2020-02-19"); put the earlier day first',
    ),
    "a value too long": (
        ["cite", "--said-by", "x" * 2001],
        "); use at most 2000 characters",
    ),
    "no place on earth": (
        ["page", "x.html", "--camera", "91,0,9"],
        '--camera: the latitude is outside the range -85 to 85 (got "91,0,9"); use LAT,LON,ZOOM',
    ),
    "a zoom no map has": (
        ["page", "x.html", "--camera", "36,36,19"],
        '--camera: the zoom is outside the range 1 to 18 (got "36,36,19")',
    ),
    "an empty window of data": (
        ["data", "x.csv", "--first", "2019-01-01", "--last", "2019-01-31"],
        "Nearest statement: --first 2018-09-01 --last 2018-09-30 (Both agree on a quiet zone",
    ),
    "an empty window of a figure": (
        ["figure", "x.svg", "--first", "2021-01-01", "--last", "2021-01-31", "--said-by", "south"],
        "Nearest statement: --first 2020-02-19 --last 2020-02-19 (The south says the truce was broken",
    ),
    "an empty window of a pack": (
        ["pack", "x.zip", "--first", "2019-01-01", "--last", "2019-01-31"],
        "Nearest statement: --first 2018-09-01",
    ),
    "a window without a certain statement": (
        ["data", "x.csv", "--first", "2018-09-02", "--last", "2018-09-03", "--certain", "1"],
        "Nearest statement: --first 2018-09-01 --last 2018-09-30",
    ),
    "filters that nothing passes": (
        ["data", "x.csv", "--said-by", "south", "--kinds", "agreement"],
        "No statement in the article matches these filters.",
    ),
    "filters that nothing passes at this time": (
        ["data", "x.csv", "--kinds", "agreement"],
        "No statement in the article matches these filters. Nearest statement: --first 2018-09-01",
    ),
    "kinds that only incidents have": (
        ["figure", "x.svg", "--kinds", "shelling"],
        "Figures, pages and data files contain no incidents",
    ),
    "a day before the article": (["data", "x.csv", "--as-of", "2019-01-01"], "Its date is 2020-02-19."),
    "two spellings of one": (
        ["cite", "--from", "2020-02-19", "--first", "2020-02-19"],
        '--from: an older name for --first, which is also present (got "2020-02-19"); leave one of them out',
    ),
    "a logo that is not there": (
        ["figure", "x.svg", "--logo", "none.svg"],
        "logo: cannot read the file (got ",
    ),
    "a logo that is not a picture": (
        ["figure", "x.svg", "--logo", Path(__file__).parents[1] / "tiny.py"],
        "logo: neither SVG nor PNG (got ",
    ),
    "a day of production that does not exist": (
        ["figure", "x.svg", "--produced", "2026-02-30"],
        "2026-02-30",
    ),
    "an unknown size": (["figure", "x.svg", "--size", "a0"], "choose from a4, a4-landscape,"),
    "a time of a figure beyond the data": (
        ["figure", "x.svg", "--first", "2030-01-01", "--last", "2030-12-31", "--as-of", "all"],
        "first, last: outside the time span of the data (got 2030-01-01 to 2030-12-31); choose days from",
    ),
    **{
        f"a time of a {command} beyond the data": (
            [command, *out, "--first", "2030-01-01", "--last", "2030-12-31", "--as-of", "all"],
            "first, last: outside the time span of the data (got 2030-01-01 to 2030-12-31); choose days",
        )
        for command, out in {"page": ["x.html"], "data": ["x.csv"], "pack": ["x.zip"], "cite": []}.items()
    },
    "a frame of a figure with nothing in it": (
        ["figure", "x.svg", "--camera", "10,10,8"],
        "camera: the requested map extent contains no features of this view (got 10,10,8); omit camera, or",
    ),
    "too few dots": (["figure", "x.png", "--dpi", "0"], "from 72 to 600"),
    "too many dots": (["figure", "x.png", "--dpi", "99999999999999"], "from 72 to 600"),
    "no number of dots": (["figure", "x.png", "--dpi", "3e2"], "from 72 to 600"),
    "an unknown style": (
        ["cite", "--style", "mla"],
        '--style: unknown value (got "mla"); choose from apa, chicago,',
    ),
    "no day of access": (["cite", "--accessed", "now"], "--accessed: "),
    "no address": (["cite", "--base-url", "javascript:alert(1)"], "--base-url: not a valid base URL"),
    "an address with a query": (
        ["cite", "--base-url", "https://example.org/?x=1"],
        "--base-url: not a valid base URL",
    ),
    "an author without a name": (
        ["cite", "--author", " \u200b\n"],
        '--author: no name (got " \\u200b\\n"); write it as it should be printed, such as "Doe, J."',
    ),
    "an author too long to be one": (["cite", "--author", "x" * 201], "); use at most 200 characters"),
    "no pack": (
        ["cite", "--pack", "nowhere.zip"],
        '--pack: cannot be read: No such file or directory (got "nowhere.zip"',
    ),
    "a folder for a pack": (["cite", "--pack", "full.csv"], "--pack: cannot be read: Is a directory"),
    "a pack that is not a zip": (
        ["cite", "--pack", "old.csv"],
        '--pack: not an evidence pack (got "old.csv"); use a .zip that mapapp pack has written',
    ),
    "a view other than the pack's": (
        ["cite", "--pack", "x.zip", "--first", "2018-09-01"],
        "--first: not possible with --pack, which cites the view of the pack; leave one of them out",
    ),
    "an option of another command": (["data", "x.csv", "--dpi", "300"], "--dpi"),
    "a shortened option": (["data", "x.csv", "--know", "all"], "--know"),
    "something after --": (["data", "x.csv", "--", "y"], "unexpected extra argument"),
}


OUTS = {"page": "html", "data": "kml", "pack": "zip", "cite": ""}
WRONG = {
    "an unknown id": (["--selected", "nobody"], "--selected: unknown value"),
    "reversed days": (
        ["--first", "2020-02-19", "--last", "2018-01-01"],
        "--first: the first day is after the",
    ),
    "no day": (["--first", "soon"], "--first: not a valid day"),
    "no place": (["--camera", "here"], "--camera: expected latitude, longitude and zoom"),
    "half a place": (["--camera", "35,36"], "--camera: expected latitude, longitude and zoom"),
    "a size": (["--size", "a0"], "--size"),
}
NOWHERE = {
    "a folder that is not there": ("nowhere/x", "OUT: no such folder"),
    "a folder": ("full", "OUT: not a regular file"),
    "a folder that takes no files": ("/proc/x", "OUT: cannot be written"),
}


@pytest.mark.parametrize(
    ("selected", "fix"),
    [("zone-idlb", "did you mean zone-idlib"), ("atlantis", "choose from ")],
)
def test_of_many_values_the_nearest_are_named(
    capsys: pytest.CaptureFixture[str], selected: str, fix: str
) -> None:
    assert run("cite", "--selected", selected) == 2
    said = complaint(capsys)
    assert said.startswith(f'--selected: unknown value (got "{selected}"); {fix}')
    assert len(said) < 200


def test_every_view_option_that_cannot_be_used_is_named_on_a_line_of_its_own(
    folder: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("cite", "--data", folder, "--names", "de", "--camera", "99,0,99", "--first", "soon") == 2
    lines = capsys.readouterr().err.splitlines()
    assert [line.split(" (got")[0] for line in lines] == [
        "mapapp: --first: not a valid day",
        "mapapp: --names: unknown value",
        "mapapp: --camera: the latitude is outside the range -85 to 85",
        "mapapp: --camera: the zoom is outside the range 1 to 18",
    ]


@pytest.mark.parametrize("command", OUTS)
@pytest.mark.parametrize("wrong", WRONG.values(), ids=WRONG)
def test_no_command_accepts_values_it_cannot_use(
    folder: str, here: Path, capsys: pytest.CaptureFixture[str], command: str, wrong: tuple[list[str], str]
) -> None:
    asked, told = wrong
    old = here / f"x.{OUTS[command]}"
    old.write_text("kept")
    assert run(command, *([old] if OUTS[command] else []), "--data", folder, *asked) == 2
    assert told in complaint(capsys)
    assert [path.name for path in here.iterdir()] == [old.name]
    assert old.read_text() == "kept"


@pytest.mark.parametrize("command", [command for command, ending in OUTS.items() if ending])
@pytest.mark.parametrize("nowhere", NOWHERE.values(), ids=NOWHERE)
def test_no_command_writes_where_it_cannot(
    folder: str, here: Path, capsys: pytest.CaptureFixture[str], command: str, nowhere: tuple[str, str]
) -> None:
    where, told = nowhere
    (here / f"full.{OUTS[command]}").mkdir()
    assert run(command, f"{where}.{OUTS[command]}", "--data", folder) == 2
    assert told in complaint(capsys)
    assert [path.name for path in here.iterdir()] == [f"full.{OUTS[command]}"]


@pytest.mark.parametrize(("arguments", "told"), MISUSES.values(), ids=MISUSES)
def test_misuse_gives_one_line_and_exit_2_and_writes_nothing(
    folder: str, here: Path, capsys: pytest.CaptureFixture[str], arguments: list[str], told: str
) -> None:
    (here / "old.csv").write_text("kept")
    (here / "full.csv").mkdir()
    command, *rest = arguments
    assert run(command, "--data", folder, *rest) == 2
    assert told in complaint(capsys)
    assert sorted(path.name for path in here.iterdir()) == ["full.csv", "old.csv"]
    assert (here / "old.csv").read_text() == "kept"


def test_the_nearest_window_that_is_offered_is_one_that_works(
    folder: str, out: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    sure = ["--certain", "1", "--data", folder]
    assert run("data", out / "x.csv", "--first", "2018-09-02", "--last", "2018-09-03", *sure) == 2
    offered = complaint(capsys).split("Nearest statement: ")[1].split(" (")[0].split()
    assert run("data", out / "x.csv", *offered, *sure) == 0


def test_a_window_that_cannot_be_certain_is_not_offered(
    tiny: Tiny, tmp_path: Path, out: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    tiny.event("quiet-zone")["when"]["edtf"] = "2018-09?"
    asked = ["--first", "2018-09-01", "--last", "2018-09-30", "--certain", "1"]
    assert run("data", out / "x.csv", "--data", tiny.write(tmp_path / "in"), *asked) == 2
    assert "Nearest statement: --first 2020-02-19 --last 2020-02-19" in complaint(capsys)


def test_faults_in_the_data_are_listed_and_nothing_is_written(
    tiny: Tiny, tmp_path: Path, out: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    tiny.sources[1]["licence"] = ""
    assert run("data", out / "x.csv", "--data", tiny.write(tmp_path / "bad")) == 1
    assert "map.licence" in capsys.readouterr().err
    assert list(out.iterdir()) == []


def test_an_empty_page_and_an_empty_citation_are_not_errors(
    out: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    empty = ["--first", "2019-06-01", "--last", "2019-06-02"]
    assert run("page", out / "x.html", *empty) == 0
    assert run("cite", *empty) == 0
    assert "1 June 2019 to 2 June 2019" in capsys.readouterr().out


@pytest.mark.parametrize("step", ["write", "fsync", "replace"])
def test_a_write_error_leaves_the_old_file(
    folder: str,
    out: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    step: str,
) -> None:
    old = out / "x.csv"
    old.write_text("kept")

    def fail(*_: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    if step == "write":
        monkeypatch.setattr(Path, "write_bytes", fail)
    elif step == "fsync":
        monkeypatch.setattr(os, "fsync", fail)
    else:
        monkeypatch.setattr(Path, "replace", fail)
    assert run("data", old, "--data", folder) == 2
    monkeypatch.undo()
    assert "cannot be written: No space left on device" in complaint(capsys)
    assert [path.name for path in out.iterdir()] == ["x.csv"]
    assert old.read_text() == "kept"


@pytest.mark.parametrize("error", [KeyboardInterrupt, RuntimeError, OSError])
def test_an_interrupted_command_leaves_the_old_file(
    folder: str, out: Path, monkeypatch: pytest.MonkeyPatch, error: type[BaseException]
) -> None:
    old = out / "x.csv"
    old.write_text("kept")

    def fail(*_: object) -> None:
        assert len(list(out.iterdir())) == 2
        raise error

    monkeypatch.setattr("mapapp.cli.export.write", fail)
    assert run("data", old, "--data", folder) == (130 if error is KeyboardInterrupt else 1)
    assert [path.name for path in out.iterdir()] == ["x.csv"]
    assert old.read_text() == "kept"


def test_an_unwritable_folder_is_reported_before_the_work(
    folder: str, out: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def locked(*_: object, **__: object) -> None:
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))

    def never(*_: object) -> bytes:
        raise AssertionError

    atlas = load(folder)
    monkeypatch.setattr(export, "load", lambda _: atlas)
    monkeypatch.setattr("mapapp.cli.export.write", never)
    monkeypatch.setattr(Path, "open", locked)
    assert run("data", out / "x.csv", "--data", folder) == 2
    assert "cannot be written: Permission denied" in complaint(capsys)


def test_a_file_is_replaced_through_a_symbolic_link(folder: str, out: Path) -> None:
    (out / "real.csv").write_text("old")
    (out / "link.csv").symlink_to(out / "real.csv")
    assert run("data", out / "link.csv", "--data", folder) == 0
    assert (out / "link.csv").is_symlink()
    assert (out / "real.csv").read_text(encoding="utf-8-sig").startswith("event_id_cnty")


def test_a_new_file_has_the_usual_mode(folder: str, out: Path) -> None:
    (out / "plain").touch()
    assert run("data", out / "x.csv", "--data", folder) == 0
    assert (out / "x.csv").stat().st_mode == (out / "plain").stat().st_mode


def test_a_device_is_not_overwritten(folder: str, capsys: pytest.CaptureFixture[str], out: Path) -> None:
    (out / "null.csv").symlink_to(os.devnull)
    assert run("data", out / "null.csv", "--data", folder) == 2
    assert "OUT: not a regular file" in complaint(capsys)
    assert Path(os.devnull).is_char_device()


def test_progress_is_printed_only_on_a_terminal(
    folder: str, out: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("data", out / "x.csv", "--data", folder) == 0
    assert capsys.readouterr() == ("", "")
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    assert run("data", out / "x.csv", "--data", folder) == 0
    told = capsys.readouterr()
    assert told.out == ""
    assert "x.csv" in told.err


def test_nothing_is_written_into_the_data_it_is_made_from(
    tiny: Tiny, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    root = tiny.write(tmp_path / "folder")
    roads = root / "data/geo/roads.geojson"
    before = {path: path.read_bytes() for path in root.rglob("*") if path.is_file()}
    (tmp_path / "link").symlink_to(root / "data")
    (tmp_path / "link.geojson").symlink_to(roads)
    (tmp_path / "hard.geojson").hardlink_to(roads)
    monkeypatch.chdir(root / "data")
    outs = [
        *(("data", out) for out in (roads, "geo/roads.geojson", root / "data/x/../geo/new.geojson")),
        *(("data", tmp_path / out) for out in ("link/geo/new.csv", "link.geojson", "hard.geojson")),
        *(("page", root / "seeds/x.html"), ("figure", "x.svg"), ("pack", root / "data/x.zip")),
    ]
    (root / "data/x").mkdir()
    for command, out in outs:
        assert run(command, out, "--data", root) == 2, out
        assert "is part of a data folder" in complaint(capsys), out
    assert run("incidents", "synthetic", root / "data/x.csv", "--rows", "1", "--data", root) == 2
    assert "is part of a data folder" in complaint(capsys)
    assert run("incidents", "list", "--store", root / "data/store", "--data", root) == 2
    assert "is part of a data folder" in complaint(capsys)
    assert {path: path.read_bytes() for path in root.rglob("*") if path.is_file()} == before
    assert run("data", root / "x.csv", "--data", root) == 0  # beside seeds/ and data/ is fine


def test_no_other_data_folder_is_written_to_either(
    tiny: Tiny, folder: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    zones = tiny.write(tmp_path / "other") / "data/geo/zones.geojson"
    before = zones.read_bytes()
    assert run("data", zones, "--data", folder) == 2
    assert "is part of a data folder" in complaint(capsys)
    assert zones.read_bytes() == before


def test_a_file_that_is_replaced_keeps_its_mode(folder: str, out: Path) -> None:
    target = out / "x.csv"
    target.write_text("old")
    target.chmod(0o640)
    assert run("data", target, "--data", folder) == 0
    assert target.read_text() != "old"
    assert stat.S_IMODE(target.stat().st_mode) == 0o640


def test_a_read_only_file_is_refused(folder: str, out: Path, capsys: pytest.CaptureFixture[str]) -> None:
    target = out / "x.csv"
    target.write_text("old")
    target.chmod(0o444)
    assert run("data", target, "--data", folder) == 2
    assert "is read-only; make it writable" in complaint(capsys)
    assert target.read_text() == "old"
    assert [path.name for path in out.iterdir()] == ["x.csv"]


def test_only_leftovers_of_killed_processes_are_removed(folder: str, out: Path) -> None:
    left, other = out / ".x.csv.0123abcd.part", out / ".y.csv.0123abcd.part"
    strange, live = out / ".x.csv.part", out / ".x.csv.89abcdef.part"
    for path in (left, other, strange, live):
        path.write_text("half")
    with live.open("rb") as held:
        fcntl.flock(held, fcntl.LOCK_EX)  # as a process does that is still writing
        assert run("data", out / "x.csv", "--data", folder) == 0
    assert {path.name for path in out.iterdir()} == {other.name, strange.name, live.name, "x.csv"}


def test_a_process_that_is_killed_leaves_the_old_file_and_the_next_cleans_up(out: Path) -> None:
    target = out / "x.csv"
    target.write_text("old")
    code = (
        "import os, signal, sys; from pathlib import Path; from mapapp.data.atomic_write import writing\n"
        "with writing(Path(sys.argv[1])) as aside: aside.write_text('new'); "
        "os.kill(os.getpid(), signal.SIGKILL)"
    )
    done = subprocess.run([sys.executable, "-c", code, str(target)], check=False)  # noqa: S603 - ours
    assert done.returncode == -signal.SIGKILL
    assert target.read_text() == "old"
    assert len(list(out.iterdir())) == 2
    atomic_write.write(target, b"newer")
    assert [path.name for path in out.iterdir()] == ["x.csv"]
    assert target.read_text() == "newer"

"""Who publishes mapapp can say what is in it: the licences, the bill of materials, the wheel."""

from __future__ import annotations

import json
import os
import re
import zipfile
from email.message import Message
from importlib.metadata import Distribution, distribution
from importlib.resources import files
from pathlib import Path

import licences
import pytest
import release

ROOT = Path(__file__).resolve().parents[2]
ADDRESS = re.compile(r"://|(?:^|\s)--(?:index|extra-index|find-links|trusted-host)")
in_repository = pytest.mark.skipif(not (ROOT / ".git").exists(), reason="not in a repository")


class Stated(Distribution):
    """A package with the metadata given."""

    def __init__(self, **metadata: str) -> None:
        self.message = Message()
        for name, value in {"Name": "made-up", **metadata}.items():
            self.message[name.replace("_", "-")] = value

    @property
    def metadata(self) -> Message:  # type: ignore[override]
        """Return the metadata."""
        return self.message

    def read_text(self, filename: str) -> None:  # type: ignore[override]
        """Return nothing: there are no files."""

    def locate_file(self, path: str) -> Path:  # type: ignore[override]
        """Return where a file would be."""
        return Path(path)


@pytest.fixture(scope="module")
def needed() -> list[licences.Package]:
    """Return the packages that mapapp needs here."""
    return licences.packages()


def test_every_package_that_is_needed_has_a_compatible_licence(needed: list[licences.Package]) -> None:
    assert [each for each in needed if not licences.is_compatible(each.licence)] == []
    names = {each.name: each.optional for each in needed}
    assert names["streamlit"] is names["numpy"] is names["xstatic-leaflet"] is False
    assert names["trafilatura"] is names["lxml-html-clean"] is True
    assert not names.keys() & {"pytest", "hypothesis", "hatchling"}


@pytest.mark.parametrize(
    ("expression", "compatible"),
    [
        ("MIT", True),
        ("MIT AND BSD-3-Clause", True),
        ("MIT AND GPL-3.0-only", False),
        ("GPL-2.0-only OR LGPL-2.1-or-later", True),
        ("MIT AND (GPL-2.0-only OR Apache-2.0)", True),
        ("GPL-3.0-or-later", False),
        ("AGPL-3.0-only", False),
        ("GPL-2.0-only WITH Classpath-exception-2.0", False),
    ],
)
def test_a_licence_is_compatible_if_what_it_leaves_us_to_choose_is(expression: str, compatible: bool) -> None:
    assert licences.is_compatible(expression) is compatible


def test_a_package_without_a_single_licence_is_an_error_until_someone_looks_it_up() -> None:
    assert licences.licence_of(Stated(License_Expression="MIT")) == "MIT"
    assert licences.licence_of(Stated(License="Apache-2.0")) == "Apache-2.0"
    assert licences.licence_of(Stated(Classifier="License :: OSI Approved :: MIT License")) == "MIT"
    for unclear in (
        {},
        {"License": "see the file"},
        {"Classifier": "License :: OSI Approved :: BSD License"},
        {"License": "GPL", "Classifier": "License :: Other/Proprietary License"},
    ):
        with pytest.raises(licences.LicenceError, match="made-up: its metadata state no single licence"):
            licences.licence_of(Stated(**unclear))


def test_the_bill_of_materials_names_every_package_leaflet_and_the_data(
    needed: list[licences.Package], tmp_path: Path
) -> None:
    wheel = tmp_path / "mapapp.whl"
    wheel.write_bytes(b"a wheel")
    text = release.bill_of_materials(needed, wheel, 1_582_070_400)
    assert text == release.bill_of_materials(needed, wheel, 1_582_070_400)
    assert not ADDRESS.search(re.sub(r'"\$schema": "\S+"', "", text))
    bill = json.loads(text)
    assert (bill["specVersion"], bill["metadata"]["timestamp"]) == ("1.6", "2020-02-19T00:00:00+00:00")
    listed = {each["name"]: each for each in bill["components"]}
    assert listed.keys() == {each.name for each in needed} - {"mapapp"}
    assert all(each["licenses"] and each["purl"].startswith("pkg:pypi/") for each in listed.values())
    assert listed["streamlit"]["version"] == distribution("streamlit").version
    [leaflet] = listed["xstatic-leaflet"]["components"]
    assert leaflet["licenses"] == [{"license": {"id": "BSD-2-Clause"}}]
    script = (files("xstatic.pkg.leaflet") / "data" / "leaflet.js").read_text(encoding="utf-8")
    assert f"Leaflet {leaflet['version']}" in script[:200]
    own = bill["metadata"]["component"]
    assert own["hashes"][0]["content"] == release.sha256(b"a wheel").hexdigest()
    assert any(each["name"].startswith("Natural Earth: ") for each in own["components"])
    needs = {each["ref"]: each.get("dependsOn", []) for each in bill["dependencies"]}
    assert leaflet["bom-ref"] not in needs[own["bom-ref"]]
    assert listed["folium"]["bom-ref"] in needs[own["bom-ref"]]
    assert listed["jinja2"]["bom-ref"] in needs[listed["folium"]["bom-ref"]]


@pytest.mark.slow
def test_the_constraints_are_the_installed_versions_with_hashes_and_without_addresses(
    needed: list[licences.Package],
) -> None:
    text = release.constraints(needed)
    assert not ADDRESS.search(text)
    pinned = dict(re.findall(r"^([a-z0-9-]+)==([^\s;]+)", text, re.MULTILINE))
    assert {each.name: each.version for each in needed if each.name != "mapapp"}.items() <= pinned.items()
    for line in re.split(r"\n(?=\S)", text.strip()):
        assert re.fullmatch(r"\S+==[^\n]+?(?: \\\n    --hash=sha256:[0-9a-f]{64})+", line), line


@pytest.mark.slow
@in_repository
def test_two_builds_of_one_commit_are_the_same_byte_for_byte(tmp_path: Path) -> None:
    wheels = []
    for name, mask, zone, date in (("a", 0o022, "UTC", 1_000_000_000), ("b/longer", 0o077, "Asia/Kabul", 0)):
        source, made, old = tmp_path / name, tmp_path / f"{name}-made", os.umask(mask)
        try:
            release.committed(source)
            for path in source.rglob("*"):
                path.chmod(0o700 if path.is_dir() or mask else 0o664)
                os.utime(path, (date, date))
            made.mkdir(parents=True)
            with pytest.MonkeyPatch.context() as patch:
                patch.setenv("TZ", zone)
                patch.setenv("PYTHONHASHSEED", str(mask))
                wheels.append(release.build_wheel(source, made, 1_582_070_400))
        finally:
            os.umask(old)
    assert wheels[0].name == wheels[1].name
    assert wheels[0].read_bytes() == wheels[1].read_bytes()


@pytest.mark.slow
@in_repository
def test_the_wheel_holds_nothing_that_is_not_in_the_last_commit(tmp_path: Path) -> None:
    release.committed(tmp_path / "source")
    tracked = {path.relative_to(tmp_path / "source").as_posix() for path in (tmp_path / "source").rglob("*")}
    wheel = release.build_wheel(tmp_path / "source", tmp_path, 1_582_070_400)
    with zipfile.ZipFile(wheel) as packed:
        names = {re.sub(r"^mapapp/shipped/", "", name) for name in packed.namelist()}
        assert {each.date_time[:3] for each in packed.infolist()} == {(2020, 2, 19)}
    names = {name for name in names if ".dist-info/" not in name}
    assert names <= tracked
    assert "mapapp/web/static/mapapp.js" in names
    assert "seeds/idlib-2020-02-19.txt" in names
    assert not [name for name in names if name.startswith(("mapapp/web/src", "tools", "tests"))]


def test_the_command_says_how_it_is_used_and_what_went_wrong(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    assert release.main([]) == 2
    assert capsys.readouterr().err == "usage: python tools/release.py FOLDER\n"
    monkeypatch.setattr(
        release, "packages", lambda: [licences.Package("mapapp", "1", "GPL-3.0-only", (), optional=False)]
    )
    assert release.main([str(tmp_path / "new")]) == 1
    assert capsys.readouterr().err.endswith("of tools/licences.py: mapapp (GPL-3.0-only)\n")
    assert not (tmp_path / "new").exists()

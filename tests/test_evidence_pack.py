"""The evidence pack: complete, checkable, and the same bytes every time."""

from __future__ import annotations

import hashlib
import io
import json
import re
import zipfile
from dataclasses import replace
from datetime import date
from html import unescape
from importlib import resources
from pathlib import Path
from typing import get_args
from urllib.parse import unquote

import pytest
from rocrate.rocrate import ROCrate
from tiny import SEED, Tiny
from two_articles import NEWER, OLDER, two_articles
from written import ADDRESS, Written

from mapapp.cli.main import main
from mapapp.core.drafts import without_drafts
from mapapp.core.edtf import Window
from mapapp.core.model import Atlas
from mapapp.core.select import select
from mapapp.core.view import View
from mapapp.data.load import load
from mapapp.evidence_pack import ChangedError, DraftsError, pack
from mapapp.export import FORMS
from mapapp.figure import Form, draw
from mapapp.text.quotation import quoted_spans
from mapapp.view_address import default_view

DAY = date(2020, 2, 19)
VIEW = View(Window(DAY, DAY), as_of=DAY)
pytestmark = pytest.mark.slow  # a pack holds three figures and all data files


def opened(data: bytes) -> dict[str, bytes]:
    """Return the files of a zip, after its own check of them."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert archive.testzip() is None
        return {name: archive.read(name) for name in archive.namelist()}


@pytest.fixture(scope="session")
def files(packed: bytes) -> dict[str, bytes]:
    """Return what is in the pack of the article's day."""
    return opened(packed)


def test_a_pack_holds_page_figures_data_citations_and_evidence(files: dict[str, bytes]) -> None:
    assert {name for name in files if not name.startswith("inputs/")} == {
        *("README.txt", "page.html", "ro-crate-metadata.json", "manifest.json", "SHA256SUMS"),
        *(f"figure/idlib-2020-02-19.{form}" for form in ("svg", "pdf", "png")),
        *(f"data/idlib-2020-02-19.{form}" for form in FORMS),
        *(
            f"cite/idlib-2020-02-19.{ending}"
            for ending in ("apa.txt", "chicago.txt", "bib", "ris", "csl.json")
        ),
        *("evidence/articles/idlib-2020-02-19.json", "evidence/sources.json", "evidence/CHANGELOG.md"),
    }


def test_nothing_in_a_pack_has_a_timestamp(packed: bytes) -> None:
    with zipfile.ZipFile(io.BytesIO(packed)) as archive:
        assert {info.date_time for info in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_the_manifest_names_every_file_but_itself_the_sums_and_the_citations(
    atlas: Atlas, files: dict[str, bytes]
) -> None:
    manifest = json.loads(files["manifest.json"])
    citations = {name for name in files if name.startswith("cite/")}
    assert {entry["name"] for entry in manifest["files"]} == {*files} - citations - {
        *("manifest.json", "SHA256SUMS"),
    }
    for entry in manifest["files"]:
        assert entry["sha256"] == hashlib.sha256(files[entry["name"]]).hexdigest()
        assert entry["bytes"] == len(files[entry["name"]])
    assert manifest["view"] == ADDRESS
    assert manifest["data_version"] == atlas.fingerprint
    assert manifest["data_date"] == "2026-11-26"
    assert "Date of the data: 26 November 2026\n" in files["README.txt"].decode()
    assert [one["sha256"] for one in manifest["articles"]] == [atlas.articles[0].sha256]


def test_every_citation_in_a_pack_names_it_by_the_hash_of_its_manifest(files: dict[str, bytes]) -> None:
    sha256 = hashlib.sha256(files["manifest.json"]).hexdigest()
    citations = {name: data.decode() for name, data in files.items() if name.startswith("cite/")}
    assert len(citations) == 5
    assert [name for name, text in citations.items() if sha256 not in text or "?first" in text] == []
    readme = files["README.txt"].decode()
    assert "the citations name this pack by the SHA-256 of manifest.json" in readme


def test_cite_gives_the_citations_in_the_pack_with_a_day_of_access(
    packed: bytes, files: dict[str, bytes], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "x.zip"
    file.write_bytes(packed)
    assert main(["cite", "--pack", str(file), "--accessed", "2026-11-22"]) == 0
    apa = files["cite/idlib-2020-02-19.apa.txt"].decode().rstrip("\n")
    assert capsys.readouterr().out == f"{apa} Retrieved November 22, 2026.\n"


@pytest.fixture(scope="session")
def crate(packed: bytes, tmp_path_factory: pytest.TempPathFactory) -> ROCrate:
    """Return the pack of the article's day as the library of RO-Crate reads it."""
    file = tmp_path_factory.mktemp("crate") / "x.zip"
    file.write_bytes(packed)
    return ROCrate(file)


def test_a_pack_is_an_ro_crate_that_describes_the_view(atlas: Atlas, crate: ROCrate) -> None:
    root = crate.root_dataset
    assert root["name"] == "Idlib: what one article says, 19 February 2020, as known that day"
    assert ADDRESS in root["description"]
    assert root["datePublished"] == "2026-11-26"
    assert root["version"] == atlas.fingerprint
    assert root["temporalCoverage"] == "2020-02-19"
    assert root["author"]["name"] == "mapapp"
    assert "Made with Natural Earth" in root["license"]["description"]
    assert "the text of each article if its licence allows" in root["license"]["description"]
    article = root["citation"]
    assert article.id == f"urn:sha256:{atlas.articles[0].sha256}"
    assert article["sha256"] == atlas.articles[0].sha256
    assert article["name"] == atlas.source[atlas.articles[0].source].title
    assert article["datePublished"] == "2020-02-19"


def test_an_ro_crate_has_every_file_with_type_size_and_hash(crate: ROCrate, files: dict[str, bytes]) -> None:
    found = {unquote(entity.id): entity for entity in crate.root_dataset["hasPart"]}
    assert {*found} == {*files} - {"ro-crate-metadata.json"}
    assert [name for name, entity in found.items() if "/" not in entity["encodingFormat"]] == []
    later = {name for name in files if name.startswith("cite/")} | {"manifest.json", "SHA256SUMS"}
    for name in {*found} - later:
        assert found[name]["contentSize"] == str(len(files[name]))
        assert found[name]["sha256"] == hashlib.sha256(files[name]).hexdigest()
    assert [
        name for name in later if "sha256" in found[name] or "SHA256SUMS" not in found[name]["description"]
    ] == []
    assert found["figure/idlib-2020-02-19.svg"]["encodingFormat"] == "image/svg+xml"
    assert found["inputs/data/geo/zones.geojson"]["encodingFormat"] == "application/geo+json"


def test_every_term_of_an_ro_crate_is_defined(files: dict[str, bytes]) -> None:
    metadata = json.loads(files["ro-crate-metadata.json"])
    assert metadata["@context"] == "https://w3id.org/ro/crate/1.2/context"
    terms = json.loads((resources.files("rocrate") / "data/ro-crate.jsonld").read_text("utf-8"))["@context"]
    used = {key for entity in metadata["@graph"] for key in (*entity, entity["@type"])}
    assert {term for term in used if not term.startswith("@")} <= {*terms}
    named = {entity["@id"] for entity in metadata["@graph"]}
    links = [part for entity in metadata["@graph"] for value in entity.values() for part in listed(value)]
    linked = {part["@id"] for part in links if isinstance(part, dict)}
    assert linked - named == {"https://w3id.org/ro/crate/1.2"}


def listed(value: object) -> list[object]:
    """Return a value of JSON-LD as a list."""
    return value if isinstance(value, list) else [value]


def test_an_ro_crate_of_data_without_a_date_has_none(drawn: Tiny, tmp_path: Path) -> None:
    root = drawn.write(tmp_path)
    files = opened(pack(load(root), VIEW, root, address=ADDRESS))
    metadata = json.loads(files["ro-crate-metadata.json"])
    (whole,) = [entity for entity in metadata["@graph"] if entity["@id"] == "./"]
    assert "datePublished" not in whole
    assert whole["license"] == {"@id": "#licences"}


def test_the_sums_check_as_sha256sum_does(files: dict[str, bytes]) -> None:
    sums = dict(line.split("  ")[::-1] for line in files["SHA256SUMS"].decode().splitlines())
    assert sums == {
        name: hashlib.sha256(data).hexdigest() for name, data in files.items() if name != "SHA256SUMS"
    }


def test_the_data_is_that_of_the_view(files: dict[str, bytes], written: Written) -> None:
    for form in FORMS:
        assert files[f"data/idlib-2020-02-19.{form}"] == written(VIEW, form)


def test_its_figures_drawn_once_are_those_that_are_drawn_one_by_one(drawn: Tiny, tmp_path: Path) -> None:
    root, view = drawn.write(tmp_path), replace(VIEW, language="ar")
    atlas = load(root)
    files = opened(pack(atlas, view, root, address=ADDRESS))
    for form in get_args(Form):
        (name,) = (name for name in files if name.startswith("figure/") and name.endswith(form))
        assert files[name] == draw(atlas, view, form, address=ADDRESS)


def test_the_inputs_are_the_files_of_the_data_folder(root: Path, files: dict[str, bytes]) -> None:
    inputs = {
        name.removeprefix("inputs/"): data for name, data in files.items() if name.startswith("inputs/")
    }
    assert {*inputs} >= {"data/actors.yaml", "data/sources.yaml", "data/geo/zones.geojson"}
    assert all((root / name).read_bytes() == data for name, data in inputs.items())


def test_the_article_is_identified_by_its_hash_and_the_quoted_passages(
    atlas: Atlas, files: dict[str, bytes]
) -> None:
    told = json.loads(files["evidence/articles/idlib-2020-02-19.json"])
    assert told["sha256"] == atlas.articles[0].sha256
    assert [passage["exact"] for passage in told["passages"]] == [
        passage.exact for event, _ in select(atlas, VIEW).events for passage in event.passages
    ]
    assert all(
        atlas.articles[0].text[passage["start"] : passage["end"]] == passage["exact"]
        and passage["statement"] == atlas.event[passage["event"]].title
        for passage in told["passages"]
    )
    assert not [name for name in files if "seeds" in name]


def test_the_page_carries_only_what_statements_quote_of_an_article_under_copyright(
    atlas: Atlas, files: dict[str, bytes]
) -> None:
    readme = files["README.txt"].decode()
    (page,) = [line for line in readme.splitlines() if line.startswith("- page.html")]
    assert "the text of each article if its licence allows, else the passages that statements quote" in page
    assert "by its hash alone" not in readme
    _, _, data = files["page.html"].decode().partition("window.mapappAtlas=JSON.parse(")
    (told,) = json.loads(json.JSONDecoder().raw_decode(data)[0])["articles"]
    carried = [unescape(re.sub(r"<[^>]*>", "", paragraph)) for paragraph in told["paragraphs"]]
    article = atlas.articles[0]
    whole = [article.text[slice(*span)] for span in quoted_spans(article, atlas.events)]
    left = " ".join(carried)
    for words in whole:
        left = left.replace(words, "", 1)
    assert not re.search(r"\w", left.replace("[…]", ""))


def test_every_part_of_a_pack_is_explained(files: dict[str, bytes]) -> None:
    readme = files["README.txt"].decode()
    for part in {name.split("/")[0] for name in files} - {"README.txt"}:
        assert part in readme, part


def test_every_source_that_is_cited_comes_with_its_licence(atlas: Atlas, files: dict[str, bytes]) -> None:
    told = {source["id"]: source for source in json.loads(files["evidence/sources.json"])}
    assert atlas.articles[0].source in told
    for place, *_ in select(atlas, VIEW).places:
        assert {*place.sources} <= {*told}
    assert all(source["licence"] for source in told.values())


@pytest.fixture
def drawn(tiny: Tiny) -> Tiny:
    """Return the small data folder with kinds of places that the page has words for."""
    for feature in (place for layer in tiny.layers.values() for place in layer):
        if feature["properties"]["kind"] == "area":
            feature["properties"]["kind"] = "governorate"
    return tiny


def test_data_that_has_changed_since_is_not_packed(tiny: Tiny, tmp_path: Path) -> None:
    root = tiny.write(tmp_path)
    atlas = load(root)
    tiny.event("quiet-zone")["title"] = "Something else"
    tiny.write(tmp_path)
    with pytest.raises(ChangedError, match="changed"):
        pack(atlas, VIEW, root, address=ADDRESS)
    (root / SEED).unlink()
    with pytest.raises(ChangedError, match="changed"):
        pack(atlas, VIEW, root, address=ADDRESS)


def test_a_folder_without_a_changelog_is_packed_without_one(drawn: Tiny, tmp_path: Path) -> None:
    root = drawn.write(tmp_path)
    made: list[str] = []
    files = opened(pack(load(root), VIEW, root, address=ADDRESS, progress=made.append))
    assert "evidence/CHANGELOG.md" not in files
    assert {*made} == {*files} - {"SHA256SUMS"}


def test_the_same_pack_has_the_same_bytes(drawn: Tiny, tmp_path: Path) -> None:
    root = drawn.write(tmp_path)
    again = pack(load(root), VIEW, root, address=f"http://localhost:8501/{ADDRESS}")
    assert pack(load(root), VIEW, root, address=ADDRESS) == again


def test_a_pack_has_a_file_of_evidence_for_each_article(tmp_path: Path) -> None:
    root = two_articles().write(tmp_path)
    atlas = load(root)
    view = replace(VIEW, window=Window(date(2018, 1, 1), date(2020, 12, 31)), as_of=None, article=NEWER)
    made = pack(atlas, view, root, address="?article=x")
    with zipfile.ZipFile(io.BytesIO(made)) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    manifest = json.loads(files["manifest.json"])
    assert [one["id"] for one in manifest["articles"]] == [OLDER, NEWER]
    newer = json.loads(files[f"evidence/articles/{NEWER}.json"])
    assert (newer["title"], newer["author"], newer["where"]) == (
        "Floods in Rivertown",
        "Doe, J.",
        "https://example.org/floods",
    )
    assert {passage["number_shown"] for passage in newer["passages"]} == {"B1", "B2"}
    assert json.loads(files[f"evidence/articles/{OLDER}.json"])["passages"] == []  # none is shown
    readme = files["README.txt"].decode()
    for article in atlas.articles:
        assert article.sha256 in readme
        assert f"urn:sha256:{article.sha256}" in files["ro-crate-metadata.json"].decode()
    ris = next(data.decode() for name, data in files.items() if name.endswith(".ris"))
    assert "Floods in Rivertown" in ris
    assert "The article" not in ris


def test_a_pack_without_drafts_is_refused_where_its_input_files_have_some(tiny: Tiny, tmp_path: Path) -> None:
    tiny.facts[0]["draft"] = True
    folder = tiny.write(tmp_path)
    atlas = load(folder)
    with pytest.raises(DraftsError, match=r"a pack contains its files; .* or add --drafts"):
        pack(without_drafts(atlas), default_view(atlas), folder, address="")

"""Broken articles, figures, packs, logos and own layers are read or refused in plain words."""

from __future__ import annotations

import io
import json
import shutil
import subprocess
import zipfile
from functools import cache
from pathlib import Path
from typing import Any
from unicodedata import category

import docx
import pytest
import typst
from fuzzing import briefly, broken, plain_refusal
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image
from PIL.PngImagePlugin import PngInfo

from mapapp.authoring.extract.document import extract
from mapapp.data.own_layer import examine, read_own_layer
from mapapp.errors import MapappError
from mapapp.evidence_pack import read_pack
from mapapp.export.archive import zipped
from mapapp.figure.logo import read_logo
from mapapp.figure.read_view import KEY, PREFIX, read_view

ROOT = Path(__file__).resolve().parents[2]
LAYERS = sorted(path.name for path in (ROOT / "tests" / "own_layers").glob("good-*"))
TEXT = "Flood in Sylhet\n\nHeavy rain flooded the north on Monday. The water rose.\n\nMore is expected."
VIEW = "https://maps.example.org/?first=2020-02-19&last=2020-02-19"
PAGE = (
    "<!DOCTYPE html><html lang=en><head><meta charset=utf-8><title>Flood</title></head><body>"
    "<nav>Home</nav><article>"
    + "".join(f"<p>{part}</p>" for part in TEXT.split("\n\n") * 4)
    + "</article><script>alert(1)</script></body></html>"
)


@cache
def article(ending: str) -> bytes:
    """Return a valid article."""
    if ending == ".docx":
        document: Any = docx.Document()
        for paragraph in TEXT.split("\n\n"):
            document.add_paragraph(paragraph)
        out = io.BytesIO()
        document.save(out)
        return out.getvalue()
    if ending == ".pdf":
        return bytes(typst.compile(TEXT.encode()))
    return (PAGE if ending == ".html" else TEXT).encode()


@cache
def figure(form: str) -> bytes:
    """Return a small file that holds the address of a view as a figure of this form does."""
    if form == "png":
        about, out = PngInfo(), io.BytesIO()
        about.add_itxt(KEY, VIEW)
        Image.new("RGB", (4, 4)).save(out, "png", pnginfo=about)
        return out.getvalue()
    if form == "pdf":
        source = f'#set document(keywords: "{PREFIX}{VIEW}")\nText'
        return bytes(typst.compile(source.encode()))
    address = VIEW.replace("&", "&amp;")
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" data-{KEY}="{address}"><metadata>'
        f"<dc:identifier>{PREFIX}{address}</dc:identifier></metadata></svg>"
    ).encode()


@pytest.mark.parametrize("ending", [".txt", ".html", ".docx", ".pdf"])
@briefly(40)
@given(data=st.data())
def test_a_broken_article_is_read_or_refused(
    tmp_path_factory: pytest.TempPathFactory, ending: str, data: st.DataObject
) -> None:
    path = tmp_path_factory.mktemp("fuzz") / f"a{ending}"
    path.write_bytes(data.draw(broken(article(ending))))
    try:
        text = extract(path).text
    except MapappError as error:
        plain_refusal(error)
    else:
        assert text.strip()
        assert not [letter for letter in text if letter != "\n" and category(letter) in ("Cc", "Cs")]


@pytest.mark.parametrize(
    "part", ["word/document.xml", "docProps/core.xml", "[Content_Types].xml", "_rels/.rels"]
)
@briefly(25)
@given(data=st.data())
def test_a_word_document_with_a_broken_part_is_read_or_refused(
    tmp_path_factory: pytest.TempPathFactory, part: str, data: st.DataObject
) -> None:
    parts = unzipped(article(".docx"))
    path = tmp_path_factory.mktemp("fuzz") / "a.docx"
    path.write_bytes(zipped({**parts, part: data.draw(broken(parts[part]))}))
    try:
        extract(path)
    except MapappError as error:
        plain_refusal(error)


def unzipped(data: bytes) -> dict[str, bytes]:
    """Return the files of a zip."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


@pytest.mark.parametrize("form", ["svg", "pdf", "png"])
@briefly(80)
@given(data=st.data())
def test_a_broken_figure_has_a_view_or_none(form: str, data: st.DataObject) -> None:
    assert read_view(figure(form)) == VIEW
    found = read_view(data.draw(broken(figure(form))))
    assert found is None or isinstance(found, str)


@briefly(80)
@given(data=st.data())
def test_a_broken_pack_is_read_or_refused(data: st.DataObject) -> None:
    manifest = json.dumps({"view": VIEW, "data_version": "1"}).encode()
    whole = zipped({"manifest.json": manifest, "README.txt": b"Read"})
    inner = zipped({"manifest.json": data.draw(broken(manifest))})
    for pack in (data.draw(broken(whole)), inner):
        try:
            assert isinstance(read_pack(io.BytesIO(pack)).address, str)
        except MapappError as error:
            plain_refusal(error)


@pytest.mark.parametrize("form", ["svg", "png"])
@briefly(40)
@given(data=st.data())
def test_a_broken_logo_is_read_or_refused(
    tmp_path_factory: pytest.TempPathFactory, form: str, data: st.DataObject
) -> None:
    path = tmp_path_factory.mktemp("fuzz") / "logo"
    path.write_bytes(data.draw(broken(figure(form))))
    try:
        read_logo(path)
    except MapappError as error:
        plain_refusal(error)


@briefly(200)
@given(st.sampled_from(LAYERS).flatmap(lambda name: st.tuples(st.just(name), broken(layer(name)))))
def test_a_broken_own_layer_is_read_or_refused(case: tuple[str, bytes]) -> None:
    try:
        assert read_own_layer(*case).shapes
    except MapappError as error:
        plain_refusal(error)


def layer(name: str) -> bytes:
    """Return a valid own layer."""
    return (ROOT / "tests" / "own_layers" / name).read_bytes()


@pytest.mark.slow
@briefly(1)
@given(
    st.lists(
        st.sampled_from([name for name in LAYERS if not name.endswith((".kml", ".gpx"))]).flatmap(
            lambda name: st.tuples(st.just(name), broken(layer(name)))
        ),
        min_size=100,
        max_size=100,
    )
)
def test_the_script_refuses_the_same_layers_as_python(
    tmp_path_factory: pytest.TempPathFactory, cases: list[tuple[str, bytes]]
) -> None:
    node = shutil.which("node")
    if node is None:
        pytest.skip("no node found")
    folder = tmp_path_factory.mktemp("fuzz")
    (folder / "cases.json").write_text(json.dumps([[name, data.hex()] for name, data in cases]))
    reader = ROOT / "mapapp" / "web" / "src" / "own_layer_readers" / "reader.js"
    (folder / "read.mjs").write_text(
        f"import {{ readOwnLayer }} from {json.dumps(reader.as_uri())};\n"
        'import { readFileSync } from "node:fs";\n'
        'const cases = JSON.parse(readFileSync(process.argv[2], "utf-8"));\n'
        'const read = ([name, hex]) => readOwnLayer(name, Buffer.from(hex, "hex"));\n'
        "const found = cases.map(read).map(({ features, faults }) => [\n"
        "  features.flatMap(({ shapes }) => shapes).length,\n"
        "  faults.map(({ unit, n, code }) => [unit, n, code]),\n"
        "]);\n"
        "process.stdout.write(JSON.stringify(found));\n"
    )
    done = subprocess.run(  # noqa: S603 - our own script
        (node, folder / "read.mjs", folder / "cases.json"), capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    for (name, data), in_script in zip(cases, json.loads(done.stdout), strict=True):
        shapes, faults = examine(name, data)
        assert in_script == [len(shapes), [[fault.unit, fault.n, fault.code] for fault in faults]], (
            name,
            data,
        )

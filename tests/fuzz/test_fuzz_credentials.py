"""A broken signed figure is never called intact unless all that it shows and says is what was signed."""

from __future__ import annotations

import io
import sys
from functools import cache
from pathlib import Path

import pytest
from fuzzing import briefly, broken, plain_refusal
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from mapapp.credentials.sign import sign
from mapapp.credentials.signing_key import read_signing_key
from mapapp.credentials.verify import verify
from mapapp.errors import MapappError

sys.path.append(str(Path(__file__).resolve().parents[1] / "credentials"))
import jumbf
from certificates import Desk


@cache
def signed(form: str, folder: Path) -> bytes:
    """Return a small signed figure."""
    if form == "svg":
        plain = b'<svg xmlns="http://www.w3.org/2000/svg"><metadata>m</metadata><path d="M0 0h9"/></svg>'
    elif form == "pdf":
        import typst  # noqa: PLC0415 - slow to load

        plain = bytes(typst.compile(b"Text"))
    else:
        out = io.BytesIO()
        Image.new("RGB", (8, 8), "red").save(out, "png")
        plain = out.getvalue()
    key = folder / "key.pem"
    key.write_bytes(Desk().sign)
    made = {"title": "T", "address": "?first=2020-02-19", "data_version": "0" * 64}
    return sign(plain, form, read_signing_key(key, lambda: None), made)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("keys")


@pytest.mark.parametrize("form", ["png", "svg", "pdf"])
@briefly(150)
@given(data=st.data())
def test_broken_credentials_are_refused_or_say_the_same(form: str, folder: Path, data: st.DataObject) -> None:
    whole = signed(form, folder)
    start, end, _ = jumbf.container(whole)
    changed = data.draw(broken(whole))
    try:
        found = verify(changed)
    except MapappError as error:
        plain_refusal(error)
        return
    if found.intact:
        assert len(changed) == len(whole)
        assert changed[:start] + changed[end:] == whole[:start] + whole[end:]
        assert (found.view, found.claimed) == (verify(whole).view, verify(whole).claimed)
        assert found.signer == verify(whole).signer

"""The scripts use the payload's types from Python, and the bundles can be embedded in a page."""

from __future__ import annotations

import re
from importlib.resources import files
from pathlib import Path

import pytest
from payload_declarations import declarations

from mapapp.core.model import Atlas
from mapapp.web import payload
from mapapp.web.payload_types import Payload

ROOT = Path(__file__).resolve().parents[2]
WEB = Path(str(files("mapapp.web")))
SOURCES = sorted((WEB / "src").rglob("*.js"))
BUNDLES = sorted((WEB / "static").glob("*.js"))


def test_the_payload_declarations_are_generated_from_python() -> None:
    # else: python tests/web/payload_declarations.py > mapapp/web/src/payload.d.ts
    assert (WEB / "src" / "payload.d.ts").read_text(encoding="utf-8") == declarations()


def test_the_payload_has_the_keys_that_its_type_names(atlas: Atlas) -> None:
    assert payload.payload(atlas).keys() == Payload.__annotations__.keys()


@pytest.mark.parametrize("bundle", BUNDLES, ids=lambda path: path.name)
def test_a_bundle_can_stand_in_a_page_and_in_a_template(bundle: Path) -> None:
    text = bundle.read_text(encoding="utf-8")
    assert not re.search(r"\{\{|\{%|\{#|</script|<!--", text)
    assert "http:" not in text.replace("http://www.w3.org/2000/svg", "")
    assert "https:" not in text


def test_the_bundles_contain_only_our_own_code() -> None:
    named = {
        name
        for bundle in BUNDLES
        for name in re.findall(r"^  // (\S+\.js)$", bundle.read_text("utf-8"), re.MULTILINE)
    }
    assert named <= {path.relative_to(ROOT).as_posix() for path in SOURCES}
    assert len(named) > 30


def test_no_line_of_a_script_is_over_120_columns() -> None:
    for path in (*SOURCES, *Path(__file__).parent.glob("*.js")):
        assert max(len(line) for line in path.read_text(encoding="utf-8").splitlines()) <= 120, path


def test_the_lock_file_names_no_host() -> None:
    assert "://" not in (ROOT / "package-lock.json").read_text(encoding="utf-8")

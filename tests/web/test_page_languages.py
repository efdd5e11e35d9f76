"""The standalone page carries all languages of the interface."""

from __future__ import annotations

import base64
import gzip
import json
import re
from typing import Any

import pytest

from mapapp.core.model import Atlas
from mapapp.core.view import View
from mapapp.exported_page import exported_page
from mapapp.text.locales import LANGUAGES, language
from mapapp.text.messages import catalogue, words
from mapapp.view_address import read_address
from mapapp.web import payload
from mapapp.web.texts import PYTHON_ONLY, other_texts, pieces, texts


@pytest.fixture(scope="module")
def view(atlas: Atlas) -> View:
    """Return a view as the address asks for it."""
    return read_address({}, atlas)[0]


def packed(html: str) -> dict[str, Any]:
    """Return what the page says in other languages, unpacked."""
    found = re.search(r'<script type="application/json" id="mapapp-languages">(.*?)</script>', html)
    assert found
    return {
        tag: json.loads(gzip.decompress(base64.b64decode(text))) for tag, text in json.loads(found[1]).items()
    }


def patched(own: Any, changes: dict[str, Any]) -> dict[str, Any]:
    """Return texts with changes, made as ``language.js`` makes them."""
    made = dict(own)
    for key, change in changes.items():
        if not isinstance(made[key], dict):
            made[key] = change
            continue
        made[key] = dict(made[key])
        for name, text in change.items():
            if isinstance(text, list):
                parts = pieces(made[key][name])
                for number, piece in text:
                    parts[number] = piece
                made[key][name] = "".join(parts)
            else:
                made[key][name] = text
    return made


def plain(value: Any) -> Any:
    """Return a value as JSON brings it to the browser."""
    return json.loads(json.dumps(value))


@pytest.mark.parametrize("own", LANGUAGES)
def test_texts_with_their_changes_are_those_of_the_other_language(atlas: Atlas, own: str) -> None:
    with language(own):
        mine = texts(atlas)
        others = other_texts(atlas, mine)
    assert [*others] == [tag for tag in LANGUAGES if tag != own]
    for tag, changes in others.items():
        with language(tag):
            assert patched(plain(mine), plain(changes)) == plain(texts(atlas))


def test_a_page_has_the_head_and_the_texts_of_every_other_language(atlas: Atlas, view: View) -> None:
    found = packed(exported_page(atlas, view))
    assert [*found] == ["ar", "tr", "ru"]
    for tag, said in found.items():
        with language(tag):
            assert words("about") in said["head"]
        assert said["texts"]["language"] == tag
    assert found["ar"]["texts"]["dir"] == "rtl"
    assert found["ru"]["texts"]["numbers"] == {"decimal": ",", "group": "\u00a0"}


def test_a_page_in_another_language_is_marked_as_such(atlas: Atlas) -> None:
    view, remarks = read_address({"language": "ar"}, atlas)
    assert remarks == ()
    html = exported_page(atlas, view)
    assert '<html lang="ar" dir="rtl">' in html
    assert [*packed(html)] == ["en", "tr", "ru"]
    assert "19 فبراير 2020" in html


def test_the_same_page_has_the_same_bytes(atlas: Atlas, view: View) -> None:
    assert exported_page(atlas, view) == exported_page(atlas, view)


def test_messages_that_only_python_uses_are_not_sent(atlas: Atlas) -> None:
    sent = payload.payload(atlas)["words"]
    assert not [key for key in sent if key.startswith(PYTHON_ONLY)]
    assert {key for key in catalogue() if not key.startswith(PYTHON_ONLY)} <= sent.keys()


def test_an_unknown_language_is_remarked_on(atlas: Atlas) -> None:
    view, (remark,) = read_address({"language": "xx"}, atlas)
    assert view.language is None
    assert remark.startswith("language: unknown value")


def test_names_follow_the_language_unless_they_are_asked_for(atlas: Atlas) -> None:
    assert read_address({"language": "ar"}, atlas)[0].names == "ar"
    assert read_address({"language": "ar", "names": "en"}, atlas)[0].names == "en"
    assert read_address({"language": "xx"}, atlas)[0].names == "en"

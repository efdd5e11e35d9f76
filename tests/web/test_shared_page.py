"""What a page says of itself where it is shared: the code to embed it, its title, address and picture."""

from __future__ import annotations

import io
from html import unescape
from html.parser import HTMLParser
from pathlib import Path

import pytest
from hostile import HOSTILE, hostile_atlas
from PIL import Image
from tiny import Tiny

from mapapp.cli.main import main
from mapapp.core.model import Atlas
from mapapp.exported_page import exported_page, picture, published_at
from mapapp.view_address import default_view
from mapapp.web.embed import embed_code


class Head(HTMLParser):
    """The meta tags of a page by name or property, and the text of its embedding code."""

    def __init__(self, made: str) -> None:
        super().__init__()
        self.meta: dict[str, str] = {}
        self.code = ""
        self._in_code = False
        self.feed(made)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Gather a meta tag, or begin the code."""
        found = dict(attrs)
        if tag == "meta" and (name := found.get("property") or found.get("name")):
            self.meta[name] = found["content"] or ""
        self._in_code = tag == "textarea"

    def handle_endtag(self, tag: str) -> None:
        """End the code."""
        self._in_code = self._in_code and tag != "textarea"

    def handle_data(self, data: str) -> None:
        """Gather the code."""
        self.code += data if self._in_code else ""


@pytest.mark.parametrize(
    ("base", "page", "image"),
    [
        (
            "https://example.org/maps",
            "https://example.org/maps/my%20map.html",
            "https://example.org/maps/my%20map.png",
        ),
        (
            "https://example.org/maps/",
            "https://example.org/maps/my%20map.html",
            "https://example.org/maps/my%20map.png",
        ),
        (
            "https://example.org/a/b.html",
            "https://example.org/a/b.html",
            "https://example.org/a/my%20map.png",
        ),
    ],
)
def test_the_addresses_are_those_of_the_folder_or_of_the_page(base: str, page: str, image: str) -> None:
    found = published_at(base, "my map.html")
    assert (found.page, found.picture) == (page, image)


def test_without_a_base_url_the_page_names_no_address(tiny_atlas: Atlas) -> None:
    head = Head(exported_page(tiny_atlas, default_view(tiny_atlas)))
    assert head.meta["og:title"]
    assert head.meta["description"] == head.meta["og:description"]
    assert head.meta["twitter:card"] == "summary"
    assert not {"og:url", "og:image"} & head.meta.keys()
    assert 'src="map.html"' in head.code


def test_with_a_base_url_the_page_names_itself_and_its_picture(tiny_atlas: Atlas) -> None:
    published = published_at("https://example.org/maps", "map.html")
    made = exported_page(tiny_atlas, default_view(tiny_atlas), published)
    head = Head(made)
    assert head.meta["og:url"] == "https://example.org/maps/map.html"
    assert head.meta["og:image"] == "https://example.org/maps/map.png"
    assert head.meta["twitter:card"] == "summary_large_image"
    assert (head.meta["og:image:width"], head.meta["og:image:height"]) == ("1200", "630")
    assert '<link rel="canonical" href="https://example.org/maps/map.html">' in made
    assert head.code.startswith('<iframe src="https://example.org/maps/map.html" title="')


def test_the_picture_has_the_size_that_is_said(atlas: Atlas) -> None:
    made = picture(atlas, default_view(atlas))
    assert made == picture(atlas, default_view(atlas))
    assert Image.open(io.BytesIO(made)).size == (1200, 630)


def test_an_attack_in_the_title_stays_in_its_attribute(tiny_atlas: Atlas) -> None:
    code = embed_code(HOSTILE, "https://example.org/?a=1&b=<c>")
    frame = code[: code.index(">")]
    assert frame.count('"') == code.count('"') == 14
    assert "<img" not in code
    bad = hostile_atlas(tiny_atlas)
    head = Head(
        exported_page(bad, default_view(tiny_atlas), published_at("https://example.org/m", "map.html"))
    )
    assert HOSTILE in head.meta["og:title"]
    assert "<img" not in head.code
    assert HOSTILE in unescape(head.code)


def test_the_command_writes_the_picture_beside_the_page(tiny: Tiny, tmp_path: Path) -> None:
    folder = str(tiny.write(tmp_path / "data"))
    out = tmp_path / "map.html"
    assert main(["page", str(out), "--data", folder, "--base-url", "https://example.org/maps"]) == 0
    assert (tmp_path / "map.png").read_bytes().startswith(b"\x89PNG")
    assert "https://example.org/maps/map.png" in out.read_text("utf-8")


def test_the_command_writes_no_picture_without_an_address(tiny: Tiny, tmp_path: Path) -> None:
    folder = str(tiny.write(tmp_path / "data"))
    assert main(["page", str(tmp_path / "map.html"), "--data", folder]) == 0
    assert not (tmp_path / "map.png").exists()


def test_an_address_that_others_cannot_open_is_refused(
    tiny: Tiny, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = str(tiny.write(tmp_path / "data"))
    out = tmp_path / "map.html"
    assert main(["page", str(out), "--data", folder, "--base-url", "http://localhost:8501"]) == 2
    assert "--base-url: only this machine can open it" in capsys.readouterr().err
    assert not out.exists()

"""The headers of every answer, and the page under them."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from http.client import HTTPConnection, HTTPResponse
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, expect
from server import ROOT, serving
from visit import IFRAME, Visit


def answer(server: str, path: str) -> HTTPResponse:
    connection = HTTPConnection(urlsplit(server).netloc, timeout=30)
    connection.request("GET", path)
    got = connection.getresponse()
    got.read()
    connection.close()
    return got


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/", 200),
        ("/_stcore/health", 200),
        ("/component/none/index.html", 404),
        ("/media/none", 404),
        ("/_stcore/metrics", 404),
        ("/_stcore/agent/openapi.json", 404),
        ("/auth/login", 404),
    ],
)
def test_every_answer_has_the_headers(server: str, path: str, status: int) -> None:
    got = answer(server, path)
    assert got.status == status
    policy = got.headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "unsafe-eval" not in policy
    assert "frame-ancestors 'self'" in policy
    assert got.headers["x-content-type-options"] == "nosniff"
    assert got.headers["referrer-policy"]
    assert got.headers["permissions-policy"]


def test_only_the_frame_of_the_map_allows_inline_scripts(server: str) -> None:
    scripts = (
        answer(server, "/").headers["content-security-policy"].partition("script-src")[2].partition(";")[0]
    )
    assert "unsafe-inline" not in scripts
    assert "sha256-" in scripts


def test_cookies_are_sent_by_no_other_site(server: str) -> None:
    cookies = [
        cookie
        for path in ("/", "/_stcore/host-config", "/_stcore/health")
        for cookie in answer(server, path).headers.get_all("set-cookie") or ()
    ]
    assert cookies
    assert all(cookie.endswith("SameSite=Strict") for cookie in cookies)


@pytest.fixture(scope="module")
def with_incidents(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Start the page for a reader who has imported one incident; return its address."""
    folder = tmp_path_factory.mktemp("one-incident")
    export, store = folder / "one.csv", str(folder / "store")
    export.write_text(
        "event_id_cnty,event_date,time_precision,event_type,sub_event_type,actor1,latitude,longitude,"
        "geo_precision,source,notes,fatalities\n"
        "SYR1,2020-02-19,1,Battles,Armed clash,Made up,35.9,36.6,1,Made up,A made-up row.,0\n",
        encoding="utf-8",
    )
    command = [sys.executable, "-m", "mapapp", "incidents", "import", str(export), "--store", store]
    subprocess.run(command, check=True, cwd=ROOT, capture_output=True, timeout=120)  # noqa: S603 - our own
    with serving(folder, MAPAPP_INCIDENTS=store) as address:
        yield address


@pytest.fixture
def watched(browser: Browser, with_incidents: str) -> Iterator[tuple[Visit, list[str]]]:
    """Open the app for the first time; return the visit, and what breaks its policy, as it happens."""
    here = Visit(browser, with_incidents, first_visit=True)
    broken: list[str] = []
    here.page.on(
        "console", lambda line: broken.append(line.text) if line.text.startswith("policy ") else None
    )
    here.page.add_init_script(
        "document.addEventListener('securitypolicyviolation', (event) =>"
        " console.error(`policy ${event.effectiveDirective}: ${event.blockedURI} (${event.sourceFile})`))"
    )
    here.expected_foreign = ("https://tile.openstreetmap.org/", "https://a.tile.opentopomap.org/")
    yield here.open(), broken
    here.close(keep=False)


def test_what_a_reader_does_breaks_no_policy(watched: tuple[Visit, list[str]], tmp_path: Path) -> None:
    here, broken = watched
    here.find("[data-row='incidents'] .link").click()
    expect(here.find(".incident[open]")).to_contain_text("A made-up row.")
    here.find(".passage", has_text="In September 2018").first.click()
    expect(here.find(".card.said h4").first).to_be_visible()
    here.find(".story-start").click()
    here.find(".story-next").click()
    here.page.keyboard.press("Escape")
    here.find("[data-own-file]").set_input_files(
        {"name": "own.csv", "mimeType": "text/csv", "buffer": b"lat,lon,name\n35.9,36.6,Mine\n"}
    )
    expect(here.find(".own-row")).to_have_count(1)
    here.find("button", has_text="Screenshot view").click()
    here.find(".leave").focus()
    here.page.keyboard.press("Enter")
    for base_map, host in (("osm", "openstreetmap"), ("topo", "opentopomap")):
        with here.page.expect_request(lambda asked, host=host: host in asked.url):
            here.find("[data-choice='base_map']").select_option(base_map)
        expect(here.find("img.leaflet-tile").first).to_be_attached()
    here.page.get_by_role("button", name="Export").click()
    for name in ("Download figure", "Download page"):
        with here.page.expect_download() as coming:
            here.page.get_by_role("button", name=name).first.click()
        coming.value.save_as(tmp_path / coming.value.suggested_filename)
    here.find("[data-language]").first.select_option("tr")
    here.page.wait_for_function(  # for a moment, both frames are on the page
        """(selector) => {
          const [frame, ...others] = document.querySelectorAll(selector);
          const root = frame?.contentDocument?.documentElement;
          return !others.length && root?.lang === 'tr' && root.dataset.ready === '1';
        }""",
        arg=IFRAME,
    )
    # protobuf tries WebAssembly for long integers, and does without: a breach is noticed
    assert any(one.startswith("policy script-src: wasm-eval") for one in broken)
    assert [one for one in broken if not one.startswith("policy script-src: wasm-eval")] == []

"""The headers of every answer, and the page under them."""

from __future__ import annotations

from http.client import HTTPConnection, HTTPResponse
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser
from visit import IFRAME, PAGE_DEADLINE


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


def test_the_page_draws_its_map_and_breaks_no_policy(browser: Browser, server: str) -> None:
    context = browser.new_context()
    context.add_init_script(
        "document.addEventListener('securitypolicyviolation', (event) =>"
        " console.error(`policy: ${event.effectiveDirective} ${event.blockedURI} ${event.sourceFile}`))"
    )
    page = context.new_page()
    errors: list[str] = []
    page.on("console", lambda message: errors.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.goto(server)
    page.frame_locator(IFRAME).locator("path.leaflet-interactive").first.wait_for(
        state="attached", timeout=PAGE_DEADLINE
    )
    page.wait_for_load_state("networkidle")
    context.close()
    # protobuf tries WebAssembly for long integers, and does without
    assert [error for error in errors if not error.startswith("policy: script-src wasm-eval")] == []

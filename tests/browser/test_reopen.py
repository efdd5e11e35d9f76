"""Files dropped on "reopen a view": one without a view gives a warning, one that is too large is rejected."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import FilePayload, expect
from visit import Visit

Open = Callable[..., Visit]
WARNING = "This file contains no map view"
MB = 1_000_000


def svg(address: str) -> bytes:
    return f"<svg><dc:identifier>mapapp-view: {address}</dc:identifier></svg>".encode()


def drop(here: Visit, name: str, content: bytes) -> None:
    """Drop a file on the page."""
    here.page.get_by_role("button", name="Export").click()
    file = FilePayload(name=name, mimeType="application/octet-stream", buffer=content)
    here.page.locator("input[type=file][accept*='.svg']").set_input_files(file)


@pytest.mark.parametrize(
    ("name", "content"),
    {
        "octal.pdf": b"%PDF-1.4 /Keywords (mapapp-view: \\8)",
        "long.pdf": b"%PDF /Keywords (" + b"a" * 8 * MB + b")",
        "others.svg": svg("http://h/?embed=true&amp;embed_options=dark&amp;utm=x"),
        "host.svg": svg("http://[x/"),
        "empty.png": b"",
    }.items(),
)
def test_a_file_without_a_view_gets_one_warning(visit: Open, name: str, content: bytes) -> None:
    here = visit("?first=2018-09-01&last=2018-09-30")
    drop(here, name, content)
    alert = here.page.locator("[data-testid='stAlert']")
    expect(alert).to_contain_text(WARNING)
    assert alert.count() == 1
    assert here.address() == {"first": "2018-09-01", "last": "2018-09-30"}


def test_only_what_is_part_of_a_view_is_taken_from_a_file(visit: Open) -> None:
    here = visit("?utm=x&names=ru")
    drop(
        here, "a.svg", svg("http://[x/?embed=true&amp;from=2017-01-01&amp;to=2017-02-01&amp;who=&amp;evil=1")
    )
    here.until("mapapp.window().first === '2017-01-01'")
    assert here.address() == {"utm": "x", "from": "2017-01-01", "to": "2017-02-01", "who": ""}


def test_the_server_refuses_what_is_too_large(visit: Open) -> None:
    here = visit()
    with here.page.expect_request(lambda asked: "/upload_file/" in asked.url) as asked:
        drop(here, "a.svg", svg("nothing"))
    expect(here.page.locator("[data-testid='stAlert']")).to_contain_text(WARNING)
    sent = asked.value
    large = {"file": FilePayload(name="a.svg", mimeType="image/svg+xml", buffer=b" " * 21 * MB)}
    headers = {key: value for key, value in sent.all_headers().items() if key in {"x-xsrftoken", "cookie"}}
    answer = here.page.request.fetch(sent.url, method="PUT", headers=headers, multipart=large)
    assert answer.status == 413

"""The server of `mapapp edit` answers its own page and nobody else."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from contextlib import closing
from http.client import HTTPConnection
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import urlsplit

import pytest
from editing import copy_of_template, editing

from mapapp.authoring.panel_texts import panel_texts
from mapapp.authoring.server import LARGEST
from mapapp.web import standalone_page

JSON = {"Content-Type": "application/json"}
ACTOR = {
    "do": "put",
    "kind": "actor",
    "entry": {"id": "someone", "names": {"en": "Someone"}, "kind": "person"},
}


class Answer(NamedTuple):
    """What the server answered."""

    status: int
    headers: dict[str, str]
    body: str


class Server:
    """A running server with its folder and its token."""

    def __init__(self, folder: Path, address: str) -> None:
        parts = urlsplit(address)
        self.folder = folder
        self.host, self.port = parts.hostname or "", parts.port or 0
        self.token = parts.fragment.removeprefix("token=")

    def ask(
        self, method: str, path: str, headers: Mapping[str, str] | None = None, body: bytes | None = None
    ) -> Answer:
        """Send a request with these headers and no others of the page's."""
        with closing(HTTPConnection(self.host, self.port, timeout=60)) as connection:
            connection.request(method, path, body, dict(headers or {}))
            answer = connection.getresponse()
            return Answer(answer.status, dict(answer.getheaders()), answer.read().decode())

    def own(self, **more: str) -> dict[str, str]:
        """Return the headers that the page sends."""
        return {"X-Mapapp-Token": self.token, **JSON, **more}

    def state(self) -> dict[str, Any]:
        """Return the state of the folder."""
        answer: dict[str, Any] = json.loads(self.ask("GET", "/api/state", self.own()).body)
        return answer

    def change(self) -> bytes:
        """Return a change that the server would make."""
        return json.dumps({"operation": ACTOR, "revision": self.state()["revision"]}).encode()

    def actors(self) -> str:
        """Return the file that the change would write."""
        return (self.folder / "data" / "actors.yaml").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """Start the server on a copy of a template."""
    folder = copy_of_template(tmp_path_factory.mktemp("edit"))
    with editing(folder) as address:
        yield Server(folder, address)


def test_it_listens_on_this_machine_alone_and_its_token_is_long(server: Server) -> None:
    assert server.host == "127.0.0.1"
    assert len(server.token) >= 32


@pytest.mark.parametrize("token", ["", "wrong", "é"])
def test_without_the_token_nothing_of_the_folder_is_given(server: Server, token: str) -> None:
    headers = {"X-Mapapp-Token": token.encode().decode("latin-1")} if token else {}
    for path in ("/api/page", "/api/state", "/api/suggestions"):
        answer = server.ask("GET", path, headers)
        assert answer.status == 403
        assert "Vesmar" not in answer.body


def test_the_page_before_the_token_holds_nothing_of_the_folder(server: Server) -> None:
    answer = server.ask("GET", "/")
    assert answer.status == 200
    assert "Vesmar" not in answer.body
    assert server.token not in answer.body


@pytest.mark.parametrize(
    "wrong",
    [
        {"X-Mapapp-Token": ""},
        {"X-Mapapp-Token": "0" * 43},
        {"Origin": "http://example.org"},
        {"Origin": "null"},
        {"Host": "example.org"},
        {"Host": "localhost:{port}"},
        {"Host": "127.0.0.1:1"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Content-Type": "text/plain"},
        {"Content-Type": "application/x-www-form-urlencoded"},
    ],
    ids=str,
)
def test_a_change_is_refused_if_it_may_come_from_elsewhere(server: Server, wrong: dict[str, str]) -> None:
    before = server.actors()
    headers = server.own(**{name: value.format(port=server.port) for name, value in wrong.items()})
    answer = server.ask("POST", "/api/apply", headers, server.change())
    assert answer.status in {403, 415}
    assert server.actors() == before


def test_a_page_of_another_site_gets_no_permission_to_ask(server: Server) -> None:
    headers = {
        "Origin": "http://example.org",
        "Access-Control-Request-Method": "POST",
        "Access-Control-Request-Headers": "x-mapapp-token,content-type",
    }
    for path in ("/api/apply", "/api/page", "/"):
        answer = server.ask("OPTIONS", path, headers)
        assert answer.status >= 400
        assert not [name for name in answer.headers if name.lower().startswith("access-control")]


def test_a_request_that_is_too_large_is_refused(server: Server) -> None:
    headers = server.own(**{"Content-Length": str(LARGEST + 1)})
    assert server.ask("POST", "/api/preview", headers, b"{").status == 413


@pytest.mark.parametrize(
    "body", [b"", b"[]", b"{", b'"x"', b"\xff", b'{"revision": 1}', b'{"operation": []}']
)
def test_a_request_that_makes_no_sense_gets_an_answer_and_changes_nothing(
    server: Server, body: bytes
) -> None:
    before = server.actors()
    for name in ("apply", "preview", "keep", "when", "drop"):
        answer = server.ask("POST", f"/api/{name}", server.own(), body)
        assert answer.status in {400, 422}, (name, answer)
        assert "Traceback" not in answer.body
    assert server.actors() == before


def test_reading_has_no_way_to_change(server: Server) -> None:
    before = server.actors()
    for name in ("apply", "undo", "redo", "keep", "take", "drop"):
        assert server.ask("GET", f"/api/{name}", server.own()).status == 404
    for method in ("PUT", "DELETE", "PATCH"):
        assert server.ask(method, "/api/apply", server.own(), server.change()).status == 405
    assert server.actors() == before


def test_every_answer_forbids_foreign_scripts_and_being_framed(server: Server) -> None:
    for path in ("/", "/static/edit.js", "/api/state", "/nothing"):
        headers = {
            name.lower(): value for name, value in server.ask("GET", path, server.own()).headers.items()
        }
        policy = headers["content-security-policy"]
        assert "default-src 'none'" in policy
        assert "script-src 'self';" in policy
        assert "frame-ancestors 'none'" in policy
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["cache-control"] == "no-store"


@pytest.mark.parametrize(
    "path",
    ["/static/../server.py", "/static/..%2f..%2fserver.py", "/static/fonts/..%2f..", "/data/actors.yaml"],
)
def test_no_other_file_is_served(server: Server, path: str) -> None:
    assert server.ask("GET", path, server.own()).status == 404


def test_the_page_itself_may_change_the_folder(server: Server) -> None:
    answer = server.ask("POST", "/api/apply", server.own(), server.change())
    assert answer.status == 200
    assert "Someone" in server.actors()
    assert server.ask("POST", "/api/undo", server.own(), b"{}").status == 200
    assert "Someone" not in server.actors()


def test_a_published_page_holds_no_script_that_could_write() -> None:
    static = Path(standalone_page.__file__).parent / "static"
    for name in ("mapapp.js", "incidents.js", "bridge.js", "page.js"):
        text = (static / name).read_text(encoding="utf-8").lower()
        assert "x-mapapp-token" not in text
        assert "/api/" not in text


def test_all_texts_of_the_panel_are_texts_and_every_field_of_a_form_has_a_name() -> None:
    texts = panel_texts()
    assert {key: text for key, text in texts.items() if not isinstance(text, str)} == {}
    for field in ("titles", "notes", "reviewed", "on", "by"):
        assert f"label-{field}" in texts

"""A published map cannot be written to: what `mapapp edit` answers, the app refuses."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import pytest

DATA = Path(__file__).resolve().parents[2] / "data"
OPERATION = {"operation": {"remove": "event", "id": "idlib-clashes"}, "revision": 0}
TARGETS = (
    "api/apply",
    "api/undo",
    "api/keep",
    "api/take",
    "data/events/idlib-2020-02-19.yaml",
    "app/static/x.html",
)


def _digest() -> str:
    files = sorted(path for path in DATA.rglob("*") if path.is_file())
    return hashlib.sha256(b"".join(path.read_bytes() for path in files)).hexdigest()


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE"])
def test_the_app_answers_no_request_that_could_write(server: str, method: str) -> None:
    before = _digest()
    for target in TARGETS:
        asked = Request(  # noqa: S310 - our own server
            f"{server}/{target}",
            json.dumps(OPERATION).encode(),
            {"Content-Type": "application/json", "X-Mapapp-Token": "any"},
            method=method,
        )
        with pytest.raises(HTTPError) as refused:
            urlopen(asked, timeout=20)  # noqa: S310 - our own server
        assert refused.value.code in (403, 404, 405), target
        refused.value.close()
    assert _digest() == before

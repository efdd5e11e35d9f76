"""Checks the content credentials of a figure. The file may be anything."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from io import BytesIO
from typing import TYPE_CHECKING, Any

from mapapp.credentials import MEDIA_TYPES, NO_NETWORK, VIEW, CredentialsError, require_extra
from mapapp.credentials.manifest_bounds import is_manifest
from mapapp.errors import short_repr
from mapapp.figure.read_view import PNG

if TYPE_CHECKING:
    import os

_LARGEST = 100_000_000  # bytes
_HEAD = 1 << 16  # bytes in which an SVG must say that it is one
_UNTRUSTED = "signingCredential.untrusted"
_NEEDED = {"claimSignature.validated", "assertion.dataHash.match"}
_CHANGED = {"assertion.dataHash.mismatch": "the figure was changed after it was signed"} | dict.fromkeys(
    ("claimSignature.mismatch", "assertion.hashedURI.mismatch", "assertion.missing", "claim.malformed"),
    "the credentials themselves were changed",
)
_EXPIRED = {"claimSignature.outsideValidity", "signingCredential.expired"}


@dataclass(frozen=True)
class Credentials:
    """What the credentials of a figure say, and whether they can be relied on.

    Attributes
    ----------
    signed
        Whether the file has content credentials.
    problems
        Why the signature does not hold, in words; none if it does.
    trusted
        Whether the certificate leads to one of those given; ``None`` if none were given.
    signer, issuer
        Names in the certificate, such as ``{"CN": "Graphics desk", "O": "Newsroom"}``.
    valid_from, valid_until
        Of the certificate, as ISO 8601.
    stamped
        When a trusted authority saw the signature; ``None`` if none did.
    claimed
        When the signer says to have made the figure; empty if it does not say.
    software
        Program and version, as the signer states it.
    view
        What our own assertion says; empty if the figure was not made by mapapp.
    """

    signed: bool
    problems: tuple[str, ...] = ()
    trusted: bool | None = None
    signer: Mapping[str, str] = field(default_factory=dict)
    issuer: Mapping[str, str] = field(default_factory=dict)
    valid_from: str = ""
    valid_until: str = ""
    stamped: str | None = None
    claimed: str = ""
    software: str = ""
    view: Mapping[str, Any] = field(default_factory=dict)

    @property
    def intact(self) -> bool:
        """Whether the file is signed and nothing has been changed since."""
        return self.signed and not self.problems


def read_figure(path: str | os.PathLike[str]) -> bytes:
    """Return the content of a file of at most 100 MB; raises a `CredentialsError` if it cannot be read."""
    try:
        with open(path, "rb") as file:  # noqa: PTH123 - Path would take "" for the working directory
            data = file.read(_LARGEST + 1)
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or "not a path"
        raise CredentialsError(
            f"FILE: cannot be read: {reason} (got {short_repr(str(path))}); choose another file"
        ) from None
    if len(data) > _LARGEST:
        raise CredentialsError(f"FILE: larger than 100 MB (got {short_repr(str(path))}); use a smaller file")
    return data


def form_of(data: bytes) -> str:
    """Return ``"png"``, ``"pdf"`` or ``"svg"``, by the content; raises a `CredentialsError` for others."""
    if data.startswith(PNG):
        return "png"
    if data.startswith(b"%PDF"):
        return "pdf"
    if b"<svg" in data[:_HEAD]:
        return "svg"
    raise CredentialsError("FILE: not a PNG, PDF or SVG; use a figure that mapapp has written")


def verify(data: bytes, anchors: bytes | None = None) -> Credentials:
    """Return what the credentials of a figure say. Nothing is fetched.

    Parameters
    ----------
    data
        The file.
    anchors
        Certificates (PEM) that the reader trusts; ``None`` for none.

    Raises
    ------
    CredentialsError
        If the file is not a PNG, PDF or SVG, or the extra ``sign`` is not installed.
    """
    require_extra("verify")
    import c2pa  # noqa: PLC0415 - an optional package

    form = form_of(data)
    settings: dict[str, Any] = dict(NO_NETWORK)
    if anchors is not None:
        settings["trust"] = {"user_anchors": anchors.decode("utf-8", "replace")}
    try:
        with (
            c2pa.Context.from_dict(settings) as context,
            c2pa.Reader(MEDIA_TYPES[form], BytesIO(data), context=context) as reader,
        ):
            crate, details = json.loads(reader.crjson()), json.loads(reader.detailed_json())
            state, time = reader.get_validation_state(), _dict(json.loads(reader.json()))
    except c2pa.C2paError.ManifestNotFound:
        return Credentials(signed=False)
    except (c2pa.C2paError, ValueError, RecursionError):
        return Credentials(signed=True, problems=("the credentials are damaged",))
    return _credentials(data, form, _active(crate, details, time), state, asked=anchors is not None)


@dataclass(frozen=True)
class _Active:
    """The three forms in which the library gives the newest manifest, none of which has everything."""

    crate: Mapping[str, Any]
    details: Mapping[str, Any]
    times: Mapping[str, Any]
    results: Mapping[str, Any]


def _active(crate: object, details: object, plain: Mapping[str, Any]) -> _Active:
    label = plain.get("active_manifest")
    made = _dict(crate).get("manifests")
    found = (
        [_dict(each) for each in made if _dict(each).get("label") == label] if isinstance(made, list) else []
    )
    return _Active(
        found[0] if found else {},
        _dict(_dict(_dict(details).get("manifests")).get(str(label))),
        _dict(_dict(plain.get("manifests")).get(str(label))),
        _dict(plain.get("validation_results")),
    )


def _credentials(data: bytes, form: str, active: _Active, state: str | None, *, asked: bool) -> Credentials:
    certificate = _dict(_dict(active.crate.get("signature")).get("certificateInfo"))
    validity = _dict(certificate.get("validity"))
    assertions = _dict(active.details.get("assertion_store"))
    software = _dict(_dict(active.details.get("claim")).get("claim_generator_info"))
    codes = _codes(active.results, "success")
    stamp = _dict(active.times.get("signature_info")).get("time")
    return Credentials(
        signed=True,
        problems=_problems(data, form, active, state),
        trusted="signingCredential.trusted" in codes if asked else None,
        signer=_texts(certificate.get("subject")),
        issuer=_texts(certificate.get("issuer")),
        valid_from=_text(validity.get("notBefore")),
        valid_until=_text(validity.get("notAfter")),
        stamped=_text(stamp) if stamp and "timeStamp.trusted" in codes else None,
        claimed=_claimed(assertions),
        software=" ".join(filter(None, (_text(software.get(name)) for name in ("name", "version")))),
        view=_dict(assertions.get(VIEW)),
    )


def _problems(data: bytes, form: str, active: _Active, state: str | None) -> tuple[str, ...]:
    """Return why the signature does not hold. What is not known to be right is a problem."""
    found: dict[str, None] = {}
    for code in _codes(active.results, "failure") - {_UNTRUSTED}:
        if code in _EXPIRED:
            found["the certificate had expired or was not yet valid, as far as can be known"] = None
        else:
            found[_CHANGED.get(code, f"the check failed: {code}")] = None
    deltas = active.results.get("ingredientDeltas")
    if not found and (state not in ("Valid", "Trusted") or deltas):
        found["the check failed"] = None
    if not found and not _codes(active.results, "success") >= _NEEDED:
        found["the signature does not cover the whole figure"] = None
    hashed = _dict(_dict(active.details.get("assertion_store")).get("c2pa.hash.data"))
    left_out = hashed.get("exclusions")
    if not found and not _leaves_out_manifest(data, form, left_out):
        found["the signature leaves out more than the credentials"] = None
    return tuple(sorted(found))


def _leaves_out_manifest(data: bytes, form: str, left_out: object) -> bool:
    if not isinstance(left_out, list) or len(left_out) != 1:
        return False
    start, length = (_dict(left_out[0]).get(name) for name in ("start", "length"))
    return isinstance(start, int) and isinstance(length, int) and is_manifest(data, form, start, length)


def _claimed(assertions: Mapping[str, Any]) -> str:
    actions = _dict(assertions.get("c2pa.actions.v2")).get("actions")
    whens = [_text(_dict(each).get("when")) for each in actions] if isinstance(actions, list) else []
    return next(filter(None, whens), "")


def _codes(results: Mapping[str, Any], kind: str) -> set[str]:
    listed = _dict(results.get("activeManifest")).get(kind)
    return {_text(_dict(each).get("code")) for each in listed} if isinstance(listed, list) else set()


def _dict(value: object) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""


def _texts(value: object) -> dict[str, str]:
    return {name: text for name, text in _dict(value).items() if isinstance(text, str)}

"""Puts content credentials into a finished figure."""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime
from importlib.metadata import version
from io import BytesIO
from typing import TYPE_CHECKING, Any

from mapapp.credentials import MEDIA_TYPES, NO_NETWORK, VIEW, CredentialsError
from mapapp.errors import plain
from mapapp.export import rows
from mapapp.text.labels import articles_shown
from mapapp.text.printed_address import printed

if TYPE_CHECKING:
    from collections.abc import Mapping

    from mapapp.core.model import Atlas
    from mapapp.core.view import View
    from mapapp.credentials.signing_key import SigningKey

_FROM_DATA = "http://cv.iptc.org/newscodes/digitalsourcetype/dataDrivenMedia"


def view_made(
    atlas: Atlas, view: View, address: str, options: Mapping[str, object], files: Mapping[str, str]
) -> dict[str, Any]:
    """Return what a figure's credentials say of the view and data that made it.

    Parameters
    ----------
    address
        Address of the view; only its query is kept if the host is not public.
    options
        Options of ``mapapp figure`` without dashes, beside those of the view. Those that are off are left
        out.
    files
        SHA-256 of the reader's own files in the figure, by option and number.
    """
    return {
        "address": printed(address),
        "title": rows.title(atlas, view),
        "data_version": atlas.fingerprint,
        "articles": [
            {"id": article.id, "sha256": article.sha256, "licence": atlas.source[article.source].licence}
            for article in articles_shown(atlas, view)
        ],
        "options": {name: value for name, value in options.items() if value not in (None, False, "")},
        "files": dict(files),
    }


def sign(figure: bytes, form: str, key: SigningKey, made: Mapping[str, Any]) -> bytes:
    """Return a figure with content credentials. Nothing is fetched or sent.

    Parameters
    ----------
    figure
        The unsigned file; its SHA-256 is signed, too.
    form
        ``"svg"``, ``"png"`` or ``"pdf"``.
    made
        What `view_made` returns.

    Raises
    ------
    CredentialsError
        If the key or its certificates are refused.
    """
    import c2pa  # noqa: PLC0415 - an optional package

    assertion = {**made, "unsigned_sha256": hashlib.sha256(figure).hexdigest()}
    created = {
        "action": "c2pa.created",
        "digitalSourceType": _FROM_DATA,
        "when": datetime.now(UTC).isoformat(timespec="seconds"),
    }
    manifest = {
        "claim_generator_info": [{"name": "mapapp", "version": version("mapapp")}],
        "title": made["title"],
        "assertions": [
            {"label": "c2pa.actions.v2", "data": {"actions": [created]}},
            {"label": VIEW, "data": assertion},
        ],
    }
    settings = NO_NETWORK | {
        "builder": {
            "thumbnail": {"enabled": False},
            "created_assertion_labels": [
                "c2pa.actions",
                "c2pa.actions.v2",
                VIEW,
            ],  # made by this program, not gathered
        }
    }
    out = BytesIO()
    try:
        info = c2pa.C2paSignerInfo(key.algorithm, key.certificates, key.private_key, None)
        with (
            c2pa.Signer.from_info(info) as signer,
            c2pa.Context.from_dict(settings) as context,
            c2pa.Builder(manifest, context) as builder,
        ):
            builder.sign(signer, MEDIA_TYPES[form], BytesIO(figure), out)
    except c2pa.C2paError as error:
        fix = "mapapp/credentials/README.md says what C2PA asks of a certificate"
        raise CredentialsError(f"--sign: C2PA refuses it (got {plain(str(error), 200)}); {fix}") from None
    return out.getvalue()

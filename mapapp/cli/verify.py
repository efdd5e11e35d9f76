"""The command ``verify``: who signed a figure, whether it was changed, and which view and data made it."""

from __future__ import annotations

import json
import shlex
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl

import click

from mapapp.cli.options import OneOf, data_option, examples
from mapapp.cli.reporting import FAULTY
from mapapp.credentials.signing_key import read_pem
from mapapp.credentials.verify import read_figure
from mapapp.credentials.verify import verify as checked
from mapapp.data.folders import default_root
from mapapp.data.load import load
from mapapp.errors import MapappError, plain
from mapapp.view_address import address_of, check_address

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from mapapp.core.model import Atlas
    from mapapp.credentials.verify import Credentials

_SHORT = 12  # characters of a version
_OPTIONS = ("size", "dpi", "map-only", "text-as-paths", "title", "subtitle", "credit", "produced", "drafts")


@click.command(epilog=examples("mapapp verify map.pdf", "mapapp verify map.png --trust authority.pem"))
@click.argument("file", metavar="FILE")
@click.option("--trust", metavar="FILE", help="Certificates of authorities that you trust (PEM).")
@click.option(
    "--format",
    "form",
    type=OneOf(["text", "json"]),
    default="text",
    show_default=True,
    help="Format of the answer.",
)
@data_option
@click.pass_context
def verify(context: click.Context, file: str, trust: str | None, form: str, root: Path) -> None:
    """Say who signed a figure, and which view and data made it.

    FILE is a .png, .pdf or .svg. Nothing is fetched. Exits with 0 if the signature is intact and, with
    --trust, its certificate leads to one of yours; otherwise with 1.
    """
    found = checked(read_figure(file), read_pem(trust, "--trust") if trust is not None else None)
    good = found.intact and found.trusted is not False
    here = _data_here(found, root) if found.view else {}
    if form == "json":
        values = vars(found) | {"intact": found.intact, "ok": good, **here}
        print(json.dumps(values, indent=2))  # ASCII, so that no terminal takes anything for an order
    else:
        for line in _lines(file, found, here):
            print(line)
    if not good:
        context.exit(FAULTY)


def _lines(file: str, found: Credentials, here: Mapping[str, str]) -> Iterator[str]:
    """Yield the answer in words. Everything from the file is made safe to print."""
    if not found.signed:
        yield f"{plain(file)}: not signed. It has no content credentials, so nothing can be checked."
        return
    if not found.intact:
        yield f"{plain(file)}: NOT INTACT: {plain('; '.join(found.problems))}."
        yield "What follows is what the file says; do not rely on it."
    elif found.trusted:
        yield f"{plain(file)}: intact. It was not changed since it was signed."
        yield "The signer's certificate leads to an authority that you trust."
    elif found.trusted is None:
        yield f"{plain(file)}: intact. It was not changed since it was signed."
        yield "The signer is not verified by anyone: name the authorities you trust with --trust."
    else:
        yield f"{plain(file)}: intact, but NOT TRUSTED: the certificate does not lead to one of yours."
    yield f"Signed by: {_name(found.signer)}"
    days = f"{plain(found.valid_from[:10])} to {plain(found.valid_until[:10])}"
    yield f"Certificate from: {_name(found.issuer)}; valid {days}"
    if found.stamped:
        yield f"Signed on: {plain(found.stamped)}, as a trusted timestamp shows"
    else:
        said = plain(found.claimed) or "not said"
        yield f"Signed on: {said}, as the signer says; there is no trusted timestamp"
    yield f"Software: {plain(found.software) or 'not said'}"
    yield from _view_lines(found.view, here)


def _view_lines(view: Mapping[str, Any], here: Mapping[str, str]) -> Iterator[str]:
    if not view:
        yield "The credentials name no view of mapapp."
        return
    yield f"Title: {_said(view.get('title'))}"
    yield f"View: {_said(view.get('address'))}"
    yield f"Data version: {_said(view.get('data_version'))}"
    articles = view.get("articles")
    for article in articles[:20] if isinstance(articles, list) else ():
        if isinstance(article, dict):
            licence = f"; licence: {_said(article['licence'])}" if article.get("licence") else ""
            yield f"Article: {_said(article.get('id'))}, SHA-256 {_said(article.get('sha256'))}{licence}"
    yield f"Data here: {here['data_here']}"
    if "command" in here:
        yield f"To make it again: {here['command']}"
        yield f"Unsigned, it has the SHA-256 {_said(view.get('unsigned_sha256'))}"
    files = view.get("files")
    for option, sha256 in [*files.items()][:20] if isinstance(files, dict) else ():
        yield f"It also needs the file for {_said(option)} with the SHA-256 {_said(sha256)}"


def _said(value: object) -> str:
    return plain(value) if isinstance(value, str) and value else "not said"


def _name(parts: Mapping[str, str]) -> str:
    return plain(", ".join(f"{kind}={text}" for kind, text in sorted(parts.items()))) or "not said"


def _data_here(found: Credentials, root: Path) -> dict[str, str]:
    """Return whether the data at hand made the figure; if so, with the command that makes it again."""
    try:
        atlas = load(root)
    except MapappError:
        return {"data_here": "cannot be read; mapapp check says why"}
    if found.view.get("data_version") != atlas.fingerprint:
        other = atlas.fingerprint[:_SHORT]
        return {"data_here": f"another version ({other}…); name the folder it was made from with --data"}
    command = _command(found.view, atlas, root)
    return {"data_here": "the same version"} | ({"command": command} if command else {})


def _command(view: Mapping[str, Any], atlas: Atlas, root: Path) -> str | None:
    """Return the command that makes the figure again; ``None`` if what the credentials say is not valid."""
    here, _, query = str(view.get("address")).partition("?")
    asked, faults = check_address(dict(parse_qsl(query, keep_blank_values=True)), atlas)
    if faults:
        return None
    _, _, query = address_of(asked, atlas, None).partition("?")
    words = [f"--{name.replace('_', '-')}={value}" for name, value in parse_qsl(query)]
    options = view.get("options")
    for name in _OPTIONS if isinstance(options, dict) else ():
        value = options.get(name)  # type: ignore[union-attr]
        if value is True:
            words.append(f"--{name}")
        elif isinstance(value, str | int) and value:
            words.append(f"--{name}={value}")
    if here:
        words.append(f"--base-url={here}")
    if root != default_root():
        words.append(f"--data={root}")
    command = shlex.join(["mapapp", "figure", "OUT", *words])
    return command if command.isprintable() else None

"""Figures are signed on request; `mapapp verify` says who signed them and whether they changed."""

from __future__ import annotations

import hashlib
import io
import json
import socket
import struct
import subprocess
import sys
import threading
import zlib
from pathlib import Path
from typing import Any

import jumbf
import numpy as np
import pytest
import renderers
from certificates import Desk, certificate
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, rsa
from cryptography.x509.oid import AuthorityInformationAccessOID, ExtendedKeyUsageOID
from PIL import Image

from mapapp.cli.main import main
from mapapp.credentials import VIEW, manifest_bounds
from mapapp.credentials.sign import sign
from mapapp.credentials.signing_key import read_signing_key
from mapapp.credentials.verify import verify
from mapapp.figure.read_view import read_view

FORMS = ("png", "svg", "pdf")
DAY = "2026-01-01"


@pytest.fixture(scope="module")
def desk() -> Desk:
    return Desk()


@pytest.fixture(scope="module")
def drawn(desk: Desk, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with each form, signed and not, the key and the authority."""
    folder = tmp_path_factory.mktemp("signed")
    (folder / "key.pem").write_bytes(desk.sign)
    (folder / "trust.pem").write_bytes(desk.trust)
    for form in FORMS:
        common = ["--produced", DAY, "--dpi", "100"]
        assert main(["figure", str(folder / f"plain.{form}"), *common]) == 0
        assert (
            main(["figure", str(folder / f"signed.{form}"), *common, "--sign", str(folder / "key.pem")]) == 0
        )
    return folder


def small(desk: Desk, folder: Path, made: dict[str, Any] | None = None) -> bytes:
    """Return a small signed SVG; ``made`` is what it says of its view."""
    key = folder / "small.pem"
    key.write_bytes(desk.sign)
    picture = b'<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><metadata>m</metadata></svg>'
    return sign(picture, "svg", read_signing_key(key, lambda: None), {"title": "T", **(made or {})})


@pytest.mark.slow
@pytest.mark.parametrize("form", FORMS)
def test_a_signed_figure_says_who_signed_it_and_which_view_and_data_made_it(
    form: str, drawn: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = drawn / f"signed.{form}"
    assert main(["verify", str(file)]) == 0
    said = capsys.readouterr().out
    assert "intact" in said.splitlines()[0]
    assert "not verified by anyone" in said
    assert "Signed by: CN=Graphics, O=Test desk" in said
    assert "View: ?first=2020-02-19&last=2020-02-19" in said
    assert "Data here: the same version" in said
    assert "there is no trusted timestamp" in said
    assert main(["verify", str(file), "--trust", str(drawn / "trust.pem"), "--format", "json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert found["ok"] is found["intact"] is found["trusted"] is True
    assert found["view"]["articles"][0]["licence"]
    assert (
        found["view"]["unsigned_sha256"] == hashlib.sha256((drawn / f"plain.{form}").read_bytes()).hexdigest()
    )


@pytest.mark.slow
@pytest.mark.parametrize("form", FORMS)
def test_the_command_it_gives_makes_the_same_figure_again(
    form: str, drawn: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    main(["verify", str(drawn / f"signed.{form}"), "--format", "json"])
    found = json.loads(capsys.readouterr().out)
    out = str(tmp_path / f"again.{form}")
    assert main([out if word == "OUT" else word for word in found["command"].split()[1:]]) == 0
    assert Path(out).read_bytes() == (drawn / f"plain.{form}").read_bytes()


@pytest.mark.slow
@pytest.mark.parametrize("form", FORMS)
def test_a_program_of_its_own_finds_hash_and_signature_right(form: str, drawn: Path) -> None:
    found = jumbf.check((drawn / f"signed.{form}").read_bytes())
    assert found[VIEW]["address"] == "?first=2020-02-19&last=2020-02-19"
    assert found["c2pa.actions.v2"]["actions"][0]["action"] == "c2pa.created"
    assert found["signer"] == "CN=Graphics,O=Test desk"
    assert read_view((drawn / f"signed.{form}").read_bytes()) == found[VIEW]["address"]


@pytest.mark.slow
def test_a_signed_figure_looks_like_the_unsigned_one(drawn: Path, tmp_path: Path) -> None:
    pictures = {}
    for kind in ("plain", "signed"):
        svg, pdf = drawn / f"{kind}.svg", drawn / f"{kind}.pdf"
        png = np.asarray(Image.open(drawn / f"{kind}.png").convert("RGBA"))
        by_rsvg = renderers.run(["rsvg-convert", svg], tmp_path)
        renderers.run(["pdftoppm", "-r", "60", "-png", pdf, tmp_path / f"{kind}-p"], tmp_path)
        renderers.run(["mutool", "draw", "-r", "60", "-o", tmp_path / f"{kind}-m%02d.png", pdf], tmp_path)
        pages = sorted(tmp_path.glob(f"{kind}-*.png"))
        pictures[kind] = [png.tobytes(), np.asarray(Image.open(io.BytesIO(by_rsvg))).tobytes()]
        pictures[kind] += [np.asarray(Image.open(page)).tobytes() for page in pages]
    assert len(pictures["plain"]) > 4
    assert pictures["plain"] == pictures["signed"]


@pytest.mark.slow
@pytest.mark.parametrize("form", FORMS)
def test_unsigned_figures_stay_the_same_bytes(form: str, drawn: Path, tmp_path: Path) -> None:
    again = tmp_path / f"again.{form}"
    assert main(["figure", str(again), "--produced", DAY, "--dpi", "100"]) == 0
    assert again.read_bytes() == (drawn / f"plain.{form}").read_bytes()
    assert b"c2pa" not in again.read_bytes()


@pytest.mark.slow
@pytest.mark.parametrize("form", FORMS)
def test_any_change_of_the_figure_is_found(form: str, drawn: Path, tmp_path: Path) -> None:
    whole = (drawn / f"signed.{form}").read_bytes()
    start, end, _ = jumbf.container(whole)
    for at in (15, start // 2, start - 40, end + 60, (end + len(whole)) // 2, len(whole) - 3):
        broken = whole[:at] + bytes([whole[at] ^ 1]) + whole[at + 1 :]
        assert not verify(broken).intact, at
    assert not verify(whole + b"\n").intact
    changed = tmp_path / f"changed.{form}"
    changed.write_bytes(whole[:-3] + b"x" + whole[-2:])
    assert main(["verify", str(changed)]) == 1


@pytest.mark.slow
def test_a_changed_pixel_and_a_changed_text_are_found(drawn: Path) -> None:
    png = (drawn / "signed.png").read_bytes()
    with Image.open(io.BytesIO(png)) as opened:
        picture, out = opened.convert("RGB"), io.BytesIO()
    picture.putpixel((5, 5), (1, 2, 3))
    picture.save(out, "png")
    start, end, _ = jumbf.container(png)
    repainted = out.getvalue()
    kept = verify(repainted[:33] + png[start:end] + repainted[33:])
    assert kept.signed
    assert kept.problems == ("the figure was changed after it was signed",)
    svg = (drawn / "signed.svg").read_bytes()
    assert verify(svg.replace(b"The article says", b"The article does", 1)).problems == kept.problems


@pytest.mark.slow
@pytest.mark.parametrize("form", FORMS)
def test_a_figure_without_its_credentials_is_not_signed(
    form: str, drawn: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["verify", str(drawn / f"plain.{form}")]) == 1
    assert "not signed" in capsys.readouterr().out


def test_removed_credentials_leave_a_figure_that_is_not_signed(desk: Desk, tmp_path: Path) -> None:
    whole = small(desk, tmp_path)
    start, end, _ = jumbf.container(whole)
    found = verify(whole[: start - 15] + whole[end + 16 :])
    assert not found.intact


def test_nothing_can_be_drawn_in_the_room_that_the_hash_leaves_out(desk: Desk, tmp_path: Path) -> None:
    drawing = b'<rect width="9" height="9" fill="red"/>'
    assert not verify(jumbf.smuggled(small(desk, tmp_path), drawing)).intact


def test_the_stretch_left_out_must_be_one_whole_manifest() -> None:
    box = struct.pack(">I", 12) + b"jumb" + b"1234"
    chunk = struct.pack(">I", 12) + b"caBX" + box + struct.pack(">I", zlib.crc32(b"caBX" + box))
    assert manifest_bounds.is_manifest(b"ab" + chunk, "png", 2, len(chunk))
    for part in (chunk[:-1], chunk + b"x", chunk.replace(b"jumb", b"junk"), chunk[:-1] + b"\0\0"):
        assert not manifest_bounds.is_manifest(b"ab" + part, "png", 2, len(part))
    pdf = b"stream\n" + box + b"\nendstream"
    assert manifest_bounds.is_manifest(pdf, "pdf", 7, 12)
    assert not manifest_bounds.is_manifest(pdf, "pdf", 7, 13)
    assert not manifest_bounds.is_manifest(pdf, "pdf", -1, 12)


def test_another_authority_is_not_trusted_and_the_right_one_is(
    desk: Desk, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file, other = tmp_path / "a.svg", tmp_path / "other.pem"
    file.write_bytes(small(desk, tmp_path))
    other.write_bytes(Desk().trust)
    assert verify(file.read_bytes(), desk.trust).trusted is True
    assert verify(file.read_bytes()).trusted is None
    assert main(["verify", str(file), "--trust", str(other)]) == 1
    assert "NOT TRUSTED" in capsys.readouterr().out


@pytest.mark.parametrize(
    "key", [ec.generate_private_key(ec.SECP384R1()), ed25519.Ed25519PrivateKey.generate(),
            rsa.generate_private_key(65537, 2048)], ids=["P-384", "Ed25519", "RSA"]
)  # fmt: skip
def test_other_kinds_of_keys_sign_too(key: Any, tmp_path: Path) -> None:
    desk = Desk(key)
    assert verify(small(desk, tmp_path), desk.trust).trusted


def refused(folder: Path, pem: bytes, capsys: pytest.CaptureFixture[str]) -> str:
    """Return the message with which a key is refused; nothing is written."""
    key, out = folder / "bad.pem", folder / "out.svg"
    key.write_bytes(pem)
    assert main(["figure", str(out), "--sign", str(key)]) == 2
    assert not out.exists()
    said = capsys.readouterr().err
    assert said.count("\n") == 1
    return said


def test_a_key_that_cannot_sign_is_refused_before_anything_is_drawn(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    desk, other = Desk(), Desk()
    assert "no private key" in refused(tmp_path, desk.certificate, capsys)
    assert "no certificate" in refused(tmp_path, desk.key, capsys)
    assert "no certificate is for this key" in refused(tmp_path, desk.key + other.certificate, capsys)
    assert "not valid now" in refused(tmp_path, Desk(days=-1).sign, capsys)
    assert "not for signing" in refused(tmp_path, Desk(purpose=ExtendedKeyUsageOID.SERVER_AUTH).sign, capsys)
    assert "kind of key" in refused(tmp_path, Desk(ec.generate_private_key(ec.SECP256K1())).sign, capsys)
    assert "not a PEM file" in refused(tmp_path, b"nothing", capsys)
    assert main(["figure", str(tmp_path / "a.svg"), "--sign", str(tmp_path / "none.pem")]) == 2
    assert "cannot be read" in capsys.readouterr().err


def test_a_passphrase_comes_from_the_environment(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    secret = "a long secret"  # noqa: S105 - of a key made here
    desk, key = Desk(passphrase=secret), tmp_path / "key.pem"
    monkeypatch.setattr("sys.stdin", io.StringIO())
    monkeypatch.delenv("MAPAPP_SIGN_PASSPHRASE", raising=False)
    assert "needs a passphrase" in refused(tmp_path, desk.sign, capsys)
    monkeypatch.setenv("MAPAPP_SIGN_PASSPHRASE", "wrong")
    assert "check the file and the passphrase" in refused(tmp_path, desk.sign, capsys)
    key.write_bytes(desk.sign)
    assert read_signing_key(key, lambda: secret).algorithm == "es256"


def test_a_certificate_that_has_expired_is_not_intact(desk: Desk, tmp_path: Path) -> None:
    issued = (desk.authority, "Authority")
    whole, valid, expired = (
        small(desk, tmp_path),
        certificate(desk.private, "Graphics", issued),
        certificate(desk.private, "Graphics", issued, since=60, days=-1),
    )
    assert verify(jumbf.resigned(whole, desk.private, valid), desk.trust).intact
    found = verify(jumbf.resigned(whole, desk.private, expired), desk.trust)
    assert found.problems == ("the certificate had expired or was not yet valid, as far as can be known",)


def test_what_a_file_says_cannot_reach_the_terminal_as_an_order(
    desk: Desk, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    made = {
        "title": "\x1b[2J\u202eT",
        "address": "?first=$(touch x)\x07",
        "data_version": "\x1b]0;x\x07",
        "articles": [{"id": "\x9b31m", "sha256": 3}, 4],
        "options": [1],
        "files": {"\x1b": "\x1b"},
    }
    file = tmp_path / "a.svg"
    file.write_bytes(small(desk, tmp_path, made))
    for form in ("text", "json"):
        assert main(["verify", str(file), "--format", form]) == 0
        said = capsys.readouterr().out
        assert all(letter.isprintable() or letter == "\n" for letter in said), ascii(said)


def test_nothing_else_can_be_checked(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "a.txt"
    file.write_bytes(b"text")
    assert main(["verify", str(file)]) == 2
    assert "not a PNG, PDF or SVG" in capsys.readouterr().err
    assert main(["verify", str(tmp_path / "none")]) == 2
    assert "cannot be read" in capsys.readouterr().err


def test_without_the_packages_one_line_says_what_to_install(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "a.svg"
    file.write_bytes(small(desk, tmp_path))
    monkeypatch.setattr("mapapp.credentials.find_spec", lambda _: None)
    assert main(["verify", str(file)]) == 2
    assert "needs the sign extra" in capsys.readouterr().err
    assert "needs the sign extra" in refused(tmp_path, desk.sign, capsys)


def test_signing_and_checking_contact_nobody(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(None)
        calls: list[object] = []
        here = f"http://127.0.0.1:{server.getsockname()[1]}/"

        def answer() -> None:
            connection, caller = server.accept()
            connection.close()
            calls.append(caller)

        watch = threading.Thread(target=answer, daemon=True)
        watch.start()
        at = x509.UniformResourceIdentifier(here)
        kinds = (AuthorityInformationAccessOID.OCSP, AuthorityInformationAccessOID.CA_ISSUERS)
        told = x509.AuthorityInformationAccess([x509.AccessDescription(kind, at) for kind in kinds])
        desk = Desk(extensions=[told])
        assert verify(small(desk, tmp_path), desk.trust).intact
        elsewhere = (
            '<svg xmlns="http://www.w3.org/2000/svg"><metadata><x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF '
            'xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description rdf:about="" '
            f'xmlns:dcterms="http://purl.org/dc/terms/" dcterms:provenance="{here}"/></rdf:RDF></x:xmpmeta>'
            "</metadata></svg>"
        )
        assert not verify(elsewhere.encode()).intact
        assert calls == []
        socket.create_connection(server.getsockname()).close()  # ends the watch
        watch.join()


@pytest.mark.slow
def test_neither_command_nor_page_loads_the_library_unless_asked() -> None:
    loads = "import sys, mapapp.cli.export, mapapp.cli.verify, mapapp.evidence_pack"
    code = f"{loads}; assert not {{'c2pa', 'cryptography'}} & {{*sys.modules}}"
    subprocess.run([sys.executable, "-c", code], check=True)  # noqa: S603 - our own code

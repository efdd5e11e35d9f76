"""Reads content credentials without the library that writes them: boxes, CBOR, hashes and the signature."""

from __future__ import annotations

import hashlib
from base64 import b64decode, b64encode
from dataclasses import dataclass, field
from typing import Any

import cbor2
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature, encode_dss_signature
from cryptography.hazmat.primitives.serialization import Encoding


@dataclass
class Box:
    """A box of JUMBF: its kind, its content or its boxes, and its label."""

    kind: bytes
    content: bytes = b""
    boxes: list[Box] = field(default_factory=list)

    @property
    def label(self) -> str:
        """Its name, which its first box has."""
        return self.boxes[0].content[17:].split(b"\0")[0].decode() if self.boxes else ""

    def whole(self) -> bytes:
        """Return it as it stands in a file."""
        body = b"".join(box.whole() for box in self.boxes) if self.kind == b"jumb" else self.content
        return (len(body) + 8).to_bytes(4) + self.kind + body

    def find(self, label: str) -> Box:
        """Return the box of a name, at any depth."""
        return next(box for box in self.walk() if box.label == label)

    def walk(self) -> list[Box]:
        """Return it and all boxes in it."""
        return [self, *(each for box in self.boxes for each in box.walk())]


def boxes(data: bytes) -> list[Box]:
    """Return the boxes in a stretch of bytes."""
    found, at = [], 0
    while at < len(data):
        length, kind = int.from_bytes(data[at : at + 4]), data[at + 4 : at + 8]
        body = data[at + 8 : at + length]
        found.append(Box(kind, b"", boxes(body)) if kind == b"jumb" else Box(kind, body))
        at += length
    return found


def container(data: bytes) -> tuple[int, int, bytes]:
    """Return where the credentials begin and end in a file, and the manifest in them."""
    if data.startswith(b"\x89PNG"):
        at = data.index(b"caBX") - 4
        end = at + 12 + int.from_bytes(data[at : at + 4])
        return at, end, data[at + 8 : end - 4]
    if data.startswith(b"%PDF"):
        at = data.index(b"jumb\0\0\0\x1ejumdc2pa") - 4
        end = at + int.from_bytes(data[at : at + 4])
        return at, end, data[at:end]
    at = data.index(b"<c2pa:manifest>") + len(b"<c2pa:manifest>")
    end = data.index(b"</c2pa:manifest>")
    return at, end, b64decode(data[at:end], validate=True)


def check(data: bytes) -> dict[str, Any]:
    """Check hash, assertions and an ES256 signature; return the assertions, and the signer's name."""
    start, end, manifest = container(data)
    (store,) = boxes(manifest)
    claim = store.find("c2pa.claim.v2").boxes[1].content
    assertions = {box.label: box for box in store.find("c2pa.assertions").boxes[1:]}
    said = cbor2.loads(claim)
    for link in (*said["created_assertions"], *said.get("gathered_assertions", ())):
        box = assertions[link["url"].rpartition("/")[2]]
        assert hashlib.sha256(box.whole()[8:]).digest() == link["hash"]
    values = {label: cbor2.loads(box.boxes[1].content) for label, box in assertions.items()}
    bound = values["c2pa.hash.data"]
    assert bound["exclusions"] == [{"start": start, "length": end - start}]
    assert hashlib.sha256(data[:start] + data[end:]).digest() == bound["hash"]
    protected, unprotected, _, signature = cbor2.loads(store.find("c2pa.signature").boxes[1].content).value
    header = cbor2.loads(protected)
    assert header[1] == -7  # ES256
    chain = header.get(33) or unprotected.get("x5chain")
    signer = x509.load_der_x509_certificate(chain[0] if isinstance(chain, list) else chain)
    signed = cbor2.dumps(["Signature1", protected, b"", claim])
    half = len(signature) // 2
    der = encode_dss_signature(int.from_bytes(signature[:half]), int.from_bytes(signature[half:]))
    public = signer.public_key()
    assert isinstance(public, ec.EllipticCurvePublicKey)
    public.verify(der, signed, ec.ECDSA(hashes.SHA256()))
    return values | {"signer": signer.subject.rfc4514_string()}


def smuggled(data: bytes, drawing: bytes) -> bytes:
    """Put a drawing into the room that a shorter manifest leaves in an SVG; hash and signature still hold."""
    start, end, manifest = container(data)
    (store,) = boxes(manifest)
    box = store.find("c2pa.signature").boxes[1]
    tag = cbor2.loads(box.content)
    protected, unprotected, *rest = tag.value
    slim = {name: value for name, value in dict(unprotected).items() if name != "pad"}
    box.content = cbor2.dumps(cbor2.CBORTag(tag.tag, [protected, slim, *rest]))
    inside = (
        b64encode(store.whole()) + b"</c2pa:manifest></metadata>" + drawing + b"<metadata><c2pa:manifest>"
    )
    left = end - start - len(inside)
    assert left >= 0
    return data[:start] + inside + b" " * left + data[end:]


def resigned(data: bytes, key: ec.EllipticCurvePrivateKey, certificate: x509.Certificate) -> bytes:
    """Sign the claim of an SVG anew with another certificate of the same key, in the same room."""
    start, end, manifest = container(data)
    (store,) = boxes(manifest)
    claim = store.find("c2pa.claim.v2").boxes[1].content
    box = store.find("c2pa.signature").boxes[1]
    tag = cbor2.loads(box.content)
    protected, unprotected, *_ = tag.value
    chain = [certificate.public_bytes(Encoding.DER), *cbor2.loads(protected)[33][1:]]
    head = cbor2.dumps({**cbor2.loads(protected), 33: chain})
    der = key.sign(cbor2.dumps(["Signature1", head, b"", claim]), ec.ECDSA(hashes.SHA256()))
    signature = b"".join(number.to_bytes(32) for number in decode_dss_signature(der))
    pad = len(unprotected["pad"]) + len(protected) - len(head)
    room = {**unprotected, "pad": bytes(pad)}
    box.content = cbor2.dumps(cbor2.CBORTag(tag.tag, [head, room, None, signature]))
    inside = b64encode(store.whole())
    assert len(inside) == end - start
    return data[:start] + inside + data[end:]

"""Keys and certificates for tests, as an authority would issue them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, ed25519
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

PEM = serialization.Encoding.PEM
DAY = timedelta(days=1)
BITS = (
    *("digital_signature", "content_commitment", "key_encipherment", "data_encipherment", "key_agreement"),
    *("key_cert_sign", "crl_sign", "encipher_only", "decipher_only"),
)


def name(common: str) -> x509.Name:
    """Return a name in a certificate."""
    return x509.Name(
        [
            x509.NameAttribute(NameOID.ORGANIZATION_NAME, "Test desk"),
            x509.NameAttribute(NameOID.COMMON_NAME, common),
        ]
    )


def certificate(
    key: Any, subject: str, by: tuple[Any, str] | None = None, **options: Any
) -> x509.Certificate:
    """Return a certificate; an authority's own if ``by`` is left out, else one that ``by`` issued."""
    now = datetime.now(UTC)
    issuer = by or (key, subject)
    usages = {"key_cert_sign", "crl_sign"} if by is None else {"digital_signature"}
    made = (
        x509.CertificateBuilder()
        .subject_name(name(subject))
        .issuer_name(name(issuer[1]))
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - options.get("since", 30) * DAY)
        .not_valid_after(now + options.get("days", 30) * DAY)
        .add_extension(x509.BasicConstraints(ca=by is None, path_length=None), critical=True)
        .add_extension(x509.KeyUsage(**{bit: bit in usages for bit in BITS}), critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .add_extension(
            x509.AuthorityKeyIdentifier.from_issuer_public_key(issuer[0].public_key()), critical=False
        )
    )
    if by is not None:
        purpose = options.get("purpose", ExtendedKeyUsageOID.EMAIL_PROTECTION)
        made = made.add_extension(x509.ExtendedKeyUsage([purpose]), critical=False)
    for extension in options.get("extensions", ()):
        made = made.add_extension(extension, critical=False)
    return made.sign(issuer[0], None if isinstance(issuer[0], ed25519.Ed25519PrivateKey) else hashes.SHA256())


def key_pem(key: Any, passphrase: str | None = None) -> bytes:
    """Return a private key as text, encrypted if there is a passphrase."""
    hidden = serialization.BestAvailableEncryption(passphrase.encode()) if passphrase else None
    plain = serialization.NoEncryption()
    done: bytes = key.private_bytes(PEM, serialization.PrivateFormat.PKCS8, hidden or plain)
    return done


class Desk:
    """An authority and a signer: PEM texts for ``--sign`` and ``--trust``."""

    def __init__(self, key: Any = None, passphrase: str | None = None, **options: Any) -> None:
        authority = ec.generate_private_key(ec.SECP256R1())
        key = key or ec.generate_private_key(ec.SECP256R1())
        self.authority, self.private = authority, key
        own = certificate(key, "Graphics", (authority, "Authority"), **options)
        self.trust = certificate(authority, "Authority").public_bytes(PEM)
        self.certificate = own.public_bytes(PEM)
        self.key = key_pem(key, passphrase)
        self.sign = self.key + self.certificate + self.trust

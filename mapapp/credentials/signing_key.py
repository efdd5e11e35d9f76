"""Reads the key and the certificates that figures are signed with, and says what is wrong with them."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from mapapp.credentials import CredentialsError, require_extra
from mapapp.errors import short_repr

if TYPE_CHECKING:
    import os
    from collections.abc import Callable

    from cryptography.hazmat.primitives.asymmetric.types import PrivateKeyTypes
    from cryptography.x509 import Certificate

_LARGEST = 1_000_000  # bytes
_SMALLEST_RSA, _LARGEST_RSA = 2048, 16384  # bits
_PURPOSES = {  # extended key usages that C2PA accepts
    "1.3.6.1.5.5.7.3.4": "emailProtection",
    "1.3.6.1.5.5.7.3.36": "documentSigning",
    "1.3.6.1.4.1.62558.2.1": "c2pa-kp-claimSigning",
}
_RECIPE = "mapapp/credentials/README.md says how to make one"


@dataclass(frozen=True)
class SigningKey:
    """A private key and its certificates.

    Attributes
    ----------
    algorithm
        Name of the algorithm in C2PA, such as ``es256``.
    private_key
        PKCS #8 as PEM, not encrypted.
    certificates
        PEM; the signer's first, then those it leads to.
    """

    algorithm: str
    private_key: bytes = field(repr=False)
    certificates: bytes


def read_signing_key(path: str | os.PathLike[str], passphrase: Callable[[], str | None]) -> SigningKey:
    """Return the key and the certificates of a PEM file.

    Parameters
    ----------
    path
        A file with one private key, the signer's certificate and those of the authorities above it.
    passphrase
        Called if the key is encrypted; ``None`` if there is no passphrase.

    Raises
    ------
    CredentialsError
        If the file cannot be read, or no valid figure can be signed with what it has.
    """
    require_extra("--sign")
    from cryptography import x509  # noqa: PLC0415 - only signing needs it
    from cryptography.hazmat.primitives import serialization as pem  # noqa: PLC0415

    data = read_pem(path, "--sign")
    key = _private_key(data, path, passphrase)
    try:
        certificates = x509.load_pem_x509_certificates(data)
    except ValueError:
        raise _refused("no certificate", path, f"add its certificates to the file; {_RECIPE}") from None
    public = _public_bytes(key.public_key())
    own = next((each for each in certificates if _public_bytes(each.public_key()) == public), None)
    if own is None:
        raise _refused("no certificate is for this key", path, "put the key's own certificate into the file")
    _check(own, path)
    chain = [own, *(each for each in certificates if each != own)]
    return SigningKey(
        _algorithm(key, path),
        key.private_bytes(pem.Encoding.PEM, pem.PrivateFormat.PKCS8, pem.NoEncryption()),
        b"".join(each.public_bytes(pem.Encoding.PEM) for each in chain),
    )


def read_pem(path: str | os.PathLike[str], where: str) -> bytes:
    """Return the content of a PEM file of at most 1 MB; ``where`` is the option that named it."""
    try:
        with open(path, "rb") as file:  # noqa: PTH123 - Path would take "" for the working directory
            data = file.read(_LARGEST + 1)
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or "not a path"
        fix = "choose another file"
        raise CredentialsError(
            f"{where}: cannot be read: {reason} (got {short_repr(str(path))}); {fix}"
        ) from None
    if len(data) > _LARGEST or b"-----BEGIN " not in data:
        raise CredentialsError(f"{where}: not a PEM file (got {short_repr(str(path))}); use one of text")
    return data


def _private_key(
    data: bytes, path: str | os.PathLike[str], passphrase: Callable[[], str | None]
) -> PrivateKeyTypes:
    from cryptography.exceptions import UnsupportedAlgorithm  # noqa: PLC0415
    from cryptography.hazmat.primitives.serialization import load_pem_private_key  # noqa: PLC0415

    if b"PRIVATE KEY-----" not in data:
        raise _refused("no private key", path, f"add it to the file; {_RECIPE}")
    start = data.rindex(b"-----BEGIN ", 0, data.index(b"PRIVATE KEY-----"))
    try:
        try:
            return load_pem_private_key(data[start:], None)
        except TypeError:  # encrypted
            word = passphrase()
            if not word:
                fix = "set MAPAPP_SIGN_PASSPHRASE, or run mapapp in a terminal"
                raise _refused("the key needs a passphrase", path, fix) from None
            return load_pem_private_key(data[start:], word.encode())
    except (ValueError, UnsupportedAlgorithm):
        raise _refused("the private key cannot be read", path, "check the file and the passphrase") from None


def _public_bytes(key: object) -> bytes:
    from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat  # noqa: PLC0415

    found: bytes = key.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)  # type: ignore[attr-defined]
    return found


def _algorithm(key: PrivateKeyTypes, path: str | os.PathLike[str]) -> str:
    from cryptography.hazmat.primitives.asymmetric import ec, ed25519, rsa  # noqa: PLC0415

    if isinstance(key, ec.EllipticCurvePrivateKey):
        curves = {"secp256r1": "es256", "secp384r1": "es384", "secp521r1": "es512"}
        if key.curve.name in curves:
            return curves[key.curve.name]
    if isinstance(key, ed25519.Ed25519PrivateKey):
        return "ed25519"
    if isinstance(key, rsa.RSAPrivateKey) and _SMALLEST_RSA <= key.key_size <= _LARGEST_RSA:
        return "ps256"
    raise _refused(
        "C2PA has no use for this kind of key", path, "use P-256, P-384, P-521, Ed25519 or RSA-2048"
    )


def _check(own: Certificate, path: str | os.PathLike[str]) -> None:
    """Refuse a certificate with which nothing valid can be signed."""
    from cryptography import x509  # noqa: PLC0415

    now = datetime.now(UTC)
    if not own.not_valid_before_utc <= now <= own.not_valid_after_utc:
        days = f"valid from {own.not_valid_before_utc:%Y-%m-%d} to {own.not_valid_after_utc:%Y-%m-%d}"
        raise _refused(f"the certificate is not valid now, but {days}", path, "get a new one")
    if own.issuer == own.subject:
        raise _refused("C2PA refuses certificates that sign themselves", path, _RECIPE)
    try:
        usages = own.extensions.get_extension_for_class(x509.ExtendedKeyUsage).value
        purposes = {usage.dotted_string for usage in usages}
        signs = own.extensions.get_extension_for_class(x509.KeyUsage).value.digital_signature
    except (x509.ExtensionNotFound, ValueError):
        purposes, signs = set(), False
    if not (signs and purposes & _PURPOSES.keys()):
        what = f"the certificate is not for signing (digitalSignature and {' or '.join(_PURPOSES.values())})"
        raise _refused(what, path, _RECIPE)


def _refused(what: str, path: str | os.PathLike[str], fix: str) -> CredentialsError:
    return CredentialsError(f"--sign: {what} (got {short_repr(str(path))}); {fix}")

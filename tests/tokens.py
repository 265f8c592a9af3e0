"""Time stamps as a forger makes them: any contents, any signer, put together byte by byte."""

import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

SEQUENCE, SET, INTEGER, OCTETS, OID, TIME, EXPLICIT = 0x30, 0x31, 0x02, 0x04, 0x06, 0x18, 0xA0
SHA1, SHA256, SHA384, SHA512 = (
    "2b0e03021a", "608648016503040201", "608648016503040202", "608648016503040203",
)  # fmt: skip
"""Contents of their object identifiers, hex."""
_ONE_BYTE = 0x80


def der(tag: int, *parts: bytes) -> bytes:
    """An element."""
    content = b"".join(parts)
    size = len(content)
    if size < _ONE_BYTE:
        return bytes([tag, size]) + content
    length = size.to_bytes((size.bit_length() + 7) // 8, "big")
    return bytes([tag, _ONE_BYTE | len(length)]) + length + content


def elements(content: bytes) -> Iterator[tuple[int, bytes, bytes]]:
    """Tag, content and whole of each element."""
    at = 0
    while at < len(content):
        size, start = content[at + 1], at + 2
        if size & _ONE_BYTE:
            count = size & ~_ONE_BYTE
            size, start = int.from_bytes(content[start : start + count], "big"), start + count
        yield content[at], content[start : start + size], content[at : start + size]
        at = start + size


def inside(element: bytes) -> list[bytes]:
    """The elements in an element."""
    ((_, content, _),) = elements(element)
    return [whole for _, _, whole in elements(content)]


def tst_info(
    imprint: bytes, *, algorithm: str = SHA256, at: bytes = b"20261122120000Z", nonce: int = 777
) -> bytes:
    """What is signed: of which digest, when, in answer to what."""
    return der(
        SEQUENCE,
        der(INTEGER, b"\x01"),
        der(OID, bytes([0x2A, 3, 4, 1])),
        der(SEQUENCE, der(SEQUENCE, der(OID, bytes.fromhex(algorithm))), der(OCTETS, imprint)),
        der(INTEGER, b"\x07"),
        der(TIME, at),
        der(INTEGER, nonce.to_bytes(2, "big")),
    )


def answered(token: bytes) -> bytes:
    """A token, granted."""
    return der(SEQUENCE, der(SEQUENCE, der(INTEGER, b"\x00")), token)


@dataclass(frozen=True)
class Forger:
    """A key with a certificate, and the root that signed it."""

    folder: Path
    key: ec.EllipticCurvePrivateKey
    certificate: x509.Certificate
    root: x509.Certificate

    @property
    def roots(self) -> bytes:
        return self.root.public_bytes(serialization.Encoding.PEM)

    def answer(self, info: bytes, *more: x509.Certificate) -> bytes:
        """An answer with that content, truly signed, and more certificates beside its own."""
        paths = {name: self.folder / name for name in ("info", "own.pem", "key.pem", "more.pem")}
        pem = serialization.Encoding.PEM
        paths["info"].write_bytes(info)
        paths["own.pem"].write_bytes(self.certificate.public_bytes(pem))
        paths["more.pem"].write_bytes(b"".join(one.public_bytes(pem) for one in (self.root, *more)))
        kind = serialization.PrivateFormat.PKCS8
        plain = serialization.NoEncryption()
        paths["key.pem"].write_bytes(self.key.private_bytes(pem, kind, plain))
        done = subprocess.run(
            ["openssl", "cms", "-sign", "-binary", "-nodetach", "-md", "sha256", "-cades",
             "-econtent_type", "1.2.840.113549.1.9.16.1.4", "-in", paths["info"], "-outform", "DER",
             "-signer", paths["own.pem"], "-inkey", paths["key.pem"],
             "-certfile", paths["more.pem"]],
            check=True, capture_output=True, timeout=60,
        )  # fmt: skip
        return answered(done.stdout)


def certified(
    folder: Path,
    *,
    name: str = "Forger",
    usage: x509.ObjectIdentifier | None = ExtendedKeyUsageOID.TIME_STAMPING,
    is_critical: bool = True,
    begins: datetime = datetime(2026, 1, 1, tzinfo=UTC),
    years: int = 3,
    serial: int = 77,
) -> Forger:
    """A signer under a root of its own."""
    root_key, key = ec.generate_private_key(ec.SECP256R1()), ec.generate_private_key(ec.SECP256R1())
    root_name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Forged root")])
    own_name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])

    def build(subject: x509.Name, holder: ec.EllipticCurvePrivateKey) -> x509.CertificateBuilder:
        return (
            x509.CertificateBuilder(issuer_name=root_name, subject_name=subject)
            .public_key(holder.public_key())
            .not_valid_before(begins)
            .not_valid_after(begins + timedelta(days=365 * years))
        )

    basic = x509.BasicConstraints(ca=True, path_length=None)
    root = build(root_name, root_key).serial_number(1).add_extension(basic, critical=True)
    own = build(own_name, key).serial_number(serial)
    if usage is not None:
        own = own.add_extension(x509.ExtendedKeyUsage([usage]), critical=is_critical)
    return Forger(
        folder, key, own.sign(root_key, hashes.SHA256()), root.sign(root_key, hashes.SHA256())
    )

"""A time stamp of the chain's head by an authority outside the desk: RFC 3161.

What is stamped is one line of text (`stamped_text`), so that the token can also be checked with
other programs. A token proves that the head existed at the authority's time, if one trusts the
authority: which roots to trust is handed in, never assumed.
"""

import hashlib
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from typing import TYPE_CHECKING

from breachdesk.audit.sealing import Head
from breachdesk.errors import RefusedError
from breachdesk.message import Message, say

if TYPE_CHECKING:
    from cryptography.x509 import Certificate
    from rfc3161_client import TimeStampRequest, TimeStampResponse

_GRANTED = 0
_CONTEXT_0 = 0xA0
_LONG, _MOST_LENGTH_BYTES = 0x80, 3
_SHA256, _SHA512 = "2.16.840.1.101.3.4.2.1", "2.16.840.1.101.3.4.2.3"
_LONGEST_NAME = 300
Imprint = tuple[str, bytes]
"""A hash algorithm, by its number, and a digest."""


class Signature(StrEnum):
    """What is known about who signed a stamp."""

    TRUSTED = "trusted"
    """Signed under one of the roots that were given."""
    NOT_TRUSTED = "not_trusted"
    """Not signed under any of them, or changed."""
    NOT_CHECKED = "not_checked"
    """No roots were given."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Stamp:
    """What an authority's answer says."""

    at: datetime
    """When the authority says it was, in UTC, whole seconds."""
    signer: str
    """Subject of the certificate that it says signed it."""
    is_of_head: bool
    """Does it speak of the head it was looked at for?"""
    signature: Signature


def stamped_text(head: Head) -> bytes:
    """Return the line that is stamped for a head."""
    return f"breachdesk-head/1 {head.seq} {head.digest}\n".encode()


def imprints_of(head: Head) -> tuple[Imprint, Imprint]:
    """Return what a stamp of a head may hold: SHA-256 or SHA-512 of the line."""
    text = stamped_text(head)
    return (_SHA256, hashlib.sha256(text).digest()), (_SHA512, hashlib.sha512(text).digest())


def imprint_of(answer: bytes) -> Imprint:
    """Return the digest that an authority has stamped, and how it was made.

    Raises:
        RefusedError: It is no time stamp.
    """
    with _stranger():
        return _imprint(_decoded(answer))


def request_for(head: Head) -> "TimeStampRequest":
    """Return a request for a stamp of a head, with a nonce and for the certificate too."""
    from rfc3161_client import HashAlgorithm, TimestampRequestBuilder

    return TimestampRequestBuilder(
        data=stamped_text(head), hash_algorithm=HashAlgorithm.SHA256
    ).build()


def read_stamp(
    answer: bytes, head: Head, *, nonce: int | None = None, roots: bytes | None = None
) -> Stamp:
    """Return what an authority's answer says about a head.

    Args:
        answer: The answer, DER.
        head: What was to be stamped.
        nonce: Of the request, when it was just made.
        roots: Certificates that are trusted, PEM; None checks no signature.

    Raises:
        RefusedError: It is no time stamp, or none was granted; or the roots are no certificates.
    """
    trusted = None if roots is None else read_roots(roots)
    with _stranger():
        response = _decoded(answer)
        if response.status != _GRANTED:
            raise _not_granted(response.status_string)
        info = response.tst_info
        if nonce is not None and info.nonce != nonce:
            raise _no_stamp(say("it answers another request"))
        return Stamp(
            at=_moment(info.gen_time),
            signer=_signer(response),
            is_of_head=_imprint(response) in imprints_of(head),
            signature=_signature(response, head, trusted),
        )


@contextmanager
def _stranger() -> Iterator[None]:
    """Make a refusal of whatever reading a stranger's bytes ends in, and print no warning."""
    from cryptography.exceptions import UnsupportedAlgorithm
    from cryptography.x509 import DuplicateExtension, InvalidVersion, UnsupportedGeneralNameType

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            yield
    except (
        ValueError, TypeError, LookupError, OverflowError, UnsupportedAlgorithm,
        DuplicateExtension, InvalidVersion, UnsupportedGeneralNameType,
    ) as error:  # fmt: skip
        raise _no_stamp(say("it does not hold together")) from error


def _decoded(answer: bytes) -> "TimeStampResponse":
    from rfc3161_client import decode_timestamp_response

    try:
        return decode_timestamp_response(_in_order(answer))
    except (ValueError, IndexError) as error:
        raise _no_stamp(say("what came back is something else")) from error


def _imprint(response: "TimeStampResponse") -> Imprint:
    imprint = response.tst_info.message_imprint
    return imprint.hash_algorithm.dotted_string, imprint.message


def _moment(at: datetime) -> datetime:
    return at.replace(microsecond=0, tzinfo=at.tzinfo or UTC).astimezone(UTC)


def _signer(response: "TimeStampResponse") -> str:
    """Return the subject of the certificate that the signer names; empty when it is not there.

    Raises:
        ValueError: There are several signers, or several certificates that could be the signer's:
            only one of them is what the signature was made with.
    """
    from cryptography.x509 import load_der_x509_certificate

    (named,) = response.signed_data.signer_infos
    certificates = map(load_der_x509_certificate, response.signed_data.certificates)
    wanted = (named.issuer, named.serial_number)
    own = [one for one in certificates if (one.issuer, one.serial_number) == wanted]
    if not own:
        return ""
    (certificate,) = own
    return certificate.subject.rfc4514_string()[:_LONGEST_NAME]


def _signature(
    response: "TimeStampResponse", head: Head, trusted: "list[Certificate] | None"
) -> Signature:
    from rfc3161_client import VerificationError, VerifierBuilder

    if trusted is None:
        return Signature.NOT_CHECKED
    try:
        verifier = VerifierBuilder(roots=trusted).build()
        verifier.verify_message(response, stamped_text(head))
    except (VerificationError, ValueError, TypeError):
        return Signature.NOT_TRUSTED
    return Signature.TRUSTED


def read_roots(roots: bytes) -> "list[Certificate]":
    """Return the certificates of a PEM file.

    Raises:
        RefusedError: There are none.
    """
    from cryptography.x509 import load_pem_x509_certificates

    try:
        return load_pem_x509_certificates(roots)
    except ValueError as error:
        raise RefusedError(
            say("The file with the trusted certificates holds none that can be read."),
            say("Give the authority's root certificate as PEM: --roots FILE."),
        ) from error


def _in_order(answer: bytes) -> bytes:
    """Return the answer with its certificates in the order that DER asks for.

    Some authorities, OpenSSL's among them, send them in the order of their chain, which the parser
    takes for an error. The order is no part of what is signed.
    """
    try:
        start, end = _certificates(answer)
        pieces, at = [], start
        while at < end:
            _, _, after = _element(answer, at)
            pieces.append(answer[at:after])
            at = after
    except (IndexError, ValueError):
        return answer
    return answer[:start] + b"".join(sorted(pieces)) + answer[at:] if at == end else answer


def _certificates(answer: bytes) -> tuple[int, int]:
    """Return from where to where the certificates stand: SignedData's optional field [0]."""
    _, inside, _ = _element(answer, 0)
    _, _, token = _element(answer, inside)
    _, inside, _ = _element(answer, token)
    _, _, explicit = _element(answer, inside)
    _, inside, _ = _element(answer, explicit)
    _, at, end = _element(answer, inside)
    for _ in range(3):
        _, _, at = _element(answer, at)
    tag, start, stop = _element(answer, at)
    if tag != _CONTEXT_0 or stop > end:
        raise ValueError(tag)
    return start, stop


def _element(data: bytes, at: int) -> tuple[int, int, int]:
    """Return tag, where the content begins and where the next element does."""
    tag, length, start = data[at], data[at + 1], at + 2
    if length & _LONG:
        count = length - _LONG
        if not 0 < count <= _MOST_LENGTH_BYTES:
            raise ValueError(count)
        length, start = int.from_bytes(data[start : start + count], "big"), start + count
    if start + length > len(data):
        raise ValueError(length)
    return tag, start, start + length


def _not_granted(said: list[str]) -> RefusedError:
    reason = "; ".join(said)[:300]
    return RefusedError(
        say("The time-stamping authority refused: {reason}", reason=reason)
        if reason
        else say("The time-stamping authority refused, and gave no reason."),
        say("Nothing was recorded; try another authority, or ask this one why."),
    )


def _no_stamp(why: Message) -> RefusedError:
    return RefusedError(
        say("That is no time stamp: {why}.", why=why),
        say("Nothing was recorded; check the address of the authority."),
    )

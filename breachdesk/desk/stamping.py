"""Have the chain's head stamped with the time by an authority, and compare the stamps later."""

from dataclasses import dataclass
from datetime import timedelta

from breachdesk.audit import Head
from breachdesk.audit.stamp import (
    Signature,
    Stamp,
    imprint_of,
    imprints_of,
    read_roots,
    read_stamp,
    request_for,
)
from breachdesk.desk.office import Office
from breachdesk.errors import BreachdeskError, RefusedError
from breachdesk.message import Message, say
from breachdesk.records import HeadStamp
from breachdesk.store.authority import SECONDS, ask_authority, check_address
from breachdesk.store.reading import Reading
from breachdesk.store.walk import walk
from breachdesk.terms import AuditAction

_FAR_OFF = timedelta(minutes=2)
"""From how far apart the two clocks are worth a word."""
_AT_ONCE = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class Stamped:
    """A stamp that was asked for and kept."""

    row: HeadStamp
    stamp: Stamp
    notes: tuple[Message, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class StampLooked:
    """A kept stamp, compared with the chain as it is now."""

    row: HeadStamp
    stands: bool
    """Is the chain at that entry what was stamped, and the token of that entry?"""
    signature: Signature
    problem: Message | None
    """What is wrong with the token itself."""

    @property
    def ok(self) -> bool:
        """Is nothing wrong with it, as far as it was checked?"""
        return self.stands and self.signature is not Signature.NOT_TRUSTED


@dataclass(frozen=True, slots=True, kw_only=True)
class CopyLooked:
    """A copy of a stamp that was kept outside, compared with the chain as it is now."""

    seq: int | None
    """The entry that was stamped; None when no entry of this chain is."""
    stamp: Stamp

    @property
    def ok(self) -> bool:
        """Is nothing wrong with it, as far as it was checked?"""
        return self.seq is not None and self.stamp.signature is not Signature.NOT_TRUSTED


class Stamping:
    """Where time stamps are asked for and checked."""

    def __init__(self, office: Office) -> None:
        """Work with the shared tools."""
        self._office = office

    def stamp(self, url: str, *, roots: bytes | None = None, seconds: float = SECONDS) -> Stamped:
        """Have the newest head stamped and keep the answer. Touches the network.

        Args:
            url: Of the authority.
            roots: Certificates that are trusted, PEM; None checks no signature.
            seconds: How long it may take.

        Raises:
            RefusedError: Nothing is recorded yet; no address; no stamp, refused, of another head,
                or not signed under the roots. Nothing is kept.
            StoreError: Nobody answers there.
        """
        url = check_address(url)
        with self._office.reading() as reading:
            head = Head(*reading.head())
        if not head.seq:
            raise RefusedError(
                say("Nothing is recorded yet, so there is nothing to stamp."),
                say("Log an incident first."),
            )
        request = request_for(head)
        answer = ask_authority(url, request.as_bytes(), seconds=seconds)
        stamp = read_stamp(answer, head, nonce=request.nonce, roots=roots)
        _check(stamp)
        with self._office.writing() as writing:
            row = writing.add(
                HeadStamp(
                    id="",
                    head_seq=head.seq,
                    head=head.digest,
                    url=url,
                    stamped_at=stamp.at,
                    signer=stamp.signer,
                    token=answer,
                ),
                AuditAction.HEAD_STAMP,
            )
        return Stamped(row=row, stamp=stamp, notes=tuple(_clocks_apart(self._office, stamp)))

    def check(self, *, roots: bytes | None = None) -> tuple[StampLooked, ...]:
        """Compare every kept stamp with the chain, oldest first.

        Raises:
            RefusedError: The roots are no certificates.
        """
        if roots is not None:
            read_roots(roots)
        with self._office.reading() as reading:
            rows = reading.rows(HeadStamp)
            now = {row.head_seq: reading.digest_at(row.head_seq) for row in rows}
        return tuple(_looked(row, now[row.head_seq], roots) for row in rows)

    def check_copy(self, token: bytes, *, roots: bytes | None = None) -> CopyLooked:
        """Compare a stamp that was kept outside the desk with the chain.

        Args:
            token: The authority's answer, DER, as it was kept.
            roots: Certificates that are trusted, PEM; None checks no signature.

        Raises:
            RefusedError: It is no stamp, or the roots are no certificates.
        """
        with self._office.reading() as reading:
            head = _found(reading, token)
        stamp = read_stamp(token, head or Head(0, ""), roots=roots)
        return CopyLooked(seq=head.seq if head else None, stamp=stamp)


def _found(reading: Reading, token: bytes) -> Head | None:
    """Return the entry of the chain that a stamp is of; every entry is looked at."""
    wanted = imprint_of(token)
    for seq, digest in reading.heads():
        head = Head(seq, digest)
        if wanted in imprints_of(head):
            return head
    return None


def stamped_heads(office: Office) -> tuple[Head, ...]:
    """Return every head that an authority has stamped, once; the tokens are not read."""
    rows = walk(office.store, HeadStamp, "head_seq", "head", at_once=_AT_ONCE)
    heads = (
        Head(row.head_seq, row.head)
        for row in rows
        if isinstance(row.head_seq, int) and isinstance(row.head, str)
    )
    return tuple(dict.fromkeys(heads))


def _check(stamp: Stamp) -> None:
    if not stamp.is_of_head:
        raise RefusedError(
            say("The authority stamped something else than this desk's head."),
            say("Nothing was recorded; ask another authority."),
        )
    if stamp.signature is Signature.NOT_TRUSTED:
        raise RefusedError(
            say(
                "The stamp of “{signer}” is not signed under the roots given.", signer=stamp.signer
            ),
            say("Nothing was recorded; check the file of --roots."),
        )


def _clocks_apart(office: Office, stamp: Stamp) -> tuple[Message, ...]:
    apart = abs(office.now() - stamp.at)
    if apart <= _FAR_OFF:
        return ()
    return (
        say(
            "The authority's clock and this machine's differ by {span}: check the machine's clock.",
            span=apart,
        ),
    )


def _looked(row: HeadStamp, now: str | None, roots: bytes | None) -> StampLooked:
    head = Head(row.head_seq, row.head)
    try:
        stamp = read_stamp(row.token, head, roots=roots)
    except BreachdeskError as error:
        return StampLooked(
            row=row, stands=False, signature=Signature.NOT_TRUSTED, problem=error.what
        )
    if (row.stamped_at, row.signer) != (stamp.at, stamp.signer):
        otherwise = say(
            "The stamp itself says {moment} and “{signer}”: what the desk says of it was changed.",
            moment=stamp.at,
            signer=stamp.signer or "–",
        )
        return StampLooked(row=row, stands=False, signature=stamp.signature, problem=otherwise)
    stands = stamp.is_of_head and now == row.head
    return StampLooked(row=row, stands=stands, signature=stamp.signature, problem=None)

"""Time stamps of the chain's head: ask an authority for one, and check those that are kept."""

from pathlib import Path
from typing import TYPE_CHECKING

from breachdesk.cli.errand import Errand
from breachdesk.cli.output import refuse_existing, write_whole
from breachdesk.cli.plain import iso
from breachdesk.errors import RefusedError
from breachdesk.message import Message, Value, say

if TYPE_CHECKING:
    from breachdesk.audit.stamp import Signature
    from breachdesk.desk.stamping import Stamped, StampLooked

_DER = b"\x30"
"""How every stamp begins, and no text does that is an anchor."""
LARGEST = 1024 * 1024
"""Bytes of the largest copy of a stamp that is read."""
_MOST_BYTES = 4 * 1024 * 1024
"""Largest file of trusted certificates that is read."""


def read_file_of_roots(roots: str | None) -> bytes | None:
    """Return the trusted certificates, PEM, if a file of them was given.

    Raises:
        RefusedError: It cannot be read.
    """
    if roots is None:
        return None
    path = Path(roots).expanduser()
    try:
        with path.open("rb") as file:
            return file.read(_MOST_BYTES)
    except (OSError, ValueError) as error:
        why = getattr(error, "strerror", None) or str(error)
        raise RefusedError(
            say("{path} cannot be read: {why}.", path=str(path), why=why), say("Check the path.")
        ) from error


def stamp(
    errand: Errand, url: str, *, roots: str | None, out: str | None, force: bool = False
) -> int:
    """Have the head stamped, keep the stamp, and give a copy of it to a file."""
    trusted = read_file_of_roots(roots)
    path = None if out is None else Path(out).expanduser()
    if path is not None:
        refuse_existing(path, force=force)
    done = errand.acting().stamping.stamp(url, roots=trusted)
    if path is not None:
        write_whole(path, done.row.token)
    for note in done.notes:
        errand.note(note)
    if errand.wants_json:
        errand.give(_plain(done, path))
    else:
        _tell(errand, done, path)
    return 0


def _plain(done: "Stamped", path: Path | None) -> dict[str, object]:
    return {
        "id": done.row.id,
        "seq": done.row.head_seq,
        "head": done.row.head,
        "at": iso(done.row.stamped_at),
        "url": done.row.url,
        "signer": done.row.signer or None,
        "signature": done.stamp.signature.value,
        "path": None if path is None else str(path.resolve()),
    }


def _tell(errand: Errand, done: "Stamped", path: Path | None) -> None:
    errand.write(done.row.id)
    errand.tell(
        say(
            "Entry {seq} stamped {moment} by “{signer}”.",
            seq=done.row.head_seq,
            moment=done.row.stamped_at,
            signer=done.row.signer or "–",
        )
    )
    errand.tell(_said(done.stamp.signature))
    if path is not None:
        errand.tell(say("The stamp lies in {path} too.", path=str(path)))
    errand.note(
        say(
            "Keep a copy of the stamp outside the desk (--out FILE): whoever rewrites the desk "
            "could take the one in it away. “breachdesk anchor --stamps” checks those kept."
        )
    )


def _said(signature: "Signature") -> Message:
    return {
        "trusted": say("Its signature stands under the roots given."),
        "not_trusted": say("Its signature does NOT stand under the roots given."),
        "not_checked": say(
            "Who signed it was not checked: --roots FILE names the certificates you trust."
        ),
    }[signature.value]


def check_stamps(errand: Errand, *, roots: str | None) -> int:
    """Check the stamps that are kept against the chain."""
    looked = errand.desk.stamping.check(roots=read_file_of_roots(roots))
    is_fine = all(one.ok for one in looked)
    if errand.wants_json:
        errand.give({"ok": is_fine, "stamps": [_plain_looked(errand, one) for one in looked]})
        return int(not is_fine)
    if not looked:
        errand.note(
            say("No stamp is kept yet. “breachdesk anchor --rfc3161 URL” asks for one."),
        )
    for one in looked:
        _tell_looked(errand, one)
    return int(not is_fine)


def _plain_looked(errand: Errand, one: "StampLooked") -> dict[str, object]:
    return {
        "id": one.row.id,
        "seq": one.row.head_seq,
        "head": one.row.head,
        "at": iso(one.row.stamped_at),
        "url": one.row.url,
        "signer": one.row.signer or None,
        "stands": one.stands,
        "signature": one.signature.value,
        "problem": None if one.problem is None else errand.speaker.say(one.problem),
    }


def _tell_looked(errand: Errand, one: "StampLooked") -> None:
    values: dict[str, Value] = {
        "seq": one.row.head_seq,
        "moment": one.row.stamped_at,
        "signer": one.row.signer or "–",
    }
    if one.problem is not None:
        errand.tell(one.problem)
    if one.stands:
        errand.tell(say("Entry {seq} stands as stamped {moment} by “{signer}”.", **values))
    else:
        errand.tell(
            say("The chain does NOT stand on entry {seq}, stamped {moment} by “{signer}”.",
                **values)
        )  # fmt: skip
    if one.problem is None:
        errand.tell(_said(one.signature))


def is_stamp(text: str) -> Path | None:
    """Return the file of an ``@FILE`` that holds a stamp and no text; else None."""
    if not text.startswith("@") or text.startswith("@@"):
        return None
    path = Path(text[1:]).expanduser()
    try:
        with path.open("rb") as file:
            return path if file.read(1) == _DER else None
    except (OSError, ValueError):
        return None


def check_copy(errand: Errand, path: Path, *, roots: str | None) -> int:
    """Check a copy of a stamp that was kept outside the desk."""
    trusted = read_file_of_roots(roots)
    with path.open("rb") as file:
        found = errand.desk.stamping.check_copy(file.read(LARGEST + 1), roots=trusted)
    if errand.wants_json:
        errand.give(
            {
                "ok": found.ok,
                "seq": found.seq,
                "at": iso(found.stamp.at),
                "signer": found.stamp.signer or None,
                "stands": found.seq is not None,
                "signature": found.stamp.signature.value,
            }
        )
        return int(not found.ok)
    values: dict[str, Value] = {"moment": found.stamp.at, "signer": found.stamp.signer or "–"}
    if found.seq is None:
        errand.tell(
            say("NO entry of this desk's chain is what was stamped {moment} by “{signer}”: it is "
                "another desk's stamp, or the chain was rewritten.", **values)
        )  # fmt: skip
    else:
        errand.tell(
            say("Entry {seq} stands as stamped {moment} by “{signer}”.", seq=found.seq, **values)
        )
    errand.tell(_said(found.stamp.signature))
    return int(not found.ok)

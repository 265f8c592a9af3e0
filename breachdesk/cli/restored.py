"""What is said of a backup that lacks something: newer entries that were known, or evidence."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from breachdesk.cli.plain import iso
from breachdesk.message import Message, say

if TYPE_CHECKING:
    from breachdesk.records import Backup


def left_behind(row: "Backup") -> Iterator[Message]:
    """Yield what the keyring knew and the backup does not hold, when the desk is brought back."""
    if row.known_seq is None:
        return
    if row.known_seq == row.head_seq + 1:
        yield say(
            "Your keyring knew this desk up to entry {known}, and this backup ends at entry {end}: "
            "the one that is missing is most likely the one that says that the backup was made.",
            known=row.known_seq,
            end=row.head_seq,
        )
    elif row.known_seq > row.head_seq:
        yield say(
            "Your keyring knew this desk up to entry {known}, and this backup ends at entry {end}: "
            "what was recorded after the backup is not in it.",
            known=row.known_seq,
            end=row.head_seq,
        )
    else:
        yield say(
            "Your keyring knew another entry {known} of this desk than this backup holds: what was "
            "recorded after the two parted is not in it.",
            known=row.known_seq,
        )
    yield say("The desk keeps that in its chain, and “breachdesk verify” says it again.")


def left_behind_later(row: "Backup", who: str) -> Message:
    """Return the same as the chain tells it ever after."""
    return say(
        "Entry {seq}: {who} brought the desk back from the backup of {moment}, which ends at entry "
        "{end}. The keyring then knew entry {known} ({head}), which is not in it.",
        seq=row.seq,
        who=who or row.recorded_by,
        moment=row.made_at,
        end=row.head_seq,
        known=row.known_seq,
        head=(row.known_head or "")[:16],
    )


def plain_left_behind(row: "Backup | None") -> dict[str, object] | None:
    """Return the same as JSON values; None when nothing was left behind."""
    if row is None or row.known_seq is None:
        return None
    return {
        "seq": row.seq,
        "backup": row.place,
        "made_at": iso(row.made_at),
        "head": row.head,
        "head_seq": row.head_seq,
        "known_head": row.known_head,
        "known_head_seq": row.known_seq,
    }


def not_whole(absent: tuple[str, ...], broken: tuple[str, ...]) -> Iterator[Message]:
    """Yield which evidence a backup does not hold, or holds broken."""
    if absent:
        yield say("Not in it, for the files are gone: {evidence}.", evidence=", ".join(absent))
    if broken:
        yield say(
            "Broken in it, for the sealed files are not as they were sealed: {evidence}. An older "
            "backup may hold them whole.",
            evidence=", ".join(broken),
        )

"""Compare what was kept outside the desk with its chain: anchors, and digests on papers."""

from typing import TYPE_CHECKING

from breachdesk.cli.checking import plain_report, tell_finding
from breachdesk.cli.errand import Errand
from breachdesk.cli.plain import iso
from breachdesk.cli.progress import progress
from breachdesk.message import say

if TYPE_CHECKING:
    from breachdesk.audit import Report
    from breachdesk.desk.trust import Compared


def compare(errand: Errand, text: str) -> int:
    """Compare every anchor or digest in a text; 1 when one does not stand or anything is wrong."""
    from breachdesk.audit import read_written

    written = read_written(text)
    desk = errand.desk
    with progress(errand, say("Verifying …")) as told:
        report, compared = desk.trust.compare(written, on_progress=told)
    is_ok = report.ok and all(one.ok for one in compared)
    if errand.wants_json:
        plain = [_plain(one) for one in compared]
        errand.give({**plain_report(report), "ok": is_ok, "anchor": plain[0], "anchors": plain})
        return int(not is_ok)
    for one in compared:
        _tell(errand, one, report)
    for finding in report.findings:
        if finding.seq or finding.kind.value != "rewritten":  # that one is told of above
            tell_finding(errand, finding)
    if len(compared) == 1 and _may_be_miscopied(text, compared[0], report):
        errand.tell(say("Or the line was copied wrongly: compare it once more."))
    if report.ok:
        errand.tell(say("{count} entries, nothing wrong.", count=report.entries))
    return int(not is_ok)


def _plain(one: "Compared") -> dict[str, object]:
    written = one.written
    return {
        "seq": one.seq if written.seq is None else written.seq,
        "head": written.digest,
        "at": None if written.at is None else iso(written.at),
        "stands": one.stands,
        "time_fits": not (one.is_ahead or one.is_before),
        "found": one.seq,
        "recorded_at": None if one.recorded_at is None else iso(one.recorded_at),
    }


def _tell(errand: Errand, one: "Compared", report: "Report") -> None:
    written, seq = one.written, one.seq
    later = report.head.seq - (seq or 0)
    if seq is None and (written.at is None or written.seq is None):
        errand.tell(
            say(
                "{digest} is not in this chain: it was rewritten, or the digest is another "
                "desk's or was copied wrongly.",
                digest=written.digest,
            )
        )
    elif not one.stands and written.at is not None:
        errand.tell(
            say(
                "The chain no longer stands on entry {seq}, written down {moment}.",
                seq=written.seq or 0,
                moment=written.at,
            )
        )
    elif not one.stands:
        told = say("{digest} is that of entry {seq}, not of entry {other}.", digest=written.digest,
                   seq=seq or 0, other=written.seq or 0)  # fmt: skip
        errand.tell(told)
    elif written.at is not None:
        errand.tell(
            say(
                "Entry {seq} is the one that was written down {moment}; {count} came after it.",
                seq=seq or 0,
                moment=written.at,
                count=later,
            )
        )
    else:
        errand.tell(
            say(
                "The digest is that of entry {seq}, recorded {moment}; {count} came after it.",
                seq=seq or 0,
                moment=one.recorded_at,
                count=later,
            )
        )
    _tell_time(errand, one)


def _tell_time(errand: Errand, one: "Compared") -> None:
    if one.is_before:
        errand.tell(
            say(
                "The time does not fit: the entry was recorded only {moment}.",
                moment=one.recorded_at,
            )
        )
    if one.is_ahead:
        errand.tell(say("The time does not fit: it is ahead of this machine's clock."))


def _may_be_miscopied(text: str, one: "Compared", report: "Report") -> bool:
    from breachdesk.audit import Anchor, Head, may_be_miscopied

    written = one.written
    if written.at is None or written.seq is None:
        return False
    return may_be_miscopied(text, Anchor(Head(written.seq, written.digest), written.at), report)

"""Fix the chain's head outside the desk, and compare one later."""

import io
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from breachdesk.cli.checking import plain_report, tell_finding
from breachdesk.cli.command import Counter
from breachdesk.cli.errand import Errand
from breachdesk.cli.inputs import text_of
from breachdesk.cli.options import Force, argument, flag, option
from breachdesk.cli.output import refuse_existing, write_whole
from breachdesk.cli.plain import iso
from breachdesk.errors import RefusedError
from breachdesk.message import say

if TYPE_CHECKING:
    from breachdesk.audit import Anchor

_DOTS = 8
"""Pixels of a dot of the QR code in a picture."""


def register(desk: Counter) -> None:
    """Add the command."""
    desk.command(
        "anchor",
        say(
            "Print where the audit chain ends, to be kept outside the desk; or compare one that "
            "was. Exits with 1 if the chain no longer stands on it."
        ),
        "breachdesk anchor",
        "breachdesk anchor --words",
        "breachdesk anchor --check @anchor.txt",
    )(anchor)


def anchor(
    errand: Errand,
    ref: Annotated[str | None, argument("REF", say("Only this case's part of the chain."))] = None,
    *,
    words: Annotated[
        bool, flag("--words", say("As words to read out or write down, and as a QR code."))
    ] = False,
    png: Annotated[
        str | None, option("--png", "FILE", say("Write the QR code to this picture."))
    ] = None,
    check: Annotated[
        str | None,
        option("--check", "TEXT", say("Compare this line or these words; - or @FILE too.")),
    ] = None,
    force: Force = False,
) -> int:
    """Print or compare an anchor."""
    if check is not None:
        if words or png or ref:
            raise RefusedError(say("--check goes alone."), say("Leave the other options out."))
        return _check(errand, text_of(errand, check, "--check"))
    path = None if png is None else Path(png).expanduser()
    if path is not None:
        refuse_existing(path, force=force)
    now = errand.desk.trust.anchor(ref)
    if path is not None:
        write_whole(path, _picture(now))
    _tell(errand, now, as_words=words)
    return 0


def _tell(errand: Errand, now: "Anchor", *, as_words: bool) -> None:
    if errand.wants_json:
        errand.give(
            {
                "seq": now.head.seq,
                "head": now.head.digest,
                "at": iso(now.at),
                "line": now.line(),
                "words": now.words(),
            }
        )
        return
    errand.write(now.words() if as_words else now.line())
    if as_words:
        errand.write()
        errand.write(_drawn(now))
    errand.note(
        say(
            "Keep it where nobody who can write to this desk can write: on paper, in a mail to "
            "somebody else. “breachdesk anchor --check” compares it later."
        )
    )


def _check(errand: Errand, text: str) -> int:
    from breachdesk.audit import read_anchor

    kept = read_anchor(text)
    report = errand.desk.trust.check_anchor(kept)
    stands = not any(one.subject == kept.head.digest for one in report.findings)
    if errand.wants_json:
        errand.give(
            {
                **plain_report(report),
                "anchor": {
                    "seq": kept.head.seq,
                    "head": kept.head.digest,
                    "at": iso(kept.at),
                    "stands": stands,
                },
            }
        )
        return int(not report.ok)
    if stands:
        errand.tell(
            say(
                "Entry {seq} is the one that was written down {moment}; {count} came after it.",
                seq=kept.head.seq,
                moment=kept.at,
                count=report.head.seq - kept.head.seq,
            )
        )
    else:
        errand.tell(
            say(
                "The chain no longer stands on entry {seq}, written down {moment}.",
                seq=kept.head.seq,
                moment=kept.at,
            )
        )
    for finding in report.findings:
        tell_finding(errand, finding)
    if report.ok:
        errand.tell(say("{count} entries, nothing wrong.", count=report.entries))
    return int(not report.ok)


def _drawn(now: "Anchor") -> str:
    import segno

    drawn = io.StringIO()
    segno.make(now.line(), micro=False).terminal(out=drawn, compact=True, border=2)
    return drawn.getvalue().rstrip("\n")


def _picture(now: "Anchor") -> bytes:
    import segno

    drawn = io.BytesIO()
    segno.make(now.line(), micro=False).save(drawn, kind="png", scale=_DOTS)
    return drawn.getvalue()

"""Fix the chain's head outside the desk, and compare one later."""

import io
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from breachdesk.cli.command import Counter
from breachdesk.cli.comparing import compare
from breachdesk.cli.errand import Errand
from breachdesk.cli.inputs import text_of
from breachdesk.cli.options import Force, argument, flag, option
from breachdesk.cli.output import refuse_existing, write_whole
from breachdesk.cli.plain import iso
from breachdesk.cli.stamping import check_copy, check_stamps, is_stamp, stamp
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
        "breachdesk anchor --check @manifest.json",
        "breachdesk anchor --rfc3161 https://tsa.example/tsr --roots root.pem --out stamp.tsr",
        "breachdesk anchor --stamps --roots root.pem",
    )(anchor)


def anchor(  # noqa: PLR0913 - each is an option of one verb
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
        option(
            "--check",
            "TEXT",
            say("Compare this line, these words or this digest; - or @FILE too."),
        ),
    ] = None,
    rfc3161: Annotated[
        str | None,
        option("--rfc3161", "URL", say("Have it stamped with the time there, over the network.")),
    ] = None,
    stamps: Annotated[
        bool, flag("--stamps", say("Check the time stamps that are kept against the chain."))
    ] = False,
    roots: Annotated[
        str | None,
        option("--roots", "FILE", say("Certificates you trust to sign time stamps, as PEM.")),
    ] = None,
    out: Annotated[
        str | None, option("--out", "FILE", say("Write a copy of the time stamp to this file."))
    ] = None,
    force: Force = False,
) -> int:
    """Print, stamp or compare an anchor."""
    asks = rfc3161 is not None
    _check_options(
        acts=(check is not None, bool(words or png or ref), stamps, asks),
        roots=roots is not None,
        out=out is not None,
    )
    if rfc3161 is not None:
        return stamp(errand, rfc3161, roots=roots, out=out, force=force)
    if stamps:
        return check_stamps(errand, roots=roots)
    if check is not None:
        copy = is_stamp(check)
        if copy is not None:
            return check_copy(errand, copy, roots=roots)
        return compare(errand, text_of(errand, check, "--check"))
    path = None if png is None else Path(png).expanduser()
    if path is not None:
        refuse_existing(path, force=force)
    now = errand.desk.trust.anchor(ref)
    if path is not None:
        write_whole(path, _picture(now))
    _tell(errand, now, as_words=words)
    return 0


def _check_options(*, acts: tuple[bool, bool, bool, bool], roots: bool, out: bool) -> None:
    """Refuse options that do not go together; the acts are check, print, stamps and ask."""
    check, _, stamps, asks = acts
    if check and sum(acts) > 1:
        raise RefusedError(say("--check goes alone."), say("Leave the other options out."))
    if sum(acts) > 1:
        raise RefusedError(
            say("Only one of --words, --png, REF, --stamps and --rfc3161 at a time."),
            say("Leave the others out."),
        )
    if (roots and not (check or stamps or asks)) or (out and not asks):
        raise RefusedError(
            say("--roots and --out go with a time stamp."),
            say("Add --rfc3161 URL or --stamps, or leave them out."),
        )


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
    if as_words:
        errand.write(_drawn(now))
        errand.write()
    errand.flow(now.words() if as_words else now.line(), indent="")
    errand.note(
        say(
            "Keep it where nobody who can write to this desk can write: on paper, in a mail to "
            "somebody else. “breachdesk anchor --check” compares it later."
        )
    )


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

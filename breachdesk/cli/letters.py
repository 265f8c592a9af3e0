"""Letters to many people from a list, and what became of them."""

import sys
import time
from pathlib import Path
from typing import Annotated

from breachdesk.cli.command import Counter
from breachdesk.cli.errand import Errand
from breachdesk.cli.inputs import no_such_choice, one_of, whole
from breachdesk.cli.options import Force, GroupOption, Ref, flag, maybe_group, option
from breachdesk.cli.output import refuse_existing, write_whole
from breachdesk.cli.told_letters import read_back, tell_made
from breachdesk.errors import RefusedError
from breachdesk.message import say
from breachdesk.terms import DocumentKind, Lang

_EVERY = 0.1
"""Seconds between two looks of the progress line."""

Recipients = Annotated[
    str | None,
    option("--recipients", "FILE.csv", say("The list: names, addresses, languages. Never kept.")),
]
Folder = Annotated[
    str | None, option("--out", "DIR", say("A file for each person goes to this folder."))
]
Merged = Annotated[
    str | None, option("--merged", "FILE", say("One file for paper, each letter on a new sheet."))
]
Sample = Annotated[
    str | None,
    option("--sample", "N", say("Only N letters, to be looked at first; nothing is kept.")),
]
KindOption = Annotated[
    str,
    option(
        "--kind",
        "communication|guardian-letter",
        say("Which letter: to the person, or to a child's guardian."),
        lambda: ["communication", "guardian-letter"],
    ),
]
Skipped = Annotated[
    str | None,
    option("--skipped", "FILE", say("Rows kept back go here, with line and reason, to be mended.")),
]
OneSided = Annotated[
    bool, flag("--one-sided", say("No blank page after a letter with an odd number of pages."))
]
ResultsFile = Annotated[
    str | None,
    option(
        "--results",
        "FILE.csv",
        say(
            "What became of the letters, under the headings “row” and “status”: the row's line in "
            "the list of recipients (its headings are line 1), and “delivered” or “returned”."
        ),
    ),
]


def register(desk: Counter) -> None:
    """Add the command."""
    desk.command(
        "letters",
        say(
            "Make the issued letter for each person of a list. The list is never kept, "
            "only its digest and how many rows it had."
        ),
        "breachdesk letters 7 --recipients people.csv --merged sample.pdf --sample 3",
        "breachdesk letters 7 --recipients people.csv --merged print.pdf --out letters",
        "breachdesk letters 7 --results delivered.csv",
    )(letters)


def letters(  # noqa: PLR0913 - one for each option
    errand: Errand,
    ref: Ref,
    *,
    recipients: Recipients = None,
    out: Folder = None,
    merged: Merged = None,
    kind: KindOption = DocumentKind.COMMUNICATION.value,
    sample: Sample = None,
    skipped: Skipped = None,
    results: ResultsFile = None,
    one_sided: OneSided = False,
    group: GroupOption = None,
    force: Force = False,
) -> None:
    """Make letters, or read back what became of them."""
    if (recipients is None) == (results is None):
        raise RefusedError(
            say("Say --recipients FILE to make letters, or --results FILE to read results back.")
        )
    if results is not None:
        read_back(errand, ref, results)
        return
    from breachdesk.desk.letter_lists import list_to_mend, read_list
    from breachdesk.desk.letters import KINDS, Order

    asked = errand.asked_lang
    wanted = one_of(DocumentKind, kind, name="--kind")
    if wanted not in KINDS:
        raise no_such_choice(kind, (one.value for one in KINDS), name="--kind")
    order = Order(
        content=read_list(Path(recipients or "")),
        kind=wanted,
        group=maybe_group(group),
        lang=Lang(asked) if asked else None,
        folder=None if out is None else Path(out),
        print_file=None if merged is None else Path(merged),
        sample=None if sample is None else whole(sample, name="--sample"),
        is_one_sided=one_sided,
        may_replace=force,
    )
    to_fix = _to_fix(order.folder, order.print_file, skipped)
    if to_fix is not None:
        refuse_existing(to_fix, force=force or skipped is None)
    progress = _Progress(errand)
    speaks = Lang(errand.lang)
    made = errand.acting().letters.make(ref, order, on_letter=progress, speaks=speaks)
    progress.end()
    if to_fix is not None and made.problems:
        write_whole(to_fix, list_to_mend(made.problems, errand.speaker))
    tell_made(errand, made, order.print_file, order.folder, to_fix)


def _to_fix(folder: Path | None, print_file: Path | None, skipped: str | None) -> Path | None:
    """Return where the list of rows to mend goes: as said, else beside the letters."""
    from breachdesk.desk.letter_lists import place_to_mend

    return place_to_mend(folder, print_file) if skipped is None else Path(skipped)


class _Progress:
    """A line on the terminal that says how far it is; silent elsewhere."""

    def __init__(self, errand: Errand) -> None:
        self.errand = errand
        self.is_shown = sys.stderr.isatty()
        self.next_look = 0.0

    def __call__(self, done: int, of: int) -> None:
        if not self.is_shown or (time.monotonic() < self.next_look and done < of):
            return
        self.next_look = time.monotonic() + _EVERY
        said = self.errand.speaker.say(say("{done} of {all} letters", done=done, all=of))
        filled = 30 * done // of
        sys.stderr.write(f"\r{'█' * filled}{'░' * (30 - filled)} {said} ")
        sys.stderr.flush()

    def end(self) -> None:
        if self.is_shown and self.next_look:
            sys.stderr.write("\n")

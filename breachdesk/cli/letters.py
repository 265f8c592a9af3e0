"""Letters to many people from a list, and what became of them."""

import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from breachdesk.cli.command import Counter
from breachdesk.cli.errand import Errand
from breachdesk.cli.inputs import no_such_choice, one_of, whole
from breachdesk.cli.options import Force, GroupOption, Ref, flag, maybe_group, option
from breachdesk.cli.output import refuse_existing, write_whole
from breachdesk.cli.plain import plain_case
from breachdesk.cli.reports import gaps
from breachdesk.errors import RefusedError
from breachdesk.message import Message, say
from breachdesk.terms import DocumentKind, Lang

if TYPE_CHECKING:
    from breachdesk.desk.letters import Made, Told
    from breachdesk.exchange.recipients import Problem

_SHOWN = 12
"""Problems said on the terminal; the list to fix has them all."""
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
    option("--results", "FILE.csv", say("What became of the letters: row and result.")),
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
        _read_back(errand, ref, results)
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
    made = errand.acting().letters.make(ref, order, on_letter=progress)
    progress.end()
    if to_fix is not None and made.problems:
        write_whole(to_fix, list_to_mend(made.problems, errand.speaker))
    _tell(errand, made, order.print_file, order.folder, to_fix)


def _to_fix(folder: Path | None, print_file: Path | None, skipped: str | None) -> Path | None:
    """Return where the list of rows to mend goes: as said, else beside the letters."""
    from breachdesk.desk.letter_lists import place_to_mend

    return place_to_mend(folder, print_file) if skipped is None else Path(skipped)


def _reason(errand: Errand, problem: "Problem") -> str:
    from breachdesk.desk.letter_lists import reason_words

    return reason_words(problem, errand.speaker)


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


def _tell(
    errand: Errand, made: "Made", print_file: Path | None, folder: Path | None, to_fix: Path | None
) -> None:
    if errand.wants_json:
        errand.give(_plain(errand, made, print_file, folder, to_fix))
        return
    errand.write(made.case.ref)
    for message in _said(made, print_file, folder):
        errand.tell(message)
    if made.missing:
        errand.note(say("In this paper {gaps}.", gaps=gaps(made.missing)))
    for problem in made.problems[:_SHOWN]:
        reason = _reason(errand, problem)
        errand.note(say("Row {row}: {reason}.", row=problem.row, reason=reason))
    if made.problems and to_fix is not None:
        errand.note(
            say("All {count} are in {path}.", count=len(made.problems), path=str(to_fix))
            if len(made.problems) != 1
            else say("It is in {path}.", path=str(to_fix))
        )


def _said(made: "Made", print_file: Path | None, folder: Path | None) -> list[Message]:
    said = [
        say("{count} letters are made.", count=made.letters)
        if made.letters != 1
        else say("One letter is made.")
    ]
    if print_file is not None and made.pages:
        said.append(say("{path}: {pages} pages.", path=str(print_file), pages=made.pages))
    if folder is not None and made.letters:
        said.append(say("{folder}: a file for each person.", folder=str(folder)))
    if print_file is not None and made.by_email_only:
        count = made.by_email_only
        said.append(say("Without a postal address, as single files only: {count}.", count=count))
    if made.in_bokmaal:
        said.append(say("Asked for nynorsk and got bokmål: {count}.", count=made.in_bokmaal))
    if made.unused:
        said.append(say("Columns not used: {columns}.", columns=", ".join(made.unused)))
    if made.problems:
        said.append(
            say("Rows kept back and not printed: {count} of {rows}.",
                count=len(made.problems), rows=made.rows)
        )  # fmt: skip
    if made.mailing is None and made.letters:
        said.append(say("These are samples: look at them, then make all letters without --sample."))
    elif made.mailing is not None:
        said.append(say("Next: once they are sent, record it with “sent”; that stops the clock."))
    return said


def _plain(
    errand: Errand, made: "Made", print_file: Path | None, folder: Path | None, to_fix: Path | None
) -> dict[str, object]:
    return {
        "ref": made.case.ref,
        "letters": made.letters,
        "skipped": [
            {"row": one.row, "line": one.line, "problem": _reason(errand, one)}
            for one in made.problems
        ],
        "rows": made.rows,
        "sha256": made.sha256,
        "documents": dict(made.documents),
        "languages": made.mailing.languages if made.mailing else None,
        "mailing": made.mailing.id if made.mailing else None,
        "print_file": str(print_file) if print_file and made.pages else None,
        "pages": made.pages,
        "folder": str(folder) if folder and made.letters else None,
        "by_email_only": made.by_email_only,
        "missing": made.missing,
        "skipped_file": str(to_fix) if to_fix and made.problems else None,
    }


def _read_back(errand: Errand, ref: str, results: str) -> None:
    from breachdesk.desk.letter_lists import read_list

    told = errand.acting().letters.results(ref, read_list(Path(results)))
    if errand.wants_json:
        errand.give({**plain_case(told.case, errand.speaker), **_plain_results(errand, told)})
        return
    errand.write(told.case.ref)
    errand.tell(
        say(
            "Arrived: {delivered}. Came back: {returned}. Not told about yet: {open}.",
            delivered=told.delivered,
            returned=len(told.returned),
            open=told.open,
        )
    )
    for message in _untold(told):
        errand.tell(message)
    for problem in told.results.problems[:_SHOWN]:
        reason = _reason(errand, problem)
        errand.note(say("Row {row}: {reason}.", row=problem.row, reason=reason))


def _untold(told: "Told") -> list[Message]:
    """Return which rows of the list have not been told: who came back, and who got no letter."""
    from breachdesk.exchange.recipients.ranges import to_ranges

    said = []
    if told.untold:
        rows = to_ranges(told.untold)
        said.append(
            say("These people have not been told yet, rows of the list: {rows}.", rows=rows)
        )
    if told.kept_back:
        kept = to_ranges(told.kept_back)
        said.append(
            say(
                "Of these, kept back when the letters were made, so without one: {rows}.", rows=kept
            )
        )
    return said


def _plain_results(errand: Errand, told: "Told") -> dict[str, object]:
    return {
        "delivered": told.delivered,
        "returned": sorted(told.returned),
        "open": told.open,
        "kept_back": sorted(told.kept_back),
        "sha256": told.results.sha256,
        "skipped": [
            {"row": one.row, "line": one.line, "problem": _reason(errand, one)}
            for one in told.results.problems
        ],
    }

"""Letters to many, told on a terminal: what was made, what to look at, what became of them."""

from pathlib import Path
from typing import TYPE_CHECKING

from breachdesk.cli.errand import Errand
from breachdesk.cli.plain import plain_case
from breachdesk.cli.reports import gaps
from breachdesk.message import Message, say
from breachdesk.terms import Outcome

if TYPE_CHECKING:
    from breachdesk.desk.letters import Made, Told
    from breachdesk.exchange.recipients import Problem

_SHOWN = 12
"""Problems said on the terminal; the list to fix has them all."""


def _reason(errand: Errand, problem: "Problem") -> str:
    from breachdesk.desk.letter_lists import reason_words

    return reason_words(problem, errand.speaker)


def tell_made(
    errand: Errand, made: "Made", print_file: Path | None, folder: Path | None, to_fix: Path | None
) -> None:
    """Say what came of making letters."""
    if errand.wants_json:
        errand.give(_plain(errand, made, print_file, folder, to_fix))
        return
    errand.write(made.case.ref)
    for message in _said(made, print_file, folder):
        errand.tell(message)
    for warning in _warnings(errand, made):
        errand.note(say("Look at this: {warning}", warning=warning))
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


def _warnings(errand: Errand, made: "Made") -> list[str]:
    """Return what to look at: the decision these letters rest on, then the letter itself."""
    case, said = made.case, []
    if made.letters and made.decided is None:
        said.append(
            say(
                "Nobody has decided to tell these people, and letters to them are made. Record it: "
                "breachdesk decide {ref} inform_subjects --outcome yes --because …",
                ref=case.ref,
            )
        )
    elif made.letters and made.decided is Outcome.NOT_YET:
        said.append(say("The decision in force is not to tell these people yet."))
    return [*(errand.speaker.say(one) for one in said), *made.warnings]


def _said(made: "Made", print_file: Path | None, folder: Path | None) -> list[Message]:
    said = [
        say("{count} letters are made.", count=made.letters)
        if made.letters != 1
        else say("One letter is made.")
    ]
    if made.issued:
        ids = ", ".join(made.issued)
        said.append(
            say("No letter was issued before, so this command issued it: {ids}.", ids=ids)
            if len(made.issued) == 1
            else say("In these languages no letter was issued before, so this command issued "
                     "them: {ids}.", ids=ids)
        )  # fmt: skip
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
        "issued": list(made.issued),
        "warnings": _warnings(errand, made),
        "languages": made.mailing.languages if made.mailing else None,
        "mailing": made.mailing.id if made.mailing else None,
        "print_file": str(print_file) if print_file and made.pages else None,
        "pages": made.pages,
        "folder": str(folder) if folder and made.letters else None,
        "by_email_only": made.by_email_only,
        "missing": made.missing,
        "skipped_file": str(to_fix) if to_fix and made.problems else None,
    }


def read_back(errand: Errand, ref: str, results: str) -> None:
    """Read back what became of the letters, and say who has not been told."""
    from breachdesk.desk.letter_lists import read_list

    told = errand.acting().letters.results(ref, read_list(Path(results)))
    if errand.wants_json:
        errand.give({**plain_case(told.case, errand.speaker), **_plain_results(errand, told)})
        return
    errand.write(told.case.ref)
    errand.tell(
        say(
            "Arrived: {delivered}. Came back: {returned}. No result yet: {open}.",
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
            say(
                "Not told, as far as is known, are the people in these rows of the list: {rows}.",
                rows=rows,
            )
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

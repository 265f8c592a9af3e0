"""The notification on the EDPB's common template: its payload, and what is wrong in it."""

from typing import TYPE_CHECKING, Annotated

from breachdesk.cli.command import Counter
from breachdesk.cli.errand import Errand
from breachdesk.cli.inputs import one_of
from breachdesk.cli.options import PhaseOption, Ref, flag
from breachdesk.message import say
from breachdesk.terms import Phase

if TYPE_CHECKING:
    from breachdesk.desk.template import FilledIn
    from breachdesk.rules.edpb import Problem


def register(desk: Counter) -> None:
    """Add the commands."""
    desk.command(
        "edpb",
        say(
            "Give the notification on the EDPB's common template as JSON. "
            "--check lists what is wrong or missing in it, and exits with 1 if anything is."
        ),
        "breachdesk edpb 7",
        "breachdesk edpb 7 --check",
        "breachdesk edpb 7 --phase final --check --json",
    )(edpb)


def edpb(
    errand: Errand,
    ref: Ref,
    *,
    check: Annotated[
        bool, flag("--check", say("List what is wrong or missing, and where to answer it."))
    ] = False,
    phase: PhaseOption = None,
) -> int:
    """Give the payload, or what is wrong in it."""
    found = errand.desk.template.fill(
        ref,
        lang=errand.paper_lang,
        phase=None if phase is None else one_of(Phase, phase, name="--phase"),
    )
    problems = found.filled.problems
    if errand.wants_json or not check:
        errand.give(_plain(errand, found))
        if not check and problems:
            errand.note(say("{count} problems; --check lists them.", count=len(problems)))
    else:
        _tell(errand, found)
    return int(check and bool(problems))


def _plain(errand: Errand, found: "FilledIn") -> dict[str, object]:
    from breachdesk.desk.template import plain_payload

    problems = [_plain_problem(errand, found, one) for one in found.filled.problems]
    unconfirmed = [_plain_unconfirmed(errand, found, one) for one in found.filled.unconfirmed]
    return {**plain_payload(found), "problems": problems, "unconfirmed": unconfirmed}


def _plain_problem(errand: Errand, found: "FilledIn", problem: "Problem") -> dict[str, object]:
    from breachdesk.exchange.edpb import where

    field = found.template.field(problem.field)
    question, command = where(found.case, field)
    return {
        "field": problem.field,
        "title": errand.speaker.of(field.title),
        "problem": errand.speaker.say(problem.what),
        "question": question,
        "where": errand.speaker.say(command),
    }


def _plain_unconfirmed(errand: Errand, found: "FilledIn", number: int) -> dict[str, object]:
    from breachdesk.exchange.edpb import unconfirmed

    field = found.template.field(number)
    question, command = unconfirmed(found.case, field) or (None, None)
    return {
        "field": number,
        "title": errand.speaker.of(field.title),
        "question": question,
        "where": errand.speaker.say(command) if command else None,
    }


def _tell(errand: Errand, found: "FilledIn") -> None:
    """Print the problems under the headings of the template."""
    from breachdesk.rules.edpb import COMPLETE, INCOMPLETE, WITHDRAWN

    filled = found.filled
    count = len(filled.payload)
    kind = {
        COMPLETE: say("{count} fields filled in; the notification is complete.", count=count)
        if filled.is_complete
        else say("{count} fields filled in; it should be complete, but is not.", count=count),
        INCOMPLETE: say(
            "{count} fields filled in; the notification is incomplete, more follows.", count=count
        ),
        WITHDRAWN: say("{count} fields filled in; the notification is withdrawn.", count=count),
    }[str(filled.payload[4])]
    errand.tell(kind)
    wrong = {one.field: one for one in filled.problems}
    for section in found.template.sections:
        fields = [one for one in found.template.fields if one.section == section.id]
        if not any(one.number in wrong for one in fields):
            continue
        errand.write()
        errand.write(f"{section.number}  {errand.speaker.of(section.title)}")
        for one in fields:
            if one.number in wrong:
                _tell_problem(errand, found, wrong[one.number])
    if not wrong:
        errand.tell(say("Nothing is wrong in it."))
    if filled.unconfirmed:
        _tell_unconfirmed(errand, found)


def _tell_unconfirmed(errand: Errand, found: "FilledIn") -> None:
    """Print the fields that only the profile speaks for, and how they are confirmed."""
    errand.write()
    errand.tell(say("From the organisation's profile, not confirmed for this case:"))
    for number in found.filled.unconfirmed:
        title = found.template.field(number).title
        said = say("{field}  {title}", field=number, title=title)
        errand.flow(errand.speaker.say(said), indent="  ", hang=5)
    errand.flow(
        errand.speaker.say(
            say("Are they right? breachdesk answer {ref} facts --confirm all", ref=found.case.ref)
        ),
        indent="       ",
    )


def _tell_problem(errand: Errand, found: "FilledIn", problem: "Problem") -> None:
    from breachdesk.exchange.edpb import where

    field = found.template.field(problem.field)
    line = say("{field}  {title} – {problem}", field=problem.field, title=field.title,
               problem=problem.what)  # fmt: skip
    errand.flow(errand.speaker.say(line), indent="  ", hang=5)
    errand.write(f"       {errand.speaker.say(where(found.case, field)[1])}")

"""Look at the cases: the register, one case, what is due, the clocks and their working."""

from dataclasses import replace
from typing import TYPE_CHECKING, Annotated

from breachdesk.cli.command import Counter
from breachdesk.cli.errand import Errand
from breachdesk.cli.inputs import maybe_past, maybe_text, no_such_choice, span, whole
from breachdesk.cli.options import Ref, flag, option
from breachdesk.cli.plain import iso, plain_case, plain_clocks
from breachdesk.cli.reports import note_no_profile, note_warnings
from breachdesk.cli.retaining import note_erasable, plain_line_keeping
from breachdesk.cli.telling import give_content
from breachdesk.cli.told import tell_case, tell_clocks, tell_due, tell_list
from breachdesk.errors import RefusedError
from breachdesk.message import say
from breachdesk.terms import ClockState, Lang, Owed

if TYPE_CHECKING:
    from datetime import datetime

    from breachdesk.casefile import CaseFile
    from breachdesk.register import DueLine, RegisterLine

_PRESSING = (ClockState.DUE_SOON, ClockState.OVERDUE)


def register(desk: Counter) -> None:
    """Add the commands."""
    desk.command(
        "list",
        say("List the cases, what presses most first."),
        "breachdesk list --open",
        say("breachdesk list --search payroll --json"),
    )(list_cases)
    desk.command(
        "show",
        say("Show one case: facts, what is unknown, clocks, advice, decisions, papers, timeline."),
        "breachdesk show 7",
        say('breachdesk show BD-2026-007 --at "yesterday 12:00" --json'),
    )(show)
    desk.command(
        "due",
        say(
            "List what is due, soonest first: running duties, other laws' and agreed clocks, "
            "what was promised, and tasks."
        ),
        "breachdesk due --within 24h --exit-code",
        "breachdesk due --format ics > deadlines.ics",
    )(due)
    desk.command(
        "clock",
        say("Show every clock of a case and how it was worked out."),
        "breachdesk clock 7",
    )(clock)


def list_cases(
    errand: Errand,
    *,
    open_: Annotated[bool, flag("--open", say("Leave closed cases out."))] = False,
    due_within: Annotated[
        str | None, option("--due-within", "SPAN", say("Only what falls due within, such as 24h."))
    ] = None,
    search: Annotated[
        str | None,
        option("--search", "TEXT", say("Words that stand in the case, anywhere.")),
    ] = None,
    year: Annotated[str | None, option("--year", "YEAR", say("Only cases of one year."))] = None,
    erasable: Annotated[
        bool, flag("--erasable", say("Only closed cases that our own rule lets go by now."))
    ] = False,
    limit: Annotated[str | None, option("--limit", "N", say("At most so many."))] = None,
    after: Annotated[
        str | None, option("--after", "REF", say("Go on after this case; for the next page."))
    ] = None,
) -> None:
    """List the cases."""
    from breachdesk.register import RegisterFilter

    which = RegisterFilter(
        open_only=open_,
        due_within=None if due_within is None else span(due_within),
        search=maybe_text(errand, search, "--search"),
        year=None if year is None else whole(year, name="--year"),
        limit=None if limit is None else whole(limit, name="--limit"),
        erasable_only=erasable,
    )
    if after is not None:
        which = replace(which, after=errand.desk.intake.resolve(after, writing=False))
    lines = errand.desk.register.rows(which)
    if errand.wants_json:
        errand.give([_plain_line(one) for one in lines])
    else:
        tell_list(errand, lines, is_filtered=which != RegisterFilter())


def _plain_line(line: "RegisterLine") -> dict[str, object]:
    return {
        "ref": line.ref,
        "title": line.title,
        "role": line.role.value,
        "status": line.status.value,
        "drill": line.is_drill,
        "became_aware_at": iso(line.became_aware_at),
        "deadline": iso(line.deadline),
        "worst_case_deadline": iso(line.worst_case_deadline),
        "state": line.state.value,
        "risk": line.risk.value if line.risk else None,
        "duties": [duty.value for duty in line.duties],
        "next_step": line.next_step,
        "tasks_open": line.tasks_open,
        "task_due": iso(line.task_due),
        **plain_line_keeping(line),
    }


def show(
    errand: Errand,
    ref: Ref,
    at: Annotated[
        str | None, option("--at", "WHEN", say("As the desk knew it at that moment."))
    ] = None,
) -> None:
    """Show one case."""
    case = errand.desk.intake.open(ref, at=maybe_past(errand, at))
    if errand.wants_json:
        errand.give(plain_case(case, errand.speaker))
    else:
        tell_case(errand, case)
        _tell_beyond(errand, case)
        note_no_profile(errand, case)
        note_warnings(errand, case)


def _tell_beyond(errand: Errand, case: "CaseFile") -> None:
    """Say what no erasure reached: nobody else keeps that list."""
    if not case.is_erased:
        return
    errand.tell(say("Out of reach, and still there:"))
    for one in errand.desk.erasing.out_of_reach(case.ref):
        errand.flow(errand.speaker.say(one), indent="  ", hang=2)


def clock(errand: Errand, ref: Ref) -> None:
    """Show the clocks of one case."""
    case = errand.desk.intake.open(ref)
    if errand.wants_json:
        errand.give(plain_clocks(case, errand.speaker))
    else:
        tell_clocks(errand, case)


def due(
    errand: Errand,
    *,
    within: Annotated[
        str | None, option("--within", "SPAN", say("Only what falls due within, such as 24h."))
    ] = None,
    exit_code: Annotated[
        bool, flag("--exit-code", say("Exit with 1 if anything is due soon or late."))
    ] = False,
    format_: Annotated[
        str | None,
        option(
            "--format",
            "ics",
            say("Give them to a calendar, with alarms and nothing of the case in the titles."),
            lambda: ["ics"],
        ),
    ] = None,
) -> int:
    """List what is due."""
    reach = None if within is None else span(within)
    lines = errand.desk.register.due(reach)
    if format_ is not None:
        if format_.strip().lower() != "ics":
            raise no_such_choice(format_, ("ics",), name="--format")
        if errand.wants_json:
            raise RefusedError(
                say("--json and --format {format} exclude each other.", format="ics"),
                say("Choose one."),
            )
        ics = errand.desk.register.calendar(lang=Lang(errand.lang), within=reach)
        give_content(errand, None, ics)
    elif errand.wants_json:
        errand.give([_plain_due(errand, one) for one in lines])
    else:
        tell_due(errand, lines)
        note_erasable(errand)
    return int(exit_code and any(_presses(one, errand.now()) for one in lines))


def _plain_due(errand: Errand, line: "DueLine") -> dict[str, object]:
    return {
        "ref": line.ref,
        "kind": line.kind.value,
        "duty": line.duty,
        "what": errand.speaker.say(line.what),
        "deadline": iso(line.deadline),
        "worst_case_deadline": iso(line.worst_case_deadline),
        "remaining_seconds": (
            None if line.remaining is None else int(line.remaining.total_seconds())
        ),
        "elapsed_seconds": None if line.elapsed is None else int(line.elapsed.total_seconds()),
        "state": line.state.value,
        "to": errand.speaker.of(line.to) if line.to else None,
        "owner": errand.speaker.of(line.owner) if line.owner else None,
        "applies": (Owed.YES if line.is_certain else Owed.UNDETERMINED).value,
    }


def _presses(line: "DueLine", now: "datetime") -> bool:
    """Is it due soon, late, or not started with its worst case passed?"""
    if line.state == ClockState.NOT_STARTED:
        return line.worst_case_deadline is not None and line.worst_case_deadline < now
    return line.state in _PRESSING

"""Cases and lists as text on a terminal: plain lines, no colour, every state a word."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from breachdesk.cli.errand import Errand
from breachdesk.cli.plain import nature_words
from breachdesk.cli.reports import clock_line, length
from breachdesk.cli.tables import write_entries
from breachdesk.cli.told_advice import tell_advice
from breachdesk.cli.told_clocks import other_line, running_others, tell_other_clocks
from breachdesk.cli.told_groups import tell_groups
from breachdesk.cli.told_tasks import tell_tasks
from breachdesk.language import clean
from breachdesk.message import Message, say
from breachdesk.terms import ClockState, Matter, NoteKind, Status

if TYPE_CHECKING:
    from breachdesk.casefile import CaseFile
    from breachdesk.records import Decision
    from breachdesk.register import DueLine, RegisterLine
    from breachdesk.rules.clock import ClockReading, WorkingStep

_LATE, _SOON, _FINE = "!", "*", " "
_UNKNOWN_SHOWN = 12
_SAID_KINDS = (NoteKind.INFORMATION.value, NoteKind.ACTION.value)
"""Kinds of line whose own words do not say what they are."""


def tell_list(errand: Errand, lines: "Sequence[RegisterLine]", *, is_filtered: bool) -> None:
    """Print the register, or what to do when it is empty."""
    if not lines:
        empty = say("No cases yet. Log one with “breachdesk new TITLE”, or try “breachdesk demo”.")
        errand.note(say("No case fits.") if is_filtered else empty)
        return
    speaker = errand.speaker
    head = (say("Case"), say("What happened"), say("Clock"), say("Risk"), say("Duties"))
    rows = [
        [
            _sign(line.state),
            line.ref,
            clean(line.title),
            speaker.say(_when(line, errand)),
            speaker.word(line.risk) if line.risk else "–",
            ", ".join(speaker.word(duty) for duty in line.duties) or _status(errand, line),
        ]
        for line in lines
    ]
    write_entries(errand, rows, first=3, heading=["", *(speaker.say(one) for one in head)])


def _status(errand: Errand, line: "RegisterLine") -> str:
    """Return what stands where no duty does: closed, erased, open tasks, or nothing."""
    if line.next_step == "erased":
        return errand.speaker.say(say("erased"))
    if line.status == Status.CLOSED:
        return errand.speaker.word(line.status)
    if not line.tasks_open:
        return "–"
    left = say("tasks: {count}", count=line.tasks_open)
    return errand.speaker.say(say("{tasks}, late", tasks=left) if line.is_task_late else left)


def _sign(state: ClockState) -> str:
    return {ClockState.OVERDUE: _LATE, ClockState.DUE_SOON: _SOON}.get(state, _FINE)


def _when(line: "RegisterLine", errand: Errand) -> Message:
    if (
        line.state in (ClockState.RUNNING, ClockState.DUE_SOON, ClockState.OVERDUE)
        and line.deadline
    ):
        left = errand.speaker.left(line.deadline - errand.now())
        return say("{state}, {left}", state=line.state, left=left)
    if line.state == ClockState.NOT_STARTED and line.worst_case_deadline:
        return say("{state}, at worst {moment}", state=line.state, moment=line.worst_case_deadline)
    return say("{state}", state=line.state)


def tell_due(errand: Errand, lines: "Sequence[DueLine]") -> None:
    """Print what is due."""
    if not lines:
        errand.note(say("Nothing is due."))
        return
    speaker, rows = errand.speaker, []
    for line in lines:
        who = line.to or line.owner
        rows.append([_sign(line.state), line.ref, speaker.say(_due_when(errand, line)),
                     speaker.word(line.kind), speaker.say(line.what),
                     speaker.of(who) if who else "–", clean(line.title)])  # fmt: skip
    write_entries(errand, rows, first=3)


def _due_when(errand: Errand, line: "DueLine") -> Message:
    """Return by when; that it is not sure to apply comes first."""
    if not line.is_certain:
        return say("may apply: {when}", when=_due_moment(errand, line))
    return _due_moment(errand, line)


def _due_moment(errand: Errand, line: "DueLine") -> Message:
    speaker = errand.speaker
    if line.deadline and line.remaining is not None:
        left, moment = speaker.left(line.remaining), speaker.brief(line.deadline)
        return say("{left}, {moment}", left=left, moment=moment)
    if line.worst_case_deadline:
        moment = speaker.brief(line.worst_case_deadline)
        return say("not started, at worst {moment}", moment=moment)
    if line.elapsed is not None:
        return say("without undue delay; running for {span}", span=length(line.elapsed))
    return say("without undue delay")


def tell_clocks(errand: Errand, case: "CaseFile") -> None:
    """Print each clock with its working and warnings."""
    errand.show(_named(case))
    for clock in case.clocks:
        errand.write()
        errand.tell(clock_line(clock))
        for number, step in enumerate(_working(clock), start=1):
            errand.flow(f"{number}. {errand.speaker.say(step.text)}", indent="  ", hang=3)
        for warning in clock.warnings:
            errand.flow(f"! {errand.speaker.say(warning)}", indent="  ", hang=2)
    tell_other_clocks(errand, case)


def _named(case: "CaseFile") -> str:
    """Return reference and title; of an erased case, which has no other title, the reference."""
    title = clean(case.facts.title)
    return case.ref if title == case.ref else f"{case.ref}  {title}"


def _working(clock: "ClockReading") -> "Sequence[WorkingStep]":
    """Return how it was worked out; of a duty not owed only that, for nothing is counted."""
    if clock.state != ClockState.NOT_OWED:
        return clock.working
    return [step for step in clock.working if not step.value or step.value == clock.state]


def tell_case(errand: Errand, case: "CaseFile") -> None:
    """Print one case."""
    from breachdesk.casefile.kept_until import kept_until

    facts, speaker = case.facts, errand.speaker
    errand.show(_named(case))
    about = [speaker.word(facts.role), nature_words(case, speaker), speaker.word(facts.status)]
    if case.incident.is_drill:
        about.append(speaker.say(say("drill")))
    errand.write(" · ".join(one for one in about if one))
    if facts.summary:
        errand.show(facts.summary)
    for clock in case.clocks:
        errand.tell(clock_line(clock))
    for other in running_others(case):
        errand.tell(other_line(other))
    kept = kept_until(case)
    if kept is not None:
        errand.tell(kept)
    errand.tell(say("Next: {step}", step=case.next_step.text))
    _tell_facts(errand, case)
    _tell_unknown(errand, case)
    tell_advice(errand, case)
    tell_groups(errand, case)
    _tell_decisions(errand, case)
    _tell_papers(errand, case)
    tell_tasks(errand, case)
    _heading(errand, say("Timeline"))
    _tell_lines(errand, case)


def tell_timeline(errand: Errand, case: "CaseFile") -> None:
    """Print what happened, in its order."""
    errand.show(_named(case))
    _tell_lines(errand, case)


def _tell_lines(errand: Errand, case: "CaseFile") -> None:
    speaker = errand.speaker
    for line in case.timeline:
        kind = f"{speaker.term('TimelineKind', line.kind)}: " if line.kind in _SAID_KINDS else ""
        text = f"{speaker.moment(line.occurred_at)}  {kind}{speaker.say(line.text)}"
        errand.flow(text, indent="  ", hang=4)


def _heading(errand: Errand, heading: Message) -> None:
    errand.write()
    errand.tell(heading)


def _tell_facts(errand: Errand, case: "CaseFile") -> None:
    """Print what was answered, in the order of the forms; every fact once."""
    from breachdesk.exchange.facts import answer_text, value_text

    questions = {one.id: one for form in case.forms.values() for one in form.questions}
    known = [one for one in questions.values() if case.value(one.id) is not None]
    if known:
        _heading(errand, say("Facts"))
    for one in known:
        text = answer_text(case, one.id, errand.speaker) or value_text(
            one, case.value(one.id), errand.speaker
        )
        errand.flow(f"{errand.speaker.of(one.text)} {clean(text)}", indent="  ", hang=4)


def _tell_unknown(errand: Errand, case: "CaseFile") -> None:
    if not case.unknown:
        return
    _heading(errand, say("Missing ({count})", count=len(case.unknown)))
    for one in case.unknown[:_UNKNOWN_SHOWN]:
        kind = errand.speaker.term("UnknownKind", one.kind)
        line = f"{one.question.id}: {errand.speaker.of(one.question.text)} ({kind})"
        if one.group:
            line += f" – {clean(one.group)}"
        if one.owner:
            line += f" – {clean(one.owner)}"
        if one.due:
            line += f", {errand.speaker.moment(one.due)}"
        errand.flow(line, indent="  ", hang=4)
    rest = len(case.unknown) - _UNKNOWN_SHOWN
    if rest > 0:
        errand.tell(say("  and {count} more; --json lists all", count=rest))


def _tell_decisions(errand: Errand, case: "CaseFile") -> None:
    if case.decisions:
        _heading(errand, say("Decisions"))
    for one in case.decisions:
        said = say(
            "{matter}: {outcome}, {who}, {moment}. {because}",
            matter=_matter(case, one),
            outcome=one.outcome,
            who=case.name_of(one.recorded_by),
            moment=one.recorded_at,
            because=one.rationale,
        )
        errand.flow(errand.speaker.say(said), indent="  ", hang=4)


def _matter(case: "CaseFile", one: "Decision") -> "Matter | Message":
    group = case.group_name(one.group_id)
    return say("{matter}, group “{group}”", matter=one.matter, group=group) if group else one.matter


def _tell_papers(errand: Errand, case: "CaseFile") -> None:
    if case.documents or case.dispatches:
        _heading(errand, say("Papers and sendings"))
    for one in case.documents:
        said = say("{id}  {title}, {moment}", id=one.id, title=one.title, moment=one.recorded_at)
        errand.flow(errand.speaker.say(said), indent="  ", hang=4)
    for sending in case.dispatches:
        if sending.corrects:
            said = say("{id}  takes back {other}", id=sending.id, other=sending.corrects)
        elif case.was_shortened(sending):
            said = say(
                "{id}  {duty}: sent {moment}; to whom and how is erased",
                id=sending.id,
                duty=sending.duty,
                moment=sending.sent_at,
            )
        else:
            said = say(
                "{id}  {duty}: sent to {to} by {channel}, {moment}",
                id=sending.id,
                duty=sending.duty,
                to=sending.to,
                channel=sending.channel,
                moment=sending.sent_at,
            )
        errand.flow(errand.speaker.say(said), indent="  ", hang=4)
        for file in (one for one in case.attachments if one.dispatch_id == sending.id):
            kept = say("{id}  {name}, {size} bytes", id=file.id, name=file.name, size=file.size)
            errand.flow(errand.speaker.say(kept), indent="      ", hang=4)

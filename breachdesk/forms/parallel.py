"""Reads the duties to tell under other laws, and sees that what they ask about exists."""

from collections.abc import Iterator, Mapping

from breachdesk.forms.findings import Findings
from breachdesk.forms.layers import Layered
from breachdesk.forms.tables import Table
from breachdesk.message import Message, say
from breachdesk.rules.questionnaire import Condition, Question
from breachdesk.rules.regime import Limit, ParallelDuty, Regime, ReportStep

_KEYS = ("id", "title", "to", "note", "in_force", "applies_if", "reviewed_on", "cites", "steps")
_EVENTS = ("aware", "detected", "previous")


def read_parallel(layered: Layered, findings: Findings) -> tuple[ParallelDuty, ...]:
    """Return the parallel duties of a regime's file, in its order."""
    duties = []
    for table in layered.items.get("parallel", ()):
        with findings.catching():
            duties.append(_duty(table))
    return tuple(duties)


def _duty(table: Table) -> ParallelDuty:
    table.expect(*_KEYS)
    conditions = tuple(_condition(table, one) for one in table.tables("applies_if"))
    steps = tuple(_step(table.at(one, _place(table))) for one in table.tables("steps"))
    if not conditions or not steps:
        raise table.wrong(say("it needs “applies_if” and “steps”."))
    return ParallelDuty(
        id=table.text("id"),
        title=table.words("title"),
        to=table.words("to"),
        applies_if=conditions,
        steps=steps,
        note=table.maybe_words("note"),
        is_law=table.flag("in_force", default=True),
        reviewed_on=table.day("reviewed_on"),
        cites=table.cites(),
    )


def _place(table: Table) -> Message:
    return say("parallel “{id}”", id=table.text("id"))


def _condition(table: Table, values: Mapping[str, object]) -> Condition:
    return table.at({"when": values}, _place(table)).condition("when")


def _step(table: Table) -> ReportStep:
    table.expect("id", "words", "limits", "told_at", "only_if")
    return ReportStep(
        id=table.text("id"),
        words=table.words("words"),
        limits=tuple(_limit(table, one) for one in table.tables("limits")),
        told_at=table.text("told_at"),
        only_if=table.condition("only_if"),
    )


def _limit(step: Table, values: Mapping[str, object]) -> Limit:
    table = step.at(values, say("step “{id}”", id=step.text("id")))
    table.expect("from", "hours", "months")
    hours = table.whole("hours") if "hours" in table.values else None
    months = table.whole("months") if "months" in table.values else None
    if (hours is None) == (months is None):
        raise table.wrong(say("give hours or months, and not both."))
    return Limit(start=table.text("from"), hours=hours, months=months)


def check_parallel(
    layered: Layered, regime: Regime, questions: Mapping[str, Question], findings: Findings
) -> None:
    """Report a parallel duty that speaks of a question or an answer that does not exist."""
    for duty in regime.parallel:
        for name, wanted in _spoken_of(duty):
            question = questions.get(name)
            allowed = {one.id for one in question.options} if question else set()
            if question is None or (allowed and not set(wanted) <= allowed):
                findings.add(
                    layered.head.wrong(
                        say("“{item}” speaks of “{what}”, which does not exist.", item=duty.id,
                            what=name)
                    )
                )  # fmt: skip


def _spoken_of(duty: ParallelDuty) -> Iterator[tuple[str, tuple[str, ...]]]:
    for condition in (*duty.applies_if, *(step.only_if for step in duty.steps)):
        yield from condition.items()
    for step in duty.steps:
        yield step.told_at, ()
        yield from ((one.start, ()) for one in step.limits if one.start not in _EVENTS)

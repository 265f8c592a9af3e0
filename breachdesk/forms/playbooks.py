"""Reads the playbooks: who does what, in which kind of incident, by when, and why."""

from collections.abc import Iterator, Mapping

from breachdesk.forms.findings import Findings
from breachdesk.forms.layers import Layered
from breachdesk.forms.references import check_condition, check_sources
from breachdesk.forms.tables import Table
from breachdesk.message import say
from breachdesk.rules.playbook import Playbook, Step
from breachdesk.rules.questionnaire import Condition, Question
from breachdesk.terms import QuestionKind, Words

MOST_HOURS = 24 * 366
"""A step that is due later than a year after awareness is a slip of the pen."""


def read_playbooks(
    layered: Layered,
    questions: Mapping[str, Question],
    sources: Mapping[str, object],
    findings: Findings,
) -> tuple[Playbook, ...]:
    """Return the playbooks in the form's order, each with its steps by the hour they are due.

    Args:
        layered: The form's files.
        questions: Every question of the regime, by id; conditions name them.
        sources: Every source that may be cited.
        findings: Where problems go.
    """
    check_sources(layered, sources, findings)
    owners = dict(_owners(layered, findings))
    books = {one.text("id") for one in layered.items.get("playbook", ())}
    placed: dict[str, list[Step]] = {book: [] for book in books}
    for table in layered.items.get("step", ()):
        with findings.catching():
            step = _read_step(table, owners, questions)
            for book in _books_of(table, books):
                placed[book].append(step)
    return tuple(_read_playbooks(layered, placed, questions, findings))


def _owners(layered: Layered, findings: Findings) -> Iterator[tuple[str, Words]]:
    for table in layered.items.get("owner", ()):
        with findings.catching():
            table.expect("id", "words", "cites")
            yield table.text("id"), table.words("words")


def _read_step(
    table: Table, owners: Mapping[str, Words], questions: Mapping[str, Question]
) -> Step:
    table.expect("id", "playbooks", "hours", "owner", "only_if", "text", "why", "cites")
    owner, hours = table.text("owner"), table.whole("hours")
    if owner not in owners:
        raise table.wrong(say("there is no owner “{id}”.", id=owner))
    if not 1 <= hours <= MOST_HOURS:
        raise table.wrong(say("“hours” must be from 1 to {most}.", most=MOST_HOURS))
    only_if = table.condition("only_if")
    check_condition(table, only_if, questions)
    return Step(
        id=table.text("id"),
        text=table.words("text"),
        why=table.words("why"),
        owner=owners[owner],
        hours=hours,
        only_if=only_if,
        cites=table.cites(),
    )


def _books_of(table: Table, books: set[str]) -> tuple[str, ...]:
    listed = table.texts("playbooks")
    if not listed:
        raise table.wrong(say("“{key}” is missing.", key="playbooks"))
    for book in listed:
        if book not in books:
            raise table.wrong(say("there is no playbook “{id}”.", id=book))
    return listed


def _read_playbooks(
    layered: Layered,
    placed: Mapping[str, list[Step]],
    questions: Mapping[str, Question],
    findings: Findings,
) -> Iterator[Playbook]:
    for table in layered.items.get("playbook", ()):
        with findings.catching():
            table.expect("id", "title", "about", "fits", "answers", "shortly", "cites")
            steps = placed[table.text("id")]
            if not steps:
                raise table.wrong(say("no step names this playbook."))
            yield Playbook(
                id=table.text("id"),
                title=table.words("title"),
                about=table.words("about"),
                fits=tuple(_fits(table, questions)),
                steps=tuple(sorted(steps, key=lambda step: step.hours)),
                cites=table.cites(),
                answers=_answers(table, questions),
                shortly=_shortly(table, questions),
            )


def _answers(table: Table, questions: Mapping[str, Question]) -> Condition:
    answers = table.condition("answers")
    check_condition(table, answers, questions)
    for name, options in answers.items():
        if len(options) > 1 and questions[name].kind is not QuestionKind.MANY:
            raise table.wrong(say("“{question}” takes one answer.", question=name))
    return answers


def _shortly(table: Table, questions: Mapping[str, Question]) -> tuple[str, ...]:
    for name in table.texts("shortly"):
        if name not in questions:
            raise table.wrong(say("there is no question “{id}”.", id=name))
    return table.texts("shortly")


def _fits(table: Table, questions: Mapping[str, Question]) -> Iterator[Condition]:
    for one in table.tables("fits"):
        inner = table.at({"fits": one}, table.place or say("fits"))
        condition = inner.condition("fits")
        check_condition(table, condition, questions)
        yield condition

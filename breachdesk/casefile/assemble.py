"""Put a case together from its rows, the rules it keeps, and the moment it is read at."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from breachdesk.casefile.case import CaseFile, Unknown
from breachdesk.casefile.clocks import first_sign, read_clocks, untold_controllers
from breachdesk.casefile.derived import derived_of, is_outside
from breachdesk.casefile.erased import as_erased
from breachdesk.casefile.given import given_answers, in_force, without_known
from breachdesk.casefile.groups import (
    CaseGroup,
    is_urgent,
    read_groups,
    settled,
    told_parts,
    told_together,
)
from breachdesk.casefile.kept import gone_warning, newest_kept
from breachdesk.casefile.next_step import LETTERS, Standing, last_outcomes, next_step
from breachdesk.casefile.others import read_other_clocks
from breachdesk.casefile.promised import still_promised
from breachdesk.casefile.rows import CaseRows, CaseRules
from breachdesk.casefile.timeline import derive
from breachdesk.casefile.todo import todos
from breachdesk.casefile.unknown import find_unknown
from breachdesk.casefile.warnings import warnings_of
from breachdesk.casefile.withdrawal import owes_withdrawal
from breachdesk.records import Task
from breachdesk.rules.advice import Assessed
from breachdesk.rules.assessment import assess
from breachdesk.rules.clock import ClockReading
from breachdesk.rules.questionnaire import Answers, Condition, Question, pending
from breachdesk.terms import Matter, Outcome, Role

__all__ = ["CaseRows", "CaseRules", "assemble"]


def assemble(rows: CaseRows, rules: CaseRules, *, now: datetime) -> CaseFile:
    """Return the case as it stands at `now` (aware): advice and clocks come from the answers."""
    facts = rows.snapshots[-1]
    answers = without_known(in_force(rows.answers), facts, rules.forms.values())
    given = given_answers(answers, facts, rules.forms.values())
    outcomes = last_outcomes(rows.decisions)
    found = read_groups(rows.groups, given)
    current = _assessed(rules, given, facts.role, outcomes.get(Matter.IS_BREACH), found)
    told = told_parts(found, rows.decisions, rows.dispatches, given)
    clocks = read_clocks(rows, rules.regime, given, now, told_together(told))
    groups = settled(found, current, told)
    kept, gone = newest_kept(rows, [one.id for one in groups])
    derived = _derived(rows, rules, given, clocks[0])
    unknown = find_unknown(answers, given, rules.forms, current, derived, groups)
    promised = still_promised(rows, tuple(rules.forms.values()), given, derived)
    tasks = tuple({task.task: task for task in rows.tasks}.values())
    others = read_other_clocks(rows, rules.regime, given, now)
    standing = replace(
        _standing(rows, clocks, outcomes, current, unknown, promised, tasks, now),
        told=tuple(sorted(told, key=lambda one: not is_urgent(one, groups))),
        waiting=untold_controllers(rows, given),
        owes_withdrawal=owes_withdrawal(rows.dispatches, rows.decisions),
    )
    case = CaseFile(
        **rows.as_kept(),
        facts=facts,
        answers=answers,
        given=given,
        derived=derived,
        answer_log=rows.answers,
        tasks=tasks,
        regime=rules.regime,
        forms=rules.forms,
        sources=rules.sources,
        read_at=now,
        clocks=clocks,
        other_clocks=others,
        current=current,
        kept=kept,
        unknown=unknown,
        timeline=derive(rows),
        next_step=next_step(standing),
        promised=standing.promised,
        owes_withdrawal=standing.owes_withdrawal,
        warnings=(
            *warnings_of(rows, rules.regime, _waiting(rules, given, derived), given, groups),
            *gone_warning(gone),
        ),
        first_sign_at=first_sign(facts, given),
        group_log=rows.groups,
        groups=groups,
        told=told,
    )
    return as_erased(case, rows.erasure) if rows.erasure else case


def _standing(
    rows: CaseRows,
    clocks: tuple[ClockReading, ...],
    outcomes: Mapping[Matter, Outcome],
    current: Assessed,
    unknown: tuple[Unknown, ...],
    promised: frozenset[str],
    tasks: tuple[Task, ...],
    now: datetime,
) -> Standing:
    facts = rows.snapshots[-1]
    return Standing(
        facts=facts,
        clocks={clock.duty: clock for clock in clocks},
        decided=outcomes,
        current=current,
        is_assessed=bool(rows.assessments),
        unknown=unknown,
        promised=promised,
        todos=todos(tasks, became_aware_at=facts.became_aware_at, now=now),
        issued=frozenset(one.kind for one in rows.documents),
        has_profile=rows.profile is not None,
        lettered=frozenset(one.group_id for one in rows.documents if one.kind in LETTERS),
    )


def _waiting(rules: CaseRules, given: Answers, derived: Condition) -> tuple[Question, ...]:
    found = {one.id: one for form in rules.forms.values() for one in pending(form, given, derived)}
    return tuple(found.values())


def _derived(rows: CaseRows, rules: CaseRules, given: Answers, clock: ClockReading) -> Condition:
    return derived_of(
        given,
        role=rows.snapshots[-1].role,
        clock=clock,
        dispatches=rows.dispatches,
        decisions=rows.decisions,
        outside_eea=is_outside(rows.profile, rules.regime),
    )


def _assessed(
    rules: CaseRules,
    given: Answers,
    role: Role,
    decided: Outcome | None,
    groups: Sequence[CaseGroup],
) -> Assessed:
    """Return the advice on the answers as they stand."""
    is_breach = {Outcome.YES: True, Outcome.NO: False}.get(decided) if decided else None
    return assess(
        rules.forms["risk"],
        rules.pack,
        given,
        role=role,
        is_breach=is_breach,
        groups=[one.for_rules for one in groups],
    )

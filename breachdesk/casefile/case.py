"""One incident with everything known about it: the one value that screens, papers and exports read.

Built from the rows up to a sequence number, with the rules that apply and the moment it is read at.
It writes nothing; what changes a case is a verb of the desk.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import takewhile

from breachdesk.casefile.controllers import Controller, addressee, controllers_concerned
from breachdesk.casefile.groups import CaseGroup, Told, furthest
from breachdesk.casefile.rows import AsKept
from breachdesk.casefile.todo import Todo, todos
from breachdesk.message import Message
from breachdesk.records import (
    Answer,
    Decision,
    Document,
    Hold,
    IncidentFacts,
    PeopleGroup,
    Task,
)
from breachdesk.rules.advice import Advice, Assessed, GroupAssessed
from breachdesk.rules.beside import OtherClock
from breachdesk.rules.clock import ClockReading
from breachdesk.rules.questionnaire import AnswerValue, Condition, Question, Questionnaire
from breachdesk.rules.regime import Regime
from breachdesk.rules.retention import Retention, read_retention
from breachdesk.terms import Duty, Fidelity, Matter, Role, Status, Words


@dataclass(frozen=True, kw_only=True)
class TimelineEntry:
    """One line of the derived timeline."""

    id: str
    """Id of the row it comes from."""
    occurred_at: datetime
    """When it happened, in UTC."""
    fidelity: Fidelity
    recorded_at: datetime
    """When the desk learned of it, in UTC."""
    kind: str
    """``occurred first_sign aware logged information decision action assessed issued sent unsent
    letters delivery evidence handed_out viewed corrected closed reopened``."""
    text: Message
    """A sentence; case text stands in its places."""
    source: str
    by: str
    """Name of the person who recorded it."""


@dataclass(frozen=True, kw_only=True)
class Unknown:
    """A fact that is missing: not known yet, to be confirmed, or not answered."""

    question: Question
    kind: str
    """``unknown`` (said so), ``unconfirmed`` (from the profile), ``unanswered``."""
    owner: str
    due: datetime | None
    settles: tuple[Duty, ...] = ()
    """The duties whose advice it would settle."""
    group: str = ""
    """Name of the group of people it is about; empty: everybody."""


@dataclass(frozen=True, kw_only=True)
class NextStep:
    """What to do now: one sentence and the verb it stands for."""

    id: str
    """``log_awareness assess decide_is_breach decide_notify send_notification send_initial
    decide_inform tell_people tell_controller supplement withdraw tasks close reopen erased
    nothing``."""
    text: Message
    duty: Duty | None = None


@dataclass(frozen=True, kw_only=True)
class CaseFile(AsKept):
    """One incident with everything known, frozen at one sequence number and one moment."""

    facts: IncidentFacts
    """The newest snapshot."""
    answers: Mapping[str, Answer]
    """The answer in force for each question; cleared ones are absent."""
    given: Mapping[str, AnswerValue]
    """The same as the rules read it: values, None for not known yet, and the case's own facts."""
    derived: Condition
    """What a form's conditions may name and nobody answers: late, follow-up, our role."""
    answer_log: tuple[Answer, ...]
    tasks: tuple[Task, ...]
    """The newest row of each task."""
    regime: Regime
    forms: Mapping[str, Questionnaire]
    """The forms in the versions this case keeps."""
    sources: Mapping[str, Words]
    """Citation id to its short form."""
    read_at: datetime
    """The moment its clocks were read, in UTC."""
    clocks: tuple[ClockReading, ...]
    """The first is always the authority's."""
    other_clocks: tuple[OtherClock, ...]
    """Other laws, contracts, controllers we serve: as far as the screening has been answered."""
    current: Assessed
    """The advice on the answers as they stand now (not kept until `assess`)."""
    kept: Assessed | None
    """The newest kept assessment, without groups of people that were taken out since."""
    unknown: tuple[Unknown, ...]
    """Said to be unknown first, then to be confirmed, then not answered."""
    timeline: tuple[TimelineEntry, ...]
    """By time of occurrence, then of recording."""
    next_step: NextStep
    owes_withdrawal: bool = False
    """Was the authority told of what was later decided to be none, and not told so yet?"""
    promised: frozenset[str] = frozenset()
    """Gaps of the paper sent last that are still open, as that paper names them."""
    warnings: tuple[Message, ...] = ()
    """What somebody should look at, though nothing is blocked by it."""
    first_sign_at: datetime | None
    """When someone first saw or was told something, in UTC; the worst case counts from here."""
    group_log: tuple[PeopleGroup, ...] = ()
    """Every row of every group of people, oldest first."""
    groups: tuple[CaseGroup, ...] = ()
    """The groups of people with data of their own, in the order they were named."""
    told: tuple[Told, ...] = ()
    """Where there are groups: how it stands with telling each of them, and those in none."""
    seen_for: CaseGroup | None = None
    """The group whose answers and advice these are (`for_group`); None: everybody's."""

    @property
    def todos(self) -> tuple[Todo, ...]:
        """What is to be done: open tasks by due time, then those done."""
        aware = self.facts.became_aware_at
        return todos(self.tasks, became_aware_at=aware, now=self.read_at)

    @property
    def draft_place(self) -> str:
        """Where half-typed words about it are kept: those for one group stand apart."""
        return f"{self.ref}/{self.seen_for.id}" if self.seen_for else self.ref

    @property
    def hold(self) -> Hold | None:
        """The reason in force to keep the case longer; None when there is none."""
        newest = self.holds[-1] if self.holds else None
        return newest if newest is not None and newest.is_held else None

    @property
    def is_erased(self) -> bool:
        """Was all but what Art. 33(5) asks for erased?"""
        return self.erasure is not None

    @property
    def closed_at(self) -> datetime | None:
        """When the case was closed, in UTC; None while it is open."""
        closed = takewhile(lambda one: one.status == Status.CLOSED, reversed(self.snapshots))
        return next((one.recorded_at for one in reversed(tuple(closed))), None)

    @property
    def retention(self) -> Retention:
        """How long the case is kept by the organisation's own rule."""
        return read_retention(
            self.profile.desk.case_retention if self.profile else "",
            closed_at=self.closed_at,
            now=self.read_at,
            zone=self.regime.zone,
            is_held=self.hold is not None,
            is_erased=self.is_erased,
        )

    @property
    def ref(self) -> str:
        """The case reference."""
        return self.incident.ref

    def question(self, question_id: str) -> Question | None:
        """Return a question of any form this case uses."""
        return next((q for f in self.forms.values() if (q := f.question(question_id))), None)

    def value(self, question_id: str) -> AnswerValue:
        """Return the value in force, lists as tuples; None when unknown or unanswered."""
        return self.given.get(question_id)

    def decision(self, matter: Matter) -> Decision | None:
        """Return the decision in force about a matter; where groups are told, the furthest one.

        Not before all of them are decided, unless some are to be told.
        """
        if matter is Matter.INFORM_SUBJECTS and self.told:
            return furthest(self.told)
        return next(
            (
                one
                for one in reversed(self.decisions)
                if one.matter == matter and one.group_id is None
            ),
            None,
        )

    @property
    def controllers(self) -> tuple[Controller, ...]:
        """The controllers that are to be told, where we are processor: Art. 33(2) GDPR."""
        is_processor = self.facts.role is Role.PROCESSOR
        return controllers_concerned(self.given, self.profile) if is_processor else ()

    def addressee(self, document: Document) -> str:
        """Return the controller an issued notice is addressed to; empty where none is named."""
        return addressee(document, controllers_concerned(self.given, self.profile))

    def group(self, group_id: str | None) -> CaseGroup | None:
        """Return a group of people by its id."""
        return next((one for one in self.groups if one.id == group_id), None)

    def group_name(self, group_id: str | None) -> str:
        """Return what a group is or was called; empty for everybody."""
        found = next((one for one in reversed(self.group_log) if one.group_id == group_id), None)
        return found.name if found else ""

    def for_group(self, group: CaseGroup) -> "CaseFile":
        """Return the case as it is for one group: its answers, its advice, its decision."""
        kept = next((one for one in self._kept_groups() if one.id == group.id), None)
        own = [one for one in self.decisions if one.matter is not Matter.INFORM_SUBJECTS]
        if group.decision is not None:
            own.append(group.decision.model_copy(update={"group_id": None}))
        return replace(
            self,
            seen_for=group,
            told=(),
            answers={**self.answers, **group.answers},
            given=group.given,
            current=group.assessed or self.current,
            kept=kept.assessed if kept else None,
            decisions=tuple(own),
        )

    def _kept_groups(self) -> tuple[GroupAssessed, ...]:
        return self.kept.people_groups if self.kept else ()

    def advice_on(self, duty: Duty) -> Advice | None:
        """Return the advice on the answers as they stand."""
        return self.current.for_duty(duty)

    def clock(self, duty: Duty) -> ClockReading | None:
        """Return the clock of one duty."""
        return next((one for one in self.clocks if one.duty == duty), None)

    def name_of(self, person_id: str) -> str:
        """Return who that is."""
        return self.people.get(person_id, person_id)

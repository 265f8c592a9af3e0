"""One incident with everything known about it: the one value that screens, papers and exports read.

Built from the rows up to a sequence number, with the rules that apply and the moment it is read at.
It writes nothing; what changes a case is a verb of the desk.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from itertools import takewhile

from breachdesk.casefile.todo import Todo, todos
from breachdesk.message import Message
from breachdesk.records import (
    Answer,
    Assessment,
    Attachment,
    CasePack,
    Decision,
    Delivery,
    Dispatch,
    Document,
    Evidence,
    EvidenceUse,
    Hold,
    Incident,
    IncidentFacts,
    Mailing,
    Note,
    Profile,
    Task,
)
from breachdesk.rules.advice import Advice, Assessed
from breachdesk.rules.beside import OtherClock
from breachdesk.rules.clock import ClockReading
from breachdesk.rules.questionnaire import AnswerValue, Condition, Question, Questionnaire
from breachdesk.rules.regime import Regime
from breachdesk.rules.retention import Retention, read_retention
from breachdesk.terms import Duty, Fidelity, Matter, Status, Words


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
    letters delivery evidence handed_out corrected closed reopened``."""
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


@dataclass(frozen=True, kw_only=True)
class NextStep:
    """What to do now: one sentence and the verb it stands for."""

    id: str
    """``log_awareness assess decide_is_breach decide_notify send_notification send_initial
    decide_inform tell_people tell_controller supplement tasks close reopen nothing``."""
    text: Message
    duty: Duty | None = None


@dataclass(frozen=True, kw_only=True)
class CaseFile:
    """One incident with everything known, frozen at one sequence number and one moment."""

    incident: Incident
    facts: IncidentFacts
    """The newest snapshot."""
    snapshots: tuple[IncidentFacts, ...]
    """All of them, oldest first."""
    answers: Mapping[str, Answer]
    """The answer in force for each question; cleared ones are absent."""
    given: Mapping[str, AnswerValue]
    """The same as the rules read it: values, None for not known yet, and the case's own facts."""
    derived: Condition
    """What a form's conditions may name and nobody answers: late, follow-up, our role."""
    answer_log: tuple[Answer, ...]
    assessments: tuple[Assessment, ...]
    """Oldest first; the last counts."""
    decisions: tuple[Decision, ...]
    """Oldest first; the last of a matter counts."""
    notes: tuple[Note, ...]
    tasks: tuple[Task, ...]
    """The newest row of each task."""
    documents: tuple[Document, ...]
    """Issued papers without their bytes loaded needlessly; oldest first."""
    dispatches: tuple[Dispatch, ...]
    """Oldest first, corrections included."""
    attachments: tuple[Attachment, ...] = ()
    """Files kept with a sending, without their bytes; oldest first."""
    mailings: tuple[Mailing, ...]
    """Letters made for many people, oldest first."""
    deliveries: tuple[Delivery, ...]
    """What became of them, oldest first."""
    people: Mapping[str, str]
    """Person id to name."""
    profile: Profile | None
    """The organisation's profile in force."""
    regime: Regime
    forms: Mapping[str, Questionnaire]
    """The forms in the versions this case keeps."""
    sources: Mapping[str, Words]
    """Citation id to its short form."""
    seq: int
    """The newest entry it was built from."""
    read_at: datetime
    """The moment its clocks were read, in UTC."""
    clocks: tuple[ClockReading, ...]
    """The first is always the authority's."""
    other_clocks: tuple[OtherClock, ...]
    """Other laws, contracts, controllers we serve: as far as the screening has been answered."""
    current: Assessed
    """The advice on the answers as they stand now (not kept until `assess`)."""
    kept: Assessed | None
    """The newest kept assessment."""
    unknown: tuple[Unknown, ...]
    """Said to be unknown first, then to be confirmed, then not answered."""
    timeline: tuple[TimelineEntry, ...]
    """By time of occurrence, then of recording."""
    next_step: NextStep
    promised: frozenset[str] = frozenset()
    """Gaps of the paper sent last that are still open, as that paper names them."""
    warnings: tuple[Message, ...] = ()
    """What somebody should look at, though nothing is blocked by it."""
    first_sign_at: datetime | None
    """When someone first saw or was told something, in UTC; the worst case counts from here."""
    evidence: tuple[Evidence, ...] = ()
    """Oldest first."""
    evidence_uses: tuple[EvidenceUse, ...] = ()
    """Who was given a piece of it; oldest first."""
    packs: tuple[CasePack, ...] = ()
    """Signed packs that were written; oldest first."""
    holds: tuple[Hold, ...] = ()
    """Reasons to keep it longer, and their release; the newest counts."""
    is_erased: bool = False
    """Was all but what Art. 33(5) asks for erased?"""

    @property
    def todos(self) -> tuple[Todo, ...]:
        """What is to be done: open tasks by due time, then those done."""
        aware = self.facts.became_aware_at
        return todos(self.tasks, became_aware_at=aware, now=self.read_at)

    @property
    def hold(self) -> Hold | None:
        """The reason in force to keep the case longer; None when there is none."""
        newest = self.holds[-1] if self.holds else None
        return newest if newest is not None and newest.is_held else None

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
        """Return the decision in force about a matter."""
        return next((one for one in reversed(self.decisions) if one.matter == matter), None)

    def advice_on(self, duty: Duty) -> Advice | None:
        """Return the advice on the answers as they stand."""
        return self.current.for_duty(duty)

    def clock(self, duty: Duty) -> ClockReading | None:
        """Return the clock of one duty."""
        return next((one for one in self.clocks if one.duty == duty), None)

    def name_of(self, person_id: str) -> str:
        """Return who that is."""
        return self.people.get(person_id, person_id)

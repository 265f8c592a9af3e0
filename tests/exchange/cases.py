"""Small cases for the exchange formats: one default, named changes."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from breachdesk.casefile import CaseFile, NextStep, TimelineEntry
from breachdesk.message import Message, say
from breachdesk.records import Answer, Decision, Dispatch, Document, Incident, IncidentFacts
from breachdesk.rules.advice import Assessed
from breachdesk.rules.clock import ClockReading
from breachdesk.rules.questionnaire import AnswerValue, Option, Question, Questionnaire
from breachdesk.rules.regime import Regime, WorkingTime
from breachdesk.terms import (
    ClockState,
    DocumentKind,
    Duty,
    Fidelity,
    Ground,
    Lang,
    Matter,
    Outcome,
    QuestionKind,
    RiskLevel,
    Role,
    Words,
)

LOGGED = datetime(2026, 11, 20, 15, 41, 7, tzinfo=UTC)
AWARE = datetime(2026, 11, 20, 15, 30, tzinfo=UTC)
PEOPLE = {"p1": "Kari Nordmann"}
NO_TIME = datetime.min.time()


def a_line(
    text: str | Message = "Something happened",
    *,
    row: str = "r1",
    kind: str = "information",
    at: datetime = AWARE,
    fidelity: Fidelity = Fidelity.MINUTE,
    source: str = "",
    by: str = "Kari Nordmann",
) -> TimelineEntry:
    return TimelineEntry(
        id=row,
        occurred_at=at,
        fidelity=fidelity,
        recorded_at=LOGGED,
        kind=kind,
        text=say("{text}", text=text) if isinstance(text, str) else text,
        source=source,
        by=by,
    )


def a_question(name: str, kind: QuestionKind, *options: tuple[str, str, str]) -> Question:
    return Question(
        id=name,
        text=Words(name),
        kind=kind,
        why=Words(""),
        options=tuple(Option(id=one, text=Words(en, nb)) for one, en, nb in options),
    )


FORM = Questionnaire(
    id="facts",
    version="1",
    digest="",
    title=Words("Facts"),
    method=None,
    valid_from=date(2018, 7, 20),
    reviewed_on=date(2026, 11, 22),
    sections=(),
    questions=(
        a_question("description", QuestionKind.TEXT),
        a_question("people_number", QuestionKind.INTEGER),
        a_question("told_on", QuestionKind.MOMENT),
        a_question("police", QuestionKind.BOOLEAN),
        a_question(
            "data_subjects",
            QuestionKind.MANY,
            ("customers", "customers", "kunder"),
            ("employees", "employees", "ansatte"),
        ),
    ),
)

REGIME = Regime(
    id="no",
    version="1",
    digest="",
    valid_from=date(2018, 7, 20),
    valid_to=None,
    reviewed_on=date(2026, 11, 22),
    zone="Europe/Oslo",
    authority=Words("Datatilsynet"),
    clocks={},
    rationale_against_advice=40,
    holidays=(),
    working_time=WorkingTime(weekdays=(), opens=NO_TIME, closes=NO_TIME),
)


def a_clock(duty: Duty = Duty.NOTIFY_AUTHORITY, met_at: datetime | None = None) -> ClockReading:
    return ClockReading(
        duty=duty,
        regime="no",
        to=Words("Datatilsynet"),
        state=ClockState.RUNNING if met_at is None else ClockState.MET,
        started_at=AWARE,
        deadline=AWARE + timedelta(hours=72) if duty == Duty.NOTIFY_AUTHORITY else None,
        worst_case_deadline=None,
        elapsed=timedelta(hours=1),
        remaining=None,
        met_at=met_at,
        working=(),
    )


def an_answer(question: str, value: AnswerValue, *, is_confirmed: bool = True) -> Answer:
    kept = list(value) if isinstance(value, tuple) else value
    return Answer(
        id=f"a-{question}",
        incident_id="i1",
        recorded_at=LOGGED,
        recorded_by="p1",
        question=question,
        form="facts",
        form_digest="",
        value=kept,
        is_unknown=value is None,
        is_confirmed=is_confirmed,
    )


def a_decision(rationale: str = "The list holds salaries") -> Decision:
    return Decision(
        id="d1",
        incident_id="i1",
        recorded_at=LOGGED,
        recorded_by="p1",
        matter=Matter.INFORM_SUBJECTS,
        outcome=Outcome.NO,
        ground=Ground.ART_34_3_A,
        rationale=rationale,
    )


def a_dispatch(duty: Duty, row: str = "s1") -> Dispatch:
    return Dispatch(id=row, incident_id="i1", duty=duty, to="x", channel="y", sent_at=LOGGED)


def a_document() -> Document:
    return Document(
        id="doc1",
        incident_id="i1",
        kind=DocumentKind.NOTIFICATION,
        lang=Lang.NB,
        version=1,
        title="Avviksmelding",
        content=b"",
        text="",
        sha256="ab" * 32,
        audit_head="00" * 32,
    )


def a_case(  # noqa: PLR0913 - every part of a case may be what a test is about
    *timeline: TimelineEntry,
    number: int = 7,
    title: str = "Payroll list to wrong recipient",
    summary: str = "",
    is_drill: bool = False,
    answers: Sequence[Answer] = (),
    decisions: Sequence[Decision] = (),
    dispatches: Sequence[Dispatch] = (),
    documents: Sequence[Document] = (),
    clocks: Sequence[ClockReading] = (),
    risk: RiskLevel | None = None,
) -> CaseFile:
    facts = IncidentFacts(
        id="f1",
        incident_id="i1",
        title=title,
        summary=summary,
        role=Role.CONTROLLER,
        regime="no",
        nature=["confidentiality", "integrity"],
        became_aware_at=AWARE,
    )
    assessed = Assessed(
        pack="eu.risk@1",
        risk=risk or RiskLevel.UNDETERMINED,
        severity=None,
        rules=(),
        advice=(),
    )
    return CaseFile(
        incident=Incident(id="i1", year=2026, number=number, is_drill=is_drill, recorded_at=LOGGED),
        facts=facts,
        snapshots=(facts,),
        answers={one.question: one for one in answers},
        given=_given(answers),
        derived={},
        answer_log=tuple(answers),
        assessments=(),
        decisions=tuple(decisions),
        notes=(),
        tasks=(),
        documents=tuple(documents),
        dispatches=tuple(dispatches),
        mailings=(),
        deliveries=(),
        people=PEOPLE,
        profile=None,
        regime=REGIME,
        forms={"facts": FORM},
        sources={},
        seq=1,
        read_at=LOGGED,
        other_clocks=(),
        clocks=tuple(clocks) or (a_clock(), a_clock(Duty.INFORM_SUBJECTS)),
        current=assessed,
        kept=assessed if risk else None,
        unknown=(),
        timeline=timeline,
        next_step=NextStep(id="nothing", text=say("Nothing to do.")),
        first_sign_at=None,
    )


def _given(answers: Sequence[Answer]) -> Mapping[str, AnswerValue]:
    return {
        one.question: tuple(one.value) if isinstance(one.value, list) else one.value
        for one in answers
    }


def at(case: CaseFile, number: int) -> CaseFile:
    """Return the same case under another number."""
    return replace(case, incident=Incident(id=f"i{number}", year=2026, number=number))

"""Groups of people on a whole desk: own answers, own advice, own decision, own letter."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from breachdesk.casefile import CaseFile
from breachdesk.desk import Desk
from breachdesk.desk.assessment import Sheet
from breachdesk.errors import (
    AnswersRefusedError,
    NoSuchThingError,
    RefusedError,
    StaleCaseError,
)
from breachdesk.records import NewDecision, NewDispatch, NewGroup, NewIncident, PeopleGroup
from breachdesk.register import RegisterFilter
from breachdesk.store.store import DATABASE
from breachdesk.terms import (
    ClockState,
    DocumentKind,
    Duty,
    Ground,
    Lang,
    Matter,
    Nature,
    Outcome,
    Owed,
    RiskLevel,
)
from tests.desk.desks import FRIDAY, ToldClock, new_desk

RISK = {
    "exposure": "obtained", "protection": "none", "holder": "public", "intent": "mistake",
    "deletion": "no", "misuse": "none", "undetected": "month-or-less", "scope": "certain",
    "repeats": "single", "insight": "ordinary", "implied": "nothing",
    "identifiability": "directly", "abuse": "little", "rest": "alike",
}  # fmt: skip
FACTS = {
    "people_basis": "exact", "people_number": 4012, "data_types": "contact",
    "data_subjects": "customers,employees", "description": "Eksporten lå åpen",
}  # fmt: skip
MISLEADING = ("1", "2", "group-2", "Group-1")
WHY = "Adressene alene gjør ingen større skade, og de ansatte får sitt eget brev."


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    made = new_desk(tmp_path, ToldClock(FRIDAY + timedelta(hours=2)))
    made.intake.log(
        NewIncident(
            title="Eksport på avveie", became_aware_at=FRIDAY, nature=(Nature.CONFIDENTIALITY,)
        )
    )
    made.assessment.answer("1", "facts", Sheet(values=FACTS))
    made.assessment.answer("1", "risk", Sheet(values={**RISK, "insight": "a-little"}))
    yield made
    made.close()


def with_groups(desk: Desk) -> CaseFile:
    desk.groups.add("1", NewGroup(name="Ansatte", people=12))
    desk.groups.add("1", NewGroup(name="Kunder", people=4000))
    own = Sheet(values={"data_types": "health", "insight": "ordinary"}, group="Ansatte")
    return desk.assessment.answer("1", "risk", own).case


def decide(desk: Desk, group: str | None, outcome: Outcome) -> CaseFile:
    ground = Ground.RISK_UNLIKELY if outcome is Outcome.NO else None
    new = NewDecision(
        matter=Matter.INFORM_SUBJECTS, outcome=outcome, rationale=WHY, ground=ground,
        group_id=group,
    )  # fmt: skip
    return desk.decisions.decide("1", new)


def tell(desk: Desk, **more: str | None) -> CaseFile:
    new = NewDispatch(duty=Duty.INFORM_SUBJECTS, to="dem", channel="brev", **more)
    return desk.papers.sent("1", new)


def owed(case: CaseFile, group: str = "") -> Owed:
    people = next((one for one in case.groups if one.name == group), None)
    advice = (case.for_group(people) if people else case).advice_on(Duty.INFORM_SUBJECTS)
    assert advice is not None
    return advice.owed


def state(case: CaseFile) -> ClockState:
    clock = case.clock(Duty.INFORM_SUBJECTS)
    assert clock is not None
    return clock.state


def test_each_group_has_its_own_advice_and_the_case_the_worst(desk: Desk) -> None:
    before = desk.intake.open("1")
    assert before.current.risk is RiskLevel.RISK
    case = with_groups(desk)
    assert (owed(case, "Ansatte"), owed(case, "Kunder"), owed(case)) == (
        Owed.YES, Owed.NO, Owed.YES,
    )  # fmt: skip
    assert case.current.risk is RiskLevel.HIGH_RISK
    kept = desk.assessment.assess("1")
    assert kept.kept is not None
    assert [one.name for one in kept.kept.people_groups] == ["Ansatte", "Kunder"]
    assert desk.register.rows(RegisterFilter())[0].risk is RiskLevel.HIGH_RISK


def test_common_answers_reach_a_group_that_has_none_of_its_own(desk: Desk) -> None:
    with_groups(desk)
    case = desk.assessment.answer("1", "risk", Sheet(values={"exposure": "ruled-out"})).case
    assert owed(case, "Ansatte") is Owed.NO
    back = Sheet(cleared=["insight", "data_types"], group="1")
    assert desk.assessment.answer("1", "risk", back).case.groups[0].answers == {}


def test_history_stays_and_a_correction_gives_its_reason(desk: Desk) -> None:
    with_groups(desk)
    with pytest.raises(RefusedError):
        desk.groups.correct("1", "Ansatte", " ", people=14)
    case = desk.groups.correct("1", "ansatte", "To hadde sluttet", people=14)
    rows = case.groups[0].rows
    assert [one.people for one in rows] == [12, 12, 14]
    assert rows[-1].reason == "To hadde sluttet"
    assert rows[-1].answers == rows[-2].answers
    assert "corrected" in [one.kind for one in case.timeline if "To hadde" in str(one.text)]
    gone = desk.groups.remove("1", "Kunder", "De er som alle andre")
    assert [one.name for one in gone.groups] == ["Ansatte"]
    assert len(gone.group_log) == 5
    assert desk.trust.verify().ok


def test_a_group_that_was_taken_out_is_named_no_more_where_the_kept_assessment_counts(
    desk: Desk,
) -> None:
    with_groups(desk)
    before = desk.assessment.assess("1")
    assert before.kept is not None
    assert before.kept.led_by == before.groups[0].id
    assert before.warnings == ()
    case = desk.groups.remove("1", "Ansatte", "De er som alle andre")
    assert case.kept is not None
    assert [one.name for one in case.kept.people_groups] == ["Kunder"]
    assert (case.kept.risk, case.kept.led_by) == (RiskLevel.HIGH_RISK, "")
    assert "Ansatte" not in str(case.kept.advice)
    assert "Kunder" in str(case.kept.advice)
    assert [one for one in case.warnings if "assess again" in str(one)]
    for kind in set(DocumentKind) - {DocumentKind.TIMELINE, DocumentKind.HANDOVER}:
        draft = desk.papers.draft("1", kind, lang=Lang.NB)
        assert "«Ansatte»" not in str(draft.sections), kind
    assert "Ansatte" in str(case.assessments[-1].result), "what was kept stays as it was"
    again = desk.assessment.assess("1")
    assert [one for one in again.warnings if "assess again" in str(one)] == []


def test_same_answer_again_keeps_nothing(desk: Desk) -> None:
    before = with_groups(desk).seq
    again = Sheet(values={"data_types": "health"}, group="Ansatte")
    assert desk.assessment.answer("1", "risk", again).case.seq == before


def test_what_is_not_known_for_a_group_is_missing_in_the_case(desk: Desk) -> None:
    with_groups(desk)
    sheet = Sheet(unknown={"insight": ("Ola", FRIDAY + timedelta(hours=20))}, group="Ansatte")
    case = desk.assessment.answer("1", "risk", sheet).case
    found = [one for one in case.unknown if one.group == "Ansatte"]
    assert [(one.question.id, one.owner) for one in found] == [("insight", "Ola")]


@pytest.mark.parametrize(
    ("form", "values"),
    [
        ("risk", {"nature": "integrity"}),
        ("facts", {"cause": "negligence-internal"}),
        ("risk", {"insight": "everything"}),
    ],
)
def test_what_does_not_fit_a_group_is_refused_whole(
    desk: Desk, form: str, values: dict[str, str]
) -> None:
    before = with_groups(desk).seq
    with pytest.raises(AnswersRefusedError):
        desk.assessment.answer(
            "1", form, Sheet(values={**values}, unknown={"rest": ("", None)}, group="Ansatte")
        )
    assert desk.intake.open("1").seq == before


def test_names_are_checked(desk: Desk) -> None:
    with_groups(desk)
    for name in ("ansatte", " Ansatte ", "…"):
        with pytest.raises(RefusedError):
            desk.groups.add("1", NewGroup(name=name))
    with pytest.raises(NoSuchThingError):
        desk.assessment.answer("1", "risk", Sheet(values={"rest": "alike"}, group="Pasienter"))


def test_somebody_elses_answer_for_the_group_is_noticed(desk: Desk) -> None:
    case = with_groups(desk)
    shown = case.groups[0].answers["insight"].id
    first = Sheet(values={"insight": "whole-picture"}, replaces={"insight": shown}, group="Ansatte")
    desk.assessment.answer("1", "risk", first)
    with pytest.raises(StaleCaseError):
        desk.assessment.answer("1", "risk", first)


def test_art_34_is_decided_and_met_group_by_group(desk: Desk) -> None:
    with_groups(desk)
    case = desk.decisions.decide(
        "1", NewDecision(matter=Matter.IS_BREACH, outcome=Outcome.YES, rationale="Ja, det er det.")
    )
    case = decide(desk, "Kunder", Outcome.NO)
    assert not case.decisions[-1].is_against_advice
    assert case.decision(Matter.INFORM_SUBJECTS) is None
    assert state(case) is ClockState.RUNNING
    case = decide(desk, "Ansatte", Outcome.YES)
    assert case.decision(Matter.INFORM_SUBJECTS) == case.decisions[-1]
    assert state(case) is ClockState.RUNNING
    letter = desk.papers.issue("1", DocumentKind.COMMUNICATION, lang=Lang.NB, group="Ansatte")
    assert letter.document.group_id == case.groups[0].id
    case = tell(desk, document_id=letter.document.id)
    assert state(case) is ClockState.MET
    assert case.groups[0].told_at is not None
    assert case.groups[1].told_at is None
    case = desk.papers.unsent(case.dispatches[-1].id, "Det var en prøve")
    assert state(case) is ClockState.RUNNING


def test_telling_nobody_stops_the_clock_only_when_every_group_is_decided(desk: Desk) -> None:
    with_groups(desk)
    assert state(decide(desk, "Kunder", Outcome.NO)) is ClockState.RUNNING
    assert state(decide(desk, "Ansatte", Outcome.NO)) is ClockState.NOT_OWED


def test_those_in_no_group_are_decided_for_too(desk: Desk) -> None:
    desk.groups.add("1", NewGroup(name="Ansatte", people=12))
    case = decide(desk, "Ansatte", Outcome.NO)
    assert state(case) is ClockState.RUNNING
    assert [one.group is None for one in case.told] == [False, True]
    assert state(decide(desk, None, Outcome.NO)) is ClockState.NOT_OWED


def test_what_was_decided_before_a_group_was_named_does_not_count_for_it(desk: Desk) -> None:
    assert state(decide(desk, None, Outcome.NO)) is ClockState.NOT_OWED
    case = with_groups(desk)
    assert state(case) is ClockState.RUNNING
    assert state(decide(desk, None, Outcome.NO)) is ClockState.NOT_OWED


def test_only_telling_people_is_decided_or_written_for_a_group(desk: Desk) -> None:
    with_groups(desk)
    new = NewDecision(
        matter=Matter.NOTIFY_AUTHORITY, outcome=Outcome.YES, rationale=WHY, group_id="Ansatte"
    )
    with pytest.raises(RefusedError):
        desk.decisions.decide("1", new)
    with pytest.raises(RefusedError):
        desk.papers.draft("1", DocumentKind.NOTIFICATION, group="Ansatte")
    letter = desk.papers.issue("1", DocumentKind.COMMUNICATION, group="Ansatte").document
    with pytest.raises(RefusedError):
        tell(desk, document_id=letter.id, group_id="Kunder")


def test_a_letter_to_a_group_says_what_is_true_for_them(desk: Desk) -> None:
    with_groups(desk)
    words = Sheet(values={"message_content": "Helsenotater om deg lå åpent."}, group="Ansatte")
    desk.assessment.answer("1", "facts", words)
    theirs = text_of(desk, DocumentKind.COMMUNICATION, group="Ansatte")
    others = text_of(desk, DocumentKind.COMMUNICATION, group="Kunder")
    assert "Helsenotater om deg" in theirs
    assert "helse" in theirs.casefold()
    assert "helse" not in others.casefold()


def text_of(desk: Desk, kind: DocumentKind, *, lang: Lang = Lang.NB, group: str = "") -> str:
    from breachdesk.documents import text

    return text.render(desk.papers.draft("1", kind, lang=lang, group=group), None)


@pytest.mark.parametrize("kind", [DocumentKind.NOTIFICATION, DocumentKind.DECISION_MEMO])
@pytest.mark.parametrize(
    ("lang", "said"),
    [
        (Lang.NB, ("Ansatte (12 personer)", "Risiko: høy.", "Kunder (4", "helseopplysninger")),
        (Lang.EN, ("Ansatte (12 people)", "Risk: high.", "Kunder (4", "health data")),
    ],
)
def test_papers_list_the_groups(
    desk: Desk, kind: DocumentKind, lang: Lang, said: tuple[str, ...]
) -> None:
    with_groups(desk)
    desk.assessment.assess("1")
    told = text_of(desk, kind, lang=lang)
    assert [one for one in said if one not in told] == []


def test_a_supplementary_notification_marks_the_groups_as_new(desk: Desk) -> None:
    desk.assessment.assess("1")
    issued = desk.papers.issue("1", DocumentKind.NOTIFICATION, lang=Lang.NB)
    new = NewDispatch(
        duty=Duty.NOTIFY_AUTHORITY, to="Datatilsynet", channel="Altinn",
        document_id=issued.document.id,
    )  # fmt: skip
    desk.papers.sent("1", new)
    with_groups(desk)
    told = text_of(desk, DocumentKind.NOTIFICATION)
    assert told.count("Grupper av berørte") == 2  # the line, and its row in the table of changes


def test_groups_move_are_found_and_survive_a_look_back(desk: Desk, tmp_path: Path) -> None:
    with_groups(desk)
    decide(desk, "Ansatte", Outcome.YES)
    case = desk.assessment.assess("1")
    parcel = desk.moving.export("1")
    (tmp_path / "other").mkdir()
    there = new_desk(tmp_path / "other", ToldClock(FRIDAY + timedelta(days=1)))
    taken = there.moving.take(parcel).case
    assert [(one.name, one.number) for one in taken.groups] == [("Ansatte", 12), ("Kunder", 4000)]
    assert taken.current == case.current
    assert taken.groups[0].decision is not None
    assert there.trust.verify().findings == ()
    assert [one.ref for one in there.register.rows(RegisterFilter(search="kunder"))] == [taken.ref]
    assert there.register.rebuild() == 1
    there.close()


def test_a_changed_group_is_found(desk: Desk) -> None:
    with_groups(desk)
    assert desk.trust.verify().ok
    with desk.office.store.engine.begin() as connection:
        connection.exec_driver_sql("UPDATE peoplegroup SET people = 1 WHERE people = 12")
    assert {one.kind.value for one in desk.trust.verify().findings} == {"row_changed"}


def test_erasing_leaves_numbers_and_no_names(desk: Desk, tmp_path: Path) -> None:
    desk.groups.add("1", NewGroup(name="Hemmeligheten", people=12))
    own = Sheet(values={"data_types": "health", "insight": "ordinary"}, group="1")
    desk.assessment.answer("1", "risk", own)
    words = Sheet(values={"message_content": "Hemmeligheten er ute"}, group="1")
    desk.assessment.answer("1", "facts", words)
    desk.assessment.assess("1")
    decide(desk, "1", Outcome.YES)
    case = desk.erasing.erase("1", "Lagringstiden er ute").case
    assert [(one.name, one.number) for one in case.groups] == [("group-1", 12)]
    assert set(case.groups[0].answers) == {"data_types", "insight"}
    assert "Hemmeligheten" not in repr([one.result for one in case.assessments])
    assert "Hemmeligheten" not in repr([one.advice for one in case.decisions])
    assert case.groups[0].decision is not None
    with desk.office.reading() as reading:
        rows = reading.rows(PeopleGroup)
    assert "Hemmeligheten" not in repr(rows)
    assert desk.trust.verify().ok
    desk.close()
    assert b"Hemmeligheten" not in (tmp_path / DATABASE).read_bytes()


@pytest.mark.parametrize("name", MISLEADING)
def test_no_group_is_called_what_another_is_numbered(desk: Desk, name: str) -> None:
    with pytest.raises(RefusedError, match="how the desk numbers groups"):
        desk.groups.add("1", NewGroup(name=name))
    assert desk.groups.add("1", NewGroup(name="Kunder")).groups[0].id == "group-1"
    with pytest.raises(RefusedError, match="how the desk numbers groups"):
        desk.groups.correct("1", "Kunder", "Feil navn", name=name)

"""The register entry of an erased case says what was, and owes nothing: Art. 33(5) GDPR."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from breachdesk.desk import Desk, Sheet
from breachdesk.documents import text
from breachdesk.documents.draft import Draft, FieldRow, Fields
from breachdesk.language import Speaker
from breachdesk.records import NewDecision, NewDispatch, NewGroup, NewIncident
from breachdesk.terms import DocumentKind, Duty, Lang, Matter, Outcome
from tests.desk.desks import FRIDAY, OSLO, ToldClock, new_desk

NOT_YET = NewDecision(
    matter=Matter.INFORM_SUBJECTS, outcome=Outcome.NOT_YET, rationale="We wait for the courier."
)


@pytest.fixture
def clock() -> ToldClock:
    return ToldClock()


@pytest.fixture
def desk(tmp_path: Path, clock: ToldClock) -> Iterator[Desk]:
    opened = new_desk(tmp_path, clock)
    opened.intake.log(NewIncident(title="Payroll list astray", became_aware_at=FRIDAY))
    opened.assessment.answer("1", "facts", Sheet(unknown={"cause": ("Ola", None)}))
    yield opened
    opened.close()


def erased(desk: Desk, clock: ToldClock, lang: Lang = Lang.EN) -> Draft:
    clock.move(hours=24)
    why = {Matter.INFORM_SUBJECTS: "Nothing was known."}
    desk.erasing.erase("1", "Kept for five years", rationales=why)
    return desk.papers.draft("1", DocumentKind.REGISTER_ENTRY, lang=lang)


def rows(made: Draft, section: str) -> list[FieldRow]:
    blocks = (block for one in made.sections if one.id == section for block in one.blocks)
    return [row for block in blocks if isinstance(block, Fields) for row in block.rows]


@pytest.mark.parametrize("with_group", [False, True])
def test_a_decision_to_wait_stays_with_who_made_it_and_why(
    desk: Desk, clock: ToldClock, *, with_group: bool
) -> None:
    if with_group:
        desk.groups.add("1", NewGroup(name="Minors"))
    decided = desk.decisions.decide("1", NOT_YET).decisions[-1]
    made = erased(desk, clock)
    case = desk.intake.open("1")
    (kept,) = case.decisions
    assert (kept.outcome, kept.rationale) == (Outcome.NOT_YET, "Nothing was known.")
    assert (kept.recorded_at, kept.recorded_by) == (decided.recorded_at, decided.recorded_by)
    said = next(one.value for one in rows(made, "decisions") if "informed" in one.label)
    assert "Nothing was known." in said
    assert "Kari Nordmann" in said


def test_what_was_decided_before_a_group_was_named_is_not_about_it_afterwards(
    desk: Desk, clock: ToldClock
) -> None:
    desk.decisions.decide("1", NOT_YET)
    before = desk.groups.add("1", NewGroup(name="Minors")).groups[0]
    assert before.decision is None
    erased(desk, clock)
    assert desk.intake.open("1").groups[0].decision is None


@pytest.mark.parametrize(
    ("lang", "label", "erasure"),
    [
        (Lang.EN, "Erased", "Saturday 21 November 2026 at 16:30 (UTC+1) by Kari Nordmann."),
        (Lang.NB, "Slettet", "lørdag 21. november 2026 kl. 16.30 (UTC+1) av Kari Nordmann."),
        (Lang.NN, "Sletta", "laurdag 21. november 2026 kl. 16.30 (UTC+1) av Kari Nordmann."),
    ],
)
def test_it_says_when_by_whom_and_why_it_was_erased(
    desk: Desk, clock: ToldClock, lang: Lang, label: str, erasure: str
) -> None:
    said = next(one.value for one in rows(erased(desk, clock, lang), "case") if one.label == label)
    assert said.startswith(erasure)
    assert "Kept for five years" in said


@pytest.mark.parametrize("lang", list(Lang))
def test_nothing_is_still_to_follow_in_it(desk: Desk, clock: ToldClock, lang: Lang) -> None:
    made = erased(desk, clock, lang)
    assert made.missing == ()
    assert not any(row.is_missing for one in made.sections for row in rows(made, one.id))
    assert "missing" not in {one.id for one in made.sections}
    said = text.render(made)
    assert {Lang.EN: "case was erased", Lang.NB: "saken er slettet", Lang.NN: "saka er sletta"}[
        lang
    ] in said


def test_what_was_said_to_be_unknown_stays_unknown(desk: Desk, clock: ToldClock) -> None:
    values = {one.label: one.value for one in rows(erased(desk, clock), "facts")}
    assert values["Main cause"] == "Not known when the case was erased."
    assert values["Nature of the breach"] == "Not known when the case was erased."
    assert values["What happened"] == "Not in the record: the case was erased."


@pytest.mark.parametrize(
    ("lang", "kind"),
    [
        (Lang.EN, "Notification of a personal data breach"),
        (Lang.NB, "Melding om brudd på personopplysningssikkerheten"),
        (Lang.NN, "Melding om brot på personopplysningstryggleiken"),
    ],
)
def test_papers_that_were_issued_stand_with_kind_version_and_time(
    desk: Desk, clock: ToldClock, lang: Lang, kind: str
) -> None:
    for _ in range(2):
        desk.papers.issue("1", DocumentKind.NOTIFICATION, lang=Lang.EN)
    made = erased(desk, clock, lang)
    (table,) = (
        block
        for one in made.sections
        if one.id == "papers"
        for block in one.blocks
        if not isinstance(block, Fields) and hasattr(block, "header")
    )
    assert [row[:2] for row in table.rows] == [(kind, "1"), (kind, "2")]
    assert all("2026" in row[2] for row in table.rows)


def test_a_sending_stays_without_a_receiver_who_is_not_there(desk: Desk, clock: ToldClock) -> None:
    new = NewDispatch(duty=Duty.NOTIFY_AUTHORITY, to="Datatilsynet", channel="Altinn")
    desk.papers.sent("1", new)
    made = erased(desk, clock)
    (said,) = (one.value for one in rows(made, "sent") if one.label.startswith("Notification"))
    assert said == "Friday 20 November 2026 at 16:30 (UTC+1). To whom and how was erased."
    (line,) = (one for one in desk.intake.open("1").timeline if one.kind == "sent")
    assert Speaker("en", OSLO).say(line.text) == "Notification sent"


def test_a_question_that_was_put_off_is_not_being_considered_any_more(
    desk: Desk, clock: ToldClock
) -> None:
    desk.decisions.decide("1", NOT_YET)
    made = erased(desk, clock)
    told = next(one.value for one in rows(made, "sent") if "been informed" in one.label)
    assert told == "Not when the case was erased."


def test_a_reason_nobody_shortened_is_said_to_be_erased(desk: Desk, clock: ToldClock) -> None:
    desk.decisions.decide("1", NOT_YET)
    clock.move(hours=24)
    desk.erasing.erase("1", "Kept for five years")
    made = desk.papers.draft("1", DocumentKind.REGISTER_ENTRY, lang=Lang.EN)
    said = next(one.value for one in rows(made, "decisions") if "informed" in one.label)
    assert "The reasons were erased with the case." in said
    assert "–" not in said

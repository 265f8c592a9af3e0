"""An erased case asks nobody for anything; a duty that was never met goes on running."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from breachdesk.casefile import CaseFile
from breachdesk.desk import Desk, Sheet
from breachdesk.language import Speaker
from breachdesk.records import NewDecision, NewDispatch, NewIncident
from breachdesk.register import RegisterFilter
from breachdesk.terms import DocumentKind, Duty, Lang, Matter, Outcome, Owed
from tests.desk.desks import FRIDAY, OSLO, ToldClock, new_desk, the_forms

THIN = "Nobody saw it."


@pytest.fixture
def clock() -> ToldClock:
    return ToldClock()


@pytest.fixture
def desk(tmp_path: Path, clock: ToldClock) -> Iterator[Desk]:
    opened = new_desk(tmp_path, clock)
    opened.intake.log(NewIncident(title="Payroll list astray", became_aware_at=FRIDAY))
    opened.assessment.answer("1", "facts", Sheet(unknown={"cause": ("Ola", None)}))
    opened.assessment.assess("1")
    yield opened
    opened.close()


def said(case: CaseFile, lang: str = "en") -> str:
    return Speaker(lang, OSLO).say(case.next_step.text)  # type: ignore[arg-type]


def settle(desk: Desk) -> None:
    """Notify with gaps, and decide not to tell the people."""
    desk.papers.issue("1", DocumentKind.NOTIFICATION, lang=Lang.EN)
    desk.papers.sent(
        "1", NewDispatch(duty=Duty.NOTIFY_AUTHORITY, to="Datatilsynet", channel="Altinn")
    )
    desk.decisions.decide(
        "1", NewDecision(matter=Matter.INFORM_SUBJECTS, outcome=Outcome.NO, rationale=THIN)
    )


def test_nothing_is_missing_in_it_and_nothing_is_due(desk: Desk, clock: ToldClock) -> None:
    settle(desk)
    before = desk.intake.open("1")
    assert before.unknown
    assert before.promised
    assert before.warnings
    assert any(one.deciding for one in before.current.advice)
    clock.move(hours=24)
    case = desk.erasing.erase("1", "Kept for five years").case
    assert (case.unknown, case.promised, case.warnings, case.todos) == ((), frozenset(), (), ())
    assert (case.current.flips, case.current.pairs) == ((), ())
    assert [one.deciding for one in case.current.advice] == [() for _ in case.current.advice]
    reasons = [one for advice in case.current.advice for one in advice.reasons]
    assert reasons
    assert [one for one in reasons if one.rule == "settles"] == []
    assert all(one.applies is Owed.YES for one in case.other_clocks)
    assert desk.register.due(None) == ()


def test_the_next_step_says_who_erased_it_and_when(desk: Desk, clock: ToldClock) -> None:
    settle(desk)
    clock.move(hours=24)
    case = desk.erasing.erase("1", "Kept for five years").case
    assert (case.next_step.id, case.next_step.duty) == ("erased", None)
    moment = Speaker("en", OSLO).moment(clock())
    assert said(case) == f"Nothing is left to do: Kari Nordmann erased the case {moment}"
    assert said(case, "nb").startswith("Ingenting gjenstår: Kari Nordmann slettet saken")
    assert [one.next_step for one in desk.register.rows(RegisterFilter())] == ["erased"]


def test_a_duty_that_was_never_met_is_named_and_stays_due(desk: Desk) -> None:
    case = desk.erasing.erase("1", "Logged by mistake").case
    assert (case.next_step.id, case.next_step.duty) == ("erased", Duty.NOTIFY_AUTHORITY)
    assert "Kari Nordmann erased the case" in said(case)
    assert "a duty was not met (notify the authority)" in said(case)
    assert "en plikt ble ikke oppfylt" in said(case, "nb")
    assert {one.duty for one in desk.register.due(None)} == {
        Duty.NOTIFY_AUTHORITY.value, Duty.INFORM_SUBJECTS.value
    }  # fmt: skip


def test_who_logged_it_and_when_stays_whoever_corrected_it_later(
    desk: Desk, clock: ToldClock
) -> None:
    logged = desk.intake.open("1").incident.recorded_at
    clock.move(hours=5)
    other = Desk(desk.office.store, the_forms(), actor="Ola Li", clock=clock, zone=OSLO)
    other.intake.correct("1", "title", "Payroll list with the wrong firm", "Wrong name")
    clock.move(hours=24)
    case = desk.erasing.erase("1", "Kept for five years").case
    (line,) = (one for one in case.timeline if one.kind == "logged")
    assert (line.by, line.occurred_at, line.recorded_at) == ("Kari Nordmann", logged, logged)
    entry = desk.papers.draft("1", DocumentKind.REGISTER_ENTRY, lang=Lang.EN)
    rows = [row for one in entry.sections for b in one.blocks for row in getattr(b, "rows", ())]
    said = next(row.value for row in rows if getattr(row, "label", "") == "Logged")
    assert "Kari Nordmann" in said
    assert "Ola Li" not in said

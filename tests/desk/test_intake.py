from datetime import UTC, datetime, timedelta

import pytest
from pydantic import ValidationError

from breachdesk.desk import Desk
from breachdesk.errors import NoSuchCaseError, RefusedError
from breachdesk.records import NewIncident
from breachdesk.terms import ClockState, Duty, Role, Status
from tests.desk.desks import FRIDAY, ToldClock


def test_a_title_and_awareness_suffice_and_the_clock_runs(desk: Desk) -> None:
    case = desk.intake.log(NewIncident(title="Payroll list astray", became_aware_at=FRIDAY))
    assert case.ref == "BD-2026-001"
    assert case.clocks[0].duty == Duty.NOTIFY_AUTHORITY
    assert case.clocks[0].deadline == datetime(2026, 11, 23, 15, 30, tzinfo=UTC)
    assert case.clocks[0].state == ClockState.RUNNING
    assert case.facts.role == Role.CONTROLLER


def test_not_sure_yet_leaves_awareness_empty_and_shows_the_worst_case(desk: Desk) -> None:
    sign = FRIDAY - timedelta(hours=3)
    case = desk.intake.log(NewIncident(title="Odd log-ins", detected_at=sign))
    clock = case.clocks[0]
    assert case.facts.became_aware_at is None
    assert clock.state == ClockState.NOT_STARTED
    assert clock.deadline is None
    assert clock.worst_case_deadline == sign + timedelta(hours=72)
    assert case.next_step.id == "log_awareness"


def test_awareness_is_corrected_with_a_reason_and_the_old_time_stays(
    desk: Desk, clock: ToldClock
) -> None:
    desk.intake.log(NewIncident(title="Lost phone", became_aware_at=FRIDAY))
    clock.move(hours=1)
    earlier = FRIDAY - timedelta(hours=2)
    case = desk.intake.become_aware("1", earlier, "The guard knew at half past two")
    assert case.clocks[0].deadline == earlier + timedelta(hours=72)
    assert [one.became_aware_at for one in case.snapshots] == [FRIDAY, earlier]
    assert any("half past two" in str(line.text) for line in case.timeline)


def test_awareness_in_the_future_is_refused_and_nothing_is_written(desk: Desk) -> None:
    desk.intake.log(NewIncident(title="Lost phone"))
    with pytest.raises(RefusedError, match="future"):
        desk.intake.become_aware("1", FRIDAY + timedelta(hours=1), "because")
    assert len(desk.intake.open("1").snapshots) == 1


@pytest.mark.parametrize(
    ("field", "value", "expected"),
    [
        ("title", "Payroll list sent astray", "Payroll list sent astray"),
        ("nature", "c,a", ["confidentiality", "availability"]),
        ("role", "processor", Role.PROCESSOR),
        ("summary", "A list", "A list"),
    ],
)
def test_facts_are_corrected_with_a_reason(
    desk: Desk, field: str, value: str, expected: object
) -> None:
    desk.intake.log(NewIncident(title="x", became_aware_at=FRIDAY))
    case = desk.intake.correct("1", field, value, "we know better now")
    assert getattr(case.facts, field) == expected
    assert case.facts.reason == "we know better now"


@pytest.mark.parametrize(
    ("field", "value"),
    [("colour", "red"), ("nature", "x"), ("role", "boss"), ("title", ""), ("detected", "soon")],
)
def test_a_correction_that_cannot_be_taken_changes_nothing(
    desk: Desk, field: str, value: str
) -> None:
    desk.intake.log(NewIncident(title="x", became_aware_at=FRIDAY))
    with pytest.raises(RefusedError):
        desk.intake.correct("1", field, value, "why")
    assert len(desk.intake.open("1").snapshots) == 1


def test_an_end_before_the_beginning_is_refused(desk: Desk) -> None:
    desk.intake.log(NewIncident(title="x", occurred_from=FRIDAY))
    with pytest.raises(RefusedError, match="before it began"):
        desk.intake.correct("1", "occurred_to", FRIDAY - timedelta(days=1), "typo")
    assert len(desk.intake.open("1").snapshots) == 1


def test_closing_with_a_duty_open_is_allowed_and_reopening_keeps_the_clock(desk: Desk) -> None:
    desk.intake.log(NewIncident(title="x", became_aware_at=FRIDAY))
    closed = desk.intake.close("1", "duplicate of another")
    assert closed.facts.status == Status.CLOSED
    assert closed.clocks[0].is_running
    with pytest.raises(RefusedError, match="closed already"):
        desk.intake.close("1", "again")
    assert desk.intake.reopen("1", "it was not").facts.status == Status.OPEN


def test_a_case_is_shown_as_the_desk_knew_it_then(desk: Desk, clock: ToldClock) -> None:
    desk.intake.log(NewIncident(title="before", became_aware_at=FRIDAY))
    clock.move(hours=5)
    desk.intake.correct("1", "title", "after", "better words")
    then = desk.intake.open("1", at=FRIDAY + timedelta(hours=2))
    assert then.facts.title == "before"
    assert then.clocks[0].elapsed == timedelta(hours=2)
    assert desk.intake.open("1").facts.title == "after"
    with pytest.raises(RefusedError, match="not logged yet"):
        desk.intake.open("1", at=FRIDAY - timedelta(hours=1))


def test_references_are_short_or_whole_and_never_guessed_when_writing(
    desk: Desk, clock: ToldClock
) -> None:
    desk.intake.log(NewIncident(title="old"))
    clock.move(days=365)
    desk.intake.log(NewIncident(title="new"))
    assert desk.intake.open("1").ref == "BD-2027-001"
    assert desk.intake.open("bd-2026-1").ref == "BD-2026-001"
    with pytest.raises(NoSuchCaseError, match="more than one"):
        desk.intake.close("1", "which one?")
    for wrong in ("", "BD-2026-9", "x", "9"):
        with pytest.raises(NoSuchCaseError):
            desk.intake.open(wrong)


def test_the_year_of_a_reference_is_local(desk: Desk, clock: ToldClock) -> None:
    clock.now = datetime(2026, 12, 31, 23, 30, tzinfo=UTC)
    assert desk.intake.log(NewIncident(title="new year in Oslo")).ref == "BD-2027-001"


def test_unknown_fields_and_empty_titles_are_refused_before_the_desk() -> None:
    with pytest.raises(ValidationError):
        NewIncident.model_validate({"title": "x", "colour": "red"})
    with pytest.raises(ValidationError):
        NewIncident(title="")


def test_an_upgrade_with_nothing_newer_writes_nothing(desk: Desk) -> None:
    desk.intake.log(NewIncident(title="Lost phone", became_aware_at=FRIDAY))
    before = desk.trust.head()
    assert desk.intake.newer_forms("1") == ()
    assert desk.intake.upgrade_forms("1").ref == "BD-2026-001"
    assert desk.trust.head() == before

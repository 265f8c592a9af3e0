from datetime import timedelta

import pytest

from breachdesk.desk import Desk
from breachdesk.errors import RefusedError
from breachdesk.records import NewDispatch, NewIncident
from breachdesk.register import RegisterFilter
from breachdesk.terms import ClockState, Duty, Lang, Role
from tests.desk.desks import FRIDAY, ToldClock


def log(desk: Desk, title: str, **changes: object) -> str:
    given = {"title": title, "became_aware_at": FRIDAY, **changes}
    return desk.intake.log(NewIncident.model_validate(given)).ref


def test_an_empty_desk_has_an_empty_register(desk: Desk) -> None:
    assert desk.register.rows() == ()
    assert desk.register.due() == ()


def test_what_presses_most_comes_first_and_what_runs_nothing_sinks(
    desk: Desk, clock: ToldClock
) -> None:
    clock.move(hours=60)
    closed = log(desk, "nothing runs", role=Role.PROCESSOR)
    sent = NewDispatch(duty=Duty.NOTIFY_CONTROLLER, to="them", channel="phone")
    desk.papers.sent(closed, sent)
    fresh = log(desk, "fresh", became_aware_at=clock.now)
    untimed = log(desk, "no hours", role=Role.PROCESSOR)
    soon = log(desk, "soon")
    assert [line.ref for line in desk.register.rows()] == [soon, untimed, fresh, closed]
    assert next(line.state for line in desk.register.rows()) == ClockState.DUE_SOON


def test_due_lists_running_duties_in_the_contracts_order(desk: Desk, clock: ToldClock) -> None:
    clock.move(hours=60)
    log(desk, "soon")
    log(desk, "fresh", became_aware_at=clock.now)
    lines = desk.register.due()
    assert [(line.ref[-1], line.duty) for line in lines] == [
        ("1", Duty.NOTIFY_AUTHORITY),
        ("1", Duty.INFORM_SUBJECTS),
        ("2", Duty.INFORM_SUBJECTS),
        ("2", Duty.NOTIFY_AUTHORITY),
    ]
    assert lines[0].remaining == timedelta(hours=12)
    within = desk.register.due(timedelta(hours=24))
    assert ("2", Duty.NOTIFY_AUTHORITY) not in [(line.ref[-1], line.duty) for line in within]


def test_unknown_awareness_sorts_by_its_worst_case(desk: Desk, clock: ToldClock) -> None:
    log(desk, "unsure", became_aware_at=None, detected_at=FRIDAY - timedelta(hours=60))
    log(desk, "sure")
    line = desk.register.due()[0]
    assert (line.ref[-1], line.state) == ("1", ClockState.NOT_STARTED)
    assert line.deadline is None
    assert line.worst_case_deadline == FRIDAY + timedelta(hours=12)
    clock.move(days=30)
    assert desk.register.rows()[0].state == ClockState.NOT_STARTED


def test_filters_and_pages(desk: Desk) -> None:
    for number in range(5):
        log(desk, f"case {number} æøå" if number == 3 else f"case {number}")
    desk.intake.close("2", "done")
    register = desk.register
    assert len(register.rows(RegisterFilter(open_only=True))) == 4
    assert [one.title for one in register.rows(RegisterFilter(search="ÆØÅ"))] == ["case 3 æøå"]
    first = register.rows(RegisterFilter(limit=2))
    second = register.rows(RegisterFilter(limit=2, after=first[-1].ref))
    third = register.rows(RegisterFilter(limit=2, after=second[-1].ref))
    assert len({one.ref for one in (*first, *second, *third)}) == 5
    assert register.rows(RegisterFilter(year=2025)) == ()


def test_the_projection_can_be_made_again(desk: Desk) -> None:
    log(desk, "one")
    log(desk, "two")
    before = desk.register.rows()
    assert desk.register.rebuild() == 2
    assert desk.register.rows() == before


def test_drills_stay_out_of_the_register_of_article_33_5(desk: Desk) -> None:
    real = log(desk, "real")
    log(desk, "drill", is_drill=True)
    assert [case.ref for case in desk.register.cases()] == [real]
    assert len(desk.register.rows()) == 2


def test_half_typed_words_wait_for_their_writer(desk: Desk) -> None:
    desk.drafts.save("new", "title", "Payroll li")
    desk.drafts.save("new", "title", "Payroll list")
    desk.drafts.save("BD-2026-001", "note", "She called")
    assert desk.drafts.open("new") == {"title": "Payroll list"}
    assert {one.place for one in desk.drafts.all()} == {"new", "BD-2026-001"}
    desk.drafts.save("new", "title", "")
    desk.drafts.drop("BD-2026-001", "note")
    assert desk.drafts.all() == ()


@pytest.mark.parametrize("lang", Lang)
def test_the_register_leaves_the_desk_as_paper_and_as_text(desk: Desk, lang: Lang) -> None:
    log(desk, "Payroll list astray")
    log(desk, "drill", is_drill=True)
    assert desk.register.paper(lang=lang).startswith(b"%PDF")
    for form in ("csv", "json"):
        text = desk.register.export(form, lang=lang).decode("utf-8-sig")
        assert "Payroll list astray" in text
        assert "drill" not in [word.strip('"') for word in text.split(";")]


def test_a_text_too_long_to_look_for_is_refused(desk: Desk) -> None:
    with pytest.raises(RefusedError, match="longer than"):
        desk.register.rows(RegisterFilter(search="x" * 501))

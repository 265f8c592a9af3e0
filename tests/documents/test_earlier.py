"""What a follow-up is compared with: the notification sent last, as the case stood then."""

from datetime import datetime, timedelta
from pathlib import Path

import pytest

from breachdesk.desk import Sheet
from breachdesk.documents import text
from breachdesk.records import NewDecision, NewDispatch, NewGroup
from breachdesk.terms import DocumentKind, Duty, Ground, Lang, Matter, Outcome
from tests.documents.test_changes import Notified, table

WHY_NOT = "The address alone does the customers no harm worth speaking of."
WHY = "Their health notes were in it after all, and they can act on knowing it."


@pytest.fixture
def made(tmp_path: Path) -> Notified:
    return Notified(tmp_path)


def about(made: Notified) -> str:
    """What the draft says of the notification it follows."""
    return " ".join(text.render(made.draft(), None).split())


def decide(made: Notified, group: str, outcome: Outcome, why: str) -> None:
    ground = Ground.RISK_UNLIKELY if outcome is Outcome.NO else None
    new = NewDecision(
        matter=Matter.INFORM_SUBJECTS, outcome=outcome, ground=ground, rationale=why, group_id=group
    )
    made.desk.decisions.decide(made.ref, new)
    made.clock.move(minutes=10)


def grouped(made: Notified) -> None:
    """Customers and employees, decided for each, and notified."""
    for name, people in (("Customers", 28), ("Employees", 12)):
        made.desk.groups.add(made.ref, NewGroup(name=name, people=people))
    own = Sheet(values={"data_types": "contact"}, group="Customers")
    made.desk.assessment.answer(made.ref, "risk", own)
    made.desk.assessment.assess(made.ref)
    decide(made, "Customers", Outcome.NO, WHY_NOT)
    decide(made, "Employees", Outcome.NO, WHY_NOT)
    made.notify()


def issue(made: Notified) -> str:
    done = made.desk.papers.issue(made.ref, DocumentKind.NOTIFICATION, lang=Lang.EN)
    made.clock.move(minutes=10)
    return done.document.id


def send(made: Notified, paper: str | None, at: datetime | None = None) -> str:
    new = NewDispatch(
        duty=Duty.NOTIFY_AUTHORITY, to="Datatilsynet", channel="Altinn", document_id=paper,
        sent_at=at, receipt="" if paper else "AR 7",
    )  # fmt: skip
    case = made.desk.papers.sent(made.ref, new)
    made.clock.move(minutes=10)
    return case.dispatches[-1].id


def test_a_group_decided_otherwise_since_shows_what_was_decided_then(made: Notified) -> None:
    grouped(made)
    assert table(made.draft()) == ()
    decide(made, "Employees", Outcome.YES, WHY)
    rows = {row[0]: row for row in table(made.draft())}
    assert len(rows) == 2
    for row in rows.values():
        assert "Employees" in row[1]
        assert "decided to inform them" in row[2].split("Employees")[-1]
        assert "decided to inform them" not in row[1].split("Employees")[-1]
        assert row[3].split("\n")[0] == WHY


def test_the_reason_is_the_decision_s_also_when_the_number_changed_later(made: Notified) -> None:
    grouped(made)
    decide(made, "Employees", Outcome.YES, WHY)
    made.answer("The log shows more.", people_number=212)
    reasons = [row[3].split("\n")[0] for row in table(made.draft())]
    assert sorted(reasons) == sorted(["The log shows more.", WHY, WHY])


def test_a_group_told_since_was_not_told_then(made: Notified) -> None:
    grouped(made)
    decide(made, "Employees", Outcome.YES, WHY)
    made.notify()
    new = NewDispatch(duty=Duty.INFORM_SUBJECTS, to="Them", channel="post", group_id="Employees")
    made.desk.papers.sent(made.ref, new)
    rows = table(made.draft())
    assert len(rows) == 2
    for row in rows:
        assert "Informed on" not in row[1]
        assert "Informed on" in row[2]


def test_a_group_named_since_is_not_in_what_was_notified(made: Notified) -> None:
    made.notify()
    made.desk.groups.add(made.ref, NewGroup(name="Employees", people=12))
    decide(made, "Employees", Outcome.YES, WHY)
    rows = table(made.draft())
    assert len(rows) == 2
    assert all("Employees" not in row[1] for row in rows)
    assert any("Employees" in row[2] for row in rows)


def test_the_paper_that_was_sent_is_named_not_the_newest_one_issued(made: Notified) -> None:
    first = issue(made)
    send(made, first)
    made.answer("The log shows more.", people_number=212)
    second = issue(made)
    said = about(made)
    assert first in said
    assert second not in said
    assert [row[2] for row in table(made.draft())] == ["Approximately 212"]


def test_a_sending_recorded_late_counts_from_when_it_was_sent(made: Notified) -> None:
    first, early = issue(made), made.clock.now
    made.answer("The log shows more.", people_number=212)
    second = issue(made)
    send(made, second)
    send(made, first, at=early)
    said = about(made)
    assert second in said
    assert first not in said
    assert table(made.draft()) == ()


def test_what_was_typed_into_the_form_last_is_named_though_a_paper_is_newer(
    made: Notified,
) -> None:
    paper = issue(made)
    send(made, paper, at=made.clock.now - timedelta(minutes=5))
    made.answer("The log shows more.", people_number=212)
    send(made, None)
    later = issue(made)
    said = about(made)
    assert "AR 7" in said
    assert paper not in said
    assert later not in said
    assert table(made.draft()) == ()


def test_a_sending_taken_back_leaves_the_one_before_it(made: Notified) -> None:
    first = issue(made)
    send(made, first)
    made.answer("The log shows more.", people_number=212)
    second = issue(made)
    mistaken = send(made, second)
    made.desk.papers.unsent(mistaken, "It was never sent.")
    said = about(made)
    assert first in said
    assert second not in said
    assert len(table(made.draft())) == 1

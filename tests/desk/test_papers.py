import hashlib

import pytest

from breachdesk.desk import Desk
from breachdesk.errors import NoSuchThingError, RefusedError
from breachdesk.records import NewDispatch, NewIncident
from breachdesk.terms import DocumentKind, Duty, Lang, Phase, Role
from tests.desk.desks import FRIDAY, ToldClock


def log(desk: Desk, **changes: object) -> None:
    given = {"title": "Payroll list astray", "became_aware_at": FRIDAY, **changes}
    desk.intake.log(NewIncident.model_validate(given))


@pytest.mark.parametrize("kind", list(DocumentKind))
@pytest.mark.parametrize("lang", Lang)
@pytest.mark.parametrize("role", [Role.CONTROLLER, Role.PROCESSOR])
def test_every_paper_can_be_drafted_and_issued_for_a_case_that_knows_nothing(
    desk: Desk, kind: DocumentKind, lang: Lang, role: Role
) -> None:
    log(desk, role=role)
    draft = desk.papers.draft("1", kind, lang=lang)
    assert draft.reference == "BD-2026-001"
    issued = desk.papers.issue("1", kind, lang=lang)
    assert issued.content.startswith(b"%PDF")
    assert issued.document.sha256 == hashlib.sha256(issued.content).hexdigest()
    assert desk.papers.content(issued.document.id) == issued.content
    assert desk.trust.verify().ok


def test_an_issued_paper_is_frozen_and_the_next_one_counts_on(desk: Desk, clock: ToldClock) -> None:
    log(desk)
    first = desk.papers.issue("1", DocumentKind.NOTIFICATION)
    clock.move(minutes=1)
    desk.intake.correct("1", "title", "Another title", "better")
    second = desk.papers.issue("1", DocumentKind.NOTIFICATION)
    assert (first.document.version, second.document.version) == (1, 2)
    assert desk.papers.content(first.document.id) == first.content
    assert second.document.audit_head != first.document.audit_head


def test_the_head_on_the_paper_is_the_chain_before_it(desk: Desk) -> None:
    log(desk)
    head = desk.trust.head()[1]
    assert desk.papers.issue("1", DocumentKind.REGISTER_ENTRY).document.audit_head == head


def test_a_notification_is_initial_until_one_was_sent(desk: Desk) -> None:
    log(desk)
    assert desk.papers.draft("1", DocumentKind.NOTIFICATION).phase == Phase.INITIAL
    sending = NewDispatch(duty=Duty.NOTIFY_AUTHORITY, to="Datatilsynet", channel="Altinn")
    desk.papers.sent("1", sending)
    assert desk.papers.draft("1", DocumentKind.NOTIFICATION).phase == Phase.SUPPLEMENTARY


def test_a_final_paper_with_gaps_asks_for_a_reason(desk: Desk) -> None:
    log(desk)
    with pytest.raises(RefusedError, match="needs a reason"):
        desk.papers.issue("1", DocumentKind.NOTIFICATION, phase=Phase.FINAL)
    assert desk.intake.open("1").documents == ()
    issued = desk.papers.issue(
        "1", DocumentKind.NOTIFICATION, phase=Phase.FINAL, because="the logs are gone"
    )
    assert issued.document.reason == "the logs are gone"


def test_a_paper_or_sending_that_is_not_there_is_named(desk: Desk) -> None:
    with pytest.raises(NoSuchThingError):
        desk.papers.find("doc-none")
    with pytest.raises(NoSuchThingError):
        desk.papers.unsent("dsp-none", "why")

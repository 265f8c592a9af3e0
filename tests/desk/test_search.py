"""A case is found by any text a person wrote into it, also inside a compound."""

from datetime import timedelta

import pytest

from breachdesk.desk import Desk, Sheet
from breachdesk.records import NewDecision, NewDispatch, NewIncident, NewNote
from breachdesk.register import RegisterFilter
from breachdesk.store import lines
from breachdesk.terms import Duty, Matter, Outcome
from tests.desk.desks import FRIDAY, ToldClock


@pytest.fixture(autouse=True, params=[0, 1000], ids=["many", "few"])
def _few_or_many(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Few cases are looked up one by one, many are met in the register's order."""
    monkeypatch.setattr(lines, "_FEW_FOUND", request.param)


@pytest.fixture
def told(desk: Desk) -> Desk:
    intake, ref = desk.intake, "BD-2026-001"
    intake.log(NewIncident(title="Lønnsliste på avveie", became_aware_at=FRIDAY, summary="Fort!"))
    intake.log(NewIncident(title="Something else", became_aware_at=FRIDAY))
    desk.timeline.note(ref, NewNote(text="Mottakeren ringte sentralbordet i Ålesund"))
    values = {"description": "Et vedlegg med fødselsnummer", "systems": "Lønnssystemet"}
    desk.assessment.answer(ref, "facts", Sheet(values=values, unknown={"cause": ("Ola Li", None)}))
    because = "Opplysningene er hos en uvedkommende."
    new = NewDecision(matter=Matter.IS_BREACH, outcome=Outcome.YES, rationale=because)
    desk.decisions.decide(ref, new)
    sent = NewDispatch(
        duty=Duty.NOTIFY_AUTHORITY, to="Datatilsynet", channel="Altinn", receipt="A1"
    )
    desk.papers.sent(ref, sent)
    intake.correct(ref, "title", "Regneark på avveie", "Det var et regneark")
    return desk


def found(desk: Desk, search: str) -> list[str]:
    return [line.ref for line in desk.register.rows(RegisterFilter(search=search))]


@pytest.mark.parametrize(
    "words",
    [
        "regneark", "LØNNSLISTE", "liste", "ålesund", "bordet ringte", "fødsels", "uvedkommende",
        "Ola Li", "datatilsynet altinn", "2026-001 avveie", "regn på", "det var et",
    ],
)  # fmt: skip
def test_every_text_of_a_case_finds_it_and_no_other(told: Desk, words: str) -> None:
    assert found(told, words) == ["BD-2026-001"]


@pytest.mark.parametrize(
    "words",
    ["ringte hjem", "xyzzy", 'lønns"liste', "lønns*", "liste OR else", "NEAR(liste)", "-liste"],
)
def test_what_stands_nowhere_finds_nothing_and_no_sign_is_a_command(told: Desk, words: str) -> None:
    assert found(told, words) == []


def test_spaces_alone_look_for_nothing(told: Desk) -> None:
    assert len(found(told, "  ")) == 2


def test_the_index_can_be_made_again(told: Desk) -> None:
    with told.office.store.transaction(actor="x", now=told.now()) as writing:
        writing.connection().exec_driver_sql("DELETE FROM case_text")
    assert found(told, "ålesund") == []
    assert told.register.rebuild() == 2
    assert found(told, "ålesund") == ["BD-2026-001"]


def test_a_search_keeps_the_registers_order_and_its_pages(desk: Desk, clock: ToldClock) -> None:
    for hours in (5, 30, 2, 90, 1):
        aware = clock.now - timedelta(hours=hours)
        desk.intake.log(NewIncident(title=f"Lost laptop {hours}", became_aware_at=aware))
    desk.intake.log(NewIncident(title="Lost laptop, not sure when"))
    desk.intake.log(NewIncident(title="Something else", became_aware_at=clock.now))
    desk.intake.close("3", "Found again")
    every = [line.ref for line in desk.register.rows() if line.title != "Something else"]
    assert found(desk, "laptop") == every
    paged: list[str] = []
    while True:
        after = paged[-1] if paged else None
        page = desk.register.rows(RegisterFilter(search="laptop", limit=2, after=after))
        if not page:
            break
        paged += [line.ref for line in page]
    assert paged == every
    opened = desk.register.rows(RegisterFilter(search="laptop", open_only=True))
    assert "BD-2026-003" not in [line.ref for line in opened]

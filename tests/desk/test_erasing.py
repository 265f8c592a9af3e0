"""After an erasure nothing of the case is left but what Art. 33(5) asks for; the chain stands."""

from pathlib import Path

import pytest
from sqlalchemy import inspect, select, table, text

from breachdesk.desk import Desk
from breachdesk.desk.erasing import running_words
from breachdesk.desk.letters import Order
from breachdesk.desk.sheets import Sheet
from breachdesk.errors import RefusedError
from breachdesk.records import (
    NewDecision,
    NewDispatch,
    NewEvidence,
    NewIncident,
    NewNote,
    Note,
)
from breachdesk.store.store import DATABASE
from breachdesk.terms import DocumentKind, Duty, Lang, Matter, Nature, Outcome, Status
from tests.desk.desks import FRIDAY, ToldClock, new_desk
from tests.engines import indexed_parts

SECRETS = ("Hemmelig", "Ringte Kari Kunde", "Lønn er på avveie", "Utro Tjener", "Mottaker AS")


def worked_on(desk: Desk, home: Path) -> None:
    desk.intake.log(
        NewIncident(
            title="Hemmelig tittel", summary="Hemmelig sammendrag", became_aware_at=FRIDAY,
            awareness_reason="Hemmelig grunn", nature=(Nature.CONFIDENTIALITY,),
        )
    )  # fmt: skip
    sheet = Sheet(
        values={"description": "Hemmelig beskrivelse", "people_number": 12},
        unknown={"cause": ("Utro Tjener", None)},
    )
    desk.assessment.answer("1", "facts", sheet)
    desk.assessment.assess("1")
    new = NewDecision(
        matter=Matter.NOTIFY_AUTHORITY, outcome=Outcome.YES,
        rationale="Lønn er på avveie hos en ukjent mottaker, og det haster.",
    )  # fmt: skip
    desk.decisions.decide("1", new)
    paper = desk.papers.issue("1", DocumentKind.NOTIFICATION, lang=Lang.NB)
    desk.papers.sent(
        "1",
        NewDispatch(
            duty=Duty.NOTIFY_AUTHORITY, to="Mottaker AS", channel="Altinn",
            receipt="Hemmelig", document_id=paper.document.id,
        ),
    )  # fmt: skip
    desk.timeline.note("1", NewNote(text="Ringte Kari Kunde"))
    desk.drafts.save("BD-2026-001", "note", "Hemmelig utkast")
    file = home / "mail.eml"
    file.write_bytes(b"Hemmelig")
    desk.evidence.add("1", file, NewEvidence(origin="Hemmelig kilde", collector="Ola"))
    file.unlink()


def rows_of(desk: Desk) -> str:
    """Everything in every table, the index's own included."""
    with desk.office.store.engine.connect() as connection:
        names = inspect(connection).get_table_names()
        return "\n".join(
            str(row)
            for name in names
            for row in connection.execute(select(text("*")).select_from(table(name)))
        )


def found_by(desk: Desk) -> set[str]:
    """Every part of a word that the search index knows."""
    return indexed_parts(desk.office.store.engine)


def test_what_was_said_is_gone_and_what_must_be_documented_is_kept(
    desk: Desk, clock: ToldClock, tmp_path: Path
) -> None:
    worked_on(desk, tmp_path)
    before = desk.intake.open("1")
    entries = desk.trust.head()[0]
    assert all(secret in rows_of(desk) for secret in SECRETS)
    assert {"mme", "kun", "tje"} <= found_by(desk)
    clock.move(hours=24 * 365)
    done = desk.erasing.erase("1", "Fem år er gått", rationales={Matter.NOTIFY_AUTHORITY: "Lønn"})
    left = rows_of(desk)
    assert not {"mme", "kun", "tje"} & found_by(desk)
    assert "bd-" in found_by(desk)
    assert [secret for secret in SECRETS if secret in left] == []
    assert done.files == 1
    assert done.is_log_empty
    assert list((tmp_path / "evidence").iterdir()) == []
    assert (tmp_path / f"{DATABASE}-wal").stat().st_size == 0
    case = desk.intake.open("1")
    assert (case.ref, case.facts.title, case.facts.status) == (
        "BD-2026-001", "BD-2026-001", Status.CLOSED
    )  # fmt: skip
    assert case.facts.became_aware_at == FRIDAY
    assert case.facts.nature == ["confidentiality"]
    assert case.value("people_number") == 12
    assert case.value("description") is None
    decision = case.decision(Matter.NOTIFY_AUTHORITY)
    assert decision is not None
    assert (decision.outcome, decision.rationale) == (Outcome.YES, "Lønn")
    assert (decision.recorded_at, decision.recorded_by) == (
        before.decisions[0].recorded_at, before.decisions[0].recorded_by
    )  # fmt: skip
    assert [one.sent_at for one in case.dispatches] == [one.sent_at for one in before.dispatches]
    assert [one.risk for one in case.assessments] == [before.assessments[-1].risk]
    assert (case.documents, case.notes, case.evidence) == ((), (), ())
    report = desk.trust.verify()
    assert report.ok
    assert report.entries > entries
    assert desk.trust.verify("1").ok
    assert desk.register.rows()[0].title == "BD-2026-001"
    assert desk.papers.draft("1", DocumentKind.REGISTER_ENTRY).reference == "BD-2026-001"


def test_why_an_answer_was_changed_goes_and_the_answer_itself_stays(
    desk: Desk, tmp_path: Path
) -> None:
    worked_on(desk, tmp_path)
    first = Sheet(values={"people_number": 14}, because="Hemmelig telling")
    desk.assessment.answer("1", "facts", first)
    desk.assessment.answer("1", "facts", Sheet(values={"people_basis": "exact"}))
    again = Sheet(unknown={"people_basis": ("Utro Tjener", None)}, because="Hemmelig tvil")
    desk.assessment.answer("1", "facts", again)
    case = desk.erasing.erase("1", "Fem år er gått.").case
    assert [one for one in SECRETS if one in rows_of(desk)] == []
    assert case.value("people_number") == 14
    assert case.answers["people_basis"].is_unknown, "no earlier answer is in force again"
    assert desk.trust.verify().ok


def test_what_cannot_be_reached_is_said(desk: Desk, tmp_path: Path) -> None:
    worked_on(desk, tmp_path)
    done = desk.erasing.erase("1", "Fem år er gått")
    said = " ".join(str(one) for one in done.out_of_reach)
    assert "copies of the paper" in said
    assert "breachdesk export" in said


def test_letters_that_were_made_are_named_as_out_of_reach(desk: Desk, tmp_path: Path) -> None:
    worked_on(desk, tmp_path)
    people = b"navn;adresse;postnummer;poststed\nKari Li;Veien 1;0155;Oslo\n"
    desk.letters.make("1", Order(content=people, print_file=tmp_path / "print.pdf"))
    foreseen = desk.erasing.outlook("1").out_of_reach
    done = desk.erasing.erase("1", "Fem år er gått")
    assert done.out_of_reach == foreseen
    assert "the letters made out to people" in " ".join(str(one) for one in foreseen)


def test_another_case_is_untouched(desk: Desk, tmp_path: Path) -> None:
    worked_on(desk, tmp_path)
    desk.intake.log(NewIncident(title="En annen sak"))
    desk.timeline.note("2", NewNote(text="Blir stående"))
    desk.erasing.erase("1", "Fem år er gått")
    assert [one.text for one in desk.intake.open("2").notes] == ["Blir stående"]
    desk.timeline.note("1", NewNote(text="Etterpå"))
    assert desk.trust.verify().ok


def test_an_erased_case_is_neither_erased_again_nor_shown_as_it_was_nor_exported(
    desk: Desk, clock: ToldClock, tmp_path: Path
) -> None:
    worked_on(desk, tmp_path)
    earlier = clock()
    clock.move(hours=5)
    desk.erasing.erase("1", "Fem år er gått")
    with pytest.raises(RefusedError, match="erased already"):
        desk.erasing.erase("1", "Igjen")
    with pytest.raises(RefusedError, match="at that time was erased"):
        desk.intake.open("1", at=earlier)
    with pytest.raises(RefusedError, match="cannot be exported whole"):
        desk.moving.export("1")


def test_what_was_written_into_an_erased_case_can_be_erased_too(desk: Desk, tmp_path: Path) -> None:
    worked_on(desk, tmp_path)
    kept = "Lønn på avveie"
    desk.erasing.erase("1", "Fem år er gått", rationales={Matter.NOTIFY_AUTHORITY: kept})
    before = desk.intake.open("1")
    desk.intake.reopen("1", "Hemmelig grunn")
    desk.timeline.note("1", NewNote(text="Ringte Kari Kunde igjen"))
    desk.assessment.answer("1", "facts", Sheet(values={"description": "Hemmelig beskrivelse"}))
    case = desk.erasing.erase("1", "Det skulle ikke ha stått der").case
    assert [one for one in SECRETS if one in rows_of(desk)] == []
    assert case.decision(Matter.NOTIFY_AUTHORITY) == before.decision(Matter.NOTIFY_AUTHORITY)
    assert case.decision(Matter.NOTIFY_AUTHORITY).rationale == kept
    assert case.dispatches == before.dispatches
    assert (case.facts.title, case.facts.status) == ("BD-2026-001", Status.CLOSED)
    assert desk.trust.verify().ok
    with pytest.raises(RefusedError, match="erased already"):
        desk.erasing.erase("1", "Igjen")


def test_a_reason_is_needed(desk: Desk, tmp_path: Path) -> None:
    worked_on(desk, tmp_path)
    with pytest.raises(RefusedError, match="A reason is needed"):
        desk.erasing.erase("1", " . ")
    with desk.office.reading() as reading:
        assert len(reading.rows(Note)) == 1


def test_a_row_taken_out_by_others_is_still_missed_after_an_erasure(tmp_path: Path) -> None:
    desk = new_desk(tmp_path)
    worked_on(desk, tmp_path)
    desk.intake.log(NewIncident(title="En annen sak"))
    desk.timeline.note("2", NewNote(text="Blir stående"))
    desk.erasing.erase("1", "Fem år er gått")
    with desk.office.store.engine.begin() as connection:
        connection.exec_driver_sql("DELETE FROM note")
        connection.exec_driver_sql("UPDATE erasure SET erased = '[1,2,3]'")
    kinds = {one.kind.value for one in desk.trust.verify().findings}
    assert {"row_missing", "row_changed"} <= kinds
    desk.close()


def test_a_duty_that_runs_is_told_and_goes_on_running_until_it_is_met(
    desk: Desk, clock: ToldClock
) -> None:
    desk.intake.log(NewIncident(title="Open", became_aware_at=FRIDAY))
    both = (Duty.NOTIFY_AUTHORITY, Duty.INFORM_SUBJECTS)
    assert desk.erasing.outlook("1").running == both
    told = str(running_words(both))
    assert "erasing does not end them" in told
    done = desk.erasing.erase("1", "Logged by mistake")
    assert done.running == both
    assert done.case.facts.status is Status.CLOSED
    clock.move(hours=1)
    assert {one.duty for one in desk.register.due(None)} == set(both)
    sent = NewDispatch(duty=Duty.NOTIFY_AUTHORITY, to="Datatilsynet", channel="Altinn")
    desk.papers.sent("1", sent)
    assert [one.duty for one in desk.register.due(None)] == [Duty.INFORM_SUBJECTS]
    new = NewDecision(
        matter=Matter.INFORM_SUBJECTS, outcome=Outcome.NO, rationale="Nobody's data was in it."
    )
    desk.decisions.decide("1", new)
    assert desk.register.due(None) == ()
    assert desk.trust.verify().ok


def test_of_a_case_whose_duties_are_met_nothing_is_told(desk: Desk) -> None:
    desk.intake.log(NewIncident(title="Open", became_aware_at=FRIDAY))
    new = NewDecision(matter=Matter.IS_BREACH, outcome=Outcome.NO, rationale="No personal data.")
    desk.decisions.decide("1", new)
    assert desk.erasing.outlook("1").running == ()
    assert running_words(()) is None
    assert "One duty" in str(running_words((Duty.NOTIFY_CONTROLLER,)))

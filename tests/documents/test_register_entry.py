from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from breachdesk.documents.draft import Draft, FieldRow, Fields, Paragraph, Table
from breachdesk.records import Evidence, Task
from breachdesk.terms import (
    DocumentKind,
    Duty,
    EvidenceKeeping,
    Ground,
    Lang,
    Matter,
    Outcome,
    Role,
)
from tests.documents.builders import (
    AWARE,
    CASE_ID,
    NOW,
    case,
    decision,
    dispatch,
    draft,
    full_case,
)

ENTRY = DocumentKind.REGISTER_ENTRY


def rows(made: Draft, section_id: str) -> list[FieldRow]:
    return [
        row
        for one in made.sections
        if one.id == section_id
        for block in one.blocks
        if isinstance(block, Fields)
        for row in block.rows
    ]


def test_facts_effects_remedial_action_and_decisions_stand_in_it() -> None:
    made = draft(full_case(), ENTRY)
    assert [one.heading for one in made.sections][:6] == [
        "Saken", "Faktiske forhold", "Virkninger", "Risikovurdering", "Tiltak", "Beslutninger",
    ]  # fmt: skip


def test_a_decision_not_to_notify_stands_with_ground_reasons_name_and_time() -> None:
    no = decision(
        Matter.NOTIFY_AUTHORITY,
        Outcome.NO,
        "Disken var kryptert og nøkkelen trygg.",
        ground=Ground.RISK_UNLIKELY,
        is_against_advice=True,
    )
    value = rows(draft(case(decisions=(no,)), ENTRY), "decisions")[0].value
    assert value.startswith("Nei.\nGrunnlag: Risikoen")
    assert "Disken var kryptert" in value
    assert "avviker fra rådet" in value
    assert "Besluttet av Áslak Nordmann fredag 20. november 2026 kl. 17.01 (UTC+1)." in value


def test_a_changed_mind_keeps_the_first_decision_marked_as_superseded() -> None:
    first = decision(Matter.NOTIFY_AUTHORITY, Outcome.NO, "Først nei.", id="dec-a")
    second = decision(Matter.NOTIFY_AUTHORITY, Outcome.YES, "Så ja.", id="dec-b")
    found = rows(draft(case(decisions=(first, second)), ENTRY), "decisions")
    assert [one.note for one in found[:2]] == ["Erstattet av en senere beslutning.", ""]


def test_decisions_nobody_made_are_missing_from_the_record() -> None:
    made = draft(case(), ENTRY)
    items = {one.item for one in made.missing}
    assert {"decision.notify_authority", "decision.inform_subjects"} <= items
    assert rows(made, "decisions")[-1].is_missing


def test_a_processor_owes_the_decision_to_tell_the_controller() -> None:
    items = {one.item for one in draft(case(role=Role.PROCESSOR), ENTRY).missing}
    assert "decision.notify_controller" in items
    assert "decision.notify_authority" not in items


def test_no_breach_leaves_nothing_to_decide() -> None:
    no = decision(Matter.IS_BREACH, Outcome.NO, "Filen var tom.", ground=Ground.NOT_A_BREACH)
    items = {one.item for one in draft(case(decisions=(no,)), ENTRY).missing}
    assert not {one for one in items if one.startswith("decision.")}


def test_what_was_sent_stands_with_receipt_and_what_was_taken_back_with_its_reason() -> None:
    sent = dispatch(Duty.NOTIFY_AUTHORITY)
    back = dispatch(
        Duty.NOTIFY_AUTHORITY, id="dsp-back", corrects=sent.id, reason="Feil sak", sent_at=None
    )
    row = rows(draft(case(dispatches=(sent, back)), ENTRY), "sent")[0]
    assert "Kvittering: AR123456." in row.value
    assert row.note == "Registrert ved en feil og trukket tilbake: Feil sak"


def test_every_issued_paper_stands_with_the_digest_of_its_bytes() -> None:
    table = next(
        block
        for one in draft(full_case(), ENTRY).sections
        if one.id == "papers"
        for block in one.blocks
        if isinstance(block, Table)
    )
    assert table.rows[0][2] == "ab" * 32


def test_an_empty_record_says_that_nothing_was_sent() -> None:
    made = draft(case(), ENTRY)
    said = [b.text for one in made.sections for b in one.blocks if isinstance(b, Paragraph)]
    assert said == ["Ingen utsendinger er registrert.", "Ingen dokumenter er utstedt."]


def test_a_drill_says_so_in_the_record() -> None:
    assert "øvelse" in rows(draft(case(is_drill=True), ENTRY), "case")[1].value


def test_the_assessment_is_kept_with_method_rules_and_how_it_was_counted() -> None:
    value = rows(draft(full_case(), ENTRY), "assessment")[0].value
    assert "etter regelsettet risk@" in value
    assert "ENISAs metode fra 2013" in value
    assert value.count("– ") > 4


def test_whether_people_were_told_is_no_gap_in_a_processors_record() -> None:
    items = {one.item for one in draft(case(role=Role.PROCESSOR), ENTRY).missing}
    assert "subjects_told" not in items
    assert "subjects_told" in {one.item for one in draft(case(), ENTRY).missing}


@pytest.mark.parametrize("kind", [ENTRY, DocumentKind.DECISION_MEMO])
@pytest.mark.parametrize(
    ("lang", "reckoned", "at_worst"),
    [
        (
            Lang.EN,
            "– Disclosed to: not known – reckoned as its worst case: an intruder",
            "an intruder, fraudster or blackmailer (between 0 and 0.5 points)",
        ),
        (
            Lang.NB,
            "– Utlevert til: ikke kjent – regnet som verste fall: en inntrenger",
            "en inntrenger, svindler eller utpresser (mellom 0 og 0,5 poeng)",
        ),
        (
            Lang.NN,
            "– Utlevert til: ikkje kjent – rekna som verste fall: ein inntrengar",
            "ein inntrengar, svindlar eller utpressar (mellom 0 og 0,5 poeng)",
        ),
    ],
)
def test_a_factor_nobody_knows_is_told_as_its_worst_case_with_its_span(
    kind: DocumentKind, lang: Lang, reckoned: str, at_worst: str
) -> None:
    known = case({"data_types": ["basic"], "exposure": "likely"}, is_assessed=True)
    said = rows(draft(known, kind, lang), "assessment")[0].value
    assert reckoned in said
    assert at_worst in said


def table(made: Draft, section_id: str) -> Table:
    blocks = (block for one in made.sections if one.id == section_id for block in one.blocks)
    return next(block for block in blocks if isinstance(block, Table))


def kept(row_id: str) -> dict[str, Any]:
    return {
        "id": row_id, "seq": 12, "recorded_at": AWARE, "recorded_by": "per-1",
        "incident_id": CASE_ID,
    }  # fmt: skip


def task(number: int, **said: object) -> Task:
    row = {**kept(f"tsk-{number}"), "task": f"t-{number}", "number": number, "what": "Ring"}
    return Task.model_validate({**row, **said})


@pytest.mark.parametrize(
    ("lang", "states"),
    [
        (
            Lang.EN,
            [
                "Not done, late: was due 21 Nov 2026 09:30",
                "Not done yet, due 22 Nov 2026 12:30",
                "Not done yet",
                "Done 20 Nov 2026 17:30",
                "Done 20 Nov 2026 18:30, late: was due 20 Nov 2026 17:30",
            ],
        ),
        (
            Lang.NB,
            [
                "Ikke gjort, for sent: fristen var 21.11.2026 09.30",
                "Ikke gjort ennå, frist 22.11.2026 12.30",
                "Ikke gjort ennå",
                "Utført 20.11.2026 17.30",
                "Utført 20.11.2026 18.30, for sent: fristen var 20.11.2026 17.30",
            ],
        ),
        (
            Lang.NN,
            [
                "Ikkje gjort, for seint: fristen var 21.11.2026 09.30",
                "Ikkje gjort enno, frist 22.11.2026 12.30",
                "Ikkje gjort enno",
                "Utført 20.11.2026 17.30",
                "Utført 20.11.2026 18.30, for seint: fristen var 20.11.2026 17.30",
            ],
        ),
    ],
)
def test_each_task_says_whether_it_is_done_and_whether_late(lang: Lang, states: list[str]) -> None:
    hour = timedelta(hours=1)
    tasks = (
        task(1, due=NOW - 3 * hour),
        task(2, due=NOW + 24 * hour),
        task(3),
        task(4, done_at=AWARE + hour, due=AWARE + hour),
        task(5, done_at=AWARE + 2 * hour, due=AWARE + hour),
    )
    made = draft(replace(case(), tasks=tasks), ENTRY, lang)
    assert [row[2] for row in table(made, "tasks").rows] == states


@pytest.mark.parametrize(
    ("lang", "source", "place", "when"),
    [
        (Lang.EN, "From: Mailbox", "Sealed in the desk (evi-1)", "20 Nov 2026 16:30"),
        (Lang.NB, "Fra: Mailbox", "Forseglet i saksbordet (evi-1)", "20.11.2026 16.30"),
        (Lang.NN, "Frå: Mailbox", "Forsegla i saksbordet (evi-1)", "20.11.2026 16.30"),
    ],
)
def test_evidence_stands_with_who_collected_it_when_and_its_digest(
    lang: Lang, source: str, place: str, when: str
) -> None:
    piece = Evidence(
        **kept("evi-1"), name="mail.eml", size=8, sha256="cd" * 32, keeping=EvidenceKeeping.SEALED,
        key=b"k", origin="Mailbox", collector="Ola Li", collected_at=AWARE,
    )  # fmt: skip
    made = draft(replace(case(), evidence=(piece,)), ENTRY, lang)
    assert table(made, "evidence").rows == (
        (f"mail.eml\n{source}\n{place}", f"{when}\nOla Li", "cd" * 32),
    )


def test_without_evidence_there_is_no_section_about_it() -> None:
    assert "evidence" not in {one.id for one in draft(case(), ENTRY).sections}

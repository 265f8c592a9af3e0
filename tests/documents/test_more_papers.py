"""The letter to guardians, the public notice, the decision memo and the hand-over card."""

import io
from datetime import timedelta

import pytest
from pypdf import PdfReader

from breachdesk.documents import pdf
from breachdesk.documents.draft import AddressBlock, Block, Draft, Gap, Signature
from breachdesk.documents.lix import lix_of
from breachdesk.documents.text import render
from breachdesk.terms import DocumentKind, Ground, Lang, Matter, Outcome, Role
from tests.documents.builders import AWARE, NOW, STAMP, case, decision, draft, note

EACH = pytest.mark.parametrize("lang", Lang)


def signatures(made: Draft) -> list[Block]:
    return [one for one in made.sections[-1].blocks if isinstance(one, Signature)]


def flat(made: Draft) -> str:
    return " ".join(render(made).split())


def test_guardians_read_about_the_child_in_plainer_words() -> None:
    letter, plain = (
        draft(case(), kind) for kind in (DocumentKind.COMMUNICATION, DocumentKind.GUARDIAN_LETTER)
    )
    said = flat(plain)
    assert "opplysninger om barnet ditt" in said
    assert "kredittsperre for barnet" in said
    assert "opplysningene dine" not in said
    assert [one.id for one in plain.sections] == [one.id for one in letter.sections]
    assert (lix_of(plain) or 0) < (lix_of(letter) or 0)


@EACH
def test_a_letter_to_guardians_lacks_what_the_other_letter_lacks(lang: Lang) -> None:
    empty = case(known=False, aware=None, profile=None)
    kinds = (DocumentKind.COMMUNICATION, DocumentKind.GUARDIAN_LETTER)
    first, second = ({one.item for one in draft(empty, kind, lang).missing} for kind in kinds)
    assert first == second


def test_a_public_notice_says_first_whom_it_concerns_and_has_no_address() -> None:
    made = draft(case(), DocumentKind.PUBLIC_NOTICE)
    assert made.sections[0].id == "who"
    assert "barn og unge under 18 år" in flat(made)
    assert not any(isinstance(one, AddressBlock) for one in made.sections[0].blocks)
    unknown = draft(
        case({"data_subjects": None, "data_subjects_text": None}), DocumentKind.PUBLIC_NOTICE
    )
    assert "data_subjects" in {one.item for one in unknown.missing}


def test_a_memo_says_why_not_with_ground_and_reasons() -> None:
    no = decision(
        Matter.INFORM_SUBJECTS, Outcome.NO, "Dataene var kryptert, og nøkkelen er trygg.",
        ground=Ground.ART_34_3_A,
    )  # fmt: skip
    said = flat(draft(case(decisions=(no,)), DocumentKind.DECISION_MEMO))
    assert "De berørte underrettes ikke. Besluttet av Áslak Nordmann" in said
    assert "nøkkelen er trygg" in said
    assert "artikkel 34 nr. 3 bokstav a" in said


def test_a_memo_without_decisions_says_what_is_still_to_be_decided() -> None:
    made = draft(case(), DocumentKind.DECISION_MEMO)
    assert {"decision.notify_authority", "decision.inform_subjects", "assessment"} <= {
        one.item for one in made.missing
    }
    assert any(isinstance(one, Gap) for one in made.sections[0].blocks)


def test_a_memo_is_signed_by_those_who_decided_and_not_by_who_reports() -> None:
    kari = {"recorded_by": "per-1", "recorded_at": AWARE + timedelta(hours=3)}
    superseded = decision(Matter.IS_BREACH, Outcome.NOT_YET, id="dec-0", **kari)
    decisions = (
        superseded,
        decision(Matter.IS_BREACH, Outcome.YES),
        decision(Matter.NOTIFY_AUTHORITY, Outcome.NO),
    )
    made = draft(case(decisions=decisions), DocumentKind.DECISION_MEMO)
    assert signatures(made) == [Signature("Áslak Nordmann", "Nordvakt Programvare AS")]
    both = (*decisions, decision(Matter.INFORM_SUBJECTS, Outcome.NO, **kari))
    assert signatures(draft(case(decisions=both), DocumentKind.DECISION_MEMO)) == [
        Signature("Áslak Nordmann", "Nordvakt Programvare AS"),
        Signature("Kari Eksempel", "sikkerhetsleder, Nordvakt Programvare AS"),
    ]


def test_a_memo_that_nobody_has_decided_anything_in_is_signed_by_nobody() -> None:
    made = draft(case(), DocumentKind.DECISION_MEMO)
    assert signatures(made) == [Signature("Nordvakt Programvare AS", "")]


def test_a_processors_memo_is_about_telling_the_controller() -> None:
    made = draft(case(role=Role.PROCESSOR), DocumentKind.DECISION_MEMO)
    assert "decision.notify_controller" in {one.item for one in made.missing}


@EACH
def test_the_card_is_one_page_however_much_has_happened(lang: Lang) -> None:
    long = "Mye skjedde denne natten, og alt ble skrevet ned med mange ord. " * 20
    questions = ("impacts", "people_number", "systems", "measures_taken", "data_types", "cause")
    busy = case(
        {"description": long},
        unknown=dict.fromkeys(questions, ("Nina Eksempel med et langt navn", NOW)),
        notes=tuple(note(long, hours=hour) for hour in range(1, 30)),
        decisions=tuple(decision(matter, Outcome.NO, long) for matter in Matter),
        title="En svært lang tittel på en sak " * 5,
    )
    pages = PdfReader(io.BytesIO(pdf.render(draft(busy, DocumentKind.HANDOVER, lang), STAMP))).pages
    assert len(pages) == 1


def test_the_card_says_what_is_next_when_it_is_due_and_who_finds_out_what() -> None:
    made = draft(case(unknown={"impacts": ("Nina Eksempel", NOW)}), DocumentKind.HANDOVER)
    said = flat(made)
    assert "Neste steg:" in said
    assert "Senest mandag 23. november 2026 kl. 16.30" in said
    assert "Nina Eksempel" in said
    assert "Sárá Đuodji" in said

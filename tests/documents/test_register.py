import pytest

from breachdesk.documents.draft import Draft, Fields, Paragraph, Table
from breachdesk.documents.register import register_paper
from breachdesk.terms import Lang, Matter, Outcome
from tests.documents.builders import PROFILE, case, decision, forms, full_case


def paper(*cases: object, lang: Lang = Lang.NB) -> Draft:
    wording = forms().wording("register", lang)
    return register_paper(list(cases), wording=wording, lang=lang, profile=PROFILE, year=2026)  # type: ignore[arg-type]


def test_the_overview_has_a_line_for_every_case_and_each_has_its_section() -> None:
    made = paper(full_case(), case(known=False, title="Mistet minnepinne"))
    table = made.sections[0].blocks[0]
    assert isinstance(table, Table)
    assert table.rows[0] == (
        "BD-2026-007", "Lønnsliste sendt til feil mottaker", "20.11.2026", "risiko",
        "meldt 21.11.2026", "ikke besluttet",
    )  # fmt: skip
    assert table.rows[1][3:] == ("ikke vurdert", "ikke besluttet", "ikke besluttet")
    assert [one.heading for one in made.sections[1:]] == [
        "BD-2026-007 Lønnsliste sendt til feil mottaker",
        "BD-2026-007 Mistet minnepinne",
    ]


def test_facts_effects_and_remedial_action_stand_for_each_even_when_missing() -> None:
    fields = paper(case(known=False)).sections[1].blocks[0]
    assert isinstance(fields, Fields)
    missing = {row.label for row in fields.rows if row.is_missing}
    assert {"Hva som har skjedd", "Mulige konsekvenser for de berørte"} <= missing


def test_an_empty_register_says_so() -> None:
    made = paper(lang=Lang.EN)
    assert made.sections[0].blocks == (Paragraph("No breach has been recorded."),)
    assert made.letterhead.name == PROFILE.organisation.name
    assert (made.title, made.reference) == ("Register of personal data breaches", "2026")


@pytest.mark.parametrize(
    ("lang", "words"),
    [(Lang.EN, "not a breach"), (Lang.NB, "ikke et brudd"), (Lang.NN, "ikkje eit brot")],
)
def test_what_was_decided_to_be_no_breach_waits_for_no_decision(lang: Lang, words: str) -> None:
    table = paper(case(decisions=(decision(Matter.IS_BREACH, Outcome.NO),)), lang=lang)
    block = table.sections[0].blocks[0]
    assert isinstance(block, Table)
    assert block.rows[0][4:] == (words, words)

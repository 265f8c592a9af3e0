from datetime import timedelta

import pytest

from breachdesk.casefile import CaseFile
from breachdesk.documents import text
from breachdesk.documents.draft import Draft, FieldRow, Fields, Gap, Paragraph, Table
from breachdesk.terms import (
    DocumentKind,
    Duty,
    Ground,
    Lang,
    Matter,
    Outcome,
    Phase,
    RiskLevel,
    Role,
)
from tests.documents.builders import (
    ASSESSED,
    AWARE,
    PROFILE,
    STAMP,
    case,
    decision,
    dispatch,
    document,
    draft,
    forms,
    full_case,
)

DATATILSYNET = [
    "Hovedårsak",
    "Tidsrom",
    "Når ble avviket oppdaget",
    "Antall berørte personer",
    "Beskrivelse av hva som har skjedd",
    "Hvordan avviket oppstod",
    "Hva slags type personopplysninger som ble berørt",
    "Hvilken relasjon virksomheten har til de berørte personene",
    "Hvor personopplysningene befinner seg etter avviket",
    "Mulige konsekvenser for de berørte",
    "Tiltak som er gjort og planlagt for å hindre gjentakelse",
    "Hva som er gjort for å redusere potensielle skadevirkninger",
    "Har de berørte blitt informert?",
    "Hvordan?",
    "Navn og kontaktinformasjon til personvernombud eller annen kontaktperson",
]


def rows(made: Draft) -> dict[str, FieldRow]:
    return {
        row.label: row
        for section in made.sections
        for block in section.blocks
        if isinstance(block, Fields)
        for row in block.rows
    }


def paragraphs(made: Draft) -> str:
    return "\n".join(
        block.text
        for section in made.sections
        for block in section.blocks
        if isinstance(block, Paragraph | Gap)
    )


def test_the_fields_stand_in_the_order_of_datatilsynets_form() -> None:
    labels = list(rows(draft(full_case())))
    assert [one for one in labels if one in DATATILSYNET] == DATATILSYNET


def test_every_item_of_article_33_3_stands_in_it() -> None:
    said = rows(draft(full_case()))
    assert said["Type brudd"].value.startswith("Konfidensialitet")
    assert said["Antall berørte personer"].value == "1\u00a0240 (nøyaktig antall)"
    assert said["Antall registreringer"].value == "Omtrent 14\u00a0880"
    assert "Sárá Đuodji" in said[DATATILSYNET[-1]].value
    assert "– Identitetstyveri" in said["Mulige konsekvenser for de berørte"].value
    assert not draft(full_case()).missing


def test_the_field_numbers_of_the_template_stand_small_beside_them() -> None:
    said = rows(draft(full_case()))
    assert said["Hovedårsak"].number == "61"
    assert said["Antall berørte personer"].number == "67, 68"
    assert said["Risikovurdering"].number == "89, 90"


def test_what_is_not_known_yet_says_who_supplies_it_by_when() -> None:
    due = AWARE + timedelta(hours=67)
    made = draft(case(unknown={"people_number": ("Nina", due)}, answers={"people_basis": None}))
    row = rows(made)["Antall berørte personer"]
    assert row.is_missing
    assert row.value == "Ikke kjent ennå."
    item = next(one for one in made.missing if one.item == "people_number")
    assert (item.text, item.owner, item.due) == ("Antall berørte personer", "Nina", due)
    assert made.sections[-1].heading == "Ikke kjent ennå – ettersendes"
    table = made.sections[-1].blocks[0]
    assert isinstance(table, Table)
    assert ("Antall berørte personer", "Nina", "mandag 23. november 2026 kl. 11.30") in table.rows


def test_who_supplies_a_missing_fact_by_when_is_said_once() -> None:
    made = draft(case(unknown={"cause": ("Nina", AWARE)}))
    assert text.render(made).count("Nina") == 1


def test_a_case_that_knows_only_its_title_can_be_notified_and_lists_all_gaps() -> None:
    made = draft(case(known=False, aware=None, profile=None))
    missing = {one.item for one in made.missing}
    assert {"became_aware_at", "description", "cause", "data_types", "33.3.b"} <= missing
    assert {"measures_taken", "measures_prevent", "impacts", "people_number"} <= missing


def test_reasons_for_delay_are_asked_for_only_when_it_is_late() -> None:
    assert "Årsakene til forsinkelsen" not in rows(draft(case()))
    late = case(now=AWARE + timedelta(hours=73))
    row = rows(draft(late))["Årsakene til forsinkelsen"]
    assert row.is_missing
    assert row.known == "Fristen løp ut mandag 23. november 2026 kl. 16.30 (UTC+1)."
    assert "reasons_for_delay" in {one.item for one in draft(late).missing}


def test_reasons_given_for_a_delay_are_printed_under_the_expired_limit() -> None:
    late = case(
        {"reasons_for_delay": "Helgevakten fikk ikke varsel."}, now=AWARE + timedelta(days=5)
    )
    row = rows(draft(late))["Årsakene til forsinkelsen"]
    assert not row.is_missing
    assert row.value.startswith("Fristen løp ut")
    assert row.value.endswith("Helgevakten fikk ikke varsel.")


def test_a_supplementary_notification_says_what_it_supplements() -> None:
    made = draft(full_case(), version=2)
    assert made.phase is Phase.SUPPLEMENTARY
    said = paragraphs(made)
    assert "lørdag 21. november 2026 kl. 10.30" in said
    assert "første melding, versjon 1, dokument doc-1" in said
    assert "Kvittering: AR123456." in said


def test_a_supplementary_notification_refers_to_one_typed_straight_into_altinn() -> None:
    typed = case(dispatches=(dispatch(Duty.NOTIFY_AUTHORITY),))
    assert "via Altinn. Kvittering: AR123456." in paragraphs(draft(typed))


def test_a_supplementary_notification_of_nothing_says_so() -> None:
    made = draft(case(), phase=Phase.SUPPLEMENTARY)
    assert "ikke registrert noen tidligere melding" in paragraphs(made)
    assert "earlier" in {one.item for one in made.missing}


def test_an_issued_paper_never_sent_is_said_to_be_issued_only() -> None:
    made = draft(case(documents=(document(),)), phase=Phase.FINAL)
    assert "vi utstedte fredag 20. november 2026" in paragraphs(made)


def test_a_withdrawal_gives_the_decision_as_its_reason_and_nothing_else() -> None:
    no = decision(Matter.IS_BREACH, Outcome.NO, "Filen var tom.", ground=Ground.NOT_A_BREACH)
    made = draft(case(decisions=(no,), documents=(document(),)), phase=Phase.WITHDRAWAL)
    assert [one.id for one in made.sections] == ["about"]
    assert "Filen var tom." in paragraphs(made)


def test_prefilled_facts_nobody_confirmed_are_marked() -> None:
    said = rows(draft(case(unconfirmed=("data_types", "data_subjects"))))
    assert "ikke bekreftet" in said["Hva slags type personopplysninger som ble berørt"].doubt
    assert said["Hovedårsak"].doubt == ""


def test_a_remark_to_ourselves_stands_in_the_draft_and_never_on_an_issued_paper() -> None:
    made = draft(case(unconfirmed=("data_types",)))
    assert "ikke bekreftet" in text.render(made)
    assert "ikke bekreftet" not in text.render(made, STAMP)
    assert any("Hva slags type personopplysninger" in one for one in made.warnings)


def test_a_decision_not_to_tell_people_prints_its_ground_and_reasons() -> None:
    no = decision(
        Matter.INFORM_SUBJECTS, Outcome.NO, "Disken var kryptert.", ground=Ground.ART_34_3_A
    )
    value = rows(draft(case(decisions=(no,))))["Har de berørte blitt informert?"].value
    assert "artikkel 34 nr. 3 bokstav a" in value
    assert "Disken var kryptert." in value


def test_people_who_were_told_are_told_of_with_time_and_channel() -> None:
    sent = dispatch(Duty.INFORM_SUBJECTS, to="1240 ansatte", channel="brev", receipt="")
    value = rows(draft(case(dispatches=(sent,))))["Har de berørte blitt informert?"].value
    assert value == ("Ja.\nlørdag 21. november 2026 kl. 10.30 (UTC+1) til 1240 ansatte, via brev.")


def test_an_undetermined_risk_names_the_facts_that_would_settle_it() -> None:
    row = rows(draft(case(is_assessed=True)))["Risikovurdering"]
    assert row.is_missing
    assert "Risikoen avhenger av" in row.value
    assert "Foreløpig vurdering" in row.value
    assert not row.value.endswith("Ikke kjent ennå.")


def test_what_we_should_consider_ourselves_is_not_told_to_the_authority() -> None:
    answers = {**ASSESSED, "deletion": "none", "holder": "public", "misuse": "sold"}
    given = case({**answers, "data_types": ["health", "identification-number"]}, is_assessed=True)
    assert given.kept
    advice = given.kept.for_duty(Duty.INFORM_SUBJECTS)
    assert advice
    assert "exceptions" in [one.rule for one in advice.reasons]
    assert "34 nr. 3" not in rows(draft(given))["Risikovurdering"].value


def test_a_bare_yes_leads_into_the_words_that_add_to_it() -> None:
    told = {"other_authorities": True, "other_authorities_text": "Nav, 20. november"}
    assert rows(draft(case(told)))["Meldt til andre myndigheter"].value == "Ja: Nav, 20. november"


def test_a_paper_of_the_other_role_is_warned_of() -> None:
    assert "databehandler" in draft(case(role=Role.PROCESSOR)).warnings[0]
    letter = draft(case(role=Role.PROCESSOR), DocumentKind.COMMUNICATION)
    assert "databehandler" in letter.warnings[0]
    notice = draft(case(), DocumentKind.PROCESSOR_NOTICE)
    assert "ikke databehandler" in notice.warnings[0]
    assert draft(case()).warnings == ()


def test_a_paper_without_an_organisation_is_warned_of_loudly() -> None:
    for kind in DocumentKind:
        assert "[virksomhetens navn]" in draft(case(profile=None), kind).warnings[0]


def test_a_paper_that_says_other_than_what_was_decided_is_warned_of() -> None:
    unlikely = decision(Matter.NOTIFY_AUTHORITY, Outcome.NO, "ingen", ground=Ground.RISK_UNLIKELY)
    made = draft(case(is_assessed=True, decisions=(unlikely,)))
    assert any("besluttet ikke å melde" in one for one in made.warnings)
    assert any("Vi kan ikke fastslå risikoen" in one for one in made.warnings)


def test_a_decided_unlikely_high_risk_stands_with_a_risk_but_not_with_an_open_one() -> None:
    no = decision(Matter.INFORM_SUBJECTS, Outcome.NO, "ingen", ground=Ground.RISK_UNLIKELY)

    def differs(given: CaseFile) -> bool:
        return any("sier ikke det samme" in one for one in draft(given).warnings)

    assert differs(case(is_assessed=True, decisions=(no,)))
    settled = case(ASSESSED, is_assessed=True, decisions=(no,))
    assert settled.kept
    assert settled.kept.risk is RiskLevel.RISK
    assert not differs(settled)


def test_an_answer_to_a_question_no_longer_asked_counts_for_nothing() -> None:
    made = draft(case({"subjects_told": "no-high-risk", "told_on": "2026-11-21T10:00:00+00:00"}))
    assert "Informert" not in rows(made)["Har de berørte blitt informert?"].value


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Gjelder 17059012373 m.fl.", "170590 *****"),
        ("Eieren er kari@prove.example", "kari@prove.example"),
        ("Ring 912 34 567", "912 34 567"),
    ],
)
def test_personal_data_of_people_affected_are_warned_of_with_their_field(
    text: str, found: str
) -> None:
    from tests.documents.test_privacy import numbered

    text = text.replace("17059012373", numbered(17, 5, 1990))
    warnings = draft(case({"description": text})).warnings
    assert len(warnings) == 1
    assert "«Beskrivelse av hva som har skjedd»" in warnings[0]
    assert found in warnings[0]


def test_the_organisations_own_contact_is_no_warning() -> None:
    assert PROFILE.organisation.privacy_contact.email
    text = f"Spørsmål til {PROFILE.organisation.privacy_contact.email}."
    assert draft(case({"description": text})).warnings == ()


def test_a_line_the_order_forgot_is_added_when_the_law_asks_for_it() -> None:
    from dataclasses import replace

    from breachdesk.documents.compose import compose

    wording = forms().wording("notification", Lang.EN)
    bare = {**wording.texts, "order.sections": "about", "order.about": "controller"}
    made = compose(
        full_case(),
        DocumentKind.NOTIFICATION,
        wording=replace(wording, texts=bare),
        lang=Lang.EN,
    )
    assert {"Possible consequences for the people affected", "Number of records"} <= set(rows(made))


def test_the_paper_is_in_its_own_language_throughout() -> None:
    said = rows(draft(full_case(), lang=Lang.EN))
    question = forms().questionnaires["facts"].question("cause")
    assert question
    option = question.option("internal-accidental")
    assert option
    assert said["Main cause"].value == option.text.en
    assert said["When the breach was discovered"].value.startswith("Friday 20 November 2026 at")


def test_a_first_notification_promises_more_only_when_something_is_missing() -> None:
    assert "gis trinnvis" in paragraphs(draft(case()))
    assert "gis trinnvis" not in paragraphs(draft(full_case(), phase=Phase.INITIAL))


def test_a_final_notification_with_gaps_does_not_promise_to_send_them() -> None:
    made = draft(case(documents=(document(),)), phase=Phase.FINAL)
    assert made.sections[-1].heading == "Opplysninger som ikke er kjent"
    assert rows(made)["Risikovurdering"].value == "Ikke kjent."

from dataclasses import replace

import pytest

from breachdesk.documents import text
from breachdesk.documents.draft import (
    AddressBlock,
    Bullets,
    Draft,
    Gap,
    Paragraph,
    Salutation,
    Section,
    Signature,
)
from breachdesk.documents.lix import PLAIN, lix_of
from breachdesk.terms import DocumentKind, Lang
from tests.documents.builders import ANSWERS, AWARE, NOW, STAMP, case, draft

LETTER = DocumentKind.COMMUNICATION


def words(made: Draft, section_id: str = "") -> str:
    found: list[str] = []
    for section in made.sections:
        if section_id in {"", section.id}:
            for block in section.blocks:
                found += [block.text] if isinstance(block, Paragraph | Gap) else []
                found += block.items if isinstance(block, Bullets) else []
    return "\n".join(found)


def test_every_part_of_article_34_2_stands_in_it_in_order() -> None:
    made = draft(case(), LETTER)
    headings = [one.heading for one in made.sections]
    assert headings == [
        "",
        "Hva har skjedd?",
        "Hvilke opplysninger gjelder det?",
        "Hva kan det bety for deg?",
        "Hva har vi gjort?",
        "Hva kan du gjøre?",
        "Har du spørsmål?",
        "",
    ]
    assert "En lønnsliste for hele virksomheten" in words(made, "happened")
    assert "fødselsnummer eller et annet ID-nummer" in words(made, "affected")
    assert "utgi seg for å være deg" in words(made, "meaning")
    assert "Mottakeren har slettet e-posten" in words(made, "done")
    assert "Sárá Đuodji" in words(made, "questions")
    assert not made.missing


def test_it_opens_with_an_address_and_closes_with_a_name() -> None:
    made = draft(case(), LETTER)
    assert isinstance(made.sections[0].blocks[0], AddressBlock)
    assert made.sections[-1].blocks[-1] == Signature(
        "Kari Eksempel", "sikkerhetsleder, Nordvakt Programvare AS"
    )


def test_the_authors_own_text_to_people_is_used_before_the_description() -> None:
    made = draft(
        case({"subjects_told": "planned", "message_content": "Vi sendte en e-post feil."}), LETTER
    )
    assert "Vi sendte en e-post feil." in words(made, "happened")
    assert "lønnsliste" not in words(made, "happened")
    assert made.warnings == ()


def test_a_letter_that_borrows_the_authoritys_description_says_so_to_its_author() -> None:
    assert "tilsynsmyndigheten" in draft(case(), LETTER).warnings[0]


@pytest.mark.parametrize(
    ("lost", "advice"),
    [
        ("credentials", "Bytt passord"),
        ("payment-means", "få kortet sperret"),
        ("identification-number", "kredittsperre"),
        ("health", "hjelpetelefon"),
        ("criminal", "forskjellsbehandler"),
        ("official-documents", "har utstedt dokumentet"),
        ("location", "ring 112"),
    ],
)
def test_the_advice_fits_the_data_lost(lost: str, advice: str) -> None:
    assert advice in words(draft(case({"data_types": [lost]}), LETTER), "advice")
    assert advice not in words(draft(case({"data_types": ["basic"]}), LETTER), "advice")


def test_the_same_advice_is_given_once() -> None:
    made = draft(case({"data_types": ["health", "sex-life", "genetic"]}), LETTER)
    assert words(made, "advice").count("hjelpetelefon") == 1


def test_guardians_are_addressed_when_children_are_affected() -> None:
    assert "foresatt" in words(draft(case(), LETTER), "advice")
    adults = case({"data_subjects": ["customers"]})
    assert "foresatt" not in words(draft(adults, LETTER), "advice")


def test_what_we_do_not_know_yet_is_said_without_naming_a_colleague() -> None:
    made = draft(
        case(unknown={"impacts": ("Nina Eksempel", NOW)}, answers={"impacts_text": None}), LETTER
    )
    assert "Vi vet ennå ikke hva dette kan bety for deg." in words(made, "meaning")
    assert "så snart vi vet mer" in words(made, "meaning")
    assert "november 2026" not in words(made, "meaning")
    assert made.missing[0].due == NOW
    assert "Nina" not in words(made)
    assert made.missing[0].item == "impacts"
    assert made.missing[0].owner == "Nina Eksempel"


def test_a_letter_about_a_case_that_knows_nothing_says_so_for_each_part() -> None:
    made = draft(case(known=False, aware=None, profile=None), LETTER)
    assert {one.item for one in made.missing} == {
        "description", "data_types", "impacts", "measures_taken", "contact_name",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("natures", "said", "unsaid"),
    [
        (("confidentiality",), "fått tak i dem", "tapt"),
        (("availability",), "gått tapt", "fått tak i dem"),
        (("integrity", "availability"), "ikke lenger er riktige", "fått tak i dem"),
    ],
)
def test_the_opening_says_what_kind_of_breach_it_was(
    natures: tuple[str, ...], said: str, unsaid: str
) -> None:
    made = words(draft(case(nature=natures), LETTER), "opening")
    assert said in made
    assert unsaid not in made


def test_days_are_told_plainly() -> None:
    assert "Det skjedde fredag 20. november 2026, og vi oppdaget det samme dag." in words(
        draft(case(), LETTER)
    )


def test_when_we_became_aware_is_never_said_to_be_when_we_noticed() -> None:
    unsaid = case()
    facts = unsaid.facts.model_copy(update={"detected_at": None})
    made = words(draft(replace(unsaid, facts=facts), LETTER), "happened")
    assert "oppdaget det" not in made
    assert "Det skjedde fredag 20. november 2026." in made


def test_a_letter_carries_the_digest_short_and_no_audit_line() -> None:
    issued = text.render(draft(case(), LETTER), STAMP)
    assert STAMP.audit_head[:12] in issued
    assert STAMP.audit_head not in issued
    assert "Revisjonslogg: 5f2b8c145f2b" not in issued


def test_no_consequence_is_said_as_such() -> None:
    made = draft(case({"impacts": ["none"], "impacts_text": None}), LETTER)
    assert words(made, "meaning") == "Vi mener det er lite sannsynlig at dette får følger for deg."


def test_the_letter_is_written_in_english_too() -> None:
    made = words(draft(case(), LETTER, Lang.EN))
    assert "Someone may try to pass themselves off as you" in made
    assert "block credit checks" in made
    assert AWARE < NOW
    assert str(ANSWERS["measures_taken"]) in made


def test_advice_heeds_the_kind_of_breach_too() -> None:
    contact = {"data_types": ["contact"]}
    seen, lost = (
        draft(case(contact, nature=(one,)), LETTER) for one in ("confidentiality", "availability")
    )
    assert "Ikke klikk på lenker" in words(seen, "advice")
    assert "Ikke klikk på lenker" not in words(lost, "advice")
    assert "si hva det gjelder" in words(lost, "advice")


def test_what_always_fits_stands_last() -> None:
    (made,) = (one for one in draft(case(), LETTER).sections if one.id == "advice")
    bullets = next(one for one in made.blocks if isinstance(one, Bullets))
    assert "anmelde" in bullets.items[-1]


def test_the_letter_greets_its_reader() -> None:
    assert Salutation("Til den det gjelder") in draft(case(), LETTER).sections[0].blocks


@pytest.mark.parametrize("lang", Lang)
def test_our_own_sentences_read_plainly(lang: Lang) -> None:
    made = draft(case(), LETTER, lang)
    lix = lix_of(made)
    assert lix is not None
    assert lix < PLAIN


def test_lix_counts_words_a_sentence_and_long_words() -> None:
    def of(text: str) -> int | None:
        sections = (Section(id="x", heading="", blocks=(Paragraph(text),)),)
        return lix_of(replace(draft(case(), LETTER), sections=sections))

    assert of("Vi er her. Du er der.") == 3
    assert of("Personopplysningene forsvant.") == 2 + 100
    assert of("") is None


def test_an_office_is_not_named_after_itself_and_a_number_stays_in_one_piece() -> None:
    answers = {
        "dpo": True,
        "dpo_name": "Personvernombudet",
        "dpo_contact": "ombud@prove.example, 00 00 01",
    }
    said = words(draft(case(answers), LETTER), "questions")
    assert "Du når personvernombudet vårt slik: ombud@prove.example, 00\u00a000\u00a001." in said


@pytest.mark.parametrize("kind", [LETTER, DocumentKind.GUARDIAN_LETTER])
def test_a_letter_without_a_measure_is_warned_of(kind: DocumentKind) -> None:
    silent = draft(case(unknown={"measures_taken": ("Nina", NOW)}), kind, Lang.EN)
    assert any("nothing of what has been done" in one for one in silent.warnings)
    told = draft(case(), kind, Lang.EN)
    assert not any("nothing of what has been done" in one for one in told.warnings)

"""The processor's notice: to whom, what it says, what it lacks, and whom it does not name."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pytest

from breachdesk.casefile.controllers import controllers_concerned
from breachdesk.documents import text
from breachdesk.documents.compose import compose
from breachdesk.documents.draft import AddressBlock, Draft, Fields, Paragraph
from breachdesk.records import Profile
from breachdesk.terms import DocumentKind, Lang, Role
from tests.documents.builders import ANSWERS, AWARE, PROFILE, STAMP, case, draft, forms

NOTICE = DocumentKind.PROCESSOR_NOTICE


def test_it_is_addressed_to_the_one_controller_of_the_profile() -> None:
    made = draft(case(role=Role.PROCESSOR), NOTICE)
    assert made.sections[0].blocks[0] == AddressBlock(("Prøve kommune", "personvern@prove.example"))
    assert made.subtitle.endswith("artikkel 33 nr. 2")


def test_several_controllers_leave_a_place_and_a_warning() -> None:
    answers = {
        "other_parties": True, "other_party_role": "controller",
        "other_party_name": "Prøve kommune; Andre kommune", "other_party_contact": "a@x.example",
    }  # fmt: skip
    made = draft(case(answers, role=Role.PROCESSOR), NOTICE)
    assert made.sections[0].blocks[0] == AddressBlock(
        ("[Den behandlingsansvarliges navn og adresse]",)
    )
    assert "Prøve kommune, Andre kommune" in made.warnings[0]


def test_it_says_what_the_controller_decides_and_when_its_clock_starts() -> None:
    made = draft(case(role=Role.PROCESSOR), NOTICE)
    said = "\n".join(
        block.text for one in made.sections for block in one.blocks if isinstance(block, Paragraph)
    )
    assert "avgjør dere om bruddet skal meldes til Datatilsynet" in said
    assert "72 timer" in said


def test_gaps_are_named_as_in_a_notification() -> None:
    made = draft(case(known=False, role=Role.PROCESSOR), NOTICE)
    assert {"nature", "description", "data_types", "measures_taken"} <= {
        x.item for x in made.missing
    }
    assert made.sections[-2].heading == "Ikke kjent ennå – ettersendes"
    assert any(isinstance(block, Fields) for one in made.sections for block in one.blocks)


def test_what_is_not_known_yet_stands_above_the_signature() -> None:
    unknown = case(role=Role.PROCESSOR, unknown={"people_number": ("Nina", AWARE)})
    made = draft(unknown, DocumentKind.PROCESSOR_NOTICE)
    assert [one.id for one in made.sections[-2:]] == ["missing", "closing"]


def test_field_48_is_the_controllers_awareness_and_not_printed_beside_ours() -> None:
    notice = draft(case(role=Role.PROCESSOR), DocumentKind.PROCESSOR_NOTICE)
    rows = [r for s in notice.sections for b in s.blocks if isinstance(b, Fields) for r in b.rows]
    ours = next(row for row in rows if row.label == "Vi fikk kjennskap til bruddet")
    assert ours.number == ""


def test_it_says_what_it_is_about_and_a_silent_one_is_warned_of() -> None:
    made = draft(case(role=Role.PROCESSOR), NOTICE)
    assert ("Gjelder", "Lønnsliste sendt til feil mottaker") in made.head
    assert not any("ingenting om hva som har skjedd" in one for one in made.warnings)
    silent = draft(case(known=False, role=Role.PROCESSOR), NOTICE)
    assert any("ingenting om hva som har skjedd" in one for one in silent.warnings)


THREE = Profile.model_validate(
    {
        **PROFILE.model_dump(by_alias=True),
        "controller": [
            {"name": "Alfa AS", "contact": "vern@alfa.example"},
            {"name": "Beta kommune", "contact": "ombud@beta.example"},
            {"name": "Gamma SA"},
        ],
    }
)


def notice(to: str = "", lang: Lang = Lang.NB, answers: Mapping[str, Any] | None = None) -> Draft:
    found = replace(case(answers, role=Role.PROCESSOR), profile=THREE)
    wording = forms().wording(NOTICE.value, lang)
    return compose(found, NOTICE, wording=wording, lang=lang, to=to)


@pytest.mark.parametrize("lang", Lang)
def test_a_notice_to_one_of_three_names_neither_of_the_others(lang: Lang) -> None:
    made = notice("Beta kommune", lang)
    assert made.to == "Beta kommune"
    assert made.sections[0].blocks[0] == AddressBlock(("Beta kommune", "ombud@beta.example"))
    said = text.render(made, STAMP)
    assert "Beta kommune" in said
    assert not any(one in said for one in ("Alfa", "alfa.example", "Gamma"))
    assert made.warnings == ()


@pytest.mark.parametrize(
    ("lang", "words"),
    [
        (Lang.EN, "for the breach as a whole"),
        (Lang.NB, "gjelder bruddet som helhet"),
        (Lang.NN, "gjeld brotet som heilskap"),
    ],
)
def test_with_several_it_says_that_the_numbers_are_those_of_the_whole(
    lang: Lang, words: str
) -> None:
    assert words in text.render(notice("Gamma SA", lang)).replace("\n", " ")
    assert words not in text.render(draft(case(role=Role.PROCESSOR), NOTICE, lang=lang))


def test_without_an_addressee_each_is_to_have_its_own() -> None:
    (warning,) = notice().warnings
    assert "Alfa AS, Beta kommune, Gamma SA" in warning
    assert "en egen melding til hver av dem" in warning
    assert "Alfa" not in text.render(notice())


@pytest.mark.parametrize(
    ("field", "said", "named"),
    [
        ("systems", "Felles database for Alfa og Beta kommune.", "Alfa AS"),
        ("systems", "Felles database for alfa as.", "Alfa AS"),
        ("description", "Gammadata ble kopiert.", None),
        ("description", "Filene til GAMMA ble kopiert.", "Gamma SA"),
        ("impacts_text", "Innbyggerne i Beta kommune kan bli svindlet.", None),
    ],
)
def test_another_controller_in_what_was_written_is_warned_of(
    field: str, said: str, named: str | None
) -> None:
    warnings = notice("Beta kommune", answers={**ANSWERS, field: said}).warnings
    assert len(warnings) == (named is not None)
    assert all(f"nevner {named}" in one for one in warnings)


def test_those_said_to_be_affected_come_before_all_that_the_profile_serves() -> None:
    given = {"controllers_affected": "Beta kommune\nDelta AS", "other_parties": True}
    names = [one.name for one in controllers_concerned(given, THREE)]
    assert names == ["Beta kommune", "Delta AS"]


def test_a_contact_is_never_another_controller_s() -> None:
    given = {
        "other_parties": True,
        "other_party_role": "controller",
        "other_party_name": "Gamma SA; Alfa AS; Delta AS",
        "other_party_contact": "vern@alfa.example",
    }
    found = controllers_concerned(given, THREE)
    assert [one.contact for one in found] == ["", "vern@alfa.example", ""]

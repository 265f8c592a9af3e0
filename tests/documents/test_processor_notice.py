from breachdesk.documents.draft import AddressBlock, Fields, Paragraph
from breachdesk.terms import DocumentKind, Role
from tests.documents.builders import AWARE, case, draft

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

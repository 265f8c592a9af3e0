"""What only a group of people has stands in the main lines of the papers about the whole breach."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from breachdesk.desk import Desk
from breachdesk.desk.assessment import Sheet
from breachdesk.documents import text
from breachdesk.documents.draft import Draft, FieldRow, Fields
from breachdesk.exchange.edpb import Filled
from breachdesk.exchange.register import register_csv
from breachdesk.language import Speaker
from breachdesk.records import NewDispatch, NewGroup, NewIncident
from breachdesk.terms import DocumentKind, Duty, Lang, Nature, Phase
from tests.desk.desks import FRIDAY, ToldClock, new_desk

FACTS = {
    "people_basis": "exact", "people_number": 4012, "data_types": "basic,economic",
    "data_subjects": "customers", "impacts": "none", "data_types_text": "Navn og kontonummer",
}  # fmt: skip
OWN = {
    "data_types": "health", "data_subjects": "employees", "exposure": "obtained",
    "protection": "none",
}  # fmt: skip
OWN_WORDS = {"impacts": "reputation", "data_types_text": "Sykmeldinger"}
OSLO = ZoneInfo("Europe/Oslo")
KINDS = "Hva slags type personopplysninger"


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    made = new_desk(tmp_path, ToldClock(FRIDAY + timedelta(hours=2)))
    new = NewIncident(
        title="Eksport på avveie", became_aware_at=FRIDAY, nature=(Nature.CONFIDENTIALITY,)
    )
    made.intake.log(new)
    made.assessment.answer("1", "facts", Sheet(values=FACTS))
    made.assessment.answer("1", "risk", Sheet(values={"exposure": "no-sign"}))
    made.groups.add("1", NewGroup(name="Ansatte", people=12))
    yield made
    made.close()


def give(desk: Desk, because: str = "") -> None:
    desk.assessment.answer("1", "risk", Sheet(values=OWN, group="Ansatte", because=because))
    desk.assessment.answer("1", "facts", Sheet(values=OWN_WORDS, group="Ansatte"))


def rows(draft: Draft) -> list[FieldRow]:
    blocks = (one for section in draft.sections for one in section.blocks)
    return [row for one in blocks if isinstance(one, Fields) for row in one.rows]


def row(draft: Draft, label: str) -> FieldRow:
    return next(one for one in rows(draft) if one.label.startswith(label))


def filled(desk: Desk, phase: Phase = Phase.INITIAL) -> Filled:
    return desk.template.fill("1", lang=Lang.NB, phase=phase).filled


@pytest.mark.parametrize(
    "kind", [DocumentKind.NOTIFICATION, DocumentKind.REGISTER_ENTRY, DocumentKind.PUBLIC_NOTICE]
)
@pytest.mark.parametrize(
    ("lang", "everybodys", "theirs"),
    [(Lang.EN, "name", "health"), (Lang.NB, "navn", "helse"), (Lang.NN, "namn", "helse")],
)
def test_a_paper_about_the_whole_breach_holds_what_only_a_group_has(
    desk: Desk, kind: DocumentKind, lang: Lang, everybodys: str, theirs: str
) -> None:
    give(desk)
    told = text.render(desk.papers.draft("1", kind, lang=lang), None).casefold()
    listed = [one.strip() for one in told.splitlines() if one.strip().startswith(("–", "-", "•"))]
    kinds = [one for one in listed if "(12" not in one]
    assert any(everybodys in one for one in kinds)
    assert any(theirs in one for one in kinds)


def test_the_lines_of_the_notification_are_united(desk: Desk) -> None:
    give(desk)
    draft = desk.papers.draft("1", DocumentKind.NOTIFICATION, lang=Lang.NB)
    kinds = row(draft, KINDS).value
    wanted = (
        "Grunnopplysninger", "økonomi", "Helseopplysninger", "Navn og kontonummer", "Sykmeldinger",
    )  # fmt: skip
    assert [one for one in wanted if one not in kinds] == []
    values = [one.value for one in rows(draft)]
    assert any("Kunder" in one and "Ansatte: nåværende" in one for one in values)
    assert any("omdømme" in one for one in values)
    assert not any("lite sannsynlig at det får følger" in one for one in values)


def test_the_sheet_to_type_from_holds_it_too(desk: Desk) -> None:
    give(desk)
    fields = desk.altinn.sheet("1", lang=Lang.NB).fields
    assert "Helseopplysninger" in next(one.value for one in fields if one.field.startswith(KINDS))


def test_the_template_covers_the_whole_and_follows_the_worst(desk: Desk) -> None:
    assert filled(desk).payload[56] == "d"
    give(desk)
    payload = filled(desk).payload
    assert payload[70] == ("a", "k", "l")
    assert payload[65] == ("a", "b")
    assert payload[85] == ("h",)
    assert (payload[56], payload[57]) == ("a", "c")


def test_what_is_not_known_of_a_group_stays_open_beside_what_is_known(desk: Desk) -> None:
    open_ones = Sheet(unknown={"data_types": ("Ola", None)}, group="Ansatte")
    desk.assessment.answer("1", "risk", open_ones)
    draft = desk.papers.draft("1", DocumentKind.NOTIFICATION, lang=Lang.NB)
    found = row(draft, KINDS)
    assert found.is_missing
    assert "økonomi" in found.value
    assert "For noen av de berørte" in found.value
    assert "Ola" in [one.owner for one in draft.missing]
    final = filled(desk, Phase.FINAL)
    assert final.payload[70] == ("a", "l")
    assert 70 in [one.field for one in final.problems]


def test_not_known_yet_of_everybody_does_not_hide_what_a_group_has(desk: Desk) -> None:
    desk.assessment.answer("1", "facts", Sheet(values={"data_types": "not-yet-known"}))
    give(desk)
    assert filled(desk).payload[70] == ("k",)
    draft = desk.papers.draft("1", DocumentKind.NOTIFICATION, lang=Lang.NB)
    assert row(draft, KINDS).is_missing
    assert "Helseopplysninger" in row(draft, KINDS).value


def test_a_supplementary_notification_marks_what_a_group_added(desk: Desk) -> None:
    first = desk.papers.issue("1", DocumentKind.NOTIFICATION, lang=Lang.NB).document
    new = NewDispatch(
        duty=Duty.NOTIFY_AUTHORITY, to="Datatilsynet", channel="Altinn", document_id=first.id
    )
    desk.papers.sent("1", new)
    give(desk, "Sykmeldingene lå der også")
    draft = desk.papers.draft("1", DocumentKind.NOTIFICATION, lang=Lang.NB)
    assert draft.phase is Phase.SUPPLEMENTARY
    kinds = row(draft, KINDS)
    assert "Helseopplysninger" in kinds.value
    assert kinds.note


def test_how_many_are_in_groups_stands_where_the_total_is_not_known(desk: Desk) -> None:
    desk.assessment.answer("1", "facts", Sheet(cleared=["people_number", "people_basis"]))
    draft = desk.papers.draft("1", DocumentKind.NOTIFICATION, lang=Lang.EN)
    assert [one.value for one in rows(draft) if one.value.startswith("At least 12")]


def test_the_register_as_a_spreadsheet_covers_the_whole(desk: Desk) -> None:
    give(desk)
    sheet = register_csv([desk.intake.open("1")], Speaker("nb", OSLO)).decode("utf-8-sig")
    assert "Helseopplysninger" in sheet


def test_a_letter_to_a_group_warns_its_author_of_what_it_leaves_out(desk: Desk) -> None:
    def warned(lang: Lang) -> str:
        draft = desk.papers.draft("1", DocumentKind.COMMUNICATION, lang=lang, group="Ansatte")
        return "\n".join(draft.warnings)

    assert "not in it" not in warned(Lang.EN)
    give(desk)
    assert "Economic and financial data" in warned(Lang.EN)
    assert "Opplysninger om økonomi" in warned(Lang.NB)
    assert "Opplysningar om økonomi" in warned(Lang.NN)
    both = Sheet(values={"data_types": "basic,economic,health"}, group="Ansatte")
    desk.assessment.answer("1", "risk", both)
    assert "Economic" not in warned(Lang.EN)


def test_an_answer_for_a_group_says_what_it_takes_the_place_of(desk: Desk) -> None:
    report = desk.assessment.answer("1", "risk", Sheet(values=OWN, group="Ansatte"))
    left = {"data_types": ("basic", "economic"), "data_subjects": ("customers",)}
    assert report.set_aside == left
    again = Sheet(values={"data_types": "basic,economic,health"}, group="Ansatte")
    assert desk.assessment.answer("1", "risk", again).set_aside == {}

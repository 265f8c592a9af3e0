"""Groups of people with decisions of their own, on a template that has one field for all."""

from datetime import timedelta
from pathlib import Path

import pytest

from breachdesk.desk import Sheet
from breachdesk.records import NewDispatch, NewGroup
from breachdesk.records.decision import NewDecision
from breachdesk.rules.edpb import Value
from breachdesk.terms import DocumentKind, Duty, Ground, Lang, Matter, Outcome
from tests.exchange.edpb.wholes import Whole, whole

WHY = {
    "Pasienter": "Epikriser og bildebeskrivelser kan ha kommet i hendene på utpresserne.",
    "Ansatte": "Sykmeldingene lå på en tjener som ikke ble nådd, og loggen viser det.",
    None: "For de pårørende er bare navn og telefonnummer rammet.",
}
TOLD = ("subjects_told", "told_on", "told_all", "means", "message_content", "planned_on")
Decided = tuple[Outcome, Ground | None] | None


@pytest.fixture
def hospital(tmp_path: Path) -> Whole:
    """The hospital, where nobody has said yet who is told; 5,000 patients, 150 employees."""
    made = whole("ransomware-hospital", tmp_path)
    made.desk.assessment.answer(made.ref, "facts", Sheet(cleared=("subjects_told", "planned_on")))
    made.desk.groups.add(made.ref, NewGroup(name="Pasienter", people=5000))
    made.desk.groups.add(made.ref, NewGroup(name="Ansatte", people=150))
    own = Sheet(values={"data_types": "contact"}, group="Ansatte")
    made.desk.assessment.answer(made.ref, "risk", own)
    made.desk.assessment.assess(made.ref)
    return made


def decide(made: Whole, group: str | None, outcome: Outcome, ground: Ground | None = None) -> None:
    made.clock.move(minutes=1)
    new = NewDecision(
        matter=Matter.INFORM_SUBJECTS, outcome=outcome, ground=ground, rationale=WHY[group],
        group_id=group,
    )  # fmt: skip
    made.desk.decisions.decide(made.ref, new)


def tell(made: Whole, group: str | None, *, by: str = "brev", paper: str | None = None) -> None:
    made.clock.move(hours=24)
    new = NewDispatch(
        duty=Duty.INFORM_SUBJECTS, to="dem", channel=by, group_id=group, document_id=paper
    )
    made.desk.papers.sent(made.ref, new)


def fields(made: Whole) -> dict[int, Value]:
    return dict(made.filled().filled.payload)


def problems(made: Whole) -> list[int]:
    """The fields on whether people were told that something is wrong with."""
    return [one.field for one in made.filled().filled.problems if 97 <= one.field <= 106]


def test_one_group_told_and_two_not_says_who_when_how_many_and_why(hospital: Whole) -> None:
    decide(hospital, "Pasienter", Outcome.YES)
    decide(hospital, "Ansatte", Outcome.NO, Ground.ART_34_3_B)
    decide(hospital, None, Outcome.NO, Ground.RISK_UNLIKELY)
    tell(hospital, "Pasienter")
    made = fields(hospital)
    assert (made[97], made[98], made[102]) == ("a", "2026-11-23", "b")
    assert made[105] == "Pasienter (5000): informert mandag 23. november 2026 (brev)."
    assert made[103] == (
        "Ansatte (150): ikke informert; senere tiltak har fjernet den høye risikoen (art. 34 nr. "
        f"3 bokstav b).\n{WHY['Ansatte']}\n"
        f"Alle andre (50): ikke informert; risikoen er lite sannsynlig.\n{WHY[None]}"
    )
    assert {100, 101}.isdisjoint(made)


def test_all_groups_told_on_two_days_are_all_told(hospital: Whole) -> None:
    for group in WHY:
        decide(hospital, group, Outcome.YES)
        tell(hospital, group)
    made = fields(hospital)
    assert (made[97], made[98], made[102]) == ("a", "2026-11-23", "a")
    assert 103 not in made
    assert made[105] == (
        "Pasienter (5000): informert mandag 23. november 2026 (brev).\n"
        "Ansatte (150): informert tirsdag 24. november 2026 (brev).\n"
        "Alle andre (50): informert onsdag 25. november 2026 (brev)."
    )


def test_who_could_not_be_reached_makes_it_not_all_though_every_group_was_told(
    hospital: Whole,
) -> None:
    for group in WHY:
        decide(hospital, group, Outcome.YES)
        tell(hospital, group)
    said = {"subjects_told": "yes", "told_all": False, "told_not_all_why": "Ti brev kom i retur."}
    hospital.desk.assessment.answer(hospital.ref, "facts", Sheet(values=said))
    made = fields(hospital)
    assert (made[102], made[103]) == ("b", "Ti brev kom i retur.")


@pytest.mark.parametrize(
    ("patients", "employees", "others", "letter", "condition"),
    [
        ((Outcome.YES, None), (Outcome.NO, Ground.ART_34_3_A), None, "b1", None),
        ((Outcome.NOT_YET, None), (Outcome.NO, Ground.ART_34_3_A), None, "c", None),
        ((Outcome.NO, Ground.RISK_UNLIKELY), (Outcome.NO, Ground.RISK_UNLIKELY), None, "c", None),
        (
            (Outcome.NO, Ground.RISK_UNLIKELY),
            (Outcome.NO, Ground.RISK_UNLIKELY),
            (Outcome.NO, Ground.RISK_UNLIKELY),
            "d",
            None,
        ),
        (
            (Outcome.NO, Ground.RISK_UNLIKELY),
            (Outcome.NO, Ground.ART_34_3_C),
            (Outcome.NO, Ground.RISK_UNLIKELY),
            "e",
            "c",
        ),
        (
            (Outcome.NO, Ground.POPPLYL_16),
            (Outcome.NO, Ground.RISK_UNLIKELY),
            (Outcome.NO, Ground.RISK_UNLIKELY),
            None,
            None,
        ),
    ],
)
def test_before_anybody_is_told_the_decisions_are_weighed_together(
    hospital: Whole,
    patients: Decided,
    employees: Decided,
    others: Decided,
    letter: str | None,
    condition: str | None,
) -> None:
    every = {"Pasienter": patients, "Ansatte": employees, None: others}
    for group, decided in every.items():
        if decided is not None:
            decide(hospital, group, *decided)
    made = fields(hospital)
    assert (made.get(97), made.get(100)) == (letter, condition)
    assert {102, 103, 105}.isdisjoint(made)
    assert problems(hospital) == ([97] if letter is None else [])
    where = made[101] if letter == "e" else made[90]
    assert WHY["Ansatte"] in str(where)


def test_the_risk_of_each_group_stands_beside_the_whole(hospital: Whole) -> None:
    decide(hospital, "Pasienter", Outcome.YES)
    text = str(fields(hospital)[90])
    assert text.startswith("Høy risiko.")
    assert "\nPasienter (5000): høy risiko.\nAnsatte (150): " in text
    assert "\nPasienter (5000): ikke informert ennå; det er besluttet å informere dem." in text
    assert "\nAnsatte (150): ikke informert; det er ikke avgjort ennå." in text


def test_groups_without_decisions_of_their_own_change_nothing(hospital: Whole) -> None:
    made = fields(hospital)
    assert 97 not in made
    hospital.desk.assessment.answer(
        hospital.ref, "facts", Sheet(values={"subjects_told": "planned"})
    )
    assert fields(hospital)[97] == "b1"


def test_each_group_has_what_was_said_to_it(hospital: Whole) -> None:
    patients = hospital.desk.papers.issue(
        hospital.ref, DocumentKind.COMMUNICATION, lang=Lang.NB, group="Pasienter"
    )
    own = Sheet(
        values={"message_content": "Avdelingslederne fortalte det i møte."}, group="Ansatte"
    )
    hospital.desk.assessment.answer(hospital.ref, "facts", own)
    decide(hospital, "Pasienter", Outcome.YES)
    decide(hospital, "Ansatte", Outcome.YES)
    tell(hospital, "Pasienter", paper=patients.document.id)
    tell(hospital, "Ansatte", by="møte")
    text = str(fields(hospital)[106])
    assert text.startswith("Til Pasienter (5000):\n")
    assert "Dette har skjedd" in text or "Hva har skjedd" in text
    assert text.endswith("Til Ansatte (150):\nAvdelingslederne fortalte det i møte.")


def test_what_went_to_a_group_that_was_taken_out_tells_nobody(hospital: Whole) -> None:
    decide(hospital, "Pasienter", Outcome.YES)
    decide(hospital, "Ansatte", Outcome.YES)
    tell(hospital, "Ansatte")
    assert fields(hospital)[97] == "a"
    hospital.desk.groups.remove(hospital.ref, "Ansatte", "De var ikke rammet likevel.")
    made = fields(hospital)
    assert made[97] == "b1"
    assert "Ansatte" not in str(made)


def test_a_day_that_is_planned_is_the_day_for_those_who_wait(hospital: Whole) -> None:
    decide(hospital, "Pasienter", Outcome.YES)
    day = hospital.clock.now + timedelta(days=3)
    planned = Sheet(values={"subjects_told": "planned", "planned_on": day})
    hospital.desk.assessment.answer(hospital.ref, "facts", planned)
    assert (fields(hospital)[97], fields(hospital)[99]) == ("b", "2026-11-25")


def test_the_texts_on_groups_are_in_the_notification_s_language(hospital: Whole) -> None:
    decide(hospital, "Pasienter", Outcome.YES)
    tell(hospital, "Pasienter")
    english = hospital.desk.template.fill(hospital.ref, lang=Lang.EN).filled.payload
    assert english[105] == "Pasienter (5000): told on Monday 23 November 2026 (brev)."
    assert str(english[103]).startswith("Ansatte (150): not told; it is not decided yet.")
    nynorsk = hospital.desk.template.fill(hospital.ref, lang=Lang.NN).filled.payload
    assert nynorsk[105] == "Pasienter (5000): informerte måndag 23. november 2026 (brev)."
    assert str(nynorsk[103]).startswith("Ansatte (150): ikkje informerte; det er ikkje avgjort")

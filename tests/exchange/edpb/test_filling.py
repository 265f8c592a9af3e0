"""Where the template's fields come from: answers first, else profile, sendings, decisions."""

from datetime import timedelta
from pathlib import Path

import pytest

from breachdesk.desk import Sheet
from breachdesk.exchange.edpb.countries import countries, numbers
from breachdesk.records import NewDispatch
from breachdesk.records.decision import NewDecision
from breachdesk.rules.edpb import Value
from breachdesk.terms import DocumentKind, Duty, Ground, Lang, Matter, Outcome, Phase
from tests.exchange.edpb.wholes import Whole, whole

THREE = {"NO": 1200, "SE": 300, "DK": 50}


@pytest.fixture
def letter(tmp_path: Path) -> Whole:
    return whole("misdirected-letter", tmp_path)


def send(made: Whole, duty: Duty = Duty.NOTIFY_AUTHORITY, document: str | None = None) -> None:
    new = NewDispatch(duty=duty, to="X", channel="Altinn", receipt="AR77", document_id=document)
    made.desk.papers.sent(made.ref, new)
    made.clock.move(hours=1)


def decide(made: Whole, matter: Matter, outcome: Outcome, ground: Ground | None = None) -> None:
    why = "The customer had agreed to this address, and nothing was disclosed to anybody else."
    new = NewDecision(matter=matter, outcome=outcome, ground=ground, rationale=why)
    made.desk.decisions.decide(made.ref, new)


def fields(made: Whole, phase: Phase | None = None) -> dict[int, Value]:
    return dict(made.filled(phase).filled.payload)


def found(made: Whole, phase: Phase | None = None) -> list[int]:
    return [one.field for one in made.filled(phase).filled.problems]


def test_after_a_sending_it_is_a_follow_up_under_the_receipt_s_number(letter: Whole) -> None:
    send(letter)
    filled = letter.filled().filled
    assert filled.phase is Phase.SUPPLEMENTARY
    assert (filled.payload[3], filled.payload[4], filled.payload[6]) == ("b", "a", "AR77")
    assert filled.problems == ()


def test_the_number_the_authority_gave_counts_before_the_receipt(letter: Whole) -> None:
    send(letter)
    letter.desk.assessment.answer(letter.ref, "facts", Sheet(values={"earlier_id": "26/01234"}))
    assert fields(letter)[6] == "26/01234"


def test_a_withdrawal_needs_a_reason_and_something_to_withdraw(letter: Whole) -> None:
    assert found(letter, Phase.WITHDRAWAL) == [4, 5, 6]
    send(letter)
    assert found(letter, Phase.WITHDRAWAL) == [5]
    decide(letter, Matter.IS_BREACH, Outcome.NO, Ground.NOT_A_BREACH)
    filled = letter.filled(Phase.WITHDRAWAL).filled
    assert filled.problems == ()
    assert filled.payload[5] == (
        "The customer had agreed to this address, and nothing was disclosed to anybody else."
    )
    assert max(filled.payload) < 37


def test_an_initial_notification_cannot_follow_a_sending(letter: Whole) -> None:
    send(letter)
    assert found(letter, Phase.INITIAL) == [3]


def test_the_profile_names_the_organisation_unless_somebody_answered(letter: Whole) -> None:
    before = fields(letter)
    assert before[12] != "Another AS"
    assert before[10] == "b"
    letter.desk.assessment.answer(
        letter.ref, "facts", Sheet(values={"organisation_name": "Another AS"})
    )
    assert fields(letter)[12] == "Another AS"


def test_a_letter_that_was_sent_tells_what_it_said_and_when(letter: Whole) -> None:
    gone = ("subjects_told", "told_on", "means", "message_content")
    letter.desk.assessment.answer(letter.ref, "facts", Sheet(cleared=gone))
    assert found(letter) == [97]
    issued = letter.desk.papers.issue(letter.ref, DocumentKind.COMMUNICATION, lang=Lang.EN)
    send(letter, Duty.INFORM_SUBJECTS, issued.document.id)
    made = fields(letter)
    assert (made[97], made[98], made[104]) == ("a", "2026-11-20", "a")
    assert "What happened" in str(made[106])


@pytest.mark.parametrize(
    ("outcome", "ground", "expected"),
    [
        (Outcome.YES, None, "b1"),
        (Outcome.NOT_YET, None, "c"),
        (Outcome.NO, Ground.RISK_UNLIKELY, "d"),
        (Outcome.NO, Ground.ART_34_3_B, "e"),
        (Outcome.NO, Ground.POPPLYL_16, None),
    ],
)
def test_what_was_decided_counts_where_nobody_answered(
    letter: Whole, outcome: Outcome, ground: Ground | None, expected: str | None
) -> None:
    letter.desk.assessment.answer(letter.ref, "facts", Sheet(cleared=("subjects_told",)))
    decide(letter, Matter.INFORM_SUBJECTS, outcome, ground)
    made = fields(letter)
    assert made.get(97) == expected
    assert made.get(100) == ("b" if ground is Ground.ART_34_3_B else None)
    assert (101 in made) is (expected == "e")
    if expected is None:
        (problem,) = letter.filled().filled.problems
        assert "no option for this reason" in str(problem.what)


def test_a_processor_is_told_that_the_controller_notifies(letter: Whole) -> None:
    letter.desk.intake.correct(letter.ref, "role", "processor", "We only print")
    assert 12 in found(letter)


def test_before_an_assessment_the_risk_is_missing_and_the_command_is_named(letter: Whole) -> None:
    from breachdesk.exchange.edpb import where
    from breachdesk.records import NewIncident

    case = letter.desk.intake.log(NewIncident(title="New one"))
    made = letter.desk.template.fill(case.ref)
    problems = {one.field for one in made.filled.problems}
    assert {48, 55, 62, 89, 90} <= problems
    assert {56, 68, 73, 98, 49} & problems == set()
    said = {
        number: str(where(made.case, made.template.field(number))[1]) for number in (48, 55, 62, 89)
    }
    assert said == {
        48: "breachdesk aware BD-2026-002 WHEN --because …",
        55: "breachdesk correct BD-2026-002 nature VALUE --because …",
        62: "breachdesk answer BD-2026-002 facts --set description=…",
        89: "breachdesk assess BD-2026-002",
    }


def test_a_time_that_has_passed_makes_it_late(letter: Whole) -> None:
    assert 49 not in fields(letter)
    letter.clock.now += timedelta(hours=80)
    assert found(letter) == [49]


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("Norway, Sweden and Denmark", ("NO", "SE", "DK")),
        ("Norge, Sverige og Danmark.", ("NO", "SE", "DK")),
        ("NO; SE\nIsland", ("NO", "SE", "IS")),
        ("Norge, Langtvekkistan", ("NO", "Langtvekkistan")),
        ("", ()),
    ],
)
def test_countries_are_read_in_both_languages(text: str, codes: tuple[str, ...]) -> None:
    assert countries(text) == codes


@pytest.mark.parametrize(
    ("text", "counted"),
    [
        ("Norway 1,200; Sweden about 300; Denmark fewer than 50.", THREE),
        ("Norge 1 200, Sverige om lag 300, Danmark færre enn 50.", THREE),
        ("NO: 12 345 678", {"NO": 12345678}),
        ("De aller fleste er i Norge 900", {"NO": 900}),
        ("about 300", "about 300"),
        ("Norge 3, Norge 4", "Norge 3, Norge 4"),
        ("unknown", "unknown"),
    ],
)  # fmt: skip
def test_numbers_are_read_for_each_country(text: str, counted: dict[str, int] | str) -> None:
    assert numbers(text) == counted


def test_the_question_that_is_asked_is_the_one_named(letter: Whole) -> None:
    from breachdesk.exchange.edpb import where

    letter.desk.assessment.answer(letter.ref, "risk", Sheet(values={"exposure": "ruled-out"}))
    letter.desk.assessment.answer(letter.ref, "facts", Sheet(values={"use_template": True}))
    made = letter.filled()
    assert [one.field for one in made.filled.problems] == [57]
    assert where(made.case, made.template.field(57))[0] == "data_unreadable"
    letter.desk.assessment.answer(letter.ref, "facts", Sheet(values={"data_unreadable": "intact"}))
    assert letter.filled().filled.payload[57] == "a"

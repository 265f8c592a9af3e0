from datetime import datetime, timedelta

import pytest

from breachdesk.desk import Desk, Sheet
from breachdesk.errors import AnswersRefusedError, NoSuchThingError, RefusedError, StaleCaseError
from breachdesk.records import NewIncident, Profile
from breachdesk.terms import Duty, Owed, Role
from tests.desk.desks import FRIDAY, ToldClock, the_forms

PROFILE = Profile.model_validate(
    {
        "organisation": {"name": "Prøve AS", "dpo": "none", "language": "nb"},
        "reporter": {"name": "Kari Nordmann", "email": "kari@prove.example"},
        "processing": [
            {
                "id": "payroll",
                "title": "Payroll",
                "role": "controller",
                "data_subjects": ["employees"],
                "data_types": ["basic", "economic"],
                "systems": ["Payroll system"],
            },
            {"id": "hosting", "title": "Hosting", "role": "processor"},
        ],
        "recipient": [
            {"name": "Cloud", "kind": "processor", "countries": ["US"], "transfer": "SCC"}
        ],
        "controller": [{"name": "Prøve kommune", "contact": "personvern@kommune.example"}],
    }
)


def log(desk: Desk, **changes: object) -> None:
    given = {"title": "x", "became_aware_at": FRIDAY, **changes}
    desk.intake.log(NewIncident.model_validate(given))


def test_answers_are_taken_together_or_not_at_all(desk: Desk) -> None:
    log(desk)
    good = {"people_number": "212", "data_types": "basic,economic"}
    with pytest.raises(AnswersRefusedError) as refused:
        desk.assessment.answer("1", "facts", Sheet(values={**good, "cause": "the weather"}))
    assert [problem[0] for problem in refused.value.problems] == ["cause"]
    assert desk.intake.open("1").answers == {}
    report = desk.assessment.answer("1", "facts", Sheet(values=good))
    assert report.case.value("people_number") == 212
    assert report.case.value("data_types") == ("basic", "economic")
    assert set(report.accepted) == set(good)


def test_the_same_answer_again_adds_nothing(desk: Desk) -> None:
    log(desk)
    for _ in range(2):
        desk.assessment.answer("1", "facts", Sheet(values={"people_number": 5}))
    assert len(desk.intake.open("1").answer_log) == 1


def test_a_changed_answer_keeps_the_one_before(desk: Desk) -> None:
    log(desk)
    desk.assessment.answer("1", "facts", Sheet(values={"people_number": 5}))
    desk.assessment.answer("1", "facts", Sheet(values={"people_number": 7}))
    first, second = desk.intake.open("1").answer_log
    assert (first.value, second.value) == (5, 7)
    assert second.replaces == first.id


def test_unknown_is_an_answer_with_owner_and_due_time(desk: Desk) -> None:
    log(desk)
    due = FRIDAY + timedelta(hours=20)
    desk.assessment.answer("1", "facts", Sheet(unknown={"people_number": ("Ola", due)}))
    first = desk.intake.open("1").unknown[0]
    assert (first.question.id, first.kind, first.owner, first.due) == (
        "people_number", "unknown", "Ola", due,
    )  # fmt: skip


def test_a_cleared_answer_leaves_the_question_open(desk: Desk) -> None:
    log(desk)
    desk.assessment.answer("1", "facts", Sheet(values={"people_number": 5}))
    report = desk.assessment.answer("1", "facts", Sheet(cleared=["people_number"]))
    assert "people_number" not in report.case.answers
    assert len(report.case.answer_log) == 2


def test_two_people_on_one_question_see_both_values(desk: Desk) -> None:
    log(desk)
    desk.assessment.answer("1", "facts", Sheet(values={"people_number": 5}))
    late = Sheet(values={"people_number": 9}, replaces={"people_number": None})
    with pytest.raises(StaleCaseError) as stale:
        desk.assessment.answer("1", "facts", late)
    assert (stale.value.theirs, stale.value.ours) == ("5", "9")
    other = Sheet(values={"systems": "mail"}, replaces={"systems": None})
    desk.assessment.answer("1", "facts", other)
    assert desk.intake.open("1").value("people_number") == 5


def test_a_form_or_question_that_is_not_there_is_named(desk: Desk) -> None:
    log(desk)
    with pytest.raises(NoSuchThingError, match="no form"):
        desk.assessment.answer("1", "fact", Sheet(values={"x": 1}))
    with pytest.raises(AnswersRefusedError):
        desk.assessment.answer("1", "facts", Sheet(values={"nobody_asks": 1}))


def test_what_the_case_itself_holds_is_changed_by_its_own_verb(desk: Desk) -> None:
    log(desk, nature=("confidentiality",))
    with pytest.raises(AnswersRefusedError):
        desk.assessment.answer("1", "facts", Sheet(values={"nature": "availability"}))
    report = desk.assessment.answer("1", "facts", Sheet(values={"nature": "confidentiality"}))
    assert report.case.value("nature") == ("confidentiality",)


def test_a_processing_activity_prefills_facts_to_be_confirmed(desk: Desk) -> None:
    desk.organisation.take(PROFILE)
    log(desk, processing=("payroll",))
    case = desk.intake.open("1")
    assert case.facts.role == Role.CONTROLLER
    assert case.value("data_types") == ("basic", "economic")
    assert not case.answers["data_types"].is_confirmed
    assert "unconfirmed" in {one.kind for one in case.unknown if one.question.id == "data_types"}
    desk.assessment.answer("1", "facts", Sheet(values={"data_types": ["basic", "economic"]}))
    assert desk.intake.open("1").answers["data_types"].is_confirmed
    assert "Cloud (US; SCC)" in str(case.value("transfers"))


def test_a_processors_activity_makes_us_processor_and_names_the_controller(desk: Desk) -> None:
    desk.organisation.take(PROFILE)
    log(desk, processing=("hosting",))
    case = desk.intake.open("1")
    assert case.facts.role == Role.PROCESSOR
    assert case.value("other_party_name") == "Prøve kommune"


def test_an_activity_the_profile_does_not_have_is_refused(desk: Desk) -> None:
    desk.organisation.take(PROFILE)
    with pytest.raises(RefusedError, match="salary"):
        log(desk, processing=("salary",))
    assert desk.register.rows() == ()


@pytest.mark.parametrize("name", sorted(the_forms().sample_profiles()))
def test_every_sample_profile_prefills_something(desk: Desk, name: str) -> None:
    import tomllib

    profile = Profile.model_validate(tomllib.loads(the_forms().sample_profiles()[name]))
    desk.organisation.take(profile)
    for number, activity in enumerate(profile.processing, start=1):
        log(desk, processing=(activity.id,))
        case = desk.intake.open(str(number))
        known = tuple(one for one in activity.data_types if one != "not-yet-known")
        assert case.value("data_types") == (known or None)
        assert case.facts.role == activity.role


def test_each_assessment_is_kept_as_it_was(desk: Desk, clock: ToldClock) -> None:
    log(desk, nature=("availability",))
    first = desk.assessment.assess("1")
    clock.move(minutes=5)
    desk.assessment.answer("1", "facts", Sheet(values={"people_number": 5}))
    second = desk.assessment.assess("1")
    assert len(second.assessments) == 2
    assert second.assessments[0].result == first.assessments[0].result
    assert "people_number" not in second.assessments[0].answers
    assert second.assessments[1].answers["people_number"] == 5


def test_with_nothing_answered_the_advice_is_undetermined(desk: Desk) -> None:
    log(desk)
    advice = desk.assessment.advise("1").for_duty(Duty.NOTIFY_AUTHORITY)
    assert advice is not None
    assert advice.owed == Owed.UNDETERMINED
    assert advice.deciding


@pytest.mark.parametrize(
    "sheet",
    [
        Sheet(values={"people_number": 9}, unknown={"people_number": ("Ola", None)}),
        Sheet(values={"people_number": 9}, cleared=["people_number"]),
        Sheet(unknown={"people_number": ("x" * 201, None)}),
        Sheet(unknown={"people_number": ("a\0", None)}),
    ],
)
def test_a_sheet_that_contradicts_itself_or_names_nobody_is_refused(
    desk: Desk, sheet: Sheet
) -> None:
    log(desk)
    with pytest.raises(AnswersRefusedError) as refused:
        desk.assessment.answer("1", "facts", sheet)
    assert [one[0] for one in refused.value.problems] == ["people_number"]
    assert desk.intake.open("1").answer_log == ()


def test_who_finds_out_by_when_stays_until_somebody_says_otherwise(desk: Desk) -> None:
    log(desk)
    due = FRIDAY + timedelta(hours=5)

    def mark(owner: str, by: datetime | None) -> tuple[str, datetime | None]:
        sheet = Sheet(unknown={"people_number": (owner, by)})
        answer = desk.assessment.answer("1", "facts", sheet).case.answers["people_number"]
        return answer.owner, answer.due

    assert mark("Ola", due) == ("Ola", due)
    assert mark("", None) == ("Ola", due)
    assert mark("Nina", None) == ("Nina", due)
    assert mark("", due + timedelta(hours=1)) == ("Nina", due + timedelta(hours=1))
    assert len(desk.intake.open("1").answer_log) == 3

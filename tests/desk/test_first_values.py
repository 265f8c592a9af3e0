"""A form gives the case's own facts their first value; a change is a correction."""

from datetime import timedelta

import pytest

from breachdesk.desk import Desk, Sheet
from breachdesk.errors import AnswersRefusedError, RefusedError
from breachdesk.language import Speaker
from breachdesk.records import NewIncident, Profile
from breachdesk.terms import AuditAction
from tests.desk.desks import FRIDAY, OSLO


def log(desk: Desk, **given: object) -> None:
    desk.intake.log(NewIncident.model_validate({"title": "x", "became_aware_at": FRIDAY, **given}))


FIRST = {
    "nature": ["confidentiality", "integrity"],
    "occurred_from": "20.11.2026 08:00",
    "detected_at": "20.11.2026 09:15",
}


def test_first_values_are_taken_in_a_form_and_kept_as_the_case_s_own(desk: Desk) -> None:
    log(desk)
    report = desk.assessment.answer("1", "facts", Sheet(values=FIRST))
    facts = report.case.facts
    assert set(report.accepted) == set(FIRST)
    assert facts.nature == ["confidentiality", "integrity"]
    assert facts.occurred_from is not None
    assert facts.occurred_from.isoformat() == "2026-11-20T07:00:00+00:00"
    assert report.case.value("detected_at") == "2026-11-20T08:15:00+00:00"
    assert report.case.answers == {}


def test_first_values_given_together_are_one_snapshot_and_no_correction(desk: Desk) -> None:
    log(desk)
    case = desk.assessment.answer("1", "facts", Sheet(values=FIRST)).case
    assert len(case.snapshots) == 2
    assert AuditAction.FACTS_LOG in {entry.action for entry in desk.trust.trail("1").entries}
    assert "corrected" not in [line.kind for line in case.timeline]


def test_the_timeline_tells_a_first_value_in_words(desk: Desk) -> None:
    log(desk)
    case = desk.assessment.answer("1", "facts", Sheet(values=FIRST)).case
    told = [Speaker("nb", OSLO).say(line.text) for line in case.timeline]
    assert "Bruddets art: konfidensialitet, integritet" in told
    assert not [text for text in told if "confidentiality" in text]


def test_another_value_later_needs_a_reason(desk: Desk) -> None:
    log(desk, detected_at=FRIDAY - timedelta(hours=2))
    with pytest.raises(AnswersRefusedError) as refused:
        desk.assessment.answer("1", "facts", Sheet(values={"detected_at": "20.11.2026 09:15"}))
    [(question, problem)] = refused.value.problems
    assert question == "detected_at"
    assert "breachdesk correct REF detected VALUE" in str(problem)


def test_the_value_that_stands_may_be_handed_in_again(desk: Desk) -> None:
    log(desk)
    for _ in range(2):
        case = desk.assessment.answer("1", "facts", Sheet(values=FIRST)).case
    assert len(case.snapshots) == 2


def test_awareness_keeps_its_own_verb(desk: Desk) -> None:
    log(desk, became_aware_at=None)
    with pytest.raises(AnswersRefusedError) as refused:
        desk.assessment.answer("1", "facts", Sheet(values={"became_aware_at": "20.11.2026 12:00"}))
    assert "breachdesk aware" in str(refused.value.problems[0][1])


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"occurred_from": "20.11.2026 08:00", "occurred_to": "19.11.2026 08:00"}, "cannot end"),
        ({"nature": ["weather"]}, "weather"),
        ({"detected_at": "25.12.2030 08:00"}, "lies ahead"),
    ],
)
def test_first_values_that_cannot_be_are_refused_and_nothing_is_written(
    desk: Desk, values: dict[str, object], words: str
) -> None:
    log(desk)
    with pytest.raises(RefusedError) as refused:
        desk.assessment.answer("1", "facts", Sheet(values={**values, "people_number": 3}))
    said = [str(refused.value.what)]
    if isinstance(refused.value, AnswersRefusedError):
        said = [str(problem) for _, problem in refused.value.problems]
    assert any(words in one for one in said), said
    case = desk.intake.open("1")
    assert (len(case.snapshots), case.answers) == (1, {})


def test_they_too_may_be_unknown_with_an_owner_until_a_value_is_there(desk: Desk) -> None:
    log(desk)
    due = FRIDAY + timedelta(days=1)
    case = desk.assessment.answer("1", "facts", Sheet(unknown={"nature": ("Ola", due)})).case
    [one] = [one for one in case.unknown if one.kind == "unknown"]
    assert (one.question.id, one.owner, one.due) == ("nature", "Ola", due)
    case = desk.assessment.answer("1", "facts", Sheet(values={"nature": "availability"})).case
    assert case.value("nature") == ("availability",)
    assert not [one for one in case.unknown if one.question.id == "nature"]
    with pytest.raises(AnswersRefusedError):
        desk.assessment.answer("1", "facts", Sheet(unknown={"nature": ("Ola", due)}))


def test_only_transfers_out_of_the_eea_by_the_chosen_activities_are_told(desk: Desk) -> None:
    desk.organisation.take(
        Profile.model_validate(
            {
                "organisation": {"name": "Prøve AS", "language": "en"},
                "processing": [
                    {"id": one, "title": one, "role": "controller"} for one in ("payroll", "news")
                ],
                "recipient": [
                    {"name": "Agency", "countries": ["NO"]},
                    {"name": "Host", "countries": ["EEA", "se", "Norge", "DE"]},
                    {"name": "Group", "countries": ["NO", "outside EEA"],
                     "transfer": "standard contractual clauses", "processing": ["payroll"]},
                    {"name": "Statistics", "countries": ["IE", "US"],
                     "transfer": "adequacy decision", "processing": ["news"]},
                    {"name": "Cloud", "countries": ["GB"]},
                    {"name": "Somewhere"},
                ],
            }
        )
    )  # fmt: skip
    case = desk.intake.log(NewIncident(title="Payroll list", processing=("payroll",)))
    assert case.value("transfers") == (
        "Group (outside the EEA; standard contractual clauses)\nCloud (GB)"
    )


def test_a_recipient_of_an_activity_that_is_not_there_is_refused(desk: Desk) -> None:
    wrong = Profile.model_validate(
        {
            "organisation": {"name": "Prøve AS"},
            "recipient": [{"name": "Cloud", "countries": ["US"], "processing": ["payrol"]}],
        }
    )
    with pytest.raises(RefusedError, match="payrol"):
        desk.organisation.take(wrong)
    assert desk.organisation.profile() is None

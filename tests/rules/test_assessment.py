"""From answers to advice: firm, undetermined, and for each role."""

import pytest

from breachdesk.rules.questionnaire import AnswerValue
from breachdesk.terms import Duty, Owed, RiskLevel, Role
from tests.rules.answers import Given, advise, letter, loose, outage, owed, wrong


def deciding(answers: Given, duty: Duty = Duty.NOTIFY_AUTHORITY) -> tuple[str, ...]:
    advice = advise(answers).for_duty(duty)
    assert advice is not None
    return advice.deciding


def test_every_breach_is_recorded() -> None:
    for answers in ({}, letter(), loose(holder="attacker")):
        record = advise(answers).for_duty(Duty.RECORD)
        assert record is not None
        assert record.owed is Owed.YES
        assert "gdpr-33-5" in record.cites


def test_unlikely_risk_is_recorded_only() -> None:
    assert owed(letter()) == (Owed.NO, Owed.NO)
    assert advise(letter()).risk is RiskLevel.UNLIKELY


def test_risk_is_notified_and_not_told() -> None:
    answers = letter(intent="own-interest", misuse="none")
    assert owed(answers) == (Owed.YES, Owed.NO)
    assert advise(answers).risk is RiskLevel.RISK


def test_high_risk_is_notified_and_told_and_points_to_the_exceptions() -> None:
    assessed = advise(letter(implied="danger"))
    assert assessed.risk is RiskLevel.HIGH_RISK
    people = assessed.for_duty(Duty.INFORM_SUBJECTS)
    assert people is not None
    assert people.owed is Owed.YES
    assert "gdpr-34-3" in people.cites


@pytest.mark.parametrize("value", [None, "missing"])
def test_unknown_and_unanswered_count_the_same(value: AnswerValue) -> None:
    answers = loose(data_types=("economic",), insight="ordinary", protection=value)
    if value == "missing":
        del answers["protection"]
    assessed = advise(answers)
    assert assessed.risk is RiskLevel.UNDETERMINED
    assert deciding(answers) == ("protection",)
    assert deciding(answers, Duty.INFORM_SUBJECTS) == ("protection",)


def test_unknown_that_changes_nothing_leaves_the_advice_firm() -> None:
    answers = letter(protection="strong", key="safe", insight=None, holder=None, data_types=None)
    assert owed(answers) == (Owed.NO, Owed.NO)
    assert advise(loose(holder="attacker", abuse="take", misuse=None)).risk is RiskLevel.HIGH_RISK


def test_one_duty_may_be_firm_while_the_other_is_not() -> None:
    answers = letter(data_types=("health",), insight="ordinary", rest="alike", deletion=None)
    assert owed(answers) == (Owed.YES, Owed.UNDETERMINED)
    assert deciding(answers) == ()
    assert deciding(answers, Duty.INFORM_SUBJECTS) == ("deletion",)


def test_only_the_unknown_that_can_settle_it_decides() -> None:
    answers = loose(data_types=("economic",), insight="ordinary", protection=None, misuse=None)
    assert deciding(answers) == ("protection",)


def test_each_unknown_that_can_settle_it_alone_decides() -> None:
    answers = letter(data_types=("economic",), insight="a-little", deletion=None, protection=None)
    assert deciding(answers) == ("protection", "deletion")


def test_where_none_settles_it_alone_the_members_of_every_pair_decide() -> None:
    statement = letter(data_types=("economic",), insight="ordinary", rest="alike")
    answers = {
        **statement,
        "nature": ("confidentiality", "availability"),
        **dict.fromkeys(("protection", "deletion", "restored", "effect")),
    }
    found = deciding(answers, Duty.INFORM_SUBJECTS)
    assert found == ("protection", "deletion", "restored", "effect")


def test_settling_a_question_takes_along_those_it_opens() -> None:
    answers = loose(data_types=("economic",), insight="ordinary", protection=None)
    assert "key" not in answers
    assert deciding(answers) == ("protection",)


def test_unknown_that_another_answer_can_take_the_sting_out_of_does_not_decide() -> None:
    assert deciding(outage(restored="back-late", effect=None, intent=None)) == ("effect",)
    assert deciding(outage(restored=None, effect=None)) == ("restored",)


def test_number_that_cannot_be_found_out_does_not_speak_for_a_small_one() -> None:
    answers = letter(holder="many-known", misuse="none", scope="certain", abuse="little")
    assert owed(answers) == (Owed.NO, Owed.NO)
    uncountable = {**answers, "people_basis": "cannot-be-determined", "people_number": None}
    assert owed(uncountable) == (Owed.YES, Owed.NO)
    assert "1000000000000" not in str(advise(uncountable))


@pytest.mark.parametrize("basis", [None, "to-be-determined", "approximate"])
def test_number_not_known_yet_is_asked_for(basis: AnswerValue) -> None:
    answers = letter(holder="many-known", misuse="none", scope="certain", abuse="little")
    open_number = {**answers, "people_basis": basis, "people_number": None}
    assert owed(open_number) == (Owed.UNDETERMINED, Owed.NO)
    assert deciding(open_number) == ("people_number",)


def test_undetermined_advice_says_best_worst_and_what_to_find_out() -> None:
    answers = loose(data_types=("economic",), insight="ordinary", protection=None)
    advice = advise(answers).for_duty(Duty.NOTIFY_AUTHORITY)
    assert advice is not None
    spread, to_find_out = advice.reasons[:2]
    assert spread.words.en.count("high risk") == 1
    assert "lite sannsynlig" in spread.words.nb
    assert to_find_out.questions == ("protection",)
    assert to_find_out.words.nb.startswith("Må avklares: ")


def test_reasons_name_the_answers_that_caused_them_in_both_languages() -> None:
    advice = advise(letter(intent="own-interest")).for_duty(Duty.NOTIFY_AUTHORITY)
    assert advice is not None
    cause = next(one for one in advice.reasons if one.rule == "taken_on_purpose")
    assert cause.questions == ("intent",)
    assert "curiosity, or for someone's own purposes" in cause.words.en
    assert "nysgjerrighet eller noens egne formål" in cause.words.nb


def test_only_the_options_that_matter_are_named() -> None:
    answers = loose(data_types=("basic", "contact", "health"), insight="ordinary")
    rule = next(one for one in advise(answers).rules if one.id == "special_uncontrolled")
    assert "helseopplysninger" in rule.reason.words.nb.lower()
    assert "contact" not in rule.reason.words.en.lower()


@pytest.mark.parametrize(
    "answers",
    [{}, letter(), loose(holder="attacker", abuse="take"), outage(effect="health"), wrong()],
)
@pytest.mark.parametrize("role", list(Role))
def test_no_place_in_a_sentence_is_left_open(answers: Given, role: Role) -> None:
    assessed = advise(answers, role)
    said = [reason.words for advice in assessed.advice for reason in advice.reasons]
    said += [rule.reason.words for rule in assessed.rules]
    for words in said:
        assert "$" not in words.en + words.nb
        assert "“”" not in words.en
        assert "«»" not in words.nb


def test_every_advice_has_reasons_and_sources() -> None:
    for answers in ({}, letter(), loose(), outage(effect="felt")):
        for advice in advise(answers).advice:
            assert advice.reasons
            assert advice.cites


def test_processor_tells_the_controller_without_weighing_the_risk() -> None:
    for answers in ({}, letter(), loose(holder="attacker", abuse="take")):
        assessed = advise(answers, Role.PROCESSOR)
        advised = {one.duty: one.owed for one in assessed.advice}
        assert advised == {
            Duty.RECORD: Owed.YES,
            Duty.NOTIFY_CONTROLLER: Owed.YES,
            Duty.NOTIFY_AUTHORITY: Owed.NO,
            Duty.INFORM_SUBJECTS: Owed.NO,
        }
        told = assessed.for_duty(Duty.NOTIFY_CONTROLLER)
        assert told is not None
        assert "gdpr-33-2" in told.cites


def test_joint_controllers_are_sent_to_their_arrangement() -> None:
    authority = advise(letter(), Role.JOINT_CONTROLLER).for_duty(Duty.NOTIFY_AUTHORITY)
    assert authority is not None
    high = advise(letter(implied="danger"), Role.JOINT_CONTROLLER)
    owing = high.for_duty(Duty.NOTIFY_AUTHORITY)
    assert owing is not None
    assert "gdpr-26" in owing.cites


def test_nothing_is_owed_once_it_is_decided_to_be_no_breach() -> None:
    assessed = advise(loose(holder="attacker", abuse="take"), is_breach=False)
    assert {one.owed for one in assessed.advice} == {Owed.NO}
    assert all("gdpr-4-12" in one.cites for one in assessed.advice)


def test_smaller_group_with_more_in_it_is_told_apart_from_the_rest() -> None:
    answers = loose(data_types=("health",), insight="ordinary", rest="hardly-any", people_number=40)
    assessed = advise(answers)
    assert assessed.groups == {"hardest": RiskLevel.HIGH_RISK, "rest": RiskLevel.UNLIKELY}
    people = assessed.for_duty(Duty.INFORM_SUBJECTS)
    assert people is not None
    assert "most_less" in {one.rule for one in people.reasons}


def test_rest_is_told_too_where_the_little_is_bad_enough() -> None:
    answers = loose(
        data_types=("economic",),
        insight="ordinary",
        rest="a-little",
        holder="attacker",
        people_number=40,
    )
    assessed = advise(answers)
    assert assessed.groups["rest"] is RiskLevel.HIGH_RISK
    people = assessed.for_duty(Duty.INFORM_SUBJECTS)
    assert people is not None
    assert "everybody" in {one.rule for one in people.reasons}


def test_groups_are_only_named_where_they_differ() -> None:
    assert advise(loose(data_types=("health",), insight="ordinary")).groups == {}


def test_what_is_not_asked_has_no_answer() -> None:
    left_behind = letter(
        exposure="ruled-out", misuse="harmful", holder="attacker", implied="danger"
    )
    assert owed(left_behind) == (Owed.NO, Owed.NO)


def test_pack_is_named_with_its_version() -> None:
    assert advise({}).pack.startswith("risk@")

"""The named rules: each speaks when it should, and one changed answer silences it."""

from pathlib import Path

import pytest

from breachdesk.errors import RuleError
from breachdesk.rules import duties
from breachdesk.rules.duties import CONDITIONS, judge, read_pack
from breachdesk.rules.pack import AT_LEAST_HIGH, AT_LEAST_RISK, EFFECTS
from breachdesk.rules.questionnaire import Question
from breachdesk.terms import Nature, Owed, RiskLevel
from tests.rules.answers import (
    Given,
    advise,
    fired,
    letter,
    loose,
    outage,
    owed,
    pack,
    shipped,
    situation,
    wrong,
)

CARD = ("payment-means",)
RULES: list[tuple[str, Given, Given]] = [
    # rule, answers under which it speaks, the change that silences it
    ("nothing_left", letter(exposure="ruled-out"), {"exposure": "no-sign"}),
    ("unintelligible", letter(protection="strong", key="safe"), {"key": "exposed"}),
    ("only_a_copy", outage(restored="copy-only"), {"restored": "back-in-time"}),
    ("restored_in_time", outage(restored="back-in-time"), {"effect": "felt"}),
    ("put_right", wrong(altered="put-right"), {"altered": "used"}),
    ("endangered", letter(implied="danger"), {"holder": "trusted"}),
    ("special_uncontrolled", loose(data_types=("health",), insight="ordinary"),
     {"holder": "few-known"}),
    ("identity_uncontrolled", loose(data_types=("identification-number",), insight="a-little"),
     {"insight": "hardly-any"}),
    ("identity_uncontrolled", loose(data_types=CARD, insight="ordinary"), {"insight": "a-little"}),
    ("identity_takeover", loose(abuse="pose", intent="object"), {"intent": "mistake"}),
    ("identity_takeover", loose(abuse="pose", people_number=1001), {"people_number": 1000}),
    ("identity_takeover", loose(abuse="take"), {"abuse": "target"}),
    ("identity_takeover", loose(abuse="pose", holder="attacker"), {"insight": "public"}),
    ("identity_takeover", loose(abuse="take"), {"exposure": "no-sign"}),
    ("stolen_and_telling",
     loose(data_types=("other",), insight="ordinary", abuse="target", holder="attacker"),
     {"data_types": ("basic", "contact")}),
    ("stolen_and_telling",
     loose(data_types=("profile",), insight="ordinary", abuse="target", intent="harm"),
     {"intent": "own-interest"}),
    ("telling_and_uncontrolled", loose(data_types=("other",), insight="ordinary"),
     {"insight": "a-little"}),
    ("logins_at_large", loose(data_types=("credentials",), logins="critical"),
     {"logins": "account"}),
    ("logins_at_large", loose(data_types=("credentials",), logins="account", holder="public"),
     {"holder": "unknown"}),
    ("whole_file_of_vulnerable", loose(data_subjects=("minors",), insight="whole-picture"),
     {"insight": "ordinary"}),
    ("harmful_misuse", loose(misuse="harmful"), {"misuse": "unwanted"}),
    ("special_with_outsider", letter(data_types=("religious",), insight="a-little"),
     {"insight": "hardly-any"}),
    ("private_implied", letter(implied="private"), {"implied": "standing"}),
    ("identity_with_outsider", letter(data_types=("identification-number",), insight="a-little"),
     {"holder": "own-organisation"}),
    ("vulnerable_people", letter(data_subjects=("patients",), insight="ordinary"),
     {"insight": "a-little"}),
    ("vulnerable_people", loose(data_subjects=("vulnerable",), insight="a-little"),
     {"insight": "hardly-any"}),
    ("logins_out", letter(data_types=("credentials",), logins="account"), {"logins": "little"}),
    ("taken_on_purpose", letter(intent="own-interest"), {"intent": "object"}),
    ("taken_by_attacker", loose(holder="attacker"), {"holder": "public"}),
    ("taken_by_attacker", loose(holder="attacker"), {"insight": "public"}),
    ("believable_fraud", loose(abuse="target"), {"abuse": "little"}),
    ("believable_fraud", loose(abuse="pose", holder="many-known"), {"abuse": "target"}),
    ("misuse_seen", loose(misuse="unwanted"), {"misuse": "none"}),
    ("long_undetected", loose(undetected="longer"), {"undetected": "month-or-less"}),
    ("long_undetected", loose(undetected="longer", exposure="likely"), {"exposure": "no-sign"}),
    ("many_people", letter(people_number=1001), {"people_number": 1000}),
    ("same_cause_again", letter(repeats="flaw", insight="a-little"), {"repeats": "single"}),
    ("scope_open", loose(scope="uncertain"), {"scope": "certain"}),
    ("health_at_stake", outage(effect="health"), {"effect": "serious"}),
    ("health_at_stake", wrong(effect="health"), {"effect": "serious"}),
    ("serious_and_lost", outage(effect="serious", restored="rebuilt"), {"restored": "back-late"}),
    ("serious_and_wrong", wrong(effect="serious", altered="for-good"), {"altered": "used"}),
    ("effect_felt", outage(effect="felt"), {"effect": "nuisance"}),
    ("lost_for_good", outage(restored="gone"), {"restored": "rebuilt"}),
    ("rebuilt_with_trouble", outage(restored="rebuilt", effect="nuisance"),
     {"restored": "back-late"}),
    ("attack_noticed", outage(intent="harm", effect="nuisance"), {"intent": "object"}),
    ("wrong_data_used", wrong(effect="nuisance"), {"effect": "none"}),
    ("cannot_be_undone", wrong(altered="for-good"), {"altered": "used"}),
    ("no_sign_found", letter(exposure="no-sign", data_types=("health",), insight="ordinary"),
     {"exposure": "likely"}),
    ("contained", letter(data_types=("economic",), insight="ordinary", deletion="confirmed"),
     {"deletion": "asked"}),
]  # fmt: skip


@pytest.mark.parametrize(("rule", "answers", "change"), RULES, ids=[one[0] for one in RULES])
def test_rule_speaks_and_one_answer_silences_it(rule: str, answers: Given, change: Given) -> None:
    assert rule in fired(answers)
    assert rule not in fired({**answers, **change})


def test_every_rule_of_the_pack_is_tested_here() -> None:
    assert {one[0] for one in RULES} == set(pack().rules) == set(CONDITIONS)


@pytest.mark.parametrize(("rule", "answers", "change"), RULES, ids=[one[0] for one in RULES])
def test_rule_lifts_the_risk_at_least_as_far_as_its_effect_says(
    rule: str, answers: Given, change: Given
) -> None:
    del change
    least = {AT_LEAST_RISK: 1, AT_LEAST_HIGH: 2}.get(pack().rules[rule].effect, 0)
    assert judge(situation(answers)).level >= least


def test_every_rule_has_sources_words_and_a_known_effect() -> None:
    for rule in pack().rules.values():
        assert rule.cites, rule.id
        assert rule.text.en, rule.id
        assert rule.text.nb, rule.id
        assert rule.effect in EFFECTS


def test_no_rule_speaks_of_a_decided_example() -> None:
    logic = Path(duties.__file__).read_text(encoding="utf-8")
    spoken = [logic, *(f"{one.id} {one.text.en} {one.text.nb}" for one in pack().rules.values())]
    for case in shipped().cases:
        for text in spoken:
            assert case.id not in text
            assert case.title.en not in text


WORST = loose(
    data_types=("health", "identification-number", "credentials"),
    data_subjects=("minors",),
    people_number=100_000,
    insight="whole-picture",
    implied="danger",
    abuse="take",
    logins="critical",
    misuse="harmful",
    undetected="longer",
    scope="uncertain",
    repeats="flaw",
    intent="harm",
)


def test_unintelligible_data_with_a_safe_key_harm_nobody_whatever_else_is_true() -> None:
    assert owed(WORST) == (Owed.YES, Owed.YES)
    assert owed({**WORST, "protection": "strong", "key": "safe"}) == (Owed.NO, Owed.NO)


def test_evidence_that_nobody_came_near_takes_the_harm_away() -> None:
    assert owed({**WORST, "exposure": "ruled-out"}) == (Owed.NO, Owed.NO)


def test_complete_copy_in_time_takes_the_harm_away() -> None:
    struck = outage(restored="back-in-time", effect="nuisance", intent="harm")
    assert owed(struck) == (Owed.NO, Owed.NO)


def test_containment_lowers_what_the_score_raised() -> None:
    statement = letter(data_types=("economic",), insight="ordinary", rest="alike")
    assert owed(statement) == (Owed.YES, Owed.YES)
    assert owed({**statement, "deletion": "confirmed"}) == (Owed.YES, Owed.NO)
    assert owed({**statement, "holder": "trusted"}) == (Owed.YES, Owed.NO)
    trusted = {**statement, "holder": "trusted", "deletion": "confirmed"}
    assert owed(trusted) == (Owed.NO, Owed.NO)


def test_containment_never_lowers_an_upward_rule() -> None:
    number = letter(data_types=("identification-number",), insight="a-little")
    assert owed({**number, "deletion": "confirmed"}) == (Owed.YES, Owed.NO)
    danger = letter(implied="danger", deletion="confirmed")
    assert owed(danger) == (Owed.YES, Owed.YES)


def test_promise_of_someone_unbound_leaves_a_risk_where_the_score_is_highest() -> None:
    file = letter(
        data_types=("economic",), insight="whole-picture", rest="alike", deletion="confirmed"
    )
    assert owed(file) == (Owed.YES, Owed.NO)
    assert owed({**file, "holder": "trusted"}) == (Owed.NO, Owed.NO)


def test_asking_for_deletion_counts_only_with_someone_bound() -> None:
    statement = letter(data_types=("economic",), insight="ordinary", rest="alike")
    assert owed({**statement, "deletion": "asked"}) == owed({**statement, "deletion": "no"})
    trusted = {**statement, "holder": "trusted"}
    assert owed({**trusted, "deletion": "no"}) == (Owed.YES, Owed.YES)
    assert owed({**trusted, "deletion": "asked"}) == (Owed.YES, Owed.NO)


def test_deletion_means_nothing_where_someone_took_the_data_on_purpose() -> None:
    snooped = letter(
        holder="own-organisation",
        intent="own-interest",
        misuse="none",
        deletion="confirmed",
        data_types=("health",),
        insight="ordinary",
        rest="alike",
    )
    assert owed(snooped) == (Owed.YES, Owed.YES)


@pytest.mark.parametrize("number", [2, 1000, 1001, 10_000_000])
def test_number_of_people_alone_never_makes_the_risk_high(number: int) -> None:
    assert owed(loose(people_number=number, holder="public"))[1] is Owed.NO


def test_malicious_actor_alone_never_makes_the_risk_high() -> None:
    assert owed(loose(holder="attacker")) == (Owed.YES, Owed.NO)


def test_one_person_is_enough_for_a_high_risk() -> None:
    assert owed(loose(holder="attacker", abuse="pose", people_number=1)) == (Owed.YES, Owed.YES)


def test_without_a_sign_that_anyone_came_a_high_floor_is_a_risk() -> None:
    health = loose(data_types=("health",), insight="ordinary", holder="many-known")
    assert owed(health) == (Owed.YES, Owed.YES)
    assert owed({**health, "exposure": "no-sign"}) == (Owed.YES, Owed.NO)


def test_missing_sign_means_nothing_once_an_intruder_or_the_public_could_look() -> None:
    for holder in ("public", "attacker"):
        health = loose(data_types=("health",), insight="ordinary", exposure="no-sign")
        assert owed({**health, "holder": holder}) == (Owed.YES, Owed.YES)


def test_coded_data_whose_key_is_safe_set_off_no_rule_about_people() -> None:
    coded = loose(data_types=("health",), insight="ordinary", identifiability="hardly")
    assert owed(coded)[1] is Owed.NO
    assert "special_uncontrolled" not in fired(coded)


def test_worst_channel_counts() -> None:
    both = {**letter(), **outage(effect="health"), "nature": ("confidentiality", "availability")}
    assessed = advise(both)
    assert assessed.channels == {
        "confidentiality": RiskLevel.UNLIKELY,
        "availability": RiskLevel.HIGH_RISK,
    }
    assert assessed.risk is RiskLevel.HIGH_RISK


def test_protection_of_one_channel_leaves_the_others_alone() -> None:
    locked = {
        **letter(protection="strong", key="safe"),
        **outage(restored="gone", effect="serious"),
        "nature": tuple(Nature),
        "altered": "put-right",
    }
    assert advise(locked).channels["availability"] is RiskLevel.HIGH_RISK
    assert advise(locked).channels["confidentiality"] is RiskLevel.UNLIKELY


def test_score_measures_severity_and_says_nothing_of_availability() -> None:
    records = outage(data_types=("health",), restored="back-in-time", effect="none")
    severity = advise(records).severity
    assert severity is not None
    assert severity.level == "very_high"
    assert owed(records) == (Owed.NO, Owed.NO)


def test_pack_with_an_unknown_rule_is_refused() -> None:
    table = {**_table(), "rule": [{**_rule(), "id": "made_up"}]}
    with pytest.raises(RuleError, match="made_up"):
        read_pack(table, questions=_questions(), digest="")


@pytest.mark.parametrize(
    ("change", "named"),
    [
        ({"effect": "explodes"}, "contained"),
        ({"about": ["nothing_asked"]}, "nothing_asked"),
        ({"only": {"data_types": "no_such_group"}}, "no_such_group"),
        ({"channels": ["rumour"]}, "contained"),
        ({"cites": None}, "contained"),
    ],
)
def test_rule_that_does_not_fit_is_refused_by_name(change: dict[str, object], named: str) -> None:
    table = {**_table(), "rule": [{**_rule(), **change}]}
    with pytest.raises(RuleError, match=named):
        read_pack(table, questions=_questions(), digest="")


def test_pack_needs_levels_from_zero() -> None:
    with pytest.raises(RuleError, match="begin at 0"):
        read_pack({**_table(), "level": []}, questions=_questions(), digest="")


def _questions() -> dict[str, Question]:
    forms = shipped().questionnaires
    return {one.id: one for form in forms.values() for one in form.questions}


def _rule() -> dict[str, object]:
    return {
        "id": "contained",
        "effect": "lowers",
        "channels": ["confidentiality"],
        "about": ["holder"],
        "text": {"en": "a", "nb": "b"},
        "cites": ["gdpr-33-1"],
    }


def test_pack_that_does_not_say_from_which_risk_a_duty_is_owed_is_refused() -> None:
    table = {**_table(), "owed_from": []}
    with pytest.raises(RuleError, match="notify_authority"):
        read_pack(table, questions={}, digest="")


def _table() -> dict[str, object]:
    return {
        "id": "risk",
        "version": "1",
        "valid_from": "2018-05-25",
        "method": {"id": "enisa-2013"},
        "owed_from": [
            {"id": "notify_authority", "risk": "risk", "cites": ["gdpr-33-1"]},
            {"id": "inform_subjects", "risk": "high_risk", "cites": ["gdpr-34-1"]},
        ],
        "level": [
            {
                "id": "low",
                "from": 0,
                "risk": "unlikely",
                "words": {"en": "low", "nb": "lav"},
                "cites": ["enisa-2013"],
            }
        ],
    }

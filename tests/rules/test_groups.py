"""Groups of people with data of their own: the worst counts, and each has its own advice."""

from collections.abc import Mapping

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from breachdesk.rules.advice import Assessed, Flip
from breachdesk.rules.assessment import assess
from breachdesk.rules.groups import GroupAnswers
from breachdesk.rules.plain import from_plain, to_plain
from breachdesk.rules.questionnaire import AnswerValue
from breachdesk.rules.reading import read
from breachdesk.terms import Duty, Owed, QuestionKind, RiskLevel, Role
from tests.rules.answers import Given, advise, draw, form, letter, loose, pack, seeded, sheet

SEEDS = st.integers(0, 10**6)
MILDNESS = st.floats(0, 1)
TOLD, NOTIFIED = Duty.INFORM_SUBJECTS, Duty.NOTIFY_AUTHORITY
FIRM = (Owed.NO, Owed.UNDETERMINED, Owed.YES)
CLOSED = [one.id for one in form().questions if one.kind is QuestionKind.ONE]


def group(
    own: Mapping[str, AnswerValue],
    number: int | None = None,
    *,
    id: str = "group-1",  # noqa: A002 - the field's name
    name: str = "Ansatte",
) -> GroupAnswers:
    return GroupAnswers(id=id, name=name, number=number, own=own)


def together(answers: Given, *groups: GroupAnswers) -> Assessed:
    return assess(form(), pack(), answers, role=Role.CONTROLLER, groups=groups)


def levels(answers: Given, *groups: GroupAnswers) -> tuple[int, int]:
    own = [one.over(answers) for one in groups]
    return read(form(), pack(), answers, role=Role.CONTROLLER, sheet=sheet(), own=own).levels


def owed(assessed: Assessed, duty: Duty) -> Owed:
    advice = assessed.for_duty(duty)
    assert advice is not None
    return advice.owed


@st.composite
def cases(make: st.DrawFn) -> tuple[Given, dict[str, AnswerValue]]:
    """Return answers for everybody, some unknown, and some answers of a group."""
    common = dict(draw(seeded(make(SEEDS)), mild=make(MILDNESS)))
    for one in make(st.sets(st.sampled_from(sorted(common)), max_size=4)):
        common[one] = None
    theirs = draw(seeded(make(SEEDS)), mild=make(MILDNESS))
    names = make(st.sets(st.sampled_from(sorted(theirs)), max_size=5)) - {"nature"}
    return common, {name: theirs[name] for name in names}


@settings(max_examples=60, deadline=None)
@given(case=cases())
def test_adding_a_group_never_lowers_the_risk(
    case: tuple[Given, dict[str, AnswerValue]],
) -> None:
    common, own = case
    before, after = levels(common), levels(common, group(own))
    assert after[0] >= before[0]
    assert after[1] >= before[1]
    whole, both = advise(common), together(common, group(own))
    for duty in (NOTIFIED, TOLD):
        assert FIRM.index(owed(both, duty)) >= FIRM.index(owed(whole, duty))


@settings(max_examples=60, deadline=None)
@given(case=cases(), question=st.sampled_from(CLOSED))
def test_a_worse_answer_of_a_group_never_lowers_the_risk(
    case: tuple[Given, dict[str, AnswerValue]], question: str
) -> None:
    common, own = case
    options = list(sheet().ranks[question])
    known = [one for one in options if one != "not-yet-known"]
    before = [levels(common, group({**own, question: one})) for one in known]
    assert before == sorted(before, key=lambda one: one[0])
    assert before == sorted(before, key=lambda one: one[1])


@settings(max_examples=40, deadline=None)
@given(case=cases())
def test_a_group_without_answers_of_its_own_has_the_advice_of_the_whole(
    case: tuple[Given, dict[str, AnswerValue]],
) -> None:
    common, _ = case
    whole, both = advise(common), together(common, group({}))
    assert both.people_groups[0].assessed == whole
    assert both.risk is whole.risk
    assert [one.owed for one in both.advice] == [one.owed for one in whole.advice]


@settings(max_examples=60, deadline=None)
@given(case=cases(), number=st.one_of(st.none(), st.integers(1, 5000)))
def test_what_becomes_unknown_in_a_group_is_never_firmer(
    case: tuple[Given, dict[str, AnswerValue]], number: int | None
) -> None:
    common, own = case
    assume(own)
    known = levels(common, group(own, number))
    for question in own:
        low, high = levels(common, group({**own, question: None}, number))
        assert low <= known[0]
        assert high >= known[1]


@settings(max_examples=30, deadline=None)
@given(case=cases(), other=cases())
def test_the_advice_of_the_case_is_the_worst_of_its_groups(
    case: tuple[Given, dict[str, AnswerValue]], other: tuple[Given, dict[str, AnswerValue]]
) -> None:
    common, own = case
    groups = (group(own), group(other[1], id="group-2", name="Kunder"))
    both, whole = together(common, *groups), advise(common)
    for duty in (NOTIFIED, TOLD):
        every = [whole, *(one.assessed for one in both.people_groups)]
        assert owed(both, duty) is max((owed(one, duty) for one in every), key=FIRM.index)
    assert from_plain(to_plain(both)) == both


LEAK = loose(data_types=("contact",), insight="a-little", people_number=4012)
STAFF = group({"data_types": ("health",), "insight": "ordinary"}, 12)


def test_employees_are_told_and_customers_are_not() -> None:
    customers = group({}, 4000, id="group-2", name="Kunder")
    both = together(LEAK, STAFF, customers)
    assert both.risk is RiskLevel.HIGH_RISK
    assert both.led_by == "group-1"
    staff, others = (one.assessed for one in both.people_groups)
    assert (owed(staff, TOLD), owed(others, TOLD)) == (Owed.YES, Owed.NO)
    assert owed(both, TOLD) is Owed.YES
    rules = [one.rule for one in both.for_duty(TOLD).reasons]  # type: ignore[union-attr]
    assert rules[-2:] == ["group_told", "group_not_told"]
    words = [one.words.nb for one in both.for_duty(TOLD).reasons]  # type: ignore[union-attr]
    assert any("«Ansatte» (12)" in one for one in words)


def test_a_smaller_number_of_its_own_can_keep_a_group_below_the_limit_of_many() -> None:
    many = {**LEAK, "misuse": "none", "abuse": "little", "scope": "certain"}
    few = together(many, group({}, 3)).people_groups[0].assessed
    assert "many_people" not in [one.id for one in few.rules]
    assert "many_people" in [one.id for one in advise(many).rules]


def test_what_a_group_does_not_know_yet_leaves_the_case_open_and_is_named() -> None:
    mild = letter(data_types=("contact",), insight="a-little")
    both = together(mild, group({"data_types": ("health",), "insight": None}, 2))
    assert owed(both, TOLD) is Owed.UNDETERMINED
    assert both.for_duty(TOLD).deciding != ()  # type: ignore[union-attr]
    assert owed(advise(mild), TOLD) is Owed.NO


def test_flips_of_the_case_heed_the_groups_and_those_of_a_group_do_not() -> None:
    values = read(form(), pack(), LEAK, role=Role.CONTROLLER, sheet=sheet()).values
    asked = {key: value for key, value in LEAK.items() if key in values or key == "people_basis"}
    both = together(asked, STAFF)
    own = {(one.question, one.answer) for one in both.people_groups[0].assessed.flips}
    assert ("insight", "a-little") in own
    common = {(one.question, one.answer) for one in both.flips}
    assert ("insight", "a-little") not in common
    assert ("exposure", "ruled-out") in common
    for flip in both.flips:
        changed = together({**asked, flip.question: _value(asked, flip.question, flip)}, STAFF)
        for duty, new in flip.would_change:
            assert owed(changed, duty) is new


def _value(answers: Given, question: str, flip: Flip) -> AnswerValue:
    value = answers.get(question)
    if question == "people_number":
        return int(flip.answer)
    if isinstance(value, tuple):
        rest = tuple(one for one in value if one != flip.answer)
        return rest if flip.removes else (*value, flip.answer)
    return str(flip.answer)


def test_as_processor_groups_change_no_advice() -> None:
    alone = advise(LEAK, Role.PROCESSOR)
    both = assess(form(), pack(), LEAK, role=Role.PROCESSOR, groups=[STAFF])
    assert both.advice == alone.advice
    assert both.flips == ()

"""What is asked, offered, missing and counted; and that it stays so whatever is answered."""

from datetime import date

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from breachdesk.rules.questionnaire import (
    Answers,
    AnswerValue,
    Option,
    Question,
    Questionnaire,
    Section,
    asked,
    check_value,
    counted,
    derived_facts,
    is_unknown,
    missing,
    offered,
)
from breachdesk.terms import QuestionKind, Words

WORDS = Words("text", "tekst")
UNHURRIED = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
OPTIONS = ("low", "high", "to-be-determined")


def question(name: str, kind: QuestionKind = QuestionKind.ONE, **changes: object) -> Question:
    values: dict[str, object] = {
        "id": name,
        "text": WORDS,
        "kind": kind,
        "why": WORDS,
        "options": tuple(Option(id=one, text=WORDS) for one in OPTIONS)
        if kind in (QuestionKind.ONE, QuestionKind.MANY)
        else (),
    }
    return Question(**(values | changes))  # type: ignore[arg-type]


def form(*questions: Question) -> Questionnaire:
    return Questionnaire(
        id="facts",
        version="1",
        digest="",
        title=WORDS,
        method=None,
        valid_from=date(2018, 5, 25),
        reviewed_on=date(2026, 11, 22),
        sections=(Section(id="all", title=WORDS, questions=tuple(q.id for q in questions)),),
        questions=questions,
    )


def ids(questions: tuple[Question, ...]) -> list[str]:
    return [one.id for one in questions]


def test_a_question_without_conditions_is_asked() -> None:
    assert ids(asked(form(question("a")), {})) == ["a"]


def test_keys_are_joined_by_and_and_values_by_or() -> None:
    paper = form(
        question("a"),
        question("b"),
        question("c", asked_if={"a": ("low", "high"), "b": ("high",)}),
    )
    assert "c" not in ids(asked(paper, {"a": "low"}))
    assert "c" not in ids(asked(paper, {"a": "low", "b": "low"}))
    assert "c" in ids(asked(paper, {"a": "low", "b": "high"}))
    assert "c" in ids(asked(paper, {"a": "high", "b": "high"}))


def test_a_question_is_left_out_when_every_key_of_not_asked_if_holds() -> None:
    paper = form(
        question("a"), question("b"), question("c", not_asked_if={"a": ("high",), "b": ("high",)})
    )
    assert "c" in ids(asked(paper, {}))
    assert "c" in ids(asked(paper, {"a": "high"}))
    assert "c" not in ids(asked(paper, {"a": "high", "b": "high"}))


def test_a_list_meets_a_condition_with_any_of_its_values() -> None:
    paper = form(question("a", QuestionKind.MANY), question("b", asked_if={"a": ("high",)}))
    assert "b" in ids(asked(paper, {"a": ("low", "high")}))
    assert "b" not in ids(asked(paper, {"a": ("low",)}))


def test_a_boolean_meets_a_condition_as_a_word() -> None:
    paper = form(question("a", QuestionKind.BOOLEAN), question("b", asked_if={"a": ("false",)}))
    assert "b" in ids(asked(paper, {"a": False}))
    assert "b" not in ids(asked(paper, {"a": True}))
    assert "b" not in ids(asked(paper, {"a": None}))


def test_what_is_not_asked_has_no_answer_in_other_conditions_either() -> None:
    paper = form(
        question("c", asked_if={"b": ("high",)}),
        question("b", asked_if={"a": ("high",)}),
        question("a"),
    )
    left_over = {"a": "low", "b": "high", "c": "high"}
    assert ids(asked(paper, left_over)) == ["a"]
    assert counted(paper, left_over) == {"a": "low"}
    assert ids(asked(paper, left_over | {"a": "high"})) == ["c", "b", "a"]


def test_a_condition_may_name_a_question_of_another_form_and_a_derived_fact() -> None:
    paper = form(
        question("a", asked_if={"role": ("controller",)}),
        question("b", asked_if={"late": ("true",)}),
    )
    derived = derived_facts({}, late=True, follow_up=False, incomplete=True)
    assert ids(asked(paper, {"role": "controller"}, derived)) == ["a", "b"]
    assert ids(asked(paper, {"role": "processor"})) == []


def test_a_circle_of_conditions_asks_nothing_and_ends() -> None:
    paper = form(question("a", asked_if={"b": ("high",)}), question("b", asked_if={"a": ("high",)}))
    assert asked(paper, {"a": "high", "b": "high"}) == ()


def test_not_known_yet_is_missing_and_so_is_a_template_s_own_word_for_it() -> None:
    paper = form(question("a"), question("b"), question("c"), question("d", required=False))
    assert ids(missing(paper, {"a": None, "b": "to-be-determined", "c": "low"})) == ["a", "b"]


def test_options_are_offered_when_their_condition_holds() -> None:
    vague = Option(id="to-be-determined", text=WORDS, offered_if={"incomplete": ("true",)})
    one = question("a", options=(Option(id="low", text=WORDS), vague))
    first = derived_facts({}, late=False, follow_up=False, incomplete=True)
    final = derived_facts({}, late=False, follow_up=True, incomplete=False)
    assert [option.id for option in offered(one, {}, first)] == ["low", "to-be-determined"]
    assert [option.id for option in offered(one, {}, final)] == ["low"]


def test_reported_elsewhere_follows_from_police_or_other_authorities() -> None:
    def elsewhere(answers: Answers) -> tuple[str, ...]:
        flags = derived_facts(answers, late=False, follow_up=False, incomplete=False)
        return flags["reported_elsewhere"]

    assert elsewhere({}) == ("false",)
    assert elsewhere({"police": None, "other_authorities": False}) == ("false",)
    assert elsewhere({"police": True}) == ("true",)
    assert elsewhere({"other_authorities": True}) == ("true",)


NAMES = ("a", "b", "c", "d", "e", "f")
VALUES = st.one_of(st.none(), st.sampled_from(OPTIONS))
ANSWERS = st.dictionaries(st.sampled_from(NAMES), VALUES)
DERIVED = st.builds(
    lambda late, follow_up, incomplete: derived_facts(
        {}, late=late, follow_up=follow_up, incomplete=incomplete
    ),
    st.booleans(),
    st.booleans(),
    st.booleans(),
)


@st.composite
def forms(draw: st.DrawFn) -> Questionnaire:
    """Return a form whose conditions look back only, its questions in any order."""
    questions = []
    for place, name in enumerate(NAMES):
        keys = st.sampled_from((*NAMES[:place], "late"))
        wanted = st.lists(st.sampled_from((*OPTIONS, "true", "false")), min_size=1, max_size=2)
        condition = st.dictionaries(keys, wanted.map(tuple), max_size=2)
        questions.append(
            question(
                name,
                asked_if=draw(condition),
                not_asked_if=draw(condition),
                required=draw(st.booleans()),
            )
        )
    return form(*draw(st.permutations(questions)))


@UNHURRIED
@given(forms(), ANSWERS, DERIVED)
def test_missing_is_part_of_asked_and_asked_keeps_the_form_s_order(
    paper: Questionnaire, answers: Answers, derived: dict[str, tuple[str, ...]]
) -> None:
    now_asked = asked(paper, answers, derived)
    assert list(now_asked) == [one for one in paper.questions if one in now_asked]
    for one in missing(paper, answers, derived):
        assert one in now_asked
        assert one.required
        assert is_unknown(answers.get(one.id))


@UNHURRIED
@given(forms(), ANSWERS, DERIVED)
def test_an_answer_to_what_is_not_asked_changes_nothing(
    paper: Questionnaire, answers: Answers, derived: dict[str, tuple[str, ...]]
) -> None:
    counting = counted(paper, answers, derived)
    assert counting.keys() <= {one.id for one in asked(paper, answers, derived)}
    assert counted(paper, counting, derived) == counting
    assert asked(paper, counting, derived) == asked(paper, answers, derived)
    assert missing(paper, counting, derived) == missing(paper, answers, derived)


@UNHURRIED
@given(forms(), ANSWERS, DERIVED)
def test_clearing_every_answer_leads_back_to_the_start(
    paper: Questionnaire, answers: Answers, derived: dict[str, tuple[str, ...]]
) -> None:
    left = dict(answers)
    for name in answers:
        asked(paper, left, derived)
        del left[name]
    assert asked(paper, left, derived) == asked(paper, {}, derived)


@UNHURRIED
@given(forms(), ANSWERS, DERIVED)
def test_answering_what_is_missing_comes_to_an_end(
    paper: Questionnaire, answers: Answers, derived: dict[str, tuple[str, ...]]
) -> None:
    given_now: dict[str, AnswerValue] = dict(answers)
    for _ in NAMES:
        for one in missing(paper, given_now, derived):
            given_now[one.id] = "low"
            assert check_value(one, "low") is None
    assert missing(paper, given_now, derived) == ()

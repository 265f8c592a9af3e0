"""What is asked, what is offered, what is missing: pure functions over a form and its answers.

Conditions are flat: keys are joined by AND, the values of a key by OR. What is not asked has no
answer, and "not known yet" meets no condition.
"""

from collections.abc import Callable, Mapping

from breachdesk.rules.questionnaire.form import (
    Answers,
    AnswerValue,
    Condition,
    Option,
    Question,
    Questionnaire,
)

SAYS_UNKNOWN = frozenset({"not-yet-known", "to-be-determined", "under-assessment", "investigating"})
"""Option ids that say "not known yet" in a template's own words (EDPB template, Incomplete)."""

STANDS_ALONE = SAYS_UNKNOWN | {"none"}
"""Option ids that cannot be combined with others in a multiple choice."""

DERIVED = frozenset(
    {
        "late",
        "follow_up",
        "incomplete",
        "reported_elsewhere",
        "several_countries",
        "outside_eea",
        "withdrawn",
    }
)
"""Facts that conditions may name and that are computed in `derived_facts`, not answered."""

NOTHING: Condition = {}


def derived_facts(
    answers: Answers,
    *,
    late: bool,
    follow_up: bool,
    incomplete: bool,
    outside_eea: bool = False,
    withdrawn: bool = False,
) -> Mapping[str, tuple[str, ...]]:
    """Return the facts that conditions may name but nobody answers.

    Args:
        answers: The answers in force; `reported_elsewhere` follows from EDPB fields 109 and 110,
            `several_countries` from 113 and 120.
        late: Have 72 hours passed since awareness without a notification? Art. 33(1) GDPR.
        follow_up: Was a notification already sent? Art. 33(4) GDPR.
        incomplete: May facts still be open, as in a first notification? Art. 33(4) GDPR.
        outside_eea: Is the controller established outside the EEA? Art. 3(2) GDPR.
        withdrawn: Is what was notified to be taken back?
    """

    def is_any(*questions: str) -> bool:
        return any(_meets(answers.get(one), ("true",)) for one in questions)

    return {
        "late": (_word(late),),
        "follow_up": (_word(follow_up),),
        "incomplete": (_word(incomplete),),
        "reported_elsewhere": (_word(is_any("police", "other_authorities")),),
        "several_countries": (_word(is_any("cross_border", "targets_eea")),),
        "outside_eea": (_word(outside_eea),),
        "withdrawn": (_word(withdrawn),),
    }


def asked(
    form: Questionnaire, answers: Answers, derived: Condition = NOTHING
) -> tuple[Question, ...]:
    """Return the questions that are asked, in the form's order.

    A question is asked when every key of `asked_if` holds and not every key of `not_asked_if` does.
    An answer to a question that is not asked counts for nothing, in other conditions neither.
    """
    is_asked = _asking(form, answers, derived)
    return tuple(one for one in form.questions if is_asked(one.id))


def counted(form: Questionnaire, answers: Answers, derived: Condition = NOTHING) -> Answers:
    """Return the answers that count: those to questions of this form that are asked."""
    return {one.id: answers[one.id] for one in asked(form, answers, derived) if one.id in answers}


def pending(
    form: Questionnaire, answers: Answers, derived: Condition = NOTHING
) -> tuple[Question, ...]:
    """Return the answered questions that are not asked only because another has no answer yet.

    What was said is not unknown; whether it is asked for will show once that other one is answered.
    """
    questions = {one.id: one for one in form.questions}
    asks = {one.id for one in asked(form, answers, derived)}

    def may_hold(key: str, wanted: tuple[str, ...], seen: frozenset[str]) -> bool:
        if key in derived:
            return _meets(derived[key], wanted)
        if key in questions and not may_be_asked(key, seen):
            return False
        value = answers.get(key)
        return is_unknown(value) or _meets(value, wanted)

    def may_be_asked(question_id: str, seen: frozenset[str]) -> bool:
        if question_id in asks:
            return True
        if question_id in seen:
            return False
        question, seen = questions[question_id], seen | {question_id}
        is_barred = question.not_asked_if and holds(question.not_asked_if, {**answers, **derived})
        return not is_barred and all(
            may_hold(key, wanted, seen) for key, wanted in question.asked_if.items()
        )

    return tuple(
        one
        for one in form.questions
        if one.id not in asks
        and not is_unknown(answers.get(one.id))
        and may_be_asked(one.id, frozenset())
    )


def missing(
    form: Questionnaire, answers: Answers, derived: Condition = NOTHING
) -> tuple[Question, ...]:
    """Return the asked and required questions without an answer, or answered "not known yet"."""
    return tuple(
        one
        for one in asked(form, answers, derived)
        if one.required and is_unknown(answers.get(one.id))
    )


def offered(
    question: Question, answers: Answers, derived: Condition = NOTHING
) -> tuple[Option, ...]:
    """Return the options that may be chosen now, in the form's order."""

    def holds(key: str, wanted: tuple[str, ...]) -> bool:
        return _meets(derived[key] if key in derived else answers.get(key), wanted)

    return tuple(
        option
        for option in question.options
        if all(holds(key, wanted) for key, wanted in option.offered_if.items())
    )


def is_unknown(value: AnswerValue) -> bool:
    """Does the value say "not known yet", by None or in a template's own words?"""
    if isinstance(value, str):
        return value in SAYS_UNKNOWN
    if isinstance(value, tuple | list):
        return not value or any(one in SAYS_UNKNOWN for one in value)
    return value is None


def holds(condition: Condition, answers: Answers) -> bool:
    """Do the answers meet a condition, whatever form asks them? An empty one is always met."""
    return all(_meets(answers.get(key), wanted) for key, wanted in condition.items())


def _asking(form: Questionnaire, answers: Answers, derived: Condition) -> Callable[[str], bool]:
    """Return a function that tells whether a question is asked; each is worked out once.

    A question of another form has the answer it was given. A circle of conditions, which the loader
    refuses, asks nothing in it.
    """
    questions = {one.id: one for one in form.questions}
    known: dict[str, bool] = {}

    def holds(key: str, wanted: tuple[str, ...]) -> bool:
        if key in derived:
            return _meets(derived[key], wanted)
        return (key not in questions or is_asked(key)) and _meets(answers.get(key), wanted)

    def is_asked(question_id: str) -> bool:
        if question_id not in known:
            known[question_id] = False
            question = questions[question_id]
            known[question_id] = all(
                holds(key, wanted) for key, wanted in question.asked_if.items()
            ) and not (
                question.not_asked_if
                and all(holds(key, wanted) for key, wanted in question.not_asked_if.items())
            )
        return known[question_id]

    return is_asked


def _meets(value: AnswerValue, wanted: tuple[str, ...]) -> bool:
    """Is the value, or one of its values, among those wanted? Not known yet never is."""
    if value is None:
        return False
    if isinstance(value, bool):
        return _word(value) in wanted
    if isinstance(value, tuple | list):
        return any(one in wanted for one in value)
    return str(value) in wanted


def _word(value: bool) -> str:  # noqa: FBT001
    return "true" if value else "false"

"""Questions, options and what follows from them: what is asked, what is missing, what is wrong.

A form is a view on questions; question ids are global in a regime, so an answer given in one form
stands in all.
"""

from breachdesk.rules.questionnaire.asking import (
    DERIVED,
    SAYS_UNKNOWN,
    STANDS_ALONE,
    asked,
    counted,
    derived_facts,
    holds,
    is_unknown,
    missing,
    offered,
    pending,
)
from breachdesk.rules.questionnaire.form import (
    Answers,
    AnswerValue,
    Condition,
    Option,
    Question,
    Questionnaire,
    Section,
)
from breachdesk.rules.questionnaire.values import check_value, read_value

__all__ = [
    "DERIVED",
    "SAYS_UNKNOWN",
    "STANDS_ALONE",
    "AnswerValue",
    "Answers",
    "Condition",
    "Option",
    "Question",
    "Questionnaire",
    "Section",
    "asked",
    "check_value",
    "counted",
    "derived_facts",
    "holds",
    "is_unknown",
    "missing",
    "offered",
    "pending",
    "read_value",
]

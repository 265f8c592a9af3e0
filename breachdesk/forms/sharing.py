"""Reads what of a case may be shared; free text is refused among what always is."""

from collections.abc import Mapping

from breachdesk.forms.findings import Findings
from breachdesk.forms.layers import Layered
from breachdesk.forms.references import check_sources
from breachdesk.forms.tables import Table
from breachdesk.message import say
from breachdesk.rules.questionnaire import Question
from breachdesk.rules.sharing import PARTS, Sharing
from breachdesk.terms import QuestionKind

FORM = "sharing"
_ANSWERS, _ON_REQUEST = "answers", "ask"


def read_sharing(
    layered: Layered,
    questions: Mapping[str, Question],
    sources: Mapping[str, object],
    findings: Findings,
) -> Sharing:
    """Return the list.

    Args:
        layered: The form's files.
        questions: Every question of the regime, by id.
        sources: Every source that may be cited.
        findings: Where problems go.
    """
    check_sources(layered, sources, findings)
    found: dict[str, tuple[str, ...]] = {}
    for table in layered.items.get("share", ()):
        with findings.catching():
            table.expect("id", "fields", "cites")
            found[table.text("id")] = _fields(table, questions)
    return Sharing(
        version=layered.version,
        fields={part: found.get(part, ()) for part in PARTS},
        answers=found.get(_ANSWERS, ()),
        on_request=found.get(_ON_REQUEST, ()),
    )


def _fields(table: Table, questions: Mapping[str, Question]) -> tuple[str, ...]:
    part, fields = table.text("id"), table.texts("fields")
    for name in fields:
        if part in PARTS:
            is_known = name in PARTS[part]
        elif part in (_ANSWERS, _ON_REQUEST):
            question = questions.get(name)
            is_text = question is not None and question.kind is QuestionKind.TEXT
            is_known = question is not None and is_text == (part == _ON_REQUEST)
        else:
            raise table.wrong(say("there is no part “{id}”.", id=part))
        if not is_known:
            raise table.wrong(say("“{field}” cannot stand here.", field=name))
    return fields

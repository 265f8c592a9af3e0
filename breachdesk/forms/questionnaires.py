"""Every questionnaire of a jurisdiction, read together: their conditions name one another."""

from collections.abc import Mapping

from breachdesk.forms.findings import Findings, form_error
from breachdesk.forms.jurisdiction import Jurisdiction
from breachdesk.forms.questions import check_head, read_questionnaire, read_questions
from breachdesk.forms.references import check_conditions, check_sources, check_words
from breachdesk.forms.sharing import FORM as SHARING
from breachdesk.forms.sources import Source
from breachdesk.forms.template import FORM as TEMPLATE
from breachdesk.message import say
from breachdesk.rules.questionnaire import Question, Questionnaire

_NO_QUESTIONNAIRES = ("regime", "holidays", "playbooks", "advice", TEMPLATE, SHARING)


def read_all(
    place: Jurisdiction, citations: Mapping[str, Source], findings: Findings
) -> Mapping[str, Questionnaire]:
    """Return the newest questionnaires, by id.

    Args:
        place: The jurisdiction's folders.
        citations: Every source that may be cited.
        findings: Where problems go.
    """
    laid = {
        form: place.laid(form, None)
        for form in place.forms()
        if form not in _NO_QUESTIONNAIRES and not form.startswith("sources")
    }
    own = {form: read_questions(one, findings) for form, one in laid.items()}
    known: dict[str, Question] = {}
    for form, questions in own.items():
        for question_id in known.keys() & questions.keys():
            problem = say("the question “{id}” stands in two forms.", id=question_id)
            findings.add(form_error(laid[form].head.file, problem))
        known |= questions
    read = {}
    for form, one in laid.items():
        check_head(one)
        read[form] = read_questionnaire(one, own[form], own, findings)
        check_conditions(one, own[form], known, findings)
        check_sources(one, citations, findings)
        check_words(one, findings)
    return read

"""Begin a case with a playbook: logged, its steps kept as tasks, what the choice says answered."""

from breachdesk.casefile import CaseFile
from breachdesk.desk.assessment import Assessments
from breachdesk.desk.intake import Intake
from breachdesk.desk.office import Office
from breachdesk.desk.sheets import Sheet
from breachdesk.desk.tasks import Tasks
from breachdesk.errors import NoSuchThingError
from breachdesk.message import say
from breachdesk.records import NewIncident
from breachdesk.rules.playbook import Playbook
from breachdesk.terms import QuestionKind


class Begun:
    """Where a case of a kind that is well known begins."""

    def __init__(self, office: Office) -> None:
        """Work with the shared tools."""
        self._office = office

    def log(self, new: NewIncident, playbook_id: str) -> CaseFile:
        """Log an incident, add the steps of a playbook, and answer what its choice says.

        The case is logged first: whatever follows, it stands, and its clock runs.

        Raises:
            NoSuchThingError: There is no such playbook; nothing is logged.
        """
        book = self._playbook(playbook_id)
        case = Intake(self._office).log(new)
        case = Tasks(self._office).follow(case.ref, book.id).case
        for form_id, values in _by_form(case, book).items():
            answer = Assessments(self._office).answer
            case = answer(case.ref, form_id, Sheet(values=values)).case
        return case

    def _playbook(self, playbook_id: str) -> Playbook:
        wanted = playbook_id.strip().lower().replace("_", "-")
        books = Tasks(self._office).playbooks()
        found = next((one for one in books if one.id == wanted), None)
        if found is None:
            raise NoSuchThingError(
                say("There is no playbook “{id}”.", id=playbook_id),
                say("Choose one of: {ids}.", ids=", ".join(one.id for one in books)),
            )
        return found


def _by_form(case: CaseFile, book: Playbook) -> dict[str, dict[str, object]]:
    """Return form id to the answers a playbook gives in it; what is answered already stays."""
    found: dict[str, dict[str, object]] = {}
    for name, options in book.answers.items():
        question = case.question(name)
        form_id = form_of(case, name)
        if question is None or not form_id or case.value(name) is not None:
            continue
        value = list(options) if question.kind is QuestionKind.MANY else options[0]
        found.setdefault(form_id, {})[name] = value
    return found


def form_of(case: CaseFile, question_id: str) -> str:
    """Return the id of a form that asks a question; that of the risk comes first."""
    forms = sorted(case.forms.values(), key=lambda one: one.method is None)
    return next((one.id for one in forms if one.question(question_id)), "")

"""What a notification, or a notice to the controller, promised to send later and still owes.

Art. 33(4) GDPR for the authority; a processor's notice promises the controller the same.
"""

from breachdesk.casefile.clocks import sent_at, standing
from breachdesk.casefile.matters import MATTER_OF
from breachdesk.casefile.rows import CaseRows
from breachdesk.records import Document
from breachdesk.rules.questionnaire import Answers, Condition, Questionnaire, asked, is_unknown
from breachdesk.terms import DocumentKind, Duty, RiskLevel, Role

_CONTACT = ("contact_name", "dpo_name")


def still_promised(
    rows: CaseRows, forms: tuple[Questionnaire, ...], given: Answers, derived: Condition
) -> frozenset[str]:
    """Return the gaps of the paper sent last that are still open, as the paper names them.

    Each is a question's id, or an item of the law that several facts supply.
    """
    document = _sent_last(rows)
    if document is None:
        return frozenset()
    asks = {one.id for form in forms for one in asked(form, given, derived)}
    items = {str(one["item"]) for one in document.missing}
    return frozenset(one for one in items if _is_open(rows, one, asks, given))


def _is_open(rows: CaseRows, item: str, asks: set[str], given: Answers) -> bool:
    match item:
        case "risk":
            return not rows.assessments or rows.assessments[-1].risk == RiskLevel.UNDETERMINED
        case "organisation":
            return rows.profile is None
        case "33.3.b":
            return not _has_contact(rows, given)
        case "people_number" | "records_number":
            basis = item.replace("number", "basis")
            return is_unknown(given.get(basis if item not in asks else item))
        case "subjects_told":
            return is_unknown(given.get(item)) and not _settled(rows, Duty.INFORM_SUBJECTS)
        case _:
            return item in asks and is_unknown(given.get(item))


def _has_contact(rows: CaseRows, given: Answers) -> bool:
    """Is there somebody to ask: Art. 33(3)(b) GDPR? As answered, else from the profile."""
    if any(not is_unknown(given.get(one)) for one in _CONTACT):
        return True
    person = rows.profile.organisation.privacy_contact if rows.profile else None
    return person is not None and any((person.name, person.email, person.phone))


def _settled(rows: CaseRows, duty: Duty) -> bool:
    """Was it decided, or done?"""
    decided = any(one.matter == MATTER_OF[duty] for one in rows.decisions)
    return decided or sent_at(rows.dispatches, duty) is not None


def _sent_last(rows: CaseRows) -> Document | None:
    """Return the paper that went out last; typed into a form, it is the one issued last."""
    is_processor = rows.snapshots[-1].role is Role.PROCESSOR
    duty = Duty.NOTIFY_CONTROLLER if is_processor else Duty.NOTIFY_AUTHORITY
    kind = DocumentKind.PROCESSOR_NOTICE if is_processor else DocumentKind.NOTIFICATION
    sent = [
        (one.sent_at, one.document_id)
        for one in standing(rows.dispatches)
        if one.duty == duty and one.sent_at
    ]
    if not sent:
        return None
    at, document_id = max(sent, key=lambda one: one[0])
    papers = [one for one in rows.documents if one.kind == kind]
    if document_id is None:
        return next((one for one in reversed(papers) if one.recorded_at <= at), None)
    return next((one for one in papers if one.id == document_id), None)

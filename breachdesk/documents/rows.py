"""Which facts stand in which line of a paper shaped like a form. Their order is in forms/."""

from collections.abc import Callable, Mapping

from breachdesk.documents import contacts, particulars, people, risk, told
from breachdesk.documents.lines import Line, asked_line
from breachdesk.documents.telling import Telling
from breachdesk.errors import FormError
from breachdesk.message import say

QUESTIONS: Mapping[str, tuple[str, ...]] = {
    "cause": ("cause",),
    "incident_type": ("incident_type", "incident_type_text"),
    "nature": ("nature",),
    "description": ("description",),
    "how": ("how_it_happened",),
    "systems": ("systems",),
    "data_types": ("data_types", "data_types_text"),
    "data_subjects": ("data_subjects", "data_subjects_text"),
    "relation": ("relation",),
    "location": ("data_location_now",),
    "measures_before": ("measures_before", "measures_before_text"),
    "impacts": ("impacts", "impacts_text"),
    "confidentiality": ("consequences_confidentiality", "consequences_confidentiality_text"),
    "integrity": ("consequences_integrity", "consequences_integrity_text"),
    "availability": ("consequences_availability", "consequences_availability_text"),
    "severity": ("severity_view",),
    "prevent": ("measures_prevent", "measures_prevent_text"),
    "taken": ("measures_taken",),
    "message": ("message_content",),
    "advice_to_subjects": ("advice_to_subjects",),
    "told_all": ("told_all", "told_not_all_why"),
    "police": ("police",),
    "other_authorities": ("other_authorities", "other_authorities_text"),
    "transfers": ("transfers",),
    "cross_border": ("cross_border",),
    "lead_authority": ("lead_authority",),
    "countries_establishment": ("countries_establishment",),
    "countries_subjects": ("countries_subjects", "countries_numbers"),
    "authorities": ("authorities_notified",),
    "exempt": ("exempt_from_access",),
    "comments": ("timeline_comments",),
}
"""Lines that are one question and those that add to it."""

WORKED_OUT: Mapping[str, Callable[[Telling], Line | None]] = {
    "controller": particulars.controller,
    "role": particulars.role,
    "period": particulars.period,
    "detected": particulars.detected,
    "aware": particulars.aware,
    "delay": particulars.delay,
    "discovered_by": particulars.discovered_by,
    "other_parties": particulars.other_parties,
    "people": particulars.people,
    "groups": people.groups,
    "records": particulars.records,
    "told": told.told,
    "how_told": told.how_told,
    "risk": risk.risk,
    "contact": contacts.contact,
    "reporter": contacts.reporter,
}
"""Lines that several facts make together."""


def line(telling: Telling, row_id: str, *, is_needed: bool) -> Line | None:
    """Return one line; None when there is nothing to say and nothing is owed.

    Raises:
        FormError: The wording's order names a line that does not exist.
    """
    if row_id in WORKED_OUT:
        return WORKED_OUT[row_id](telling)
    if row_id in QUESTIONS:
        return asked_line(telling, row_id, *QUESTIONS[row_id], is_needed=is_needed)
    raise FormError(
        say("The order of the paper names a line “{row}” that does not exist.", row=row_id),
        say("Take it out of “order” in the wording file of that paper."),
    )

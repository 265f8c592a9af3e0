"""Which facts stand in which line of a paper shaped like a form. The order of the lines is in forms/."""

from collections.abc import Callable, Mapping

from breachdesk.documents import particulars
from breachdesk.documents.lines import Line, asked_line
from breachdesk.documents.telling import Telling
from breachdesk.errors import FormError
from breachdesk.message import say

QUESTIONS: Mapping[str, tuple[str, ...]] = {
    "cause": ("cause",),
    "incident_type": ("incident_type",),
    "nature": ("nature",),
    "discovered_by": ("how_discovered", "discovery_text", "told_at"),
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
    "other_parties": (
        "other_parties",
        "other_party_role",
        "other_party_name",
        "other_party_contact",
    ),
    "transfers": ("transfers",),
    "cross_border": ("cross_border",),
    "lead_authority": ("lead_authority",),
    "countries_establishment": ("countries_establishment",),
    "countries_subjects": ("countries_subjects", "countries_numbers"),
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
    "people": particulars.people,
    "records": particulars.records,
    "told": particulars.told,
    "how_told": particulars.how_told,
    "risk": particulars.risk,
    "contact": particulars.contact,
    "reporter": particulars.reporter,
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

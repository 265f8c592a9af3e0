"""The EDPB's common template for breach notifications: its fields, and what is wrong in a payload.

Draft 1.0 of June 2026. Fields, letters and conditions are data (forms/eu/edpb.toml); what a
condition means, and what must fit together beyond it, is here.
"""

from breachdesk.rules.edpb.checks import Problem, check
from breachdesk.rules.edpb.template import (
    COMPLETE,
    INCOMPLETE,
    WITHDRAWN,
    Field,
    FieldKind,
    Payload,
    PayloadFacts,
    Section,
    Template,
    Value,
    is_required,
    is_shown,
    letters_offered,
    shown,
)

__all__ = [
    "COMPLETE",
    "INCOMPLETE",
    "WITHDRAWN",
    "Field",
    "FieldKind",
    "Payload",
    "PayloadFacts",
    "Problem",
    "Section",
    "Template",
    "Value",
    "check",
    "is_required",
    "is_shown",
    "letters_offered",
    "shown",
]

"""One incident with everything known: the one value that screens, papers and exports read."""

from breachdesk.casefile.assemble import CaseRows, CaseRules, assemble
from breachdesk.casefile.case import CaseFile, NextStep, TimelineEntry, Unknown

__all__ = [
    "CaseFile",
    "CaseRows",
    "CaseRules",
    "NextStep",
    "TimelineEntry",
    "Unknown",
    "assemble",
]

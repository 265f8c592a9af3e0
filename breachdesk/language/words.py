"""The human words of the law's terms in English: kind and value to word.

The values themselves are the command line's contract and are shown to machines only. Each word is
translated under its kind, so that the "risk" of a level and any other "risk" may differ.
"""

from collections.abc import Mapping

WORDS: Mapping[str, Mapping[str, str]] = {
    "Lang": {"en": "English", "nb": "Norwegian (bokmål)", "nn": "Norwegian (nynorsk)"},
    "Role": {
        "controller": "controller",
        "processor": "processor",
        "joint_controller": "joint controller",
    },
    "Nature": {
        "confidentiality": "confidentiality",
        "integrity": "integrity",
        "availability": "availability",
    },
    "RiskLevel": {
        "unlikely": "risk unlikely",
        "risk": "risk",
        "high_risk": "high risk",
        "undetermined": "not yet determined",
    },
    "SeverityLevel": {
        "low": "low",
        "medium": "medium",
        "high": "high",
        "very_high": "very high",
        "undetermined": "not yet determined",
    },
    "RuleEffect": {
        "protects": "removes harm",
        "at_least_risk": "at least risk",
        "at_least_high": "at least high risk",
        "lowers": "lowers",
    },
    "Duty": {
        "record": "record the breach",
        "notify_authority": "notify the authority",
        "notify_controller": "notify the controller",
        "inform_subjects": "tell the data subjects",
    },
    "Owed": {"yes": "yes", "no": "no", "undetermined": "not yet determined"},
    "Matter": {
        "is_breach": "is it a personal data breach",
        "notify_authority": "notify the authority",
        "inform_subjects": "tell the data subjects",
        "notify_controller": "notify the controller",
    },
    "Outcome": {"yes": "yes", "no": "no", "not_yet": "not yet"},
    "Ground": {
        "34.3.a": "the data were unintelligible (Art. 34(3)(a))",
        "34.3.b": "later measures removed the high risk (Art. 34(3)(b))",
        "34.3.c": "disproportionate effort, told publicly instead (Art. 34(3)(c))",
        "popplyl.16": "an exception in section 16 of the Norwegian Personal Data Act",
        "not_a_breach": "not a personal data breach",
        "risk_unlikely": "the risk is unlikely",
        "other": "another ground",
    },
    "Status": {"open": "open", "closed": "closed"},
    "ClockState": {
        "not_started": "not started",
        "running": "running",
        "due_soon": "due soon",
        "overdue": "overdue",
        "met": "met",
        "met_late": "met late",
        "not_owed": "not owed",
    },
    "NoteKind": {"information": "information", "decision": "decision", "action": "action"},
    "Fidelity": {
        "minute": "to the minute",
        "hour": "to the hour",
        "day": "to the day",
        "estimate": "estimated",
    },
    "DocumentKind": {
        "notification": "notification to the authority",
        "communication": "letter to the data subjects",
        "processor-notice": "notice to the controller",
        "register-entry": "register entry",
        "timeline": "timeline",
        "guardian-letter": "letter to guardians",
        "public-notice": "public notice",
        "decision-memo": "decision memo",
        "handover": "hand-over card",
    },
    "Phase": {
        "initial": "initial",
        "supplementary": "supplementary",
        "final": "final",
        "withdrawal": "withdrawal",
    },
    "QuestionKind": {
        "one": "one choice",
        "many": "several choices",
        "text": "text",
        "integer": "whole number",
        "moment": "time",
        "boolean": "yes or no",
    },
    "UnknownKind": {
        "unknown": "not known yet",
        "unconfirmed": "to be confirmed",
        "unanswered": "not answered",
    },
    "TimelineKind": {
        "occurred": "happened",
        "first_sign": "first sign",
        "aware": "aware",
        "logged": "logged",
        "information": "information",
        "decision": "decision",
        "action": "action",
        "assessed": "assessed",
        "issued": "issued",
        "sent": "sent",
        "unsent": "sending taken back",
        "letters": "letters made",
        "delivery": "delivery results",
        "corrected": "corrected",
        "closed": "closed",
        "reopened": "reopened",
    },
    "FindingKind": {
        "row_changed": "a row was changed",
        "row_missing": "a row is missing",
        "row_without_entry": "a row has no entry in the log",
        "header_changed": "a log entry was changed",
        "out_of_order": "the log is out of order",
        "cut_tail": "the end of the log was cut off, or this is an older copy",
        "rewritten": "the log was rewritten",
        "head_file_missing": "the chain's head outside the database is missing",
        "head_file_changed": "the chain's head outside the database was changed",
        "page_damaged": "a page of the database file is damaged",
    },
    "AuditAction": {
        "desk:person:record": "person recorded",
        "desk:organisation:record": "organisation profile recorded",
        "desk:form:record": "form text kept",
        "incident:reference:log": "incident logged",
        "incident:facts:log": "facts logged",
        "incident:facts:correct": "facts corrected",
        "incident:awareness:record": "awareness recorded",
        "incident:status:close": "case closed",
        "incident:status:reopen": "case reopened",
        "incident:form:upgrade": "form upgraded",
        "incident:answer:record": "answer recorded",
        "incident:answer:prefill": "answer filled in from the profile",
        "incident:assessment:record": "assessment recorded",
        "incident:decision:record": "decision recorded",
        "incident:note:record": "note recorded",
        "incident:task:record": "task recorded",
        "incident:document:issue": "document issued",
        "incident:dispatch:record": "sending recorded",
        "incident:dispatch:correct": "sending taken back",
        "incident:mailing:record": "letters made",
        "incident:delivery:record": "delivery results recorded",
    },
}
"""A kind is an enum's name, or the name of a closed list of plain values."""


def english(kind: str, value: str) -> str:
    """Return the English word; a value without one is shown as it is, without its underscores."""
    return WORDS.get(kind, {}).get(value) or value.replace("_", " ")

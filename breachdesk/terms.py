"""The law's words as enums and small values. Each docstring names its article.

The string values are the contract of the command line: lower case, the same in every language.
"GDPR" is Regulation (EU) 2016/679, in Norway law through personopplysningsloven section 1.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class Lang(StrEnum):
    """A language of screens or papers."""

    EN = "en"
    NB = "nb"
    NN = "nn"


@dataclass(frozen=True, slots=True)
class Words:
    """The same words in each language the house speaks, as a form gives them."""

    en: str
    nb: str = ""
    nn: str = ""
    typed: tuple[str, ...] = field(default=(), compare=False, kw_only=True)
    """Parts of it that a person typed, such as a group's name: not the form's own words."""

    def in_(self, lang: Lang | str) -> str:
        """Return the words in `lang`; nynorsk falls back to bokmål, bokmål to English."""
        order = {"nn": (self.nn, self.nb, self.en), "nb": (self.nb, self.en)}.get(str(lang), ())
        return next((text for text in order if text), self.en)

    @classmethod
    def of(cls, mapping: Mapping[str, str] | str) -> "Words":
        """Return the words of a TOML table ``{en = …, nb = …}``; a bare string stands in all."""
        if isinstance(mapping, str):
            return cls(mapping, mapping, mapping)
        return cls(mapping.get("en", ""), mapping.get("nb", ""), mapping.get("nn", ""))


class Role(StrEnum):
    """What we are for this processing: Art. 4(7), 4(8), 26 GDPR."""

    CONTROLLER = "controller"
    PROCESSOR = "processor"
    JOINT_CONTROLLER = "joint_controller"


class Nature(StrEnum):
    """What kind of security was breached: Art. 4(12) GDPR, EDPB template field 55."""

    CONFIDENTIALITY = "confidentiality"
    INTEGRITY = "integrity"
    AVAILABILITY = "availability"


class RiskLevel(StrEnum):
    """The law's three steps of risk to people (Art. 33(1), 34(1) GDPR), and not yet known."""

    UNLIKELY = "unlikely"
    RISK = "risk"
    HIGH_RISK = "high_risk"
    UNDETERMINED = "undetermined"
    """Best and worst reading of what is unknown give different advice."""


class Duty(StrEnum):
    """What may be owed after a breach."""

    RECORD = "record"
    """Document the breach: Art. 33(5) GDPR."""
    NOTIFY_AUTHORITY = "notify_authority"
    """Notify the supervisory authority: Art. 33(1) GDPR."""
    NOTIFY_CONTROLLER = "notify_controller"
    """As processor, notify the controller: Art. 33(2) GDPR."""
    INFORM_SUBJECTS = "inform_subjects"
    """Communicate the breach to the data subjects: Art. 34(1) GDPR."""


class Owed(StrEnum):
    """What the desk advises about a duty."""

    YES = "yes"
    NO = "no"
    UNDETERMINED = "undetermined"


class Matter(StrEnum):
    """What a named person decides."""

    IS_BREACH = "is_breach"
    """Is it a personal data breach? Art. 4(12) GDPR."""
    NOTIFY_AUTHORITY = "notify_authority"
    """Art. 33(1) GDPR."""
    INFORM_SUBJECTS = "inform_subjects"
    """Art. 34(1) GDPR."""
    NOTIFY_CONTROLLER = "notify_controller"
    """Art. 33(2) GDPR."""


class Outcome(StrEnum):
    """How a matter was decided."""

    YES = "yes"
    NO = "no"
    NOT_YET = "not_yet"


class Ground(StrEnum):
    """Why a duty is held not to be owed."""

    ART_34_3_A = "34.3.a"
    """Protection made the data unintelligible: Art. 34(3)(a) GDPR."""
    ART_34_3_B = "34.3.b"
    """Later measures make the high risk unlikely: Art. 34(3)(b) GDPR."""
    ART_34_3_C = "34.3.c"
    """Disproportionate effort, public communication instead: Art. 34(3)(c) GDPR."""
    POPPLYL_16 = "popplyl.16"
    """An exception in personopplysningsloven section 16."""
    NOT_A_BREACH = "not_a_breach"
    """No personal data breach in the sense of Art. 4(12) GDPR."""
    RISK_UNLIKELY = "risk_unlikely"
    """A risk is unlikely (Art. 33(1)), or no high risk is likely (Art. 34(1) GDPR)."""
    OTHER = "other"


class Status(StrEnum):
    """Is the case worked on?"""

    OPEN = "open"
    CLOSED = "closed"


class ClockState(StrEnum):
    """Where a duty's clock stands (command-line contract)."""

    NOT_STARTED = "not_started"
    RUNNING = "running"
    DUE_SOON = "due_soon"
    OVERDUE = "overdue"
    MET = "met"
    MET_LATE = "met_late"
    NOT_OWED = "not_owed"


class DueKind(StrEnum):
    """What kind of thing falls due."""

    DUTY = "duty"
    """A duty of the GDPR."""
    LAW = "law"
    CONTRACT = "contract"
    CONTROLLER = "controller"
    """What a controller we serve is to be told."""
    SUPPLEMENT = "supplement"
    PROMISED = "promised"
    """A fact that somebody is to find out."""
    TASK = "task"
    RETENTION = "retention"
    """A closed case that our own rule lets go."""


class NoteKind(StrEnum):
    """What a hand-written line of the timeline is."""

    INFORMATION = "information"
    DECISION = "decision"
    ACTION = "action"


class Fidelity(StrEnum):
    """How exactly a time is known."""

    MINUTE = "minute"
    HOUR = "hour"
    DAY = "day"
    ESTIMATE = "estimate"


class DocumentKind(StrEnum):
    """The papers a breach asks for."""

    NOTIFICATION = "notification"
    """To the authority: Art. 33 GDPR."""
    COMMUNICATION = "communication"
    """Letter to a data subject: Art. 34 GDPR."""
    PROCESSOR_NOTICE = "processor-notice"
    """To the controller: Art. 33(2) GDPR."""
    REGISTER_ENTRY = "register-entry"
    """Our own record: Art. 33(5) GDPR."""
    TIMELINE = "timeline"
    """What happened when, and when we recorded it."""
    GUARDIAN_LETTER = "guardian-letter"
    """Plain letter to a child's guardian: Art. 34 GDPR, recital 38."""
    PUBLIC_NOTICE = "public-notice"
    """To everybody, where telling each takes too much effort: Art. 34(3)(c) GDPR."""
    DECISION_MEMO = "decision-memo"
    """Why it was or was not notified and told: Art. 33(5), 5(2) GDPR."""
    HANDOVER = "handover"
    """One page for the next shift."""


class Phase(StrEnum):
    """Which part of a notification in phases: Art. 33(4) GDPR."""

    INITIAL = "initial"
    SUPPLEMENTARY = "supplementary"
    FINAL = "final"
    WITHDRAWAL = "withdrawal"


class QuestionKind(StrEnum):
    """What an answer looks like."""

    ONE = "one"
    """One option's id."""
    MANY = "many"
    """A list of option ids."""
    TEXT = "text"
    INTEGER = "integer"
    """A whole number, zero or more."""
    MOMENT = "moment"
    """A time: ISO 8601 in UTC."""
    BOOLEAN = "boolean"


class EvidenceKeeping(StrEnum):
    """Where the bytes of a piece of evidence are."""

    SEALED = "sealed"
    """In the desk, encrypted beside the database."""
    REFERENCE = "reference"
    """Where they were; the desk knows their hash."""
    ELSEWHERE = "elsewhere"
    """At the desk that the case came from; only what it said of them is here."""


class EvidenceUseKind(StrEnum):
    """What somebody got of a piece of evidence."""

    HANDED_OUT = "handed_out"
    """A copy, to keep."""
    VIEWED = "viewed"
    """A look at it; the copy that was shown is removed."""


class PackKind(StrEnum):
    """What a signed pack holds."""

    WHOLE = "whole"
    """Everything in the case."""
    REDACTED = "redacted"
    """The fields that may be shared, and no others."""


class AuditAction(StrEnum):
    """Every change there is, spelled subject:noun:verb. The list is closed."""

    PERSON_RECORD = "desk:person:record"
    ORGANISATION_RECORD = "desk:organisation:record"
    FORM_RECORD = "desk:form:record"
    BACKUP_RECORD = "desk:backup:record"
    BACKUP_RESTORE = "desk:backup:restore"
    KEY_CHANGE = "desk:key:change"
    HEAD_STAMP = "desk:head:stamp"
    SIGNING_KEY_MAKE = "desk:signingkey:make"
    INCIDENT_LOG = "incident:reference:log"
    FACTS_LOG = "incident:facts:log"
    FACTS_CORRECT = "incident:facts:correct"
    AWARENESS_RECORD = "incident:awareness:record"
    STATUS_CLOSE = "incident:status:close"
    STATUS_REOPEN = "incident:status:reopen"
    FORM_UPGRADE = "incident:form:upgrade"
    ANSWER_RECORD = "incident:answer:record"
    ANSWER_PREFILL = "incident:answer:prefill"
    GROUP_RECORD = "incident:group:record"
    GROUP_CORRECT = "incident:group:correct"
    GROUP_REMOVE = "incident:group:remove"
    ASSESSMENT_RECORD = "incident:assessment:record"
    DECISION_RECORD = "incident:decision:record"
    NOTE_RECORD = "incident:note:record"
    TASK_RECORD = "incident:task:record"
    DOCUMENT_ISSUE = "incident:document:issue"
    DISPATCH_RECORD = "incident:dispatch:record"
    DISPATCH_CORRECT = "incident:dispatch:correct"
    DISPATCH_ATTACH = "incident:dispatch:attach"
    MAILING_RECORD = "incident:mailing:record"
    DELIVERY_RECORD = "incident:delivery:record"
    EVIDENCE_ADD = "incident:evidence:add"
    EVIDENCE_EXPORT = "incident:evidence:export"
    EVIDENCE_VIEW = "incident:evidence:view"
    CASE_PACK = "incident:case:pack"
    CASE_HOLD = "incident:case:hold"
    CASE_RELEASE = "incident:case:release"
    CASE_IMPORT = "incident:case:import"
    CASE_ERASE = "incident:case:erase"

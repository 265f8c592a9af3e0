"""The nouns that are kept. Every row is written once; a change is a new row.

Importing this package registers every table.
"""

from breachdesk.records.answer import Answer, FormText
from breachdesk.records.assessment import Assessment
from breachdesk.records.attachment import Attachment, NewAttachment
from breachdesk.records.audit import AuditEntry, AuditSalt
from breachdesk.records.base import Kept
from breachdesk.records.decision import Decision, NewDecision
from breachdesk.records.document import Dispatch, Document, NewDispatch
from breachdesk.records.draft import HalfTyped
from breachdesk.records.ending import Erasure, Imported
from breachdesk.records.evidence import Evidence, EvidenceUse, NewEvidence
from breachdesk.records.group import NewGroup, PeopleGroup
from breachdesk.records.hold import Hold, NewHold
from breachdesk.records.incident import Incident, IncidentFacts, NewIncident
from breachdesk.records.keeping import Backup, KeyChange
from breachdesk.records.mailing import Delivery, Mailing
from breachdesk.records.note import NewNote, Note
from breachdesk.records.organisation import Organisation, Person, Profile
from breachdesk.records.outside import CasePack, HeadStamp, SigningKey
from breachdesk.records.register import RegisterRow
from breachdesk.records.task import NewTask, Task

__all__ = [
    "Answer",
    "Assessment",
    "Attachment",
    "AuditEntry",
    "AuditSalt",
    "Backup",
    "CasePack",
    "Decision",
    "Delivery",
    "Dispatch",
    "Document",
    "Erasure",
    "Evidence",
    "EvidenceUse",
    "FormText",
    "HalfTyped",
    "HeadStamp",
    "Hold",
    "Imported",
    "Incident",
    "IncidentFacts",
    "Kept",
    "KeyChange",
    "Mailing",
    "NewAttachment",
    "NewDecision",
    "NewDispatch",
    "NewEvidence",
    "NewGroup",
    "NewHold",
    "NewIncident",
    "NewNote",
    "NewTask",
    "Note",
    "Organisation",
    "PeopleGroup",
    "Person",
    "Profile",
    "RegisterRow",
    "SigningKey",
    "Task",
]

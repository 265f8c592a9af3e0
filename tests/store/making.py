"""Builders: one default each, and named changes."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from breachdesk.records import Document, Incident, IncidentFacts, Note, RegisterRow
from breachdesk.store.keyfile import Argon2
from breachdesk.store.keys import KeyringUse, NewDesk, make_desk, open_key
from breachdesk.store.store import Store
from breachdesk.store.writing import Writing
from breachdesk.terms import AuditAction, DocumentKind, Lang, Role, Status

NOW = datetime(2026, 11, 20, 15, 30, tzinfo=UTC)
KEY = bytes(range(32))
KARI = "Kari Nordmann"
PASSPHRASE = "riktig hest batteri stift"
CHEAP = Argon2(memory_kib=8, iterations=1, lanes=1)


def cheap_desk(home: Path, **changes: object) -> NewDesk:
    asked: dict[str, Any] = {
        "passphrase": PASSPHRASE,
        "want_recovery": True,
        "keyring": KeyringUse.OFF,
        "now": NOW,
        "kdf": CHEAP,
    }
    return make_desk(home, **{**asked, **changes})


def key_of(home: Path) -> bytes:
    opened = open_key(home, passphrase=lambda: PASSPHRASE, recovery=None, keyring=KeyringUse.OFF)
    return opened.key


def log_case(writing: Writing, *, year: int = 2026, title: str = "E-post til feil mottaker") -> str:
    number = writing.next_number(year)
    incident = writing.add(Incident(id="", year=year, number=number), AuditAction.INCIDENT_LOG)
    writing.add(
        IncidentFacts(
            id="", incident_id=incident.id, title=title, role=Role.CONTROLLER, regime="no"
        ),
        AuditAction.FACTS_LOG,
    )
    return incident.id


def note(incident_id: str, text: str = "Ringte mottakeren", **changes: object) -> Note:
    told: dict[str, Any] = {"occurred_at": NOW, **changes}
    return Note(id="", incident_id=incident_id, text=text, **told)


def document(incident_id: str, content: bytes = b"%PDF-1.7", **changes: object) -> Document:
    told: dict[str, Any] = {
        "kind": DocumentKind.NOTIFICATION,
        "lang": Lang.NB,
        "version": 1,
        "title": "Melding",
        "text": "Melding om brudd",
        "sha256": "0" * 64,
        "audit_head": "0" * 64,
    }
    return Document(id="", incident_id=incident_id, content=content, **{**told, **changes})


def line(
    number: int, *, year: int = 2026, hours: int | None = None, **changes: object
) -> RegisterRow:
    told: dict[str, Any] = {
        "incident_id": f"inc-{year}-{number}",
        "seq": year * 1000 + number,
        "ref": f"BD-{year}-{number:03d}",
        "year": year,
        "number": number,
        "title": "E-post til feil mottaker",
        "role": Role.CONTROLLER,
        "status": Status.OPEN,
        "presses_at": None if hours is None else NOW + timedelta(hours=hours),
    }
    return RegisterRow(**{**told, **changes})


def case_with_notes(store: Store, notes: int = 3) -> str:
    with store.transaction(actor=KARI, now=NOW) as writing:
        incident_id = log_case(writing)
        for count in range(notes):
            writing.add(note(incident_id, f"Linje {count}"), AuditAction.NOTE_RECORD)
    return incident_id

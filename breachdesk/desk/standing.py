"""Does the chain that a case lies in still stand? To be said with what is handed out of it."""

from collections.abc import Iterable

from breachdesk.audit import Finding
from breachdesk.desk.office import Office


def faults_of(office: Office, ref: str) -> tuple[Finding, ...]:
    """Return what is wrong with a case's part of the chain, to be said with what is handed out.

    Args:
        office: the shared tools.
        ref: the case.
    """
    with office.reading() as reading:
        incident = office.find(reading, ref, writing=False)
    return office.store.verify(incident.id).findings


def plain_faults(findings: Iterable[Finding]) -> list[dict[str, object]]:
    """Return what is wrong as JSON values."""
    return [
        {"kind": one.kind.value, "seq": one.seq, "subject": one.subject or None} for one in findings
    ]

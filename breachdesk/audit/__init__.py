"""The hash chain over every kept row: seal an entry, and verify a chain and its rows.

Pure: entries and rows come in as plain values, a report goes out. What a chain alone cannot see is
a tail that was cut off, or a chain rewritten from some entry on by someone who holds the key: for
that, heads that were fixed elsewhere (printed on papers, kept in the head file) are handed in and
looked up. It proves neither that what was written was true nor who sat at the keyboard.
"""

from breachdesk.audit.anchor import (
    Anchor,
    WrittenDown,
    may_be_miscopied,
    read_anchor,
    read_written,
)
from breachdesk.audit.sealing import (
    SALT_BYTES,
    ZERO,
    Head,
    Header,
    canonical,
    declared_fields,
    fields_of,
    payload_digest,
    row_digest,
    seal,
)
from breachdesk.audit.spelling import DigestOnly
from breachdesk.audit.verification import (
    Finding,
    FindingKind,
    KeptRow,
    Link,
    Report,
    head_findings,
    verify,
)

__all__ = [
    "SALT_BYTES",
    "ZERO",
    "Anchor",
    "DigestOnly",
    "Finding",
    "FindingKind",
    "Head",
    "Header",
    "KeptRow",
    "Link",
    "Report",
    "WrittenDown",
    "canonical",
    "declared_fields",
    "fields_of",
    "head_findings",
    "may_be_miscopied",
    "payload_digest",
    "read_anchor",
    "read_written",
    "row_digest",
    "seal",
    "verify",
]

"""Which columns of the desk take words of a person, and whether each of them was planted.

A column that takes text, JSON or bytes is free unless it stands in `CLOSED`: whoever adds one has
to plant a word in it, or say here why nobody can.
"""

import json
from pathlib import Path

from sqlalchemy import JSON, LargeBinary, String, Table, select
from sqlmodel import SQLModel

from breachdesk.store.engine import make_engine
from tests.faults.planted import WORDS

CLOSED_EVERYWHERE = {
    "id", "recorded_by", "incident_id", "group_id", "document_id", "dispatch_id", "assessment_id",
    "evidence_id", "mailing_id", "corrects", "replaces", "sha256", "form_digest", "digest", "head",
    "forms", "nature", "regime", "cites", "languages",
}  # fmt: skip
"""Ids, digests, and words of the program's own."""
CLOSED = {
    "answer": {"question", "form"},
    "assessment": {"pack"},
    "backup": {"place", "key_check", "known_head"},  # a path in the open by itself
    "casepack": {"manifest_sha256", "public_key"},
    "delivery": {"results_sha256", "delivered", "returned"},
    "document": {"title", "audit_head", "missing", "allowed_numbers"},
    "erasure": {"reason", "erased", "beyond"},  # what stays on purpose; the test looks for it
    "evidence": {"key"},
    "formtext": {"form", "version", "source"},
    "halftyped": {"place", "field", "actor"},
    "headstamp": {"url", "signer", "token"},
    "imported": {"original_ref", "original_desk"},
    "keychange": {"before", "after"},
    "mailing": {"documents", "recipients_sha256", "lettered", "kept_back", "print_sha256"},
    "register_row": {"ref", "settled", "open_duties", "next_step"},
    "signingkey": {"public_key", "private_key"},
    "task": {"task", "words", "why", "playbook", "step", "owner_words"},
}
"""And those of one table."""
PACKED = ("document.content", "imported.content")
"""Compressed, so that no word can be read in them: after an erasure none may be left."""
NOT_ROWS_OF_A_DESK = {"auditentry", "auditsalt"}
"""Headers name no one by design; their own tests look."""


def free_columns(table: Table) -> tuple[str, ...]:
    """Return the columns that take words of a person."""
    closed = CLOSED_EVERYWHERE | CLOSED.get(table.name, set())
    return tuple(
        one.name
        for one in table.columns
        if isinstance(one.type, (String, JSON, LargeBinary))
        and one.name not in closed
        and f"{table.name}.{one.name}" not in PACKED
    )


def unplanted(database: Path, key: bytes) -> set[str]:
    """Return every free column in which no planted word stands."""
    engine = make_engine(database, key)
    words = tuple(WORDS.values())
    with engine.connect() as connection:
        missing = {
            f"{table.name}.{name}"
            for table in SQLModel.metadata.sorted_tables
            if table.name not in NOT_ROWS_OF_A_DESK
            for name in free_columns(table)
            if not any(
                word in _text(value)
                for value in connection.scalars(select(table.c[name]))
                for word in words
            )
        }
    engine.dispose()
    return missing


def _text(value: object) -> str:
    if isinstance(value, bytes):
        return value.decode("utf-8", "replace")
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def packed_left(database: Path, key: bytes) -> int:
    """Return how many rows hold something compressed."""
    engine = make_engine(database, key)
    tables = (SQLModel.metadata.tables[one.partition(".")[0]] for one in PACKED)
    with engine.connect() as connection:
        left = sum(len(connection.execute(select(one.c.id)).all()) for one in tables)
    engine.dispose()
    return left

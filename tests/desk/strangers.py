"""Case files as a stranger makes them up: whole in themselves, with entries that fit every row."""

import json
from collections.abc import Callable
from typing import Any

from breachdesk.audit import ZERO, Header, declared_fields, payload_digest, seal
from breachdesk.exchange import parcel
from breachdesk.records import Incident, Kept

Plain = dict[str, Any]


def made_up(content: bytes, change: Callable[[Plain], object]) -> bytes:
    """The case with something changed, and every digest made to fit it."""
    plain = json.loads(content)
    change(plain)
    return json.dumps(resealed(plain)).encode()


def resealed(plain: Plain) -> Plain:
    """The same with entries for each of its rows, in the order they stand in."""
    records: dict[str, type[Kept]] = {**parcel.case_records(), "incident": Incident}
    rows = [("incident", plain["incident"])]
    rows += [(table, row) for table, several in plain["rows"].items() for row in several]
    order = {entry["subject"]: entry["seq"] for entry in plain["entries"]}
    rows.sort(key=lambda one: order.get(one[1]["id"], 10**6))
    seqs = {row["id"]: number for number, (_, row) in enumerate(rows, start=1)}
    previous, entries = ZERO, []
    for number, (table, plain_row) in enumerate(rows, start=1):
        row = parcel._row(records[table], plain_row, seqs)
        names = declared_fields(type(row), 1)
        payload = payload_digest(b"s" * 16, table, 1, {name: getattr(row, name) for name in names})
        header = Header(
            number, row.recorded_at, "per-000000000000", "x", row.id, table, 1,
            plain["incident"]["id"], number, previous,
        )  # fmt: skip
        digest = seal(previous, header, payload)
        link = parcel.Link(number, row.id, table, header, b"s" * 16, payload, previous, digest)
        entries.append(parcel._plain_link(link))
        previous = digest
    return {**plain, "entries": entries, "head": previous}

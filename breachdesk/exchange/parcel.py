"""A whole case as one file (``breachdesk-case/1``): its rows, forms and people, and its entries.

The entries come with their salts, so that the case's own chain verifies without the desk it is
from. It is read as if a stranger had written it: what does not hold together is refused whole.
"""

import base64
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any, TypeVar

from sqlalchemy import JSON, Boolean, Column, Integer, LargeBinary, inspect
from sqlalchemy.engine.default import DefaultDialect
from sqlalchemy.types import TypeDecorator, TypeEngine

from breachdesk.audit import (
    DigestOnly,
    Finding,
    Header,
    KeptRow,
    Link,
    canonical,
    declared_fields,
    fields_of,
    verify,
)
from breachdesk.errors import RefusedError
from breachdesk.exchange.strangers import ID, what_is_odd
from breachdesk.message import Message, say
from breachdesk.records import Evidence, FormText, Incident, Kept, Person
from breachdesk.records.base import KeptInCase, UtcDateTime

FORMAT = "breachdesk-case/1"
REDACTED = "breachdesk-redacted/1"
"""A copy made to be shared; it says so, and is never taken for a case."""
LARGEST = 256 * 1024 * 1024
"""Bytes of the largest file that is read."""
_KEY, _DIGEST = "key", "sha256"
_MOST_ROWS = 200_000
_HIGHEST = 2**53
_LONGEST = 64 * 1024 * 1024
_LONGEST_DESK = 100
_MARKS, _MOST_VALUES = (b"[", b"{", b",", b":"), 6_000_000
"""Bytes that each value of a JSON text but the first has one of, and how many may stand in it."""
R = TypeVar("R", bound=Kept)


@dataclass(frozen=True, kw_only=True)
class Parcel:
    """What the file holds."""

    ref: str
    desk: str
    """Id of the desk it is from; empty when not known."""
    exported_at: datetime
    incident: Incident
    rows: tuple[KeptInCase, ...]
    """In the order they were recorded."""
    people: tuple[Person, ...]
    forms: tuple[FormText, ...]
    links: tuple[Link, ...]
    """The case's entries, by number."""

    @property
    def head(self) -> str:
        """Digest of the newest entry."""
        return self.links[-1].digest if self.links else ""

    def findings(self) -> tuple[Finding, ...]:
        """Verify the case's entries and rows on their own."""
        kept: dict[str, list[KeptRow]] = {}
        for row in sorted((self.incident, *self.rows), key=lambda row: row.seq):
            kept.setdefault(table_name(type(row)), []).append(_kept_row(row))
        return verify(self.links, kept, is_whole=False).findings


def write_parcel(parcel: Parcel) -> bytes:
    """Return the file's bytes; the same case gives the same bytes."""
    tables: dict[str, list[dict[str, object]]] = {}
    for row in parcel.rows:
        tables.setdefault(table_name(type(row)), []).append(_plain_row(row))
    plain = {
        "format": FORMAT,
        "ref": parcel.ref,
        "desk": parcel.desk,
        "exported_at": parcel.exported_at.isoformat(timespec="seconds"),
        "incident": _plain_row(parcel.incident),
        "rows": tables,
        "people": [_plain_row(one) for one in parcel.people],
        "forms": [_plain_row(one) for one in parcel.forms],
        "head": parcel.head,
        "entries": [_plain_link(one) for one in parcel.links],
    }
    return json.dumps(plain, ensure_ascii=False, indent=1, sort_keys=True).encode() + b"\n"


def read_parcel(content: bytes) -> Parcel:
    """Return what a file holds; nothing in it is trusted before `Parcel.findings` is empty.

    Raises:
        RefusedError: it is no such file, of a newer program, or does not hold together.
    """
    if len(content) > LARGEST:
        raise _refused(say("it is larger than {limit} bytes", limit=LARGEST))
    if sum(map(content.count, _MARKS)) > _MOST_VALUES:
        raise _refused(say("it holds more values than any case"))
    try:
        plain = json.loads(content)
    except (ValueError, RecursionError) as error:
        raise _refused(say("it is no JSON")) from error
    found = plain.get("format") if isinstance(plain, dict) else None
    if found == REDACTED:
        raise RefusedError(
            say("That is a redacted copy, not the whole case, so it cannot be imported."),
            say("Ask for the whole case: “breachdesk export REF --pack FILE”."),
        )
    if found != FORMAT:
        is_newer = isinstance(found, str) and found.startswith("breachdesk-case/")
        raise _refused(
            say("it was written by a newer breachdesk") if is_newer else say("it is no case file")
        )
    try:
        return _parsed(plain)
    except (
        ValueError, TypeError, KeyError, AttributeError, OverflowError, RecursionError,
    ) as error:  # fmt: skip
        raise _refused(say("what stands in it does not hold together")) from error


def table_name(record: type[Kept]) -> str:
    """Return the name of a record's table."""
    return str(inspect(record).local_table.name)


def case_records() -> Mapping[str, type[KeptInCase]]:
    """Return every record that belongs to one case, by table name."""
    found = [one for one in KeptInCase.__subclasses__() if one.model_config.get("table")]
    return {table_name(one): one for one in sorted(found, key=lambda one: one.__name__)}


def _parsed(plain: Mapping[str, Any]) -> Parcel:
    links = tuple(_link(one) for one in _listed(plain["entries"]))
    seqs = {link.subject: link.seq for link in links}
    records = case_records()
    incident = _row(Incident, plain["incident"], seqs)
    rows = [
        _row(records[name], one, seqs)
        for name, several in plain["rows"].items()
        for one in _listed(several)
    ]
    if any(row.incident_id != incident.id for row in rows) or len(rows) + 1 != len(links):
        raise ValueError(FORMAT)
    people = tuple(_row(Person, one, {}) for one in _listed(plain["people"]))
    forms = tuple(_row(FormText, one, {}) for one in _listed(plain["forms"]))
    odd = what_is_odd(incident, rows, people, forms)
    if odd is not None:
        raise _refused(odd)
    return Parcel(
        ref=incident.ref,
        desk=_text(plain["desk"])[:_LONGEST_DESK],
        exported_at=_moment(plain["exported_at"]),
        incident=incident,
        rows=tuple(sorted(rows, key=lambda row: row.seq)),
        people=people,
        forms=forms,
        links=links,
    )


def _kept_row(row: Kept) -> KeptRow:
    def texts(version: int) -> tuple[bytes, ...]:
        try:
            names = declared_fields(type(row), version)
            return (canonical({name: getattr(row, name) for name in names}),)
        except (TypeError, ValueError):
            return ()

    return KeptRow(seq=row.seq, id=row.id, texts=texts)


def _plain_row(row: Kept) -> dict[str, object]:
    """Return a row's fields; a key that opens sealed evidence stands by its digest alone."""
    plain = {name: _plain(getattr(row, name)) for name in type(row).model_fields if name != "seq"}
    if isinstance(row, Evidence) and row.key is not None:
        plain[_KEY] = {_DIGEST: sha256(row.key).hexdigest()}
    return plain


def _plain(value: object) -> object:
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat(timespec="seconds")
    if isinstance(value, bytes):
        return base64.b64encode(value).decode()
    return value


def _plain_link(link: Link) -> dict[str, object]:
    header = fields_of(link.header) if link.header else {}
    return {
        **{name: _plain(value) for name, value in header.items()},
        "salt": None if link.salt is None else link.salt.hex(),
        "payload_digest": link.payload_digest,
        "previous": link.previous,
        "digest": link.digest,
    }


def _link(plain: Mapping[str, Any]) -> Link:
    values: dict[str, Any] = {name: plain[name] for name in Header._fields}
    header = Header(**{**values, "at": _moment(values["at"])})
    if not isinstance(header.seq, int) or isinstance(header.seq, bool):
        raise TypeError(header.seq)
    return Link(
        seq=header.seq,
        subject=_text(header.subject),
        record=_text(header.record),
        header=header,
        salt=None if plain["salt"] is None else bytes.fromhex(plain["salt"]),
        payload_digest=_text(plain["payload_digest"]),
        previous=_text(plain["previous"]),
        digest=_text(plain["digest"]),
    )


def _row(record: type[R], plain: Mapping[str, Any], seqs: Mapping[str, int]) -> R:
    columns = {column.name: column for column in inspect(record).local_table.c}
    if set(plain) | {"seq"} != set(columns) or not ID.fullmatch(_text(plain["id"])):
        raise ValueError(table_name(record))
    values = {name: _value(columns[name], value) for name, value in plain.items()}
    seq = seqs[plain["id"]] if seqs else 0
    return record(**values, seq=seq)


def _value(column: Column[Any], plain: Any) -> Any:  # noqa: ANN401 - a column's value
    kind = column.type
    if isinstance(kind, JSON) or (plain is None and column.nullable):
        return plain
    if isinstance(kind, UtcDateTime):
        return _moment(plain)
    if column.name == _KEY and isinstance(plain, dict):
        return DigestOnly(_digest(plain))
    if isinstance(kind, LargeBinary):
        return base64.b64decode(_text(plain), validate=True)
    if isinstance(kind, Boolean | Integer):
        return _number(plain, bool if isinstance(kind, Boolean) else int)
    return _word(kind, _text(plain))


def _digest(plain: Mapping[str, Any]) -> bytes:
    digest = bytes.fromhex(_text(plain[_DIGEST]))
    if set(plain) != {_DIGEST} or len(digest) != sha256().digest_size:
        raise ValueError(_DIGEST)
    return digest


def _number(plain: object, wanted: type[int]) -> int:
    if type(plain) is not wanted or abs(plain) > _HIGHEST:
        raise TypeError(plain)
    return plain


def _word(kind: TypeEngine[Any], text: str) -> object:
    """Return a text, or the member of the closed list that a column keeps as text."""
    if not isinstance(kind, TypeDecorator):
        return text
    is_closed_list = type(kind).process_result_value is not TypeDecorator.process_result_value
    return kind.process_result_value(text, DefaultDialect()) if is_closed_list else text


def _text(plain: object) -> str:
    if not isinstance(plain, str) or len(plain) > _LONGEST or "\0" in plain:
        raise TypeError(type(plain))
    plain.encode()
    return plain


def _moment(plain: object) -> datetime:
    moment = datetime.fromisoformat(_text(plain))
    if moment.tzinfo is None:
        raise ValueError(plain)
    return moment.astimezone(UTC).replace(microsecond=0)


def _listed(plain: object) -> Iterator[Mapping[str, Any]]:
    if not isinstance(plain, list) or len(plain) > _MOST_ROWS:
        raise TypeError(type(plain))
    for one in plain:
        if not isinstance(one, dict):
            raise TypeError(type(one))
        yield one


def people_of(rows: Iterable[Kept]) -> set[str]:
    """Return the ids of everybody who recorded one of the rows."""
    return {row.recorded_by for row in rows}


def _refused(why: Message) -> RefusedError:
    return RefusedError(
        say("The file cannot be imported as a case: {why}.", why=why),
        say("Take a file that “breachdesk export” has written; nothing was written here."),
    )

"""What a case file from a stranger may hold: names as ours, pointers within the case, bounds.

A file that is whole in itself can still be made up: a pointer to a case of this desk, a number that
leaves none for the next case, a text without end. What no desk writes is refused, with its row.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any

from breachdesk.message import Message, say
from breachdesk.records import (
    Answer,
    Assessment,
    Attachment,
    Delivery,
    Dispatch,
    Document,
    Erasure,
    Evidence,
    FormText,
    Incident,
    IncidentFacts,
    Kept,
    Mailing,
    PeopleGroup,
    Person,
    Task,
)
from breachdesk.records.base import KeptInCase
from breachdesk.records.evidence import NAME_LENGTH
from breachdesk.records.incident import TITLE_LENGTH

ID = re.compile(r"[a-z]{3,24}-[0-9a-z]{12}")
"""How our own desks name a row."""
_GROUP, _TASK = re.compile(r"group-[0-9]{1,6}"), re.compile(r"task-[0-9]{1,6}")
_YEARS = range(1990, 2200)
_EARLIEST, _LATEST = datetime(1900, 1, 1, tzinfo=UTC), datetime(2200, 1, 1, tzinfo=UTC)
_HIGHEST_NUMBER = 999_999
_LARGEST_WHOLE = 2**53
_DEEPEST, _MOST_VALUES = 20, 200_000
_LONGEST, _LONGEST_PAPER = 100_000, 5_000_000
"""Characters of a text, and of a paper's or a form's."""
_PAPERS: Mapping[type[Kept], frozenset[str]] = {
    Document: frozenset({"text"}),
    FormText: frozenset({"source"}),
    Mailing: frozenset({"lettered", "kept_back"}),
    Delivery: frozenset({"delivered", "returned"}),
}
_SHORT: Mapping[tuple[type[Kept], str], int] = {
    (IncidentFacts, "title"): TITLE_LENGTH,
    (Evidence, "name"): NAME_LENGTH,
    (Attachment, "name"): NAME_LENGTH,
    (Person, "name"): NAME_LENGTH,
}
POINTERS: Mapping[str, type[KeptInCase]] = {
    "replaces": Answer,
    "assessment_id": Assessment,
    "document_id": Document,
    "corrects": Dispatch,
    "evidence_id": Evidence,
    "dispatch_id": Dispatch,
    "mailing_id": Mailing,
}
"""Field to the record whose row in the same case it names."""


def what_is_odd(
    incident: Incident,
    rows: Sequence[KeptInCase],
    people: Sequence[Person],
    forms: Sequence[FormText],
) -> Message | None:
    """Return what no desk of ours would have written, or None."""
    return next(_odd(incident, rows, people, forms), None)


def _odd(
    incident: Incident,
    rows: Sequence[KeptInCase],
    people: Sequence[Person],
    forms: Sequence[FormText],
) -> Iterator[Message]:
    from breachdesk.exchange.recipients.ranges import are_ranges
    from breachdesk.exchange.shapes import is_laid_out  # both read only when something comes in

    everything = (incident, *rows, *people, *forms)
    names = [row.id for row in everything]
    if len(set(names)) < len(names):
        yield say("two of its rows have the same name")
    if incident.year not in _YEARS or not 0 < incident.number <= _HIGHEST_NUMBER:
        yield say("no desk gives out such a reference")
    if any(isinstance(row, Erasure) for row in rows):
        yield say("it was erased there")
    known = {(type(row), row.id) for row in rows}
    groups = {row.group_id for row in rows if isinstance(row, PeopleGroup)}
    authors = {one.id for one in people}
    for row in everything:
        wrong = _is_misnamed(row) or not _points_inside(row, known, groups)
        if wrong or (isinstance(row, Incident | KeptInCase) and row.recorded_by not in authors):
            yield say("“{row}” is named, or points, where no row of a case can", row=row.id[:60])
        if not all(_is_bounded(row, name) for name in type(row).model_fields):
            yield say("“{row}” holds what is too large to be meant", row=row.id[:60])
        if not is_laid_out(row) or not all(map(are_ranges, _rows_of_list(row))):
            yield say("“{row}” is laid out as no desk lays it out", row=row.id[:60])
        if _is_another_file(row):
            yield say("“{row}” speaks of another file than it holds", row=row.id[:60])


def _is_misnamed(row: Kept) -> bool:
    if isinstance(row, Attachment | Evidence) and not _is_file_name(row.name):
        return True
    if isinstance(row, Person) and not (row.name.strip() and row.name.isprintable()):
        return True
    if isinstance(row, Task) and not _TASK.fullmatch(row.task):
        return True
    if isinstance(row, PeopleGroup) and not _GROUP.fullmatch(row.group_id):
        return True
    return not ID.fullmatch(row.id)


def _rows_of_list(row: Kept) -> tuple[str, ...]:
    """Return which rows of a list of recipients a row speaks of, as it is kept."""
    if isinstance(row, Mailing):
        return (row.lettered, row.kept_back)
    return (row.delivered, row.returned) if isinstance(row, Delivery) else ()


def _is_file_name(name: str) -> bool:
    return bool(name) and name not in {".", ".."} and not {"/", "\\", "\0"} & set(name)


def _points_inside(row: Kept, known: set[tuple[type[KeptInCase], str]], groups: set[str]) -> bool:
    named = [(kind, getattr(row, field, None)) for field, kind in POINTERS.items()]
    if isinstance(row, Mailing):
        named += [(Document, one) for one in row.documents.values()]
    group = getattr(row, "group_id", None)
    is_in_case = all(one is None or (kind, one) in known for kind, one in named)
    return is_in_case and (group is None or group in groups)


def _is_bounded(row: Kept, name: str) -> bool:
    value = getattr(row, name)
    if isinstance(value, datetime):
        return _EARLIEST <= value < _LATEST
    if isinstance(value, str):
        is_paper = name in _PAPERS.get(type(row), frozenset())
        most = _LONGEST_PAPER if is_paper else _SHORT.get((type(row), name), _LONGEST)
        return len(value) <= most
    if isinstance(value, dict | list):
        return is_plain(value)
    return isinstance(value, bytes | bool) or value is None or 0 <= value <= _LARGEST_WHOLE


def _is_another_file(row: Kept) -> bool:
    if not isinstance(row, Document | Attachment):
        return False
    size = row.size if isinstance(row, Attachment) else len(row.content)
    return (size, row.sha256) != (len(row.content), sha256(row.content).hexdigest())


def is_plain(value: object) -> bool:
    """Is it JSON of a sensible depth and size, without numbers that no desk keeps?"""
    waiting: list[tuple[object, int]] = [(value, 0)]
    count = 0
    while waiting:
        one, depth = waiting.pop()
        count += 1
        if depth > _DEEPEST or count > _MOST_VALUES or not _is_sensible(one):
            return False
        waiting += [(inner, depth + 1) for inner in _inner(one)]
    return True


def _is_sensible(one: Any) -> bool:  # noqa: ANN401 - JSON
    if isinstance(one, str):
        return len(one) <= _LONGEST and "\0" not in one
    if isinstance(one, int):
        return abs(one) <= _LARGEST_WHOLE
    return one is None or isinstance(one, dict | list)


def _inner(one: object) -> Iterator[object]:
    if isinstance(one, dict):
        yield from one
        yield from one.values()
    elif isinstance(one, list):
        yield from one

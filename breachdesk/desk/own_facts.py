"""The case's own facts: which of them can be corrected, what each takes, and in what order."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from breachdesk.desk.words import says_something
from breachdesk.errors import RefusedError
from breachdesk.message import say
from breachdesk.records import IncidentFacts
from breachdesk.records.incident import TEXT_LENGTH, TITLE_LENGTH
from breachdesk.terms import Nature, Role

CORRECTABLE = (
    "title",
    "role",
    "nature",
    "occurred_from",
    "occurred_to",
    "detected",
    "summary",
)
"""What `correct` takes; awareness has its own verb."""
_MOMENTS = {
    "occurred_from": "occurred_from",
    "occurred_to": "occurred_to",
    "detected": "detected_at",
}
_OWN_VERB = "became_aware_at"


def column_of(binds: str) -> str:
    """Return the column that a question binds: ``incident.nature`` is ``nature``."""
    return binds.removeprefix("incident.")


def field_of(binds: str) -> str:
    """Return what `correct` calls the field that a question binds."""
    return column_of(binds).removesuffix("_at")


def kept_in(field: str) -> str:
    """Return the column in which a field of `CORRECTABLE` is kept."""
    return _MOMENTS.get(field, field)


def takes_a_first_value(facts: IncidentFacts, binds: str) -> bool:
    """Return whether a form may give this fact its first value; later ones are corrections.

    Awareness is left out: it takes a reason of its own, for the clock runs from it.
    """
    column = column_of(binds)
    return column != _OWN_VERB and not getattr(facts, column, None)


def checked(field: str, value: object) -> tuple[str, object]:
    """Return column and value of a fact as the case keeps it.

    Args:
        field: One of `CORRECTABLE`.
        value: Text, a `Role`, natures, or an aware time; None for a time no longer known.

    Raises:
        RefusedError: no such field, or a value it does not take.
    """
    if field not in CORRECTABLE:
        raise RefusedError(
            say("“{field}” cannot be corrected here.", field=field),
            say("Choose one of: {fields}.", fields=", ".join(CORRECTABLE)),
        )
    if field in _MOMENTS:
        return _MOMENTS[field], _moment(value)
    if field == "nature":
        return field, _natures(value)
    if field == "role":
        return field, _role(value)
    text = str(value).strip()
    limit = TITLE_LENGTH if field == "title" else TEXT_LENGTH
    if len(text) > limit or (field == "title" and not says_something(text)):
        raise RefusedError(
            say("“{field}” takes 1 to {limit} characters.", field=field, limit=limit)
        )
    return field, text


def spelled_out(binds: str | None, raw: object) -> object:
    """Return an answer with the letters for the nature of a breach as whole words: ``c,a``."""
    if binds != "incident.nature" or not isinstance(raw, str | list | tuple):
        return raw
    words = {one.value[0]: one.value for one in Nature}
    parts = raw.split(",") if isinstance(raw, str) else raw
    return [
        words.get(part.strip().lower(), part) if isinstance(part, str) else part for part in parts
    ]


def first_values(bound: Mapping[str, object]) -> dict[str, object]:
    """Return columns and values from what was answered, by the binding of its question.

    Times arrive as ISO 8601 text with an offset, as answers hold them.

    Raises:
        RefusedError: a value the fact does not take.
    """
    found = {}
    for binds, value in bound.items():
        field = field_of(binds)
        is_moment = field in _MOMENTS and isinstance(value, str)
        column, kept = checked(field, datetime.fromisoformat(str(value)) if is_moment else value)
        found[column] = kept
    return found


def check_order(start: datetime | None, end: datetime | None) -> None:
    """Refuse an end before the beginning.

    Raises:
        RefusedError: it ends before it began.
    """
    if start and end and end < start:
        raise RefusedError(
            say("It cannot end ({end}) before it began ({start}).", start=start, end=end)
        )


def _moment(value: object) -> datetime | None:
    if value is None or isinstance(value, datetime):
        return value
    raise RefusedError(say("“{value}” is not a time.", value=str(value)))


def _natures(value: object) -> list[str]:
    parts: Sequence[object] = ()
    if isinstance(value, str):
        parts = value.split(",")
    elif isinstance(value, Sequence):
        parts = value
    short = {one.value[0]: one for one in Nature}
    found = []
    for part in parts:
        word = str(part).strip().lower()
        nature = short.get(word) or next((one for one in Nature if one.value == word), None)
        if nature is None:
            raise RefusedError(
                say("“{word}” is no nature of a breach.", word=word),
                say("Use c, i, a: confidentiality, integrity, availability."),
            )
        found.append(nature.value)
    return list(dict.fromkeys(found))


def _role(value: object) -> Role:
    try:
        return Role(str(value).strip().lower())
    except ValueError:
        raise RefusedError(
            say("“{value}” is no role.", value=str(value)),
            say("Use one of: {roles}.", roles=", ".join(Role)),
        ) from None

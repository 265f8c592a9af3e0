"""Identity numbers of people stop a paper for an authority, until somebody says why they pass."""

from collections.abc import Collection
from dataclasses import asdict
from typing import Any

from breachdesk.desk.words import says_something
from breachdesk.documents.draft import Draft, NumberFound
from breachdesk.errors import RefusedError
from breachdesk.message import Message, say
from breachdesk.terms import DocumentKind

FOR_AUTHORITIES = (DocumentKind.NOTIFICATION,)
"""Papers that become documents of a public body."""


def check_numbers(draft: Draft, allowed: Collection[str], because: str) -> None:
    """Refuse a paper for an authority with identity numbers in fields that were not let pass.

    Raises:
        RefusedError: There are some, or those let pass lack a reason.
    """
    if draft.kind not in FOR_AUTHORITIES:
        return
    stopped = [one for one in draft.numbers if one.field not in allowed]
    if stopped:
        raise RefusedError(
            say("Identity numbers of people stand in this paper: {places}.", places=_all(stopped)),
            say(
                "Take them out of the answers. If one must stay: "
                "“breachdesk issue … --allow-number {field} --because TEXT”.",
                field=stopped[0].field,
            ),
        )
    if passed(draft, allowed) and not says_something(because):
        raise RefusedError(
            say("A reason is needed for the identity number in “{field}”.",
                field=passed(draft, allowed)[0]["label"]),
            say("Say with --because why it must stand in the paper."),
        )  # fmt: skip


def passed(draft: Draft, allowed: Collection[str]) -> list[dict[str, Any]]:
    """Return the identity numbers that were let pass, as they are kept with the paper."""
    if draft.kind not in FOR_AUTHORITIES:
        return []
    return [asdict(one) for one in draft.numbers if one.field in allowed]


def _all(found: list[NumberFound]) -> Message:
    first, *rest = found
    place = say(
        "{field} (“{label}”, line {line}): {number}",
        field=first.field,
        label=first.label,
        line=first.line,
        number=first.found,
    )
    return say("{place}; {rest}", place=place, rest=_all(rest)) if rest else place

"""Numbers of rows as text, short and readable: ``2-17 19``."""

import re
from collections.abc import Iterable, Iterator

from breachdesk.records import Delivery

_RUN = re.compile(r"[1-9][0-9]{0,6}(-[1-9][0-9]{0,6})?")


def are_ranges(text: str) -> bool:
    """Return whether a text is one that `to_ranges` writes, and no more than ten million rows."""
    end = 0
    for run in text.split(" ") if text else ():
        first, _, last = run.partition("-")
        if not _RUN.fullmatch(run) or int(first) <= end or (last and int(last) <= int(first)):
            return False
        end = int(last or first)
    return True


def to_ranges(numbers: Iterable[int]) -> str:
    """Return numbers, in order and each once, runs of them as first and last."""
    return " ".join(_runs(sorted(set(numbers))))


def _runs(ordered: list[int]) -> Iterator[str]:
    at = 0
    while at < len(ordered):
        end = at
        while end + 1 < len(ordered) and ordered[end + 1] == ordered[end] + 1:
            end += 1
        yield str(ordered[at]) if end == at else f"{ordered[at]}-{ordered[end]}"
        at = end + 1


def from_ranges(text: str) -> frozenset[int]:
    """Return the numbers of such a text."""
    found: set[int] = set()
    for run in text.split():
        first, _, last = run.partition("-")
        found.update(range(int(first), int(last or first) + 1))
    return frozenset(found)


def outcome(
    deliveries: Iterable[Delivery], mailing_id: str
) -> tuple[frozenset[int], frozenset[int]]:
    """Return the rows whose letter arrived and those whose letter came back; the last word counts.

    Args:
        deliveries: Oldest first; those of other mailings are passed over.
        mailing_id: The mailing.
    """
    arrived: frozenset[int] = frozenset()
    returned: frozenset[int] = frozenset()
    for one in deliveries:
        if one.mailing_id == mailing_id:
            now_here, now_back = from_ranges(one.delivered), from_ranges(one.returned)
            arrived = (arrived - now_back) | now_here
            returned = (returned - now_here) | now_back
    return arrived, returned

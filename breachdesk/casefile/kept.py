"""The newest kept assessment as it counts today: without groups of people taken out since.

What was kept stays in its row, word for word. What is shown as in force names no group that the
case has no longer.
"""

from collections.abc import Collection
from dataclasses import replace

from breachdesk.casefile.rows import CaseRows
from breachdesk.message import Message, say
from breachdesk.rules.advice import Advice, Assessed, GroupAssessed
from breachdesk.rules.groups import GROUP_REASONS, called
from breachdesk.rules.plain import from_plain

Gone = tuple[GroupAssessed, ...]
"""Groups that an assessment counted and the case has no longer."""


def newest_kept(rows: CaseRows, there: Collection[str]) -> tuple[Assessed | None, Gone]:
    """Return the newest kept assessment without groups taken out since, and those groups.

    Its risk stays what it was: who assesses again finds out whether it still is.

    Args:
        rows: The case.
        there: Ids of the groups that were not taken out.
    """
    if not rows.assessments:
        return None, ()
    kept = from_plain(rows.assessments[-1].result)
    gone = tuple(one for one in kept.people_groups if one.id not in there)
    return (_without(kept, gone) if gone else kept), gone


def gone_warning(gone: Gone) -> tuple[Message, ...]:
    """Return that the kept assessment counts people the case names no longer; empty for none."""
    if not gone:
        return ()
    if len(gone) == 1:
        return (
            say(
                "The kept assessment counted a group of people that was taken out since: "
                "assess again."
            ),
        )
    return (
        say(
            "The kept assessment counted {count} groups of people that were taken out since: "
            "assess again.",
            count=len(gone),
        ),
    )


def _without(kept: Assessed, gone: Gone) -> Assessed:
    ids = {one.id for one in gone}
    names = tuple(called(one.name, one.number).en for one in gone)
    return replace(
        kept,
        people_groups=tuple(one for one in kept.people_groups if one.id not in ids),
        led_by="" if kept.led_by in ids else kept.led_by,
        advice=tuple(_untold(one, names) for one in kept.advice),
    )


def _untold(advice: Advice, names: tuple[str, ...]) -> Advice:
    """Return the advice without the reasons that name one of the groups."""
    reasons = tuple(
        one
        for one in advice.reasons
        if one.rule not in GROUP_REASONS or not any(name in one.words.en for name in names)
    )
    return replace(advice, reasons=reasons)

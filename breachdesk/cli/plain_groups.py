"""Groups of people as plain values: who they are, their own answers, their advice."""

from typing import TYPE_CHECKING, Any

from breachdesk.cli.plain_advice import plain_advice
from breachdesk.language import Speaker

if TYPE_CHECKING:
    from datetime import datetime

    from breachdesk.casefile import CaseFile
    from breachdesk.casefile.groups import CaseGroup
    from breachdesk.records import PeopleGroup

Plain = dict[str, Any]


def plain_groups(case: "CaseFile", speaker: Speaker) -> list[Plain]:
    """Return each group of people that was not taken out, in the order they were named."""
    return [_group(case, one, speaker) for one in case.groups]


def _group(case: "CaseFile", group: "CaseGroup", speaker: Speaker) -> Plain:
    assessed = group.assessed
    return {
        "id": group.id,
        "name": group.name,
        "number": group.number,
        "risk": assessed.risk.value if assessed else None,
        "advice": [plain_advice(one, speaker) for one in assessed.advice] if assessed else [],
        "answers": _answers(case, group, speaker),
        "decision": group.decision.id if group.decision else None,
        "outcome": group.decision.outcome.value if group.decision else None,
        "told_at": _iso(group.told_at),
        "history": [_row(case, one) for one in group.rows],
    }


def _answers(case: "CaseFile", group: "CaseGroup", speaker: Speaker) -> Plain:
    from breachdesk.exchange.facts import answer_text

    seen = case.for_group(group)
    return {
        question: {
            "value": answer.value,
            "text": answer_text(seen, question, speaker),
            "unknown": answer.is_unknown,
            "owner": answer.owner or None,
            "due": _iso(answer.due),
            "by": case.name_of(answer.recorded_by),
            "at": _iso(answer.recorded_at),
        }
        for question, answer in group.answers.items()
    }


def _row(case: "CaseFile", row: "PeopleGroup") -> Plain:
    return {
        "name": row.name,
        "number": row.people,
        "answers": row.answers,
        "because": row.reason or None,
        "by": case.name_of(row.recorded_by),
        "at": _iso(row.recorded_at),
    }


def _iso(moment: "datetime | None") -> str | None:
    return None if moment is None else moment.isoformat(timespec="seconds")

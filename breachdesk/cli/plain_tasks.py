"""Tasks and playbooks as plain values; the keys are a contract."""

from datetime import datetime
from typing import TYPE_CHECKING, Any

from breachdesk.language import Speaker

if TYPE_CHECKING:
    from breachdesk.casefile import CaseFile
    from breachdesk.casefile.todo import Todo
    from breachdesk.rules.playbook import Playbook

Plain = dict[str, Any]


def plain_tasks(case: "CaseFile", speaker: Speaker) -> list[Plain]:
    """Return the tasks of a case: open ones by due time, then those done."""
    return [plain_task(one, speaker) for one in case.todos]


def plain_task(one: "Todo", speaker: Speaker) -> Plain:
    """Return one task."""
    return {
        "id": one.id,
        "number": one.number,
        "what": one.what.in_(speaker.lang),
        "why": one.why.in_(speaker.lang) if one.why else None,
        "cites": list(one.cites),
        "playbook": one.playbook or None,
        "step": one.step or None,
        "owner": one.owner or None,
        "role": one.role.in_(speaker.lang) if one.role else None,
        "due": _iso(one.due),
        "hours_from_awareness": one.hours,
        "overdue": one.is_overdue,
        "done_at": _iso(one.done_at),
        "because": one.reason or None,
    }


def plain_playbook(one: "Playbook", speaker: Speaker, *, is_suggested: bool) -> Plain:
    """Return one playbook with all its steps."""
    return {
        "id": one.id,
        "title": speaker.of(one.title),
        "about": speaker.of(one.about),
        "suggested": is_suggested,
        "cites": list(one.cites),
        "steps": [
            {
                "id": step.id,
                "text": speaker.of(step.text),
                "why": speaker.of(step.why),
                "role": speaker.of(step.owner),
                "hours_from_awareness": step.hours,
                "cites": list(step.cites),
            }
            for step in one.steps
        ],
    }


def _iso(moment: datetime | None) -> str | None:
    return None if moment is None else moment.isoformat(timespec="seconds")

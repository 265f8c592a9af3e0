"""A redacted copy of a case (``breachdesk-redacted/1``): listed fields, and a report of the rest.

It is no export: it holds no rows and no chain, and cannot be imported.
"""

import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from typing import Any

from breachdesk.casefile import CaseFile
from breachdesk.casefile.clocks import standing
from breachdesk.exchange.facts import value_text
from breachdesk.exchange.parcel import REDACTED
from breachdesk.language import Speaker
from breachdesk.message import Message, say
from breachdesk.records import Decision
from breachdesk.rules.advice import Severity
from breachdesk.rules.clock import ClockReading
from breachdesk.rules.severity import score_words
from breachdesk.rules.sharing import Sharing

Suspect = Callable[[str], bool]
"""Does a text hold an identity number, an e-mail address or a telephone number?"""


@dataclass(frozen=True, slots=True, kw_only=True)
class RedactedCopy:
    """A copy that may be shared."""

    ref: str
    content: bytes
    """JSON."""
    left_out: tuple[Message, ...]
    """What the case has and the copy has not: by name, never what it says."""


def redact(
    case: CaseFile,
    sharing: Sharing,
    *,
    speaker: Speaker,
    included: tuple[str, ...],
    is_suspect: Suspect,
) -> RedactedCopy:
    """Return a copy of a case with the fields that may be shared, and no others.

    Args:
        case: The case.
        sharing: The list of fields.
        speaker: Whose language the words are in.
        included: Questions of free text that are wanted too; each must be on request.
        is_suspect: What no text may hold; one that does is left out all the same.
    """
    texts = [one for one in included if isinstance(case.value(one), str)]
    clean = [one for one in texts if not is_suspect(str(case.value(one)))]
    shown = [
        one
        for one in (*sharing.answers, *clean)
        if case.value(one) is not None or _is_unknown(case, one)
    ]
    held_back = {one for one in texts if one not in clean}
    unanswered = [one for one in dict.fromkeys(included) if case.value(one) is None]
    left_out = (
        *(_unanswered(case, one) for one in unanswered),
        *_left_out(case, set(shown), held_back),
    )
    parts = {
        "case": [_of_case(case)],
        "clocks": [_of_clock(one) for one in case.clocks],
        "assessment": [_of_assessment(case)] if case.kept else [],
        "decisions": [_of_decision(case, one, speaker) for one in case.decisions],
        "sendings": [
            {
                "duty": one.duty,
                "group": _called(case, one.group_id, speaker),
                "sent_at": one.sent_at,
            }
            for one in standing(case.dispatches)
        ],
    }
    listed = {
        name: [_only(one, sharing.fields[name]) for one in rows] for name, rows in parts.items()
    }
    plain = {
        "format": REDACTED,
        "note": speaker.say(
            say("This is a redacted copy, not the whole case; it cannot be imported.")
        ),
        "sharing": sharing.version,
        **listed,
        "case": listed["case"][0],
        "answers": [_answer(case, one, speaker) for one in shown],
        "left_out": [speaker.say(one) for one in left_out],
    }
    content = json.dumps(plain, ensure_ascii=False, indent=1).encode() + b"\n"
    return RedactedCopy(ref=case.ref, content=content, left_out=left_out)


def _only(values: dict[str, Any], fields: Iterable[str]) -> dict[str, Any]:
    return {name: _plain(values[name]) for name in fields}


def _plain(value: object) -> object:
    if isinstance(value, datetime):
        return value.isoformat(timespec="seconds")
    if isinstance(value, Enum):
        return value.value
    return [_plain(one) for one in value] if isinstance(value, list | tuple) else value


def _of_case(case: CaseFile) -> dict[str, Any]:
    facts = case.facts
    return {
        "ref": case.ref,
        "drill": case.incident.is_drill,
        "role": facts.role,
        "regime": case.regime.id,
        "nature": list(facts.nature),
        "status": facts.status,
        "logged_at": case.incident.recorded_at,
        "occurred_from": facts.occurred_from,
        "occurred_to": facts.occurred_to,
        "detected_at": facts.detected_at,
        "became_aware_at": facts.became_aware_at,
    }


def _of_clock(clock: ClockReading) -> dict[str, Any]:
    return {
        "duty": clock.duty,
        "state": clock.state,
        "started_at": clock.started_at,
        "deadline": clock.deadline,
        "met_at": clock.met_at,
    }


def _of_assessment(case: CaseFile) -> dict[str, Any]:
    kept, newest = case.kept, case.assessments[-1]
    severity = kept.severity if kept else None
    return {
        "at": newest.recorded_at,
        "risk": newest.risk,
        "method": severity.method if severity else None,
        "score": _score(severity) if severity else None,
        "level": severity.level if severity else None,
    }


def _score(severity: Severity) -> list[str]:
    """Return the score at best and at worst, as text: quarters are exact."""
    return [score_words(quarters).in_("en") for quarters in (severity.low, severity.high)]


def _of_decision(case: CaseFile, decision: Decision, speaker: Speaker) -> dict[str, Any]:
    return {
        "matter": decision.matter,
        "group": _called(case, decision.group_id, speaker),
        "outcome": decision.outcome,
        "ground": decision.ground,
        "at": decision.recorded_at,
    }


def _called(case: CaseFile, group_id: str | None, speaker: Speaker) -> str | None:
    """Return a group of people by its number; its name may be somebody's. None: everybody."""
    if group_id is None:
        return None
    named = list(dict.fromkeys(one.group_id for one in case.group_log))
    number = named.index(group_id) + 1 if group_id in named else 0
    return speaker.say(say("group {number}", number=number))


def _is_unknown(case: CaseFile, question_id: str) -> bool:
    """Did somebody say that it is not known yet?"""
    answer = case.answers.get(question_id)
    return answer is not None and answer.is_unknown


def _answer(case: CaseFile, question_id: str, speaker: Speaker) -> dict[str, Any]:
    question, value = case.question(question_id), case.value(question_id)
    return {
        "id": question_id,
        "question": speaker.of(question.text) if question else question_id,
        "value": _plain(value),
        "text": value_text(question, value, speaker)
        if value is not None
        else speaker.term("UnknownKind", "unknown"),
    }


def _left_out(case: CaseFile, shown: set[str], held_back: set[str]) -> Iterator[Message]:
    """Yield what the case has and the copy has not; an answer by its question."""
    facts = case.facts
    for is_there, field in (
        (case.profile, say("which organisation it is, and how to reach it")),
        (facts.title, say("the title")),
        (facts.summary, say("the summary")),
        (facts.awareness_reason, say("why this is the moment of awareness")),
        (facts.processing, say("the processing activities")),
    ):
        if is_there:
            yield field
    for question_id, value in case.given.items():
        question = case.question(question_id)
        if question_id in shown or question is None:
            continue
        if value is None and not _is_unknown(case, question_id):
            continue
        if question_id in held_back:
            yield say(
                "the answer to “{question}” ({id}): it holds what looks like an identity number, "
                "an e-mail address or a telephone number",
                question=question.text,
                id=question_id,
            )
        else:
            yield say("the answer to “{question}” ({id})", question=question.text, id=question_id)
    yield from _counted(case)


def _unanswered(case: CaseFile, question_id: str) -> Message:
    """Return that a text was asked for and is not there: nothing is left out unsaid."""
    question = case.question(question_id)
    return say(
        "the answer to “{question}” ({id}), which was asked for: there is none yet",
        question=question.text if question else question_id,
        id=question_id,
    )


def _counted(case: CaseFile) -> Iterator[Message]:
    yield say("every person's name, and who did what")
    counts = (
        (len(case.groups), say("groups of people: names, answers and who was told")),
        (len(case.decisions), say("reasons of decisions")),
        (len(case.notes), say("notes")),
        (len(case.tasks), say("tasks")),
        (len(case.documents), say("papers")),
        (len(standing(case.dispatches)), say("to whom and how something was sent")),
        (len(case.attachments), say("receipts")),
        (len(case.evidence), say("evidence")),
        (len(case.mailings), say("letters made")),
        (len(case.holds), say("reasons to keep the case longer")),
    )
    for count, what in counts:
        if count:
            yield say("{what}: {count}", what=what, count=count)
    yield say("the timeline, and the chain's entries")

"""The timeline as Markdown for tickets and mail. Case text cannot become HTML, a link or a table.

Every entry is one line of a list, so text never stands at a line's start. Signs with a meaning are
escaped; words that viewers turn into links by themselves become code, which nothing reads on.
"""

import re

from breachdesk.casefile import CaseFile, TimelineEntry
from breachdesk.language import Speaker, clean
from breachdesk.message import Message, say
from breachdesk.rules.clock import ClockReading
from breachdesk.terms import ClockState, Fidelity

_MEANINGFUL = re.compile(r"([\\`*_{}\[\]<>#!|~&$^])|(?<=\w)\.(?=\w)")
_LINKED_BY_VIEWERS = re.compile(r"@|://|www\.|#[0-9]", re.IGNORECASE)
_TICKS = re.compile(r"`+")


def escape(text: str) -> str:
    """Return text as Markdown that reads as exactly that text, on one line."""
    words = clean(text).split(" ")
    return " ".join(
        _as_code(word)
        if _LINKED_BY_VIEWERS.search(word)
        else _MEANINGFUL.sub(lambda found: f"\\{found.group()}", word)
        for word in words
    )


def _as_code(word: str) -> str:
    longest = max((len(ticks) for ticks in _TICKS.findall(word)), default=0)
    fence = "`" * (longest + 1)
    pad = " " if longest else ""
    return f"{fence}{pad}{word}{pad}{fence}"


def timeline_md(case: CaseFile, speaker: Speaker) -> bytes:
    """Return a heading, the clocks, and one list item for each entry of the timeline."""

    def said(message: Message) -> str:
        return escape(speaker.say(message))

    lines = [f"# {escape(f'{case.ref}: {case.facts.title}')}", ""]
    if case.incident.is_drill:
        lines += [f"**{said(say('This is a drill.'))}**", ""]
    lines += [f"- {said(_clock(clock))}" for clock in case.clocks]
    lines += ["", f"## {said(say('Timeline (times in {zone})', zone=speaker.zone.key))}", ""]
    lines += [_item(line, speaker) for line in case.timeline]
    return "\n".join([*lines, ""]).encode()


def _clock(clock: ClockReading) -> Message:
    if clock.deadline is None or clock.state == ClockState.NOT_OWED:
        return say("{duty}: {state}", duty=clock.duty, state=clock.state)
    return say(
        "{duty}: {state}, deadline {deadline}",
        duty=clock.duty,
        state=clock.state,
        deadline=clock.deadline,
    )


def _item(line: TimelineEntry, speaker: Speaker) -> str:
    when = escape(speaker.moment(line.occurred_at))
    if line.fidelity != Fidelity.MINUTE:
        when += f" ({escape(speaker.word(line.fidelity))})"
    kind = escape(speaker.term("TimelineKind", line.kind))
    recorded = say("recorded {moment} by {who}", moment=line.recorded_at, who=line.by)
    if line.source:
        recorded = say("source: {source}; {rest}", source=line.source, rest=recorded)
    text = escape(speaker.say(line.text))
    return f"- **{when}** · {kind} · {text} ({escape(speaker.say(recorded))})"

"""The hand-over card: one page that the next shift can act on, whatever the case has grown to."""

from collections.abc import Iterator
from textwrap import shorten
from zoneinfo import ZoneInfo

from breachdesk.documents.contacts import contact_lines
from breachdesk.documents.draft import Block, FieldRow, Fields, Paragraph, Section, Table
from breachdesk.documents.form_paper import Part
from breachdesk.documents.telling import Telling
from breachdesk.language import Speaker
from breachdesk.rules.clock import ClockReading

_MOST_OPEN, _MOST_TASKS, _MOST_EVENTS = 3, 2, 3
_LONGEST, _LONGEST_CELL = 150, 80
"""Characters of any text on the card; the case has the rest."""


def handover(telling: Telling) -> tuple[Part, ...]:
    """Return what to do next and whom to call, clocks and decisions, what is open, the latest."""
    said = (
        ("now", _now(telling)),
        ("clocks", _clocks(telling)),
        ("open", _open(telling)),
        ("latest", _latest(telling)),
    )
    return tuple(
        Part(section=Section(id=one, heading=telling.word(f"section.{one}"), blocks=blocks))
        for one, blocks in said
        if blocks
    )


def _speaker(telling: Telling) -> Speaker:
    return Speaker(str(telling.lang), ZoneInfo(telling.case.regime.zone))


def _now(telling: Telling) -> tuple[Block, ...]:
    step = _speaker(telling).say(telling.case.next_step.text)
    said = _short(telling.case.facts.summary or telling.text("description"))
    lines = (telling.word("card.next", step=step), said, *map(_short, contact_lines(telling)[:2]))
    return tuple(Paragraph(one) for one in lines if one)


def _clocks(telling: Telling) -> tuple[Block, ...]:
    rows = (_clock(telling, one) for one in telling.case.clocks)
    return (Fields((*rows, *_decided(telling))),)


def _clock(telling: Telling, clock: ClockReading) -> FieldRow:
    said = telling.word(f"clock.{clock.state}")
    at = clock.deadline or clock.worst_case_deadline
    if at is not None and (clock.is_running or clock.deadline is None):
        word = "card.deadline" if clock.deadline else "card.at_worst"
        said = telling.word(word, state=said, when=telling.dates.moment(at))
    return FieldRow(label=telling.word(f"duty.{clock.duty}"), value=said)


def _decided(telling: Telling) -> Iterator[FieldRow]:
    """Yield the decision in force about each matter, and who made it."""
    newest = {(one.matter, one.group_id): one for one in telling.case.decisions}
    for (matter, group), one in newest.items():
        outcome = telling.word(f"outcome.{one.outcome}")
        who = telling.case.name_of(one.recorded_by)
        value = telling.word("card.decision", outcome=outcome, who=who)
        label, name = telling.word(f"card.{matter}"), telling.case.group_name(group)
        yield FieldRow(label=f"{label} – {name}" if name else label, value=value)


def _open(telling: Telling) -> tuple[Block, ...]:
    """Return who finds out what by when, and what is to be done; the most pressing first."""
    rows = [*_unknown(telling), *_tasks(telling)]
    if not rows:
        return (Paragraph(telling.word("card.nothing_open")),)
    header = tuple(telling.word(f"missing.{one}") for one in ("what", "who", "when"))
    more = len(telling.case.unknown) - _MOST_OPEN
    if more > 0:
        rows.append((telling.word("card.more", count=more), "", ""))
    return (Table(header=header, rows=tuple(rows), widths=(6, 3, 3)),)


def _unknown(telling: Telling) -> Iterator[tuple[str, str, str]]:
    for one in telling.case.unknown[:_MOST_OPEN]:
        when = telling.dates.short(one.due) if one.due else ""
        yield _cell(telling.words(one.question.text)), _cell(one.owner), when


def _tasks(telling: Telling) -> Iterator[tuple[str, str, str]]:
    """Yield what is to be done first, in the paper's language, with who does it and by when."""
    waiting = [one for one in telling.case.todos if one.is_open]
    for one in waiting[:_MOST_TASKS]:
        who = telling.words(one.doer) if one.doer else ""
        when = telling.dates.short(one.due) if one.due else ""
        yield _cell(telling.words(one.what)), _cell(who), when


def _latest(telling: Telling) -> tuple[Block, ...]:
    speaker = _speaker(telling)
    rows = tuple(
        (telling.dates.short(one.occurred_at), _cell(speaker.say(one.text)))
        for one in reversed(telling.case.timeline[-_MOST_EVENTS:])
    )
    header = tuple(telling.word(f"card.{one}") for one in ("when", "what"))
    return (Table(header=header, rows=rows, widths=(3, 12)),) if rows else ()


def _short(text: str) -> str:
    return shorten(text, _LONGEST, placeholder=" …")


def _cell(text: str) -> str:
    return shorten(text, _LONGEST_CELL, placeholder=" …")

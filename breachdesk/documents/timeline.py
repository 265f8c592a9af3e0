"""The timeline as a paper: a drawn line, and every entry with when it was recorded."""

from zoneinfo import ZoneInfo

from breachdesk.casefile import TimelineEntry
from breachdesk.documents.draft import Paragraph, Section, Table, TimeDrawing, TimePoint
from breachdesk.documents.form_paper import Part
from breachdesk.documents.telling import Telling
from breachdesk.language import Speaker
from breachdesk.records import Document
from breachdesk.terms import ClockState, Duty, Fidelity

DRAWN = ("occurred", "first_sign", "aware", "decision", "sent", "unsent", "closed", "reopened")
"""Kinds that stand on the drawn line; the table has them all."""
MOST_DRAWN = 14
_WHAT = 2
"""The column that says what happened."""


def timeline(telling: Telling) -> tuple[Part, ...]:
    """Return the drawing and the table."""
    entries = telling.case.timeline
    speaker = Speaker(str(telling.lang), ZoneInfo(telling.case.regime.zone))
    heading = telling.word("section.entries")
    rows = tuple(_row(telling, speaker, one) for one in entries)
    header = tuple(
        telling.word(f"column.{one}") for one in ("when", "kind", "what", "by", "recorded")
    )
    papers = (_in_other_language(telling, one) for one in entries)
    table = Table(
        header=header,
        rows=rows,
        widths=(27, 20, 70, 28, 25),
        langs=tuple(one.lang if one else None for one in papers),
        lang_at=(_WHAT, 1),
    )
    drawn = Part(
        section=Section(
            id="drawing",
            heading=telling.word("section.drawing"),
            blocks=(drawing(telling),) if entries else (Paragraph(telling.word("nothing")),),
        )
    )
    listed = Part(
        section=Section(id="entries", heading=heading, blocks=(table,)),
        free=tuple((heading, row[2]) for row in rows),
    )
    return (drawn, listed) if rows else (drawn,)


def drawing(telling: Telling) -> TimeDrawing:
    """Return the line of time: what happened, and the clock from awareness to deadline."""
    clock = telling.case.clock(Duty.NOTIFY_AUTHORITY)
    if clock and clock.state is ClockState.NOT_OWED:
        clock = None
    points = [
        TimePoint(at=one.occurred_at, label=_mark(telling, one), kind=one.kind)
        for one in telling.case.timeline
        if one.kind in DRAWN
    ]
    at_once = [one for one in points if one.kind == "occurred" and points.count(one) > 1]
    for one in at_once[1:]:
        points.remove(one)
    return TimeDrawing(
        points=tuple(points[:MOST_DRAWN]),
        start=clock.started_at if clock else None,
        deadline=clock.deadline if clock else None,
        caption=telling.word("caption" if clock and clock.deadline else "caption_table"),
    )


def _mark(telling: Telling, entry: TimelineEntry) -> str:
    """Return the few words of a mark; a beginning, a matter and a duty each have their own."""
    case = telling.case
    starts, ends = case.facts.occurred_from, case.facts.occurred_to
    if entry.kind == "occurred" and entry.occurred_at == ends:
        return telling.word("mark.ended" if starts != ends else "mark.at_once")
    decision = next((one for one in case.decisions if one.id == entry.id), None)
    if decision is not None:
        return telling.word(f"mark.decision_{decision.matter}_{decision.outcome}")
    sending = next((one for one in case.dispatches if one.id == entry.id), None)
    if sending is not None and entry.kind == "sent":
        return telling.word(f"mark.sent_{sending.duty}")
    return telling.word(f"mark.{entry.kind}")


def _row(telling: Telling, speaker: Speaker, entry: TimelineEntry) -> tuple[str, ...]:
    dates = telling.dates
    when = dates.short(entry.occurred_at)
    if entry.fidelity is not Fidelity.MINUTE:
        day = dates.short_day(entry.occurred_at)
        when = telling.word(f"fidelity.{entry.fidelity}", when=when, day=day)
    source = telling.word("said.source", source=entry.source) if entry.source else ""
    said = speaker.say(entry.text, lines=True)
    paper = _in_other_language(telling, entry)
    if paper is not None:
        said = _on_lines(said, paper.title)
    return (
        when,
        telling.word(f"kind.{entry.kind}"),
        "\n".join(x for x in (said, source) if x),
        entry.by,
        dates.short(entry.recorded_at),
    )


def _in_other_language(telling: Telling, entry: TimelineEntry) -> Document | None:
    """Return the paper whose issuing an entry tells, where its title is in another language."""
    paper = next((one for one in telling.case.documents if one.id == entry.id), None)
    if paper is None or paper.lang is telling.lang or not paper.title.isprintable():
        return None
    return paper


def _on_lines(said: str, title: str) -> str:
    """Return a sentence with the title in it as the second line: it is read in its own language."""
    before, _, after = said.partition(title)
    return f"{before.rstrip()}\n{title}\n{after.lstrip(', ')}"

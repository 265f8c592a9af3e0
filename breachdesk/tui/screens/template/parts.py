"""The template's sections with their fields, as far as they belong to this notification."""

from collections.abc import Iterator
from dataclasses import dataclass

from breachdesk.casefile import CaseFile
from breachdesk.desk.template import FilledIn
from breachdesk.language import Speaker
from breachdesk.message import Message, say
from breachdesk.rules.edpb import Field, FieldKind, Section, Value, is_required, is_shown


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A field that belongs to the notification as it is filled in."""

    field: Field
    value: Value | None
    problem: Message | None
    is_required: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Chapter:
    """A section with its fields."""

    section: Section
    parts: tuple[Part, ...]

    @property
    def filled(self) -> int:
        """How many fields are filled in."""
        return sum(one.value is not None for one in self.parts)

    @property
    def wrong(self) -> int:
        """How many need looking at."""
        return sum(one.problem is not None for one in self.parts)


def chapters(found: FilledIn) -> Iterator[Chapter]:
    """Yield the sections that have something in this notification, in order."""
    filled, problems = found.filled, {one.field: one.what for one in found.filled.problems}
    for section in found.template.sections:
        parts = tuple(
            Part(
                field=one,
                value=filled.payload.get(one.number),
                problem=problems.get(one.number),
                is_required=is_required(one, filled.payload, filled.facts),
            )
            for one in found.template.fields
            if one.section == section.id
            and (
                one.number in problems
                or is_shown(found.template, one, filled.payload, filled.facts)
            )
        )
        if parts:
            yield Chapter(section=section, parts=parts)


def value_text(case: CaseFile, one: Field, value: Value, speaker: Speaker) -> str:
    """Return a value in words: options by their text where a question offers it, else by letter."""
    if isinstance(value, bool):
        return speaker.term("Owed", "yes" if value else "no")
    if isinstance(value, int):
        return speaker.number(value)
    if isinstance(value, str | tuple):
        letters = (value,) if isinstance(value, str) else value
        if one.kind in (FieldKind.ONE, FieldKind.MANY):
            return "; ".join(_option(case, one, letter, speaker) for letter in letters)
        text = "\n".join(letters)
        return speaker.say(say("{text}", text=text), lines=True)
    return ", ".join(f"{country} {speaker.number(number)}" for country, number in value.items())


_YES, _NO = "a", "b"


def _option(case: CaseFile, one: Field, letter: str, speaker: Speaker) -> str:
    for supplier in one.by:
        question = case.question(supplier)
        found = [each for each in question.options if each.edpb == letter] if question else []
        if found:
            return f"{letter}  {speaker.of(found[0].text)}"
        if question and not question.options and letter in (_YES, _NO):
            return f"{letter}  {speaker.term('Owed', 'yes' if letter == _YES else 'no')}"
    known = _PHASE.get((one.number, letter))
    return f"{letter}  {speaker.say(known)}" if known else letter


_PHASE = {
    (3, "a"): say("new notification"),
    (3, "b"): say("follow-up of an earlier one"),
    (4, "a"): say("complete"),
    (4, "b"): say("incomplete, more follows"),
    (4, "c"): say("withdrawn"),
}
"""Options that the phase supplies, and no question."""

"""Fill in the template from a case: complete where the case is, else incomplete, else withdrawn."""

from dataclasses import dataclass

from breachdesk.casefile import CaseFile
from breachdesk.casefile.whole import partly_open, whole
from breachdesk.exchange.edpb.reading import Reader
from breachdesk.exchange.edpb.suppliers import SUPPLIERS
from breachdesk.exchange.edpb.told import has_no_option
from breachdesk.exchange.edpb.where import unconfirmed
from breachdesk.language import Speaker
from breachdesk.message import Message, say
from breachdesk.rules.edpb import (
    COMPLETE,
    INCOMPLETE,
    WITHDRAWN,
    Payload,
    PayloadFacts,
    Problem,
    Template,
    Value,
    check,
    is_shown,
)
from breachdesk.terms import Duty, Phase, Role

_TYPE, _SUBTYPE, _CONTROLLER, _TOLD = 3, 4, 12, 97
_NEW, _FOLLOW_UP = "a", "b"


@dataclass(frozen=True, kw_only=True)
class Filled:
    """The template, filled in."""

    phase: Phase
    payload: Payload
    facts: PayloadFacts
    problems: tuple[Problem, ...]
    """What is wrong or missing, by field number."""
    unconfirmed: tuple[int, ...]
    """Fields whose value came from the profile and waits for a person's word."""

    @property
    def is_complete(self) -> bool:
        """Is all said that is asked?"""
        return self.payload.get(_SUBTYPE) == COMPLETE and not self.problems


def fill(template: Template, case: CaseFile, *, phase: Phase, speaker: Speaker) -> Filled:
    """Return the template filled in from a case.

    Args:
        template: Fields and conditions.
        case: Everything known.
        phase: Final promises to be complete; an initial or supplementary one is complete where
            nothing is wrong, and else incomplete (Art. 33(4) GDPR).
        speaker: Speaks the notification's language, in the authority's zone.
    """
    case = whole(case)
    if phase is Phase.WITHDRAWAL:
        return _filled(template, case, phase, WITHDRAWN, speaker)
    complete = _filled(template, case, phase, COMPLETE, speaker)
    if phase is Phase.FINAL or not complete.problems:
        return complete
    return _filled(template, case, phase, INCOMPLETE, speaker)


def _filled(
    template: Template, case: CaseFile, phase: Phase, subtype: str, speaker: Speaker
) -> Filled:
    reader = Reader(case, speaker, subtype == INCOMPLETE)
    facts = PayloadFacts(
        now=case.read_at.astimezone(speaker.zone),
        late=_is(case, "late"),
        outside_eea=_is(case, "outside_eea"),
    )
    is_first = phase is Phase.INITIAL or not (
        phase is Phase.WITHDRAWAL or reader.sendings(Duty.NOTIFY_AUTHORITY)
    )
    payload: dict[int, Value] = {_TYPE: _NEW if is_first else _FOLLOW_UP, _SUBTYPE: subtype}
    for one in template.fields:
        if one.number in payload or not is_shown(template, one, payload, facts):
            continue
        supply = SUPPLIERS.get(one.number)
        value = supply(reader) if supply else reader.by_kind(one)
        if value is not None:
            payload[one.number] = value
    found = {one.field: one.what for one in check(template, payload, facts)}
    found |= _beyond(reader, payload, phase)
    found |= {} if reader.incomplete else _of_some(template, case, payload)
    problems = tuple(Problem(field=number, what=found[number]) for number in sorted(found))
    waiting = (one.number for one in template.fields if unconfirmed(case, one))
    return Filled(
        phase=phase,
        payload=payload,
        facts=facts,
        problems=problems,
        unconfirmed=tuple(one for one in waiting if one in payload),
    )


def _is(case: CaseFile, fact: str) -> bool:
    return "true" in case.derived.get(fact, ())


def _of_some(template: Template, case: CaseFile, payload: Payload) -> dict[int, Message]:
    """Return what is known of some people and not of others, so that it is not complete."""
    asked = ((one.number, one.by[0]) for one in template.fields if one.number in payload and one.by)
    return {
        number: say("It is not known yet for some of the people affected.")
        for number, question in asked
        if partly_open(case, question)
    }


def _beyond(reader: Reader, payload: Payload, phase: Phase) -> dict[int, Message]:
    """Return what the template cannot say, and what a payload alone does not show."""
    found: dict[int, Message] = {}
    was_sent = bool(reader.sendings(Duty.NOTIFY_AUTHORITY))
    if phase is Phase.WITHDRAWAL and not was_sent:
        found[_SUBTYPE] = say("No notification was sent that could be withdrawn.")
    elif phase is Phase.INITIAL and was_sent:
        found[_TYPE] = say("A notification was sent already; this one is a follow-up.")
    if reader.case.facts.role is Role.PROCESSOR:
        found[_CONTROLLER] = say(
            "A processor tells the controller, and the controller notifies (Art. 33(2))."
        )
    if _TOLD not in payload and phase is not Phase.WITHDRAWAL and has_no_option(reader):
        found[_TOLD] = say(
            "The template has no option for this reason. Say it in the notification itself."
        )
    return found

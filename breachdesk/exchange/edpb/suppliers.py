"""Fields that more than one question supplies: the case, the profile, decisions, the assessment."""

from collections.abc import Callable, Mapping
from decimal import Decimal

from breachdesk.exchange.edpb.by_group import risks, who_was_not
from breachdesk.exchange.edpb.reading import YES, Reader
from breachdesk.exchange.edpb.told import TOLD, is_unexplained
from breachdesk.message import say
from breachdesk.rules.advice import Assessed, Reason
from breachdesk.rules.edpb import Value
from breachdesk.terms import Duty, Matter, Outcome, RiskLevel

Supplier = Callable[[Reader], Value | None]

_SIZES = {"micro": "a", "sme": "b", "large": "c"}
_SECTORS = {"private": "a", "public": "b"}
_RISKS = {
    RiskLevel.HIGH_RISK: "a",
    RiskLevel.RISK: "b",
    RiskLevel.UNLIKELY: "c",
    RiskLevel.UNDETERMINED: "d",
}
_LEVELS = {"low": "a", "medium": "b", "high": "c", "very_high": "c"}
_QUARTERS = 4
_REASONS = 6
"""As many reasons stand in the text of field 90."""
_OPEN, _CANNOT_SAY = "e", "d"
"""Letters of fields 56 and 57."""
_NOT_DETERMINED = "c"
"""Letter of field 59."""
_TO_BE_DETERMINED = "d"
"""Letter of fields 67, 72, 87 and 89."""


def _withdrawal(reader: Reader) -> Value | None:
    decided = (reader.decision(one) for one in (Matter.IS_BREACH, Matter.NOTIFY_AUTHORITY))
    why = next((one.rationale for one in decided if one and one.outcome is Outcome.NO), "")
    return reader.words("withdrawal_reason") or why or None


def _earlier(reader: Reader) -> Value | None:
    sent = reader.sendings(Duty.NOTIFY_AUTHORITY)
    receipt = next((one.receipt for one in sent if one.receipt), "")
    return reader.words("earlier_id") or receipt or None


def _identifier_type(reader: Reader) -> Value | None:
    return reader.letter("organisation_identifier_type") or ("b" if _identifier(reader) else None)


def _identifier(reader: Reader) -> Value | None:
    profile = reader.case.profile
    number = profile.organisation.organisation_number if profile else ""
    return reader.words("organisation_identifier") or number or None


def _name(reader: Reader) -> Value | None:
    profile = reader.case.profile
    return reader.words("organisation_name") or (profile.organisation.name if profile else None)


def _contact(reader: Reader) -> Value | None:
    said = reader.words("organisation_contact")
    if said or reader.case.profile is None:
        return said or None
    facts = reader.case.profile.organisation
    return reader.joined(facts.address, facts.privacy_contact.email, facts.privacy_contact.phone)


def _sector(reader: Reader) -> Value | None:
    profile = reader.case.profile
    known = profile.organisation.sector.strip().casefold() if profile else ""
    return reader.letter("organisation_sector") or _SECTORS.get(known)


def _size(reader: Reader) -> Value | None:
    profile = reader.case.profile
    known = profile.organisation.size.strip().casefold() if profile else ""
    return reader.letter("organisation_size") or _SIZES.get(known)


def _who_knows(reader: Reader) -> Value | None:
    if reader.value("dpo") is True or reader.letter("reporter_function") == YES:
        return "a"
    contact = reader.words("contact_name")
    if not contact:
        return None
    return "b" if contact.casefold() == reader.words("reporter_name").casefold() else "c"


def _comments(reader: Reader) -> Value | None:
    aware = reader.words("processor_aware_at")
    said = reader.say(say("The processor became aware {when}.", when=aware)) if aware else ""
    text = reader.joined(said, reader.words("timeline_comments"))
    is_open = text is None and reader.incomplete and reader.is_unknown("timeline_comments")
    return reader.promise("timeline_comments") if is_open else text


def _exposure(reader: Reader) -> Value | None:
    if reader.is_unknown("exposure"):
        return _not_assessed(reader)
    return reader.letter("exposure")


def _unreadable(reader: Reader) -> Value | None:
    if reader.value("exposure") == "ruled-out":
        return reader.letter("data_unreadable")
    protection, key = reader.letter("protection"), reader.letter("key")
    if protection == YES and reader.value("key") is None:
        return _not_assessed(reader) if reader.is_unknown("key") else None
    if protection is None and reader.is_unknown("exposure", "protection"):
        return _not_assessed(reader)
    return (key or protection) if protection == YES else protection


def _not_assessed(reader: Reader) -> str:
    return _OPEN if reader.incomplete else _CANNOT_SAY


def _availability(reader: Reader) -> Value | None:
    return _NOT_DETERMINED if reader.is_unknown("restored") else reader.letter("restored")


def _counted(basis: str, number: str) -> Supplier:
    """Return a supplier of how well a number is known; one still to come is to be determined."""

    def supply(reader: Reader) -> Value | None:
        if reader.incomplete and reader.is_unknown(basis, number):
            return _TO_BE_DETERMINED
        return reader.letter(basis)

    return supply


def _measures_text(choice: str, text: str) -> Supplier:
    """Return a supplier of a description; where nothing else is said, of "none" in its words."""

    def supply(reader: Reader) -> Value | None:
        said = reader.words(text)
        if not said and reader.incomplete and reader.is_unknown(text):
            return reader.promise(text)
        return said or (reader.words(choice) if reader.value(choice) == ("none",) else None)

    return supply


def _severity(reader: Reader) -> Value | None:
    if reader.is_unknown("severity_view") and reader.incomplete:
        return _TO_BE_DETERMINED
    kept = reader.case.kept
    level = kept.severity.level if kept and kept.severity else ""
    return reader.letter("severity_view") or _LEVELS.get(level)


def _risk(reader: Reader) -> Value | None:
    return _RISKS[reader.case.kept.risk] if reader.case.kept else None


def _risk_text(reader: Reader) -> Value | None:
    """Return how the risk was assessed: the score, the reasons, the decision, the likely effects.

    What people wrote of the effects stands here where field 86 is not shown; what was decided for
    each group of people (Art. 34(1) GDPR), where none of the fields that explain it is.
    """
    kept = reader.case.kept
    if kept is None:
        return None
    outcome = reader.speaker.word(kept.risk)
    lines = [f"{outcome[:1].upper()}{outcome[1:]}."]
    if kept.severity:
        score = _score(kept.severity.low, kept.severity.high)
        if reader.speaker.lang != "en":
            score = score.replace(".", ",")
        said = say("ENISA severity score: {score}.", score=score)
        lines.append(reader.say(said))
    reasons = (one.words.in_(reader.speaker.lang) for one in _grounds(kept))
    lines += [f"– {one}" for one in dict.fromkeys(reasons)][:_REASONS]
    lines += risks(reader)
    lines += who_was_not(reader) if is_unexplained(reader) else ()
    decision = reader.decision(Matter.NOTIFY_AUTHORITY)
    lines.append(decision.rationale.strip() if decision else "")
    if not {"other", "none"} & set(_impacts(reader)):
        lines.append(reader.words("impacts_text"))
    return reader.joined(*lines)


def _grounds(kept: Assessed) -> tuple[Reason, ...]:
    """Return what the risk rests on: the rules that spoke; without any, the advice's reasons."""
    if kept.rules:
        return tuple(one.reason for one in kept.rules)
    advice = kept.for_duty(Duty.NOTIFY_AUTHORITY)
    return advice.reasons if advice else ()


def _impacts(reader: Reader) -> tuple[str, ...]:
    value = reader.value("impacts")
    return value if isinstance(value, tuple) else ()


def _score(low: int, high: int) -> str:
    first, last = (f"{Decimal(one) / _QUARTERS:f}" for one in (low, high))
    return first if first == last else f"{first}–{last}"


SUPPLIERS: Mapping[int, Supplier] = {
    5: _withdrawal,
    6: _earlier,
    7: lambda reader: reader.case.ref,
    10: _identifier_type,
    11: _identifier,
    12: _name,
    13: _contact,
    14: _sector,
    15: _size,
    33: _who_knows,
    53: _comments,
    56: _exposure,
    57: _unreadable,
    59: _availability,
    67: _counted("people_basis", "people_number"),
    72: _counted("records_basis", "records_number"),
    76: _measures_text("measures_before", "measures_before_text"),
    86: _measures_text("impacts", "impacts_text"),
    87: _severity,
    89: _risk,
    90: _risk_text,
    95: _measures_text("measures_prevent", "measures_prevent_text"),
    **TOLD,
}
"""The fields that no single question supplies; all others are read by their kind."""

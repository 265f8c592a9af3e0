"""Whether the people affected were told, and why not: fields 97-106. A sending counts before words.

What was sent proves that they were told; else the answer counts, else what was decided. Where
groups of people have decisions or sendings of their own, these come before an answer for everybody.
"""

from collections.abc import Callable, Mapping

from breachdesk.exchange.edpb.by_group import (
    grounds,
    is_open,
    messages,
    parts,
    who_was_not,
    who_was_told,
)
from breachdesk.exchange.edpb.reading import Reader
from breachdesk.rules.edpb import Value
from breachdesk.terms import DocumentKind, Duty, Ground, Matter, Outcome

_TOLD, _ON_A_DAY, _SOME_DAY, _INVESTIGATED, _NO_HIGH_RISK, _EXEMPT = "a", "b", "b1", "c", "d", "e"
_GROUNDS = {Ground.ART_34_3_A: "a", Ground.ART_34_3_B: "b", Ground.ART_34_3_C: "c"}
_LOW = (Ground.RISK_UNLIKELY, Ground.NOT_A_BREACH)
_INDIVIDUAL = "a"
_ALL, _NOT_ALL = "a", "b"


def _told(reader: Reader) -> Value | None:
    if reader.sendings(Duty.INFORM_SUBJECTS):
        return _TOLD
    if parts(reader):
        return _TOLD if reader.value("subjects_told") == "yes" else _by_group(reader)
    if reader.is_unknown("subjects_told"):
        return _INVESTIGATED if reader.incomplete else None
    if reader.value("subjects_told") == "planned":
        return _when_planned(reader)
    return reader.letter("subjects_told") if reader.value("subjects_told") else _decided(reader)


def _by_group(reader: Reader) -> str | None:
    """Return the letter for groups none of whom was told: those to be told come first."""
    found = parts(reader)
    if any(one.is_to_be_told for one in found):
        return _when_planned(reader)
    if any(is_open(one) for one in found):
        return _INVESTIGATED
    why = grounds(found)
    if any(one in _GROUNDS for one in why):
        return _EXEMPT
    return _NO_HIGH_RISK if all(one in _LOW for one in why) else None


def _decided(reader: Reader) -> str | None:
    decision = reader.decision(Matter.INFORM_SUBJECTS)
    if decision is None:
        return None
    if decision.outcome is Outcome.YES:
        return _when_planned(reader)
    if decision.outcome is Outcome.NOT_YET:
        return _INVESTIGATED
    if decision.ground in _GROUNDS:
        return _EXEMPT
    return _NO_HIGH_RISK if decision.ground in _LOW else None


def _when_planned(reader: Reader) -> str:
    return _ON_A_DAY if reader.day("planned_on") else _SOME_DAY


def has_no_option(reader: Reader) -> bool:
    """Are people not told for a reason that the template has no option for, as Art. 23 GDPR?"""
    if found := parts(reader):
        settled = not any(is_open(one) or one.is_to_be_told for one in found)
        return settled and _by_group(reader) is None
    answer, decision = reader.value("subjects_told"), reader.decision(Matter.INFORM_SUBJECTS)
    if answer is not None or decision is None:
        return answer == "no-national-exception"
    return decision.outcome is Outcome.NO and decision.ground in (Ground.POPPLYL_16, Ground.OTHER)


def is_unexplained(reader: Reader) -> bool:
    """Does the template show no text on who is told? It has one only after "yes" and Art. 34(3)."""
    return _told(reader) not in (_TOLD, _EXEMPT)


def _told_on(reader: Reader) -> Value | None:
    sent = [one.sent_at for one in reader.sendings(Duty.INFORM_SUBJECTS) if one.sent_at]
    return reader.day("told_on") or (reader.local_day(min(sent)) if sent else None)


def _condition(reader: Reader) -> Value | None:
    if found := parts(reader):
        met = (_GROUNDS[one] for one in grounds(found) if one in _GROUNDS)
        return reader.letter("exemption_ground") or next(met, None)
    decision = reader.decision(Matter.INFORM_SUBJECTS)
    ground = _GROUNDS.get(decision.ground) if decision and decision.ground else None
    return reader.letter("exemption_ground") or ground


def _why_not(reader: Reader) -> Value | None:
    if parts(reader):
        return reader.joined(*who_was_not(reader), reader.words("not_told_why"))
    decision = reader.decision(Matter.INFORM_SUBJECTS)
    is_no = decision is not None and decision.outcome is Outcome.NO
    said = reader.words("not_told_why")
    if not said and reader.incomplete and reader.is_unknown("not_told_why"):
        return reader.promise("not_told_why")
    return said or (decision.rationale if decision and is_no else None)


def _told_all(reader: Reader) -> Value | None:
    """Return whether all were told: with groups, what was sent to each; else the answer."""
    found = parts(reader)
    if any(one.told_at for one in found) and not all(one.told_at for one in found):
        return _NOT_ALL
    if reader.value("told_all") is None:
        return _ALL if found and any(one.told_at for one in found) else None
    return _ALL if reader.value("told_all") else _NOT_ALL


def _why_not_all(reader: Reader) -> Value | None:
    said = reader.words("told_not_all_why")
    if parts(reader):
        said = reader.joined(*who_was_not(reader), said) or ""
    if not said and reader.incomplete and reader.is_unknown("told_not_all_why"):
        return reader.promise("told_not_all_why")
    return said or None


def _means(reader: Reader) -> Value | None:
    """Return the means; of several, told one by one comes first and the text names the rest."""
    question, value = reader.case.question("means"), reader.value("means")
    if isinstance(value, tuple) and question:
        letters = sorted(one.edpb for one in question.options if one.id in value and one.edpb)
        return letters[0] if letters else None
    return _INDIVIDUAL if _our_letter(reader) else None


def _means_text(reader: Reader) -> Value | None:
    value = reader.value("means")
    several = reader.words("means") if isinstance(value, tuple) and len(value) > 1 else ""
    return reader.joined(several, reader.words("means_text"), *who_was_told(reader))


def _message(reader: Reader) -> Value | None:
    by_group = messages(reader)
    return by_group or reader.words("message_content") or _our_letter(reader) or None


def _our_letter(reader: Reader) -> str:
    """Return the text of the letter that was sent, as it was issued."""
    letters = {
        one.id: one.text.strip()
        for one in reader.case.documents
        if one.kind is DocumentKind.COMMUNICATION
    }
    sent = (letters.get(one.document_id or "") for one in reader.sendings(Duty.INFORM_SUBJECTS))
    return next((text for text in sent if text), "")


TOLD: Mapping[int, Callable[[Reader], Value | None]] = {
    97: _told,
    98: _told_on,
    100: _condition,
    101: _why_not,
    102: _told_all,
    103: _why_not_all,
    104: _means,
    105: _means_text,
    106: _message,
}

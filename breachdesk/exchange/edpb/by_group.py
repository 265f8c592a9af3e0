"""Groups of people with decisions of their own: who is told, when, how many, and why others not.

The template has one field for whether people were told (97) and no groups. What differs between
them is said in its texts: who was told in 105, who was not in 103, why none is in 101, and, where
none of these is shown, beside the risk of each in 90.
"""

from collections.abc import Iterable, Iterator

from breachdesk.casefile.groups import CaseGroup, Told, concerns
from breachdesk.exchange.edpb.reading import Reader
from breachdesk.message import say
from breachdesk.records import Dispatch
from breachdesk.rules.groups import NUMBER
from breachdesk.terms import DocumentKind, Duty, Ground, Outcome

LETTERS = (DocumentKind.COMMUNICATION, DocumentKind.GUARDIAN_LETTER)
_MESSAGE = "message_content"


def parts(reader: Reader) -> tuple[Told, ...]:
    """Return how it stands with each group and with those in none.

    Empty without groups, and where nothing was decided or sent for any of them.
    """
    told = reader.case.told
    return told if any(one.decision or one.told_at for one in told) else ()


def is_open(part: Told) -> bool:
    """Is it not decided yet whether these people are told?"""
    if part.told_at is not None or part.is_declined:
        return False
    return part.decision is None or part.decision.outcome is Outcome.NOT_YET


def grounds(found: Iterable[Told]) -> tuple[Ground | None, ...]:
    """Return why those are not told whom it was decided not to tell."""
    return tuple(_ground(one) for one in found if one.is_declined and one.told_at is None)


def _ground(part: Told) -> Ground | None:
    is_no = part.decision is not None and part.decision.outcome is Outcome.NO
    return part.decision.ground if part.decision and is_no else Ground.NOT_A_BREACH


def risks(reader: Reader) -> Iterator[str]:
    """Yield the risk of each group, as it was assessed; none of one that was taken out since."""
    for one in reader.case.kept.people_groups if reader.case.kept else ():
        group = reader.case.group(one.id)
        if group is not None:
            name = called(reader, group)
            yield reader.say(say("{group}: {risk}.", group=name, risk=one.assessed.risk))


def who_was_told(reader: Reader) -> Iterator[str]:
    """Yield for each group that was told: how many, when, and by what means."""
    for part in parts(reader):
        if part.told_at is None:
            continue
        by = ", ".join(dict.fromkeys(one.channel for one in _sendings(reader, part)))
        day = part.told_at.astimezone(reader.speaker.zone).date()
        name = _who(reader, part)
        yield reader.say(
            say("{group}: told on {day} ({channel}).", group=name, day=day, channel=by)
            if by
            else say("{group}: told on {day}.", group=name, day=day)
        )


def who_was_not(reader: Reader) -> Iterator[str]:
    """Yield for each group that was not told: how many, what was decided, and why."""
    for part in parts(reader):
        if part.told_at is not None:
            continue
        name = _who(reader, part)
        if part.is_declined:
            ground = _ground(part)
            yield reader.say(
                say("{group}: not told; {ground}.", group=name, ground=ground)
                if ground
                else say("{group}: not told.", group=name)
            )
        elif is_open(part):
            yield reader.say(say("{group}: not told; it is not decided yet.", group=name))
        else:
            yield reader.say(say("{group}: not told yet; it is decided to tell them.", group=name))
        if part.decision is not None and part.decision.outcome is not Outcome.YES:
            yield part.decision.rationale.strip()


def messages(reader: Reader) -> str:
    """Return what each group was told, in its own words or in the letter sent to it."""
    said: dict[str, list[str]] = {}
    for part in parts(reader):
        text = _message_to(reader, part) if part.told_at is not None else ""
        if text:
            said.setdefault(text, []).append(_who(reader, part))
    if len(said) < 2:  # noqa: PLR2004 - one message needs no names
        return "".join(said)
    texts = (
        reader.say(say("To {groups}:", groups=", ".join(who))) + "\n" + text
        for text, who in said.items()
    )
    return "\n\n".join(texts)


def _message_to(reader: Reader, part: Told) -> str:
    own = part.group.answers.get(_MESSAGE) if part.group else None
    if own is not None and isinstance(own.value, str):
        return own.value.strip()
    letters = {one.id: one for one in reader.case.documents if one.kind in LETTERS}
    papers = (letters.get(one.document_id or "") for one in _sendings(reader, part))
    found = [one for one in papers if one is not None]
    theirs = [one.text.strip() for one in found if one.group_id and one.text]
    texts = [*theirs, reader.words(_MESSAGE), *(one.text.strip() for one in found)]
    return next((one for one in texts if one), "")


def _sendings(reader: Reader, part: Told) -> tuple[Dispatch, ...]:
    """Return the sendings by which these people were told."""
    sent = reader.sendings(Duty.INFORM_SUBJECTS)
    return tuple(one for one in sent if one.sent_at and concerns(one, part.group))


def called(reader: Reader, group: CaseGroup) -> str:
    """Return a group's name and how many they are."""
    return _counted(reader, group.name, group.number)


def _who(reader: Reader, part: Told) -> str:
    if part.group is not None:
        return called(reader, part.group)
    return _counted(reader, reader.say(say("Everybody else")), _rest(reader))


def _rest(reader: Reader) -> int | None:
    """Return how many are in no group; None where a number is not known."""
    everybody, each = reader.value(NUMBER), [one.number for one in reader.case.groups]
    known = [one for one in each if one is not None]
    if not isinstance(everybody, int) or len(known) < len(each):
        return None
    return max(everybody - sum(known), 0) or None


def _counted(reader: Reader, name: str, number: int | None) -> str:
    if number is None:
        return name
    return reader.say(say("{group} ({count})", group=name, count=reader.speaker.number(number)))

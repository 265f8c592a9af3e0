"""Groups of people whose data differ: each has its own assessment, and the worst is the case's.

Art. 33(1) GDPR asks about the breach as a whole, Art. 34(1) about the people: the notification
follows the group that is hit worst, telling people is advised for each group by itself.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from breachdesk.rules.advice import Advice, Assessed, Doubts, GroupAssessed, Reason
from breachdesk.rules.doubts import doubts_about
from breachdesk.rules.duties import LEVELS
from breachdesk.rules.questionnaire import Answers, AnswerValue
from breachdesk.rules.reading import Reading
from breachdesk.rules.wording import number_words, reason
from breachdesk.terms import Duty, Owed, RiskLevel, Words

LETTER_QUESTIONS = (
    "data_types_text",
    "data_subjects_text",
    "impacts",
    "impacts_text",
    "message_content",
    "advice_to_subjects",
)
"""What a group's letter may say in words of its own, beside the questions about risk."""
NUMBER, BASIS = "people_number", "people_basis"
_COUNTED = ("exact", "approximate")
_SEVERITY = (Owed.NO, Owed.UNDETERMINED, Owed.YES)
_TELLS = {
    Owed.YES: "group_told",
    Owed.NO: "group_not_told",
    Owed.UNDETERMINED: "group_open",
}
_DECIDES = "group_decides"
GROUP_REASONS = frozenset({*_TELLS.values(), _DECIDES})
"""Rules of the reasons that name a group."""


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupAnswers:
    """A group as the rules see it."""

    id: str
    name: str
    number: int | None = None
    """How many they are; None when nobody has said: then the number of all counts."""
    own: Mapping[str, AnswerValue]
    """Its own answers, None for not known yet; for the rest those given for everybody count."""

    def over(self, common: Answers) -> dict[str, AnswerValue]:
        """Return what stands over the answers for everybody: its own, and how many they are."""
        if self.number is None:
            return dict(self.own)
        basis = common.get(BASIS)
        how = basis if basis in _COUNTED else "approximate"
        return {**self.own, BASIS: how, NUMBER: self.number}


def together(
    reading: Reading, whole: Assessed, parts: Sequence[GroupAssessed], *, weighs: bool
) -> Assessed:
    """Return the assessment of the case: the worst of the whole and its groups.

    Args:
        reading: The answers for everybody, with the readings of the groups in it.
        whole: The assessment of the answers for everybody alone.
        parts: The groups, in the reading's order.
        weighs: Does what is owed hang on the risk?
    """
    low, high = reading.levels
    leader = _leader(reading, parts)
    shown = whole if leader is None else leader.assessed
    advice = [_worst(one, reading, parts) if weighs else one for one in whole.advice]
    return replace(
        shown,
        risk=LEVELS[low] if low == high else RiskLevel.UNDETERMINED,
        advice=tuple(advice),
        problems=whole.problems,
        doubts=doubts_about(reading) if weighs else Doubts(),
        people_groups=tuple(parts),
        led_by="" if leader is None else leader.id,
    )


def _leader(reading: Reading, parts: Sequence[GroupAssessed]) -> GroupAssessed | None:
    """Return the group that is hit worst; None where the answers for everybody are as bad."""
    ends = [(one.at_worst.level, one.at_best.level) for one in (reading, *reading.groups)]
    place = ends.index(max(ends))
    return parts[place - 1] if place else None


def _worst(advice: Advice, reading: Reading, parts: Sequence[GroupAssessed]) -> Advice:
    """Return the advice on one duty: as firm as the group that is hit worst makes it."""
    if advice.duty not in reading.thresholds:
        return advice
    theirs = [(one, found) for one in parts if (found := one.assessed.for_duty(advice.duty))]
    every = [advice, *(found for _, found in theirs)]
    owed = max((one.owed for one in every), key=_SEVERITY.index)
    first = next(one for one in every if one.owed is owed)
    reasons = (*first.reasons, *_told(advice.duty, reading, theirs, by_group=first is not advice))
    deciding = dict.fromkeys(
        question for one in every if one.owed is owed for question in one.deciding
    )
    return Advice(
        duty=advice.duty,
        owed=owed,
        reasons=reasons,
        cites=tuple(dict.fromkeys(cite for one in reasons for cite in one.cites)),
        deciding=tuple(deciding),
    )


def _told(
    duty: Duty,
    reading: Reading,
    theirs: Sequence[tuple[GroupAssessed, Advice]],
    *,
    by_group: bool,
) -> tuple[Reason, ...]:
    """Return what the groups add: whom the notification follows, or whom to tell."""
    if duty is Duty.INFORM_SUBJECTS:
        return tuple(_about(reading, _TELLS[found.owed], one) for one, found in theirs)
    if not by_group:
        return ()
    worst = max(theirs, key=lambda pair: _SEVERITY.index(pair[1].owed))[0]
    return (_about(reading, _DECIDES, worst),)


def _about(reading: Reading, ground: str, group: GroupAssessed) -> Reason:
    pack = reading.pack
    risk = group.assessed.risk
    level = pack.risk_words.get(risk) or pack.grounds["unknown"].text
    return reason(
        reading.form, pack, pack.grounds[ground], {}, group=called(group.name, group.number),
        level=level,
    )  # fmt: skip


def called(name: str, number: int | None) -> Words:
    """Return a group as it stands in a sentence: its name, and how many they are."""
    if number is None:
        return Words(f"“{name}”", f"«{name}»", f"«{name}»", typed=(name,))
    many = number_words(number)
    return Words(
        f"“{name}” ({many.en})", f"«{name}» ({many.nb})", f"«{name}» ({many.nn})", typed=(name,)
    )

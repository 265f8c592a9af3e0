"""The answers read twice: with all that is unknown at its best, and at its worst.

Where both judgements agree on a duty, its advice is firm. Where they differ it is undetermined, and
`deciding` names the open questions that would settle it.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from itertools import combinations

from breachdesk.rules.duties import LEVELS, Judgement, judge
from breachdesk.rules.pack import RulePack
from breachdesk.rules.questionnaire import (
    Answers,
    AnswerValue,
    Condition,
    Questionnaire,
    is_unknown,
)
from breachdesk.rules.situation import Sheet, Situation, known, lay_out, open_questions, settle
from breachdesk.terms import Duty, Owed, Role

MOST_TOGETHER = 3
"""Up to how many questions are tried together when no single one settles an advice."""

MANY_OPEN = 8
"""With more open questions than this, only single ones and pairs are tried."""


@dataclass(frozen=True, slots=True)
class Reading:
    """The answers as read, and both judgements of them."""

    form: Questionnaire
    pack: RulePack
    sheet: Sheet
    outside: Condition
    values: Mapping[str, AnswerValue]
    """What is known, of questions that are asked."""
    unknown: tuple[str, ...]
    """What is asked and not known, in the form's order."""
    best: Situation
    worst: Situation
    at_best: Judgement
    at_worst: Judgement
    own: Answers = field(default_factory=dict)
    """Of a group of people: the answers of its own, over those for everybody."""
    groups: tuple["Reading", ...] = ()
    """The readings of the groups that are judged beside this one; the worst counts."""

    @property
    def levels(self) -> tuple[int, int]:
        """Return the levels at best and at worst; those of the groups count where they are worse.

        Each end on its own: at its best, the whole is as bad as the best of the worst group.
        """
        every = (self, *self.groups)
        low = max(one.at_best.level for one in every)
        return low, max(one.at_worst.level for one in every)

    @property
    def thresholds(self) -> Mapping[Duty, int]:
        """From which place in `LEVELS` each duty is owed: Art. 33(1) and 34(1) GDPR."""
        return {duty: LEVELS.index(risk) for duty, risk in self.pack.owed_from.items()}

    def owed(self, duty: Duty) -> Owed:
        """Return whether the duty's threshold is reached in both judgements, in none or in one."""
        return owed(*self.levels, self.thresholds[duty])

    def turned(self, questions: Iterable[str], *, worst: bool) -> Judgement:
        """Return the judgement with all unknown at one extreme, and some at the other."""
        settled = settle(
            self.sheet, self.values, self.outside, worst=worst, turned=frozenset(questions)
        )
        return judge(Situation(settled, self.sheet, self.pack))


def owed(best: int, worst: int, threshold: int) -> Owed:
    """Return what is owed when a level lies between `best` and `worst`."""
    if best >= threshold:
        return Owed.YES
    return Owed.NO if worst < threshold else Owed.UNDETERMINED


def read(
    form: Questionnaire,
    pack: RulePack,
    answers: Answers,
    *,
    role: Role,
    sheet: Sheet | None = None,
    own: Iterable[Answers] = (),
) -> Reading:
    """Return the answers judged at their best and at their worst.

    Args:
        form: The questionnaire `risk`.
        pack: The rules in force.
        answers: All answers, None for not known yet.
        role: What we are for this processing.
        sheet: The form laid out, where it is at hand.
        own: Of each group of people that is judged beside the whole: the answers of its own.
    """
    sheet = sheet or lay_out(form)
    outside = _outside(answers, role)
    values = known(sheet, answers, outside)
    unknown = open_questions(sheet, values, outside)
    best = Situation(settle(sheet, values, outside, worst=False), sheet, pack)
    if unknown:
        worst = Situation(settle(sheet, values, outside, worst=True), sheet, pack)
        judgements = judge(best), judge(worst)
    else:
        worst, judgements = best, (judge(best),) * 2
    whole = Reading(form, pack, sheet, outside, values, unknown, best, worst, *judgements)
    groups = (
        replace(read(form, pack, {**answers, **one}, role=role, sheet=sheet), own=one)
        for one in own
    )
    return replace(whole, groups=tuple(groups))


def _outside(answers: Answers, role: Role) -> Condition:
    """Return what conditions may name beside the form's own questions, as far as it is known."""
    known_ones = {name: value for name, value in answers.items() if not is_unknown(value)}
    return {**{name: _texts(value) for name, value in known_ones.items()}, "role": (role.value,)}


def _texts(value: AnswerValue) -> tuple[str, ...]:
    if isinstance(value, bool):
        return ("true" if value else "false",)
    return tuple(value) if isinstance(value, tuple | list) else (str(value),)


def reread(reading: Reading, answers: Answers) -> tuple[int, int]:
    """Return the levels at best and at worst for other values of the same form.

    A group follows a changed answer unless it has one of its own.
    """
    low, high = _reread(reading, answers)
    if reading.groups:
        values = reading.values
        changed = {key: value for key, value in answers.items() if values.get(key) != value}
        for one in reading.groups:
            follows = {key: value for key, value in changed.items() if key not in one.own}
            ends = _reread(one, {**one.values, **follows})
            low, high = max(low, ends[0]), max(high, ends[1])
    return low, high


def _reread(reading: Reading, answers: Answers) -> tuple[int, int]:
    sheet, outside = reading.sheet, reading.outside
    values = known(sheet, answers, outside)
    best = settle(sheet, values, outside, worst=False)
    low = judge(Situation(best, sheet, reading.pack)).level
    if len(best) == len(values):
        return low, low
    worst = settle(sheet, values, outside, worst=True)
    return low, judge(Situation(worst, sheet, reading.pack)).level


def deciding(reading: Reading, duty: Duty) -> tuple[str, ...]:
    """Return the open questions that would settle a duty's advice.

    Those that can settle it alone; where none can, the members of every pair that can, then of
    every three. Advice is settled when the answer no longer depends on what stays unknown.
    """
    threshold = reading.thresholds[duty]
    most = MOST_TOGETHER if len(reading.unknown) <= MANY_OPEN else MOST_TOGETHER - 1
    for size in range(1, most + 1):
        found = {
            one
            for group in combinations(reading.unknown, size)
            if _settles(reading, group, threshold)
            for one in group
        }
        if found:
            return tuple(one for one in reading.unknown if one in found)
    return reading.unknown


def _settles(reading: Reading, group: tuple[str, ...], threshold: int) -> bool:
    """Can answers to these questions make the advice the same whatever the others are?"""
    return (
        reading.turned(group, worst=True).level < threshold
        or reading.turned(group, worst=False).level >= threshold
    )

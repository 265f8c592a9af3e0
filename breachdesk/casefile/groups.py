"""The groups of people of one case: what they are, what was decided for each, who was told."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from breachdesk.casefile.clocks import is_declined, standing
from breachdesk.casefile.given import as_value
from breachdesk.records import Answer, Decision, Dispatch, PeopleGroup
from breachdesk.rules.advice import Assessed
from breachdesk.rules.groups import NUMBER, GroupAnswers
from breachdesk.rules.questionnaire import Answers
from breachdesk.terms import Duty, Matter, Outcome, Owed


@dataclass(frozen=True, kw_only=True)
class CaseGroup:
    """One group of people with data of their own."""

    rows: tuple[PeopleGroup, ...]
    """Its history, oldest first; the last counts."""
    answers: Mapping[str, Answer]
    """Its own answers, each as if given in a form, with who gave it and when."""
    given: Answers
    """Everything as the rules read it for them: its own answers over those for everybody."""
    assessed: Assessed | None = None
    """The advice on the answers as they stand."""
    decision: Decision | None = None
    """Whether to tell them: their own decision, else one for everybody since they were named."""
    is_declined: bool = False
    """Was it decided that they need not be told?"""
    told_at: datetime | None = None
    """When they were first told, in UTC; None while they were not."""

    @property
    def id(self) -> str:
        """Stable over its rows."""
        return self.rows[-1].group_id

    @property
    def name(self) -> str:
        """What they are called."""
        return self.rows[-1].name

    @property
    def number(self) -> int | None:
        """How many they are; None when nobody has said."""
        return self.rows[-1].people

    @property
    def for_rules(self) -> GroupAnswers:
        """The group as the rules see it."""
        own = {question: as_value(answer) for question, answer in self.answers.items()}
        return GroupAnswers(id=self.id, name=self.name, number=self.number, own=own)


def read_groups(log: Iterable[PeopleGroup], given: Answers) -> tuple[CaseGroup, ...]:
    """Return the groups that were not taken out, in the order they were named."""
    rows: dict[str, list[PeopleGroup]] = {}
    for row in log:
        rows.setdefault(row.group_id, []).append(row)
    return tuple(_group(tuple(one), given) for one in rows.values() if not one[-1].is_removed)


def _group(rows: tuple[PeopleGroup, ...], given: Answers) -> CaseGroup:
    bare = CaseGroup(rows=rows, answers=_answers(rows), given=given)
    return CaseGroup(rows=rows, answers=bare.answers, given={**given, **bare.for_rules.over(given)})


def _answers(rows: Sequence[PeopleGroup]) -> dict[str, Answer]:
    """Return its own answers in force, each from the row that gave it."""
    found: dict[str, tuple[object, Answer]] = {}
    for row in rows:
        found = {
            question: found[question]
            if question in found and found[question][0] == said
            else (said, _answer(row, question, said))
            for question, said in row.answers.items()
        }
    return {question: answer for question, (_, answer) in found.items()}


def _answer(row: PeopleGroup, question: str, said: Mapping[str, object]) -> Answer:
    due = said.get("due")
    return Answer(
        id=row.id,
        seq=row.seq,
        recorded_at=row.recorded_at,
        recorded_by=row.recorded_by,
        incident_id=row.incident_id,
        question=question,
        form="risk",
        form_digest=str(row.forms.get("risk", "")),
        value=said.get("value"),
        is_unknown=bool(said.get("unknown")),
        owner=str(said.get("owner") or ""),
        due=datetime.fromisoformat(due) if isinstance(due, str) else None,
        reason=row.reason,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """Whether some people are to be told, and were: a group, or everybody in no group."""

    group: CaseGroup | None
    """None: everybody who is in no group."""
    decision: Decision | None
    is_declined: bool
    told_at: datetime | None

    @property
    def is_settled(self) -> bool:
        """Is nothing left to do for them?"""
        return self.is_declined or self.told_at is not None

    @property
    def is_to_be_told(self) -> bool:
        """Was it decided to tell them?"""
        return self.decision is not None and self.decision.outcome is Outcome.YES


def told_parts(
    groups: Sequence[CaseGroup],
    decisions: Sequence[Decision],
    dispatches: Sequence[Dispatch],
    given: Answers,
) -> tuple[Told, ...]:
    """Return how it stands with each group, and with those in none; empty without groups.

    What a group has of its own comes before what was decided or sent for everybody; the latter
    counts for a group only when it is later than the group, which nobody had in mind before.
    """
    if not groups:
        return ()
    parts = [_told(one, decisions, dispatches) for one in groups]
    if not covers_everybody(groups, given):
        parts.append(_told(None, decisions, dispatches))
    return tuple(parts)


def covers_everybody(groups: Sequence[CaseGroup], given: Answers) -> bool:
    """Are all people affected in a group? Only where every number is known is it certain."""
    everybody, numbers = given.get(NUMBER), [one.number for one in groups]
    known = [one for one in numbers if one is not None]
    return isinstance(everybody, int) and len(known) == len(numbers) and sum(known) >= everybody


def _told(
    group: CaseGroup | None, decisions: Sequence[Decision], dispatches: Sequence[Dispatch]
) -> Told:
    duty, matter = Duty.INFORM_SUBJECTS, Matter.INFORM_SUBJECTS
    about = [one for one in decisions if one.matter is matter and concerns(one, group)]
    own = [one for one in about if group and one.group_id == group.id]
    counting = own or about
    at = {one.id for one in counting}
    weighed = [one for one in decisions if one.matter is Matter.IS_BREACH or one.id in at]
    times = [
        one.sent_at
        for one in standing(dispatches)
        if one.duty is duty and one.sent_at and concerns(one, group)
    ]
    return Told(
        group=group,
        decision=counting[-1] if counting else None,
        is_declined=is_declined(
            [one.model_copy(update={"group_id": None}) for one in weighed], duty
        ),
        told_at=min(times, default=None),
    )


def told_together(told: Sequence[Told]) -> dict[Duty, tuple[datetime | None, bool]]:
    """Return when the last of those to be told was told, and whether nobody is; as `clocks` asks.

    Empty where the case has no groups.
    """
    if not told:
        return {}
    times = [one.told_at for one in told if not one.is_declined]
    known = [one for one in times if one is not None]
    last = max(known) if known and len(known) == len(times) else None
    return {Duty.INFORM_SUBJECTS: (last, not times)}


def settled(
    groups: Sequence[CaseGroup], current: Assessed, told: Sequence[Told]
) -> tuple[CaseGroup, ...]:
    """Return the groups with their advice, and with what was decided and done for them."""
    assessed = {one.id: one.assessed for one in current.people_groups}
    stands = {one.group.id: one for one in told if one.group}
    return tuple(
        replace(
            one,
            assessed=assessed.get(one.id),
            decision=stands[one.id].decision,
            is_declined=stands[one.id].is_declined,
            told_at=stands[one.id].told_at,
        )
        for one in groups
    )


def furthest(told: Sequence[Told]) -> Decision | None:
    """Return a decision to tell some of them; else, once all are decided, the one most open."""
    order = (Outcome.YES, Outcome.NOT_YET, Outcome.NO)
    made = [one.decision for one in told if one.decision is not None]
    if len(made) < len(told):
        made = [one for one in made if one.outcome is Outcome.YES]
    return min(made, key=lambda one: order.index(one.outcome), default=None)


def is_urgent(told: Told, groups: Sequence[CaseGroup]) -> bool:
    """Are these people to be told, by the desk's advice?"""
    group = next((one for one in groups if told.group and one.id == told.group.id), None)
    advice = group.assessed.for_duty(Duty.INFORM_SUBJECTS) if group and group.assessed else None
    return advice is not None and advice.owed is Owed.YES


def concerns(row: Decision | Dispatch, group: CaseGroup | None) -> bool:
    """Is it about a group, or about those in none? What was for everybody counts when later."""
    if group is None or row.group_id is not None:
        return row.group_id == (group.id if group else None)
    return row.seq > group.rows[0].seq

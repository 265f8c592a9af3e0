"""What to do in a kind of incident, step by step: which playbook fits, which of its steps apply."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from breachdesk.rules.questionnaire import Answers, Condition, holds
from breachdesk.terms import Words


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One thing to do."""

    id: str
    """Stands in no other playbook with other words."""
    text: Words
    why: Words
    owner: Words
    """The role whose work it is."""
    hours: int
    """By when, in hours since awareness; an aim of the house, never a deadline of the law."""
    only_if: Condition
    """Applies only when the answers meet this: keys AND, values OR."""
    cites: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Playbook:
    """The steps of one kind of incident."""

    id: str
    title: Words
    about: Words
    """In one sentence, when it is the right one."""
    fits: tuple[Condition, ...]
    """It fits the answers that meet one of these; what fits by an earlier one fits better."""
    steps: tuple[Step, ...]
    """What is due first comes first."""
    cites: tuple[str, ...]
    answers: Condition = field(default_factory=dict)
    """What choosing it for a new case says already: question id to the options that are chosen."""
    shortly: tuple[str, ...] = ()
    """The questions of a simple case of this kind, in the order they are asked."""

    def fit(self, answers: Answers) -> int | None:
        """Return how well it fits, 0 being best; None when nothing speaks for it."""
        places = (place for place, one in enumerate(self.fits) if holds(one, answers))
        return next(places, None)

    def applying(self, answers: Answers) -> tuple[Step, ...]:
        """Return the steps that apply to what is answered so far."""
        return tuple(one for one in self.steps if holds(one.only_if, answers))


def suggested(playbooks: Iterable[Playbook], answers: Answers) -> tuple[Playbook, ...]:
    """Return the playbooks that fit the answers, the best first; without answers, none."""
    fitting = [(one.fit(answers), one) for one in playbooks]
    ranked = [(fit, one) for fit, one in fitting if fit is not None]
    return tuple(one for _, one in sorted(ranked, key=lambda pair: pair[0]))

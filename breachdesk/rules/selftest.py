"""The rules against decided examples: what was decided, what we advise, and why.

The examples lie in ``forms/eu/cases`` and are answered in the desk's own questions. No rule speaks
of an example; the house's tests read the same files.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from breachdesk.rules.advice import Assessed, Reason
from breachdesk.rules.assessment import assess
from breachdesk.rules.decided import DecidedCase, Verdict
from breachdesk.rules.pack import RulePack
from breachdesk.rules.questionnaire import Questionnaire
from breachdesk.terms import Duty, Owed


class Shelf(Protocol):
    """What the check needs of the forms."""

    @property
    def cases(self) -> tuple[DecidedCase, ...]:
        """The decided examples."""

    @property
    def questionnaires(self) -> Mapping[str, Questionnaire]:
        """The forms by id."""

    def rule_pack(self, became_aware_at: datetime | None, now: datetime) -> RulePack:
        """Return the rules in force."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckedCase:
    """One example: what was decided and what the rules advise."""

    case: DecidedCase
    advised: Verdict
    agreed: bool
    reasons: tuple[Reason, ...]
    """What decided: of the advice on telling people where that is owed, else on notifying."""


def run(forms: Shelf, *, now: datetime) -> tuple[CheckedCase, ...]:
    """Return every decided example with our advice on it, by the rules in force at `now`."""
    form, pack = forms.questionnaires["risk"], forms.rule_pack(None, now)
    return tuple(check_case(form, pack, case) for case in forms.cases)


def check_case(form: Questionnaire, pack: RulePack, case: DecidedCase) -> CheckedCase:
    """Return one example with our advice on it."""
    assessed = assess(form, pack, case.answers, role=case.role, is_breach=case.is_breach)
    advised = _verdict(assessed)
    return CheckedCase(
        case=case,
        advised=advised,
        agreed=advised == case.expected,
        reasons=_reasons(assessed),
    )


def _verdict(assessed: Assessed) -> Verdict:
    authority, people = (
        _owed(assessed, Duty.NOTIFY_AUTHORITY),
        _owed(assessed, Duty.INFORM_SUBJECTS),
    )
    deciding = (one for advice in assessed.advice for one in advice.deciding)
    return Verdict(
        notify_authority=authority,
        inform_subjects=people,
        risk=assessed.risk,
        deciding=tuple(dict.fromkeys(deciding)),
    )


def _owed(assessed: Assessed, duty: Duty) -> Owed:
    advice = assessed.for_duty(duty)
    return advice.owed if advice else Owed.NO


def _reasons(assessed: Assessed) -> tuple[Reason, ...]:
    people = assessed.for_duty(Duty.INFORM_SUBJECTS)
    authority = assessed.for_duty(Duty.NOTIFY_AUTHORITY)
    telling = people if people and people.owed is Owed.YES else authority
    return telling.reasons if telling else ()

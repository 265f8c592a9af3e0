"""A decided example: facts, and what the guideline says follows. Tests and `selftest` read them."""

from dataclasses import dataclass

from breachdesk.rules.questionnaire import Answers
from breachdesk.terms import Owed, RiskLevel, Role, Words


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """What is expected of the advice."""

    notify_authority: Owed
    """Art. 33(1) GDPR."""
    inform_subjects: Owed
    """Art. 34(1) GDPR."""
    risk: RiskLevel
    deciding: tuple[str, ...] = ()
    """When something is undetermined: exactly the questions whose answers would settle it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DecidedCase:
    """One example, answered in the desk's own questions."""

    id: str
    """Such as ``01/2021-03``."""
    source: Words
    """Where it was decided, in words; `cites` names the source."""
    title: Words
    description: Words
    role: Role
    is_breach: bool | None
    """None where that was not in question."""
    answers: Answers
    """Question id to value; None for "not known yet"."""
    expected: Verdict
    cites: tuple[str, ...]

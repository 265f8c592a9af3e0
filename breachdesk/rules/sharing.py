"""What of a case may leave the house in a redacted copy: a list of fields, and nothing else."""

from collections.abc import Mapping
from dataclasses import dataclass

PARTS: Mapping[str, frozenset[str]] = {
    "case": frozenset(
        {
            "ref", "drill", "role", "regime", "nature", "status", "logged_at", "occurred_from",
            "occurred_to", "detected_at", "became_aware_at",
        }
    ),
    "clocks": frozenset({"duty", "state", "started_at", "deadline", "met_at"}),
    "assessment": frozenset({"at", "risk", "method", "score", "level"}),
    "decisions": frozenset({"matter", "group", "outcome", "ground", "at"}),
    "sendings": frozenset({"duty", "group", "sent_at"}),
}  # fmt: skip
"""The parts of a copy, and the fields each can have. None of them is free text or names anybody."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sharing:
    """What a form allows."""

    version: str
    fields: Mapping[str, tuple[str, ...]]
    """Part to its fields, in the form's order."""
    answers: tuple[str, ...]
    """Questions whose answers are shared; none of them is free text."""
    on_request: tuple[str, ...]
    """Questions of free text that may be shared when somebody asks for them by name."""

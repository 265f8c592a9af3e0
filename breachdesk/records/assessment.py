"""An assessment, kept as it was."""

from typing import Any

from sqlalchemy import JSON
from sqlmodel import Field

from breachdesk.records.base import KeptInCase, enum_text
from breachdesk.terms import RiskLevel


class Assessment(KeptInCase, table=True):
    """Answers used, pack and form versions, score, risk, advice and reasons as rendered."""

    pack: str
    """Rule pack id and version."""
    forms: dict[str, Any] = Field(default_factory=dict, sa_type=JSON)
    """Form id to digest."""
    answers: dict[str, Any] = Field(default_factory=dict, sa_type=JSON)
    """Question id to value; null for not known yet."""
    risk: RiskLevel = Field(sa_type=enum_text(RiskLevel))
    result: dict[str, Any] = Field(default_factory=dict, sa_type=JSON)
    """The whole `Assessed` as plain values, words in every language (rules.advice)."""

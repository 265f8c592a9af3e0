"""Finds, reads, checks and fingerprints forms/: the law as data (see forms/README.md)."""

from pathlib import Path

from breachdesk.forms.files import find_forms
from breachdesk.forms.library import Forms, load
from breachdesk.message import Message

__all__ = ["Forms", "check", "find_forms", "load"]


def check(folder: Path, extra: Path | None = None) -> tuple[tuple[str, Message], ...]:
    """Return each problem in forms/ with the file it is in; none when all holds together."""
    from breachdesk.forms.checking import check as list_problems

    return list_problems(folder, extra)

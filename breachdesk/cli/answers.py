"""Answers as handed in: a TOML file, ``--set``, ``--unknown``, ``--clear`` put on one sheet."""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import TYPE_CHECKING

from breachdesk.cli.errand import Errand
from breachdesk.cli.inputs import due, read_file, text_of
from breachdesk.errors import AnswersRefusedError, RefusedError, with_remedy
from breachdesk.message import Message, say
from breachdesk.settings.complaints import toml_complaint

if TYPE_CHECKING:
    from breachdesk.desk import Sheet

_MOST_BYTES = 1_000_000
_TABLES = ("answers", "unknown")
_WHO_AND_WHEN = ("owner", "due")
Problems = dict[str, Message]


@dataclass
class HandedIn:
    """What was handed in so far."""

    values: dict[str, object] = field(default_factory=dict)
    unknown: dict[str, tuple[str, datetime | None]] = field(default_factory=dict)
    cleared: list[str] = field(default_factory=list)
    confirmed: list[str] = field(default_factory=list)
    problems: Problems = field(default_factory=dict)

    def sheet(self) -> "Sheet":
        """Return the sheet.

        Raises:
            AnswersRefusedError: something on it could not be read.
            RefusedError: nothing stands on it.
        """
        from breachdesk.desk import Sheet

        if self.problems:
            raise AnswersRefusedError(tuple(self.problems.items()))
        if not (self.values or self.unknown or self.cleared or self.confirmed):
            raise RefusedError(
                say("No answer was handed in."),
                say("Use --set ID=VALUE, --unknown ID, --clear ID, --confirm ID or --file F.toml."),
            )
        return Sheet(
            values=self.values,
            unknown=self.unknown,
            cleared=tuple(self.cleared),
            confirmed=tuple(self.confirmed),
        )


def from_flags(
    errand: Errand,
    handed: HandedIn,
    settings: Sequence[str],
    unknown: Sequence[str],
    clear: Sequence[str],
    confirm: Sequence[str],
    *,
    owner: str,
    due_text: str | None,
) -> None:
    """Put what the flags say on the sheet."""
    for setting in settings:
        question, equals, value = setting.partition("=")
        if not equals or not question.strip():
            raise RefusedError(
                say("“{text}” is no answer.", text=setting[:80]),
                say("Write it as --set ID=VALUE, such as --set people_number=212."),
            )
        handed.values[question.strip()] = text_of(errand, value, f"--set {question}")
    if not unknown and (owner or due_text is not None):
        raise RefusedError(
            say("--owner and --due belong to what is not known yet."),
            say("Name the question with --unknown ID."),
        )
    _take_unknown_ones(errand, handed, [one.strip() for one in unknown], owner, due_text)
    handed.cleared.extend(question.strip() for question in clear)
    handed.confirmed.extend(question.strip() for question in confirm)


def from_toml(errand: Errand, name: str, handed: HandedIn) -> None:
    """Put a file's ``[answers]`` and ``[unknown]`` on the sheet.

    Raises:
        RefusedError: It cannot be read, is no TOML, or has other tables.
    """
    text = (
        text_of(errand, "-", "--file") if name == "-" else read_file(Path(name), most=_MOST_BYTES)
    )
    try:
        tables = tomllib.loads(text)
    except (ValueError, RecursionError) as error:
        raise RefusedError(
            say("{file} is not TOML: {why}.", file=name, why=toml_complaint(error)),
            say("Correct that line; a text stands in quotation marks."),
        ) from error
    for key, table in tables.items():
        if key not in _TABLES or not isinstance(table, dict):
            raise RefusedError(
                say("{file}: “{key}” is not known there.", file=name, key=key),
                say("The file has two tables: [answers] and [unknown]."),
            )
    for question, value in tables.get("answers", {}).items():
        handed.values[question] = _plain(value)
    for question, value in tables.get("unknown", {}).items():
        _take_unknown(errand, handed, question, value)


def _plain(value: object) -> object:
    """Return a TOML time as text, to be read like one that is typed."""
    if isinstance(value, datetime):
        return (
            value.astimezone(UTC).isoformat() if value.tzinfo else value.isoformat(" ", "seconds")
        )
    return value.isoformat() if isinstance(value, date | time) else value


def _take_unknown(errand: Errand, handed: HandedIn, question: str, value: object) -> None:
    if value is True:
        value = {}
    if not isinstance(value, Mapping) or not set(value) <= set(_WHO_AND_WHEN):
        handed.problems[question] = say(
            "Write it as {example}.", example='{ owner = "Ola", due = "tomorrow 12:00" }'
        )
        return
    owner, by_when = value.get("owner", ""), _plain(value.get("due"))
    if not isinstance(owner, str) or not isinstance(by_when, str | None):
        handed.problems[question] = say("Owner and due time are texts.")
        return
    _take_unknown_ones(errand, handed, [question], owner, by_when)


def _take_unknown_ones(
    errand: Errand,
    handed: HandedIn,
    questions: Sequence[str],
    owner: str,
    by_when: str | None,
) -> None:
    """Put "not known yet" on the sheet; a due time that cannot be read is a problem of each."""
    try:
        moment = due(errand, by_when) if by_when and questions else None
    except RefusedError as error:
        handed.problems.update(dict.fromkeys(questions, with_remedy(error)))
    else:
        handed.unknown.update(dict.fromkeys(questions, (owner, moment)))

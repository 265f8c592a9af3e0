"""Parameters that several commands share, with their help and what completion offers."""

from collections.abc import Callable, Iterable
from enum import StrEnum
from typing import Annotated, Any

import typer

from breachdesk.errors import RefusedError
from breachdesk.message import Message, say
from breachdesk.terms import DocumentKind, Duty, Phase


def words_of(kind: type[StrEnum]) -> Callable[[], list[str]]:
    """Return what completion offers for a closed list."""
    return lambda: [one.value for one in kind]


def choices(kind: Iterable[StrEnum]) -> str:
    """Return a closed list as it stands in a usage line."""
    return "|".join(one.value for one in kind)


def argument(metavar: str, about: Message, offers: Callable[[], list[str]] | None = None) -> Any:  # noqa: ANN401 - Typer's
    """Return a positional parameter."""
    return typer.Argument(
        metavar=metavar, help=about.text, show_default=False, autocompletion=offers
    )


def option(
    name: str,
    metavar: str,
    about: Message,
    offers: Callable[[], list[str]] | None = None,
) -> Any:  # noqa: ANN401 - Typer's
    """Return an option with a value."""
    return typer.Option(
        name, metavar=metavar, help=about.text, show_default=False, autocompletion=offers
    )


def flag(name: str, about: Message) -> Any:  # noqa: ANN401 - Typer's
    """Return an option without a value."""
    return typer.Option(name, help=about.text, show_default=False)


Ref = Annotated[str, argument("REF", say("The case: BD-2026-007, or 7 for the newest number 7."))]
FormId = Annotated[
    str, argument("FORM", say("Which form: facts or risk."), lambda: ["facts", "risk"])
]
Because = Annotated[
    str, option("--because", "TEXT", say("Why; stays in the record. - is standard input."))
]
Kind = Annotated[
    str,
    argument("KIND", say("Which paper, such as notification."), words_of(DocumentKind)),
]
GroupOption = Annotated[
    str | None,
    option("--group", "NAME", say("For this group of people alone; “group list” shows them.")),
]
PhaseOption = Annotated[
    str | None,
    option("--phase", "PHASE", say("Which part of a notification in phases."), words_of(Phase)),
]
DutyOption = Annotated[
    str | None, option("--duty", "DUTY", say("Which duty it meets."), words_of(Duty))
]
Out = Annotated[str | None, option("--out", "FILE", say("Write to this file."))]
Force = Annotated[bool, flag("--force", say("Write over a file that is there."))]
At = Annotated[
    str | None, option("--at", "WHEN", say("When it was: 14:30, yesterday 14:30, 40 min ago."))
]


def maybe_group(name: str | None) -> str:
    """Return a group's name as it was given; empty for everybody.

    Raises:
        RefusedError: It was given, and is empty.
    """
    if name is not None and not name.strip():
        raise RefusedError(
            say("--group has no name."), say("Name a group of the case, or leave it out.")
        )
    return (name or "").strip()

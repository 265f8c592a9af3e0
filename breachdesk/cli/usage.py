"""A command line that cannot be read, in one sentence and in the reader's language.

Typer's own errors are English and several lines long; they are known here by their class's name.
"""

from typing import Any

import typer

from breachdesk.cli.placeholders import placeholder
from breachdesk.errors import RefusedError
from breachdesk.message import Message, say

_NO_COMMAND = "Missing command."
"""What Typer says of a group of commands that is called alone."""


def refusal(error: typer.TyperException, command: str = "") -> RefusedError:
    """Return what Typer found wrong, in our words; `command` is the word that was typed first."""
    told: Any = error
    option = str(getattr(told, "option_name", ""))
    match type(error).__name__:
        case "NoSuchOption":
            near = getattr(told, "possibilities", None) or ()
            what = say("There is no option {option} here.", option=option)
            if near:
                return RefusedError(
                    what, say("Did you mean {options}?", options=", ".join(sorted(near)))
                )
            return RefusedError(
                what, _see_help(told, command) if option.startswith("--") else _after_dashes(option)
            )
        case "MissingParameter" | "UsageError" if missing := _missing(told):
            return RefusedError(say("{name} is missing.", name=missing), _see_help(told, command))
        case "BadOptionUsage" if "not take" in error.message:
            return RefusedError(
                say("{option} takes no value.", option=option), _see_help(told, command)
            )
        case "BadOptionUsage" | "BadArgumentUsage":
            return RefusedError(
                say("{option} needs a value after it.", option=option), _see_help(told, command)
            )
        case _:
            return RefusedError(
                say("The command line cannot be read: {why}", why=error.format_message()),
                _see_help(told, command),
            )


def one_word_too_many(extra: list[str], path: str) -> RefusedError:
    """Return the refusal of words that no argument is left for."""
    return RefusedError(
        say("“{words}” is too much on the line.", words=" ".join(extra)[:80]),
        say(
            "Put quotation marks around a text of several words; “{command}” shows the rest.",
            command=f"{path} --help",
        ),
    )


def no_such_command(word: str, near: list[str], path: str) -> RefusedError:
    """Return the refusal of a word that is no command."""
    likely = say("Did you mean {commands}?", commands=", ".join(near))
    lists = say("“{command}” lists the commands.", command=f"{path} --help")
    return RefusedError(say("There is no command “{word}”.", word=word), likely if near else lists)


def _after_dashes(word: str) -> Message:
    """Return how a text that begins with a hyphen is typed: it was taken for an option."""
    return say("A text that begins with - stands last, after --, like: -- “{word}”.", word=word)


def _missing(error: Any) -> Message | None:  # noqa: ANN401 - Typer's error
    """Return what is missing on the line; None when that is not what is wrong."""
    if error.message == _NO_COMMAND:
        return placeholder("COMMAND")
    if type(error).__name__ == "UsageError":
        return None
    param = getattr(error, "param", None)
    if param is None:
        return Message("?")
    options = [one for one in param.opts if one.startswith("--")]
    return placeholder(str(options[0] if options else param.metavar or param.name.upper()))


def _see_help(error: Any, command: str) -> Message:  # noqa: ANN401 - Typer's error
    context = getattr(error, "ctx", None)
    path = context.command_path if context is not None else f"breachdesk {command}".strip()
    return say("“{command}” shows how it is written.", command=f"{path} --help")

"""Commands whose help is written in the reader's language, and that refuse in our own words.

A command's texts are English sentences (``say("…").text``), the catalogue's ids; they are
translated when they are drawn. Examples stand in the epilog, a line each.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from difflib import get_close_matches
from enum import StrEnum
from typing import Any

from typer.core import TyperCommand, TyperGroup

from breachdesk.cli.placeholders import placeholder
from breachdesk.cli.stage import Scene
from breachdesk.cli.usage import no_such_command, one_word_too_many
from breachdesk.language.catalogue import catalogue
from breachdesk.language.words import english
from breachdesk.message import Message, say
from breachdesk.terms import DocumentKind, Duty, Ground, Matter, Phase

Translate = Callable[[str], str]
"""Says an English sentence, or a placeholder, in the reader's language."""
USAGE = say("Usage")
EXAMPLES = say("Examples")
ARGUMENTS = say("Arguments")
OPTIONS = say("Options")
COMMANDS = say("Commands")
_GROUPS: tuple[tuple[Message, str], ...] = (
    (
        say("When something has happened"),
        "new note task answer group assess clock decide draft issue altinn sent",
    ),
    (say("What presses, and what is known"), "due list show timeline form"),
    (
        say("Put right, and close"),
        "aware correct unsent close reopen",
    ),
    (say("More papers and proof"), "letters edpb evidence attach attachment register figures"),
    (
        say("Keeping the desk"),
        (
            "verify anchor backup restore lock rekey export signing-key import hold erase doctor "
            "locate"
        ),
    ),
    (say("Beginning, and trying out"), "demo init organisation selftest"),
)
"""How the commands are listed: first what the first hour needs, in the line of the work."""
_LISTS: dict[str, tuple[type[StrEnum], tuple[StrEnum, ...]]] = {
    "MATTER": (Matter, tuple(Matter)),
    "GROUND": (Ground, tuple(Ground)),
    "KIND": (DocumentKind, tuple(DocumentKind)),
    "PHASE": (Phase, tuple(Phase)),
    "DUTY": (Duty, tuple(one for one in Duty if one is not Duty.RECORD)),
}
"""Placeholder to the closed list that stands under a help page, each word with its meaning."""
_TYPERS_OWN = (
    say("Install completion for the current shell."),
    say("Show completion for the current shell, to copy it or customize the installation."),
    say("Show this message and exit."),
)
"""Sentences of Typer's that we translate; they stand here for the catalogue to find."""


class SpokenCommand(TyperCommand):
    """One command."""

    allow_extra_args = True
    """So that words too many are refused by us, below."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:  # noqa: ANN401 - Typer's
        """Read the arguments and refuse what is left over."""
        rest = super().parse_args(ctx, args)
        if rest and not ctx.resilient_parsing:
            raise one_word_too_many(rest, ctx.command_path)
        return rest

    def format_help(self, ctx: Any, formatter: Any) -> None:  # noqa: ANN401 - Typer's
        """Write the help page."""
        _write_page(self, ctx, formatter, ())


class SpokenGroup(TyperGroup):
    """A command with commands under it."""

    def resolve_command(self, ctx: Any, args: list[str]) -> tuple[Any, Any, list[str]]:  # noqa: ANN401 - Typer's
        """Find the command, or say which is near."""
        word = args[0]
        if word not in self.commands and not word.startswith("-") and not ctx.resilient_parsing:
            near = get_close_matches(word, list(self.commands))
            raise no_such_command(word, near, ctx.command_path)
        return super().resolve_command(ctx, args)

    def format_help(self, ctx: Any, formatter: Any) -> None:  # noqa: ANN401 - Typer's
        """Write the help page."""
        commands = [(name, one) for name, one in self.commands.items() if not one.hidden]
        _write_page(self, ctx, formatter, commands)


def _write_page(
    command: TyperCommand | TyperGroup,
    ctx: Any,  # noqa: ANN401 - Typer's
    formatter: Any,  # noqa: ANN401 - Typer's
    commands: Iterable[tuple[str, Any]],
) -> None:
    in_words = _translator(ctx)
    params = [one for one in command.get_params(ctx) if not getattr(one, "hidden", False)]
    formatter.write_usage(
        ctx.command_path,
        " ".join(_usage(params, commands, in_words)),
        prefix=f"{in_words(USAGE.text)}: ",
    )
    if command.help:
        formatter.write_paragraph()
        formatter.write_text(in_words(command.help))
    if command.epilog:
        with formatter.section(in_words(EXAMPLES.text)):
            for line in command.epilog.splitlines():
                formatter.write(f"  {in_words(line)}\n")
    for heading, kind in ((ARGUMENTS, "argument"), (OPTIONS, "option")):
        rows = [
            (_name(one, in_words), in_words(getattr(one, "help", None) or ""))
            for one in params
            if one.param_type_name == kind
        ]
        _write_rows(formatter, in_words(heading.text), rows)
    for param in params:
        _write_list(formatter, ctx, str(param.metavar), in_words)
    for group, inside in _grouped(list(commands)):
        rows = [(name, _first_sentence(in_words(one.help or ""))) for name, one in inside]
        _write_rows(formatter, in_words(group.text), rows)


def _grouped(commands: list[tuple[str, Any]]) -> Iterator[tuple[Message, list[tuple[str, Any]]]]:
    """Yield the commands by group; those of a command with commands under it stand together."""
    known = dict(commands)
    left = set(known)
    if not left & set(_GROUPS[0][1].split()):
        yield COMMANDS, commands
        return
    for heading, names in _GROUPS:
        inside = [(name, known[name]) for name in names.split() if name in left]
        left.difference_update(names.split())
        yield heading, inside
    yield COMMANDS, [one for one in commands if one[0] in left]


def _write_list(formatter: Any, ctx: Any, metavar: str, in_words: Translate) -> None:  # noqa: ANN401
    """Write what a placeholder may be, each value with its word in the reader's language."""
    if metavar not in _LISTS:
        return
    kind, values = _LISTS[metavar]
    said = catalogue(_lang(ctx))
    rows = [
        (one.value, said.pgettext(kind.__name__, english(kind.__name__, one.value)))
        for one in values
    ]
    _write_rows(formatter, in_words(placeholder(metavar).text), rows)


def _translator(ctx: Any) -> Translate:  # noqa: ANN401 - Typer's
    return catalogue(_lang(ctx)).gettext


def _lang(ctx: Any) -> str:  # noqa: ANN401 - Typer's
    scene = ctx.obj
    return scene.speaker.lang if isinstance(scene, Scene) else "en"


def _write_rows(formatter: Any, heading: str, rows: list[tuple[str, str]]) -> None:  # noqa: ANN401
    if rows:
        with formatter.section(heading):
            formatter.write_dl(rows)


def _usage(
    params: list[Any], commands: Iterable[tuple[str, Any]], in_words: Translate
) -> Iterator[str]:
    for one in params:
        if one.param_type_name == "argument":
            name = _name(one, in_words)
            yield name if one.required else f"[{name}]"
    if commands:
        yield f"{in_words(placeholder('COMMAND').text)} …"
    else:
        yield "[--…]"


def _name(param: Any, in_words: Translate) -> str:  # noqa: ANN401 - Typer's
    value = in_words(str(param.metavar or param.name.upper()))
    if param.param_type_name == "argument":
        return value
    names = ", ".join(sorted(param.opts, key=len, reverse=True))
    return names if param.is_flag else f"{names} {value}"


def _first_sentence(text: str) -> str:
    return re.split(r"(?<=[^\W\d_]{2})\. (?=[A-ZÆØÅ])", text, maxsplit=1)[0].rstrip(".")

"""How a command is declared: its own parameters, and those that every command has.

``--as NAME``, ``--lang`` and ``--json`` may stand before the command's name, after that of its
group or after its own; what stands last counts.
"""

import inspect
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Annotated, Any

import typer

from breachdesk.cli.errand import Errand, Flags
from breachdesk.cli.spoken import SpokenCommand, SpokenGroup
from breachdesk.cli.stage import Scene
from breachdesk.errors import RefusedError
from breachdesk.message import Message, say

Work = Callable[..., int | None]

AsName = Annotated[
    str | None,
    typer.Option("--as", metavar="NAME", help=say("Who acts; stands in the record.").text),
]
InLang = Annotated[
    str | None,
    typer.Option(
        "--lang",
        metavar="en|nb|nn",
        help=say("Language of what is said.").text,
        autocompletion=lambda: ["en", "nb", "nn"],
    ),
]
AsJson = Annotated[
    bool, typer.Option("--json", help=say("Give one JSON value and nothing else.").text)
]
_KEYWORD = inspect.Parameter.KEYWORD_ONLY


class PipeClosedError(Exception):
    """Whoever read our output has gone; nothing is said."""


@dataclass(frozen=True, slots=True)
class Counter:
    """A group of commands."""

    app: typer.Typer

    @classmethod
    def root(cls, **settings: Any) -> "Counter":  # noqa: ANN401 - Typer's
        """Return the group that all others are in."""
        return cls(
            typer.Typer(
                cls=SpokenGroup,
                rich_markup_mode=None,
                pretty_exceptions_enable=False,
                context_settings={"help_option_names": ["--help", "-h"], "max_content_width": 100},
                **settings,
            )
        )

    def group(self, name: str, about: Message) -> "Counter":
        """Return a group within this one."""
        inner = typer.Typer(cls=SpokenGroup, rich_markup_mode=None, no_args_is_help=False)
        inner.callback()(_take_shared)
        self.app.add_typer(inner, name=name, help=about.text)
        return Counter(inner)

    def command(
        self, name: str, about: Message, *examples: str | Message, gives_json: bool = True
    ) -> Callable[[Work], Work]:
        """Declare a function as a command: its first parameter is the errand.

        Args:
            name: As it is typed.
            about: What it does; the first sentence stands in the list of commands.
            examples: Whole command lines; a message where words of a language are in it.
            gives_json: It knows ``--json``.
        """

        def register(work: Work) -> Work:
            self.app.command(name, help=about.text, epilog=as_epilog(examples), cls=SpokenCommand)(
                _wrapped(name, work, gives_json=gives_json)
            )
            return work

        return register


def as_epilog(examples: Iterable[str | Message]) -> str | None:
    """Return examples as they stand under a help page, a line each; translated when drawn."""
    lines = (one.text if isinstance(one, Message) else one for one in examples)
    return "\n".join(lines) or None


def _wrapped(name: str, work: Work, *, gives_json: bool) -> Work:
    """Return the function as Typer calls it: with context and shared options, without errand."""

    def carry_out(ctx: typer.Context, **given: Any) -> int:  # noqa: ANN401 - Typer's
        scene = ctx.obj
        if not isinstance(scene, Scene):
            raise TypeError(name)
        _check_signs(given.values())
        flags = Flags(
            actor=given.pop("as_name", None),
            lang=given.pop("in_lang", None),
            as_json=given.pop("as_json", False),
        ).over(_outer_flags(ctx.parent))
        with Errand.begun(scene, name, flags) as errand:
            try:
                code = work(errand, **given) or 0
                if not code:
                    errand.sign()
            except BrokenPipeError as error:
                raise PipeClosedError from error
            return code

    own = list(inspect.signature(work, eval_str=True).parameters.values())[1:]
    shared = {"as_name": AsName, "in_lang": InLang, **({"as_json": AsJson} if gives_json else {})}
    carry_out.__signature__ = inspect.Signature(  # type: ignore[attr-defined]
        [
            inspect.Parameter("ctx", _KEYWORD, annotation=typer.Context),
            *(one.replace(kind=_KEYWORD) for one in own),
            *(
                inspect.Parameter(
                    name, _KEYWORD, annotation=kind, default=None if kind is not AsJson else False
                )
                for name, kind in shared.items()
            ),
        ]
    )
    carry_out.__annotations__ = {}
    return carry_out


def _take_shared(
    as_name: AsName = None,
    in_lang: InLang = None,
    as_json: AsJson = False,  # noqa: FBT002 - Typer's flag
) -> None:
    """Let the shared options stand after a group's name: the command in it reads them."""
    del as_name, in_lang, as_json


def _outer_flags(ctx: Any) -> Flags:  # noqa: ANN401 - Typer's, or None
    """Return what stood before the command's own name, after that of its group first."""
    if ctx is None:
        return Flags()
    given = ctx.params
    own = Flags(
        actor=given.get("as_name"), lang=given.get("in_lang"), as_json=bool(given.get("as_json"))
    )
    return own.over(_outer_flags(ctx.parent))


def _check_signs(values: Iterable[object]) -> None:
    """Refuse bytes that are no text: they could not be kept."""
    for value in values:
        if isinstance(value, list | tuple):
            _check_signs(value)
        elif isinstance(value, str) and any("\ud800" <= sign <= "\udfff" for sign in value):
            raise RefusedError(
                say("“{text}” holds bytes that are no text.", text=value[:40]),
                say("Type it in UTF-8, or hand it in with @FILE."),
            )

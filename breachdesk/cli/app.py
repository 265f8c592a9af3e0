"""All commands, group by group, and what ``breachdesk`` alone does: it opens the desk."""

import sys
from functools import cache
from typing import Annotated, Any

import typer

from breachdesk import __version__
from breachdesk.cli import (
    altinn,
    anchoring,
    answering,
    asking,
    attaching,
    checking,
    deciding,
    demonstrating,
    erasing,
    evidence,
    examples,
    founding,
    groups,
    incidents,
    keeping,
    letters,
    locking,
    looking,
    moving,
    packing,
    papers,
    rekeying,
    retaining,
    tasks,
    telling,
    template,
)
from breachdesk.cli.command import AsJson, AsName, Counter, InLang, as_epilog
from breachdesk.cli.errand import Flags
from breachdesk.cli.stage import Scene
from breachdesk.message import say

ABOUT = say(
    "The desk for a personal data breach: log, assess, clock, decide, notify, export. "
    "Alone it opens the desk on the screen; every act is also a command."
)
EXAMPLES = (
    "breachdesk demo",
    say("breachdesk init --profile organisation.toml"),
    say('breachdesk new "Payroll list to wrong recipient" --aware "40 min ago"'),
    "breachdesk due --within 24h",
    "breachdesk",
)


@cache
def command_line() -> Any:  # noqa: ANN401 - Typer's
    """Return the whole command line, ready to be run any number of times."""
    return typer.main.get_command(application())


def application() -> typer.Typer:
    """Return every command, declared."""
    desk = Counter.root(
        help=ABOUT.text,
        epilog=as_epilog(EXAMPLES),
        invoke_without_command=True,
        add_completion=True,
    )
    desk.app.callback()(_open)
    for part in (
        founding,
        incidents,
        looking,
        asking,
        answering,
        groups,
        deciding,
        papers,
        template,
        attaching,
        altinn,
        letters,
        telling,
        tasks,
        evidence,
        checking,
        moving,
        packing,
        retaining,
        erasing,
        anchoring,
        keeping,
        rekeying,
        locking,
        examples,
        demonstrating,
    ):
        part.register(desk)
    return desk.app


def _say_version(wanted: bool) -> None:  # noqa: FBT001 - Typer's callback
    if wanted:
        sys.stdout.write(f"breachdesk {__version__}\n")
        raise typer.Exit


def _open(
    ctx: typer.Context,
    as_name: AsName = None,
    in_lang: InLang = None,
    as_json: AsJson = False,  # noqa: FBT002 - Typer's flag
    version: Annotated[  # noqa: FBT002 - Typer's flag
        bool,
        typer.Option(
            "--version", help=say("Say the version.").text, callback=_say_version, is_eager=True
        ),
    ] = False,
) -> int:
    """Open the desk on the screen, unless a command follows."""
    del version
    scene = ctx.obj
    if ctx.invoked_subcommand is not None or not isinstance(scene, Scene):
        return 0
    return open_screen(scene, Flags(actor=as_name, lang=in_lang, as_json=as_json))


def open_screen(scene: Scene, flags: Flags) -> int:
    """Show the desk on the screen until the person leaves."""
    from breachdesk.cli.door import DeskDoor
    from breachdesk.settings import read_settings
    from breachdesk.tui.app import run

    settings = read_settings({"actor": flags.actor, "lang": flags.lang}, scene.stage.environ)
    return run(DeskDoor(scene.stage, settings), settings)

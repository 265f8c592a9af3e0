"""``breachdesk demo``: the whole main job once, on a made-up incident, in a desk of its own.

The desk lies in a new folder with its own throw-away passphrase; the keyring is never touched.
"""

import os
import secrets
import tempfile
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from breachdesk.cli.command import Counter
from breachdesk.cli.demo_story import INPUTS, PAPERS
from breachdesk.cli.door import DeskDoor
from breachdesk.cli.errand import Errand
from breachdesk.cli.inputs import no_such_choice
from breachdesk.cli.options import flag, option
from breachdesk.cli.output import write_whole
from breachdesk.cli.profiles import parse_profile
from breachdesk.errors import RefusedError
from breachdesk.message import say
from breachdesk.settings.complaints import disk_complaint
from breachdesk.terms import Lang

if TYPE_CHECKING:
    from breachdesk.cli.demo_steps import Showing

FOLDER = "breachdesk-demo"
_MOST_FOLDERS = 100
_ACTOR = "Kari Demo"


def register(desk: Counter) -> None:
    """Add the command."""
    desk.command(
        "demo",
        say("Run the whole main job once, on a made-up incident in a desk of its own."),
        "breachdesk demo",
        "breachdesk demo --lang nb --dir /tmp/demo --open",
        gives_json=False,
    )(demo)


def demo(
    errand: Errand,
    *,
    dir_: Annotated[
        str | None, option("--dir", "DIR", say("Where; a new or empty folder."))
    ] = None,
    org: Annotated[
        str | None, option("--org", "NAME", say("Which of the sample organisations."))
    ] = None,
    open_: Annotated[
        bool, flag("--open", say("Open the demo's desk on the screen afterwards."))
    ] = False,
) -> int:
    """Run the demo."""
    samples = errand.forms_as_shipped.sample_profiles()
    chosen = _organisation(errand, samples, org)
    folder = _folder(dir_)
    (folder / INPUTS / "profile.toml").write_text(samples[chosen], encoding="utf-8")
    door = _desk_in(errand, folder)
    showing = _showing(errand, door, folder)
    try:
        _greet(errand, folder)
        showing.run(parse_profile(samples[chosen], name=chosen))
        _farewell(errand, folder, showing)
    finally:
        showing.desk.close()
    return _open(door) if open_ else 0


def _organisation(errand: Errand, samples: Mapping[str, str], name: str | None) -> str:
    """Return the sample organisation asked for, or the first that speaks the reader's language."""
    if name is not None and name not in samples:
        raise no_such_choice(name, samples, name="--org")
    if not samples:
        raise RefusedError(say("This installation has no sample organisations."))
    spoken = "nb" if errand.lang == "nn" else errand.lang
    own = (
        one
        for one, text in samples.items()
        if parse_profile(text, name=one).organisation.language.value == spoken
    )
    return name or next(own, next(iter(samples)))


def _folder(chosen: str | None) -> Path:
    """Make the folder of the demo.

    Raises:
        RefusedError: there is something in it, or it cannot be made.
    """
    path = Path(chosen).expanduser() if chosen is not None else _free_name()
    try:
        path.mkdir(mode=0o700, parents=True, exist_ok=True)
        is_empty = not any(path.iterdir())
        if is_empty:
            for name in (PAPERS, INPUTS):
                (path / name).mkdir(mode=0o700)
    except OSError as error:
        raise RefusedError(
            say("{path} cannot be used: {why}.", path=str(path), why=disk_complaint(error)),
            say("Choose another folder with --dir."),
        ) from error
    if not is_empty:
        raise RefusedError(
            say("{path} is not empty; nothing was done.", path=str(path)),
            say("Choose a new or empty folder with --dir."),
        )
    return path.resolve()


def _free_name() -> Path:
    """Return a new name in the present folder; one in the temporary folder if it is read-only."""
    here = Path.cwd()
    if not os.access(here, os.W_OK):
        return Path(tempfile.mkdtemp(prefix=f"{FOLDER}-"))
    names = (FOLDER, *(f"{FOLDER}-{number}" for number in range(2, _MOST_FOLDERS)))
    free = (here / name for name in names if not (here / name).exists())
    return next(free, here / FOLDER)


def _desk_in(errand: Errand, folder: Path) -> DeskDoor:
    """Make a desk under a throw-away passphrase that lies beside it."""
    passphrase = secrets.token_urlsafe(18)
    write_whole(folder / "passphrase.txt", f"{passphrase}\n".encode())
    settings = replace(
        errand.settings,
        home=folder / "desk",
        config=folder / "desk" / "config.toml",
        logs=folder / "desk" / "logs",
        actor=errand.settings.actor or _ACTOR,
        passphrase_file=folder / "passphrase.txt",
        keyring=False,
    )
    door = DeskDoor(errand.stage, settings)
    door.new_desk(passphrase=passphrase, want_recovery=False)
    door.remember(actor=settings.actor, lang=Lang(errand.lang))
    return door


def _showing(errand: Errand, door: DeskDoor, folder: Path) -> "Showing":
    from breachdesk.cli.demo_steps import Showing
    from breachdesk.cli.demo_story import Story

    opened = door.key(seconds=errand.stage.keyring_seconds)
    return Showing(
        errand=errand,
        desk=door.desk(opened, ""),
        story=Story(speaker=errand.speaker, now=errand.now()),
        folder=folder,
        lang=Lang(errand.lang),
    )


def _greet(errand: Errand, folder: Path) -> None:
    errand.tell(say("A made-up incident, from the first call to the register. Nothing is real."))
    errand.tell(
        say(
            "Its desk is new and lies in {folder}, encrypted under a throw-away passphrase.",
            folder=str(folder),
        )
    )


def _farewell(errand: Errand, folder: Path, showing: "Showing") -> None:
    errand.write()
    errand.tell(
        say(
            "The whole job is done. {count} files lie in {folder}.",
            count=len(showing.written),
            folder=str(showing.papers),
        )
    )
    errand.tell(say("Look at the desk on the screen, or with any command:"))
    errand.write(f"  export BREACHDESK_HOME={_quoted(folder / 'desk')}")
    errand.write(f"  export BREACHDESK_PASSPHRASE_FILE={_quoted(folder / 'passphrase.txt')}")
    errand.write("  breachdesk")
    errand.tell(say("Delete the folder when you have seen enough; it is all there is."))


def _quoted(path: Path) -> str:
    import shlex

    return shlex.quote(str(path))


def _open(door: DeskDoor) -> int:
    from breachdesk.tui.app import run

    return run(door, door.settings)

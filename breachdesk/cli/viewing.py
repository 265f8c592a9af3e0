"""Look at a piece of evidence on the terminal, until the person says that they are done."""

import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from types import FrameType
from typing import TYPE_CHECKING, Annotated

from breachdesk.cli.errand import Errand
from breachdesk.cli.inputs import text_of
from breachdesk.cli.options import argument, option
from breachdesk.cli.plain import plain_case
from breachdesk.cli.progress import progress
from breachdesk.errors import RefusedError
from breachdesk.message import Message, say

if TYPE_CHECKING:
    from breachdesk.desk.viewing import Viewed

_ENDINGS = ("SIGTERM", "SIGHUP")
_BY_SIGNAL = 128
"""What shells add to a signal's number, for the exit code of whom it ended."""


def view(
    errand: Errand,
    evidence: Annotated[str, argument("EVIDENCE", say("Its id; evidence list shows it."))],
    *,
    purpose: Annotated[str, option("--purpose", "TEXT", say("What it is looked at for."))],
) -> int:
    """Look at a piece."""
    ask = errand.stage.ask
    if ask is None:
        raise RefusedError(
            say(
                "Looking at evidence needs somebody at the terminal, who says when the copy may go."
            ),
            say("“breachdesk evidence export” writes a copy that stays."),
        )
    desk, because = errand.acting(), text_of(errand, purpose, "--purpose")
    with _ended_in_order():
        with progress(errand, say("Copying …")) as told:
            viewed = desk.viewing.view(
                evidence.strip(), purpose=because, folder=errand.settings.viewing, told=told
            )
        try:
            _tell(errand, viewed)
            if viewed.showing is not None:
                _show(viewed)
                sys.stdout.flush()
                with suppress(EOFError):
                    ask(errand.speaker.say(say("Press Enter when you are done: the copy goes. ")))
        finally:
            if not desk.viewing.end(viewed):
                from breachdesk.desk.viewing import still_there

                errand.note(still_there(viewed))
    return int(viewed.state.value != "same")


def _tell(errand: Errand, viewed: "Viewed") -> None:
    about = _about(viewed)
    if errand.wants_json:
        errand.give(plain_case(viewed.case, errand.speaker))
        errand.note(about)
        return
    errand.write(viewed.use.id)
    errand.tell(about)
    errand.tell(say("Recorded in {ref}: {who} looked at it.", ref=viewed.case.ref,
                    who=viewed.use.recipient))  # fmt: skip


def _about(viewed: "Viewed") -> Message:
    name, path = viewed.row.name, str(viewed.path)
    if viewed.showing is not None:
        return say("“{name}”, as it was taken in: {path}", name=name, path=path)
    if viewed.state.value == "same":
        return say("“{name}” is as it was taken in. It lies in {path}", name=name, path=path)
    return say(
        "“{name}” was CHANGED since it was taken in. It lies in {path}", name=name, path=path
    )


def _show(viewed: "Viewed") -> None:
    """Open the copy with this machine's viewer, where there is one and it is meant for one."""
    from breachdesk.tui.viewer import show_file, system_viewer

    viewer = system_viewer()
    if viewer and viewed.opens:
        show_file(viewer, viewed.path)


@contextmanager
def _ended_in_order() -> Iterator[None]:
    """When the terminal is closed or the program is told to end, remove the copy first."""
    numbers = [getattr(signal, name) for name in _ENDINGS if hasattr(signal, name)]
    before = {}
    with suppress(ValueError):  # not the main thread, where no signal arrives
        before = {number: signal.signal(number, _end) for number in numbers}
    try:
        yield
    finally:
        for number, known in before.items():
            signal.signal(number, known)


def _end(number: int, frame: FrameType | None) -> None:
    del frame
    sys.exit(_BY_SIGNAL + number)

"""Run one command line: the only place where errors become a sentence and an exit code.

0 done, 1 a finding, 2 refused, 3 no desk or key or database, 70 the unforeseen, 130 interrupted. A
closed pipe is silent.
"""

import errno
import os
import sys
from collections.abc import Mapping, Sequence
from contextlib import suppress
from itertools import zip_longest
from zoneinfo import ZoneInfo

import typer

from breachdesk.cli.command import PipeClosedError
from breachdesk.cli.errand import flowed
from breachdesk.cli.guard import keep_to_ourselves
from breachdesk.cli.stage import Scene, Stage, real_stage
from breachdesk.cli.trouble import keep_details
from breachdesk.cli.usage import refusal
from breachdesk.errors import BreachdeskError, SettingsError
from breachdesk.language import Speaker
from breachdesk.message import Message, say
from breachdesk.settings import read_settings, spoken_language
from breachdesk.settings.complaints import disk_complaint

INTERRUPTED = 130
UNFORESEEN = 70
OUT_OF_REACH = 3
_OUTPUT_FAULTS = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EIO, errno.EBADF})
_NAME = "breachdesk"
_LONGEST_NAME = 12


def main(argv: Sequence[str] | None = None, stage: Stage | None = None) -> int:
    """Carry out a command line and return the exit code."""
    arguments = tuple(sys.argv[1:] if argv is None else argv)
    if stage is None:
        keep_to_ourselves()
    world = stage or real_stage()
    _open_closed_streams()
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")
    speaker = _early_speaker(arguments, world.environ)
    scene = Scene(stage=world, speaker=speaker, arguments=arguments)
    try:
        code = _carry_out(scene)
        sys.stdout.flush()
    except (PipeClosedError, BrokenPipeError):
        _let_go_of_output()
        return 0
    except OSError as error:
        return _unwritable(scene, error)
    return code


def _open_closed_streams() -> None:
    """Put nothing where a standard stream was closed by whoever started us."""
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        if getattr(sys, name) is None:
            setattr(sys, name, open(os.devnull, mode, encoding="utf-8"))  # noqa: PTH123, SIM115


def _carry_out(scene: Scene) -> int:
    from breachdesk.cli.app import command_line

    try:
        code = command_line().main(
            list(scene.arguments), prog_name=_NAME, standalone_mode=False, obj=scene
        )
    except BreachdeskError as error:
        _complain(scene.speaker, error)
        return error.exit_code
    except typer.TyperException as error:
        _complain(scene.speaker, refused := refusal(error, _command_of(scene)))
        return refused.exit_code
    except (KeyboardInterrupt, typer.Abort):
        sys.stderr.write("\n")
        return INTERRUPTED
    except (PipeClosedError, BrokenPipeError):
        raise
    except OSError as error:
        return _unwritable(scene, error) if _is_of_output(error) else _unforeseen(scene, error)
    except Exception as error:  # noqa: BLE001 - the last net: whatever it was, say so calmly
        return _unforeseen(scene, error)
    return code if isinstance(code, int) else 0


def _is_of_output(error: OSError) -> bool:
    """Was it standard output that could not be written? Files are named, and have sentences."""
    return error.filename is None and error.errno in _OUTPUT_FAULTS


def _unwritable(scene: Scene, error: OSError) -> int:
    """Say that the output is lost, not the work."""
    _let_go_of_output()
    message = say(
        "The output could not be written: {why}. What was recorded before that stands.",
        why=disk_complaint(error),
    )
    _to_stderr(scene.speaker.say(message))
    return OUT_OF_REACH


def _complain(speaker: Speaker, error: BreachdeskError) -> None:
    sys.stdout.flush()
    parts = [error.what, *([error.next_step] if error.next_step else [])]
    _to_stderr(" ".join(_sentence(speaker, part) for part in parts))


def _sentence(speaker: Speaker, message: Message) -> str:
    text = speaker.say(message)
    return text if text.endswith((".", "!", "?", "…")) else f"{text}."


def _unforeseen(scene: Scene, error: Exception) -> int:
    kept = keep_details(error, scene.stage, command=_command_of(scene))
    if kept is None:
        message = say(
            "Something unforeseen happened ({kind}), and its details could not be kept.",
            kind=type(error).__name__,
        )
    else:
        message = say(
            "Something unforeseen happened ({kind}); details without any case text are in {path}.",
            kind=type(error).__name__,
            path=str(kept),
        )
    with suppress(OSError):
        sys.stdout.flush()
    _to_stderr(scene.speaker.say(message))
    return UNFORESEEN


def _command_of(scene: Scene) -> str:
    """Return the command's name, if the line begins with one; never a word of a case."""
    first = scene.arguments[0] if scene.arguments else ""
    return first if first.isalpha() and len(first) <= _LONGEST_NAME else ""


def _to_stderr(text: str) -> None:
    with suppress(OSError):
        sys.stderr.write(f"{flowed(text, sys.stderr)}\n")


def _early_speaker(arguments: Sequence[str], environ: Mapping[str, str]) -> Speaker:
    """Return who speaks until the command has read its settings, whatever is wrong with them."""
    lang = None
    for word, following in zip_longest(arguments, arguments[1:], fillvalue=""):
        if word == "--":
            break
        name, equals, value = word.partition("=")
        if name == "--lang":
            lang = value if equals else following
    for flags in ({"lang": lang}, {}):
        with suppress(SettingsError):
            settings = read_settings(flags, environ)
            return Speaker(settings.lang, settings.zone)
    return Speaker(spoken_language(lang, environ), ZoneInfo("Europe/Oslo"))


def _let_go_of_output() -> None:
    """Send what is left to nowhere, so that the interpreter does not complain while it ends."""
    with suppress(OSError, ValueError):
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, sys.stdout.fileno())
        os.close(nowhere)

"""Files a command writes for the person: never over another by accident, whole or not at all."""

from pathlib import Path

from breachdesk.errors import RefusedError
from breachdesk.message import say
from breachdesk.settings.complaints import disk_complaint


def refuse_existing(path: Path, *, force: bool) -> None:
    """Make sure, before anything is done, that the file may be written.

    Raises:
        RefusedError: It is there already, or its folder is not.
    """
    if path.is_dir():
        raise RefusedError(
            say("{path} is a folder.", path=str(path)), say("Give the name of a file.")
        )
    if path.exists() and not force:
        raise RefusedError(
            say("{path} is there already; nothing was written.", path=str(path)),
            say("Choose another name, or add --force to write over it."),
        )
    if not path.parent.is_dir():
        raise RefusedError(
            say("There is no folder {folder}.", folder=str(path.parent)),
            say("Make it first, or choose another one."),
        )


def write_whole(path: Path, content: bytes) -> None:
    """Write a file for its owner only, whole or not at all.

    Raises:
        RefusedError: The disk is full, or the folder cannot be written.
    """
    from breachdesk.store.files import replace_whole

    try:
        replace_whole(path, content)
    except OSError as error:
        raise RefusedError(
            say(
                "{path} cannot be written: {why}.",
                path=str(path),
                why=disk_complaint(error),
            ),
            say("Check the folder and its free space, then do it again."),
        ) from error

"""What is said of a recovery code that nobody confirmed as written down."""

from pathlib import Path

from breachdesk.message import Message, say


def code_warning(home: Path, desk_id: str) -> Message | None:
    """Return the sentence; None when the code was confirmed, or there is none."""
    from breachdesk.store.written_down import is_unconfirmed

    if not is_unconfirmed(home, desk_id):
        return None
    return say(
        "The recovery code of this desk was never confirmed as written down; “breachdesk rekey” "
        "makes a new one."
    )


def confirm_code(home: Path) -> None:
    """Keep that the desk's recovery code was written down, or shown where one looks for it."""
    from breachdesk.store.keyfile import read_key_file
    from breachdesk.store.written_down import confirm

    confirm(home, read_key_file(home).desk_id)

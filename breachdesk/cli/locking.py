"""Lock the desk from the command line: the keyring forgets the key, open windows lock."""

from breachdesk.cli.command import Counter
from breachdesk.cli.door import DeskDoor
from breachdesk.cli.errand import Errand
from breachdesk.message import say


def register(desk: Counter) -> None:
    """Add the command."""
    desk.command(
        "lock",
        say("Lock the desk: its key leaves the keyring, and open windows ask for it again."),
        "breachdesk lock",
    )(lock)


def lock(errand: Errand) -> None:
    """Lock the desk."""
    door = DeskDoor(errand.stage, errand.settings)
    was_there = door.lock()
    if errand.wants_json:
        errand.give({"home": str(door.home), "was_in_keyring": was_there})
        return
    errand.tell(say("The desk in {home} is locked.", home=str(door.home)))
    if was_there:
        errand.tell(say("Its key is no longer in your keyring."))
    errand.tell(say("Open windows of it lock within ten seconds, and keep what is half typed."))
    if errand.settings.passphrase_file is not None:
        errand.note(
            say(
                "The passphrase file {file} still opens it, for whoever can read that file.",
                file=str(errand.settings.passphrase_file),
            )
        )

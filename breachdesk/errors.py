"""One family of errors: what happened, where, and what to do next, in words for the person.

Library errors are translated where they enter, and shown in `tui.base.ask` and `cli.main` only.
"""

from typing import ClassVar

from breachdesk.message import Message, say


class BreachdeskError(Exception):
    """Something the person can understand and act on."""

    title: ClassVar[Message] = say("That did not work")
    """Heading of a dialog."""

    exit_code: ClassVar[int] = 2
    """What the command line returns (cli contract): 2 refused, 3 no desk or key or database."""

    def __init__(self, what: Message, next_step: Message | None = None) -> None:
        """Keep what happened and what to do; both are drawn in the reader's language."""
        super().__init__(str(what))
        self.what = what
        self.next_step = next_step


class RefusedError(BreachdeskError):
    """The input cannot be taken as it stands; nothing was written."""

    title = say("Not taken")


class NoSuchCaseError(RefusedError):
    """No case answers to that reference, or more than one does."""

    title = say("No such case")


class NoSuchThingError(RefusedError):
    """No document, dispatch, form or question answers to that id."""

    title = say("Not found")


class AnswersRefusedError(RefusedError):
    """One or more answers were wrong, so none was kept."""

    title = say("Answers not taken")

    def __init__(self, problems: tuple[tuple[str, Message], ...]) -> None:
        """Keep (question id, what is wrong with the value) for each."""
        super().__init__(
            say("One answer cannot be taken; nothing was written.")
            if len(problems) == 1
            else say("{count} answers cannot be taken; nothing was written.", count=len(problems)),
            say("Correct the values listed and send them again."),
        )
        self.problems = problems


class StaleCaseError(BreachdeskError):
    """Somebody else answered the same question in between; both values are shown."""

    title = say("Changed by someone else")

    def __init__(self, question: str, theirs: str, ours: str) -> None:
        """Keep the question and both values, as text."""
        super().__init__(
            say(
                "“{question}” was changed meanwhile: it now says “{theirs}”; yours was “{ours}”.",
                question=question,
                theirs=theirs,
                ours=ours,
            ),
            say("Look at both, then answer again."),
        )
        self.question, self.theirs, self.ours = question, theirs, ours


class FormError(BreachdeskError):
    """A file in forms/ cannot be read or does not hold together."""

    title = say("Form not usable")


class RuleError(BreachdeskError):
    """A rule was asked something it cannot answer."""

    title = say("Rule not usable")


class SettingsError(BreachdeskError):
    """A setting has a value that cannot be used."""

    title = say("Setting not usable")


class WrongKeyError(BreachdeskError):
    """The passphrase or recovery code does not open this desk."""

    title = say("Wrong key")


class LockedError(BreachdeskError):
    """There is no key at hand: no keyring entry, no passphrase."""

    title = say("The desk is locked")
    exit_code = 3


class NoDeskError(BreachdeskError):
    """There is no desk in this folder."""

    title = say("No desk here")
    exit_code = 3


class StoreError(BreachdeskError):
    """The database is out of reach: busy, read-only, full, damaged, or made by a newer program."""

    title = say("The database cannot be used")
    exit_code = 3


class DeskExistsError(RefusedError):
    """A desk is already here; it is never overwritten."""

    title = say("There is a desk already")


def with_remedy(error: BreachdeskError) -> Message:
    """Return what is wrong and what to do, as one sentence after the other."""
    if error.next_step is None:
        return error.what
    return say("{problem} {remedy}", problem=error.what, remedy=error.next_step)

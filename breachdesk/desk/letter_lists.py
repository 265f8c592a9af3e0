"""Lists of recipients on the disk: read once, looked at, and what is to be mended written down."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from breachdesk.errors import RefusedError
from breachdesk.exchange.recipients import Problem, Recipients
from breachdesk.language import Speaker
from breachdesk.message import Message, say
from breachdesk.records.recipient import Recipient
from breachdesk.settings.complaints import disk_complaint
from breachdesk.store.files import disk_in_words, write_private


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """A list as it was read, before any letter is made. Nothing of it is kept."""

    listed: Recipients
    samples: tuple[Recipient, ...]
    """Rows worth looking at: each language, the longest address, the first ones."""

    @property
    def languages(self) -> Mapping[str, int]:
        """Language to number of letters."""
        return dict(sorted(Counter(one.lang.value for one in self.listed.people).items()))

    @property
    def by_email_only(self) -> int:
        """How many have no postal address."""
        return sum(not one.address for one in self.listed.people)


def read_list(path: Path) -> bytes:
    """Return the bytes of a list.

    Raises:
        RefusedError: it cannot be read, or can be no list.
    """
    from breachdesk.exchange.recipients.decoding import MOST_BYTES, refuse_another_kind

    try:
        with path.expanduser().open("rb") as file:
            content = file.read(MOST_BYTES + 1)
    except (OSError, ValueError, RuntimeError) as error:
        why = disk_complaint(error)
        raise RefusedError(
            say("{path} cannot be read: {why}.", path=str(path), why=why), say("Check the path.")
        ) from error
    refuse_another_kind(content, path.name)
    return content


def place_to_mend(folder: Path | None, print_file: Path | None) -> Path | None:
    """Return where the list of rows to mend goes: beside the letters."""
    if print_file is not None:
        return print_file.with_name(f"{print_file.stem}.skipped.csv")
    return None if folder is None else folder.with_name(f"{folder.name}.skipped.csv")


def list_to_mend(problems: Iterable[Problem], speaker: Speaker) -> bytes:
    """Return the rows that were kept back, with line and reason, as a CSV."""
    from breachdesk.exchange.spreadsheet import write_rows

    header: tuple[Message, ...] = (say("Line"), say("Row"), say("Reason"))
    rows = ((str(one.line), str(one.row), reason_words(one, speaker)) for one in problems)
    return write_rows(header, rows, speaker)


def reason_words(problem: Problem, speaker: Speaker) -> str:
    """Return everything that is wrong with a row, in the reader's language."""
    return "; ".join(speaker.say(one) for one in problem.reasons)


def write_list(path: Path, content: bytes) -> None:
    """Write the rows to mend to a file that only its owner can read.

    Raises:
        StoreError: it cannot be written there.
    """
    with disk_in_words(path):
        write_private(path, content)

"""What does not hold together in a form file: raised at the first, or kept for `form check`."""

from collections.abc import Iterator
from contextlib import contextmanager

from breachdesk.errors import FormError
from breachdesk.message import Message, say


def form_error(file: str, problem: Message, place: Message | None = None) -> FormError:
    """Return an error that names file and place in one sentence."""
    if place is not None:
        problem = say("{place}: {problem}", place=place, problem=problem)
    return FormError(
        say("{file}: {problem}", file=file, problem=problem),
        say("Correct the file or put the released one back; “breachdesk form check” lists all."),
    )


class Findings:
    """Where problems go while reading: loading stops at the first, checking keeps them all."""

    def __init__(self, *, keep: bool = False) -> None:
        """Keep problems instead of raising them, if asked to."""
        self.keep = keep
        self.rows: list[tuple[str, Message]] = []
        """File and problem, in the order found."""

    def add(self, error: FormError) -> None:
        """Raise the problem, or keep it once."""
        if not self.keep:
            raise error
        file, problem = error.what.values.get("file"), error.what.values.get("problem")
        row = (str(file), problem if isinstance(problem, Message) else error.what)
        if row not in self.rows:
            self.rows.append(row)

    @contextmanager
    def catching(self) -> Iterator[None]:
        """Send a problem raised inside to `add`; what was being read is then left out."""
        try:
            yield
        except FormError as error:
            self.add(error)

"""Files kept with a sending: hand one in, get it back."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from breachdesk.cli.command import Counter
from breachdesk.cli.errand import Errand
from breachdesk.cli.options import Force, Out, argument, option
from breachdesk.cli.output import refuse_existing, write_whole
from breachdesk.cli.reports import done
from breachdesk.errors import RefusedError
from breachdesk.message import say

if TYPE_CHECKING:
    from breachdesk.records import NewAttachment

Attach = Annotated[
    str | None, option("--attach", "FILE", say("Keep this file with it, such as the receipt."))
]


def register(desk: Counter) -> None:
    """Add the commands."""
    desk.command(
        "attach",
        say("Keep a file with a sending that was recorded before, such as the receipt."),
        "breachdesk attach dsp-8k2… receipt.pdf",
    )(attach)
    desk.command(
        "attachment",
        say("Give a kept file back, byte for byte."),
        "breachdesk attachment att-3f1… --out receipt.pdf",
    )(attachment)


def attach(
    errand: Errand,
    dispatch: Annotated[str, argument("DISPATCH", say("The sending's id; show lists them."))],
    file: Annotated[str, argument("FILE", say("The file to keep."))],
) -> None:
    """Keep a file with a sending."""
    from breachdesk.desk.attachments import read_attachment

    new = read_attachment(Path(file))
    done(errand, errand.acting().attachments.attach(dispatch.strip(), new))


def attachment(
    errand: Errand,
    file: Annotated[str, argument("ID", say("The kept file's id; show --json lists them."))],
    *,
    out: Out = None,
    force: Force = False,
) -> None:
    """Give a file back."""
    if out is None:
        raise RefusedError(
            say("--out is missing."), say("Say where the file goes, such as --out receipt.pdf.")
        )
    path = Path(out)
    refuse_existing(path, force=force)
    found, content = errand.desk.attachments.content(file.strip())
    write_whole(path, content)
    if errand.wants_json:
        errand.give({"id": found.id, "name": found.name, "size": found.size,
                     "sha256": found.sha256, "path": str(path.resolve())})  # fmt: skip
        return
    errand.tell(say("“{name}” is in {path}.", name=found.name, path=str(path)))


def maybe_attachment(file: str | None) -> "NewAttachment | None":
    """Return the file to keep, if one was named."""
    from breachdesk.desk.attachments import read_attachment

    return None if file is None else read_attachment(Path(file))

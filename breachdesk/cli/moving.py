"""Give a whole case away as one file, and take one in."""

from pathlib import Path
from typing import Annotated

from breachdesk.cli.command import Counter
from breachdesk.cli.errand import Errand
from breachdesk.cli.inputs import no_such_choice
from breachdesk.cli.options import Force, Ref, argument, option
from breachdesk.cli.output import refuse_existing, write_whole
from breachdesk.errors import RefusedError
from breachdesk.message import say
from breachdesk.settings.complaints import disk_complaint

FORMATS = ("case",)


def register(desk: Counter) -> None:
    """Add the commands."""
    desk.command(
        "export",
        say("Write a whole case to one file, for another desk. It is not encrypted."),
        "breachdesk export 7 --out case.json",
    )(export)
    desk.command(
        "import",
        say("Take in a case that another desk has exported."),
        "breachdesk import case.json",
    )(import_)


def export(
    errand: Errand,
    ref: Ref,
    *,
    out: Annotated[str, option("--out", "FILE", say("Write to this file."))],
    force: Force = False,
) -> None:
    """Write a case to one file."""
    path = Path(out).expanduser()
    refuse_existing(path, force=force)
    desk = errand.desk
    case = desk.intake.open(ref)
    content = desk.moving.export(case.ref)
    write_whole(path, content)
    if errand.wants_json:
        errand.give({"ref": case.ref, "path": str(path.resolve()), "size": len(content)})
        return
    errand.write(case.ref)
    errand.tell(say("{path}, {size} bytes.", path=str(path), size=len(content)))
    errand.note(say("Everything in the case stands in it, readable by anybody: send it encrypted."))


def import_(
    errand: Errand,
    file: Annotated[str, argument("FILE", say("What another desk has exported."))],
    *,
    form: Annotated[
        str, option("--format", "|".join(FORMATS), say("What kind of file it is."))
    ] = "case",
) -> None:
    """Take a case in."""
    if form not in FORMATS:
        raise no_such_choice(form, FORMATS, name="--format")
    taken = errand.acting().moving.take(_content(Path(file).expanduser()))
    skipped = [errand.speaker.say(one) for one in taken.skipped]
    if errand.wants_json:
        errand.give(
            {
                "imported": [taken.case.ref],
                "original_ref": taken.original_ref,
                "skipped": skipped,
            }
        )
        return
    errand.write(taken.case.ref)
    if taken.case.ref != taken.original_ref:
        errand.tell(
            say(
                "{ref} was taken here, so the case is {new}.",
                ref=taken.original_ref,
                new=taken.case.ref,
            )
        )
    for one in taken.skipped:
        errand.note(one)
    errand.tell(say("Next: {step}", step=taken.case.next_step.text))


def _content(path: Path) -> bytes:
    from breachdesk.exchange.parcel import LARGEST

    try:
        with path.open("rb") as file:
            return file.read(LARGEST + 1)
    except OSError as error:
        raise RefusedError(
            say("{path} cannot be read: {why}.", path=str(path), why=disk_complaint(error)),
            say("Check the path; nothing was taken in."),
        ) from error

"""Give a case away, whole or redacted, as one file or a signed pack, and take one in."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from breachdesk.cli.checking import note_faults
from breachdesk.cli.command import Counter
from breachdesk.cli.errand import Errand
from breachdesk.cli.inputs import maybe_text, no_such_choice
from breachdesk.cli.options import Force, Out, Ref, argument, flag, option
from breachdesk.cli.output import refuse_existing, write_whole
from breachdesk.cli.packing import pack, tell_left_out
from breachdesk.cli.progress import progress
from breachdesk.errors import RefusedError
from breachdesk.message import say
from breachdesk.settings.complaints import disk_complaint

if TYPE_CHECKING:
    from breachdesk.desk.moving import TakenIn

FORMATS = ("case",)


def register(desk: Counter) -> None:
    """Add the commands."""
    desk.command(
        "export",
        say(
            "Write a case to one file, for another desk; as a signed pack that anybody can check; "
            "or redacted, to be shared. None is encrypted."
        ),
        "breachdesk export 7 --out case.json",
        say(
            'breachdesk export 7 --pack case.zip --with-evidence --to "Our lawyer" --purpose Advice'
        ),
        "breachdesk export 7 --redacted --out shared.json",
    )(export)
    desk.command(
        "import",
        say("Take in a case that another desk has exported, as a file or a signed pack."),
        "breachdesk import case.json",
        "breachdesk import case.zip",
    )(import_)


def export(  # noqa: PLR0913 - each is an option of one verb
    errand: Errand,
    ref: Ref,
    *,
    out: Out = None,
    pack_: Annotated[
        str | None, option("--pack", "FILE", say("Write a signed pack to this zip file."))
    ] = None,
    with_evidence: Annotated[
        bool, flag("--with-evidence", say("The evidence itself too, in a pack; say to whom."))
    ] = False,
    redacted: Annotated[
        bool, flag("--redacted", say("Only the fields that may be shared, and what was left out."))
    ] = False,
    include: Annotated[
        list[str] | None,
        option("--include", "QUESTION", say("A free text to take into a redacted copy too.")),
    ] = None,
    to: Annotated[str | None, option("--to", "WHO", say("Who is given the pack."))] = None,
    purpose: Annotated[
        str | None, option("--purpose", "TEXT", say("What the pack is handed out for."))
    ] = None,
    force: Force = False,
) -> None:
    """Write a case to one file."""
    if (out is None) == (pack_ is None):
        raise RefusedError(
            say("Say where to write the case, one way."),
            say("Add --out FILE for one file, or --pack FILE.zip for a signed pack."),
        )
    if include and not redacted:
        raise RefusedError(
            say("--include goes with --redacted."), say("Leave one out or add the other.")
        )
    if pack_ is None and (with_evidence or to is not None or purpose is not None):
        raise RefusedError(
            say("--with-evidence, --to and --purpose go with --pack."),
            say("Write a pack, or leave them out."),
        )
    if pack_ is not None:
        from breachdesk.desk.packing import Wanted
        from breachdesk.terms import PackKind

        wanted = Wanted(
            kind=PackKind.REDACTED if redacted else PackKind.WHOLE,
            with_evidence=with_evidence,
            recipient=maybe_text(errand, to, "--to"),
            purpose=maybe_text(errand, purpose, "--purpose"),
            included=tuple(include or ()),
        )
        pack(errand, ref, pack_, wanted, force=force)
        return
    path = Path(out or "").expanduser()
    refuse_existing(path, force=force)
    if redacted:
        _redact(errand, ref, path, tuple(include or ()))
    else:
        _export(errand, ref, path)


def _export(errand: Errand, ref: str, path: Path) -> None:
    from breachdesk.desk.standing import faults_of

    desk = errand.desk
    case = desk.intake.open(ref)
    content = desk.moving.export(case.ref)
    write_whole(path, content)
    note_faults(errand, faults_of(desk.office, case.ref))
    if errand.wants_json:
        errand.give({"ref": case.ref, "path": str(path.resolve()), "size": len(content)})
        return
    errand.write(case.ref)
    errand.tell(say("{path}, {size} bytes.", path=str(path), size=len(content)))
    errand.note(say("Everything in the case stands in it, readable by anybody: send it encrypted."))


def _redact(errand: Errand, ref: str, path: Path, include: tuple[str, ...]) -> None:
    copy = errand.desk.sharing.redacted(ref, speaker=errand.speaker, included=include)
    write_whole(path, copy.content)
    left = [errand.speaker.say(one) for one in copy.left_out]
    if errand.wants_json:
        size = len(copy.content)
        errand.give({"ref": copy.ref, "path": str(path.resolve()), "size": size, "left_out": left})
        return
    errand.write(copy.ref)
    errand.tell(say("{path}, {size} bytes.", path=str(path), size=len(copy.content)))
    tell_left_out(errand, left)


def import_(
    errand: Errand,
    file: Annotated[str, argument("FILE", say("What another desk has exported."))],
    *,
    form: Annotated[
        str, option("--format", "|".join(FORMATS), say("What kind of file it is."))
    ] = "case",
) -> None:
    """Take a case in."""
    from breachdesk.desk.unpacking import is_pack
    from breachdesk.store.files import need_ordinary

    if form not in FORMATS:
        raise no_such_choice(form, FORMATS, name="--format")
    path = Path(file).expanduser()
    need_ordinary(path)
    if not is_pack(path):
        _tell_taken(errand, errand.acting().moving.take(_content(path)))
        return
    desk = errand.acting()
    with progress(errand, say("Taking it in …")) as told:
        done = desk.unpacking.take(path, lang=errand.lang, told=told)
    signed = {"public_key": done.public_key, "key_words": done.words}
    _tell_taken(errand, done.taken, signed)


def _tell_taken(errand: Errand, taken: "TakenIn", signed: dict[str, str] | None = None) -> None:
    skipped = [errand.speaker.say(one) for one in taken.skipped]
    if errand.wants_json:
        errand.give(
            {
                "imported": [taken.case.ref],
                "original_ref": taken.original_ref,
                "skipped": skipped,
                **(signed or {}),
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
    if signed:
        errand.tell(say("Signed with the key: {words}", words=signed["key_words"]))
        errand.note(say("Compare the words with the sender's over another channel."))
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

"""Evidence: take a file in, list it, look whether it is still the same, hand it out."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from breachdesk.cli.command import Counter
from breachdesk.cli.errand import Errand
from breachdesk.cli.inputs import maybe_past, maybe_text, text_of
from breachdesk.cli.options import At, Force, Ref, argument, flag, option
from breachdesk.cli.output import refuse_existing
from breachdesk.cli.plain import plain_case, plain_evidence
from breachdesk.cli.progress import progress
from breachdesk.cli.tables import write_table
from breachdesk.cli.validated import made
from breachdesk.cli.viewing import view
from breachdesk.errors import RefusedError
from breachdesk.language import clean
from breachdesk.message import Message, say

if TYPE_CHECKING:
    from breachdesk.desk.evidence import Looked
    from breachdesk.records import EvidenceUse


def register(desk: Counter) -> None:
    """Add the commands."""
    group = desk.group(
        "evidence", say("Files that prove something: add, list, check, view, export.")
    )
    group.command(
        "add",
        say("Take a file in: sealed in the desk, or by its hash alone."),
        say('breachdesk evidence add 7 mail.eml --origin "The sender" --collector "Ola Li"'),
        say('breachdesk evidence add 7 /mnt/disk.img --reference --note "Write-blocked image"'),
    )(add)
    group.command("list", say("List the evidence of a case."), "breachdesk evidence list 7 --json")(
        list_
    )
    group.command(
        "check",
        say("Hash every piece again. Exits with 1 if one is missing or changed."),
        "breachdesk evidence check",
    )(check)
    group.command(
        "view",
        say("Look at a piece: who looks and what for stays in the record, the copy is removed."),
        say('breachdesk evidence view evd-8k2… --purpose "Whose names are in it"'),
    )(view)
    group.command(
        "export",
        say("Write a copy of a piece; to whom and what for stays in the record."),
        say('breachdesk evidence export evd-8k2… --out mail.eml --to "Kripos" --purpose "Report"'),
    )(export)


def add(
    errand: Errand,
    ref: Ref,
    file: Annotated[str, argument("FILE", say("The file."))],
    *,
    origin: Annotated[str | None, option("--origin", "TEXT", say("Where it comes from."))] = None,
    collector: Annotated[
        str | None, option("--collector", "NAME", say("Who collected it; else who acts."))
    ] = None,
    at: At = None,
    note: Annotated[str | None, option("--note", "TEXT", say("What else to know of it."))] = None,
    reference: Annotated[
        bool, flag("--reference", say("Keep no copy, only its hash and where it lies."))
    ] = False,
) -> None:
    """Take a file in."""
    from breachdesk.desk.evidence import remarks
    from breachdesk.records import NewEvidence

    path = Path(file).expanduser()
    if path.is_dir():
        raise RefusedError(
            say("{path} is a folder.", path=str(path)), say("Pack it into one file first.")
        )
    new = made(
        NewEvidence,
        origin=maybe_text(errand, origin, "--origin"),
        collector=collector or errand.actor,
        collected_at=maybe_past(errand, at),
        note=maybe_text(errand, note, "--note"),
    )
    desk = errand.acting()
    with progress(errand, say("Taking it in …")) as told:
        case, row = desk.evidence.add(ref, path, new, is_reference=reference, told=told)
    for remark in remarks(case, row):
        errand.note(remark)
    if errand.wants_json:
        errand.give(plain_case(case, errand.speaker))
        return
    errand.write(row.id)
    errand.tell(
        say(
            "“{name}”, {size} bytes, SHA-256 {digest}, in {ref}.",
            name=row.name,
            size=row.size,
            digest=row.sha256,
            ref=case.ref,
        )
    )
    errand.tell(say("Next: {step}", step=case.next_step.text))


def list_(errand: Errand, ref: Ref) -> None:
    """List the evidence of a case."""
    case = errand.desk.intake.open(ref)
    if errand.wants_json:
        errand.give(plain_evidence(case))
        return
    if not case.evidence:
        errand.note(say("{ref} has no evidence yet.", ref=case.ref))
        return
    write_table(
        errand,
        [
            [
                one.id,
                clean(one.name),
                errand.speaker.number(one.size),
                one.sha256[:16],
                errand.speaker.word(one.keeping),
                errand.speaker.moment(one.collected_at),
                clean(one.collector),
                clean(one.origin) or "–",
            ]
            for one in case.evidence
        ],
    )
    for use in case.evidence_uses:
        errand.tell(_use(use))


def _use(use: "EvidenceUse") -> Message:
    if use.kind.value == "viewed":
        return say(
            "{id} was viewed by {recipient} {moment}: {purpose}",
            id=use.evidence_id,
            recipient=use.recipient,
            moment=use.recorded_at,
            purpose=use.purpose,
        )
    return say(
        "{id} was given to {recipient} {moment}: {purpose}",
        id=use.evidence_id,
        recipient=use.recipient,
        moment=use.recorded_at,
        purpose=use.purpose,
    )


def check(
    errand: Errand,
    ref: Annotated[str | None, argument("REF", say("Only this case's evidence."))] = None,
) -> int:
    """Hash every piece again."""
    with progress(errand, say("Checking …")) as told:
        looked = errand.desk.evidence.check(ref, told=told)
    wrong = [one for one in looked if one.state.value in {"changed", "missing"}]
    if errand.wants_json:
        errand.give({"ok": not wrong, "checked": [_plain(one) for one in looked]})
        return int(bool(wrong))
    for one in looked:
        errand.tell(
            say(
                "{ref}  {id}  {name}: {state}",
                ref=one.ref,
                id=one.row.id,
                name=one.row.name,
                state=_state(one),
            )
        )
    here = [one for one in looked if one.state.value != "elsewhere"]
    errand.tell(say("Checked {count}, wrong {wrong}.", count=len(here), wrong=len(wrong)))
    return int(bool(wrong))


def _state(one: "Looked") -> Message:
    return {
        "same": say("as it was taken in"),
        "changed": say("CHANGED since it was taken in"),
        "missing": say("MISSING"),
        "elsewhere": say("not here: it stayed at the desk it came from"),
    }[one.state.value]


def _plain(one: "Looked") -> dict[str, object]:
    return {
        "id": one.row.id,
        "ref": one.ref,
        "name": one.row.name,
        "sha256": one.row.sha256,
        "keeping": one.row.keeping.value,
        "state": one.state.value,
    }


def export(
    errand: Errand,
    evidence: Annotated[str, argument("EVIDENCE", say("Its id; evidence list shows it."))],
    *,
    out: Annotated[str, option("--out", "FILE", say("Write to this file."))],
    purpose: Annotated[str, option("--purpose", "TEXT", say("What it is handed out for."))],
    to: Annotated[str, option("--to", "WHO", say("To whom."))],
    force: Force = False,
) -> None:
    """Write a copy of a piece."""
    path = Path(out).expanduser()
    refuse_existing(path, force=force)
    case, use = errand.acting().evidence.export(
        evidence.strip(),
        path,
        purpose=text_of(errand, purpose, "--purpose"),
        recipient=text_of(errand, to, "--to"),
        force=force,
    )
    if errand.wants_json:
        errand.give(plain_case(case, errand.speaker))
        return
    errand.write(use.id)
    errand.tell(
        say(
            "{path}, SHA-256 {digest}: recorded in {ref}.",
            path=use.place,
            digest=use.sha256,
            ref=case.ref,
        )
    )
    errand.tell(say("Next: {step}", step=case.next_step.text))

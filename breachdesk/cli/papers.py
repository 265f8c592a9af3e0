"""Draft, issue and send papers; take a mistaken sending back."""

from collections.abc import Iterable
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from breachdesk.cli.attaching import Attach, maybe_attachment
from breachdesk.cli.command import Counter
from breachdesk.cli.errand import Errand
from breachdesk.cli.inputs import maybe_past, maybe_text, one_of, text_of
from breachdesk.cli.options import (
    At,
    Because,
    DutyOption,
    Force,
    GroupOption,
    Kind,
    Out,
    PhaseOption,
    Ref,
    argument,
    maybe_group,
    option,
)
from breachdesk.cli.output import refuse_existing, write_whole
from breachdesk.cli.paper_language import language_said, note_language
from breachdesk.cli.plain import iso
from breachdesk.cli.reports import clock_line, done, gaps, note_no_profile
from breachdesk.cli.told_controllers import told_nobody
from breachdesk.cli.untied import untied_paper
from breachdesk.cli.validated import made
from breachdesk.errors import NoSuchThingError, RefusedError
from breachdesk.message import say
from breachdesk.terms import DocumentKind, Duty, Lang, Phase

if TYPE_CHECKING:
    from breachdesk.desk.papers import Issued
    from breachdesk.documents.draft import Draft

_DOCUMENT, _DISPATCH = "doc-", "dsp-"
_TO_PEOPLE = (
    DocumentKind.COMMUNICATION,
    DocumentKind.GUARDIAN_LETTER,
    DocumentKind.PUBLIC_NOTICE,
)
"""Papers that anybody must understand."""


_Addressee = Annotated[
    str | None,
    option("--to", "NAME", say("Of a processor's notice: which of several controllers it is for.")),
]


def register(desk: Counter) -> None:
    """Add the commands."""
    desk.command(
        "draft",
        say("Print the text of a paper as it would be issued now; nothing is kept."),
        "breachdesk draft 7 notification",
        "breachdesk draft 7 communication --lang en --json",
    )(draft)
    desk.command(
        "issue",
        say("Issue a paper: a PDF, frozen in the desk. What is missing stands in it."),
        say("breachdesk issue 7 notification --out notification.pdf"),
        say("breachdesk issue 7 notification --phase final --out final.pdf --json"),
        say('breachdesk issue 7 processor-notice --to "Kunde AS" --out notice.pdf'),
    )(issue)
    desk.command(
        "sent",
        say("Record a sending: it, not the paper, meets the duty and stops the clock."),
        "breachdesk sent doc-4f7… --to Datatilsynet --channel Altinn --receipt AR123456 "
        "--attach receipt.pdf",
        say(
            'breachdesk sent 7 --duty notify_controller --to "Kunde AS" --channel phone --at 14:05'
        ),
    )(sent)
    desk.command(
        "unsent",
        say(
            "Take back a sending recorded by mistake. The duty runs again, both stay in the record."
        ),
        say('breachdesk unsent dsp-8k2… --because "It was another case"'),
    )(unsent)


def draft(
    errand: Errand,
    ref: Ref,
    kind: Kind,
    phase: PhaseOption = None,
    group: GroupOption = None,
    to: _Addressee = None,
) -> None:
    """Print a paper's text."""
    drafted = errand.desk.papers.draft(
        ref,
        one_of(DocumentKind, kind, name="KIND"),
        lang=errand.paper_lang,
        phase=None if phase is None else one_of(Phase, phase, name="--phase"),
        speaks=Lang(errand.lang),
        group=maybe_group(group),
        to=_maybe_to(to),
    )
    if errand.wants_json:
        errand.give(_plain_draft(drafted))
        return
    from breachdesk.documents import text

    errand.show(text.render(drafted, None))
    profile = errand.desk.organisation.profile()
    errand.note(language_said(errand, profile, drafted.lang))
    note_language(errand, profile, drafted.kind, drafted.lang)
    _warn(errand, drafted.warnings)
    errand.note(say("In this paper {gaps}.", gaps=gaps(len(drafted.missing))))
    if drafted.kind in _TO_PEOPLE:
        _warn_of_letter(errand, drafted)


def _warn_of_letter(errand: Errand, drafted: "Draft") -> None:
    """Say what the letter lacks, item by item, and how hard it is to read."""
    from breachdesk.documents.lix import PLAIN, lix_of

    for one in drafted.missing:
        owner = one.owner or say("nobody yet")
        errand.note(
            say("Missing: {item}, from {owner}, by {due}.", item=one.text, owner=owner, due=one.due)
            if one.due
            else say("Missing: {item}, from {owner}.", item=one.text, owner=owner)
        )
    lix = lix_of(drafted)
    if lix is not None:
        errand.note(
            say("Readability: LIX {lix}; below {plain} is plain language.", lix=lix, plain=PLAIN)
            if lix < PLAIN
            else say(
                "Readability: LIX {lix}; shorten sentences and words to come below {plain}.",
                lix=lix,
                plain=PLAIN,
            )
        )


def _warn(errand: Errand, warnings: Iterable[str]) -> None:
    for warning in warnings:
        errand.note(say("Look at this: {warning}", warning=warning))


def _plain_draft(drafted: "Draft") -> dict[str, object]:
    from breachdesk.cli.plain_paper import plain_sections
    from breachdesk.documents.lix import lix_of

    return {
        "kind": drafted.kind.value,
        "phase": drafted.phase.value if drafted.phase else None,
        "lang": drafted.lang.value,
        "title": drafted.title,
        "reference": drafted.reference,
        "version": drafted.version,
        "to": drafted.to or None,
        "missing": [
            {"item": one.item, "text": one.text, "owner": one.owner or None, "due": iso(one.due)}
            for one in drafted.missing
        ],
        "warnings": list(drafted.warnings),
        "numbers": [asdict(one) for one in drafted.numbers],
        "lix": lix_of(drafted) if drafted.kind in _TO_PEOPLE else None,
        "sections": plain_sections(drafted),
    }


def issue(  # noqa: PLR0913 - one for each option
    errand: Errand,
    ref: Ref,
    kind: Kind,
    *,
    out: Out = None,
    phase: PhaseOption = None,
    group: GroupOption = None,
    to: _Addressee = None,
    because: Annotated[
        str | None,
        option("--because", "TEXT", say("Why a final paper has gaps, or a number must stay.")),
    ] = None,
    allow_number: Annotated[
        list[str] | None,
        option("--allow-number", "FIELD", say("Let an identity number in this field pass.")),
    ] = None,
    force: Force = False,
) -> None:
    """Issue a paper."""
    what = one_of(DocumentKind, kind, name="KIND")
    path = _where(out, force=force)
    issued = errand.acting().papers.issue(
        ref,
        what,
        lang=errand.paper_lang,
        phase=None if phase is None else one_of(Phase, phase, name="--phase"),
        because=maybe_text(errand, because, "--because"),
        allowed_numbers=tuple(one.strip() for one in allow_number or ()),
        speaks=Lang(errand.lang),
        group=maybe_group(group),
        to=_maybe_to(to),
    )
    _write_issued(errand, path, issued)
    note_no_profile(errand, issued.case)
    _warn(errand, issued.warnings)
    _tell_issued(errand, path, issued)


def _maybe_to(name: str | None) -> str:
    """Return whom a notice is addressed to, as it was given; empty for nobody by name.

    Raises:
        RefusedError: It was given, and is empty.
    """
    if name is not None and not name.strip():
        raise RefusedError(say("--to has no name."), say("Name a controller, or leave it out."))
    return (name or "").strip()


def _where(out: str | None, *, force: bool) -> Path:
    """Return where the PDF goes; standard output takes the paper's id."""
    like = say("Say where the PDF goes, such as --out paper.pdf.")
    if out is None:
        raise RefusedError(say("--out is missing."), like)
    if out == "-":
        raise RefusedError(say("A paper goes to a file, not to standard output."), like)
    path = Path(out)
    refuse_existing(path, force=force)
    return path


def _write_issued(errand: Errand, path: Path, issued: "Issued") -> None:
    try:
        write_whole(path, issued.content)
    except RefusedError:
        errand.note(say("The paper is issued and kept in the desk as {id}.", id=issued.document.id))
        raise


def _tell_issued(errand: Errand, path: Path, issued: "Issued") -> None:
    document = issued.document
    if errand.wants_json:
        errand.give(
            {
                "ref": issued.case.ref,
                "document": document.id,
                "kind": document.kind.value,
                "phase": document.phase.value if document.phase else None,
                "lang": document.lang.value,
                "version": document.version,
                "sha256": document.sha256,
                "audit_head": document.audit_head,
                "path": str(path.resolve()),
                "missing": document.missing,
                "warnings": list(issued.warnings),
                "allowed_numbers": document.allowed_numbers,
                "group": document.group_id,
                "to": issued.case.addressee(document) or None,
            }
        )
        return
    errand.write(document.id)
    errand.tell(
        say(
            "“{title}”, version {version}, is in {path}.",
            title=document.title,
            version=document.version,
            path=str(path),
        )
    )
    errand.tell(language_said(errand, issued.case.profile, document.lang))
    note_language(errand, issued.case.profile, document.kind, document.lang)
    errand.tell(say("In this paper {gaps}.", gaps=gaps(len(document.missing))))
    errand.tell(say("Next: {step}", step=issued.case.next_step.text))


def sent(  # noqa: PLR0913 - one for each option
    errand: Errand,
    what: Annotated[
        str, argument("DOCUMENT|REF", say("The issued paper, or the case when none was issued."))
    ],
    *,
    to: Annotated[str, option("--to", "WHO", say("To whom."))],
    channel: Annotated[
        str, option("--channel", "HOW", say("By what: Altinn, post, e-mail, phone."))
    ],
    duty: DutyOption = None,
    receipt: Annotated[
        str | None, option("--receipt", "TEXT", say("Number or words of the receipt."))
    ] = None,
    at: At = None,
    attach: Attach = None,
    group: GroupOption = None,
) -> None:
    """Record a sending."""
    from breachdesk.casefile.warnings import sent_for_controller
    from breachdesk.records import NewDispatch

    wanted = None if duty is None else one_of(Duty, duty, name="--duty")
    sent_at, attachment = maybe_past(errand, at), maybe_attachment(attach)
    desk = errand.acting()
    ref, document_id, of_kind = _what(errand, what)
    met = wanted or of_kind
    if of_kind is not None and wanted not in (None, of_kind):
        raise RefusedError(
            say("Sending {document} meets “{duty}”, no other duty.", document=what, duty=of_kind),
            say("Leave --duty out, or name the case instead of the paper."),
        )
    if met in (None, Duty.RECORD):
        raise RefusedError(
            say("Which duty does it meet?"),
            say("Add --duty: {duties}.", duties=", ".join(_duties())),
        )
    new = made(
        NewDispatch,
        duty=met,
        to=text_of(errand, to, "--to"),
        channel=text_of(errand, channel, "--channel"),
        receipt=maybe_text(errand, receipt, "--receipt"),
        sent_at=sent_at,
        document_id=document_id,
        group_id=maybe_group(group) or None,
    )
    case = desk.papers.sent(ref, new, attachment=attachment)
    clock, unnamed = case.clock(met), told_nobody(case)
    if unnamed is not None:
        errand.note(unnamed)
    recorded = say(
        "Recorded as {id}, for “breachdesk unsent” if it was a mistake.", id=case.dispatches[-1].id
    )
    for_them = sent_for_controller(case.facts.role, met)
    said = (recorded, for_them, clock_line(clock) if clock else None)
    done(errand, case, *(one for one in said if one is not None))
    untied = untied_paper(case, met)
    if untied is not None:
        errand.note(untied)


def _what(errand: Errand, what: str) -> tuple[str, str | None, Duty | None]:
    """Return case, paper and the duty its sending meets, of what was named."""
    from breachdesk.desk.papers import DUTY_OF_KIND

    if not what.startswith(_DOCUMENT):
        return errand.desk.intake.resolve(what, writing=True), None, None
    ref, document = errand.desk.papers.find(what.strip())
    return ref, document.id, DUTY_OF_KIND.get(document.kind)


def _duties() -> list[str]:
    return [one.value for one in Duty if one != Duty.RECORD]


def unsent(
    errand: Errand,
    dispatch: Annotated[
        str, argument("DISPATCH", say("The sending's id, dsp-…; “breachdesk show REF” lists them."))
    ],
    because: Because,
) -> None:
    """Take a sending back."""
    reason = text_of(errand, because, "--because")
    named = dispatch.strip()
    try:
        case = errand.acting().papers.unsent(named, reason)
    except NoSuchThingError as error:
        if named.startswith(_DISPATCH):
            raise
        raise _no_sending(errand, named) from error
    done(errand, case)


def _no_sending(errand: Errand, named: str) -> RefusedError:
    """Return the refusal of what is no sending's id; for a case, with the ids of its sendings."""
    from breachdesk.casefile.clocks import standing

    what = say("“{text}” is no sending: its id begins with dsp-.", text=named)
    try:
        case = errand.desk.intake.open(named)
    except RefusedError:
        return RefusedError(what, say("“breachdesk show REF” lists the sendings of a case."))
    running = [one.id for one in standing(case.dispatches)]
    if not running:
        return RefusedError(what, say("{ref} has no sending to take back.", ref=case.ref))
    return RefusedError(
        what, say("The sendings of {ref}: {ids}.", ref=case.ref, ids=", ".join(running))
    )

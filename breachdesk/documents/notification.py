"""The notification to the authority: Art. 33 GDPR, in the order of the authority's form."""

from dataclasses import replace

from breachdesk.casefile.earlier import last_sent
from breachdesk.documents import changes
from breachdesk.documents.dates import within
from breachdesk.documents.draft import Block, Gap, MissingItem, Paragraph
from breachdesk.documents.form_paper import Part, Said, parts
from breachdesk.documents.promises import with_promises
from breachdesk.documents.telling import Telling
from breachdesk.records import Dispatch, Document
from breachdesk.terms import DocumentKind, Duty, Matter, Outcome, Phase


def notification(telling: Telling) -> tuple[Part, ...]:
    """Return the sections of the notification; a withdrawal has only the first."""
    made = _parts(telling)
    made = made[:1] if telling.phase is Phase.WITHDRAWAL else with_promises(telling, made)
    made = changes.marked(telling, made, _parts)
    first, *others = made
    opening = _opening(telling, has_gaps=any(one.missing for one in made))
    section = replace(first.section, blocks=(opening, *first.section.blocks))
    return (replace(first, section=section), *others)


def _parts(telling: Telling) -> tuple[Part, ...]:
    return parts(telling, DocumentKind.NOTIFICATION, {"about": _about})


def phase_of(telling: Telling) -> Phase:
    """Return the phase when none was chosen: initial until one was sent, then supplementary."""
    is_first = not telling.sendings(Duty.NOTIFY_AUTHORITY)
    return telling.phase or (Phase.INITIAL if is_first else Phase.SUPPLEMENTARY)


def _opening(telling: Telling, *, has_gaps: bool) -> Paragraph:
    """Return what this notification is; a first one without gaps does not promise more."""
    is_whole = telling.phase is Phase.INITIAL and not has_gaps
    return Paragraph(
        telling.word("phase_says.whole" if is_whole else f"phase_says.{telling.phase}")
    )


def _about(telling: Telling) -> Said:
    """Return which earlier notification this one supplements, and why one is withdrawn."""
    if telling.phase is Phase.INITIAL:
        return (), ()
    earlier = earlier_notification(telling)
    said: tuple[Block, ...] = (
        Paragraph(earlier) if earlier else Gap(telling.word("earlier.none")),
    )
    missing: tuple[MissingItem, ...] = ()
    if not earlier:
        missing = (MissingItem(item="earlier", text=telling.word("label.earlier")),)
    if telling.phase is Phase.WITHDRAWAL:
        blocks, more = _withdrawn_because(telling)
        return (*said, *blocks), (*missing, *more)
    return said, missing


def earlier_notification(telling: Telling) -> str:
    """Return which notification this one supplements: its date, version, id and receipt."""
    documents = telling.issued(DocumentKind.NOTIFICATION)
    sent = last_sent(telling.case)
    if sent is not None:  # a paper that was never sent counts when nothing was
        document = next((one for one in documents if one.id == sent.document_id), None)
        return (
            _about_document(telling, document, sent) if document else _about_sending(telling, sent)
        )
    if documents:
        return _about_document(telling, documents[-1], None)
    return ""


def _about_document(telling: Telling, document: Document, sent: Dispatch | None) -> str:
    values: dict[str, str | int] = {
        "phase": within(telling.word(f"phase.{document.phase or Phase.INITIAL}")),
        "version": document.version,
        "id": document.id,
    }
    if sent is None or sent.sent_at is None:
        when = telling.dates.moment(document.recorded_at)
        return telling.word("earlier.issued", when=when, **values)
    when = telling.dates.moment(sent.sent_at)
    said = telling.word("earlier.sent", when=when, **values)
    return f"{said} {telling.word('said.receipt', receipt=sent.receipt)}" if sent.receipt else said


def _about_sending(telling: Telling, sent: Dispatch) -> str:
    when = telling.dates.moment(sent.sent_at) if sent.sent_at else ""
    said = telling.word("earlier.typed", when=when, channel=sent.channel)
    return f"{said} {telling.word('said.receipt', receipt=sent.receipt)}" if sent.receipt else said


def _withdrawn_because(telling: Telling) -> Said:
    for matter in (Matter.IS_BREACH, Matter.NOTIFY_AUTHORITY):
        decision = telling.case.decision(matter)
        if decision and decision.outcome is Outcome.NO:
            return (Paragraph(decision.rationale),), ()
    gap = telling.word("withdrawal.no_reason")
    return (Gap(gap),), (MissingItem(item="withdrawal_reason", text=gap),)

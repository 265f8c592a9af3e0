"""Draft, issue and send papers. What was issued is frozen; what was sent stops a clock."""

import hashlib
from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any

from breachdesk.casefile import CaseFile
from breachdesk.casefile.clocks import standing
from breachdesk.desk import attachments
from breachdesk.desk.addressing import addressed_to, group_told, is_to, seen_for
from breachdesk.desk.beyond import erased_versions
from breachdesk.desk.numbers import check_numbers, passed
from breachdesk.desk.office import Change, Office
from breachdesk.desk.words import says_something
from breachdesk.documents.checklist import CheckItem, checklist
from breachdesk.documents.compose import compose
from breachdesk.documents.draft import Draft, MissingItem
from breachdesk.errors import NoSuchThingError, RefusedError
from breachdesk.message import say
from breachdesk.records import Dispatch, Document, NewAttachment, NewDispatch
from breachdesk.store.files import create_whole, disk_in_words
from breachdesk.terms import AuditAction, DocumentKind, Duty, Lang, Phase, Role

DUTY_OF_KIND = {
    DocumentKind.NOTIFICATION: Duty.NOTIFY_AUTHORITY,
    DocumentKind.COMMUNICATION: Duty.INFORM_SUBJECTS,
    DocumentKind.PROCESSOR_NOTICE: Duty.NOTIFY_CONTROLLER,
    DocumentKind.GUARDIAN_LETTER: Duty.INFORM_SUBJECTS,
    DocumentKind.PUBLIC_NOTICE: Duty.INFORM_SUBJECTS,
}
"""The duty that sending a paper meets; the others are our own records."""

_ACCOUNTS = frozenset({"root", "admin", "administrator", "user", "ubuntu"})
"""Names of accounts that are nobody's own: a paper is issued by a person."""


@dataclass(frozen=True, kw_only=True)
class Issued:
    """What issuing gave."""

    case: CaseFile
    document: Document
    content: bytes
    """The PDF."""
    warnings: tuple[str, ...] = ()
    """What to look at in it, as its draft said."""


class Papers:
    """Where papers are made and their sending is recorded."""

    def __init__(self, office: Office) -> None:
        """Work with the shared tools."""
        self._office = office

    def draft(
        self,
        ref: str,
        kind: DocumentKind,
        *,
        lang: Lang | None = None,
        phase: Phase | None = None,
        speaks: Lang | None = None,
        group: str = "",
        to: str = "",
    ) -> Draft:
        """Return the paper as it would be issued now; nothing is kept.

        Args:
            ref: The case.
            kind: Which paper.
            lang: The paper's language; None: the organisation's own, else bokmål.
            phase: Of a notification; None: the one it is in.
            speaks: Language of the warnings to its author; None: the paper's.
            group: Of a letter: the group of people it is for, by name or id; empty: everybody.
            to: Of a processor's notice: the controller it is addressed to; empty: the only one.
        """
        with self._office.reading() as reading:
            incident = self._office.find(reading, ref, writing=False)
            case = seen_for(self._office.case(reading, incident), kind, group)
            return self._compose(case, kind, lang, phase, speaks, to)

    def preview(self, draft: Draft) -> bytes:
        """Return a draft as PDF with its draft mark."""
        from breachdesk.documents import pdf

        return pdf.render(draft, None)

    def issue(  # noqa: PLR0913 - each says one thing about the paper
        self,
        ref: str,
        kind: DocumentKind,
        *,
        lang: Lang | None = None,
        phase: Phase | None = None,
        because: str = "",
        allowed_numbers: Collection[str] = (),
        speaks: Lang | None = None,
        group: str = "",
        to: str = "",
    ) -> Issued:
        """Issue a paper: compose it, stamp it, freeze its bytes in the record.

        Gaps never stop it; they stand in the paper. Only a final paper with gaps asks for a reason,
        and a paper for an authority with identity numbers of people in fields not `allowed_numbers`
        is stopped. A letter may be for one group of people: then it says what is true for them. A
        processor's notice may be addressed to one of several controllers: then it names no other.

        Raises:
            RefusedError: a final paper with gaps and no reason; identity numbers.
        """
        from breachdesk.documents import pdf, text

        with self._office.changing(ref) as change:
            case = seen_for(change.case, kind, group)
            draft = self._compose(case, kind, lang, phase, speaks, to)
            _need_reason_for_gaps(draft, because)
            check_numbers(draft, allowed_numbers, because)
            head = change.writing.head_before
            stamp = self._office.stamp(head)
            content = pdf.render(draft, stamp)
            row = _document(change, draft, content, text.render(draft, stamp), head, because)
            row.allowed_numbers = passed(draft, allowed_numbers)
            row.group_id = case.seen_for.id if case.seen_for else None
            document = change.add(row, AuditAction.DOCUMENT_ISSUE)
            return Issued(
                case=change.fresh(), document=document, content=content, warnings=draft.warnings
            )

    def _compose(
        self,
        case: CaseFile,
        kind: DocumentKind,
        lang: Lang | None,
        phase: Phase | None,
        speaks: Lang | None = None,
        to: str = "",
    ) -> Draft:
        """Return the draft in the paper's language, its warnings in that of its author."""
        chosen = lang or paper_language(case)
        wording = self._office.forms.wording(kind.value, chosen)
        to = addressed_to(case, kind, to)
        draft = compose(
            case,
            kind,
            wording=wording,
            lang=chosen,
            phase=phase or next_phase(case, kind),
            version=_next_version(case, kind, to),
            to=to,
        )
        if self._office.actor.casefold() in _ACCOUNTS:
            nobody = wording.text("warning.account", actor=self._office.actor)
            draft = replace(draft, warnings=(*draft.warnings, nobody))
        if speaks in (None, chosen):
            return draft
        return replace(draft, warnings=self._compose(case, kind, speaks, phase, to=to).warnings)

    def content(self, document_id: str) -> bytes:
        """Return an issued paper's bytes, as they were issued."""
        with self._office.reading() as reading:
            return reading.document_content(document_id)

    def checklist(self, draft: Draft) -> tuple[CheckItem, ...]:
        """Return what the law asks of a paper, item by item: present, or who supplies it."""
        return checklist(draft, self._office.forms.wording(draft.kind.value, draft.lang))

    def save(self, document_id: str, path: Path) -> Path:
        """Write an issued paper to a new file that only its owner can read; return where it lies.

        Raises:
            RefusedError: a file is there already.
            StoreError: it cannot be written there.
        """
        content = self.content(document_id)
        path = path.expanduser()
        with disk_in_words(path):
            try:
                create_whole(path, content, mark=document_id)
            except FileExistsError:
                raise RefusedError(
                    say("There is a file {path} already; it was left as it is.", path=str(path)),
                    say("Choose another name."),
                ) from None
        return path.resolve()

    def find(self, document_id: str) -> tuple[str, Document]:
        """Return the case reference and the record of an issued paper."""
        with self._office.reading() as reading:
            found = reading.with_id(Document, document_id)
            if found is None:
                raise NoSuchThingError(
                    say("There is no issued paper “{id}”.", id=document_id),
                    say("“breachdesk show REF” lists the papers of a case."),
                )
            return reading.incident(found.incident_id).ref, found

    def sent(
        self, ref: str, new: NewDispatch, *, attachment: NewAttachment | None = None
    ) -> CaseFile:
        """Record a sending: it, not the paper, meets the duty and stops the clock.

        Args:
            ref: The case.
            new: What was sent.
            attachment: A file kept with it, such as the receipt.

        Raises:
            RefusedError: It lies in the future or before awareness, or our role has no such duty.
        """
        sent_at = new.sent_at or self._office.now()
        if sent_at > self._office.now():
            raise RefusedError(
                say("{at} is in the future.", at=sent_at), say("Record a sending once it is done.")
            )
        with self._office.changing(ref) as change:
            _check_sending(change.case, new.duty, sent_at)
            told = group_told(change.case, new)
            dispatch = change.add(
                Dispatch(
                    id="",
                    incident_id=change.incident.id,
                    duty=new.duty,
                    document_id=new.document_id,
                    to=new.to,
                    channel=new.channel,
                    receipt=new.receipt,
                    sent_at=sent_at,
                    group_id=told,
                ),
                AuditAction.DISPATCH_RECORD,
            )
            if attachment is not None:
                attachments.keep(change, dispatch.id, attachment)
            return change.fresh()

    def unsent(self, dispatch_id: str, because: str) -> CaseFile:
        """Take back a sending recorded by mistake: the duty runs again, both stay in the record."""
        if not says_something(because):
            raise RefusedError(say("A reason is needed."), say("Say what was mistaken."))
        with self._office.changing(self._case_of(dispatch_id)) as change:
            mistaken = next(
                (one for one in standing(change.case.dispatches) if one.id == dispatch_id), None
            )
            if mistaken is None:
                raise RefusedError(say("“{id}” was taken back already.", id=dispatch_id))
            change.add(
                Dispatch(
                    id="",
                    incident_id=change.incident.id,
                    duty=mistaken.duty,
                    corrects=mistaken.id,
                    group_id=mistaken.group_id,
                    reason=because,
                ),
                AuditAction.DISPATCH_CORRECT,
            )
            return change.fresh()

    def _case_of(self, dispatch_id: str) -> str:
        with self._office.reading() as reading:
            found = reading.with_id(Dispatch, dispatch_id)
            if found is None or found.corrects:
                raise NoSuchThingError(
                    say("There is no recorded sending “{id}”.", id=dispatch_id),
                    say("“breachdesk show REF” lists the sendings of a case."),
                )
            return reading.incident(found.incident_id).ref


def paper_language(case: CaseFile) -> Lang:
    """Return the organisation's language, else bokmål: the authority reads Norwegian."""
    return case.profile.organisation.language if case.profile else Lang.NB


def next_phase(case: CaseFile, kind: DocumentKind) -> Phase | None:
    """Return the phase a notification is in: initial until one was sent (Art. 33(4) GDPR).

    Decided after the sending that it was none, it is to be withdrawn.
    """
    if kind != DocumentKind.NOTIFICATION:
        return None
    if case.owes_withdrawal:
        return Phase.WITHDRAWAL
    was_sent = any(one.duty == Duty.NOTIFY_AUTHORITY for one in standing(case.dispatches))
    return Phase.SUPPLEMENTARY if was_sent else Phase.INITIAL


def _next_version(case: CaseFile, kind: DocumentKind, to: str) -> int:
    """Return the version that no paper of the kind has had, those erased since included."""
    here = (one.version for one in case.documents if _is_before(case, one, kind, to))
    return max((*here, *erased_versions(case, kind)), default=0) + 1


def _check_sending(case: CaseFile, duty: Duty, sent_at: datetime) -> None:
    """Refuse a sending before awareness, or for a duty that our role does not have."""
    aware = case.facts.became_aware_at
    if aware is not None and sent_at < aware:
        raise RefusedError(
            say(
                "It cannot be sent {sent}, before we became aware {aware}.",
                sent=sent_at,
                aware=aware,
            ),
            say("Check the time of sending, or correct the time of awareness first."),
        )
    if duty == Duty.NOTIFY_CONTROLLER and case.facts.role != Role.PROCESSOR:
        raise RefusedError(
            say("Only a processor tells the controller (Art. 33(2))."),
            say("If we are processor here, correct our role first."),
        )


def _is_before(case: CaseFile, document: Document, kind: DocumentKind, to: str) -> bool:
    """Does an issued paper count among those before this one? Each group has its own letters."""
    group = case.seen_for.id if case.seen_for else None
    return document.kind == kind and document.group_id == group and is_to(case, document, to)


def _need_reason_for_gaps(draft: Draft, because: str) -> None:
    if draft.phase == Phase.FINAL and draft.missing and not because.strip():
        raise RefusedError(
            say(
                "A final paper with gaps needs a reason; missing: {count}.",
                count=len(draft.missing),
            ),
            say("Give the reason, or issue it as a supplementary notification."),
        )


def _document(
    change: Change, draft: Draft, content: bytes, text: str, head: str, because: str
) -> Document:
    return Document(
        id="",
        incident_id=change.incident.id,
        kind=draft.kind,
        phase=draft.phase,
        lang=draft.lang,
        version=draft.version,
        title=draft.title,
        content=content,
        text=text,
        sha256=hashlib.sha256(content).hexdigest(),
        audit_head=head,
        missing=[_plain_missing(one) for one in draft.missing],
        reason=because,
    )


def _plain_missing(item: MissingItem) -> dict[str, Any]:
    due = item.due.isoformat(timespec="seconds") if item.due else None
    return {"item": item.item, "text": item.text, "owner": item.owner or None, "due": due}

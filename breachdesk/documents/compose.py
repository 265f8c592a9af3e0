"""A case becomes a paper: compose(case, kind) -> Draft. Pure; no layout, no disk, no clock."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace

from breachdesk.casefile import CaseFile
from breachdesk.casefile.whole import whole
from breachdesk.documents import completeness, doubts, identity, privacy
from breachdesk.documents.communication import communication, guardian_letter, public_notice
from breachdesk.documents.decision_memo import decision_memo
from breachdesk.documents.draft import Draft, Letterhead
from breachdesk.documents.form_paper import Part
from breachdesk.documents.handover import handover
from breachdesk.documents.letter import CLOSING
from breachdesk.documents.notification import notification, phase_of
from breachdesk.documents.processor_notice import processor_notice
from breachdesk.documents.register_entry import register_entry
from breachdesk.documents.telling import Telling
from breachdesk.documents.timeline import timeline
from breachdesk.documents.wording import Wording
from breachdesk.terms import DocumentKind, Lang, Phase

_FOR_OTHERS = {DocumentKind.NOTIFICATION, DocumentKind.PROCESSOR_NOTICE}
"""Papers that leave the house and are about people, not to them: no way to reach them in these."""

_OF_EVERYBODY = {
    DocumentKind.NOTIFICATION,
    DocumentKind.PROCESSOR_NOTICE,
    DocumentKind.PUBLIC_NOTICE,
    DocumentKind.REGISTER_ENTRY,
    DocumentKind.DECISION_MEMO,
}
"""Papers about the whole breach: what only a group of people has stands in their main lines."""

_COMPOSERS: Mapping[DocumentKind, Callable[[Telling], tuple[Part, ...]]] = {
    DocumentKind.NOTIFICATION: notification,
    DocumentKind.COMMUNICATION: communication,
    DocumentKind.PROCESSOR_NOTICE: processor_notice,
    DocumentKind.REGISTER_ENTRY: register_entry,
    DocumentKind.TIMELINE: timeline,
    DocumentKind.GUARDIAN_LETTER: guardian_letter,
    DocumentKind.PUBLIC_NOTICE: public_notice,
    DocumentKind.DECISION_MEMO: decision_memo,
    DocumentKind.HANDOVER: handover,
}


def compose(
    case: CaseFile,
    kind: DocumentKind,
    *,
    wording: Wording,
    lang: Lang,
    phase: Phase | None = None,
    version: int = 1,
    to: str = "",
) -> Draft:
    """Return the paper of a kind about a case, with what is missing in it.

    Args:
        case: Everything known.
        kind: Which paper.
        wording: The sentences of that kind in `lang` (`Forms.wording`).
        lang: The paper's language.
        phase: Of a notification; None: initial, or supplementary once one went out.
        version: 1 for the first paper of the kind in the case, then counting; erased ones count.
        to: Of a processor's notice: the controller it is addressed to.

    Raises:
        FormError: The wording lacks a sentence.
    """
    case = whole(case) if kind in _OF_EVERYBODY else case
    telling = Telling(case=case, wording=wording, lang=lang, phase=phase, to=to)
    if kind is DocumentKind.NOTIFICATION:
        telling = replace(telling, phase=phase_of(telling))
    made = _COMPOSERS[kind](telling)
    gaps = (item for part in made for item in part.missing)
    missing = () if case.is_erased else tuple(gaps)
    sections = [part.section for part in made]
    if missing and wording.get("missing.heading"):
        ends = len(sections) - (sections[-1].id == CLOSING)
        sections.insert(ends, completeness.missing_section(telling, missing))
    return Draft(
        kind=kind,
        phase=telling.phase,
        lang=lang,
        title=telling.word("title"),
        subtitle=telling.wording.get(f"subtitle.{telling.phase or 'none'}"),
        head=_head(telling),
        reference=case.ref,
        version=version,
        is_drill=case.incident.is_drill,
        letterhead=letterhead(telling),
        sections=tuple(sections),
        missing=missing,
        warnings=tuple(_warnings(telling, kind, made)),
        numbers=identity.numbers_in(telling, sections),
        footer=telling.wording.get("footer"),
        to=to,
        zone=case.regime.zone,
        labels={**labels(wording), "phase": _phase_word(telling)},
    )


def labels(wording: Wording) -> dict[str, str]:
    """Return the few words that the layout itself needs."""
    return {
        text_id.removeprefix("labels."): text
        for text_id, text in wording.texts.items()
        if text_id.startswith("labels.")
    }


def letterhead(telling: Telling) -> Letterhead:
    """Return the sender, from the organisation's profile."""
    if telling.profile is None:
        return Letterhead(name=telling.organisation)
    facts = telling.profile.organisation
    contact = facts.privacy_contact
    number = (
        telling.word("said.organisation_number", number=facts.organisation_number)
        if facts.organisation_number
        else ""
    )
    return Letterhead(
        name=facts.name,
        address=facts.address,
        organisation_number=number,
        contact=" · ".join(one for one in (contact.email, contact.phone) if one),
    )


def _head(telling: Telling) -> tuple[tuple[str, str], ...]:
    values = {
        "to": telling.authority,
        "from": telling.organisation,
        "case": telling.case.ref,
        "incident": telling.case.facts.title,
        "kind": _phase_word(telling),
    }
    order = telling.wording.order("order.head")
    return tuple((telling.word(f"head.{one}"), values[one]) for one in order if values.get(one))


def _phase_word(telling: Telling) -> str:
    return telling.wording.get(f"phase.{telling.phase}") if telling.phase else ""


def _warnings(telling: Telling, kind: DocumentKind, made: tuple[Part, ...]) -> Iterator[str]:
    """Yield what looks like personal data of people affected, with the field it stands in."""
    yield from doubts.about(telling, kind)
    for part in made:
        yield from part.warnings
    unconfirmed = [row.label for part in made for row in doubts.doubted(part.section)]
    if unconfirmed:
        yield telling.word("warning.unconfirmed", fields=", ".join(unconfirmed))
    own = telling.profile.organisation.privacy_contact if telling.profile else None
    free = [one for part in made for one in part.free]
    free += [(telling.word("head.incident"), telling.case.facts.title)]
    for label, text in free:
        for found in privacy.identity_numbers(text):
            yield telling.word("warning.identity_number", field=label, found=found)
        if kind not in _FOR_OTHERS:
            continue
        for found in privacy.addresses(text, (own.email,) if own else ()):
            yield telling.word("warning.address", field=label, found=found)
        for found in privacy.phones(text, (own.phone,) if own else ()):
            yield telling.word("warning.phone", field=label, found=found)

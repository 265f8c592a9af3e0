"""The register of breaches as a paper: every breach, notified or not. Art. 33(5) GDPR."""

from collections.abc import Sequence

from breachdesk.casefile import CaseFile
from breachdesk.documents import rows
from breachdesk.documents.compose import labels, letterhead
from breachdesk.documents.draft import (
    Draft,
    FieldRow,
    Fields,
    Letterhead,
    Paragraph,
    Section,
    Table,
)
from breachdesk.documents.kept import decision_rows, erased_rows, sending_rows
from breachdesk.documents.telling import Telling
from breachdesk.documents.wording import Wording
from breachdesk.records import Profile
from breachdesk.terms import DocumentKind, Duty, Lang, Matter, Outcome


def register_paper(
    cases: Sequence[CaseFile],
    *,
    wording: Wording,
    lang: Lang,
    profile: Profile | None = None,
    year: int | None = None,
    zone: str = "Europe/Oslo",
) -> Draft:
    """Return the register: a table of all cases, then facts, effects and remedial action of each.

    Args:
        cases: In the order they are to stand; drills left out by the caller.
        wording: `Forms.wording("register", lang)`.
        lang: The paper's language.
        profile: Whose register it is.
        year: Of the references; None for every year.
        zone: IANA name of the zone its times are written in.
    """
    tellings = tuple(Telling(case=one, wording=wording, lang=lang) for one in cases)
    sender = (
        letterhead(tellings[0])
        if tellings
        else Letterhead(
            name=profile.organisation.name if profile else wording.text("place.organisation")
        )
    )
    overview = _overview(tellings, wording)
    span = str(year) if year else wording.text("every_year")
    return Draft(
        kind=DocumentKind.REGISTER_ENTRY,
        phase=None,
        lang=lang,
        title=wording.text("title"),
        subtitle=wording.text("subtitle.none"),
        head=((wording.text("head.year"), span), (wording.text("head.count"), str(len(cases)))),
        reference=wording.text("reference", year=span),
        version=1,
        is_drill=False,
        letterhead=sender,
        sections=(overview, *(_entry(one) for one in tellings)),
        footer=wording.get("footer"),
        zone=zone,
        labels=labels(wording),
    )


def _overview(tellings: Sequence[Telling], wording: Wording) -> Section:
    columns = ("case", "incident", "aware", "risk", "authority", "subjects")
    header = tuple(wording.text(f"column.{one}") for one in columns)
    body = tuple(_summary(one) for one in tellings)
    table = Table(header=header, rows=body, widths=(22, 48, 24, 22, 27, 27))
    blocks = (table,) if body else (Paragraph(wording.text("nothing")),)
    return Section(id="overview", heading=wording.text("section.overview"), blocks=blocks)


def _summary(telling: Telling) -> tuple[str, ...]:
    case = telling.case
    aware = case.facts.became_aware_at
    return (
        case.ref,
        case.facts.title,
        telling.dates.short_day(aware) if aware else telling.word("short.unknown"),
        telling.word(f"short.{case.kept.risk}")
        if case.kept
        else telling.word("short.not_assessed"),
        _met(telling, Duty.NOTIFY_AUTHORITY, Matter.NOTIFY_AUTHORITY),
        _met(telling, Duty.INFORM_SUBJECTS, Matter.INFORM_SUBJECTS),
    )


def _met(telling: Telling, duty: Duty, matter: Matter) -> str:
    """Return when it was sent, else what was decided: people are told, authorities notified."""
    words = "informed" if matter is Matter.INFORM_SUBJECTS else "short"
    sent = telling.sendings(duty)
    if sent and sent[0].sent_at:
        return telling.word(f"{words}.sent", when=telling.dates.short_day(sent[0].sent_at))
    decision, breach = telling.case.decision(matter), telling.case.decision(Matter.IS_BREACH)
    if decision is None and breach is not None and breach.outcome is Outcome.NO:
        return telling.word("short.no_breach")
    return telling.word(f"{words}.{decision.outcome if decision else 'undecided'}")


def _entry(telling: Telling) -> Section:
    case = telling.case
    found: list[FieldRow] = []
    for row_id in telling.wording.order("order.entry"):
        line = rows.line(telling, row_id, is_needed=row_id in telling.wording.order("order.needed"))
        if line:
            found.append(line.row)
    found += [*decision_rows(telling), *sending_rows(telling), *erased_rows(telling)]
    heading = f"{case.ref} {case.facts.title}"
    return Section(id=case.ref, heading=heading, blocks=(Fields(tuple(found)),))

"""Lines that several facts make together: when, how many, what was told, how great the risk, whom to ask."""

from datetime import datetime

from breachdesk.documents.lines import Line, asked_line, known, not_known, note_of
from breachdesk.documents.telling import Telling
from breachdesk.records import Dispatch
from breachdesk.records.organisation import Contact
from breachdesk.terms import Duty, Matter, Outcome, RiskLevel

_EXACT, _APPROXIMATE = "exact", "approximate"


def controller(telling: Telling) -> Line:
    """Return who we are: EDPB template 10-13."""
    profile = telling.profile
    if profile is None:
        return not_known(telling, "controller", item="organisation")
    facts = profile.organisation
    number = (
        telling.word("said.organisation_number", number=facts.organisation_number)
        if facts.organisation_number
        else ""
    )
    value = "\n".join(one for one in (facts.name, number, facts.address) if one)
    return known(telling, "controller", value, number=telling.wording.get("number.controller"))


def role(telling: Telling) -> Line:
    """Return what we are for this processing."""
    return known(telling, "role", telling.word(f"role.{telling.case.facts.role}"))


def period(telling: Telling) -> Line:
    """Return when it happened: EDPB template 44-47."""
    facts = telling.case.facts
    number = telling.numbers("period", "occurred_from", "occurred_to")
    said = telling.text("period")
    spoken = _between(telling, facts.occurred_from, facts.occurred_to)
    if not spoken and not said:
        answer = telling.answer("period") or telling.answer("occurred_from")
        return not_known(
            telling,
            "period",
            item="period",
            number=number,
            owner=answer.owner if answer else "",
            due=answer.due if answer else None,
        )
    estimated = telling.value("period_estimated") is True
    note = telling.word("note.estimated") if estimated else ""
    value = "\n".join(one for one in (spoken, said) if one)
    return known(telling, "period", value, number=number, note=note)


def _between(telling: Telling, start: datetime | None, end: datetime | None) -> str:
    dates = telling.dates
    if start and end and start != end:
        return telling.word("said.from_to", start=dates.moment(start), end=dates.moment(end))
    if start and end:
        return dates.moment(start)
    if start:
        return telling.word("said.from", start=dates.moment(start))
    return telling.word("said.until", end=dates.moment(end)) if end else ""


def detected(telling: Telling) -> Line:
    """Return when someone first saw something."""
    return _moment(telling, "detected", "detected_at", telling.case.facts.detected_at)


def aware(telling: Telling) -> Line:
    """Return when we became aware, and why then: Art. 33(1) GDPR, EDPB template 48."""
    facts = telling.case.facts
    return _moment(
        telling, "aware", "became_aware_at", facts.became_aware_at, facts.awareness_reason
    )


def _moment(
    telling: Telling, row_id: str, question: str, at: datetime | None, why: str = ""
) -> Line:
    number = telling.numbers(question)
    if at is None:
        return not_known(telling, row_id, item=question, number=number)
    value = "\n".join(one for one in (telling.dates.exact(at), why.strip()) if one)
    return known(telling, row_id, value, number=number, free=why)


def delay(telling: Telling) -> Line | None:
    """Return the reasons for a late notification, only when it is late: Art. 33(1) GDPR."""
    if not telling.is_late:
        return None
    clock = telling.case.clock(Duty.NOTIFY_AUTHORITY)
    over = (
        telling.word("said.deadline_was", deadline=telling.dates.exact(clock.deadline))
        if clock and clock.deadline
        else ""
    )
    line = asked_line(telling, "delay", "reasons_for_delay")
    if line is None or line.missing:
        answer = telling.answer("reasons_for_delay")
        return not_known(
            telling,
            "delay",
            item="reasons_for_delay",
            number=telling.numbers("reasons_for_delay"),
            owner=answer.owner if answer else "",
            due=answer.due if answer else None,
            beside=over,
        )
    value = "\n".join(one for one in (over, line.row.value) if one)
    return known(telling, "delay", value, number=line.row.number, free=line.free)


def people(telling: Telling) -> Line:
    """Return how many people: Art. 33(3)(a) GDPR, EDPB template 67-68."""
    return _count(telling, "people", "people_basis", "people_number")


def records(telling: Telling) -> Line:
    """Return how many records, which are not people: Art. 33(3)(a) GDPR, EDPB template 72-73."""
    return _count(telling, "records", "records_basis", "records_number")


def _count(telling: Telling, row_id: str, basis_id: str, number_id: str) -> Line:
    number = telling.numbers(basis_id, number_id)
    count, basis = telling.text(number_id), telling.chosen(basis_id)
    if count:
        known_basis = next((one for one in basis if one in {_EXACT, _APPROXIMATE}), "")
        value = telling.word(f"said.{known_basis}", count=count) if known_basis else count
        return known(telling, row_id, value, number=number)
    if basis and basis[0] not in {_EXACT, _APPROXIMATE}:
        return known(telling, row_id, telling.text(basis_id), number=number)
    answer = telling.answer(number_id) or telling.answer(basis_id)
    return not_known(
        telling,
        row_id,
        item=number_id,
        number=number,
        owner=answer.owner if answer else "",
        due=answer.due if answer else None,
    )


def told(telling: Telling) -> Line:
    """Return whether the people affected were told: EDPB template 97-101."""
    number = telling.numbers("subjects_told", "told_on", "planned_on", "not_told_why")
    sendings = telling.sendings(Duty.INFORM_SUBJECTS)
    if sendings:
        lines = [telling.word("told.yes"), *(sending_line(telling, one) for one in sendings)]
        return known(telling, "told", "\n".join(lines), number=number)
    said = [telling.text("subjects_told"), _day(telling, "told_on", "told.on")]
    decided, why = _decided_to_tell(telling)
    said += [decided] if decided and not said[0] else []
    said += [_day(telling, "planned_on", "told.planned"), telling.text("not_told_why") or why]
    value = "\n".join(one for one in said if one)
    if value:
        return known(telling, "told", value, number=number, free=why)
    answer = telling.answer("subjects_told")
    return not_known(
        telling,
        "told",
        item="subjects_told",
        number=number,
        owner=answer.owner if answer else "",
        due=answer.due if answer else None,
    )


def _decided_to_tell(telling: Telling) -> tuple[str, str]:
    """Return the decision in words and, where it was no, why."""
    decision = telling.case.decision(Matter.INFORM_SUBJECTS)
    if decision is None:
        return "", ""
    if decision.outcome is Outcome.NO:
        ground = telling.word(f"ground.{decision.ground}") if decision.ground else ""
        return telling.word("told.no"), "\n".join(x for x in (ground, decision.rationale) if x)
    return telling.word(f"told.decided_{decision.outcome}"), ""


def _day(telling: Telling, question: str, text_id: str) -> str:
    value = telling.value(question)
    if not isinstance(value, str):
        return ""
    return telling.word(text_id, day=telling.dates.day(datetime.fromisoformat(value)))


def sending_line(telling: Telling, sending: Dispatch) -> str:
    """Return what was sent, when, to whom and how, on one line."""
    when = telling.dates.exact(sending.sent_at) if sending.sent_at else ""
    line = telling.word("said.sent", when=when, to=sending.to, channel=sending.channel)
    return f"{line} {telling.word('said.receipt', receipt=sending.receipt)}" if sending.receipt else line


def how_told(telling: Telling) -> Line | None:
    """Return by what means people were or will be told: EDPB template 102-105."""
    return asked_line(telling, "how_told", "means", "means_text", is_needed=False)


def risk(telling: Telling) -> Line:
    """Return the outcome of the risk assessment and what it rests on: EDPB template 89-90."""
    number = telling.wording.get("number.risk")
    kept = telling.case.kept
    if kept is None:
        return not_known(telling, "risk", number=number)
    lines = [telling.word(f"risk.{kept.risk}")]
    if kept.severity:
        low, high = (telling.dates.decimal(one) for one in (kept.severity.low, kept.severity.high))
        score = low if low == high else telling.word("said.range", low=low, high=high)
        level = telling.word(f"severity.{kept.severity.level}")
        lines.append(telling.word("risk.score", score=score, level=level))
    advice = kept.for_duty(Duty.NOTIFY_AUTHORITY)
    reasons = [telling.words(one.words) for one in advice.reasons] if advice else []
    lines += [f"– {one}" for one in dict.fromkeys(reasons)]
    value = "\n".join(lines)
    if kept.risk is RiskLevel.UNDETERMINED:
        return not_known(telling, "risk", number=number, beside=value)
    return known(telling, "risk", value, number=number)


def contact(telling: Telling) -> Line:
    """Return whom to ask: Art. 33(3)(b) GDPR, EDPB template 29-36."""
    lines = contact_lines(telling)
    number = telling.numbers("dpo", "dpo_name", "dpo_contact", "contact_name", "contact_details")
    if not lines:
        return not_known(telling, "contact", item="33.3.b", number=number)
    note = note_of(telling, "dpo_name", "contact_name", "contact_details")
    return known(telling, "contact", "\n".join(lines), number=number, note=note)


def contact_lines(telling: Telling) -> tuple[str, ...]:
    """Return the data protection officer or other contact point: as answered, else from the profile."""
    found: list[str] = []
    officer = _joined(telling.text("dpo_name"), telling.text("dpo_contact"))
    if officer:
        found.append(telling.word("said.dpo", who=officer))
    other = _joined(
        telling.text("contact_name"),
        telling.text("contact_function"),
        telling.text("contact_details"),
    )
    if other and other != officer:
        found.append(telling.word("said.contact", who=other))
    if not found and telling.profile:
        facts = telling.profile.organisation
        who = contact_text(facts.privacy_contact)
        is_officer = facts.dpo == "appointed"
        found += [telling.word("said.dpo" if is_officer else "said.contact", who=who)] if who else []
    return tuple(found)


def contact_text(person: Contact) -> str:
    """Return a contact on one line."""
    return _joined(person.name, person.function, person.email, person.phone)


def reporter(telling: Telling) -> Line | None:
    """Return who reports: EDPB template 21-24."""
    who = _joined(
        telling.text("reporter_name"),
        telling.text("reporter_function"),
        telling.text("reporter_contact"),
    )
    if not who and telling.profile:
        who = contact_text(telling.profile.reporter)
    number = telling.numbers("reporter_name", "reporter_contact", "reporter_function")
    note = note_of(telling, "reporter_name", "reporter_contact")
    return known(telling, "reporter", who, number=number, note=note) if who else None


def _joined(*parts: str) -> str:
    return ", ".join(one.strip() for one in parts if one and one.strip())

"""Lines that several facts make together: who we are, when it happened, how many are affected."""

from datetime import datetime

from breachdesk.documents.contacts import joined
from breachdesk.documents.dates import within
from breachdesk.documents.draft import FieldRow, MissingItem
from breachdesk.documents.lines import (
    Line,
    asked_line,
    doubt_of,
    known,
    label_of,
    not_known,
    promised,
)
from breachdesk.documents.telling import Telling
from breachdesk.rules.groups import NUMBER
from breachdesk.terms import Duty, Role

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
    number = telling.numbers("period", "occurred_from", "occurred_to")
    value = _between(telling) or telling.text("period")
    if not value:
        return not_known(telling, "period", "period", "occurred_from", number=number)
    estimated = telling.value("period_estimated") is True
    note = telling.word("note.estimated") if estimated else ""
    return known(telling, "period", value, number=number, note=note)


def _between(telling: Telling) -> str:
    facts, dates, kind = telling.case.facts, telling.dates, telling.chosen("period")
    start, end = facts.occurred_from, facts.occurred_to
    if start and end and start != end:
        return telling.word("said.from_to", start=dates.moment(start), end=dates.moment(end))
    if start and (end or "specific-day" in kind):
        return dates.moment(start)
    if start:
        text_id = "said.ongoing" if "ongoing" in kind else "said.from"
        return telling.word(text_id, start=dates.moment(start))
    return telling.word("said.until", end=dates.moment(end)) if end else ""


def detected(telling: Telling) -> Line:
    """Return when someone first saw something."""
    return _moment(telling, "detected", "detected_at", telling.case.facts.detected_at)


def aware(telling: Telling) -> Line:
    """Return when we became aware, and why then: Art. 33(1) GDPR.

    Field 48 of the EDPB template is the controller's awareness: not ours as processor.
    """
    facts = telling.case.facts
    return _moment(
        telling, "aware", "became_aware_at", facts.became_aware_at, facts.awareness_reason
    )


def _moment(
    telling: Telling, row_id: str, question: str, at: datetime | None, why: str = ""
) -> Line:
    is_processor = telling.case.facts.role is Role.PROCESSOR
    number = "" if is_processor and row_id == "aware" else telling.numbers(question)
    if at is None:
        return not_known(telling, row_id, question, number=number)
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
        number = telling.numbers("reasons_for_delay")
        return not_known(telling, "delay", "reasons_for_delay", number=number, beside=over)
    value = "\n".join(one for one in (over, line.row.value) if one)
    return known(telling, "delay", value, number=line.row.number, free=line.free)


def discovered_by(telling: Telling) -> Line | None:
    """Return how it was discovered and when others told us: EDPB template 50-53."""
    line = asked_line(telling, "discovered_by", "how_discovered", "discovery_text", is_needed=False)
    if line is None or line.missing:
        return line
    times = (
        _moment_of(telling, "told_at", "said.told_at"),
        _moment_of(telling, "processor_aware_at", "said.processor_aware_at"),
    )
    value = "\n".join(one for one in (line.row.value, *times) if one)
    number = telling.numbers("how_discovered", "discovery_text", "told_at", "processor_aware_at")
    return known(telling, "discovered_by", value, number=number, free=line.free)


def _moment_of(telling: Telling, question: str, text_id: str) -> str:
    value = telling.text(question)
    return telling.word(text_id, when=value) if value else ""


def other_parties(telling: Telling) -> Line | None:
    """Return who else is involved and as what: EDPB template 38-41."""
    line = asked_line(telling, "other_parties", "other_parties", is_needed=False)
    if line is None or line.missing:
        return line
    name, role_text = telling.text("other_party_name"), telling.text("other_party_role")
    if name and role_text:
        name = telling.word("said.party", name=name, role=within(role_text))
    who = joined(name or role_text, telling.text("other_party_contact"))
    questions = ("other_parties", "other_party_role", "other_party_name", "other_party_contact")
    doubt = doubt_of(telling, *questions)
    number = telling.numbers(*questions)
    return known(telling, "other_parties", who or line.row.value, number=number, doubt=doubt)


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
        if not basis:
            return _count_alone(telling, row_id, basis_id, count, number)
        known_basis = next((one for one in basis if one in {_EXACT, _APPROXIMATE}), "")
        value = telling.word(f"said.{known_basis}", count=count) if known_basis else count
        return known(telling, row_id, value, number=number)
    if basis and basis[0] not in {_EXACT, _APPROXIMATE}:
        return known(telling, row_id, telling.text(basis_id), number=number)
    beside = _in_groups(telling) if number_id == NUMBER else ""
    return not_known(telling, row_id, number_id, basis_id, number=number, beside=beside)


def _in_groups(telling: Telling) -> str:
    """Return how many stand in groups of people, where the number of all is not known."""
    together = sum(one.number or 0 for one in telling.case.groups)
    if not together:
        return ""
    return telling.word("said.in_groups", count=telling.dates.number(together))


def _count_alone(telling: Telling, row_id: str, basis_id: str, count: str, number: str) -> Line:
    """Return a number of which nobody has said yet how exact it is; only that is missing."""
    label = label_of(telling, row_id)
    owner, due = promised(telling, basis_id)
    if telling.case.is_erased:
        return known(telling, row_id, count, number=number)
    value = f"{count}\n{telling.word('said.no_basis')}"
    text = telling.word("said.basis_of", label=label)
    return Line(
        row=FieldRow(label=label, value=value, is_missing=True, known=count, number=number),
        missing=MissingItem(item=basis_id, text=text, owner=owner, due=due, question=basis_id),
    )

"""Yearly numbers over the register of Art. 33(5) GDPR: how many, how grave, how soon told."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from breachdesk.casefile import CaseFile
from breachdesk.exchange.spreadsheet import write_rows
from breachdesk.language import Speaker, as_json
from breachdesk.message import Message, say
from breachdesk.terms import ClockState, Duty, Matter, Outcome, RiskLevel, Role, Status

NOT_ASSESSED = "not_assessed"
_HEADINGS: Mapping[str, Message] = {
    "year": say("Year"),
    "cases": say("Cases"),
    "open": say("Open"),
    "no_breach": say("Decided to be no breach"),
    "as_processor": say("As processor"),
    "notified": say("Authority notified"),
    "notified_late": say("Of these, after the deadline"),
    "not_notified": say("Decided not to notify"),
    "people_told": say("Data subjects told"),
    "people": say("People affected, where the number is known"),
    "people_unknown": say("Cases where that number is not known"),
}


def yearly_figures(cases: Iterable[CaseFile]) -> list[dict[str, Any]]:
    """Return the numbers of each year that has a case, oldest first; drills are left out.

    A case counts in the year of its reference. ``risk`` counts the last assessment kept.
    """
    years: dict[int, list[CaseFile]] = {}
    for case in cases:
        if not case.incident.is_drill:
            years.setdefault(case.incident.year, []).append(case)
    return [_of_year(year, years[year]) for year in sorted(years)]


def figures_json(cases: Iterable[CaseFile]) -> bytes:
    """Return the numbers as one array."""
    return f"{as_json(yearly_figures(cases))}\n".encode()


def figures_csv(cases: Iterable[CaseFile], speaker: Speaker) -> bytes:
    """Return the numbers as a spreadsheet for people, a year a line."""
    header = [*_HEADINGS.values(), *(_risk_heading(one) for one in _risks())]
    lines = yearly_figures(cases)
    rows = (
        [*(str(one[key]) for key in _HEADINGS), *(str(one["risk"][key]) for key in _risks())]
        for one in lines
    )
    return write_rows(header, rows, speaker)


def _of_year(year: int, cases: list[CaseFile]) -> dict[str, Any]:
    told = Counter(_state(case, Duty.NOTIFY_AUTHORITY) for case in cases)
    informed = Counter(_state(case, Duty.INFORM_SUBJECTS) for case in cases)
    risks = Counter(case.kept.risk.value if case.kept else NOT_ASSESSED for case in cases)
    people = [case.value("people_number") for case in cases]
    known = [one for one in people if isinstance(one, int)]
    return {
        "year": year,
        "cases": len(cases),
        "open": sum(case.facts.status is Status.OPEN for case in cases),
        "no_breach": _said_no(cases, Matter.IS_BREACH),
        "as_processor": sum(case.facts.role is Role.PROCESSOR for case in cases),
        "risk": {one: risks[one] for one in _risks()},
        "notified": told[ClockState.MET] + told[ClockState.MET_LATE],
        "notified_late": told[ClockState.MET_LATE],
        "not_notified": _said_no(cases, Matter.NOTIFY_AUTHORITY),
        "people_told": informed[ClockState.MET] + informed[ClockState.MET_LATE],
        "people": sum(known),
        "people_unknown": len(people) - len(known),
    }


def _state(case: CaseFile, duty: Duty) -> ClockState | None:
    clock = case.clock(duty)
    return clock.state if clock else None


def _said_no(cases: Iterable[CaseFile], matter: Matter) -> int:
    decided = (case.decision(matter) for case in cases)
    return sum(one is not None and one.outcome == Outcome.NO for one in decided)


def _risks() -> Iterator[str]:
    yield from (one.value for one in RiskLevel)
    yield NOT_ASSESSED


def _risk_heading(risk: str) -> Message:
    if risk == NOT_ASSESSED:
        return say("Not assessed")
    return say("Assessed: {risk}", risk=RiskLevel(risk))

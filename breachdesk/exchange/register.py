"""The register of breaches. Art. 33(5) GDPR asks for the facts, the effects, the remedial action.

Drills are left out. A case decided to be no breach stays, saying so: the decision is evidence.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import datetime

from breachdesk.casefile import CaseFile
from breachdesk.casefile.whole import whole
from breachdesk.errors import RefusedError
from breachdesk.exchange.facts import answer_text, answer_values, joined
from breachdesk.exchange.spreadsheet import write_rows
from breachdesk.language import Speaker, as_json
from breachdesk.message import Message, say
from breachdesk.terms import Duty, Matter, Nature

Cell = Callable[[CaseFile, Speaker], str]

ANSWERS: Mapping[str, Message] = {
    "description": say("What happened"),
    "cause": say("Cause"),
    "data_subjects": say("Data subjects"),
    "people_number": say("Number of people"),
    "data_types": say("Types of data"),
    "records_number": say("Number of records"),
    "consequences_confidentiality": say("Effects, confidentiality"),
    "consequences_integrity": say("Effects, integrity"),
    "consequences_availability": say("Effects, availability"),
    "impacts": say("Effects on people"),
    "measures_taken": say("Remedial action taken"),
    "measures_prevent": say("Action against a repeat"),
    "reasons_for_delay": say("Reasons for the delay"),
}
"""Question to its heading."""
WITH_TEXT = ("data_subjects", "data_types", "impacts", "measures_prevent", "cause")
"""Choices to which another question, named with ``_text``, may add words."""
DUTIES = (Duty.NOTIFY_AUTHORITY, Duty.INFORM_SUBJECTS, Duty.NOTIFY_CONTROLLER)


def register_csv(cases: Iterable[CaseFile], speaker: Speaker) -> bytes:
    """Return the register as a spreadsheet for people, one case a line, oldest first."""
    columns = tuple(_columns())
    rows = ([show(case, speaker) for _, show in columns] for case in _kept(cases))
    return write_rows([heading for heading, _ in columns], rows, speaker)


def register_json(cases: Iterable[CaseFile], speaker: Speaker) -> bytes:
    """Return the register as one array: code words and times in UTC, texts in the language."""
    return (as_json([entry_values(case, speaker) for case in _kept(cases)]) + "\n").encode()


def write_register(cases: Iterable[CaseFile], form: str, *, speaker: Speaker) -> bytes:
    """Return the register in one format.

    Raises:
        RefusedError: There is no such format.
    """
    writers = {"csv": register_csv, "json": register_json}
    if form not in writers:
        raise RefusedError(
            say("There is no register format “{form}”.", form=form),
            say("Choose one of: {forms}.", forms=", ".join([*writers, "pdf"])),
        )
    return writers[form](cases, speaker)


def _kept(cases: Iterable[CaseFile]) -> list[CaseFile]:
    """Return what is no drill, with what only a group of people has in its answers."""
    real = [whole(case) for case in cases if not case.incident.is_drill]
    return sorted(real, key=lambda case: (case.incident.year, case.incident.number))


def _columns() -> Iterator[tuple[Message, Cell]]:
    yield say("Case"), lambda case, _: case.ref
    yield say("Title"), lambda case, _: case.facts.title
    yield say("Status"), lambda case, speaker: speaker.word(case.facts.status)
    yield say("Our role"), lambda case, speaker: speaker.word(case.facts.role)
    yield say("Logged"), lambda case, speaker: _moment(case.incident.recorded_at, speaker)
    yield say("Happened from"), lambda case, speaker: _moment(case.facts.occurred_from, speaker)
    yield say("Happened to"), lambda case, speaker: _moment(case.facts.occurred_to, speaker)
    yield say("First sign"), lambda case, speaker: _moment(case.first_sign_at, speaker)
    yield say("Became aware"), lambda case, speaker: _moment(case.facts.became_aware_at, speaker)
    yield say("Nature"), _nature
    yield say("Summary"), lambda case, _: case.facts.summary
    for question, heading in ANSWERS.items():
        yield heading, _answer(question)
    yield say("Risk"), _risk
    for matter in Matter:
        yield say("Decided: {matter}", matter=matter), _decision(matter)
    for duty in DUTIES:
        yield say("Done: {duty}", duty=duty), _met(duty)
    yield say("State of the authority's clock"), lambda case, s: s.word(case.clocks[0].state)


def _moment(moment: datetime | None, speaker: Speaker) -> str:
    return "" if moment is None else f"{moment.astimezone(speaker.zone):%Y-%m-%d %H:%M}"


def _nature(case: CaseFile, speaker: Speaker) -> str:
    return joined(speaker.word(Nature(one)) for one in case.facts.nature)


def _answer(question: str) -> Cell:
    extra = f"{question}_text" if question in WITH_TEXT else ""

    def show(case: CaseFile, speaker: Speaker) -> str:
        texts = [answer_text(case, one, speaker) for one in (question, extra) if one]
        return ": ".join(text for text in texts if text)

    return show


def _risk(case: CaseFile, speaker: Speaker) -> str:
    return "" if case.kept is None else speaker.word(case.kept.risk)


def _decision(matter: Matter) -> Cell:
    def show(case: CaseFile, speaker: Speaker) -> str:
        decision = case.decision(matter)
        if decision is None:
            return ""
        ground = f" ({speaker.word(decision.ground)})" if decision.ground else ""
        return f"{speaker.word(decision.outcome)}{ground}: {decision.rationale}"

    return show


def _met(duty: Duty) -> Cell:
    def show(case: CaseFile, speaker: Speaker) -> str:
        clock = case.clock(duty)
        return "" if clock is None else _moment(clock.met_at, speaker)

    return show


def entry_values(case: CaseFile, speaker: Speaker) -> dict[str, object]:
    """Return one case's entry as plain values; a missing one is None, never absent."""
    facts = case.facts
    return {
        "ref": case.ref,
        "title": facts.title,
        "status": facts.status.value,
        "role": facts.role.value,
        "regime": case.regime.id,
        "summary": facts.summary,
        "logged_at": _iso(case.incident.recorded_at),
        "occurred_from": _iso(facts.occurred_from),
        "occurred_to": _iso(facts.occurred_to),
        "first_sign_at": _iso(case.first_sign_at),
        "became_aware_at": _iso(facts.became_aware_at),
        "nature": list(facts.nature),
        "facts": {one: answer_values(case, one, speaker) for one in case.answers},
        "risk": None if case.kept is None else case.kept.risk.value,
        "decisions": [
            {
                "matter": one.matter.value,
                "outcome": one.outcome.value,
                "ground": one.ground.value if one.ground else None,
                "because": one.rationale,
                "by": case.name_of(one.recorded_by),
                "at": _iso(one.recorded_at),
            }
            for one in case.decisions
        ],
        "duties": [
            {
                "duty": one.duty.value,
                "state": one.state.value,
                "deadline": _iso(one.deadline),
                "met_at": _iso(one.met_at),
            }
            for one in case.clocks
        ],
    }


def _iso(moment: datetime | None) -> str | None:
    return None if moment is None else moment.isoformat(timespec="seconds")

"""A desk with a planted word in every field that somebody can fill: what a veil must cover."""

import tomllib
from datetime import timedelta

from breachdesk.desk import Sheet
from breachdesk.desk.attachments import read_attachment
from breachdesk.desk.letters import Order
from breachdesk.records import (
    NewDecision,
    NewDispatch,
    NewEvidence,
    NewHold,
    NewIncident,
    NewNote,
    NewTask,
    Profile,
)
from breachdesk.records.group import NewGroup
from breachdesk.terms import (
    DocumentKind,
    Duty,
    Lang,
    Matter,
    Nature,
    NoteKind,
    Outcome,
    Phase,
    QuestionKind,
    Role,
)
from tests.documents.test_privacy import numbered
from tests.tui.breaches import KNOWN
from tests.tui.desks import Stage

MARK = "Zq"
"""Every planted word begins with it; nothing else does, in either language."""
NUMBER = numbered(17, 5, 1990)
ORGANISATION = {"name", "holder", "deputy", "fallback", "function", "title", "address"}
"""Fields of a profile that hold free words."""


def word(field: str) -> str:
    """Return the word planted in a field."""
    return f"{MARK}{field}xwk"


def plant(stage: Stage) -> None:
    """Fill a desk with one case that went all the way."""
    stage.actor = word("actor")
    desk, now = stage.desk, stage.clock.now
    source = desk.office.forms.sample_profiles()["security-consultancy"]
    desk.organisation.take(Profile.model_validate(_planted(tomllib.loads(source))))
    desk.intake.log(
        NewIncident(
            title=word("first"),
            summary=word("summary"),
            became_aware_at=now - timedelta(hours=3),
            awareness_reason=word("aware"),
            detected_at=now - timedelta(hours=5),
            nature=(Nature.CONFIDENTIALITY,),
        )
    )
    desk.intake.correct("1", "title", word("title"), word("correction"))
    desk.timeline.note("1", NewNote(text=word("note"), source=word("source")))
    desk.timeline.note("1", NewNote(text=word("act"), kind=NoteKind.ACTION))
    _answer(stage)
    desk.assessment.assess("1")
    _decide(stage)
    _send(stage)
    _do(stage)
    desk.assessment.assess("1")
    served = NewIncident(
        title=word("served"),
        became_aware_at=now,
        role=Role.PROCESSOR,
        processing=("managed-systems",),
    )
    desk.intake.log(served)
    desk.drafts.save("new", "title", word("new"))
    desk.drafts.save("BD-2026-001", "note.text", word("half"))


def _planted(value: object, key: str = "") -> object:
    """Return a profile with planted words for the names and free texts in it."""
    match value:
        case dict():
            return {name: _planted(one, name) for name, one in value.items()}
        case list():
            return [_planted(one) for one in value]
        case str() if key in ORGANISATION:
            return word(key)
        case _:
            return value


def _answer(stage: Stage) -> None:
    """Answer every question that takes words, leave one open with an owner, and name a group."""
    desk = stage.desk
    case = desk.intake.open("1")
    risk = {one: value for one, value in KNOWN.items() if case.forms["risk"].question(one)}
    desk.assessment.answer("1", "risk", Sheet(values=risk))
    for form in case.forms.values():
        texts = {
            one.id: f"{word(one.id)}\n{NUMBER[:6]} {NUMBER[6:]}"
            if one.id == "description"
            else word(one.id)
            for one in form.questions
            if one.kind is QuestionKind.TEXT and not one.binds
        }
        if texts:
            desk.assessment.answer("1", form.id, Sheet(values=texts))
    sure = {"people_basis": "approximate", "people_number": 212}
    unknown = {"cause": (word("owner"), stage.clock.now + timedelta(hours=5))}
    desk.assessment.answer("1", "facts", Sheet(values=sure, unknown=unknown))
    desk.groups.add("1", NewGroup(name=word("group"), people=300))
    desk.groups.add("1", NewGroup(name=word("other"), people=3))
    own = Sheet(values={"protection": "none"}, group=word("group"))
    desk.assessment.answer("1", "risk", own)


def _decide(stage: Stage) -> None:
    for matter in (Matter.IS_BREACH, Matter.NOTIFY_AUTHORITY, Matter.INFORM_SUBJECTS):
        new = NewDecision(matter=matter, outcome=Outcome.YES, rationale=word("rationale"))
        stage.desk.decisions.decide("1", new)
    stage.desk.decisions.decide(
        "1",
        NewDecision(
            matter=Matter.INFORM_SUBJECTS,
            outcome=Outcome.YES,
            rationale=word("rationale"),
            group_id=word("group"),
        ),
    )


def _send(stage: Stage) -> None:
    """Issue and send papers with a number let pass, make letters, and take a sending back."""
    desk, papers = stage.desk, stage.desk.papers
    issued = papers.issue(
        "1",
        DocumentKind.NOTIFICATION,
        lang=Lang.EN,
        phase=Phase.INITIAL,
        because=word("letpass"),
        allowed_numbers=("description",),
    )
    receipt = stage.home / f"{word('file')}.txt"
    receipt.write_text("a receipt", encoding="utf-8")
    sending = NewDispatch(
        duty=Duty.NOTIFY_AUTHORITY,
        document_id=issued.document.id,
        to=word("to"),
        channel=word("channel"),
        receipt=word("receipt"),
    )
    papers.sent("1", sending, attachment=read_attachment(receipt))
    again = NewDispatch(duty=Duty.INFORM_SUBJECTS, to=word("to"), channel=word("channel"))
    case = papers.sent("1", again)
    papers.unsent(case.dispatches[-1].id, word("unsent"))
    stage.clock.move(minutes=5)
    changed = Sheet(values={"how_it_happened": word("changed")}, because=word("change"))
    desk.assessment.answer("1", "facts", changed)
    order = Order(content=people().encode(), print_file=stage.home / "letters.pdf")
    desk.letters.make("1", order)


def _do(stage: Stage) -> None:
    """Add tasks, evidence and a hold."""
    desk = stage.desk
    desk.tasks.add("1", NewTask(what=word("task"), owner=word("doer")))
    desk.tasks.add("1", NewTask(what=word("done"), owner=word("doer")))
    desk.tasks.done("1", "2", word("outcome"))
    desk.tasks.follow("1", "misdirected", owner=word("doer"))
    mail = stage.home / f"{word('mail')}.eml"
    mail.write_text("a mail", encoding="utf-8")
    new = NewEvidence(origin=word("origin"), collector=word("collector"), note=word("said"))
    _, piece = desk.evidence.add("1", mail, new)
    copy = stage.home / f"{word('copy')}.eml"
    desk.evidence.export(piece.id, copy, purpose=word("purpose"), recipient=word("recipient"))
    desk.evidence.add("1", mail, new, is_reference=True)
    desk.retaining.hold("1", NewHold(person=word("person"), reason=word("hold")))
    desk.retaining.hold("1", NewHold(is_held=False, reason=word("released")))


def people() -> str:
    """Return a list of recipients with planted words, one row of which cannot be printed."""
    return (
        "navn;adresse;postnummer;poststed;språk\n"
        f"{word('name')} Li;{word('street')} 1;0155;Oslo;nb\n"
        f"{word('name')} Ås;;12;;nb\n"
    )

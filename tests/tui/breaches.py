"""One made-up breach at every step of the work: what the screens of a case are tried on."""

from datetime import timedelta

from breachdesk.desk import Sheet
from breachdesk.records import NewDecision, NewDispatch, NewIncident, NewNote
from breachdesk.terms import DocumentKind, Duty, Lang, Matter, Nature, NoteKind, Outcome, Role
from tests.tui.cases import TRICK
from tests.tui.desks import Stage, kept

RISK = {
    "data_types": ["basic", "economic", "identification-number"],
    "data_subjects": ["employees"],
    "exposure": "obtained",
    "protection": "none",
}
KNOWN = {
    **RISK,
    "holder": "unknown",
    "intent": "mistake",
    "misuse": "none",
    "undetected": "month-or-less",
    "scope": "certain",
    "repeats": "single",
    "insight": "ordinary",
    "implied": "nothing",
    "identifiability": "directly",
    "abuse": "pose",
    "rest": "alike",
}
FACTS = {
    "description": "A payroll list was sent to the wrong address.\nIt holds names and salaries.",
    "cause": "internal-accidental",
    "people_basis": "approximate",
    "people_number": 212,
}


@kept
def logged(stage: Stage) -> None:
    """A case that was just logged, with some lines, some answers and one open fact."""
    desk, now = stage.desk, stage.clock.now
    new = NewIncident(
        title="Payroll list sent to the wrong recipient",
        became_aware_at=now - timedelta(hours=3),
        awareness_reason="The list was opened, and it holds the salaries of 212 people",
        detected_at=now - timedelta(hours=5),
        nature=(Nature.CONFIDENTIALITY,),
    )
    desk.intake.log(new)
    stage.clock.move(minutes=11)
    desk.timeline.note(
        "1",
        NewNote(
            text="The recipient called: the list is not for them",
            occurred_at=now - timedelta(hours=5, minutes=5),
        ),
    )
    desk.timeline.note(
        "1", NewNote(text="Asked the recipient in writing to delete it", kind=NoteKind.ACTION)
    )
    unknown = {"holder": ("Ola", now + timedelta(hours=24))}
    desk.assessment.answer("1", "risk", Sheet(values=RISK, unknown=unknown))
    desk.assessment.answer("1", "facts", Sheet(values=FACTS))
    stage.clock.move(minutes=5)


@kept
def assessed(stage: Stage) -> None:
    """The same case with all that is known of the risk, assessed."""
    logged(stage)
    form = stage.desk.intake.open("1").forms["risk"]
    fitting = {
        one: value
        for one, value in KNOWN.items()
        if (question := form.question(one))
        and (isinstance(value, list) or question.option(str(value)))
    }
    stage.desk.assessment.answer("1", "risk", Sheet(values=fitting))
    stage.desk.assessment.assess("1")


@kept
def decided(stage: Stage) -> None:
    """The same case, decided: a breach, the authority is notified, the people wait."""
    assessed(stage)
    for matter, outcome, why in (
        (Matter.IS_BREACH, Outcome.YES, "Salaries reached somebody who had no right to them."),
        (Matter.NOTIFY_AUTHORITY, Outcome.YES, "The recipient is not known to us."),
        (Matter.INFORM_SUBJECTS, Outcome.NOT_YET, "We ask the recipient first."),
    ):
        stage.desk.decisions.decide("1", NewDecision(matter=matter, outcome=outcome, rationale=why))


@kept
def issued(stage: Stage) -> str:
    """The same case with a notification that was issued in English; return the paper's id."""
    decided(stage)
    done = stage.desk.papers.issue("1", DocumentKind.NOTIFICATION, lang=Lang.EN)
    return done.document.id


@kept
def sent(stage: Stage) -> None:
    """The same case with the notification sent, and a sending to the people taken back."""
    document = issued(stage)
    stage.clock.move(minutes=7)
    papers = stage.desk.papers
    papers.sent(
        "1",
        NewDispatch(
            duty=Duty.NOTIFY_AUTHORITY,
            document_id=document,
            to="Datatilsynet",
            channel="Altinn",
            receipt="AR 123456",
        ),
    )
    case = papers.sent(
        "1", NewDispatch(duty=Duty.INFORM_SUBJECTS, to="The people", channel="e-mail")
    )
    papers.unsent(case.dispatches[-1].id, "It was only a draft")


@kept
def as_processor(stage: Stage) -> None:
    """A case of another: we are processor, and owe the controller the news."""
    new = NewIncident(
        title="Backup of a customer copied",
        became_aware_at=stage.clock.now - timedelta(hours=2),
        role=Role.PROCESSOR,
        nature=(Nature.CONFIDENTIALITY, Nature.AVAILABILITY),
    )
    stage.desk.intake.log(new)


@kept
def tricky(stage: Stage) -> None:
    """A case with markup, escape sequences and turned text in every place words can go."""
    desk = stage.desk
    desk.intake.log(
        NewIncident(
            title=TRICK,
            became_aware_at=stage.clock.now - timedelta(hours=2),
            awareness_reason=TRICK,
            summary=TRICK,
            nature=(Nature.CONFIDENTIALITY,),
        )
    )
    desk.timeline.note("1", NewNote(text=TRICK, source=TRICK))
    texts = {"description": TRICK, "how_it_happened": TRICK, "systems": TRICK}
    unknown = {"people_basis": (TRICK, stage.clock.now + timedelta(hours=1))}
    desk.assessment.answer("1", "facts", Sheet(values=texts, unknown=unknown))
    desk.assessment.assess("1")
    decision = NewDecision(matter=Matter.IS_BREACH, outcome=Outcome.YES, rationale=TRICK)
    desk.decisions.decide("1", decision)
    desk.papers.issue("1", DocumentKind.NOTIFICATION, lang=Lang.EN)
    dispatch = NewDispatch(duty=Duty.NOTIFY_AUTHORITY, to=TRICK, channel=TRICK, receipt=TRICK)
    case = desk.papers.sent("1", dispatch)
    desk.papers.unsent(case.dispatches[-1].id, TRICK)
    desk.papers.sent("1", dispatch)

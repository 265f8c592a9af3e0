"""Made-up cases that show every state a register can be in."""

import tomllib
from datetime import timedelta

from breachdesk.desk import Sheet
from breachdesk.records import NewDecision, NewDispatch, NewIncident, Profile
from breachdesk.terms import Duty, Matter, Outcome, Role
from tests.tui.desks import Stage, kept

TRICK = "[@click=app.quit]press[/] \x1b[31m \u202egnp.fdp"
"""What must stay text: an action in markup, a colour of the terminal, text turned around."""


def a_case(stage: Stage, title: str, *, hours_ago: float | None, **more: object) -> str:
    """Log a case of which we became aware so long ago; return its reference."""
    aware = None if hours_ago is None else stage.clock.now - timedelta(hours=hours_ago)
    new = NewIncident(title=title, became_aware_at=aware, **more)  # type: ignore[arg-type]
    return stage.desk.intake.log(new).ref


@kept
def many_cases(stage: Stage) -> None:
    """One case for each state, the most pressing with facts that somebody is finding out."""
    now = stage.clock.now
    pressing = a_case(stage, "Payroll list sent to the wrong recipient", hours_ago=69.77)
    a_case(stage, "Laptop lost on the train to Bergen", hours_ago=10.3)
    late = a_case(stage, "Snooping in the customer system", hours_ago=80)
    a_case(stage, "Call centre without power", hours_ago=None,
           detected_at=now - timedelta(hours=30))  # fmt: skip
    a_case(stage, "Newsletter with all addresses open", hours_ago=2, is_drill=True)
    a_case(stage, "Backup of a customer copied", hours_ago=5, role=Role.PROCESSOR)
    nothing = a_case(stage, "Phishing mail that nobody opened", hours_ago=20)
    stage.desk.assessment.answer(
        pressing,
        "facts",
        Sheet(
            unknown={
                "people_number": ("Ola", now + timedelta(hours=1)),
                "data_location_now": ("Kari Nordmann", None),
            }
        ),
    )
    stage.desk.papers.sent(
        late,
        NewDispatch(duty=Duty.NOTIFY_AUTHORITY, to="Datatilsynet", channel="Altinn",
                    sent_at=now - timedelta(hours=12)),
    )  # fmt: skip
    stage.desk.decisions.decide(
        nothing,
        NewDecision(matter=Matter.IS_BREACH, outcome=Outcome.NO, rationale="Nobody opened it."),
    )


def take_a_profile(stage: Stage, name: str = "security-consultancy") -> None:
    """Bring in one of the sample organisations."""
    source = stage.desk.office.forms.sample_profiles()[name]
    stage.desk.organisation.take(Profile.model_validate(tomllib.loads(source)))

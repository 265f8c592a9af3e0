"""Assess the risk, and decide: the desk advises, a named person decides."""

from typing import TYPE_CHECKING, Annotated

from breachdesk.cli.command import Counter
from breachdesk.cli.errand import Errand
from breachdesk.cli.inputs import one_of, text_of
from breachdesk.cli.options import (
    Because,
    GroupOption,
    Ref,
    argument,
    choices,
    maybe_group,
    option,
    words_of,
)
from breachdesk.cli.plain_advice import plain_assessed
from breachdesk.cli.proposed import plain_as_if, tell_as_if
from breachdesk.cli.reports import done, note_warnings
from breachdesk.cli.told_advice import tell_assessed
from breachdesk.cli.validated import made
from breachdesk.message import Message, say
from breachdesk.terms import Ground, Matter, Outcome, Owed

if TYPE_CHECKING:
    from breachdesk.casefile import CaseFile
    from breachdesk.records import Decision


def register(desk: Counter) -> None:
    """Add the commands."""
    desk.command(
        "assess",
        say("Assess the answers as they stand, and keep the assessment beside the earlier ones."),
        "breachdesk assess 7",
        "breachdesk assess 7 --json",
        "breachdesk assess 7 --as-if omnibus",
    )(assess)
    desk.command(
        "decide",
        say(
            "Record a decision with its reasons; the advice as shown is kept beside it. "
            "Going against a firm advice takes reasons of at least 40 characters; nothing counts "
            "as against advice that is not yet determined. A ground belongs to a “no”."
        ),
        say('breachdesk decide 7 is_breach --outcome yes --because "Salaries reached an outsider"'),
        say("breachdesk decide 7 inform_subjects --outcome no --ground 34.3.b --because @why.txt"),
        say(
            'breachdesk decide 7 inform_subjects --group "Employees" --outcome yes '
            "--because @why.txt"
        ),
    )(decide)


def assess(
    errand: Errand,
    ref: Ref,
    as_if: Annotated[
        str | None,
        option("--as-if", "PACK", say("Try a proposal that is not law; nothing is kept.")),
    ] = None,
) -> None:
    """Assess a case."""
    if as_if is not None:
        _try_out(errand, ref, as_if)
        return
    case = errand.acting().assessment.assess(ref)
    assessed = case.kept or case.current
    if errand.wants_json:
        errand.give({"ref": case.ref, **plain_assessed(assessed, errand.speaker)})
        return
    errand.write(case.ref)
    tell_assessed(errand, case, assessed)
    errand.write()
    errand.tell(say("Next: {step}", step=case.next_step.text))


def _try_out(errand: Errand, ref: str, name: str) -> None:
    """Say what a proposal would give, marked as not law at both ends."""
    tried = errand.desk.assessment.as_if(ref, name)
    if errand.wants_json:
        errand.give(plain_as_if(tried, errand.speaker))
        return
    errand.write(tried.case.ref)
    tell_as_if(errand, tried)


def decide(
    errand: Errand,
    ref: Ref,
    matter: Annotated[
        str, argument("MATTER", say("What is decided, such as notify_authority."), words_of(Matter))
    ],
    outcome: Annotated[str, option("--outcome", choices(Outcome), say("How."), words_of(Outcome))],
    because: Because,
    ground: Annotated[
        str | None,
        option("--ground", "GROUND", say("On what ground a duty is not owed."), words_of(Ground)),
    ] = None,
    group: GroupOption = None,
) -> None:
    """Record a decision."""
    from breachdesk.records import NewDecision

    new = made(
        NewDecision,
        matter=one_of(Matter, matter, name="MATTER"),
        outcome=one_of(Outcome, outcome, name="--outcome"),
        rationale=text_of(errand, because, "--because"),
        ground=None if ground is None else one_of(Ground, ground, name="--ground"),
        group_id=maybe_group(group) or None,
    )
    case = errand.acting().decisions.decide(ref, new)
    _warn_of_bare_no(errand, case.decisions[-1])
    note_warnings(errand, case)
    done(errand, case, *_beside(case))


def _warn_of_bare_no(errand: Errand, decision: "Decision") -> None:
    """Say that a "no" without a ground stands while the desk could not advise."""
    is_open = (decision.advice or {}).get("owed") == Owed.UNDETERMINED
    if decision.outcome == Outcome.NO and is_open and decision.ground is None:
        errand.note(
            say(
                "WARNING, “{matter}”: this no is recorded and in force, but the risk is not "
                "determined and no ground was given. Find out what is unknown and assess again, "
                "or decide again with --ground and the reasons that show it.",
                matter=decision.matter,
            )
        )


def _beside(case: "CaseFile") -> tuple[Message, ...]:
    """Return whether it goes against the advice that stood beside it."""
    if not case.decisions[-1].is_against_advice:
        return ()
    return (say("Recorded as going against the desk's advice, with your reasons."),)

"""End a case for good."""

from typing import TYPE_CHECKING, Annotated

from breachdesk.cli.command import Counter
from breachdesk.cli.errand import Errand
from breachdesk.cli.inputs import one_of, text_of
from breachdesk.cli.options import Because, Ref, option
from breachdesk.cli.plain import plain_case
from breachdesk.cli.told_clocks import other_line, running_others
from breachdesk.errors import RefusedError
from breachdesk.message import say
from breachdesk.terms import Matter, Status

if TYPE_CHECKING:
    from breachdesk.casefile import CaseFile
    from breachdesk.desk.erasing import Erased


def register(desk: Counter) -> None:
    """Add the command."""
    desk.command(
        "erase",
        say("Erase a case for good; what Art. 33(5) asks to be documented is kept without text."),
        say('breachdesk erase 7 --because "Kept for five years, as our plan says"'),
        say('breachdesk erase 7 --because "Our plan" --keep "notify_authority=Salaries astray"'),
    )(erase)


def erase(
    errand: Errand,
    ref: Ref,
    because: Because,
    *,
    keep: Annotated[
        list[str] | None,
        option("--keep", "MATTER=TEXT", say("The reason to keep for a decision, in short.")),
    ] = None,
) -> None:
    """Erase a case."""
    from breachdesk.desk.erasing import running_words

    reason = text_of(errand, because, "--because")
    rationales = dict(_kept(one) for one in keep or ())
    desk = errand.acting()
    full = desk.intake.resolve(ref, writing=True)
    outlook = desk.erasing.outlook(full)
    running = running_words(outlook.running)
    if running is not None:
        errand.note(running)
    _tell_before(errand, desk.intake.open(full))
    if errand.stage.ask is not None:
        errand.note(say("Out of reach, and still there afterwards:"))
        for one in outlook.out_of_reach:
            errand.note(one)
    _confirm(errand, full)
    _tell(errand, desk.erasing.erase(full, reason, rationales=rationales))


def _tell_before(errand: Errand, case: "CaseFile") -> None:
    """Say what speaks for waiting: other clocks that run, and our own rule for keeping cases."""
    from breachdesk.casefile.kept_until import kept_until
    from breachdesk.rules.retention import KeepingState

    for other in running_others(case):
        clock = other_line(other)
        errand.note(say("STILL RUNNING, and not ended by erasing – {clock}.", clock=clock))
    rule = kept_until(case)
    if rule is not None and case.retention.state is KeepingState.KEPT:
        errand.note(rule)
    elif case.facts.status is Status.OPEN and not case.is_erased:
        errand.note(say("The case is open: nobody has closed it."))


def _kept(text: str) -> tuple[Matter, str]:
    matter, is_there, rationale = text.partition("=")
    if not is_there:
        raise RefusedError(
            say("“{text}” is not MATTER=TEXT.", text=text),
            say("Write it like notify_authority=Salaries astray."),
        )
    return one_of(Matter, matter, name="--keep"), rationale.strip()


def _confirm(errand: Errand, ref: str) -> None:
    """Let somebody at the terminal type the reference: nothing brings the case back."""
    if errand.stage.ask is None:
        return
    question = say("Nothing brings it back. Type {ref} to erase it: ", ref=ref)
    if errand.stage.ask(errand.speaker.say(question)).strip().upper() != ref:
        raise RefusedError(say("Nothing was erased."), say("Start again if it is to go."))


def _tell(errand: Errand, done: "Erased") -> None:
    beyond = [errand.speaker.say(one) for one in done.out_of_reach]
    if errand.wants_json:
        errand.give(
            {
                **plain_case(done.case, errand.speaker),
                "erased": {
                    "rows": done.rows,
                    "files": done.files,
                    "log_emptied": done.is_log_empty,
                    "running": [duty.value for duty in done.running],
                    "out_of_reach": beyond,
                },
            }
        )
        return
    errand.write(done.case.ref)
    errand.tell(
        say("Rows erased: {rows}. Files of evidence: {files}.", rows=done.rows, files=done.files)
    )
    errand.tell(say("Out of reach, and still there:"))
    for line in beyond:
        errand.flow(line, indent="  ", hang=2)
    if not done.is_log_empty:
        errand.note(
            say(
                "Another program has the desk open: close it, and the last traces go when the "
                "desk is closed."
            )
        )

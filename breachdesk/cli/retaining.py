"""Keep a case longer than our rule says, and say how long each is kept."""

from datetime import date
from typing import TYPE_CHECKING, Annotated, Any

from breachdesk.cli.command import Counter
from breachdesk.cli.errand import Errand
from breachdesk.cli.inputs import maybe_text, text_of
from breachdesk.cli.options import Because, Ref, flag, option
from breachdesk.cli.plain import plain_case
from breachdesk.cli.validated import made
from breachdesk.errors import RefusedError
from breachdesk.message import say

if TYPE_CHECKING:
    from breachdesk.register import RegisterLine


def register(desk: Counter) -> None:
    """Add the command."""
    desk.command(
        "hold",
        say("Keep a case from being erased, by a named person's word; or release it."),
        say('breachdesk hold 7 --person "Ola Li" --because "A lawsuit is announced"'),
        say('breachdesk hold 7 --release --because "The suit was settled"'),
    )(hold)


def hold(
    errand: Errand,
    ref: Ref,
    because: Because,
    *,
    person: Annotated[
        str | None, option("--person", "NAME", say("Who answers for it; else who acts."))
    ] = None,
    release: Annotated[bool, flag("--release", say("It need not be kept any longer."))] = False,
) -> None:
    """Hold or release a case."""
    from breachdesk.records import NewHold

    if release and person is not None:
        raise RefusedError(
            say("--person goes with a hold, not with --release."),
            say("Leave one of them out."),
        )
    new = made(
        NewHold,
        is_held=not release,
        person=maybe_text(errand, person, "--person"),
        reason=text_of(errand, because, "--because"),
    )
    case = errand.acting().retaining.hold(ref, new)
    if errand.wants_json:
        errand.give(plain_case(case, errand.speaker))
        return
    from breachdesk.casefile.kept_until import kept_until

    errand.write(case.ref)
    said = kept_until(case)
    errand.tell(said if said is not None else say("Nobody holds it any longer."))
    errand.tell(say("Next: {step}", step=case.next_step.text))


def plain_day(day: date | None) -> str | None:
    """Return a day as ISO 8601."""
    return None if day is None else day.isoformat()


def plain_line_keeping(line: "RegisterLine") -> dict[str, Any]:
    """Return how long a case is kept, for a line of the list."""
    return {"erasable_from": plain_day(line.erasable_from), "held": line.is_held}


def note_erasable(errand: Errand) -> None:
    """Say beside a list how many cases our own rule lets go; nothing is erased by itself."""
    count = errand.desk.register.erasable_count()
    if count == 1:
        errand.note(
            say("One case may be erased by our own rule: “breachdesk list --erasable” shows it.")
        )
    elif count:
        errand.note(
            say(
                "{count} cases may be erased by our own rule: “breachdesk list --erasable” shows "
                "them.",
                count=count,
            )
        )

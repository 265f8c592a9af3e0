"""Groups of people whose data differ: name them, correct them, take them out, list them."""

from typing import TYPE_CHECKING, Annotated

from breachdesk.cli.command import Counter
from breachdesk.cli.errand import Errand
from breachdesk.cli.inputs import text_of, whole
from breachdesk.cli.options import Because, Ref, argument, option
from breachdesk.cli.plain_groups import plain_groups
from breachdesk.cli.reports import done
from breachdesk.cli.told_groups import tell_group, tell_groups
from breachdesk.cli.validated import made
from breachdesk.errors import RefusedError
from breachdesk.message import say

if TYPE_CHECKING:
    from breachdesk.casefile import CaseFile

_GROUP = Annotated[
    str, argument("NAME", say("The group's name or number; “group list REF” shows them."))
]
_NUMBER = Annotated[str | None, option("--number", "N", say("How many people they are."))]


def register(desk: Counter) -> None:
    """Add the commands."""
    groups = desk.group(
        "group", say("People whose data differ from the others': add, correct, remove, list.")
    )
    groups.command(
        "add",
        say(
            "Name a group of people. What is answered with --group NAME holds for them alone; for "
            "the rest the answers for everybody count. Each group gets its own advice."
        ),
        say('breachdesk group add 7 "Employees" --number 12'),
        say('breachdesk answer 7 risk --group "Employees" --set data_types=health'),
    )(add)
    groups.command(
        "correct",
        say("Correct a group's name or number. The old one stays in the record."),
        say('breachdesk group correct 7 "Employees" --number 14 --because "Two had left"'),
    )(correct)
    groups.command(
        "remove",
        say("Take a group out: its people count among everybody again. Its history stays."),
        say('breachdesk group remove 7 "Employees" --because "Same data as the others"'),
    )(remove)
    groups.command(
        "list",
        say("List the groups of a case with their own answers and their advice."),
        "breachdesk group list 7",
        "breachdesk group list 7 --json",
    )(list_groups)


def add(
    errand: Errand,
    ref: Ref,
    name: Annotated[str, argument("NAME", say("What they are called."))],
    *,
    number: _NUMBER = None,
) -> None:
    """Name a group of people."""
    from breachdesk.records import NewGroup

    people = None if number is None else whole(number, name="--number")
    new = made(NewGroup, name=text_of(errand, name, "NAME").strip(), people=people)
    case = errand.acting().groups.add(ref, new)
    _report(errand, case)


def _report(errand: Errand, case: "CaseFile") -> None:
    done(errand, case)
    if not errand.wants_json:
        tell_group(errand, case, case.groups[-1])


def correct(
    errand: Errand,
    ref: Ref,
    group: _GROUP,
    because: Because,
    *,
    name: Annotated[str | None, option("--name", "NAME", say("The new name."))] = None,
    number: _NUMBER = None,
) -> None:
    """Correct a group."""
    from breachdesk.records import NewGroup

    people = None if number is None else whole(number, name="--number")
    if name is None and people is None:
        raise RefusedError(say("Nothing to correct was named."), say("Add --name or --number."))
    fresh = None if name is None else text_of(errand, name, "--name").strip()
    made(NewGroup, name=fresh if fresh is not None else group, people=people)
    reason = text_of(errand, because, "--because")
    done(errand, errand.acting().groups.correct(ref, group, reason, name=fresh, people=people))


def remove(errand: Errand, ref: Ref, group: _GROUP, because: Because) -> None:
    """Take a group out."""
    reason = text_of(errand, because, "--because")
    done(errand, errand.acting().groups.remove(ref, group, reason))


def list_groups(errand: Errand, ref: Ref) -> None:
    """List groups."""
    case = errand.desk.intake.open(ref)
    if errand.wants_json:
        errand.give(plain_groups(case, errand.speaker))
        return
    errand.write(case.ref)
    tell_groups(errand, case)
    if not case.groups:
        errand.note(
            say("No groups: everybody is assessed alike. “breachdesk group add {ref} NAME” "
                "names one.", ref=case.ref)
        )  # fmt: skip

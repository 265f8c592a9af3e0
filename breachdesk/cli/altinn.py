"""The notification in the order of the authority's form, for typing into Altinn."""

from typing import TYPE_CHECKING, Annotated

from breachdesk.cli.command import Counter
from breachdesk.cli.errand import Errand
from breachdesk.cli.options import argument, flag
from breachdesk.cli.plain_altinn import plain_field, plain_readiness
from breachdesk.errors import RefusedError
from breachdesk.language import clean
from breachdesk.message import say
from breachdesk.terms import Lang, Role

if TYPE_CHECKING:
    from collections.abc import Iterable

    from breachdesk.casefile.readiness import Readiness
    from breachdesk.desk.altinn import AltinnSheet
    from breachdesk.documents.altinn import SheetField


def register(desk: Counter) -> None:
    """Add the command."""
    desk.command(
        "altinn",
        say("Give the notification field by field, in the order of the form in Altinn."),
        "breachdesk altinn 7",
        "breachdesk altinn 7 --lang nb --json",
        "breachdesk altinn --check",
    )(altinn)


def altinn(
    errand: Errand,
    ref: Annotated[
        str | None, argument("REF", say("The case; may be left out with --check."))
    ] = None,
    *,
    check: Annotated[
        bool, flag("--check", say("Only say whether somebody can send now; 1 if not."))
    ] = False,
) -> int:
    """Give the sheet, or check that somebody can send."""
    if check:
        return _check(errand, ref)
    if ref is None:
        raise RefusedError(
            say("REF is missing."), say("Name the case, or add --check to see who can send.")
        )
    sheet = errand.desk.altinn.sheet(ref, lang=errand.paper_lang, speaks=Lang(errand.lang))
    if errand.wants_json:
        errand.give([plain_field(one) for one in sheet.fields])
    else:
        _tell(errand, sheet)
    for warning in sheet.warnings:
        errand.note(say("Look at this: {warning}", warning=warning))
    return 0


def _check(errand: Errand, ref: str | None) -> int:
    desk = errand.desk
    checks = desk.altinn.readiness() if ref is None else desk.altinn.sheet(ref).readiness
    if errand.wants_json:
        errand.give(plain_readiness(checks, errand.speaker))
    else:
        _tell_readiness(errand, checks)
    return int(not all(one.is_ready for one in checks))


def _tell_readiness(errand: Errand, checks: "Iterable[Readiness]") -> None:
    """Print each thing that sending needs, and what to do about what is not there."""
    for one in checks:
        errand.flow(
            f"{'+' if one.is_ready else '!'} {errand.speaker.say(one.text)}", indent="", hang=2
        )
        if one.remedy is not None:
            errand.flow(errand.speaker.say(one.remedy), indent="    ")


def _tell(errand: Errand, sheet: "AltinnSheet") -> None:
    """Print the sheet, part by part."""
    errand.show(f"{sheet.case.ref}  {clean(sheet.case.facts.title)}")
    if sheet.case.facts.role == Role.PROCESSOR:
        errand.tell(say("We are processor: the controller notifies, we tell the controller."))
    not_ready = [one for one in sheet.readiness if not one.is_ready]
    if not_ready:
        errand.write()
        errand.tell(say("Before you begin"))
        _tell_readiness(errand, not_ready)
    section = ""
    for one in sheet.fields:
        if one.section != section:
            section = one.section
            errand.write()
            errand.show(clean(section).upper())
        _tell_field(errand, one)
    left = sum(one.is_missing for one in sheet.fields)
    errand.write()
    errand.tell(say("Fields: {count}; not known yet: {left}.", count=len(sheet.fields), left=left))
    errand.tell(
        say("Then record it: breachdesk sent {ref} --duty notify_authority --to … --channel Altinn "
            "--receipt … --attach FILE", ref=sheet.case.ref)
    )  # fmt: skip


def _tell_field(errand: Errand, one: "SheetField") -> None:
    """Print one field; a question mark stands at what is not known yet."""
    errand.show(f"{one.number:2}. {clean(one.field)}{' ?' if one.is_missing else ''}")
    for line in clean(one.value, lines=True).split("\n"):
        errand.flow(line, indent="      ")
    if one.doubt:
        errand.flow(f"({clean(one.doubt)})", indent="      ")

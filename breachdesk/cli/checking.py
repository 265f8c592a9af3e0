"""Check the desk: its chain and its surroundings; say where things are."""

from typing import TYPE_CHECKING, Annotated

from breachdesk.cli.command import Counter
from breachdesk.cli.errand import Errand
from breachdesk.cli.options import argument, flag
from breachdesk.cli.progress import progress
from breachdesk.cli.restored import left_behind_later, plain_left_behind
from breachdesk.cli.tables import write_wrapped
from breachdesk.language import clean
from breachdesk.message import Message, say

if TYPE_CHECKING:
    from collections.abc import Sequence

    from breachdesk.audit import Finding, Report
    from breachdesk.cli.surroundings import Check
    from breachdesk.settings import Source

_PLACES = {
    "home": say("desk"),
    "database": say("database"),
    "key": say("key file"),
    "config": say("settings"),
    "logs": say("logs"),
    "forms": say("forms"),
    "own_forms": say("own forms"),
    "viewing": say("copies of evidence"),
}
"""What `locate` calls each place."""
Where = Annotated[str | None, argument("REF", say("Only this case's part of the chain."))]


def register(desk: Counter) -> None:
    """Add the commands."""
    desk.command(
        "verify",
        say("Check the audit chain, and every row against it. Exits with 1 if anything is wrong."),
        "breachdesk verify",
        "breachdesk verify 7 --json",
    )(verify)
    desk.command(
        "doctor",
        say("Check terminal, keyring, time, disk and database. Exits with 1 if anything is wrong."),
        "breachdesk doctor",
        "breachdesk doctor --rebuild",
    )(doctor)
    desk.command(
        "locate",
        say("Say where things are, and where each setting came from."),
        "breachdesk locate --json",
    )(locate)


def verify(errand: Errand, ref: Where = None) -> int:
    """Check the chain."""
    desk = errand.desk
    with progress(errand, say("Verifying …")) as told:
        report = desk.trust.verify(ref, on_progress=told)
    left = desk.keeping.left_behind() if ref is None else ()
    if errand.wants_json:
        of_restores = {"left_behind": [plain_left_behind(one) for one, _ in left]}
        errand.give({**plain_report(report), **of_restores})
        return int(not report.ok)
    if report.ok:
        errand.tell(say("{count} entries, nothing wrong.", count=report.entries))
    for finding in report.findings:
        tell_finding(errand, finding)
    if any(one.kind.value == "line_changed" for one in report.findings):
        errand.note(
            say("The rows count. “breachdesk doctor --rebuild” makes the list of cases again.")
        )
    for row, who in left:
        errand.tell(left_behind_later(row, who))
    errand.tell(say("Head {seq}: {digest}", seq=report.head.seq, digest=report.head.digest))
    return int(not report.ok)


def plain_report(report: "Report") -> dict[str, object]:
    """Return a report as JSON values."""
    return {
        "ok": report.ok,
        "entries": report.entries,
        "head": report.head.digest,
        "head_seq": report.head.seq,
        "findings": plain_findings(report.findings),
    }


def plain_findings(findings: "Sequence[Finding]") -> list[dict[str, object]]:
    """Return what is wrong as JSON values."""
    return [
        {"kind": one.kind.value, "seq": one.seq, "subject": one.subject or None} for one in findings
    ]


def tell_finding(errand: Errand, finding: "Finding") -> None:
    """Say what is wrong, in a line."""
    kind = errand.speaker.term("FindingKind", finding.kind.value)
    if finding.kind.value == "page_damaged":
        errand.tell(say("Page {page} of desk.db: {kind}", page=finding.subject, kind=kind))
        return
    if finding.kind.value == "schema_changed":
        errand.tell(say("“{name}” in desk.db: {kind}", name=finding.subject, kind=kind))
        return
    errand.tell(
        say(
            "Entry {seq}: {kind} ({subject})",
            seq=finding.seq,
            kind=kind,
            subject=finding.subject or "–",
        )
    )


def note_faults(errand: Errand, findings: "Sequence[Finding]") -> None:
    """Say on standard error that what is handed out lies in a chain that does not hold."""
    if findings:
        kinds = dict.fromkeys(errand.speaker.term("FindingKind", one.kind) for one in findings)
        errand.note(
            say(
                "The chain this case lies in does not hold: {kinds}. Run “breachdesk verify” "
                "before you hand it to anybody.",
                kinds="; ".join(kinds),
            )
        )


def doctor(
    errand: Errand,
    *,
    rebuild: Annotated[
        bool, flag("--rebuild", say("Make the list of cases again from the rows."))
    ] = False,
) -> int:
    """Check the surroundings."""
    from breachdesk.cli.surroundings import NAMES, look_around

    rebuilt = errand.desk.register.rebuild() if rebuild else None
    checks = look_around(errand)
    wrong = any(not one.ok for one in checks)
    if errand.wants_json:
        errand.give({"ok": not wrong, "rebuilt": rebuilt, "checks": _plain(errand, checks)})
        return int(wrong)
    if rebuilt is not None:
        errand.tell(say("{count} lines of the list were made again.", count=rebuilt))
    words = {True: errand.speaker.say(say("ok")), False: errand.speaker.say(say("LOOK"))}
    rows = [
        [words[one.ok], errand.speaker.say(NAMES[one.id]), errand.speaker.say(one.found)]
        for one in checks
    ]
    write_wrapped(errand, rows)
    for one in checks:
        if not one.ok and one.remedy is not None:
            errand.note(one.remedy)
    return int(wrong)


def _plain(errand: Errand, checks: "tuple[Check, ...]") -> list[dict[str, object]]:
    return [
        {
            "id": one.id,
            "ok": one.ok,
            "found": errand.speaker.say(one.found),
            "remedy": errand.speaker.say(one.remedy) if one.remedy else None,
        }
        for one in checks
    ]


def locate(errand: Errand) -> None:
    """Say where things are."""
    from breachdesk.forms import find_forms

    settings = errand.settings
    places = {
        "home": settings.home,
        "database": settings.home / "desk.db",
        "key": settings.home / "key.json",
        "config": settings.config,
        "logs": settings.logs,
        "forms": find_forms(),
        "own_forms": settings.home / "forms",
        "viewing": settings.viewing,
    }
    if errand.wants_json:
        errand.give(
            {
                **{name: str(path) for name, path in places.items()},
                "settings": [
                    {"name": name, "value": value or None, "source": str(source)}
                    for name, value, source in settings.rows()
                ],
            }
        )
        return
    told = errand.speaker.say
    rows = [
        [
            told(_PLACES[name]),
            f"{clean(str(path))} ({told(say('there') if path.exists() else say('not there'))})",
        ]
        for name, path in places.items()
    ]
    rows.append(["", ""])
    rows += [
        [name, f"{clean(value) or '–'} ({told(_origin(source))})"]
        for name, value, source in settings.rows()
    ]
    width = max(len(name) for name, _ in rows) + 2
    for name, value in rows:
        errand.write(f"{name:<{width}}{value}".rstrip())


def _origin(source: "Source") -> Message:
    """Return where a setting came from: the flag, variable or file, or that nobody set it."""
    return say("{name}", name=source.name) if source.name else say("default")

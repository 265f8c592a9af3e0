"""Log an incident, settle when we became aware, correct, close, reopen."""

from typing import Annotated

from breachdesk.cli.command import Counter
from breachdesk.cli.errand import Errand
from breachdesk.cli.inputs import maybe_past, maybe_text, one_of, past, text_of
from breachdesk.cli.options import Because, Ref, argument, choices, flag, option, words_of
from breachdesk.cli.reports import clock_line, done, note_no_profile, note_warnings
from breachdesk.cli.told_clocks import other_line, running_others
from breachdesk.cli.validated import made
from breachdesk.errors import RefusedError
from breachdesk.language.catalogue import catalogue
from breachdesk.message import say
from breachdesk.terms import Nature, Role

FIELDS = ("title", "role", "nature", "occurred_from", "occurred_to", "detected", "summary")
"""What `correct` takes."""
_TIMES = ("occurred_from", "occurred_to", "detected")
_NO_LONGER_KNOWN = ("", "unknown", "ukjent")


def register(desk: Counter) -> None:
    """Add the commands."""
    desk.command(
        "new",
        say("Log an incident. The reference is given at once, and the clock runs from awareness."),
        say('breachdesk new "Payroll list to wrong recipient" --aware "40 min ago"'),
        say('breachdesk new "Letter to the wrong address" --aware now --playbook misdirected'),
        say('breachdesk new "Laptop lost" --detected "yesterday 17:00" --nature c --as Kari'),
    )(new)
    desk.command(
        "aware",
        say("Set or correct when we became aware. The old time stays in the record."),
        say('breachdesk aware 7 "today 13:36" --because "The list was confirmed to be ours"'),
    )(aware)
    desk.command(
        "correct",
        say("Correct one of the case's own facts. The old value stays in the record."),
        say('breachdesk correct 7 nature c,a --because "The server was wiped as well"'),
        say('breachdesk correct 7 occurred_from "20.11.2026 08:00" --because "From the mail log"'),
    )(correct)
    desk.command(
        "close",
        say("Close a case. With a duty open this is said, not refused."),
        say('breachdesk close 7 --because "All told, measures done"'),
    )(close)
    desk.command(
        "reopen",
        say("Reopen a closed case. Its clocks never stopped."),
        say('breachdesk reopen 7 --because "The copy turned up elsewhere"'),
    )(reopen)


PlaybookOption = Annotated[
    str | None,
    option(
        "--playbook",
        "ID",
        say("Begin with a playbook: its steps become tasks, and it answers what it can."),
    ),
]


def new(  # noqa: PLR0913 - a person gives these on one line
    errand: Errand,
    title: Annotated[str, argument("TITLE", say("In a few words, what happened."))],
    *,
    aware: Annotated[
        str | None, option("--aware", "WHEN", say("When we became aware; left out: not sure yet."))
    ] = None,
    why: Annotated[
        str | None, option("--why", "TEXT", say("Why this is the moment of awareness."))
    ] = None,
    detected: Annotated[
        str | None, option("--detected", "WHEN", say("When somebody first saw something."))
    ] = None,
    occurred_from: Annotated[
        str | None, option("--occurred-from", "WHEN", say("When it began."))
    ] = None,
    occurred_to: Annotated[
        str | None, option("--occurred-to", "WHEN", say("When it ended."))
    ] = None,
    role: Annotated[
        str | None,
        option("--role", choices(Role), say("What we are for this processing."), words_of(Role)),
    ] = None,
    nature: Annotated[
        str | None,
        option("--nature", "c,i,a", say("Confidentiality, integrity, availability, or several.")),
    ] = None,
    processing: Annotated[
        list[str] | None,
        option("--processing", "ID", say("Processing activity of the profile; may be repeated.")),
    ] = None,
    summary: Annotated[
        str | None, option("--summary", "TEXT", say("What is known so far."))
    ] = None,
    playbook: PlaybookOption = None,
    drill: Annotated[bool, flag("--drill", say("A drill: it stays out of the register."))] = False,
) -> None:
    """Log an incident."""
    from breachdesk.records import NewIncident

    incident = made(
        NewIncident,
        title=text_of(errand, title, "TITLE"),
        became_aware_at=maybe_past(errand, aware),
        awareness_reason=maybe_text(errand, why, "--why"),
        detected_at=maybe_past(errand, detected),
        occurred_from=maybe_past(errand, occurred_from),
        occurred_to=maybe_past(errand, occurred_to),
        role=None if role is None else one_of(Role, role, name="--role"),
        nature=natures(nature),
        processing=tuple(processing or ()),
        summary=maybe_text(errand, summary, "--summary"),
        is_drill=drill,
    )
    desk = errand.acting()
    case = desk.intake.log(incident) if playbook is None else desk.begun.log(incident, playbook)
    note_no_profile(errand, case)
    done(errand, case, *(clock_line(one) for one in case.clocks if one.is_running))


def natures(text: str | None) -> tuple[Nature, ...]:
    """Return what kind of breach ``c,i,a`` or whole words mean."""
    found: dict[Nature, None] = {}
    for word in (text or "").lower().split(","):
        if not word.strip():
            continue
        nature = next((one for one in Nature if word.strip() in _words_for(one)), None)
        if nature is None:
            raise RefusedError(
                say("“{word}” is no nature of a breach.", word=word.strip()),
                say("Use c, i, a: confidentiality, integrity, availability."),
            )
        found[nature] = None
    return tuple(found)


def _words_for(nature: Nature) -> tuple[str, ...]:
    """Return what names a nature: its word in any language, or the first letter in English."""
    return (nature.value, nature.value[0], catalogue("nb").pgettext("Nature", nature.value))


def aware(
    errand: Errand,
    ref: Ref,
    when: Annotated[str, argument("WHEN", say("Such as 14:30, yesterday 14:30 or 40 min ago."))],
    because: Because,
) -> None:
    """Settle when we became aware."""
    at, reason = past(errand, when), text_of(errand, because, "--because")
    case = errand.acting().intake.become_aware(ref, at, reason)
    done(errand, case, *(clock_line(one) for one in case.clocks if one.is_running))


def correct(
    errand: Errand,
    ref: Ref,
    field: Annotated[
        str, argument("FIELD", say("Which fact, such as nature or title."), lambda: list(FIELDS))
    ],
    value: Annotated[str, argument("VALUE", say("What it becomes; unknown for a time not known."))],
    because: Because,
) -> None:
    """Correct a fact."""
    name = field.strip().lower().replace("-", "_")
    name = "detected" if name == "detected_at" else name
    text = text_of(errand, value, "VALUE")
    is_open = name in _TIMES and text.strip().lower() in _NO_LONGER_KNOWN
    if name == "nature":
        text = ",".join(one.value for one in natures(text))
    changed = None if is_open else past(errand, text) if name in _TIMES else text
    reason = text_of(errand, because, "--because")
    done(errand, errand.acting().intake.correct(ref, name, changed, reason))


def close(errand: Errand, ref: Ref, because: Because) -> None:
    """Close a case, and say what is still owed."""
    reason = text_of(errand, because, "--because")
    case = errand.acting().intake.close(ref, reason)
    for clock in case.clocks:
        if clock.is_running:
            errand.note(say("STILL RUNNING, though closed – {clock}.", clock=clock_line(clock)))
    for other in running_others(case):
        errand.note(say("STILL RUNNING, though closed – {clock}.", clock=other_line(other)))
    left = sum(one.is_open for one in case.todos)
    if left:
        errand.note(say("Tasks not done: {count}.", count=left))
    note_warnings(errand, case)
    done(errand, case)


def reopen(errand: Errand, ref: Ref, because: Because) -> None:
    """Reopen a closed case."""
    reason = text_of(errand, because, "--because")
    done(errand, errand.acting().intake.reopen(ref, reason))

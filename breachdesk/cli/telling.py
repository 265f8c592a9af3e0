"""Tell what happened: write a line, give the timeline and the register away."""

import sys
from pathlib import Path
from typing import Annotated, Any

from breachdesk.cli.command import Counter
from breachdesk.cli.errand import Errand
from breachdesk.cli.inputs import maybe_past, maybe_text, no_such_choice, one_of, text_of, whole
from breachdesk.cli.options import At, Force, Out, Ref, argument, choices, option, words_of
from breachdesk.cli.output import refuse_existing, write_whole
from breachdesk.cli.reports import done
from breachdesk.cli.told import tell_timeline
from breachdesk.cli.validated import made
from breachdesk.errors import RefusedError
from breachdesk.message import Message, say
from breachdesk.terms import DocumentKind, Fidelity, Lang, NoteKind

TIMELINE_FORMATS = ("csv", "json", "jsonl", "timesketch", "md", "pdf")
REGISTER_FORMATS = ("csv", "json", "pdf")
FIGURES_FORMATS = ("csv", "json")
_OR_LINES = say("Which format; left out, lines to read.")
_OR_CSV = say("Which format; left out, csv.")


def _formats(formats: tuple[str, ...], about: Message) -> Any:  # noqa: ANN401 - Typer's
    """Return the option that chooses one of some formats."""
    return option("--format", "|".join(formats), about, lambda: list(formats))


TimelineFormat = Annotated[str | None, _formats(TIMELINE_FORMATS, _OR_LINES)]
RegisterFormat = Annotated[str | None, _formats(REGISTER_FORMATS, _OR_CSV)]
FiguresFormat = Annotated[str | None, _formats(FIGURES_FORMATS, _OR_CSV)]
Year = Annotated[str | None, option("--year", "YEAR", say("Only cases of one year."))]


def register(desk: Counter) -> None:
    """Add the commands."""
    desk.command(
        "note",
        say("Write a line in the timeline. Without a time it happened now."),
        say('breachdesk note 7 "The recipient confirmed deletion by phone" --at 14:05'),
        "journalctl -u mail | tail -3 | breachdesk note 7 - --kind information",
    )(note)
    desk.command(
        "timeline",
        say("Give the timeline: when it happened, when it was recorded, by whom."),
        "breachdesk timeline 7",
        "breachdesk timeline 7 --format md",
        say("breachdesk timeline 7 --format timesketch --out timeline.csv"),
    )(timeline)
    desk.command(
        "register",
        say("Give the register of breaches that Art. 33(5) asks for. Drills are left out."),
        say("breachdesk register --year 2026 --format csv --out register.csv"),
    )(give_register)
    desk.command(
        "figures",
        say("Give the numbers of each year: cases, risks, how soon told. Drills are left out."),
        "breachdesk figures",
        say("breachdesk figures --year 2026 --format csv --out figures.csv"),
    )(give_figures)


def note(
    errand: Errand,
    ref: Ref,
    text: Annotated[str, argument("TEXT", say("What happened; - is standard input, or @FILE."))],
    *,
    at: At = None,
    kind: Annotated[
        str,
        option("--kind", choices(NoteKind), say("What kind of line."), words_of(NoteKind)),
    ] = NoteKind.INFORMATION.value,
    fidelity: Annotated[
        str,
        option(
            "--fidelity",
            choices(Fidelity),
            say("How exactly the time is known."),
            words_of(Fidelity),
        ),
    ] = Fidelity.MINUTE.value,
    source: Annotated[
        str | None, option("--source", "TEXT", say("Where it is known from."))
    ] = None,
) -> None:
    """Write a line in the timeline."""
    from breachdesk.records import NewNote

    new = made(
        NewNote,
        text=text_of(errand, text, "TEXT"),
        occurred_at=maybe_past(errand, at),
        fidelity=one_of(Fidelity, fidelity, name="--fidelity"),
        kind=one_of(NoteKind, kind, name="--kind"),
        source=maybe_text(errand, source, "--source"),
    )
    done(errand, errand.acting().timeline.note(ref, new))


def timeline(
    errand: Errand,
    ref: Ref,
    *,
    format_: TimelineFormat = None,
    out: Out = None,
    force: Force = False,
) -> None:
    """Give the timeline of a case, or print it."""
    if format_ is None and out is None and not errand.wants_json:
        tell_timeline(errand, errand.desk.intake.open(ref))
        return
    form = chosen_format(errand, format_, TIMELINE_FORMATS)
    path = target(out, form, force=force)
    if form == "pdf":
        desk = errand.acting()
        issued = desk.papers.issue(ref, DocumentKind.TIMELINE, lang=errand.paper_lang)
        give_content(errand, path, issued.content)
        return
    suffix = path.suffix if path else ""
    lang = Lang(errand.lang)
    give_content(errand, path, errand.desk.timeline.export(ref, form, lang=lang, suffix=suffix))


def give_register(
    errand: Errand,
    *,
    year: Year = None,
    format_: RegisterFormat = None,
    out: Out = None,
    force: Force = False,
) -> None:
    """Give the register."""
    form = chosen_format(errand, format_, REGISTER_FORMATS, default="csv")
    of_year = None if year is None else whole(year, name="--year")
    path = target(out, form, force=force)
    if form == "pdf":
        content = errand.desk.register.paper(lang=errand.paper_lang, year=of_year)
    else:
        content = errand.desk.register.export(form, lang=Lang(errand.lang), year=of_year)
    give_content(errand, path, content)


def give_figures(
    errand: Errand,
    *,
    year: Year = None,
    format_: FiguresFormat = None,
    out: Out = None,
    force: Force = False,
) -> None:
    """Give the yearly numbers."""
    from breachdesk.exchange.figures import figures_csv, figures_json

    form = chosen_format(errand, format_, FIGURES_FORMATS, default="csv")
    of_year = None if year is None else whole(year, name="--year")
    path = target(out, form, force=force)
    cases = errand.desk.register.cases(of_year)
    content = figures_json(cases) if form == "json" else figures_csv(cases, errand.speaker)
    give_content(errand, path, content)


def chosen_format(
    errand: Errand, text: str | None, formats: tuple[str, ...], *, default: str | None = None
) -> str:
    """Return the format asked for; ``--json`` is another way to ask for one."""
    asked = default if text is None else text.strip().lower()
    if errand.wants_json:
        if text is not None and asked != "json":
            raise RefusedError(
                say("--json and --format {format} exclude each other.", format=text),
                say("Choose one."),
            )
        return "json"
    if asked is None:
        raise RefusedError(
            say("--out needs a format."),
            say("Add --format: {formats}.", formats=", ".join(formats)),
        )
    if asked not in formats:
        raise no_such_choice(asked, formats, name="--format")
    return asked


def target(out: str | None, form: str, *, force: bool) -> Path | None:
    """Return the file to write, None for standard output; a PDF needs a file."""
    if out is None or out == "-":
        if form == "pdf":
            raise RefusedError(
                say("A PDF cannot be shown on the terminal."),
                say("Say where it goes, such as --out paper.pdf."),
            )
        return None
    path = Path(out)
    refuse_existing(path, force=force)
    return path


def give_content(errand: Errand, path: Path | None, content: bytes) -> None:
    """Write to the file, or to standard output: there every unseen sign is a mark on a terminal."""
    if path is not None:
        write_whole(path, content)
        errand.note(say("Written to {path}.", path=str(path)))
        return
    if sys.stdout.isatty():
        errand.show(content.decode("utf-8-sig").rstrip("\n"))
        return
    sys.stdout.flush()
    binary = getattr(sys.stdout, "buffer", None)
    if binary is None:
        errand.write(content.decode().rstrip("\n"))
        return
    binary.write(content)
    binary.flush()

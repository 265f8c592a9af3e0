"""The decided examples against the rules, as a table: source, verdict, our advice, what decided."""

from typing import TYPE_CHECKING, Annotated, Any

from breachdesk.cli.command import Counter
from breachdesk.cli.errand import Errand
from breachdesk.cli.options import Force, Out, option
from breachdesk.cli.tables import write_table
from breachdesk.cli.telling import chosen_format, give_content, target
from breachdesk.language import Speaker, clean
from breachdesk.message import say
from breachdesk.terms import Lang

if TYPE_CHECKING:
    from breachdesk.rules.decided import Verdict
    from breachdesk.rules.selftest import CheckedCase


def register(desk: Counter) -> None:
    """Add the command."""
    desk.command(
        "selftest",
        say("Run the decided examples against the rules. Exits with 1 if any disagrees."),
        "breachdesk selftest",
        "breachdesk selftest --lang nb --json",
        "breachdesk selftest --format pdf --out selftest.pdf",
    )(selftest)


def selftest(
    errand: Errand,
    *,
    format_: Annotated[
        str | None,
        option(
            "--format", "pdf", say("A paper for an inspector, with every reason."), lambda: ["pdf"]
        ),
    ] = None,
    out: Out = None,
    force: Force = False,
) -> int:
    """Run the decided examples."""
    from breachdesk.rules.selftest import run

    rows = run(errand.forms, now=errand.now())
    agreed = sum(one.agreed for one in rows)
    if format_ is not None:
        _give_paper(errand, rows, format_, out, force=force)
    elif errand.wants_json:
        listed = [_plain(errand, one) for one in rows]
        errand.give({"cases": len(rows), "agreed": agreed, "rows": listed})
    else:
        _tell(errand, rows)
        errand.write()
        errand.tell(say("{agreed} of {count} agree.", agreed=agreed, count=len(rows)))
    return int(agreed < len(rows))


def _give_paper(
    errand: Errand, rows: "tuple[CheckedCase, ...]", form: str, out: str | None, *, force: bool
) -> None:
    """Write the check as a PDF."""
    from breachdesk.documents import pdf
    from breachdesk.documents.selftest import selftest_paper

    path = target(out, chosen_format(errand, form, ("pdf",)), force=force)
    lang = errand.paper_lang or Lang(errand.lang)
    forms = errand.forms
    draft = selftest_paper(
        rows,
        pack=forms.rule_pack(None, errand.now()).id,
        checked_at=errand.now(),
        speaker=Speaker(lang, errand.speaker.zone),
        sources={key: source.short for key, source in forms.citations.items()},
        wording=forms.wording("register", lang),
    )
    give_content(errand, path, pdf.render(draft))


def _plain(errand: Errand, row: "CheckedCase") -> dict[str, object]:
    of = errand.speaker.of
    return {
        "id": row.case.id,
        "source": of(row.case.source),
        "title": of(row.case.title),
        "expected": _verdict(row.case.expected),
        "advised": _verdict(row.advised),
        "agreed": row.agreed,
        "reasons": [
            {"rule": one.rule, "text": of(one.words), "cites": list(one.cites)}
            for one in row.reasons
        ],
    }


def _verdict(verdict: "Verdict") -> dict[str, Any]:
    return {
        "risk": verdict.risk.value,
        "notify_authority": verdict.notify_authority.value,
        "inform_subjects": verdict.inform_subjects.value,
        "deciding": list(verdict.deciding),
    }


def _tell(errand: Errand, rows: "tuple[CheckedCase, ...]") -> None:
    say_, of = errand.speaker.say, errand.speaker.of
    agrees, differs = say_(say("agrees")), say_(say("DIFFERS"))
    heads = (say("Example"), say("Source"), say("Verdict (33 / 34)"), say("Our advice"))
    lines = [[*(say_(one) for one in heads), "", say_(say("Why"))]]
    for row in rows:
        why = " ".join(of(one.words) for one in row.reasons[1:] or row.reasons)
        lines.append(
            [
                row.case.id,
                clean(of(row.case.source)),
                _words(errand, row.case.expected),
                _words(errand, row.advised),
                agrees if row.agreed else differs,
                clean(why),
            ]
        )
    write_table(errand, lines)


def _words(errand: Errand, verdict: "Verdict") -> str:
    word = errand.speaker.word
    return f"{word(verdict.notify_authority)} / {word(verdict.inform_subjects)}"

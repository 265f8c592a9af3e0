"""The decided examples against the rules, as a table: source, verdict, our advice, what decided."""

from typing import TYPE_CHECKING, Any

from breachdesk.cli.command import Counter
from breachdesk.cli.errand import Errand
from breachdesk.cli.tables import write_table
from breachdesk.language import clean
from breachdesk.message import say

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
    )(selftest)


def selftest(errand: Errand) -> int:
    """Run the decided examples."""
    from breachdesk.rules.selftest import run

    rows = run(errand.forms, now=errand.now())
    agreed = sum(one.agreed for one in rows)
    if errand.wants_json:
        listed = [_plain(errand, one) for one in rows]
        errand.give({"cases": len(rows), "agreed": agreed, "rows": listed})
    else:
        _tell(errand, rows)
        errand.write()
        errand.tell(say("{agreed} of {count} agree.", agreed=agreed, count=len(rows)))
    return int(agreed < len(rows))


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
    heads = (say("Example"), say("Verdict (33 / 34)"), say("Our advice"), say("Why"))
    lines = [[say_(one) for one in (heads[0], heads[1], heads[2])] + ["", say_(heads[3])]]
    for row in rows:
        why = of(row.reasons[1 if len(row.reasons) > 1 else 0].words) if row.reasons else ""
        lines.append(
            [
                row.case.id,
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

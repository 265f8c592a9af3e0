"""The decided examples against the rules, as a paper that an inspector can keep."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from breachdesk.documents.compose import labels
from breachdesk.documents.dates import Dates
from breachdesk.documents.draft import (
    Bullets,
    Draft,
    FieldRow,
    Fields,
    Letterhead,
    Paragraph,
    Section,
    Table,
)
from breachdesk.documents.wording import Wording
from breachdesk.language import Speaker
from breachdesk.message import Message, say
from breachdesk.rules.advice import Reason
from breachdesk.rules.decided import Verdict
from breachdesk.rules.selftest import CheckedCase
from breachdesk.terms import DocumentKind, Lang, Words

OF_A_CASE = frozenset({"draft", "draft_note", "case", "date"})
"""Words of the layout that speak of a case's paper; this paper belongs to none."""


def selftest_paper(
    rows: Sequence[CheckedCase],
    *,
    pack: str,
    checked_at: datetime,
    speaker: Speaker,
    sources: Mapping[str, Words],
    wording: Wording,
) -> Draft:
    """Return the table of all examples, then each with its reasons and where they are written.

    Args:
        rows: The examples as checked.
        pack: The rules they were checked against, id and version.
        checked_at: When, aware.
        speaker: The paper's language.
        sources: Citation id to its short form.
        wording: For the few words that the layout itself needs.
    """
    tell = speaker.say
    agreed = sum(row.agreed for row in rows)
    count = say("{agreed} of {count} agree.", agreed=agreed, count=len(rows))
    needed = {key: text for key, text in labels(wording).items() if key not in OF_A_CASE}
    return Draft(
        kind=DocumentKind.REGISTER_ENTRY,
        phase=None,
        lang=Lang(speaker.lang),
        title=tell(say("The rules against decided examples")),
        subtitle=tell(say("No rule speaks of an example: only its answers reach the rules.")),
        head=(
            (tell(say("Rules")), pack),
            (tell(say("Checked")), Dates(Lang(speaker.lang), speaker.zone).moment(checked_at)),
            (tell(say("Result")), tell(count)),
        ),
        reference=tell(say("Check of the rules")),
        version=1,
        is_drill=False,
        letterhead=Letterhead(name="breachdesk"),
        sections=(
            _overview(rows, speaker),
            *(_example(row, speaker, sources) for row in rows),
        ),
        zone=str(speaker.zone),
        labels=needed,
    )


def _overview(rows: Sequence[CheckedCase], speaker: Speaker) -> Section:
    heads = (
        say("Example"), say("Source"), say("Verdict (33 / 34)"), say("Our advice"), say("Result"),
    )  # fmt: skip
    body = tuple(
        (
            row.case.id,
            speaker.of(row.case.source),
            _verdict(row.case.expected, speaker),
            _verdict(row.advised, speaker),
            speaker.say(_result(row)),
        )
        for row in rows
    )
    header = tuple(speaker.say(one) for one in heads)
    table = Table(header=header, rows=body, widths=(22, 58, 28, 28, 24))
    return Section(id="overview", heading=speaker.say(say("All examples")), blocks=(table,))


def _example(row: CheckedCase, speaker: Speaker, sources: Mapping[str, Words]) -> Section:
    tell = speaker.say
    facts = (
        FieldRow(tell(say("Source")), speaker.of(row.case.source)),
        FieldRow(tell(say("Verdict (33 / 34)")), _verdict(row.case.expected, speaker)),
        FieldRow(tell(say("Our advice")), _verdict(row.advised, speaker)),
        FieldRow(tell(say("Risk")), speaker.word(row.advised.risk)),
        FieldRow(tell(say("Result")), tell(_result(row))),
    )
    reasons = tuple(_reason(one, speaker, sources) for one in row.reasons)
    return Section(
        id=row.case.id,
        heading=f"{row.case.id}  {speaker.of(row.case.title)}",
        blocks=(Paragraph(speaker.of(row.case.description)), Fields(facts), Bullets(reasons)),
    )


def _reason(reason: Reason, speaker: Speaker, sources: Mapping[str, Words]) -> str:
    cited = ", ".join(speaker.of(sources[one]) for one in reason.cites if one in sources)
    words = speaker.of(reason.words)
    return f"{words} [{cited}]" if cited else words


def _verdict(verdict: Verdict, speaker: Speaker) -> str:
    word = speaker.word
    return f"{word(verdict.notify_authority)} / {word(verdict.inform_subjects)}"


def _result(row: CheckedCase) -> Message:
    return say("agrees") if row.agreed else say("DIFFERS")

"""What is known of a list of recipients and of the letters made, as lines."""

from collections.abc import Iterator, Mapping

from textual.content import Content

from breachdesk.casefile import CaseFile
from breachdesk.desk.letter_lists import Look, reason_words
from breachdesk.exchange.recipients.ranges import from_ranges, outcome, to_ranges
from breachdesk.language import Speaker
from breachdesk.message import Message, say
from breachdesk.records import Mailing
from breachdesk.records.recipient import Recipient
from breachdesk.terms import Lang
from breachdesk.tui.widgets.columns import Column, Columns
from breachdesk.tui.widgets.linelist import Line, heading
from breachdesk.tui.widgets.shown import shown
from breachdesk.tui.widgets.tones import MUTED

COLUMNS: Mapping[str, Message] = {
    "name": say("name"),
    "first": say("first name"),
    "last": say("last name"),
    "street": say("street"),
    "street2": say("street, second line"),
    "postcode": say("postcode"),
    "place": say("place"),
    "country": say("country"),
    "lang": say("language"),
    "email": say("e-mail"),
}
"""What a column holds."""
MOST_PROBLEMS = 200
"""Rows kept back that are listed; the list beside the letters has them all."""


def look_lines(look: Look, speaker: Speaker) -> Iterator[Line]:
    """Yield what a list holds: three rows to look at, what is kept back, the columns."""
    yield heading(Content(speaker.say(say("Three to look at, as they stand on the letter"))))
    for one in look.samples:
        yield Line(_sample(one, speaker), f"sample.{one.row}")
    problems = look.listed.problems
    if problems:
        text = say("Kept back and not printed ({count} of {rows})", count=len(problems),
                   rows=look.listed.rows)  # fmt: skip
        yield heading(Content(speaker.say(text)))
    for bad in problems[:MOST_PROBLEMS]:
        row = speaker.say(say("row {row}", row=bad.row))
        yield Line(
            Columns(
                Column(Content.styled("!", "$text-warning"), 1),
                Column(Content(row), 10),
                Column(Content(reason_words(bad, speaker))),
            ),
            f"bad.{bad.line}",
        )
    yield heading(Content(speaker.say(say("Columns"))))
    for column, title in look.listed.columns.items():
        yield Line(
            Columns(Column(shown(title), 24),
                    Column(Content.styled(f"→ {speaker.say(COLUMNS[column])}", MUTED))),
            f"column.{column}",
        )  # fmt: skip
    for place, title in enumerate(look.listed.unused):
        not_read = Content.styled(speaker.say(say("→ not read")), MUTED)
        yield Line(Columns(Column(shown(title), 24), Column(not_read)), f"unused.{place}")


def _sample(one: Recipient, speaker: Speaker) -> Columns:
    lang = speaker.word(one.lang)
    row = speaker.say(say("row {row}", row=one.row))
    return Columns(
        Column(Content(row), 10),
        Column(Content("\n").join(shown(line) for line in one.lines)),
        Column(Content.styled(lang, MUTED), 12),
    )


def made_lines(case: CaseFile, speaker: Speaker) -> Iterator[Line]:
    """Yield the letters made so far and what became of them, newest first."""
    if case.mailings:
        yield heading(Content(speaker.say(say("Made so far"))))
    for mailing in reversed(case.mailings):
        arrived, returned = outcome(case.deliveries, mailing.id)
        still = len(from_ranges(mailing.lettered) - arrived - returned)
        text = say("{count} letters ({langs}); rows kept back: {skipped}", count=mailing.letters,
                   langs=_languages(mailing, speaker), skipped=mailing.skipped)  # fmt: skip
        told = say("arrived {arrived} · came back {returned} · not told about {open}",
                   arrived=len(arrived), returned=len(returned), open=still)  # fmt: skip
        parts = [Content(speaker.say(text)), Content.styled(speaker.say(told), MUTED)]
        untold = returned | from_ranges(mailing.kept_back)
        if untold:
            rows = say("Not told yet, rows of the list: {rows}", rows=to_ranges(untold))
            parts.append(Content.styled(speaker.say(rows), "$text-warning"))
        yield Line(
            Columns(
                Column(Content(speaker.brief(mailing.recorded_at)), 20),
                Column(Content("\n").join(parts)),
            ),
            f"mailing.{mailing.id}",
        )


def _languages(mailing: Mailing, speaker: Speaker) -> str:
    return ", ".join(
        f"{speaker.word(Lang(lang))} {speaker.number(count)}"
        for lang, count in mailing.languages.items()
    )

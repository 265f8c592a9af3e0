"""Reads what people can do themselves: advice for letters, each piece with when it fits."""

from collections.abc import Container, Iterator, Mapping

from breachdesk.documents.wording import Tip
from breachdesk.forms.findings import Findings
from breachdesk.forms.jurisdiction import Jurisdiction
from breachdesk.forms.tables import Table
from breachdesk.message import say
from breachdesk.rules.questionnaire import Question
from breachdesk.terms import Lang

FORM = "advice"


def read_tips(place: Jurisdiction) -> tuple[Tip, ...]:
    """Return the pieces of advice in their order; those that always fit stand last.

    Raises:
        FormError: A piece lacks its words or its source.
    """
    if not place.has(FORM):
        return ()
    tips = [_tip(table) for table in place.laid(FORM, None).items.get(FORM, ())]
    return tuple(sorted(tips, key=lambda one: not one.when))


def check_tips(
    place: Jurisdiction,
    questions: Mapping[str, Question],
    sources: Container[str],
    findings: Findings,
) -> None:
    """Note what a piece names that does not exist: a question, one of its options, a source."""
    if not place.has(FORM):
        return
    for table in place.laid(FORM, None).items.get(FORM, ()):
        with findings.catching():
            tip = _tip(table)
            unknown = [one for one in tip.cites if one not in sources]
            for key, wanted in tip.when.items():
                question = questions.get(key)
                unknown += [key] if question is None else []
                unknown += [one for one in wanted if question and question.option(one) is None]
            if unknown:
                raise table.wrong(
                    say("“{id}” names what does not exist: {what}.", id=tip.id,
                        what=", ".join(unknown))
                )  # fmt: skip
            said = [one for one in table.texts("unverified") if _says(tip, one)]
            if said:
                raise table.wrong(
                    say("“{id}” tells people what is listed as unverified: {what}.", id=tip.id,
                        what=", ".join(said))
                )  # fmt: skip


def unverified_tips(place: Jurisdiction) -> Iterator[tuple[str, str, tuple[str, ...]]]:
    """Yield file, advice and the names and numbers that nobody checked at their source."""
    if not place.has(FORM):
        return
    for table in place.laid(FORM, None).items.get(FORM, ()):
        names = table.texts("unverified")
        if names:
            yield table.file, table.text("id"), names


def _says(tip: Tip, name: str) -> bool:
    """Does a letter in any language say the name?"""
    return any(
        name.casefold() in words.in_(lang).casefold()
        for words in (tip.text, tip.guardian)
        if words is not None
        for lang in Lang
    )


def _tip(table: Table) -> Tip:
    table.expect("id", "when", "cites", "unverified", "text", "guardian")
    return Tip(
        id=table.text("id"),
        when=table.condition("when"),
        cites=table.cites(),
        text=table.words("text"),
        guardian=table.maybe_words("guardian"),
    )

"""Reads what people can do themselves: advice for letters, each piece with when it fits."""

from collections.abc import Container, Mapping

from breachdesk.documents.wording import Tip
from breachdesk.forms.findings import Findings
from breachdesk.forms.jurisdiction import Jurisdiction
from breachdesk.forms.tables import Table
from breachdesk.message import say
from breachdesk.rules.questionnaire import Question

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


def _tip(table: Table) -> Tip:
    table.expect("id", "when", "cites", "text", "guardian")
    return Tip(
        id=table.text("id"),
        when=table.condition("when"),
        cites=table.cites(),
        text=table.words("text"),
        guardian=table.maybe_words("guardian"),
    )

"""Reads what people can do themselves: advice for letters, each piece with when it fits."""

from breachdesk.documents.wording import Tip
from breachdesk.forms.jurisdiction import Jurisdiction
from breachdesk.forms.tables import Table

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


def _tip(table: Table) -> Tip:
    table.expect("id", "when", "cites", "text", "guardian")
    return Tip(
        id=table.text("id"),
        when=table.condition("when"),
        cites=table.cites(),
        text=table.words("text"),
        guardian=table.maybe_words("guardian"),
    )

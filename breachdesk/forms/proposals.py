"""Proposals that are not law: laid over the rules in force only when asked for by name."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from breachdesk.errors import NoSuchThingError
from breachdesk.forms.files import FormFile
from breachdesk.forms.findings import Findings
from breachdesk.forms.jurisdiction import Jurisdiction
from breachdesk.forms.layers import Layered, head_of, lay
from breachdesk.forms.questions import handed_through
from breachdesk.forms.references import check_sources, check_words
from breachdesk.forms.regimes import read_regime
from breachdesk.forms.source_text import canonical, digest_of
from breachdesk.forms.sources import Source
from breachdesk.message import say
from breachdesk.rules.questionnaire import Question
from breachdesk.terms import Words

if TYPE_CHECKING:
    from breachdesk.rules.pack import RulePack
    from breachdesk.rules.regime import Regime


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """Rules that somebody has proposed, and what is to be said of them wherever they are used."""

    id: str
    version: str
    title: Words
    notice: Words
    """That they are not law, and how far they have come."""
    cites: tuple[str, ...]
    pack: "RulePack"
    """The rules in force with the proposal laid over them."""
    regime: "Regime"
    """The clocks in force with the proposal's laid over them."""


def proposal_names(place: Jurisdiction) -> tuple[str, ...]:
    """Return the ids of the proposals that a jurisdiction knows."""
    return tuple(sorted({file.form for file in place.inner("proposals")}))


def find_proposal(place: Jurisdiction, name: str) -> FormFile:
    """Return the file of one proposal.

    Raises:
        NoSuchThingError: There is none of that name.
    """
    for file in place.inner("proposals"):
        if file.form == name:
            return file
    raise NoSuchThingError(
        say("There is no proposal “{name}”.", name=name),
        say("Choose one of: {known}.", known=", ".join(proposal_names(place)) or "–"),
    )


def lay_over(
    place: Jurisdiction, form: str, on: date, proposal: FormFile, findings: Findings
) -> Layered:
    """Return a form as in force on a day, with a proposal laid over it.

    Raises:
        RuleError: Nothing was in force on that day.
        FormError: A file is wrong.
    """
    return lay(form, (*place.in_force(form, on), proposal), findings)


def words_of_proposal(file: FormFile) -> tuple[str, Words, Words, tuple[str, ...]]:
    """Return a proposal's version, title, notice and sources.

    Raises:
        FormError: One of them is missing.
    """
    head = head_of(file)
    return head.text("version"), head.words("title"), head.words("notice"), head.cites()


def read_proposal(
    place: Jurisdiction,
    name: str,
    *,
    day: date,
    questions: Mapping[str, Question],
    citations: Mapping[str, Source],
    findings: Findings,
) -> Proposal:
    """Return the rules and clocks in force on a day with a proposal laid over them.

    Args:
        place: The jurisdiction's folders.
        name: The proposal's id.
        day: On the jurisdiction's own calendar.
        questions: Every question of the jurisdiction, by id.
        citations: Every source that may be cited.
        findings: Where problems go.

    Raises:
        NoSuchThingError: There is no such proposal.
        FormError: It does not hold together.
    """
    from breachdesk.rules.duties import read_pack

    file = find_proposal(place, name)
    version, title, notice, cites = words_of_proposal(file)
    risk, clocks = (lay_over(place, form, day, file, findings) for form in ("risk", "regime"))
    for one in (risk, clocks):
        check_sources(one, citations, findings)
        check_words(one, findings)
    calendar = place.laid("holidays", None) if place.has("holidays") else None
    return Proposal(
        id=name,
        version=version,
        title=title,
        notice=notice,
        cites=cites,
        pack=read_pack(
            handed_through(risk), questions=questions, digest=digest_of(canonical(risk.plain()))
        ),
        regime=read_regime(clocks, calendar, findings),
    )

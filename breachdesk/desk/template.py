"""The notification on the EDPB's common template: filled in from a case, and checked."""

from dataclasses import dataclass
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from breachdesk.casefile import CaseFile
from breachdesk.desk.office import Office
from breachdesk.desk.papers import next_phase, paper_language
from breachdesk.language import Speaker
from breachdesk.terms import DocumentKind, Lang, Phase

if TYPE_CHECKING:
    from breachdesk.exchange.edpb import Filled
    from breachdesk.rules.edpb import Template


@dataclass(frozen=True, kw_only=True)
class FilledIn:
    """The template filled in, and what it was filled in from."""

    case: CaseFile
    template: "Template"
    filled: "Filled"
    lang: Lang


class TemplateDesk:
    """Where the template is filled in. Nothing is kept: it is worked out anew each time."""

    def __init__(self, office: Office) -> None:
        """Work with the shared tools."""
        self._office = office

    def fill(self, ref: str, *, lang: Lang | None = None, phase: Phase | None = None) -> FilledIn:
        """Return the template filled in as the case stands now.

        Args:
            ref: The case.
            lang: Language of its texts; None: the organisation's.
            phase: None: initial until one was sent, then supplementary (Art. 33(4) GDPR).
        """
        from breachdesk.exchange.edpb import fill

        with self._office.reading() as reading:
            incident = self._office.find(reading, ref, writing=False)
            case = self._office.case(reading, incident)
        chosen = lang or paper_language(case)
        template = self._office.forms.template(case.regime.id)
        filled = fill(
            template,
            case,
            phase=phase or next_phase(case, DocumentKind.NOTIFICATION) or Phase.INITIAL,
            speaker=Speaker(chosen.value, ZoneInfo(case.regime.zone)),
        )
        return FilledIn(case=case, template=template, filled=filled, lang=chosen)

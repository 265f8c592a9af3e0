"""The notification on the EDPB's common template: filled in from a case, checked, and saved."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from breachdesk.casefile import CaseFile
from breachdesk.desk.office import Office
from breachdesk.desk.papers import next_phase, paper_language
from breachdesk.errors import RefusedError
from breachdesk.language import Speaker
from breachdesk.message import say
from breachdesk.store.files import create_whole, disk_in_words
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

    def save(self, found: FilledIn, path: Path) -> Path:
        """Write the payload to a new file that only its owner can read; return where it lies.

        Raises:
            RefusedError: a file is there already.
            StoreError: it cannot be written there.
        """
        content = json.dumps(plain_payload(found), ensure_ascii=False, indent=2).encode() + b"\n"
        path = path.expanduser()
        with disk_in_words(path):
            try:
                create_whole(path, content, mark="edpb")
            except FileExistsError:
                raise RefusedError(
                    say("There is a file {path} already; it was left as it is.", path=str(path)),
                    say("Choose another name."),
                ) from None
        return path.resolve()


def plain_payload(found: FilledIn) -> dict[str, object]:
    """Return the payload as JSON values, with what it was made from."""
    from breachdesk.exchange.edpb import plain_fields

    return {
        "ref": found.case.ref,
        "template": found.template.edition,
        "version": found.template.version,
        "phase": found.filled.phase.value,
        "lang": found.lang.value,
        "complete": found.filled.is_complete,
        "fields": plain_fields(found.filled.payload),
    }

"""The notification as it is typed into Altinn, and whether somebody can."""

from dataclasses import dataclass
from datetime import date

from breachdesk.casefile import CaseFile
from breachdesk.casefile.readiness import Readiness, readiness
from breachdesk.desk.office import Office, profile_in_force
from breachdesk.desk.papers import next_phase, paper_language
from breachdesk.documents.altinn import SheetField, for_typing, sheet
from breachdesk.documents.compose import compose
from breachdesk.documents.draft import Draft
from breachdesk.terms import DocumentKind, Lang

_TICKS = "altinn."


@dataclass(frozen=True, kw_only=True)
class AltinnSheet:
    """What to type, and whether it can be sent."""

    case: CaseFile
    lang: Lang
    fields: tuple[SheetField, ...]
    warnings: tuple[str, ...]
    """What looks like personal data of people affected, in its author's language."""
    readiness: tuple[Readiness, ...]


class Altinn:
    """Where the notification is prepared for typing."""

    def __init__(self, office: Office) -> None:
        """Work with the shared tools."""
        self._office = office

    def sheet(
        self, ref: str, *, lang: Lang | None = None, speaks: Lang | None = None
    ) -> AltinnSheet:
        """Return the notification as it stands now, field by field; nothing is kept.

        Args:
            ref: The case.
            lang: Of the sheet; None: the organisation's own, else bokmål.
            speaks: Language of the warnings to its author; None: the sheet's.
        """
        with self._office.reading() as reading:
            case = self._office.case(reading, self._office.find(reading, ref, writing=False))
        chosen = lang or paper_language(case)
        draft = self._draft(case, chosen)
        said = draft if speaks in (None, chosen) else self._draft(case, speaks)
        return AltinnSheet(
            case=case,
            lang=draft.lang,
            fields=sheet(draft),
            warnings=said.warnings,
            readiness=readiness(case.profile, today=self._today(), case=case),
        )

    def _draft(self, case: CaseFile, lang: Lang) -> Draft:
        kind = DocumentKind.NOTIFICATION
        return compose(
            case,
            kind,
            wording=for_typing(self._office.forms.wording(kind.value, lang)),
            lang=lang,
            phase=next_phase(case, kind),
        )

    def readiness(self) -> tuple[Readiness, ...]:
        """Return whether we could send now, before there is a case."""
        with self._office.reading() as reading:
            return readiness(profile_in_force(reading), today=self._today())

    def ticks(self, ref: str) -> dict[str, str]:
        """Return which fields were copied: field key to the digest of what was copied."""
        with self._office.reading() as reading:
            found = reading.half_typed(self._office.actor, place_of(ref))
            return {one.field: one.text for one in found}

    def tick(self, ref: str, field: SheetField, *, is_copied: bool) -> None:
        """Keep that a field was copied with the value it has now, or that it was not."""
        with self._office.writing() as writing:
            place = place_of(ref)
            if is_copied:
                writing.save_half_typed(self._office.actor, place, field.key, field.digest)
            else:
                writing.drop_half_typed(self._office.actor, place, field.key)

    def _today(self) -> date:
        return self._office.now().astimezone(self._office.zone).date()


def place_of(ref: str) -> str:
    """Return under which name the ticks of a case wait among the drafts."""
    return f"{_TICKS}{ref}"


def is_ticks(place: str) -> bool:
    """Is it the place of a case's ticks?"""
    return place.startswith(_TICKS)

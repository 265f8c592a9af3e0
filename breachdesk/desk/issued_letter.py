"""The letter that was issued, put together again as it was, so that it can be addressed."""

from dataclasses import dataclass

from breachdesk.desk.groups import find_group
from breachdesk.desk.office import Office
from breachdesk.documents import text
from breachdesk.documents.compose import compose
from breachdesk.documents.draft import Draft, Stamp
from breachdesk.documents.wording import Wording
from breachdesk.errors import RefusedError
from breachdesk.message import say
from breachdesk.records import Person
from breachdesk.terms import DocumentKind, Lang


@dataclass(frozen=True, slots=True, kw_only=True)
class IssuedLetter:
    """A letter ready to be addressed."""

    draft: Draft
    wording: Wording
    stamp: Stamp | None
    """None: it was not issued and carries a draft mark."""
    document_id: str


def letter_in(
    office: Office, ref: str, kind: DocumentKind, lang: Lang, group: str = ""
) -> IssuedLetter | None:
    """Return the newest letter issued in a language, exactly as it was issued; None without one.

    Args:
        office: The shared tools.
        ref: The case.
        kind: Which letter.
        lang: Its language.
        group: The group of people it is for, by name or id; empty: everybody.

    Raises:
        RefusedError: it cannot be put together word for word any more.
    """
    with office.reading() as reading:
        incident = office.find(reading, ref, writing=False)
        now = office.case(reading, incident)
        group_id = find_group(now, group).id if group else None
        issued = [
            one
            for one in now.documents
            if one.kind == kind and one.lang == lang and one.group_id == group_id
        ]
        if not issued:
            return None
        document = issued[-1]
        case = office.case(reading, incident, up_to=document.seq - 1, at=document.recorded_at)
        people = case.group(group_id)
        case = case.for_group(people) if people else case
        actor = next(one.name for one in reading.rows(Person) if one.id == document.recorded_by)
    wording = office.forms.wording(kind.value, lang)
    draft = compose(case, kind, wording=wording, lang=lang, version=document.version)
    stamp = Stamp(
        issued_at=document.recorded_at,
        actor=actor,
        audit_head=document.audit_head,
        zone=office.zone.key,
    )
    if text.render(draft, stamp) != document.text:
        raise RefusedError(
            say(
                "The letter {id} cannot be put together again word for word: "
                "the profile or the forms have changed since it was issued.",
                id=document.id,
            ),
            say("Issue the letter again and look it through, then make the letters."),
        )
    return IssuedLetter(draft=draft, wording=wording, stamp=stamp, document_id=document.id)

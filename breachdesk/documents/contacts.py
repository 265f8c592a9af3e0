"""Whom to ask and who reports: Art. 33(3)(b) GDPR."""

import re

from breachdesk.documents.dates import within
from breachdesk.documents.lines import Line, doubt_of, known, not_known
from breachdesk.documents.telling import Telling
from breachdesk.records.organisation import Contact

_OFFICES = frozenset(
    {"personvernombud", "personvernombudet", "data protection officer", "dpo", "ombudet"}
)
"""What some write in place of a name: the office itself."""
_IN_NUMBER = re.compile(r"(?<=\d) (?=\d)")


def contact(telling: Telling) -> Line:
    """Return whom to ask: Art. 33(3)(b) GDPR, EDPB template 29-36."""
    lines = contact_lines(telling)
    number = telling.numbers("dpo", "dpo_name", "dpo_contact", "contact_name", "contact_details")
    if not lines:
        return not_known(telling, "contact", item="33.3.b", number=number)
    doubt = doubt_of(telling, "dpo_name", "contact_name", "contact_details")
    return known(telling, "contact", "\n".join(lines), number=number, doubt=doubt)


def contact_lines(telling: Telling) -> tuple[str, ...]:
    """Return the data protection officer or contact point: as answered, else from the profile."""
    found: list[str] = []
    officer = joined(_own_name(telling.text("dpo_name")), telling.text("dpo_contact"))
    if officer:
        found.append(telling.word("said.dpo", who=officer))
    other = joined(
        _own_name(telling.text("contact_name")),
        telling.text("contact_function"),
        telling.text("contact_details"),
    )
    if other and other != officer:
        found.append(telling.word("said.contact", who=other))
    if not found and telling.profile:
        facts = telling.profile.organisation
        who = contact_text(facts.privacy_contact)
        is_officer = facts.dpo == "appointed"
        found += (
            [telling.word("said.dpo" if is_officer else "said.contact", who=who)] if who else []
        )
    return tuple(found)


def contact_of(telling: Telling) -> str:
    """Return one way to reach us, for a letter: the officer, else the contact point."""
    lines = contact_lines(telling)
    return lines[0] if lines else ""


def contact_text(person: Contact) -> str:
    """Return a contact on one line."""
    return joined(_own_name(person.name), person.function, person.email, person.phone)


def _own_name(name: str) -> str:
    """Return a person's name; the office's own name says no more than the line's label."""
    return "" if name.strip().casefold() in _OFFICES else name


def reporter(telling: Telling) -> Line | None:
    """Return who reports: EDPB template 21-24."""
    who = joined(
        telling.text("reporter_name"),
        telling.text("reporter_function_text") or within(telling.text("reporter_function")),
        telling.text("reporter_contact"),
    )
    if not who and telling.profile:
        who = contact_text(telling.profile.reporter)
    number = telling.numbers("reporter_name", "reporter_contact", "reporter_function")
    doubt = doubt_of(telling, "reporter_name", "reporter_contact")
    return known(telling, "reporter", who, number=number, doubt=doubt) if who else None


def joined(*parts: str) -> str:
    """Return what is there, on one line; the groups of a number stay together."""
    line = ", ".join(one.strip() for one in parts if one and one.strip())
    return _IN_NUMBER.sub("\u00a0", line)

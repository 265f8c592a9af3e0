"""Who we are: the profile that prefills incidents and heads the papers."""

import re
from collections.abc import Iterator
from typing import Any

from breachdesk.desk.office import Office, profile_in_force
from breachdesk.errors import RefusedError
from breachdesk.message import say
from breachdesk.records import Organisation, Profile
from breachdesk.terms import AuditAction

_UNPRINTABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f]")
"""Control characters but tabulators and the ends of lines."""


class OrganisationDesk:
    """Where the organisation's profile is kept."""

    def __init__(self, office: Office) -> None:
        """Work with the shared tools."""
        self._office = office

    def take(self, profile: Profile) -> Profile:
        """Keep a profile; it counts from now on, the earlier ones stay in the record.

        Raises:
            RefusedError: a recipient has data of an activity that is not there; or a text holds a
                character that no paper can print, such as NUL. Marks of writing direction are kept,
                and shown as marks wherever the text is.
        """
        for field, text in _texts(profile.model_dump(mode="json", by_alias=True)):
            found = _UNPRINTABLE.search(text)
            if found:
                raise RefusedError(
                    say(
                        "“{field}” in the organisation's profile holds the control character "
                        "{mark}.",
                        field=field,
                        mark=f"U+{ord(found.group()):04X}",
                    ),
                    say("Take it out of the file and import it again; nothing was kept."),
                )
        _check_recipients(profile)
        with self._office.writing() as writing:
            row = Organisation(
                id="",
                name=profile.organisation.name,
                profile=profile.model_dump(mode="json", by_alias=True),
            )
            writing.add(row, AuditAction.ORGANISATION_RECORD)
            return profile

    def profile(self) -> Profile | None:
        """Return the profile in force, if there is one."""
        with self._office.reading() as reading:
            return profile_in_force(reading)


def _check_recipients(profile: Profile) -> None:
    """Refuse a recipient of an activity that is not there: its transfers would never be told."""
    there = [one.id for one in profile.processing]
    for recipient in profile.recipient:
        for activity in recipient.processing:
            if activity not in there:
                raise RefusedError(
                    say(
                        "“{recipient}” in the organisation's profile receives data of the "
                        "processing activity “{id}”, which the profile does not have.",
                        recipient=recipient.name,
                        id=activity,
                    ),
                    say("Choose one of: {ids}.", ids=", ".join(there))
                    if there
                    else say("Take it out of the file and import it again; nothing was kept."),
                )


def _texts(value: Any, field: str = "") -> Iterator[tuple[str, str]]:  # noqa: ANN401  # any JSON
    """Yield every text of plain values with its place, such as ``processing 2, title``."""
    match value:
        case str():
            yield field, value
        case dict():
            for key, one in value.items():
                yield from _texts(one, f"{field}, {key}" if field else str(key))
        case list():
            for number, one in enumerate(value, 1):
                yield from _texts(one, f"{field} {number}")

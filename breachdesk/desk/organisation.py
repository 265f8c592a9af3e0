"""Who we are: the profile that prefills incidents and heads the papers."""

from breachdesk.desk.office import Office, profile_in_force
from breachdesk.records import Organisation, Profile
from breachdesk.terms import AuditAction


class OrganisationDesk:
    """Where the organisation's profile is kept."""

    def __init__(self, office: Office) -> None:
        """Work with the shared tools."""
        self._office = office

    def take(self, profile: Profile) -> Profile:
        """Keep a profile; it counts from now on, the earlier ones stay in the record."""
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

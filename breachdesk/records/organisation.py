"""The controller's profile, and the people who act."""

from datetime import date
from typing import Any

from pydantic import BaseModel, ConfigDict
from pydantic import Field as In
from sqlalchemy import JSON
from sqlmodel import Field

from breachdesk.records.base import Kept
from breachdesk.terms import Lang, Role


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, str_max_length=2000)


class Contact(_Part):
    """Someone who can be reached."""

    name: str = ""
    email: str = ""
    phone: str = ""
    function: str = ""


class Processing(_Part):
    """A processing activity: Art. 30 GDPR. It prefills an incident."""

    id: str = In(min_length=1, max_length=100)
    title: str = In(min_length=1)
    role: Role
    legal_basis: tuple[str, ...] = ()
    data_subjects: tuple[str, ...] = ()
    data_types: tuple[str, ...] = ()
    retention: str = ""
    systems: tuple[str, ...] = ()
    protection: tuple[str, ...] = ()


class Recipient(_Part):
    """Who receives the data, and on what transfer ground when outside the EEA."""

    name: str = In(min_length=1)
    kind: str = ""
    countries: tuple[str, ...] = ()
    transfer: str = ""
    processing: tuple[str, ...] = ()
    """Ids of the processing activities whose data they receive; empty: of every one."""

    def concerns(self, activity: str) -> bool:
        """Do they receive data of a processing activity?"""
        return not self.processing or activity in self.processing


class ControllerServed(_Part):
    """A controller for whom we are processor."""

    name: str = In(min_length=1)
    contact: str = ""
    notice_hours: int | None = In(default=None, ge=0, le=10_000)


class Contract(_Part):
    """A contractual duty to tell, beside the law's."""

    with_: str = In(alias="with")
    hours: int | None = In(default=None, ge=0, le=10_000)
    start: str = ""
    to: str = ""


class AltinnAccess(_Part):
    """Who can submit to the authority, and what if not."""

    holder: str = ""
    """Name of who holds the role."""
    holder_eid: bool | None = None
    """Have they an electronic ID? None: not known."""
    deputy: str = ""
    deputy_eid: bool | None = None
    certificate: bool | None = None
    """Can the organisation log in with a certificate of its own instead?"""
    fallback: str = ""
    """How to send when Altinn is down, such as post, or e-mail with OpenPGP."""
    checked_on: date | None = None
    """When somebody last logged in and opened the form."""


class DeskRules(_Part):
    """The organisation's own rules for its desk."""

    case_retention: str = ""


class Routine(_Part):
    """What the organisation's own notice promises."""

    authority: str = ""
    notify_authority_within_hours: int | None = None
    notify_authority_when: str = ""
    tell_data_subjects_when: str = ""
    tell_data_subjects: str = ""
    answer_data_subject_within: str = ""


class OrganisationFacts(_Part):
    """Who the organisation is."""

    name: str = In(min_length=1, max_length=300)
    group: str = ""
    organisation_number: str = ""
    address: str = ""
    country: str = "NO"
    other_establishments: tuple[str, ...] = ()
    sector: str = ""
    size: str = ""
    language: Lang = Lang.NB
    privacy_contact: Contact = Contact()
    dpo: str = ""
    """``appointed`` (the privacy contact is it), ``none``, or empty when not known."""
    group_contact_for: tuple[str, ...] = ()


class Profile(_Part):
    """An organisation's profile as read from TOML."""

    organisation: OrganisationFacts
    routine: Routine = Routine()
    processing: tuple[Processing, ...] = ()
    recipient: tuple[Recipient, ...] = ()
    controller: tuple[ControllerServed, ...] = ()
    contract: tuple[Contract, ...] = ()
    desk: DeskRules = DeskRules()
    altinn: AltinnAccess = AltinnAccess()
    reporter: Contact = Contact()


class Organisation(Kept, table=True):
    """The profile in force from when it was recorded; the newest counts."""

    name: str
    profile: dict[str, Any] = Field(sa_type=JSON)

    def as_profile(self) -> Profile:
        """Return the validated profile."""
        return Profile.model_validate(self.profile)


class Person(Kept, table=True):
    """Who acts. On a shared account a name is a claim, not a proof."""

    name: str = Field(index=True)

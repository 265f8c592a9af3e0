"""What the organisation's profile already knows about an incident: facts to be confirmed."""

from collections.abc import Collection, Iterable, Mapping
from zoneinfo import ZoneInfo

from breachdesk.errors import RefusedError
from breachdesk.exchange.edpb.countries import countries
from breachdesk.language import Speaker
from breachdesk.message import Message, say
from breachdesk.records import Profile
from breachdesk.records.organisation import Contact, Processing
from breachdesk.terms import Role

_NOT_KNOWN = "not-yet-known"
_EEA = frozenset({"EEA", "EU", "EØS"})
_WORDS: Mapping[str, Message] = {
    "outside EEA": say("outside the EEA"),
    "adequacy decision": say("adequacy decision"),
    "standard contractual clauses": say("standard contractual clauses"),
}
"""What profiles write in English, whatever their language: Art. 45 and 46(2)(c) GDPR."""


def activities(profile: Profile | None, ids: Iterable[str]) -> tuple[Processing, ...]:
    """Return the chosen processing activities (Art. 30 GDPR).

    Raises:
        RefusedError: an id that the profile does not have.
    """
    known = {one.id: one for one in profile.processing} if profile else {}
    chosen = []
    for one in ids:
        if one not in known:
            raise RefusedError(
                say("The organisation's profile has no processing activity “{id}”.", id=one),
                say("Choose one of: {ids}.", ids=", ".join(known))
                if known
                else say("Load a profile with “breachdesk organisation import FILE”."),
            )
        chosen.append(known[one])
    return tuple(chosen)


def role_of(chosen: Iterable[Processing]) -> Role:
    """Return our role: controller as soon as one activity says so, since that owes the most."""
    roles = {one.role for one in chosen}
    for role in (Role.CONTROLLER, Role.JOINT_CONTROLLER, Role.PROCESSOR):
        if role in roles:
            return role
    return Role.CONTROLLER


def prefilled(
    profile: Profile | None, chosen: tuple[Processing, ...], role: Role, eea: Collection[str]
) -> dict[str, object]:
    """Return question id to value, for what the profile knows.

    Args:
        profile: The organisation's, if there is one.
        chosen: The processing activities the incident is about.
        role: What we are for them.
        eea: ISO 3166 codes of the countries in the EEA.
    """
    if profile is None:
        return {}
    values: dict[str, object] = {
        "data_subjects": _union(one.data_subjects for one in chosen),
        "data_types": _union(one.data_types for one in chosen),
        "systems": ", ".join(_union(one.systems for one in chosen)),
        "measures_before_text": ", ".join(_union(one.protection for one in chosen)),
        "transfers": _transfers(profile, {one.id for one in chosen}, eea),
        **_contacts(profile),
    }
    if role == Role.PROCESSOR and profile.controller:
        values["other_parties"] = True
        values["other_party_role"] = "controller"
        values["other_party_name"] = "; ".join(one.name for one in profile.controller)
        values["other_party_contact"] = "; ".join(
            one.contact for one in profile.controller if one.contact
        )
    return {key: value for key, value in values.items() if value not in ("", (), None)}


def _union(groups: Iterable[tuple[str, ...]]) -> tuple[str, ...]:
    return tuple(
        dict.fromkeys(one for group in groups for one in group if one and one != _NOT_KNOWN)
    )


def _transfers(profile: Profile, chosen: Collection[str], eea: Collection[str]) -> str:
    """Return who receives data of the chosen activities outside the EEA: Art. 44 GDPR."""
    lines = []
    speaker = Speaker(profile.organisation.language, ZoneInfo("UTC"))

    def said(word: str) -> str:
        return speaker.say(_WORDS[word]) if word in _WORDS else word

    for one in profile.recipient:
        outside = [country for country in one.countries if not _is_inside(country, eea)]
        is_concerned = any(one.concerns(activity) for activity in chosen)
        if outside and is_concerned:
            places = ", ".join(said(country) for country in outside)
            ground = f"; {said(one.transfer)}" if one.transfer else ""
            lines.append(f"{one.name} ({places}{ground})")
    return "\n".join(lines)


def _is_inside(country: str, eea: Collection[str]) -> bool:
    """Is a country in the EEA, by its code or its name? A profile may also say just “EEA”."""
    return country.upper() in _EEA or all(one in eea for one in countries(country))


def _contacts(profile: Profile) -> dict[str, object]:
    facts, reporter = profile.organisation, profile.reporter
    contact = facts.privacy_contact
    values: dict[str, object] = {
        "contact_name": contact.name,
        "contact_function": contact.function,
        "contact_details": how_to_reach(contact),
        "reporter_name": reporter.name,
        "reporter_contact": how_to_reach(reporter),
        "reporter_function": "other" if reporter.function else "",
        "reporter_function_text": reporter.function,
    }
    if facts.dpo == "appointed":
        values |= {"dpo": True, "dpo_name": contact.name, "dpo_contact": how_to_reach(contact)}
    elif facts.dpo == "none":
        values["dpo"] = False
    return values


def how_to_reach(contact: Contact) -> str:
    """Return e-mail and telephone on one line."""
    return ", ".join(one for one in (contact.email, contact.phone) if one)

"""Can we send to the authority right now, on a Saturday? Read from the organisation's profile.

Sending in Altinn takes a person with the role for it and an electronic ID, or the organisation's
certificate; if Altinn cannot be used, post or e-mail, encrypted with OpenPGP (Datatilsynet).
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from breachdesk.casefile.case import CaseFile
from breachdesk.message import Message, say
from breachdesk.records.organisation import AltinnAccess, Profile
from breachdesk.rules.questionnaire import Question

STALE_AFTER = timedelta(days=180)
"""A check older than this counts as none: people change jobs, rights lapse."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Readiness:
    """One thing that sending needs."""

    id: str
    """``holder holder_eid deputy deputy_eid fallback checked confirmed``."""
    is_ready: bool
    text: Message
    remedy: Message | None = None
    """What to do when it is not ready."""


def readiness(
    profile: Profile | None, *, today: date, case: CaseFile | None = None
) -> tuple[Readiness, ...]:
    """Return what sending in Altinn needs, in the order it is needed.

    Args:
        profile: The organisation's; None counts as nothing known.
        today: On the reader's calendar.
        case: The case that is to be notified, if there is one.
    """
    access = profile.altinn if profile else AltinnAccess()
    return (*_checks(access, today), *(_confirmed(case) if case else ()))


def _confirmed(case: CaseFile) -> Iterator[Readiness]:
    """Yield the facts that came from the profile and nobody confirmed; nothing when all are."""
    waiting = [one.question for one in case.unknown if one.kind == "unconfirmed"]
    if not waiting:
        return
    yield Readiness(
        id="confirmed",
        is_ready=False,
        text=say(
            "From the profile, not confirmed for this case: {questions}",
            questions=_listed(waiting),
        ),
        remedy=say(
            "Read them through; if all are right: breachdesk answer {ref} facts --confirm all",
            ref=case.ref,
        ),
    )


def _listed(questions: Sequence[Question]) -> Message:
    """Return the questions in their own words, one after the other."""
    first, *others = questions
    listed = say("“{question}”", question=first.text)
    for one in others:
        listed = say("{listed}, “{question}”", listed=listed, question=one.text)
    return listed


def _checks(access: AltinnAccess, today: date) -> Iterator[Readiness]:
    holder = access.holder.strip()
    yield _one(
        "holder",
        bool(holder),
        say("{name} holds the Altinn role", name=holder),
        say("Nobody is named who holds the Altinn role"),
        say("Name them in the profile: [altinn] holder. Who manages access in Altinn gives it."),
    )
    if holder or access.certificate:
        yield _log_in("holder_eid", holder, access.holder_eid, has_certificate=access.certificate)
    deputy = access.deputy.strip()
    yield _one(
        "deputy",
        bool(deputy),
        say("{name} is deputy", name=deputy),
        say("Nobody is named as deputy"),
        say("Give a second person the role, and name them: [altinn] deputy."),
    )
    if deputy:
        yield _log_in("deputy_eid", deputy, access.deputy_eid, has_certificate=access.certificate)
    yield _one(
        "fallback",
        bool(access.fallback.strip()),
        say("If Altinn is down: {way}", way=access.fallback.strip()),
        say("No way is set for when Altinn is down"),
        say("Set one: [altinn] fallback, such as post, or e-mail encrypted with OpenPGP."),
    )
    yield _checked(access.checked_on, today)


def _log_in(check: str, name: str, eid: bool | None, *, has_certificate: bool | None) -> Readiness:  # noqa: FBT001 - three answers
    if has_certificate and not eid:
        text = say("The organisation's certificate logs in")
        return Readiness(id=check, is_ready=True, text=text)
    missing = say("{name} has no electronic ID", name=name)
    if eid is None:
        missing = say("It is not known whether {name} has an electronic ID", name=name)
    return _one(
        check,
        eid is True,
        say("{name} has an electronic ID", name=name),
        missing,
        say("Try to log in to Altinn now, then set [altinn] {field} = true.", field=check),
    )


def _checked(checked_on: date | None, today: date) -> Readiness:
    if checked_on is None:
        return Readiness(
            id="checked",
            is_ready=False,
            text=say("It was never checked that this works"),
            remedy=say("Let them log in and open the form, then set [altinn] checked_on."),
        )
    return _one(
        "checked",
        timedelta() <= today - checked_on <= STALE_AFTER,
        say("Last checked {day}", day=checked_on),
        say("Last checked {day}, too long ago to rely on", day=checked_on)
        if checked_on <= today
        else say("Last checked {day}, which has not been yet", day=checked_on),
        say("Let them log in and open the form, then set [altinn] checked_on."),
    )


def _one(check: str, is_ready: bool, good: Message, bad: Message, remedy: Message) -> Readiness:  # noqa: FBT001
    return Readiness(
        id=check,
        is_ready=is_ready,
        text=good if is_ready else bad,
        remedy=None if is_ready else remedy,
    )

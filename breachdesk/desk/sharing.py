"""Make a copy of a case that may be shared: listed fields, and no others."""

from itertools import chain

from breachdesk.casefile import CaseFile
from breachdesk.desk.office import Office
from breachdesk.documents.privacy import addresses, identity_numbers, phones
from breachdesk.errors import RefusedError
from breachdesk.exchange.redacted import RedactedCopy, redact
from breachdesk.language import Speaker
from breachdesk.message import Message, say
from breachdesk.rules.sharing import Sharing


class SharingDesk:
    """Where redacted copies are made."""

    def __init__(self, office: Office) -> None:
        """Work with the shared tools."""
        self._office = office

    def redacted(
        self, ref: str, *, speaker: Speaker, included: tuple[str, ...] = ()
    ) -> RedactedCopy:
        """Return a redacted copy of a case; nothing is kept of it.

        Args:
            ref: The case.
            speaker: Whose language its words are in.
            included: Questions of free text that are to stand in it all the same.

        Raises:
            RefusedError: One of these cannot be shared.
        """
        return redacted_of(self._office, ref, speaker=speaker, included=included)


def redacted_of(
    office: Office, ref: str, *, speaker: Speaker, included: tuple[str, ...]
) -> RedactedCopy:
    """Return a redacted copy of a case.

    Raises:
        RefusedError: A text is asked for that cannot be shared.
    """
    with office.reading() as reading:
        case = office.case(reading, office.find(reading, ref, writing=False))
    sharing = office.forms.sharing(case.regime.id)
    for one in included:
        if one not in sharing.on_request:
            raise RefusedError(
                _why_not(case, sharing, one),
                say("Choose among: {known}.", known=", ".join(sharing.on_request)),
            )
    return redact(case, sharing, speaker=speaker, included=included, is_suspect=is_suspect)


def _why_not(case: CaseFile, sharing: Sharing, question_id: str) -> Message:
    """Return why a question is not among the texts that can be asked for."""
    if question_id in sharing.answers:
        return say("“{id}” stands in every redacted copy without being asked for.", id=question_id)
    if case.question(question_id) is None:
        return say("There is no question “{id}”.", id=question_id)
    return say("“{id}” is no text that can be taken into a redacted copy.", id=question_id)


def is_suspect(text: str) -> bool:
    """Does a text hold what looks like an identity number, e-mail address or telephone number?"""
    return next(chain(identity_numbers(text), addresses(text), phones(text)), None) is not None

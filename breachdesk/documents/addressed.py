"""An issued letter with a recipient in it: the address and the salutation change, nothing else."""

from dataclasses import replace

from breachdesk.documents.draft import AddressBlock, Block, Draft, Salutation, Section
from breachdesk.documents.wording import Wording
from breachdesk.records.recipient import Recipient


def addressed(draft: Draft, recipient: Recipient, wording: Wording) -> Draft:
    """Return the letter as it is for one person.

    Args:
        draft: The letter with a place for the address.
        recipient: Whom it is for.
        wording: The letter's sentences, in its language.

    Raises:
        FormError: The wording lacks the salutation.
    """
    first, *rest = draft.sections
    blocks = tuple(_filled(one, recipient, wording) for one in first.blocks)
    opening = Section(id=first.id, heading=first.heading, blocks=blocks)
    return replace(draft, sections=(opening, *rest))


def varying(recipient: Recipient, wording: Wording) -> tuple[str, ...]:
    """Return what varies in a letter, in the order it stands there: address lines, salutation."""
    return (*recipient.lines, wording.text("salutation.named", name=recipient.name))


def _filled(block: Block, recipient: Recipient, wording: Wording) -> Block:
    if isinstance(block, AddressBlock):
        return AddressBlock(recipient.lines)
    if isinstance(block, Salutation):
        return Salutation(wording.text("salutation.named", name=recipient.name))
    return block

"""What a proposal would say of a case, marked as not law wherever it is shown."""

from typing import TYPE_CHECKING, Any

from breachdesk.cli.errand import Errand
from breachdesk.cli.plain import plain_clock
from breachdesk.cli.plain_advice import plain_assessed
from breachdesk.cli.told_advice import tell_assessed
from breachdesk.language import Speaker
from breachdesk.message import say

if TYPE_CHECKING:
    from breachdesk.desk.assessment import AsIf


def plain_as_if(tried: "AsIf", speaker: Speaker) -> dict[str, Any]:
    """Return the result as plain values; ``as_if`` says that it is not law."""
    proposal = tried.proposal
    return {
        "ref": tried.case.ref,
        "as_if": {
            "id": proposal.id,
            "version": proposal.version,
            "law": False,
            "title": speaker.of(proposal.title),
            "notice": speaker.of(proposal.notice),
            "cites": list(proposal.cites),
        },
        **plain_assessed(tried.assessed, speaker),
        "clock": [plain_clock(tried.clock, speaker)],
    }


def tell_as_if(errand: Errand, tried: "AsIf") -> None:
    """Print the result between two notices that it is not law."""
    _notice(errand, tried)
    tell_assessed(errand, tried.case, tried.assessed)
    errand.write()
    errand.tell(
        say(
            "Clock as if “{title}” were law: {hours} hours, to {to}",
            title=tried.proposal.title,
            hours=tried.proposal.regime.clocks[tried.clock.duty].hours,
            to=tried.clock.to,
        )
    )
    for step in tried.clock.working:
        errand.flow(f"– {errand.speaker.say(step.text)}", indent="  ", hang=2)
    _notice(errand, tried)


def _notice(errand: Errand, tried: "AsIf") -> None:
    errand.write()
    errand.flow(errand.speaker.of(tried.proposal.notice), indent="")
    errand.tell(say("Nothing of this is kept."))

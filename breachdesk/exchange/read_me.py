"""The words that lie in a pack: what it is, what is not in it, and how to check it."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from breachdesk.language import Speaker
from breachdesk.message import Message, say

_WHOLE = say(
    "This pack holds everything breachdesk keeps of the case: case.json with every row and every "
    "entry of its chain (“breachdesk import” takes the whole pack in), chain.jsonl with what each "
    "entry sealed, and papers/ with what was issued, as PDF and as text. In account/ stand the "
    "timeline and the register entry in words; they were made with this pack and are not issued."
)
_REDACTED = say(
    "This pack holds a redacted copy of the case: the fields that may be shared, and no others. It "
    "is not the whole case, and breachdesk does not import it."
)
_CHECK = say(
    "To check it: python3 -I verify.py in this folder, or with the name of the zip file. It needs "
    "Python 3.9 or newer and nothing else. It says whether every file is as it was signed."
)
_KEY = say(
    "Whose signature it is, the pack itself cannot prove. Ask the sender for the eight words of "
    "the key over another channel, such as the telephone, and compare them with those that are "
    "printed. Whoever can change the pack can change verify.py in it too: if that matters, take "
    "the script from an installed breachdesk, or from a pack you had before."
)


def read_me(
    about: Mapping[str, Any],
    *,
    words: str,
    speaker: Speaker,
    papers: Sequence[Message] = (),
) -> bytes:
    """Return the text file that lies in a pack.

    Args:
        about: What its manifest says.
        words: Of its key.
        speaker: In whose language.
        papers: What was issued, a sentence each.
    """
    is_whole = about["kind"] == "whole"
    made_at = datetime.fromisoformat(about["made_at"])
    written = (
        say("{ref}, written {moment} by {who}", ref=about["ref"], moment=made_at,
            who=about["made_by"])
        if is_whole else say("{ref}, written {moment}", ref=about["ref"], moment=made_at)
    )  # fmt: skip
    told: list[Message] = [
        written,
        _WHOLE if is_whole else _REDACTED,
        _CHECK,
        _KEY,
        say("The key: {key}", key=about["public_key"]),
        say("In words: {words}", words=words),
        say("The desk's chain then ended at entry {seq}: {digest}", seq=about["head"]["seq"],
            digest=about["head"]["digest"]),
    ]  # fmt: skip
    parts = [speaker.say(one) for one in told]
    if papers:
        listed = "\n".join(f"- {speaker.say(one)}" for one in papers)
        parts.append(f"{speaker.say(say('The papers issued:'))}\n{listed}")
    if about["left_out"]:
        missing = "\n".join(f"- {one}" for one in about["left_out"])
        parts.append(f"{speaker.say(say('Not in it:'))}\n{missing}")
    return "\n\n".join([*parts, ""]).encode()

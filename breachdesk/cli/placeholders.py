"""What stands for a value in a usage line: TITLE, WHEN, FILE; said in the reader's language."""

from breachdesk.message import Message, say

PLACEHOLDERS = (
    say("COMMAND"), say("DIR"), say("DISPATCH"), say("DOCUMENT|REF"), say("DUE"), say("DUTY"),
    say("EVIDENCE"), say("F.toml"), say("FIELD"), say("FILE"), say("FILE.csv"), say("FORM"),
    say("GROUND"), say("HOW"), say("ID"), say("ID=VALUE"), say("KIND"), say("MATTER"),
    say("MATTER=TEXT"), say("N"), say("NAME"), say("PACK"), say("PHASE"), say("QUESTION"),
    say("REF"), say("SPAN"), say("TASK"), say("TEXT"), say("TITLE"), say("VALUE"), say("WHEN"),
    say("WHO"), say("YEAR"),
)  # fmt: skip
"""All there are; they stand here for the catalogue to find."""
_KNOWN = {one.text: one for one in PLACEHOLDERS}


def placeholder(name: str) -> Message:
    """Return a placeholder, or a name that is the same in every language, such as ``--role``."""
    return _KNOWN.get(name) or Message(name)

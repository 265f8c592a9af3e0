"""The names of the fields of a new incident, for saying which of them are half typed."""

from collections.abc import Mapping

from breachdesk.message import Message, say

PLACE = "new"
"""Where half-typed words of a new incident are kept."""
MISDIRECTED = "misdirected"
"""The playbook of half of all cases; it has a key of its own."""
FIELDS: Mapping[str, Message] = {
    "title": say("what happened"),
    "aware": say("when we became aware"),
    "unsure": say("awareness not settled"),
    "detected": say("first sign"),
    "occurred_from": say("when it began"),
    "occurred_to": say("when it ended"),
    "why": say("how we knew"),
    "role": say("our role"),
    "nature": say("kind of breach"),
    "processing": say("which processing"),
    "summary": say("summary"),
    "drill": say("that it is a drill"),
}
"""Each field, by the name it is kept under, in the order of the screen."""

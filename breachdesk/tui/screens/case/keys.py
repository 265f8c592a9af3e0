"""The keys of a case: one letter each, with a twin. None of them does an act by itself."""

from textual.binding import Binding, BindingType

from breachdesk.message import say
from breachdesk.tui.keys import key

TABS = 8
"""How many tabs a case has; a digit opens each."""

CASE_KEYS: list[BindingType] = [
    key("n", "next_step", say("Next"), hint=say("Do the next step, as the head of the case says"),
        id="case.next", twin="ctrl+n"),
    key("l", "note", say("Note"), hint=say("Write a line in the timeline"),
        id="case.note", twin="f2"),
    key("a", "assess", say("Assess"), hint=say("Answer the questions about risk"),
        id="case.assess", twin="f5"),
    key("d", "decide", say("Decide"), hint=say("Decide a matter, with reasons"),
        id="case.decide", twin="f6"),
    key("p", "papers", say("Papers"), hint=say("Make, issue and send papers"),
        id="case.papers", twin="f7"),
    key("f4", "unknowns", say("Unknown"), hint=say("What is missing, who finds out, by when"),
        id="case.unknowns", twin="u"),
    key("f", "facts", say("Facts"), hint=say("Answer the questions about what happened"),
        id="case.facts", twin="f3"),
    key("s", "sent", say("Sent"), hint=say("Record that something was sent; this stops a clock"),
        id="case.sent", twin="f8", shown=False),
    key("t", "unsent", say("Take back"), hint=say("Take back a sending recorded by mistake"),
        id="case.unsent", twin="ctrl+t", shown=False),
    key("w", "aware", say("Aware"), hint=say("Set when we became aware, with a reason"),
        id="case.aware", twin="f9", shown=False),
    key("c", "correct", say("Correct"), hint=say("Correct title, role, kind, times, with a reason"),
        id="case.correct", twin="f10", shown=False),
    key("g", "groups", say("Groups"), id="case.groups", shown=False,
        hint=say("People whose data differ: name a group, answer for it, see its advice")),
    key("k", "tasks", say("Tasks"), hint=say("Add the steps of a playbook, or a task by hand"),
        id="case.tasks", twin="f11", shown=False),
    key("x", "status", say("Close or reopen"), hint=say("Close the case, or open it again"),
        id="case.status", twin="ctrl+x", shown=False),
    key("v", "verify", say("Verify"), hint=say("Check this case's entries and rows"),
        id="case.verify", twin="f12", shown=False),
    Binding("right", "turn(1)", show=False),
    Binding("left", "turn(-1)", show=False),
    key("e", "evidence", say("Evidence"), hint=say("Files that prove something: take in, check"),
        id="case.evidence", twin="ctrl+e", shown=False),
    key("o", "clocks", say("Clocks"), hint=say("Every clock with its working, other laws too"),
        id="case.clocks", twin="ctrl+r", shown=False),
    key("delete", "erase", say("Erase"), hint=say("Erase the case for good, when its time is over"),
        id="case.erase", shown=False),
    *(Binding(str(place + 1), f"tab({place})", show=False) for place in range(TABS)),
]  # fmt: skip
"""Keys are remapped by their ids."""

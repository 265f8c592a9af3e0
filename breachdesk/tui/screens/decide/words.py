"""What can be decided about each matter, and what deciding it records, in whole sentences."""

from collections.abc import Mapping

from breachdesk.message import Message, say
from breachdesk.terms import Matter, Outcome

Choice = tuple[Matter, Outcome]

SHORT: Mapping[Matter, Message] = {
    Matter.IS_BREACH: say("A breach?"),
    Matter.NOTIFY_AUTHORITY: say("Notify the authority?"),
    Matter.INFORM_SUBJECTS: say("Tell the people?"),
    Matter.NOTIFY_CONTROLLER: say("Tell the controller?"),
}
"""Each matter in a word or two, for the line at the top."""

CHOICES: Mapping[Choice, Message] = {
    (Matter.IS_BREACH, Outcome.YES): say("It is a personal data breach"),
    (Matter.IS_BREACH, Outcome.NO): say("It is not"),
    (Matter.NOTIFY_AUTHORITY, Outcome.YES): say("Notify"),
    (Matter.NOTIFY_AUTHORITY, Outcome.NO): say("Do not notify"),
    (Matter.INFORM_SUBJECTS, Outcome.YES): say("Tell them"),
    (Matter.INFORM_SUBJECTS, Outcome.NO): say("Do not tell them"),
    (Matter.NOTIFY_CONTROLLER, Outcome.YES): say("Tell the controller"),
    (Matter.NOTIFY_CONTROLLER, Outcome.NO): say("Do not tell the controller"),
}
"""The words of each choice; "not yet" is the same for all."""

DECIDED: Mapping[Choice, Message] = {
    (Matter.IS_BREACH, Outcome.YES): say("that it is a personal data breach"),
    (Matter.IS_BREACH, Outcome.NO): say("that it is not a personal data breach"),
    (Matter.IS_BREACH, Outcome.NOT_YET): say("to wait with whether it is a personal data breach"),
    (Matter.NOTIFY_AUTHORITY, Outcome.YES): say("to notify the authority"),
    (Matter.NOTIFY_AUTHORITY, Outcome.NO): say("not to notify the authority"),
    (Matter.NOTIFY_AUTHORITY, Outcome.NOT_YET): say("to wait with notifying the authority"),
    (Matter.INFORM_SUBJECTS, Outcome.YES): say("to tell the people"),
    (Matter.INFORM_SUBJECTS, Outcome.NO): say("not to tell the people"),
    (Matter.INFORM_SUBJECTS, Outcome.NOT_YET): say("to wait with telling the people"),
    (Matter.NOTIFY_CONTROLLER, Outcome.YES): say("to tell the controller"),
    (Matter.NOTIFY_CONTROLLER, Outcome.NO): say("not to tell the controller"),
    (Matter.NOTIFY_CONTROLLER, Outcome.NOT_YET): say("to wait with telling the controller"),
}
"""How each decision ends the sentence "… decided at 14:18 …"."""


EXPLAINED: Mapping[Matter, Message] = {
    Matter.IS_BREACH: say(
        "Security must have failed, and personal data must be hit: lost, altered, or out of the "
        "right hands. An incident that is none is kept all the same, with the reason."
    ),
    Matter.NOTIFY_AUTHORITY: say(
        "The authority is notified unless a risk to people is unlikely: within 72 hours of "
        "awareness, and what is not known by then may follow."
    ),
    Matter.INFORM_SUBJECTS: say(
        "People are told when the risk to them is likely to be high: without undue delay, in plain "
        "words. Art. 34(3) names three grounds that let it be, and Norwegian law some more."
    ),
    Matter.NOTIFY_CONTROLLER: say(
        "A processor tells the controller of every breach without undue delay, and leaves it to "
        "the controller to weigh the risk."
    ),
}
"""What the law asks of each matter, for the help."""
CITES: Mapping[Matter, tuple[str, ...]] = {
    Matter.IS_BREACH: ("gdpr-4-12",),
    Matter.NOTIFY_AUTHORITY: ("gdpr-33-1", "gdpr-33-4"),
    Matter.INFORM_SUBJECTS: ("gdpr-34-1", "gdpr-34-3"),
    Matter.NOTIFY_CONTROLLER: ("gdpr-33-2",),
}


def choice_words(matter: Matter, outcome: Outcome) -> Message:
    """Return the words of one choice."""
    return CHOICES.get((matter, outcome), say("Not yet"))


def records(matter: Matter, outcome: Outcome, *, who: str, time: str) -> Message:
    """Return what a decision records: "This records that … decided at 14:18 to tell the people"."""
    return say(
        "This records that {who} decided at {time} {decision}.",
        who=who,
        time=time,
        decision=DECIDED[matter, outcome],
    )


def recorded(matter: Matter, outcome: Outcome, *, who: str) -> Message:
    """Return what was recorded, to be said once it is."""
    return say("Recorded: {who} decided {decision}.", who=who, decision=DECIDED[matter, outcome])


def follows(matter: Matter, outcome: Outcome) -> Message:
    """Return what the decision does to a clock."""
    if outcome == Outcome.NO:
        if matter == Matter.IS_BREACH:
            return say("Every clock of this case then stops as not owed; a later yes resumes them.")
        return say("Its clock then stops as not owed; a later yes resumes it from the same start.")
    if matter == Matter.IS_BREACH:
        return say("No clock stops by it.")
    return say("The clock runs until a sending is recorded.")

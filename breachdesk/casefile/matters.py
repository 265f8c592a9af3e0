"""What is decided, as a question to a person, and the duty it settles."""

from collections.abc import Mapping

from breachdesk.message import Message, say
from breachdesk.terms import Duty, Matter

QUESTION_OF: Mapping[Matter, Message] = {
    Matter.IS_BREACH: say("Is it a personal data breach? (Art. 4(12))"),
    Matter.NOTIFY_AUTHORITY: say("Notify the authority? (Art. 33)"),
    Matter.INFORM_SUBJECTS: say("Tell the data subjects? (Art. 34)"),
    Matter.NOTIFY_CONTROLLER: say("Tell the controller? (Art. 33(2))"),
}
"""Each matter as the question it is."""

DUTY_OF: Mapping[Matter, Duty] = {
    Matter.IS_BREACH: Duty.RECORD,
    Matter.NOTIFY_AUTHORITY: Duty.NOTIFY_AUTHORITY,
    Matter.INFORM_SUBJECTS: Duty.INFORM_SUBJECTS,
    Matter.NOTIFY_CONTROLLER: Duty.NOTIFY_CONTROLLER,
}
"""The duty whose advice stands beside the question."""

MATTER_OF: Mapping[Duty, Matter] = {duty: matter for matter, duty in DUTY_OF.items()}

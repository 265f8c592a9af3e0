"""The made-up incident of the demo: a salary list that went to the wrong address.

Nothing in it is real. Every time is counted back from the moment of the demo.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from breachdesk.language import Speaker
from breachdesk.message import say

if TYPE_CHECKING:
    from breachdesk.records import Profile

PEOPLE = 212
PAPERS, INPUTS = "papers", "inputs"
"""Folders of the demo: what comes out of it, and what was handed in."""
_CONTROLLER = "controller"


@dataclass(frozen=True, kw_only=True)
class Story:
    """What happened, in one language, at one moment."""

    speaker: Speaker
    now: datetime

    def ago(self, **span: float) -> datetime:
        """Return a moment before the demo."""
        return self.now - timedelta(**span)

    @property
    def title(self) -> str:
        """What happened, in a few words."""
        return self.speaker.say(say("Salary list sent to the wrong recipient (made up)"))

    @property
    def why_aware(self) -> str:
        """Why this was the moment of awareness."""
        return self.speaker.say(
            say("The sent mail was opened: the list is ours and holds named employees.")
        )

    @property
    def call(self) -> str:
        """The first line of the timeline."""
        return self.speaker.say(
            say("A stranger calls: a salary list of ours has arrived in his mailbox.")
        )

    @property
    def asked_to_delete(self) -> str:
        """What was done first."""
        return self.speaker.say(say("The recipient is asked to delete the mail and to confirm it."))

    def facts(self) -> dict[str, object]:
        """Return the answers to the facts form; texts in the language of the demo."""
        said = self.speaker.say
        return {
            "cause": "internal-accidental",
            "incident_type": "sent-by-mistake",
            "period": "specific-day",
            "period_estimated": False,
            "how_discovered": "external-party",
            "told_at": self.ago(hours=27).isoformat(timespec="seconds"),
            "discovery_text": said(say("The recipient called our switchboard.")),
            "description": said(
                say(
                    "A salary list with names, addresses, identity numbers and salaries of all "
                    "employees was sent by e-mail to a private person outside the company."
                )
            ),
            "how_it_happened": said(
                say("The mail program filled in an address that looks like that of our accountant.")
            ),
            "systems": said(say("E-mail, payroll system")),
            "people_basis": "exact",
            "people_number": PEOPLE,
            "records_basis": "exact",
            "records_number": PEOPLE,
            "data_subjects": ["employees"],
            "data_types": ["basic", "contact", "economic", "identification-number"],
            "impacts": ["loss-of-control", "unauthorised-disclosure", "fraud"],
            "consequences_confidentiality": ["beyond-purpose"],
            "severity_view": "moderate",
            **self._measures(),
        }

    def _measures(self) -> Mapping[str, object]:
        said = self.speaker.say
        return {
            "measures_taken": said(
                say("The recipient was called and asked to delete; the mail was recalled.")
            ),
            "measures_prevent": ["changed-processes", "encryption"],
            "measures_prevent_text": said(
                say("Salary lists no longer leave by e-mail; a shared, protected folder is used.")
            ),
            "subjects_told": "planned",
            "planned_on": (self.now + timedelta(hours=3)).isoformat(timespec="seconds"),
            "means": ["individual"],
            "message_content": said(
                say(
                    "By mistake, a list with the names, addresses, identity numbers and salaries "
                    "of all employees was sent by e-mail to a private person outside the company. "
                    "You are on that list."
                )
            ),
            "advice_to_subjects": said(
                say(
                    "Be wary of calls and mails that quote your salary, and consider a free credit "
                    "block with the credit information agencies."
                )
            ),
            "police": False,
            "other_authorities": False,
            "cross_border": False,
        }

    def risk(self) -> dict[str, object]:
        """Return what is known of the risk at first; who has the data is not known yet."""
        return {
            "exposure": "obtained",
            "protection": "none",
            "intent": "mistake",
            "insight": "ordinary",
            "implied": "nothing",
            "identifiability": "directly",
        }

    def found_out(self) -> dict[str, object]:
        """Return what was found out an hour later."""
        return {"holder": "few-known", "deletion": "asked", "repeats": "single", "rest": "alike"}

    def reasons(self) -> tuple[str, str, str]:
        """Return why: a breach, to be notified, to be told."""
        said = self.speaker.say
        return (
            said(say("Personal data of employees reached someone with no right to them.")),
            said(say("Identity numbers and salaries are with an outsider; deletion unconfirmed.")),
            said(say("A high risk of fraud; our employees can protect themselves if they know.")),
        )


def activities(profile: "Profile") -> tuple[str, ...]:
    """Return the processing activity that such a list belongs to, if the profile has one."""
    fitting = (
        one.id
        for one in profile.processing
        if one.role == _CONTROLLER and "employees" in one.data_subjects
        if "economic" in one.data_types
    )
    return tuple(fitting)[:1]


def answers_toml(values: Mapping[str, object], unknown: Mapping[str, tuple[str, datetime]]) -> str:
    """Return answers as the file that `answer --file` reads; JSON's values are TOML's here."""
    lines = ["[answers]", *(f"{key} = {_toml(value)}" for key, value in values.items())]
    lines += ["", "[unknown]"] if unknown else []
    for key, (owner, due) in unknown.items():
        when = due.isoformat(timespec="seconds")
        lines.append(f"{key} = {{ owner = {_toml(owner)}, due = {_toml(when)} }}")
    return "\n".join([*lines, ""])


def _toml(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)

"""Dialogs that correct a group of people or take it out, each with its reason."""

from collections.abc import Iterator, Mapping

from textual.widget import Widget
from textual.widgets import Input

from breachdesk.casefile import CaseFile
from breachdesk.casefile.clocks import standing
from breachdesk.casefile.groups import CaseGroup
from breachdesk.language import Speaker
from breachdesk.message import Message, say
from breachdesk.records.group import NAME_LENGTH
from breachdesk.tui.screens.reasons import ReasonDialog
from breachdesk.tui.widgets.typed import TypedLine

MOST_DIGITS = 11
NAME_FIELD, NUMBER_FIELD = "name", "number"


def group_words(group: CaseGroup, speaker: Speaker) -> str:
    """Return a group's name and how many they are."""
    if group.number is None:
        return speaker.say(say("{group}", group=group.name))
    return speaker.say(
        say("{group} ({count})", group=group.name, count=speaker.number(group.number))
    )


def people_typed(field: Input) -> int | Message | None:
    """Return how many people were typed, None for nothing, or what is wrong with it."""
    typed = field.value.strip()
    if typed and (not typed.isdecimal() or int(typed) < 1):
        return say("Write how many they are as a whole number, or leave it empty.")
    return int(typed) if typed else None


class CorrectGroupDialog(ReasonDialog):
    """What a group is called and how many they are, with the reason for the correction."""

    def __init__(self, case: CaseFile, group: CaseGroup) -> None:
        """Take the case and the group."""
        title = say("Correct: {field}", field=group.name)
        super().__init__(case, title, say("Correct it"))
        self.group = group
        self.FIELD = f"{group.id}.correct.reason"

    def before(self) -> Iterator[Widget]:
        """Draw name and number as they stand."""
        stands = self.standing()
        name = TypedLine(
            stands[self._kept(NAME_FIELD)], name=self._kept(NAME_FIELD), id=NAME_FIELD,
            max_length=NAME_LENGTH,
        )  # fmt: skip
        yield self.row(say("What they are"), name)
        number = TypedLine(
            stands[self._kept(NUMBER_FIELD)], name=self._kept(NUMBER_FIELD), id=NUMBER_FIELD,
            type="integer", max_length=MOST_DIGITS,
        )  # fmt: skip
        yield self.row(say("How many"), number)

    def _kept(self, field: str) -> str:
        """Under which name a half-made value is kept."""
        return f"{self.group.id}.correct.{field}"

    def standing(self) -> Mapping[str, str]:
        """Return what stands now."""
        number = self.group.number
        return {
            self._kept(NAME_FIELD): self.group.name,
            self._kept(NUMBER_FIELD): "" if number is None else str(number),
        }

    def consequence(self) -> Message:
        """Say that the old one stays."""
        return say(
            "This records that {who} corrects it now. The old value stays in the record.",
            who=self.hall.desk.actor,
        )

    async def record(self) -> CaseFile | None:
        """Correct it; a number that is emptied is a question, and is answered there."""
        name = self.query_one(f"#{NAME_FIELD}", Input)
        number = self.query_one(f"#{NUMBER_FIELD}", Input)
        people = people_typed(number)
        if not name.value.strip():
            self.lacks(name, say("Say what they are called."))
            return None
        if isinstance(people, Message):
            self.lacks(number, people)
            return None
        if people is None and self.group.number is not None:
            self.lacks(
                number,
                say("Write the right number. If it is not known, say so among the questions (F4)."),
            )
            return None
        if self.lacks_reason():
            return None
        is_renamed = name.value.strip() != self.group.name
        return await self.ask(
            self.hall.desk.groups.correct,
            self.case.ref,
            self.group.id,
            self.reason,
            name=name.value.strip() if is_renamed else None,
            people=people if people != self.group.number else None,
        )


class RemoveGroupDialog(ReasonDialog):
    """Take a group out: its people count among everybody again."""

    def __init__(self, case: CaseFile, group: CaseGroup) -> None:
        """Take the case and the group."""
        super().__init__(case, say("Take out {group}?", group=group.name), say("Take it out"))
        self.group = group
        self.FIELD = f"{group.id}.remove.reason"
        self.add_class("-warns")

    def consequence(self) -> Message:
        """Say what no longer counts, and that nothing is lost."""
        who = self.hall.desk.actor
        if any(one.group_id == self.group.id for one in standing(self.case.dispatches)):
            return say(
                "This records that {who} takes the group out. Its people count among everybody "
                "again; its own answers, its decision and the letter sent to it count no more. Its "
                "history stays in the record.",
                who=who,
            )
        return say(
            "This records that {who} takes the group out. Its people count among everybody again; "
            "its own answers and decision count no more. Its history stays in the record.",
            who=who,
        )

    async def record(self) -> CaseFile | None:
        """Take it out."""
        if self.lacks_reason():
            return None
        remove = self.hall.desk.groups.remove
        return await self.ask(remove, self.case.ref, self.group.id, self.reason)

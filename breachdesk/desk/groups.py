"""Groups of people whose data differ: name them, correct them, take them out, answer for them."""

import re
from collections.abc import Mapping
from typing import Any

from breachdesk.casefile import CaseFile
from breachdesk.casefile.groups import CaseGroup
from breachdesk.desk.office import Change, Office
from breachdesk.desk.sheets import Sheet
from breachdesk.desk.words import says_something
from breachdesk.errors import NoSuchThingError, RefusedError
from breachdesk.message import Message, say
from breachdesk.records import NewGroup, PeopleGroup
from breachdesk.rules.groups import LETTER_QUESTIONS, NUMBER
from breachdesk.rules.questionnaire import AnswerValue, Questionnaire
from breachdesk.terms import AuditAction

MOST_GROUPS = 20
"""More groups than this are a list of people, and no groups."""
_SNAPSHOT = {"id", "seq", "recorded_at", "recorded_by", "reason"}
_IS_ID = re.compile(r"(group-)?\d+", re.IGNORECASE)
"""What `find_group` takes for a group's number."""


class Groups:
    """Where it is kept which people are hit differently."""

    def __init__(self, office: Office) -> None:
        """Work with the shared tools."""
        self._office = office

    def add(self, ref: str, new: NewGroup) -> CaseFile:
        """Name a group; until something is answered for it, the answers for everybody count.

        Raises:
            RefusedError: The name says nothing, is taken, or there are too many groups.
        """
        with self._office.changing(ref) as change:
            name = _free_name(change.case, new.name)
            if len(change.case.groups) >= MOST_GROUPS:
                raise RefusedError(
                    say("A case has at most {limit} groups of people.", limit=MOST_GROUPS),
                    say("Put together those whose data are alike."),
                )
            number = 1 + len({one.group_id for one in change.case.group_log})
            change.add(
                PeopleGroup(
                    id="",
                    incident_id=change.incident.id,
                    group_id=f"group-{number}",
                    name=name,
                    people=new.people,
                ),
                AuditAction.GROUP_RECORD,
            )
            return change.fresh()

    def correct(
        self,
        ref: str,
        group: str,
        because: str,
        *,
        name: str | None = None,
        people: int | None = None,
    ) -> CaseFile:
        """Correct what a group is called or how many they are; the old one stays in the record.

        Args:
            ref: The case.
            group: Its name, or its id.
            because: Why.
            name: The new name; None leaves it.
            people: The new number; None leaves it.

        Raises:
            RefusedError: No reason, nothing to change, or a name that is taken.
        """
        _need_reason(because)
        with self._office.changing(ref) as change:
            found = find_group(change.case, group)
            fresh = found.name if name is None else _free_name(change.case, name, but=found)
            number = found.number if people is None else people
            if (fresh, number) == (found.name, found.number):
                raise RefusedError(
                    say("That is what stands there already."),
                    say("Give a new name or a new number."),
                )
            own = {one: said for one, said in found.rows[-1].answers.items() if one != NUMBER}
            answers = found.rows[-1].answers if people is None else own
            _keep(change, found, AuditAction.GROUP_CORRECT, because, name=fresh, people=number,
                  answers=answers)  # fmt: skip
            return change.fresh()

    def remove(self, ref: str, group: str, because: str) -> CaseFile:
        """Take a group out: its people count among everybody again; its history stays.

        Raises:
            RefusedError: No reason is given.
        """
        _need_reason(because)
        with self._office.changing(ref) as change:
            found = find_group(change.case, group)
            _keep(change, found, AuditAction.GROUP_REMOVE, because, is_removed=True)
            return change.fresh()


def find_group(case: CaseFile, text: str) -> CaseGroup:
    """Return the group of that name, id or number.

    Raises:
        NoSuchThingError: The case has no such group.
    """
    wanted = _spaced(text).casefold()
    for one in case.groups:
        if wanted in (one.name.casefold(), one.id, one.id.removeprefix("group-")):
            return one
    if not case.groups:
        raise NoSuchThingError(
            say("{ref} has no groups of people.", ref=case.ref),
            say("“breachdesk group add {ref} NAME” names one.", ref=case.ref),
        )
    raise NoSuchThingError(
        say("{ref} has no group “{group}”.", ref=case.ref, group=text),
        say("Choose one of: {names}.", names=", ".join(one.name for one in case.groups)),
    )


def not_for_groups(case: CaseFile, form: Questionnaire, sheet: Sheet) -> dict[str, Message]:
    """Return the questions that are answered for everybody and not for a group."""
    risk = case.forms["risk"]
    found: dict[str, Message] = {}
    for one in sheet.questions:
        question = form.question(one)
        is_own = risk.question(one) is not None or one in LETTER_QUESTIONS
        is_own = is_own and one not in sheet.confirmed
        if question is not None and (question.binds is not None or not is_own):
            found[one] = say("This is answered for everybody, not for a group: leave --group out.")
    return found


def keep_own_answers(
    change: Change,
    group: CaseGroup,
    form: Questionnaire,
    read: Mapping[str, AnswerValue],
    sheet: Sheet,
) -> set[str]:
    """Keep a group with some answers of its own changed; return the questions that changed."""
    row = group.rows[-1]
    answers, people = dict(row.answers), row.people
    for question, value in read.items():
        if question == NUMBER and isinstance(value, int):
            answers.pop(NUMBER, None)
            people = value
        else:
            answers[question] = {"value": list(value) if isinstance(value, tuple) else value}
    for question, (owner, due) in sheet.unknown.items():
        before = row.answers.get(question, {})
        when = due.isoformat(timespec="seconds") if due else before.get("due")
        who = owner or before.get("owner", "")
        answers[question] = {"unknown": True, "owner": who, "due": when}
        people = None if question == NUMBER else people
    for question in sheet.cleared:
        answers.pop(question, None)
        people = None if question == NUMBER else people
    written = {one for one in sheet.questions if answers.get(one) != row.answers.get(one)}
    written |= {NUMBER} if people != row.people else set()
    if written:
        change.keep_form(form)
        forms = {**row.forms, form.id: form.digest}
        _keep(change, group, AuditAction.GROUP_RECORD, sheet.because, answers=answers,
              people=people, forms=forms)  # fmt: skip
    return written


def _keep(
    change: Change,
    group: CaseGroup,
    action: AuditAction,
    because: str,
    **changes: Any,  # noqa: ANN401 - the record's fields
) -> None:
    old = group.rows[-1].model_dump(exclude=_SNAPSHOT)
    change.add(PeopleGroup(id="", **{**old, **changes}, reason=because.strip()), action)


def _need_reason(because: str) -> None:
    if not says_something(because):
        raise RefusedError(say("A reason is needed."), say("Say what was wrong, or what changed."))


def _free_name(case: CaseFile, name: str, *, but: CaseGroup | None = None) -> str:
    fresh = _spaced(name)
    if not says_something(fresh) or "\0" in fresh:
        raise RefusedError(
            say("A group needs a name."), say("Call them what they are, such as Employees.")
        )
    if _IS_ID.fullmatch(fresh):
        raise RefusedError(
            say("“{group}” is how the desk numbers groups.", group=fresh),
            say("Call them what they are, such as Employees."),
        )
    if any(one.name.casefold() == fresh.casefold() for one in case.groups if one != but):
        raise RefusedError(
            say("There is a group “{group}” already.", group=fresh),
            say("Answer for that one, or choose another name."),
        )
    return fresh


def _spaced(text: str) -> str:
    return " ".join(text.split())

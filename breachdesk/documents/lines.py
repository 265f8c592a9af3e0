"""One line of a paper that is shaped like a form: a label, what is known, and what is not.

What is not known yet is never left out: it says who supplies it and by when (Art. 33(4) GDPR).
"""

from dataclasses import dataclass
from datetime import datetime

from breachdesk.documents.draft import FieldRow, MissingItem
from breachdesk.documents.telling import Telling
from breachdesk.terms import Phase, QuestionKind


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A row, what is missing in it, and the free text that people wrote in it."""

    row: FieldRow
    missing: MissingItem | None = None
    free: str = ""


def label_of(telling: Telling, row_id: str) -> str:
    """Return the authority's heading for a row."""
    return telling.word(f"label.{row_id}")


def known(  # all by name
    telling: Telling,
    row_id: str,
    value: str,
    *,
    number: str = "",
    note: str = "",
    doubt: str = "",
    free: str = "",
) -> Line:
    """Return a line whose value is known."""
    label = label_of(telling, row_id)
    row = FieldRow(label=label, value=value, number=number, note=note, doubt=doubt)
    return Line(row=row, free=free)


def not_known(
    telling: Telling,
    row_id: str,
    *questions: str,
    item: str = "",
    number: str = "",
    beside: str = "",
) -> Line:
    """Return a line that says it is not known yet, and who supplies it by when.

    Args:
        telling: The case and its language.
        row_id: Which line.
        questions: Those that would supply it; the first one said to be unknown has the promise.
        item: The legal item or question id; else the first question's id, else the line's.
        number: The template's field numbers.
        beside: What is known already, printed above.
    """
    label = label_of(telling, row_id)
    if telling.case.is_erased:
        return _not_in_record(telling, label, questions, number=number, beside=beside)
    owner, due = promised(telling, *questions)
    follows = promise(telling, owner, due)
    value = f"{beside}\n{follows}" if beside else follows
    item = item or (questions[0] if questions else row_id)
    return Line(
        row=FieldRow(label=label, value=value, is_missing=True, known=beside, number=number),
        missing=MissingItem(
            item=item, text=label, owner=owner, due=due, question=asked_of(telling, *questions)
        ),
        free=beside,
    )


def _not_in_record(
    telling: Telling, label: str, questions: tuple[str, ...], *, number: str, beside: str
) -> Line:
    """Return a line of an erased case that has nothing left to say: nobody supplies it any more.

    Free text may have been there; an answer that is none was kept, so without one it was not known.
    """
    answers = (telling.case.answers.get(one) for one in questions)
    asked = (telling.case.question(one) for one in questions)
    was_unknown = any(one.is_unknown for one in answers if one)
    may_be_gone = any(one.kind is QuestionKind.TEXT for one in asked if one)
    is_gone = may_be_gone and not was_unknown
    said = telling.word("missing.erased" if is_gone else "missing.never_known")
    value = f"{beside}\n{said}" if beside else said
    return Line(row=FieldRow(label=label, value=value, number=number), free=beside)


def promised(telling: Telling, *questions: str) -> tuple[str, datetime | None]:
    """Return who finds out and by when, of the first question said to be unknown."""
    found = telling.case.answers.get(asked_of(telling, *questions))
    return (found.owner, found.due) if found else ("", None)


def asked_of(telling: Telling, *questions: str) -> str:
    """Return the first question said to be unknown; empty for none."""
    answers = telling.case.answers
    unknown = (one for one in questions if one in answers and answers[one].is_unknown)
    return next(unknown, "")


def promise(telling: Telling, owner: str, due: datetime | None) -> str:
    """Return "not known yet"; who supplies it by when, unless the list at the paper's end does."""
    if telling.wording.get("missing.heading"):
        is_final = telling.phase is Phase.FINAL
        return telling.word("missing.never" if is_final else "missing.here")
    when = telling.dates.moment(due) if due else ""
    match bool(owner), bool(when):
        case True, True:
            return telling.word("missing.from_by", owner=owner, due=when)
        case False, True:
            return telling.word("missing.by", due=when)
        case True, False:
            return telling.word("missing.from", owner=owner)
        case _:
            is_final = telling.phase is Phase.FINAL
            return telling.word("missing.never" if is_final else "missing.later")


def asked_line(
    telling: Telling, row_id: str, *questions: str, is_needed: bool = True
) -> Line | None:
    """Return a line for one question and those that add to it; None when there is nothing to say.

    The first question decides whether the line is missing; "not known yet" is always said.
    """
    main = questions[0]
    number = telling.numbers(*questions)
    texts = [text for one in questions if (text := telling.text(one))]
    answer = telling.answer(main)
    said_unknown = answer is not None and answer.is_unknown
    if said_unknown and telling.text(main):
        beside = "\n".join((*texts, telling.word("said.partly")))
        return not_known(telling, row_id, *questions, number=number, beside=beside)
    if telling.text(main) or (texts and not said_unknown):
        free = "\n".join(texts)
        return known(
            telling,
            row_id,
            _with_more(telling, main, texts),
            number=number,
            doubt=doubt_of(telling, *questions),
            free=free,
        )
    if not telling.asks(main) or not (is_needed or said_unknown):
        return None
    return not_known(telling, row_id, *questions, number=number, beside="\n".join(texts))


def _with_more(telling: Telling, main: str, texts: list[str]) -> str:
    """Return an answer and what adds to it; a bare "yes" leads into the words that follow."""
    if isinstance(telling.value(main), bool) and len(texts) > 1:
        return f"{texts[0]}: {' '.join(texts[1:])}"
    return "\n".join(texts)


def doubt_of(telling: Telling, *questions: str) -> str:
    """Return the remark that facts come from the profile, not confirmed yet; else nothing."""
    answers = [answer for one in questions if (answer := telling.answer(one))]
    if any(not one.is_confirmed and not one.is_unknown for one in answers):
        return telling.word("note.unconfirmed")
    return ""

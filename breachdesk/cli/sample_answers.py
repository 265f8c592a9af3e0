"""A form as a TOML file to fill in: every answer a comment, so that nothing is said by accident."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from breachdesk.language import Speaker, clean
from breachdesk.message import Message, say
from breachdesk.terms import QuestionKind

if TYPE_CHECKING:
    from breachdesk.rules.questionnaire import Question, Questionnaire

_HAS_A_COMMAND = "incident.became_aware_at"
"""Awareness is said with `aware`, with its reason."""


def lines_of(form: "Questionnaire", speaker: Speaker) -> Iterator[str]:
    """Yield the lines of the file."""
    for sentence in _how(form):
        yield f"# {speaker.say(sentence)}"
    yield ""
    yield "[answers]"
    for section in form.sections:
        yield ""
        yield f"## {speaker.of(section.title)}"
        for question_id in section.questions:
            question = form.question(question_id)
            if question is not None and question.binds != _HAS_A_COMMAND:
                yield from _lines(question, speaker)
    yield ""
    yield "[unknown]"
    if form.questions:
        owner, due = speaker.say(say("Ola Nordmann")), speaker.say(say("tomorrow 12:00"))
        yield f'# {form.questions[-1].id} = {{ owner = "{owner}", due = "{due}" }}'


def _how(form: "Questionnaire") -> tuple[Message, ...]:
    return (
        say("Take the # away before each answer you have, and change what stands after the =."),
        say("What is not known yet stands under [unknown], with who finds out by when."),
        say("Then: breachdesk answer REF {form} --file THIS-FILE", form=form.id),
    )


def _lines(question: "Question", speaker: Speaker) -> Iterator[str]:
    yield ""
    yield f"# {speaker.of(question.text)}"
    for option in question.options:
        yield f"#  {option.id}: {speaker.of(option.text)}"
    yield f"# {question.id} = {clean(_example(question, speaker))}"


def _example(question: "Question", speaker: Speaker) -> str:
    """Return an answer of the right kind, as TOML writes it."""
    match question.kind:
        case QuestionKind.ONE:
            return f'"{question.options[0].id}"'
        case QuestionKind.MANY:
            return f'["{question.options[0].id}"]'
        case QuestionKind.INTEGER:
            return str(max(question.minimum, 1))
        case QuestionKind.MOMENT:
            return f'"{speaker.say(say("yesterday 14:30"))}"'
        case QuestionKind.BOOLEAN:
            return "true"
        case QuestionKind.TEXT:
            return '"…"'

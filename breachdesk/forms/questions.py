"""Reads a questionnaire out of its laid-over files: sections, questions, options, borrowed ones."""

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from breachdesk.forms.findings import Findings
from breachdesk.forms.layers import HEAD, Layered
from breachdesk.forms.source_text import digest_of, to_source
from breachdesk.forms.tables import Table
from breachdesk.message import say
from breachdesk.rules.questionnaire import Option, Question, Questionnaire, Section
from breachdesk.terms import QuestionKind

NEEDED_FOR = frozenset(
    {"33.1", "33.2", "33.3.a", "33.3.b", "33.3.c", "33.3.d", "33.5", "34.1", "34.2", "34.3"}
)
"""Items of the law that a question may supply."""

BINDS = frozenset(
    f"incident.{field}"
    for field in (
        "role",
        "nature",
        "occurred_from",
        "occurred_to",
        "detected_at",
        "became_aware_at",
        "summary",
    )
)
"""The case's own facts that a question may show; they are changed by their own verbs."""

_ID = re.compile(r"[a-z][a-z0-9]*(_[a-z0-9]+)*")
_OPTION_ID = re.compile(r"[a-z0-9]+([-_][a-z0-9]+)*")
_EDPB_FIELDS = range(3, 127)
_QUESTION_KEYS = (
    "id", "text", "kind", "why", "example", "options", "asked_if", "not_asked_if", "binds", "edpb",
    "cites", "needed_for", "minimum", "day_suffices", "required",
)  # fmt: skip
_OPTION_KEYS = ("id", "en", "nb", "nn", "help", "points", "cites", "offered_if", "edpb")
_CHOICES = (QuestionKind.ONE, QuestionKind.MANY)


def read_questions(layered: Layered, findings: Findings) -> dict[str, Question]:
    """Return the questions that a form defines itself, by id."""
    questions: dict[str, Question] = {}
    for table in layered.items.get("question", ()):
        with findings.catching():
            question = _read_question(table)
            questions[question.id] = question
    return questions


def read_questionnaire(
    layered: Layered,
    own: Mapping[str, Question],
    others: Mapping[str, Mapping[str, Question]],
    findings: Findings,
) -> Questionnaire:
    """Return the form with its own and its borrowed questions, in the order of its sections.

    Args:
        layered: The form's files.
        own: The questions it defines.
        others: The questions of the regime's other forms, by form.
        findings: Where problems go.
    """
    questions = dict(own)
    for table in layered.items.get("use", ()):
        with findings.catching():
            question = _borrowed(table, others)
            if question.id in own:
                raise table.wrong(say("the form defines this question itself."))
            questions[question.id] = question
    sections = []
    for table in layered.items.get("section", ()):
        with findings.catching():
            sections.append(_read_section(table, questions))
    placed = _placed(layered, tuple(sections), questions, findings)
    form = Questionnaire(
        id=layered.form,
        version=layered.version,
        digest="",
        title=layered.head.words("title"),
        method=_method(layered.head),
        valid_from=layered.valid_from,
        reviewed_on=layered.reviewed_on,
        sections=tuple(sections),
        questions=tuple(placed.values()),
    )
    return replace(form, digest=digest_of(to_source(form)))


def handed_through(layered: Layered) -> dict[str, Any]:
    """Return what a form carries beside its questions, for the rules that read it."""
    apart = ("section", "use", "question")
    return {key: value for key, value in layered.plain().items() if key not in apart}


def check_head(layered: Layered) -> None:
    """Refuse single values that mean nothing in a questionnaire.

    Raises:
        FormError: There is one.
    """
    for key, value in layered.head.values.items():
        if key not in (*HEAD, "cites", "method") and not isinstance(value, dict):
            raise layered.head.wrong(say("the key “{key}” means nothing here.", key=key))


def _method(head: Table) -> str | None:
    method = head.values.get("method")
    if isinstance(method, dict):
        return head.at(method, say("method")).text("id")
    return head.text("method") if "method" in head.values else None


def _placed(
    layered: Layered,
    sections: tuple[Section, ...],
    questions: Mapping[str, Question],
    findings: Findings,
) -> dict[str, Question]:
    """Return the questions in the order of the sections; each stands in exactly one."""
    placed: dict[str, Question] = {}
    for section in sections:
        for question_id in section.questions:
            if question_id in placed:
                findings.add(
                    layered.head.wrong(
                        say("the question “{id}” stands in two sections.", id=question_id)
                    )
                )
            placed[question_id] = questions[question_id]
    for question_id in questions.keys() - placed.keys():
        findings.add(
            layered.head.wrong(say("the question “{id}” stands in no section.", id=question_id))
        )
    return placed


def _read_section(table: Table, questions: Mapping[str, Question]) -> Section:
    table.expect("id", "title", "questions", "add")
    if "add" in table.values:
        raise table.wrong(say("there is no such section to add questions to."))
    listed = table.texts("questions")
    for question_id in listed:
        if question_id not in questions:
            raise table.wrong(say("there is no question “{id}”.", id=question_id))
    return Section(id=table.text("id"), title=table.words("title"), questions=listed)


def _borrowed(table: Table, others: Mapping[str, Mapping[str, Question]]) -> Question:
    """Return a question of another form, with what this form says differently."""
    table.expect("question", "from", "required", "why", "example")
    form, question_id = table.text("from", "facts"), table.text("question")
    question = others.get(form, {}).get(question_id)
    if question is None:
        raise table.wrong(say("the form “{form}” has no such question.", form=form))
    return replace(
        question,
        required=table.flag("required", default=question.required),
        why=table.maybe_words("why") or question.why,
        example=table.maybe_words("example") or question.example,
    )


def _read_question(table: Table) -> Question:
    table.expect(*_QUESTION_KEYS)
    cites = table.cites()
    question = Question(
        id=table.text("id"),
        text=table.words("text"),
        kind=table.word("kind", QuestionKind),
        why=table.words("why"),
        example=table.maybe_words("example"),
        options=tuple(
            _read_option(
                table.at(one, say("{place}, option “{id}”", place=table.place, id=one.get("id"))),
                cites,
            )
            for one in table.tables("options")
        ),
        asked_if=table.condition("asked_if"),
        not_asked_if=table.condition("not_asked_if"),
        binds=table.text("binds") if "binds" in table.values else None,
        edpb=table.numbers("edpb"),
        cites=cites,
        needed_for=table.texts("needed_for"),
        minimum=table.whole("minimum", 0),
        day_suffices=table.flag("day_suffices", default=False),
        required=table.flag("required", default=True),
    )
    _check_question(table, question)
    return question


def _check_question(table: Table, question: Question) -> None:
    """Refuse what a question cannot be."""
    if not _ID.fullmatch(question.id):
        raise table.wrong(say("an id has small letters, digits and underscores."))
    if bool(question.options) != (question.kind in _CHOICES):
        raise table.wrong(say("options belong to the kinds “one” and “many”, and to no other."))
    ids = [option.id for option in question.options]
    if len(set(ids)) < len(ids):
        raise table.wrong(say("two options have the same id."))
    if question.binds is not None and question.binds not in BINDS:
        raise table.wrong(say("it cannot bind “{binds}”.", binds=question.binds))
    for item in question.needed_for:
        if item not in NEEDED_FOR:
            raise table.wrong(say("“needed_for” knows no “{item}”.", item=item))
    for number in question.edpb:
        if number not in _EDPB_FIELDS:
            raise table.wrong(say("the EDPB template has no field {number}.", number=number))


def _read_option(table: Table, inherited: tuple[str, ...]) -> Option:
    table.expect(*_OPTION_KEYS)
    option_id = table.text("id")
    if not _OPTION_ID.fullmatch(option_id):
        raise table.wrong(say("an option's id has small letters, digits, hyphens and underscores."))
    words = {lang: table.values[lang] for lang in ("en", "nb", "nn") if lang in table.values}
    return Option(
        id=option_id,
        text=table.words_of(words, "text"),
        help=table.maybe_words("help"),
        points=_points(table),
        cites=table.texts("cites") or inherited,
        offered_if=table.condition("offered_if"),
        edpb=table.text("edpb") if "edpb" in table.values else None,
    )


def _points(table: Table) -> dict[str, int]:
    points = table.values.get("points", {})
    if not isinstance(points, dict):
        raise table.wrong(say("“points” must be a table of whole numbers."))
    inner = table.at(points, say("{place}, points", place=table.place))
    return {factor: inner.signed(factor) for factor in points}

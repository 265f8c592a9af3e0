"""A questionnaire as one canonical text: what a case keeps, and what the fingerprint is taken of.

The text is whole in itself: borrowed questions and a country's changes stand in it, so a case
answered years ago reads the same whatever forms/ says by then. JSON, keys sorted, no spaces.
"""

import hashlib
import json
from collections.abc import Mapping
from datetime import date
from typing import Any

from breachdesk.errors import FormError
from breachdesk.message import say
from breachdesk.rules.questionnaire import Option, Question, Questionnaire, Section
from breachdesk.terms import QuestionKind, Words

FORMAT = "breachdesk-questionnaire/1"


def digest_of(source: str) -> str:
    """Return the fingerprint of a canonical text: SHA-256, hex."""
    return hashlib.sha256(source.encode("utf-8")).hexdigest()


def canonical(value: object) -> str:
    """Return plain values as JSON that is the same whenever the values are; dates as ISO text."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=str)


def to_source(form: Questionnaire) -> str:
    """Return the form as its canonical text."""
    return canonical(
        {
            "format": FORMAT,
            "id": form.id,
            "version": form.version,
            "title": _words(form.title),
            "method": form.method,
            "valid_from": form.valid_from.isoformat(),
            "reviewed_on": form.reviewed_on.isoformat(),
            "sections": [
                {"id": one.id, "title": _words(one.title), "questions": list(one.questions)}
                for one in form.sections
            ],
            "questions": [_question(one) for one in form.questions],
        }
    )


def from_source(source: str) -> Questionnaire:
    """Return the form that a canonical text holds.

    Raises:
        FormError: It is not such a text.
    """
    try:
        return _to_questionnaire(json.loads(source), digest_of(source))
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise FormError(
            say("The form that this case was answered in cannot be read."),
            say("Check the desk with “breachdesk verify”."),
        ) from error


def _to_questionnaire(plain: Mapping[str, Any], digest: str) -> Questionnaire:
    if plain["format"] != FORMAT:
        raise KeyError(plain["format"])
    return Questionnaire(
        id=plain["id"],
        version=plain["version"],
        digest=digest,
        title=Words.of(plain["title"]),
        method=plain["method"],
        valid_from=date.fromisoformat(plain["valid_from"]),
        reviewed_on=date.fromisoformat(plain["reviewed_on"]),
        sections=tuple(
            Section(id=one["id"], title=Words.of(one["title"]), questions=tuple(one["questions"]))
            for one in plain["sections"]
        ),
        questions=tuple(_to_question(one) for one in plain["questions"]),
    )


def _words(words: Words) -> dict[str, str]:
    texts = {"en": words.en, "nb": words.nb, "nn": words.nn}
    return {lang: text for lang, text in texts.items() if text}


def _present(values: Mapping[str, Any]) -> dict[str, Any]:
    """Return the values that say something; what is left out reads back as the default."""
    return {key: value for key, value in values.items() if value not in (None, {}, [], "")}


def _question(question: Question) -> dict[str, Any]:
    return _present(
        {
            "id": question.id,
            "text": _words(question.text),
            "kind": question.kind.value,
            "why": _words(question.why),
            "example": _words(question.example) if question.example else None,
            "options": [_option(one) for one in question.options],
            "asked_if": _condition(question.asked_if),
            "not_asked_if": _condition(question.not_asked_if),
            "binds": question.binds,
            "edpb": list(question.edpb),
            "cites": list(question.cites),
            "needed_for": list(question.needed_for),
            "minimum": question.minimum or None,
            "day_suffices": question.day_suffices or None,
            "optional": None if question.required else True,
        }
    )


def _option(option: Option) -> dict[str, Any]:
    return _present(
        {
            "id": option.id,
            "text": _words(option.text),
            "help": _words(option.help) if option.help else None,
            "points": dict(option.points),
            "cites": list(option.cites),
            "offered_if": _condition(option.offered_if),
            "edpb": option.edpb,
        }
    )


def _condition(condition: Mapping[str, tuple[str, ...]]) -> dict[str, list[str]]:
    return {key: list(values) for key, values in condition.items()}


def _to_condition(plain: Mapping[str, list[str]]) -> dict[str, tuple[str, ...]]:
    return {key: tuple(values) for key, values in plain.items()}


def _to_question(plain: Mapping[str, Any]) -> Question:
    return Question(
        id=plain["id"],
        text=Words.of(plain["text"]),
        kind=QuestionKind(plain["kind"]),
        why=Words.of(plain["why"]),
        example=Words.of(plain["example"]) if "example" in plain else None,
        options=tuple(_to_option(one) for one in plain.get("options", ())),
        asked_if=_to_condition(plain.get("asked_if", {})),
        not_asked_if=_to_condition(plain.get("not_asked_if", {})),
        binds=plain.get("binds"),
        edpb=tuple(plain.get("edpb", ())),
        cites=tuple(plain.get("cites", ())),
        needed_for=tuple(plain.get("needed_for", ())),
        minimum=plain.get("minimum", 0),
        day_suffices=plain.get("day_suffices", False),
        required="optional" not in plain,
    )


def _to_option(plain: Mapping[str, Any]) -> Option:
    return Option(
        id=plain["id"],
        text=Words.of(plain["text"]),
        help=Words.of(plain["help"]) if "help" in plain else None,
        points=dict(plain.get("points", {})),
        cites=tuple(plain.get("cites", ())),
        offered_if=_to_condition(plain.get("offered_if", {})),
        edpb=plain.get("edpb"),
    )

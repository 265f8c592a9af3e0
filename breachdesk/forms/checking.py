"""`form check`: everything in forms/ that does not hold together, listed and not raised."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from breachdesk.forms.cases import read_case
from breachdesk.forms.files import FormFile, read_shelf
from breachdesk.forms.findings import Findings, form_error
from breachdesk.forms.layers import head_of
from breachdesk.forms.library import DEFAULT_REGIME, Forms
from breachdesk.forms.parallel import check_parallel
from breachdesk.forms.tips import check_tips
from breachdesk.message import Message, say
from breachdesk.rules.decided import DecidedCase
from breachdesk.rules.questionnaire import asked, derived_facts

if TYPE_CHECKING:
    from breachdesk.records.organisation import Profile


def check(folder: Path, extra: Path | None = None) -> tuple[tuple[str, Message], ...]:
    """Return each problem with the file it is in; none when all holds together.

    Args:
        folder: The shipped forms.
        extra: The desk's own forms/ folder, if there is one.
    """
    findings = Findings(keep=True)
    with findings.catching():
        shelves = [read_shelf(folder, "forms")]
        if extra is not None and extra.is_dir():
            shelves.append(read_shelf(extra, str(extra)))
        forms = Forms(tuple(shelves), findings)
        for regime in forms.regimes:
            _check_regime(forms, regime)
        _check_cases(forms)
        _check_profiles(forms)
    return tuple(findings.rows)


def _check_regime(forms: Forms, regime: str) -> None:
    """Read every version of a regime and its rules, its questionnaires and its wording."""
    with forms.findings.catching():
        forms.questionnaires_of(regime)
    with forms.findings.catching():
        forms.playbooks(regime)
    with forms.findings.catching():
        forms.sharing(regime)
    place = forms.jurisdiction(regime)
    check_tips(place, forms.questions(regime), forms.citations, forms.findings)
    for moment in _turning_points(forms, regime):
        with forms.findings.catching():
            found = forms.regime_for(moment, moment, regime)
            layered = forms.jurisdiction(regime).laid("regime", found.valid_from)
            check_parallel(layered, found, forms.questions(regime), forms.findings)
        if forms.jurisdiction(regime).has("risk"):
            with forms.findings.catching():
                forms.rule_pack(moment, moment, regime)
    if forms.jurisdiction(regime).has("edpb") and not forms.findings.rows:
        with forms.findings.catching():
            forms.template(regime)
    for name in forms.proposals(regime):
        with forms.findings.catching():
            newest = max(_turning_points(forms, regime))
            forms.proposal(name, newest, newest, regime)
    for file in forms.jurisdiction(regime).inner("wording"):
        with forms.findings.catching():
            _check_wording(file)


def _turning_points(forms: Forms, regime: str) -> Iterator[datetime]:
    """Yield a moment in every stretch of time with its own version of a form."""
    place = forms.jurisdiction(regime)
    start = place.laid("regime", None).valid_from
    days = {
        head_of(file).day("valid_from")
        for folder in place.folders
        for shelf in forms.shelves
        for file in shelf.files(folder)
        if file.form in ("regime", "risk")
    }
    for day in sorted({day for day in days if day > start} | {start}):
        yield datetime(day.year, day.month, day.day, 12, tzinfo=UTC) + timedelta(days=1)


def _check_wording(file: FormFile) -> None:
    from breachdesk.documents.wording import parse

    parse(file.text, name=file.name)


def _check_cases(forms: Forms) -> None:
    """Read every example; an answer to a question that is not asked is a slip."""
    questions = forms.questions()
    for file in forms.jurisdiction(DEFAULT_REGIME).inner("cases"):
        with forms.findings.catching():
            case = read_case(file, questions, forms.citations)
            for question_id in _unasked(forms, case):
                problem = say("“{id}” is answered, but not asked in this case.", id=question_id)
                forms.findings.add(form_error(file.name, problem))
    _ = forms.cases


def _unasked(forms: Forms, case: DecidedCase) -> Iterator[str]:
    answers = {"role": case.role.value, **case.answers}
    derived = derived_facts(answers, late=False, follow_up=False, incomplete=True)
    known = {
        question.id
        for form in forms.questionnaires.values()
        for question in asked(form, answers, derived)
    }
    yield from (question_id for question_id in case.answers if question_id not in known)


def _check_profiles(forms: Forms) -> None:
    """Validate the sample organisations, and compare their ids with the options."""
    from pydantic import ValidationError

    from breachdesk.records.organisation import Profile

    for shelf in forms.shelves:
        for file in shelf.files("organisations"):
            with forms.findings.catching():
                try:
                    _check_profile(forms, file, Profile.model_validate(dict(file.table)))
                except ValidationError as error:
                    first = error.errors()[0]
                    where = ".".join(str(part) for part in first["loc"])
                    raise form_error(
                        file.name, say("“{where}” cannot be used.", where=where)
                    ) from error


def _check_profile(forms: Forms, file: FormFile, profile: "Profile") -> None:
    questions = forms.questions()
    for processing in profile.processing:
        for question_id in ("data_subjects", "data_types"):
            for chosen in getattr(processing, question_id):
                if questions[question_id].option(chosen) is None:
                    forms.findings.add(
                        form_error(
                            file.name,
                            say(
                                "processing “{id}”: “{value}” is no option of “{question}”.",
                                id=processing.id,
                                value=chosen,
                                question=question_id,
                            ),
                        )
                    )

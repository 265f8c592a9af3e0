"""Every paper in nynorsk, sentence by sentence beside its bokmål: nothing falls back silently."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass
from datetime import datetime, timedelta
from enum import Enum
from functools import cache
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from breachdesk.casefile import CaseFile
from breachdesk.documents.altinn import for_typing, sheet
from breachdesk.documents.compose import compose
from breachdesk.documents.draft import Draft
from breachdesk.documents.register import register_paper
from breachdesk.documents.selftest import selftest_paper
from breachdesk.language import Speaker
from breachdesk.rules.selftest import run
from breachdesk.terms import DocumentKind, Duty, Ground, Lang, Matter, Outcome, Phase, Role
from tests.documents.builders import (
    ANSWERS,
    ASSESSED,
    NOW,
    PROFILE,
    case,
    decision,
    dispatch,
    document,
    draft,
    forms,
    full_case,
    note,
)
from tests.rules.answers import NOW as CHECKED
from tests.rules.answers import pack, shipped

OSLO = ZoneInfo("Europe/Oslo")
STAMPED = {
    "zone", "id", "item", "at", "kind", "phase", "lang", "start", "deadline", "due", "widths",
}  # fmt: skip
"""Of a draft: what is no sentence."""
SHORTEST = 4
"""Of a typed text that can be told from a word of the house."""
ALIKE_WORDS = 4
"""Fewer words than these may well be spelt alike."""
WHEN = re.compile(r"\w+dag \d+\. \w+ \d+ kl\. [\d.]+ \(UTC\+1\)")
ALIKE = {
    "Alle klokkeslett er norsk tid.",
    "adresse, telefonnummer og e-postadresse",
    "barn og unge under 18 år",
    "så snart det er klart",
    "seksuelle forhold eller seksuell orientering",
    "seksuelle forhold eller legning",
    "Risikoen er vurdert: risiko",
    "own-06 Snoking i journal hos tannlege og psykolog",
    "Ta gjerne kontakt med oss. Kontaktperson:",
    "Tiltak (artikkel 34 nr. 2, jf. artikkel 33 nr. 3 bokstav d)",
    "Kontaktpunkt (artikkel 34 nr. 2, jf. artikkel 33 nr. 3 bokstav b)",
}
"""Longer sentences of the house that are the same in bokmål and nynorsk."""


def strings(value: object, key: str = "") -> Iterator[str]:
    """Yield every text of a paper in its order."""
    match value:
        case Enum() | datetime() | None | bool() | int():
            return
        case str():
            yield value
        case Mapping():
            for name, one in value.items():
                yield from strings(one, str(name))
        case tuple() | list():
            for one in value:
                yield from strings(one, key)
        case _ if is_dataclass(value):
            for one in fields(value):
                if one.name not in STAMPED:
                    yield from strings(getattr(value, one.name), one.name)


def texts_of(given: object) -> set[str]:
    """Return what people typed into a case: answers, reasons, names."""
    lines = (line.strip() for one in strings(given) for line in one.splitlines())
    return {" ".join(line.split()) for line in lines if len(line) >= SHORTEST}


@cache
def typed() -> frozenset[str]:
    """Everything the builders' cases were given by people."""
    profile = PROFILE.model_dump(mode="python")
    own = [profile, dict(ANSWERS), *(vars(one) for made in CASES.values() for one in rows(made))]
    return frozenset(text for one in own for text in texts_of(one))


def rows(given: CaseFile) -> list[Any]:
    """Return the kept rows of a case that hold words of people."""
    return [
        given.facts,
        *given.decisions,
        *given.notes,
        *given.dispatches,
        *given.documents,
        *given.answers.values(),
    ]


def busy() -> CaseFile:
    """A case with much undecided, unknown, dubious and against advice."""
    return case(
        {**ASSESSED, "holder": None, "people_basis": "approximate", "subjects_told": "no"},
        unknown={"impacts": ("Nina", NOW), "systems": ("", NOW), "cause": ("Ola", None)},
        unconfirmed=("data_subjects",),
        nature=("confidentiality", "integrity", "availability"),
        is_assessed=True,
        is_drill=True,
        decisions=(
            decision(Matter.IS_BREACH, Outcome.YES, "Ja."),
            decision(Matter.INFORM_SUBJECTS, Outcome.NO, "K.", ground=Ground.ART_34_3_A),
            decision(Matter.NOTIFY_AUTHORITY, Outcome.NOT_YET, "V."),
        ),
        documents=(document(),),
        dispatches=(dispatch(Duty.INFORM_SUBJECTS, to="A", channel="B", document_id=""),),
        notes=tuple(note(f"n{hour}", hours=hour) for hour in range(1, 4)),
    )


def high() -> CaseFile:
    """A case with a high risk and every kind of data, answered to the full."""
    facts = {one.id: one for one in forms().questionnaires["facts"].questions}
    every = {
        name: [one.id for one in facts[name].options if one.id not in NOT_WITH_OTHERS]
        for name in ("data_types", "data_subjects", "impacts", "measures_before")
    }
    return case({**ASSESSED, **every, "holder": "hostile", "intent": "malicious"}, is_assessed=True)


NOT_WITH_OTHERS = {"none", "not-yet-known", "to-be-determined", "under-assessment", "investigating"}
CASES: dict[str, CaseFile] = {
    "full": full_case(),
    "empty": case(known=False, aware=None, profile=None),
    "busy": busy(),
    "high": high(),
    "late": case(now=NOW + timedelta(days=5)),
    "processor": case(role=Role.PROCESSOR),
}
PAPERS = [
    (name, kind, phase)
    for name in CASES
    for kind in DocumentKind
    for phase in (tuple(Phase) if kind is DocumentKind.NOTIFICATION else (None,))
]


def is_alike(text: str) -> bool:
    """May this text stand in both papers? Names, figures, typed words and a few short ones."""
    left = " ".join(WHEN.sub("", text).split())
    if left.endswith("…") and any(one.startswith(left[:-2]) for one in typed()):
        return True  # a cell of the hand-over card, cut to its width
    for one in sorted(typed(), key=len, reverse=True):
        left = left.replace(one, "")
    words = [word for word in left.split() if any(map(str.isalpha, word))]
    return len(words) < ALIKE_WORDS or left.strip(" .,") in {one.strip(".") for one in ALIKE}


def assert_each_has_its_own(bokmaal: object, nynorsk: object) -> None:
    nb, nn = list(strings(bokmaal)), list(strings(nynorsk))
    assert len(nb) == len(nn)
    same = [one for one, other in zip(nb, nn, strict=True) if one == other and not is_alike(one)]
    assert not same, same
    english = {text for text in nn if text and "the " in f"{text} ".lower() and text not in typed()}
    assert not english, english


@pytest.mark.parametrize(("name", "kind", "phase"), PAPERS)
def test_no_sentence_of_a_paper_is_left_in_bokmaal(
    name: str, kind: DocumentKind, phase: Phase | None
) -> None:
    made = {
        lang: draft(CASES[name], kind, lang, phase=phase) for lang in (Lang.EN, Lang.NB, Lang.NN)
    }
    assert made[Lang.NN].lang is Lang.NN
    assert_each_has_its_own(made[Lang.NB], made[Lang.NN])
    assert len(list(strings(made[Lang.EN]))) == len(list(strings(made[Lang.NN])))


@pytest.mark.parametrize("name", CASES)
def test_the_sheet_for_altinn_is_nynorsk_too(name: str) -> None:
    def typed_from(lang: Lang) -> object:
        wording = for_typing(forms().wording("notification", lang))
        kind = DocumentKind.NOTIFICATION
        made: Draft = compose(CASES[name], kind, wording=wording, lang=lang, phase=None, version=1)
        return sheet(made)

    assert_each_has_its_own(typed_from(Lang.NB), typed_from(Lang.NN))


def test_the_register_and_the_check_of_the_rules_are_nynorsk_too() -> None:
    def register(lang: Lang) -> Draft:
        wording = forms().wording("register", lang)
        every = list(CASES.values())
        return register_paper(every, wording=wording, lang=lang, profile=PROFILE, year=2026)

    def checked(lang: Lang) -> Draft:
        return selftest_paper(
            run(shipped(), now=CHECKED),
            pack=pack().id,
            checked_at=CHECKED,
            speaker=Speaker(lang.value, OSLO),
            sources={key: source.short for key, source in shipped().citations.items()},
            wording=shipped().wording("register", lang),
        )

    for made in (register, checked):
        assert_each_has_its_own(made(Lang.NB), made(Lang.NN))


@pytest.mark.parametrize("lang", Lang)
def test_every_decided_example_says_why_with_citations_in_every_language(lang: Lang) -> None:
    for one in run(shipped(), now=CHECKED):
        assert one.reasons, one.case.id
        for reason in one.reasons:
            assert reason.words.in_(lang), (one.case.id, reason.rule)
            assert reason.cites, (one.case.id, reason.rule)
            for source in reason.cites:
                assert getattr(shipped().citations[source].short, lang.value), source
            spoken = {getattr(reason.words, each.value) for each in Lang}
            assert "" not in spoken
            assert len(spoken) == len(Lang), (one.case.id, spoken)

"""Whoever finds out what is not known, and by when, stands in every paper that is about it."""

from datetime import timedelta

import pytest

from breachdesk.documents.draft import Draft
from breachdesk.documents.text import render
from breachdesk.terms import DocumentKind, Lang, Matter, Outcome, Phase
from tests.documents.builders import ASSESSED, NOW, case, decision, draft

DUE = NOW + timedelta(days=1)
"""Sunday 22 November 2026 12:30 in Oslo."""
THREE = pytest.mark.parametrize(
    "kind", [DocumentKind.NOTIFICATION, DocumentKind.REGISTER_ENTRY, DocumentKind.DECISION_MEMO]
)
EACH = pytest.mark.parametrize("lang", list(Lang))
WHEN = {
    Lang.EN: "Sunday 22 November 2026 at 12:30",
    Lang.NB: "søndag 22. november 2026 kl. 12.30",
    Lang.NN: "søndag 22. november 2026 kl. 12.30",
}


def flat(made: Draft) -> str:
    return " ".join(render(made).split())


@THREE
@EACH
@pytest.mark.parametrize("question", ["deletion", "holder", "police", "people_basis"])
def test_an_unknown_stands_with_who_finds_it_out_and_by_when(
    kind: DocumentKind, lang: Lang, question: str
) -> None:
    answers = {**ASSESSED, question: None}
    known = case(answers, unknown={question: ("Ola Li", DUE)}, is_assessed=True)
    said = flat(draft(known, kind, lang))
    assert "Ola Li" in said
    assert WHEN[lang] in said


@THREE
def test_two_of_one_line_with_different_people_both_stand(kind: DocumentKind) -> None:
    unknown = {"holder": ("Ola Li", DUE), "protection": ("Liv Ås", DUE), "misuse": ("Bo Ek", None)}
    answers = {**ASSESSED, **dict.fromkeys(unknown)}
    said = flat(draft(case(answers, unknown=unknown, is_assessed=True), kind))
    assert all(name in said for name in ("Ola Li", "Liv Ås", "Bo Ek"))


def test_the_list_names_the_question_and_no_promise_twice() -> None:
    unknown = {"deletion": ("Ola Li", DUE), "police": ("Liv Ås", DUE)}
    made = draft(case(ASSESSED, unknown=unknown, is_assessed=True))
    owned = [(one.item, one.owner, one.due) for one in made.missing if one.owner]
    assert owned == [("risk", "Ola Li", DUE), ("police", "Liv Ås", DUE)]
    firm = draft(case({**ASSESSED, "protection": "strong", "key": "safe"}, unknown=unknown))
    asked = next(one.text for one in firm.missing if one.item == "deletion")
    assert asked.endswith("?")


def test_what_nobody_was_asked_to_find_out_adds_no_line() -> None:
    with_it = draft(case(ASSESSED, unknown={"deletion": ("", None)}, is_assessed=True))
    without = draft(case({**ASSESSED, "deletion": None}, is_assessed=True))
    assert [one.item for one in with_it.missing] == [one.item for one in without.missing]


def test_a_withdrawal_promises_nothing_more() -> None:
    known = case(ASSESSED, unknown={"deletion": ("Ola Li", DUE)}, is_assessed=True)
    assert "Ola Li" not in flat(draft(known, phase=Phase.WITHDRAWAL))


@EACH
def test_a_memo_says_who_put_a_decision_off_and_not_that_it_was_made(lang: Lang) -> None:
    wait = decision(Matter.INFORM_SUBJECTS, Outcome.NOT_YET, "Vi venter på svar.")
    said = flat(draft(case(decisions=(wait,)), DocumentKind.DECISION_MEMO, lang))
    decided = {Lang.EN: "Decided by", Lang.NB: "Besluttet av", Lang.NN: "Avgjort av"}[lang]
    waits = {
        Lang.EN: "Áslak Nordmann decided on Friday 20 November 2026 to wait.",
        Lang.NB: "Áslak Nordmann valgte å vente, fredag 20. november 2026.",
        Lang.NN: "Áslak Nordmann valde å vente, fredag 20. november 2026.",
    }[lang]
    put_off = {Lang.EN: "Put off by", Lang.NB: "Utsatt av", Lang.NN: "Utsett av"}[lang]
    assert decided not in said
    assert waits in said
    assert f"{put_off} Áslak Nordmann" in said

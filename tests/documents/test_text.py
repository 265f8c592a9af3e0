"""Every paper as text, against golden files that `python -m tests.documents.test_text` writes."""

from pathlib import Path

import pytest

from breachdesk.documents import text
from breachdesk.documents.draft import Draft
from breachdesk.terms import DocumentKind, Lang, Phase, Role
from tests.documents.builders import STAMP, case, draft, full_case

GOLDEN = Path(__file__).parent / "golden"
PAPERS = [(kind, lang) for kind in DocumentKind for lang in Lang]
HOSTILE = 'AT&T <script> <img src="file:///etc/passwd"> =1+1 \x1b[31m \u202egnp [@click=app.quit]'


def made(kind: DocumentKind, lang: Lang) -> Draft:
    if kind is DocumentKind.PROCESSOR_NOTICE:
        return draft(case(role=Role.PROCESSOR), kind, lang)
    if kind is DocumentKind.NOTIFICATION:
        return draft(full_case(), kind, lang, phase=Phase.INITIAL)
    return draft(full_case(), kind, lang)


@pytest.mark.parametrize(("kind", "lang"), PAPERS)
def test_a_paper_reads_as_its_golden_text(kind: DocumentKind, lang: Lang) -> None:
    golden = GOLDEN / f"{kind}.{lang}.txt"
    assert text.render(made(kind, lang), STAMP) == golden.read_text(encoding="utf-8")


@pytest.mark.parametrize(("kind", "lang"), PAPERS)
def test_no_place_is_left_unfilled_and_no_line_is_too_long(kind: DocumentKind, lang: Lang) -> None:
    said = text.render(made(kind, lang))
    assert "$" not in said
    assert max(len(line) for line in said.splitlines()) <= 78


def test_a_draft_says_that_it_is_one_and_has_no_head() -> None:
    said = text.render(draft(case()))
    assert said.startswith("*** Utkast. Ikke utstedt. ***")
    assert STAMP.audit_head not in said


def test_an_issued_paper_says_when_by_whom_and_after_which_head() -> None:
    said = text.render(draft(case()), STAMP)
    assert "Utstedt mandag 23. november 2026 kl. 16.30 (UTC+1) av Kari Eksempel" in said
    assert f"Revisjonslogg: {STAMP.audit_head}" in said
    assert "Utkast" not in said


def test_a_drill_says_so_first() -> None:
    assert text.render(draft(case(is_drill=True)), STAMP).startswith("*** Øvelse.")


def test_what_is_missing_carries_a_sign_and_words() -> None:
    said = text.render(draft(case(known=False)))
    assert "    [?] Ikke kjent ennå." in said


def test_hostile_text_stays_text_and_hidden_characters_show() -> None:
    said = text.render(draft(case({"description": HOSTILE}, title=HOSTILE)))
    assert '<img src="file:///etc/passwd">' in said
    assert "‹U+001B›[31m ‹U+202E›gnp" in said
    assert "\x1b" not in said


if __name__ == "__main__":
    GOLDEN.mkdir(exist_ok=True)
    for one in PAPERS:
        written = text.render(made(*one), STAMP)
        (GOLDEN / f"{one[0]}.{one[1]}.txt").write_text(written, encoding="utf-8")

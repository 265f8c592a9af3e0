"""The check of the rules as a paper: every example, its verdict, our advice and the reasons."""

from io import BytesIO
from zoneinfo import ZoneInfo

import pytest
from pypdf import PdfReader

from breachdesk.documents import pdf
from breachdesk.documents.draft import Bullets, Draft, Table
from breachdesk.documents.selftest import selftest_paper
from breachdesk.language import Speaker
from breachdesk.rules.selftest import run
from breachdesk.terms import Lang
from tests.rules.answers import NOW, pack, shipped


def paper(lang: Lang) -> Draft:
    return selftest_paper(
        run(shipped(), now=NOW),
        pack=pack().id,
        checked_at=NOW,
        speaker=Speaker(lang.value, ZoneInfo("Europe/Oslo")),
        sources={key: source.short for key, source in shipped().citations.items()},
        wording=shipped().wording("register", lang),
    )


@pytest.mark.parametrize("lang", Lang)
def test_every_example_stands_in_the_table_and_with_its_reasons(lang: Lang) -> None:
    draft = paper(lang)
    table = draft.sections[0].blocks[0]
    assert isinstance(table, Table)
    assert [row[0] for row in table.rows] == [one.id for one in shipped().cases]
    for section in draft.sections[1:]:
        reasons = section.blocks[-1]
        assert isinstance(reasons, Bullets)
        assert reasons.items
        assert all(item.endswith("]") for item in reasons.items)


def test_paper_says_which_rules_when_and_how_many_agree() -> None:
    told = dict(paper(Lang.EN).head)
    assert told["Rules"] == pack().id
    assert told["Result"] == f"{len(shipped().cases)} of {len(shipped().cases)} agree."


def test_printed_paper_has_the_reasons_and_no_draft_mark() -> None:
    text = "".join(
        page.extract_text() for page in PdfReader(BytesIO(pdf.render(paper(Lang.NB)))).pages
    )
    assert "Reglene mot avgjorte eksempler" in text
    assert "personvernforordningen artikkel 34 nr. 1" in " ".join(text.split())
    assert not {"draft", "draft_note"} & set(paper(Lang.NB).labels)

"""A paper against the law, item by item."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from breachdesk.desk import Desk, Sheet
from breachdesk.records import NewIncident
from breachdesk.terms import DocumentKind, Lang, Nature
from tests.desk.desks import FRIDAY, new_desk

_LETTERS = (
    DocumentKind.COMMUNICATION,
    DocumentKind.GUARDIAN_LETTER,
    DocumentKind.PUBLIC_NOTICE,
)


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    opened = new_desk(tmp_path)
    opened.intake.log(
        NewIncident(title="Letter lost", became_aware_at=FRIDAY, nature=(Nature.CONFIDENTIALITY,))
    )
    yield opened
    opened.close()


@pytest.mark.parametrize("kind", DocumentKind)
@pytest.mark.parametrize("lang", Lang)
def test_what_a_paper_lacks_stands_in_its_checklist(
    desk: Desk, kind: DocumentKind, lang: Lang
) -> None:
    draft = desk.papers.draft("1", kind, lang=lang)
    items = desk.papers.checklist(draft)
    lacking = [one for one in items if not one.is_present]
    assert len(lacking) >= len(draft.missing)
    assert {one.text for one in draft.missing} <= {one.text for one in lacking} or kind in _LETTERS


def test_the_notification_is_checked_against_every_item_of_article_33(desk: Desk) -> None:
    items = desk.papers.checklist(desk.papers.draft("1", DocumentKind.NOTIFICATION, lang=Lang.EN))
    assert {one.law for one in items} >= {"33.3.a", "33.3.b", "33.3.c", "33.3.d"}
    nature = next(one for one in items if one.text == "Nature of the breach")
    assert (nature.law, nature.is_present) == ("33.3.a", True)


def test_who_supplies_what_is_missing_stands_beside_it(desk: Desk) -> None:
    due = FRIDAY + timedelta(hours=4)
    desk.assessment.answer("1", "facts", Sheet(unknown={"impacts": ("Ola", due)}))
    items = desk.papers.checklist(desk.papers.draft("1", DocumentKind.NOTIFICATION, lang=Lang.EN))
    lacking = next(one for one in items if one.law == "33.3.c")
    assert (lacking.is_present, lacking.owner, lacking.due) == (False, "Ola", due)
    assert lacking.item == "impacts"


def test_a_letter_is_checked_part_by_part(desk: Desk) -> None:
    desk.assessment.answer("1", "facts", Sheet(values={"description": "A letter was lost."}))
    items = desk.papers.checklist(desk.papers.draft("1", DocumentKind.COMMUNICATION, lang=Lang.EN))
    by_law = {one.law: one.is_present for one in items}
    assert by_law["34.2"]
    assert not by_law["33.3.c"]

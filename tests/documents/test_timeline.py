from dataclasses import replace
from datetime import timedelta

import pytest

from breachdesk.casefile import CaseRows
from breachdesk.casefile.timeline import derive
from breachdesk.documents.draft import Draft, Table, TimeDrawing
from breachdesk.terms import DocumentKind, Duty, Lang, Matter, Outcome, Role
from tests.documents.builders import AWARE, case, decision, dispatch, draft, full_case, note


def parts(made: Draft) -> tuple[TimeDrawing, Table]:
    blocks = [block for one in made.sections for block in one.blocks]
    drawing = next(one for one in blocks if isinstance(one, TimeDrawing))
    return drawing, next(one for one in blocks if isinstance(one, Table))


def test_every_entry_stands_with_when_it_happened_and_was_recorded() -> None:
    given = full_case()
    drawing, table = parts(draft(given, DocumentKind.TIMELINE))
    assert len(table.rows) == len(given.timeline)
    assert table.header == ("Tidspunkt", "Type", "Hva", "Ført av", "Registrert")
    aware = next(row for row in table.rows if row[1] == "Kjennskap")
    assert (aware[0], aware[4]) == ("20.11.2026 16.30", "20.11.2026 16.32")
    assert drawing.start == AWARE
    assert drawing.deadline is not None


def test_a_time_that_is_not_exact_says_so_and_a_source_is_named() -> None:
    _, table = parts(draft(full_case(), DocumentKind.TIMELINE))
    row = next(row for row in table.rows if "Bekreftelse" in row[2])
    assert row[0] == "ca. 20.11.2026 19.00"
    assert row[2].endswith("Kilde: E-post")


def test_entries_are_told_in_the_papers_language() -> None:
    _, table = parts(draft(full_case(), DocumentKind.TIMELINE, Lang.EN))
    assert any("We became aware" in row[2] for row in table.rows)
    _, table = parts(draft(full_case(), DocumentKind.TIMELINE, Lang.NB))
    assert any("Vi fikk kjennskap" in row[2] for row in table.rows)


def test_the_drawing_has_the_main_points_only() -> None:
    many = case(notes=tuple(note(f"Linje {one}", hours=one / 10) for one in range(200)))
    drawing, table = parts(draft(many, DocumentKind.TIMELINE))
    assert len(table.rows) > 200
    assert {one.kind for one in drawing.points} == {"occurred", "first_sign", "aware"}


def test_each_mark_on_the_line_has_its_own_words() -> None:
    given = case(
        decisions=tuple(decision(one, Outcome.YES) for one in Matter),
        dispatches=(dispatch(Duty.NOTIFY_AUTHORITY), dispatch(Duty.INFORM_SUBJECTS)),
    )
    ended = given.facts.model_copy(update={"occurred_to": AWARE - timedelta(hours=1)})
    rows = CaseRows(
        incident=given.incident, snapshots=(ended,), decisions=given.decisions,
        dispatches=given.dispatches,
    )  # fmt: skip
    told = replace(given, facts=ended, timeline=derive(rows))
    drawn = draft(told, DocumentKind.TIMELINE).sections[0].blocks[0]
    assert isinstance(drawn, TimeDrawing)
    labels = [point.label for point in drawn.points]
    assert len(set(labels)) == len(labels) == 10


def test_a_processors_line_shows_no_time_limit_that_is_not_its_own() -> None:
    drawing, _ = parts(draft(case(role=Role.PROCESSOR), DocumentKind.TIMELINE))
    assert (drawing.start, drawing.deadline) == (None, None)
    assert drawing.caption == "Tabellen nedenfor har alle hendelsene."


@pytest.mark.parametrize(
    ("lang", "words"), [(Lang.EN, "The breach"), (Lang.NB, "Bruddet"), (Lang.NN, "Brotet")]
)
def test_a_breach_that_began_and_ended_at_once_is_one_mark(lang: Lang, words: str) -> None:
    given = full_case()
    began = given.facts.occurred_from
    assert began is not None
    at_once = given.facts.model_copy(update={"occurred_to": began})
    rows = CaseRows(incident=given.incident, snapshots=(at_once,), people=given.people)
    drawing, _ = parts(
        draft(replace(given, facts=at_once, timeline=derive(rows)), DocumentKind.TIMELINE, lang)
    )
    marks = [one.label for one in drawing.points if one.kind == "occurred"]
    assert marks == [words]

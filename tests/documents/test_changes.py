"""A supplementary notification shows exactly what has changed since the last one, and why."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from breachdesk.desk import Desk, Sheet
from breachdesk.documents import text
from breachdesk.documents.draft import Draft, Fields, Paragraph, Section, Table
from breachdesk.records import NewDispatch, NewIncident
from breachdesk.terms import ClockState, DocumentKind, Duty, Lang, Nature, Phase
from tests.desk.desks import ToldClock, new_desk

KNOWN = {
    "cause": "internal-accidental",
    "description": "A payroll list went to a supplier.",
    "people_basis": "approximate",
    "people_number": 40,
    "data_subjects": ["employees"],
    "data_types": ["basic", "economic"],
    "records_basis": "to-be-determined",
    "impacts": ["loss-of-control"],
    "measures_taken": "The recipient was asked to delete it.",
    "measures_prevent_text": "We look into it.",
    "how_it_happened": "The address was completed wrongly.",
}
HEADINGS = {
    Lang.EN: "Changed since the last notification",
    Lang.NB: "Endret siden forrige melding",
    Lang.NN: "Endra sidan førre melding",
}
MARKS = {lang: f"{words}." for lang, words in HEADINGS.items()}


class Notified:
    """A case whose first notification is on its way."""

    def __init__(self, home: Path) -> None:
        self.clock = ToldClock()
        self.desk: Desk = new_desk(home, self.clock)
        new = NewIncident(
            title="Payroll list",
            became_aware_at=datetime(2026, 11, 20, 12, tzinfo=UTC),
            occurred_from=datetime(2026, 11, 20, 9, tzinfo=UTC),
            nature=(Nature.CONFIDENTIALITY,),
        )
        self.ref = self.desk.intake.log(new).ref
        self.desk.assessment.answer(self.ref, "facts", Sheet(values=KNOWN))
        self.answer(unknown={"data_location_now": ("Ola", self.clock.now)})

    def answer(
        self,
        because: str = "",
        unknown: Mapping[str, tuple[str, datetime | None]] | None = None,
        **values: object,
    ) -> None:
        sheet = Sheet(values=values, because=because, unknown=unknown or {})
        self.desk.assessment.answer(self.ref, "facts", sheet)
        self.clock.move(minutes=10)

    def notify(self, *, phase: Phase | None = None, typed: bool = False) -> None:
        issued = None
        if not typed:
            issued = self.desk.papers.issue(self.ref, DocumentKind.NOTIFICATION, phase=phase)
        new = NewDispatch(
            duty=Duty.NOTIFY_AUTHORITY,
            to="Datatilsynet",
            channel="Altinn",
            document_id=issued.document.id if issued else None,
        )
        self.desk.papers.sent(self.ref, new)
        self.clock.move(minutes=10)

    def draft(self, lang: Lang = Lang.EN, phase: Phase | None = None) -> Draft:
        return self.desk.papers.draft(self.ref, DocumentKind.NOTIFICATION, lang=lang, phase=phase)


@pytest.fixture
def notified(tmp_path: Path) -> Notified:
    made = Notified(tmp_path)
    made.notify()
    return made


def table(draft: Draft) -> tuple[tuple[str, ...], ...]:
    section = changes(draft)
    (block,) = section.blocks if section else ((),)
    return block.rows if isinstance(block, Table) else ()


def changes(draft: Draft) -> Section | None:
    return next((one for one in draft.sections if one.id == "changes"), None)


def marked(draft: Draft, lang: Lang = Lang.EN) -> list[str]:
    fields = (one for part in draft.sections for one in part.blocks if isinstance(one, Fields))
    return [row.label for one in fields for row in one.rows if MARKS[lang] in row.note]


@pytest.mark.parametrize("lang", Lang)
def test_three_changed_facts_are_shown_and_nothing_else(notified: Notified, lang: Lang) -> None:
    notified.answer("The log shows more.", people_number=212)
    notified.answer("We have asked the supplier.", measures_taken="Deletion is confirmed.")
    began = notified.clock.now - timedelta(days=3)
    notified.desk.intake.correct(notified.ref, "occurred_from", began, "The mail log says so")
    made = notified.draft(lang)
    section = changes(made)
    assert section is not None
    assert section.heading == HEADINGS[lang]
    rows = table(made)
    assert len(rows) == 3
    assert [row[0] for row in rows] == marked(made, lang)
    reasons = [row[3].split("\n")[0] for row in rows]
    assert reasons == ["The mail log says so", "The log shows more.", "We have asked the supplier."]
    assert all("2026" in row[3].split("\n")[1] for row in rows)
    assert "40" in rows[1][1]
    assert "212" in rows[1][2]
    assert rows[2][1:3] == ("The recipient was asked to delete it.", "Deletion is confirmed.")


def test_nothing_changed_says_so(notified: Notified) -> None:
    section = changes(notified.draft())
    assert section is not None
    assert section.blocks == (Paragraph("Nothing that we notified has changed."),)


def test_the_same_answer_again_is_no_change_nor_is_one_taken_back_and_given_again(
    notified: Notified,
) -> None:
    notified.answer("Again", people_number=40)
    notified.answer("Wrong", people_number=41)
    notified.answer("Right", people_number=40)
    assert table(notified.draft()) == ()


def test_a_fact_that_was_not_known_needs_no_reason_and_a_changed_one_does(
    notified: Notified,
) -> None:
    notified.answer(data_location_now="With the supplier", people_number=212)
    made = notified.draft()
    assert [row[1] for row in table(made)][1:] == ["Not known"]
    assert {row[3].split("\n")[0] for row in table(made)} == {
        "No reason is recorded.", "It was not known then.",
    }  # fmt: skip
    said = [one for one in made.warnings if "--because" in one]
    assert len(said) == 1
    assert "people" in said[0]


def test_a_fact_no_longer_known_is_a_change(notified: Notified) -> None:
    notified.answer("The count was wrong", unknown={"people_number": ("Ola", notified.clock.now)})
    ((_, before, now, _),) = table(notified.draft())
    assert ("40" in before, now) == (True, "Not known")


def test_a_promise_moved_to_another_day_is_no_changed_fact(notified: Notified) -> None:
    later = notified.clock.now + timedelta(days=2)
    notified.answer(unknown={"data_location_now": ("Nina", later)})
    made = notified.draft()
    assert table(made) == ()
    assert ("Nina", later) in {(one.owner, one.due) for one in made.missing}


def test_only_what_changed_since_the_newest_notification_is_shown(notified: Notified) -> None:
    notified.answer("More", people_number=212)
    notified.notify()
    notified.answer("Asked", measures_taken="Deletion is confirmed.")
    assert [row[2] for row in table(notified.draft())] == ["Deletion is confirmed."]


def test_what_was_typed_straight_into_a_form_counts_as_known_then(tmp_path: Path) -> None:
    made = Notified(tmp_path)
    made.notify(typed=True)
    made.answer("More", people_number=212)
    assert len(table(made.draft())) == 1


def test_a_paper_that_was_issued_and_not_sent_is_not_what_the_authority_knows(
    notified: Notified,
) -> None:
    notified.answer("More", people_number=212)
    notified.desk.papers.issue(notified.ref, DocumentKind.NOTIFICATION)
    assert len(table(notified.draft())) == 1


def test_a_final_notification_shows_it_too_a_first_one_and_a_withdrawal_do_not(
    notified: Notified, tmp_path: Path
) -> None:
    notified.answer("More", people_number=212)
    assert len(table(notified.draft(phase=Phase.FINAL))) == 1
    assert changes(notified.draft(phase=Phase.INITIAL)) is None
    assert changes(notified.draft(phase=Phase.WITHDRAWAL)) is None
    home = tmp_path / "other"
    home.mkdir()
    assert changes(Notified(home).draft(phase=Phase.SUPPLEMENTARY)) is None


def test_versions_never_restart_a_clock(notified: Notified) -> None:
    before = notified.desk.intake.open(notified.ref).clocks[0]
    notified.answer("More", people_number=212)
    notified.clock.move(days=9)
    notified.notify(phase=Phase.SUPPLEMENTARY)
    after = notified.desk.intake.open(notified.ref).clocks[0]
    assert (after.state, after.met_at) == (ClockState.MET, before.met_at)
    assert (after.started_at, after.deadline) == (before.started_at, before.deadline)


def test_the_table_is_printed(notified: Notified) -> None:
    notified.answer("The log shows more.", people_number=212)
    said = text.render(notified.draft(), None)
    assert "The log shows more." in said
    assert said.count("Changed since the last notification.") == 1
    assert notified.desk.papers.preview(notified.draft()).startswith(b"%PDF")

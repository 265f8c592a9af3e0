"""A redacted copy: listed fields and no others, whatever a case holds."""

import json
from dataclasses import replace
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from breachdesk.desk import Desk
from breachdesk.desk.assessment import Sheet
from breachdesk.desk.sharing import is_suspect
from breachdesk.errors import FormError, RefusedError
from breachdesk.exchange.redacted import RedactedCopy
from breachdesk.forms.findings import Findings
from breachdesk.forms.sharing import read_sharing
from breachdesk.language import Speaker
from breachdesk.records import (
    NewDecision,
    NewDispatch,
    NewEvidence,
    NewGroup,
    NewHold,
    NewIncident,
    NewNote,
    NewTask,
)
from breachdesk.rules.sharing import PARTS
from breachdesk.terms import DocumentKind, Duty, Matter, Nature, Outcome, QuestionKind
from tests.desk.desks import FRIDAY, new_desk, the_forms

SECRETS = ("Hemmelig", "13097248022", "kari@kunde.no", "Kari Nordmann", "Ola Saksbehandler")
EN = Speaker("en", ZoneInfo("Europe/Oslo"))


def told(place: str) -> str:
    return f"Hemmelig {place}: 130972 48022, kari@kunde.no"


def full_of_secrets(desk: Desk, tmp_path: Path) -> str:
    """A case that holds secret words in every field that takes words."""
    form = the_forms().questionnaires["facts"]
    texts = [one.id for one in form.questions if one.kind is QuestionKind.TEXT and not one.binds]
    new = NewIncident(
        title=told("title"), summary=told("summary"), became_aware_at=FRIDAY,
        awareness_reason=told("reason"),
    )  # fmt: skip
    ref = desk.intake.log(new).ref
    values: dict[str, Any] = {one: told(one) for one in texts}
    values |= {"people_number": 12, "people_basis": "exact", "data_types": ["basic", "economic"]}
    desk.assessment.answer(ref, "facts", Sheet(values=values))
    desk.assessment.assess(ref)
    decision = NewDecision(
        matter=Matter.IS_BREACH, outcome=Outcome.YES, rationale=told("rationale")
    )
    desk.decisions.decide(ref, decision)
    desk.timeline.note(ref, NewNote(text=told("note")))
    desk.tasks.add(ref, NewTask(what=told("task"), owner="Ola Saksbehandler"))
    desk.papers.issue(ref, DocumentKind.REGISTER_ENTRY)
    sending = NewDispatch(duty=Duty.NOTIFY_AUTHORITY, to=told("to"), channel=told("channel"))
    desk.papers.sent(ref, sending)
    desk.retaining.hold(ref, NewHold(person="Ola Saksbehandler", reason=told("hold")))
    file = tmp_path / "Hemmelig.txt"
    file.write_text("x")
    desk.evidence.add(ref, file, NewEvidence(collector="Ola Saksbehandler", origin=told("o")))
    return ref


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> RedactedCopy:
    folder = tmp_path_factory.mktemp("shared")
    desk = new_desk(folder)
    copy = desk.sharing.redacted(full_of_secrets(desk, folder), speaker=EN)
    desk.close()
    return copy


def test_no_word_that_a_person_typed_and_no_name_is_in_it(shared: RedactedCopy) -> None:
    text = shared.content.decode()
    for secret in SECRETS:
        assert secret not in text
    for line in shared.left_out:
        assert all(secret not in EN.say(line) for secret in SECRETS)


def test_it_holds_the_listed_fields_and_says_what_it_is(shared: RedactedCopy) -> None:
    plain = json.loads(shared.content)
    assert plain["format"] == "breachdesk-redacted/1"
    assert "not the whole case" in plain["note"]
    sharing = the_forms().sharing()
    for part in PARTS:
        rows = [plain[part]] if part == "case" else plain[part]
        for row in rows:
            assert tuple(row) == sharing.fields[part]
    answers = {one["id"]: one["value"] for one in plain["answers"]}
    assert answers["people_number"] == 12
    assert set(answers) <= set(sharing.answers)
    assert plain["decisions"][0]["outcome"] == "yes"


def test_it_reports_by_name_what_was_left_out(shared: RedactedCopy) -> None:
    said = [EN.say(one) for one in shared.left_out]
    assert "the title" in said
    assert "the answer to “What happened?” (description)" in said
    assert "notes: 1" in said
    assert "evidence: 1" in said
    assert "every person's name, and who did what" in said
    assert json.loads(shared.content)["left_out"] == said


def test_a_text_goes_in_only_when_asked_for_and_clean(tmp_path: Path) -> None:
    desk = new_desk(tmp_path)
    ref = desk.intake.log(NewIncident(title="Case", became_aware_at=FRIDAY)).ref
    values = {"description": "A list went astray", "systems": "Ring 22 33 44 55"}
    desk.assessment.answer(ref, "facts", Sheet(values=values))
    copy = desk.sharing.redacted(ref, speaker=EN, included=("description", "systems"))
    answers = {one["id"]: one["value"] for one in json.loads(copy.content)["answers"]}
    assert answers["description"] == "A list went astray"
    assert "systems" not in answers
    assert any("looks like an identity number" in EN.say(one) for one in copy.left_out)
    with pytest.raises(RefusedError, match="contact_name"):
        desk.sharing.redacted(ref, speaker=EN, included=("contact_name",))
    with pytest.raises(RefusedError, match="cannot be imported"):
        desk.moving.take(copy.content)
    assert len(desk.register.rows()) == 1
    desk.close()


def test_a_text_that_is_asked_for_and_not_there_is_said_so_first(tmp_path: Path) -> None:
    desk = new_desk(tmp_path)
    ref = desk.intake.log(NewIncident(title="Case", became_aware_at=FRIDAY)).ref
    desk.assessment.answer(
        ref, "facts", Sheet(unknown={"measures_taken": ("Ola", None)}, cleared=("systems",))
    )
    asked = ("systems", "measures_taken", "systems")
    copy = desk.sharing.redacted(ref, speaker=EN, included=asked)
    first = [EN.say(one) for one in copy.left_out[:2]]
    assert [one.partition("(")[2] for one in first] == [
        "systems), which was asked for: there is none yet",
        "measures_taken), which was asked for: there is none yet",
    ]
    assert json.loads(copy.content)["left_out"][:2] == first
    desk.close()


def test_what_cannot_be_asked_for_is_refused_with_the_reason(tmp_path: Path) -> None:
    desk = new_desk(tmp_path)
    ref = desk.intake.log(NewIncident(title="Case", became_aware_at=FRIDAY)).ref
    for asked, why in (
        ("no_such", "There is no question “no_such”"),
        ("cause", "“cause” stands in every redacted copy without being asked for"),
        ("contact_name", "“contact_name” is no text that can be taken"),
    ):
        with pytest.raises(RefusedError, match=why):
            desk.sharing.redacted(ref, speaker=EN, included=("description", asked))
    desk.close()


@pytest.mark.parametrize(
    ("text", "suspect"),
    [("130972 48022", True), ("kari@kunde.no", True), ("22 33 44 55", True), ("212 people", False)],
)
def test_what_no_text_may_hold(text: str, *, suspect: bool) -> None:
    assert is_suspect(text) is suspect


@pytest.mark.parametrize(
    ("part", "field"),
    [("answers", "description"), ("answers", "nothing"), ("ask", "people_number"),
     ("case", "title"), ("decisions", "rationale"), ("sendings", "to"), ("notes", "text")],
)  # fmt: skip
def test_a_form_cannot_list_what_is_free_text(part: str, field: str) -> None:
    forms = the_forms()
    laid = forms.jurisdiction("no").laid("sharing", None)
    (table,) = [one for one in laid.items["share"] if one.text("id") == "answers"]
    wrong = table.at({"id": part, "fields": [field], "cites": ["house-choice"]}, table.place)
    changed = replace(laid, items={"share": (wrong,)})
    with pytest.raises(FormError, match=r"cannot stand here|no part"):
        read_sharing(changed, forms.questions(), forms.citations, Findings())


def test_groups_are_told_apart_without_their_names_and_what_is_unknown_stands_in_it(
    tmp_path: Path,
) -> None:
    desk = new_desk(tmp_path)
    ref = desk.intake.log(NewIncident(title="Liste", nature=(Nature.CONFIDENTIALITY,))).ref
    desk.assessment.answer(ref, "risk", Sheet(unknown={"deletion": ("Ola", None)}))
    desk.assessment.answer(ref, "facts", Sheet(unknown={"systems": ("", None)}))
    desk.groups.add(ref, NewGroup(name="Familien Hemmelig"))
    for group, outcome in ((None, Outcome.NOT_YET), ("1", Outcome.YES)):
        decision = NewDecision(
            matter=Matter.INFORM_SUBJECTS, outcome=outcome, rationale="Fordi.", group_id=group
        )
        desk.decisions.decide(ref, decision)
    copy = desk.sharing.redacted(ref, speaker=EN)
    desk.close()
    plain = json.loads(copy.content)
    decided = [(one["group"], one["outcome"]) for one in plain["decisions"]]
    assert decided == [(None, "not_yet"), ("group 1", "yes")]
    assert "Hemmelig" not in copy.content.decode()
    answers = {one["id"]: one for one in plain["answers"]}
    assert answers["deletion"]["value"] is None
    assert answers["deletion"]["text"] == EN.term("UnknownKind", "unknown")
    assert any("(systems)" in one for one in plain["left_out"])


def test_it_says_that_it_does_not_name_the_organisation(tmp_path: Path) -> None:
    desk = new_desk(tmp_path)
    ref = desk.intake.log(NewIncident(title="Liste")).ref
    said = [EN.say(one) for one in desk.sharing.redacted(ref, speaker=EN).left_out]
    has_profile = desk.organisation.profile() is not None
    desk.close()
    assert ("which organisation it is, and how to reach it" in said) is has_profile

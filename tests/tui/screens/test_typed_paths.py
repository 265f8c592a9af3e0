"""Paths that are half typed are kept as words are; what was said elsewhere stays half typed."""

from collections.abc import Callable

import pytest
from textual.widgets import Input

from breachdesk.terms import DocumentKind
from breachdesk.tui.app import DeskApp
from breachdesk.tui.screens.case.screen import CaseScreen
from breachdesk.tui.screens.home.screen import HomeScreen
from breachdesk.tui.screens.letters.making import MakeDialog
from breachdesk.tui.screens.papers.issue import IssueDialog
from breachdesk.tui.screens.papers.saving import SaveDialog
from breachdesk.tui.screens.profile import ProfileDialog
from breachdesk.tui.screens.template.saving import SavePayloadDialog
from breachdesk.tui.widgets.dialogs import Dialog
from tests.tui.breaches import decided, logged
from tests.tui.desks import Stage, settle
from tests.tui.reading import flowing

SIZE = (80, 24)
LIST = b"navn;adresse;postnummer;poststed\nOla Nordmann;Storgata 1;0155;Oslo\n"


def issue(app: DeskApp) -> Dialog[object]:
    draft = app.desk.papers.draft("1", DocumentKind.NOTIFICATION)
    return IssueDialog(app.desk.intake.open("1"), draft)  # type: ignore[return-value]


def save(app: DeskApp) -> Dialog[object]:
    case = app.desk.intake.open("1")
    if not case.documents:
        case = app.desk.papers.issue("1", DocumentKind.NOTIFICATION).case
    return SaveDialog(case, case.documents[0])  # type: ignore[return-value]


def payload(app: DeskApp) -> Dialog[object]:
    case = app.desk.intake.open("1")
    return SavePayloadDialog(case, app.desk.template.fill("1"))  # type: ignore[return-value]


def make(app: DeskApp) -> Dialog[object]:
    look = app.desk.letters.look("1", LIST)
    case = app.desk.intake.open("1")
    kind = DocumentKind.COMMUNICATION
    return MakeDialog(case, look, LIST, kind, samples=False)  # type: ignore[return-value]


def profile(app: DeskApp) -> Dialog[object]:
    del app
    return ProfileDialog()  # type: ignore[return-value]


@pytest.mark.parametrize(
    ("build", "field", "in_words"),
    [
        (issue, "#path", "issuing a paper"),
        (save, "#path", "saving a paper"),
        (payload, "#path", "saving the EDPB payload"),
        (make, "#print", "letters to many"),
        (make, "#folder", "letters to many"),
        (profile, "#path", ""),
    ],
)
async def test_a_path_is_there_again(
    stage: Stage, build: Callable[[DeskApp], Dialog[object]], field: str, in_words: str
) -> None:
    decided(stage)
    for typed in ("", "/media/usb/one"):
        app = stage.app(HomeScreen)
        async with app.run_test(size=SIZE) as pilot:
            await settle(pilot)
            app.push_screen(build(app))
            await settle(pilot)
            box = app.screen.query_one(field, Input)
            if typed:
                assert box.value == typed
                continue
            box.value = "/media/usb/one"
            await pilot.press("escape")
            await settle(pilot)
    async with stage.app(lambda: CaseScreen("1")).run_test(size=SIZE) as pilot:
        await settle(pilot)
        assert in_words in flowing(pilot)


async def test_the_register_names_a_profile_that_is_half_typed(stage: Stage) -> None:
    stage.desk.drafts.save("profile", "path", "/media/usb/one")
    async with stage.app(HomeScreen).run_test(size=SIZE) as pilot:
        await settle(pilot)
        assert "the profile of your organisation (ctrl+o)" in flowing(pilot)


async def test_a_path_left_as_it_was_is_nothing_half_typed(stage: Stage) -> None:
    decided(stage)
    app = stage.app(HomeScreen)
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        app.push_screen(issue(app))
        await settle(pilot)
        await pilot.press("escape")
        await settle(pilot)
    assert stage.desk.drafts.all() == ()


async def test_a_note_that_is_recorded_leaves_other_words_half_typed(stage: Stage) -> None:
    ref = logged(stage)
    stage.desk.drafts.save("BD-2026-001", "decide.inform_subjects", "Because")
    del ref
    async with stage.app(lambda: CaseScreen("1")).run_test(size=SIZE) as pilot:
        await settle(pilot)
        await pilot.press("l")
        await settle(pilot)
        await pilot.press(*"Kept", "ctrl+s")
        await settle(pilot)
    assert [one.text for one in stage.desk.drafts.all()] == ["Because"]

"""Every screen there is, opened behind the veil with planted words in all it shows and all its
fields: none of them is drawn. A screen that the walk does not know fails it.
"""

import importlib
import pkgutil
from collections.abc import Callable, Iterator

import pytest
from textual.app import App
from textual.pilot import Pilot
from textual.screen import Screen
from textual.widgets import Input, OptionList, TextArea

import breachdesk.tui
from breachdesk.casefile import CaseFile
from breachdesk.desk import Desk
from breachdesk.language import veiled
from breachdesk.message import say
from breachdesk.records import NewEvidence
from breachdesk.terms import DocumentKind, Matter
from breachdesk.tui.screens.altinn import AltinnScreen
from breachdesk.tui.screens.anchor import AnchorScreen
from breachdesk.tui.screens.case.screen import TABS, CaseScreen
from breachdesk.tui.screens.case.unknowns import UnknownsDialog
from breachdesk.tui.screens.changing_groups import CorrectGroupDialog, RemoveGroupDialog
from breachdesk.tui.screens.correct import FIELDS, CorrectDialog, FieldDialog
from breachdesk.tui.screens.decide.screen import DecideScreen
from breachdesk.tui.screens.erasing import EraseDialog
from breachdesk.tui.screens.evidence.adding import AddEvidenceDialog
from breachdesk.tui.screens.evidence.handing import HandOutDialog
from breachdesk.tui.screens.evidence.viewing import ShownDialog, ViewDialog
from breachdesk.tui.screens.groups import GroupsDialog, NewGroupDialog
from breachdesk.tui.screens.home.screen import HomeScreen
from breachdesk.tui.screens.letters.making import MakeDialog, ResultsDialog
from breachdesk.tui.screens.letters.screen import LettersScreen
from breachdesk.tui.screens.new_incident import MISDIRECTED, NewIncidentScreen
from breachdesk.tui.screens.note import NoteDialog
from breachdesk.tui.screens.papers.issue import IssueDialog
from breachdesk.tui.screens.papers.issued import IssuedScreen
from breachdesk.tui.screens.papers.saving import SaveDialog
from breachdesk.tui.screens.papers.screen import PaperScreen
from breachdesk.tui.screens.profile import ProfileDialog
from breachdesk.tui.screens.questionnaire.changing import ChangeDialog
from breachdesk.tui.screens.questionnaire.jump import JumpDialog
from breachdesk.tui.screens.questionnaire.screen import QuestionnaireScreen
from breachdesk.tui.screens.questionnaire.short import ShortScreen
from breachdesk.tui.screens.questionnaire.walk import Walk
from breachdesk.tui.screens.reasons import AwareDialog, StatusDialog, UnsentDialog
from breachdesk.tui.screens.sent import SentDialog
from breachdesk.tui.screens.tasks import NewTaskDialog, PlaybooksDialog, TaskDialog
from breachdesk.tui.screens.template.saving import SavePayloadDialog
from breachdesk.tui.screens.template.screen import TemplateScreen
from breachdesk.tui.screens.unknown import UnknownDialog
from breachdesk.tui.screens.unlock import UnlockScreen
from breachdesk.tui.screens.verify import VerifyScreen
from breachdesk.tui.widgets.dialogs import ConfirmDialog, LineDialog, MessageDialog
from tests.tui.desks import Stage, kept, settle
from tests.tui.planted import MARK, people, plant, word

SIZE = (100, 50)
Made = Callable[[Desk, CaseFile], Screen[object]]
BASES = {
    "ActDialog", "AnswerWriting", "CaseActs", "DeskScreen", "Dialog", "PaperFrame",
    "ProfileScreen", "ReasonDialog", "Threshold",
}  # fmt: skip
"""What only others are made of."""
BARE = {"UnlockScreen"}
PARTS, LINES = 6, 60
BLOCK = veiled("x")
TELLING = (AltinnScreen, TemplateScreen, CaseScreen)
"""Screens that say more about the line under the cursor."""
BEFORE = {"FirstRunScreen", "RecoveryScreen"}
"""Screens there are only while nothing of a case can be read, and the veil cannot come down."""


def _paper(desk: Desk, case: CaseFile) -> IssueDialog:
    return IssueDialog(case, desk.papers.draft(case.ref, DocumentKind.NOTIFICATION))


def _change(desk: Desk, case: CaseFile) -> ChangeDialog:
    del desk
    question = case.question("how_it_happened")
    assert question is not None
    return ChangeDialog(case, question, word("told"), say("{value}", value=word("now")))


def _unknown(desk: Desk, case: CaseFile) -> UnknownDialog:
    del desk
    question = case.question("cause")
    assert question is not None
    return UnknownDialog(case, "facts", question)


def _short(desk: Desk, case: CaseFile) -> ShortScreen:
    book = next(one for one in desk.tasks.playbooks() if one.id == MISDIRECTED)
    return ShortScreen(case, book)


def _letters(desk: Desk, case: CaseFile) -> MakeDialog:
    content = people().encode()
    look = desk.letters.look(case.ref, content)
    return MakeDialog(case, look, content, DocumentKind.COMMUNICATION, samples=False)


def _line(desk: Desk, case: CaseFile) -> LineDialog:
    del desk
    asked = say("What does {who} say?", who=word("who"))
    return LineDialog(
        say("{title}", title=case.facts.title), asked, say("Yes"), place="x", field="y"
    )


def _message(desk: Desk, case: CaseFile) -> MessageDialog:
    del desk
    return MessageDialog(
        say("Look"), say("{title}", title=case.facts.title), say("{a}", a=word("a"))
    )


def _confirm(desk: Desk, case: CaseFile) -> ConfirmDialog:
    del desk
    return ConfirmDialog(say("Sure?"), say("{title}", title=case.facts.title), say("Yes"))


def _jump(desk: Desk, case: CaseFile) -> JumpDialog:
    del desk
    return JumpDialog(case, Walk.through(case, case.forms["facts"]), "")


def _questions(form: str) -> Iterator[tuple[str, Made]]:
    def made(start: str) -> Made:
        return lambda _, case: QuestionnaireScreen(case, form, start=start)

    for start in {"facts": ("how_it_happened", "description", "cause"), "risk": ("holder",),
                  "other": ("",)}[form]:  # fmt: skip
        yield f"QuestionnaireScreen {form} {start}".strip(), made(start)


def _tab(name: str) -> tuple[str, Made]:
    return f"CaseScreen {name}", lambda _, case: CaseScreen(case.ref, tab=name)


def _fact(field: str) -> tuple[str, Made]:
    return f"CorrectDialog {field}", lambda _, case: CorrectDialog(case, field)


def _matter(matter: Matter, group: str = "") -> tuple[str, Made]:
    return (
        f"DecideScreen {matter.value} {group}".strip(),
        lambda _, case: DecideScreen(case, matter, case.groups[0].id if group else ""),
    )


def _shown(desk: Desk, case: CaseFile) -> ShownDialog:
    home = desk.office.store.home
    mail, folder = home / f"{word('look')}.eml", home / "viewing"
    mail.write_text("a mail", encoding="utf-8")
    new = NewEvidence(origin=word("origin"), collector=word("collector"), note=word("said"))
    _, piece = desk.evidence.add(case.ref, mail, new)
    return ShownDialog(desk.viewing.view(piece.id, purpose=word("view"), folder=folder))


def _kind(kind: DocumentKind) -> tuple[str, Made]:
    return f"PaperScreen {kind.value}", lambda _, case: PaperScreen(case, kind)


WALK: dict[str, Made] = {
    "HomeScreen": lambda *_: HomeScreen(),
    **dict(_tab(name) for name in TABS),
    "CaseScreen of another": lambda *_: CaseScreen("2", tab="clocks"),
    "NewIncidentScreen": lambda *_: NewIncidentScreen(),
    "NewIncidentScreen short": lambda *_: NewIncidentScreen(MISDIRECTED),
    **dict(_questions("facts")),
    **dict(_questions("risk")),
    **dict(_questions("other")),
    "ShortScreen": _short,
    "JumpDialog": _jump,
    "ChangeDialog": _change,
    "UnknownDialog": _unknown,
    "UnknownsDialog": lambda _, case: UnknownsDialog(case),
    **dict(map(_matter, Matter)),
    **dict([_matter(Matter.INFORM_SUBJECTS, "group")]),
    **dict(map(_kind, DocumentKind)),
    "IssueDialog": _paper,
    "IssuedScreen": lambda _, case: IssuedScreen(case, case.documents[0].id),
    "SaveDialog": lambda _, case: SaveDialog(case, case.documents[0]),
    "AltinnScreen": lambda _, case: AltinnScreen(case),
    "TemplateScreen": lambda _, case: TemplateScreen(case),
    "SavePayloadDialog": lambda desk, case: SavePayloadDialog(case, desk.template.fill(case.ref)),
    "LettersScreen": lambda _, case: LettersScreen(case),
    "MakeDialog": _letters,
    "ResultsDialog": lambda _, case: ResultsDialog(case),
    "SentDialog": lambda _, case: SentDialog(case),
    "UnsentDialog": lambda _, case: UnsentDialog(case),
    "NoteDialog": lambda _, case: NoteDialog(case),
    "AwareDialog": lambda _, case: AwareDialog(case),
    "StatusDialog": lambda _, case: StatusDialog(case),
    "FieldDialog": lambda _, case: FieldDialog(case),
    **dict(map(_fact, FIELDS)),
    "GroupsDialog": lambda _, case: GroupsDialog(case),
    "CorrectGroupDialog": lambda _, case: CorrectGroupDialog(case, case.groups[0]),
    "RemoveGroupDialog": lambda _, case: RemoveGroupDialog(case, case.groups[0]),
    "NewGroupDialog": lambda _, case: NewGroupDialog(case),
    "PlaybooksDialog": lambda _, case: PlaybooksDialog(case),
    "NewTaskDialog": lambda _, case: NewTaskDialog(case),
    "TaskDialog": lambda _, case: TaskDialog(case, case.todos[0]),
    "TaskDialog done": lambda _, case: TaskDialog(case, case.todos[1]),
    "AddEvidenceDialog": lambda _, case: AddEvidenceDialog(case),
    "HandOutDialog": lambda _, case: HandOutDialog(case, case.evidence[0]),
    "HandOutDialog reference": lambda _, case: HandOutDialog(case, case.evidence[-1]),
    "ViewDialog": lambda _, case: ViewDialog(case, case.evidence[0]),
    "ShownDialog": _shown,
    "EraseDialog": lambda desk, case: EraseDialog(case, desk.erasing.outlook(case.ref)),
    "VerifyScreen": lambda *_: VerifyScreen(),
    "AnchorScreen": lambda _, case: AnchorScreen(case.ref),
    "ProfileDialog": lambda *_: ProfileDialog(),
    "MessageDialog": _message,
    "ConfirmDialog": _confirm,
    "LineDialog": _line,
    "UnlockScreen": lambda *_: UnlockScreen(actor=""),
}  # fmt: skip
"""The name of the class, and what tells one way to open it from another; how it is made."""
OPENED_BY_A_KEY = {"Palette": "ctrl+p", "HelpDialog": "f1"}


@kept
def planted(stage: Stage) -> None:
    plant(stage)


def every_screen() -> set[str]:
    """Return the names of all screens and dialogs of the program."""
    for module in pkgutil.walk_packages(breachdesk.tui.__path__, "breachdesk.tui."):
        importlib.import_module(module.name)
    return {one.__name__ for one in _below(Screen) if one.__module__.startswith("breachdesk.")}


def _below(kind: type) -> Iterator[type]:
    for one in kind.__subclasses__():
        yield one
        yield from _below(one)


def test_the_walk_knows_every_screen() -> None:
    walked = {name.split()[0] for name in WALK} | set(OPENED_BY_A_KEY)
    assert every_screen() == walked | BASES | BEFORE
    assert not walked & BASES


def drawn(app: App[int]) -> str:
    """Everything that stands on the screen, as a camera sees it, with what shines through."""
    screens = [one for one in app.screen_stack if one is app.screen or app.screen.is_modal]
    strips = (strip for one in screens for strip in one._compositor.render_strips())
    return "\n".join("".join(segment.text for segment in strip) for strip in strips)


def shown(app: App[int]) -> set[str]:
    """Return the planted words that can be read, or what is left of them."""
    text = drawn(app)
    return {text[at : at + 12] for at in range(len(text)) if text.startswith(MARK, at)}


async def looked_through(pilot: Pilot[int], app: App[int]) -> set[str]:
    """Fill every field, go through the lists, and return the planted words that were read."""
    found = shown(app)
    for field in app.screen.query(Input):
        if not field.password and field.type == "text" and not field.disabled:
            field.value = word("typed")[: field.max_length or 99]
    for area in app.screen.query(TextArea):
        area.text = word("written")
    await settle(pilot)
    found |= shown(app)
    most = LINES if isinstance(app.screen, TELLING) else 3
    for one in app.screen.query(OptionList):
        for place in range(min(one.option_count, most)):
            one.highlighted = place
            await pilot.pause()
            found |= shown(app)
    return found


@pytest.mark.parametrize("part", range(PARTS))
async def test_no_planted_word_is_drawn_behind_the_veil(stage: Stage, part: int) -> None:
    planted(stage)
    app, read = stage.app(), dict[str, set[str]]()
    async with app.run_test(size=SIZE, notifications=True) as pilot:
        await settle(pilot)
        assert shown(app), "without the veil they are there"
        await pilot.press("ctrl+g")
        await settle(pilot)
        for name in list(WALK)[part::PARTS]:
            screen = WALK[name](stage.desk, stage.desk.intake.open("1"))
            assert type(screen).__name__ == name.split()[0]
            app.push_screen(screen)
            await settle(pilot)
            read[name] = await looked_through(pilot, app)
            assert app.screen is screen, name
            assert BLOCK in drawn(app) or name in BARE, f"{name}: nothing was planted in it"
            await app.pop_screen()
    assert {name: words for name, words in read.items() if words} == {}


async def test_nor_in_what_a_key_opens_anywhere(stage: Stage) -> None:
    planted(stage)
    app = stage.app(lambda: CaseScreen("1"))
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        await pilot.press("ctrl+g")
        await settle(pilot)
        for name, pressed in OPENED_BY_A_KEY.items():
            await pilot.press(pressed)
            await settle(pilot)
            assert type(app.screen).__name__ == name
            assert await looked_through(pilot, app) == set()
            await pilot.press("escape")
            await settle(pilot)


async def test_nor_in_what_is_said_for_some_seconds(stage: Stage) -> None:
    planted(stage)
    app = stage.app()
    async with app.run_test(size=SIZE, notifications=True) as pilot:
        await settle(pilot)
        told = say("“{name}” is taken in.", name=word("mail"))
        app.tell(told)
        await pilot.pause()
        assert shown(app)
        await pilot.press("ctrl+g")
        await settle(pilot)
        assert not shown(app), "what was said before goes"
        app.tell(told)
        await pilot.pause()
        assert "is taken in" in drawn(app)
        assert not shown(app)

"""Letters to many on the screen: looked at before anything is made, made, and read back."""

from pathlib import Path

from textual.pilot import Pilot
from textual.widgets import Input

from breachdesk.tui.screens.case.screen import CaseScreen
from breachdesk.tui.screens.letters.making import MakeDialog, ResultsDialog
from breachdesk.tui.screens.letters.screen import LettersScreen
from breachdesk.tui.widgets.dialogs import MessageDialog
from breachdesk.tui.widgets.linelist import LineList
from tests.tui.breaches import decided
from tests.tui.desks import Stage, settle
from tests.tui.pictures import Pictures
from tests.tui.reading import flowing, in_front, said, screen_text

SIZE = (80, 24)
LIST = """navn;adresse;postnummer;poststed;språk;avdeling
Ola Li;Storgata 1;0155;Oslo;nb;A
Kari Ås;Veien 2;5003;Bergen;en;B
Per;;12;;nb;C
"""


async def press(pilot: Pilot[int], *keys: str) -> None:
    for one in keys:
        await pilot.press(one)
        await settle(pilot)


def at(stage: Stage) -> LettersScreen:
    return LettersScreen(stage.desk.intake.open("1"))


def save(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8")


async def read(pilot: Pilot[int], path: Path, text: str = LIST) -> LettersScreen:
    save(path, text)
    screen = in_front(pilot, LettersScreen)
    screen.query_one("#path", Input).value = str(path)
    await settle(pilot)
    await press(pilot, "f5")
    return screen


async def make(pilot: Pilot[int], key: str, print_file: Path) -> None:
    await press(pilot, key)
    in_front(pilot, MakeDialog).query_one("#print", Input).value = str(print_file)
    await press(pilot, "ctrl+s")


async def test_a_list_is_looked_at_and_nothing_is_made(stage: Stage, tmp_path: Path) -> None:
    decided(stage)
    async with stage.app(lambda: at(stage)).run_test(size=SIZE) as pilot:
        await settle(pilot)
        screen = await read(pilot, tmp_path / "people.csv")
        shown = flowing(pilot)
        assert "2 letters of 3 rows" in shown
        assert "Kari Ås" in shown
        assert "Kept back and not printed (1 of 3)" in shown
        assert "no Norwegian postcode" in shown
        table = screen.query_one("#letters-list", LineList)
        table.action_last()
        await settle(pilot)
        assert "avdeling" in flowing(pilot)
        assert "→ not read" in flowing(pilot)
    case = stage.desk.intake.open("1")
    assert (case.documents, case.mailings) == ((), ())


async def test_a_list_that_cannot_be_read_is_said_beneath_the_field(
    stage: Stage, tmp_path: Path
) -> None:
    decided(stage)
    async with stage.app(lambda: at(stage)).run_test(size=SIZE) as pilot:
        await settle(pilot)
        await press(pilot, "f5")
        assert "Say which file" in flowing(pilot)
        screen = await read(pilot, tmp_path / "people.csv", "a;b\n1;2\n")
        assert "no headings that are known here" in flowing(pilot)
        assert screen.check_action("make", ()) is False
        screen.query_one("#path", Input).value = str(tmp_path / "none.csv")
        await press(pilot, "f5")
        assert "cannot be read" in flowing(pilot)


async def test_samples_record_nothing_and_all_letters_do(stage: Stage, tmp_path: Path) -> None:
    decided(stage)
    samples, printed = tmp_path / "three.pdf", tmp_path / "print.pdf"
    async with stage.app(lambda: at(stage)).run_test(size=SIZE) as pilot:
        await settle(pilot)
        await read(pilot, tmp_path / "people.csv")
        await make(pilot, "f6", samples)
        in_front(pilot, MessageDialog)
        assert "Nothing is recorded yet" in said(pilot)
        assert stage.desk.intake.open("1").mailings == ()
        await press(pilot, "enter")
        await make(pilot, "f7", printed)
        assert "2 letters are made" in said(pilot)
        assert "print.skipped.csv" in said(pilot)
        await press(pilot, "enter")
        in_front(pilot, LettersScreen).query_one("#letters-list", LineList).action_last()
        await settle(pilot)
        assert "not told about 2" in flowing(pilot)
    assert samples.read_bytes().startswith(b"%PDF")
    assert printed.read_bytes().startswith(b"%PDF")
    assert "4" in (tmp_path / "print.skipped.csv").read_text(encoding="utf-8-sig")
    (mailing,) = stage.desk.intake.open("1").mailings
    assert (mailing.letters, mailing.skipped, mailing.languages) == (2, 1, {"en": 1, "nb": 1})


async def test_what_became_of_them_is_read_back(stage: Stage, tmp_path: Path) -> None:
    decided(stage)
    results = tmp_path / "results.csv"
    results.write_text("rad;status\n2;levert\n3;retur\n9;levert\n", encoding="utf-8")
    async with stage.app(lambda: at(stage)).run_test(size=SIZE) as pilot:
        await settle(pilot)
        assert in_front(pilot, LettersScreen).check_action("results", ()) is False
        await read(pilot, tmp_path / "people.csv")
        await make(pilot, "f7", tmp_path / "print.pdf")
        await press(pilot, "enter", "f8")
        in_front(pilot, ResultsDialog).query_one("#path", Input).value = str(results)
        await press(pilot, "ctrl+s")
        assert "Arrived: 1. Came back: 1." in said(pilot)
        assert "could not be read: 1" in said(pilot)
        await press(pilot, "enter")
        in_front(pilot, LettersScreen).query_one("#letters-list", LineList).action_last()
        await settle(pilot)
        assert "Not told yet, rows of the list: 3" in flowing(pilot)
    assert len(stage.desk.intake.open("1").deliveries) == 1


async def test_another_path_forgets_the_list_that_was_read(stage: Stage, tmp_path: Path) -> None:
    decided(stage)
    async with stage.app(lambda: at(stage)).run_test(size=SIZE) as pilot:
        await settle(pilot)
        screen = await read(pilot, tmp_path / "people.csv")
        assert screen.looked is not None
        screen.query_one("#path", Input).value = "other.csv"
        await settle(pilot)
        assert not screen.content
        assert screen.check_action("make", ()) is False


async def test_names_in_a_list_never_steer_the_screen(stage: Stage, tmp_path: Path) -> None:
    decided(stage)
    text = LIST + "[@click=app.quit]Ola[/] Li;Veien 3;5003;Bergen;nb;\x1b[31m\n"
    async with stage.app(lambda: at(stage)).run_test(size=(120, 40)) as pilot:
        await settle(pilot)
        await read(pilot, tmp_path / "people.csv", text)
        assert "\x1b" not in screen_text(pilot)


async def test_the_letters_in_every_guise(pictures: Pictures, tmp_path: Path) -> None:
    path = tmp_path / "people.csv"
    path.write_text(LIST, encoding="utf-8")

    async def steps(pilot: Pilot[int]) -> None:
        in_front(pilot, CaseScreen).open_letters()
        await settle(pilot)
        screen = in_front(pilot, LettersScreen)
        screen.query_one("#path", Input).value = str(path)
        await settle(pilot)
        await press(pilot, "f5")
        with screen.prevent(Input.Changed):
            screen.query_one("#path", Input).value = "~/people.csv"

    await pictures(prepare=decided, first=lambda: CaseScreen("1"), steps=steps)

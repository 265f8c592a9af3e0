"""No screen and no widget binds a key that the app takes before them: it would do nothing there."""

import importlib
import pkgutil
from collections.abc import Iterable, Iterator

from textual.app import App
from textual.binding import Binding, BindingType
from textual.dom import DOMNode

import breachdesk.tui
from breachdesk.message import say
from breachdesk.tui.app import DeskApp
from breachdesk.tui.keys import key
from breachdesk.tui.widgets.dialogs import ConfirmDialog
from breachdesk.tui.widgets.helping import HelpDialog
from tests.tui.breaches import logged
from tests.tui.desks import Stage, settle
from tests.tui.doors import LockedDoor, app_before
from tests.tui.held import open_first, the_app
from tests.tui.reading import flowing


def every_class() -> Iterator[type[DOMNode]]:
    """Yield every class of the screen's part that may bind keys, once."""
    modules = pkgutil.walk_packages(breachdesk.tui.__path__, "breachdesk.tui.")
    found = {
        one
        for module in modules
        for one in vars(importlib.import_module(module.name)).values()
        if isinstance(one, type) and issubclass(one, DOMNode)
    }
    yield from (one for one in found if one.__module__.startswith("breachdesk.tui."))


def bound(bindings: Iterable[BindingType]) -> Iterator[Binding]:
    """Yield the bindings, one for each key."""
    yield from Binding.make_bindings(bindings)


def taken_first() -> set[str]:
    """Return the keys the app acts on whatever has the focus."""
    return {
        one.key
        for cls in DeskApp.__mro__
        for one in bound(vars(cls).get("BINDINGS", ()))
        if one.priority
    }


def dead_keys(cls: type[DOMNode]) -> set[str]:
    return {one.key for one in bound(vars(cls).get("BINDINGS", ()))} & taken_first()


def test_no_key_of_a_screen_is_taken_by_the_app_first() -> None:
    classes = [one for one in every_class() if not issubclass(one, App)]
    assert sum(bool(vars(one).get("BINDINGS")) for one in classes) > 10
    found = {one.__name__: dead_keys(one) for one in classes}
    assert {name: keys for name, keys in found.items() if keys} == {}


def test_the_app_takes_the_keys_of_privacy_and_locking_first() -> None:
    assert {"ctrl+g", "ctrl+l", "ctrl+q"} <= taken_first()


def test_a_dead_twin_is_seen() -> None:
    class Deaf(DOMNode):
        BINDINGS = [  # noqa: RUF012 - as Textual wants it
            key("h", "look", say("Look"), hint=say("Look"), id="deaf.look", twin="ctrl+g"),
        ]

    assert dead_keys(Deaf) == {"ctrl+g"}


async def test_help_over_a_dialog_lists_the_keys_that_work_there_too(stage: Stage) -> None:
    logged(stage)
    app = the_app(stage)
    async with app.run_test(size=(80, 60)) as pilot:
        await open_first(pilot, "l", "f1")
        assert isinstance(app.screen, HelpDialog)
        for one in ("ctrl+l Lock the desk", "ctrl+g Blank names", "ctrl+q Leave"):
            assert one in flowing(pilot)
        assert flowing(pilot).count("ctrl+l") == 1
    app = app_before(LockedDoor(stage))
    async with app.run_test(size=(80, 60)) as pilot:
        await settle(pilot)
        app.push_screen(ConfirmDialog(say("Sure?"), say("Text"), say("Yes")))
        await settle(pilot)
        await pilot.press("f1")
        await settle(pilot)
        assert "ctrl+q" in flowing(pilot)
        assert "ctrl+l" not in flowing(pilot), "there is nothing to lock"

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

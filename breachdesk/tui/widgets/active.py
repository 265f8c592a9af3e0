"""What can be done here and now: the keys that are active, gathered by action."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from textual.binding import Binding
from textual.dom import DOMNode
from textual.screen import Screen
from textual.widgets import Input, TextArea

from breachdesk.message import Message

_NAMES: Mapping[str, str] = {
    "escape": "esc",
    "question_mark": "?",
    "slash": "/",
    "colon": ":",
    "up": "↑",
    "down": "↓",
    "left": "←",
    "right": "→",
    "pagedown": "PgDn",
    "pageup": "PgUp",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class ActiveKey:
    """One action, the keys that start it, and its words."""

    action: str
    node: DOMNode
    """Where the action is looked up."""
    keys: tuple[str, ...]
    """As people write them, those that work first."""
    words: Message
    """One or two words."""
    hint: Message
    """One sentence: what it does. Its text is empty for the small keys inside a widget."""
    is_shown: bool
    """Does it stand in the foot of the screen?"""


def active_keys(screen: Screen[object]) -> tuple[ActiveKey, ...]:
    """Return what can be done, what has the focus first; letters after their twin while typing."""
    types = isinstance(screen.focused, Input | TextArea)
    found: dict[tuple[int, str], ActiveKey] = {}
    for active in screen.active_bindings.values():
        binding = active.binding
        if not active.enabled or not binding.description:
            continue
        place = (id(active.node), binding.action)
        name = key_name(binding.key)
        known = found.get(place)
        if known is None:
            found[place] = ActiveKey(
                action=binding.action,
                node=active.node,
                keys=(name,),
                words=Message(binding.description),
                hint=Message(binding.tooltip),
                is_shown=binding.show,
            )
        else:
            keys = (*known.keys, name)
            found[place] = replace(known, keys=_typing_first(keys) if types else keys)
    return (*found.values(), *_first_of_all(screen))


def _first_of_all(screen: Screen[object]) -> Iterator[ActiveKey]:
    """Return the keys that the app acts on first, over a dialog: Textual does not count them."""
    app = screen.app
    for binding in Binding.make_bindings(app.BINDINGS if screen.is_modal else ()):
        if binding.priority and app.check_action(binding.action, ()):
            yield ActiveKey(
                action=binding.action,
                node=app,
                keys=(key_name(binding.key),),
                words=Message(binding.description),
                hint=Message(binding.tooltip),
                is_shown=binding.show,
            )


def key_name(key: str) -> str:
    """Return a key as people write it: ``ctrl+s``, ``esc``, ``F4``, ``?``."""
    *modifiers, last = key.split("+")
    last = _NAMES.get(last, last)
    if last[:1] == "f" and last[1:].isdigit():
        last = last.upper()
    return "+".join((*modifiers, last))


def _typing_first(keys: tuple[str, ...]) -> tuple[str, ...]:
    """Put the keys that work while a text field has the focus before single letters."""
    return tuple(sorted(keys, key=lambda one: len(one) == 1))

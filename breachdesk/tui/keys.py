"""Key bindings whose words are translated when they are drawn.

Textual freezes a binding's description when the class is made. Here the description is the English
sentence, which is the catalogue's id: whoever draws it says it in the language of the moment. Keys
are remapped by `id`. A one-letter key may have a twin that works while a text field has focus; it
must be none that the app takes before any screen sees it.
"""

from textual.binding import Binding

from breachdesk.message import Message


def key(
    keys: str,
    action: str,
    words: Message,
    *,
    hint: Message,
    id: str,  # noqa: A002 - Textual's name
    shown: bool = True,
    twin: str = "",
    first: bool = False,
) -> Binding:
    """Return a binding.

    Args:
        keys: The key as Textual spells it; the first of several is the one that is drawn.
        action: The action's name.
        words: One or two words for the foot of the screen.
        hint: One sentence for help and palette: what it does.
        id: Such as ``home.new``; keys are remapped by it.
        shown: Stand in the foot of the screen.
        twin: A key that does the same while a text field has focus.
        first: Act before the focused widget sees the key (never for letters).
    """
    return Binding(
        f"{keys},{twin}" if twin else keys,
        action,
        words.text,
        tooltip=hint.text,
        id=id,
        show=shown,
        priority=first,
    )

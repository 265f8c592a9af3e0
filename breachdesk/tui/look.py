"""How it looks: two calm themes of our own, and Textual's for terminals with sixteen colours."""

from collections.abc import Mapping

from textual.theme import Theme

from breachdesk.message import Message, say

DARK = Theme(
    name="breachdesk-dark",
    dark=True,
    primary="#7fb4ca",
    secondary="#a9b1d6",
    accent="#c4a7e7",
    warning="#e6b673",
    error="#ef7d7d",
    success="#8fc19a",
    foreground="#d8dee9",
    background="#12161c",
    surface="#181d25",
    panel="#1f2630",
    boost="#262e3a",
    variables={"border": "#3a4656", "border-blurred": "#2a3340"},
)
LIGHT = Theme(
    name="breachdesk-light",
    dark=False,
    primary="#1f5f7d",
    secondary="#4a5578",
    accent="#6b4a9b",
    warning="#8a5300",
    error="#a82626",
    success="#22683a",
    foreground="#1d242d",
    background="#f7f7f4",
    surface="#ffffff",
    panel="#e9ecec",
    boost="#dfe4e5",
    variables={"border": "#b4bec4", "border-blurred": "#d3dadd"},
)
THEMES = (DARK, LIGHT)
ANSI_DARK, ANSI_LIGHT = "ansi-dark", "ansi-light"

CHOICES = {
    "dark": DARK.name,
    "light": LIGHT.name,
    "ansi-dark": ANSI_DARK,
    "ansi-light": ANSI_LIGHT,
}
"""What the setting ``theme`` may say, to Textual's name."""


def theme_name(setting: str, *, no_color: bool) -> str:
    """Return Textual's name for a setting; without colours the terminal's own two serve best."""
    name = CHOICES.get(setting, setting or DARK.name)
    if no_color:
        return ANSI_LIGHT if "light" in name else ANSI_DARK
    return name


LOOKS: Mapping[str, Message] = {
    "dark": say("Colours: dark"),
    "light": say("Colours: light"),
    "ansi-dark": say("Colours: the terminal's own sixteen, dark"),
    "ansi-light": say("Colours: the terminal's own sixteen, light"),
}
"""The choices, as they are offered."""

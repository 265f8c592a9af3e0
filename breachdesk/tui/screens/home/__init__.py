"""The register: how long have we got, what is missing, who does what."""

from breachdesk.tui.screens.home.screen import HomeScreen

__all__ = ["HomeScreen"]

"""A small app for a widget by itself."""

from collections.abc import Callable
from datetime import datetime

from textual.app import App, ComposeResult
from textual.widget import Widget

from breachdesk.language import Speaker
from tests.desk.desks import OSLO, ToldClock


class Bench(App[None]):
    """Holds what it is given, and speaks."""

    def __init__(self, build: Callable[[Callable[[], datetime]], Widget], lang: str = "en") -> None:
        super().__init__()
        self.clock = ToldClock()
        self.speaker = Speaker(lang, OSLO)
        self.build = build
        self.heard: list[object] = []

    def compose(self) -> ComposeResult:
        yield self.build(self.clock)

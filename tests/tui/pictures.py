"""Pictures of a screen in every guise: two sizes, dark and light, English and bokmål.

One app is run for each language; size and theme are switched while it runs. What moves is held
still: the clock is told, ids and salts are counted, no cursor blinks. Accept new pictures with
``pytest --snapshot-update`` after looking at them.
"""

import re
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path

import pytest
import textual
from pytest_textual_snapshot import (  # type: ignore[import-untyped]
    SVGImageExtension,
    normalize_svg,
)
from syrupy.assertion import SnapshotAssertion
from textual.pilot import Pilot
from textual.screen import Screen
from textual.widgets import Input, OptionList, TextArea

from breachdesk.tui.app import DeskApp
from tests.tui.desks import Stage, settle

TEXTUAL = "8.2.8"
"""The version the pictures were taken with; another one may draw a border otherwise."""
SMALL, LARGE = (80, 24), (120, 40)
GUISES = ((SMALL, "dark"), (SMALL, "light"), (LARGE, "light"), (LARGE, "dark"))
"""Size and theme, in the order in which the least is to be drawn anew."""
LANGUAGES = ("en", "nb")
MOST_LOOKS = 5
LOOK_AGAIN = 0.2
"""Seconds before a picture that stands still, but differs, is taken once more."""

_WEB_FONT = re.compile(r"@font-face \{.*?\}", re.DOTALL)
"""Textual's pictures name a font on a foreign host."""

Steps = Callable[[Pilot[int]], Awaitable[None]]
Prepare = Callable[[Stage], None]


class Pictures:
    """Takes pictures and compares them with those that were accepted."""

    def __init__(self, snapshot: SnapshotAssertion, folder: Path) -> None:
        self._snapshot = snapshot.use_extension(SVGImageExtension)
        self._folder = folder

    async def __call__(
        self,
        *,
        prepare: Prepare | None = None,
        first: Callable[[], Screen[None]] | None = None,
        app: Callable[[Stage], DeskApp] | None = None,
        steps: Steps | None = None,
    ) -> None:
        """Compare a screen in every guise.

        Args:
            prepare: Puts cases on the desk.
            first: The screen, in place of the register.
            app: Builds the app, when it is not to stand before an open desk.
            steps: What is pressed before the pictures are taken.
        """
        if textual.__version__ != TEXTUAL:
            pytest.skip(f"the pictures were taken with Textual {TEXTUAL}")
        prepared = Stage(self._folder)
        if prepare is not None:
            prepare(prepared)
        prepared.close()
        differing = []
        for lang in LANGUAGES:
            stage = prepared.copied(self._folder / lang, lang=lang)
            try:
                built = app(stage) if app is not None else stage.app(first)
                async with built.run_test(size=SMALL) as pilot:
                    await settle(pilot)
                    if steps is not None:
                        await steps(pilot)
                    differing += [name async for name in self._guises(pilot, lang)]
            finally:
                stage.close()
        assert not differing, f"other than accepted: {differing}; look at {self._folder}"

    async def _guises(self, pilot: Pilot[int], lang: str) -> AsyncIterator[str]:
        app = pilot.app
        assert isinstance(app, DeskApp)
        for size, theme in GUISES:
            if pilot.app.size != size:
                await pilot.resize_terminal(*size)
            app.look_like(theme)
            name = f"{size[0]}x{size[1]}-{theme}-{lang}"
            svg = await self._picture(pilot, name)
            if self._snapshot(name=name) != svg:
                (self._folder / f"{name}.svg").write_text(svg, encoding="utf-8")
                yield name

    async def _picture(self, pilot: Pilot[int], name: str) -> str:
        """Return a picture of what is drawn fully: as it was accepted, or twice the same."""
        accepted = self._accepted(name)
        before = ""
        for _ in range(MOST_LOOKS):
            await settle(pilot)
            for screen in pilot.app.screen_stack:
                _hold_still(screen)
            await pilot.pause()
            svg = _WEB_FONT.sub("", pilot.app.export_screenshot(title="breachdesk", simplify=True))
            stands_still = svg == before
            if normalize_svg(svg) == accepted or (stands_still and accepted is None):
                return svg
            if stands_still:
                await pilot.pause(LOOK_AGAIN)
            before = svg
        return before

    def _accepted(self, name: str) -> str | None:
        """Return the accepted picture; None while it is being accepted anew, or there is none."""
        asked = self._snapshot(name=name)
        if asked.update_snapshots:
            return None
        data, _ = asked._recall_data(index=name)
        return data if isinstance(data, str) else None


def _hold_still(screen: Screen[object]) -> None:
    """Stop cursors, and let every list stand where its cursor asks for the least scrolling."""
    for options in screen.query(OptionList):
        options.scroll_to(y=0, animate=False, immediate=True)
        options.scroll_to_highlight()
    for field in (*screen.query(Input), *screen.query(TextArea)):
        field.cursor_blink = False
        field._cursor_visible = True


@pytest.fixture
def pictures(
    snapshot: SnapshotAssertion, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Pictures:
    monkeypatch.setattr("breachdesk.store.writing.secrets.token_bytes", bytes)
    return Pictures(snapshot, tmp_path)

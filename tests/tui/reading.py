"""What stands on the screen, as a person reads it."""

import re
from collections.abc import Iterator
from typing import TypeVar

from textual.pilot import Pilot
from textual.strip import Strip
from textual.widgets import Static

Front = TypeVar("Front")
_LINES = re.compile("[\u2500-\u257f\u2580-\u259f]")
"""What boxes and bars are drawn with."""


def screen_text(pilot: Pilot[int]) -> str:
    """Return what the screen in front shows now, line by line."""
    strips: list[Strip] = pilot.app.screen._compositor.render_strips()
    return "\n".join("".join(segment.text for segment in strip).rstrip() for strip in strips)


def in_front(pilot: Pilot[int], kind: type[Front]) -> Front:
    """Return the screen or dialog in front, which is of that kind."""
    screen = pilot.app.screen
    assert isinstance(screen, kind)
    return screen


def flowing(pilot: Pilot[int]) -> str:
    """Return the same as one line, so that it does not matter where words were wrapped."""
    return " ".join(_LINES.sub(" ", screen_text(pilot)).split())


def said(pilot: Pilot[int]) -> str:
    """Return the words of the screen or dialog in front alone, not what shines through."""
    texts = (str(one.content) for one in pilot.app.screen.query(Static))
    return " ".join(" ".join(texts).split())


def links(pilot: Pilot[int]) -> Iterator[str]:
    """Yield every action that a click on the screen's text would run."""
    for strip in pilot.app.screen._compositor.render_strips():
        for segment in strip:
            meta = segment.style.meta if segment.style else {}
            if "@click" in meta:
                yield str(meta["@click"])

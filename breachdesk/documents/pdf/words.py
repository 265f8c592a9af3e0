"""A paragraph that remembers how it was broken into lines: measuring it twice costs once."""

from reportlab.platypus import Paragraph

_TALL = 1_000_000.0


class Words(Paragraph):
    """Words set in one style."""

    tall: float = 0.0
    """Its height at the width it was last broken for."""
    broken_for: float | None = None

    def height_at(self, width: float) -> float:
        """Return its height in points when set this wide, without the room around it."""
        if self.broken_for != width or not hasattr(self, "blPara"):
            self.tall = float(self.wrap(width, _TALL)[1])
            self.broken_for = width
        return self.tall


class Varying(Words):
    """Words that differ from letter to letter: a plate is told where they begin and end."""

    def draw(self) -> None:
        """Draw them, between the marks of a plate where there is one."""
        mark = getattr(self.canv, "mark_varying", None)
        if mark is None:
            super().draw()
            return
        with mark(self):
            super().draw()

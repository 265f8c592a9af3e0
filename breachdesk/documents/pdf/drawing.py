"""The drawn timeline: a line of time with marks, shapes and words; long silences are cut out and marked."""

from reportlab.platypus import Flowable

from breachdesk.documents.draft import Draft, TimeDrawing


class TimeLine(Flowable):  # type: ignore[misc]  # ReportLab's base is untyped
    """A line of time."""

    def __init__(self, drawing: TimeDrawing, draft: Draft, width: float) -> None:
        """Keep what is drawn."""
        super().__init__()
        self.drawing, self.draft, self.width = drawing, draft, width

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        """Return the size it takes."""
        del height
        return width, 0

    def draw(self) -> None:
        """Draw it."""

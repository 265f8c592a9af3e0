"""What may be said when logging, and need not: it folds out."""

from collections.abc import Callable, Sequence
from datetime import datetime

from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.widgets import Collapsible, Static

from breachdesk.message import Message, say
from breachdesk.records.organisation import Processing
from breachdesk.terms import Nature, Role
from breachdesk.tui.widgets.moment import MomentField
from breachdesk.tui.widgets.picks import Pick, Picks
from breachdesk.tui.widgets.shown import shown
from breachdesk.tui.widgets.spoken import Spoken
from breachdesk.tui.widgets.typed import TypedLine, TypedText

DRILL = "drill"


class More(Spoken, Collapsible):
    """First sign, when it happened, role, nature, processing, a summary, drill."""

    DEFAULT_CSS = """
    More {
        border: none;
        padding: 0;
        background: transparent;
        & > Contents { padding: 1 0 0 2; }
        CollapsibleTitle { padding: 0; color: $text-primary; }
        CollapsibleTitle:focus { background: $primary 25%; color: $foreground; }
        Picks { padding: 0; }
        .processing { display: none; }
        &.-offers .processing { display: block; }
        & > Contents .choices { margin-bottom: 0; }
        & > Contents .apart { margin-top: 1; }
        TextArea { height: 3; width: 1fr; }
    }
    """

    def __init__(self, now: Callable[[], datetime], heading: Message) -> None:
        """Take the desk's clock and the words on the fold."""
        super().__init__(collapsed=True)
        self._now, self._heading = now, heading

    def compose(self) -> ComposeResult:
        """Draw the fields."""
        self.title = self.words(self._heading).plain
        yield self._title
        with self.Contents():
            yield from self._times()
            with Horizontal(classes="row"):
                yield self._label(say("How we knew"))
                yield TypedLine(name="why", id="why")
            yield from self._choices()
            with Horizontal(classes="row apart"):
                yield self._label(say("In short"))
                yield TypedText(name="summary", id="summary", tab_behavior="focus")
            with Horizontal(classes="row choices"):
                yield self._label(say("Only a drill"))
                apart = self.words(say("kept apart from real breaches"))
                yield Picks([Pick(DRILL, apart)], many=True, name="drill", id="drill")

    def _times(self) -> ComposeResult:
        for name, label in (
            ("detected", say("First sign")),
            ("occurred_from", say("It began")),
            ("occurred_to", say("It ended")),
        ):
            with Horizontal(classes="row"):
                yield self._label(label)
                yield MomentField(self._now, name=name, id=name)

    def _choices(self) -> ComposeResult:
        with Horizontal(classes="row choices"):
            yield self._label(say("Our role"))
            yield Picks([self._pick(role) for role in Role], name="role", id="role")
        with Horizontal(classes="row choices"):
            yield self._label(say("What was breached"))
            natures = [self._pick(nature) for nature in Nature]
            yield Picks(natures, many=True, name="nature", id="nature")
        with Horizontal(classes="row choices processing"):
            yield self._label(say("Which processing"))
            yield Picks((), many=True, column=True, name="processing", id="processing")

    def _pick(self, term: Role | Nature) -> Pick:
        return Pick(term.value, shown(self.speaker.word(term), is_open=True))

    def offer(self, activities: Sequence[Processing]) -> None:
        """Offer the processing activities of the organisation's profile."""
        self.query_one("#processing", Picks).offer(
            Pick(one.id, shown(one.title)) for one in activities
        )
        self.set_class(bool(activities), "-offers")

    def _label(self, words: Message) -> Static:
        return Static(self.words(words), classes="label")

    @property
    def role(self) -> Role | None:
        """The role that is chosen."""
        chosen = self.query_one("#role", Picks).value
        return Role(chosen) if chosen else None

    @property
    def nature(self) -> tuple[Nature, ...]:
        """What is ticked."""
        return tuple(Nature(one) for one in self.query_one("#nature", Picks).chosen)

    @property
    def processing(self) -> tuple[str, ...]:
        """The activities that are ticked."""
        return self.query_one("#processing", Picks).chosen

    @property
    def is_drill(self) -> bool:
        """Is it only a drill?"""
        return bool(self.query_one("#drill", Picks).chosen)

    def moment(self, name: str) -> MomentField:
        """Return one of the times: ``detected``, ``occurred_from``, ``occurred_to``."""
        return self.query_one(f"#{name}", MomentField)

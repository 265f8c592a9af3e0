"""Issue a paper: frozen in the record, its PDF saved to a file. Nothing is sent."""

import re
from collections.abc import Iterator, Mapping
from pathlib import Path

from textual import on
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Input, Static, TextArea

from breachdesk.casefile import CaseFile
from breachdesk.desk.numbers import FOR_AUTHORITIES
from breachdesk.desk.papers import Issued
from breachdesk.documents.draft import Draft, NumberFound
from breachdesk.message import Message, say
from breachdesk.terms import Lang, Phase
from breachdesk.tui.screens.acting import ActDialog
from breachdesk.tui.screens.answers import items_missing
from breachdesk.tui.widgets.picks import Pick, Picks
from breachdesk.tui.widgets.shown import shown
from breachdesk.tui.widgets.typed import TypedLine, TypedText

NUMBERS = say("Identity numbers of people: space marks one that must stay in the paper")
STOPPED = say(
    "Identity numbers of people stop the paper. Take them out of the answers, or mark each one "
    "that must stay."
)


class IssueDialog(ActDialog):
    """Where the PDF goes, which identity numbers may stay, and why; why a final one has gaps."""

    DEFAULT_CSS = """
    IssueDialog .warning { height: auto; color: $text-warning; text-style: bold; }
    IssueDialog Picks { margin: 0 0 0 1; }
    """

    def __init__(self, case: CaseFile, draft: Draft, group: str = "") -> None:
        """Take the case, the paper as it would be issued, and the group it is for."""
        super().__init__(case, say("Issue: {title}", title=draft.title), say("Issue it"))
        self.set_class(bool(draft.warnings), "-warns")
        self.draft, self.group_id = draft, group
        self.issued: Issued | None = None
        """What issuing gave."""
        self.path: Path | None = None
        """Where the PDF lies; None when it could not be saved."""

    @property
    def needs_reason(self) -> bool:
        """Does a final paper with gaps ask for a reason, or do numbers that are let pass?"""
        is_final = self.draft.phase == Phase.FINAL and bool(self.draft.missing)
        return is_final or bool(self.numbers)

    @property
    def numbers(self) -> dict[str, tuple[NumberFound, ...]]:
        """The identity numbers that stop the paper, by the field they stand in."""
        if self.draft.kind not in FOR_AUTHORITIES:
            return {}
        found: dict[str, tuple[NumberFound, ...]] = {}
        for one in self.draft.numbers:
            found[one.field] = (*found.get(one.field, ()), one)
        return found

    @property
    def _allowed(self) -> tuple[str, ...]:
        return self.query_one("#numbers", Picks).chosen if self.numbers else ()

    def fields(self) -> Iterator[Widget]:
        """Draw the path, and the reason where one is needed."""
        for one in self.draft.warnings:
            yield Static(Content(f"▲ {shown(one)}"), classes="warning", markup=False)
        yield self.label(say("Save the PDF as (only you can read it)"))
        yield TypedLine(self._target, name=self._field, id="path")
        if self.numbers:
            yield self.label(NUMBERS)
            picks = (Pick(field, self._place(found)) for field, found in self.numbers.items())
            yield Picks(picks, many=True, column=True, id="numbers")
        if self.needs_reason:
            yield self.label(self._why())
            yield TypedText(name="issue.reason", id="reason", tab_behavior="focus")

    @property
    def _field(self) -> str:
        """Where the place is kept: of this paper only, so that it never stands for another one."""
        return f"issue.path.{file_name(self.draft)}"

    @property
    def _target(self) -> str:
        return str(Path.cwd() / file_name(self.draft))

    def standing(self) -> Mapping[str, str]:
        """Say where it goes when nobody says otherwise."""
        return {self._field: self._target}

    def _place(self, found: tuple[NumberFound, ...]) -> Content:
        """Return where a number stands; of several in a field, each."""
        lines = ", ".join(
            self.say(say("line {line}: {number}", line=one.line, number=one.found)) for one in found
        )
        return self.words(say("{field}, {lines}", field=found[0].label, lines=lines))

    def _why(self) -> Message:
        is_final = self.draft.phase == Phase.FINAL and bool(self.draft.missing)
        final = say("Why it is final although something is missing")
        numbers = say("Why the numbers must stand in it")
        if is_final and self.numbers:
            return say("{one}, and {two}", one=final, two=numbers)
        return final if is_final else numbers

    def consequence(self) -> Message:
        """Say what is frozen, and that nothing is sent."""
        return say(
            "This records that {who} issues it as version {version}, with {missing}. "
            "Its bytes are frozen; a correction is a new paper. Nothing is sent.",
            who=self.hall.desk.actor,
            version=self.draft.version,
            missing=self._gaps(),
        )

    @on(Input.Submitted, "#path")
    def _issue_it(self, event: Input.Submitted) -> None:
        if not self.needs_reason:
            event.stop()
            event.prevent_default()
            self.action_confirm()

    def _gaps(self) -> Message:
        count = len(self.draft.missing)
        return items_missing(count) if count else say("nothing missing")

    async def record(self) -> CaseFile | None:
        """Issue it, then save the PDF."""
        path = self.query_one("#path", Input)
        if not path.value.strip():
            self.lacks(path, say("Say where the PDF goes."))
            return None
        if set(self.numbers) - set(self._allowed):
            self.lacks(self.query_one("#numbers"), STOPPED)
            return None
        if self.numbers and not self._reason():
            self.lacks(self.query_one("#reason"), say("Say why the numbers must stand in it."))
            return None
        papers, draft = self.hall.desk.papers, self.draft
        self.issued = await self.ask(
            papers.issue,
            self.case.ref,
            draft.kind,
            lang=draft.lang,
            phase=draft.phase,
            because=self._reason(),
            group=self.group_id,
            to=draft.to,
            allowed_numbers=self._allowed,
            speaks=Lang(self.speaker.lang),
        )
        if self.issued is None:
            return None
        target = Path(path.value.strip())
        self.path = await self.ask(papers.save, self.issued.document.id, target)
        return self.issued.case

    def _reason(self) -> str:
        return self.query_one("#reason", TextArea).text.strip() if self.needs_reason else ""


def file_name(draft: Draft) -> str:
    """Return a name for the PDF: case, kind, to whom of several, language and version."""
    to = "".join(f"-{part}" for part in re.findall(r"\w+", draft.to.casefold()))
    return f"{draft.reference}-{draft.kind.value}{to}-{draft.lang.value}-v{draft.version}.pdf"

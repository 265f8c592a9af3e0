"""The demo, step by step: the same calls of the desk that screen and commands make."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from breachdesk.cli.demo_story import INPUTS, PAPERS, Story, activities, answers_toml
from breachdesk.cli.errand import Errand
from breachdesk.cli.reports import clock_line, gaps
from breachdesk.cli.told_advice import flip_line, tell_one
from breachdesk.cli.validated import made
from breachdesk.message import Message, say
from breachdesk.terms import DocumentKind, Duty, Lang, Matter, NoteKind, Outcome

if TYPE_CHECKING:
    from breachdesk.casefile import CaseFile
    from breachdesk.desk import Desk
    from breachdesk.records import Profile

_EXPORTS = (
    ("csv", "timeline.csv"),
    ("md", "timeline.md"),
    ("json", "timeline.json"),
    ("timesketch", "timesketch.jsonl"),
)
_FLIPS_SHOWN = 3
OWNER = "Ola Demo"
"""Who finds out what is not known yet."""


@dataclass
class Showing:
    """One run of the demo."""

    errand: Errand
    desk: "Desk"
    story: Story
    folder: Path
    """Of this demo: its papers, and what was handed in."""
    lang: Lang
    steps: int = 0
    written: list[Path] = field(default_factory=list)

    def run(self, profile: "Profile") -> None:
        """Do the whole main job once."""
        self._organisation(profile)
        ref = self._log(profile)
        self._note(ref)
        self._facts(ref)
        self._assess(ref)
        self._decide(ref)
        self._send(ref)
        self._export(ref)
        self._verify()

    @property
    def papers(self) -> Path:
        """Folder for the papers."""
        return self.folder / PAPERS

    @property
    def inputs(self) -> Path:
        """Folder for what was handed in, so that every command shown can be typed again."""
        return self.folder / INPUTS

    def step(self, heading: Message, meaning: Message, command: str = "") -> None:
        """Say what comes now, what it means, and how it is typed."""
        self.steps += 1
        self.errand.write()
        self.errand.write(f"{self.steps}  {self.errand.speaker.say(heading)}")
        self.errand.flow(self.errand.speaker.say(meaning), indent="   ")
        if command:
            self.errand.write(f"   $ breachdesk {command}")

    def result(self, message: Message) -> None:
        """Say what came of it."""
        self.errand.flow(f"→ {self.errand.speaker.say(message)}", indent="   ", hang=2)

    def _organisation(self, profile: "Profile") -> None:
        self.step(
            say("Who we are"),
            say("A profile knows processing activities, contacts and transfers: asked for once."),
            f"organisation import {INPUTS}/profile.toml",
        )
        self.desk.organisation.take(profile)
        self.result(
            say(
                "{name}, {count} processing activities",
                name=profile.organisation.name,
                count=len(profile.processing),
            )
        )

    def _log(self, profile: "Profile") -> str:
        from breachdesk.records import NewIncident

        chosen = activities(profile)
        about = "".join(f" --processing {one}" for one in chosen)
        self.step(
            say("Log"),
            say("A title and when we became aware suffice; the 72 hours run from there."),
            f'new "{self.story.title}" --aware "26 h ago" --nature c{about}',
        )
        case = self.desk.intake.log(
            made(
                NewIncident,
                title=self.story.title,
                became_aware_at=self.story.ago(hours=26),
                awareness_reason=self.story.why_aware,
                detected_at=self.story.ago(hours=27),
                occurred_from=self.story.ago(hours=28),
                occurred_to=self.story.ago(hours=28),
                nature=("confidentiality",),
                processing=chosen,
            )
        )
        self.result(say("{ref}; the case is open and the clock runs", ref=case.ref))
        self._clocks(case)
        return case.ref

    def _clocks(self, case: "CaseFile") -> None:
        for clock in case.clocks:
            self.result(clock_line(clock))

    def _note(self, ref: str) -> None:
        from breachdesk.records import NewNote

        self.step(
            say("Keep the timeline"),
            say("Each line has two times: when it happened, and when the desk learned of it."),
            f'note {ref} "{self.story.call}" --at "27 h ago"',
        )
        self._line(NewNote, ref, self.story.call, self.story.ago(hours=27), NoteKind.INFORMATION)
        asked = self.story.asked_to_delete
        self._line(NewNote, ref, asked, self.story.ago(hours=25), NoteKind.ACTION)

    def _line(self, kind: type, ref: str, text: str, at: datetime, of: NoteKind) -> None:
        self.desk.timeline.note(ref, made(kind, text=text, occurred_at=at, kind=of))
        self.result(say("{moment}: {text}", moment=at, text=text))

    def _facts(self, ref: str) -> None:
        self.step(
            say("Answer the facts"),
            say(
                "In the order of Datatilsynet's form. “Not known yet” is an answer, with an owner."
            ),
            f"answer {ref} facts --file {INPUTS}/facts.toml",
        )
        unknown = {"data_location_now": (OWNER, self.story.now + timedelta(hours=5))}
        self._answer(ref, "facts", self.story.facts(), unknown)

    def _answer(
        self,
        ref: str,
        form: str,
        values: Mapping[str, object],
        unknown: Mapping[str, tuple[str, datetime]] | None = None,
        *,
        name: str = "",
    ) -> None:
        from breachdesk.desk import Sheet

        known = self.desk.office.forms.questionnaires[form]
        fits = {one: value for one, value in values.items() if known.question(one) is not None}
        (self.inputs / f"{name or form}.toml").write_text(
            answers_toml(fits, unknown or {}), encoding="utf-8"
        )
        report = self.desk.assessment.answer(ref, form, Sheet(values=fits, unknown=unknown or {}))
        self.result(
            say(
                "{count} answers taken, {missing} still missing; nothing waits for them",
                count=len(report.accepted),
                missing=len(report.missing),
            )
        )

    def _assess(self, ref: str) -> None:
        self.step(
            say("Assess, with a fact missing"),
            say("Who has the data is not known yet. The desk reckons with the best and the worst."),
            f"answer {ref} risk --file {INPUTS}/risk.toml && breachdesk assess {ref}",
        )
        unknown = {"holder": (OWNER, self.story.now + timedelta(hours=2))}
        self._answer(ref, "risk", self.story.risk(), unknown)
        self._advice(self.desk.assessment.assess(ref))
        self.step(
            say("Assess again, after a telephone call"),
            say("One private person has it and was asked to delete it. Both assessments are kept."),
            f"answer {ref} risk --file {INPUTS}/found-out.toml && breachdesk assess {ref}",
        )
        self._answer(ref, "risk", self.story.found_out(), name="found-out")
        case = self.desk.assessment.assess(ref)
        self._advice(case)
        self._flips(case)

    def _advice(self, case: "CaseFile") -> None:
        self.result(say("Risk: {risk}", risk=case.current.risk))
        for advice in case.current.advice:
            if advice.duty != Duty.RECORD:
                tell_one(self.errand, case, advice, indent="     ")

    def _flips(self, case: "CaseFile") -> None:
        for flip in case.current.flips[:_FLIPS_SHOWN]:
            self.result(say("Would change the advice: {change}", change=flip_line(case, flip)))

    def _decide(self, ref: str) -> None:
        _, why_notify, _ = self.story.reasons()
        self.step(
            say("Decide"),
            say("The desk advises; a named person decides, and the reasons stay in the record."),
            f'decide {ref} notify_authority --outcome yes --because "{why_notify}"',
        )
        from breachdesk.records import NewDecision

        matters = (Matter.IS_BREACH, Matter.NOTIFY_AUTHORITY, Matter.INFORM_SUBJECTS)
        for matter, why in zip(matters, self.story.reasons(), strict=True):
            new = made(NewDecision, matter=matter, outcome=Outcome.YES, rationale=why)
            self.desk.decisions.decide(ref, new)
            self.result(
                say("{matter}: {outcome}. {why}", matter=matter, outcome=Outcome.YES, why=why)
            )

    def _send(self, ref: str) -> None:
        self.step(
            say("Issue the papers"),
            say("What is missing stands in them, with who finds out by when (Art. 33(4))."),
            f"issue {ref} notification --out notification.pdf",
        )
        notification = self._issue(ref, DocumentKind.NOTIFICATION)
        letter = self._issue(ref, DocumentKind.COMMUNICATION)
        self._issue(ref, DocumentKind.REGISTER_ENTRY)
        self.step(
            say("Record the sendings"),
            say("The desk sends nothing. A recorded sending, not the paper, stops a clock."),
            f"sent {notification} --to Datatilsynet --channel Altinn --receipt AR000000",
        )
        self._sent(ref, notification, Duty.NOTIFY_AUTHORITY, "Datatilsynet", "Altinn", "AR000000")
        everybody = self.errand.speaker.say(say("the 212 employees"))
        post = self.errand.speaker.say(say("post"))
        self._clocks(self._sent(ref, letter, Duty.INFORM_SUBJECTS, everybody, post, ""))

    def _issue(self, ref: str, kind: DocumentKind) -> str:
        issued = self.desk.papers.issue(ref, kind, lang=self.lang)
        self._write(f"{kind.value}.pdf", issued.content)
        self.result(
            say(
                "{file}: {title}; {gaps}",
                file=f"{kind.value}.pdf",
                title=issued.document.title,
                gaps=gaps(len(issued.document.missing)),
            )
        )
        return issued.document.id

    def _sent(
        self, ref: str, document: str, duty: Duty, to: str, channel: str, receipt: str
    ) -> "CaseFile":
        from breachdesk.records import NewDispatch

        new = made(
            NewDispatch,
            duty=duty,
            to=to,
            channel=channel,
            receipt=receipt,
            document_id=document,
        )
        return self.desk.papers.sent(ref, new)

    def _write(self, name: str, content: bytes) -> None:
        path = self.papers / name
        path.write_bytes(content)
        self.written.append(path)

    def _export(self, ref: str) -> None:
        self.step(
            say("Give the timeline and the register away"),
            say("For people, for Timesketch, for programs; and the register of Art. 33(5)."),
            f"timeline {ref} --format csv --out timeline.csv && breachdesk register --format csv",
        )
        for form, name in _EXPORTS:
            self._write(name, self.desk.timeline.export(ref, form, lang=self.lang, suffix=""))
        self._issue(ref, DocumentKind.TIMELINE)
        for form in ("csv", "json"):
            self._write(f"register.{form}", self.desk.register.export(form, lang=self.lang))
        self._write("register.pdf", self.desk.register.paper(lang=self.lang))
        registers = ("register.csv", "register.json", "register.pdf")
        names = [*(name for _, name in _EXPORTS), *registers]
        self.result(say("{files}", files=", ".join(names)))

    def _verify(self) -> None:
        self.step(
            say("Verify"),
            say("Every row is covered by one entry of a hash chain; each is computed again."),
            "verify",
        )
        report = self.desk.trust.verify()
        self.result(say("{count} entries, {wrong} findings", count=report.entries,
                        wrong=len(report.findings)))  # fmt: skip
        self.result(say("Head {seq}: {digest}", seq=report.head.seq, digest=report.head.digest))

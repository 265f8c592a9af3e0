"""One errand at the desk: what a command needs while it is carried out, and where it speaks."""

import shutil
import sys
import textwrap
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from typing import TYPE_CHECKING, TextIO
from zoneinfo import ZoneInfo

from breachdesk.cli.stage import Scene, Stage
from breachdesk.language import Speaker, as_json, plain
from breachdesk.message import Message, say
from breachdesk.settings import Settings, read_settings
from breachdesk.terms import Lang

if TYPE_CHECKING:
    from breachdesk.desk import Desk
    from breachdesk.forms import Forms


_BY_ROW = frozenset(("column", "kolonne"))
"""``letters --lang column``: each row of the list has a language of its own."""
_WIDEST = 100
"""Characters of a line that is read, not searched."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Flags:
    """What the shared options said."""

    actor: str | None = None
    lang: str | None = None
    as_json: bool = False

    def over(self, other: "Flags") -> "Flags":
        """Return these flags laid over others."""
        return Flags(
            actor=other.actor if self.actor is None else self.actor,
            lang=other.lang if self.lang is None else self.lang,
            as_json=self.as_json or other.as_json,
        )


@dataclass
class Errand:
    """One command being carried out."""

    stage: Stage
    settings: Settings
    speaker: Speaker
    wants_json: bool = False
    asked_lang: str | None = None
    """The language that ``--lang`` asked for; it also chooses that of a paper."""
    _desks: "list[Desk]" = field(default_factory=list)
    _took_input: bool = False
    _acts: bool = False
    _waits: bool = False
    """Was it said that another program is being waited for?"""
    _head: tuple[int, str] | None = None
    """Of the chain, before the act."""
    typed: str = field(default="", repr=False)
    """The passphrase that was typed for a desk just made; it is not asked for again."""
    recovery: str = field(default="", repr=False)
    """The recovery code of a desk just made."""

    @classmethod
    @contextmanager
    def begun(cls, scene: Scene, command: str, flags: Flags) -> "Iterator[Errand]":
        """Give an errand with the settings of this run, and close its desk afterwards."""
        asked = None if command == "letters" and flags.lang in _BY_ROW else flags.lang
        settings = read_settings({"actor": flags.actor, "lang": asked}, scene.stage.environ)
        errand = cls(
            stage=scene.stage,
            settings=settings,
            speaker=Speaker(settings.lang, settings.zone),
            wants_json=flags.as_json,
            asked_lang=asked and settings.lang,
        )
        try:
            yield errand
        finally:
            for desk in errand._desks:
                desk.close()

    @property
    def lang(self) -> str:
        """Language of what is said."""
        return self.speaker.lang

    @property
    def zone(self) -> ZoneInfo:
        """What local time means."""
        return self.speaker.zone

    def now(self) -> datetime:
        """Return the present moment, aware."""
        return self.stage.clock()

    @cached_property
    def forms(self) -> "Forms":
        """The law as data, with the desk's own forms over it."""
        from breachdesk.forms import find_forms, load

        return load(find_forms(), self.settings.home / "forms")

    @cached_property
    def forms_as_shipped(self) -> "Forms":
        """The law as data, without what a desk adds."""
        from breachdesk.forms import find_forms, load

        return load(find_forms())

    @cached_property
    def desk(self) -> "Desk":
        """The open desk.

        Raises:
            NoDeskError, LockedError, StoreError: no desk, no key at hand, database out of reach.
            WrongKeyError: what was given does not open it.
        """
        from breachdesk.cli.door import unlocked

        opened, notes = unlocked(self)
        self._desks.append(opened)
        for note in notes:
            self.note(note)
        return opened

    def leave_desk(self) -> None:
        """Close the desk; the next use opens it again."""
        desk = self.__dict__.pop("desk", None)
        if desk is not None:
            self._desks.remove(desk)
            desk.close()

    def unlock_with(self, passphrase: str, recovery: str) -> None:
        """Remember, for this errand, what opens the desk that was just made."""
        self.typed, self.recovery = passphrase, "" if passphrase else recovery

    def acting(self) -> "Desk":
        """Return the open desk for an act."""
        if not self._acts:
            self._acts, self._head = True, self.desk.trust.head()
        newest = self.desk.trust.recorded_ahead()
        if newest is not None:
            self.note(
                say(
                    "This machine's clock stands before the newest entry on the desk, of "
                    "{moment}: one of the two is wrong. What is recorded now carries the clock's "
                    "time.",
                    moment=newest,
                )
            )
        return self.desk

    @property
    def changed_nothing(self) -> bool:
        """Was there an act that found everything as it was to be, and wrote nothing?"""
        return self._acts and self.desk.trust.head() == self._head

    def sign(self) -> None:
        """Say, after an act, under which name it was recorded, if nobody gave one."""
        if self._acts and self.settings.actor is None and not self.changed_nothing:
            self.note(say("Recorded as “{name}”; --as NAME says who acts.", name=self.actor))

    @property
    def actor(self) -> str:
        """Who acts: as set, else the account's name."""
        from breachdesk.cli.door import account_name

        return self.settings.actor or account_name()

    def tell(self, message: Message, *, lines: bool = True) -> None:
        """Print a sentence, on a terminal over as many lines as it needs."""
        for line in self.speaker.say(message, lines=lines).split("\n"):
            text = line.lstrip(" ")
            self.flow(text, indent=" " * (len(line) - len(text)))

    def write(self, text: str = "") -> None:
        """Print text that is safe to print."""
        sys.stdout.write(f"{text}\n")

    def flow(self, text: str, *, indent: str, hang: int = 0) -> None:
        """Print one line of text over as many as the terminal needs, indented."""
        self.write(flowed(text, sys.stdout, indent=indent, hang=hang))

    def show(self, text: str) -> None:
        """Print foreign text: its lines kept, nothing in it that steers a terminal."""
        self.write(plain(text))

    def note(self, message: Message) -> None:
        """Say something beside the result."""
        sys.stdout.flush()
        lines = self.speaker.say(message, lines=True).split("\n")
        sys.stderr.writelines(f"{flowed(line, sys.stderr)}\n" for line in lines)

    def say_waiting(self) -> None:
        """Say, once, that another program writes to the desk and is being waited for."""
        if not self._waits:
            self._waits = True
            self.note(
                say(
                    "Waiting for another program that is writing to the desk {home} …",
                    home=str(self.settings.home),
                )
            )

    def give(self, value: object) -> None:
        """Print a value as JSON."""
        self.write(as_json(value))

    def take_input(self) -> bool:
        """May standard input be read? It can be read once."""
        was_taken, self._took_input = self._took_input, True
        return not was_taken

    @property
    def paper_lang(self) -> Lang | None:
        """Language of a paper: asked for, else set; None leaves it to the organisation."""
        chosen = self.asked_lang or self.settings.paper_lang
        return Lang(chosen) if chosen else None


def flowed(text: str, stream: TextIO, *, indent: str = "", hang: int = 0) -> str:
    """Return one line of text over as many as the terminal needs.

    What does not go to a terminal stays one line, for other programs to search.
    """
    if not stream.isatty():
        return f"{indent}{text}"
    return textwrap.fill(
        text,
        min(shutil.get_terminal_size().columns, _WIDEST),
        initial_indent=indent,
        subsequent_indent=indent + " " * hang,
        break_on_hyphens=False,
        break_long_words=False,
    )

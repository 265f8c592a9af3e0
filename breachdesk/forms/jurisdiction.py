"""One jurisdiction's folders in order: base before country, shipped before the desk's own."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from breachdesk.errors import RuleError
from breachdesk.forms.files import FormFile, Shelf
from breachdesk.forms.findings import Findings, form_error
from breachdesk.forms.layers import Layered, in_force, lay
from breachdesk.message import say

_DEEPEST = 4


@dataclass(frozen=True)
class Jurisdiction:
    """Where the files of one regime lie, and its forms laid together."""

    id: str
    shelves: Sequence[Shelf]
    findings: Findings
    _on: dict[tuple[str, date | None], Layered] = field(default_factory=dict)
    _laid: dict[tuple[FormFile, ...], Layered] = field(default_factory=dict)

    @cached_property
    def folders(self) -> tuple[str, ...]:
        """Return its folders, the base first.

        Raises:
            FormError: A folder that it extends does not exist.
        """
        chain = [self.id]
        while len(chain) < _DEEPEST:
            regimes = [file for file in self._files(chain[0]) if file.form == "regime"]
            if not regimes:
                raise form_error("forms/" + chain[0], say("there is no regime.toml."))
            bases = {str(file.table["extends"]) for file in regimes if "extends" in file.table}
            if not bases:
                break
            if len(bases) > 1 or not bases.isdisjoint(chain):
                raise form_error(regimes[0].name, say("“extends” must name one other folder."))
            chain.insert(0, bases.pop())
        return tuple(chain)

    def _files(self, folder: str) -> tuple[FormFile, ...]:
        return tuple(file for shelf in self.shelves for file in shelf.files(folder))

    def inner(self, folder: str) -> tuple[FormFile, ...]:
        """Return the files of a folder inside its folders, such as ``cases``; the base's first."""
        return tuple(
            file
            for own in self.folders
            for shelf in self.shelves
            for file in shelf.files(f"{own}/{folder}")
        )

    def forms(self) -> tuple[str, ...]:
        """Return the names of its forms, by name."""
        names = {file.form for own in self.folders for file in self._files(own)}
        return tuple(sorted(names))

    def has(self, form: str) -> bool:
        """Is there such a form?"""
        return form in self.forms()

    def laid(self, form: str, on: date | None) -> Layered:
        """Return a form as in force on a day; in its newest version when no day is given.

        Raises:
            RuleError: None of its versions was in force on that day.
            FormError: A file is wrong.
        """
        if (form, on) not in self._on:
            files = self.in_force(form, on)
            if files not in self._laid:
                self._laid[files] = lay(form, files, self.findings)
            self._on[form, on] = self._laid[files]
        return self._on[form, on]

    def in_force(self, form: str, on: date | None) -> tuple[FormFile, ...]:
        """Return the files of a form in force on a day, the base's first.

        Raises:
            RuleError: None of its versions was in force on that day.
        """
        files = [
            found
            for own in self.folders
            for shelf in self.shelves
            if (found := in_force(shelf.files(own), form, on)) is not None
        ]
        own_files = [file for shelf in self.shelves for file in shelf.files(self.id)]
        is_regime_missing = form == "regime" and not any(file in own_files for file in files)
        if not files or is_regime_missing:
            raise RuleError(
                say("“{regime}” has no rules (“{form}”) for {day}.", regime=self.id, form=form,
                    day=on),
                say("Check the time of awareness, or add the forms that applied then."),
            )  # fmt: skip
        return tuple(files)

"""The settings there are, what each may be, and where a value came from."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from zoneinfo import ZoneInfo

_PROGRAM, _VIEWING = "breachdesk", "viewing"
FLAGS: Mapping[str, str] = {
    "home": "--home",
    "config": "--config",
    "lang": "--lang",
    "paper_lang": "--paper-lang",
    "zone": "--zone",
    "actor": "--as",
    "passphrase_file": "--passphrase-file",
    "keyring": "--keyring",
    "theme": "--theme",
    "idle_minutes": "--idle-minutes",
}
"""Every setting and the flag that sets it, for messages; a command need not offer them all."""


class Origin(StrEnum):
    """Where a value came from, strongest first."""

    FLAG = "flag"
    ENVIRONMENT = "environment"
    FILE = "file"
    DEFAULT = "default"


@dataclass(frozen=True, slots=True)
class Source:
    """Where one value came from."""

    origin: Origin
    name: str
    """The flag, the variable, or the file's path; empty for a default."""

    def __str__(self) -> str:
        """Return it as it may be named in a sentence."""
        return self.name or self.origin.value


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """All settings of one run. Nothing is read anew while it lasts."""

    home: Path
    """Folder of the desk: key.json, database, evidence."""
    runtime: Path | None = None
    """The system's folder for this account while it is logged in; None where there is none."""
    config: Path
    """The config file, whether it exists or not."""
    logs: Path
    """Folder for the details of the unforeseen."""
    lang: str
    """Of the interface: ``en``, ``nb``, ``nn``."""
    paper_lang: str | None
    """Of papers; None: the organisation's own language."""
    zone: ZoneInfo
    """What "local time" means; Europe/Oslo unless set."""
    actor: str | None
    """Who acts; None: asked at first start."""
    passphrase_file: Path | None
    """A file whose first line is the passphrase, for machines with no keyring."""
    keyring: bool
    """May the operating system's keyring be asked?"""
    theme: str | None
    """Colours of the screen; None: the app's own choice."""
    idle_minutes: int
    """Minutes without a key until the screen locks; 0: never."""
    sources: Mapping[str, Source]
    """Setting to where its value came from."""

    @property
    def viewing(self) -> Path:
        """Folder for copies of evidence while somebody looks at them."""
        return self.viewing_folders[0]

    @property
    def viewing_folders(self) -> tuple[Path, ...]:
        """Every folder where such copies may have been left: where they go now comes first."""
        own = self.home / _VIEWING
        return (own,) if self.runtime is None else (self.runtime / _PROGRAM, own)

    def source(self, name: str) -> Source:
        """Return where the value of one setting came from."""
        return self.sources.get(name, Source(Origin.DEFAULT, ""))

    def rows(self) -> tuple[tuple[str, str, Source], ...]:
        """Return (setting, value as text, source) in order, for `locate` and `doctor`."""
        return tuple((name, _shown(getattr(self, name)), self.source(name)) for name in FLAGS)


def _shown(value: object) -> str:
    match value:
        case None:
            return ""
        case bool():
            return "on" if value else "off"
        case _:
            return str(value)

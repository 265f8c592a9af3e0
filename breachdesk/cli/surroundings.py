"""What `doctor` looks at: terminal, keyring, time, disk, database, forms, fonts.

Looking changes nothing, but copies of evidence that a crash left are removed.
"""

import os
import shutil
import sys
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from breachdesk import __version__
from breachdesk.cli.errand import Errand
from breachdesk.cli.viewing_left import clear_left_copies
from breachdesk.cli.written_down import code_warning
from breachdesk.errors import BreachdeskError
from breachdesk.message import Message, say

LEAST_FREE = 200 * 1024 * 1024
"""Bytes of free disk below which issuing papers may soon fail."""
_PAGES_NAMED = 10
_NARROW, _LOW = 80, 24
_BUILT = datetime(2026, 11, 1, tzinfo=UTC)
"""The program is no older than this; a clock before it is wrong."""
_OTHERS = 0o077
QUICKLY_READ = 64 * 1024 * 1024
"""Bytes of the largest database whose pages are all looked at: a second or two."""


NAMES: Mapping[str, Message] = {
    "program": say("program"),
    "terminal": say("terminal"),
    "clock": say("clock of the machine"),
    "zone": say("time zone"),
    "keyring": say("keyring"),
    "passphrase_file": say("passphrase file"),
    "disk": say("disk"),
    "rights": say("rights"),
    "forms": say("forms"),
    "fonts": say("fonts"),
    "desk": say("desk"),
    "recovery_code": say("recovery code"),
    "chain": say("audit chain"),
    "pages": say("pages"),
    "list": say("list of cases"),
    "evidence": say("evidence"),
    "copies": say("copies of evidence"),
    "clock_and_record": say("clock and record"),
    "record_times": say("times in the record"),
}
"""What `doctor` calls each thing for people."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """One thing that was looked at."""

    id: str
    ok: bool
    found: Message
    remedy: Message | None = None
    """What to do when it is not as it should be."""


def look_around(errand: Errand) -> tuple[Check, ...]:
    """Look at everything; what cannot be looked at is a finding, not a crash."""
    looks: tuple[Callable[[Errand], Iterator[Check]], ...] = (
        _program, _terminal, _clock, _zone, _keyring, _disk, _forms, _fonts, _copies, _desk,
    )  # fmt: skip
    return tuple(check for look in looks for check in look(errand))


def _program(errand: Errand) -> Iterator[Check]:
    del errand
    found = say(
        "breachdesk {version}, Python {python}",
        version=__version__,
        python=sys.version.split()[0],
    )
    yield Check(id="program", ok=True, found=found)


def _terminal(errand: Errand) -> Iterator[Check]:
    environ = errand.stage.environ
    if not sys.stdout.isatty():
        yield Check(id="terminal", ok=True, found=say("no terminal: commands only"))
        return
    size = shutil.get_terminal_size()
    speaks = (sys.stdout.encoding or "").lower().replace("-", "") == "utf8"
    yield Check(
        id="terminal",
        ok=speaks and size.columns >= _NARROW and size.lines >= _LOW,
        found=say(
            "{term}, {columns} x {lines}, {encoding}",
            term=environ.get("TERM", "?"),
            columns=size.columns,
            lines=size.lines,
            encoding=sys.stdout.encoding or "?",
        ),
        remedy=say("The screen wants UTF-8 and at least 80 x 24 characters."),
    )


def _clock(errand: Errand) -> Iterator[Check]:
    now = errand.now()
    yield Check(
        id="clock",
        ok=now >= _BUILT,
        found=say("{moment} ({iso})", moment=now, iso=now.isoformat(timespec="seconds")),
        remedy=say("Set the machine's clock: every deadline hangs on it."),
    )


def _zone(errand: Errand) -> Iterator[Check]:
    zone, now = errand.zone, errand.now()
    here, there = now.astimezone().utcoffset(), now.astimezone(zone).utcoffset()
    yield Check(
        id="zone",
        ok=True,
        found=say("{zone}, as set for this desk", zone=zone.key)
        if here == there
        else say("{zone}; the machine itself is in another zone", zone=zone.key),
    )


def _keyring(errand: Errand) -> Iterator[Check]:
    settings = errand.settings
    if settings.passphrase_file is not None:
        yield from _passphrase_file(settings.passphrase_file)
        return
    if not settings.keyring:
        yield Check(id="keyring", ok=True, found=say("switched off in the settings"))
        return
    from breachdesk.store.keys import keyring_name

    name = keyring_name(errand.stage.keyring_seconds)
    yield Check(
        id="keyring",
        ok=True,
        found=say("{name} answers", name=name)
        if name
        else say("none answers: the passphrase opens the desk"),
    )


def _passphrase_file(path: Path) -> Iterator[Check]:
    from breachdesk.cli.passphrases import from_file

    try:
        from_file(path)
        is_private = os.name == "nt" or not path.stat().st_mode & _OTHERS
    except (BreachdeskError, OSError) as error:
        what = error.what if isinstance(error, BreachdeskError) else say("cannot be read")
        yield Check(id="passphrase_file", ok=False, found=what, remedy=say("Check the path."))
        return
    yield Check(
        id="passphrase_file",
        ok=is_private,
        found=say("{path}, not the keyring", path=str(path)),
        remedy=say("Others may read the passphrase file: chmod 600 it."),
    )


def _disk(errand: Errand) -> Iterator[Check]:
    home = errand.settings.home
    nearest = next(one for one in (home, *home.absolute().parents) if one.exists())
    free = shutil.disk_usage(nearest).free
    yield Check(
        id="disk",
        ok=free >= LEAST_FREE and os.access(nearest, os.W_OK),
        found=say("{count} MB free for {path}", count=free // (1024 * 1024), path=str(home)),
        remedy=say("Make room, and make sure that the folder can be written."),
    )
    if home.exists() and os.name != "nt":
        open_ = [
            one.name
            for one in (home / "desk.db", home / "key.json", home / "head.json")
            if one.exists() and one.stat().st_mode & _OTHERS
        ]
        yield Check(
            id="rights",
            ok=not open_,
            found=say("others may read: {files}", files=", ".join(open_))
            if open_
            else say("the desk's files are yours alone"),
            remedy=say("Take the rights of others away: chmod 600."),
        )


def _forms(errand: Errand) -> Iterator[Check]:
    try:
        forms = errand.forms.questionnaires.values()
    except BreachdeskError as error:
        yield Check(id="forms", ok=False, found=error.what, remedy=error.next_step)
        return
    versions = ", ".join(f"{one.id} {one.version}" for one in forms)
    yield Check(id="forms", ok=True, found=say("{versions}", versions=versions))


def _fonts(errand: Errand) -> Iterator[Check]:
    del errand
    folder = Path(__file__).parents[1] / "documents" / "fonts"
    fonts = sorted(one.name for one in folder.glob("*.ttf"))
    yield Check(
        id="fonts",
        ok=bool(fonts),
        found=say("{count} embedded in papers", count=len(fonts)),
        remedy=say("Install breachdesk again: its fonts are missing."),
    )


def _copies(errand: Errand) -> Iterator[Check]:
    """Remove copies of evidence that were being looked at when the program ended."""
    removed, left = clear_left_copies(errand.settings)
    found = say("none is left from looking at it")
    if left or removed:
        paths = ", ".join(map(str, left or removed))
        found = (
            say("left by a crash: {paths}", paths=paths)
            if left
            else say("left by a crash, now removed: {paths}", paths=paths)
        )
    yield Check(
        id="copies",
        ok=not left,
        found=found,
        remedy=say(
            "They lie readable on this machine: close what shows them, and delete these folders."
        ),
    )


def _desk(errand: Errand) -> Iterator[Check]:
    """Open the desk and look at schema, cases, chain; a locked or missing desk is a finding."""
    try:
        desk = errand.desk
    except BreachdeskError as error:
        yield Check(id="desk", ok=False, found=error.what, remedy=error.next_step)
        return
    from breachdesk.store.keyfile import read_key_file
    from breachdesk.store.schema import VERSIONS

    seq, _ = desk.trust.head()
    yield Check(
        id="desk",
        ok=True,
        found=say("opens; schema {version}, {count} entries", version=VERSIONS[-1], count=seq),
    )
    unseen = code_warning(errand.settings.home, read_key_file(errand.settings.home).desk_id)
    if unseen is not None:
        yield Check(
            id="recovery_code",
            ok=False,
            found=say("never confirmed as written down"),
            remedy=say("If it is not on paper, “breachdesk rekey” makes a new one."),
        )
    findings = desk.office.store.opening_findings
    kinds = ", ".join(errand.speaker.term("FindingKind", one.kind.value) for one in findings)
    yield Check(
        id="chain",
        ok=not findings,
        found=say("{findings}", findings=kinds) if findings else say("the head file agrees"),
        remedy=say("Run “breachdesk verify”, and keep a copy of the folder as it is."),
    )
    yield _pages(errand)
    yield _list(errand)
    orphans = desk.evidence.orphans()
    yield Check(
        id="evidence",
        ok=not orphans,
        found=say("files that no case speaks of: {files}", files=", ".join(map(str, orphans)))
        if orphans
        else say("every sealed file belongs to a case"),
        remedy=say("Nothing opens them any more: delete them, unless one is just being taken in."),
    )
    yield from _record(errand, seq)


def _pages(errand: Errand) -> Check:
    """Look at every page of a database that is soon read; of a larger one say who does."""
    try:
        damaged = errand.desk.office.store.quick_look(QUICKLY_READ)
    except BreachdeskError as error:
        return Check(id="pages", ok=False, found=error.what, remedy=error.next_step)
    if damaged is None:
        found = say("not looked at, the desk is large: “breachdesk verify” reads every page")
        return Check(id="pages", ok=True, found=found)
    numbers = ", ".join(map(str, damaged[:_PAGES_NAMED]))
    return Check(
        id="pages",
        ok=not damaged,
        found=say("damaged ({count}): {pages}", count=len(damaged), pages=numbers)
        if damaged
        else say("every page is as it was written"),
        remedy=say("Keep a copy of the folder as it is, and bring the desk back from a backup."),
    )


def _list(errand: Errand) -> Check:
    """Hold the list of cases and the search against the rows."""
    try:
        apart, missed = errand.desk.trust.list_faults()
    except BreachdeskError as error:
        return Check(id="list", ok=False, found=error.what, remedy=error.next_step)
    found = say("shows every case as its rows say, and the search finds each")
    if apart or missed:
        found = say(
            "shows otherwise than the rows: {apart}; missing in the search: {missed}",
            apart=apart,
            missed=missed,
        )
    return Check(
        id="list",
        ok=not (apart or missed),
        found=found,
        remedy=say("The rows count: “breachdesk doctor --rebuild” makes list and search again."),
    )


def _record(errand: Errand, seq: int) -> Iterator[Check]:
    """Hold the record's times against the clock, and against one another."""
    desk = errand.desk
    with desk.office.reading() as reading:
        newest = reading.recorded_at(seq)
    yield Check(
        id="clock_and_record",
        ok=desk.trust.recorded_ahead() is None,
        found=say("the newest entry is from {moment}", moment=newest)
        if newest
        else say("nothing is recorded yet"),
        remedy=say("The record is ahead of this machine's clock: one of them is wrong."),
    )
    steps = desk.trust.clock_steps()
    found = say("the times in the record only go forward")
    if steps:
        found = say(
            "entry {seq} was recorded at {after}, after one of {before}",
            seq=steps[0].seq,
            after=steps[0].after,
            before=steps[0].before,
        )
    yield Check(
        id="record_times",
        ok=not steps,
        found=found,
        remedy=say(
            "The clock was set wrong on one side of it ({count} such places): note in the case "
            "which times are right.",
            count=len(steps),
        ),
    )

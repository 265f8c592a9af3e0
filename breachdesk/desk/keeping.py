"""Keep the desk: back it up, and remember which backups there are and what opens them."""

from pathlib import Path

from breachdesk.audit import Head
from breachdesk.desk.office import Office
from breachdesk.records import Backup, KeyChange, Person
from breachdesk.store.backup import BackedUp, back_up, digest_of
from breachdesk.store.container import Contents, Progress, untold
from breachdesk.store.files import disk_in_words
from breachdesk.terms import AuditAction


class Keeping:
    """Where the desk as a whole is looked after."""

    def __init__(self, office: Office) -> None:
        """Work with the shared tools."""
        self._office = office

    def back_up(self, path: Path, *, force: bool = False, told: Progress = untold) -> BackedUp:
        """Write the whole desk to one file, open it to prove it, and remember that it was made.

        Others may write to the desk meanwhile; the backup shows one moment.

        Raises:
            RefusedError: there is a file of that name already.
            StoreError: a disk is full or out of reach; there is no backup.
        """
        path = path.expanduser().absolute()
        made = back_up(self._office.store, path, now=self._office.now(), force=force, told=told)
        with self._office.writing() as writing:
            row = Backup(
                id="",
                place=str(path),
                made_at=made.made_at,
                size=made.size,
                sha256=made.sha256,
                head_seq=made.head.seq,
                head=made.head.digest,
                key_check=made.key_check,
            )
            writing.add(row, AuditAction.BACKUP_RECORD)
        return made

    def record_restored(
        self, path: Path, contents: Contents, *, known: Head | None = None
    ) -> Backup:
        """Remember the backup this desk was just brought back from: it cannot speak of itself.

        Args:
            path: the backup.
            contents: what its header says.
            known: the newest entry of this desk that the keyring knew; kept in the row when the
                restored chain does not hold it.

        Raises:
            StoreError: the backup can no longer be read, or the desk cannot be written.
        """
        path = path.expanduser().absolute()
        with disk_in_words(path, reading=True):
            size, digest = path.stat().st_size, digest_of(path)
        with self._office.writing() as writing:
            lacks = known is not None and writing.digest_at(known.seq) != known.digest
            row = Backup(
                id="",
                place=str(path),
                made_at=contents.made_at,
                size=size,
                sha256=digest,
                head_seq=contents.head.seq,
                head=contents.head.digest,
                key_check=contents.key_file.check,
                known_seq=known.seq if known is not None and lacks else None,
                known_head=known.digest if known is not None and lacks else None,
            )
            return writing.add(row, AuditAction.BACKUP_RESTORE)

    def left_behind(self) -> tuple[tuple[Backup, str], ...]:
        """Return the backups the desk was brought back from though something newer was known.

        Returns:
            Each with the name of who brought it back.
        """
        with self._office.reading() as reading:
            rows = [one for one in reading.rows(Backup) if one.known_seq is not None]
            who = [reading.with_id(Person, one.recorded_by) for one in rows]
        names = ("" if one is None else one.name for one in who)
        return tuple(zip(rows, names, strict=True))

    def backups(self) -> tuple[Backup, ...]:
        """Return the backups that were made from this desk, oldest first."""
        with self._office.reading() as reading:
            return tuple(reading.rows(Backup))

    def record_key_change(self, before: str, after: str) -> None:
        """Remember that the key was changed, by the fingerprints of both."""
        with self._office.writing() as writing:
            writing.add(KeyChange(id="", before=before, after=after), AuditAction.KEY_CHANGE)

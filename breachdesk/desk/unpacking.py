"""Take in a signed pack: check it whole, seal its evidence, then take in the case."""

import zipfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from breachdesk.desk.moving import Moving, SealedHere, TakenIn
from breachdesk.desk.office import Office
from breachdesk.errors import RefusedError
from breachdesk.exchange.pack import key_words
from breachdesk.exchange.parcel import LARGEST, read_parcel
from breachdesk.exchange.verify_pack import NoPackError, Pack, findings_of, open_pack, said
from breachdesk.message import Message, say
from breachdesk.records import Evidence
from breachdesk.store.container import SEALED_NAME, Progress, untold
from breachdesk.store.sealed import seal_file, sealed_name

_ZIP = b"PK\x03\x04"


@dataclass(frozen=True, slots=True, kw_only=True)
class Unpacked:
    """What taking in a pack gave."""

    taken: TakenIn
    public_key: str
    words: str
    """Of the key that signed it."""


def is_pack(path: Path) -> bool:
    """Does the file look like a pack? What cannot be read is none."""
    try:
        with path.open("rb") as file:
            return file.read(len(_ZIP)) == _ZIP
    except OSError:
        return False


class Unpacking:
    """Where packs are taken in."""

    def __init__(self, office: Office) -> None:
        """Work with the shared tools."""
        self._office = office

    def take(self, path: Path, *, lang: str = "en", told: Progress = untold) -> Unpacked:
        """Take in the case of a pack, with the evidence that is in it.

        Args:
            path: The zip file.
            lang: The language of what the check found.
            told: Is told how many bytes of evidence are done, and of how many.

        Raises:
            RefusedError: It is no pack, is not as it was signed, is a redacted copy, or the case in
                it cannot be taken in. Nothing of it is kept.
            StoreError: A disk is full or out of reach.
        """
        pack, manifest = _checked(path, lang)
        try:
            content = pack.content("case.json", LARGEST)
        except (NoPackError, KeyError, OSError, zipfile.BadZipFile) as error:
            raise _no_pack(say("the case in it cannot be read")) from error
        sealed: dict[str, SealedHere] = {}
        try:
            self._seal_all(pack, manifest, content, sealed, told)
            taken = Moving(self._office).take(content, sealed=sealed)
        except BaseException:
            for one in sealed.values():
                (self._office.store.home / sealed_name(one.id)).unlink(missing_ok=True)
            raise
        key = str(manifest["public_key"])
        return Unpacked(taken=taken, public_key=key, words=key_words(bytes.fromhex(key)))

    def _seal_all(
        self,
        pack: Pack,
        manifest: dict[str, Any],
        content: bytes,
        sealed: dict[str, SealedHere],
        told: Progress,
    ) -> None:
        pieces = [one for one in read_parcel(content).rows if isinstance(one, Evidence)]
        done, total = 0, sum(one.size for one in pieces)
        for row in pieces:
            name = _file_of(manifest, row)
            if name is None:
                continue
            with pack.opened(name) as file:
                sealed[row.id] = self._sealed(file, row)
            done += row.size
            told(done, total)

    def _sealed(self, file: Any, row: Evidence) -> SealedHere:  # noqa: ANN401 - a zip's file
        store = self._office.store
        with self._office.reading() as reading:
            is_free = reading.with_id(Evidence, row.id) is None
        name = sealed_name(row.id)
        is_free = is_free and not (store.home / name).exists() and bool(SEALED_NAME.fullmatch(name))
        own = row.id if is_free else store.new_id("evidence")
        made = seal_file(file, store.home, own, size=row.size)
        return SealedHere(own, made.key)


def _file_of(manifest: dict[str, Any], row: Evidence) -> str | None:
    start = f"evidence/{row.id}-"
    return next(
        (
            name
            for name, known in manifest["files"].items()
            if name.startswith(start) and known["sha256"] == row.sha256
        ),
        None,
    )


def _checked(path: Path, lang: str) -> tuple[Pack, dict[str, Any]]:
    try:
        pack = open_pack(path)
        manifest, found = findings_of(pack)
    except NoPackError as error:
        raise _no_pack(say("it cannot be read")) from error
    if found:
        name, values = found[0]
        raise RefusedError(
            say(
                "The pack is not as it was signed: {what}; findings: {count}.",
                what=said(name, lang, **values),
                count=len(found),
            ),
            say("Ask for the pack again; nothing was written."),
        )
    if manifest["kind"] != "whole":
        raise redacted()
    return pack, manifest


def redacted() -> RefusedError:
    """Return the refusal to take in a copy that was made to be shared."""
    return RefusedError(
        say("That is a redacted copy, not the whole case, so it cannot be imported."),
        say("Ask for the whole case: “breachdesk export REF --pack FILE”."),
    )


def _no_pack(why: Message) -> RefusedError:
    return RefusedError(
        say("The file cannot be imported as a pack: {why}.", why=why),
        say("Take a file that “breachdesk export --pack” has written; nothing was written here."),
    )

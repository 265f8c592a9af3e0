"""Signed packs: write one, and show the key that signs them."""

import hashlib
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from breachdesk.cli.checking import note_faults, plain_findings
from breachdesk.cli.command import Counter
from breachdesk.cli.errand import Errand
from breachdesk.cli.options import flag
from breachdesk.cli.output import refuse_existing
from breachdesk.cli.plain import iso
from breachdesk.cli.progress import progress
from breachdesk.message import say

if TYPE_CHECKING:
    from breachdesk.desk.packing import Packed, Wanted


def register(desk: Counter) -> None:
    """Add the command."""
    desk.command(
        "signing-key",
        say("Show the public key that this desk signs packs with, as words to read out."),
        "breachdesk signing-key",
        "breachdesk signing-key --new",
    )(signing_key)


def pack(errand: Errand, ref: str, file: str, wanted: "Wanted", *, force: bool) -> None:
    """Write a signed pack."""
    path = Path(file).expanduser()
    refuse_existing(path, force=force)
    desk = errand.acting()
    ref = desk.intake.resolve(ref, writing=True)
    with progress(errand, say("Packing …")) as told:
        done = desk.packing.pack(ref, path, wanted, speaker=errand.speaker, force=force, told=told)
    note_faults(errand, done.findings)
    if errand.wants_json:
        errand.give(_plain(errand, done, path))
    else:
        _tell(errand, done, path)


def _plain(errand: Errand, done: "Packed", path: Path) -> dict[str, object]:
    return {
        "ref": done.case.ref,
        "path": str(path.resolve()),
        "size": path.stat().st_size,
        "kind": done.row.kind.value,
        "files": done.files,
        "manifest_sha256": done.row.manifest_sha256,
        "public_key": done.signer.public_key,
        "key_words": done.signer.words,
        "left_out": [errand.speaker.say(one) for one in done.left_out],
        "findings": plain_findings(done.findings),
    }


def _tell(errand: Errand, done: "Packed", path: Path) -> None:
    errand.write(done.case.ref)
    errand.tell(
        say("{path}, {size} bytes, {count} files, signed.", path=str(path),
            size=path.stat().st_size, count=done.files)
    )  # fmt: skip
    errand.tell(say("The key in words: {words}", words=done.signer.words))
    tell_left_out(errand, [errand.speaker.say(one) for one in done.left_out])
    errand.note(
        say(
            "Give the words to the receiver over another channel, such as the telephone. It is "
            "readable by anybody: send it encrypted."
        )
    )


def tell_left_out(errand: Errand, left: Sequence[str]) -> None:
    """Say what a copy does not hold."""
    if left:
        errand.tell(say("Not in it:"))
    for one in left:
        errand.flow(one, indent="  ", hang=2)


def signing_key(
    errand: Errand,
    *,
    new: Annotated[
        bool, flag("--new", say("Make a new key; old packs stay signed by the old one."))
    ] = False,
) -> None:
    """Show the key in force."""
    from breachdesk.exchange.pack import key_words, verifier

    signing = errand.acting().signing
    signer = signing.renew() if new else signing.signer()
    script = hashlib.sha256(verifier()).hexdigest()
    earlier = [one for one in signing.earlier() if one.public_key != signer.public_key]
    if errand.wants_json:
        errand.give(
            {
                "public_key": signer.public_key,
                "key_words": signer.words,
                "verifier_sha256": script,
                "earlier": [
                    {"public_key": one.public_key, "made_at": iso(one.recorded_at)}
                    for one in earlier
                ],
            }
        )
        return
    errand.write(signer.words)
    errand.tell(say("The key: {key}", key=signer.public_key))
    errand.tell(say("SHA-256 of verify.py: {digest}", digest=script))
    for one in earlier:
        words = key_words(bytes.fromhex(one.public_key))
        errand.tell(say("Until then, since {moment}: {words}", moment=one.recorded_at, words=words))

"""Check a pack that breachdesk has written. Needs Python 3.9 or newer and nothing else.

    python3 -I verify.py [PACK.zip or its unpacked folder] [--key "the eight words"]

It checks that every file is the one that was signed, that the signature is of the key in the pack,
and that the case's own chain of entries holds. Only the key that you compare over another channel
tells who signed: a stranger can sign a pack with a script in it. Take yours from where you trust.
"""

from __future__ import annotations

import base64
import hashlib
import json
import locale
import sys
import zipfile
import zlib
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from typing import Any, BinaryIO

_BROKEN = (LookupError, ValueError, TypeError, AttributeError, OSError, OverflowError, RuntimeError,
           EOFError, zipfile.BadZipFile, zlib.error)  # fmt: skip
"""What reading a stranger's file may end in."""
FORMAT, MANIFEST, SIGNATURE = "breachdesk-pack/1", "manifest.json", "manifest.sig"
_AT_ONCE = 1024 * 1024
_MOST, _MOST_MANIFEST = 256 * _AT_ONCE, 16 * _AT_ONCE
_MARKS, _MOST_VALUES = (b"[", b"{", b",", b":"), 6_000_000  # bytes that JSON has one of a value
_FOLDERS = {"document": "papers", "attachment": "receipts", "evidence": "evidence"}
Opened = Callable[[str], BinaryIO]
Plain = dict[str, Any]
Finding = tuple[str, Plain]


class NoPackError(ValueError):
    """What was given is no pack that can be read."""


class Pack:
    """The files of a pack, by path; nothing is unpacked to the disk."""

    def __init__(self, names: list[str], opened: Opened, beside: int = 0) -> None:
        """Take the names as they stand, twice if they stand there twice, and the bytes beside."""
        self.names, self.opened, self.beside = names, opened, beside

    def content(self, name: str, most: int = _MOST) -> bytes:
        """Return a whole file; the large ones are read by `digest`."""
        with self.opened(name) as file:
            content = file.read(most + 1)
        if len(content) > most or sum(map(content.count, _MARKS)) > _MOST_VALUES:
            raise NoPackError(name)
        return content

    def digest(self, name: str, most: int) -> tuple[int, str]:
        """Return size and SHA-256 of a file, read piece by piece and not far beyond `most`."""
        size, digest = 0, hashlib.sha256()
        with self.opened(name) as file:
            while size <= most and (piece := file.read(_AT_ONCE)):
                size += len(piece)
                digest.update(piece)
        return size, digest.hexdigest()


def open_pack(path: Path) -> Pack:
    """Return the pack in a zip file or a folder."""
    if path.is_dir():
        found = (one for one in path.rglob("*") if one.is_file() or one.is_symlink())
        names = sorted(one.relative_to(path).as_posix() for one in found)
        return Pack(names, lambda name: (path / name).open("rb"))
    try:
        whole, size = zipfile.ZipFile(path), path.stat().st_size
    except _BROKEN as error:
        raise NoPackError(str(error)) from error
    about = sum(one.compress_size + 2 * len(one.filename.encode()) + 200 for one in whole.filelist)

    def opened(name: str) -> BinaryIO:
        if whole.getinfo(name).compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            raise NoPackError(name)
        return whole.open(name)  # type: ignore[return-value]

    start = min((one.header_offset for one in whole.filelist), default=0)
    return Pack(whole.namelist(), opened, max(len(whole.comment), start, size - about - 200))


# Ed25519 (RFC 8032, section 5.1): a signature is checked, never made. A point is (X, Y, Z, T).
_P = 2**255 - 19
_ORDER = 2**252 + 27742317777372353535851937790883648493
_D = -121665 * pow(121666, -1, _P) % _P
_ROOT = pow(2, (_P - 1) // 4, _P)
Point = tuple[int, int, int, int]


def _add(one: Point, two: Point) -> Point:
    a = (one[1] - one[0]) * (two[1] - two[0])
    b = (one[1] + one[0]) * (two[1] + two[0])
    c, d = 2 * one[3] * two[3] * _D, 2 * one[2] * two[2]
    e, f, g, h = b - a, d - c, d + c, b + a
    return e * f % _P, g * h % _P, f * g % _P, e * h % _P


def _times(factor: int, point: Point) -> Point:
    total = 0, 1, 1, 0
    for bit in f"{factor:b}":
        total = _add(total, total)
        total = _add(total, point) if bit == "1" else total
    return total


def _point(raw: bytes) -> Point | None:
    number = int.from_bytes(raw, "little")
    is_odd, y = number >> 255, number & (2**255 - 1)
    if y >= _P:
        return None
    square = (y * y - 1) * pow(_D * y * y + 1, -1, _P) % _P
    x = pow(square, (_P + 3) // 8, _P)
    if (x * x - square) % _P:
        x = x * _ROOT % _P
    if (x * x - square) % _P or (x == 0 and is_odd):
        return None
    x = x if x & 1 == is_odd else _P - x
    return x, y, 1, x * y % _P


_BASE = _point((4 * pow(5, -1, _P) % _P).to_bytes(32, "little"))


def is_signed(public_key: bytes, message: bytes, signature: bytes) -> bool:
    """Return whether an Ed25519 signature is of this message and this key."""
    if len(public_key) != 32 or len(signature) != 64 or _BASE is None:  # noqa: PLR2004 - bytes
        return False
    key, seen = _point(public_key), _point(signature[:32])
    factor = int.from_bytes(signature[32:], "little")
    if key is None or seen is None or factor >= _ORDER or _times(8, key)[0] == 0:
        return False  # the last: one of eight keys for which anybody can sign
    hashed = hashlib.sha512(signature[:32] + public_key + message).digest()
    left = _times(factor, _BASE)
    right = _add(seen, _times(int.from_bytes(hashed, "little") % _ORDER, key))
    same_x = (left[0] * right[2] - right[0] * left[2]) % _P == 0
    return same_x and (left[1] * right[2] - right[1] * left[2]) % _P == 0


def key_words(public_key: bytes) -> str:
    """Return a key as eight words to read out: the first half of its SHA-256, 16 bits a word."""
    consonants, vowels, words = "bdfghjklmnprstvz", "aiou", []
    for at in range(0, 16, 2):
        two = int.from_bytes(hashlib.sha256(public_key).digest()[at : at + 2], "big")
        first, second, third = (consonants[two >> shift & 15] for shift in (12, 6, 0))
        words.append(first + vowels[two >> 10 & 3] + second + vowels[two >> 4 & 3] + third)
    return " ".join(words)


def words_of(key: str) -> str:
    """Return the words of a key in hex; a question mark when it is none."""
    is_hex = len(key) == 64 and not set(key) - set("0123456789abcdef")  # noqa: PLR2004 - hex
    return key_words(bytes.fromhex(key)) if is_hex else "?"


# The chain: each entry holds a salted digest of its row, and the digest of the entry before.
def _hashed(kind: str, *parts: str | bytes) -> str:
    whole = hashlib.sha256(f"breachdesk/{kind}/1".encode())
    for part in parts:
        raw = part.encode() if isinstance(part, str) else part
        whole.update(len(raw).to_bytes(8, "big") + raw)
    return whole.hexdigest()


def _chain_findings(lines: list[Plain], head: str) -> Iterator[Finding]:
    count, previous = 0, "0" * 64
    for line in lines:
        entry, said = line["header"], {name: line["header"][name] for name in ("seq", "subject")}
        if (entry["case_seq"], entry["case_previous"]) != (count + 1, previous):
            yield "order", said
        header = json.dumps(entry, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        sealed = _hashed("entry", line["previous"], header, line["payload_digest"])
        if sealed != line["digest"]:
            yield "entry", said
        salt, version = bytes.fromhex(line["salt"] or ""), str(entry["record_version"])
        payload = _hashed("row", salt, entry["record"], version, line["row"])
        if payload != line["payload_digest"]:
            yield "row", said
        count, previous = entry["case_seq"], line["digest"]
    if previous != head:
        yield "head", {}


def _same(sealed: object, shown: object) -> bool:
    """Is what the case file shows what was sealed: a time as seconds, bytes as their SHA-256?"""
    if sealed == shown or not isinstance(shown, str):
        return shown in (sealed, {"sha256": sealed})
    try:
        if isinstance(sealed, int):
            return int(datetime.fromisoformat(shown).timestamp()) == sealed
        return hashlib.sha256(base64.b64decode(shown, validate=True)).hexdigest() == sealed
    except ValueError:
        return False


def _case_findings(case: Plain, lines: list[Plain], files: Plain) -> Iterator[Finding]:
    rows = [case["incident"], *(one for several in case["rows"].values() for one in several)]
    sealed = {line["header"]["subject"]: json.loads(line["row"]) for line in lines}
    for row in rows:
        known = sealed.pop(row["id"], None)
        if known is None:
            yield "no_entry", {"subject": row["id"]}
            continue
        wrong = [name for name in row if name in known and not _same(known[name], row[name])]
        if wrong or set(known) - set(row) - {"seq"}:
            yield "shown", {"subject": row["id"], "field": ", ".join(wrong) or "–"}
    yield from (("no_row", {"subject": subject}) for subject in sealed)
    yield from _beside(case, files)


def _beside(case: Plain, files: Plain) -> Iterator[Finding]:
    """Yield papers, receipts and evidence that are not those the case speaks of."""
    named: dict[tuple[str, str], list[str]] = {}
    for name in files:
        folder, _, rest = name.partition("/")
        parts = rest[:-4].rsplit("-", 2)[-2:] if folder == "papers" else rest.split("-", 2)[:2]
        if folder in _FOLDERS.values():
            named.setdefault((folder, "-".join(parts)), []).append(name)
    for table, folder in _FOLDERS.items():
        for row in case["rows"].get(table, []):
            names, about = named.pop((folder, row["id"]), []), {"subject": row["id"]}
            text = hashlib.sha256(row.get("text", "").encode()).hexdigest()  # of a paper, sealed
            for name in names:
                is_text = folder == "papers" and name.endswith(".txt")
                if files[name]["sha256"] != (text if is_text else row["sha256"]):
                    yield "another", {"name": name, **about}
            whole = {".pdf", ".txt"} <= {one[-4:] for one in names} if folder == "papers" else names
            if not whole and table != "evidence":
                yield "no_file", about
    yield from (("no_entry", {"subject": name}) for several in named.values() for name in several)


def _is_plain(name: str) -> bool:
    parts = name.split("/")
    return "\\" not in name and ":" not in name and not {"", ".", ".."} & set(parts)


def _file_findings(pack: Pack, files: Plain) -> Iterator[Finding]:
    counted = Counter(pack.names)
    if pack.beside > 0:
        yield "beside", {"count": pack.beside}
    for name, count in counted.items():
        if name not in files and name not in (MANIFEST, SIGNATURE):
            yield "unlisted", {"name": name}
        if count > 1:
            yield "twice", {"name": name}
    for name, known in files.items():
        if not _is_plain(name):
            yield "path", {"name": name}
        elif name not in counted:
            yield "missing", {"name": name}
        elif not _is_same(pack, name, known):
            yield "changed", {"name": name}


def _is_same(pack: Pack, name: str, known: Plain) -> bool:
    try:
        return (known["size"], known["sha256"]) == pack.digest(name, known["size"])
    except _BROKEN:
        return False


def read_manifest(pack: Pack) -> tuple[Plain, bytes]:
    """Return what the manifest says, and its bytes: the ones that are signed."""
    try:
        raw = pack.content(MANIFEST, _MOST_MANIFEST)
        manifest = json.loads(raw)
        if manifest["format"] == FORMAT and isinstance(manifest, dict):
            return manifest, raw
    except _BROKEN as error:
        raise NoPackError(str(error)) from error
    raise NoPackError(FORMAT)


def findings_of(pack: Pack) -> tuple[Plain, list[Finding]]:
    """Return the manifest and everything that is wrong with the pack."""
    manifest, raw = read_manifest(pack)
    try:
        key = bytes.fromhex(manifest["public_key"])
        signature = bytes.fromhex(pack.content(SIGNATURE, 1000).decode("ascii").strip())
        is_fine = is_signed(key, raw, signature)
    except _BROKEN:
        is_fine = False
    found: list[Any] = [] if is_fine else [("signature", {})]
    try:
        found += _file_findings(pack, manifest["files"])
        gone = sorted({"case.json", "chain.jsonl"} - {*pack.names})
        if manifest["kind"] == "whole" and gone:
            found += [("missing", {"name": name}) for name in gone]
        elif manifest["kind"] == "whole":
            lines = [json.loads(one) for one in pack.content("chain.jsonl").splitlines()]
            found += _chain_findings(lines, manifest["case_head"])
            found += _case_findings(json.loads(pack.content("case.json")), lines, manifest["files"])
    except NoPackError:
        raise
    except _BROKEN as error:
        found.append(("unreadable", {"why": f"{type(error).__name__}: {error}"}))
    return manifest, list({json.dumps(one): one for one in found}.values())


# fmt: off
WORDS = {
    "usage": ("python3 -I verify.py [PACK.zip or its unpacked folder] [--key 'the eight words']",
        "python3 -I verify.py [PAKKE.zip eller utpakket mappe] [--key 'de åtte ordene']"),
    "codes": ("Exit code: 0 all as signed, 1 something is wrong, 2 this is no pack.",
        "Sluttkode: 0 alt er som signert, 1 noe er galt, 2 dette er ingen pakke."),
    "head_line": ("{ref}, written {made_at}, {kind}.", "{ref}, skrevet {made_at}, {kind}."),
    "whole": ("the whole case", "hele saken"),
    "redacted": ("a redacted copy, not the whole case", "en sladdet kopi, ikke hele saken"),
    "key": ("Its key: {key}\n  in words: {words}", "Nøkkelen: {key}\n  i ord: {words}"),
    "fine": ("Nothing is wrong: {count} files, each as it was signed.",
        "Ingenting er galt: {count} filer, hver av dem slik den ble signert."),
    "entries": ("{count} entries of the chain hold.", "{count} oppføringer i kjeden stemmer."),
    "whose": ("Whose key it is cannot be said here: compare the words over another channel.",
        "Hvem nøkkelen tilhører, kan ikke sies her: sammenlign ordene på en annen måte."),
    "same_key": ("It is the key you gave.", "Det er nøkkelen du oppga."),
    "other_key": ("It is NOT the key you gave.", "Det er IKKE nøkkelen du oppga."),
    "wrong": ("Wrong, {count}:", "Feil, {count}:"),
    "no_pack": ("This is no pack to be read: {why}", "Dette er ingen lesbar pakke: {why}"),
    "signature": ("the signature does not fit the manifest", "signaturen hører ikke til innholdet"),
    "changed": ("changed: {name}", "endret: {name}"),
    "missing": ("missing: {name}", "mangler: {name}"),
    "unlisted": ("nobody signed for it: {name}", "ingen har signert for den: {name}"),
    "twice": ("stands there twice: {name}", "finnes to ganger: {name}"),
    "beside": ("bytes that belong to no file: {count}", "byte som ikke er i noen fil: {count}"),
    "path": ("a path that leads out of the pack: {name}", "en sti som fører ut av pakken: {name}"),
    "order": ("entry {seq} does not follow the one before it", "oppføring {seq} står feil"),
    "entry": ("entry {seq} was changed", "oppføring {seq} er endret"),
    "row": ("row of entry {seq} was changed: {subject}", "rad {seq} er endret: {subject}"),
    "head": ("the chain does not end where it should", "kjeden slutter ikke der den skal"),
    "shown": ("case.json shows {subject} otherwise than it was sealed: {field}",
        "case.json viser {subject} annerledes enn det ble forseglet: {field}"),
    "no_entry": ("no entry speaks of {subject}", "ingen oppføring gjelder {subject}"),
    "no_row": ("the row {subject} is missing in case.json", "raden {subject} mangler i case.json"),
    "another": ("{name} is not the file of {subject}", "{name} er ikke filen til {subject}"),
    "no_file": ("the file of {subject} is missing", "filen til {subject} mangler"),
    "unreadable": ("something cannot be read: {why}", "noe kan ikke leses: {why}"),
}
# fmt: on
"""What is said, in English and bokmål."""


def said(sentence: str, lang: str, /, **values: object) -> str:
    """Return a sentence with nothing in it that steers a terminal or that it cannot show."""
    shown = {key: "".join(one if one.isprintable() else "\ufffd" for one in str(value)[:300])
             for key, value in values.items()}  # fmt: skip
    return WORDS[sentence][lang == "nb"].format(**shown)


def main(arguments: list[str]) -> int:
    """Check a pack and say what was found."""
    spoken = (locale.getlocale()[0] or "").lower()
    lang = "nb" if spoken[:2] in ("nb", "nn", "no") else "en"
    if {"-h", "--help"} & set(arguments):
        print(said("usage", lang), said("codes", lang), sep="\n")
        return 0
    arguments, wanted = _split_key(arguments)
    path = Path(arguments[0]) if arguments else Path(__file__).resolve().parent
    try:
        pack = open_pack(path)
        manifest, found = findings_of(pack)
    except NoPackError as error:
        print(said("no_pack", lang, why=error))
        return 2
    key, is_whole = str(manifest.get("public_key", "")), manifest.get("kind") == "whole"
    words, kind = words_of(key), said("whole" if is_whole else "redacted", lang)
    is_it = wanted in (words, key) if wanted else None
    whose = said({True: "same_key", False: "other_key", None: "whose"}[is_it], lang)
    if is_it is False:
        print(whose)
    about = {name: manifest.get(name) for name in ("ref", "made_at")}
    print(said("head_line", lang, **about, kind=kind))
    print(said("key", lang, key=key, words=words))
    if found:
        lines = ["  " + said(name, lang, **values) for name, values in found]
        print(said("wrong", lang, count=len(found)), *lines, sep="\n")
    if found or is_it is False:
        return 1
    print(said("fine", lang, count=len(manifest["files"])))
    if is_whole:
        print(said("entries", lang, count=len(pack.content("chain.jsonl").splitlines())))
    print(whose)
    return 0


def _split_key(arguments: list[str]) -> tuple[list[str], str]:
    if "--key" not in arguments:
        return arguments, ""
    at = arguments.index("--key")
    wanted = " ".join(arguments[at + 1 : at + 2]).lower().replace("-", " ").replace(",", " ")
    return arguments[:at] + arguments[at + 2 :], " ".join(wanted.split()) or "?"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

"""Secret words in every field of a case, and where they are looked for."""

import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

from tests.faults.verbs import RISK, Machine

PASSPHRASE = "Grevlingpassfrase over fjellet"
FIELDS = (
    "tittel", "sammendrag", "kunnskap", "notat", "beskrivelse", "hendelsesforløp", "systemer",
    "utreder", "oppgave", "oppgaveeier", "begrunnelse", "mottaker", "kanal", "kvittering",
    "vedleggsnavn", "vedleggsinnhold", "opphav", "innsamler", "bevisnotat", "bevisnavn",
    "bevisinnhold", "utlevert", "formål", "rettelse", "nytittel", "halvskrevet", "adressat",
    "veiadresse", "angrer", "lukket",
)  # fmt: skip
WORDS = {field: f"Zq{field.translate(str.maketrans('øåæ', 'oae'))}xwk" for field in FIELDS}
"""Field to a word that stands nowhere else, in plain letters so that no encoding hides it."""

_PAGE, _RESERVED, _IV, _SALT = 4096, 80, 16, 16


def tell_everything(desk: Machine) -> str:
    """Do the whole job with a secret word in every field; return the case's reference."""
    w, folder = WORDS, desk.folder
    (folder / f"{w['vedleggsnavn']}.txt").write_text(w["vedleggsinnhold"], encoding="utf-8")
    (folder / f"{w['bevisnavn']}.eml").write_text(w["bevisinnhold"] * 900, encoding="utf-8")
    (folder / "people.csv").write_text(
        "navn;adresse;postnummer;poststed\n"
        f"Kari {w['adressat']};{w['veiadresse']} 1;0155;Oslo\n", encoding="utf-8",
    )  # fmt: skip
    ref = desk("new", w["tittel"], "--aware", "2 h ago", "--why", w["kunnskap"], "--nature", "c",
               "--summary", w["sammendrag"]).split("\n")[0]  # fmt: skip
    desk("note", ref, w["notat"])
    desk(
        "answer",
        ref,
        "facts",
        "--set",
        f"description={w['beskrivelse']}",
        "--set",
        f"how_it_happened={w['hendelsesforløp']}",
        "--set",
        f"systems={w['systemer']}",
    )
    desk("answer", ref, "facts", "--unknown", "cause", "--owner", w["utreder"])
    desk("answer", ref, "risk", *(word for one in RISK for word in ("--set", one)))
    desk("assess", ref)
    desk("task", "add", ref, w["oppgave"], "--owner", w["oppgaveeier"])
    desk("decide", ref, "notify_authority", "--outcome", "yes", "--because", w["begrunnelse"])
    paper = desk("issue", ref, "notification", "--out", str(folder / "a.pdf")).split("\n")[0]
    desk("issue", ref, "communication", "--out", str(folder / "b.pdf"))
    desk(
        "sent",
        paper,
        "--to",
        w["mottaker"],
        "--channel",
        w["kanal"],
        "--receipt",
        w["kvittering"],
        "--attach",
        str(folder / f"{w['vedleggsnavn']}.txt"),
    )
    desk("sent", ref, "--duty", "inform_subjects", "--to", "Alle", "--channel", "Post")
    sendings = re.findall(r'"id": "(dsp-\w+|\w*dis\w*-\w+)"', desk("show", ref, "--json"))
    desk("unsent", sendings[-1], "--because", w["angrer"])
    piece = desk("evidence", "add", ref, str(folder / f"{w['bevisnavn']}.eml"),
                 "--origin", w["opphav"], "--collector", w["innsamler"],
                 "--note", w["bevisnotat"]).split("\n")[0]  # fmt: skip
    desk(
        "evidence",
        "export",
        piece,
        "--out",
        str(folder / "copy.eml"),
        "--to",
        w["utlevert"],
        "--purpose",
        w["formål"],
    )
    desk("correct", ref, "title", w["nytittel"], "--because", w["rettelse"])
    desk(
        "letters",
        ref,
        "--recipients",
        str(folder / "people.csv"),
        "--merged",
        str(folder / "m.pdf"),
    )
    desk("close", ref, "--because", w["lukket"])
    desk("backup", str(desk.home.parent / "kept" / "desk.backup"))
    return ref


def found_in_files(folders: Iterable[Path], words: Iterable[str]) -> list[tuple[str, str]]:
    """Return which file, or name of a file, holds which word, in any usual encoding."""
    wanted = {word: [word.encode(code) for code in ("utf-8", "utf-16-le", "utf-16-be")]
              for word in words}  # fmt: skip
    found = []
    for folder in folders:
        for path in (one for one in folder.rglob("*") if one.is_file()):
            content = path.read_bytes() + str(path.relative_to(folder)).encode()
            found += [
                (path.name, word)
                for word, spellings in wanted.items()
                if any(one in content for one in spellings)
            ]
    return found


def found_in_pages(database: Path, key: bytes, words: Iterable[str]) -> set[str]:
    """Return the words in any page of the database once it is decrypted, free pages included."""
    content = b"\0".join(_pages(database, key))
    return {word for word in words if word.encode() in content}


def _pages(database: Path, key: bytes) -> Iterator[bytes]:
    """Decrypt page for page as SQLCipher 4 does: AES-256-CBC, its vector at the page's end."""
    with database.open("rb") as file:
        for number, page in enumerate(iter(lambda: file.read(_PAGE), b"")):
            start = _SALT if number == 0 else 0
            vector = page[-_RESERVED : -_RESERVED + _IV]
            cipher = Cipher(algorithms.AES(key), modes.CBC(vector)).decryptor()
            yield cipher.update(page[start:-_RESERVED]) + cipher.finalize()

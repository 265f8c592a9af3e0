"""Secret words in every field of a case, and where they are looked for."""

import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

from breachdesk.forms import find_forms, load
from breachdesk.rules.questionnaire import Questionnaire
from breachdesk.terms import QuestionKind
from tests.faults.verbs import RISK, Machine

PASSPHRASE = "Grevlingpassfrase over fjellet"
FIELDS = (
    "tittel", "sammendrag", "kunnskap", "notat", "notatkilde", "utreder", "svargrunn",
    "oppgave", "oppgaveeier", "oppgavegrunn", "begrunnelse", "mottaker", "kanal", "kvittering",
    "vedleggsnavn", "vedleggsinnhold", "opphav", "innsamler", "bevisnotat", "bevisnavn",
    "bevisinnhold", "bevissted", "utlevert", "formål", "kopisted", "rettelse", "nytittel",
    "halvskrevet", "adressat", "veiadresse", "angrer", "lukket", "gruppenavn", "nygruppenavn",
    "gruppegrunn", "gruppeutreder", "gruppesvar", "holder", "holdgrunn", "pakkemottaker",
    "pakkeformål", "pakkested", "brevutfall", "likevel",
)  # fmt: skip
"""What a person can say of a case, by the place it is said in."""
STAYING = ("virksomheten", "behandling", "saksbehandler")
"""What belongs to the desk, not to a case: it is kept encrypted, and no erasure takes it."""


def word_for(field: str) -> str:
    """Return a word that stands nowhere else, in plain letters so that no encoding hides it."""
    return f"Zq{field.translate(str.maketrans('øåæ', 'oae', '_'))}xwk"


FORMS = tuple(load(find_forms()).questionnaires.values())


def free_questions(form: Questionnaire) -> tuple[str, ...]:
    """Return the ids of a form's questions that are answered in words."""
    return tuple(one.id for one in form.questions if one.kind is QuestionKind.TEXT)


WORDS = {
    field: word_for(field)
    for field in (*FIELDS, *STAYING, *(one for form in FORMS for one in free_questions(form)))
}
"""Every field, and every question answered in words (the EDPB template's too), to its word."""
NEVER_KEPT = {WORDS[one] for one in ("adressat", "veiadresse", "brevutfall")}
"""The people of a list, and what came back of their letters: only counts and digests are kept."""

_PAGE, _RESERVED, _IV, _SALT = 4096, 80, 16, 16
_LOG_HEADER, _FRAME = 32, 24


def tell_everything(desk: Machine) -> str:
    """Do the whole job with a secret word in every field; return the case's reference."""
    w = WORDS
    _lay_files(desk)
    desk("organisation", "import", str(desk.folder / "profile.toml"))
    said = desk("new", w["tittel"], "--aware", "2 h ago", "--why", w["kunnskap"], "--nature", "c",
                "--summary", w["sammendrag"], "--processing", w["behandling"])  # fmt: skip
    ref = said.split("\n")[0]
    desk("note", ref, w["notat"], "--source", w["notatkilde"], "--as", w["saksbehandler"])
    _answer(desk, ref)
    _group(desk, ref)
    desk("assess", ref)
    desk("task", "add", ref, w["oppgave"], "--owner", w["oppgaveeier"])
    desk("task", "done", ref, "1", "--because", w["oppgavegrunn"])
    desk("decide", ref, "notify_authority", "--outcome", "yes", "--because", w["begrunnelse"])
    desk("decide", ref, "inform_subjects", "--outcome", "yes", "--because", w["begrunnelse"])
    _send(desk, ref)
    _keep_evidence(desk, ref)
    desk("correct", ref, "title", w["nytittel"], "--because", w["rettelse"])
    desk("letters", ref, "--recipients", _in(desk, "people.csv"), "--merged", _in(desk, "m.pdf"))
    desk("letters", ref, "--results", _in(desk, "results.csv"))
    desk("export", ref, "--pack", _in(desk, f"{w['pakkested']}.zip"), "--with-evidence",
         "--to", w["pakkemottaker"], "--purpose", w["pakkeformål"])  # fmt: skip
    desk("hold", ref, "--person", w["holder"], "--because", w["holdgrunn"])
    desk("hold", ref, "--release", "--because", w["holdgrunn"])
    desk("close", ref, "--because", w["lukket"])
    desk("export", ref, "--out", _in(desk, "case.json"))
    desk("backup", str(desk.home.parent / "kept" / "desk.backup"))
    return ref


def _in(desk: Machine, name: str) -> str:
    return str(desk.folder / name)


def _lay_files(desk: Machine) -> None:
    """Write what is handed in as files."""
    w, folder = WORDS, desk.folder
    files = {
        f"{w['vedleggsnavn']}.txt": w["vedleggsinnhold"],
        f"{w['bevisnavn']}.eml": w["bevisinnhold"] * 900,
        f"{w['bevissted']}.img": "left where it lies",
        "people.csv": "navn;adresse;postnummer;poststed\n"
        f"Kari {w['adressat']};{w['veiadresse']} 1;0155;Oslo\n",
        "results.csv": f"rad;status;merknad\n2;levert;{w['brevutfall']}\n",
        "profile.toml": f'[organisation]\nname = "{w["virksomheten"]}"\ncountry = "NO"\n'
        f'[[processing]]\nid = "{w["behandling"]}"\ntitle = "Kunder"\nrole = "controller"\n',
    }
    for name, content in files.items():
        (folder / name).write_text(content, encoding="utf-8")


def _answer(desk: Machine, ref: str) -> None:
    """Answer every question that takes words, and one twice with the reason of the change."""
    w = WORDS
    for form in FORMS:
        words = free_questions(form)
        if words:
            desk("answer", ref, form.id, *(part for one in words
                                           for part in ("--set", f"{one}={w[one]}")))  # fmt: skip
    desk("answer", ref, "facts", "--unknown", "cause", "--owner", w["utreder"])
    desk("answer", ref, "facts", "--set", "people_number=4")
    desk("answer", ref, "facts", "--set", "people_number=5", "--because", w["svargrunn"])
    desk("answer", ref, "risk", *(word for one in RISK for word in ("--set", one)))


def _group(desk: Machine, ref: str) -> None:
    w = WORDS
    desk("group", "add", ref, w["gruppenavn"], "--number", "2")
    desk("answer", ref, "risk", "--group", w["gruppenavn"], "--set", RISK[0])
    desk("answer", ref, "risk", "--group", w["gruppenavn"], "--unknown", "insight",
         "--owner", w["gruppeutreder"], "--because", w["gruppesvar"])  # fmt: skip
    desk("group", "correct", ref, w["gruppenavn"], "--name", w["nygruppenavn"],
         "--because", w["gruppegrunn"])  # fmt: skip


def _send(desk: Machine, ref: str) -> None:
    w, folder = WORDS, desk.folder
    paper = desk("issue", ref, "notification", "--phase", "final", "--because", w["likevel"],
                 "--out", str(folder / "a.pdf")).split("\n")[0]  # fmt: skip
    desk("issue", ref, "communication", "--out", str(folder / "b.pdf"))
    desk("sent", paper, "--to", w["mottaker"], "--channel", w["kanal"],
         "--receipt", w["kvittering"],
         "--attach", str(folder / f"{w['vedleggsnavn']}.txt"))  # fmt: skip
    desk("sent", ref, "--duty", "inform_subjects", "--to", "Alle", "--channel", "Post")
    sendings = re.findall(r'"id": "(dsp-\w+|\w*dis\w*-\w+)"', desk("show", ref, "--json"))
    desk("unsent", sendings[-1], "--because", w["angrer"])


def _keep_evidence(desk: Machine, ref: str) -> None:
    w, folder = WORDS, desk.folder
    piece = desk("evidence", "add", ref, str(folder / f"{w['bevisnavn']}.eml"),
                 "--origin", w["opphav"], "--collector", w["innsamler"],
                 "--note", w["bevisnotat"]).split("\n")[0]  # fmt: skip
    desk("evidence", "add", ref, str(folder / f"{w['bevissted']}.img"), "--reference")
    desk("evidence", "export", piece, "--out", str(folder / f"{w['kopisted']}.eml"),
         "--to", w["utlevert"], "--purpose", w["formål"])  # fmt: skip


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
    """Return the words in any page once it is decrypted: free pages and the log's included."""
    content = b"\0".join((*_of_file(database, key), *_of_log(database, key)))
    return {word for word in words if word.encode() in content}


def _of_file(database: Path, key: bytes) -> Iterator[bytes]:
    with database.open("rb") as file:
        for number, page in enumerate(iter(lambda: file.read(_PAGE), b""), 1):
            yield _decrypted(page, number, key)


def _of_log(database: Path, key: bytes) -> Iterator[bytes]:
    """Decrypt the frames of the write-ahead log, if there is one."""
    path = database.with_name(f"{database.name}-wal")
    content = path.read_bytes()[_LOG_HEADER:] if path.exists() else b""
    whole = _FRAME + _PAGE
    for start in range(0, len(content) - whole + 1, whole):
        number = int.from_bytes(content[start : start + 4])
        yield _decrypted(content[start + _FRAME : start + whole], number, key)


def _decrypted(page: bytes, number: int, key: bytes) -> bytes:
    """Decrypt one page as SQLCipher 4 does: AES-256-CBC, its vector at the page's end."""
    start = _SALT if number == 1 else 0
    vector = page[-_RESERVED : -_RESERVED + _IV]
    cipher = Cipher(algorithms.AES(key), modes.CBC(vector)).decryptor()
    return cipher.update(page[start:-_RESERVED]) + cipher.finalize()

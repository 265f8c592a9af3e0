"""No word of a case stands in any file of the desk, the write-ahead log included."""

from pathlib import Path

from breachdesk.records import RegisterRow
from breachdesk.store.store import Store
from breachdesk.terms import AuditAction, Role, Status

from .making import NOW, document, log_case, note

SECRETS = ("Grevlingvegen", "Pasientlekkasje", "Tastefeilfragment", "Papirhemmelig", "Solveig Ø")


def _spellings(word: str) -> tuple[bytes, ...]:
    return word.encode(), word.encode("utf-16-le"), word.encode("utf-16-be")


def test_planted_words_are_in_no_file_while_open_or_closed(opened: Store, home: Path) -> None:
    place, title, typed, paper, person = SECRETS
    with opened.transaction(actor=person, now=NOW) as writing:
        incident_id = log_case(writing, title=title)
        writing.add(note(incident_id, f"Sett i {place}"), AuditAction.NOTE_RECORD)
        writing.add(document(incident_id, paper.encode(), text=paper), AuditAction.DOCUMENT_ISSUE)
        writing.save_half_typed(person, "new", "summary", typed)
        writing.put_register_row(
            RegisterRow(
                incident_id=incident_id,
                seq=2,
                ref="BD-2026-001",
                year=2026,
                number=1,
                title=title,
                role=Role.CONTROLLER,
                status=Status.OPEN,
            ),
            " ".join(SECRETS),
        )
    with opened.reading() as reading:
        assert reading.register_rows(search=title)
        assert (home / "desk.db-wal").stat().st_size > 0
        assert _found_in(home) == []
    opened.close()
    assert _found_in(home) == []


def _found_in(home: Path) -> list[tuple[str, str]]:
    return [
        (file.name, word)
        for file in home.rglob("*")
        for word in SECRETS
        if any(spelling in file.read_bytes() for spelling in _spellings(word))
    ]

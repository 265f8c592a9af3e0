"""What lies outside the desk is said at every erasure; no paper gets the version of another."""

from pathlib import Path

import pytest

from breachdesk.desk import Desk
from breachdesk.desk.letters import Order
from breachdesk.desk.packing import Wanted
from breachdesk.errors import RefusedError
from breachdesk.language import Speaker
from breachdesk.records import Backup, Erasure, NewEvidence, NewIncident, NewNote
from breachdesk.terms import AuditAction, DocumentKind, Lang
from tests.desk.desks import OSLO, ToldClock

ENGLISH = Speaker("en", OSLO)


def issue(desk: Desk, kind: DocumentKind = DocumentKind.NOTIFICATION) -> int:
    return desk.papers.issue("1", kind, lang=Lang.NB).document.version


def test_papers_of_an_erased_case_go_on_from_the_versions_that_were_issued(desk: Desk) -> None:
    desk.intake.log(NewIncident(title="Lønnsliste"))
    assert [issue(desk), issue(desk), issue(desk, DocumentKind.REGISTER_ENTRY)] == [1, 2, 1]
    desk.erasing.erase("1", "Fem år er gått")
    assert desk.papers.draft("1", DocumentKind.NOTIFICATION).version == 3
    assert [issue(desk), issue(desk), issue(desk, DocumentKind.REGISTER_ENTRY)] == [3, 4, 2]
    assert issue(desk, DocumentKind.HANDOVER) == 1
    desk.erasing.erase("1", "Det skulle ikke ha stått der")
    assert [issue(desk), issue(desk, DocumentKind.REGISTER_ENTRY)] == [5, 3]
    assert desk.trust.verify().ok


def fill(desk: Desk, folder: Path) -> None:
    """Let a case leave the desk in every way that the desk knows of."""
    issue(desk)
    kept, lent = folder / "Per Hansen.txt", folder / "logg.txt"
    kept.write_bytes(b"kept")
    lent.write_bytes(b"lent")
    _, piece = desk.evidence.add("1", kept, NewEvidence(collector="Ola"))
    desk.evidence.add("1", lent, NewEvidence(collector="Ola"), is_reference=True)
    desk.evidence.export(piece.id, folder / "Hansen.copy", purpose="Anmeldelse", recipient="Kripos")
    desk.viewing.end(desk.viewing.view(piece.id, purpose="Hvem", folder=folder))
    people = b"navn;adresse;postnummer;poststed\nKari Li;Veien 1;0155;Oslo\n"
    desk.letters.make("1", Order(content=people, print_file=folder / "print.pdf"))
    wanted = Wanted(recipient="Kripos", purpose="Anmeldelse")
    desk.packing.pack("1", folder / "Hansen.pack", wanted, speaker=ENGLISH)


def said(desk: Desk) -> list[str]:
    """What is told of an erased case."""
    return [ENGLISH.say(one) for one in desk.erasing.out_of_reach("1")]


def test_a_later_erasure_lists_again_what_an_earlier_one_could_not_reach(
    desk: Desk, clock: ToldClock, tmp_path: Path
) -> None:
    desk.intake.log(NewIncident(title="Lønnsliste"))
    fill(desk, tmp_path)
    first = desk.erasing.erase("1", "Fem år er gått").out_of_reach
    clock.move(hours=24)
    assert issue(desk) == 2
    again = [ENGLISH.say(one) for one in desk.erasing.erase("1", "En gang til").out_of_reach]
    assert len(again) == len(first) + 1
    papers = [one for one in again if "copies of the paper" in one]
    assert [one.rpartition(", ")[0][-1] for one in papers] == ["1", "1", "2"]
    for part in (
        "the letters made out to people", "the copy of evidence handed out", "such as previews",
        "the evidence kept by reference", "taken in from", "the signed pack made",
    ):  # fmt: skip
        assert sum(part in one for one in again) == 1, part
    assert said(desk) == again, "and whoever asks later reads the same"
    assert desk.trust.verify().ok


def test_what_an_erasure_remembers_names_nobody_and_no_place(desk: Desk, tmp_path: Path) -> None:
    desk.intake.log(NewIncident(title="Lønnsliste"))
    fill(desk, tmp_path)
    desk.erasing.erase("1", "Fem år er gått")
    with desk.office.reading() as reading:
        kept = str([row.beyond for row in reading.rows(Erasure)])
    assert "version" in kept
    assert [one for one in ("Hansen", "Kripos", "Kari", str(tmp_path)) if one in kept] == []


def test_every_backup_that_holds_what_is_gone_is_named_and_no_other(
    desk: Desk, clock: ToldClock
) -> None:
    def backed_up(name: str) -> None:
        store = desk.office.store
        with store.transaction(actor="Kari Nordmann", now=clock()) as writing:
            seq, head = writing.head()
            row = Backup(id="", place=f"{name}.backup", made_at=clock(), size=1, sha256="a" * 64,
                         head_seq=seq, head=head, key_check="b" * 8)  # fmt: skip
            writing.add(row, AuditAction.BACKUP_RECORD)

    backed_up("before-the-case")
    desk.intake.log(NewIncident(title="Lønnsliste"))
    backed_up("when-logged")
    desk.intake.correct("1", "title", "Lønnsliste på avveie", "Rettet")
    backed_up("when-corrected")
    desk.erasing.erase("1", "Fem år er gått")
    backed_up("when-erased")
    desk.timeline.note("1", NewNote(text="Ringte igjen"))
    backed_up("when-noted")
    beyond = [ENGLISH.say(one) for one in desk.erasing.erase("1", "En gang til").out_of_reach]
    named = [Path(one.split()[2].rstrip(",")).stem for one in beyond if ".backup" in one]
    assert named == ["when-logged", "when-corrected", "when-noted"]


def test_a_case_with_nothing_to_erase_says_where_its_list_is(desk: Desk) -> None:
    desk.intake.log(NewIncident(title="Lønnsliste"))
    desk.erasing.erase("1", "Fem år er gått")
    with pytest.raises(RefusedError) as refused:
        desk.erasing.erase("1", "Igjen")
    assert "what is out of reach" in str(refused.value.next_step)

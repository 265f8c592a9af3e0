"""A pack names each paper in words: for which group, in which language, and what changed."""

from pathlib import Path
from zoneinfo import ZoneInfo

from breachdesk.desk.packing import Wanted
from breachdesk.language import Speaker
from breachdesk.records import Document, NewGroup
from breachdesk.terms import DocumentKind, Lang
from tests.desk.desks import new_desk
from tests.desk.packs import checked, files_of
from tests.desk.test_moving import worked_on

SPEAKER = Speaker("en", ZoneInfo("Europe/Oslo"))


def test_each_paper_is_named_by_its_group_and_language_and_what_changed(tmp_path: Path) -> None:
    desk = new_desk(tmp_path)
    ref = worked_on(desk)
    desk.groups.add(ref, NewGroup(name="Employees"))
    letter, memo = DocumentKind.COMMUNICATION, DocumentKind.DECISION_MEMO
    everybody = desk.papers.issue(ref, letter, lang=Lang.EN).document
    theirs = desk.papers.issue(ref, letter, lang=Lang.EN, group="Employees").document
    desk.papers.issue(ref, memo, lang=Lang.NB)
    translated = desk.papers.issue(ref, memo, lang=Lang.EN).document
    assert (everybody.version, theirs.version, translated.version) == (1, 1, 2)
    path = tmp_path / "case.zip"
    desk.packing.pack(ref, path, Wanted(), speaker=SPEAKER)
    desk.close()
    made = files_of(path)
    assert f"papers/communication-group-1-01-en-{theirs.id}.pdf" in made
    lines = made["README.txt"].decode().splitlines()

    def named(document: Document) -> str:
        return next(one for one in lines if document.id in one)

    assert "for the group “Employees”" in named(theirs)
    assert "Employees" not in named(everybody)
    assert "English, version 2" in named(translated)
    assert "had not changed since version 1 in Norwegian (bokmål)" in named(translated)
    assert checked(path)[0] == 0

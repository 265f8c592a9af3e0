"""Every paper read by its structure: as a screen reader reads it, and as the text paper says it."""

import io
import re
from itertools import pairwise

import pikepdf
import pytest

from breachdesk.documents import pdf, text
from breachdesk.documents.draft import Draft, Stamp
from breachdesk.documents.pdf.press import SingleFiles
from breachdesk.documents.register import register_paper
from breachdesk.records.recipient import Recipient
from breachdesk.terms import DocumentKind, Lang
from tests.documents.builders import STAMP, case, document, draft, forms, full_case, note
from tests.documents.pdf.tagged import Node, read_marks, read_tree
from tests.documents.pdf.test_letters import PEOPLE, alone, setters
from tests.documents.pdf.test_pdf import HOSTILE, LONG
from tests.documents.test_text import PAPERS, made

UNTAGGED_CLAIM = "UA-28-004"
"""The checker's rule that the file claims PDF/UA: ours does not, see README."""


def tree_of(content: bytes) -> Node:
    marks = read_marks(content)
    assert not marks.outside, "content that is neither tagged nor an artifact"
    return read_tree(content, marks)


def squeezed(said: str) -> str:
    return re.sub(r"\s+", "", said)


def body_of(tree: Node) -> Node:
    opening, body, closing = tree.children
    assert opening.kind == body.kind == closing.kind == "Div"
    return body


def check_shape(tree: Node) -> None:
    """Look at headings, tables and lists of any paper."""
    assert tree.kind == "Document"
    levels = [int(one.kind[1]) for one in tree.find("H1", "H2", "H3")]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(later - earlier <= 1 for earlier, later in pairwise(levels))
    for table in tree.find("Table"):
        assert table.find("TH")
        assert all(one.scope in {"Row", "Column"} for one in table.find("TH"))
        assert len({len(row.find("TH", "TD")) for row in table.find("TR")}) == 1
    for listed in tree.find("L"):
        assert {one.kind for one in listed.children} == {"LI"}
        assert all(len(one.find("LBody")) == 1 for one in listed.children)
    assert all(one.alt for one in tree.find("Figure"))


@pytest.mark.parametrize("stamp", [STAMP, None], ids=["issued", "draft"])
@pytest.mark.parametrize(("kind", "lang"), PAPERS)
def test_every_paper_says_by_its_structure_what_the_text_paper_says_in_its_order(
    kind: DocumentKind, lang: Lang, stamp: Stamp | None
) -> None:
    paper = made(kind, lang)
    tree, twin = tree_of(pdf.render(paper, stamp)), text.render(paper, stamp)
    check_shape(tree)
    place, flat = 0, squeezed(twin)
    for piece in pieces(body_of(tree), paper):
        found = flat.find(squeezed(piece), place)
        assert found >= 0, f"{piece!r} is not there, or stands elsewhere"
        place = found + len(squeezed(piece))
    said = tree.said() + " ".join(one.alt for one in tree.walk())
    assert set(re.findall(r"\w+", twin)) <= set(re.findall(r"\w+", said))


def pieces(body: Node, paper: Draft) -> list[str]:
    """What is read, but for the date of the stamp, and the heads of columns: said in each row."""
    heads = {id(one) for head in body.find("TH") if head.scope == "Column" for one in head.walk()}
    found = []
    for one in body.walk():
        if id(one) in heads or one.kind == "Lbl":
            continue
        found += one.alt.split("; ") if one.alt else [one.words]
    dates = {paper.labels.get("date"), paper.labels.get("draft_note"), *DATES}
    deadline = paper.labels.get("deadline", "-")
    return [one for one in found if one and one not in dates and not one.endswith(deadline)]


DATES = ("23. november 2026", "23 November 2026")


def test_words_at_the_ends_of_lines_do_not_run_together() -> None:
    tree = tree_of(
        pdf.render(draft(case({"description": LONG}), DocumentKind.COMMUNICATION), STAMP)
    )
    (told,) = (one.words for one in tree.find("P") if one.words.startswith("Setning nummer"))
    assert told.split() == LONG.split()


def test_a_word_broken_because_it_is_too_long_stays_one_word() -> None:
    address = "https://example.no/" + "sti/" * 60
    tree = tree_of(pdf.render(draft(case({"description": address})), STAMP))
    assert address in {one.words for one in tree.find("P")}


def test_what_goes_on_on_the_next_page_is_still_one_cell_and_its_head_is_said_once() -> None:
    many = case(notes=tuple(note(f"Linje {one} {LONG[:200]}", hours=one / 10) for one in range(80)))
    tree = tree_of(pdf.render(draft(many, DocumentKind.TIMELINE), STAMP))
    check_shape(tree)
    assert tree.said().count("Ført av") == 1
    tall = tree_of(pdf.render(draft(case({"description": LONG})), STAMP))
    assert "(fortsetter)" not in tall.said()
    assert squeezed(LONG) in squeezed(tall.said())


def test_what_stands_on_every_page_again_is_an_artifact() -> None:
    content = pdf.render(draft(case({"description": LONG})), None)
    marks = read_marks(content)
    said = tree_of(content).said()
    assert "Side 1 av" in marks.artifacts
    assert "Side" not in said
    assert marks.artifacts.count("Nordvakt Programvare AS · Melding om brudd") > 2
    assert said.count("Utkast. Ikke utstedt.") == 2  # at the top, and in the place of the date


@pytest.mark.parametrize("kind", list(DocumentKind))
def test_hostile_text_breaks_no_structure(kind: DocumentKind) -> None:
    fields = ("description", "systems", "measures_taken", "contact_name", "reporter_name")
    given = case(
        dict.fromkeys(fields, f"{HOSTILE} EMC\n/P BDC) Tj → ✓ 漢\n– {HOSTILE}"), title="\\("
    )
    check_shape(tree_of(pdf.render(draft(given, kind), STAMP)))


def test_a_case_that_knows_nothing_and_the_register_have_sound_structures() -> None:
    check_shape(tree_of(pdf.render(draft(case(known=False)), None)))
    wording = forms().wording("register", Lang.EN)
    paper = register_paper([full_case()] * 3, wording=wording, lang=Lang.EN, year=2026)
    check_shape(tree_of(pdf.render(paper, STAMP)))


@pytest.mark.parametrize("person", PEOPLE, ids=lambda one: one.name[:20])
def test_a_persons_own_file_has_the_structure_of_the_letter_rendered_alone(
    person: Recipient,
) -> None:
    letter = setters(PEOPLE)[person.lang].letter(person)
    tree = tree_of(SingleFiles().content(letter))
    check_shape(tree)
    assert [(one.kind, one.words) for one in tree.walk()] == [
        (one.kind, one.words) for one in tree_of(alone(person)).walk()
    ]


@pytest.mark.parametrize("lang", [Lang.NB, Lang.EN])
def test_the_file_says_what_it_is_and_claims_no_more(lang: Lang) -> None:
    paper = made(DocumentKind.NOTIFICATION, lang)
    with pikepdf.open(io.BytesIO(pdf.render(paper, STAMP))) as file:
        assert file.Root.MarkInfo.Marked
        assert file.Root.Lang == {"nb": "nb-NO", "en": "en-GB"}[lang]
        assert file.Root.ViewerPreferences.DisplayDocTitle
        with file.open_metadata() as about:
            assert about["dc:title"] == file.docinfo["/Title"] == f"{paper.title} {paper.reference}"
            assert about["dc:language"] == {str(file.Root.Lang)}
            assert about["xmp:CreateDate"] == "2026-11-23T15:30:00+00:00"
            assert "pdfuaid:part" not in about


@pytest.mark.parametrize(("kind", "lang"), PAPERS)
def test_an_independent_checker_finds_only_that_nothing_is_claimed(
    kind: DocumentKind, lang: Lang, tmp_path_factory: pytest.TempPathFactory
) -> None:
    checker = pytest.importorskip("pdfua")
    path = tmp_path_factory.mktemp("paper") / "paper.pdf"
    path.write_bytes(pdf.render(made(kind, lang), STAMP))
    found = checker.validate(path)
    assert {one.rule_id for one in found.findings} == {UNTAGGED_CLAIM}


def test_a_title_in_another_language_says_which_and_nothing_else_does() -> None:
    issued = (
        document(id="doc-1", lang=Lang.NN, title="Melding om brot på personopplysningstryggleiken"),
        document(id="doc-2", lang=Lang.EN, title="Notification of a personal data breach"),
    )
    paper = draft(case(documents=issued), DocumentKind.REGISTER_ENTRY, Lang.EN)
    with pikepdf.open(io.BytesIO(pdf.render(paper, STAMP))) as file:
        said = [str(one.Lang) for one in file.objects if _is_element(one) and "/Lang" in one]
    assert said == ["nn-NO"]
    (titled,) = (
        one
        for one in tree_of(pdf.render(paper, STAMP)).find("TD")
        if one.said().startswith("Melding om brot")
    )
    first, rest = titled.find("P")
    assert first.said() == "Melding om brot på personopplysningstryggleiken"
    assert rest.said() == "version 1 (doc-1)"


def test_a_title_in_another_language_says_so_in_the_timeline_too() -> None:
    issued = (
        document(id="doc-1", lang=Lang.NN, title="Melding om brot på personopplysningstryggleiken"),
        document(id="doc-2", lang=Lang.EN, title="Notification of a personal data breach"),
        document(id="doc-3", lang=Lang.NB, title="Melding\nom brudd"),
    )
    content = pdf.render(draft(case(documents=issued), DocumentKind.TIMELINE, Lang.EN), STAMP)
    with pikepdf.open(io.BytesIO(content)) as file:
        said = [str(one.Lang) for one in file.objects if _is_element(one) and "/Lang" in one]
    assert said == ["nn-NO"]
    cells = [one for one in tree_of(content).find("TD") if one.said().startswith("Paper issued")]
    (titled,) = (one for one in cells if "brot" in one.said())
    assert [one.said() for one in titled.find("P")] == [
        "Paper issued:", "Melding om brot på personopplysningstryggleiken", "version 1",
    ]  # fmt: skip
    assert len(cells) == len(issued)


def _is_element(one: pikepdf.Object) -> bool:
    return isinstance(one, pikepdf.Dictionary) and one.get("/Type") == "/StructElem"

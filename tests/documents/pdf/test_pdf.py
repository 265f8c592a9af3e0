import io
import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from pypdf import PdfReader

from breachdesk.documents import pdf
from breachdesk.documents.draft import Draft, Paragraph, Section, Table
from breachdesk.documents.pdf.markup import plain
from breachdesk.documents.register import register_paper
from breachdesk.terms import DocumentKind, Lang, Phase
from tests.documents.builders import STAMP, case, document, draft, forms, full_case, note
from tests.documents.test_text import HOSTILE, PAPERS, made

SAMI = "áčđŋšŧžÁČĐŊŠŦŽæøåÆØÅ"
LONG = "Setning nummer ett om saken, med litt tekst som fyller linjen. " * 320


def read(content: bytes) -> PdfReader:
    return PdfReader(io.BytesIO(content))


def words(content: bytes) -> str:
    """The extracted text with every run of white space as one space."""
    return " ".join(" ".join(page.extract_text() for page in read(content).pages).split())


def squeezed(text: str) -> str:
    return re.sub(r"\s+", "", text)


def fonts(content: bytes) -> Iterator[Any]:
    for page in read(content).pages:
        yield from (one.get_object() for one in page["/Resources"]["/Font"].values())  # type: ignore[index]


@pytest.mark.parametrize(("kind", "lang"), PAPERS)
def test_the_same_draft_and_stamp_give_the_same_bytes(kind: DocumentKind, lang: Lang) -> None:
    paper = made(kind, lang)
    assert pdf.render(paper, STAMP) == pdf.render(paper, STAMP)
    assert pdf.render(paper, None) == pdf.render(paper, None)
    assert pdf.render(paper, STAMP) != pdf.render(paper, None)


def test_bytes_are_the_same_in_another_process_whatever_its_environment() -> None:
    script = (
        "import sys\n"
        "from breachdesk.documents import pdf\n"
        "from tests.documents.builders import STAMP, draft, full_case\n"
        "sys.stdout.buffer.write(pdf.render(draft(full_case()), STAMP))"
    )
    run = subprocess.run(
        [sys.executable, "-c", script],
        env={"SOURCE_DATE_EPOCH": "1", "TZ": "Asia/Tokyo", "PYTHONHASHSEED": "7", "PATH": ""},
        capture_output=True,
        check=True,
    )
    assert run.stdout == pdf.render(draft(full_case()), STAMP)


@pytest.mark.parametrize(("kind", "lang"), PAPERS)
def test_everything_composed_can_be_read_out_again_in_order(kind: DocumentKind, lang: Lang) -> None:
    paper = made(kind, lang)
    said = squeezed(words(pdf.render(paper, STAMP)))
    place = 0
    for section in paper.sections:
        if section.heading:
            found = said.find(squeezed(section.heading), place)
            assert found >= 0, section.heading
            place = found
        for piece in pieces(section):
            assert squeezed(piece) in said, piece


def pieces(section: Section) -> Iterator[str]:
    for block in section.blocks:
        for name in ("text", "items", "rows", "lines", "name", "header"):
            value = getattr(block, name, ())
            yield from flat(value)


def flat(value: Any) -> Iterator[str]:  # noqa: ANN401
    if isinstance(value, str):
        yield from (one for one in value.split("\n") if one)
    elif isinstance(value, tuple):
        for one in value:
            yield from flat(one)
    elif hasattr(value, "label"):
        yield from (value.label, *flat(value.value), value.note)


def test_every_font_is_embedded_and_none_is_helvetica() -> None:
    paper = draft(case({"description": f"{SAMI} → ≤ ✓"}))
    content = pdf.render(paper, STAMP)
    names = set()
    for font in fonts(content):
        descriptor = font["/FontDescriptor"].get_object()
        assert "/FontFile2" in descriptor
        names.add(str(font["/BaseFont"]))
    assert any("NotoSans-Regular" in name for name in names)
    assert any("Math" in name for name in names)
    assert b"Helvetica" not in content
    assert f"{SAMI} → ≤ ✓" in words(content)


def test_title_author_language_and_dates_stand_in_the_file() -> None:
    file = read(pdf.render(draft(full_case()), STAMP))
    about = file.metadata
    assert about is not None
    assert about.title == "Melding om brudd på personopplysningssikkerheten BD-2026-007"
    assert about.author == "Nordvakt Programvare AS"
    assert about.subject == "Tilleggsmelding etter personvernforordningen artikkel 33 nr. 4"
    assert about.creation_date == STAMP.issued_at
    assert file.trailer["/Root"]["/Lang"] == "nb-NO"  # type: ignore[index]
    assert file.trailer["/Root"]["/ViewerPreferences"]["/DisplayDocTitle"]  # type: ignore[index]


def test_a_draft_has_no_dates_and_no_head_but_its_mark_on_every_page() -> None:
    content = pdf.render(draft(full_case()), None)
    about = read(content).metadata
    assert about is not None
    assert about.creation_date is None
    assert "Revisjonslogg" not in words(content)
    for page in read(content).pages:
        said = page.extract_text()
        assert "UTKAST" in said
        assert "Utkast. Ikke utstedt." in said


def test_an_issued_paper_carries_head_issuer_and_no_draft_mark() -> None:
    content = pdf.render(draft(full_case()), STAMP)
    for page in read(content).pages:
        said = page.extract_text()
        assert f"Revisjonslogg: {STAMP.audit_head}" in said
        assert "av Kari Eksempel" in said
        assert "UTKAST" not in said.upper()


def test_a_drill_says_so_on_every_page_also_when_issued() -> None:
    for page in read(pdf.render(draft(case(is_drill=True)), STAMP)).pages:
        said = page.extract_text()
        assert "ØVELSE" in said
        assert "Dette er ikke en virkelig hendelse." in said


def test_every_page_says_which_of_how_many_and_of_what() -> None:
    file = read(pdf.render(draft(case({"description": LONG})), STAMP))
    count = len(file.pages)
    assert count > 3
    for number, page in enumerate(file.pages, 1):
        said = " ".join(page.extract_text().split())
        assert re.search(rf"Side {number} av ?{count}\b", said)
        assert "Sak BD-2026-007 · Første melding · versjon 1" in said


def test_every_heading_is_a_bookmark_that_leads_to_its_page() -> None:
    paper = draft(case({"description": LONG}))
    file = read(pdf.render(paper, STAMP))
    outline = [one for one in file.outline if not isinstance(one, list)]
    assert [one.title for one in outline] == [one.heading for one in paper.sections]
    for one in outline:
        page = file.get_destination_page_number(one)
        assert page is not None
        assert str(one.title) in file.pages[page].extract_text()


@pytest.mark.parametrize("kind", list(DocumentKind))
def test_hostile_text_stays_text_in_every_field(kind: DocumentKind) -> None:
    fields = (
        "description", "how_it_happened", "systems", "relation", "impacts_text", "measures_taken",
        "measures_prevent_text", "advice_to_subjects", "discovery_text", "contact_name",
        "reporter_name", "data_types_text", "data_subjects_text",
    )  # fmt: skip
    given = case(
        dict.fromkeys(fields, HOSTILE), title=HOSTILE, notes=(note(HOSTILE, hours=1),),
    )  # fmt: skip
    said = squeezed(words(pdf.render(draft(given, kind), STAMP)))
    assert squeezed('AT&T<script><imgsrc="file:///etc/passwd">=1+1') in said
    assert "‹U+001B›[31m‹U+202E›gnp" in said
    assert "[@click=app.quit]" in said
    assert "root:" not in said


@pytest.mark.parametrize(
    "text",
    [
        "A" * 20_000,
        "https://example.no/" + "sti/" * 4990,
        "x\n" * 10_000,
        LONG[:20_000],
        "漢😀" * 900,
    ],
    ids=["one word", "one address", "many lines", "prose", "no font has it"],
)
@pytest.mark.parametrize("kind", [DocumentKind.NOTIFICATION, DocumentKind.COMMUNICATION])
def test_the_longest_text_flows_over_pages(kind: DocumentKind, text: str) -> None:
    content = pdf.render(draft(case({"description": text}), kind), None)
    assert len(read(content).pages) > 3
    last = text.rsplit(maxsplit=1)[-1][-4:].strip()
    assert squeezed(words(content)).count(plain(last)) >= text.count(last) * 0.95


def test_a_cell_taller_than_a_page_flows_and_says_that_it_goes_on() -> None:
    content = pdf.render(draft(case({"description": LONG})), None)
    assert "Beskrivelse av hva som har skjedd (fortsetter)" in words(content)


def test_a_table_of_two_hundred_rows_repeats_its_head_on_every_page() -> None:
    many = case(
        notes=tuple(note(f"Linje {one} {LONG[:200]}", hours=one / 10) for one in range(200))
    )
    file = read(pdf.render(draft(many, DocumentKind.TIMELINE), STAMP))
    assert len(file.pages) > 8
    for page in file.pages:
        assert "Registrert" in page.extract_text()
    assert "Linje 199" in file.pages[-1].extract_text()


def test_what_is_missing_has_a_sign_beside_its_words() -> None:
    said = words(pdf.render(draft(case(known=False)), STAMP))
    assert said.count("?") >= said.count("Ikke kjent ennå")


def test_a_paper_without_sections_or_profile_is_still_a_paper() -> None:
    bare = replace(draft(case(known=False, profile=None)), sections=(), head=())
    assert len(read(pdf.render(bare, None)).pages) == 1


@pytest.mark.parametrize("days", [0, 1, 400])
def test_a_timeline_of_any_length_is_drawn(days: int) -> None:
    lines = [note(f"{one}", hours=24 * days * one / 5) for one in range(1, 5)]
    given = case(notes=tuple(lines), documents=(document(),))
    assert "Frist 23.11. 16.30" in words(pdf.render(draft(given, DocumentKind.TIMELINE), STAMP))


def test_the_register_of_many_cases_prints() -> None:
    cases = [full_case()] * 12
    wording = forms().wording("register", Lang.EN)
    paper = register_paper(cases, wording=wording, lang=Lang.EN, year=2026)
    assert words(pdf.render(paper, STAMP)).count("BD-2026-007") >= 24


def test_later_stamps_change_nothing_but_the_stamp() -> None:
    later = replace(STAMP, issued_at=STAMP.issued_at + timedelta(minutes=1))
    paper: Draft = draft(full_case(), phase=Phase.FINAL)
    first, second = words(pdf.render(paper, STAMP)), words(pdf.render(paper, later))
    assert first.replace("16.30 (UTC+1) av", "") == second.replace("16.31 (UTC+1) av", "")


def test_a_cell_of_a_table_may_be_of_any_height() -> None:
    table = Table(header=("A", "B"), rows=(("kort", LONG), ("etter", "slutt")), widths=(1, 3))
    paper = replace(draft(case()), sections=(Section(id="x", heading="X", blocks=(table,)),))
    assert words(pdf.render(paper, None)).endswith("slutt Alle klokkeslett er norsk tid.")


def test_words_that_lead_into_others_are_never_alone_at_the_foot_of_a_page() -> None:
    lead, rest = "Dette gjør vi framover:", "Vi skriver under alt."
    for lines in range(30, 60):
        blocks = (*(Paragraph("Linje.") for _ in range(lines)), Paragraph(lead), Paragraph(rest))
        letter = draft(case(), DocumentKind.COMMUNICATION)
        filled = Section(id="long", heading="", blocks=blocks)
        made_up = replace(letter, sections=(letter.sections[0], filled))
        pages = [page.extract_text() for page in read(pdf.render(made_up, STAMP)).pages]
        assert [lead in page for page in pages] == [rest in page for page in pages]


def test_a_letter_to_people_carries_the_head_short_and_an_authoritys_paper_whole() -> None:
    letter = words(pdf.render(draft(case(), DocumentKind.COMMUNICATION), STAMP))
    assert STAMP.audit_head[:12] in letter
    assert STAMP.audit_head[:16] not in letter
    assert STAMP.audit_head in words(pdf.render(draft(case()), STAMP))


def test_a_remark_to_ourselves_is_printed_on_drafts_only() -> None:
    made_up = draft(case(unconfirmed=("data_types",)))
    assert "ikke bekreftet" in words(pdf.render(made_up))
    assert "ikke bekreftet" not in words(pdf.render(made_up, STAMP))

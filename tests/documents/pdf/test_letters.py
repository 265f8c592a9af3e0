"""A letter made from a plate is the letter rendered on its own, word for word."""

import io
import re
from collections.abc import Iterable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pypdf import PdfReader

from breachdesk.documents import pdf
from breachdesk.documents.addressed import addressed, varying
from breachdesk.documents.pdf import print_file
from breachdesk.documents.pdf.press import Letter, SingleFiles, Typesetter
from breachdesk.documents.pdf.print_file import PrintFile
from breachdesk.records.recipient import Recipient
from breachdesk.terms import DocumentKind, Lang
from tests.documents.builders import STAMP, case, draft, forms

LETTER = DocumentKind.COMMUNICATION
WORDING = {lang: forms().wording(LETTER, lang) for lang in (Lang.NB, Lang.EN)}
PEOPLE = (
    Recipient(row=2, lang=Lang.NB, name="Kari Nordmann", address=("Storgata 1", "0150 Oslo")),
    Recipient(row=3, lang=Lang.NB, name="Óttar Đuođđi (yr.)", address=("c/o Æ\\Ø", "0150 Oslo")),
    Recipient(row=4, lang=Lang.EN, name="Ann O'Lee", address=("5 High St", "SW1A 1AA City", "UK")),
    Recipient(row=5, lang=Lang.NB, name="W" * 80, address=("Storgata 1", "0150 Oslo")),
    Recipient(row=6, lang=Lang.NB, name="∀nne Math", address=("Gata ▲ 1", "0150 Oslo")),
    Recipient(row=7, lang=Lang.NB, name="Kari Moe", address=(), email="kari@eksempel.no"),
)  # fmt: skip


def setters(people: tuple[Recipient, ...]) -> dict[Lang, Typesetter]:
    signs = {sign for one in people for line in one.lines for sign in line}
    return {
        lang: Typesetter(draft(case(), LETTER, lang), WORDING[lang], STAMP, signs)
        for lang in WORDING
    }


def alone(person: Recipient) -> bytes:
    """The letter rendered on its own, as a single letter is."""
    made = addressed(draft(case(), LETTER, person.lang), person, WORDING[person.lang])
    return pdf.render(made, STAMP)


def words(content: bytes) -> list[str]:
    return [page.extract_text() for page in PdfReader(io.BytesIO(content)).pages]


@pytest.mark.parametrize("person", PEOPLE, ids=lambda one: one.name[:20])
def test_a_single_file_says_what_the_letter_rendered_alone_says(person: Recipient) -> None:
    letter = setters(PEOPLE)[person.lang].letter(person)
    made = words(SingleFiles().content(letter))
    assert made == words(alone(person))
    assert person.name[:20] in made[0]


def printed(letters: Iterable[Letter], *, is_one_sided: bool = False) -> tuple[bytes, int]:
    """The print file of some letters, and how many pages it says it has."""
    with PrintFile(is_one_sided=is_one_sided) as sheets:
        for one in letters:
            sheets.add(one)
        return sheets.content(), sheets.pages


def test_a_print_file_holds_the_same_pages_and_begins_each_letter_on_a_new_sheet() -> None:
    press, want = setters(PEOPLE), []
    for person in PEOPLE:
        pages = words(alone(person))
        want += pages + [""] * (len(pages) % 2)
    content, pages = printed(press[one.lang].letter(one) for one in PEOPLE)
    assert words(content) == want
    assert len(want) == pages


def test_a_print_file_written_in_parts_holds_every_letter_once_in_its_order(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    press = setters(PEOPLE)
    letters = [press[one.lang].letter(one) for one in PEOPLE]
    whole, _ = printed(letters)
    monkeypatch.setattr(print_file, "_PART", 2)
    joined, pages = printed(letters)
    assert words(joined) == words(whole)
    read = PdfReader(io.BytesIO(joined)).pages
    assert len(read) == pages
    assert {tuple(page.mediabox) for page in read} == {tuple(read[0].mediabox)}
    assert joined == printed(letters)[0]


def test_a_print_file_is_for_paper_and_carries_no_marks() -> None:
    press = setters(PEOPLE)
    content, _ = printed(press[one.lang].letter(one) for one in PEOPLE)
    read = PdfReader(io.BytesIO(content))
    assert "/StructTreeRoot" not in read.root_object
    for page in read.pages:
        assert "/StructParents" not in page
        contents = page.get_contents()
        drawn = contents.get_data() if contents else b""
        assert not re.search(rb"\b(BDC|BMC|EMC)\b", drawn)


def test_what_letters_look_like_is_what_the_letter_alone_looks_like() -> None:
    person = PEOPLE[1]
    letter = setters(PEOPLE)[person.lang].letter(person)
    ours = PdfReader(io.BytesIO(SingleFiles().content(letter)))
    theirs = PdfReader(io.BytesIO(alone(person)))
    for mine, page in zip(ours.pages, theirs.pages, strict=True):
        assert mine.mediabox == page.mediabox
        assert fonts_of(mine) == fonts_of(page)


def fonts_of(page: object) -> set[str]:
    found = page["/Resources"]["/Font"]  # type: ignore[index]
    return {one.get_object()["/BaseFont"].split("+")[-1] for one in found.values()}


def test_common_names_need_no_rendering_of_their_own_and_odd_ones_get_it() -> None:
    press = setters(PEOPLE)[Lang.NB]
    letters = {one.row: press.letter(one) for one in PEOPLE if one.lang is Lang.NB}
    assert {row for row, one in letters.items() if one.plate is None} == {5, 6}


def test_letters_with_an_odd_number_of_pages_leave_the_back_of_their_sheet_blank() -> None:
    one_page = pdf.render(draft(case(known=False), DocumentKind.TIMELINE), STAMP)
    assert len(words(one_page)) == 1
    twice = [Letter(whole=one_page)] * 2
    assert words(printed(twice)[0])[1::2] == ["", ""]
    assert len(words(printed(twice, is_one_sided=True)[0])) == 2


def test_the_same_letter_gives_the_same_bytes() -> None:
    first, second = (
        SingleFiles().content(setters(PEOPLE)[Lang.NB].letter(PEOPLE[0])) for _ in range(2)
    )
    assert first == second


@settings(max_examples=25)
@given(
    st.text(
        st.characters(codec="cp1252", categories=("L", "P", "N", "Zs")), min_size=1, max_size=60
    )
)
def test_any_name_is_set_as_it_would_be_alone(name: str) -> None:
    person = Recipient(row=2, lang=Lang.NB, name=name.strip() or "x", address=("A 1", "0150 Oslo"))
    letter = setters((person,))[Lang.NB].letter(person)
    assert words(SingleFiles().content(letter)) == words(alone(person))


def test_what_varies_is_the_address_and_the_salutation() -> None:
    assert varying(PEOPLE[0], WORDING[Lang.NB]) == (
        "Kari Nordmann", "Storgata 1", "0150 Oslo", "Kjære Kari Nordmann",
    )  # fmt: skip
    assert varying(PEOPLE[2], WORDING[Lang.EN])[-1] == "Dear Ann O'Lee"

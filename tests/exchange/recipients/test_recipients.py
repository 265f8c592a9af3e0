import pytest
from hypothesis import given
from hypothesis import strategies as st

from breachdesk.documents import privacy
from breachdesk.documents.pdf.markup import can_be_drawn
from breachdesk.errors import RefusedError
from breachdesk.exchange.recipients import Checks, Recipients, read_recipients
from breachdesk.exchange.recipients.ranges import are_ranges, from_ranges, to_ranges
from breachdesk.exchange.recipients.results import read_results
from breachdesk.terms import Lang

CHECKS = Checks(
    has_identity_number=lambda text: any(privacy.identity_numbers(text)),
    can_be_printed=can_be_drawn,
)
HEAD = "Navn;Adresse;Postnr;Poststed;Språk;E-post"
GOOD = "Kari Nordmann;Storgata 1;0150;Oslo;nb;kari@eksempel.no"


def read(text: str | bytes, **changes: bool) -> Recipients:
    content = text.encode() if isinstance(text, str) else text
    return read_recipients(content, checks=CHECKS, lang=Lang.NB, **changes)


def reason(row: str) -> str:
    """What is said about one bad row between two good ones, which are printed."""
    other = GOOD.replace("Kari", "Per")
    found = read(f"{HEAD}\n{GOOD}\n{row}\n{other}")
    assert [one.row for one in found.people] == [2, 4]
    (problem,) = found.problems
    assert (problem.row, problem.line) == (3, 3)
    return "; ".join(str(one) for one in problem.reasons)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
@pytest.mark.parametrize("delimiter", [";", ",", "\t"])
@pytest.mark.parametrize("ending", ["\n", "\r\n"])
def test_a_list_is_read_however_it_was_saved(encoding: str, delimiter: str, ending: str) -> None:
    text = f"{HEAD}\nÅse Bjørnøy;Ærfuglveien 2;9730;Karasjok;en;\n"
    saved = text.replace(";", delimiter).replace("\n", ending).encode(encoding)
    (person,) = read(saved).people
    assert person.lines == ("Åse Bjørnøy", "Ærfuglveien 2", "9730 Karasjok")
    assert person.lang is Lang.EN


@pytest.mark.parametrize(
    ("headings", "lines"),
    [
        ("fornavn;ETTERNAVN;Gateadresse;Post nr.;Sted", ("Kari Moe", "Gata 1", "0150 Oslo")),
        ("First name;Last_name;Street address;ZIP;City", ("Kari Moe", "Gata 1", "0150 Oslo")),
    ],
)
def test_headings_are_known_however_they_are_spelled(headings: str, lines: tuple[str, ...]) -> None:
    (person,) = read(f"{headings}\nKari;Moe;Gata 1;0150;Oslo\n").people
    assert person.lines == lines


def test_excels_line_about_the_sign_between_cells_is_no_heading() -> None:
    found = read(f"sep=;\n{HEAD}\n{GOOD}\nPer;;;;;\n")
    assert len(found.people) == 1
    assert (found.problems[0].row, found.problems[0].line) == (3, 4)


@pytest.mark.parametrize(
    ("row", "said"),
    [
        (";Gata 1;0150;Oslo;;", "name is missing"),
        ("-;Gata 1;0150;Oslo;;", "name is missing"),
        ("4711;Gata 1;0150;Oslo;;", "digits or no letters"),
        ("Nordmann, Kari;Gata 1;0150;Oslo;;", "comma"),
        ("kari@x.no;Gata 1;0150;Oslo;;", "e-mail address where the name"),
        ("Kari;;0150;Oslo;;", "address is missing"),
        ("Kari;12;0150;Oslo;;", "address has no letters"),
        ("Kari;k@x.no;0150;Oslo;;", "e-mail address where the postal"),
        ("Kari;Gata 1;;Oslo;;", "postcode is missing"),
        ("Kari;Gata 1;150;Oslo;;", "leading zero"),
        ("Kari;Gata 1;0000;Oslo;;", "no Norwegian postcode"),
        ("Kari;Gata 1;O150;Oslo;;", "no Norwegian postcode"),
        ("Kari;Gata 1;1,5E+02;Oslo;;", "no Norwegian postcode"),
        ("Kari;Gata 1;0150;;;", "place is missing"),
        ("Kari;Gata 1;0150;0150 Oslo;;", "digits in the place"),
        ("Kari;Gata 1;0150;?;;", "place is missing"),
        ("Kari;Gata 1;0150;Oslo;klingonsk;", "language “klingonsk”"),
        ("Kari;Gata 1;0150;Oslo;;kari@", "no e-mail address"),
        ("Kari;Gata 1;0150;Oslo;;a@b.no, c@d.no", "more than one"),
        ("Kari;Gata 1;0150;Oslo", "there are 4 cells, and 6 headings"),
        ("Kari;Gata 1;0150;Oslo;;;;x", "there are 8 cells, and 6 headings"),
        ('Kari;"Gata 1;0150;Oslo;;', "quotation mark"),
        (HEAD, "headings stand here again"),
        (GOOD, "the same person stands in row 2"),
        (GOOD.upper(), "the same person stands in row 2"),
        ("Kåre;Gata 1;0150;Oslo;;".replace("å", "Ã¥"), "garbled"),
        ("K?re;Gata 1;0150;Oslo;;", "garbled"),
        ("Kari;Gata\ufffd 1;0150;Oslo;;", "a letter was lost"),
        ("Kari\u202e;Gata 1;0150;Oslo;;", "cannot be seen"),
        ("Kari\x07;Gata 1;0150;Oslo;;", "cannot be seen"),
        ("Kari \U0001f600;Gata 1;0150;Oslo;;", "cannot be printed"),
        ('"Kari &amp; Per";Gata 1;0150;Oslo;;', "codes of a web page"),
        ("=A1;Gata 1;0150;Oslo;;", "formula"),
        ("Kari;Gata 1 01010750160;0150;Oslo;;", "identity number"),
        (f"Kari {'N' * 90};Gata 1;0150;Oslo;;", "longer than"),
        ("Kari;Gata 1;0150;Oslo;;kode 6", "protected"),
        ("Kari;#REF!;0150;Oslo;;", "address is missing"),
    ],
)  # fmt: skip
def test_a_doubtful_row_is_kept_back_with_its_reason(row: str, said: str) -> None:
    assert said in reason(row)


def test_everything_wrong_with_a_row_is_said_at_once() -> None:
    said = reason(";;150;;;")
    assert "name" in said
    assert "address" in said
    assert "leading zero" in said
    assert "place" in said


def test_a_quote_never_closed_costs_one_row_and_not_the_rest() -> None:
    rows = [GOOD.replace("Kari", f"Kari {chr(97 + n % 26)}{chr(97 + n // 26)}") for n in range(300)]
    rows[100] = '"Kari;Gata 1;0150;Oslo;;'
    found = read("\n".join((HEAD, *rows)))
    assert len(found.people) == 299
    assert [one.row for one in found.problems] == [102]


def test_a_cell_of_several_lines_is_read_and_rows_still_count_as_in_a_sheet() -> None:
    text = f'{HEAD}\nKari Moe;"c/o Moe\nGata 1";0150;Oslo;;\n;;;;;\nPer;;;;;'
    found = read(text)
    assert found.people[0].lines == ("Kari Moe", "c/o Moe", "Gata 1", "0150 Oslo")
    assert (found.problems[0].row, found.problems[0].line) == (4, 5)
    assert found.rows == 2


def test_one_broken_byte_does_not_garble_a_list_in_utf_8() -> None:
    good = "\n".join(GOOD.replace("Kari", f"Åse {one}") for one in "abc")
    content = f"{HEAD}\n{good}\n".encode() + b"K\xe5re;Gata 1;0150;Oslo;;\n"
    found = read(content)
    assert [one.name for one in found.people] == [
        "Åse a Nordmann",
        "Åse b Nordmann",
        "Åse c Nordmann",
    ]
    assert "a letter was lost" in str(found.problems[0].reasons[0])


def test_abroad_the_country_stands_last_and_its_postcode_as_it_is() -> None:
    text = (
        f"{HEAD};Land\nAnn Lee;5 High St;SW1A 1AA;London;en;;England\nKari;G 1;N-0150;Oslo;;;Norge"
    )
    abroad, here = read(text).people
    assert abroad.lines == ("Ann Lee", "5 High St", "SW1A 1AA London", "ENGLAND")
    assert here.lines == ("Kari", "G 1", "0150 Oslo")


def test_an_email_address_alone_is_enough_only_where_single_files_are_made() -> None:
    text = f"{HEAD}\nKari Moe;;;;;kari@eksempel.no"
    assert read(text).people[0].lines == ("Kari Moe", "kari@eksempel.no")
    assert read(text, needs_post=True).people == ()


def test_columns_that_are_not_read_are_named() -> None:
    assert read(f"{HEAD};Fødselsnr\n{GOOD};x").unused == ("Fødselsnr",)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "empty"),
        (b"\n\n", "empty"),
        (GOOD.encode(), "no headings"),
        (b"Adresse;Postnr;Poststed\n", "no column with names"),
        (b"Navn;Adresse\n", "no columns with addresses"),
        (b"Navn;Name;E-post\n", "Two columns can be “Name”"),
        (b"PK\x03\x04", "spreadsheet"),
    ],
)
def test_what_is_no_list_is_refused(content: bytes, said: str) -> None:
    with pytest.raises(RefusedError, match=said):
        read(content)


@given(st.binary(max_size=300))
def test_no_bytes_bring_it_down(content: bytes) -> None:
    try:
        found = read(HEAD.encode() + b"\n" + content)
    except RefusedError:
        return
    assert found.rows == len(found.people) + len(found.problems)


@given(st.frozensets(st.integers(1, 500)))
def test_row_numbers_survive_being_written_as_ranges(numbers: frozenset[int]) -> None:
    assert from_ranges(to_ranges(numbers)) == numbers


def test_results_are_read_by_row_or_by_the_name_of_the_file() -> None:
    content = (
        b"Brev;Status\n2;Levert\nletter-00003.pdf;Returnert\n4;ukjent adresse\n"
        b"9;levert\n5;kanskje\n2;retur\n"
    )
    found = read_results(content, lettered=frozenset({2, 3, 4, 5}))
    assert found.delivered == {2}
    assert found.returned == {3, 4}
    assert [one.row for one in found.problems] == [5, 6, 7]


def test_results_without_the_columns_are_refused() -> None:
    with pytest.raises(RefusedError, match="no column"):
        read_results(b"a;b\n1;2\n", lettered=frozenset({1}))


@given(st.frozensets(st.integers(1, 10**7 - 1), max_size=40))
def test_rows_are_kept_as_text_that_says_the_same(rows: frozenset[int]) -> None:
    text = to_ranges(rows)
    assert are_ranges(text)
    assert from_ranges(text) == rows

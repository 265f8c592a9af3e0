"""A list of recipients, read: who gets a letter, and which rows are kept back and why."""

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from breachdesk.errors import RefusedError
from breachdesk.exchange.recipients import checks as check
from breachdesk.exchange.recipients.checks import Checks, tidy
from breachdesk.exchange.recipients.decoding import decoded
from breachdesk.exchange.recipients.headings import Layout, find_layout, plain
from breachdesk.exchange.recipients.records import Record, records
from breachdesk.message import Message, say
from breachdesk.records.recipient import Recipient
from breachdesk.terms import Lang

MOST_ROWS = 200_000
"""Most rows of one list."""
_LANGUAGES: Mapping[str, Lang] = {
    **dict.fromkeys(("nb", "no", "nor", "norsk", "bokmål", "bokmal", "bm", "nbno"), Lang.NB),
    **dict.fromkeys(("nn", "nynorsk", "nno", "nnno"), Lang.NN),
    **dict.fromkeys(("en", "eng", "engelsk", "english", "engb", "enus"), Lang.EN),
    "norwegian": Lang.NB,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """A row that is not printed."""

    row: int
    line: int
    reasons: tuple[Message, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Recipients:
    """A list, read. It is used once and never kept."""

    people: tuple[Recipient, ...]
    problems: tuple[Problem, ...]
    rows: int
    """Rows with anything in them, the headings not counted."""
    sha256: str
    """Of the file's bytes, hex."""
    unused: tuple[str, ...]
    """Headings of columns that are not read."""
    columns: Mapping[str, str]
    """What is read, such as ``postcode``, to the heading it stands under."""


def read_recipients(
    content: bytes,
    *,
    checks: Checks,
    lang: Lang,
    use_column: bool = True,
    needs_post: bool = False,
) -> Recipients:
    """Return who gets a letter.

    Args:
        content: The file's bytes.
        checks: What other parts of the program can tell of a text.
        lang: The language of a row that names none.
        use_column: Heed the column with languages, if there is one.
        needs_post: Every letter goes by post: an e-mail address alone is not enough.

    Raises:
        RefusedError: It is no list that can be read.
    """
    text = decoded(content)
    layout = find_layout(text)
    rows = _Rows(layout, checks, lang, use_column=use_column, needs_post=needs_post)
    people: list[Recipient] = []
    problems: list[Problem] = []
    for record in _filled(text, layout):
        found = rows.read(record)
        if isinstance(found, Recipient):
            people.append(found)
        else:
            problems.append(Problem(row=record.row, line=record.line, reasons=found))
    return Recipients(
        people=tuple(people),
        problems=tuple(problems),
        rows=len(people) + len(problems),
        sha256=hashlib.sha256(content).hexdigest(),
        unused=layout.unused,
        columns={one: layout.headings[place].strip() for one, place in layout.columns.items()},
    )


def _filled(text: str, layout: Layout) -> Iterator[Record]:
    """Yield the records after the headings that have anything in them."""
    count = 0
    for record in records(text, layout.delimiter, skipped=layout.skipped):
        if record.row == 1 or record.is_blank:
            continue
        count += 1
        if count > MOST_ROWS:
            raise RefusedError(
                say("The list has more than {limit} rows.", limit=MOST_ROWS),
                say("Split it and print the parts one after the other."),
            )
        yield record


class _Rows:
    """Reads row by row, and remembers who was there already."""

    def __init__(
        self, layout: Layout, checks: Checks, lang: Lang, *, use_column: bool, needs_post: bool
    ) -> None:
        self.layout, self.checks, self.lang = layout, checks, lang
        self.use_column, self.needs_post = use_column, needs_post
        self.seen: dict[tuple[str, ...], int] = {}

    def read(self, record: Record) -> Recipient | tuple[Message, ...]:
        """Return the recipient, or everything that is wrong with the row."""
        shape = tuple(self._shape(record))
        if shape:
            return shape
        cells = {column: tidy(record.cells[place]) for column, place in self.layout.columns.items()}
        wrong = tuple(self._wrong(record, cells))
        if wrong:
            return wrong
        return self._once(self._recipient(record.row, cells))

    def _shape(self, record: Record) -> Iterator[Message]:
        headings = self.layout.headings
        if not record.is_whole:
            yield say("a quotation mark is opened and not closed")
        elif tuple(map(plain, record.cells)) == tuple(map(plain, headings)):
            yield say("the headings stand here again")
        elif len(record.cells) < len(headings) or any(
            one.strip() for one in record.cells[len(headings) :]
        ):
            yield say(
                "there are {count} cells, and {wanted} headings",
                count=len(record.cells),
                wanted=len(headings),
            )

    def _wrong(self, record: Record, cells: Mapping[str, str]) -> Iterator[Message]:
        if any(check.is_protected(one) for one in record.cells):
            yield say("the address is protected: write to this person by hand")
        printed = ("name", "first", "last", "street", "street2", "postcode", "place", "country")
        for column in printed:
            if cells.get(column):
                heading = self.layout.headings[self.layout.columns[column]].strip()
                yield from check.of_text(heading, cells[column], self.checks)
        yield from check.of_name(_name(cells))
        if "name" not in cells and _name(cells) and not (cells["first"] and cells["last"]):
            yield say("half of the name is missing")
        yield from self._wrong_address(cells)
        yield from check.of_email(cells.get("email", ""))
        word = cells.get("lang", "")
        if self.use_column and word and plain(word) not in _LANGUAGES:
            yield say("there is no letter in the language “{word}”", word=word)

    def _wrong_address(self, cells: Mapping[str, str]) -> Iterator[Message]:
        if self._by_email(cells):
            return
        norwegian = check.is_norway(cells.get("country", ""))
        yield from check.of_street(cells.get("street", "") or cells.get("street2", ""))
        yield from check.of_postcode(cells.get("postcode", ""), norwegian=norwegian)
        yield from check.of_place(cells.get("place", ""), norwegian=norwegian)

    def _by_email(self, cells: Mapping[str, str]) -> bool:
        """Is there an e-mail address, and no trace of a postal one?"""
        has_post = any(cells.get(one) for one in ("street", "street2", "postcode", "place"))
        return bool(cells.get("email")) and not has_post and not self.needs_post

    def _recipient(self, row: int, cells: Mapping[str, str]) -> Recipient:
        word = plain(cells.get("lang", "")) if self.use_column else ""
        return Recipient(
            row=row,
            lang=_LANGUAGES.get(word, self.lang),
            name=_name(cells),
            address=() if self._by_email(cells) else tuple(_address(cells)),
            email=cells.get("email", ""),
        )

    def _once(self, person: Recipient) -> Recipient | tuple[Message, ...]:
        key = tuple(one.casefold() for one in person.lines)
        first = self.seen.setdefault(key, person.row)
        if first != person.row:
            return (say("the same person stands in row {row}", row=first),)
        return person


def _name(cells: Mapping[str, str]) -> str:
    if "name" in cells:
        return cells["name"]
    return " ".join(one for one in (cells["first"], cells["last"]) if one)


def _address(cells: Mapping[str, str]) -> Iterator[str]:
    for column in ("street", "street2"):
        yield from (line for line in cells.get(column, "").split("\n") if line)
    country, postcode = cells.get("country", ""), cells["postcode"]
    if check.is_norway(country):
        yield f"{check.norwegian_postcode(postcode)} {cells['place']}"
    else:
        yield f"{postcode} {cells['place']}"
        yield country.upper()

"""Which column is which: Norwegian and English headings, however they are spelled."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from breachdesk.errors import RefusedError
from breachdesk.exchange.recipients.records import DELIMITERS, Record, records
from breachdesk.message import say

WORDS: Mapping[str, str] = {
    "name": "navn namn fulltnavn fulltnamn mottaker mottakar mottakernavn name fullname recipient",
    "first": "fornavn fornamn firstname givenname",
    "last": "etternavn etternamn lastname surname familyname",
    "street": "adresse gateadresse postadresse adresse1 adresselinje1 gate "
    "address street streetaddress address1 addressline1",
    "street2": "adresse2 adresselinje2 co address2 addressline2",
    "postcode": "postnummer postnr postkode zip zipcode postcode postalcode",
    "place": "poststed poststad sted by city town place postaltown",
    "country": "land country",
    "lang": "språk sprak målform maalform skriftspråk language lang",
    "email": "epost epostadresse email mail emailaddress",
}
"""Each column and the headings it may have, without spaces, hyphens, dots and strokes."""
_COLUMN = {word: column for column, words in WORDS.items() for word in words.split()}
_POSTAL = frozenset({"street", "postcode", "place"})


@dataclass(frozen=True, slots=True)
class Layout:
    """How the list is laid out."""

    delimiter: str
    skipped: int
    """Lines before the headings that are no records: Excel's ``sep=;``."""
    columns: Mapping[str, int]
    """Column to its place."""
    headings: tuple[str, ...]

    @property
    def unused(self) -> tuple[str, ...]:
        """Headings that are not read."""
        used = set(self.columns.values())
        return tuple(one for n, one in enumerate(self.headings) if n not in used and one.strip())

    @property
    def has_post(self) -> bool:
        """Does it have columns for an address to post to?"""
        return self.columns.keys() >= _POSTAL


def find_layout(text: str) -> Layout:
    """Return the layout whose headings are understood best.

    Raises:
        RefusedError: The list is empty, or lacks a column, or has one twice.
    """
    skipped = 1 if text[:4].lower() == "sep=" else 0
    layouts = [one for sign in DELIMITERS for one in _layout(text, sign, skipped)]
    if not layouts:
        raise RefusedError(
            say("The list is empty."), say("It needs a row of headings and a row for each person.")
        )
    best = max(layouts, key=lambda one: (len(one.columns), len(one.headings)))
    _check(best)
    return best


def _layout(text: str, delimiter: str, skipped: int) -> Iterator[Layout]:
    """Yield the layout if the cells are parted by this sign; nothing for an empty list."""
    first: Record | None = next(records(text, delimiter, skipped=skipped), None)
    if first is not None and not first.is_blank:
        yield Layout(delimiter, skipped, _columns(first.cells), first.cells)


def _columns(headings: Sequence[str]) -> Mapping[str, int]:
    found: dict[str, int] = {}
    for number, heading in enumerate(headings):
        column = _COLUMN.get(plain(heading))
        if column is not None:
            found.setdefault(column, number)
    return found


def plain(heading: str) -> str:
    """Return a heading without what people spell differently."""
    return "".join(one for one in heading.casefold() if one.isalnum())


def _check(layout: Layout) -> None:
    columns = layout.columns
    if not columns:
        raise RefusedError(
            say("The first row has no headings that are known here."),
            say("Write headings such as navn; adresse; postnummer; poststed; språk; e-post."),
        )
    twice = _named_twice(layout)
    if twice:
        raise RefusedError(
            say("Two columns can be “{heading}”.", heading=twice),
            say("Give one of them another heading; it is then left out."),
        )
    if "name" not in columns and not columns.keys() >= {"first", "last"}:
        raise RefusedError(
            say("There is no column with names."),
            say("Write “navn” over it, or “fornavn” and “etternavn”."),
        )
    if not layout.has_post and "email" not in columns:
        raise RefusedError(
            say("There are no columns with addresses."),
            say("Write “adresse”, “postnummer” and “poststed” over them, or “e-post”."),
        )


def _named_twice(layout: Layout) -> str:
    seen: set[str] = set()
    for heading in layout.headings:
        column = _COLUMN.get(plain(heading))
        if column in seen:
            return heading.strip()
        if column:
            seen.add(column)
    return ""

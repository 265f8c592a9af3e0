"""The search index: every text of every case, in parts of three letters, inside the encrypted file.

A word is found wherever it stands, inside other words too, as Norwegian compounds want it. The
index holds no text, only where its parts occur; what is taken out of it is overwritten.
Another kind of database brings an index of its own with these functions.
"""

from collections.abc import Mapping, Sequence
from functools import cache

from sqlalchemy import (
    Connection,
    Select,
    Table,
    and_,
    bindparam,
    column,
    func,
    or_,
    select,
    table,
)
from sqlalchemy.sql.elements import ColumnElement

from breachdesk.store.engine import folded

DEFINITION = (
    """
    CREATE VIRTUAL TABLE case_text
    USING fts5(body, tokenize='trigram', content='', contentless_delete=1)
    """,
    "INSERT INTO case_text(case_text, rank) VALUES ('secure-delete', 1)",
)
"""What makes the index, statement by statement."""
INDEX_PARTS: Mapping[str, str | None] = {
    "case_text": DEFINITION[0].strip(),
    **{f"case_text_{part}": None for part in ("config", "data", "docsize", "idx")},
}
"""The tables it consists of; None for those that the database makes by itself."""
_INDEX = table("case_text", column("rowid"), column("body"), column("case_text"))
_SHORTEST = 3
"""Letters of the shortest word the index can find; shorter ones are looked for in the titles."""


def make_index(connection: Connection) -> None:
    """Make the empty index."""
    for statement in DEFINITION:
        connection.exec_driver_sql(statement)


def put_text(connection: Connection, case: int, words: str) -> None:
    """Let a case be found by these words; those it was found by before are forgotten.

    Args:
        connection: in a transaction that writes.
        case: number of the case's first entry.
        words: every text of the case.
    """
    connection.execute(_INDEX.delete().where(_INDEX.c.rowid == case))
    connection.execute(_INDEX.insert().values(rowid=case, body=words))


def rewrite_index(connection: Connection) -> None:
    """Write the index anew as one piece: what a case was found by before is in it no longer.

    Args:
        connection: in a transaction that writes.
    """
    connection.exec_driver_sql("INSERT INTO case_text(case_text) VALUES ('optimize')")


def not_in_index(connection: Connection, cases: ColumnElement[int]) -> int:
    """Return how many cases no word finds.

    Args:
        connection: reads the index.
        cases: the column with the number of each case's first entry.
    """
    missing = select(func.count()).where(cases.not_in(select(_INDEX.c.rowid)))
    return connection.scalar(missing) or 0


def short_words(register: Table, search: str) -> ColumnElement[bool] | None:
    """Return the condition that words too short for the index stand in a case; None without any.

    Such a word is looked for in title and reference, case aside, and in every text beside the word
    it was typed beside.

    Args:
        register: the table of the register's lines.
        search: words with spaces between.
    """
    words, found = search.casefold().split(), []
    in_sight = folded(register.c.title + " " + register.c.ref)
    for place, word in enumerate(words):
        if len(word) < _SHORTEST:
            pairs = (words[max(place - 1, 0) : place + 1], words[place : place + 2])
            beside = [" ".join(pair) for pair in pairs if len(" ".join(pair)) >= _SHORTEST]
            seen = in_sight.contains(word, autoescape=True)
            walked = register.c.seq + 0  # an expression: no index of numbers tempts to look all up
            found.append(or_(seen, walked.in_(_found(beside, " OR "))) if beside else seen)
    return and_(*found) if found else None


def asked_of_index(search: str) -> str | None:
    """Return what the index is asked for: every word that it can find; None without any.

    Words too short for it are still to be looked for among what it finds (`short_words`).
    """
    whole = [word for word in search.casefold().split() if len(word) >= _SHORTEST]
    return _joined(whole, " AND ") if whole else None


def few_found(connection: Connection, asked: str, most: int) -> tuple[int, ...] | None:
    """Return the numbers of the first entries of the cases that are found; None when many are.

    Args:
        connection: reads the index.
        asked: from `asked_of_index`.
        most: how many cases are few.
    """
    values = {"asked": asked, "enough": most + 1}
    if (connection.scalar(_counted(), values) or 0) > most:
        return None
    return tuple(connection.scalars(found_in_index(), values))


@cache
def found_in_index() -> Select[int]:
    """Return the numbers of the cases found, where ``asked`` is bound to `asked_of_index`."""
    return select(_INDEX.c.rowid).where(_INDEX.c.case_text.bool_op("MATCH")(bindparam("asked")))


@cache
def _counted() -> Select[int]:
    """Return how many are found, counted no further than ``enough``."""
    some = found_in_index().limit(bindparam("enough")).subquery()
    return select(func.count()).select_from(some)


def _joined(parts: Sequence[str], joined: str) -> str:
    return joined.join('"' + part.replace('"', '""') + '"' for part in parts)


def _found(parts: Sequence[str], joined: str) -> Select[int]:
    match = _INDEX.c.case_text.bool_op("MATCH")
    return select(_INDEX.c.rowid).where(match(_joined(parts, joined)))

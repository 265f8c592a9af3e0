"""The search index: every text of every case, in parts of three letters, inside the encrypted file.

A word is found wherever it stands, inside other words too, as Norwegian compounds want it. The
index holds no text, only where its parts occur; what is taken out of it is overwritten.
Another kind of database brings an index of its own with these functions.
"""

from collections.abc import Sequence

from sqlalchemy import (
    Connection,
    Integer,
    Select,
    Table,
    and_,
    column,
    or_,
    select,
    table,
    union_all,
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
_INDEX = table("case_text", column("rowid"), column("body"), column("case_text"))
_SHORTEST = 3
"""Letters of the shortest word the index can find; shorter ones are looked for in the titles."""
_SEQ = column("seq", Integer)
_ALL = -1
"""A limit that cuts nothing off."""


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


def few_found(connection: Connection, search: str, most: int) -> tuple[int, ...] | None:
    """Return the cases whose texts hold every word that the index can find; None when many do.

    Args:
        connection: reads the index.
        search: words with spaces between.
        most: how many cases are few.

    Returns:
        Numbers of the cases' first entries. Words too short for the index are still to be looked
        for among them.
    """
    whole = _whole(search)
    if not whole:
        return None
    found = connection.scalars(_found(whole, " AND ").limit(most + 1)).all()
    return tuple(found) if len(found) <= most else None


def many_found(stretches: Sequence[Select[int]], search: str, limit: int | None) -> Select[int]:
    """Return the first of many cases that hold every word that the index can find, in order.

    The index of words is asked once, and the register walked, stretch after stretch, until there
    are enough. That the walk comes before the sieve, and in order, is what the limits inside say:
    they cut nothing off.

    Args:
        stretches: the register's numbers, as `Page.stretches` orders them.
        search: words with spaces between.
        limit: how many are wanted.
    """
    whole = _whole(search)
    parts = (select(_SEQ).select_from(one.limit(_ALL).subquery()) for one in stretches)
    chosen = select(_SEQ).select_from(union_all(*parts).limit(_ALL).subquery()).limit(limit)
    return chosen.where(_SEQ.in_(_found(whole, " AND "))) if whole else chosen


def _whole(search: str) -> list[str]:
    return [word for word in search.casefold().split() if len(word) >= _SHORTEST]


def _found(parts: Sequence[str], joined: str) -> Select[int]:
    asked = joined.join('"' + part.replace('"', '""') + '"' for part in parts)
    return select(_INDEX.c.rowid).where(_INDEX.c.case_text.bool_op("MATCH")(asked))

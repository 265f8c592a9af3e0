"""Draw what somebody typed as blocks, while the screen is shared: as long, and nothing to read."""

from unicodedata import category, east_asian_width

_BLOCK = "▒"
_KEPT = frozenset("ZCP")
"""Spaces, marks of punctuation and line breaks stay, so that lines break where they did."""

OPEN = frozenset(
    [
        "align",
        "column",
        "count",
        "cited",
        "date",
        "day",
        "days",
        "deadline",
        "digest",
        "due",
        "duties",
        "duty",
        "end",
        "example",
        "forms",
        "ground",
        "grounds",
        "head",
        "heading",
        "hint",
        "holiday",
        "hours",
        "id",
        "ids",
        "iso",
        "key",
        "keys",
        "kind",
        "label",
        "lang",
        "law",
        "left",
        "length",
        "level",
        "line",
        "long",
        "matter",
        "minutes",
        "mark",
        "marks",
        "moment",
        "months",
        "more",
        "most",
        "option",
        "options",
        "outcome",
        "outcomes",
        "owed",
        "question",
        "ref",
        "regime",
        "remaining",
        "remedy",
        "risk",
        "row",
        "rows",
        "rule",
        "said",
        "score",
        "section",
        "seq",
        "settles",
        "sign",
        "size",
        "span",
        "start",
        "state",
        "step",
        "term",
        "terms",
        "time",
        "times",
        "unit",
        "units",
        "until",
        "version",
        "when",
        "year",
        "zone",
        "before",
        "after",
        "aware",
    ]
)
"""Places in a sentence for what nobody typed: times, numbers, the law's and the forms' own words.

Everything else is veiled, so that a place nobody thought of hides too much and not too little.
"""


def veiled(text: str) -> str:
    """Return blocks in place of every letter, digit and sign, as wide as the text was."""
    return "".join(
        sign
        if category(sign)[0] in _KEPT
        else _BLOCK * (2 if east_asian_width(sign) in "WF" else 1)
        for sign in text
    )

"""A desk's own forms folder, written for one test, laid over the shipped forms."""

from pathlib import Path

from breachdesk.forms import Forms, find_forms, load

HEAD = """
id = "{id}"
version = "test-1"
valid_from = {valid_from}
reviewed_on = 2026-11-22
languages = ["en", "nb"]
title = {{ en = "Test", nb = "Prøve" }}
"""


def head(form: str, *, valid_from: str = "2018-07-20", more: str = "") -> str:
    """Return the head of a form file."""
    return HEAD.format(id=form, valid_from=valid_from) + more


def question(name: str = "extra", **changes: str) -> str:
    """Return a question in TOML; a change of "" leaves the key out."""
    keys = {
        "kind": '"text"',
        "text": '{ en = "Text", nb = "Tekst" }',
        "why": '{ en = "Why", nb = "Hvorfor" }',
        "cites": '["gdpr-33-1"]',
    } | changes
    lines = [f"{key} = {value}" for key, value in keys.items() if value]
    return "\n".join(["[[question]]", f'id = "{name}"', *lines, ""])


PLACED = '[[section]]\nid = "data"\nadd = ["extra"]\n'


def write(folder: Path, **files: str) -> Path:
    """Write files named like no__facts for no/facts.toml; return the folder."""
    for name, text in files.items():
        path = folder / (name.replace("__", "/") + ".toml")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return folder


def load_over(folder: Path, **files: str) -> Forms:
    """Load the shipped forms with these files over them."""
    return load(find_forms(), write(folder, **files))

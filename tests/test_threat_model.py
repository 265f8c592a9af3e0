"""Every claim of README's threat model names a test that is there."""

import ast
import re
from pathlib import Path

ROOT = Path(__file__).parents[1]
NOT_KEPT_OUT = "**no**"


def rows() -> list[list[str]]:
    text = (ROOT / "README.md").read_text("utf-8")
    table = text.partition("| who, or what |")[2].partition("\n\n")[0].splitlines()[2:]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in table]


def names_of_tests() -> set[str]:
    return {
        node.name
        for path in (ROOT / "tests").rglob("test_*.py")
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and node.name.startswith("test_")
    }


def test_each_claim_names_tests_that_are_there() -> None:
    there = names_of_tests()
    found = rows()
    assert len(found) >= 14
    for who, kept_out, by, shown_by in found:
        named = re.findall(r"`(test_\w+)`", shown_by)
        assert by, who
        assert named or kept_out == NOT_KEPT_OUT, f"{who}: a claim without a test"
        assert set(named) <= there, f"{who}: {set(named) - there}"


def test_who_is_not_kept_out_is_said() -> None:
    assert sum(kept_out == NOT_KEPT_OUT for _, kept_out, _, _ in rows()) >= 3


def test_nothing_is_claimed_about_freed_memory() -> None:
    text = (ROOT / "README.md").read_text("utf-8").lower()
    assert "nothing is claimed about what remains in memory" in text
    for word in (
        "wiped from memory",
        "zeroed",
        "zeroised",
        "cleared from memory",
        "memory is wiped",
    ):
        assert word not in text

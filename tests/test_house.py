"""The house rules that a linter cannot see."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "breachdesk"
SOURCES = sorted(PACKAGE.rglob("*.py"))
LONGEST_FILE = 400
LONGEST_FUNCTION = 60
FORBIDDEN_WORDS = {"manager", "service", "helper", "utils", "handler"}
TOP_LEVEL = {
    "pyproject.toml", "breachdesk", "forms", "tests", "screenshots", "README.md",
    "LICENSE", "CHANGELOG.md",
}  # fmt: skip


@pytest.mark.parametrize("source", SOURCES, ids=lambda path: str(path.relative_to(ROOT)))
def test_no_file_and_no_function_grows_past_the_hard_limits(source: Path) -> None:
    text = source.read_text(encoding="utf-8")
    assert text.count("\n") <= LONGEST_FILE
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.end_lineno:
            assert node.end_lineno - node.lineno < LONGEST_FUNCTION, node.name


@pytest.mark.parametrize("source", SOURCES, ids=lambda path: str(path.relative_to(ROOT)))
def test_no_broad_except_and_no_clock_below_the_command_line(source: Path) -> None:
    for node in ast.walk(ast.parse(source.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ExceptHandler):
            is_broad = node.type is None or (
                isinstance(node.type, ast.Name) and node.type.id in {"Exception", "BaseException"}
            )
            assert not is_broad or is_edge(source) or hands_on(node), f"line {node.lineno}"
        if isinstance(node, ast.Attribute) and node.attr in {"now", "utcnow", "today"}:
            is_datetime = isinstance(node.value, ast.Name) and node.value.id in {"datetime", "date"}
            assert not is_datetime or is_edge(source), f"line {node.lineno}"


def is_edge(source: Path) -> bool:
    return source.parent.name == "cli"


def hands_on(handler: ast.ExceptHandler) -> bool:
    """Does it raise the error again, or give it whole to whoever waits in another thread?"""
    return any(
        isinstance(node, ast.Raise)
        or (isinstance(node, ast.Attribute) and node.attr == "set_exception")
        for node in ast.walk(handler)
    )


def test_no_name_says_nothing() -> None:
    for source in SOURCES:
        assert not FORBIDDEN_WORDS & set(source.stem.split("_")), source
        for node in ast.walk(ast.parse(source.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ClassDef):
                assert not any(word in node.name.lower() for word in FORBIDDEN_WORDS), node.name


def test_the_top_level_is_the_owners() -> None:
    listed = subprocess.run(
        ["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    if listed.returncode != 0:
        pytest.skip("not a git checkout")
    tops = {line.split("/")[0] for line in listed.stdout.splitlines()}
    assert {top for top in tops if not top.startswith(".")} <= TOP_LEVEL


@pytest.mark.parametrize(
    ("statement", "absent"),
    [
        ("import breachdesk.desk", ("textual", "rich")),
        ("import breachdesk.tui.app", ("sqlmodel", "reportlab", "sqlcipher3")),
    ],
)
def test_a_floor_never_loads_what_it_must_not_know(statement: str, absent: tuple[str, ...]) -> None:
    loaded = subprocess.run(
        [sys.executable, "-c", f"{statement}; import sys; print(' '.join(sys.modules))"],
        capture_output=True, text=True, check=True,
    ).stdout.split()  # fmt: skip
    assert not set(absent) & set(loaded)


def test_the_version_asks_for_none_of_the_heavy_libraries() -> None:
    script = (
        "import sys; sys.argv = ['breachdesk', '--version']\n"
        "from breachdesk.__main__ import main\n"
        "try: main()\n"
        "except SystemExit: pass\n"
        "print(' '.join(sys.modules))"
    )
    loaded = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True
    ).stdout.split()
    assert not {"sqlmodel", "reportlab", "textual", "keyring"} & set(loaded)

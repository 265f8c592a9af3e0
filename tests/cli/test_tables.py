from breachdesk.cli.tables import folded, lines_of

ROWS = [
    ["", "BD-2026-001", "T" * 60, "running", "notify"],
    ["!", "BD-2026-1000", "x", "y", "z" * 90],
]


def test_what_goes_to_a_program_is_whole_in_every_column() -> None:
    lines = list(lines_of(ROWS, None))
    assert lines[0].startswith("   BD-2026-001   " + "T" * 60)
    assert lines[1].endswith("z" * 90)


def test_what_goes_to_a_terminal_fits_it() -> None:
    for columns in (60, 80, 120):
        assert max(len(line) for line in lines_of(ROWS, columns)) <= columns
    assert next(iter(lines_of(ROWS, 80))).endswith("notify")


def test_a_row_too_wide_for_a_terminal_takes_several_lines_and_loses_nothing() -> None:
    rows = [
        ["▲", "BD-2026-001", "Payroll list sent to the wrong recipient " * 3, "running, 2 h left",
         "–", "notify the authority, tell the people affected, record the breach in the register"],
        ["", "BD-2026-002", "Laptop", "not started", "high risk", "–"],
    ]  # fmt: skip
    lines = list(folded(rows, 80, 3))
    assert max(map(len, lines)) <= 80
    assert lines[0].endswith("…"), "only a title is cut"
    assert " ".join(" ".join(lines[1:-2]).split()) == f"running, 2 h left · {rows[0][5]}"
    assert lines[-2:] == ["   BD-2026-002  Laptop", " " * 16 + "not started · high risk"]

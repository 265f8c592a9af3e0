from breachdesk.cli.tables import lines_of

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

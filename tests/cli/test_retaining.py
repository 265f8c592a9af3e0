"""How long a case is kept: seen everywhere, held by a person, and never ended by itself."""

from pathlib import Path

import pytest

from tests.cli.runner import Cli


@pytest.fixture
def closed(cli: Cli, case: str, tmp_path: Path, profile: Path) -> str:
    """A case closed on 20 November 2026 by an organisation that keeps cases for two years."""
    text = profile.read_text(encoding="utf-8").replace("[desk]\n", "")
    rule = '[desk]\ncase_retention = "2 years"\n'
    kept = tmp_path / "profile.toml"
    lines = [one for one in text.splitlines() if "case_retention" not in one]
    kept.write_text("\n".join(lines) + f"\n{rule}", encoding="utf-8")
    cli("organisation", "import", str(kept))
    cli("close", case, "--because", "All is done")
    return case


def test_the_case_says_how_long_it_is_kept(cli: Cli, closed: str) -> None:
    assert "To be kept until Monday 20 November 2028 (2 years)." in cli("show", closed).out
    shown = cli("show", closed, "--json").json
    assert shown["retention"] == {"state": "kept", "rule": "2 years", "until": "2028-11-20"}
    assert shown["hold"] is None
    assert cli("list", "--erasable", "--json").json == []
    assert "list --erasable" not in cli("due").err


def test_when_the_time_is_over_lists_say_so_and_nothing_is_erased(cli: Cli, closed: str) -> None:
    cli("new", "Another, still open")
    cli.clock.move(days=731)
    (line,) = cli("list", "--erasable", "--json").json
    assert (line["ref"], line["erasable_from"], line["held"]) == (closed, "2028-11-20", False)
    assert "it may be erased" in cli("show", closed).out
    assert "One case may be erased by our own rule" in cli("due").err
    assert cli("show", closed, "--json").json["title"] == "Payroll list"


def test_a_hold_keeps_it_and_a_release_lets_it_go(cli: Cli, closed: str) -> None:
    cli.clock.move(days=731)
    held = cli("hold", closed, "--person", "Ola Li", "--because", "A lawsuit is announced")
    assert "Ola Li wants it kept. A lawsuit is announced" in held.out
    assert cli("list", "--erasable", "--json").json == []
    assert "Ola Li wants BD-2026-001 kept" in cli.refused("erase", closed, "--because", "Over")
    shown = cli("show", closed, "--json").json
    assert shown["hold"]["person"] == "Ola Li"
    assert shown["retention"]["state"] == "held"
    assert "To be kept until further notice" in cli("timeline", closed, "--format", "md").out
    cli("hold", closed, "--release", "--because", "The suit was settled")
    assert len(cli("list", "--erasable", "--json").json) == 1
    cli("erase", closed, "--because", "Kept for two years, as our plan says")
    assert cli("list", "--erasable", "--json").json == []
    assert cli("show", closed, "--json").json["retention"]["state"] == "erased"
    assert cli("verify", "--json").json["ok"] is True


def test_what_makes_no_sense_is_refused(cli: Cli, case: str) -> None:
    assert "nothing to release" in cli.refused("hold", case, "--release", "--because", "Done")
    assert "goes with a hold" in cli.refused(
        "hold", case, "--release", "--person", "Ola", "--because", "Done"
    )
    assert "A reason is needed" in cli.refused("hold", case, "--because", " … ")


def test_the_calendar_has_the_day_and_no_word_of_the_case(cli: Cli, closed: str) -> None:
    calendar = cli("due", "--format", "ics").out.replace("\r\n ", "")
    assert f"SUMMARY:May be erased: {closed}" in calendar
    assert "DTEND:20281120T080000Z" in calendar
    assert "Payroll" not in calendar


def test_a_reopened_case_counts_anew_and_a_rule_of_no_number_says_so(
    cli: Cli, closed: str, profile: Path, tmp_path: Path
) -> None:
    cli("reopen", closed, "--because", "A new fact")
    assert cli("show", closed, "--json").json["retention"]["state"] == "open"
    cli.clock.move(days=10)
    cli("close", closed, "--because", "Now all is done")
    assert cli("show", closed, "--json").json["retention"]["until"] == "2028-11-30"
    text = profile.read_text(encoding="utf-8")
    lines = [one for one in text.splitlines() if "case_retention" not in one and one != "[desk]"]
    vague = tmp_path / "vague.toml"
    vague.write_text("\n".join([*lines, "[desk]", 'case_retention = "as needed"']))
    cli("organisation", "import", str(vague))
    assert "cannot be counted: “as needed”" in cli("show", closed).out
    assert cli("list", "--erasable", "--json").json == []

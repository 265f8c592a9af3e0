from pathlib import Path

import pytest

from tests.cli.runner import Cli


def refs(cli: Cli, *arguments: str) -> list[str]:
    return [one["ref"][-3:] for one in cli("list", "--json", *arguments).json]


@pytest.fixture
def four(cli: Cli) -> Cli:
    cli("new", "Unknown awareness")
    cli("new", "Fresh case", "--aware", "now")
    cli("new", "Late case", "--aware", "17.11.2026 08:00")
    cli("new", "Done case", "--aware", "now")
    cli("close", "4", "--because", "done")
    return cli


def test_the_list_begins_with_what_presses_most(four: Cli) -> None:
    assert refs(four)[0] == "003"
    said = four("list").out.splitlines()
    assert said[1].startswith("!")
    assert "overdue" in said[1]


def test_the_list_can_be_filtered_and_paged(four: Cli) -> None:
    assert "004" not in refs(four, "--open")
    assert refs(four, "--search", "FRESH") == ["002"]
    assert refs(four, "--due-within", "1h") == ["003"]
    assert refs(four, "--year", "2025") == []
    first = refs(four, "--limit", "2")
    rest = refs(four, "--after", first[-1].lstrip("0"))
    assert sorted([*first, *rest]) == ["001", "002", "003", "004"]


def test_an_empty_list_says_what_to_do(cli: Cli) -> None:
    assert "breachdesk new TITLE" in cli("list").err
    cli("new", "One")
    assert "No case fits" in cli("list", "--search", "zebra").err


@pytest.mark.parametrize(
    "arguments",
    [["--limit", "many"], ["--year", "-1"], ["--due-within", "soon"], ["--after", "77"],
     ["--limit", "9" * 30]],
)  # fmt: skip
def test_a_filter_that_cannot_be_read_is_refused(four: Cli, arguments: list[str]) -> None:
    four.refused("list", *arguments)


def test_a_case_is_shown_in_words(four: Cli) -> None:
    said = four("show", "2").out
    assert said.startswith("BD-2026-002  Fresh case\ncontroller · open\n")
    assert "notify the authority: 72 h left" in said
    assert "Missing (" in said
    assert "Timeline" in said


def test_a_case_is_shown_as_the_desk_knew_it(cli: Cli, case: str) -> None:
    cli.clock.move(hours=2)
    cli("note", case, "The recipient called")
    cli.clock.move(hours=1)
    now = cli("show", case, "--json").json
    then = cli("show", case, "--at", "2 h ago", "--json").json
    assert [one["kind"] for one in now["timeline"]] == ["aware", "logged", "information"]
    assert [one["kind"] for one in then["timeline"]] == ["aware", "logged"]
    assert then["clock"][0]["remaining_seconds"] == now["clock"][0]["remaining_seconds"] + 7200
    assert "not logged yet" in cli.refused("show", case, "--at", "yesterday 12:00")


def test_due_lists_running_duties_and_its_exit_code_tells_when_one_presses(cli: Cli) -> None:
    assert "Nothing is due" in cli("due", "--exit-code").err
    cli("new", "Fresh", "--aware", "now")
    lines = cli("due", "--json", "--exit-code").json
    assert [(one["duty"], one["state"], one["remaining_seconds"]) for one in lines] == [
        ("inform_subjects", "running", None),
        ("notify_authority", "running", 72 * 3600),
    ]
    cli.clock.move(hours=48)
    said = cli("due", "--exit-code", code=1).out
    assert said.splitlines()[0].startswith("*")
    cli.clock.move(hours=25)
    late = cli("due", "--json", "--within", "24h", "--exit-code", code=1).json[0]
    assert (late["state"], late["remaining_seconds"]) == ("overdue", -3600)


def test_due_is_pressing_when_awareness_is_unknown_and_the_worst_case_has_passed(cli: Cli) -> None:
    cli("new", "Unsure", "--detected", "now")
    cli("due", "--exit-code")
    cli.clock.move(hours=73)
    cli("due", "--exit-code", code=1)


def test_the_clock_shows_its_working_and_its_warnings(cli: Cli) -> None:
    cli("new", "Friday night", "--aware", "12.11.2026 08:00")
    first = cli("clock", "1", "--json").json[0]
    assert first["duty"] == "notify_authority"
    assert [one["step"] for one in first["working"]] == list(range(1, len(first["working"]) + 1))
    cli("new", "Ends on a Sunday", "--aware", "19.11.2026 20:00")
    said = cli("clock", "2").out
    assert "72 elapsed hours" in said
    assert "  ! " in said


def test_what_is_said_follows_the_language(cli: Cli, case: str) -> None:
    english, bokmaal = cli("show", case, "--json").json, cli("show", case, "--json", "--lang", "nb")
    assert bokmaal.json["clock"][0]["state"] == english["clock"][0]["state"] == "running"
    assert bokmaal.json["clock"][0]["working"] != english["clock"][0]["working"]
    assert "Neste: " in cli("show", case, "--lang", "nb").out


def test_digits_of_other_scripts_are_no_reference(cli: Cli, case: str) -> None:
    assert case
    assert "is not a case reference" in cli.refused("show", "\u0661")
    assert "is not a case reference" in cli.refused("note", "BD-2026-00\u0661", "x")


def test_who_has_no_organisation_is_told_how_to_load_one(
    cli: Cli, case: str, profile: Path
) -> None:
    assert "organisation import FILE" in cli("show", case).err
    cli("organisation", "import", str(profile))
    assert "organisation import" not in cli("show", case).err + cli("new", "Another").err

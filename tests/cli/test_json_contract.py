"""Key by key what other people's programs rely on; a missing value is null, never absent."""

import re
from pathlib import Path
from typing import Any

import pytest

from tests.cli.runner import Cli

CASE = {
    "ref", "title", "status", "drill", "regime", "forms", "facts", "unknown", "clock", "assessment",
    "advice", "decisions", "documents", "dispatches", "timeline", "tasks", "evidence",
}  # fmt: skip
ASSESSED = {"risk", "severity", "rules", "advice", "flips", "problems"}
CLOCK = {
    "duty", "regime", "started_at", "deadline", "worst_case_deadline", "state", "working",
}  # fmt: skip
LINE = {
    "ref", "title", "role", "status", "drill", "became_aware_at", "deadline", "state", "risk",
    "duties",
}  # fmt: skip
DUE = {"ref", "duty", "deadline", "remaining_seconds", "state", "to"}
MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+00:00")
ABOUT_TIME = re.compile(r"(_at|_from|_to|deadline|^due|^at)$")


def times(value: Any, key: str = "") -> list[tuple[str, Any]]:  # noqa: ANN401 - any JSON
    """Every value that stands under a key for times."""
    if isinstance(value, dict):
        return [found for name, one in value.items() for found in times(one, name)]
    if isinstance(value, list):
        return [found for one in value for found in times(one, key)]
    return [(key, value)] if ABOUT_TIME.search(key) and isinstance(value, str) else []


@pytest.fixture
def full(cli: Cli, case: str, profile: Path) -> str:
    """A case in which everything was done once."""
    cli("organisation", "import", str(profile))
    cli("answer", case, "facts", "--set", "people_basis=exact", "--set", "people_number=12",
        "--unknown", "systems", "--owner", "Ola", "--due", "tomorrow 12:00")  # fmt: skip
    cli("answer", case, "risk", "--set", "data_types=economic", "--set", "exposure=obtained")
    cli("assess", case)
    cli("decide", case, "is_breach", "--outcome", "yes", "--because", "They reached an outsider")
    document = cli("issue", case, "notification", "--out", str(cli.home.parent / "n.pdf")).ref
    cli("sent", document, "--to", "Datatilsynet", "--channel", "Altinn")
    cli("note", case, "A line")
    return case


def test_show_gives_every_key(cli: Cli, full: str) -> None:
    case = cli("show", full, "--json").json
    assert set(case) >= CASE
    for fact in case["facts"].values():
        assert set(fact) >= {"value", "text", "by", "at", "edpb"}
    for one in case["unknown"]:
        assert set(one) >= {"id", "text", "owner", "due"}
    assert [one["id"] for one in case["unknown"]] == ["systems"]
    assert {"to_confirm", "unanswered"} <= set(case)
    for one in case["clock"]:
        assert set(one) >= CLOCK
        assert all(set(step) == {"step", "text", "value"} for step in one["working"])
    assert set(case["assessment"]) >= ASSESSED
    for one in case["documents"]:
        assert set(one) >= {"document", "kind", "phase", "lang", "sha256", "issued_at"}
    assert (case["evidence"], case["tasks"]) == ([], [])


def test_before_anything_is_done_every_key_is_there_already(cli: Cli) -> None:
    case = cli("new", "Bare", "--json").json
    assert set(case) >= CASE
    assert case["assessment"] is None
    assert (case["decisions"], case["documents"], case["dispatches"]) == ([], [], [])
    assert case["clock"][0]["started_at"] is None


def test_times_are_utc_with_offset_and_whole_seconds(cli: Cli, full: str) -> None:
    cli("new", "Another", "--aware", "now")
    for command in (["show", full], ["list"], ["due"], ["clock", full]):
        found = times(cli(*command, "--json").json)
        assert found, command
        for key, value in found:
            assert MOMENT.fullmatch(value), (command, key, value)


def test_lists_give_every_key(cli: Cli, full: str) -> None:
    assert all(set(one) >= LINE for one in cli("list", "--json").json)
    assert all(set(one) >= DUE for one in cli("due", "--json").json)
    assert all(set(one) >= CLOCK for one in cli("clock", full, "--json").json)
    cli("new", "Bare")
    line = next(one for one in cli("list", "--json").json if one["title"] == "Bare")
    assert (line["risk"], line["deadline"], line["became_aware_at"]) == (None, None, None)


@pytest.mark.parametrize(
    "command",
    [
        ["aware", "{}", "16:00", "--because", "x"],
        ["correct", "{}", "title", "Another", "--because", "x"],
        ["close", "{}", "--because", "x"],
        ["decide", "{}", "is_breach", "--outcome", "yes", "--because", "x"],
        ["sent", "{}", "--duty", "notify_authority", "--to", "x", "--channel", "y"],
        ["note", "{}", "x"],
        ["form", "upgrade", "{}"],
    ],
    ids=lambda command: command[0],
)
def test_every_act_gives_the_fresh_case(cli: Cli, case: str, command: list[str]) -> None:
    given = cli(*(word.format(case) for word in command), "--json").json
    assert given == cli("show", case, "--json").json


def test_nothing_but_json_is_on_stdout_and_ids_are_the_same_in_every_language(
    cli: Cli, full: str
) -> None:
    english, bokmaal = (cli("show", full, "--json", "--lang", lang).json for lang in ("en", "nb"))

    def ids(value: Any) -> Any:  # noqa: ANN401 - any JSON
        if isinstance(value, dict):
            told = {"text", "because", "to", "problem", "warnings", "title"}
            return {key: ids(one) for key, one in value.items() if key not in told}
        return [ids(one) for one in value] if isinstance(value, list) else value

    assert ids(english) == ids(bokmaal)
    assert english != bokmaal

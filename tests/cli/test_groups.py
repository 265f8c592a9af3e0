"""Groups of people by command: named, answered for, decided for, and what is refused."""

from pathlib import Path

import pytest

from tests.cli.runner import Cli

GROUP = {
    "id", "name", "number", "risk", "advice", "answers", "decision", "outcome", "told_at",
    "history",
}  # fmt: skip


def test_a_group_has_its_own_answers_advice_and_decision(cli: Cli, case: str) -> None:
    cli("answer", case, "facts", "--set", "nature=confidentiality", "--set", "data_types=contact")
    cli("group", "add", case, "Ansatte", "--number", "12")
    cli("answer", case, "risk", "--group", "ansatte", "--set", "data_types=health")
    (group,) = cli("group", "list", case, "--json").json
    assert set(group) == GROUP
    assert group["answers"]["data_types"]["value"] == ["health"]
    assert [one["number"] for one in group["history"]] == [12, 12]
    assessed = cli("assess", case, "--json").json
    (theirs,) = assessed["people_groups"]
    assert {"risk", "severity", "rules", "advice", "flips", "problems"} <= set(theirs)
    assert theirs["name"] == "Ansatte"
    cli(
        "decide", case, "inform_subjects", "--group", "Ansatte", "--outcome", "not_yet",
        "--because", "Ola ser på loggene",
    )  # fmt: skip
    shown = cli("show", case, "--json").json
    assert shown["decisions"][-1]["group"] == "group-1"
    assert shown["people_groups"][0]["outcome"] == "not_yet"
    assert shown["facts"]["data_types"]["value"] == ["contact"]


def test_a_letter_to_a_group_and_its_sending_name_it(cli: Cli, case: str, tmp_path: Path) -> None:
    cli("group", "add", case, "Ansatte")
    path = str(tmp_path / "brev.pdf")
    issued = cli("issue", case, "communication", "--group", "1", "--out", path, "--json").json
    assert issued["group"] == "group-1"
    sent = cli("sent", issued["document"], "--to", "dem", "--channel", "brev", "--json").json
    assert sent["dispatches"][-1]["group"] == "group-1"
    assert sent["people_groups"][0]["told_at"] is not None


def test_a_group_is_corrected_and_taken_out_with_a_reason(cli: Cli, case: str) -> None:
    cli("group", "add", case, "Ansatte")
    cli("group", "correct", case, "Ansatte", "--name", "Lærere", "--because", "Bare de")
    assert "Lærere" in cli("group", "list", case).out
    cli("group", "remove", case, "Lærere", "--because", "Som de andre")
    assert cli("group", "list", case, "--json").json == []


@pytest.mark.parametrize(
    "arguments",
    [
        ("group", "add", "1", "…"),
        ("group", "add", "1", "Ansatte", "--number", "0"),
        ("group", "add", "1", "Ansatte", "--number", "tolv"),
        ("group", "add", "1", "x" * 101),
        ("group", "correct", "1", "Ansatte", "--because", "x"),
        ("group", "remove", "1", "Ansatte", "--because", "x"),
        ("answer", "1", "risk", "--group", "Ansatte", "--set", "insight=ordinary"),
        ("answer", "1", "risk", "--group", " ", "--set", "insight=ordinary"),
        ("decide", "1", "is_breach", "--group", "x", "--outcome", "yes", "--because", "Ja visst"),
    ],
)
def test_what_cannot_be_is_refused_in_a_sentence(
    cli: Cli, case: str, arguments: tuple[str, ...]
) -> None:
    del case
    before = cli("verify", "--json").json["entries"]
    assert cli.refused(*arguments)
    assert cli("verify", "--json").json["entries"] == before


def test_an_answer_for_a_group_says_what_it_leaves_out_and_how_to_give_both(
    cli: Cli, case: str
) -> None:
    cli("answer", case, "facts", "--set", "data_types=basic,economic")
    cli("group", "add", case, "Employees")
    own = ("answer", case, "risk", "--group", "Employees", "--set")
    said = " ".join(cli(*own, "data_types=health").err.split())
    assert "For “Employees” the answer to “data_types” now stands alone" in said
    assert "basic, economic, answered for everybody" in said
    assert "--set data_types=basic,economic,health" in said
    assert "stands alone" not in cli(*own, "data_types=basic,economic,health").err
    left = cli(*own, "data_types=health", "--json").json["set_aside"]
    assert left == {"data_types": ["basic", "economic"]}

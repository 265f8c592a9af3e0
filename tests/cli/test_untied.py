"""A sending that names the case alone, while a paper for its duty stands issued."""

from pathlib import Path

import pytest

from tests.cli.runner import Cli

SENT = ("--duty", "notify_authority", "--to", "Datatilsynet", "--channel", "Altinn")


@pytest.fixture
def paper(cli: Cli, case: str, tmp_path: Path) -> str:
    said = cli("issue", case, "notification", "--out", str(tmp_path / "paper.pdf"), "--json").json
    return str(said["document"])


def test_an_issued_paper_that_was_not_named_is_told_with_how_to_tie_it(
    cli: Cli, case: str, paper: str
) -> None:
    said = " ".join(cli("sent", case, *SENT).err.split())
    sending = cli("show", case, "--json").json["dispatches"][0]["id"]
    assert f"breachdesk unsent {sending}" in said
    assert f"breachdesk sent {paper}" in said
    cli("unsent", sending, "--because", "It was the paper")
    assert "tied" not in cli("sent", paper, *SENT[2:]).err
    assert "tied" not in cli("sent", case, *SENT).err, "the paper is tied to its own sending"


def test_what_was_typed_into_altinn_needs_no_paper(cli: Cli, case: str) -> None:
    assert "tied" not in cli("sent", case, *SENT).err


def test_a_paper_for_another_duty_is_no_candidate(cli: Cli, case: str, paper: str) -> None:
    del paper
    told = ("--duty", "inform_subjects", "--to", "Everybody", "--channel", "e-mail")
    assert "tied" not in cli("sent", case, *told).err

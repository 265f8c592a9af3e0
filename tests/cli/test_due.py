"""`due` lists whatever falls due, each line marked with its kind; the GDPR's lines stay as told."""

from pathlib import Path
from typing import Any

from tests.cli.runner import Cli

ROOT = Path(__file__).resolve().parents[2]
KEYS = {
    "ref", "kind", "duty", "what", "deadline", "worst_case_deadline", "remaining_seconds",
    "elapsed_seconds", "state", "to", "owner", "applies",
}  # fmt: skip


def due(cli: Cli, *more: str, code: int = 0) -> dict[str, dict[str, Any]]:
    return {one["duty"]: one for one in cli("due", "--json", *more, code=code).json}


def test_another_laws_clock_is_due_too_and_says_whether_it_applies(cli: Cli, case: str) -> None:
    cli("answer", case, "other", "--set", "other_who=essential-service",
        "--set", "nis_threshold=yes", "--set", "nis_network=yes")  # fmt: skip
    one = due(cli)["digital-security-act.first"]
    assert set(one) == KEYS
    assert (one["kind"], one["applies"]) == ("law", "undetermined")
    assert "may apply" in cli("due").out
    cli("answer", case, "other", "--set", "nis_effect=yes")
    one = due(cli)["digital-security-act.first"]
    assert one["applies"] == "yes"
    assert one["deadline"] == "2026-11-21T14:50:00+00:00"
    assert one["remaining_seconds"] > 0
    found = due(cli)
    assert (found["notify_authority"]["kind"], found["notify_authority"]["applies"]) == (
        "duty",
        "yes",
    )
    cli("answer", case, "other", "--set", "other_who=none")
    assert "digital-security-act.first" not in due(cli)


def test_agreed_clocks_are_due(cli: Cli, case: str) -> None:
    profile = ROOT / "forms" / "organisations" / "security-consultancy.toml"
    cli("organisation", "import", str(profile))
    assert case
    one = due(cli)["contract.1"]
    assert (one["kind"], one["to"]) == ("contract", "Cyber insurance company")


def test_what_somebody_is_to_find_out_and_tasks_are_due_with_their_owner(
    cli: Cli, case: str
) -> None:
    cli("answer", case, "risk", "--unknown", "holder", "--owner", "Ida", "--due", "in 5 h")
    cli("task", "add", case, "Call the recipient", "--owner", "Ola", "--due", "in 2 h")
    cli("task", "add", case, "Some day")
    found = due(cli)
    fact, task = found["promised.holder"], found["task.1"]
    assert (fact["kind"], fact["owner"], fact["to"], fact["state"]) == (
        "promised", "Ida", None, "running",
    )  # fmt: skip
    assert (task["kind"], task["owner"], task["remaining_seconds"]) == ("task", "Ola", 7200)
    assert "task.2" not in found
    assert list(found) == ["task.1", "promised.holder", "inform_subjects", "notify_authority"]
    cli("due", "--exit-code")
    cli.clock.move(hours=3)
    assert due(cli, "--exit-code", code=1)["task.1"]["state"] == "overdue"
    cli("task", "done", case, "1")
    assert "task.1" not in due(cli, "--exit-code")
    assert "promised.holder" not in due(cli, "--within", "1h")


def test_after_the_sending_what_it_still_owes_is_due_without_a_deadline(
    cli: Cli, case: str, tmp_path: Path
) -> None:
    cli("answer", case, "facts", "--unknown", "people_basis")
    cli("issue", case, "notification", "--out", str(tmp_path / "n.pdf"))
    assert "supplement" not in due(cli)
    cli("sent", case, "--duty", "notify_authority", "--to", "Datatilsynet", "--channel", "Altinn")
    cli.clock.move(hours=1)
    one = due(cli)["supplement"]
    assert (one["kind"], one["deadline"], one["elapsed_seconds"]) == ("supplement", None, 3600)
    assert one["to"] == "Datatilsynet"


def test_tasks_go_into_the_calendar_without_their_words(cli: Cli, case: str) -> None:
    cli("task", "add", case, "Call the doctor in Bodø", "--due", "in 2 h")
    text = cli("due", "--format", "ics").out
    assert text.count("BEGIN:VEVENT") == 2
    assert "Bod" not in text

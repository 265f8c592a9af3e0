"""Tasks by command: from a playbook, by hand, done, opened again, and what is refused."""

import json

import pytest

from tests.cli.runner import Cli

TASK = {
    "id", "number", "what", "why", "cites", "playbook", "step", "owner", "role", "due",
    "hours_from_awareness", "overdue", "done_at", "because",
}  # fmt: skip


def tasks(cli: Cli, ref: str, *more: str) -> list[dict[str, object]]:
    found: list[dict[str, object]] = cli("task", "list", ref, "--json", *more).json
    return found


def test_a_playbook_becomes_tasks_due_from_awareness(cli: Cli, case: str) -> None:
    said = cli("task", "add", case, "--playbook", "misdirected")
    assert said.ref == case
    found = tasks(cli, case)
    assert {set(one) == TASK | {"ref"} for one in found} == {True}
    assert found[0]["due"] == "2026-11-20T15:50:00+00:00"  # aware 14:50 and one hour
    assert found[0]["playbook"] == "misdirected"
    assert found[0]["cites"]
    assert found == [{"ref": case, **one} for one in cli("show", case, "--json").json["tasks"]]


def test_the_same_playbook_twice_adds_nothing_twice(cli: Cli, case: str) -> None:
    cli("task", "add", case, "--playbook", "misdirected")
    before = cli("verify", "--json").json["entries"]
    said = cli("task", "add", case, "--playbook", "misdirected")
    assert "nothing was added" in said.out
    assert cli("verify", "--json").json["entries"] == before


def test_steps_that_come_to_apply_later_are_added_alone(cli: Cli, case: str) -> None:
    cli("task", "add", case, "--playbook", "misdirected")
    count = len(tasks(cli, case))
    cli("answer", case, "facts", "--set", "data_types=identification-number")
    cli("task", "add", case, "--playbook", "misdirected")
    assert len(tasks(cli, case)) == count + 1
    assert "no-credit-block" in {one["step"] for one in tasks(cli, case)}


def test_due_times_follow_once_awareness_is_known_and_when_it_is_corrected(cli: Cli) -> None:
    ref = cli("new", "A letter").ref
    cli("task", "add", ref, "--playbook", "misdirected")
    assert {one["due"] for one in tasks(cli, ref)} == {None}
    assert "after awareness, which is not settled" in cli("task", "list", ref).out
    cli("aware", ref, "2 h ago", "--because", "They called")
    first = tasks(cli, ref)[0]
    assert (first["due"], first["overdue"]) == ("2026-11-20T14:30:00+00:00", True)
    cli("aware", ref, "now", "--because", "It was another letter")
    first = tasks(cli, ref)[0]
    assert (first["due"], first["overdue"]) == ("2026-11-20T16:30:00+00:00", False)


def test_a_task_by_hand_is_done_and_opened_again(cli: Cli, case: str) -> None:
    cli("task", "add", case, "Call the supplier", "--owner", "Ola", "--due", "in 2 h")
    (one,) = tasks(cli, case)
    assert (one["number"], one["owner"], one["due"]) == (1, "Ola", "2026-11-20T17:30:00+00:00")
    cli.clock.move(hours=1)
    shown = cli("task", "done", case, "1", "--because", "They answered", "--json").json
    assert shown["tasks"][0]["done_at"] == "2026-11-20T16:30:00+00:00"
    line = shown["timeline"][-1]
    assert (line["kind"], line["text"]) == ("action", "Done: Call the supplier – They answered")
    entries = cli("verify", "--json").json["entries"]
    cli("task", "done", case, "task-1")
    assert cli("verify", "--json").json["entries"] == entries
    cli("task", "reopen", case, "1", "--because", "Wrong supplier")
    assert tasks(cli, case, "--open")[0]["done_at"] is None
    assert "To be done again" in cli("show", case).out
    assert cli("verify", "--json").json["ok"]


def test_all_open_tasks_of_open_cases_are_listed_soonest_first(cli: Cli, case: str) -> None:
    other = cli("new", "Another", "--aware", "now").ref
    cli("task", "add", case, "Later", "--due", "tomorrow 12:00")
    cli("task", "add", other, "Sooner", "--due", "in 2 h")
    cli("task", "add", other, "Some time")
    assert [one["what"] for one in cli("task", "list", "--json").json] == [
        "Sooner", "Later", "Some time",
    ]  # fmt: skip
    cli("close", other, "--because", "Nothing there")
    assert [one["ref"] for one in cli("task", "list", "--json").json] == [case]
    assert "Later" in cli("task", "list").out


def test_tasks_never_push_the_legal_clock_aside(cli: Cli, case: str) -> None:
    cli("task", "add", case, "--playbook", "misdirected")
    cli.clock.move(hours=30)
    shown = cli("show", case, "--json").json
    assert any(one["overdue"] for one in shown["tasks"])
    assert shown["next_step"]["id"] == "assess"
    cli("decide", case, "is_breach", "--outcome", "no", "--because", "The letter was empty")
    assert cli("show", case, "--json").json["next_step"]["id"] == "close"
    (line,) = cli("list", "--json").json
    assert (line["tasks_open"], line["task_due"]) == (5, "2026-11-20T15:50:00+00:00")
    assert "tasks: 5, late" in cli("list").out


def test_what_is_left_to_do_is_the_next_step_when_nothing_is_owed(cli: Cli, case: str) -> None:
    cli("answer", case, "risk", "--set", "exposure=ruled-out", "--set", "scope=certain")
    cli("assess", case)
    for matter in ("notify_authority", "inform_subjects"):
        cli("decide", case, matter, "--outcome", "no", "--because", "Nobody got hold of anything")
    cli("decide", case, "is_breach", "--outcome", "yes", "--because", "It was out of our hands")
    assert cli("show", case, "--json").json["next_step"]["id"] == "close"
    cli("task", "add", case, "Change the template")
    step = cli("show", case, "--json").json["next_step"]
    assert (step["id"], "Change the template" in step["text"]) == ("tasks", True)
    assert cli("list", "--json").json[0]["next_step"] == "tasks"
    cli("task", "done", case, "1")
    assert cli("show", case, "--json").json["next_step"]["id"] == "close"


def test_the_playbook_that_fits_is_suggested(cli: Cli, case: str) -> None:
    assert not any(one["suggested"] for one in cli("task", "playbooks", case, "--json").json)
    assert "task playbooks" in cli("task", "list", case).err
    cli("answer", case, "facts", "--set", "incident_type=ransomware")
    said = cli("task", "playbooks", case)
    assert said.out.startswith("* ransomware:")
    assert "--playbook ransomware" in cli("task", "list", case).err
    marked = {
        one["id"] for one in cli("task", "playbooks", case, "--json").json if one["suggested"]
    }
    assert marked == {"ransomware"}


def test_the_words_of_a_step_follow_the_reader(cli: Cli, case: str) -> None:
    cli("task", "add", case, "--playbook", "misdirected", "--lang", "nb")
    assert "Be mottakeren" in cli("task", "list", case, "--lang", "nb").out
    assert "Ask the recipient" in cli("task", "list", case, "--lang", "en").out
    draft = json.dumps(cli("draft", case, "register-entry", "--lang", "nb", "--json").json)
    assert "Be mottakeren" in draft


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("add", "1"), "Write it as TEXT, or name a playbook"),
        (("add", "1", "..."), "Say what is to be done"),
        (("add", "1", "x", "--playbook", "misdirected"), "Leave TEXT and --due out"),
        (("add", "1", "--playbook", "nothing"), "Choose one of: misdirected, lost-device"),
        (("add", "1", "x" * 2001), "Shorten it"),
        (("add", "1", "x", "--owner", "x" * 201), "Shorten it"),
        (("add", "1", "--playbook", "insider", "--owner", "x" * 201), "Shorten it"),
        (("add", "1", "x", "--due", "yesterday 12:00"), ""),
        (("add", "9", "x"), "There is no case 9"),
        (("done", "1", "7"), "BD-2026-001 has no task “7”"),
        (("done", "1", "-1"), ""),
        (("reopen", "1", "1", "--because", "..."), "Say why it is open again"),
    ],
)
def test_what_cannot_be_is_refused_and_writes_nothing(
    cli: Cli, case: str, words: tuple[str, ...], says: str
) -> None:
    cli("task", "add", case, "One")
    before = cli("verify", "--json").json["entries"]
    assert says in cli.refused("task", *words)
    assert cli("verify", "--json").json["entries"] == before


def test_closing_with_tasks_left_is_said_and_not_refused(cli: Cli, case: str) -> None:
    cli("task", "add", case, "One")
    said = cli("close", case, "--because", "Done for now")
    assert "Tasks not done: 1" in said.err


def test_a_case_begins_with_a_playbook_and_an_unknown_one_logs_nothing(cli: Cli) -> None:
    ref = cli("new", "A letter", "--aware", "40 min ago", "--playbook", "misdirected").ref
    assert {one["playbook"] for one in tasks(cli, ref)} == {"misdirected"}
    cli("new", "Another", "--playbook", "flood", code=2)
    assert len(cli("list", "--json").json) == 1


def test_the_hand_over_card_says_a_task_as_the_list_does(cli: Cli) -> None:
    ref = cli("new", "Letter to the wrong house", "--aware", "10 min ago", "--nature", "c").ref
    cli("task", "add", ref, "--playbook", "misdirected")
    for lang in ("en", "nb"):
        first = next(one for one in cli("show", ref, "--json", "--lang", lang).json["tasks"])
        said = " ".join(cli("draft", ref, "handover", "--lang", lang).out.split())
        assert first["what"][:60] in said
        assert first["role"] in said

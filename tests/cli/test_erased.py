"""What the command line says of a case that was erased: no gap, no task, nobody to ask."""

from tests.cli.runner import Cli


def test_show_and_list_ask_for_nothing_any_more(cli: Cli, case: str) -> None:
    cli("answer", case, "facts", "--unknown", "cause", "--owner", "Ola")
    cli("task", "add", case, "Ring banken")
    cli("decide", case, "is_breach", "--outcome", "no", "--because", "The list was empty.")
    assert "Missing (" in cli("show", case).out
    cli("erase", case, "--because", "Five years have passed", "--json")
    shown = cli("show", case).out
    assert shown.splitlines()[0] == case
    assert "Next: Nothing is left to do: " in shown
    assert "erased the case" in shown
    assert "Missing (" not in shown
    assert "To find out" not in shown
    assert "reopen" not in shown
    told = cli("show", case, "--json").json
    assert told["next_step"]["id"] == "erased"
    assert [told[key] for key in ("unknown", "to_confirm", "unanswered")] == [[], [], []]
    assert told["retention"]["state"] == "erased"
    assert "erased" in cli("list").out
    assert cli("due", "--json").json == []

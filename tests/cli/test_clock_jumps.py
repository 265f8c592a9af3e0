"""A clock that was put back is said at every act, and stays to be seen in the record."""

from tests.cli.runner import Cli


def checks(cli: Cli, code: int) -> dict[str, bool]:
    found = cli("doctor", "--json", code=code).json
    return {one["id"]: one["ok"] for one in found["checks"]}


def test_an_act_while_the_clock_stands_behind_the_record_says_so(cli: Cli, case: str) -> None:
    assert "clock stands before" not in cli("note", case, "At the right time").err
    cli.clock.move(hours=-1)
    said = cli("note", case, "An hour before the last entry")
    assert "clock stands before the newest entry" in said.err
    assert "Fri 20 Nov 2026 16:30" in said.err, "when the last entry was recorded"
    shown = cli("show", case, "--json").json["timeline"]
    (late,) = [one for one in shown if one["text"] == "An hour before the last entry"]
    assert late["recorded_at"] == "2026-11-20T14:30:00+00:00", "as the clock said, nothing made up"
    assert cli("verify", "--json").json["ok"], "the chain's order hangs on no clock"
    assert not checks(cli, 1)["record_times"]


def test_a_clock_that_was_put_forward_and_back_is_seen_afterwards(cli: Cli, case: str) -> None:
    cli.clock.move(days=30)
    cli("note", case, "A month ahead")
    cli.clock.move(days=-30, minutes=5)
    assert "clock stands before" in cli("note", case, "Put right").err
    cli.clock.move(days=31)
    assert "clock stands before" not in cli("note", case, "A month later").err
    found = checks(cli, 1)
    assert found["clock_and_record"]
    assert not found["record_times"]


def test_a_few_seconds_are_how_clocks_are_kept_right(cli: Cli, case: str) -> None:
    cli.clock.move(seconds=-8)
    assert "clock stands before" not in cli("note", case, "Now").err

from pathlib import Path

import pytest

from tests.cli.runner import Cli

WHY = ("--because", "It was wrong")


def test_a_title_and_awareness_suffice_and_the_reading_is_echoed(cli: Cli) -> None:
    said = cli("new", "Payroll list to wrong recipient", "--aware", "40 min ago")
    assert said.ref == "BD-2026-001"
    assert "notify the authority: 71 h 20 min left, due Mon 23 Nov 2026 15:50" in said.out
    assert said.out.splitlines()[-1].startswith("Next: ")
    read, no_profile = said.err.splitlines()
    assert read == "“40 min ago” = Fri 20 Nov 2026 15:50 (Oslo, UTC+1)"
    assert "“breachdesk organisation import FILE” loads one" in no_profile


def test_awareness_may_be_not_sure_yet(cli: Cli) -> None:
    case = cli("new", "Something odd", "--detected", "yesterday 08:00", "--json").json
    clock = case["clock"][0]
    assert (case["ref"], clock["duty"], clock["state"]) == (
        "BD-2026-001", "notify_authority", "not_started",
    )  # fmt: skip
    assert clock["deadline"] is None
    assert clock["worst_case_deadline"] == "2026-11-22T07:00:00+00:00"


def test_everything_known_may_be_said_at_once(cli: Cli, profile: Path) -> None:
    cli("organisation", "import", str(profile))
    case = cli(
        "new", "Export lost", "--aware", "14:00", "--why", "@@home", "--detected", "13:00",
        "--occurred-from", "19.11.2026 08:00", "--occurred-to", "2026-11-19T10:00+01:00",
        "--role", "processor", "--nature", "c,availability", "--processing", "platform",
        "--processing", "contacts", "--summary", "-", "--drill", "--json",
        stdin="Én linje til\r\n".encode(),
    ).json  # fmt: skip
    assert case["nature"] == ["confidentiality", "availability"]
    assert case["processing"] == ["platform", "contacts"]
    assert (case["role"], case["drill"]) == ("processor", True)
    assert case["became_aware_because"] == "@home"
    assert case["summary"] == "Én linje til"
    assert case["occurred_to"] == "2026-11-19T09:00:00+00:00"
    assert [one["id"] for one in case["to_confirm"]]


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["--aware", "tomorrow 12:00"], "lies ahead"),
        (["--aware", "about noon"], "not a time"),
        (["--aware", "25.10.2026 02:30"], "came twice that night"),
        (["--aware", "29.03.2026 02:30"], "did not exist"),
        (["--role", "boss"], "Choose one of: controller, processor, joint_controller"),
        (["--nature", "c,x"], "“x” is no nature of a breach"),
        (["--processing", "moon"], "no processing activity “moon”"),
        (["--occurred-from", "14:00", "--occurred-to", "13:00"], "cannot end"),
        (["--summary", "@/nowhere"], "cannot be read"),
    ],
)
def test_what_cannot_be_taken_is_refused_and_nothing_is_written(
    cli: Cli, arguments: list[str], told: str
) -> None:
    assert told in cli.refused("new", "Something", *arguments)
    assert cli("list", "--json").json == []


@pytest.mark.parametrize("title", ["", "  ", "x" * 201])
def test_a_title_has_one_to_two_hundred_characters(cli: Cli, title: str) -> None:
    cli.refused("new", title)
    assert cli("list", "--json").json == []


def test_awareness_is_settled_later_and_corrected_with_the_old_one_in_the_record(
    cli: Cli, case: str
) -> None:
    later = cli("aware", case, "today 13:36", "--because", "From the log", "--json").json
    assert later["became_aware_at"] == "2026-11-20T12:36:00+00:00"
    told = [one["text"] for one in later["timeline"] if one["kind"] == "corrected"]
    assert "15:50" in told[0]
    assert "13:36" in told[0]
    assert cli.refused("aware", case, "13:36", "--because", " ").startswith("A reason is needed")


@pytest.mark.parametrize(
    ("field", "value", "key", "kept"),
    [
        ("title", "Another title", "title", "Another title"),
        ("role", "joint-controller", "role", None),
        ("role", "processor", "role", "processor"),
        ("nature", "i", "nature", ["integrity"]),
        ("occurred-from", "19.11.2026 08:00", "occurred_from", "2026-11-19T07:00:00+00:00"),
        ("occurred_to", "08:00", "occurred_to", "2026-11-20T07:00:00+00:00"),
        ("detected", "15:00", "detected_at", "2026-11-20T14:00:00+00:00"),
        ("summary", "Short", "summary", "Short"),
    ],
)
def test_each_fact_can_be_corrected(
    cli: Cli, case: str, field: str, value: str, key: str, kept: object
) -> None:
    if kept is None:
        assert "is no role" in cli.refused("correct", case, field, value, *WHY)
        return
    assert cli("correct", case, field, value, *WHY, "--json").json[key] == kept


def test_a_time_may_become_not_known(cli: Cli, case: str) -> None:
    cli("correct", case, "detected", "15:00", *WHY)
    said = cli("correct", case, "detected", "unknown", *WHY, "--json").json
    assert said["detected_at"] is None


def test_what_is_no_fact_cannot_be_corrected(cli: Cli, case: str) -> None:
    assert "Choose one of: title, role" in cli.refused("correct", case, "colour", "red", *WHY)


def test_closing_with_a_duty_open_is_said_not_refused(cli: Cli, case: str) -> None:
    said = cli("close", case, "--because", "Done for now")
    assert said.err.count("STILL RUNNING, though closed") == 2
    assert said.err.startswith("STILL RUNNING")
    assert cli.refused("close", case, "--because", "Again").startswith("BD-2026-001 is closed")
    assert cli("reopen", case, "--because", "Not done", "--json").json["status"] == "open"


@pytest.mark.parametrize("ref", ["BD-2026-099", "99", "x", "0", "BD-1-1"])
def test_a_case_that_is_not_there_is_refused(cli: Cli, case: str, ref: str) -> None:
    del case
    cli.refused("close", ref, "--because", "Done")
    cli.refused("show", ref)


def test_a_short_reference_that_fits_two_years_reads_the_newest_and_writes_to_none(
    cli: Cli, case: str
) -> None:
    cli.clock.move(days=60)
    newer = cli("new", "Next year", "--aware", "now").ref
    assert (case, newer) == ("BD-2026-001", "BD-2027-001")
    assert cli("show", "1", "--json").json["ref"] == newer
    assert "fits more than one case" in cli.refused("close", "1", "--because", "Done")
    assert cli("close", "2026-1", "--because", "Done").ref == case


def test_what_is_so_already_is_written_once(cli: Cli, case: str) -> None:
    because = ("--because", "From the log")
    cli("aware", case, "20.11.2026 16:00", *because)
    cli("correct", case, "title", "Another title", *because)
    before = cli("verify", "--json").json["entries"]
    del cli.environ["BREACHDESK_ACTOR"]
    for again in (("aware", case, "20.11.2026 16:00"), ("correct", case, "title", "Another title")):
        said = cli(*again, *because)
        assert "Nothing changed: it stood so already." in said.out
        assert "Recorded as" not in said.err
    assert cli("verify", "--json").json["entries"] == before


def test_a_processing_activity_without_a_profile_says_how_to_load_one(cli: Cli) -> None:
    assert "organisation import FILE" in cli.refused("new", "x", "--processing", "crm")

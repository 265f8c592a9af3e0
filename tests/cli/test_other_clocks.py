"""Other laws' clocks and contracts on a desk: screened by answers, shown by `clock`."""

from pathlib import Path

from tests.cli.runner import Cli

ROOT = Path(__file__).resolve().parents[2]


def test_answered_screening_brings_the_clock_with_its_working(cli: Cli, case: str) -> None:
    before = cli("clock", case, "--json").json
    assert before[0]["duty"] == "notify_authority"
    assert "form show other" in cli("clock", case).out
    cli(
        "answer", case, "other",
        "--set", "other_who=essential-service", "--set", "nis_threshold=yes",
        "--set", "nis_network=yes",
    )  # fmt: skip
    found = {one["duty"]: one for one in cli("clock", case, "--json").json}
    open_one = found["digital-security-act.first"]
    assert (open_one["applies"], open_one["settles"]) == ("undetermined", ["nis_effect"])
    cli("answer", case, "other", "--set", "nis_effect=yes")
    one = {each["duty"]: each for each in cli("clock", case, "--json").json}[
        "digital-security-act.first"
    ]
    assert one["applies"] == "yes"
    assert one["deadline"] is not None
    assert one["working"]
    assert found["notify_authority"]["deadline"] == before[0]["deadline"]
    assert "Digitalsikkerhetsloven" in cli("--lang", "nb", "clock", case).out


def test_insurance_in_the_profile_has_a_clock_that_a_line_stops(cli: Cli, case: str) -> None:
    profile = ROOT / "forms" / "organisations" / "security-consultancy.toml"
    cli("organisation", "import", str(profile))
    found = {one["duty"]: one for one in cli("clock", case, "--json").json}
    assert found["contract.1"]["to"] == "Cyber insurance company"
    assert found["contract.1"]["state"] != "met"
    cli("answer", case, "other", "--set", "contracts_told=cyber insurance company, by phone 10:20")
    found = {one["duty"]: one for one in cli("clock", case, "--json").json}
    assert found["contract.1"]["state"] == "met"


def test_screening_is_never_counted_as_missing(cli: Cli, case: str) -> None:
    names = {one["id"] for one in cli("show", case, "--json").json["unanswered"]}
    assert not names & {"other_who", "contracts_told"}


def test_due_goes_into_a_calendar_without_details_of_the_case(cli: Cli, case: str) -> None:
    cli("answer", case, "risk", "--unknown", "holder", "--owner", "Ida", "--due", "in 5 h")
    text = cli("due", "--format", "ics").out
    assert text.startswith("BEGIN:VCALENDAR")
    assert text.count("BEGIN:VEVENT") == 2
    assert text.count("BEGIN:VALARM") >= 3
    title = cli("show", case, "--json").json["title"]
    assert title not in text
    assert "Ida" not in text
    assert cli("due", "--format", "ics", "--within", "6h").out.count("BEGIN:VEVENT") == 1


def test_other_calendar_formats_are_refused(cli: Cli, case: str) -> None:
    assert "ics" in cli("due", "--format", "xml", code=2).err
    del case


THREE = """
[organisation]
name = "Drift AS"
[[controller]]
name = "Alfa AS"
notice_hours = 24
[[controller]]
name = "Beta kommune"
[[controller]]
name = "Gamma SA"
"""


def test_a_processor_is_not_done_before_each_controller_was_told(cli: Cli) -> None:
    profile = cli.home.parent / "three.toml"
    profile.write_text(THREE, encoding="utf-8")
    cli("organisation", "import", str(profile))
    ref = cli("new", "Disk gone", "--role", "processor", "--aware", "2 h ago").ref
    assert "Alfa AS: due" in cli("show", ref).out

    def told(whom: str) -> str:
        return cli("sent", ref, "--duty", "notify_controller", "--to", whom, "--channel", "e-mail",
                   "--json").json["next_step"]["text"]  # fmt: skip

    assert told("Beta kommune, personvernombudet") == (
        "Tell each controller; not told yet: Alfa AS, Gamma SA"
    )
    assert "Gamma SA" in cli("close", ref, "--because", "Too early").err
    cli("reopen", ref, "--because", "Two are left")
    assert told("Alfa AS").endswith("not told yet: Gamma SA")
    assert "not told yet" not in told("Gamma SA")
    kinds = [one["kind"] for one in cli("due", "--json").json]
    assert "controller" not in kinds

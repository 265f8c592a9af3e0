"""A processor's notice to each of several controllers, none of whom learns of the others."""

from pathlib import Path

import pytest
from pypdf import PdfReader

from tests.cli.runner import Cli
from tests.cli.test_other_clocks import THREE

EVERY = {"Alfa AS", "Beta kommune", "Gamma SA"}


@pytest.fixture
def processor(cli: Cli) -> str:
    """A case of a processor that serves three controllers."""
    profile = cli.home.parent / "three.toml"
    profile.write_text(THREE, encoding="utf-8")
    cli("organisation", "import", str(profile))
    return cli("new", "Disk gone", "--role", "processor", "--aware", "2 h ago").ref


def words_of(paper: Path) -> str:
    """The text of a PDF and what it says of itself."""
    reader = PdfReader(paper)
    pages = " ".join(one.extract_text() for one in reader.pages)
    return " ".join(f"{pages} {reader.metadata} {reader.xmp_metadata}".split())


def test_each_controller_has_a_notice_of_its_own_that_names_no_other(
    cli: Cli, processor: str, tmp_path: Path
) -> None:
    for name, version in (("alfa", 1), ("Beta kommune", 1), ("ALFA AS", 2)):
        path = tmp_path / f"{name}-{version}.pdf"
        made = cli("issue", processor, "processor-notice", "--to", name, "--out", str(path),
                   "--json").json  # fmt: skip
        said = words_of(path)
        assert made["version"] == version
        assert {one for one in EVERY if one in said} == {made["to"]}
    shown = cli("show", processor, "--json").json["documents"]
    assert [one["to"] for one in shown] == ["Alfa AS", "Beta kommune", "Alfa AS"]


def test_a_notice_that_was_sent_meets_the_duty_to_whom_it_is_addressed(
    cli: Cli, processor: str, tmp_path: Path
) -> None:
    document = cli("issue", processor, "processor-notice", "--to", "Gamma SA", "--out",
                   str(tmp_path / "gamma.pdf"), "--json").json["document"]  # fmt: skip
    cli("sent", document, "--to", "their privacy officer", "--channel", "e-mail")
    step = cli("show", processor, "--json").json["next_step"]["text"]
    assert step == "Tell each controller; not told yet: Alfa AS, Beta kommune"


def test_only_a_controller_of_the_case_is_addressed_and_only_in_its_notice(
    cli: Cli, processor: str, tmp_path: Path
) -> None:
    out = tmp_path / "x.pdf"

    def refused(kind: str, to: str) -> str:
        return cli("issue", processor, kind, "--to", to, "--out", str(out), code=2).err

    unknown = refused("processor-notice", "Delta")
    assert "“Delta” is none of the controllers" in unknown
    assert "Alfa AS, Beta kommune, Gamma SA" in unknown
    assert "fits several" in refused("processor-notice", "a")
    assert "Only a processor's notice" in refused("notification", "Alfa AS")
    assert "--to has no name" in refused("processor-notice", " ")
    assert not out.exists()
    assert cli("show", processor, "--json").json["documents"] == []


def test_a_controller_that_the_profile_lacks_is_named_in_the_case(cli: Cli, processor: str) -> None:
    cli("answer", processor, "other", "--set", "controllers_affected=Beta kommune\nDelta AS")
    made = cli("draft", processor, "processor-notice", "--to", "delta", "--json").json
    assert made["to"] == "Delta AS"
    alfa = cli("draft", processor, "processor-notice", "--to", "alfa", code=2).err
    assert "Choose one of: Beta kommune, Delta AS" in alfa


def test_what_names_another_controller_is_said_before_it_goes_out(cli: Cli, processor: str) -> None:
    assert (
        "another controller" not in cli("draft", processor, "processor-notice", "--to", "alfa").err
    )
    cli("correct", processor, "title", "Disk of Beta kommune gone", "--because", "We know more")
    said = cli("draft", processor, "processor-notice", "--to", "Alfa AS").err
    assert "names Beta kommune, another controller" in " ".join(said.split())


def test_what_a_processor_sends_to_the_authority_meets_no_duty_of_its_own(
    cli: Cli, processor: str
) -> None:
    """Art. 33(2): the processor tells the controller, whose duty to the authority it is."""
    send = ("--to", "Datatilsynet", "--channel", "Altinn")
    told = " ".join(cli("sent", processor, "--duty", "notify_authority", *send).out.split())
    assert "meets no duty of ours. As processor we have to tell the controller (Art. 33(2))" in told
    assert "notify the authority: not owed" in told
    states = {one["duty"]: one["state"] for one in cli("clock", processor, "--json").json}
    assert (states["notify_authority"], states["notify_controller"]) == ("not_owed", "running")
    shown = cli("show", processor, "--json").json
    assert [one["duty"] for one in shown["dispatches"]] == ["notify_authority"]
    assert [one for one in shown["warnings"] if "sent for the controller" in one]
    cli("sent", processor, "--duty", "notify_controller", "--to", "Alfa AS", "--channel", "phone")
    warned = cli("show", processor, "--json").json["warnings"]
    assert [one for one in warned if "sent for the controller" in one] == []


def test_the_same_sending_counts_once_our_role_is_corrected(cli: Cli, processor: str) -> None:
    send = ("--to", "Datatilsynet", "--channel", "Altinn")
    cli("sent", processor, "--duty", "notify_authority", *send)
    cli("correct", processor, "role", "controller", "--because", "The data are our own")
    clocks = cli("clock", processor, "--json").json
    assert (clocks[0]["duty"], clocks[0]["state"]) == ("notify_authority", "met")


def test_the_duty_is_met_when_every_controller_was_told(cli: Cli, processor: str) -> None:
    def state() -> str:
        clocks = cli("show", processor, "--json").json["clock"]
        return next(one["state"] for one in clocks if one.get("duty") == "notify_controller")

    def sent(to: str) -> str:
        made = cli("sent", processor, "--duty", "notify_controller", "--to", to, "--channel",
                   "e-mail")  # fmt: skip
        return " ".join(made.err.split())

    told = sent("The client")
    assert (
        "“The client” is none of the controllers to be told (Alfa AS, Beta kommune, Gamma SA)"
        in told
    )
    assert state() == "running"
    step = cli("show", processor, "--json").json["next_step"]["text"]
    assert step == "Tell each controller; not told yet: Alfa AS, Beta kommune, Gamma SA"
    assert sent("Alfa AS and Beta kommune") == ""
    assert state() == "running"
    assert sent("Gamma SA") == ""
    assert state() == "met"


def test_without_a_named_controller_any_sending_meets_the_duty(cli: Cli) -> None:
    case = cli("new", "Disk gone", "--role", "processor", "--aware", "2 h ago").ref
    duty = ("--duty", "notify_controller")
    made = cli("sent", case, *duty, "--to", "The client", "--channel", "mail")
    assert "none of the controllers" not in made.err
    clocks = cli("show", case, "--json").json["clock"]
    assert "met" in [one["state"] for one in clocks if one.get("duty") == "notify_controller"]
